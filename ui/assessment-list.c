/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-list.h"

#include "ui/assessment-commands.h"
#include "ui/assessment-row.h"
#include "ui/shown-selection.h"

struct _PostureAssessmentList
{
  AdwBin parent_instance;

  PostureContext *context;
  PostureAssessmentCommands *commands;
  PostureUserList *current;
  PostureUserList *archive;
  PostureShownSelection *selection;
  gboolean shows_archive;

  GtkWidget *archive_bar;
  GtkStack *states;
  GtkListView *view;
  GtkWidget *archive_button;
};

G_DEFINE_FINAL_TYPE (PostureAssessmentList, posture_assessment_list, ADW_TYPE_BIN)

static const char *
get_id (gpointer item)
{
  return posture_assessment_item_get_id (item);
}

static PostureUserList *
get_list (PostureAssessmentList *self)
{
  return self->shows_archive ? self->archive : self->current;
}

static void
state_cb (PostureAssessmentList *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  const char *state = "list";

  if (n_items == 0 && !posture_paged_list_is_complete (POSTURE_PAGED_LIST (get_list (self))))
    state = "loading";
  else if (n_items == 0)
    state = self->shows_archive ? "empty-archive" : "empty";
  gtk_stack_set_visible_child_name (self->states, state);
  gtk_widget_set_visible (self->archive_bar, self->shows_archive);
  gtk_widget_set_visible (self->archive_button,
                          !self->shows_archive && g_list_model_get_n_items (G_LIST_MODEL (self->archive)) > 0);
}

static gboolean
is_in_sight (gpointer item,
             gpointer data)
{
  PostureAssessmentList *self = data;

  return !posture_assessment_commands_is_deleted (self->commands, posture_assessment_item_get_id (item));
}

/* A filter would have every page read, so there is one only while something is out of sight. */
static void
show_list (PostureAssessmentList *self)
{
  g_autoptr (GListModel) model = G_LIST_MODEL (g_object_ref (get_list (self)));

  if (posture_assessment_commands_is_deleted (self->commands, /* id = */ NULL))
    {
      GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_in_sight, self, /* destroy = */ NULL));

      model = G_LIST_MODEL (gtk_filter_list_model_new (g_steal_pointer (&model), filter));
    }
  posture_shown_selection_set_model (self->selection, model);
  state_cb (self);
}

static void
setup_cb (PostureAssessmentList *self,
          GtkListItem           *list_item)
{
  gtk_list_item_set_child (list_item, posture_assessment_row_new (self->context));
}

static void
bind_cb (PostureAssessmentList *self,
         GtkListItem           *list_item)
{
  posture_assessment_row_set_item (POSTURE_ASSESSMENT_ROW (gtk_list_item_get_child (list_item)),
                                   gtk_list_item_get_item (list_item));
}

