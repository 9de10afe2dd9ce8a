/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-reader.h"

G_BEGIN_DECLS

typedef enum
{
  POSTURE_JSON_NULL,
  POSTURE_JSON_BOOLEAN,
  POSTURE_JSON_NUMBER,
  POSTURE_JSON_STRING,
  POSTURE_JSON_ARRAY,
  POSTURE_JSON_OBJECT,
} PostureJsonKind;

typedef struct _PostureJsonDocument PostureJsonDocument;
typedef struct _PostureJsonNode PostureJsonNode;

PostureJsonDocument   *posture_json_document_new        (GBytes                  *bytes,
                                                         const PostureJsonLimits *limits,
                                                         GError                 **error);
PostureJsonDocument   *posture_json_document_new_text   (const char              *text,
                                                         GError                 **error);
PostureJsonDocument   *posture_json_document_ref        (PostureJsonDocument     *self);
void                   posture_json_document_unref      (PostureJsonDocument     *self);
const PostureJsonNode *posture_json_document_get_root   (PostureJsonDocument     *self);

PostureJsonKind        posture_json_node_get_kind       (const PostureJsonNode   *self);
guint                  posture_json_node_get_length     (const PostureJsonNode   *self);
const PostureJsonNode *posture_json_node_get_element    (const PostureJsonNode   *self,
                                                         guint                    index);
const char            *posture_json_node_get_key        (const PostureJsonNode   *self,
                                                         guint                    index);
const PostureJsonNode *posture_json_node_get_member     (const PostureJsonNode   *self,
                                                         const char              *name);
const char            *posture_json_node_get_string     (const PostureJsonNode   *self);
gboolean               posture_json_node_get_boolean    (const PostureJsonNode   *self);
double                 posture_json_node_get_double     (const PostureJsonNode   *self);
gboolean               posture_json_node_get_int        (const PostureJsonNode   *self,
                                                         gint64                  *ret_value);
gboolean               posture_json_node_get_decimal    (const PostureJsonNode   *self,
                                                         guint                    places,
                                                         gint64                  *ret_units);
char                  *posture_json_node_to_text        (const PostureJsonNode   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureJsonDocument, posture_json_document_unref)

G_END_DECLS
