/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long each form of a report takes, and how large it is, at 34, 340 and 3,400 questions, all of them
 * findings with a paragraph for each part of their words.
 *
 * Usage: bench-export [RUNS] */

#include "config.h"

#include "export/export.h"
#include "rating/rating.h"

#include <stdlib.h>
#include <string.h>

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define DEFAULT_RUNS 3
#define PARAGRAPH \
  "Begin with what would hurt most if it were gone tomorrow, write down who looks after it, and agree on the" \
  " day on which you look at it again together."

static GBytes *
write_structure (guint length)
{
  g_autoptr (GString) text = g_string_new (
    "{\"format\":1,\"id\":\"b\",\"version\":\"1.0.0\",\"references\":{\"c\":\"Catalogue\"},"
    "\"method\":{\"id\":\"weighted\",\"levels\":[{\"id\":\"l\",\"from\":0}]},\"sections\":[");

  for (guint i = 0; i < length; i += 17)
    g_string_append_printf (text, "%s{\"id\":\"s%u\"}", i > 0 ? "," : "", i / 17);
  g_string_append (text, "],\"questions\":[");
  for (guint i = 0; i < length; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"q.%u\",\"section\":\"s%u\",\"kind\":\"yes-no\",\"weight\":%u,"
                            "\"severity\":\"low\",\"effort\":\"low\",\"references\":[\"c:%u\"]}",
                            i > 0 ? "," : "", i, i / 17, i % 5 + 1, i);
  g_string_append (text, "]}");
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static GBytes *
write_words (guint length)
{
  g_autoptr (GString) text = g_string_new (
    "{\"format\":1,\"questionnaire\":\"b\",\"language\":\"en\",\"version\":\"1\",\"title\":\"Bench\","
    "\"summary\":\"S\",\"levels\":{\"l\":{\"title\":\"L\",\"summary\":\"S\"}},\"sections\":{");

  for (guint i = 0; i < length; i += 17)
    g_string_append_printf (text, "%s\"s%u\":{\"title\":\"Section %u\",\"summary\":\"S\"}", i > 0 ? "," : "",
                            i / 17, i / 17);
  g_string_append (text, "},\"questions\":{");
  for (guint i = 0; i < length; i++)
    g_string_append_printf (text,
                            "%s\"q.%u\":{\"question\":\"How far is the measure of number %u in place?\","
                            "\"why\":\"" PARAGRAPH "\",\"done\":\"" PARAGRAPH "\",\"next\":\"" PARAGRAPH "\"}",
                            i > 0 ? "," : "", i, i);
  g_string_append (text, "}}");
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static PostureExport *
make_export (guint length)
{
  const PostureRatingContext context = { "00000000-0000-0000-0000-000000000000", DIGEST,
                                         "2026-11-23T21:46:44.000Z" };
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GBytes) structure = write_structure (length);
  g_autoptr (GBytes) texts = write_words (length);
  g_autoptr (PostureQuestionnaire) questionnaire = posture_questionnaire_new (structure, "b.json", faults);
  g_autoptr (PostureWords) words = posture_words_new (questionnaire, texts, "b.en.json", NULL, faults);
  g_autoptr (PostureAnswers) answers = posture_answers_new ();
  g_autoptr (PostureReport) report = NULL;

  for (guint i = 0; i < length; i++)
    {
      g_autofree char *id = g_strdup_printf ("q.%u", i);
      g_autoptr (PostureAnswer) answer = posture_answer_new_from_text (
        "{\"value\":false,\"note\":\"" PARAGRAPH "\"}",
        posture_questionnaire_find_question (questionnaire, id), NULL);

      posture_answers_set (answers, id, answer);
    }
  report = posture_rate (questionnaire, answers, &context, NULL);
  return posture_export_new (report, questionnaire, words, answers, answers, "Bench");
}

static void
measure (PostureExport      *export,
         PostureExportFormat format,
         guint               length,
         guint               runs)
{
  double best = -1;
  gsize size = 0;

  /* others use the machine, too: the quickest run says most */
  for (guint i = 0; i < runs; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GBytes) bytes = posture_export_to_bytes (export, format, NULL, NULL, NULL, NULL);
      double taken = (double) (g_get_monotonic_time () - start) / 1000.0;

      size = g_bytes_get_size (bytes);
      best = best < 0 ? taken : MIN (best, taken);
    }
  g_print ("%5u questions  %-5s  %9.2f ms  %8.1f kB\n", length, posture_export_format_to_string (format), best,
           (double) size / 1000);
}

int
main (int    argc,
      char **argv)
{
  static const guint lengths[] = { 34, 340, 3400 };
  guint runs = argc > 1 ? (guint) atoi (argv[1]) : DEFAULT_RUNS;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (PostureExport) export = make_export (lengths[i]);

      for (guint format = POSTURE_EXPORT_HTML; format <= POSTURE_EXPORT_OSCAL; format++)
        measure (export, (PostureExportFormat) format, lengths[i], MAX (runs, 1));
    }
  return 0;
}
