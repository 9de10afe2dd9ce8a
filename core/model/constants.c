/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/constants-private.h"

#include <math.h>
#include <string.h>

#define MAX_CONSTANTS 64 /* of one question; what is compared with more is left open */

/* What is needed while conditions are gone through. */
typedef struct
{
  GHashTable *question_index;
  GHashTable *constants; /* id -> PostureConstants */
} Collecting;

static void
constants_free (gpointer data)
{
  PostureConstants *constants = data;

  g_ptr_array_unref (constants->value.texts);
  g_ptr_array_unref (constants->reason.texts);
  g_array_unref (constants->numbers);
  g_free (constants);
}

static PostureConstants *
get_constants (Collecting *self,
               const char     *id)
{
  PostureConstants *constants = g_hash_table_lookup (self->constants, id);

  if (constants != NULL)
    return constants;
  constants = g_new0 (PostureConstants, 1);
  constants->value.texts = g_ptr_array_new_with_free_func (g_free);
  constants->reason.texts = g_ptr_array_new_with_free_func (g_free);
  constants->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_insert (self->constants, g_strdup (id), constants);
  return constants;
}

static void
add_text (PostureConstants *constants,
          PostureConstantTexts     *texts,
          char      *text)
{
  if (texts->texts->len >= MAX_CONSTANTS)
    constants->too_many = TRUE;
  else if (!g_ptr_array_find_with_equal_func (texts->texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts->texts, g_steal_pointer (&text));
  g_free (text);
}

/* Numbers with more places than answers have lie between two of them. */
static void
add_number (PostureConstants             *constants,
            const PostureJsonNode *node)
{
  gint64 units = 0;
  double number = posture_json_node_get_double (node);

  if (!posture_json_node_get_decimal (node, POSTURE_NUMBER_PLACES, &units))
    {
      if (fabs (number) > POSTURE_NUMBER_LIMIT)
        return;
      units = (gint64) floor (number * POSTURE_NUMBER_ONE);
    }
  if (constants->numbers->len >= MAX_CONSTANTS)
    constants->too_many = TRUE;
  else
    g_array_append_val (constants->numbers, units);
}

/* A text that the wildcard matches: each star stands for nothing. */
static char *
without_stars (const char *wildcard)
{
  GString *text = g_string_new (NULL);

  for (; *wildcard != '\0'; wildcard++)
    if (*wildcard == '\\' && wildcard[1] != '\0')
      g_string_append_c (text, *++wildcard);
    else if (*wildcard != '*')
      g_string_append_c (text, *wildcard);
  return g_string_free (text, FALSE);
}

static char *
example_of (const char *operator,
            const char *text)
{
  if (g_strcmp0 (operator, "wildcard") == 0)
    return without_stars (text);
  if (g_strcmp0 (operator, "cidr") == 0)
    return g_strndup (text, strcspn (text, "/"));
  return g_strdup (text);
}

/* Notes what a test of a pattern, or a part of one behind @operator, compares with. */
static void
note_test (PostureConstants             *constants,
           PostureConstantTexts                 *texts,
           const PostureJsonNode *test,
           const char            *operator)
{
  PostureJsonKind kind = posture_json_node_get_kind (test);
  gboolean negative = g_strcmp0 (operator, "anything-but") == 0;
  gboolean text = kind == POSTURE_JSON_STRING && g_strcmp0 (operator, "numeric") != 0;

  if (text)
    add_text (constants, texts, example_of (operator, posture_json_node_get_string (test)));
  else if (kind == POSTURE_JSON_NUMBER)
    add_number (constants, test);
  if (text && operator != NULL && !negative)
    texts->affixes = TRUE;
  if (text && g_strcmp0 (operator, "wildcard") == 0)
    texts->wildcards = TRUE;
  for (guint i = 0; i < posture_json_node_get_length (test); i++)
    {
      const char *inner = kind == POSTURE_JSON_OBJECT ? posture_json_node_get_key (test, i) : operator;

      /* not to begin so, or not to be spelt so, is something that no text is an example of */
      texts->wildcards = texts->wildcards || (negative && kind == POSTURE_JSON_OBJECT);
      note_test (constants, texts, posture_json_node_get_element (test, i), inner);
    }
}

static void
note_tests (Collecting        *self,
            const char            *path,
            const PostureJsonNode *tests)
{
  g_autofree char *id = posture_condition_find_question (self->question_index, path);
  PostureConstants *constants = id != NULL ? get_constants (self, id) : NULL;

  for (guint i = 0; constants != NULL && i < posture_json_node_get_length (tests); i++)
    note_test (constants,
               strlen (path) == strlen (id) ? &constants->value : &constants->reason,
               posture_json_node_get_element (tests, i), NULL /* operator */);
}

/* Goes through the fields of a pattern, and of the alternatives in it. */
static void
note_pattern (Collecting        *self,
              const PostureJsonNode *object,
              const char            *outer)
{
  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    {
      const char *key = posture_json_node_get_key (object, i);
      const PostureJsonNode *inner = posture_json_node_get_element (object, i);
      g_autofree char *path = outer != NULL ? g_strconcat (outer, ".", key, NULL) : g_strdup (key);

      if (posture_json_node_get_kind (inner) == POSTURE_JSON_OBJECT)
        note_pattern (self, inner, path);
      else if (g_str_equal (key, "$or"))
        for (guint j = 0; j < posture_json_node_get_length (inner); j++)
          note_pattern (self, posture_json_node_get_element (inner, j), outer);
      else
        note_tests (self, path, inner);
    }
}

/* An expression can want anything of a text. */
static void
note_expression (Collecting        *self,
                 const PostureJsonNode *regex)
{
  const char *id = posture_json_node_get_string (posture_json_node_get_member (regex, "question"));

  if (id != NULL)
    get_constants (self, id)->value.affixes = TRUE;
}

/* Goes through a condition, or anything in the place of one: it can have faults. The reader bounds its
 * depth. */
static void
note_condition (Collecting        *self,
                const PostureJsonNode *json)
{
  PostureJsonKind kind = posture_json_node_get_kind (json);

  for (guint i = 0; i < posture_json_node_get_length (json); i++)
    {
      const PostureJsonNode *inner = posture_json_node_get_element (json, i);
      const char *key = kind == POSTURE_JSON_OBJECT ? posture_json_node_get_key (json, i) : "";
      gboolean object = posture_json_node_get_kind (inner) == POSTURE_JSON_OBJECT;

      if (g_str_equal (key, "pattern") && object)
        note_pattern (self, inner, NULL /* outer */);
      else if (g_str_equal (key, "regex") && object)
        note_expression (self, inner);
      else
        note_condition (self, inner);
    }
}

static void
note_advice (Collecting        *self,
             const PostureJsonNode *list)
{
  for (guint i = 0; list != NULL && i < posture_json_node_get_length (list); i++)
    {
      const PostureJsonNode *advice = posture_json_node_get_element (list, i);
      const PostureJsonNode *when = posture_json_node_get_member (advice, "when");

      if (when != NULL)
        note_condition (self, when);
    }
}

/* None yet: id -> PostureConstants. */
GHashTable *
posture_constants_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, constants_free);
}

