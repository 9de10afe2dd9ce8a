/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/activity-private.h"
#include "bus/bus-private.h"

#define PAGE 50

/* The events of the journal, newest first. When something changes it reads anew as many pages as were asked
 * for, so it does not grow with what is put: what is then beyond them comes again with its page. */
struct _PostureActivity
{
  PosturePagedList parent_instance;

  guint n_pages;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (PostureActivity, posture_activity, POSTURE_TYPE_PAGED_LIST)

/* What is being read: the newest events below a place. */
typedef struct
{
  gint64 below;
  guint limit;
  gboolean extends; /* comes after what is shown, instead of in its place */
  GPtrArray *items; /* (element-type PostureActivityItem) */
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->items, g_ptr_array_unref);
  g_free (page);
}

static gboolean
read_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Page *page = data;

  g_clear_pointer (&page->items, g_ptr_array_unref);
  page->items = posture_statement_read_all (posture_transaction_query (transaction, error, posture_bus_sql_activity, "ii",
                                                                       page->below, (gint64) page->limit),
                                            (PostureRowFunc) posture_activity_item_new_from_row, g_object_unref, error);
  return page->items != NULL;
}

static GType
posture_activity_get_item_type (PosturePagedList *list)
{
  return POSTURE_TYPE_ACTIVITY_ITEM;
}

/* The newest comes first. */
static int
posture_activity_compare (PosturePagedList *list,
                          gpointer          a,
                          gpointer          b)
{
  gint64 x = posture_activity_item_get_sequence (a);
  gint64 y = posture_activity_item_get_sequence (b);

  return (y > x) - (y < x);
}

static gboolean
posture_activity_equal (PosturePagedList *list,
                        gpointer          a,
                        gpointer          b)
{
  return posture_activity_item_equal (a, b);
}

static void
posture_activity_take (PosturePagedList *list,
                       gpointer          data)
{
  const Page *page = data;

  if (page->extends)
    posture_paged_list_append (list, page->items);
  else
    posture_paged_list_replace (list, page->items);
  posture_paged_list_set_complete (list, page->items->len < page->limit);
}

static void
posture_activity_go_on (PosturePagedList *list)
{
  PostureActivity *self = POSTURE_ACTIVITY (list);
  GPtrArray *items = posture_paged_list_get_items (list);
  guint wanted = self->n_pages * PAGE;
  Page *page;

  if (!posture_paged_list_can_read (list))
    return;
  posture_paged_list_set_loading (list, items->len < wanted && !posture_paged_list_is_complete (list));
  if (!self->stale && !posture_paged_list_is_loading (list))
    return;
  page = g_new0 (Page, 1);
  page->extends = !self->stale && items->len > 0;
  page->limit = page->extends ? wanted - items->len : wanted;
  page->below = page->extends ? posture_activity_item_get_sequence (g_ptr_array_index (items, items->len - 1))
                              : G_MAXINT64;
  self->stale = FALSE;
  posture_paged_list_read (list, read_func, page, page_free);
}

static void
posture_activity_want_more (PosturePagedList *list)
{
  PostureActivity *self = POSTURE_ACTIVITY (list);

  if (posture_paged_list_get_items (list)->len < self->n_pages * PAGE)
    return;
  self->n_pages++;
  posture_activity_go_on (list);
}

static void
posture_activity_fail (PosturePagedList *list)
{
  POSTURE_ACTIVITY (list)->stale = TRUE;
}

static void
changed_cb (PostureActivity *self)
{
  self->stale = TRUE;
  posture_activity_go_on (POSTURE_PAGED_LIST (self));
}

static void
posture_activity_class_init (PostureActivityClass *klass)
{
  PosturePagedListClass *list_class = POSTURE_PAGED_LIST_CLASS (klass);

  list_class->get_item_type = posture_activity_get_item_type;
  list_class->compare = posture_activity_compare;
  list_class->equal = posture_activity_equal;
  list_class->want_more = posture_activity_want_more;
  list_class->go_on = posture_activity_go_on;
  list_class->take = posture_activity_take;
  list_class->fail = posture_activity_fail;
}

static void
posture_activity_init (PostureActivity *self)
{
  self->n_pages = 1;
}

/**
 * posture_activity_new:
 * @bus: a bus
 *
 * Makes a list of the events of the journal, newest first, and begins to load
 * its first page. It follows what this and other processes do.
 *
 * Returns: (transfer full): a new list of #PostureActivityItem
 */
PostureActivity *
posture_activity_new (PostureBus *bus)
{
  static const char *const signals[] = {
    "changed::" POSTURE_BUS_TOPIC_PUT,     "changed::" POSTURE_BUS_TOPIC_DELIVERED,
    "changed::" POSTURE_BUS_TOPIC_DEAD,    "changed::" POSTURE_BUS_TOPIC_PRUNED,
    "changed::" POSTURE_BUS_TOPIC_REPLAYS, "changed-elsewhere",
  };
  PostureActivity *self = g_object_new (POSTURE_TYPE_ACTIVITY, NULL);
  PostureStore *store = posture_bus_get_store (bus);

  posture_paged_list_set_store (POSTURE_PAGED_LIST (self), store);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (store, signals[i], G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  posture_activity_go_on (POSTURE_PAGED_LIST (self));
  return self;
}
