/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "rating/rating.h"

#include <string.h>

/* Random questionnaires and answers, rated by the product and worked out here a second time in
 * another way: by long division on what was drawn, without the model's look-ups and without credits
 * as numbers of its own. */

#define MAX_QUESTIONS 8
#define MAX_OPTIONS 4
#define N_QUESTIONNAIRES 500
#define SETS_EACH 40
/* of the sets, which are rated again, and which are rated with an answer changed */
#define REPEAT_EVERY 8
#define CHANGE_EVERY 2
#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

typedef enum
{
  STATE_NONE,
  STATE_UNKNOWN,
  STATE_NOT_APPLICABLE,
  STATE_OPTION,
} State;

typedef struct
{
  int weight;
  int severity;
  int effort;
  int section;              /* 0 s, 1 s.1, 2 s.2, 3 t */
  int n_options;
  int credit[MAX_OPTIONS];  /* in ten-thousandths, growing from 0 to 10000 */
  gboolean hidden_by_first; /* asked only if the first question got its last option */
  State state;
  int option;
} Drawn;

static const char *const section_ids[] = { "s", "s.1", "s.2", "t" };
static const PostureRatingContext context = {
  "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
};

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static void
draw_question (GRand    *rand,
               Drawn    *drawn,
               guint     number,
               gboolean  conditions)
{
  drawn->weight = g_rand_boolean (rand) ? g_rand_int_range (rand, 1, 5) : g_rand_int_range (rand,
                                                                                            1,
                                                                                              1001);
  drawn->severity = g_rand_int_range (rand, 0, 4);
  drawn->effort = g_rand_int_range (rand, 0, 3);
  drawn->section = g_rand_int_range (rand, 0, 4);
  drawn->n_options = g_rand_int_range (rand, 2, MAX_OPTIONS + 1);
  for (int i = 1; i < drawn->n_options - 1; i++)
    drawn->credit[i] = g_rand_int_range (rand, 0, 10001);
  drawn->credit[0] = 0;
  drawn->credit[drawn->n_options - 1] = 10000;
  qsort (drawn->credit, (size_t) drawn->n_options, sizeof (int), compare_ints);
  drawn->hidden_by_first = conditions && number > 0 && g_rand_int_range (rand, 0, 3) == 0;
}

