/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-ask.h"

#include "app/ctl-answers.h"
#include "app/ctl-ask-print.h"
#include "app/ctl-input.h"
#include "app/ctl-instances.h"
#include "app/ctl-output.h"
#include "app/ctl-review.h"
#include "model/expansion.h"
#include "model/visibility.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Where the conversation goes after a line. */
typedef enum
{
  GO_ON,   /* to the next question that is open */
  ASK,     /* the same question again */
  BACK,    /* to the question before it */
  OPEN,    /* to the first question that is open */
  SUBMIT,
  LEAVE,
  FAIL,    /* with the status that the conversation keeps */
} Step;

typedef struct
{
  Ctl *ctl;
  CtlDraft *draft;
  CtlLines *lines;
  GArray *visible; /* (element-type gboolean) */
  guint length;    /* questions in all */
  guint place;     /* of the question that is asked; @length at the end */
  char *note;      /* for the answer that comes next */
  GPtrArray *proposals; /* (element-type PostureProposal): what was answered elsewhere */
  CtlStatus status;
} Talk;

static gboolean
is_visible (Talk *talk,
            guint place)
{
  PostureQuestion *question = posture_questionnaire_get_question (talk->draft->asked, place);

  /* before there is a list, there is nothing to ask of what is on it */
  return g_array_index (talk->visible, gboolean, place)
         && (!posture_question_is_repeated (question)
             || posture_question_get_instance (question) != NULL);
}

static gboolean
is_open (Talk *talk,
         guint place)
{
  return is_visible (talk, place) && ctl_is_open (talk->draft, place);
}

static void
look_again (Talk *talk)
{
  CtlDraft *draft = talk->draft;

  g_clear_pointer (&talk->visible, g_array_unref);
  g_clear_pointer (&draft->asked, posture_questionnaire_unref);
  draft->asked = posture_questionnaire_expand (draft->questionnaire, draft->answers);
  talk->length = posture_questionnaire_get_n_questions (draft->asked);
  talk->visible = posture_questionnaire_find_visible (draft->asked, draft->answers);
}

/* Looks for answers given elsewhere. They only help: without them the conversation goes on. */
static void
load_proposals (Talk *talk)
{
  g_clear_pointer (&talk->proposals, g_ptr_array_unref);
  talk->proposals = posture_user_service_dup_proposals (
      ctl_get_user (talk->ctl), posture_questionnaire_get_digest (talk->draft->questionnaire),
      talk->draft->assessment, /* error = */ NULL);
  if (talk->proposals == NULL)
    talk->proposals = g_ptr_array_new ();
}

static void
go_to_open (Talk *talk,
            guint from)
{
  talk->place = from;
  while (talk->place < talk->length && !is_open (talk, talk->place))
    talk->place++;
}

static void
go_back (Talk *talk)
{
  guint place = talk->place;

  while (place > 0 && !is_visible (talk, place - 1))
    place--;
  if (place == 0)
    ctl_print ("%s\n", _("This is the first question."));
  else
    talk->place = place - 1;
}

/* Stores an answer, and with the first one the assessment. */
static Step
save (Talk            *talk,
      PostureQuestion *question,
      PostureAnswer   *answer)
{
  CtlDraft *draft = talk->draft;
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func (
      (GDestroyNotify) posture_operation_unref);
  g_autofree char *key = g_strdup (posture_question_get_key (question));
  g_autofree char *assessment = g_strdup (draft->assessment);

  if (assessment == NULL)
    {
      const char *digest = posture_questionnaire_get_digest (draft->questionnaire);
      PostureOperation *create = posture_operation_new_create (ctl_get_now (talk->ctl), digest,
                                                               draft->name);

      g_ptr_array_add (operations, create);
      assessment = g_strdup (posture_operation_get_assessment (create));
    }
  g_ptr_array_add (operations, ctl_answer_operation (talk->ctl, assessment, key, answer));
  talk->status = ctl_apply (talk->ctl, operations);
  if (talk->status != CTL_OK)
    return FAIL;
  g_free (draft->assessment);
  draft->assessment = g_steal_pointer (&assessment);
  posture_answers_set (draft->answers, key, answer);
  look_again (talk);
  load_proposals (talk);
  return GO_ON;
}

/* The answer with what stands beside it: the target that there was, and a note. */
static PostureAnswer *
keep_beside (PostureAnswer   *plain,
             PostureQuestion *question,
             PostureAnswer   *old,
             const char      *note,
             char           **ret_complaint)
{
  const char *target = old != NULL ? posture_answer_get_target_text (old) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswer) aimed = target != NULL
                                      ? posture_answer_new_with_target (plain, target, question, &error)
                                      : posture_answer_ref (plain);
  PostureAnswer *noted = NULL;

  if (aimed != NULL)
    noted = note != NULL ? posture_answer_new_with_note (aimed, note, &error)
                         : posture_answer_ref (aimed);
  if (noted == NULL)
    *ret_complaint = g_strdup (error->message);
  return noted;
}

