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

void posture_findings_rank (GPtrArray            *findings,
                            PostureQuestionnaire *questionnaire);

G_END_DECLS