static PostureQuestionnaire *
build (const Drawn *drawn,
       guint        length)
{
  static const char *const severities[] = { "low", "medium", "high", "critical" };
  static const char *const efforts[] = { "low", "medium", "high" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    {
      g_string_append_printf (text, "%s{'id': 'q.%u', 'section': '%s', 'kind': 'choice',"
                              " 'weight': %d,"
                              " 'severity': '%s', 'effort': '%s', 'options': [", i > 0 ? ", " : "",
                                i,
                              section_ids[drawn[i].section], drawn[i].weight,
                              severities[drawn[i].severity], efforts[drawn[i].effort]);
      for (int j = 0; j < drawn[i].n_options; j++)
        g_string_append_printf (text, "%s{'id': '%d', 'credit': %d.%04d}", j > 0 ? ", " : "", j,
                                drawn[i].credit[j] / 10000, drawn[i].credit[j] % 10000);
      g_string_append (text, "]");
      if (drawn[i].hidden_by_first)
        g_string_append_printf (text, ", 'condition': {'pattern': {'q.0': ['%d']}}",
                                drawn[0].n_options - 1);
      g_string_append (text, "}");
    }
  return with_questions (text->str);
}

static void
draw_answers (GRand *rand,
              Drawn *drawn,
              guint  length)
{
  int open = g_rand_int_range (rand, 0, 10);

  for (guint i = 0; i < length; i++)
    {
      int dice = g_rand_int_range (rand, 0, 10);

      drawn[i].state = dice < open ? (State) g_rand_int_range (rand, 0, 3) : STATE_OPTION;
      drawn[i].option = g_rand_int_range (rand, 0, drawn[i].n_options);
    }
}

static PostureReport *
rate_drawn (PostureQuestionnaire *questionnaire,
            const Drawn          *drawn,
            guint                 length)
{
  g_autoptr (GString) map = g_string_new ("{");
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (GError) error = NULL;
  PostureReport *report;

  for (guint i = 0; i < length; i++)
    {
      if (drawn[i].state == STATE_NONE)
        continue;
      g_string_append_printf (map, "%s'q.%u': ", map->len > 1 ? ", " : "", i);
      if (drawn[i].state == STATE_UNKNOWN)
        g_string_append (map, "{'unknown': true}");
      else if (drawn[i].state == STATE_NOT_APPLICABLE)
        g_string_append (map, "{'not_applicable': 'r'}");
      else
        g_string_append_printf (map, "'%d'", drawn[i].option);
    }
  g_string_append_c (map, '}');
  answers = make_answers (questionnaire, map->str);
  report = posture_rate (questionnaire, answers, &context, &error);
  g_assert_no_error (error);
  return report;
}

static gboolean
is_visible (const Drawn *drawn,
            guint        i)
{
  return !drawn[i].hidden_by_first
         || (drawn[0].state == STATE_OPTION && drawn[0].option == drawn[0].n_options - 1);
}

static gboolean
is_inside (int section,
           int outer)
{
  return outer < 0 || section == outer || (outer == 0 && section < 3);
}

/* What is lost, rather than what is gained; 0 lost is everything in place. Adds up the weights of
 * what counts. */
static gint64
lost (const Drawn *drawn,
      guint        length,
      int          outer,
      gboolean     open_is_lost,
      gint64      *ret_weights)
{
  gint64 sum = 0, weights = 0;

  for (guint i = 0; i < length; i++)
    {
      if (!is_visible (drawn, i) || drawn[i].state == STATE_NOT_APPLICABLE
          || !is_inside (drawn[i].section, outer))
        continue;
      weights += drawn[i].weight;
      if (drawn[i].state == STATE_OPTION)
        sum += drawn[i].weight * (10000 - drawn[i].credit[drawn[i].option]);
      else if (open_is_lost)
        sum += drawn[i].weight * 10000;
    }
  *ret_weights = weights;
  return sum;
}

/* Digit by digit, as on paper: 100 × part / whole to tenths, then half up by the remainder. */
static gint64
divide (gint64 part,
        gint64 whole)
{
  gint64 tenths = 0;

  for (int digit = 0; digit < 4; digit++)
    {
      gint64 times = 0;

      while (part >= whole)
        {
          part -= whole;
          times++;
        }
      tenths = tenths * 10 + times;
      part *= 10;
    }
  /* the remainder was moved on by one digit: five of it are half */
  return (tenths + (part >= 5 * whole ? 1 : 0)) * 100000;
}

static void
check_score (const PostureScore *score,
             const Drawn        *drawn,
             guint               length,
             int                 outer)
{
  gint64 weights;
  gint64 lost_worst = lost (drawn, length, outer, TRUE, &weights);
  gint64 lost_best = lost (drawn, length, outer, FALSE, &weights);
  gint64 all = weights * 10000;

  g_assert_cmpint (score->has_worst, ==, weights > 0);
  g_assert_cmpint (score->has_best, ==, weights > 0);
  g_assert_cmpstr (score->reason, ==, weights > 0 ? NULL : "nothing-to-rate");
  g_assert_cmpint (score->has_value, ==, weights > 0 && lost_worst == lost_best);
  if (weights == 0)
    return;
  /* the first digit is that of the hundreds */
  g_assert_cmpint (score->worst, ==, divide (all - lost_worst, all));
  g_assert_cmpint (score->best, ==, divide (all - lost_best, all));
  g_assert_cmpint (score->worst, <=, score->best);
  if (score->has_value)
    {
      g_assert_cmpint (score->worst, <=, score->value);
      g_assert_cmpint (score->value, <=, score->best);
    }
}

static void
check_sections (const PostureReport *report,
                const Drawn         *drawn,
                guint                length)
{
  const PostureSectionScore *s = g_ptr_array_index (report->sections, 0);
  const PostureSectionScore *t = g_ptr_array_index (report->sections, 1);

  check_score (report->score, drawn, length, -1);
  check_score (s->score, drawn, length, 0);
  check_score (((PostureSectionScore *) g_ptr_array_index (s->sections, 0))->score, drawn, length,
               1);
  check_score (((PostureSectionScore *) g_ptr_array_index (s->sections, 1))->score, drawn, length,
               2);
  check_score (t->score, drawn, length, 3);
}

/* By brute force: each finding is beaten by exactly those that stand before it. */
static void
check_ranking (const PostureReport *report,
               const Drawn         *drawn,
               guint                length)
{
  static const int efforts[] = { 1, 3, 9 };
  gint64 points[MAX_QUESTIONS];
  guint expected = 0;

  for (guint i = 0; i < length; i++)
    {
      gboolean counts = is_visible (drawn, i) && drawn[i].state != STATE_NOT_APPLICABLE;
      int credit = drawn[i].state == STATE_OPTION ? drawn[i].credit[drawn[i].option] : 0;

      points[i] = counts ? drawn[i].weight * (10000 - credit) : 0;
      expected += points[i] > 0;
    }
  g_assert_cmpuint (report->findings->len, ==, expected);
  for (guint k = 0; k < report->findings->len; k++)
    {
      const PostureFinding *finding = g_ptr_array_index (report->findings, k);
      guint i = (guint) g_ascii_strtoull (finding->question + 2, NULL, 10);
      int rank = 1;

      for (guint j = 0; j < length; j++)
        {
          /* cross-multiplied, so exact */
          gint64 mine = points[i] * efforts[drawn[j].effort];
          gint64 other = points[j] * efforts[drawn[i].effort];

          if (j != i && points[j] > 0
              && (other > mine || (other == mine && (drawn[j].severity > drawn[i].severity
                                                     || (drawn[j].severity == drawn[i].severity
                                                         && j < i)))))
            rank++;
        }
      g_assert_cmpint (finding->points, ==, points[i] * 100);
      g_assert_cmpint (finding->rank, ==, rank);
      g_assert_cmpint (rank, ==, (int) k + 1);
    }
}

static char *
report_text (const PostureReport *report)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_report_write (writer, report);
  return posture_json_writer_finish_text (writer);
}

