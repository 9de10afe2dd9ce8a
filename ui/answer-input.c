/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/answer-input.h"

#include "ui/choice-input.h"
#include "ui/entry-input.h"
#include "ui/instances-input.h"

typedef struct
{
  PostureQuestion *question; /* (unowned): its questionnaire is held */
  PostureWords *words;
  GtkWidget *box;
  GtkWidget *problem;
} PostureAnswerInputPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PostureAnswerInput, posture_answer_input, ADW_TYPE_BIN)

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
posture_answer_input_finalize (GObject *object)
{
  PostureAnswerInputPrivate *priv = posture_answer_input_get_instance_private (POSTURE_ANSWER_INPUT (object));

  g_clear_pointer (&priv->words, posture_words_unref);
  G_OBJECT_CLASS (posture_answer_input_parent_class)->finalize (object);
}

static void
posture_answer_input_class_init (PostureAnswerInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_answer_input_finalize;

  /**
   * PostureAnswerInput::answered:
   * @answer: (nullable): the answer as JSON in the form of an answers file, to be
   *   checked; %NULL takes it back
   *
   * The person has answered.
   */
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
posture_answer_input_init (PostureAnswerInput *self)
{
  PostureAnswerInputPrivate *priv = posture_answer_input_get_instance_private (self);

  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  priv->problem = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (priv->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (priv->problem), TRUE);
  gtk_widget_add_css_class (priv->problem, "error");
  gtk_widget_set_visible (priv->problem, FALSE);
  gtk_box_append (GTK_BOX (priv->box), priv->problem);
  adw_bin_set_child (ADW_BIN (self), priv->box);
}

/* Scales that are longer than a hand or two are typed. */
#define MAX_LEVELS 11

static gboolean
is_typed (PostureQuestion *question)
{
  gint64 minimum = 0, maximum = 0;

  posture_question_get_minimum (question, &minimum);
  posture_question_get_maximum (question, &maximum);
  return (maximum - minimum) / POSTURE_LEVEL_ONE >= MAX_LEVELS;
}

static GType
choose_type (PostureQuestion *question)
{
  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_CHOICE:
    case POSTURE_QUESTION_CHOICES:
    case POSTURE_QUESTION_YES_NO:
      return POSTURE_TYPE_CHOICE_INPUT;
    case POSTURE_QUESTION_LEVEL:
      return is_typed (question) ? POSTURE_TYPE_ENTRY_INPUT : POSTURE_TYPE_CHOICE_INPUT;
    case POSTURE_QUESTION_INSTANCES:
      return POSTURE_TYPE_INSTANCES_INPUT;
    case POSTURE_QUESTION_NUMBER:
    case POSTURE_QUESTION_TEXT:
    case POSTURE_QUESTION_DATE:
    default:
      return POSTURE_TYPE_ENTRY_INPUT;
    }
}

/**
 * posture_answer_input_new:
 * @question: a question, whose questionnaire must be held as long as this lives
 * @words: the words of the questionnaire
 *
 * Returns: (transfer floating): what takes an answer to it
 */
PostureAnswerInput *
posture_answer_input_new (PostureQuestion *question,
                          PostureWords    *words)
{
  PostureAnswerInput *self = g_object_new (choose_type (question), NULL);
  PostureAnswerInputPrivate *priv = posture_answer_input_get_instance_private (self);

  priv->question = question;
  priv->words = posture_words_ref (words);
  return self;
}

/**
 * posture_answer_input_get_question:
 * @self: an input
 *
 * Returns: (transfer none): the question
 */
PostureQuestion *
posture_answer_input_get_question (PostureAnswerInput *self)
{
  PostureAnswerInputPrivate *priv = posture_answer_input_get_instance_private (self);

  return priv->question;
}

/**
 * posture_answer_input_get_words:
 * @self: an input
 *
 * Returns: (transfer none): the words
 */
PostureWords *
posture_answer_input_get_words (PostureAnswerInput *self)
{
  PostureAnswerInputPrivate *priv = posture_answer_input_get_instance_private (self);

  return priv->words;
}

/**
 * posture_answer_input_set_content:
 * @self: an input
 * @content: what the value is given with; once
 *
 * For subclasses.
 */
void
posture_answer_input_set_content (PostureAnswerInput *self,
                                  GtkWidget          *content)
{
  PostureAnswerInputPrivate *priv = posture_answer_input_get_instance_private (self);

  gtk_box_prepend (GTK_BOX (priv->box), content);
}

/**
 * posture_answer_input_show:
 * @self: an input
 * @answer: (nullable): an answer
 *
 * Shows an answer, or that there is none.
 */
void
posture_answer_input_show (PostureAnswerInput *self,
                           PostureAnswer      *answer)
{
  POSTURE_ANSWER_INPUT_GET_CLASS (self)->show (self, answer);
}

/**
 * posture_answer_input_pick:
 * @self: an input
 * @place: from 0
 *
 * Chooses the option there, as a digit key does.
 *
 * Returns: whether there is one
 */
gboolean
posture_answer_input_pick (PostureAnswerInput *self,
                           guint               place)
{
  PostureAnswerInputClass *klass = POSTURE_ANSWER_INPUT_GET_CLASS (self);

  return klass->pick != NULL && klass->pick (self, place);
}

/**
 * posture_answer_input_commit:
 * @self: an input
 *
 * Takes what was typed and not taken yet.
 */
void
posture_answer_input_commit (PostureAnswerInput *self)
{
  PostureAnswerInputClass *klass = POSTURE_ANSWER_INPUT_GET_CLASS (self);

  if (klass->commit != NULL)
    klass->commit (self);
}

/**
 * posture_answer_input_set_problem:
 * @self: an input
 * @problem: (nullable): why what was typed is no answer
 *
 * Says why an answer was not taken.
 */
void
posture_answer_input_set_problem (PostureAnswerInput *self,
                                  const char         *problem)
{
  PostureAnswerInputPrivate *priv = posture_answer_input_get_instance_private (self);

  gtk_label_set_label (GTK_LABEL (priv->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (priv->problem, problem != NULL);
}

/**
 * posture_answer_input_answered:
 * @self: an input
 * @answer: (nullable): the answer as JSON; %NULL takes it back
 *
 * For subclasses: the person has answered.
 */
void
posture_answer_input_answered (PostureAnswerInput *self,
                               const char         *answer)
{
  g_signal_emit (self, signals[ANSWERED], 0, answer);
}
