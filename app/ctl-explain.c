/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-find.h"
#include "app/ctl-output.h"
#include "app/ctl-report.h"
#include "model/report-words.h"

#include "rating/explain.h"
#include "user/stored-report.h"

#include <glib/gi18n.h>

/* A tree and what it takes to tell it. */
typedef struct
{
  PostureExplanationTree *tree;
  PostureQuestionnaire *questionnaire; /* nullable */
  PostureWords *words;                 /* nullable */
  GHashTable *times;                   /* key -> gint64 */
} Telling;

static char *
key_of (const PostureExplanation *question)
{
  return question->instance != NULL
           ? g_strconcat (question->question, "@", question->instance, NULL)
           : g_strdup (question->question);
}

static const gint64 *
find_time (const Telling            *telling,
           const PostureExplanation *question)
{
  g_autofree char *key = key_of (question);

  return g_hash_table_lookup (telling->times, key);
}

static void
write_points (PostureJsonWriter            *writer,
              const PostureExplanationNode *node)
{
  posture_json_writer_member_int (writer, "worst", node->worst);
  posture_json_writer_member_int (writer, "best", node->best);
  posture_json_writer_member_int (writer, "reachable", node->reachable);
}

static void
write_question (PostureJsonWriter        *writer,
                const Telling            *telling,
                const PostureExplanation *question)
{
  const gint64 *time = find_time (telling, question);
  g_autofree char *answered = time != NULL ? posture_time_to_text (*time) : NULL;
  PostureQuestion *known = telling->questionnaire != NULL
    ? posture_questionnaire_find_question (telling->questionnaire, question->question) : NULL;
  const char *const *references = known != NULL ? posture_question_get_references (known) : NULL;

  posture_json_writer_member_string (writer, "answered", answered);
  posture_json_writer_key (writer, "explanation");
  posture_explanation_write (writer, question);
  posture_json_writer_member_string (writer, "source",
                                     posture_rule_get_source (telling->tree->report->method->id,
                                                              question->rule));
  posture_json_writer_key (writer, "references");
  posture_json_writer_begin_array (writer);
  for (guint i = 0; references != NULL && references[i] != NULL; i++)
    posture_json_writer_string (writer, references[i]);
  posture_json_writer_end_array (writer);
}

static void
write_node (PostureJsonWriter            *writer,
            const Telling                *telling,
            const PostureExplanationNode *node)
{
  posture_json_writer_begin_object (writer);
  write_points (writer, node);
  if (node->section != NULL)
    {
      posture_json_writer_member_string (writer, "section", node->section->id);
      posture_json_writer_member_string (writer, "instance", node->section->instance);
      posture_json_writer_key (writer, "score");
      posture_score_write (writer, node->section->score);
    }
  if (node->question != NULL)
    write_question (writer, telling, node->question);
  else
    {
      posture_json_writer_key (writer, "children");
      posture_json_writer_begin_array (writer);
      for (guint i = 0; i < node->children->len; i++)
        write_node (writer, telling, g_ptr_array_index (node->children, i));
      posture_json_writer_end_array (writer);
    }
  posture_json_writer_end_object (writer);
}

static void
write_tree (PostureJsonWriter *writer,
            const Telling     *telling)
{
  PostureReport *report = telling->tree->report;

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "id", report->id);
  posture_json_writer_key (writer, "method");
  posture_method_version_write (writer, report->method);
  posture_json_writer_key (writer, "score");
  posture_score_write (writer, report->score);
  posture_json_writer_member_int (writer, "unit", telling->tree->unit);
  posture_json_writer_member_int (writer, "base", telling->tree->base);
  posture_json_writer_key (writer, "whole");
  write_node (writer, telling, telling->tree->whole);
  posture_json_writer_end_object (writer);
}

static char *
points_text (const PostureExplanation *question)
{
  g_autofree char *worst = ctl_decimal (question->worst);
  g_autofree char *best = ctl_decimal (question->best);
  g_autofree char *all = ctl_decimal (question->reachable);
  /* the number can have decimals, and one is just 1 */
  gulong number = question->reachable == POSTURE_DECIMAL_ONE ? 1 : 2;

  return question->worst == question->best
           ? g_strdup_printf (ngettext ("%s of %s point", "%s of %s points", number), worst, all)
           : g_strdup_printf (ngettext ("%s to %s of %s point", "%s to %s of %s points", number), worst, best,
                              all);
}

