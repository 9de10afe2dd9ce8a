/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "rating/rating.h"

/* The method profile: where each part stands, where it is to get, and no grade. */

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define L(id, section, effort) \
  "{'id': '" id "', 'section': '" section "', 'kind': 'level', 'minimum': -1, 'maximum': 4," \
  " 'severity': 'low', 'effort': '" effort "'}"

static const PostureRatingContext context = {
  "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
};

/* Function F with the categories F.A of three and F.B of two outcomes, and G of one. */
static const char structure[] =
  "{'format': 1, 'id': 'p', 'version': '1.0.0', 'method': {'id': 'profile'},"
  " 'sections': [{'id': 'F', 'sections': [{'id': 'F.A'}, {'id': 'F.B'}]}, {'id': 'G'}],"
  " 'questions': [" L ("F.A-1", "F.A", "low") ", " L ("F.A-2", "F.A", "medium") ", "
  L ("F.A-3", "F.A", "high") ", " L ("F.B-1", "F.B", "low") ", " L ("F.B-2", "F.B", "low") ", "
  "{'id': 'w', 'section': 'G', 'kind': 'text'}, " L ("G-1", "G", "low") "]}";

static char *
score_text (const PostureScore *score)
{
  if (score == NULL)
    return g_strdup ("null");
  if (!score->has_worst)
    return g_strdup (score->reason);
  g_assert_cmpint (score->has_value, ==, score->worst == score->best);
  return g_strdup_printf ("%" G_GINT64_FORMAT "..%" G_GINT64_FORMAT, score->worst, score->best);
}

/* questions targets below, current, target, gap */
static char *
profile_text (const PostureSectionScore *section)
{
  const PostureProfileScore *profile = section->profile;
  g_autofree char *current = score_text (profile->current);
  g_autofree char *target = profile->has_target
                              ? g_strdup_printf ("%" G_GINT64_FORMAT, profile->target)
                              : g_strdup ("-");
  g_autofree char *gap = score_text (profile->gap);

  g_assert_false (section->score->has_value || section->score->has_worst
                  || section->score->has_best);
  g_assert_cmpstr (section->score->reason, ==, "no-grade");
  g_assert_cmpint (profile->current->min, ==, -1 * POSTURE_DECIMAL_ONE);
  g_assert_cmpint (profile->current->max, ==, 4 * POSTURE_DECIMAL_ONE);
  return g_strdup_printf ("%s %d %d %d %s %s %s", section->id, profile->questions,
                          profile->targets, profile->below, current, target, gap);
}

typedef struct
{
  const char *answers;
  const char *f;
  const char *f_a;
  const char *f_b;
  const char *g;
  const char *findings;
} Case;

static const Case cases[] = {
  /* no targets: no gap and nothing to put right, since nothing is asked for */
  { "{'F.A-1': 0, 'F.A-2': 1, 'F.A-3': 1, 'F.B-1': 4, 'F.B-2': 4, 'G-1': -1}",
    "F 5 0 0 2000000..2000000 - null", "F.A 3 0 0 666667..666667 - null",
    "F.B 2 0 0 4000000..4000000 - null", "G 1 0 0 -1000000..-1000000 - null", "" },
  /* more than asked for fills no gap elsewhere */
  { "{'F.A-1': {'value': 4, 'target': 2}, 'F.A-2': {'value': 1, 'target': 3},"
    " 'F.A-3': {'value': 2, 'target': 3}, 'F.B-1': {'value': 3, 'target': 3}, 'F.B-2': 0,"
    " 'G-1': {'not_applicable': 'r', 'target': 4}}",
    "F 5 4 2 2000000..2000000 2750000 750000..750000",
    "F.A 3 3 2 2333333..2333333 2666667 1000000..1000000",
    "F.B 2 1 0 1500000..1500000 3000000 0..0", "G 0 0 0 nothing-to-rate - null",
    "F.A-2:2000000:not-in-place F.A-3:1000000:not-in-place" },
  /* what is open can be anything; a target alone is no answer; the gap is larger in the worst case */
  { "{'F.A-1': {'target': 3}, 'F.A-2': {'unknown': true, 'target': 0}, 'F.A-3': 4,"
    " 'F.B-1': {'unknown': true}, 'G-1': {'target': -1}}",
    "F 5 2 0 0..4000000 1500000 2500000..0", "F.A 3 2 0 666667..4000000 1500000 2500000..0",
    "F.B 2 0 0 -1000000..4000000 - null", "G 1 1 0 -1000000..4000000 -1000000 0..0",
    "F.A-1:4000000:unanswered F.A-2:1000000:unknown" },
};

