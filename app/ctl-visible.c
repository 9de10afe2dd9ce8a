/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-instances.h"
#include "app/ctl-output.h"
#include "model/expansion.h"
#include "model/visibility.h"

#include <glib/gi18n.h>

static void
write_question (PostureJsonWriter *writer,
                PostureQuestion   *question,
                gboolean           visible)
{
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "key", posture_question_get_key (question));
  posture_json_writer_member_string (writer, "question", posture_question_get_id (question));
  if (posture_question_get_instance (question) != NULL)
    posture_json_writer_member_string (writer, "instance", posture_question_get_instance (question));
  posture_json_writer_key (writer, "visible");
  posture_json_writer_boolean (writer, visible);
  posture_json_writer_end_object (writer);
}

static void
print_question (PostureQuestionnaire *asked,
                PostureAnswers       *answers,
                PostureWords         *words,
                PostureQuestion      *question)
{
  const char *id = posture_question_get_id (question);
  const char *text = words != NULL ? posture_words_get_question (words, id, POSTURE_WORDS_QUESTION)
                                   : NULL;
  const char *instance = ctl_instance_name (asked, answers, posture_question_get_section (question),
                                            posture_question_get_instance (question));
  g_autofree char *first = g_strdup_printf ("  %s  %s%s", posture_question_get_key (question),
                                            instance != NULL ? instance : "",
                                            instance != NULL ? ": " : "");

  ctl_print_wrapped (first, 4, text != NULL ? text : "");
}

static void
print_all (Ctl                  *ctl,
           PostureQuestionnaire *asked,
           PostureAnswers       *answers,
           GArray               *visible)
{
  g_autoptr (PostureWords) words = ctl_dup_words (ctl, posture_questionnaire_get_digest (asked));
  guint n_visible = 0;
  g_autofree char *head = NULL;

  for (guint i = 0; i < visible->len; i++)
    n_visible += g_array_index (visible, gboolean, i);
  head = g_strdup_printf (ngettext ("%u of %u question is asked", "%u of %u questions are asked",
                                    visible->len),
                          n_visible, visible->len);
  ctl_print_heading (head);
  for (guint i = 0; i < visible->len; i++)
    if (g_array_index (visible, gboolean, i))
      print_question (asked, answers, words, posture_questionnaire_get_question (asked, i));
}

/**
 * ctl_questionnaires_visible:
 * @ctl: the run
 *
 * `posturectl questionnaires visible`: which questions are asked, given some
 * answers.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_questionnaires_visible (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureQuestionnaire) asked = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (GArray) visible = NULL;
  CtlStatus status = ctl_open_library (ctl);

  if (status == CTL_OK)
    questionnaire = ctl_dup_questionnaire (ctl, ctl->arguments[0], &status);
  if (questionnaire != NULL)
    answers = ctl_read_answers (ctl, questionnaire, &status);
  if (answers == NULL)
    return status;
  asked = posture_questionnaire_expand (questionnaire, answers);
  visible = posture_questionnaire_find_visible (asked, answers);
  if (!ctl->json)
    {
      print_all (ctl, asked, answers, visible);
      return CTL_OK;
    }
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < visible->len; i++)
    write_question (writer, posture_questionnaire_get_question (asked, i),
                    g_array_index (visible, gboolean, i));
  posture_json_writer_end_array (writer);
  ctl_print_json (writer);
  return CTL_OK;
}
