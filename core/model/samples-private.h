/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/questionnaire-private.h"

G_BEGIN_DECLS

/* Answers to try conditions with: for a number those beside each number that some condition compares it
 * with, for a text or a day those that are named, and another. */

/* What answers that are tried stand for. */
typedef enum
{
  POSTURE_SAMPLES_SOME, /* there are others */
  POSTURE_SAMPLES_EACH, /* whatever a single test of a pattern can match, one of them does */
  POSTURE_SAMPLES_ALL,  /* whatever conditions can tell apart */
} PostureSamplesReach;

PostureSamplesReach posture_samples_add (GHashTable      *all_constants,
                                         PostureQuestion *question,
                                         GPtrArray       *answers);

G_END_DECLS
