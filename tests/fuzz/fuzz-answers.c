/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include "model/answers.h"
#include "rating/rating.h"

#include <string.h>

/* Any bytes as an answers file: it is refused with faults, or what is written from it reads back
 * the same, and can be rated. */

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define RATED "\"section\":\"s\",\"weight\":3,\"severity\":\"low\",\"effort\":\"low\""

static const char structure[] =
  "{\"format\":1,\"id\":\"q\",\"version\":\"1.0.0\",\"method\":{\"id\":\"weighted\",\"levels\":"
  "[{\"id\":\"low\",\"from\":0}]},\"sections\":[{\"id\":\"s\"}],\"questions\":["
  "{\"id\":\"1.A\"," RATED ",\"kind\":\"choice\",\"options\":[{\"id\":\"n\",\"credit\":0},"
  "{\"id\":\"y\",\"credit\":1}]},"
  "{\"id\":\"m\"," RATED ",\"kind\":\"choices\",\"options\":[{\"id\":\"none\",\"credit\":0,"
  "\"exclusive\":true},{\"id\":\"a\",\"credit\":0.5},{\"id\":\"b\",\"credit\":0.6}]},"
  "{\"id\":\"y\"," RATED ",\"kind\":\"yes-no\"},"
  "{\"id\":\"l\"," RATED ",\"kind\":\"level\",\"minimum\":-1,\"maximum\":3},"
  "{\"id\":\"w\"," RATED ",\"kind\":\"number\",\"places\":6,"
  "\"bands\":[{\"from\":0.5,\"credit\":1}],"
  "\"condition\":{\"pattern\":{\"y\":[true]}}},"
  "{\"id\":\"t\",\"section\":\"s\",\"kind\":\"text\"},"
  "{\"id\":\"d\",\"section\":\"s\",\"kind\":\"date\",\"condition\":{\"regex\":{\"question\":\"t\","
  "\"expression\":\"(a+)+$\"}}}]}";

static PostureQuestionnaire *
get_questionnaire (void)
{
  static PostureQuestionnaire *questionnaire = NULL;

  if (questionnaire == NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (structure, strlen (structure));
      g_autoptr (PostureFaults) faults = posture_faults_new ();

      questionnaire = posture_questionnaire_new (bytes, NULL, faults);
    }
  return questionnaire;
}

static void
use (PostureAnswers *answers)
{
  const PostureRatingContext context = {
    "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
  };
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GBytes) file = posture_answers_to_file_bytes (answers, "q");
  g_autoptr (PostureAnswers) again
    = posture_answers_new_from_file_bytes (file, NULL, get_questionnaire (), faults);
  g_autoptr (PostureReport) report = posture_rate (get_questionnaire (), answers, &context, NULL);
  g_autoptr (GBytes) file_again = NULL;

  if (again == NULL || report == NULL)
    g_abort ();
  file_again = posture_answers_to_file_bytes (again, "q");
  if (!g_bytes_equal (file, file_again))
    g_abort ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureAnswers) answers
    = posture_answers_new_from_file_bytes (bytes, "fuzz", get_questionnaire (), faults);
  g_autofree char *id = posture_answers_peek_questionnaire (bytes, NULL);

  if ((answers == NULL) != (posture_faults_get_length (faults) > 0))
    g_abort ();
  if (answers != NULL)
    {
      if (g_strcmp0 (id, "q") != 0)
        g_abort ();
      use (answers);
    }
  return 0;
}
