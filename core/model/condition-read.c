/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/condition-private.h"

#include "model/question-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is needed while a condition is read: its parts, as far as they have been. */
typedef struct
{
  PostureCheck *check;
  const PostureConditionSetting *setting;
  GArray *steps;         /* (element-type PostureStep) */
  GArray *named;         /* (element-type guint32) */
  GPtrArray *names;      /* (element-type utf8), ids of questions */
  GPtrArray *unresolved; /* (element-type utf8) */
} Reading;

static void read_node (Reading               *reading,
                       const PostureJsonNode *json,
                       guint                  depth);

/* Begins a part; returns its place. */
static guint
begin_step (Reading        *reading,
            PostureStepKind kind)
{
  PostureStep step = { NULL, reading->named->len, 0, 0, kind };

  g_array_append_val (reading->steps, step);
  return reading->steps->len - 1;
}

/* Ends a part; what was named since it began is what a leaf looks at. */
static void
end_step (Reading *reading,
          guint    place)
{
  PostureStep *step = &g_array_index (reading->steps, PostureStep, place);

  step->length = reading->steps->len - place;
  step->n_named = step->kind == POSTURE_STEP_LEAF ? reading->named->len - step->first : 0;
}

static void
read_children (Reading               *reading,
               PostureStepKind        kind,
               const PostureJsonNode *json,
               guint                  depth)
{
  guint step = begin_step (reading, kind);

  if (posture_check_kind (reading->check, json, POSTURE_JSON_ARRAY))
    {
      if (posture_json_node_get_length (json) == 0)
        posture_check_fault (reading->check, json, _("needs at least one condition"));
      for (guint i = 0; i < posture_json_node_get_length (json); i++)
        {
          gsize place = posture_check_enter_at (reading->check, i);

          read_node (reading, posture_json_node_get_element (json, i), depth + 1);
          posture_check_leave (reading->check, place);
        }
    }
  end_step (reading, step);
}

/* The question that a pattern's field looks at, %NULL if there is none among @questions: the field is a
 * question's id, or an id followed by what an answer without a value consists of. */
char *
posture_condition_find_question (GHashTable *questions,
                                 const char *path)
{
  static const char *const tails[] = { "", ".unknown", ".not_applicable" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    if (g_str_has_suffix (path, tails[i]))
      {
        g_autofree char *id = g_strndup (path, strlen (path) - strlen (tails[i]));

        if (g_hash_table_contains (questions, id))
          return g_steal_pointer (&id);
      }
  return NULL;
}

/* Notes a question that the leaf which is being read looks at, once. */
static void
add_named (Reading         *reading,
           PostureQuestion *question)
{
  guint first = g_array_index (reading->steps, PostureStep, reading->steps->len - 1).first;
  guint32 number = question->number;

  for (guint i = first; i < reading->named->len; i++)
    if (g_array_index (reading->named, guint32, i) == number)
      return;
  g_array_append_val (reading->named, number);
  g_ptr_array_add (reading->names, question->id);
}

static void
tell_unresolved (Reading    *reading,
                 const char *name)
{
  g_ptr_array_add (reading->unresolved,
                   posture_json_arena_text (reading->setting->arena, name, strlen (name)));
}

/* A pattern on several answers, or with more to it than a list of what one may be. */
static const PostureLeaf *
read_whole_pattern (Reading               *reading,
                    const PostureJsonNode *json)
{
  g_autoptr (GError) error = NULL;
  PosturePattern *pattern = posture_pattern_new_from_node (json, &error);
  g_auto (GStrv) paths = NULL;

  if (pattern == NULL)
    {
      posture_check_fault (reading->check, json, "%s", error->message);
      return NULL;
    }
  paths = posture_pattern_dup_paths (pattern);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *id = posture_condition_find_question (reading->setting->earlier, paths[i]);

      if (id != NULL)
        add_named (reading, g_hash_table_lookup (reading->setting->earlier, id));
      else
        {
          tell_unresolved (reading, paths[i]);
          posture_check_fault (reading->check, json,
                               _("names “%s”, which is no question that stands earlier"), paths[i]);
        }
    }
  return posture_leaves_of_pattern (reading->setting->leaves, pattern);
}

/* Mostly a pattern is a list of what the answer to one question may be. */
static const PostureLeaf *
read_pattern (Reading               *reading,
              const PostureJsonNode *json)
{
  const PostureJsonNode *list = NULL;
  const PostureLeaf *leaf = NULL;
  PostureQuestion *question = NULL;

  if (posture_json_node_get_kind (json) == POSTURE_JSON_OBJECT
      && posture_json_node_get_length (json) == 1)
    {
      list = posture_json_node_get_element (json, 0);
      question = g_hash_table_lookup (reading->setting->earlier, posture_json_node_get_key (json, 0));
    }
  if (question != NULL && posture_json_node_get_kind (list) == POSTURE_JSON_ARRAY)
    leaf = posture_leaves_of_answer (reading->setting->leaves, list);
  if (leaf == NULL)
    return read_whole_pattern (reading, json);
  add_named (reading, question);
  return leaf;
}

