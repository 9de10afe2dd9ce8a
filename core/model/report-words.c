/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/report-words.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

/* An id and what people call it. */
typedef struct
{
  const char *id;
  const char *words;
} Named;

#define FINE_SCALE (10 * (gint64) POSTURE_DECIMAL_ONE)

static const char *
find_words (const Named *names,
            gsize        n_names,
            const char  *id)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i].id, id) == 0)
      return g_dgettext (GETTEXT_PACKAGE, names[i].words);
  return NULL;
}

/* With at most so many digits after the point of the person's language, without zeros at the end. */
static char *
format_decimal (gint64 number,
                guint  places)
{
  gint64 unit = POSTURE_DECIMAL_ONE;
  guint64 size = number < 0 ? -(guint64) number : (guint64) number;
  guint64 whole, fraction;
  g_autofree char *digits = NULL;
  guint length = places;

  for (guint i = 0; i < places; i++)
    unit /= 10;
  size = (size + (guint64) unit / 2) / (guint64) unit;
  unit = POSTURE_DECIMAL_ONE / unit;
  whole = size / (guint64) unit;
  fraction = size % (guint64) unit;
  digits = g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int) places, fraction);
  while (length > 0 && digits[length - 1] == '0')
    digits[--length] = '\0';
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT "%s%s", number < 0 && size > 0 ? "\u2212" : "", whole,
                          length > 0 ? localeconv ()->decimal_point : "", digits);
}

/**
 * posture_score_number_to_words:
 * @score: whose scale the number is on
 * @number: a number, in millionths
 *
 * Returns: (transfer full): the number as the person's language writes it, with as
 *   many decimals as its scale can tell apart: two up to a length of 10, else one
 */
char *
posture_score_number_to_words (const PostureScore *score,
                               gint64              number)
{
  return format_decimal (number, score->max - score->min <= FINE_SCALE ? 2 : 1);
}

/**
 * posture_points_to_words:
 * @points: points of a finding or an explanation, in millionths
 *
 * Returns: (transfer full): the number, with at most two decimals
 */
char *
posture_points_to_words (gint64 points)
{
  return format_decimal (points, 2);
}

/**
 * posture_score_is_range:
 * @score: a score
 *
 * Returns: whether open answers leave a range instead of one number
 */
gboolean
posture_score_is_range (const PostureScore *score)
{
  return !score->has_value && score->has_worst && score->has_best;
}

/**
 * posture_score_range_to_words:
 * @score: a score
 *
 * Returns: (transfer full): the number or the range alone, “–” if there is none
 */
char *
posture_score_range_to_words (const PostureScore *score)
{
  g_autofree char *worst = NULL;
  g_autofree char *best = NULL;

  if (score->has_value)
    return posture_score_number_to_words (score, score->value);
  if (!posture_score_is_range (score))
    return g_strdup ("–");
  worst = posture_score_number_to_words (score, score->worst);
  best = posture_score_number_to_words (score, score->best);
  /* Translators: a score that is not certain yet: from the worst to the best it can be. */
  return g_strdup_printf (_("%s to %s"), worst, best);
}

/* Why a score has no number, in a few words. */
static const char *
reason_to_words (const char *reason)
{
  static const Named names[] = {
    { "nothing-to-rate", N_("no score, since there is nothing to rate") },
    { "required-not-met", N_("no score, since a required measure is missing") },
    { "required-open", N_("no score yet, since a required answer is open") },
    { "no-grade", N_("no score, since this questionnaire gives none") },
  };
  const char *words = find_words (names, G_N_ELEMENTS (names), reason);

  return words != NULL ? words : _("no score");
}

/**
 * posture_score_to_words:
 * @score: a score
 *
 * Returns: (transfer full): the number or the range, and what it is measured on;
 *   or why there is none
 */
char *
posture_score_to_words (const PostureScore *score)
{
  g_autofree char *range = posture_score_range_to_words (score);
  g_autofree char *min = posture_score_number_to_words (score, score->min);
  g_autofree char *max = posture_score_number_to_words (score, score->max);

  if (!score->has_value && !posture_score_is_range (score))
    return g_strdup (reason_to_words (score->reason));
  if (score->min == 0)
    return g_strdup_printf (_("%s of %s"), range, max);
  return g_strdup_printf (_("%s on a scale from %s to %s"), range, min, max);
}

/* What is missing from one score to another, which is open where that is: both have the same open answers,
 * but for those that the other one has a target for. */
