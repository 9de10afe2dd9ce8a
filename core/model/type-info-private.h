/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"
#include "json/json-writer.h"
#include "model/type-pool.h"

G_BEGIN_DECLS

/* What generate-types.py says of the structs it makes, and the one code that reads and writes them
 * all. */

typedef struct _PostureTypeInfo PostureTypeInfo;

typedef enum
{
  POSTURE_TYPE_STRING,
  POSTURE_TYPE_ID,
  POSTURE_TYPE_UUID,
  POSTURE_TYPE_DIGEST,
  POSTURE_TYPE_DATE_TIME,
  POSTURE_TYPE_ANSWERS,
  POSTURE_TYPE_INT,
  POSTURE_TYPE_BOOLEAN,
  POSTURE_TYPE_DECIMAL,
  POSTURE_TYPE_ENUM,
  POSTURE_TYPE_OBJECT,
} PostureTypeKind;

typedef struct
{
  const char *name;
  PostureTypeKind kind;
  gsize offset;
  gsize flag;                /* offset of the flag that says a nullable number is there, or 0 */
  gboolean nullable;
  gboolean sparse;           /* left out where it is null */
  gboolean list;
  const char *const *values; /* of an enum */
  const PostureTypeInfo *type;
} PostureTypeField;

struct _PostureTypeInfo
{
  gsize size;
  const PostureTypeField *fields;
  guint n_fields;
};

#define POSTURE_TYPE_DECIMAL_PLACES 6

gpointer posture_type_new        (const PostureTypeInfo *type);
gpointer posture_type_new_in     (const PostureTypeInfo *type,
                                  PostureTypePool       *pool);
gpointer posture_type_ref        (gpointer               instance);
void     posture_type_unref      (const PostureTypeInfo *type,
                                  gpointer               instance);
gpointer posture_type_read       (const PostureTypeInfo *type,
                                  const PostureJsonNode *node,
                                  GError               **error);
void     posture_type_write      (const PostureTypeInfo *type,
                                  PostureJsonWriter     *writer,
                                  gconstpointer          instance);
int      posture_type_find_value (const char *const     *values,
                                  const char            *text);

G_END_DECLS
