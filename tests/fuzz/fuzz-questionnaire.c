/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include "model/words.h"
#include "rating/rating.h"

/* Any bytes as a questionnaire: it is refused with faults, or its canonical form is the same
 * questionnaire, can be rated without answers, and its own text read as words does no harm. */

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

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
  return 0;
}
