/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"
#include "random-answers.h"

#include "model/revision.h"
#include "rating/verify.h"

#include <string.h>

/* Reports against what they were made of; and bundles in which something was changed. */

#define ASSESSMENT "01890a5d-ac96-774b-bcce-b302099a8057"

static PostureAnswerRecord *
make_record (PostureQuestionnaire *questionnaire,
             PostureAnswers       *answers)
{
  PostureAnswerRecord *record = posture_answer_record_new ();

  record->assessment = g_strdup (ASSESSMENT);
  record->answers = posture_answers_to_canonical (answers);
  record->revision = posture_revision_digest (ASSESSMENT, NULL /* parent */, record->answers);
  record->questionnaire = g_strdup (posture_questionnaire_get_id (questionnaire));
  record->version = g_strdup (posture_questionnaire_get_version (questionnaire));
  record->digest = g_strdup (posture_questionnaire_get_digest (questionnaire));
  record->submitted = g_strdup ("2026-11-23T21:46:44.000Z");
  return record;
}

static char *
rate_record (PostureQuestionnaire *questionnaire,
             PostureAnswers       *answers,
             PostureAnswerRecord  *record)
{
  const PostureRatingContext context = { ASSESSMENT, record->revision, record->submitted };
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_report_write (writer, report);
  return posture_json_writer_finish_text (writer);
}

static void
test_report (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_SAMPLE_QUESTIONNAIRES; i++)
    {
      g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (i);
      g_autoptr (PostureQuestionnaire) other = sample_questionnaire ((i + 1) % N_SAMPLE_QUESTIONNAIRES);
      g_autoptr (PostureAnswers) answers = draw_answers (rand, questionnaire);
      g_autoptr (PostureAnswerRecord) record = make_record (questionnaire, answers);
      g_autofree char *report = rate_record (questionnaire, answers, record);
      g_autofree char *changed = g_strdup (report);
      g_autoptr (GError) error = NULL;

      g_assert_true (posture_verify_report (questionnaire, record, report, &error));
      g_assert_no_error (error);
      /* a digit of the score */
      strstr (changed, "\"worst\":")[8] ^= 1;
      g_assert_false (posture_verify_report (questionnaire, record, changed, &error));
      g_assert_error (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_DIFFERENT);
      g_clear_error (&error);
      g_assert_false (posture_verify_report (other, record, report, &error));
      g_assert_error (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_QUESTIONNAIRE);
      g_clear_error (&error);
      g_free ((gpointer) record->answers);
      record->answers = g_strdup ("{}");
      g_assert_false (posture_verify_report (questionnaire, record, report, &error));
      g_assert_error (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_REVISION);
    }
}

static void
test_method (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (4);
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, "{'a': true}");
  g_autoptr (PostureAnswerRecord) record = make_record (questionnaire, answers);
  g_autofree char *report = rate_record (questionnaire, answers, record);
  g_autoptr (GError) error = NULL;
  char *version = strstr (report, "\"id\":\"weighted\",\"version\":1");

  g_assert_nonnull (version);
  version[strlen ("\"id\":\"weighted\",\"version\":")] = '9';
  g_assert_false (posture_verify_report (questionnaire, record, report, &error));
  g_assert_error (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_METHOD);
}

static GBytes *
make_bundle (PostureQuestionnaire *questionnaire,
             const char           *map)
{
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, map);
  g_autoptr (PostureAnswerRecord) record = make_record (questionnaire, answers);
  g_autofree char *report = rate_record (questionnaire, answers, record);
  g_autoptr (GError) error = NULL;
  GBytes *bundle = posture_bundle_new (questionnaire, record, report, &error);

  g_assert_no_error (error);
  return bundle;
}

static void
assert_refused (const guint8 *data,
                gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) report = posture_bundle_verify (bytes, &error);

  g_assert_null (report);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, !=, "");
}

/* Every byte changed in three ways, and every length cut. */
static void
test_changed (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire
    = with_questions ("{'id': 'a', 'section': 's', 'kind': 'yes-no', 'weight': 3,"
                      " 'severity': 'low', 'effort': 'low', 'credit': {'yes': 1, 'no': 0}}");
  g_autoptr (GBytes) bundle = make_bundle (questionnaire, "{'a': false}");
  g_autoptr (PostureReport) report = posture_bundle_verify (bundle, NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bundle, &length);
  g_autofree guint8 *copy = g_memdup2 (data, length + 1);

  g_assert_nonnull (report);
  g_assert_cmpstr (report->assessment, ==, ASSESSMENT);
  for (gsize i = 0; i < length; i++)
    {
      static const guint8 masks[] = { 0x01, 0x20, 0x80 };

      for (guint j = 0; j < G_N_ELEMENTS (masks); j++)
        {
          copy[i] = data[i] ^ masks[j];
          assert_refused (copy, length);
        }
      copy[i] = data[i];
      assert_refused (copy, i);
    }
  copy[length] = '\n';
  assert_refused (copy, length + 1);
}

/* What was changed and sealed anew, but does not follow from the answers. */
static void
test_forged (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (4);
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, "{'a': false}");
  g_autoptr (PostureAnswerRecord) record = make_record (questionnaire, answers);
  g_autofree char *report = rate_record (questionnaire, answers, record);
  g_autoptr (GError) error = NULL;

  strstr (report, "\"worst\":")[8] ^= 1;
  g_assert_null (posture_bundle_new (questionnaire, record, report, &error));
  g_assert_error (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_DIFFERENT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verify/report", test_report);
  g_test_add_func ("/verify/method", test_method);
  g_test_add_func ("/verify/changed", test_changed);
  g_test_add_func ("/verify/forged", test_forged);
  return g_test_run ();
}
