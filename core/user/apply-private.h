/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "user/user-private.h"

G_BEGIN_DECLS

/* The hybrid logical clock of an operation; the device is the context's. */
typedef struct
{
  gint64 ms;
  gint64 counter;
} PostureUserStamp;

/* An assessment's row, as operations need it. */
typedef struct
{
  char *questionnaire;
  char *digest;
  char *name;
  gboolean archived;
  char *op_id;
  gint64 changed;
  char *version; /* of the questionnaire */
} PostureUserAssessment;

G_END_DECLS
