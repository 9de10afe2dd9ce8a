/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/shown-selection.h"

/* In a list beside a page, the item that the page shows. A list that opens items with one click would select
 * what the pointer passes over; here neither the pointer nor the keyboard selects, so that the highlight
 * stays with what is shown, wherever it stands and whenever it is loaded. */
struct _PostureShownSelection
{
  GObject parent_instance;

  PostureItemId get_id;
  GListModel *model; /* (nullable) */
  gulong changed_id;
  char *shown;       /* (nullable) */
};

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PostureShownSelection, posture_shown_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static GType
get_item_type (GListModel *list)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *list)
{
  PostureShownSelection *self = POSTURE_SHOWN_SELECTION (list);

  return self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  PostureShownSelection *self = POSTURE_SHOWN_SELECTION (list);

  return self->model != NULL ? g_list_model_get_item (self->model, position) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *selection,
             guint              position)
{
  PostureShownSelection *self = POSTURE_SHOWN_SELECTION (selection);
  g_autoptr (GObject) item = NULL;

  if (self->shown == NULL)
    return FALSE;
  item = get_item (G_LIST_MODEL (self), position);
  return item != NULL && g_str_equal (self->get_id (item), self->shown);
}

/* To select is left out, and so refused. */
static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
}

static void
posture_shown_selection_dispose (GObject *object)
{
  PostureShownSelection *self = POSTURE_SHOWN_SELECTION (object);

  if (self->model != NULL)
    g_clear_signal_handler (&self->changed_id, self->model);
  g_clear_object (&self->model);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (posture_shown_selection_parent_class)->dispose (object);
}

static void
posture_shown_selection_class_init (PostureShownSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_shown_selection_dispose;
}

static void
posture_shown_selection_init (PostureShownSelection *self)
{
}

/**
 * posture_shown_selection_new:
 * @get_id: what identifies an item
 *
 * Returns: (transfer full): a selection of nothing, without a model
 */
PostureShownSelection *
posture_shown_selection_new (PostureItemId get_id)
{
  PostureShownSelection *self = g_object_new (POSTURE_TYPE_SHOWN_SELECTION, NULL);

  self->get_id = get_id;
  return self;
}

/**
 * posture_shown_selection_set_model:
 * @self: a selection
 * @model: (nullable): the items
 *
 * Sets what there is to select from.
 */
void
posture_shown_selection_set_model (PostureShownSelection *self,
                                   GListModel            *model)
{
  guint removed = get_n_items (G_LIST_MODEL (self));

  if (self->model == model)
    return;
  if (self->model != NULL)
    g_clear_signal_handler (&self->changed_id, self->model);
  g_set_object (&self->model, model);
  if (model != NULL)
    self->changed_id = g_signal_connect_swapped (model, "items-changed", G_CALLBACK (g_list_model_items_changed), self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, get_n_items (G_LIST_MODEL (self)));
}

/**
 * posture_shown_selection_set_shown:
 * @self: a selection
 * @id: (nullable): the id of the item that is shown, %NULL for none; it can come later
 *
 * Selects an item, and no other.
 */
void
posture_shown_selection_set_shown (PostureShownSelection *self,
                                   const char            *id)
{
  guint n_items = get_n_items (G_LIST_MODEL (self));

  if (g_strcmp0 (self->shown, id) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (id);
  if (n_items > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n_items);
}