/* Stores what a line meant, or says why it means nothing. Takes both. */
static Step
take_answer (Talk            *talk,
             PostureQuestion *question,
             PostureAnswer   *answer,
             char            *complaint)
{
  g_autoptr (PostureAnswer) plain = answer;
  g_autoptr (PostureAnswer) noted = NULL;
  g_autofree char *reason = complaint;
  PostureAnswer *old = posture_answers_get (talk->draft->answers,
                                            posture_question_get_key (question));
  const char *note = talk->note != NULL ? talk->note
                     : old != NULL      ? posture_answer_get_note (old)
                                        : NULL;
  Step step;

  if (plain != NULL)
    noted = keep_beside (plain, question, old, note, &reason);
  if (noted == NULL)
    {
      ctl_print_wrapped ("", 0, reason);
      return ASK;
    }
  step = save (talk, question, noted);
  g_clear_pointer (&talk->note, g_free);
  return step;
}

/* Waits for a line. Other than ASK means that there is none. */
static Step
read_line (Talk       *talk,
           const char *prompt,
           char      **ret_line)
{
  for (;;)
    {
      ctl_print_prompt (prompt);
      switch (ctl_lines_read (talk->lines, ret_line))
        {
        case CTL_LINE_TEXT:
          g_strstrip (*ret_line);
          return ASK;
        case CTL_LINE_TOO_LONG:
          ctl_print ("%s\n", _("That line is longer than can be used; please say it shorter."));
          break;
        case CTL_LINE_NO_TEXT:
          ctl_print ("%s\n", _("That line is no text in UTF-8; please type it again."));
          break;
        case CTL_LINE_INTERRUPTED:
          talk->status = CTL_INTERRUPTED;
          ctl_print ("\n");
          return LEAVE;
        case CTL_LINE_END:
        default:
          ctl_print ("\n");
          return LEAVE;
        }
    }
}

static Step
take_not_applicable (Talk            *talk,
                     PostureQuestion *question,
                     const char      *reason)
{
  g_autofree char *line = NULL;
  char *complaint = NULL;
  PostureAnswer *answer;

  if (*reason == '\0')
    {
      Step step = read_line (talk, _("Why does it not apply? (empty: it does) "), &line);

      if (step != ASK || *line == '\0')
        return step;
      reason = line;
    }
  answer = ctl_parse_special (question, reason, &complaint);
  return take_answer (talk, question, answer, complaint);
}

/* A note for an answer that is there already, or for the one that comes. */
static Step
take_note (Talk            *talk,
           PostureQuestion *question,
           const char      *note)
{
  PostureAnswer *old = posture_answers_get (talk->draft->answers,
                                            posture_question_get_key (question));
  g_autoptr (PostureAnswer) noted = NULL;
  g_autoptr (GError) error = NULL;
  Step step;

  if (strlen (note) > POSTURE_ANSWER_MAX_NOTE)
    {
      ctl_print (_("A note has at most %d bytes.\n"), POSTURE_ANSWER_MAX_NOTE);
      return ASK;
    }
  if (old == NULL)
    {
      g_free (talk->note);
      talk->note = *note != '\0' ? g_strdup (note) : NULL;
      ctl_print ("%s\n",
                 *note != '\0' ? _("The note will be stored with the answer.") : _("No note."));
      return ASK;
    }
  noted = posture_answer_new_with_note (old, note, &error);
  if (noted == NULL)
    {
      ctl_print_wrapped ("", 0, error->message);
      return ASK;
    }
  step = save (talk, question, noted);
  if (step == GO_ON)
    ctl_print ("%s\n", *note != '\0' ? _("The note is stored.") : _("The note is gone."));
  return step == GO_ON ? ASK : step;
}

static gboolean
is_command (const char  *line,
            const char  *command,
            const char **ret_rest)
{
  gsize length = strlen (command);

  if (g_ascii_strncasecmp (line, command, length) != 0
      || (line[length] != '\0' && line[length] != ' '))
    return FALSE;
  *ret_rest = line + length + strspn (line + length, " ");
  return TRUE;
}

/* The newest answer that was given elsewhere to a question that is open here. */
static const PostureProposal *
find_proposal (Talk            *talk,
               PostureQuestion *question)
{
  if (!ctl_is_open (talk->draft, talk->place))
    return NULL;
  for (guint i = 0; i < talk->proposals->len; i++)
    {
      const PostureProposal *proposal = g_ptr_array_index (talk->proposals, i);

      if (g_str_equal (proposal->key, posture_question_get_key (question)))
        return proposal;
    }
  return NULL;
}

static PostureAnswer *
find_old (Talk            *talk,
          PostureQuestion *question)
{
  return posture_answers_get (talk->draft->answers, posture_question_get_key (question));
}