static char *
findings_text (const PostureReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < report->findings->len; i++)
    {
      const PostureFinding *finding = g_ptr_array_index (report->findings, i);

      g_string_append_printf (text, "%s%s:%" G_GINT64_FORMAT ":%s", i > 0 ? " " : "",
                              finding->question, finding->points, finding->reason);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_section (const PostureSectionScore *section,
               const char                *expected)
{
  g_autofree char *text = profile_text (section);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_table (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (structure);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PostureAnswers) answers = make_answers (questionnaire, cases[i].answers);
      g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
      const PostureSectionScore *f = g_ptr_array_index (report->sections, 0);
      g_autofree char *findings = findings_text (report);

      g_test_message ("case %u", i);
      g_assert_false (report->score->has_value || report->score->has_worst
                      || report->score->has_best);
      g_assert_cmpstr (report->score->reason, ==, "no-grade");
      g_assert_cmpint (report->score->min, ==, -1 * POSTURE_DECIMAL_ONE);
      g_assert_null (report->level);
      check_section (f, cases[i].f);
      check_section (g_ptr_array_index (f->sections, 0), cases[i].f_a);
      check_section (g_ptr_array_index (f->sections, 1), cases[i].f_b);
      check_section (g_ptr_array_index (report->sections, 1), cases[i].g);
      g_assert_cmpstr (findings, ==, cases[i].findings);
    }
}

static void
test_explanation (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (structure);
  g_autoptr (PostureAnswers) answers = make_answers (
    questionnaire, "{'F.A-1': {'value': 2, 'target': 3}, 'F.A-2': 1,"
    " 'G-1': {'not_applicable': 'r'}}");
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
  const PostureExplanation *first = g_ptr_array_index (report->explanation, 0);
  const PostureExplanation *open = g_ptr_array_index (report->explanation, 2);
  const PostureExplanation *last = g_ptr_array_index (report->explanation, 5);

  g_assert_cmpuint (report->explanation->len, ==, 6);
  g_assert_cmpstr (first->rule, ==, "level");
  g_assert_cmpstr (first->value, ==, "2");
  g_assert_true (first->has_target);
  g_assert_cmpint (first->target, ==, 3 * POSTURE_DECIMAL_ONE);
  g_assert_cmpint (first->worst, ==, 2 * POSTURE_DECIMAL_ONE);
  g_assert_false (open->has_target);
  g_assert_cmpstr (open->rule, ==, "unanswered");
  g_assert_cmpint (open->worst, ==, -1 * POSTURE_DECIMAL_ONE);
  g_assert_cmpint (open->best, ==, 4 * POSTURE_DECIMAL_ONE);
  g_assert_cmpstr (last->rule, ==, "not-applicable");
  g_assert_cmpint (last->reachable, ==, 0);
}

/* The report reads back as it was written, with what came later and without. */
static void
test_round_trip (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (structure);
  g_autoptr (PostureAnswers) answers = make_answers (
    questionnaire, "{'F.A-1': {'value': 2, 'target': 3}, 'F.A-2': 1}");
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureJsonWriter) again = posture_json_writer_new ();
  g_autofree char *text = NULL, *text_again = NULL;
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (PostureReport) read = NULL;
  g_autoptr (GError) error = NULL;

  posture_report_write (writer, report);
  text = posture_json_writer_finish_text (writer);
  document = posture_json_document_new_text (text, NULL);
  read = posture_report_read (posture_json_document_get_root (document), &error);
  g_assert_no_error (error);
  posture_report_write (again, read);
  text_again = posture_json_writer_finish_text (again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_nonnull (g_strrstr (text, "\"profile\":{"));
  g_assert_nonnull (g_strrstr (text, "\"target\":3"));
}

static void
test_misfit (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (structure);
  g_autoptr (PostureAnswers) answers = make_answers (NULL, "{'F.A-1': 'two'}");
  g_autoptr (GError) error = NULL;

  g_assert_null (posture_rate (questionnaire, answers, &context, &error));
  g_assert_error (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_ANSWER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/table", test_table);
  g_test_add_func ("/profile/explanation", test_explanation);
  g_test_add_func ("/profile/round-trip", test_round_trip);
  g_test_add_func ("/profile/misfit", test_misfit);
  return g_test_run ();
}
