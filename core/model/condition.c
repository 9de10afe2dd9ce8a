/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/condition-private.h"

#include "model/question.h"
#include "pattern/pattern.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An expression that needs more steps than this counts as not matching. PCRE2 takes the lower value
 * if the expression asks for a limit of its own; without just-in-time code the steps are counted
 * the same everywhere. */
#define EXPRESSION_LIMITS "(*LIMIT_MATCH=50000)(*LIMIT_DEPTH=1000)(*NO_JIT)"

typedef enum
{
  NODE_AND,
  NODE_OR,
  NODE_NOT,
  NODE_PATTERN,
  NODE_REGEX,
} NodeKind;

typedef struct
{
  NodeKind kind;
  GPtrArray *children; /* (element-type Node): of and, or, not */
  PosturePattern *pattern;
  GRegex *regex;
  char *question; /* that the regular expression looks at */
  GPtrArray *questions; /* (element-type utf8): that a leaf looks at */
} Node;

struct _PostureCondition
{
  Node *root;
  GPtrArray *questions; /* (element-type utf8): ids in the order they are named, each once */
  GPtrArray *unresolved; /* (element-type utf8): what is named and stands nowhere earlier */
  gboolean faulty;
};

/* What is needed while a condition is read. */
typedef struct
{
  PostureCheck *check;
  GHashTable *earlier; /* id -> PostureQuestion */
  GPtrArray *questions;
  GPtrArray *unresolved;
} Reading;

static Node *read_node (Reading               *reading,
                        const PostureJsonNode *json,
                        guint                  depth);

static void
node_free (Node *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->pattern, posture_pattern_unref);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self->question);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_free (self);
}

