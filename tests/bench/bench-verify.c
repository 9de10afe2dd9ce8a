/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many stored reports can be verified in a second.
 *
 * Usage: bench-verify QUESTIONNAIRE ANSWERS [RUNS] */

#include "config.h"

#include "model/revision.h"
#include "rating/verify.h"

#include <stdlib.h>

#define ASSESSMENT "01890a5d-ac96-774b-bcce-b302099a8057"
#define DEFAULT_RUNS 3000

static GBytes *
load (const char *path)
{
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    {
      g_printerr ("%s cannot be read.\n", path);
      exit (1);
    }
  return g_bytes_new_take (text, length);
}

static char *
write_report (PostureReport *report)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_report_write (writer, report);
  return posture_json_writer_finish_text (writer);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GBytes) structure = NULL, given = NULL, bundle = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureAnswerRecord) record = posture_answer_record_new ();
  g_autoptr (PostureReport) report = NULL;
  PostureRatingContext context = { ASSESSMENT, NULL, "2026-11-23T21:46:44.000Z" };
  g_autofree char *text = NULL;
  int runs = argc > 3 ? atoi (argv[3]) : DEFAULT_RUNS;
  gint64 start;

  if (argc < 3)
    return 2;
  structure = load (argv[1]);
  given = load (argv[2]);
  questionnaire = posture_questionnaire_new (structure, argv[1], faults);
  answers = posture_answers_new_from_file_bytes (given, argv[2], questionnaire, faults);
  record->assessment = g_strdup (ASSESSMENT);
  record->answers = posture_answers_to_canonical (answers);
  record->revision = posture_revision_digest (ASSESSMENT, NULL, record->answers);
  record->questionnaire = g_strdup (posture_questionnaire_get_id (questionnaire));
  record->version = g_strdup (posture_questionnaire_get_version (questionnaire));
  record->digest = g_strdup (posture_questionnaire_get_digest (questionnaire));
  record->submitted = g_strdup (context.submitted);
  context.revision = record->revision;
  report = posture_rate (questionnaire, answers, &context, NULL);
  text = write_report (report);
  start = g_get_monotonic_time ();
  for (int i = 0; i < runs; i++)
    if (!posture_verify_report (questionnaire, record, text, NULL))
      return 1;
  g_print ("reports verified: %.0f a second\n",
           runs * 1e6 / (double) MAX (g_get_monotonic_time () - start, 1));
  bundle = posture_bundle_new (questionnaire, record, text, NULL);
  start = g_get_monotonic_time ();
  for (int i = 0; i < runs / 10; i++)
    {
      g_autoptr (PostureReport) again = posture_bundle_verify (bundle, NULL);

      if (again == NULL)
        return 1;
    }
  g_print ("bundles verified: %.0f a second, of %zu bytes each\n",
           (runs / 10) * 1e6 / (double) MAX (g_get_monotonic_time () - start, 1),
           g_bytes_get_size (bundle));
  return 0;
}