static void
check_repeat (PostureQuestionnaire *questionnaire,
              const Drawn          *drawn,
              guint                 length,
              const PostureReport  *report)
{
  g_autoptr (PostureReport) again = rate_drawn (questionnaire, drawn, length);
  g_autofree char *one = report_text (report);
  g_autofree char *two = report_text (again);
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (one, NULL);
  g_autoptr (PostureReport) read = posture_report_read (posture_json_document_get_root (document),
                                                        NULL);
  g_autofree char *three = report_text (read);

  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, ==, three);
}

/* A better answer never lowers a bound, and an answer to what was open lands within the range. */
static void
check_better (PostureQuestionnaire *questionnaire,
              const Drawn          *drawn,
              guint                 length,
              GRand                *rand,
              const PostureReport  *report)
{
  Drawn changed[MAX_QUESTIONS];
  guint i = (guint) g_rand_int_range (rand, 0, (int) length);
  g_autoptr (PostureReport) other = NULL;

  memcpy (changed, drawn, sizeof changed);
  if (drawn[i].state == STATE_NOT_APPLICABLE)
    return;
  if (drawn[i].state == STATE_OPTION)
    changed[i].option = MIN (drawn[i].option + 1, drawn[i].n_options - 1);
  changed[i].state = STATE_OPTION;
  other = rate_drawn (questionnaire, changed, length);
  g_assert_cmpint (other->score->worst, >=, report->score->worst);
  if (drawn[i].state == STATE_OPTION)
    g_assert_cmpint (other->score->best, >=, report->score->best);
  else
    g_assert_cmpint (other->score->best, <=, report->score->best);
}

static void
test_random (gconstpointer data)
{
  gboolean conditions = GPOINTER_TO_INT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (conditions ? 20260101 : 7);

  for (guint n = 0; n < N_QUESTIONNAIRES / 2; n++)
    {
      Drawn drawn[MAX_QUESTIONS] = { 0 };
      guint length = (guint) g_rand_int_range (rand, 1, MAX_QUESTIONS + 1);
      g_autoptr (PostureQuestionnaire) questionnaire = NULL;

      for (guint i = 0; i < length; i++)
        draw_question (rand, &drawn[i], i, conditions);
      questionnaire = build (drawn, length);
      for (guint set = 0; set < SETS_EACH; set++)
        {
          g_autoptr (PostureReport) report = NULL;

          draw_answers (rand, drawn, length);
          report = rate_drawn (questionnaire, drawn, length);
          check_sections (report, drawn, length);
          check_ranking (report, drawn, length);
          if (set % REPEAT_EVERY == 0)
            check_repeat (questionnaire, drawn, length, report);
          if (!conditions && set % CHANGE_EVERY == 0)
            check_better (questionnaire, drawn, length, rand, report);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/rating-property/plain", GINT_TO_POINTER (FALSE), test_random);
  g_test_add_data_func ("/rating-property/conditions", GINT_TO_POINTER (TRUE), test_random);
  return g_test_run ();
}