static PostureScore
find_gap (const PostureScore *score,
          const PostureScore *target)
{
  PostureScore gap = {
    .has_worst = score->has_worst && target->has_worst,
    .worst = MAX (target->best - score->best, 0),
    .has_best = score->has_best && target->has_best,
    .best = MAX (target->worst - score->worst, 0),
    .min = score->min,
    .max = score->max,
  };

  gap.value = gap.worst;
  gap.has_value = gap.has_worst && gap.has_best && gap.worst == gap.best;
  return gap;
}

/* The range of a gap from the smaller to the larger; the report's goes from worst to best. */
static PostureScore
turn_gap (const PostureScore *gap)
{
  PostureScore turned = *gap;

  turned.worst = gap->best;
  turned.best = gap->worst;
  return turned;
}

/**
 * posture_target_to_words:
 * @score: a score
 * @target: (nullable): the score if every target were reached
 *
 * Returns: (transfer full): the number or the range of the score; with a target
 *   that, too, and the gap between them
 */
char *
posture_target_to_words (const PostureScore *score,
                         const PostureScore *target)
{
  g_autofree char *now = posture_score_range_to_words (score);
  g_autofree char *then = target != NULL ? posture_score_range_to_words (target) : NULL;
  g_autofree char *missing = NULL;
  PostureScore gap;

  if (target == NULL)
    return g_steal_pointer (&now);
  gap = find_gap (score, target);
  missing = posture_score_range_to_words (&gap);
  /* Translators: three scores: where it stands, where it is to get, and what is missing. */
  return g_strdup_printf (_("%s, target %s, gap %s"), now, then, missing);
}

static char *
profile_to_words (const PostureProfileScore *profile)
{
  g_autofree char *now = posture_score_range_to_words (profile->current);
  g_autofree char *target = NULL;
  g_autofree char *missing = NULL;
  PostureScore gap;

  if (!profile->has_target || profile->gap == NULL)
    return g_strdup_printf (_("current %s, no target"), now);
  gap = turn_gap (profile->gap);
  target = posture_score_number_to_words (profile->current, profile->target);
  missing = posture_score_range_to_words (&gap);
  /* Translators: three means of levels: where it stands, where it is to get, and what is missing. */
  return g_strdup_printf (_("current %s, target %s, gap %s"), now, target, missing);
}

/**
 * posture_section_score_to_words:
 * @section: what a report says of a section
 *
 * Returns: (transfer full): its number or range; with a target, or with the
 *   method profile, where it stands, where it is to get, and what is missing
 */
char *
posture_section_score_to_words (const PostureSectionScore *section)
{
  return section->profile != NULL ? profile_to_words (section->profile)
                                  : posture_target_to_words (section->score, section->target);
}

/**
 * posture_coverage_to_words:
 * @coverage: how much was answered
 *
 * Returns: (transfer full): it in a sentence
 */
char *
posture_coverage_to_words (const PostureCoverage *coverage)
{
  return g_strdup_printf (_("Questions: %d answered, %d “I don’t know”, %d not applicable, "
                            "%d not answered."),
                          coverage->answered, coverage->unknown, coverage->not_applicable,
                          coverage->unanswered);
}

/**
 * posture_rule_to_words:
 * @rule: the rule of an explanation
 *
 * Returns: (transfer none) (nullable): in a few words why a question came by its
 *   points without a value that counts; %NULL if its value says it
 */
const char *
posture_rule_to_words (const char *rule)
{
  static const Named names[] = {
    { "unknown", N_("answered “I don’t know”") },
    { "unanswered", N_("not answered") },
    { "not-applicable", N_("does not apply, so it does not count") },
    { "no-deduction", N_("does not apply, so nothing is taken off") },
    { "temporary-deficiency", N_("a gap for now, so nothing is taken off") },
    { "enduring-exception", N_("a lasting exception, so nothing is taken off") },
  };

  return find_words (names, G_N_ELEMENTS (names), rule);
}

/**
 * posture_rule_to_name:
 * @rule: the rule of an explanation
 *
 * Returns: (transfer none): in a few words by which rule an answer counts
 */
const char *
posture_rule_to_name (const char *rule)
{
  static const Named names[] = {
    { "option", N_("what the option that was chosen is worth") },
    { "yes-no", N_("yes counts all, no nothing") },
    { "level", N_("the level counts") },
    { "bands", N_("what the band that the number is in is worth") },
    { "met", N_("met, so nothing is taken off") },
    { "not-met", N_("not met, so all its points are taken off") },
    { "partial", N_("met in part, so a part of its points is taken off") },
    { "unknown", N_("open, so both ends of the range count") },
    { "unanswered", N_("open, so both ends of the range count") },
  };
  const char *name = find_words (names, G_N_ELEMENTS (names), rule);

  if (name == NULL)
    name = posture_rule_to_words (rule);
  return name != NULL ? name : rule;
}
