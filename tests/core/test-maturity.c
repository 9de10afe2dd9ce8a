/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "rating/rating.h"

#include <string.h>

/* The method maturity against worked examples of OWASP SAMM 2, and against long division. */

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define N_PRACTICES 15
#define N_ACTIVITIES 90
#define N_SETS 2000

/* The practices of SAMM 2, three to a function; each has the streams A and B of three activities. */
static const char *const practices[N_PRACTICES] = {
  "G-SM", "G-PC", "G-EG", "D-TA", "D-SR", "D-SA", "I-SB", "I-SD", "I-DM", "V-AA", "V-RT", "V-ST",
  "O-IM", "O-EM", "O-OM",
};

static const PostureRatingContext context = {
  "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
};

static void
append_sections (GString *text)
{
  for (guint i = 0; i < N_PRACTICES; i++)
    {
      const char *practice = practices[i];

      if (i % 3 == 0)
        g_string_append_printf (text, "%s{'id': '%c', 'sections': [", i > 0 ? ", " : "",
                                practice[0]);
      g_string_append_printf (text, "%s{'id': '%s', 'sections': [{'id': '%s-A'}, {'id': '%s-B'}]}",
                              i % 3 > 0 ? ", " : "", practice, practice, practice);
      if (i % 3 == 2)
        g_string_append (text, "]}");
    }
}

static char *
activity_id (guint number)
{
  return g_strdup_printf ("%s-%c-%u", practices[number / 6], number / 3 % 2 == 0 ? 'A' : 'B',
                          number % 3 + 1);
}

static PostureQuestionnaire *
make_samm (void)
{
  g_autoptr (GString) text = g_string_new (
    "{'format': 1, 'id': 'm', 'version': '1.0.0', 'method': {'id': 'maturity'},"
    " 'option_sets': {'s': [{'id': '0', 'credit': 0}, {'id': '0.25', 'credit': 0.25},"
    " {'id': '0.5', 'credit': 0.5}, {'id': '1', 'credit': 1}]}, 'sections': [");

  append_sections (text);
  g_string_append (text, "], 'questions': [");
  for (guint i = 0; i < N_ACTIVITIES; i++)
    {
      g_autofree char *id = activity_id (i);

      g_string_append_printf (text, "%s{'id': '%s', 'section': '%.6s', 'kind': 'choice',"
                              " 'severity': 'low', 'effort': 'low', 'options': 's',"
                              " 'maturity': %u}", i > 0 ? ", " : "", id, id, i % 3 + 1);
    }
  g_string_append (text, "]}");
  return make_questionnaire (text->str);
}

static const PostureSectionScore *
find_section (GPtrArray  *sections,
              const char *id)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionScore *section = g_ptr_array_index (sections, i);
      const PostureSectionScore *inner = find_section (section->sections, id);

      if (g_str_equal (section->id, id) || inner != NULL)
        return inner != NULL ? inner : section;
    }
  return NULL;
}

static PostureReport *
rate_text (PostureQuestionnaire *questionnaire,
           const char           *map)
{
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, map);
  g_autoptr (GError) error = NULL;
  PostureReport *report = posture_rate (questionnaire, answers, &context, &error);

  g_assert_no_error (error);
  return report;
}

/* Answers in the form “practices:answer …”: every activity of a practice or stream, or one; what is
 * not named is @rest. Numbers are written as numbers, as the published values are. */
static PostureReport *
rate_words (PostureQuestionnaire *questionnaire,
            const char           *words,
            const char           *rest)
{
  g_autoptr (GString) map = g_string_new ("{");
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  for (guint i = 0; i < N_ACTIVITIES; i++)
    {
      g_autofree char *id = activity_id (i);
      const char *answer = rest;

      for (guint j = 0; parts[j] != NULL; j++)
        {
          const char *colon = strchr (parts[j], ':');

          if (colon != NULL && strncmp (id, parts[j], (gsize) (colon - parts[j])) == 0)
            answer = colon + 1;
        }
      if (answer != NULL)
        g_string_append_printf (map, "%s'%s': %s", map->len > 1 ? ", " : "", id, answer);
    }
  g_string_append_c (map, '}');
  return rate_text (questionnaire, map->str);
}

typedef struct
{
  const char *words;
  const char *scores; /* section=score, with six digits at most; * is the whole */
} Case;

/* The highest and the lowest score, and SAMMwise's own sample answers. */
#define SAMPLE \
  "G-SM:1 G-EG:0.25 D-TA:0.5 D-SR:1 I-SB:0.25 I-SD:0.5 I-DM:1 V-RT:0.25 V-ST:0.5 O-IM:1 O-OM:0.25"

