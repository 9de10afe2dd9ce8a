/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PostureUserError:
 * @POSTURE_USER_ERROR_NOT_FOUND: there is no such assessment, report or questionnaire
 * @POSTURE_USER_ERROR_INVALID: an operation asks for something that cannot be,
 *   such as an answer that is no option of its question
 * @POSTURE_USER_ERROR_OPERATION_REUSED: the id of the operation was used for another one
 *
 * Why the user service refused. Errors of the store come through as they are.
 */
typedef enum
{
  POSTURE_USER_ERROR_NOT_FOUND,
  POSTURE_USER_ERROR_INVALID,
  POSTURE_USER_ERROR_OPERATION_REUSED,
} PostureUserError;

#define POSTURE_USER_ERROR (posture_user_error_quark ())
GQuark posture_user_error_quark (void);

G_END_DECLS
