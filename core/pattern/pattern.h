/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"

G_BEGIN_DECLS

/**
 * PosturePatternError:
 * @POSTURE_PATTERN_ERROR_INVALID: the pattern is none; the message is
 *   “place: reason”, with a place such as `detail.state[0].numeric`
 * @POSTURE_PATTERN_ERROR_EVENT: the event is not a JSON object, or repeats its
 *   fields in a way that cannot be decided in reasonable time
 *
 * Why a pattern was not made, or not applied.
 */
typedef enum
{
  POSTURE_PATTERN_ERROR_INVALID,
  POSTURE_PATTERN_ERROR_EVENT,
} PosturePatternError;

#define POSTURE_PATTERN_ERROR (posture_pattern_error_quark ())
GQuark posture_pattern_error_quark (void);

#define POSTURE_PATTERN_MAX_ALTERNATIVES 1000
#define POSTURE_PATTERN_MAX_PATHS 64

typedef struct _PosturePattern PosturePattern;

PosturePattern *posture_pattern_new           (const char            *text,
                                               gsize                  length,
                                               GError               **error);
PosturePattern *posture_pattern_new_from_node (const PostureJsonNode *node,
                                               GError               **error);
PosturePattern *posture_pattern_new_for_member (const char           *name,
                                               const PostureJsonNode *node,
                                               GError               **error);
PosturePattern *posture_pattern_ref           (PosturePattern        *self);
void            posture_pattern_unref         (PosturePattern        *self);
gboolean        posture_pattern_matches       (PosturePattern        *self,
                                               const char            *event,
                                               gsize                  length,
                                               gboolean              *ret_matches,
                                               GError               **error);
gboolean        posture_pattern_matches_node  (PosturePattern        *self,
                                               const PostureJsonNode *event);
gboolean        posture_pattern_matches_members (PosturePattern      *self,
                                               const char *const     *names,
                                               const PostureJsonNode *const *values,
                                               guint                  n_members);
char          **posture_pattern_dup_paths     (PosturePattern        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosturePattern, posture_pattern_unref)

G_END_DECLS
