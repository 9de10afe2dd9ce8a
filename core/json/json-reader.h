/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PostureJsonError:
 * @POSTURE_JSON_ERROR_SYNTAX: the text is not JSON
 * @POSTURE_JSON_ERROR_EMPTY: there is no value at all
 * @POSTURE_JSON_ERROR_TRAILING: text follows the value
 * @POSTURE_JSON_ERROR_UTF8: a text with bytes that are not UTF-8, a lone surrogate, or a NUL
 * @POSTURE_JSON_ERROR_DEPTH: nested deeper than the limit
 * @POSTURE_JSON_ERROR_SIZE: longer than the limit
 * @POSTURE_JSON_ERROR_DUPLICATE: a member's name stands twice in one object
 *
 * Why a text was refused. The message names line and column, unless the text
 * is too long to be looked at.
 */
typedef enum
{
  POSTURE_JSON_ERROR_SYNTAX,
  POSTURE_JSON_ERROR_EMPTY,
  POSTURE_JSON_ERROR_TRAILING,
  POSTURE_JSON_ERROR_UTF8,
  POSTURE_JSON_ERROR_DEPTH,
  POSTURE_JSON_ERROR_SIZE,
  POSTURE_JSON_ERROR_DUPLICATE,
} PostureJsonError;

#define POSTURE_JSON_ERROR (posture_json_error_quark ())
GQuark posture_json_error_quark (void);

/**
 * PostureJsonLimits:
 * @max_size: longest text, in bytes
 * @max_depth: how deep arrays and objects may nest, at most %POSTURE_JSON_MAX_DEPTH
 * @allow_duplicates: whether a name may stand twice in one object; only
 *   posture_json_document_new() looks at it, since a reader has no memory
 *
 * What a text may be like.
 */
typedef struct
{
  gsize max_size;
  guint max_depth;
  gboolean allow_duplicates;
} PostureJsonLimits;

#define POSTURE_JSON_MAX_DEPTH 1024

extern const PostureJsonLimits posture_json_limits_default;

typedef enum
{
  POSTURE_JSON_TOKEN_ERROR,
  POSTURE_JSON_TOKEN_BEGIN_OBJECT,
  POSTURE_JSON_TOKEN_END_OBJECT,
  POSTURE_JSON_TOKEN_BEGIN_ARRAY,
  POSTURE_JSON_TOKEN_END_ARRAY,
  POSTURE_JSON_TOKEN_KEY,
  POSTURE_JSON_TOKEN_STRING,
  POSTURE_JSON_TOKEN_NUMBER,
  POSTURE_JSON_TOKEN_TRUE,
  POSTURE_JSON_TOKEN_FALSE,
  POSTURE_JSON_TOKEN_NULL,
  POSTURE_JSON_TOKEN_END,
} PostureJsonToken;

typedef struct _PostureJsonReader PostureJsonReader;

PostureJsonReader *posture_json_reader_new        (const char              *text,
                                                   gsize                    length,
                                                   const PostureJsonLimits *limits);
void               posture_json_reader_free       (PostureJsonReader       *self);
PostureJsonToken   posture_json_reader_next       (PostureJsonReader       *self,
                                                   GError                 **error);
const char        *posture_json_reader_get_text   (PostureJsonReader       *self,
                                                   gsize                   *ret_length);
gsize              posture_json_reader_get_offset (PostureJsonReader       *self);
void               posture_json_reader_get_place  (PostureJsonReader       *self,
                                                   gsize                    offset,
                                                   guint                   *ret_line,
                                                   guint                   *ret_column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureJsonReader, posture_json_reader_free)

G_END_DECLS
