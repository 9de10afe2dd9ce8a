/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/finder.h"

G_BEGIN_DECLS

/* Events in memory, one behind the other. */
typedef struct
{
  char *text;
  GArray *starts; /* (element-type gsize): and where the last one ends */
  PostureEventTrust trust;
} Load;

Load  *load_new      (const char     *path,
                      GError        **error);
Load  *load_new_text (const char     *event,
                      guint           count);
void   load_free     (Load           *self);
guint  load_get_size (Load           *self);
double load_scan     (Load           *self,
                      guint           passes);
double load_match    (Load           *self,
                      PostureMatcher *matcher,
                      guint           passes,
                      guint64        *ret_counts);
void   load_add_rule (PostureMatcher *matcher,
                      const char     *name,
                      const char     *pattern);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

G_END_DECLS