static const Case cases[] = {
  { "G:1 D:1 I:1 V:1 O:1", "*=3 G=3 D=3 I=3 V=3 O=3 V-RT=3 O-OM-B=3" },
  { "", "*=0 G=0 D=0 I=0 V=0 O=0 V-RT=0 O-OM-B=0" },
  { SAMPLE, "*=1.3 G=1.25 D=1.5 I=1.75 V=0.75 O=1.25 G-SM=3 G-PC=0 G-EG=0.75 D-TA=1.5 D-SR=3"
            " D-SA=0 I-SB=0.75 I-SD=1.5 I-DM=3 V-AA=0 V-RT=0.75 V-ST=1.5 O-IM=3 O-EM=0 O-OM=0.75" },
  /* the example of the SAMM team's article on what is not applicable (2023): published as 0.50 */
  { "D-SA-A-1:0.5 D-SA-B-1:0.25 D-SA-B-2:0.25",
    "*=0.033333 D=0.166667 D-SA=0.5 D-SA-A=0.5 D-SA-B=0.5 G=0" },
  /* half a millionth does not come up: the unit is a thirtieth of a quarter */
  { "G-SM-A-1:0.25", "*=0.008333 G=0.041667 G-SM=0.125 G-SM-A=0.25" },
};

static gint64
millionths_of (const char *text)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, NULL);
  gint64 units;

  g_assert_true (posture_json_node_get_decimal (posture_json_document_get_root (document),
                                                POSTURE_DECIMAL_PLACES, &units));
  return units;
}

static void
check_scores (PostureReport *report,
              const char    *scores,
              gboolean       open)
{
  g_auto (GStrv) parts = g_strsplit (scores, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], "=", 2);
      const PostureScore *score = g_str_equal (pair[0], "*")
                                    ? report->score
                                    : find_section (report->sections, pair[0])->score;

      g_test_message ("%s", parts[i]);
      g_assert_cmpint (score->worst, ==, millionths_of (pair[1]));
      g_assert_cmpint (score->min, ==, 0);
      g_assert_cmpint (score->max, ==, 3 * POSTURE_DECIMAL_ONE);
      g_assert_null (score->reason);
      if (open)
        continue;
      g_assert_true (score->has_value);
      g_assert_cmpint (score->value, ==, score->worst);
      g_assert_cmpint (score->best, ==, score->worst);
    }
}

/* What is not answered is not performed, in the worst case. */
static void
test_published (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_samm ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PostureReport) closed = rate_words (questionnaire, cases[i].words, "0");
      g_autoptr (PostureReport) open = rate_words (questionnaire, cases[i].words, NULL);

      check_scores (closed, cases[i].scores, FALSE);
      check_scores (open, cases[i].scores, TRUE);
      g_assert_null (closed->target);
      g_assert_null (closed->level);
      g_assert_cmpint (open->score->has_value, ==, i == 0);
      if (open->coverage->unanswered == N_ACTIVITIES)
        g_assert_cmpint (open->score->best, ==, 3 * POSTURE_DECIMAL_ONE);
    }
}

/* The same article: what is not applicable counts as not performed, and the targets of the practice
 * come to 2.00. */
static void
test_targets (void)
{
  static const char map[] =
    "{'D-SA-A-1': {'value': 0.5, 'target': 1}, 'D-SA-B-1': {'value': '0.25', 'target': 1},"
    " 'D-SA-A-2': {'value': 0, 'target': 0.5}, 'D-SA-B-2': {'value': 0.25, 'target': '1'},"
    " 'D-SA-A-3': {'value': 0, 'target': 0.5}, 'D-SA-B-3': {'not_applicable': 'r', 'target': 1},"
    " 'D-TA-A-1': {'target': 0.5}, 'D-TA-A-2': {'value': 1, 'target': 0.25}}";
  g_autoptr (PostureQuestionnaire) questionnaire = make_samm ();
  g_autoptr (PostureReport) report = rate_text (questionnaire, map);
  const PostureSectionScore *practice = find_section (report->sections, "D-SA");
  const PostureExplanation *none = NULL;
  guint targets = 0;

  g_assert_cmpint (practice->score->value, ==, 500000);
  g_assert_true (practice->score->has_value);
  g_assert_cmpint (practice->target->value, ==, 2000000);
  g_assert_cmpint (report->coverage->unanswered, ==, 90 - 7);
  g_assert_cmpint (report->coverage->not_applicable, ==, 1);
  /* 0.5 and 0.25 and an open activity, in one of two streams */
  g_assert_cmpint (find_section (report->sections, "D-TA-A")->target->worst, ==, 750000);
  g_assert_cmpint (find_section (report->sections, "D-TA-A")->target->best, ==, 1750000);
  g_assert_false (find_section (report->sections, "D-TA-A")->target->has_value);
  g_assert_nonnull (report->target);
  for (guint i = 0; i < report->explanation->len; i++)
    {
      const PostureExplanation *entry = g_ptr_array_index (report->explanation, i);

      targets += entry->has_target;
      if (g_str_equal (entry->rule, "not-applicable"))
        none = entry;
    }
  g_assert_cmpuint (targets, ==, 7);
  g_assert_cmpint (none->reachable, ==, 0);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const PostureFinding *finding = g_ptr_array_index (report->findings, i);

      /* what is missing to the target, or to all where there is none */
      if (g_str_equal (finding->question, "D-SA-B-1"))
        g_assert_cmpint (finding->points, ==, 750000);
      else if (g_str_equal (finding->question, "D-TA-A-1"))
        g_assert_cmpint (finding->points, ==, 500000);
      g_assert_cmpstr (finding->question, !=, "D-SA-B-3");
      g_assert_cmpstr (finding->question, !=, "D-TA-A-2");
    }
}