static Node *
node_new (NodeKind kind)
{
  Node *self = g_new0 (Node, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  return self;
}

static void
add_question (GPtrArray  *questions,
              const char *id)
{
  if (!g_ptr_array_find_with_equal_func (questions, id, g_str_equal, NULL))
    g_ptr_array_add (questions, g_strdup (id));
}

static Node *
read_children (Reading               *reading,
               NodeKind               kind,
               const PostureJsonNode *json,
               guint                  depth)
{
  Node *node = node_new (kind);

  if (!posture_check_kind (reading->check, json, POSTURE_JSON_ARRAY))
    return node;
  if (posture_json_node_get_length (json) == 0)
    posture_check_fault (reading->check, json, _("needs at least one condition"));
  for (guint i = 0; i < posture_json_node_get_length (json); i++)
    {
      gsize place = posture_check_enter_at (reading->check, i);

      g_ptr_array_add (node->children,
                       read_node (reading, posture_json_node_get_element (json, i), depth + 1));
      posture_check_leave (reading->check, place);
    }
  return node;
}

/* The question that a pattern's field looks at: the field is a question's id, or an id followed by
 * what an answer without a value consists of. */
static char *
question_of_path (GHashTable *earlier,
                  const char *path)
{
  static const char *const tails[] = { "", ".unknown", ".not_applicable" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    if (g_str_has_suffix (path, tails[i]))
      {
        g_autofree char *id = g_strndup (path, strlen (path) - strlen (tails[i]));

        if (g_hash_table_contains (earlier, id))
          return g_steal_pointer (&id);
      }
  return NULL;
}

static Node *
read_pattern (Reading               *reading,
              const PostureJsonNode *json)
{
  Node *node = node_new (NODE_PATTERN);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;

  node->pattern = posture_pattern_new_from_node (json, &error);
  if (node->pattern == NULL)
    {
      posture_check_fault (reading->check, json, "%s", error->message);
      return node;
    }
  node->questions = g_ptr_array_new_with_free_func (g_free);
  paths = posture_pattern_dup_paths (node->pattern);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *id = question_of_path (reading->earlier, paths[i]);

      if (id != NULL)
        {
          add_question (reading->questions, id);
          add_question (node->questions, id);
        }
      else
        {
          g_ptr_array_add (reading->unresolved, g_strdup (paths[i]));
          posture_check_fault (reading->check, json,
                               _("names “%s”, which is no question that stands earlier"), paths[i]);
        }
    }
  return node;
}

static void
read_expression (PostureCheck          *check,
                 Node                  *node,
                 const PostureJsonNode *json)
{
  const char *expression = posture_check_text (check, json, "expression", TRUE);
  g_autofree char *bounded = NULL;
  g_autoptr (GError) error = NULL;

  if (expression == NULL)
    return;
  if (g_utf8_strlen (expression, -1) > POSTURE_CONDITION_MAX_EXPRESSION)
    {
      posture_check_fault_in (check, json, "expression", _("must have at most %d characters"),
                              POSTURE_CONDITION_MAX_EXPRESSION);
      return;
    }
  bounded = g_strconcat (EXPRESSION_LIMITS, expression, NULL);
  node->regex = g_regex_new (bounded, 0, 0, &error);
  if (node->regex == NULL)
    posture_check_fault_in (check, json, "expression", _("is no regular expression"));
}

static Node *
read_regex (Reading               *reading,
            const PostureJsonNode *json)
{
  static const char *const members[] = { "question", "expression", NULL };
  Node *node = node_new (NODE_REGEX);
  const char *id;
  PostureQuestion *question;

  if (!posture_check_kind (reading->check, json, POSTURE_JSON_OBJECT))
    return node;
  posture_check_members (reading->check, json, members);
  read_expression (reading->check, node, json);
  id = posture_check_text (reading->check, json, "question", TRUE);
  if (id == NULL)
    return node;
  question = g_hash_table_lookup (reading->earlier, id);
  if (question == NULL)
    {
      g_ptr_array_add (reading->unresolved, g_strdup (id));
      posture_check_fault_in (reading->check, json, "question",
                              _("names “%s”, which is no question that stands earlier"), id);
    }
  else if (posture_question_get_kind (question) != POSTURE_QUESTION_TEXT)
    posture_check_fault_in (reading->check, json, "question",
                            _("must be a question of the kind text"));
  else
    add_question (reading->questions, id);
  node->question = g_strdup (id);
  node->questions = g_ptr_array_new_with_free_func (g_free);
  add_question (node->questions, id);
  return node;
}

static Node *
read_not (Reading               *reading,
          const PostureJsonNode *json,
          guint                  depth)
{
  Node *node = node_new (NODE_NOT);

  g_ptr_array_add (node->children, read_node (reading, json, depth + 1));
  return node;
}

static Node *
read_node (Reading               *reading,
           const PostureJsonNode *json,
           guint                  depth)
{
  static const char *const kinds[] = { "and", "or", "not", "pattern", "regex", NULL };
  const PostureJsonNode *inner;
  const char *kind;
  gsize place;
  Node *node = NULL;

  if (depth > POSTURE_CONDITION_MAX_DEPTH)
    {
      posture_check_fault (reading->check, json, _("conditions nest at most %d deep"),
                           POSTURE_CONDITION_MAX_DEPTH);
      return node_new (NODE_AND);
    }
  if (posture_json_node_get_kind (json) != POSTURE_JSON_OBJECT
      || posture_json_node_get_length (json) != 1
      || !g_strv_contains (kinds, posture_json_node_get_key (json, 0)))
    {
      posture_check_fault (reading->check, json,
                           _("must be an object with one of and, or, not, pattern, regex"));
      return node_new (NODE_AND);
    }
  kind = posture_json_node_get_key (json, 0);
  inner = posture_json_node_get_element (json, 0);
  place = posture_check_enter (reading->check, kind);
  if (g_str_equal (kind, "pattern"))
    node = read_pattern (reading, inner);
  else if (g_str_equal (kind, "regex"))
    node = read_regex (reading, inner);
  else if (g_str_equal (kind, "not"))
    node = read_not (reading, inner, depth);
  else
    node = read_children (reading, g_str_equal (kind, "and") ? NODE_AND : NODE_OR, inner, depth);
  posture_check_leave (reading->check, place);
  return node;
}

/* Reads a condition at the present place. @earlier holds the questions it may name, by id. With
 * faults the condition is there and must not be asked. */
PostureCondition *
posture_condition_read (PostureCheck          *check,
                        const PostureJsonNode *node,
                        GHashTable            *earlier)
{
  PostureCondition *self = g_new0 (PostureCondition, 1);
  Reading reading = { check, earlier, NULL, NULL };
  guint before = check->found;

  self->questions = g_ptr_array_new_with_free_func (g_free);
  self->unresolved = g_ptr_array_new_with_free_func (g_free);
  reading.questions = self->questions;
  reading.unresolved = self->unresolved;
  self->root = read_node (&reading, node, 1);
  self->faulty = check->found > before;
  return self;
}

void
posture_condition_free (PostureCondition *self)
{
  node_free (self->root);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->unresolved);
  g_free (self);
}

