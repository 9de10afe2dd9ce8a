/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/circles-private.h"

#include <glib/gi18n-lib.h>

/* Conditions name earlier questions only; where some do not, they can go round in circles. Those are looked for among
 * all that they name. */
typedef struct
{
  PostureQuestionnaire *questionnaire;
  PostureCheck *check;
  const PostureJsonNode *root;
} Search;

/* The places of the questions that a condition names, wherever they stand. */
static GArray *
find_named (Search          *self,
            PostureQuestion *question)
{
  GArray *named = g_array_new (FALSE, FALSE, sizeof (guint));
  PostureCondition *condition = question->condition;

  for (guint i = 0; condition != NULL && i < condition->n_unresolved; i++)
    {
      g_autofree char *id = posture_condition_find_question (self->questionnaire->question_index,
                                                             condition->unresolved[i]);

      if (id != NULL)
        g_array_append_val (named, posture_questionnaire_find_question (self->questionnaire,
                                                                        id)->number);
    }
  for (guint i = 0; condition != NULL && i < posture_condition_get_n_questions (condition); i++)
    {
      guint number = posture_condition_get_question (condition, i);

      g_array_append_val (named, number);
    }
  return named;
}

/* Tells the circle that ends where it began, at @start of @path. */
static void
tell_circle (Search *self,
             GArray     *path,
             guint       start)
{
  const PostureJsonNode *list = posture_json_node_get_member (self->root, "questions");
  guint first = g_array_index (path, guint, start);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize outer = posture_check_enter (self->check, "questions");
  gsize place = posture_check_enter_at (self->check, first);

  for (guint i = start; i < path->len; i++)
    g_string_append_printf (text, "%s → ", posture_questionnaire_get_question (
                                             self->questionnaire, g_array_index (path, guint, i))->id);
  g_string_append (text, posture_questionnaire_get_question (self->questionnaire, first)->id);
  posture_check_fault_in (self->check, posture_json_node_get_element (list, first), "condition",
                          _("goes round in a circle: %s"), text->str);
  posture_check_leave (self->check, place);
  posture_check_leave (self->check, outer);
}

/* Follows what conditions name from @start on, with a path instead of recursion: it can be as long as
 * the questionnaire. What was gone through once is not again. */
static void
follow (Search *self,
        guint       start,
        GPtrArray  *named,
        guint8     *states)
{
  enum { NEW, ON_PATH, DONE };
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *next = g_new0 (guint, named->len);

  if (states[start] != NEW)
    return;
  g_array_append_val (path, start);
  states[start] = ON_PATH;
  while (path->len > 0)
    {
      guint last = g_array_index (path, guint, path->len - 1);
      const GArray *edges = g_ptr_array_index (named, last);
      guint to;

      if (next[last] == edges->len)
        {
          states[last] = DONE;
          g_array_set_size (path, path->len - 1);
          continue;
        }
      to = g_array_index (edges, guint, next[last]++);
      if (states[to] == NEW)
        {
          states[to] = ON_PATH;
          g_array_append_val (path, to);
        }
      else if (states[to] == ON_PATH)
        for (guint i = 0; i < path->len; i++)
          if (g_array_index (path, guint, i) == to)
            tell_circle (self, path, i);
    }
}

/* Tells every circle at the condition that it begins with. @root is what the questionnaire was read from, perhaps with
 * faults. */
void
posture_circles_tell (PostureQuestionnaire  *questionnaire,
                      PostureCheck          *check,
                      const PostureJsonNode *root)
{
  Search self = { questionnaire, check, root };
  GPtrArray *questions = questionnaire->questions;
  g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autofree guint8 *states = g_new0 (guint8, questions->len);
  gboolean all_earlier = TRUE;

  for (guint i = 0; i < questions->len; i++)
    {
      PostureQuestion *question = g_ptr_array_index (questions, i);

      g_ptr_array_add (named, find_named (&self, question));
      all_earlier = all_earlier && (question->condition == NULL
                                    || question->condition->n_unresolved == 0);
    }
  for (guint i = 0; !all_earlier && i < questions->len; i++)
    follow (&self, i, named, states);
}
