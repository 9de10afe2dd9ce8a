/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/paged-list.h"

/* A list model that follows rows of the database. It loads page by page as somebody looks further down; what
 * there is to read, and when what is shown is to be read anew, is for each kind of list to say. One thing is
 * read at a time. */
typedef struct
{
  PostureStore *store; /* NULL once disposed */
  GPtrArray *items;    /* (element-type GObject), in order */
  GCancellable *cancellable;
  gboolean complete;
  gboolean loading;
  gboolean reading;
} PosturePagedListPrivate;

static void posture_paged_list_model_init (GListModelInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (PosturePagedList, posture_paged_list, G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (PosturePagedList)
                                  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, posture_paged_list_model_init))

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_COMPLETE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static PosturePagedListPrivate *
get_private (PosturePagedList *self)
{
  return posture_paged_list_get_instance_private (self);
}

static void
set_flag (PosturePagedList *self,
          gboolean         *flag,
          gboolean          value,
          guint             property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static GType
posture_paged_list_get_item_type (GListModel *model)
{
  return POSTURE_PAGED_LIST_GET_CLASS (model)->get_item_type (POSTURE_PAGED_LIST (model));
}

static guint
posture_paged_list_get_n_items (GListModel *model)
{
  return get_private (POSTURE_PAGED_LIST (model))->items->len;
}

static gpointer
posture_paged_list_get_item (GListModel *model,
                             guint       position)
{
  GPtrArray *items = get_private (POSTURE_PAGED_LIST (model))->items;

  if (position + POSTURE_PAGED_LIST_NEAR_END >= items->len)
    posture_paged_list_load_more (POSTURE_PAGED_LIST (model));
  return position < items->len ? g_object_ref (g_ptr_array_index (items, position)) : NULL;
}

static void
posture_paged_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = posture_paged_list_get_item_type;
  iface->get_n_items = posture_paged_list_get_n_items;
  iface->get_item = posture_paged_list_get_item;
}

static void
posture_paged_list_dispose (GObject *object)
{
  PosturePagedListPrivate *priv = get_private (POSTURE_PAGED_LIST (object));

  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->store);
  G_OBJECT_CLASS (posture_paged_list_parent_class)->dispose (object);
}

static void
posture_paged_list_finalize (GObject *object)
{
  PosturePagedListPrivate *priv = get_private (POSTURE_PAGED_LIST (object));

  g_ptr_array_unref (priv->items);
  g_object_unref (priv->cancellable);
  G_OBJECT_CLASS (posture_paged_list_parent_class)->finalize (object);
}

static void
posture_paged_list_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  PosturePagedListPrivate *priv = get_private (POSTURE_PAGED_LIST (object));

  if (id == PROP_LOADING)
    g_value_set_boolean (value, priv->loading);
  else if (id == PROP_COMPLETE)
    g_value_set_boolean (value, priv->complete);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
