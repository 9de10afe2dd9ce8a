/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PostureItemId:
 * @item: an item of a list
 *
 * Returns: (transfer none): its id
 */
typedef const char *(*PostureItemId) (gpointer item);

#define POSTURE_TYPE_SHOWN_SELECTION (posture_shown_selection_get_type ())
G_DECLARE_FINAL_TYPE (PostureShownSelection, posture_shown_selection, POSTURE, SHOWN_SELECTION, GObject)

PostureShownSelection *posture_shown_selection_new       (PostureItemId get_id);
void                   posture_shown_selection_set_model (PostureShownSelection *self,
                                                          GListModel            *model);
void                   posture_shown_selection_set_shown (PostureShownSelection *self,
                                                          const char            *id);

G_END_DECLS
