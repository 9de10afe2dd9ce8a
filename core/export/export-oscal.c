/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

#include "export/export-text.h"

#include <string.h>

#define OSCAL_VERSION "1.0.6"
/* Our names of properties, which OSCAL wants told apart from its own. */
#define NAMESPACE "urn:io.github.posture_app.Posture"

#define say(text) posture_export_words_get (run->words, text)

/* A name for a thing in the report that is the same whenever it is made: a UUID of version 5 in the namespace
 * of URLs (RFC 4122, section 4.3 and appendix C). */
static char *
make_uuid (PostureExport *self,
           const char    *kind,
           const char    *key)
{
  static const guint8 urls[] = { 0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *name = g_strdup_printf (NAMESPACE ":%s:%s:%s", self->report->id, kind, key);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (checksum, urls, sizeof urls);
  g_checksum_update (checksum, (const guchar *) name, (gssize) strlen (name));
  g_checksum_get_digest (checksum, digest, &length);
  digest[6] = (guint8) ((digest[6] & 0x0f) | 0x50);
  digest[8] = (guint8) ((digest[8] & 0x3f) | 0x80);
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          digest[0], digest[1], digest[2], digest[3], digest[4], digest[5], digest[6],
                          digest[7], digest[8], digest[9], digest[10], digest[11], digest[12],
                          digest[13], digest[14], digest[15]);
}

static void
write_uuid (PostureJsonWriter *writer,
            PostureExport     *self,
            const char        *member,
            const char        *kind,
            const char        *key)
{
  g_autofree char *uuid = make_uuid (self, kind, key);

  posture_json_writer_member_string (writer, member, uuid);
}

/* Prose is Markdown to OSCAL; a title is a line of it. */
static void
write_prose (PostureJsonWriter *writer,
             const char        *member,
             const char        *text,
             gboolean           one_line)
{
  g_autofree char *clean = one_line ? posture_export_clean_line (text) : posture_export_clean_text (text);
  g_autofree char *escaped = posture_export_escape_markup (clean);

  posture_json_writer_member_string (writer, member, *escaped != '\0' ? escaped : "–");
}

/* A property; there is none without a value. */
static void
write_prop (PostureJsonWriter *writer,
            const char        *name,
            const char        *value)
{
  g_autofree char *clean = posture_export_clean_line (value);

  if (*clean == '\0')
    return;
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "name", name);
  posture_json_writer_member_string (writer, "ns", NAMESPACE);
  posture_json_writer_member_string (writer, "value", clean);
  posture_json_writer_end_object (writer);
}

static void
write_number_prop (PostureJsonWriter *writer,
                   const char        *name,
                   gint64             millionths)
{
  g_autoptr (PostureJsonWriter) number = posture_json_writer_new ();
  g_autofree char *text = NULL;

  posture_json_writer_decimal (number, millionths, POSTURE_DECIMAL_PLACES);
  text = posture_json_writer_finish_text (number);
  write_prop (writer, name, text);
}

static void
begin_list (PostureJsonWriter *writer,
            const char        *member)
{
  posture_json_writer_key (writer, member);
  posture_json_writer_begin_array (writer);
}

/* A control as OSCAL can name it: letters, digits, points, hyphens and underscores, with a letter first. */
static char *
control_id (const char *reference)
{
  const char *colon = strchr (reference, ':');
  const char *control = colon != NULL ? colon + 1 : reference;
  GString *id = g_string_new (g_ascii_isalpha (*control) ? control : reference);

  if (!g_ascii_isalpha (*id->str))
    g_string_prepend_c (id, '_');
  for (gsize i = 0; i < id->len; i++)
    if (!g_ascii_isalnum (id->str[i]) && strchr (".-_", id->str[i]) == NULL)
      id->str[i] = '_';
  return g_string_free (id, FALSE);
}

