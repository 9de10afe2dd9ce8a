/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-find.h"
#include "app/ctl-output.h"
#include "app/ctl-review.h"

#include <glib/gi18n.h>
#include <string.h>

/* Answers that were given elsewhere, and answers that are due. */

/* The question that a key names, in words; its key where there are none. */
static char *
question_text (Ctl        *ctl,
               const char *digest,
               const char *key)
{
  g_autoptr (PostureWords) words = ctl_dup_words (ctl, digest);
  g_autofree char *id = g_strndup (key, strcspn (key, "@"));
  const char *text = words != NULL ? posture_words_get_question (words, id, POSTURE_WORDS_QUESTION)
                                   : NULL;

  return g_strdup (text != NULL ? text : key);
}

static char *
answer_text (Ctl           *ctl,
             const char    *digest,
             const char    *key,
             PostureAnswer *answer)
{
  g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_by_digest (ctl->library, digest);
  g_autoptr (PostureWords) words = ctl_dup_words (ctl, digest);
  PostureQuestion *question = questionnaire != NULL
                                ? posture_questionnaire_find_answered (questionnaire, key) : NULL;

  return question != NULL ? ctl_answer_text (question, words, answer) : g_strdup ("?");
}

static void
write_moment (PostureJsonWriter *writer,
              const char        *member,
              gint64             time)
{
  g_autofree char *text = posture_time_to_text (time);

  posture_json_writer_member_string (writer, member, text);
}

static void
write_proposal (PostureJsonWriter     *writer,
                const PostureProposal *proposal)
{
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "question", proposal->key);
  posture_json_writer_key (writer, "answer");
  posture_answer_write (proposal->answer, writer, /* with_note = */ TRUE);
  posture_json_writer_member_string (writer, "reference", proposal->reference);
  posture_json_writer_member_string (writer, "assessment", proposal->source);
  posture_json_writer_member_string (writer, "name", proposal->source_name);
  posture_json_writer_member_string (writer, "from", proposal->source_key);
  write_moment (writer, "time", proposal->time);
  posture_json_writer_end_object (writer);
}

/* The assessment that an answer comes from, with its questionnaire unless it is called after that. */
static char *
source_text (Ctl                   *ctl,
             const PostureProposal *proposal)
{
  g_autoptr (PostureWords) words = ctl_dup_words (ctl, proposal->source_digest);
  const char *title = words != NULL ? posture_words_get_title (words) : NULL;

  if (title == NULL || g_strcmp0 (title, proposal->source_name) == 0)
    return g_strdup (proposal->source_name);
  return g_strdup_printf ("%s (%s)", proposal->source_name, title);
}

/**
 * ctl_print_proposal:
 * @ctl: a run whose profile is open
 * @digest: digest of the questionnaire that asks
 * @proposal: what is proposed
 *
 * Prints an answer that was given elsewhere, and where it comes from.
 */
void
ctl_print_proposal (Ctl                   *ctl,
                    const char            *digest,
                    const PostureProposal *proposal)
{
  g_autofree char *answer = answer_text (ctl, digest, proposal->key, proposal->answer);
  g_autofree char *asked = question_text (ctl, proposal->source_digest, proposal->source_key);
  g_autofree char *moment = ctl_moment (proposal->time);
  g_autofree char *source = source_text (ctl, proposal);
  /* Translators: an answer, the name of another assessment, a moment, a question. */
  g_autofree char *line = g_strdup_printf (_("“%s” – in %s, %s, to “%s”"), answer, source, moment, asked);

  ctl_print_wrapped (_("  Answered elsewhere: "), 4, line);
}