posture_paged_list_class_init (PosturePagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_paged_list_dispose;
  object_class->finalize = posture_paged_list_finalize;
  object_class->get_property = posture_paged_list_get_property;

  /**
   * PosturePagedList:loading:
   *
   * Whether a page is being read just now.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                   G_PARAM_STATIC_STRINGS);
  /**
   * PosturePagedList:complete:
   *
   * Whether every item there is has been read.
   */
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
posture_paged_list_init (PosturePagedList *self)
{
  PosturePagedListPrivate *priv = get_private (self);

  priv->items = g_ptr_array_new_with_free_func (g_object_unref);
  priv->cancellable = g_cancellable_new ();
}

/**
 * posture_paged_list_is_loading:
 * @self: a list
 *
 * Returns: whether a page is being read just now
 */
gboolean
posture_paged_list_is_loading (PosturePagedList *self)
{
  return get_private (self)->loading;
}

/**
 * posture_paged_list_is_complete:
 * @self: a list
 *
 * Returns: whether every item there is has been read
 */
gboolean
posture_paged_list_is_complete (PosturePagedList *self)
{
  return get_private (self)->complete;
}

/**
 * posture_paged_list_load_more:
 * @self: a list
 *
 * Reads the next page, unless all is there already or a page is on its way.
 * Asking for one of the last items does the same.
 */
void
posture_paged_list_load_more (PosturePagedList *self)
{
  PosturePagedListPrivate *priv = get_private (self);

  if (!priv->complete && !priv->loading)
    POSTURE_PAGED_LIST_GET_CLASS (self)->want_more (self);
}

/**
 * posture_paged_list_set_store:
 * @self: a list that has none
 * @store: where it reads
 *
 * For a new list; nothing is read by itself.
 */
void
posture_paged_list_set_store (PosturePagedList *self,
                              PostureStore     *store)
{
  get_private (self)->store = g_object_ref (store);
}

/**
 * posture_paged_list_get_items:
 * @self: a list
 *
 * Returns: (transfer none) (element-type GObject): what is shown; it changes by
 *   the functions below alone
 */
GPtrArray *
posture_paged_list_get_items (PosturePagedList *self)
{
  return get_private (self)->items;
}

/**
 * posture_paged_list_can_read:
 * @self: a list
 *
 * Returns: whether nothing is being read, and the list is not disposed
 */
gboolean
posture_paged_list_can_read (PosturePagedList *self)
{
  PosturePagedListPrivate *priv = get_private (self);

  return !priv->reading && priv->store != NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (PosturePagedList) self = data;
  g_autoptr (GError) error = NULL;
  PosturePagedListClass *klass = POSTURE_PAGED_LIST_GET_CLASS (self);
  PosturePagedListPrivate *priv = get_private (self);
  gpointer page = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  if (priv->store == NULL)
    return;
  /* whoever hears of changes may ask for more: that waits until all of them are made */
  if (page != NULL)
    klass->take (self, page);
  priv->reading = FALSE;
  if (page != NULL)
    {
      klass->go_on (self);
      return;
    }
  g_debug ("A list could not be read: %s", error->message);
  klass->fail (self);
  posture_paged_list_set_loading (self, FALSE);
}

/**
 * posture_paged_list_read:
 * @self: a list that can read
 * @func: what reads, in a reader's thread
 * @page: (transfer full): for @func, and then for the list's take()
 * @page_free: frees @page
 *
 * Reads a part of what there is, and then goes on.
 */
void
posture_paged_list_read (PosturePagedList *self,
                         PostureStoreFunc  func,
                         gpointer          page,
                         GDestroyNotify    page_free)
{
  PosturePagedListPrivate *priv = get_private (self);

  priv->reading = TRUE;
  posture_store_read_async (priv->store, func, page, page_free, priv->cancellable, read_cb, g_object_ref (self));
}

/**
 * posture_paged_list_set_loading:
 * @self: a list
 * @loading: whether a page that was asked for is being read
 *
 * For a list's go_on().
 */
void
posture_paged_list_set_loading (PosturePagedList *self,
                                gboolean          loading)
{
  set_flag (self, &get_private (self)->loading, loading, PROP_LOADING);
}

/**
 * posture_paged_list_set_complete:
 * @self: a list
 * @complete: whether every item there is has been read
 *
 * For a list's take().
 */
void
posture_paged_list_set_complete (PosturePagedList *self,
                                 gboolean          complete)
{
  set_flag (self, &get_private (self)->complete, complete, PROP_COMPLETE);
}

/**
 * posture_paged_list_splice:
 * @self: a list
 * @position: where
 * @removed: how many go there
 * @more: (element-type GObject): where others come from
 * @first: the first of them
 * @added: how many
 *
 * Puts items in the place of others, and tells it.
 */
void
posture_paged_list_splice (PosturePagedList *self,
                           guint             position,
                           guint             removed,
                           GPtrArray        *more,
                           guint             first,
                           guint             added)
{
  GPtrArray *items = get_private (self)->items;

  if (removed > 0)
    g_ptr_array_remove_range (items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (items, (int) (position + i), g_object_ref (g_ptr_array_index (more, first + i)));
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/**
 * posture_paged_list_append:
 * @self: a list
 * @more: (element-type GObject): what comes after what is shown
 *
 * Puts a page below those that are there.
 */
void
posture_paged_list_append (PosturePagedList *self,
                           GPtrArray        *more)
{
  posture_paged_list_splice (self, get_private (self)->items->len, 0, more, 0, more->len);
}

/* Goes along what is shown and what is, and counts how far the two differ. */
static void
measure_difference (PosturePagedList *self,
                    guint             position,
                    GPtrArray        *now,
                    guint            *ret_removed,
                    guint            *ret_added)
{
  PosturePagedListClass *klass = POSTURE_PAGED_LIST_GET_CLASS (self);
  GPtrArray *items = get_private (self)->items;
  guint old = position, new = position;

  while (old < items->len || new < now->len)
    {
      gpointer a = old < items->len ? g_ptr_array_index (items, old) : NULL;
      gpointer b = new < now->len ? g_ptr_array_index (now, new) : NULL;
      int order = a == NULL ? 1 : b == NULL ? -1 : klass->compare (self, a, b);

      if (order == 0 && klass->equal (self, a, b))
        break;
      old += order <= 0;
      new += order >= 0;
    }
  *ret_removed = old - position;
  *ret_added = new - position;
}

/**
 * posture_paged_list_replace:
 * @self: a list
 * @now: (element-type GObject): what is to be shown
 *
 * Makes what is shown what is, with one change for each stretch that differs.
 */
void
posture_paged_list_replace (PosturePagedList *self,
                            GPtrArray        *now)
{
  GPtrArray *items = get_private (self)->items;
  guint position = 0;

  while (position < items->len || position < now->len)
    {
      guint removed, added;

      measure_difference (self, position, now, &removed, &added);
      posture_paged_list_splice (self, position, removed, now, position, added);
      position += added + 1;
    }
}
