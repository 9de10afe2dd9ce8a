/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/draft-private.h"

#include "model/expansion.h"
#include "ui/draft-reading.h"

#include <glib/gi18n-lib.h>

/* What is on disk, into the draft: at first, and whenever another process has answered. */

/* What is asked after the list of what sections are repeated for has changed. */
void
posture_draft_ask_anew (PostureDraft *self)
{
  g_clear_pointer (&self->asked, posture_questionnaire_unref);
  g_clear_pointer (&self->visibility, posture_visibility_free);
  self->asked = posture_questionnaire_expand (self->questionnaire, self->answers);
  self->visibility = posture_visibility_new (self->asked, self->answers);
}

static void
proposals_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (PostureDraft) self = data;
  GPtrArray *proposals = posture_user_service_find_proposals_finish (POSTURE_USER_SERVICE (source), result,
                                                                     /* error = */ NULL);

  /* they only help: without them everything else goes on */
  if (proposals == NULL)
    return;
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  self->proposals = proposals;
  if (proposals->len > 0)
    posture_draft_emit_changed (self, /* key = */ NULL);
}

static void
due_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (PostureDraft) self = data;
  GPtrArray *due = posture_user_service_find_due_finish (POSTURE_USER_SERVICE (source), result, /* error = */ NULL);

  if (due == NULL)
    return;
  g_clear_pointer (&self->due, g_ptr_array_unref);
  self->due = due;
  if (due->len > 0)
    posture_draft_emit_changed (self, /* key = */ NULL);
}

/* What only helps, once the answers are there. */
static void
look_around (PostureDraft *self)
{
  PostureUserService *user = posture_context_get_user (self->context);

  posture_user_service_find_proposals_async (user, posture_questionnaire_get_digest (self->questionnaire),
                                             self->assessment, self->cancellable, proposals_cb,
                                             g_object_ref (self));
  posture_user_service_find_due_async (user, self->assessment, posture_user_service_get_now (user),
                                       self->cancellable, due_cb, g_object_ref (self));
}

static gboolean
is_same (PostureDraft   *self,
         PostureAnswers *answers,
         GHashTable     *flags)
{
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  GHashTableIter iter;
  gpointer key;

  if (self->answers == NULL || g_hash_table_size (flags) != g_hash_table_size (self->flags))
    return FALSE;
  g_hash_table_iter_init (&iter, flags);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (self->flags, key))
      return FALSE;
  {
    g_auto (GStrv) questions = posture_answers_dup_questions (answers);

    if (posture_answers_get_length (self->answers) != g_strv_length (questions))
      return FALSE;
    for (guint i = 0; questions[i] != NULL; i++)
      if (!posture_answer_equal (posture_answers_get (self->answers, questions[i]),
                                 posture_answers_get (answers, questions[i])))
        return FALSE;
  }
  return TRUE;
}

static void
take_answers (PostureDraft        *self,
              PostureDraftReading *reading)
{
  gboolean first = self->answers == NULL;

  if (is_same (self, reading->answers, reading->flags))
    return;
  g_clear_pointer (&self->answers, posture_answers_unref);
  g_clear_pointer (&self->flags, g_hash_table_unref);
  self->answers = g_steal_pointer (&reading->answers);
  self->flags = g_steal_pointer (&reading->flags);
  posture_draft_ask_anew (self);
  if (!first)
    {
      posture_draft_emit_changed (self, /* key = */ NULL);
      return;
    }
  posture_draft_set_state (self, POSTURE_DRAFT_READY);
  look_around (self);
}

static gboolean
take_item (PostureDraft          *self,
           PostureAssessmentItem *item)
{
  const char *digest = posture_assessment_item_get_digest (item);

  posture_draft_take_name (self, posture_assessment_item_get_name (item));
  if (self->questionnaire == NULL)
    self->questionnaire = posture_library_dup_by_digest (posture_context_get_library (self->context), digest);
  if (self->words == NULL)
    self->words = posture_context_dup_words (self->context, digest);
  return self->questionnaire != NULL && self->words != NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (PostureDraft) self = data;
  g_autoptr (PostureDraftReading) reading = NULL;
  GError *error = NULL;

  reading = posture_draft_read_finish (result, &error);
  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable) || posture_context_get_user (self->context) == NULL)
    {
      g_clear_error (&error); /* nobody looks any more */
      return;
    }
  if (reading == NULL)
    posture_draft_fail (self, error);
  else if (!take_item (self, reading->item))
    posture_draft_fail (self, g_error_new_literal (POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID,
                                     _("The questionnaire of this assessment is not on this device.")));
  /* what was answered here meanwhile is newer than what was read */
  else if (self->generation == self->loading && posture_draft_store_is_empty (self->store))
    take_answers (self, reading);
  else
    self->stale = TRUE;
  posture_draft_read_again (self);
}

void
posture_draft_read_again (PostureDraft *self)
{
  PostureUserService *user = posture_context_get_user (self->context);

  if (!self->stale || self->reading || user == NULL || !posture_draft_store_is_empty (self->store))
    return;
  self->stale = FALSE;
  self->reading = TRUE;
  self->loading = self->generation;
  posture_draft_read_async (user, self->assessment, self->cancellable, read_cb, g_object_ref (self));
}

void
posture_draft_changed_cb (PostureDraft *self,
                       const char   *id)
{
  if (id != NULL && !g_str_equal (id, self->assessment))
    return;
  self->stale = TRUE;
  posture_draft_read_again (self);
}

/**
 * posture_draft_load:
 * @self: a draft
 *
 * Reads the assessment, or tries again.
 */
void
posture_draft_load (PostureDraft *self)
{
  g_clear_error (&self->error);
  posture_draft_set_state (self, POSTURE_DRAFT_LOADING);
  self->stale = TRUE;
  g_clear_pointer (&self->answers, posture_answers_unref);
  posture_draft_read_again (self);
}
