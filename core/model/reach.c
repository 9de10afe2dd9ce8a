/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/reach-private.h"

#include "model/samples-private.h"
#include "pattern/pattern.h"

#include <string.h>

/* Whether there are answers under which a condition holds. All answers to the questions that matter
 * are gone through, in the questions' order, each with whether it is asked under those before it.
 * Of numbers, texts and days samples are gone through; where these do not stand for all, the answer can
 * also stay open, and what looks at it may hold. So whatever is said to hold never, does: the other way
 * round something can stay unseen. */

#define MAX_STEPS 20000          /* of one search */
#define MAX_ALL_STEPS 2000000    /* of all */
#define MAX_VARIABLES 200        /* that matter to one; their number is the depth of the search */

/* How one question can be answered. */
typedef struct
{
  PostureQuestion *question;
  GPtrArray *answers; /* (element-type utf8): JSON; an open one, which stands last, is "" */
  PostureSamplesReach reach; /* what those before it stand for */
  const char *answer; /* of the assignment that is tried; %NULL for none */
  PostureJsonDocument *event; /* of it alone */
} Variable;

struct _PostureReach
{
  PostureQuestionnaire *questionnaire;
  PostureSamples *samples;
  GHashTable *variables; /* id -> Variable, of all questions named anywhere */
  GPtrArray *order;      /* (element-type Variable): those that matter, by number */
  PostureQuestion *asked;
  PostureCondition *condition;
  gboolean single; /* whether each question is looked at by one test alone */
  guint steps;
  guint all_steps;
  PostureJsonDocument *last; /* an event of several questions */
};

static void
variable_free (gpointer data)
{
  Variable *variable = data;

  g_ptr_array_unref (variable->answers);
  g_clear_pointer (&variable->event, posture_json_document_unref);
  g_free (variable);
}

static Variable *
get_variable (PostureReach *self,
              const char   *id)
{
  Variable *variable = g_hash_table_lookup (self->variables, id);
  PostureQuestion *question = posture_questionnaire_find_question (self->questionnaire, id);

  if (variable != NULL || question == NULL)
    return variable;
  variable = g_new0 (Variable, 1);
  variable->question = question;
  variable->answers = g_ptr_array_new_with_free_func (g_free);
  variable->reach = posture_samples_add (self->samples, question, variable->answers);
  if (variable->reach < POSTURE_SAMPLES_ALL)
    g_ptr_array_add (variable->answers, g_strdup (""));
  g_hash_table_insert (self->variables, question->id, variable);
  return variable;
}

PostureReach *
posture_reach_new (PostureQuestionnaire  *questionnaire,
                   const PostureJsonNode *root)
{
  PostureReach *self = g_new0 (PostureReach, 1);

  self->questionnaire = questionnaire;
  self->samples = posture_samples_new (questionnaire, root);
  self->variables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, variable_free);
  return self;
}

void
posture_reach_free (PostureReach *self)
{
  g_hash_table_unref (self->variables);
  posture_samples_free (self->samples);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->last, posture_json_document_unref);
  g_free (self);
}

static PostureJsonDocument *
make_event (PostureReach    *self,
            const GPtrArray *questions)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GBytes) bytes = NULL;

  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < questions->len; i++)
    {
      const char *id = g_ptr_array_index (questions, i);
      Variable *variable = get_variable (self, id);

      if (variable == NULL || variable->answer == NULL)
        continue;
      posture_json_writer_key (writer, id);
      posture_json_writer_canonical (writer, variable->answer);
    }
  posture_json_writer_end_object (writer);
  bytes = posture_json_writer_finish (writer);
  return posture_json_document_new (bytes, NULL /* limits */, NULL /* error */);
}

static const PostureJsonNode *
find_event (const GPtrArray *questions,
            gpointer         data)
{
  PostureReach *self = data;
  PostureJsonDocument **event = &self->last;

  for (guint i = 0; i < questions->len; i++)
    {
      Variable *variable = get_variable (self, g_ptr_array_index (questions, i));

      if (variable != NULL && variable->answer != NULL && *variable->answer == '\0')
        return NULL;
      if (variable != NULL && questions->len == 1)
        event = &variable->event;
    }
  if (event == &self->last)
    g_clear_pointer (event, posture_json_document_unref);
  if (*event == NULL)
    *event = make_event (self, questions);
  return posture_json_document_get_root (*event);
}

static void
set_answer (Variable   *variable,
            const char *answer)
{
  variable->answer = answer;
  g_clear_pointer (&variable->event, posture_json_document_unref);
}

