/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/draft.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_DRAFT_KEEPER (posture_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (PostureDraftKeeper, posture_draft_keeper, POSTURE, DRAFT_KEEPER, GObject)

PostureDraftKeeper *posture_draft_keeper_new         (void);
PostureDraft       *posture_draft_keeper_open        (PostureDraftKeeper *self,
                                                      PostureContext     *context,
                                                      const char         *assessment);
void                posture_draft_keeper_leave       (PostureDraftKeeper *self,
                                                      PostureDraft       *draft);
PostureDraftSaving  posture_draft_keeper_get_saving  (PostureDraftKeeper *self);
void                posture_draft_keeper_retry       (PostureDraftKeeper *self);
char               *posture_draft_keeper_dup_problem (PostureDraftKeeper *self);

G_END_DECLS
