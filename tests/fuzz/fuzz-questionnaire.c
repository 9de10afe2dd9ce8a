/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include "model/advice.h"
#include "model/expansion.h"
#include "model/gaps.h"
#include "model/inspection.h"
#include "model/instances.h"
#include "model/visibility.h"
#include "model/words.h"
#include "rating/rating.h"

/* Any bytes as a questionnaire: it is refused with faults, or its canonical form is the same
 * questionnaire, can be rated without answers and with instances of what is repeated, and its own
 * text read as words does no harm. Inspecting it tells at least the faults that reading it does. */

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

/* Names two instances wherever some can be named, and rates what comes of it. */
static void
repeat (PostureQuestionnaire       *questionnaire,
        const PostureRatingContext *context)
{
  g_autoptr (PostureAnswers) answers = posture_answers_new ();
  g_autoptr (PostureQuestionnaire) asked = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (PostureVisibility) visibility = NULL;

  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
      g_autoptr (PostureAnswer) one = NULL;
      g_autoptr (PostureAnswer) two = NULL;

      if (posture_question_get_kind (question) != POSTURE_QUESTION_INSTANCES)
        continue;
      one = posture_answer_add_instance (NULL, question, "One", NULL, NULL);
      two = posture_answer_add_instance (one, question, "Two", NULL, NULL);
      posture_answers_set (answers, posture_question_get_key (question), two != NULL ? two : one);
    }
  asked = posture_questionnaire_expand (questionnaire, answers);
  visibility = posture_visibility_new (asked, answers);
  gaps = posture_questionnaire_find_gaps (asked, answers, posture_visibility_peek (visibility));
  for (guint i = 0; i < posture_questionnaire_get_n_questions (asked); i++)
    g_strfreev (posture_questionnaire_find_tips (asked, answers, posture_visibility_peek (visibility),
                                                 posture_questionnaire_get_question (asked, i)));
  report = posture_rate (questionnaire, answers, context, NULL);
  if (report == NULL)
    g_abort ();
}

static void
use (PostureQuestionnaire *questionnaire,
     GBytes               *bytes)
{
  const PostureRatingContext context = {
    "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
  };
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureQuestionnaire) again = posture_questionnaire_new (
    posture_questionnaire_get_canonical (questionnaire), NULL, faults);
  g_autoptr (PostureAnswers) answers = posture_answers_new ();
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
  g_autoptr (PostureWords) words = posture_words_new (questionnaire, bytes, NULL, NULL, faults);

  if (again == NULL || report == NULL || words != NULL
      || !g_str_equal (posture_questionnaire_get_digest (questionnaire),
                       posture_questionnaire_get_digest (again)))
    g_abort ();
  repeat (questionnaire, &context);
}

static void
inspect (GBytes *bytes,
         guint   n_faults)
{
  const PostureInspectedWords words = { bytes, "words" };
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureFaults) missing = posture_faults_new ();

  posture_inspect (bytes, "fuzz", &words, 1, faults, missing);
  if (posture_faults_get_length (faults) < n_faults)
    g_abort ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureQuestionnaire) questionnaire
    = posture_questionnaire_new (bytes, "fuzz", faults);
  g_autofree char *text = posture_faults_to_text (faults);

  if ((questionnaire == NULL) != (posture_faults_get_length (faults) > 0))
    g_abort ();
  if (!g_utf8_validate (text, -1, NULL))
    g_abort ();
  if (questionnaire != NULL)
    use (questionnaire, bytes);
  inspect (bytes, posture_faults_get_length (faults));
  return 0;
}
