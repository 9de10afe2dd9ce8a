/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "export/document.h"
#include "export/export-private.h"

#include <pango/pango.h>

G_BEGIN_DECLS

/* How far the work is when the lines are laid out, and when they are drawn. */
#define POSTURE_PDF_LAID_OUT 0.55
#define POSTURE_PDF_DRAWN 0.95

/* A page of A4 and its margins, in points. */
#define POSTURE_PAGE_WIDTH 595.276
#define POSTURE_PAGE_HEIGHT 841.89
#define POSTURE_PAGE_SIDE 60.0
#define POSTURE_PAGE_TOP 64.0
#define POSTURE_PAGE_BOTTOM 66.0
#define POSTURE_TEXT_WIDTH (POSTURE_PAGE_WIDTH - 2 * POSTURE_PAGE_SIDE)
/* Of the contents. */
#define POSTURE_COLUMN_GAP 36.0
#define POSTURE_COLUMN_WIDTH ((POSTURE_TEXT_WIDTH - POSTURE_COLUMN_GAP) / 2)
#define POSTURE_CONTENTS_ROW 15.0
#define POSTURE_TEXT_HEIGHT (POSTURE_PAGE_HEIGHT - POSTURE_PAGE_TOP - POSTURE_PAGE_BOTTOM)

/* A piece of text in a box: a line of a layout, or all of a small one. */
typedef struct
{
  PangoLayout *layout;
  /* which line, or -1 for all */
  int line;
  double x;
  double y;
  const PostureChartColor *color;
  /* where it leads to, and what it is in the structure of the document */
  char *target;
  const char *tag;
} PosturePart;

/* What is never divided between pages: a line, a row of a table, a chart. */
typedef struct
{
  double height;
  /* whether it stands on the same page as the next one */
  gboolean keep;
  /* left out where a page begins */
  gboolean space;
  GArray *parts;
  PostureChart *chart;
  gboolean rule;
  /* structure: a tag that begins and ends here, or goes on */
  const char *tag;
  gboolean opens;
  gboolean closes;
  /* a place that links lead to, and its name in the outline */
  char *anchor;
  char *title;
  guint level;
  /* found when the pages are made */
  guint page;
  double y;
} PostureBox;

typedef struct
{
  PostureExportRun *run;
  PostureDocument *document;
  PostureChartTheme theme;
  PangoContext *context;
  GPtrArray *boxes;
  /* text -> layout: a few labels come again and again */
  GHashTable *labels;
  /* where the contents are to stand, and in how many rows */
  PostureBox *contents;
  guint n_rows;
  guint n_pages;
} PosturePdf;

void        posture_pdf_init          (PosturePdf        *self,
                                       PostureExportRun  *run,
                                       PostureDocument   *document);
void        posture_pdf_clear         (PosturePdf        *self);
PangoLayout *posture_pdf_new_layout   (PosturePdf        *self,
                                       const char        *text,
                                       double             size,
                                       gboolean           bold,
                                       double             width);
PostureBox *posture_pdf_add_box       (PosturePdf        *self,
                                       double             height);
void        posture_pdf_add_space     (PosturePdf        *self,
                                       double             height);
void        posture_box_add_part      (PostureBox        *self,
                                       PangoLayout       *layout,
                                       int                line,
                                       double             x,
                                       double             y,
                                       const PostureChartColor *color,
                                       const char        *target,
                                       const char        *tag);
void        posture_box_add_label     (PostureBox        *self,
                                       PangoLayout       *layout,
                                       double             x,
                                       const PostureChartColor *color);
PangoLayout *posture_pdf_new_short    (PosturePdf        *self,
                                       const char        *text,
                                       double             size,
                                       double             width,
                                       guint              n_lines);
guint       posture_pdf_add_text      (PosturePdf        *self,
                                       const char        *text,
                                       double             size,
                                       gboolean           bold,
                                       double             x,
                                       const PostureChartColor *color,
                                       const char        *tag);
gboolean    posture_pdf_set_blocks    (PosturePdf        *self,
                                       GError           **error);
void        posture_pdf_make_pages    (PosturePdf        *self);
gboolean    posture_pdf_draw          (PosturePdf        *self,
                                       cairo_surface_t   *surface,
                                       GError           **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosturePdf, posture_pdf_clear)

G_END_DECLS
