/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PostureNeighbours PostureNeighbours;

PostureNeighbours *posture_neighbours_join   (const char        *folder,
                                              const char        *file,
                                              gboolean          *ret_unclean,
                                              GError           **error);
void               posture_neighbours_listen (PostureNeighbours *self,
                                              void (*written) (gpointer data),
                                              gpointer           data);
gboolean           posture_neighbours_are_there (PostureNeighbours *self);
void               posture_neighbours_tell   (PostureNeighbours *self);
void               posture_neighbours_leave  (PostureNeighbours *self);

G_END_DECLS
