/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/what-if.h"

#include "model/revision.h"

/* What is rated here was never submitted: constants keep the report the same whenever and wherever
 * it is made. */
#define NO_ASSESSMENT "00000000-0000-0000-0000-000000000000"
#define NO_TIME "1970-01-01T00:00:00.000Z"

/**
 * posture_rate_unsubmitted:
 * @questionnaire: a questionnaire
 * @answers: answers to it
 * @error: return location for a #PostureRatingError
 *
 * Rates answers that belong to no assessment. The report is the one that
 * posture_rate() gives, but names the assessment
 * 00000000-0000-0000-0000-000000000000, its first revision and the time
 * 1970-01-01T00:00:00.000Z.
 *
 * Returns: (transfer full) (nullable): the report, or %NULL on error
 */
PostureReport *
posture_rate_unsubmitted (PostureQuestionnaire *questionnaire,
                          PostureAnswers       *answers,
                          GError              **error)
{
  g_autofree char *canonical = posture_answers_to_canonical (answers);
  g_autofree char *revision = posture_revision_digest (NO_ASSESSMENT, /* parent = */ NULL, canonical);
  const PostureRatingContext context = { NO_ASSESSMENT, revision, NO_TIME };

  return posture_rate (questionnaire, answers, &context, error);
}

/* The answer that takes the place of @old: with its own target, else with the one that is there. */
static gboolean
replace (PostureAnswers       *answers,
         const char           *key,
         PostureAnswer        *answer,
         PostureQuestionnaire *questionnaire,
         GError              **error)
{
  PostureAnswer *old = posture_answers_get (answers, key);
  PostureQuestion *question = posture_questionnaire_find_answered (questionnaire, key);
  g_autoptr (PostureAnswer) kept = NULL;

  if (question != NULL && old != NULL && posture_answer_get_target_text (old) != NULL
      && posture_answer_get_target_text (answer) == NULL)
    {
      kept = posture_answer_new_with_target (answer, posture_answer_get_target_text (old), question,
                                             error);
      if (kept == NULL)
        return FALSE;
    }
  posture_answers_set (answers, key, kept != NULL ? kept : answer);
  return TRUE;
}

/**
 * posture_answers_with:
 * @answers: answers; they stay as they are
 * @fixed: answers that take the place of those
 * @questionnaire: what both answer
 * @error: return location for a #PostureModelError
 *
 * What the answers would be. A target stays where it is, unless its question
 * gets another one.
 *
 * Returns: (transfer full) (nullable): a set of its own, or %NULL on error
 */
PostureAnswers *
posture_answers_with (PostureAnswers       *answers,
                      PostureAnswers       *fixed,
                      PostureQuestionnaire *questionnaire,
                      GError              **error)
{
  g_autoptr (PostureAnswers) changed = posture_answers_copy (answers);
  g_auto (GStrv) keys = posture_answers_dup_questions (fixed);

  for (guint i = 0; keys[i] != NULL; i++)
    if (!replace (changed, keys[i], posture_answers_get (fixed, keys[i]), questionnaire, error))
      return NULL;
  return g_steal_pointer (&changed);
}

/**
 * posture_what_if:
 * @questionnaire: a questionnaire
 * @answers: answers to it; they stay as they are
 * @fixed: answers taken as given, in the place of those
 * @error: return location for a #PostureRatingError or #PostureModelError
 *
 * What the report would be if some answers were others: number and range,
 * sections, findings, all of it, and the same as if they were really changed and
 * submitted. To take a question as open, fix it as “I don't know”. Nothing is
 * stored; see posture_rate_unsubmitted() for what the report is named.
 *
 * Takes the time of one rating; can be called in any thread.
 *
 * Returns: (transfer full) (nullable): the report, or %NULL on error
 */
PostureReport *
posture_what_if (PostureQuestionnaire *questionnaire,
                 PostureAnswers       *answers,
                 PostureAnswers       *fixed,
                 GError              **error)
{
  g_autoptr (PostureAnswers) changed = posture_answers_with (answers, fixed, questionnaire, error);

  return changed != NULL ? posture_rate_unsubmitted (questionnaire, changed, error) : NULL;
}
