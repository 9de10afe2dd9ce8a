/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-private.h"

#define PAGE 50
/* Items this near to the end bring the next page. */
#define NEAR_END 10

/* Assessments or reports, newest first. It loads by key range, page by page as somebody looks
 * further down, and follows what this and other processes write with the fewest changes. */
struct _PostureUserList
{
  GObject parent_instance;

  PostureStore *store;
  PostureUserListKind kind;
  gboolean archived;
  char *assessment;
  GPtrArray *items; /* (element-type GObject), newest first */
  GCancellable *cancellable;
  gboolean complete;
  gboolean loading;
  gboolean stale; /* something changed while loading */
};

static void posture_user_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PostureUserList, posture_user_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, posture_user_list_model_init))

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_COMPLETE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A page that is being read: from the newest on, or what comes after the last item. */
typedef struct
{
  PostureUserListKind kind;
  gboolean archived;
  char *assessment;
  char *after_id; /* of assessments; NULL for the newest */
  gint64 after_number;
  guint limit;
  gboolean refresh;
  GPtrArray *items;
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_free (page->assessment);
  g_free (page->after_id);
  g_clear_pointer (&page->items, g_ptr_array_unref);
  g_free (page);
}

static PostureStatement *
query_page (PostureTransaction *transaction,
            const Page         *page,
            GError            **error)
{
  if (page->kind == POSTURE_USER_LIST_ASSESSMENTS)
    return posture_transaction_query (transaction, error, posture_user_sql_list_assessments, "iti",
                                      (gint64) page->archived,
                                      /* behind every UUID */ page->after_id != NULL ? page->after_id : "g",
                                      (gint64) page->limit);
  return posture_transaction_query (transaction, error, posture_user_sql_list_reports, "iti",
                                    page->after_number, page->assessment, (gint64) page->limit);
}

static gboolean
page_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Page *page = data;
  g_autoptr (PostureStatement) rows = query_page (transaction, page, error);
  PostureStep step = POSTURE_STEP_ERROR;

  page->items = g_ptr_array_new_with_free_func (g_object_unref);
  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      gpointer item = page->kind == POSTURE_USER_LIST_ASSESSMENTS
                        ? (gpointer) posture_assessment_item_new_from_row (rows)
                        : (gpointer) posture_report_item_new_from_row (rows, error);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (page->items, item);
    }
  return step == POSTURE_STEP_DONE;
}

static gboolean
same_item (PostureUserList *self,
           gpointer         a,
           gpointer         b)
{
  if (self->kind == POSTURE_USER_LIST_REPORTS)
    return g_str_equal (posture_report_item_get_id (a), posture_report_item_get_id (b)) &&
           g_str_equal (posture_report_item_get_assessment_name (a),
                        posture_report_item_get_assessment_name (b));
  return g_str_equal (posture_assessment_item_get_id (a), posture_assessment_item_get_id (b)) &&
         g_str_equal (posture_assessment_item_get_name (a), posture_assessment_item_get_name (b)) &&
         posture_assessment_item_get_changed (a) == posture_assessment_item_get_changed (b) &&
         posture_assessment_item_get_n_answers (a) == posture_assessment_item_get_n_answers (b) &&
         posture_assessment_item_get_revision_number (a) == posture_assessment_item_get_revision_number (b) &&
         g_strcmp0 (posture_assessment_item_get_last_report (a),
                    posture_assessment_item_get_last_report (b)) == 0;
}

/* Puts the items as they are now in the place of the ones shown, and says so with one change that
 * spans no more than what differs. */
static void
replace_items (PostureUserList *self,
               GPtrArray       *now)
{
  guint start = 0, old_end = self->items->len, new_end = now->len;

  while (start < old_end && start < new_end &&
         same_item (self, g_ptr_array_index (self->items, start), g_ptr_array_index (now, start)))
    start++;
  while (old_end > start && new_end > start &&
         same_item (self, g_ptr_array_index (self->items, old_end - 1), g_ptr_array_index (now, new_end - 1)))
    {
      old_end--;
      new_end--;
    }
  if (start == old_end && start == new_end)
    return;
  g_ptr_array_remove_range (self->items, start, old_end - start);
  for (guint i = start; i < new_end; i++)
    g_ptr_array_insert (self->items, (int) i, g_object_ref (g_ptr_array_index (now, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), start, old_end - start, new_end - start);
}

static void
append_items (PostureUserList *self,
              GPtrArray       *more)
{
  guint before = self->items->len;

  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (self->items, g_object_ref (g_ptr_array_index (more, i)));
  if (more->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, more->len);
}

static void
set_flag (PostureUserList *self,
          gboolean        *flag,
          gboolean         value,
          guint            property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void load (PostureUserList *self,
                  gboolean         refresh);

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PostureUserList) self = data;
  g_autoptr (GError) error = NULL;
  Page *page = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  set_flag (self, &self->loading, FALSE, PROP_LOADING);
  if (page == NULL)
    {
      g_debug ("A list could not be read: %s", error->message);
      return;
    }
  if (page->refresh)
    replace_items (self, page->items);
  else
    append_items (self, page->items);
  set_flag (self, &self->complete, page->items->len < page->limit, PROP_COMPLETE);
  if (self->stale)
    load (self, /* refresh = */ TRUE);
}

