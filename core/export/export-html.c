/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

#include "export/export-text.h"

/* How wide a page is for reading, in pixels, and how large its text: charts are drawn for that. */
#define WIDTH 720
/* The same of a phone, where a chart made smaller could not be read: there is another one for it. */
#define NARROW_WIDTH 330
#define FONT_SIZE 14

/* No script, nothing from elsewhere: a page that is told so cannot be made to, either. */
static const char head[] =
  "<meta charset=\"utf-8\">\n"
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
  "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
  "<meta name=\"referrer\" content=\"no-referrer\">\n"
  "<meta name=\"generator\" content=\"Posture " POSTURE_VERSION "\">\n";

static const char style[] =
  "<style>\n"
  ":root{color-scheme:light}\n"
  "*{box-sizing:border-box}\n"
  "body{margin:0 auto;padding:2.5rem 1.25rem 4rem;max-width:calc(720px + 2.5rem);background:#fff;"
  "color:#1f2126;font:1rem/1.55 Cantarell,Inter,\"Segoe UI\",Roboto,\"Noto Sans\",\"Liberation Sans\","
  "Arial,sans-serif;overflow-wrap:anywhere}\n"
  "h1{font-size:2.1rem;line-height:1.2;margin:0 0 .25rem}\n"
  ".subtitle{font-size:1.15rem;color:#5c616b;margin:0 0 1.5rem}\n"
  "h2{font-size:1.5rem;line-height:1.25;margin:3rem 0 .75rem;padding-top:.75rem;border-top:2px solid "
  "#1a59a3}\n"
  "h3{font-size:1.15rem;margin:2rem 0 .5rem}\n"
  "h4{font-size:1rem;margin:1.5rem 0 .5rem;color:#5c616b}\n"
  "p{margin:.5rem 0}\n"
  ".lead{font-size:1.15rem}\n"
  ".dim,.meta{color:#5c616b}\n"
  "a{color:#1a59a3}\n"
  "nav ul{list-style:none;margin:1rem 0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}\n"
  "dl{margin:.5rem 0;display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.3rem 1.25rem}\n"
  "dt{color:#5c616b}\n"
  "dd{margin:0;white-space:pre-line}\n"
  "figure{margin:1.25rem 0}\n"
  "svg{display:block;max-width:100%;height:auto;margin:0 auto}\n"
  ".narrow{display:none}\n"
  "@media screen and (max-width:36rem){.wide{display:none}.narrow{display:block}}\n"
  "details{margin:.5rem 0;font-size:.9rem}\n"
  "summary{color:#1a59a3;cursor:pointer}\n"
  "table{border-collapse:collapse;width:100%;margin:.75rem 0}\n"
  "th,td{text-align:start;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid "
  "#d9dce1}\n"
  "th{color:#5c616b;font-weight:600;font-size:.9rem}\n"
  /* a long word may break a name, but never squeezes a short column */
  "th,td{overflow-wrap:break-word}\n"
  "td a,details td:first-child{overflow-wrap:anywhere}\n"
  "td a{text-decoration:none}\n"
  "td a:hover{text-decoration:underline}\n"
  ".number{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
  "article{margin:0;padding:1rem 0 1rem 3.5rem;border-bottom:1px solid #d9dce1;position:relative}\n"
  "[dir=rtl] article{padding:1rem 3.5rem 1rem 0}\n"
  "article>.number{position:absolute;inset-inline-start:0;top:1rem;width:3rem;text-align:start;"
  "font-weight:700;color:#1a59a3;overflow-wrap:anywhere;white-space:normal}\n"
  "article>.title{font-size:1rem;font-weight:600;margin:0;color:inherit;white-space:pre-line}\n"
  "article>.meta{margin:.1rem 0 .5rem;font-size:.9rem}\n"
  "article dl{grid-template-columns:7rem 1fr;font-size:.95rem}\n"
  "@media (max-width:30rem){dl,article dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}"
  "article,[dir=rtl] article{padding-inline:0}article>.number{position:static;width:auto}}\n"
  "@page{size:A4;margin:18mm 18mm 20mm}\n"
  "@media print{:root{font-size:9.5pt}body{padding:0;max-width:none}nav,details{display:none}a{color:inherit;"
  "text-decoration:none}h2,h3,h4,h2+p,h3+p{break-after:avoid}article,figure,tr{break-inside:avoid}"
  "h2{margin-top:1.75rem}article{padding-top:.6rem;padding-bottom:.6rem}}\n"
  "</style>\n";