/* The answer in words, when it was given, and by which rule it counts. */
static char *
reason_text (const Telling            *telling,
             const PostureExplanation *question)
{
  PostureQuestion *known = telling->questionnaire != NULL
    ? posture_questionnaire_find_question (telling->questionnaire, question->question) : NULL;
  g_autoptr (PostureAnswer) answer = known != NULL && question->value != NULL
    ? posture_answer_new_from_text (question->value, known, NULL) : NULL;
  g_autofree char *words = answer != NULL ? ctl_answer_text (known, telling->words, answer) : NULL;
  const gint64 *time = find_time (telling, question);
  g_autofree char *moment = time != NULL ? ctl_moment (*time) : NULL;
  const char *source = posture_rule_get_source (telling->tree->report->method->id, question->rule);
  const char *open = posture_rule_to_words (question->rule);
  const char *rule = posture_rule_to_name (question->rule);
  GString *text = g_string_new (words != NULL ? words : open != NULL ? open : question->rule);

  if (moment != NULL)
    g_string_append_printf (text, " · %s", moment);
  g_string_append (text, " · ");
  if (source != NULL)
    /* Translators: by which rule an answer counts, and where that is published */
    g_string_append_printf (text, _("Rule: %s (%s)"), rule, source);
  else
    /* Translators: by which rule an answer counts */
    g_string_append_printf (text, _("Rule: %s"), rule);
  return g_string_free (text, FALSE);
}

static void
print_question (const Telling            *telling,
                const PostureExplanation *question,
                guint                     depth)
{
  g_autofree char *key = key_of (question);
  g_autofree char *points = points_text (question);
  g_autofree char *first = g_strdup_printf ("%*s%s  ", (int) (2 * depth), "", key);
  g_autofree char *indent = g_strnfill (2 * depth + 2, ' ');
  g_autofree char *reason = reason_text (telling, question);
  const char *text = telling->words != NULL
    ? posture_words_get_question (telling->words, question->question, POSTURE_WORDS_QUESTION) : NULL;
  g_autofree char *line = g_strdup_printf ("%s · %s", points, reason);

  ctl_print_wrapped (first, 2 * depth + 2, text != NULL ? text : question->question);
  ctl_print_wrapped (indent, 2 * depth + 4, line);
}

static void
print_node (const Telling                *telling,
            const PostureExplanationNode *node,
            guint                         depth)
{
  if (node->question != NULL)
    {
      print_question (telling, node->question, depth);
      return;
    }
  if (node->section != NULL)
    {
      const PostureSectionScore *section = node->section;
      const char *title = telling->words != NULL
        ? posture_words_get_section_title (telling->words, section->id) : NULL;
      g_autofree char *range = posture_score_range_to_words (section->profile != NULL ? section->profile->current
                                                                        : section->score);
      g_autofree char *indent = g_strnfill (2 * depth, ' ');
      g_autofree char *line = g_strdup_printf ("%s%s%s: %s", title != NULL ? title : section->id,
                                               section->instance != NULL ? " · " : "",
                                               section->instance != NULL ? section->instance : "",
                                               range);

      ctl_print_wrapped (indent, 2 * depth + 2, line);
    }
  for (guint i = 0; i < node->children->len; i++)
    print_node (telling, g_ptr_array_index (node->children, i), depth + 1);
}

static void
print_tree (const Telling *telling)
{
  const PostureExplanationTree *tree = telling->tree;
  g_autofree char *score = posture_score_to_words (tree->report->score);
  g_autofree char *line = g_strdup_printf (_("Score: %s"), score);

  ctl_print_heading (line);
  if (g_str_equal (tree->report->method->id, "weighted"))
    ctl_print_wrapped ("", 2, _("100 × the points gained / the points that can be reached, rounded to "
                                "one decimal."));
  else if (g_str_equal (tree->report->method->id, "deduction"))
    {
      g_autofree char *base = ctl_decimal (tree->base);

      ctl_print (_("%s if nothing is in place, and the points of each question added.\n"), base);
    }
  else if (g_str_equal (tree->report->method->id, "maturity"))
    ctl_print_wrapped ("", 2, _("A stream is the sum of its activities; everything above it is the mean "
                                "of what is in it."));
  print_node (telling, tree->whole, 0);
}

/**
 * ctl_reports_explain:
 * @ctl: the run
 *
 * `posturectl reports explain`: where every point of a report comes from.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_reports_explain (Ctl *ctl)
{
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (PostureExplanationTree) tree = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureWords) words = NULL;
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GHashTable) times = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  gint64 submitted = 0;
  CtlStatus status = ctl_open (ctl);
  Telling telling;

  if (status == CTL_OK)
    id = ctl_find_report (ctl, ctl->arguments[0], &status);
  if (id == NULL)
    return status;
  report = posture_user_service_dup_report (ctl_get_user (ctl), id, &error);
  if (report != NULL && posture_time_from_text (report->submitted, &submitted))
    times = posture_user_service_dup_answer_times (ctl_get_user (ctl), report->assessment, submitted,
                                                   &error);
  if (error != NULL)
    return ctl_fail (error);
  tree = posture_report_explain (report);
  questionnaire = posture_library_dup_by_digest (ctl->library, report->questionnaire->digest);
  words = ctl_dup_words (ctl, report->questionnaire->digest);
  telling = (Telling) { tree, questionnaire, words, times };
  if (!ctl->json)
    {
      print_tree (&telling);
      return CTL_OK;
    }
  write_tree (writer, &telling);
  ctl_print_json (writer);
  return CTL_OK;
}