static void
load (PostureUserList *self,
      gboolean         refresh)
{
  Page *page;

  self->stale = self->loading;
  if (self->loading)
    return;
  page = g_new0 (Page, 1);
  page->kind = self->kind;
  page->archived = self->archived;
  page->assessment = g_strdup (self->assessment);
  page->refresh = refresh;
  page->after_number = G_MAXINT64;
  /* what is new may push what is shown down */
  page->limit = refresh ? MAX (self->items->len + NEAR_END, PAGE) : PAGE;
  if (!refresh && self->items->len > 0)
    {
      gpointer last = g_ptr_array_index (self->items, self->items->len - 1);

      if (self->kind == POSTURE_USER_LIST_ASSESSMENTS)
        page->after_id = g_strdup (posture_assessment_item_get_id (last));
      else
        page->after_number = posture_report_item_get_number (last);
    }
  set_flag (self, &self->loading, TRUE, PROP_LOADING);
  posture_store_read_async (self->store, page_func, page, page_free, self->cancellable, loaded_cb,
                            g_object_ref (self));
}

static void
changed_cb (PostureUserList *self)
{
  load (self, /* refresh = */ TRUE);
}

static GType
posture_user_list_get_item_type (GListModel *model)
{
  return POSTURE_USER_LIST (model)->kind == POSTURE_USER_LIST_ASSESSMENTS ? POSTURE_TYPE_ASSESSMENT_ITEM
                                                                          : POSTURE_TYPE_REPORT_ITEM;
}

static guint
posture_user_list_get_n_items (GListModel *model)
{
  return POSTURE_USER_LIST (model)->items->len;
}

static gpointer
posture_user_list_get_item (GListModel *model,
                            guint       position)
{
  PostureUserList *self = POSTURE_USER_LIST (model);

  if (position + NEAR_END >= self->items->len)
    posture_user_list_load_more (self);
  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
posture_user_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = posture_user_list_get_item_type;
  iface->get_n_items = posture_user_list_get_n_items;
  iface->get_item = posture_user_list_get_item;
}

static void
posture_user_list_dispose (GObject *object)
{
  PostureUserList *self = POSTURE_USER_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (posture_user_list_parent_class)->dispose (object);
}

static void
posture_user_list_finalize (GObject *object)
{
  PostureUserList *self = POSTURE_USER_LIST (object);

  g_ptr_array_unref (self->items);
  g_object_unref (self->cancellable);
  g_free (self->assessment);
  G_OBJECT_CLASS (posture_user_list_parent_class)->finalize (object);
}

static void
posture_user_list_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  PostureUserList *self = POSTURE_USER_LIST (object);

  if (id == PROP_LOADING)
    g_value_set_boolean (value, self->loading);
  else if (id == PROP_COMPLETE)
    g_value_set_boolean (value, self->complete);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
posture_user_list_class_init (PostureUserListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_user_list_dispose;
  object_class->finalize = posture_user_list_finalize;
  object_class->get_property = posture_user_list_get_property;

  /**
   * PostureUserList:loading:
   *
   * Whether items are being read just now.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                   G_PARAM_STATIC_STRINGS);
  /**
   * PostureUserList:complete:
   *
   * Whether every item there is has been read.
   */
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
posture_user_list_init (PostureUserList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/* Makes a list and begins to load its first page. */
PostureUserList *
posture_user_list_new (PostureStore       *store,
                       PostureUserListKind kind,
                       gboolean            archived,
                       const char         *assessment)
{
  PostureUserList *self = g_object_new (POSTURE_TYPE_USER_LIST, NULL);

  self->store = g_object_ref (store);
  self->kind = kind;
  self->archived = archived;
  self->assessment = g_strdup (assessment);
  g_signal_connect_object (store, "changed::" POSTURE_USER_TOPIC_ASSESSMENT, G_CALLBACK (changed_cb),
                           self, G_CONNECT_SWAPPED);
  if (kind == POSTURE_USER_LIST_REPORTS)
    g_signal_connect_object (store, "changed::" POSTURE_USER_TOPIC_REPORT, G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed-elsewhere", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  load (self, /* refresh = */ FALSE);
  return self;
}

/**
 * posture_user_list_is_loading:
 * @self: a list
 *
 * Returns: whether items are being read just now
 */
gboolean
posture_user_list_is_loading (PostureUserList *self)
{
  return self->loading;
}

/**
 * posture_user_list_is_complete:
 * @self: a list
 *
 * Returns: whether every item there is has been read
 */
gboolean
posture_user_list_is_complete (PostureUserList *self)
{
  return self->complete;
}

/**
 * posture_user_list_load_more:
 * @self: a list
 *
 * Reads the next page, unless all is there or something is being read. Asking
 * for one of the last items does the same.
 */
void
posture_user_list_load_more (PostureUserList *self)
{
  if (!self->complete && !self->loading && self->store != NULL)
    load (self, /* refresh = */ FALSE);
}
