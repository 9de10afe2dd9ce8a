/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-ask-print.h"

#include "app/ctl-answers.h"
#include "app/ctl-instances.h"
#include "app/ctl-output.h"
#include "model/advice.h"
#include "model/gaps.h"

#include <glib/gi18n.h>

/**
 * ctl_print_commands:
 *
 * Prints what can be typed instead of an answer.
 */
void
ctl_print_commands (void)
{
  ctl_print ("\n%s\n",
             _("Answer each question, or type\n"
               "  ?          why it matters and what counts as done\n"
               "  u          I don’t know\n"
               "  n/a        it does not apply here\n"
               "  s          skip it for now\n"
               "  b          back to the question before\n"
               "  note TEXT  keep a note with the answer\n"
               "  q          leave; every answer is stored at once, and you can go on later"));
}

static void
print_option (guint       number,
              const char *text)
{
  g_autofree char *first = g_strdup_printf ("%4u  ", number);

  ctl_print_wrapped (first, 6, text);
}

static void
print_options (PostureWords    *words,
               PostureQuestion *question)
{
  for (guint i = 0; i < posture_question_get_n_options (question); i++)
    {
      const PostureOption *option = posture_question_get_option (question, i);
      const char *text = posture_words_get_option (words, posture_question_get_id (question),
                                                   option->id);

      print_option (i + 1, text != NULL ? text : option->id);
    }
}

/* A number without zeros at its end; numbers of questions are millionths. */
static char *
spell_bound (gint64 millionths)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_decimal (writer, millionths, POSTURE_NUMBER_PLACES);
  return posture_json_writer_finish_text (writer);
}

static void
print_levels (PostureWords    *words,
              PostureQuestion *question)
{
  gint64 minimum = 0, maximum = 0;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  posture_question_get_minimum (question, &minimum);
  posture_question_get_maximum (question, &maximum);
  for (gint64 level = minimum; level <= maximum; level += 1000000)
    {
      g_autofree char *id = spell_bound (level);
      const char *text = posture_words_get_option (words, posture_question_get_id (question), id);
      g_autofree char *first = g_strdup_printf ("%4s  ", id);

      if (text != NULL)
        ctl_print_wrapped (first, 6, text);
    }
  from = spell_bound (minimum);
  to = spell_bound (maximum);
  ctl_print (_("  A whole number from %s to %s\n"), from, to);
}

static void
print_number_range (PostureQuestion *question)
{
  gint64 bound;
  g_autofree char *minimum = posture_question_get_minimum (question, &bound) ? spell_bound (bound)
                                                                             : NULL;
  g_autofree char *maximum = posture_question_get_maximum (question, &bound) ? spell_bound (bound)
                                                                             : NULL;

  if (minimum != NULL && maximum != NULL)
    ctl_print (_("  A number from %s to %s\n"), minimum, maximum);
  else if (minimum != NULL)
    ctl_print (_("  A number from %s on\n"), minimum);
  else if (maximum != NULL)
    ctl_print (_("  A number up to %s\n"), maximum);
  else
    ctl_print ("%s\n", _("  A number"));
}

static void
print_ways (PostureWords    *words,
            PostureQuestion *question)
{
  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_CHOICE:
      print_options (words, question);
      break;
    case POSTURE_QUESTION_CHOICES:
      print_options (words, question);
      ctl_print ("%s\n", _("  All that apply, such as 1,3"));
      break;
    case POSTURE_QUESTION_YES_NO:
      ctl_print ("%s\n", _("  y yes, n no"));
      break;
    case POSTURE_QUESTION_LEVEL:
      print_levels (words, question);
      break;
    case POSTURE_QUESTION_NUMBER:
      print_number_range (question);
      break;
    case POSTURE_QUESTION_DATE:
      ctl_print ("%s\n", _("  A day as YYYY-MM-DD"));
      break;
    case POSTURE_QUESTION_INSTANCES:
      ctl_print ("%s\n", _("  Names with commas between them; “old = new” gives another name"));
      break;
    case POSTURE_QUESTION_TEXT:
    default:
      ctl_print ("%s\n", _("  In your words; begin with = if they look like a command"));
      break;
    }
}

static void
print_so_far (CtlDraft        *draft,
              PostureQuestion *question)
{
  PostureAnswer *answer = posture_answers_get (draft->answers, posture_question_get_key (question));
  g_autofree char *text = answer != NULL ? ctl_answer_text (question, draft->words, answer) : NULL;

  if (answer == NULL)
    return;
  ctl_print_wrapped (_("  So far: "), 4, text);
  if (posture_answer_get_note (answer) != NULL)
    ctl_print_wrapped (_("  Note: "), 4, posture_answer_get_note (answer));
  ctl_print ("%s\n", _("  Return keeps that."));
}

/**
 * ctl_is_open:
 * @draft: what is answered
 * @place: of a question in what is asked
 *
 * Returns: whether the question has no answer yet; a target alone is none
 */
gboolean
ctl_is_open (CtlDraft *draft,
             guint     place)
{
  PostureQuestion *question = posture_questionnaire_get_question (draft->asked, place);
  PostureAnswer *answer = posture_answers_get (draft->answers, posture_question_get_key (question));

  return answer == NULL || posture_answer_get_kind (answer) == POSTURE_ANSWER_TARGET;
}