static void
unbind_cb (PostureAssessmentList *self,
           GtkListItem           *list_item)
{
  posture_assessment_row_set_item (POSTURE_ASSESSMENT_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
activate_cb (PostureAssessmentList *self,
             guint                  position)
{
  g_autoptr (PostureAssessmentItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-assessment", "s",
                                posture_assessment_item_get_id (item));
}

/* The shown item that a command names. */
static PostureAssessmentItem *
find_item (PostureAssessmentList *self,
           GVariant              *id)
{
  GListModel *model = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (PostureAssessmentItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (posture_assessment_item_get_id (item), g_variant_get_string (id, NULL)))
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
command_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  PostureAssessmentList *self = POSTURE_ASSESSMENT_LIST (widget);
  g_autoptr (PostureAssessmentItem) item = NULL;

  if (self->context == NULL || posture_context_get_user (self->context) == NULL)
    return;
  item = find_item (self, parameter);
  if (item == NULL)
    return;
  if (g_str_equal (name, "assessments.rename"))
    posture_assessment_commands_rename (self->commands, item);
  else if (g_str_equal (name, "assessments.duplicate"))
    posture_assessment_commands_duplicate (self->commands, item);
  else if (g_str_equal (name, "assessments.delete"))
    posture_assessment_commands_delete (self->commands, item);
  else
    posture_assessment_commands_archive (self->commands, item, g_str_equal (name, "assessments.archive"));
}

static void
show_archive_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  PostureAssessmentList *self = POSTURE_ASSESSMENT_LIST (widget);

  if (self->context == NULL)
    return;
  self->shows_archive = !self->shows_archive;
  show_list (self);
}

/* The row that has the focus, or that the focus is in. */
static GtkWidget *
find_row (PostureAssessmentList *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    return NULL;
  row = gtk_widget_get_ancestor (focus, POSTURE_TYPE_ASSESSMENT_ROW);
  if (row == NULL)
    row = gtk_widget_get_first_child (focus);
  return row != NULL && POSTURE_IS_ASSESSMENT_ROW (row) ? row : NULL;
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GtkWidget *row = find_row (POSTURE_ASSESSMENT_LIST (widget));

  if (row != NULL)
    posture_assessment_row_popup (POSTURE_ASSESSMENT_ROW (row));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  PostureAssessmentList *self = POSTURE_ASSESSMENT_LIST (widget);
  GtkWidget *row = find_row (self);

  if (row != NULL)
    posture_assessment_commands_delete (self->commands,
                                        posture_assessment_row_get_item (POSTURE_ASSESSMENT_ROW (row)));
}

static void
posture_assessment_list_dispose (GObject *object)
{
  PostureAssessmentList *self = POSTURE_ASSESSMENT_LIST (object);

  if (self->commands != NULL)
    posture_assessment_commands_finish (self->commands);
  if (self->selection != NULL)
    posture_shown_selection_set_model (self->selection, /* model = */ NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->current);
  g_clear_object (&self->archive);
  g_clear_object (&self->commands);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (posture_assessment_list_parent_class)->dispose (object);
}

static void
posture_assessment_list_class_init (PostureAssessmentListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_assessment_list_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/posture_app/Posture/ui/assessment-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentList, archive_bar);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentList, states);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentList, view);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentList, archive_button);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  gtk_widget_class_install_action (widget_class, "assessments.rename", "s", command_action);
  gtk_widget_class_install_action (widget_class, "assessments.duplicate", "s", command_action);
  gtk_widget_class_install_action (widget_class, "assessments.archive", "s", command_action);
  gtk_widget_class_install_action (widget_class, "assessments.restore", "s", command_action);
  gtk_widget_class_install_action (widget_class, "assessments.delete", "s", command_action);
  gtk_widget_class_install_action (widget_class, "assessments.show-archive", NULL, show_archive_action);
  gtk_widget_class_install_action (widget_class, "assessments.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "assessments.delete-focused", NULL, delete_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "assessments.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "assessments.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "assessments.delete-focused", NULL);
}

static void
posture_assessment_list_init (PostureAssessmentList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->selection = posture_shown_selection_new (get_id);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, factory);
}

/**
 * posture_assessment_list_set_context:
 * @self: a list
 * @context: a context that is ready
 *
 * Shows the assessments of the profile; once.
 */
void
posture_assessment_list_set_context (PostureAssessmentList *self,
                                     PostureContext        *context)
{
  PostureUserService *user = posture_context_get_user (context);

  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  self->commands = posture_assessment_commands_new (GTK_WIDGET (self), context);
  self->current = posture_user_service_list_assessments (user, /* archived = */ FALSE);
  self->archive = posture_user_service_list_assessments (user, /* archived = */ TRUE);
  g_signal_connect_object (self->commands, "deleted", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->current, "notify::complete", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->archive, "notify::complete", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->archive, "items-changed", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  show_list (self);
}

/**
 * posture_assessment_list_set_shown:
 * @self: a list
 * @id: (nullable): the id of the assessment that stands beside it, %NULL for none
 *
 * Highlights the assessment that is shown.
 */
void
posture_assessment_list_set_shown (PostureAssessmentList *self,
                                   const char            *id)
{
  posture_shown_selection_set_shown (self->selection, id);
}