static const PostureLeaf *
read_expression (Reading               *reading,
                 const PostureJsonNode *json)
{
  const char *expression = posture_check_text (reading->check, json, "expression", TRUE);
  const PostureLeaf *leaf;

  if (expression == NULL)
    return NULL;
  if (g_utf8_strlen (expression, -1) > POSTURE_CONDITION_MAX_EXPRESSION)
    {
      posture_check_fault_in (reading->check, json, "expression",
                              _("must have at most %d characters"), POSTURE_CONDITION_MAX_EXPRESSION);
      return NULL;
    }
  leaf = posture_leaves_of_regex (reading->setting->leaves, expression);
  if (leaf == NULL)
    posture_check_fault_in (reading->check, json, "expression", _("is no regular expression"));
  return leaf;
}

static const PostureLeaf *
read_regex (Reading               *reading,
            const PostureJsonNode *json)
{
  static const char *const members[] = { "question", "expression", NULL };
  const PostureLeaf *leaf;
  PostureQuestion *question;
  const char *id;

  if (!posture_check_kind (reading->check, json, POSTURE_JSON_OBJECT))
    return NULL;
  posture_check_members (reading->check, json, members);
  leaf = read_expression (reading, json);
  id = posture_check_text (reading->check, json, "question", TRUE);
  question = id != NULL ? g_hash_table_lookup (reading->setting->earlier, id) : NULL;
  if (id != NULL && question == NULL)
    {
      tell_unresolved (reading, id);
      posture_check_fault_in (reading->check, json, "question",
                              _("names “%s”, which is no question that stands earlier"), id);
    }
  else if (question != NULL && question->kind != POSTURE_QUESTION_TEXT)
    posture_check_fault_in (reading->check, json, "question",
                            _("must be a question of the kind text"));
  else if (question != NULL)
    add_named (reading, question);
  return leaf;
}

static void
read_leaf (Reading               *reading,
           const PostureJsonNode *json,
           gboolean               pattern)
{
  guint step = begin_step (reading, POSTURE_STEP_LEAF);
  const PostureLeaf *leaf = pattern ? read_pattern (reading, json) : read_regex (reading, json);

  g_array_index (reading->steps, PostureStep, step).leaf = leaf;
  end_step (reading, step);
}

static void
read_kind (Reading               *reading,
           const char            *kind,
           const PostureJsonNode *json,
           guint                  depth)
{
  guint step;

  if (g_str_equal (kind, "pattern") || g_str_equal (kind, "regex"))
    read_leaf (reading, json, g_str_equal (kind, "pattern"));
  else if (g_str_equal (kind, "not"))
    {
      step = begin_step (reading, POSTURE_STEP_NOT);
      read_node (reading, json, depth + 1);
      end_step (reading, step);
    }
  else
    read_children (reading, g_str_equal (kind, "and") ? POSTURE_STEP_AND : POSTURE_STEP_OR, json, depth);
}

static void
read_node (Reading               *reading,
           const PostureJsonNode *json,
           guint                  depth)
{
  static const char *const kinds[] = { "and", "or", "not", "pattern", "regex", NULL };
  gsize place;

  if (depth > POSTURE_CONDITION_MAX_DEPTH)
    {
      posture_check_fault (reading->check, json, _("conditions nest at most %d deep"),
                           POSTURE_CONDITION_MAX_DEPTH);
      return;
    }
  if (posture_json_node_get_kind (json) != POSTURE_JSON_OBJECT
      || posture_json_node_get_length (json) != 1
      || !g_strv_contains (kinds, posture_json_node_get_key (json, 0)))
    {
      posture_check_fault (reading->check, json,
                           _("must be an object with one of and, or, not, pattern, regex"));
      return;
    }
  place = posture_check_enter (reading->check, posture_json_node_get_key (json, 0));
  read_kind (reading, posture_json_node_get_key (json, 0), posture_json_node_get_element (json, 0), depth);
  posture_check_leave (reading->check, place);
}

static gpointer
keep (Reading      *reading,
      gconstpointer items,
      gsize         size)
{
  gpointer kept = posture_json_arena_alloc (reading->setting->arena, size);

  if (size > 0)
    memcpy (kept, items, size);
  return kept;
}

/* Reads a condition at the present place. With faults the condition is there and must not be asked. */
PostureCondition *
posture_condition_read (PostureCheck                  *check,
                        const PostureJsonNode         *node,
                        const PostureConditionSetting *setting)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (PostureStep));
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) unresolved = g_ptr_array_new ();
  Reading reading = { check, setting, steps, named, names, unresolved };
  PostureCondition *self = posture_json_arena_alloc (setting->arena, sizeof *self);
  guint before = check->found;
  guint32 *questions;

  read_node (&reading, node, 1);
  *self = (PostureCondition) {
    .steps = keep (&reading, steps->data, steps->len * sizeof (PostureStep)),
    .named = keep (&reading, named->data, named->len * sizeof (guint32)),
    .names = keep (&reading, names->pdata, names->len * sizeof (char *)),
    .unresolved = keep (&reading, unresolved->pdata, unresolved->len * sizeof (char *)),
    .n_unresolved = unresolved->len,
    .faulty = check->found > before,
  };
  questions = posture_json_arena_alloc (setting->arena, named->len * sizeof *questions);
  self->n_questions = posture_condition_find_first (self->named, 0, named->len, questions);
  self->questions = questions;
  return self;
}
