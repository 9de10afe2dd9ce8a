/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/posture-types.h"

G_BEGIN_DECLS

/* What the members of a report are called in the language of the program. What a questionnaire
 * says itself (questions, levels, recommendations) has its words in PostureWords. */

char       *posture_score_number_to_words    (const PostureScore *score,
                                              gint64              number);
char       *posture_score_range_to_words     (const PostureScore *score);
char       *posture_score_to_words           (const PostureScore *score);
char       *posture_target_to_words          (const PostureScore *score,
                                              const PostureScore *target);
char       *posture_section_score_to_words   (const PostureSectionScore *section);
gboolean    posture_score_is_range           (const PostureScore *score);
char       *posture_points_to_words          (gint64              points);
char       *posture_coverage_to_words        (const PostureCoverage *coverage);
const char *posture_rule_to_words            (const char         *rule);
const char *posture_rule_to_name             (const char         *rule);

G_END_DECLS
