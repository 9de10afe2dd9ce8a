/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/reach-private.h"

#include "model/constants-private.h"
#include "model/question-private.h"
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
  GPtrArray *answers; /* (element-type PostureJsonDocument): an open one, which stands last, is %NULL */
  PostureSamplesReach reach; /* what those before it stand for */
  gboolean answered;           /* in the assignment that is tried … */
  PostureJsonDocument *answer; /* … and how, %NULL for any way */
} Variable;

struct _PostureReach
{
  PostureQuestionnaire *questionnaire;
  const PostureJsonNode *root;
  GHashTable *constants; /* id -> PostureConstants: what all conditions compare with */
  GPtrArray *variables; /* (element-type Variable) (nullable): of all questions named anywhere, by number */
  GPtrArray *order;     /* (element-type Variable): those that matter, by number */
  PostureQuestion *asked;
  PostureCondition *condition;
  PostureReachAim aim;
  Variable *list; /* (nullable): of the instances that @asked is asked about */
  guint steps;
  guint all_steps;
};

static void
document_free (gpointer data)
{
  if (data != NULL)
    posture_json_document_unref (data);
}

static void
variable_free (gpointer data)
{
  Variable *variable = data;

  if (variable == NULL)
    return;
  g_ptr_array_unref (variable->answers);
  g_free (variable);
}

