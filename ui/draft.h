/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/visibility.h"
#include "ui/context.h"

G_BEGIN_DECLS

/**
 * PostureDraftState:
 * @POSTURE_DRAFT_LOADING: it is being read
 * @POSTURE_DRAFT_READY: it can be answered
 * @POSTURE_DRAFT_FAILED: it cannot be read
 *
 * How far an assessment is there.
 */
typedef enum
{
  POSTURE_DRAFT_LOADING,
  POSTURE_DRAFT_READY,
  POSTURE_DRAFT_FAILED,
} PostureDraftState;

/**
 * PostureDraftSaving:
 * @POSTURE_DRAFT_UNCHANGED: nothing was answered yet
 * @POSTURE_DRAFT_SAVING: something is on its way to the disk
 * @POSTURE_DRAFT_SAVED: all is on disk
 * @POSTURE_DRAFT_UNSAVED: something could not be stored, and is kept to try again
 *
 * Where what was answered is.
 */
typedef enum
{
  POSTURE_DRAFT_UNCHANGED,
  POSTURE_DRAFT_SAVING,
  POSTURE_DRAFT_SAVED,
  POSTURE_DRAFT_UNSAVED,
} PostureDraftSaving;

#define POSTURE_TYPE_DRAFT (posture_draft_get_type ())
G_DECLARE_FINAL_TYPE (PostureDraft, posture_draft, POSTURE, DRAFT, GObject)

PostureDraft          *posture_draft_new            (PostureContext  *context,
                                                     const char      *assessment);
void                   posture_draft_load           (PostureDraft    *self);
PostureDraftState      posture_draft_get_state      (PostureDraft    *self);
PostureDraftSaving     posture_draft_get_saving     (PostureDraft    *self);
const GError          *posture_draft_get_error      (PostureDraft    *self);
const char            *posture_draft_get_assessment (PostureDraft    *self);
const char            *posture_draft_get_name       (PostureDraft    *self);
PostureContext        *posture_draft_get_context    (PostureDraft    *self);
PostureQuestionnaire  *posture_draft_get_asked      (PostureDraft    *self);
PostureWords          *posture_draft_get_words      (PostureDraft    *self);
PostureAnswers        *posture_draft_get_answers    (PostureDraft    *self);
GArray                *posture_draft_peek_visible   (PostureDraft    *self);
PostureAnswer         *posture_draft_get_answer     (PostureDraft    *self,
                                                     const char      *key);
gboolean               posture_draft_is_flagged     (PostureDraft    *self,
                                                     const char      *key);
const PostureProposal *posture_draft_find_proposal  (PostureDraft    *self,
                                                     const char      *key);
const PostureDueAnswer *posture_draft_find_due      (PostureDraft    *self,
                                                     const char      *key);
void                   posture_draft_confirm        (PostureDraft    *self,
                                                     const char      *key);
void                   posture_draft_set_answer     (PostureDraft    *self,
                                                     const char      *key,
                                                     PostureAnswer   *answer);
void                   posture_draft_set_flagged    (PostureDraft    *self,
                                                     const char      *key,
                                                     gboolean         flagged);
void                   posture_draft_retry          (PostureDraft    *self);
guint                  posture_draft_count_unsaved  (PostureDraft    *self);
void                   posture_draft_submit_async   (PostureDraft    *self,
                                                     GCancellable    *cancellable,
                                                     GAsyncReadyCallback callback,
                                                     gpointer         user_data);
char                  *posture_draft_submit_finish  (PostureDraft    *self,
                                                     GAsyncResult    *result,
                                                     GError         **error);

G_END_DECLS
