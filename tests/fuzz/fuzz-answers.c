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

#define LEVEL "\"section\":\"s\",\"kind\":\"level\",\"severity\":\"low\",\"effort\":\"low\","
#define ACTIVITY(id, maturity) \
  "{\"id\":\"" id "\",\"section\":\"s\",\"kind\":\"choice\",\"severity\":\"low\"," \
  "\"effort\":\"low\",\"maturity\":" maturity ",\"options\":\"o\"}"
#define STATUS(id) \
  "{\"id\":\"" id "\",\"section\":\"s\",\"kind\":\"choice\",\"severity\":\"low\"," \
  "\"effort\":\"low\",\"options\":\"o\",\"deduction\":"

/* The published methods, with targets where they have some. */
static const char profile[] =
  "{\"format\":1,\"id\":\"p\",\"version\":\"1.0.0\",\"method\":{\"id\":\"profile\"},"
  "\"sections\":[{\"id\":\"s\"}],\"questions\":["
  "{\"id\":\"a\"," LEVEL "\"minimum\":-1,\"maximum\":4},"
  "{\"id\":\"b\"," LEVEL "\"minimum\":-1,\"maximum\":4,"
  "\"condition\":{\"pattern\":{\"a\":[{\"exists\":true}]}}}]}";
static const char maturity[] =
  "{\"format\":1,\"id\":\"m\",\"version\":\"1.0.0\",\"method\":{\"id\":\"maturity\"},"
  "\"option_sets\":{\"o\":[{\"id\":\"0\",\"credit\":0},{\"id\":\"0.25\",\"credit\":0.25},"
  "{\"id\":\"1\",\"credit\":1}]},\"sections\":[{\"id\":\"s\"}],\"questions\":["
  ACTIVITY ("a", "1") "," ACTIVITY ("b", "2") "," ACTIVITY ("c", "3") "]}";
static const char deduction[] =
  "{\"format\":1,\"id\":\"d\",\"version\":\"1.0.0\",\"method\":{\"id\":\"deduction\","
  "\"start\":5,\"minimum\":0},\"option_sets\":{\"o\":[{\"id\":\"met\"},{\"id\":\"not-met\"},"
  "{\"id\":\"na\"}]},\"sections\":[{\"id\":\"s\"}],\"questions\":["
  STATUS ("a") "{\"full\":5}}," STATUS ("b") "{\"required\":true}}]}";

/* Repeated sections. */
static const char repeated[] =
  "{\"format\":1,\"id\":\"r\",\"version\":\"1.0.0\",\"method\":{\"id\":\"profile\"},"
  "\"sections\":[{\"id\":\"u\"},{\"id\":\"s\",\"for_each\":\"l\"}],\"questions\":["
  "{\"id\":\"l\",\"section\":\"u\",\"kind\":\"instances\",\"most\":5},"
  "{\"id\":\"a\"," LEVEL "\"minimum\":-1,\"maximum\":4,\"evidence\":true},"
  "{\"id\":\"b\"," LEVEL "\"minimum\":-1,\"maximum\":4,"
  "\"recommendations\":[{\"id\":\"x\",\"when\":{\"pattern\":{\"b\":[0]}}}],"
  "\"condition\":{\"pattern\":{\"a\":[{\"exists\":true}]}}}]}";

/* The questionnaire that the file says it answers, or the first. */
static PostureQuestionnaire *
get_questionnaire (const char *id)
{
  static const struct
  {
    const char *id;
    const char *text;
  } structures[] = { { "q", structure }, { "p", profile }, { "m", maturity }, { "d", deduction },
                     { "r", repeated } };
  static PostureQuestionnaire *questionnaires[G_N_ELEMENTS (structures)] = { NULL };
  guint found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (structures); i++)
    if (g_strcmp0 (structures[i].id, id) == 0)
      found = i;
  if (questionnaires[found] == NULL)
    {
      const char *text = structures[found].text;
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
      g_autoptr (PostureFaults) faults = posture_faults_new ();

      questionnaires[found] = posture_questionnaire_new (bytes, NULL, faults);
      if (questionnaires[found] == NULL)
        g_abort ();
    }
  return questionnaires[found];
}

static void
use (PostureQuestionnaire *questionnaire,
     PostureAnswers       *answers)
{
  const char *id = posture_questionnaire_get_id (questionnaire);
  const PostureRatingContext context = {
    "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
  };
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GBytes) file = posture_answers_to_file_bytes (answers, id);
  g_autoptr (PostureAnswers) again
    = posture_answers_new_from_file_bytes (file, NULL, questionnaire, faults);
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
  g_autoptr (GBytes) file_again = NULL;

  if (again == NULL || report == NULL)
    g_abort ();
  file_again = posture_answers_to_file_bytes (again, id);
  if (!g_bytes_equal (file, file_again))
    g_abort ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *id = posture_answers_peek_questionnaire (bytes, NULL);
  PostureQuestionnaire *questionnaire = get_questionnaire (id);
  g_autoptr (PostureAnswers) answers
    = posture_answers_new_from_file_bytes (bytes, "fuzz", questionnaire, faults);

  if ((answers == NULL) != (posture_faults_get_length (faults) > 0))
    g_abort ();
  if (answers != NULL)
    {
      if (g_strcmp0 (id, posture_questionnaire_get_id (questionnaire)) != 0)
        g_abort ();
      use (questionnaire, answers);
    }
  return 0;
}
