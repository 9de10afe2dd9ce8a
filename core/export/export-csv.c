/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

#include "export/export-text.h"

#include <string.h>

#define say(text) posture_export_words_get (run->words, text)

/* A text from anywhere: made clean and harmless. */
static void
add_text (GString    *csv,
          const char *text)
{
  g_autofree char *cleaned = posture_export_clean_text (text);

  if (csv->len > 0 && csv->str[csv->len - 1] != '\n')
    g_string_append_c (csv, ',');
  posture_export_append_cell (csv, cleaned);
}

/* A number of ours: for programs, with a point in any language. */
static void
add_number (GString *csv,
            gint64   millionths)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;

  posture_json_writer_decimal (writer, millionths, POSTURE_DECIMAL_PLACES);
  text = posture_json_writer_finish_text (writer);
  g_string_append_printf (csv, ",%s", text);
}

static void
add_head (PostureExportRun *run,
          GString          *csv)
{
  const char *const heads[] = {
    W_("Section"), W_("Question"), W_("Text"), W_("Answer"), W_("Target"), W_("Note"),
    W_("Points, worst"), W_("Points, best"), W_("Points, reachable"), W_("Rank"), W_("Severity"),
    W_("Effort"), W_("Points to gain"), W_("Why"), W_("What to do"), W_("Refers to"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    add_text (csv, say (heads[i]));
  g_string_append (csv, "\r\n");
}

static char *
section_path (PostureExport   *self,
              PostureQuestion *question)
{
  g_autoptr (GString) path = g_string_new (NULL);
  int index = (int) posture_question_get_section_number (question);

  while (index >= 0)
    {
      const PostureSection *at = posture_questionnaire_get_section (self->questionnaire, (guint) index);
      g_autofree char *title = NULL;

      if (path->len > 0)
        g_string_prepend (path, " / ");
      title = posture_export_section_title (self, at->id, at->instance);
      g_string_prepend (path, title);
      /* a repeated section stands in itself */
      index = at->parent;
      if (index >= 0 && at->instance != NULL
          && posture_questionnaire_get_section (self->questionnaire, (guint) index)->for_each != NULL)
        index = posture_questionnaire_get_section (self->questionnaire, (guint) index)->parent;
    }
  return g_string_free (g_steal_pointer (&path), FALSE);
}

static void
add_finding (PostureExportRun        *run,
             GString                 *csv,
             const PostureExportItem *item)
{
  const PostureFinding *finding = item->finding;

  g_string_append_printf (csv, ",%d", finding->rank);
  add_text (csv, posture_export_severity_level (run, finding));
  add_text (csv, posture_export_effort_level (run, finding));
  add_number (csv, finding->points);
  add_text (csv, posture_export_reason_words (run, finding));
  add_text (csv, posture_export_next_text (run->export, item));
}

static void
add_row (PostureExportRun        *run,
         GString                 *csv,
         const PostureExportItem *item)
{
  g_autofree char *section = section_path (run->export, item->question);
  g_autofree char *answer = posture_export_answer_text (run, item);
  g_autofree char *target = posture_export_target_text (run, item);
  g_autofree char *references = posture_export_references (
      run->export, posture_question_get_references (item->question), /* short_form = */ TRUE);

  add_text (csv, section);
  add_text (csv, item->key);
  add_text (csv, item->text);
  add_text (csv, answer);
  add_text (csv, target);
  add_text (csv, item->note);
  if (item->explanation != NULL)
    {
      add_number (csv, item->explanation->worst);
      add_number (csv, item->explanation->best);
      add_number (csv, item->explanation->reachable);
    }
  else
    g_string_append (csv, ",,,");
  if (item->finding != NULL)
    add_finding (run, csv, item);
  else
    g_string_append (csv, ",,,,,,");
  add_text (csv, references);
  g_string_append (csv, "\r\n");
}

/* A row for each visible question, with its answer and, where it has one, its finding; sorted by rank it is
 * the list of findings. With the mark that spreadsheets know UTF-8 by. */
GBytes *
posture_export_write_csv (PostureExportRun *run,
                          GError          **error)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GArray) items = posture_export_list_items (run->export);

  add_head (run, csv);
  for (guint i = 0; i < items->len; i++)
    {
      add_row (run, csv, &g_array_index (items, PostureExportItem, i));
      if (!posture_export_run_step (run, (double) i / items->len, error))
        return NULL;
    }
  g_string_prepend (csv, "\xef\xbb\xbf");
  return g_string_free_to_bytes (g_steal_pointer (&csv));
}
