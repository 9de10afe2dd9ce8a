/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Something that gives points at a cost of 1, 3 or 9. */
typedef struct
{
  gint64 gain;     /* 0 or more */
  int cost;
  gboolean needed; /* whether nothing goes without it */
  gboolean taken;  /* filled in */
} PostureCoverItem;

gboolean posture_cover (PostureCoverItem *items,
                        guint             length,
                        gint64            missing);

G_END_DECLS