static void
add_text (GString    *html,
          const char *text)
{
  posture_export_append_html (html, text);
}

static void
add_element (GString    *html,
             const char *open,
             const char *text,
             const char *close)
{
  g_string_append (html, open);
  add_text (html, text);
  g_string_append (html, close);
}

static void
add_heading (GString            *html,
             const PostureBlock *block)
{
  g_string_append_printf (html, "<h%u id=\"%s\">", block->level + 1, block->anchor);
  add_text (html, block->text);
  g_string_append_printf (html, "</h%u>\n", block->level + 1);
}

static void
add_pairs (GString   *html,
           GPtrArray *pairs)
{
  if (pairs->len == 0)
    return;
  g_string_append (html, "<dl>\n");
  for (guint i = 0; i < pairs->len; i++)
    {
      const PosturePair *pair = g_ptr_array_index (pairs, i);

      add_element (html, "<dt>", pair->label, "</dt>");
      add_element (html, pair->dim ? "<dd class=\"dim\" dir=\"auto\">" : "<dd dir=\"auto\">", pair->text,
                   "</dd>\n");
    }
  g_string_append (html, "</dl>\n");
}

static void
add_drawing (GString               *html,
             const PostureDocument *document,
             PostureChart          *chart,
             const char            *class,
             double                 width)
{
  PostureChartTheme theme;
  g_autofree char *svg = NULL;

  posture_chart_theme_init (&theme);
  theme.font = "Cantarell, Inter, Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial";
  theme.font_size = FONT_SIZE;
  theme.mirrored = document->mirrored;
  svg = posture_chart_to_svg (chart, width, &theme);
  g_string_append_printf (html, "<div class=\"%s\">\n%s</div>\n", class, svg);
}

/* The chart's table is there for those who cannot see the chart, folded up for those who can. */
static void
add_chart (GString               *html,
           const PostureDocument *document,
           PostureChart          *chart)
{
  g_autoptr (GPtrArray) rows = posture_chart_dup_table (chart);

  g_string_append (html, "<figure>\n");
  add_drawing (html, document, chart, "wide", WIDTH);
  add_drawing (html, document, chart, "narrow", NARROW_WIDTH);
  g_string_append (html, "<details><summary>");
  add_text (html, document->table);
  g_string_append (html, "</summary>\n<table>\n");
  for (guint i = 0; i < rows->len; i++)
    {
      char **cells = g_ptr_array_index (rows, i);

      g_string_append (html, "<tr>");
      for (guint j = 0; cells[j] != NULL; j++)
        add_element (html, i == 0 ? "<th scope=\"col\">" : "<td>", cells[j], i == 0 ? "</th>" : "</td>");
      g_string_append (html, "</tr>\n");
    }
  g_string_append (html, "</table></details>\n</figure>\n");
}

static void
add_cell (GString           *html,
          const PostureCell *cell,
          gboolean           head_cell,
          gboolean           number)
{
  g_string_append_printf (html, "<%s%s dir=\"auto\">", head_cell ? "th scope=\"col\"" : "td",
                          number ? " class=\"number\"" : "");
  if (cell->target != NULL)
    g_string_append_printf (html, "<a href=\"#%s\">", cell->target);
  add_text (html, cell->text);
  g_string_append (html, cell->target != NULL ? "</a>" : "");
  g_string_append (html, head_cell ? "</th>" : "</td>");
}

static void
add_table (GString            *html,
           const PostureBlock *block)
{
  g_string_append (html, "<table>\n");
  for (guint i = 0; i < block->rows->len; i++)
    {
      GPtrArray *cells = g_ptr_array_index (block->rows, i);

      g_string_append (html, i == 0 ? "<thead><tr>" : "<tr>");
      for (guint j = 0; j < cells->len; j++)
        add_cell (html, g_ptr_array_index (cells, j), i == 0, (block->numbers & (1u << j)) != 0);
      g_string_append (html, i == 0 ? "</tr></thead>\n" : "</tr>\n");
    }
  g_string_append (html, "</table>\n");
}