static PostureTruth
judge (PostureReach     *self,
       PostureCondition *condition)
{
  /* with faults nobody knows what was meant */
  if (condition == NULL)
    return POSTURE_TRUTH_YES;
  return posture_condition_is_faulty (condition) ? POSTURE_TRUTH_MAYBE
                                                 : posture_condition_judge (condition, find_event, self);
}

/* Whether some answers to the questions from @index on do it, given those before. */
static gboolean
search (PostureReach *self,
        guint         index)
{
  Variable *variable;

  if (self->steps++ >= MAX_STEPS || self->all_steps++ >= MAX_ALL_STEPS)
    return TRUE;
  if (index == self->order->len)
    return (self->asked == NULL || judge (self, self->asked->condition) != POSTURE_TRUTH_NO)
           && judge (self, self->condition) != POSTURE_TRUTH_NO;
  variable = g_ptr_array_index (self->order, index);
  set_answer (variable, NULL);
  if (self->asked == NULL || judge (self, variable->question->condition) != POSTURE_TRUTH_NO)
    for (guint i = 0; i < variable->answers->len; i++)
      {
        const char *answer = g_ptr_array_index (variable->answers, i);

        if (*answer == '\0' && self->single && variable->reach == POSTURE_SAMPLES_EACH)
          continue;
        set_answer (variable, answer);
        if (search (self, index + 1))
          return TRUE;
      }
  set_answer (variable, NULL);
  return search (self, index + 1);
}

/* Adds what a condition names, and what that depends on. */
static void
add_named (PostureReach     *self,
           PostureCondition *condition,
           GHashTable       *seen)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  if (condition != NULL)
    g_ptr_array_add (waiting, condition);
  while (waiting->len > 0 && self->order->len <= MAX_VARIABLES)
    {
      PostureCondition *next = g_ptr_array_steal_index_fast (waiting, waiting->len - 1);
      const GPtrArray *named = posture_condition_get_questions (next);

      for (guint i = 0; i < named->len; i++)
        {
          Variable *variable = get_variable (self, g_ptr_array_index (named, i));

          if (variable == NULL || !g_hash_table_add (seen, variable))
            continue;
          g_ptr_array_add (self->order, variable);
          if (self->asked != NULL && variable->question->condition != NULL)
            g_ptr_array_add (waiting, variable->question->condition);
        }
    }
}

static int
compare_variables (gconstpointer a,
                   gconstpointer b)
{
  const Variable *x = *(Variable *const *) a;
  const Variable *y = *(Variable *const *) b;

  return x->question->number < y->question->number ? -1 : x->question->number > y->question->number;
}

/* Whether there are answers under which @asked is asked and @condition, which can be that of @asked
 * itself, holds. Without @asked, whether there are any at all, be they asked for or not. @single says
 * that @condition is one leaf, which looks at each value once. */
gboolean
posture_reach_can_hold (PostureReach     *self,
                        PostureQuestion  *asked,
                        PostureCondition *condition,
                        gboolean          single)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gboolean found;

  if (condition == NULL || (asked != NULL && posture_condition_is_faulty (condition)))
    return TRUE;
  g_clear_pointer (&self->order, g_ptr_array_unref);
  self->order = g_ptr_array_new ();
  self->asked = asked;
  self->condition = condition;
  self->single = single;
  self->steps = 0;
  add_named (self, condition, seen);
  if (asked != NULL)
    add_named (self, asked->condition, seen);
  g_ptr_array_sort (self->order, compare_variables);
  found = self->order->len > MAX_VARIABLES || search (self, 0);
  for (guint i = 0; i < self->order->len; i++)
    set_answer (g_ptr_array_index (self->order, i), NULL);
  return found;
}

/* Whether a test of a pattern can match some answer to the question @id. */
gboolean
posture_reach_can_match (PostureReach          *self,
                         const char            *id,
                         const PostureJsonNode *test)
{
  Variable *variable = get_variable (self, id);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PosturePattern) pattern = NULL;
  g_autofree char *text = NULL;
  gboolean matches;

  if (variable == NULL || variable->reach == POSTURE_SAMPLES_SOME)
    return TRUE;
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "value");
  posture_json_writer_begin_array (writer);
  posture_json_writer_node (writer, test);
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
  text = posture_json_writer_finish_text (writer);
  pattern = posture_pattern_new (text, strlen (text), NULL /* error */);
  if (pattern == NULL || !posture_pattern_matches (pattern, "{}", 2, &matches, NULL /* error */) || matches)
    return TRUE;
  for (guint i = 0; i < variable->answers->len; i++)
    {
      g_autofree char *event = g_strdup_printf ("{\"value\":%s}",
                                                (const char *) g_ptr_array_index (variable->answers, i));

      if (posture_pattern_matches (pattern, event, strlen (event), &matches, NULL /* error */) && matches)
        return TRUE;
    }
  return FALSE;
}
