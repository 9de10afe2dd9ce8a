/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-ask-print.h"

#include "app/ctl-answers.h"
#include "app/ctl-output.h"

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
               "  u          I don't know\n"
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
  PostureAnswer *answer = posture_answers_get (draft->answers, posture_question_get_id (question));
  g_autofree char *text = answer != NULL ? ctl_answer_text (question, draft->words, answer) : NULL;

  if (answer == NULL)
    return;
  ctl_print_wrapped (_("  So far: "), 4, text);
  if (posture_answer_get_note (answer) != NULL)
    ctl_print_wrapped (_("  Note: "), 4, posture_answer_get_note (answer));
  ctl_print ("%s\n", _("  Return keeps that."));
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
  PostureQuestion *question = posture_questionnaire_get_question (draft->questionnaire, place);
  const char *id = posture_question_get_id (question);
  const char *section = posture_question_get_section (question);
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
  head = g_strdup_printf (_("Question %u of %u · %s"), number, total,
                          title != NULL ? title : section);
  ctl_print ("\n");
  ctl_print_wrapped ("", 0, head);
  ctl_print_heading (text != NULL ? text : id);
  print_ways (draft->words, question);
  print_so_far (draft, question);
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

/**
 * ctl_print_open:
 * @draft: what is answered
 * @visible: (element-type gboolean): which questions are asked
 *
 * Prints which questions have no answer yet.
 *
 * Returns: their number
 */
guint
ctl_print_open (CtlDraft *draft,
                GArray   *visible)
{
  guint n_open = 0;

  ctl_print ("\n");
  for (guint i = 0; i < visible->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (draft->questionnaire, i);
      const char *id = posture_question_get_id (question);
      const char *text = posture_words_get_question (draft->words, id, POSTURE_WORDS_QUESTION);
      g_autofree char *first = NULL;

      if (!g_array_index (visible, gboolean, i) || posture_answers_get (draft->answers, id) != NULL)
        continue;
      if (n_open++ == 0)
        ctl_print_heading (_("Still open"));
      first = g_strdup_printf ("  %s  ", id);
      ctl_print_wrapped (first, 4, text);
    }
  if (n_open == 0)
    ctl_print_heading (_("Every question is answered."));
  else
    ctl_print ("%s\n", _("You can submit all the same; the report then shows a range."));
  return n_open;
}
