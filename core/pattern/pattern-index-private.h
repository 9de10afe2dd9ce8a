/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern-value-private.h"

G_BEGIN_DECLS

typedef struct _PatternTest PatternTest;
typedef struct _PatternIndex PatternIndex;

PatternIndex *posture_pattern_index_new  (void);
void          posture_pattern_index_free (PatternIndex       *self);
void          posture_pattern_index_add  (PatternIndex       *self,
                                          const PatternTest  *test,
                                          guint32             target);
void          posture_pattern_index_seal (PatternIndex       *self);
gboolean      posture_pattern_index_find (const PatternIndex *self,
                                          PatternValue       *value,
                                          PatternArena       *arena,
                                          PatternList        *ret_targets);

G_END_DECLS
