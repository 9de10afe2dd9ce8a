/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus-error.h"

G_BEGIN_DECLS

/* The template of an input transformer. */
typedef struct _PostureTemplate PostureTemplate;

/* The value of a variable, as a bare string or as JSON; NULL without an error if it has none. */
typedef char *(*PostureTemplateFunc) (const char *name,
                                      gboolean   *ret_is_string,
                                      gpointer    data,
                                      GError    **error);

PostureTemplate *posture_template_new    (const char             *text,
                                          GHashTable             *variables,
                                          GError                **error);
void             posture_template_free   (PostureTemplate        *self);
char            *posture_template_render (const PostureTemplate  *self,
                                          PostureTemplateFunc     func,
                                          gpointer                data,
                                          GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureTemplate, posture_template_free)

G_END_DECLS
