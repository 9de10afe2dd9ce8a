/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes up patterns and events that have much to do with one another. Each choice takes a byte; when there
 * are none left, the first choice is taken. */
typedef struct
{
  const guint8 *bytes;
  gsize length;
} PatternMaker;

guint pattern_maker_draw    (PatternMaker *self,
                             guint         below);
char *pattern_maker_pattern (PatternMaker *self);
char *pattern_maker_event   (PatternMaker *self);
void  pattern_maker_compare (PatternMaker *self);

G_END_DECLS
