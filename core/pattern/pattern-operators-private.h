/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern-private.h"

G_BEGIN_DECLS

/* Reads what stands behind an operator's name; %NULL where it is refused, with the parser's error set. */
typedef PatternTest *(*PatternReadFunc) (PatternParser         *parser,
                                         const PostureJsonNode *value);

typedef struct
{
  const char *name;
  PatternReadFunc read;
} PatternOperator;

const char  *posture_pattern_get_only_member   (PatternParser          *parser,
                                                const PostureJsonNode  *object,
                                                const PostureJsonNode **ret_value);
PatternTest *posture_pattern_read_text         (PatternParser          *parser,
                                                const PostureJsonNode  *value,
                                                PatternTestKind         kind);
PatternTest *posture_pattern_read_ignore_case  (PatternParser          *parser,
                                                const PostureJsonNode  *value);
PatternTest *posture_pattern_read_wildcard     (PatternParser          *parser,
                                                const PostureJsonNode  *value);
PatternTest *posture_pattern_read_numeric      (PatternParser          *parser,
                                                const PostureJsonNode  *value);
PatternTest *posture_pattern_read_anything_but (PatternParser          *parser,
                                                const PostureJsonNode  *value);

G_END_DECLS
