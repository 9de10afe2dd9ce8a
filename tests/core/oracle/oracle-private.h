/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"
#include "pattern/pattern-private.h"

G_BEGIN_DECLS

/* A number as it is compared: by its value where its spelling is exactly what the double prints
 * as, else by its spelling alone. */
typedef struct
{
  const char *text;
  double value;
  gboolean exact;
} OracleNumber;

void     oracle_number_init  (OracleNumber       *self,
                              const char         *text);
gboolean oracle_number_equal (const OracleNumber *a,
                              const OracleNumber *b);

/* An IP address: 4 or 16 bytes. */
typedef struct
{
  guint8 bytes[16];
  guint length;
} OracleAddress;

gboolean oracle_address_parse  (OracleAddress       *self,
                                const char          *text);
gboolean oracle_address_within (const OracleAddress *self,
                                const OracleAddress *network,
                                guint                bits);

typedef struct _OracleWildcard OracleWildcard;

OracleWildcard *oracle_wildcard_new     (const char           *text);
void            oracle_wildcard_free    (OracleWildcard       *self);
gboolean        oracle_wildcard_matches (const OracleWildcard *self,
                                         const char           *text);

gboolean oracle_condition_holds (PatternCondition      *self,
                                 const PostureJsonNode *value);

/* One step of the paths that a pattern names: "detail" with "state" below it. */
typedef struct
{
  int path;             /* which path ends here, -1 if none does */
  GHashTable *children; /* (element-type utf8 OracleStep) (nullable) */
} OracleStep;

/* The part of an event that a pattern asks for. */
typedef enum
{
  ORACLE_FIELD_LEAF,
  ORACLE_FIELD_ALL, /* its children stand side by side */
  ORACLE_FIELD_ONE, /* its children are the elements of one array */
} OracleFieldKind;

typedef struct
{
  OracleFieldKind kind;
  guint path; /* of a leaf */
  const PostureJsonNode *value;
  GPtrArray *children; /* (element-type OracleField) */
  guint64 can;         /* which conditions something in here fulfils */
  guint64 present;     /* whose field is in here at all */
  guint64 twice;       /* whose field is in more than one child */
} OracleField;

OracleStep  *oracle_step_new   (GPtrArray             *paths);
void         oracle_step_free  (OracleStep            *self);
OracleField *oracle_field_new  (const OracleStep      *steps,
                                const PostureJsonNode *event);
void         oracle_field_free (OracleField           *self);

G_END_DECLS
