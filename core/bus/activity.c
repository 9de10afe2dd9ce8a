/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/activity-private.h"
#include "bus/bus-private.h"
#include "store/shown-items.h"

#define PAGE 50
/* Items this near to the end bring the next page. */
#define NEAR_END 10

/* The events of the journal, newest first. It loads page by page as somebody looks further down. When
 * something changes it reads anew as many pages as were asked for, so it does not grow with what is put:
 * what is then beyond them comes again with its page. One thing is read at a time. */
struct _PostureActivity
{
  GObject parent_instance;

  PostureStore *store;
  GPtrArray *items; /* (element-type PostureActivityItem), newest first */
  PostureShownItems shown;
  GCancellable *cancellable;
  guint n_pages;
  gboolean complete;
  gboolean loading; /* a page that was asked for */
  gboolean reading;
  gboolean stale;
};

static void posture_activity_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PostureActivity, posture_activity, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, posture_activity_model_init))

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_COMPLETE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

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

/* The newest comes first. */
static int
compare (gconstpointer data,
         gpointer      a,
         gpointer      b)
{
  gint64 x = posture_activity_item_get_sequence (a);
  gint64 y = posture_activity_item_get_sequence (b);

  return (y > x) - (y < x);
}

static gboolean
equal (gconstpointer data,
       gpointer      a,
       gpointer      b)
{
  return posture_activity_item_equal (a, b);
}

static void
set_flag (PostureActivity *self,
          gboolean        *flag,
          gboolean         value,
          guint            property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void go_on (PostureActivity *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (PostureActivity) self = data;
  g_autoptr (GError) error = NULL;
  Page *page = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  self->reading = FALSE;
  if (self->store == NULL)
    return;
  if (page == NULL)
    {
      g_debug ("The activity could not be read: %s", error->message);
      set_flag (self, &self->loading, FALSE, PROP_LOADING);
      return;
    }
  if (page->extends)
    posture_shown_items_splice (&self->shown, self->items->len, 0, page->items, 0, page->items->len);
  else
    posture_shown_items_replace (&self->shown, page->items);
  set_flag (self, &self->complete, page->items->len < page->limit, PROP_COMPLETE);
  go_on (self);
}

/* Reads what there is to read, unless something is being read just now. */
static void
go_on (PostureActivity *self)
{
  guint wanted = self->n_pages * PAGE;
  Page *page;

  if (self->reading || self->store == NULL)
    return;
  set_flag (self, &self->loading, self->items->len < wanted && !self->complete, PROP_LOADING);
  if (!self->stale && !self->loading)
    return;
  page = g_new0 (Page, 1);
  page->extends = !self->stale && self->items->len > 0;
  page->limit = page->extends ? wanted - self->items->len : wanted;
  page->below = page->extends ? posture_activity_item_get_sequence (g_ptr_array_index (self->items,
                                                                                       self->items->len - 1))
                              : G_MAXINT64;
  self->stale = FALSE;
  self->reading = TRUE;
  posture_store_read_async (self->store, read_func, page, page_free, self->cancellable, read_cb, g_object_ref (self));
}

static void
changed_cb (PostureActivity *self)
{
  self->stale = TRUE;
  go_on (self);
}

static GType
posture_activity_get_item_type (GListModel *model)
{
  return POSTURE_TYPE_ACTIVITY_ITEM;
}

static guint
posture_activity_get_n_items (GListModel *model)
{
  return POSTURE_ACTIVITY (model)->items->len;
}

static gpointer
posture_activity_get_item (GListModel *model,
                           guint       position)
{
  PostureActivity *self = POSTURE_ACTIVITY (model);

  if (position + NEAR_END >= self->items->len)
    posture_activity_load_more (self);
  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
posture_activity_model_init (GListModelInterface *iface)
{
  iface->get_item_type = posture_activity_get_item_type;
  iface->get_n_items = posture_activity_get_n_items;
  iface->get_item = posture_activity_get_item;
}

static void
posture_activity_dispose (GObject *object)
{
  PostureActivity *self = POSTURE_ACTIVITY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (posture_activity_parent_class)->dispose (object);
}

static void
posture_activity_finalize (GObject *object)
{
  PostureActivity *self = POSTURE_ACTIVITY (object);

  g_ptr_array_unref (self->items);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (posture_activity_parent_class)->finalize (object);
}

static void
posture_activity_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  PostureActivity *self = POSTURE_ACTIVITY (object);

  if (id == PROP_LOADING)
    g_value_set_boolean (value, self->loading);
  else if (id == PROP_COMPLETE)
    g_value_set_boolean (value, self->complete);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
posture_activity_class_init (PostureActivityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_activity_dispose;
  object_class->finalize = posture_activity_finalize;
  object_class->get_property = posture_activity_get_property;

  /**
   * PostureActivity:loading:
   *
   * Whether a page is being read just now.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                   G_PARAM_STATIC_STRINGS);
  /**
   * PostureActivity:complete:
   *
   * Whether every event there is is in the list.
   */
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
posture_activity_init (PostureActivity *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = (PostureShownItems) { G_LIST_MODEL (self), self->items, compare, equal, /* data = */ NULL };
  self->cancellable = g_cancellable_new ();
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

  self->store = g_object_ref (posture_bus_get_store (bus));
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->store, signals[i], G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  go_on (self);
  return self;
}

/**
 * posture_activity_is_loading:
 * @self: a list
 *
 * Returns: whether a page is being read just now
 */
gboolean
posture_activity_is_loading (PostureActivity *self)
{
  return self->loading;
}

/**
 * posture_activity_is_complete:
 * @self: a list
 *
 * Returns: whether every event there is is in the list
 */
gboolean
posture_activity_is_complete (PostureActivity *self)
{
  return self->complete;
}

/**
 * posture_activity_load_more:
 * @self: a list
 *
 * Reads the next page, unless all is there already or a page is on its way.
 * Asking for one of the last items does the same.
 */
void
posture_activity_load_more (PostureActivity *self)
{
  if (self->complete || self->loading || self->items->len < self->n_pages * PAGE)
    return;
  self->n_pages++;
  go_on (self);
}
