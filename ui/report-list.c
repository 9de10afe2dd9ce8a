/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-list.h"

#include "ui/report-row.h"
#include "ui/shown-selection.h"

/* So many items at the end have the next page loaded when they are looked at. */
#define LAST_ITEMS 10

/* The reports of the profile, the newest first. */
struct _PostureReportList
{
  AdwBin parent_instance;

  PostureContext *context;
  PostureSeenReports *seen;
  GListModel *reports;
  GHashTable *rows; /* (element-type PostureReportRow): those that show a report now */
  guint n_new;

  GtkStack *states;
  GtkListView *view;
  PostureShownSelection *selection;
};

G_DEFINE_FINAL_TYPE (PostureReportList, posture_report_list, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_N_NEW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *
get_id (gpointer item)
{
  return posture_report_item_get_id (item);
}

static gboolean
is_new (PostureReportList *self,
        PostureReportItem *item)
{
  return self->seen != NULL
         && posture_seen_reports_is_new (self->seen, posture_report_item_get_id (item),
                                         posture_report_item_get_submitted (item),
                                         posture_context_get_now (self->context));
}

/* How many items can be looked at without having more of them loaded. */
static guint
count_quiet (PostureReportList *self)
{
  guint length = g_list_model_get_n_items (self->reports);

  if (posture_paged_list_is_complete (POSTURE_PAGED_LIST (self->reports)))
    return length;
  return length > LAST_ITEMS ? length - LAST_ITEMS : 0;
}

static void
update_new (PostureReportList *self)
{
  guint n_new = 0;
  GHashTableIter rows;
  gpointer row;

  for (guint i = 0; i < count_quiet (self); i++)
    {
      g_autoptr (PostureReportItem) item = g_list_model_get_item (self->reports, i);

      n_new += is_new (self, item);
    }
  g_hash_table_iter_init (&rows, self->rows);
  while (g_hash_table_iter_next (&rows, &row, /* value = */ NULL))
    posture_report_row_set_new (row, is_new (self, posture_report_row_get_item (row)));
  if (self->n_new == n_new)
    return;
  self->n_new = n_new;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NEW]);
}

static void
seen_cb (PostureReportList *self)
{
  if (self->reports != NULL)
    update_new (self);
}

static void
update_state (PostureReportList *self)
{
  const char *state = "list";

  if (g_list_model_get_n_items (self->reports) == 0)
    state = posture_paged_list_is_loading (POSTURE_PAGED_LIST (self->reports)) ? "loading" : "empty";
  gtk_stack_set_visible_child_name (self->states, state);
}

static void
reports_cb (PostureReportList *self)
{
  update_state (self);
  update_new (self);
}

static void
activate_cb (PostureReportList *self,
             guint              position)
{
  g_autoptr (PostureReportItem) item = g_list_model_get_item (self->reports, position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-report", "s", posture_report_item_get_id (item));
}

static void
setup_cb (PostureReportList *self,
          GtkListItem       *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (POSTURE_TYPE_REPORT_ROW, NULL));
}

static void
bind_cb (PostureReportList *self,
         GtkListItem       *list_item)
{
  PostureReportRow *row = POSTURE_REPORT_ROW (gtk_list_item_get_child (list_item));
  PostureReportItem *item = gtk_list_item_get_item (list_item);

  posture_report_row_show (row, self->context, item);
  posture_report_row_set_new (row, is_new (self, item));
  g_hash_table_add (self->rows, row);
}

static void
unbind_cb (PostureReportList *self,
           GtkListItem       *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  if (row == NULL)
    return;
  g_hash_table_remove (self->rows, row);
  posture_report_row_show (POSTURE_REPORT_ROW (row), self->context, /* item = */ NULL);
}

/* The row that has the keyboard: the list's own widget around it is what takes the focus. */
static PostureReportRow *
find_focus_row (PostureReportList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    return NULL;
  row = gtk_widget_get_ancestor (focus, POSTURE_TYPE_REPORT_ROW);
  if (row == NULL)
    row = gtk_widget_get_first_child (focus);
  return POSTURE_IS_REPORT_ROW (row) ? POSTURE_REPORT_ROW (row) : NULL;
}

