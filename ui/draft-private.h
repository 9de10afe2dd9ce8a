/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/draft-store.h"
#include "ui/draft.h"

G_BEGIN_DECLS

/* An assessment while it is answered. What a person answers holds here at once and is on its way to the
 * disk; what another process answers comes in as soon as nothing of ours is on its way. */
struct _PostureDraft
{
  GObject parent_instance;

  PostureContext *context;
  PostureDraftStore *store;
  GCancellable *cancellable;
  char *assessment;
  char *name;

  PostureDraftState state;
  PostureDraftSaving saving;
  GError *error;

  PostureQuestionnaire *questionnaire;
  PostureQuestionnaire *asked;
  PostureWords *words;
  PostureAnswers *answers;
  PostureVisibility *visibility;
  GHashTable *flags;
  GPtrArray *proposals;
  GPtrArray *due; /* (element-type PostureDueAnswer) */

  guint generation; /* of what was answered here */
  guint loading;    /* the generation that is being read for */
  gboolean reading;
  gboolean stale;

  GTask *submission;
};

/* draft.c: the object, and what can be asked of it */
void posture_draft_set_state    (PostureDraft      *self,
                                 PostureDraftState  state);
void posture_draft_set_saving   (PostureDraft      *self,
                                 PostureDraftSaving saving);
void posture_draft_take_name    (PostureDraft      *self,
                                 const char        *name);
void posture_draft_emit_changed (PostureDraft      *self,
                                 const char        *key);
/* Takes the error over. */
void posture_draft_fail         (PostureDraft      *self,
                                 GError            *error);

/* draft-loading.c: from the disk */
void posture_draft_ask_anew     (PostureDraft      *self);
void posture_draft_read_again   (PostureDraft      *self);
void posture_draft_changed_cb   (PostureDraft      *self,
                                 const char        *id);

/* draft-answering.c: to the disk */
void posture_draft_settled_cb   (PostureDraft      *self);

G_END_DECLS
