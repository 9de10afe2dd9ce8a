/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"
#include "pattern/pattern-arena-private.h"

G_BEGIN_DECLS

/* A number as it is compared: by its value where its spelling is exactly what the double prints
 * as, else by its spelling alone. */
double   posture_pattern_number_read     (const char *text,
                                          gsize       length);
gboolean posture_pattern_number_is_exact (const char *text,
                                          gsize       length,
                                          double      value);

/* An IP address: 4 or 16 bytes. */
typedef struct
{
  guint8 bytes[16];
  guint length;
} PatternAddress;

gboolean posture_pattern_address_parse  (PatternAddress       *self,
                                         const char           *text,
                                         gsize                 length);
void     posture_pattern_address_mask   (PatternAddress       *self,
                                         guint                 bits);
gboolean posture_pattern_address_within (const PatternAddress *self,
                                         const PatternAddress *network,
                                         guint                 bits);

typedef struct
{
  const char *text;
  gsize length;
} PatternText;

gsize posture_pattern_fold (const char *text,
                            gsize       length,
                            char       *ret_folded);

typedef enum
{
  PATTERN_KNOWN_NUMBER = 1 << 0,
  PATTERN_KNOWN_EXACT = 1 << 1,
  PATTERN_KNOWN_FOLDED = 1 << 2,
  PATTERN_KNOWN_ADDRESS = 1 << 3,
} PatternKnown;

/* A string, number, boolean or null of an event. What else is asked of it is found out once, and
 * only if somebody asks. */
typedef struct
{
  const char *text; /* a string without quotes and escapes, a number as it is spelled */
  guint32 length;
  guint8 kind; /* PostureJsonKind */
  guint8 truth;
  guint8 known; /* PatternKnown */
  guint8 exact;
  double number;
  const PatternText *folded;
  const PatternAddress *address; /* NULL: it is none */
} PatternValue;

void posture_pattern_value_find_number  (PatternValue *self);
void posture_pattern_value_find_exact   (PatternValue *self);
void posture_pattern_value_find_folded  (PatternValue *self,
                                         PatternArena *arena);
void posture_pattern_value_find_address (PatternValue *self,
                                         PatternArena *arena);

static inline double
posture_pattern_value_get_number (PatternValue *self)
{
  if ((self->known & PATTERN_KNOWN_NUMBER) == 0)
    posture_pattern_value_find_number (self);
  return self->number;
}

static inline gboolean
posture_pattern_value_is_exact (PatternValue *self)
{
  if ((self->known & PATTERN_KNOWN_EXACT) == 0)
    posture_pattern_value_find_exact (self);
  return self->exact;
}

static inline PatternText
posture_pattern_value_get_folded (PatternValue *self,
                                  PatternArena *arena)
{
  if ((self->known & PATTERN_KNOWN_FOLDED) == 0)
    posture_pattern_value_find_folded (self, arena);
  return *self->folded;
}

static inline const PatternAddress *
posture_pattern_value_get_address (PatternValue *self,
                                   PatternArena *arena)
{
  if ((self->known & PATTERN_KNOWN_ADDRESS) == 0)
    posture_pattern_value_find_address (self, arena);
  return self->address;
}

G_END_DECLS
