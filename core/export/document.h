/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* A report as a document: what to show, in which order and with which weight. HTML and PDF set the same
 * one, so that they say the same. All texts in it are clean, none is markup. */

typedef enum
{
  POSTURE_BLOCK_HEADING,
  POSTURE_BLOCK_PARAGRAPH,
  POSTURE_BLOCK_FACTS,
  POSTURE_BLOCK_CHART,
  POSTURE_BLOCK_TABLE,
  POSTURE_BLOCK_ENTRY,
} PostureBlockKind;

typedef enum
{
  POSTURE_TEXT_PLAIN,
  POSTURE_TEXT_LEAD,
  POSTURE_TEXT_DIM,
} PostureTextWeight;

/* A name and what is to be said of it. */
typedef struct
{
  char *label;
  char *text;
  gboolean dim;
} PosturePair;

/* A cell can lead to another place of the document. */
typedef struct
{
  char *text;
  char *target;
} PostureCell;

typedef struct
{
  PostureBlockKind kind;
  /* heading: 1 to 3; entry: one more than that of the heading above it */
  guint level;
  PostureTextWeight weight;
  /* where links lead to; an id of letters, digits and hyphens */
  char *anchor;
  /* entry: where its number leads to */
  char *target;
  char *number;
  char *text;
  /* entry: what is known of it, in a line */
  char *meta;
  /* of facts and entries */
  GPtrArray *pairs;
  PostureChart *chart;
  /* of a table: arrays of cells, the first has the heads; and how wide each column is, in parts */
  GPtrArray *rows;
  double widths[8];
  guint n_columns;
  /* columns of numbers, which stand at the end, as bits */
  guint numbers;
} PostureBlock;

typedef struct
{
  char *title;
  char *subtitle;
  char *language;
  gboolean mirrored;
  /* when what it tells was so, as in a report */
  char *moment;
  /* texts of the frame */
  char *contents;
  char *page_of;
  char *table;
  GPtrArray *blocks;
  /* of the last heading */
  guint level;
} PostureDocument;

PostureDocument *posture_document_new           (const char        *title,
                                                 const char        *subtitle);
void             posture_document_free          (PostureDocument   *self);
PostureBlock    *posture_document_add_heading   (PostureDocument   *self,
                                                 guint              level,
                                                 const char        *anchor,
                                                 const char        *text);
void             posture_document_add_paragraph (PostureDocument   *self,
                                                 PostureTextWeight  weight,
                                                 const char        *text);
PostureBlock    *posture_document_add_facts     (PostureDocument   *self);
void             posture_document_add_chart     (PostureDocument   *self,
                                                 PostureChart      *chart);
PostureBlock    *posture_document_add_table     (PostureDocument   *self,
                                                 guint              n_columns,
                                                 const double      *widths,
                                                 guint              numbers);
PostureBlock    *posture_document_add_entry     (PostureDocument   *self,
                                                 const char        *anchor,
                                                 const char        *number,
                                                 const char        *text,
                                                 const char        *meta);
void             posture_block_add_pair         (PostureBlock      *self,
                                                 const char        *label,
                                                 const char        *text,
                                                 gboolean           dim);
void             posture_block_add_row          (PostureBlock      *self);
void             posture_block_add_cell         (PostureBlock      *self,
                                                 const char        *text,
                                                 const char        *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureDocument, posture_document_free)

G_END_DECLS
