/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/posture-types.h"

G_BEGIN_DECLS

char *posture_revision_digest (const char                 *assessment,
                               const char                 *parent,
                               const char                 *answers);
char *posture_report_digest   (const char                 *revision,
                               const char                 *questionnaire,
                               const PostureMethodVersion *method,
                               const char                 *facts);

G_END_DECLS