/* What it names and could not find, as its patterns spell it. */
const GPtrArray *
posture_condition_get_unresolved (PostureCondition *self)
{
  return self->unresolved;
}

/* Whether it was read with faults, and must not be asked. */
gboolean
posture_condition_is_faulty (PostureCondition *self)
{
  return self->faulty;
}

/* Whether it is one pattern and nothing else. */
gboolean
posture_condition_is_pattern (PostureCondition *self)
{
  return self->root->kind == NODE_PATTERN;
}

/* The ids that it names, without a copy. */
const GPtrArray *
posture_condition_get_questions (PostureCondition *self)
{
  return self->questions;
}

static gboolean
regex_holds (const Node            *node,
             const PostureJsonNode *event)
{
  const PostureJsonNode *member = posture_json_node_get_member (event, node->question);

  return member != NULL && posture_json_node_get_kind (member) == POSTURE_JSON_STRING
         && g_regex_match_full (node->regex, posture_json_node_get_string (member), -1, 0, 0,
                                NULL /* match */, NULL /* error */);
}

static gboolean
leaf_holds (const Node            *node,
            const PostureJsonNode *event)
{
  return node->kind == NODE_PATTERN ? posture_pattern_matches_node (node->pattern, event)
                                    : regex_holds (node, event);
}

static gboolean
node_holds (const Node             *node,
            PostureConditionEvents  find_event,
            gpointer                data)
{
  if (node->kind == NODE_PATTERN || node->kind == NODE_REGEX)
    return leaf_holds (node, find_event (node->questions, data));
  if (node->kind == NODE_NOT)
    return !node_holds (g_ptr_array_index (node->children, 0), find_event, data);
  for (guint i = 0; i < node->children->len; i++)
    if (node_holds (g_ptr_array_index (node->children, i), find_event, data)
        == (node->kind == NODE_OR))
      return node->kind == NODE_OR;
  return node->kind == NODE_AND;
}

/* Whether the condition holds. Each leaf is shown an event: an object with a member for each
 * question that is visible and was answered: its id and the value, or `{"unknown": true}`, or
 * `{"not_applicable": "…"}`; of the questions that the leaf does not name nothing is needed. A
 * regular expression looks at text answers alone, matches anywhere in the text unless it is
 * anchored, and does not match if it takes too many steps. */
gboolean
posture_condition_holds (PostureCondition       *self,
                         PostureConditionEvents  find_event,
                         gpointer                data)
{
  return node_holds (self->root, find_event, data);
}

