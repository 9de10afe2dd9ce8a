/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

static void
write_sections (PostureExport     *self,
                PostureJsonWriter *writer)
{
  posture_json_writer_key (writer, "sections");
  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < posture_questionnaire_get_n_sections (self->questionnaire); i++)
    {
      const PostureSection *section = posture_questionnaire_get_section (self->questionnaire, i);
      g_autofree char *title = posture_export_section_title (self, section->id, section->instance);

      posture_json_writer_member_string (writer, section->key, title);
    }
  posture_json_writer_end_object (writer);
}

static void
write_questions (PostureExportRun  *run,
                 PostureJsonWriter *writer,
                 GArray            *items)
{
  posture_json_writer_key (writer, "questions");
  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < items->len; i++)
    {
      const PostureExportItem *item = &g_array_index (items, PostureExportItem, i);
      g_autofree char *answer = posture_export_answer_text (run, item);
      const char *next = posture_export_next_text (run->export, item);

      posture_json_writer_key (writer, item->key);
      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "answer", answer);
      posture_json_writer_member_string (writer, "next", next);
      posture_json_writer_member_string (writer, "question", item->text);
      posture_json_writer_end_object (writer);
    }
  posture_json_writer_end_object (writer);
}

/* What ids mean, in the language of the export. */
static void
write_words (PostureExportRun  *run,
             PostureJsonWriter *writer,
             GArray            *items)
{
  PostureExport *self = run->export;
  const char *level = self->report->level;

  posture_json_writer_key (writer, "words");
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "language",
                                     posture_words_get_language (self->words));
  posture_json_writer_member_string (writer, "title", posture_words_get_title (self->words));
  posture_json_writer_member_string (writer, "level",
                                     level != NULL ? posture_words_get_level_title (self->words, level)
                                                   : NULL);
  write_sections (self, writer);
  write_questions (run, writer, items);
  posture_json_writer_end_object (writer);
}

static void
write_notes (PostureJsonWriter *writer,
             GArray            *items)
{
  posture_json_writer_key (writer, "notes");
  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < items->len; i++)
    {
      const PostureExportItem *item = &g_array_index (items, PostureExportItem, i);

      if (item->note != NULL)
        posture_json_writer_member_string (writer, item->key, item->note);
    }
  posture_json_writer_end_object (writer);
}

/* The report as it is stored, with what it is not complete without elsewhere. It is canonical JSON, with
 * texts as they were written: who shows them has to know what to do with them. */
GBytes *
posture_export_write_json (PostureExportRun *run,
                           GError          **error)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GArray) items = posture_export_list_items (run->export);
  g_autoptr (GString) text = NULL;
  g_autofree char *canonical = NULL;

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_int (writer, "format", 1);
  posture_json_writer_member_string (writer, "name", run->export->name);
  posture_json_writer_key (writer, "report");
  posture_report_write (writer, run->export->report);
  posture_json_writer_key (writer, "answers");
  posture_answers_write (run->export->answers, writer, /* with_notes = */ FALSE);
  write_notes (writer, items);
  if (!posture_export_run_step (run, 0.5, error))
    return NULL;
  write_words (run, writer, items);
  posture_json_writer_end_object (writer);
  canonical = posture_json_writer_finish_text (writer);
  text = g_string_new (canonical);
  g_string_append_c (text, '\n');
  return g_string_free_to_bytes (g_steal_pointer (&text));
}
