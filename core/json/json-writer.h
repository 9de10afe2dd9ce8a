/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"

G_BEGIN_DECLS

typedef struct _PostureJsonWriter PostureJsonWriter;

PostureJsonWriter *posture_json_writer_new            (void);
void               posture_json_writer_free           (PostureJsonWriter     *self);
void               posture_json_writer_begin_object   (PostureJsonWriter     *self);
void               posture_json_writer_end_object     (PostureJsonWriter     *self);
void               posture_json_writer_begin_array    (PostureJsonWriter     *self);
void               posture_json_writer_end_array      (PostureJsonWriter     *self);
void               posture_json_writer_key            (PostureJsonWriter     *self,
                                                       const char            *key);
void               posture_json_writer_string         (PostureJsonWriter     *self,
                                                       const char            *text);
void               posture_json_writer_int            (PostureJsonWriter     *self,
                                                       gint64                 value);
void               posture_json_writer_double         (PostureJsonWriter     *self,
                                                       double                 value);
void               posture_json_writer_decimal        (PostureJsonWriter     *self,
                                                       gint64                 units,
                                                       guint                  places);
void               posture_json_writer_boolean        (PostureJsonWriter     *self,
                                                       gboolean               value);
void               posture_json_writer_null           (PostureJsonWriter     *self);
void               posture_json_writer_node           (PostureJsonWriter     *self,
                                                       const PostureJsonNode *node);
void               posture_json_writer_canonical      (PostureJsonWriter     *self,
                                                       const char            *text);
void               posture_json_writer_member_string  (PostureJsonWriter     *self,
                                                       const char            *key,
                                                       const char            *text);
void               posture_json_writer_member_int     (PostureJsonWriter     *self,
                                                       const char            *key,
                                                       gint64                 value);
void               posture_json_append_text           (GString               *out,
                                                       const char            *text);
GBytes            *posture_json_writer_finish         (PostureJsonWriter     *self);
char              *posture_json_writer_finish_text    (PostureJsonWriter     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureJsonWriter, posture_json_writer_free)

G_END_DECLS
