/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern.h"

G_BEGIN_DECLS

/**
 * PostureEventTrust:
 * @POSTURE_EVENT_UNCHECKED: nothing
 * @POSTURE_EVENT_VALID: core/json has accepted these bytes as an object
 * @POSTURE_EVENT_ONCE: and no field in them stands twice, nor has any name a
 *   dot, so that what was seen once need not be looked for again
 *
 * What is known of the bytes of an event. posture_finder_check() finds it out.
 */
typedef enum
{
  POSTURE_EVENT_UNCHECKED = 0,
  POSTURE_EVENT_VALID = 1 << 0,
  POSTURE_EVENT_ONCE = 1 << 1,
} PostureEventTrust;

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
                                            PostureEventTrust      trust,
                                            GError               **error);
char          **posture_matcher_match_node (PostureMatcher        *self,
                                            const PostureJsonNode *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureMatcher, posture_matcher_free)

G_END_DECLS
