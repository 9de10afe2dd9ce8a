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

/* history.c: what was done, once each. */
char    *posture_user_history_hash  (PostureOperation       *operation);
gboolean posture_user_history_find  (PostureTransaction     *transaction,
                                     PostureOperation       *operation,
                                     const char             *hash,
                                     gboolean               *ret_known,
                                     GError                **error);
gboolean posture_user_history_tick  (PostureUserContext     *context,
                                     PostureTransaction     *transaction,
                                     PostureUserStamp       *ret_stamp,
                                     GError                **error);
gboolean posture_user_history_write (PostureUserContext     *context,
                                     PostureTransaction     *transaction,
                                     PostureOperation       *operation,
                                     const PostureUserStamp *stamp,
                                     const char             *hash,
                                     const char             *parent,
                                     GError                **error);
gboolean posture_user_history_prune (PostureUserContext     *context,
                                     PostureTransaction     *transaction,
                                     GError                **error);

/* plan.c */
gboolean posture_user_apply_plan    (PostureUserContext     *context,
                                     PostureTransaction     *transaction,
                                     PostureOperation       *operation,
                                     const PostureJsonNode  *payload,
                                     const PostureUserStamp *stamp,
                                     char                  **ret_parent,
                                     GError                **error);

G_END_DECLS
