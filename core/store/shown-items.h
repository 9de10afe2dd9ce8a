/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PostureShownItems:
 * @model: (unowned): the list model that shows them
 * @items: (element-type GObject): what it shows, in order
 * @compare: which of two items comes first; 0 for the same one, even if it has
 *   changed
 * @equal: whether two states of one item look the same
 * @data: for @compare and @equal
 *
 * The items of a list model that follows rows in the database.
 */
typedef struct
{
  GListModel *model;
  GPtrArray *items;
  int (*compare) (gconstpointer data,
                  gpointer      a,
                  gpointer      b);
  gboolean (*equal) (gconstpointer data,
                     gpointer      a,
                     gpointer      b);
  gconstpointer data;
} PostureShownItems;

void posture_shown_items_splice  (const PostureShownItems *self,
                                  guint                    position,
                                  guint                    removed,
                                  GPtrArray               *more,
                                  guint                    first,
                                  guint                    added);
void posture_shown_items_replace (const PostureShownItems *self,
                                  GPtrArray               *now);

G_END_DECLS
