/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"
#include "model/faults.h"

G_BEGIN_DECLS

/* A walk through one JSON text that collects what is wrong with it. The place is kept up to date by
 * entering and leaving members; every question that finds nothing wrong leaves no trace. What is found
 * wrong in one place twice, since two things have the same id, is told once. */
typedef struct
{
  PostureFaults *faults;
  const char *file;
  const PostureJsonNode *root;
  GString *place;
  GHashTable *orders; /* node -> its number in the text; made when the first fault is found */
  GHashTable *told;   /* place and reason of what was found; made then, too */
  guint start;        /* faults that were there before */
  guint found;
} PostureCheck;

/* Calls and their arguments: @check, the object, the member's name; then what is asked of it. */

void                   posture_check_init       (PostureCheck          *self,
                                                 PostureFaults         *faults,
                                                 const char            *file,
                                                 const PostureJsonNode *root);
gboolean               posture_check_finish     (PostureCheck          *self);
PostureJsonDocument   *posture_check_document   (GBytes                *bytes,
                                                 const char            *file,
                                                 PostureFaults         *faults);

gsize                  posture_check_enter      (PostureCheck          *self,
                                                 const char            *member);
gsize                  posture_check_enter_at   (PostureCheck          *self,
                                                 guint                  index);
gsize                  posture_check_enter_key  (PostureCheck          *self,
                                                 const char            *key);
void                   posture_check_leave      (PostureCheck          *self,
                                                 gsize                  place);

void                   posture_check_fault      (PostureCheck          *self,
                                                 const PostureJsonNode *node,
                                                 const char            *format,
                                                 ...) G_GNUC_PRINTF (3, 4);
void                   posture_check_fault_in   (PostureCheck          *self,
                                                 const PostureJsonNode *object,
                                                 const char            *member,
                                                 const char            *format,
                                                 ...) G_GNUC_PRINTF (4, 5);

gboolean               posture_check_kind       (PostureCheck          *self,
                                                 const PostureJsonNode *node,
                                                 PostureJsonKind        kind);
gboolean               posture_check_members    (PostureCheck          *self,
                                                 const PostureJsonNode *object,
                                                 const char *const     *names);
const PostureJsonNode *posture_check_member     (PostureCheck          *self,
                                                 const PostureJsonNode *object,
                                                 const char            *name,
                                                 PostureJsonKind        kind,
                                                 gboolean               required);
const char            *posture_check_text       (PostureCheck          *self,
                                                 const PostureJsonNode *object,
                                                 const char            *name,
                                                 gboolean               required);
const char            *posture_check_id         (PostureCheck          *self,
                                                 const PostureJsonNode *object,
                                                 const char            *name);
gboolean               posture_check_int        (PostureCheck          *self,
                                                 const PostureJsonNode *object,
                                                 const char            *name,
                                                 gint64                 minimum,
                                                 gint64                 maximum,
                                                 gboolean               required,
                                                 gint64                *ret_value);
gboolean               posture_check_decimal    (PostureCheck          *self,
                                                 const PostureJsonNode *object,
                                                 const char            *name,
                                                 guint                  places,
                                                 gint64                 minimum,
                                                 gint64                 maximum,
                                                 gboolean               required,
                                                 gint64                *ret_units);
gboolean               posture_check_boolean    (PostureCheck          *self,
                                                 const PostureJsonNode *object,
                                                 const char            *name);

G_END_DECLS
