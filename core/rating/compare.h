/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/posture-types.h"

G_BEGIN_DECLS

/**
 * PostureSectionChange:
 * @id: the section's id
 * @instance: (nullable): the instance it is about
 * @before: (nullable): how it stood; %NULL if it was not there
 * @after: (nullable): how it stands; %NULL if it is not there any more
 *
 * A section that stands otherwise than before. All belongs to the reports.
 */
typedef struct
{
  const char *id;
  const char *instance;
  const PostureSectionScore *before;
  const PostureSectionScore *after;
} PostureSectionChange;

/**
 * PostureAnswerChange:
 * @question: the question's id
 * @instance: (nullable): the instance it is about
 * @before: (nullable): what it came to; %NULL if it was not asked
 * @after: (nullable): what it comes to; %NULL if it is not asked any more
 *
 * A rated question that is answered, or aimed at, otherwise than before. All
 * belongs to the reports.
 */
typedef struct
{
  const char *question;
  const char *instance;
  const PostureExplanation *before;
  const PostureExplanation *after;
} PostureAnswerChange;

/**
 * PostureComparison:
 * @before: the earlier report
 * @after: the later one
 * @same_scale: whether both were rated with the same method over the same range,
 *   so that their scores can be subtracted
 * @same_questionnaire: whether both answer the same version of a questionnaire
 * @sections: (element-type PostureSectionChange): in the order of @after, then
 *   those that are gone
 * @answers: (element-type PostureAnswerChange): in the same order
 * @gone: (element-type PostureFinding): findings of @before that @after does not
 *   have, in their order there
 * @fresh: (element-type PostureFinding): findings that are new in @after
 * @moved: (element-type PostureFinding): findings of @after that lose other
 *   points, or for another reason, than they did
 *
 * What changed from one report to another.
 */
typedef struct
{
  PostureReport *before;
  PostureReport *after;
  gboolean same_scale;
  gboolean same_questionnaire;
  GPtrArray *sections;
  GPtrArray *answers;
  GPtrArray *gone;
  GPtrArray *fresh;
  GPtrArray *moved;
} PostureComparison;

PostureComparison *posture_reports_compare   (PostureReport     *before,
                                              PostureReport     *after);
void               posture_comparison_free   (PostureComparison *self);
gboolean           posture_comparison_same   (PostureComparison *self);
void               posture_comparison_write  (PostureComparison *self,
                                              PostureJsonWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureComparison, posture_comparison_free)

G_END_DECLS
