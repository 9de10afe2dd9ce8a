/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus-error.h"
#include "bus/event.h"

G_BEGIN_DECLS

/* The limits of an input transformer, as Amazon EventBridge has them. */
#define POSTURE_INPUT_MAX_VARIABLES 100
#define POSTURE_INPUT_MAX_TEMPLATE 8192
#define POSTURE_INPUT_MAX_NAME 256

typedef struct _PostureInput PostureInput;

PostureInput *posture_input_new   (const char    *settings,
                                   GError       **error);
PostureInput *posture_input_ref   (PostureInput  *self);
void          posture_input_unref (PostureInput  *self);
char         *posture_input_apply (PostureInput  *self,
                                   PostureEvent  *event,
                                   const char    *rule,
                                   gint64         put,
                                   GError       **error);
char         *posture_rule_dup_arn (const char   *account,
                                    const char   *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureInput, posture_input_unref)

G_END_DECLS
