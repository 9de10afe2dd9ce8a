/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/posture-types.h"

G_BEGIN_DECLS

/**
 * PostureExplanationNode:
 * @section: (nullable): the section it stands for; %NULL for a question and for
 *   the whole
 * @question: (nullable): the question it stands for
 * @worst: points gained in it if what is open is not in place
 * @best: points gained in it if what is open is in place
 * @reachable: points that can be gained in it
 * @n_questions: how many rated questions are in it
 * @children: (element-type PostureExplanationNode): of a section its questions,
 *   then the sections in it
 *
 * Where points come from: the whole, a section or a question. Points are whole
 * units, of which #PostureExplanationTree.unit are a millionth. Those of a node
 * are the sums of those of its children, exactly.
 */
typedef struct
{
  const PostureSectionScore *section;
  const PostureExplanation *question;
  gint64 worst;
  gint64 best;
  gint64 reachable;
  guint n_questions;
  GPtrArray *children;
} PostureExplanationNode;

/**
 * PostureExplanationTree:
 * @report: what is explained
 * @unit: how many units of points are a millionth of one
 * @base: in units, what the score is without any question
 * @whole: the report, with the top sections as its children
 *
 * Every point of a report traced to its question. See
 * posture_report_explain().
 */
typedef struct
{
  PostureReport *report;
  gint64 unit;
  gint64 base;
  PostureExplanationNode *whole;
} PostureExplanationTree;

PostureExplanationTree *posture_report_explain          (PostureReport          *report);
void                    posture_explanation_tree_free   (PostureExplanationTree *self);
const char             *posture_rule_get_source         (const char             *method,
                                                         const char             *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureExplanationTree, posture_explanation_tree_free)

G_END_DECLS
