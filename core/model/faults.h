/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PostureModelError:
 * @POSTURE_MODEL_ERROR_SYNTAX: the text is not JSON
 * @POSTURE_MODEL_ERROR_INVALID: it is JSON and yet not what was asked for
 *
 * Why a value was refused. The message names each place.
 */
typedef enum
{
  POSTURE_MODEL_ERROR_SYNTAX,
  POSTURE_MODEL_ERROR_INVALID,
} PostureModelError;

#define POSTURE_MODEL_ERROR (posture_model_error_quark ())
GQuark posture_model_error_quark (void);

/**
 * PostureFault:
 * @file: (nullable): the name of the file, as it was given
 * @place: where in it, such as `questions[3].options`; empty for the whole
 * @reason: what is wrong there, for a person, such as “needs at least two”
 *
 * One thing that is wrong with a text.
 */
typedef struct
{
  char *file;
  char *place;
  char *reason;
} PostureFault;

/**
 * POSTURE_FAULTS_MAX:
 *
 * How many faults a list holds. A text with more has its last one replaced by a
 * remark that there are more.
 */
#define POSTURE_FAULTS_MAX 1000

typedef struct _PostureFaults PostureFaults;

PostureFaults      *posture_faults_new        (void);
void                posture_faults_free       (PostureFaults *self);
void                posture_faults_add        (PostureFaults *self,
                                               const char    *file,
                                               const char    *place,
                                               const char    *format,
                                               ...) G_GNUC_PRINTF (4, 5);
guint               posture_faults_get_length (PostureFaults *self);
const PostureFault *posture_faults_get        (PostureFaults *self,
                                               guint          index);
char               *posture_faults_to_text    (PostureFaults *self);
GError             *posture_faults_to_error   (PostureFaults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureFaults, posture_faults_free)

G_END_DECLS