static PostureTruth
judge_node (const Node             *node,
            PostureConditionEvents  find_event,
            gpointer                data)
{
  const PostureJsonNode *event;
  PostureTruth found;

  if (node->kind == NODE_PATTERN || node->kind == NODE_REGEX)
    {
      event = find_event (node->questions, data);
      if (event == NULL)
        return POSTURE_TRUTH_MAYBE;
      return leaf_holds (node, event) ? POSTURE_TRUTH_YES : POSTURE_TRUTH_NO;
    }
  if (node->kind == NODE_NOT)
    return POSTURE_TRUTH_YES - judge_node (g_ptr_array_index (node->children, 0), find_event, data);
  found = node->kind == NODE_AND ? POSTURE_TRUTH_YES : POSTURE_TRUTH_NO;
  for (guint i = 0; i < node->children->len; i++)
    {
      PostureTruth child = judge_node (g_ptr_array_index (node->children, i), find_event, data);

      found = node->kind == NODE_AND ? MIN (found, child) : MAX (found, child);
    }
  return found;
}

/* What can be said of the condition; find_event() gives %NULL for what is open. */
PostureTruth
posture_condition_judge (PostureCondition       *self,
                         PostureConditionEvents  find_event,
                         gpointer                data)
{
  return judge_node (self->root, find_event, data);
}

/* Adds what the leaves of a node look at; the ids stay the leaves'. */
static void
collect_questions (const Node *node,
                   GPtrArray  *questions)
{
  for (guint i = 0; node->questions != NULL && i < node->questions->len; i++)
    if (!g_ptr_array_find_with_equal_func (questions, g_ptr_array_index (node->questions, i), g_str_equal,
                                           NULL))
      g_ptr_array_add (questions, g_ptr_array_index (node->questions, i));
  for (guint i = 0; i < node->children->len; i++)
    collect_questions (g_ptr_array_index (node->children, i), questions);
}

static void
visit_parts (Node                  *node,
             PostureCheck          *check,
             const PostureJsonNode *json,
             gboolean               whole,
             PostureConditionVisit  visit,
             gpointer               data)
{
  const PostureJsonNode *inner = posture_json_node_get_element (json, 0);
  gsize place = posture_check_enter (check, posture_json_node_get_key (json, 0));
  g_autoptr (GPtrArray) questions = g_ptr_array_new ();
  PostureCondition part = { node, questions, NULL, FALSE };
  guint before = check->found;

  collect_questions (node, questions);
  if (node->kind == NODE_NOT)
    visit_parts (g_ptr_array_index (node->children, 0), check, inner, FALSE, visit, data);
  for (guint i = 0; node->kind != NODE_NOT && i < node->children->len; i++)
    {
      gsize inner_place = posture_check_enter_at (check, i);

      visit_parts (g_ptr_array_index (node->children, i), check,
                   posture_json_node_get_element (inner, i), FALSE, visit, data);
      posture_check_leave (check, inner_place);
    }
  /* what cannot hold together is told where no part of it has something of its own */
  if (node->kind == NODE_PATTERN)
    visit (&part, inner, inner, data);
  else if (node->kind == NODE_AND && !whole && check->found == before)
    visit (&part, inner, NULL, data);
  posture_check_leave (check, place);
}

/* Shows the leaves of a condition that are patterns, and what is inside of it and has to hold together. @json,
 * which stands at the present place, is what the condition was read from. */
void
posture_condition_visit_parts (PostureCondition      *self,
                               PostureCheck          *check,
                               const PostureJsonNode *json,
                               PostureConditionVisit  visit,
                               gpointer               data)
{
  visit_parts (self->root, check, json, TRUE, visit, data);
}

/* The id among @questions that a path of a pattern begins with, %NULL if there is none. */
char *
posture_condition_find_question (GHashTable *questions,
                                 const char *path)
{
  return question_of_path (questions, path);
}

/**
 * posture_condition_dup_questions:
 * @self: a condition
 *
 * Returns: (transfer full): the ids of the questions it names, each once
 */
char **
posture_condition_dup_questions (PostureCondition *self)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char **questions;

  for (guint i = 0; i < self->questions->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->questions, i));
  questions = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return questions;
}