/* What helps with this very answer. */
static void
print_help (CtlDraft        *draft,
            GArray          *visible,
            PostureQuestion *question)
{
  const char *id = posture_question_get_id (question);
  g_auto (GStrv) tips = posture_questionnaire_find_tips (draft->asked, draft->answers, visible,
                                                         question);
  const char *evidence = posture_words_get_question (draft->words, id, POSTURE_WORDS_EVIDENCE);

  for (guint i = 0; tips[i] != NULL; i++)
    ctl_print_wrapped (_("  Tip: "), 4, posture_words_get_tip (draft->words, id, tips[i]));
  if (posture_question_asks_evidence (question) && evidence != NULL)
    ctl_print_wrapped (_("  Please add a note: "), 4, evidence);
}

/**
 * ctl_print_question:
 * @draft: what is answered
 * @visible: (element-type gboolean): which questions are asked
 * @place: which one is asked now
 *
 * Prints a question with its place among those that are asked, its section,
 * what can be answered, and what was.
 */
void
ctl_print_question (CtlDraft *draft,
                    GArray   *visible,
                    guint     place)
{
  PostureQuestion *question = posture_questionnaire_get_question (draft->asked, place);
  const char *id = posture_question_get_id (question);
  const char *section = posture_question_get_section (question);
  const char *instance = ctl_instance_name (draft->questionnaire, draft->answers, section,
                                            posture_question_get_instance (question));
  const char *title = posture_words_get_section_title (draft->words, section);
  const char *text = posture_words_get_question (draft->words, id, POSTURE_WORDS_QUESTION);
  guint number = 0, total = 0;
  g_autofree char *head = NULL;

  for (guint i = 0; i < visible->len; i++)
    if (g_array_index (visible, gboolean, i))
      {
        total++;
        number += i <= place;
      }
  head = g_strdup_printf (_("Question %u of %u · %s%s%s"), number, total,
                          title != NULL ? title : section, instance != NULL ? " · " : "",
                          instance != NULL ? instance : "");
  ctl_print ("\n");
  ctl_print_wrapped ("", 0, head);
  ctl_print_heading (text != NULL ? text : id);
  print_ways (draft->words, question);
  print_so_far (draft, question);
  print_help (draft, visible, question);
}

/**
 * ctl_print_explanation:
 * @words: the words of the questionnaire
 * @question: a question
 *
 * Prints why a question matters and what counts as done.
 */
void
ctl_print_explanation (PostureWords    *words,
                       PostureQuestion *question)
{
  const char *id = posture_question_get_id (question);
  const char *why = posture_words_get_question (words, id, POSTURE_WORDS_WHY);
  const char *done = posture_words_get_question (words, id, POSTURE_WORDS_DONE);
  g_autofree char *references = g_strjoinv (", ",
                                            (char **) posture_question_get_references (question));

  if (why != NULL)
    ctl_print_wrapped (_("Why it matters: "), 2, why);
  if (done != NULL)
    ctl_print_wrapped (_("Done means: "), 2, done);
  if (*references != '\0')
    ctl_print_wrapped (_("See: "), 2, references);
  if (why == NULL && done == NULL)
    ctl_print ("%s\n", _("There is no more to say about this question; it is not rated."));
}

/* A question in a list, with its instance. */
static void
print_line (CtlDraft        *draft,
            PostureQuestion *question)
{
  const char *id = posture_question_get_id (question);
  const char *instance = ctl_instance_name (draft->questionnaire, draft->answers,
                                            posture_question_get_section (question),
                                            posture_question_get_instance (question));
  g_autofree char *first = g_strdup_printf ("  %s  %s%s", id, instance != NULL ? instance : "",
                                            instance != NULL ? ": " : "");

  ctl_print_wrapped (first, 4, posture_words_get_question (draft->words, id, POSTURE_WORDS_QUESTION));
}

/* What is lacking besides answers. */
static void
print_gaps (CtlDraft *draft,
            GArray   *visible)
{
  g_autoptr (GArray) gaps = posture_questionnaire_find_gaps (draft->asked, draft->answers, visible);
  guint n_told = 0;

  for (guint i = 0; i < gaps->len; i++)
    {
      const PostureGap *gap = &g_array_index (gaps, PostureGap, i);

      if (gap->kind != POSTURE_GAP_EVIDENCE)
        continue;
      if (n_told++ == 0)
        ctl_print_heading (_("Without the note that is asked for"));
      print_line (draft, posture_questionnaire_get_question (draft->asked, gap->question));
    }
}

/**
 * ctl_print_open:
 * @draft: what is answered
 * @visible: (element-type gboolean): which questions are asked
 *
 * Prints which questions have no answer yet, and which answers lack evidence.
 *
 * Returns: how many have no answer
 */
guint
ctl_print_open (CtlDraft *draft,
                GArray   *visible)
{
  guint n_open = 0;

  ctl_print ("\n");
  for (guint i = 0; i < visible->len; i++)
    {
      if (!g_array_index (visible, gboolean, i) || !ctl_is_open (draft, i))
        continue;
      if (n_open++ == 0)
        ctl_print_heading (_("Still open"));
      print_line (draft, posture_questionnaire_get_question (draft->asked, i));
    }
  if (n_open == 0)
    ctl_print_heading (_("Every question is answered."));
  else
    ctl_print ("%s\n", _("You can submit all the same; the report then shows a range."));
  print_gaps (draft, visible);
  return n_open;
}
