/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-page-private.h"

#define PAGE 50
/* Beyond this many changed items at once it is less to read what is shown anew. */
#define MAX_SINGLE 32

/* Assessments or reports, newest first. It loads by key range, and follows what this and other processes
 * write: it reads the items that a change names, or all that are shown if nobody knows what has changed. */
struct _PostureUserList
{
  PosturePagedList parent_instance;

  PostureUserScope scope;
  GPtrArray *items; /* (unowned): those of the paged list */
  gboolean wants_page;
  gboolean stale;      /* what is shown may be anything */
  GHashTable *changed; /* ids of items that have changed since they were read */
};

G_DEFINE_FINAL_TYPE (PostureUserList, posture_user_list, POSTURE_TYPE_PAGED_LIST)

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
  PosturePagedList *list = POSTURE_PAGED_LIST (self);
  gboolean shown = position < self->items->len;

  if (item == NULL)
    posture_paged_list_splice (list, position, shown ? 1 : 0, items, index, 0);
  else if (!shown)
    {
      position = find_place (self, item);
      /* below the last one it comes with its page */
      if (position < self->items->len || posture_paged_list_is_complete (list))
        posture_paged_list_splice (list, position, 0, items, index, 1);
    }
  else if (!posture_user_item_equal (&self->scope, g_ptr_array_index (self->items, position), item))
    posture_paged_list_splice (list, position, 1, items, index, 1);
}

static void
posture_user_list_take (PosturePagedList *list,
                        gpointer          data)
{
  PostureUserList *self = POSTURE_USER_LIST (list);
  PostureUserPage *page = data;

  if (page->extends)
    {
      posture_paged_list_append (list, page->items);
      posture_paged_list_set_complete (list, page->items->len < page->limit);
    }
  else if (page->ids == NULL)
    posture_paged_list_replace (list, page->items);
  else
    for (guint i = 0; page->ids[i] != NULL; i++)
      replace_item (self, page->ids[i], page->items, i);
  /* a view asks for items, so it must have some to ask for */
  if (self->items->len < POSTURE_PAGED_LIST_NEAR_END && !posture_paged_list_is_complete (list))
    self->wants_page = TRUE;
}

static void
posture_user_list_fail (PosturePagedList *list)
{
  POSTURE_USER_LIST (list)->stale = TRUE;
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
  if (!posture_paged_list_is_complete (POSTURE_PAGED_LIST (self)))
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

static void
posture_user_list_go_on (PosturePagedList *list)
{
  PostureUserList *self = POSTURE_USER_LIST (list);
  gboolean complete = posture_paged_list_is_complete (list);
  gboolean any = self->items->len > 0 || complete;
  PostureUserPage *page = NULL;

  if (!posture_paged_list_can_read (list))
    return;
  if (self->stale && any)
    page = new_refresh (self);
  else if (any && g_hash_table_size (self->changed) > 0)
    page = new_singles (self);
  else if (self->wants_page && !complete)
    page = new_page (self);
  posture_paged_list_set_loading (list, page != NULL && (page->extends || posture_paged_list_is_loading (list)));
  if (page != NULL)
    posture_paged_list_read (list, posture_user_page_read, page, (GDestroyNotify) posture_user_page_free);
}

static void
posture_user_list_want_more (PosturePagedList *list)
{
  POSTURE_USER_LIST (list)->wants_page = TRUE;
  posture_user_list_go_on (list);
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
  posture_user_list_go_on (POSTURE_PAGED_LIST (self));
}

static void
anything_changed_cb (PostureUserList *self)
{
  self->stale = TRUE;
  posture_user_list_go_on (POSTURE_PAGED_LIST (self));
}

static GType
posture_user_list_get_item_type (PosturePagedList *list)
{
  return POSTURE_USER_LIST (list)->scope.kind == POSTURE_USER_LIST_REPORTS ? POSTURE_TYPE_REPORT_ITEM
                                                                           : POSTURE_TYPE_ASSESSMENT_ITEM;
}

static int
posture_user_list_compare (PosturePagedList *list,
                           gpointer          a,
                           gpointer          b)
{
  return posture_user_item_compare (&POSTURE_USER_LIST (list)->scope, a, b);
}

static gboolean
posture_user_list_equal (PosturePagedList *list,
                         gpointer          a,
                         gpointer          b)
{
  return posture_user_item_equal (&POSTURE_USER_LIST (list)->scope, a, b);
}

static void
posture_user_list_finalize (GObject *object)
{
  PostureUserList *self = POSTURE_USER_LIST (object);

  g_hash_table_unref (self->changed);
  g_free (self->scope.assessment);
  G_OBJECT_CLASS (posture_user_list_parent_class)->finalize (object);
}

static void
posture_user_list_class_init (PostureUserListClass *klass)
{
  PosturePagedListClass *list_class = POSTURE_PAGED_LIST_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = posture_user_list_finalize;
  list_class->get_item_type = posture_user_list_get_item_type;
  list_class->compare = posture_user_list_compare;
  list_class->equal = posture_user_list_equal;
  list_class->want_more = posture_user_list_want_more;
  list_class->go_on = posture_user_list_go_on;
  list_class->take = posture_user_list_take;
  list_class->fail = posture_user_list_fail;
}

static void
posture_user_list_init (PostureUserList *self)
{
  self->items = posture_paged_list_get_items (POSTURE_PAGED_LIST (self));
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Makes a list and begins to load its first page. */
PostureUserList *
posture_user_list_new (PostureStore       *store,
                       PostureUserListKind kind,
                       gboolean            archived,
                       const char         *assessment)
{
  PostureUserList *self = g_object_new (POSTURE_TYPE_USER_LIST, NULL);

  posture_paged_list_set_store (POSTURE_PAGED_LIST (self), store);
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
  posture_paged_list_load_more (POSTURE_PAGED_LIST (self));
  return self;
}