/* Digit by digit: the quarters of the whole over 4 × 30, with six digits and half up. */
static gint64
divide (gint64 quarters,
        gint64 whole)
{
  gint64 units = 0;

  for (int digit = 0; digit < 7; digit++)
    {
      gint64 times = 0;

      while (quarters >= whole)
        {
          quarters -= whole;
          times++;
        }
      units = units * 10 + times;
      quarters *= 10;
    }
  return units + (quarters >= 5 * whole ? 1 : 0);
}

static void
test_random (void)
{
  static const char *const answers[] = { "0", "0.25", "0.5", "1" };
  static const int quarters[] = { 0, 1, 2, 4 };
  g_autoptr (PostureQuestionnaire) questionnaire = make_samm ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint n = 0; n < N_SETS; n++)
    {
      g_autoptr (GString) map = g_string_new ("{");
      g_autoptr (PostureReport) report = NULL;
      int worst[N_PRACTICES] = { 0 }, best[N_PRACTICES] = { 0 }, all[2] = { 0 };
      int open = g_rand_int_range (rand, 0, 6);

      for (guint i = 0; i < N_ACTIVITIES; i++)
        {
          g_autofree char *id = activity_id (i);
          int chosen = g_rand_int_range (rand, 0, 4);

          if (g_rand_int_range (rand, 0, 10) < open)
            {
              best[i / 6] += 4;
              continue;
            }
          worst[i / 6] += quarters[chosen];
          best[i / 6] += quarters[chosen];
          g_string_append_printf (map, "%s'%s': '%s'", map->len > 1 ? ", " : "", id,
                                  answers[chosen]);
        }
      g_string_append_c (map, '}');
      report = rate_text (questionnaire, map->str);
      for (guint i = 0; i < N_PRACTICES; i++)
        {
          const PostureScore *score = find_section (report->sections, practices[i])->score;

          g_assert_cmpint (score->worst, ==, divide (worst[i], 8));
          g_assert_cmpint (score->best, ==, divide (best[i], 8));
          g_assert_cmpint (score->has_value, ==, worst[i] == best[i]);
          all[0] += worst[i];
          all[1] += best[i];
        }
      g_assert_cmpint (report->score->worst, ==, divide (all[0], 120));
      g_assert_cmpint (report->score->best, ==, divide (all[1], 120));
      g_assert_cmpint (report->score->has_value, ==, all[0] == all[1]);
    }
}

#define Q(id, section, maturity) \
  "{'id': '" id "', 'section': '" section "', 'kind': 'choice', 'severity': 'low'," \
  " 'effort': 'low', 'maturity': " maturity ", 'options': [{'id': 'n', 'credit': 0}," \
  " {'id': 'p', 'credit': 0.3333}, {'id': 'y', 'credit': 1}]}"
#define STREAM(s) Q (s "1", s, "1") ", " Q (s "2", s, "2") ", " Q (s "3", s, "3")

/* Uneven trees: a function of two streams beside one that is a stream itself. */
static void
test_uneven (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (
    "{'format': 1, 'id': 'm', 'version': '1.0.0', 'method': {'id': 'maturity'},"
    " 'sections': [{'id': 'f', 'sections': [{'id': 'a'}, {'id': 'b'}, {'id': 'c'}]}, {'id': 'd'}],"
    " 'questions': [" STREAM ("a") ", " STREAM ("b") ", " STREAM ("c") ", " STREAM ("d") "]}");
  g_autoptr (PostureReport) report = rate_text (
    questionnaire, "{'a1': 'p', 'a2': 'n', 'a3': 'n', 'b1': 'n', 'b2': 'n', 'b3': 'n', 'c1': 'y',"
    " 'c2': 'n', 'c3': 'n', 'd1': 'p', 'd2': 'p', 'd3': 'y'}");
  g_autoptr (PostureReport) misfit = NULL;
  g_autoptr (PostureAnswers) answers = make_answers (NULL, "{'a1': 'q'}");
  g_autoptr (GError) error = NULL;

  /* 1.3333 / 3 and 1.6666, and the mean of both: 1.05551666… */
  g_assert_cmpint (find_section (report->sections, "f")->score->value, ==, 444433);
  g_assert_cmpint (find_section (report->sections, "d")->score->value, ==, 1666600);
  g_assert_cmpint (report->score->value, ==, 1055517);
  g_assert_cmpint (posture_question_get_maturity (
                     posture_questionnaire_find_question (questionnaire, "b2")), ==, 2);
  misfit = posture_rate (questionnaire, answers, &context, &error);
  g_assert_null (misfit);
  g_assert_error (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_ANSWER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/maturity/published", test_published);
  g_test_add_func ("/maturity/targets", test_targets);
  g_test_add_func ("/maturity/random", test_random);
  g_test_add_func ("/maturity/uneven", test_uneven);
  return g_test_run ();
}
