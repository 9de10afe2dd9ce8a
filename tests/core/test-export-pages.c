/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "expected.h"
#include "export/pdf-private.h"
#include "model/answers.h"
#include "platform.h"
#include "rating/rating.h"

#include <cairo-pdf.h>

/* The pages of the examples' reports, box by box: nothing is cut off, and nothing lies over anything. */

/* Half a point: what outlines go beyond the line they stand on. */
#define TOLERANCE 0.5

static const char *const examples[] = { "essentials", "nist-800-171", "nist-csf-2", "owasp-samm" };
static const char *const languages[] = { "de", "en" };

static PostureExport *
make_export (PostureLibrary *library,
             const char     *example,
             const char     *language)
{
  const PostureRatingContext context = { "01935b7e-0000-7000-8000-000000000001",
                                         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                         "2026-11-23T21:46:44.000Z" };
  const char *const wanted[] = { language, NULL };
  g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_current (library, example);
  g_autoptr (PostureWords) words = posture_library_dup_words (
    library, posture_questionnaire_get_digest (questionnaire), wanted);
  g_autofree char *name = g_strconcat (example, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "examples", name, NULL);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *content;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (content, length);
  answers = posture_answers_new_from_file_bytes (bytes, name, questionnaire, faults);
  g_assert_nonnull (answers);
  report = posture_rate (questionnaire, answers, &context, &error);
  g_assert_no_error (error);
  return posture_export_new (report, questionnaire, words, answers, answers, "Workshop");
}

/* The text of a part is inside of its box, and of the column of text. */
static void
check_part (const PostureBox *box,
            guint             index)
{
  const PosturePart *part = &g_array_index (box->parts, PosturePart, index);
  PangoRectangle extents;
  double top = part->y, left = part->x, bottom, right;

  if (part->line < 0)
    pango_layout_get_extents (part->layout, NULL, &extents);
  else
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (part->layout, part->line);

      /* it is placed by its baseline */
      pango_layout_line_get_extents (line, NULL, &extents);
    }
  top += (double) extents.y / PANGO_SCALE;
  left += (double) extents.x / PANGO_SCALE;
  bottom = top + (double) extents.height / PANGO_SCALE;
  right = left + (double) extents.width / PANGO_SCALE;
  g_assert_cmpfloat (top, >=, -TOLERANCE);
  /* a label can have more lines: they stand beside the lines of the boxes that follow */
  if (part->line <= 0 || index + 1 == box->parts->len)
    g_assert_cmpfloat (bottom, <=, box->height + TOLERANCE);
  g_assert_cmpfloat (left, >=, -TOLERANCE);
  g_assert_cmpfloat (right, <=, POSTURE_TEXT_WIDTH + TOLERANCE);
}

/* Boxes follow one another on a page, none goes over its end, and no page is left out. */
static void
check_place (const PostureBox *before,
             const PostureBox *box)
{
  g_assert_cmpuint (box->page, <=, before->page + 1);
  if (box->page == before->page)
    g_assert_cmpfloat (box->y, >=, before->y + (before->space && before->y <= 0 ? 0 : before->height) - TOLERANCE);
  else
    {
      g_assert_cmpfloat (box->y, ==, 0);
      g_assert_false (before->keep);
    }
  if (!box->space)
    g_assert_cmpfloat (box->y + box->height, <=, POSTURE_TEXT_HEIGHT + TOLERANCE);
}

/* Each chapter is in the contents, in order, with the number of the page that it begins on. */
static void
check_contents (const PosturePdf *pdf)
{
  guint entry = 0;

  for (guint i = 0; i < pdf->boxes->len; i++)
    {
      const PostureBox *box = g_ptr_array_index (pdf->boxes, i);
      g_autofree char *number = NULL;
      const PosturePart *part;

      if (box->title == NULL || box->level != 1)
        continue;
      g_assert_cmpuint (entry, <, pdf->contents->parts->len);
      part = &g_array_index (pdf->contents->parts, PosturePart, entry++);
      number = g_strdup_printf ("\t%u", box->page + 1);
      g_assert_true (g_str_has_prefix (pango_layout_get_text (part->layout), box->title));
      g_assert_true (g_str_has_suffix (pango_layout_get_text (part->layout), number));
      g_assert_cmpstr (part->target, ==, box->anchor);
    }
  g_assert_cmpuint (entry, ==, pdf->contents->parts->len);
  g_assert_cmpuint (entry, >, 2);
}

