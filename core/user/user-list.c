/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "store/shown-items.h"
#include "user/user-page-private.h"

#define PAGE 50
/* Items this near to the end bring the next page. */
#define NEAR_END 10
/* Beyond this many changed items at once it is less to read what is shown anew. */
#define MAX_SINGLE 32

/* Assessments or reports, newest first. It loads by key range, page by page as somebody looks
 * further down, and follows what this and other processes write: it reads the items that a change
 * names, or all that are shown if nobody knows what has changed. One thing is read at a time. */
struct _PostureUserList
{
  GObject parent_instance;

  PostureStore *store;
  PostureUserScope scope;
  GPtrArray *items; /* (element-type GObject), newest first */
  PostureShownItems shown;
  GCancellable *cancellable;
  gboolean complete;
  gboolean loading;
  gboolean reading;
  gboolean wants_page;
  gboolean stale;      /* what is shown may be anything */
  GHashTable *changed; /* ids of items that have changed since they were read */
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

static guint
find_id (PostureUserList *self,
         const char      *id)
{
  guint position = 0;

  while (position < self->items->len &&
         !g_str_equal (posture_user_item_get_id (&self->scope, g_ptr_array_index (self->items, position)), id))
    position++;
  return position;
}

static guint
find_place (PostureUserList *self,
            gpointer         item)
{
  guint position = 0;

  while (position < self->items->len &&
         posture_user_item_compare (&self->scope, g_ptr_array_index (self->items, position), item) < 0)
    position++;
  return position;
}

/* Puts one item as it is now in its place; none if it is gone. */
static void
replace_item (PostureUserList *self,
              const char      *id,
              GPtrArray       *items,
              guint            index)
{
  gpointer item = g_ptr_array_index (items, index);
  guint position = find_id (self, id);
  gboolean shown = position < self->items->len;

  if (item == NULL)
    posture_shown_items_splice (&self->shown, position, shown ? 1 : 0, items, index, 0);
  else if (!shown)
    {
      position = find_place (self, item);
      /* below the last one it comes with its page */
      if (position < self->items->len || self->complete)
        posture_shown_items_splice (&self->shown, position, 0, items, index, 1);
    }
  else if (!posture_user_item_equal (&self->scope, g_ptr_array_index (self->items, position), item))
    posture_shown_items_splice (&self->shown, position, 1, items, index, 1);
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

static void
take_page (PostureUserList *self,
           PostureUserPage *page)
{
  if (page->extends)
    {
      posture_shown_items_splice (&self->shown, self->items->len, 0, page->items, 0, page->items->len);
      set_flag (self, &self->complete, page->items->len < page->limit, PROP_COMPLETE);
    }
  else if (page->ids == NULL)
    posture_shown_items_replace (&self->shown, page->items);
  else
    for (guint i = 0; page->ids[i] != NULL; i++)
      replace_item (self, page->ids[i], page->items, i);
  /* a view asks for items, so it must have some to ask for */
  if (self->items->len < NEAR_END && !self->complete)
    self->wants_page = TRUE;
}

static void go_on (PostureUserList *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (PostureUserList) self = data;
  g_autoptr (GError) error = NULL;
  PostureUserPage *page = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  if (page != NULL)
    take_page (self, page);
  else
    {
      g_debug ("A list could not be read: %s", error->message);
      self->stale = TRUE; /* until there is news, or somebody asks again */
    }
  self->reading = FALSE;
  if (page != NULL)
    go_on (self);
  else
    set_flag (self, &self->loading, FALSE, PROP_LOADING);
}

static PostureUserPage *
new_page (PostureUserList *self)
{
  PostureUserPage *page = posture_user_page_new (&self->scope);

  self->wants_page = FALSE;
  page->extends = TRUE;
  page->limit = PAGE;
  if (self->items->len > 0)
    posture_user_key_set (&page->below, &self->scope, g_ptr_array_index (self->items, self->items->len - 1));
  return page;
}

static PostureUserPage *
new_refresh (PostureUserList *self)
{
  PostureUserPage *page = posture_user_page_new (&self->scope);

  self->stale = FALSE;
  g_hash_table_remove_all (self->changed);
  if (!self->complete)
    posture_user_key_set (&page->down_to, &self->scope,
                          g_ptr_array_index (self->items, self->items->len - 1));
  return page;
}

static PostureUserPage *
new_singles (PostureUserList *self)
{
  PostureUserPage *page = posture_user_page_new (&self->scope);

  page->ids = (char **) g_hash_table_get_keys_as_array (self->changed, NULL);
  g_hash_table_steal_all (self->changed);
  return page;
}

/* Reads what there is to read, unless something is being read just now. */
static void
go_on (PostureUserList *self)
{
  gboolean any = self->items->len > 0 || self->complete;
  PostureUserPage *page = NULL;

  if (self->reading || self->store == NULL)
    return;
  if (self->stale && any)
    page = new_refresh (self);
  else if (any && g_hash_table_size (self->changed) > 0)
    page = new_singles (self);
  else if (self->wants_page && !self->complete)
    page = new_page (self);
  set_flag (self, &self->loading, page != NULL && (page->extends || self->loading), PROP_LOADING);
  if (page == NULL)
    return;
  self->reading = TRUE;
  posture_store_read_async (self->store, posture_user_page_read, page, (GDestroyNotify) posture_user_page_free,
                            self->cancellable, read_cb, g_object_ref (self));
}

static void
changed_cb (PostureUserList *self,
            const char      *topic,
            const char      *id)
{
  if (id == NULL || g_hash_table_size (self->changed) >= MAX_SINGLE)
    self->stale = TRUE;
  else
    g_hash_table_add (self->changed, g_strdup (id));
  go_on (self);
}

static void
anything_changed_cb (PostureUserList *self)
{
  self->stale = TRUE;
  go_on (self);
}

static GType
posture_user_list_get_item_type (GListModel *model)
{
  return POSTURE_USER_LIST (model)->scope.kind == POSTURE_USER_LIST_REPORTS ? POSTURE_TYPE_REPORT_ITEM
                                                                            : POSTURE_TYPE_ASSESSMENT_ITEM;
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
  g_hash_table_unref (self->changed);
  g_object_unref (self->cancellable);
  g_free (self->scope.assessment);
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
   * Whether a page is being read just now.
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
  self->shown = (PostureShownItems) { G_LIST_MODEL (self), self->items, posture_user_item_compare,
                                      posture_user_item_equal, &self->scope };
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  self->scope.kind = kind;
  self->scope.archived = archived;
  self->scope.assessment = g_strdup (assessment);
  if (kind == POSTURE_USER_LIST_ASSESSMENTS)
    g_signal_connect_object (store, "changed::" POSTURE_USER_TOPIC_ASSESSMENT, G_CALLBACK (changed_cb),
                             self, G_CONNECT_SWAPPED);
  else
    {
      g_signal_connect_object (store, "changed::" POSTURE_USER_TOPIC_REPORT, G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "changed::" POSTURE_USER_TOPIC_NAME, G_CALLBACK (anything_changed_cb),
                               self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (store, "changed-elsewhere", G_CALLBACK (anything_changed_cb), self,
                           G_CONNECT_SWAPPED);
  posture_user_list_load_more (self);
  return self;
}

/**
 * posture_user_list_is_loading:
 * @self: a list
 *
 * Returns: whether a page is being read just now
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
 * Reads the next page, unless all is there already or a page is on its way.
 * Asking for one of the last items does the same.
 */
void
posture_user_list_load_more (PostureUserList *self)
{
  if (self->complete || self->loading)
    return;
  self->wants_page = TRUE;
  go_on (self);
}