/**
 * ctl_assessments_proposals:
 * @ctl: the run
 *
 * `posturectl assessments proposals`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_proposals (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureAssessmentItem) item = NULL;
  g_autoptr (GPtrArray) proposals = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK)
    id = ctl_find_assessment (ctl, ctl->arguments[0], &status);
  if (id == NULL)
    return status;
  item = posture_user_service_dup_assessment (ctl_get_user (ctl), id, &error);
  if (item != NULL)
    proposals = posture_user_service_dup_proposals (
        ctl_get_user (ctl), posture_assessment_item_get_digest (item), id, &error);
  if (proposals == NULL)
    return ctl_fail (error);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < proposals->len; i++)
    {
      const PostureProposal *proposal = g_ptr_array_index (proposals, i);
      const char *digest = posture_assessment_item_get_digest (item);
      g_autofree char *asked = question_text (ctl, digest, proposal->key);
      g_autofree char *first = g_strdup_printf ("%s  ", proposal->key);

      write_proposal (writer, proposal);
      if (ctl->json)
        continue;
      ctl_print_wrapped (first, 2, asked);
      ctl_print_proposal (ctl, digest, proposal);
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else if (proposals->len == 0)
    ctl_print ("%s\n", _("Nothing that is open here was answered elsewhere."));
  return CTL_OK;
}

static void
print_due (Ctl                    *ctl,
           const PostureDueAnswer *due,
           const char             *last)
{
  g_autofree char *asked = question_text (ctl, due->digest, due->key);
  g_autofree char *first = g_strdup_printf ("  %s  ", due->key);
  g_autofree char *confirmed = ctl_moment (due->confirmed);
  g_autofree char *since = ctl_moment (due->due);
  g_autofree char *line = g_strdup_printf (_("confirmed %s, due since %s"), confirmed, since);

  if (g_strcmp0 (last, due->assessment) != 0)
    {
      ctl_print_heading (due->name);
      ctl_print ("  %s\n", due->assessment);
    }
  ctl_print_wrapped (first, 4, asked);
  ctl_print_wrapped ("      ", 6, line);
}

static void
write_due (PostureJsonWriter      *writer,
           const PostureDueAnswer *due)
{
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "assessment", due->assessment);
  posture_json_writer_member_string (writer, "name", due->name);
  posture_json_writer_member_string (writer, "question", due->key);
  write_moment (writer, "confirmed", due->confirmed);
  write_moment (writer, "due", due->due);
  posture_json_writer_end_object (writer);
}

/**
 * ctl_assessments_due:
 * @ctl: the run
 *
 * `posturectl assessments due`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_due (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const char *last = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK && ctl->n_arguments > 0)
    id = ctl_find_assessment (ctl, ctl->arguments[0], &status);
  if (status != CTL_OK)
    return status;
  due = posture_user_service_dup_due (ctl_get_user (ctl), id, ctl_get_now (ctl), &error);
  if (due == NULL)
    return ctl_fail (error);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < due->len; i++)
    {
      const PostureDueAnswer *answer = g_ptr_array_index (due, i);

      write_due (writer, answer);
      if (!ctl->json)
        print_due (ctl, answer, last);
      last = answer->assessment;
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else if (due->len == 0)
    ctl_print ("%s\n", _("No answer is due for review."));
  return CTL_OK;
}

/* The operations that give answers anew as they are: those that are named, or all that are due. */
static CtlStatus
add_confirmations (Ctl        *ctl,
                   const char *id,
                   GPtrArray  *operations)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswers) answers = posture_user_service_dup_answers (ctl_get_user (ctl), id, &error);
  g_autoptr (GPtrArray) due = NULL;

  if (answers != NULL)
    due = posture_user_service_dup_due (ctl_get_user (ctl), id, ctl_get_now (ctl), &error);
  if (due == NULL)
    return ctl_fail (error);
  for (guint i = 0; ctl->n_arguments == 1 && i < due->len; i++)
    {
      const char *key = ((const PostureDueAnswer *) g_ptr_array_index (due, i))->key;

      g_ptr_array_add (operations,
                       ctl_answer_operation (ctl, id, key, posture_answers_get (answers, key)));
    }
  for (guint i = 1; i < ctl->n_arguments; i++)
    {
      PostureAnswer *answer = posture_answers_get (answers, ctl->arguments[i]);

      if (answer == NULL)
        return ctl_error (CTL_NOT_FOUND, _("There is no answer to “%s” to confirm."), ctl->arguments[i]);
      g_ptr_array_add (operations, ctl_answer_operation (ctl, id, ctl->arguments[i], answer));
    }
  return CTL_OK;
}

/**
 * ctl_assessments_confirm:
 * @ctl: the run
 *
 * `posturectl assessments confirm`: says that answers still hold, so that their
 * age begins anew.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_confirm (Ctl *ctl)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func (
      (GDestroyNotify) posture_operation_unref);
  g_autofree char *id = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK)
    id = ctl_find_assessment (ctl, ctl->arguments[0], &status);
  if (id == NULL)
    return status;
  status = add_confirmations (ctl, id, operations);
  if (status == CTL_OK && operations->len > 0)
    status = ctl_apply (ctl, operations);
  if (status != CTL_OK)
    return status;
  if (ctl->json)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "assessment", id);
      posture_json_writer_member_int (writer, "confirmed", operations->len);
      posture_json_writer_end_object (writer);
      ctl_print_json (writer);
    }
  else
    ctl_print (ngettext ("%u answer is confirmed.\n", "%u answers are confirmed.\n", operations->len),
               operations->len);
  return CTL_OK;
}
