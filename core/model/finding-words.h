/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/posture-types.h"

G_BEGIN_DECLS

/* What is said of a finding: the same words in the window, in the terminal and in documents. */

const char *posture_severity_get_words       (PostureSeverity       severity);
const char *posture_effort_get_words         (PostureEffort         effort);
const char *posture_finding_get_reason_words (const PostureFinding *finding);
const char *posture_effort_to_words          (PostureEffort         effort);
char       *posture_finding_to_words         (const PostureFinding *finding,
                                              gboolean              levels);

G_END_DECLS
