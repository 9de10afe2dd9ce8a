/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/method-private.h"

#define ONE POSTURE_DECIMAL_ONE
#define CREDIT_UNIT (ONE / POSTURE_CREDIT_ONE)
#define MAX_SCORE 3

/* The score of a section as a fraction: @unit is its whole, so that a sum over @unit is exact. In
 * questionnaires @unit is bounded, and with it every sum. */
typedef struct
{
  gint64 unit;
  gint64 worst;
  gint64 best;
  gint64 target_worst; /* as if every target were reached */
  gint64 target_best;
} Maturity;

typedef struct
{
  Maturity *sections;
  gboolean has_targets;
} Rating;

static gint64
greatest_common_divisor (gint64 a,
                         gint64 b)
{
  while (b != 0)
    {
      gint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* Credit of what is to be reached; %FALSE without a target. */
static gboolean
find_target (const PostureRatingInput *input,
             PostureQuestion          *question,
             int                      *ret_credit)
{
  PostureAnswer *answer = posture_answers_get (input->answers, posture_question_get_key (question));
  const PostureJsonNode *target = answer != NULL ? posture_answer_get_target (answer) : NULL;

  return target != NULL && posture_question_find_credit (question, target, ret_credit);
}

/* An activity: its credit, of which a stream is the sum. One that does not apply counts as not
 * performed, and nothing can be gained by it. */
static gboolean
rate_question (const PostureRatingInput *input,
               PostureReport            *report,
               PostureQuestion          *question,
               Rating                   *rating,
               GError                  **error)
{
  const char *rule = "option";
  PostureAnswer *answer = posture_rating_find_answer (input, question, &rule);
  Maturity *stream = &rating->sections[posture_question_get_section_number (question)];
  gboolean applies = answer != NULL || !g_str_equal (rule, "not-applicable");
  int worst = 0, best = applies ? POSTURE_CREDIT_ONE : 0, target = 0;
  gboolean has_target = find_target (input, question, &target) && applies;
  PosturePoints points;
  PostureExplanation *explanation;
  int goal;

  if (answer != NULL)
    {
      if (!posture_question_find_credit (question, posture_answer_get_value (answer), &worst))
        return posture_rating_misfit (question, error);
      best = worst;
    }
  stream->worst += worst;
  stream->best += best;
  stream->target_worst += has_target ? target : worst;
  stream->target_best += has_target ? target : best;
  points = (PosturePoints) { (gint64) worst * CREDIT_UNIT, (gint64) best * CREDIT_UNIT,
                             applies ? ONE : 0 };
  explanation = posture_rating_explain (input, report, question, rule, answer, &points);
  explanation->has_target = has_target;
  explanation->target = has_target ? (gint64) target * CREDIT_UNIT : 0;
  rating->has_targets = rating->has_targets || has_target;
  goal = has_target ? target : POSTURE_CREDIT_ONE;
  if (applies && worst < goal)
    posture_rating_add_finding (input, report, question, answer != NULL ? "not-in-place" : rule,
                                (gint64) (goal - worst) * CREDIT_UNIT);
  return TRUE;
}

static void
add_share (Maturity       *sum,
           const Maturity *more)
{
  gint64 times = sum->unit / more->unit;

  sum->worst += more->worst * times;
  sum->best += more->best * times;
  sum->target_worst += more->target_worst * times;
  sum->target_best += more->target_best * times;
}

/* The mean of the sections in the range, without those in them. */
static void
take_mean (PostureQuestionnaire *questionnaire,
           Maturity             *sections,
           guint                 start,
           guint                 end,
           Maturity             *ret_mean)
{
  Maturity mean = { 1, 0, 0, 0, 0 };
  gint64 count = 0;

  for (guint i = start; i < end; i = posture_questionnaire_get_section (questionnaire, i)->end)
    {
      mean.unit = mean.unit / greatest_common_divisor (mean.unit, sections[i].unit)
                  * sections[i].unit;
      count++;
    }
  for (guint i = start; i < end; i = posture_questionnaire_get_section (questionnaire, i)->end)
    add_share (&mean, &sections[i]);
  mean.unit *= count;
  *ret_mean = mean;
}

/* @sum / @unit of a credit of one, rounded half up to millionths. */
static gint64
round_half_up (gint64 sum,
               gint64 unit)
{
  return (2 * sum * CREDIT_UNIT + unit) / (2 * unit);
}

static PostureScore *
make_score (const PostureRatingInput *input,
            gint64                    worst,
            gint64                    best,
            gint64                    unit)
{
  PostureScore *score = posture_score_new_in (input->pool);

  score->max = MAX_SCORE * ONE;
  score->has_worst = score->has_best = TRUE;
  score->worst = round_half_up (worst, unit);
  score->best = round_half_up (best, unit);
  score->has_value = worst == best;
  score->value = score->has_value ? score->worst : 0;
  return score;
}

static void
make_section (const PostureRatingInput *input,
              PostureSectionScore      *section,
              guint                     index,
              gpointer                  data)
{
  const Rating *rating = data;
  const Maturity *own = &rating->sections[index];

  section->score = make_score (input, own->worst, own->best, own->unit);
  if (rating->has_targets)
    section->target = make_score (input, own->target_worst, own->target_best, own->unit);
}

static gboolean
rate (const PostureRatingInput *input,
      PostureReport            *report,
      GError                  **error)
{
  PostureQuestionnaire *questionnaire = input->questionnaire;
  guint n_sections = posture_questionnaire_get_n_sections (questionnaire);
  g_autofree Maturity *sections = g_new0 (Maturity, n_sections);
  Rating rating = { sections, FALSE };
  Maturity all;

  for (guint i = 0; i < n_sections; i++)
    sections[i].unit = 1;
  for (guint i = 0; i < input->visible->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);

      if (posture_question_is_rated (question) && g_array_index (input->visible, gboolean, i)
          && !rate_question (input, report, question, &rating, error))
        return FALSE;
    }
  /* from the end on, each section is complete before the one around it */
  for (guint i = n_sections; i-- > 0;)
    {
      guint end = posture_questionnaire_get_section (questionnaire, i)->end;

      if (end > i + 1)
        take_mean (questionnaire, sections, i + 1, end, &sections[i]);
    }
  take_mean (questionnaire, sections, 0, n_sections, &all);
  report->score = make_score (input, all.worst, all.best, all.unit);
  if (rating.has_targets)
    report->target = make_score (input, all.target_worst, all.target_best, all.unit);
  report->sections = posture_rating_make_sections (input, make_section, &rating);
  posture_findings_rank (report->findings, questionnaire);
  return TRUE;
}

/* OWASP SAMM 2: a stream is the sum of its three activities, a practice the mean of its streams, a
 * function that of its practices, and the whole that of the functions. */
const PostureMethod posture_method_maturity = { "maturity", 1, rate };