static Variable *
variable_new (PostureQuestion *question,
              GHashTable      *constants)
{
  Variable *variable = g_new0 (Variable, 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  variable->question = question;
  variable->answers = g_ptr_array_new_with_free_func (document_free);
  variable->reach = posture_samples_add (constants, question, texts);
  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (variable->answers,
                     posture_json_document_new_text (g_ptr_array_index (texts, i), NULL /* error */));
  if (variable->reach < POSTURE_SAMPLES_ALL)
    g_ptr_array_add (variable->answers, NULL);
  return variable;
}

static Variable *
get_variable (PostureReach *self,
              guint         number)
{
  gpointer *variable = &g_ptr_array_index (self->variables, number);

  if (*variable == NULL)
    *variable = variable_new (posture_questionnaire_get_question (self->questionnaire, number),
                              self->constants);
  return *variable;
}

PostureReach *
posture_reach_new (PostureQuestionnaire  *questionnaire,
                   const PostureJsonNode *root)
{
  PostureReach *self = g_new0 (PostureReach, 1);

  self->questionnaire = questionnaire;
  self->root = root;
  self->constants = posture_constants_collect (questionnaire, root);
  self->variables = g_ptr_array_new_with_free_func (variable_free);
  g_ptr_array_set_size (self->variables, (int) questionnaire->questions->len);
  return self;
}

void
posture_reach_free (PostureReach *self)
{
  g_ptr_array_unref (self->variables);
  g_hash_table_unref (self->constants);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_free (self);
}

static gboolean
find_answer (guint                   number,
             gpointer                data,
             const PostureJsonNode **ret_answer)
{
  Variable *variable = get_variable (data, number);

  if (variable->answered && variable->answer == NULL)
    return FALSE;
  *ret_answer = variable->answered ? posture_json_document_get_root (variable->answer) : NULL;
  return TRUE;
}

static PostureTruth
judge (PostureReach     *self,
       PostureCondition *condition)
{
  /* with faults nobody knows what was meant */
  if (condition == NULL)
    return POSTURE_TRUTH_YES;
  return condition->faulty ? POSTURE_TRUTH_MAYBE : posture_condition_judge (condition, find_answer, self);
}

/* Whether there is an instance that the question can be asked about: as long as the list has none, it cannot be
 * answered. */
static gboolean
has_instance (PostureReach *self)
{
  const PostureJsonNode *list;

  if (self->list == NULL || (self->list->answered && self->list->answer == NULL))
    return TRUE;
  if (!self->list->answered)
    return FALSE;
  list = posture_json_document_get_root (self->list->answer);
  return posture_json_node_get_kind (list) == POSTURE_JSON_ARRAY;
}

/* Whether a value gives all that the question can give. */
static gboolean
gives_all (PostureQuestion       *question,
           const PostureJsonNode *value)
{
  int credit;

  if (posture_question_has_statuses (question))
    return g_strcmp0 (posture_json_node_get_string (value), "not-met") != 0
           && g_strcmp0 (posture_json_node_get_string (value), "partial") != 0;
  return posture_question_find_credit (question, value, &credit) && credit == POSTURE_CREDIT_ONE;
}

/* Whether there is a finding, if one is wanted: for an answer that is open, or gives less than all. */
static gboolean
may_lose (PostureReach *self)
{
  Variable *own = self->aim == POSTURE_REACH_LOSING
                    ? g_ptr_array_index (self->variables, self->asked->number) : NULL;
  const PostureJsonNode *answer;

  if (own == NULL || !own->answered || own->answer == NULL)
    return TRUE;
  answer = posture_json_document_get_root (own->answer);
  if (posture_json_node_get_kind (answer) == POSTURE_JSON_OBJECT)
    return posture_json_node_get_member (answer, "unknown") != NULL;
  return !gives_all (self->asked, answer);
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
           && judge (self, self->condition) != POSTURE_TRUTH_NO && has_instance (self) && may_lose (self);
  variable = g_ptr_array_index (self->order, index);
  variable->answered = FALSE;
  if (self->asked == NULL || judge (self, variable->question->condition) != POSTURE_TRUTH_NO)
    for (guint i = 0; i < variable->answers->len; i++)
      {
        variable->answered = TRUE;
        variable->answer = g_ptr_array_index (variable->answers, i);
        if (variable->answer == NULL && self->aim == POSTURE_REACH_SINGLE && variable->reach == POSTURE_SAMPLES_EACH)
          continue;
        if (search (self, index + 1))
          return TRUE;
      }
  variable->answered = FALSE;
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

      for (guint i = 0; i < posture_condition_get_n_questions (next); i++)
        {
          Variable *variable = get_variable (self, posture_condition_get_question (next, i));

          if (!g_hash_table_add (seen, variable))
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

/* The list of the instances that a question is asked about; %NULL if it is asked once. */
static Variable *
find_list (PostureReach    *self,
           PostureQuestion *asked)
{
  PostureQuestion *list = NULL;

  for (int i = (int) asked->section_number; list == NULL && i >= 0;)
    {
      const PostureSection *section = posture_questionnaire_get_section (self->questionnaire, (guint) i);

      if (section->for_each != NULL)
        list = posture_questionnaire_find_question (self->questionnaire, section->for_each);
      i = section->parent;
    }
  return list != NULL ? get_variable (self, list->number) : NULL;
}

/* Adds a question, and what it depends on. */
static void
add_variable (PostureReach *self,
              Variable     *variable,
              GHashTable   *seen)
{
  if (!g_hash_table_add (seen, variable))
    return;
  g_ptr_array_add (self->order, variable);
  add_named (self, variable->question->condition, seen);
}

/* What the condition of @question was read from. */
static const PostureJsonNode *
get_json (PostureReach    *self,
          PostureQuestion *question)
{
  const PostureJsonNode *list = posture_json_node_get_member (self->root, "questions");

  return posture_json_node_get_member (posture_json_node_get_element (list, question->number), "condition");
}

/* All that the conditions which matter compare with. */
static GHashTable *
collect_constants (PostureReach          *self,
                   const PostureJsonNode *json)
{
  GHashTable *constants = posture_constants_new ();

  posture_constants_note (constants, self->questionnaire, json, self->aim == POSTURE_REACH_SINGLE);
  if (self->asked != NULL && self->asked->condition != NULL)
    posture_constants_note (constants, self->questionnaire, get_json (self, self->asked), FALSE);
  for (guint i = 0; self->asked != NULL && i < self->order->len; i++)
    {
      PostureQuestion *question = ((Variable *) g_ptr_array_index (self->order, i))->question;

      if (question->condition != NULL)
        posture_constants_note (constants, self->questionnaire, get_json (self, question), FALSE);
    }
  return constants;
}

/* Where samples do not stand for all since some condition of the whole questionnaire looks more closely, those that
 * matter here may not. @own takes the variables that go in the place of the others. */
static void
narrow (PostureReach          *self,
        const PostureJsonNode *json,
        GPtrArray             *own)
{
  g_autoptr (GHashTable) constants = NULL;

  for (guint i = 0; i < self->order->len; i++)
    {
      Variable *variable = g_ptr_array_index (self->order, i);
      Variable *narrower;

      if (variable->reach == POSTURE_SAMPLES_ALL)
        continue;
      if (constants == NULL)
        constants = collect_constants (self, json);
      narrower = variable_new (variable->question, constants);
      g_ptr_array_add (own, narrower);
      g_ptr_array_index (self->order, i) = narrower;
      self->list = self->list == variable ? narrower : self->list;
    }
}

/* Puts the variables in @own in the place of the questionnaire's, and those into @own; twice, and all is as it was. */
static void
exchange (PostureReach *self,
          GPtrArray    *own)
{
  for (guint i = 0; i < own->len; i++)
    {
      Variable *variable = g_ptr_array_index (own, i);
      gpointer *place = &g_ptr_array_index (self->variables, variable->question->number);

      g_ptr_array_index (own, i) = *place;
      *place = variable;
    }
}

/* Searches with the variables in @own in the place of the questionnaire's. */
static gboolean
search_with (PostureReach *self,
             GPtrArray    *own)
{
  gboolean found;

  exchange (self, own);
  found = search (self, 0);
  for (guint i = 0; i < self->order->len; i++)
    ((Variable *) g_ptr_array_index (self->order, i))->answered = FALSE;
  exchange (self, own);
  return found;
}

/* Whether there are answers under which @asked is asked and @condition, which can be that of @asked
 * itself, holds. Without @asked, whether there are any at all, be they asked for or not. @json is what
 * @condition was read from: the condition or, of a single one, its pattern. */
gboolean
posture_reach_can_hold (PostureReach          *self,
                        PostureQuestion       *asked,
                        PostureCondition      *condition,
                        const PostureJsonNode *json,
                        PostureReachAim        aim)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (variable_free);

  if (condition == NULL || (asked != NULL && condition->faulty))
    return TRUE;
  g_clear_pointer (&self->order, g_ptr_array_unref);
  self->order = g_ptr_array_new ();
  self->asked = asked;
  self->condition = condition;
  self->aim = aim;
  self->list = aim == POSTURE_REACH_INSTANCE ? find_list (self, asked) : NULL;
  self->steps = 0;
  add_named (self, condition, seen);
  if (asked != NULL)
    add_named (self, asked->condition, seen);
  if (self->list != NULL)
    add_variable (self, self->list, seen);
  if (self->order->len > MAX_VARIABLES)
    return TRUE;
  g_ptr_array_sort (self->order, compare_variables);
  narrow (self, json, own);
  return search_with (self, own);
}

/* Whether a test of a pattern can match some answer to the question @id. */
gboolean
posture_reach_can_match (PostureReach          *self,
                         const char            *id,
                         const PostureJsonNode *test)
{
  static const char *const names[] = { "value" };
  PostureQuestion *question = posture_questionnaire_find_question (self->questionnaire, id);
  Variable *variable = question != NULL ? get_variable (self, question->number) : NULL;
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PosturePattern) pattern = NULL;
  g_autofree char *text = NULL;

  if (variable == NULL || variable->reach == POSTURE_SAMPLES_SOME)
    return TRUE;
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, names[0]);
  posture_json_writer_begin_array (writer);
  posture_json_writer_node (writer, test);
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
  text = posture_json_writer_finish_text (writer);
  pattern = posture_pattern_new (text, strlen (text), NULL /* error */);
  if (pattern == NULL || posture_pattern_matches_members (pattern, names, NULL, 0))
    return TRUE;
  for (guint i = 0; i < variable->answers->len; i++)
    {
      PostureJsonDocument *answer = g_ptr_array_index (variable->answers, i);
      const PostureJsonNode *value = answer != NULL ? posture_json_document_get_root (answer) : NULL;

      if (answer != NULL && posture_pattern_matches_members (pattern, names, &value, 1))
        return TRUE;
    }
  return FALSE;
}