/* The last chapter is short: it is not divided, so that no page has just its last lines. */
static void
check_last_chapter (const PosturePdf *pdf)
{
  guint i = pdf->boxes->len;

  while (((const PostureBox *) g_ptr_array_index (pdf->boxes, --i))->level != 1)
    continue;
  g_assert_cmpuint (((const PostureBox *) g_ptr_array_index (pdf->boxes, i))->page + 1, ==, pdf->n_pages);
}

static void
check_pages (const PosturePdf *pdf)
{
  const PostureBox *before = NULL;
  guint n_open = 0;

  for (guint i = 0; i < pdf->boxes->len; i++)
    {
      const PostureBox *box = g_ptr_array_index (pdf->boxes, i);

      for (guint k = 0; k < box->parts->len; k++)
        check_part (box, k);
      if (before != NULL)
        check_place (before, box);
      /* what is tagged begins and ends, and nothing stands half inside */
      if (box->tag != NULL)
        {
          g_assert_true (box->opens == (n_open == 0));
          n_open = box->closes ? 0 : 1;
        }
      before = box;
    }
  g_assert_cmpuint (n_open, ==, 0);
  g_assert_cmpuint (before->page + 1, ==, pdf->n_pages);
}

static void
append_block (GString            *text,
              const PostureBlock *block)
{
  static const char *const kinds[] = { "heading", "paragraph", "facts", "chart", "table", "entry" };

  g_string_append_printf (text, "%s %u %d %s %s %s\n", kinds[block->kind], block->level, block->weight,
                          block->anchor != NULL ? block->anchor : "–", block->text != NULL ? block->text : "–",
                          block->meta != NULL ? block->meta : "–");
  for (guint i = 0; block->pairs != NULL && i < block->pairs->len; i++)
    {
      const PosturePair *pair = g_ptr_array_index (block->pairs, i);

      g_string_append_printf (text, "  %s: %s%s\n", pair->label, pair->text, pair->dim ? " (dim)" : "");
    }
  for (guint i = 0; block->rows != NULL && i < block->rows->len; i++)
    {
      GPtrArray *cells = g_ptr_array_index (block->rows, i);

      for (guint k = 0; k < cells->len; k++)
        {
          const PostureCell *cell = g_ptr_array_index (cells, k);

          g_string_append_printf (text, "  | %s (%s, %.1f, %d)", cell->text, cell->target != NULL ? cell->target : "–",
                                  block->widths[k], (block->numbers & 1u << k) != 0);
        }
      g_string_append_c (text, '\n');
    }
  if (block->chart != NULL)
    {
      g_autoptr (GPtrArray) table = posture_chart_dup_table (block->chart);
      g_autofree char *description = posture_chart_dup_description (block->chart);

      g_string_append_printf (text, "  %s\n", description);
      for (guint i = 0; i < table->len; i++)
        {
          g_autofree char *row = g_strjoinv (" | ", g_ptr_array_index (table, i));

          g_string_append_printf (text, "  | %s\n", row);
        }
    }
}

/* What is told first, and where each section stands: with each method something else. */
static void
check_beginning (const PostureDocument *document,
                 const char            *example,
                 const char            *language)
{
  g_autofree char *name = g_strdup_printf ("beginning-%s-%s.txt", example, language);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PostureBlock *block = g_ptr_array_index (document->blocks, i);

      if (block->anchor != NULL && g_str_equal (block->anchor, "findings"))
        break;
      append_block (text, block);
    }
  expected_compare (name, text->str);
}

static void
test_pages (gconstpointer data)
{
  const char *example = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureLibrary) library = posture_platform_load_library (/* folder = */ NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (PostureExport) export = make_export (library, example, languages[i]);
      g_autoptr (PostureExportWords) words = posture_export_words_new (languages[i]);
      PostureExportRun run = { export, words, NULL, NULL, NULL };
      g_autoptr (PostureDocument) document = posture_export_build_document (&run, &error);
      g_auto (PosturePdf) pdf = { 0 };
      cairo_surface_t *surface = cairo_pdf_surface_create (NULL, POSTURE_PAGE_WIDTH, POSTURE_PAGE_HEIGHT);

      posture_pdf_init (&pdf, &run, document);
      g_assert_true (posture_pdf_set_blocks (&pdf, &error));
      posture_pdf_make_pages (&pdf);
      g_assert_true (posture_pdf_draw (&pdf, surface, &error));
      g_assert_no_error (error);
      check_beginning (document, example, languages[i]);
      check_pages (&pdf);
      check_last_chapter (&pdf);
      check_contents (&pdf);
      cairo_surface_destroy (surface);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *path = g_strconcat ("/export-pages/", examples[i], NULL);

      g_test_add_data_func (path, examples[i], test_pages);
    }
  return g_test_run ();
}
