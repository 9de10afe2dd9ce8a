/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/method-private.h"

#define ONE POSTURE_DECIMAL_ONE

/* Sums over the questions of a section, in millionths of a level. */
typedef struct
{
  int questions;
  gint64 worst;
  gint64 best;
  int targets;
  int below;
  gint64 target;
  gint64 gap_worst;
  gint64 gap_best;
} Standing;

/* The scale that all rated questions have. */
typedef struct
{
  gint64 minimum;
  gint64 maximum;
} Scale;

typedef struct
{
  Scale scale;
  Standing *sections;
} Rating;

static Scale
find_scale (PostureQuestionnaire *questionnaire)
{
  Scale scale = { 0 };

  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);

      if (!posture_question_is_rated (question))
        continue;
      posture_question_get_minimum (question, &scale.minimum);
      posture_question_get_maximum (question, &scale.maximum);
      break;
    }
  return scale;
}

/* Takes up a question's target, if it has one; returns what is missing to it at worst. */
static gint64
take_target (const PostureRatingInput *input,
             PostureQuestion          *question,
             const PosturePoints      *points,
             Standing                 *sum,
             PostureExplanation       *explanation)
{
  PostureAnswer *answer = posture_answers_get (input->answers, posture_question_get_key (question));
  const PostureJsonNode *node = answer != NULL ? posture_answer_get_target (answer) : NULL;
  gint64 target;

  if (node == NULL || !posture_json_node_get_decimal (node, POSTURE_NUMBER_PLACES, &target))
    return 0;
  sum->targets++;
  sum->target += target;
  sum->gap_worst += MAX (target - points->worst, 0);
  sum->gap_best += MAX (target - points->best, 0);
  sum->below += points->best < target;
  explanation->has_target = TRUE;
  explanation->target = target;
  return MAX (target - points->worst, 0);
}

static gboolean
rate_question (const PostureRatingInput *input,
               PostureReport            *report,
               PostureQuestion          *question,
               Rating                   *rating,
               GError                  **error)
{
  const char *rule = "level";
  PostureAnswer *answer = posture_rating_find_answer (input, question, &rule);
  PosturePoints points = { rating->scale.minimum, rating->scale.maximum, rating->scale.maximum };
  Standing *sum = &rating->sections[posture_question_get_section_number (question)];
  PostureExplanation *explanation;
  gint64 gap;

  if (answer == NULL && g_str_equal (rule, "not-applicable"))
    {
      points = (PosturePoints) { 0 };
      posture_rating_explain (input, report, question, rule, NULL /* answer */, &points);
      return TRUE;
    }
  if (answer != NULL)
    {
      if (!posture_json_node_get_decimal (posture_answer_get_value (answer), POSTURE_NUMBER_PLACES,
                                          &points.worst))
        return posture_rating_misfit (question, error);
      points.best = points.worst;
    }
  sum->questions++;
  sum->worst += points.worst;
  sum->best += points.best;
  explanation = posture_rating_explain (input, report, question, rule, answer, &points);
  gap = take_target (input, question, &points, sum, explanation);
  if (gap > 0)
    posture_rating_add_finding (input, report, question, answer != NULL ? "not-in-place" : rule, gap);
  return TRUE;
}

/* @sum / @count, rounded half up to millionths; the sum can be less than nothing. */
static gint64
mean (gint64 sum,
      int    count)
{
  gint64 doubled = 2 * sum + count;
  gint64 mean = doubled / (2 * count);

  return doubled % (2 * count) < 0 ? mean - 1 : mean;
}

static PostureScore *
make_mean (const PostureRatingInput *input,
           gint64                    worst,
           gint64                    best,
           int                       count,
           gint64                    minimum,
           gint64                    maximum)
{
  PostureScore *score = posture_score_new_in (input->pool);

  score->min = minimum;
  score->max = maximum;
  if (count == 0)
    {
      score->reason = "nothing-to-rate";
      return score;
    }
  score->has_worst = score->has_best = TRUE;
  score->worst = mean (worst, count);
  score->best = mean (best, count);
  score->has_value = worst == best;
  score->value = score->has_value ? score->worst : 0;
  return score;
}

/* The framework gives no grade, and so there is none. */
static PostureScore *
make_no_grade (const PostureRatingInput *input,
               const Scale              *scale)
{
  PostureScore *score = posture_score_new_in (input->pool);

  score->min = scale->minimum;
  score->max = scale->maximum;
  score->reason = "no-grade";
  return score;
}

static void
make_section (const PostureRatingInput *input,
              PostureSectionScore      *section,
              guint                     index,
              gpointer                  data)
{
  const Rating *rating = data;
  const Standing *sum = &rating->sections[index];
  const Scale *scale = &rating->scale;
  PostureProfileScore *profile = posture_profile_score_new_in (input->pool);

  section->score = make_no_grade (input, scale);
  section->profile = profile;
  profile->questions = sum->questions;
  profile->targets = sum->targets;
  profile->below = sum->below;
  profile->current = make_mean (input, sum->worst, sum->best, sum->questions, scale->minimum,
                                scale->maximum);
  if (sum->targets == 0)
    return;
  profile->has_target = TRUE;
  profile->target = mean (sum->target, sum->targets);
  profile->gap = make_mean (input, sum->gap_worst, sum->gap_best, sum->targets, 0,
                            scale->maximum - scale->minimum);
}

static void
add_standing (Standing       *sum,
              const Standing *more)
{
  sum->questions += more->questions;
  sum->worst += more->worst;
  sum->best += more->best;
  sum->targets += more->targets;
  sum->below += more->below;
  sum->target += more->target;
  sum->gap_worst += more->gap_worst;
  sum->gap_best += more->gap_best;
}

static gboolean
rate (const PostureRatingInput *input,
      PostureReport            *report,
      GError                  **error)
{
  guint n_sections = posture_questionnaire_get_n_sections (input->questionnaire);
  g_autofree Standing *sections = g_new0 (Standing, n_sections);
  Rating rating = { find_scale (input->questionnaire), sections };

  for (guint i = 0; i < input->visible->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (input->questionnaire, i);

      if (posture_question_is_rated (question) && g_array_index (input->visible, gboolean, i)
          && !rate_question (input, report, question, &rating, error))
        return FALSE;
    }
  for (guint i = n_sections; i-- > 0;)
    {
      int parent = posture_questionnaire_get_section (input->questionnaire, i)->parent;

      if (parent >= 0)
        add_standing (&sections[parent], &sections[i]);
    }
  report->score = make_no_grade (input, &rating.scale);
  report->sections = posture_rating_make_sections (input, make_section, &rating);
  posture_findings_rank (report->findings, input->questionnaire);
  return TRUE;
}

/* Organizational profiles of the NIST Cybersecurity Framework 2.0 (26 February 2024), section 3.1:
 * where an organisation stands, where it wants to get, and the gap between the two. */
const PostureMethod posture_method_profile = { "profile", 1, rate };