static void
add_entry (GString            *html,
           const PostureBlock *block)
{
  g_string_append_printf (html, "<article id=\"%s\">\n", block->anchor);
  add_element (html, "<p class=\"number\">", block->number, "</p>\n");
  g_string_append_printf (html, "<h%u class=\"title\" dir=\"auto\">", block->level + 1);
  add_text (html, block->text);
  g_string_append_printf (html, "</h%u>\n", block->level + 1);
  add_element (html, "<p class=\"meta\">", block->meta, "</p>\n");
  add_pairs (html, block->pairs);
  g_string_append (html, "</article>\n");
}

static void
add_paragraph (GString            *html,
               const PostureBlock *block)
{
  add_element (html,
               block->weight == POSTURE_TEXT_LEAD  ? "<p class=\"lead\" dir=\"auto\">"
               : block->weight == POSTURE_TEXT_DIM ? "<p class=\"dim\" dir=\"auto\">"
                                                   : "<p dir=\"auto\">",
               block->text, "</p>\n");
}

static void
add_block (GString               *html,
           const PostureDocument *document,
           const PostureBlock    *block)
{
  switch (block->kind)
    {
    case POSTURE_BLOCK_HEADING:
      add_heading (html, block);
      break;
    case POSTURE_BLOCK_FACTS:
      add_pairs (html, block->pairs);
      break;
    case POSTURE_BLOCK_CHART:
      add_chart (html, document, block->chart);
      break;
    case POSTURE_BLOCK_TABLE:
      add_table (html, block);
      break;
    case POSTURE_BLOCK_ENTRY:
      add_entry (html, block);
      break;
    case POSTURE_BLOCK_PARAGRAPH:
    default:
      add_paragraph (html, block);
    }
}

static void
add_contents (GString               *html,
              const PostureDocument *document)
{
  g_string_append (html, "<nav aria-label=\"");
  add_text (html, document->contents);
  g_string_append (html, "\"><ul>\n");
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PostureBlock *block = g_ptr_array_index (document->blocks, i);

      if (block->kind != POSTURE_BLOCK_HEADING || block->level != 1)
        continue;
      g_string_append_printf (html, "<li><a href=\"#%s\">", block->anchor);
      add_text (html, block->text);
      g_string_append (html, "</a></li>\n");
    }
  g_string_append (html, "</ul></nav>\n");
}

static void
add_top (GString               *html,
         const PostureDocument *document)
{
  g_string_append (html, "<!DOCTYPE html>\n<html lang=\"");
  add_text (html, document->language);
  g_string_append_printf (html, "\" dir=\"%s\">\n<head>\n%s<title>", document->mirrored ? "rtl" : "ltr",
                          head);
  add_text (html, document->title);
  g_string_append (html, " – ");
  add_text (html, document->subtitle);
  g_string_append_printf (html, "</title>\n%s</head>\n<body>\n<header>\n", style);
  add_element (html, "<h1 dir=\"auto\">", document->title, "</h1>\n");
  add_element (html, "<p class=\"subtitle\" dir=\"auto\">", document->subtitle, "</p>\n");
}

/* A page in one file. */
GBytes *
posture_export_write_html (PostureExportRun *run,
                           GError          **error)
{
  g_autoptr (PostureDocument) document = posture_export_build_document (run, error);
  g_autoptr (GString) html = g_string_new (NULL);
  gboolean in_header = TRUE;

  if (document == NULL)
    return NULL;
  add_top (html, document);
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PostureBlock *block = g_ptr_array_index (document->blocks, i);

      if (in_header && block->kind == POSTURE_BLOCK_HEADING)
        {
          add_contents (html, document);
          g_string_append (html, "</header>\n<main>\n");
          in_header = FALSE;
        }
      add_block (html, document, block);
      if (!posture_export_run_step (run, POSTURE_EXPORT_BUILT + (1 - POSTURE_EXPORT_BUILT) * i / document->blocks->len,
                                    error))
        return NULL;
    }
  g_string_append (html, "</main>\n</body>\n</html>\n");
  return g_string_free_to_bytes (g_steal_pointer (&html));
}