static void
delete_focused_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  PostureReportRow *row = find_focus_row (POSTURE_REPORT_LIST (widget));

  if (row != NULL)
    gtk_widget_activate_action (widget, "win.delete-report", "s",
                                posture_report_item_get_id (posture_report_row_get_item (row)));
}

static void
menu_focused_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  PostureReportRow *row = find_focus_row (POSTURE_REPORT_LIST (widget));

  if (row != NULL)
    posture_report_row_popup (row);
}

static void
posture_report_list_dispose (GObject *object)
{
  PostureReportList *self = POSTURE_REPORT_LIST (object);

  if (self->reports != NULL)
    g_signal_handlers_disconnect_by_data (self->reports, self);
  g_clear_object (&self->reports);
  g_clear_object (&self->seen);
  g_clear_object (&self->context);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (posture_report_list_parent_class)->dispose (object);
}

static void
posture_report_list_finalize (GObject *object)
{
  g_hash_table_unref (POSTURE_REPORT_LIST (object)->rows);
  G_OBJECT_CLASS (posture_report_list_parent_class)->finalize (object);
}

static void
posture_report_list_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  if (id == PROP_N_NEW)
    g_value_set_uint (value, POSTURE_REPORT_LIST (object)->n_new);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
posture_report_list_class_init (PostureReportListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = posture_report_list_dispose;
  object_class->finalize = posture_report_list_finalize;
  object_class->get_property = posture_report_list_get_property;

  /**
   * PostureReportList:n-new:
   *
   * How many of the reports that are loaded nobody has opened yet.
   */
  properties[PROP_N_NEW] = g_param_spec_uint ("n-new", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                              G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/posture_app/Posture/ui/report-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureReportList, states);
  gtk_widget_class_bind_template_child (widget_class, PostureReportList, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_install_action (widget_class, "reports.delete", NULL, delete_focused_action);
  gtk_widget_class_install_action (widget_class, "reports.menu", NULL, menu_focused_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "reports.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "reports.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "reports.menu", NULL);
  gtk_widget_class_set_css_name (widget_class, "reportlist");
}

static void
posture_report_list_init (PostureReportList *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  self->selection = posture_shown_selection_new (get_id);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

/**
 * posture_report_list_set_context:
 * @self: a list
 * @context: a context that is ready
 *
 * Shows the reports of the profile; once.
 */
void
posture_report_list_set_context (PostureReportList *self,
                                 PostureContext    *context)
{
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  self->reports = G_LIST_MODEL (posture_user_service_list_reports (posture_context_get_user (context),
                                                                   /* assessment = */ NULL));
  posture_shown_selection_set_model (self->selection, self->reports);
  g_signal_connect_object (self->reports, "items-changed", G_CALLBACK (reports_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reports, "notify::loading", G_CALLBACK (reports_cb), self, G_CONNECT_SWAPPED);
  reports_cb (self);
}

/**
 * posture_report_list_set_seen:
 * @self: a list
 * @seen: which reports were opened
 *
 * Marks the reports that nobody has opened; once, before the context is set.
 */
void
posture_report_list_set_seen (PostureReportList  *self,
                              PostureSeenReports *seen)
{
  g_return_if_fail (self->seen == NULL);

  self->seen = g_object_ref (seen);
  g_signal_connect_object (seen, "changed", G_CALLBACK (seen_cb), self, G_CONNECT_SWAPPED);
}

/**
 * posture_report_list_set_shown:
 * @self: a list
 * @id: (nullable): the id of the report that stands beside it, %NULL for none
 *
 * Highlights the report that is shown.
 */
void
posture_report_list_set_shown (PostureReportList *self,
                               const char        *id)
{
  posture_shown_selection_set_shown (self->selection, id);
}
