/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern.h"

G_BEGIN_DECLS

typedef struct _PostureMatcher PostureMatcher;

PostureMatcher *posture_matcher_new        (void);
void            posture_matcher_free       (PostureMatcher        *self);
gboolean        posture_matcher_add        (PostureMatcher        *self,
                                            const char            *name,
                                            PosturePattern        *pattern);
gboolean        posture_matcher_remove     (PostureMatcher        *self,
                                            const char            *name);
char          **posture_matcher_match      (PostureMatcher        *self,
                                            const char            *event,
                                            gsize                  length,
                                            GError               **error);
char          **posture_matcher_match_node (PostureMatcher        *self,
                                            const PostureJsonNode *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureMatcher, posture_matcher_free)

G_END_DECLS
