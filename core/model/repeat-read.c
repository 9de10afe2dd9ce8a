/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/repeat-private.h"

#include "model/advice-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* With every instance of every section there is. */
#define MAX_QUESTIONS 20000

/* What is needed while repeated sections are checked. */
typedef struct
{
  PostureCheck *check;
  PostureQuestionnaire *questionnaire;
  int *roots; /* of each section, the repeated one that it is or stands in; -1 for none */
} Repeats;

static const PostureSection *
section_at (Repeats *self,
            int      index)
{
  return g_ptr_array_index (self->questionnaire->sections, (guint) index);
}

/* The repeated section that a question stands in, or -1. */
static int
root_of (Repeats         *self,
         PostureQuestion *question)
{
  return question->section != NULL && question->section_number < self->questionnaire->sections->len
           ? self->roots[question->section_number] : -1;
}

/* A fault of the section at @index, told at the list of sections: its own place is not kept. */
static void
section_fault (Repeats               *self,
               const PostureJsonNode *root,
               int                    index,
               const char            *reason)
{
  /* Translators: the id of a section, and what is wrong with it. */
  posture_check_fault_in (self->check, root, "sections", _("“%s” %s"),
                          section_at (self, index)->id, reason);
}

static void
find_roots (Repeats               *self,
            const PostureJsonNode *root)
{
  for (int i = 0; i < (int) self->questionnaire->sections->len; i++)
    {
      const PostureSection *section = section_at (self, i);
      int outer = section->parent >= 0 ? self->roots[section->parent] : -1;

      if (section->for_each != NULL && outer >= 0)
        section_fault (self, root, i, _("is repeated inside of a section that is repeated itself"));
      self->roots[i] = outer >= 0 || section->for_each == NULL ? outer : i;
      self->questionnaire->repeats = self->questionnaire->repeats || section->for_each != NULL;
    }
}

/* The questions of a repeated section stand together, behind that of its instances. */
static void
check_order (Repeats               *self,
             const PostureJsonNode *list)
{
  g_autofree gboolean *ended = g_new0 (gboolean, self->questionnaire->sections->len);
  int last = -1;

  for (guint i = 0; i < self->questionnaire->questions->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (self->questionnaire, i);
      int root = root_of (self, question);
      gsize place = posture_check_enter_at (self->check, i);

      question->repeated = root >= 0;
      if (root >= 0 && root != last && ended[root])
        posture_check_fault_in (self->check, posture_json_node_get_element (list, i), "section",
                                _("the questions of “%s”, which is repeated, must stand together"),
                                section_at (self, root)->id);
      if (last >= 0 && root != last)
        ended[last] = TRUE;
      last = root;
      posture_check_leave (self->check, place);
    }
}

/* What names the instances must be known before the first question about one. */
static void
check_list (Repeats               *self,
            const PostureJsonNode *root,
            int                    index,
            gint64                *n_questions)
{
  PostureQuestionnaire *questionnaire = self->questionnaire;
  PostureQuestion *names = g_hash_table_lookup (questionnaire->question_index,
                                                section_at (self, index)->for_each);
  gint64 inside = 0;

  if (names == NULL || names->kind != POSTURE_QUESTION_INSTANCES)
    {
      section_fault (self, root, index,
                     _("is repeated for what is no question of the kind instances"));
      return;
    }
  if (root_of (self, names) >= 0)
    section_fault (self, root, index, _("is repeated for a question that is repeated itself"));
  for (guint i = 0; i < questionnaire->questions->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);

      if (root_of (self, question) != index)
        continue;
      if (inside++ == 0 && question->number < names->number)
        section_fault (self, root, index,
                       _("has questions before the one that names its instances"));
    }
  if (inside == 0)
    section_fault (self, root, index, _("is repeated and has no questions"));
  *n_questions += inside * ((gint64) names->most - 1);
}

/* From outside of a repeated section nobody can say which of its instances is meant. */
static void
check_named (Repeats               *self,
             const PostureJsonNode *node,
             const char            *member,
             PostureQuestion       *question,
             PostureCondition      *condition)
{
  guint n_named = condition != NULL ? posture_condition_get_n_questions (condition) : 0;

  for (guint i = 0; i < n_named; i++)
    {
      PostureQuestion *other = posture_questionnaire_get_question (
        self->questionnaire, posture_condition_get_question (condition, i));
      int root = root_of (self, other);

      if (root >= 0 && root != root_of (self, question))
        posture_check_fault_in (self->check, node, member,
                                _("names “%s”, which is asked once for each instance of “%s”; "
                                  "nothing outside can tell which is meant"),
                                other->id, section_at (self, root)->id);
    }
}

static void
check_advice (Repeats               *self,
              const PostureJsonNode *node,
              const char            *member,
              PostureQuestion       *question,
              const PostureAdviceList *list)
{
  for (guint i = 0; i < list->length; i++)
    check_named (self, node, member, question, list->items[i].when);
}

static void
check_conditions (Repeats               *self,
                  const PostureJsonNode *list)
{
  for (guint i = 0; i < self->questionnaire->questions->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (self->questionnaire, i);
      const PostureJsonNode *node = posture_json_node_get_element (list, i);
      gsize place = posture_check_enter_at (self->check, i);

      check_named (self, node, "condition", question, question->condition);
      check_advice (self, node, "tips", question, &question->tips);
      check_advice (self, node, "recommendations", question, &question->recommendations);
      posture_check_leave (self->check, place);
    }
}

/* Checks what is repeated, and marks the questions in it. Published methods with a form of their own
 * have nothing to repeat: their scores are defined over that form alone. */
void
posture_repeats_check (PostureCheck            *check,
                       const PostureJsonNode   *root,
                       const PostureMethodForm *method,
                       PostureQuestionnaire    *questionnaire)
{
  const PostureJsonNode *list = posture_json_node_get_member (root, "questions");
  g_autofree int *roots = g_new0 (int, questionnaire->sections->len);
  Repeats self = { check, questionnaire, roots };
  gint64 n_questions = questionnaire->questions->len;
  gsize place;

  find_roots (&self, root);
  if (!questionnaire->repeats)
    return;
  if (!method->repeats)
    posture_check_fault_in (check, root, "sections", _("cannot be repeated with the method %s"),
                            method->id);
  place = posture_check_enter (check, "questions");
  check_order (&self, list);
  check_conditions (&self, list);
  posture_check_leave (check, place);
  for (int i = 0; i < (int) questionnaire->sections->len; i++)
    if (section_at (&self, i)->for_each != NULL && roots[i] == i)
      check_list (&self, root, i, &n_questions);
  if (n_questions > MAX_QUESTIONS)
    posture_check_fault_in (check, root, "sections",
                            _("come to more than %d questions with all instances"), MAX_QUESTIONS);
}