/* Adds what one condition, @json, or one @pattern compares with. */
void
posture_constants_note (GHashTable            *constants,
                        PostureQuestionnaire  *questionnaire,
                        const PostureJsonNode *json,
                        gboolean               pattern)
{
  Collecting self = { questionnaire->question_index, constants };

  if (pattern)
    note_pattern (&self, json, NULL /* outer */);
  else
    note_condition (&self, json);
}

/* Looks through all conditions of a questionnaire, @root, which can have faults: id -> PostureConstants of what
 * they name. */
GHashTable *
posture_constants_collect (PostureQuestionnaire  *questionnaire,
                           const PostureJsonNode *root)
{
  Collecting self = { questionnaire->question_index, posture_constants_new () };
  const PostureJsonNode *list = posture_json_node_get_member (root, "questions");

  for (guint i = 0; list != NULL && i < posture_json_node_get_length (list); i++)
    {
      const PostureJsonNode *question = posture_json_node_get_element (list, i);
      const PostureJsonNode *condition = posture_json_node_get_member (question, "condition");

      if (condition != NULL)
        note_condition (&self, condition);
      note_advice (&self, posture_json_node_get_member (question, "tips"));
      note_advice (&self, posture_json_node_get_member (question, "recommendations"));
    }
  return self.constants;
}
