/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "user/user-service.h"

G_BEGIN_DECLS

/* The way of operations to the disk, one batch at a time. What could not be stored is kept and tried
 * again with the ids it had, so that nothing is done twice. */
#define POSTURE_TYPE_DRAFT_STORE (posture_draft_store_get_type ())
G_DECLARE_FINAL_TYPE (PostureDraftStore, posture_draft_store, POSTURE, DRAFT_STORE, GObject)

PostureDraftStore *posture_draft_store_new           (PostureUserService *user);
void               posture_draft_store_add           (PostureDraftStore  *self,
                                                      PostureOperation   *operation);
void               posture_draft_store_retry         (PostureDraftStore  *self);
void               posture_draft_store_forget        (PostureDraftStore  *self);
gboolean           posture_draft_store_is_empty      (PostureDraftStore  *self);
guint              posture_draft_store_count_answers (PostureDraftStore  *self);
const GError      *posture_draft_store_get_error     (PostureDraftStore  *self);

G_END_DECLS
