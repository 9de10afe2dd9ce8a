/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/library.h"
#include "user/user-service.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PostureContextState:
 * @POSTURE_CONTEXT_LOADING: the profile is being opened
 * @POSTURE_CONTEXT_READY: the user service is there
 * @POSTURE_CONTEXT_FAILED: the profile cannot be opened
 *
 * How far a profile is opened.
 */
typedef enum
{
  POSTURE_CONTEXT_LOADING,
  POSTURE_CONTEXT_READY,
  POSTURE_CONTEXT_FAILED,
} PostureContextState;

#define POSTURE_TYPE_CONTEXT (posture_context_get_type ())
G_DECLARE_FINAL_TYPE (PostureContext, posture_context, POSTURE, CONTEXT, GObject)

PostureContext      *posture_context_new         (void);
void                 posture_context_set_ready   (PostureContext     *self,
                                                  PostureUserService *user,
                                                  PostureLibrary     *library);
void                 posture_context_set_failed  (PostureContext     *self,
                                                  const GError       *error);
void                 posture_context_retry       (PostureContext     *self);
void                 posture_context_close       (PostureContext     *self);
PostureContextState  posture_context_get_state   (PostureContext     *self);
const GError        *posture_context_get_error   (PostureContext     *self);
PostureUserService  *posture_context_get_user    (PostureContext     *self);
PostureLibrary      *posture_context_get_library (PostureContext     *self);
PostureWords        *posture_context_dup_words   (PostureContext     *self,
                                                  const char         *digest);
void                 posture_context_set_folder  (PostureContext     *self,
                                                  const char         *folder);
const char          *posture_context_get_folder  (PostureContext     *self);
void                 posture_context_restore     (PostureContext     *self,
                                                  const char         *path,
                                                  const char         *passphrase);
gint64               posture_context_get_now     (PostureContext     *self);

G_END_DECLS
