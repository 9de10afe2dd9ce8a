/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rating/rating.h"

G_BEGIN_DECLS

/* What a method rates. */
typedef struct
{
  PostureQuestionnaire *questionnaire;
  PostureAnswers *answers;
  GArray *visible; /* (element-type gboolean) */
  PostureAnswer *const *given; /* by the number of the question; %NULL where it is hidden or unanswered */
  PostureTypePool *pool; /* what the report is made in; its texts can be the questionnaire's */
} PostureRatingInput;

/* A way of rating. It fills in score, level, sections, findings and explanation of a report; the
 * rest is the same for all. Its version grows with every change that can change a report. */
typedef struct
{
  const char *id;
  int version;
  gboolean (*rate) (const PostureRatingInput *input,
                    PostureReport            *report,
                    GError                  **error);
} PostureMethod;

extern const PostureMethod posture_method_weighted;
extern const PostureMethod posture_method_deduction;
extern const PostureMethod posture_method_maturity;
extern const PostureMethod posture_method_profile;

/* Points in millionths that one question came to, or the sum of several. */
typedef struct
{
  gint64 worst;
  gint64 best;
  gint64 reachable;
} PosturePoints;

/* Makes the section at @index of the questionnaire; those in it are made by themselves. */
typedef void (*PostureSectionMaker) (const PostureRatingInput *input,
                                     PostureSectionScore      *section,
                                     guint                     index,
                                     gpointer                  data);

/* parts.c: what all methods make alike */
PostureAnswer      *posture_rating_find_answer   (const PostureRatingInput *input,
                                                  PostureQuestion          *question,
                                                  const char              **ret_rule);
gboolean            posture_rating_misfit        (PostureQuestion          *question,
                                                  GError                  **error);
void                posture_points_add           (PosturePoints            *sum,
                                                  const PosturePoints      *more);
PostureExplanation *posture_rating_explain       (const PostureRatingInput *input,
                                                  PostureReport            *report,
                                                  PostureQuestion          *question,
                                                  const char               *rule,
                                                  PostureAnswer            *answer,
                                                  const PosturePoints      *points);
void                posture_rating_add_finding   (const PostureRatingInput *input,
                                                  PostureReport            *report,
                                                  PostureQuestion          *question,
                                                  const char               *reason,
                                                  gint64                    points);
GPtrArray          *posture_rating_make_sections (const PostureRatingInput *input,
                                                  PostureSectionMaker       make,
                                                  gpointer                  data);

void                posture_findings_rank        (GPtrArray                *findings,
                                                  PostureQuestionnaire     *questionnaire);

G_END_DECLS
