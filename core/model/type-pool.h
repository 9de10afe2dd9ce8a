/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PostureTypePool:
 *
 * One piece of memory for a value with everything that is in it, such as a
 * report with its thousands of findings, and what keeps there what the value
 * only points to. It lives until the last reference to it, or to any value in
 * it, is given back; then all goes at once.
 *
 * One thread fills it; then threads can share what is in it.
 */
typedef struct _PostureTypePool PostureTypePool;

PostureTypePool *posture_type_pool_new   (gsize            expected,
                                          gpointer         owner,
                                          GDestroyNotify   release);
PostureTypePool *posture_type_pool_ref   (PostureTypePool *self);
void             posture_type_pool_unref (PostureTypePool *self);

const char      *posture_type_pool_text  (PostureTypePool *self,
                                          const char      *text);
GPtrArray       *posture_type_pool_list  (PostureTypePool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureTypePool, posture_type_pool_unref)

G_END_DECLS