static void
write_metadata (PostureExportRun  *run,
                PostureJsonWriter *writer)
{
  PostureExport *self = run->export;
  g_autofree char *version = g_strdup_printf ("%.12s", self->report->id);

  posture_json_writer_key (writer, "metadata");
  posture_json_writer_begin_object (writer);
  write_prose (writer, "title", self->name, TRUE);
  posture_json_writer_member_string (writer, "last-modified", self->report->submitted);
  posture_json_writer_member_string (writer, "version", version);
  posture_json_writer_member_string (writer, "oscal-version", OSCAL_VERSION);
  begin_list (writer, "props");
  write_prop (writer, "report", self->report->id);
  write_prop (writer, "revision", self->report->revision);
  write_prop (writer, "assessment", self->report->assessment);
  write_prop (writer, "language", posture_export_words_get_language (run->words));
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
}

static void
write_score (PostureExportRun  *run,
             PostureJsonWriter *writer)
{
  const PostureReport *report = run->export->report;
  const PostureScore *score = report->score;

  begin_list (writer, "props");
  write_prop (writer, "method", report->method->id);
  if (score->has_value)
    write_number_prop (writer, "score", score->value);
  if (score->has_worst)
    write_number_prop (writer, "score-worst", score->worst);
  if (score->has_best)
    write_number_prop (writer, "score-best", score->best);
  write_number_prop (writer, "score-minimum", score->min);
  write_number_prop (writer, "score-maximum", score->max);
  write_prop (writer, "score-reason", score->reason);
  write_prop (writer, "level", report->level);
  write_number_prop (writer, "answered", report->coverage->answered * POSTURE_DECIMAL_ONE);
  write_number_prop (writer, "unknown", report->coverage->unknown * POSTURE_DECIMAL_ONE);
  write_number_prop (writer, "not-applicable", report->coverage->not_applicable * POSTURE_DECIMAL_ONE);
  write_number_prop (writer, "unanswered", report->coverage->unanswered * POSTURE_DECIMAL_ONE);
  posture_json_writer_end_array (writer);
}

/* The controls of one catalogue that questions refer to. */
static void
write_selection (PostureJsonWriter      *writer,
                 GArray                 *items,
                 const PostureCatalogue *catalogue)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *prefix = g_strconcat (catalogue->id, ":", NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const char *const *references = posture_question_get_references (
        g_array_index (items, PostureExportItem, i).question);

      for (guint j = 0; references != NULL && references[j] != NULL; j++)
        {
          char *id = g_str_has_prefix (references[j], prefix) ? control_id (references[j]) : NULL;

          if (id == NULL || !g_hash_table_add (seen, id))
            continue;
          if (g_hash_table_size (seen) == 1)
            {
              posture_json_writer_begin_object (writer);
              write_prose (writer, "description", catalogue->title, FALSE);
              begin_list (writer, "include-controls");
            }
          posture_json_writer_begin_object (writer);
          posture_json_writer_member_string (writer, "control-id", id);
          posture_json_writer_end_object (writer);
        }
    }
  if (g_hash_table_size (seen) == 0)
    return;
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
}