static Step
take_line (Talk            *talk,
           PostureQuestion *question,
           const char      *line)
{
  gboolean open = ctl_is_open (talk->draft, talk->place);
  const char *rest;
  char *complaint = NULL;
  PostureAnswer *answer;

  if (g_str_equal (line, "?") || g_ascii_strcasecmp (line, "help") == 0)
    {
      ctl_print_explanation (talk->draft->words, question);
      return ASK;
    }
  if (g_ascii_strcasecmp (line, "s") == 0 && open && posture_question_must_be_answered (question))
    {
      ctl_print_wrapped ("", 0, _("This question must be answered; “u” says that you do not know."));
      return ASK;
    }
  if (*line == '\0' && open)
    {
      ctl_print ("%s\n", _("Please answer, or type s to skip the question."));
      return ASK;
    }
  if (*line == '\0' || g_ascii_strcasecmp (line, "s") == 0)
    return GO_ON;
  if (g_ascii_strcasecmp (line, "b") == 0)
    return BACK;
  if (g_ascii_strcasecmp (line, "q") == 0)
    return LEAVE;
  if (is_command (line, "note", &rest))
    return take_note (talk, question, rest);
  if (g_ascii_strcasecmp (line, "p") == 0 && find_proposal (talk, question) != NULL)
    return take_answer (talk, question,
                        posture_answer_ref (find_proposal (talk, question)->answer), NULL);
  if (is_command (line, "n/a", &rest))
    return take_not_applicable (talk, question, rest);
  if (g_ascii_strcasecmp (line, "u") == 0)
    answer = ctl_parse_special (question, /* reason = */ NULL, &complaint);
  else if (posture_question_get_kind (question) == POSTURE_QUESTION_INSTANCES)
    answer = ctl_parse_instances (question, find_old (talk, question), line, &complaint);
  else
    answer = ctl_parse_answer (question, *line == '=' ? line + 1 + strspn (line + 1, " ") : line,
                               &complaint);
  return take_answer (talk, question, answer, complaint);
}

static Step
ask_question (Talk *talk)
{
  /* an answer can change what is asked, and with it the questions */
  g_autoptr (PostureQuestionnaire) asked = posture_questionnaire_ref (talk->draft->asked);
  PostureQuestion *question = posture_questionnaire_get_question (asked, talk->place);
  const PostureProposal *proposal;
  Step step;

  ctl_print_question (talk->draft, talk->visible, talk->place);
  proposal = find_proposal (talk, question);
  if (proposal != NULL)
    {
      ctl_print_proposal (talk->ctl, posture_questionnaire_get_digest (asked), proposal);
      ctl_print ("%s\n", _("  p takes that answer."));
    }
  do
    {
      g_autofree char *line = NULL;

      step = read_line (talk, "> ", &line);
      if (step != ASK)
        return step;
      step = take_line (talk, question, line);
    }
  while (step == ASK);
  return step;
}

static Step
ask_to_submit (Talk *talk)
{
  guint n_open = ctl_print_open (talk->draft, talk->visible);

  for (;;)
    {
      g_autofree char *line = NULL;
      gboolean yes = FALSE;
      Step step = read_line (
          talk,
          n_open > 0 ? _("Submit now? (y yes, o answer what is open, b back, q leave) ")
                     : _("Submit now? (y yes, b back, q leave) "),
          &line);

      if (step != ASK)
        return step;
      if (ctl_read_yes_no (line, &yes))
        return yes ? SUBMIT : LEAVE;
      if (g_ascii_strcasecmp (line, "q") == 0)
        return LEAVE;
      if (g_ascii_strcasecmp (line, "b") == 0)
        return BACK;
      if (g_ascii_strcasecmp (line, "o") == 0 && n_open > 0)
        return OPEN;
    }
}

static void
follow (Talk *talk,
        Step  step)
{
  if (step != ASK)
    g_clear_pointer (&talk->note, g_free);
  if (step == GO_ON)
    go_to_open (talk, talk->place + 1);
  else if (step == OPEN)
    go_to_open (talk, 0);
  else if (step == BACK)
    go_back (talk);
}

/**
 * ctl_ask:
 * @ctl: a run whose profile is open
 * @draft: what is answered; each answer is stored before the next question
 * @ret_submit: (out): whether the person wants to submit the answers
 *
 * Asks on stdin and stdout from the first open question on.
 *
 * Returns: %CTL_OK if the person submits or leaves, or what to end with
 */
CtlStatus
ctl_ask (Ctl      *ctl,
         CtlDraft *draft,
         gboolean *ret_submit)
{
  g_autoptr (CtlLines) lines = ctl_lines_new (STDIN_FILENO);
  Talk talk = { .ctl = ctl, .draft = draft, .lines = lines };
  Step step = OPEN;

  look_again (&talk);
  load_proposals (&talk);
  ctl_print_commands ();
  while (step != SUBMIT && step != LEAVE && step != FAIL)
    {
      follow (&talk, step);
      if (talk.place < talk.length)
        step = ask_question (&talk);
      /* without an answer there is nothing to submit */
      else if (draft->assessment == NULL)
        step = LEAVE;
      else
        step = ask_to_submit (&talk);
    }
  *ret_submit = step == SUBMIT;
  g_array_unref (talk.visible);
  g_ptr_array_unref (talk.proposals);
  g_free (talk.note);
  return talk.status;
}
