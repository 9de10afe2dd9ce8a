/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/verify.h"

#include "json/json-digest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "posture-report-1"

/* Writes what a bundle holds; @digest is the digest of the same without it. */
static GBytes *
write_bundle (const char *questionnaire,
              const char *revision,
              const char *report,
              const char *digest)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  if (digest != NULL)
    posture_json_writer_member_string (writer, "digest", digest);
  posture_json_writer_member_string (writer, "format", FORMAT);
  posture_json_writer_key (writer, "questionnaire");
  posture_json_writer_canonical (writer, questionnaire);
  posture_json_writer_key (writer, "report");
  posture_json_writer_canonical (writer, report);
  posture_json_writer_key (writer, "revision");
  posture_json_writer_canonical (writer, revision);
  posture_json_writer_end_object (writer);
  return posture_json_writer_finish (writer);
}

static GBytes *
seal (const char *questionnaire,
      const char *revision,
      const char *report)
{
  g_autoptr (GBytes) open = write_bundle (questionnaire, revision, report, NULL /* digest */);
  g_autofree char *digest = posture_json_digest (open);

  return write_bundle (questionnaire, revision, report, digest);
}

static char *
dup_text (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

/**
 * posture_bundle_new:
 * @questionnaire: the questionnaire that was answered
 * @revision: the revision that was rated
 * @report: the report, as it is stored
 * @error: return location for an error of posture_verify_report()
 *
 * Puts a report, the answers it rates and the questionnaire into one piece that
 * anybody can verify without anything else: canonical JSON with the members
 * `format`, `questionnaire`, `revision`, `report`, and `digest`, which is the
 * SHA-256 of the canonical JSON of the others. Notes are not in it. It shows that
 * the report follows from the answers and that nothing was changed by accident;
 * it is not signed, so it does not show who gave them.
 *
 * What does not hold together is refused.
 *
 * Returns: (transfer full) (nullable): the bundle, or %NULL on error
 */
GBytes *
posture_bundle_new (PostureQuestionnaire      *questionnaire,
                    const PostureAnswerRecord *revision,
                    const char                *report,
                    GError                   **error)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *structure = NULL;
  g_autofree char *record = NULL;

  if (!posture_verify_report (questionnaire, revision, report, error))
    return NULL;
  structure = dup_text (posture_questionnaire_get_canonical (questionnaire));
  posture_answer_record_write (writer, revision);
  record = posture_json_writer_finish_text (writer);
  return seal (structure, record, report);
}

static void
refuse (GError    **error,
        const char *reason)
{
  g_clear_error (error);
  g_set_error_literal (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_FORM, reason);
}

/* The members as canonical text each. */
typedef struct
{
  char *questionnaire;
  char *revision;
  char *report;
} Parts;

static void
parts_clear (Parts *parts)
{
  g_free (parts->questionnaire);
  g_free (parts->revision);
  g_free (parts->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static char *
take_part (const PostureJsonNode *root,
           const char            *name)
{
  const PostureJsonNode *node = posture_json_node_get_member (root, name);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  if (node == NULL || posture_json_node_get_kind (node) != POSTURE_JSON_OBJECT)
    return NULL;
  posture_json_writer_node (writer, node);
  return posture_json_writer_finish_text (writer);
}

/* Reads a bundle apart; every byte of it is what it must be, or it is refused. */
static gboolean
take_apart (GBytes                *bundle,
            const PostureJsonNode *root,
            Parts                 *parts,
            GError               **error)
{
  const PostureJsonNode *format = posture_json_node_get_member (root, "format");
  g_autoptr (GBytes) sealed = NULL;

  if (format == NULL || posture_json_node_get_kind (format) != POSTURE_JSON_STRING
      || !g_str_equal (posture_json_node_get_string (format), FORMAT))
    {
      refuse (error, _("This is no report of Posture that can be verified, or one of a newer "
                       "version."));
      return FALSE;
    }
  parts->questionnaire = take_part (root, "questionnaire");
  parts->revision = take_part (root, "revision");
  parts->report = take_part (root, "report");
  if (parts->questionnaire != NULL && parts->revision != NULL && parts->report != NULL)
    sealed = seal (parts->questionnaire, parts->revision, parts->report);
  if (sealed != NULL && g_bytes_equal (sealed, bundle))
    return TRUE;
  refuse (error, _("The file was changed or damaged after it was written."));
  return FALSE;
}

static PostureQuestionnaire *
read_questionnaire (const char *text,
                    GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  PostureQuestionnaire *questionnaire = posture_questionnaire_new (bytes, NULL /* name */, faults);

  if (questionnaire == NULL)
    g_propagate_error (error, posture_faults_to_error (faults));
  return questionnaire;
}

static PostureReport *
verify_parts (const Parts *parts,
              GError     **error)
{
  g_autoptr (PostureQuestionnaire) questionnaire = read_questionnaire (parts->questionnaire, error);
  g_autoptr (PostureJsonDocument) revision = NULL;
  g_autoptr (PostureJsonDocument) report = NULL;
  g_autoptr (PostureAnswerRecord) record = NULL;

  if (questionnaire == NULL)
    return NULL;
  revision = posture_json_document_new_text (parts->revision, error);
  report = revision != NULL ? posture_json_document_new_text (parts->report, error) : NULL;
  if (report == NULL)
    return NULL;
  record = posture_answer_record_read (posture_json_document_get_root (revision), error);
  if (record == NULL || !posture_verify_report (questionnaire, record, parts->report, error))
    return NULL;
  return posture_report_read (posture_json_document_get_root (report), error);
}

/**
 * posture_bundle_verify:
 * @bundle: what posture_bundle_new() gave, perhaps changed since
 * @error: return location for a #PostureVerifyError, #PostureRatingError or
 *   #PostureModelError
 *
 * Verifies a report with what it was made of: without a profile, a library or a
 * network. A bundle in which anything was changed is refused.
 *
 * Returns: (transfer full) (nullable): the report, which is what rating the
 *   answers gives; or %NULL on error
 */
PostureReport *
posture_bundle_verify (GBytes  *bundle,
                       GError **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (bundle, NULL, error);
  g_auto (Parts) parts = { NULL };
  const PostureJsonNode *root;

  if (document == NULL)
    {
      g_prefix_error (error, "%s ", _("The file is cut off, changed, or no report of Posture:"));
      return NULL;
    }
  root = posture_json_document_get_root (document);
  if (posture_json_node_get_kind (root) != POSTURE_JSON_OBJECT)
    {
      refuse (error, _("This is no report of Posture that can be verified, or one of a newer "
                       "version."));
      return NULL;
    }
  return take_apart (bundle, root, &parts, error) ? verify_parts (&parts, error) : NULL;
}