static gboolean
refers (GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const char *const *references = posture_question_get_references (
        g_array_index (items, PostureExportItem, i).question);

      if (references != NULL && references[0] != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
write_controls (PostureExport     *self,
                PostureJsonWriter *writer,
                GArray            *items)
{
  posture_json_writer_key (writer, "reviewed-controls");
  posture_json_writer_begin_object (writer);
  begin_list (writer, "control-selections");
  if (refers (items))
    for (guint i = 0; i < posture_questionnaire_get_n_catalogues (self->questionnaire); i++)
      write_selection (writer, items, posture_questionnaire_get_catalogue (self->questionnaire, i));
  else
    {
      posture_json_writer_begin_object (writer);
      posture_json_writer_key (writer, "include-all");
      posture_json_writer_begin_object (writer);
      posture_json_writer_end_object (writer);
      posture_json_writer_end_object (writer);
    }
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
}

/* What was said of a question, with its note. */
static void
write_observation (PostureExportRun        *run,
                   PostureJsonWriter       *writer,
                   const PostureExportItem *item)
{
  g_autofree char *answer = posture_export_answer_text (run, item);

  posture_json_writer_begin_object (writer);
  write_uuid (writer, run->export, "uuid", "observation", item->key);
  write_prose (writer, "title", item->text, TRUE);
  write_prose (writer, "description", answer, FALSE);
  begin_list (writer, "props");
  write_prop (writer, "question", item->id);
  write_prop (writer, "instance", item->instance);
  posture_json_writer_end_array (writer);
  begin_list (writer, "methods");
  posture_json_writer_string (writer, "INTERVIEW");
  posture_json_writer_end_array (writer);
  posture_json_writer_member_string (writer, "collected", run->export->report->submitted);
  if (item->note != NULL)
    write_prose (writer, "remarks", item->note, FALSE);
  posture_json_writer_end_object (writer);
}

/* What may come of it, and what to do. */
static void
write_risk (PostureExportRun        *run,
            PostureJsonWriter       *writer,
            const PostureExportItem *item)
{
  const PostureFinding *finding = item->finding;
  g_autofree char *rank = g_strdup_printf ("%d", finding->rank);
  const char *why = posture_words_get_question (run->export->words, item->id, POSTURE_WORDS_WHY);

  posture_json_writer_begin_object (writer);
  write_uuid (writer, run->export, "uuid", "risk", item->key);
  write_prose (writer, "title", item->text, TRUE);
  write_prose (writer, "description", posture_export_reason_words (run, finding), FALSE);
  write_prose (writer, "statement", why != NULL ? why : item->text, FALSE);
  begin_list (writer, "props");
  write_prop (writer, "severity", posture_severity_to_string (finding->severity));
  write_prop (writer, "effort", posture_effort_to_string (finding->effort));
  write_prop (writer, "impact", finding->impact);
  write_prop (writer, "rank", rank);
  write_number_prop (writer, "points", finding->points);
  posture_json_writer_end_array (writer);
  posture_json_writer_member_string (writer, "status", "open");
  begin_list (writer, "remediations");
  posture_json_writer_begin_object (writer);
  write_uuid (writer, run->export, "uuid", "remediation", item->key);
  posture_json_writer_member_string (writer, "lifecycle", "recommendation");
  write_prose (writer, "title", say (W_("What to do")), TRUE);
  write_prose (writer, "description", posture_export_next_text (run->export, item), FALSE);
  posture_json_writer_end_object (writer);
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
}

static void
write_target (PostureJsonWriter       *writer,
              const PostureExportItem *item)
{
  const char *const *references = posture_question_get_references (item->question);
  g_autofree char *target = control_id (references != NULL && references[0] != NULL ? references[0]
                                                                                      : item->id);

  posture_json_writer_key (writer, "target");
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "type", "objective-id");
  posture_json_writer_member_string (writer, "target-id", target);
  posture_json_writer_key (writer, "status");
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "state",
                                     item->finding != NULL ? "not-satisfied" : "satisfied");
  posture_json_writer_end_object (writer);
  posture_json_writer_end_object (writer);
}

static void
write_related (PostureExport           *self,
               PostureJsonWriter       *writer,
               const char              *member,
               const char              *kind,
               const PostureExportItem *item)
{
  g_autofree char *list = g_strconcat ("related-", kind, "s", NULL);

  begin_list (writer, list);
  posture_json_writer_begin_object (writer);
  write_uuid (writer, self, member, kind, item->key);
  posture_json_writer_end_object (writer);
  posture_json_writer_end_array (writer);
}

static void
write_finding (PostureExportRun        *run,
               PostureJsonWriter       *writer,
               const PostureExportItem *item)
{
  const char *const *references = posture_question_get_references (item->question);
  const char *done = posture_words_get_question (run->export->words, item->id, POSTURE_WORDS_DONE);

  posture_json_writer_begin_object (writer);
  write_uuid (writer, run->export, "uuid", "finding", item->key);
  write_prose (writer, "title", item->text, TRUE);
  write_prose (writer, "description", done != NULL ? done : item->text, FALSE);
  begin_list (writer, "props");
  write_prop (writer, "question", item->id);
  write_prop (writer, "instance", item->instance);
  for (guint i = 0; references != NULL && references[i] != NULL; i++)
    write_prop (writer, "control", references[i]);
  posture_json_writer_end_array (writer);
  write_target (writer, item);
  write_related (run->export, writer, "observation-uuid", "observation", item);
  if (item->finding != NULL)
    write_related (run->export, writer, "risk-uuid", "risk", item);
  posture_json_writer_end_object (writer);
}

/* A rated question is a finding, of one kind or the other; one that counts for nothing is none. */
static gboolean
is_finding (const PostureExportItem *item)
{
  return item->finding != NULL || (item->explanation != NULL && item->explanation->reachable > 0);
}

static gboolean
is_risk (const PostureExportItem *item)
{
  return item->finding != NULL;
}

static gboolean
is_item (const PostureExportItem *item)
{
  return TRUE;
}

/* One list, which is left out where it would be empty. */
static gboolean
write_list (PostureExportRun  *run,
            PostureJsonWriter *writer,
            GArray            *items,
            const char        *member,
            gboolean         (*wanted) (const PostureExportItem *item),
            void             (*write) (PostureExportRun        *run,
                                       PostureJsonWriter       *writer,
                                       const PostureExportItem *item),
            GError           **error)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      const PostureExportItem *item = &g_array_index (items, PostureExportItem, i);

      if (!wanted (item))
        continue;
      if (!begun)
        begin_list (writer, member);
      begun = TRUE;
      write (run, writer, item);
      if (!posture_export_run_step (run, (double) i / items->len, error))
        return FALSE;
    }
  if (begun)
    posture_json_writer_end_array (writer);
  return TRUE;
}

static gboolean
write_result (PostureExportRun  *run,
              PostureJsonWriter *writer,
              GError           **error)
{
  PostureExport *self = run->export;
  g_autoptr (GArray) items = posture_export_list_items (self);
  const char *summary = posture_words_get_summary (self->words);

  begin_list (writer, "results");
  posture_json_writer_begin_object (writer);
  write_uuid (writer, self, "uuid", "result", "");
  write_prose (writer, "title", self->name, TRUE);
  write_prose (writer, "description", summary, FALSE);
  posture_json_writer_member_string (writer, "start", self->report->submitted);
  posture_json_writer_member_string (writer, "end", self->report->submitted);
  write_score (run, writer);
  write_controls (self, writer, items);
  if (!write_list (run, writer, items, "observations", is_item, write_observation, error)
      || !write_list (run, writer, items, "risks", is_risk, write_risk, error)
      || !write_list (run, writer, items, "findings", is_finding, write_finding, error))
    return FALSE;
  posture_json_writer_end_object (writer);
  posture_json_writer_end_array (writer);
  return TRUE;
}

/* The questionnaire stands for the plan that OSCAL wants to be named. */
static void
write_plan (PostureExport     *self,
            PostureJsonWriter *writer)
{
  const PostureReport *report = self->report;
  g_autofree char *uuid = make_uuid (self, "plan", "");
  g_autofree char *link = g_strconcat ("#", uuid, NULL);

  posture_json_writer_key (writer, "import-ap");
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "href", link);
  posture_json_writer_end_object (writer);
  posture_json_writer_key (writer, "back-matter");
  posture_json_writer_begin_object (writer);
  begin_list (writer, "resources");
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "uuid", uuid);
  write_prose (writer, "title", posture_words_get_title (self->words), TRUE);
  begin_list (writer, "props");
  write_prop (writer, "questionnaire", report->questionnaire->id);
  write_prop (writer, "questionnaire-version", report->questionnaire->version);
  write_prop (writer, "questionnaire-digest", report->questionnaire->digest);
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
}

/* Assessment results after OSCAL: an observation for each question, a finding for each that is rated, a risk
 * with what to do for each that lost points. */
GBytes *
posture_export_write_oscal (PostureExportRun *run,
                            GError          **error)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GString) text = NULL;
  g_autofree char *canonical = NULL;

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "assessment-results");
  posture_json_writer_begin_object (writer);
  write_uuid (writer, run->export, "uuid", "assessment-results", "");
  write_metadata (run, writer);
  write_plan (run->export, writer);
  if (!write_result (run, writer, error))
    return NULL;
  posture_json_writer_end_object (writer);
  posture_json_writer_end_object (writer);
  canonical = posture_json_writer_finish_text (writer);
  text = g_string_new (canonical);
  g_string_append_c (text, '\n');
  return g_string_free_to_bytes (g_steal_pointer (&text));
}
