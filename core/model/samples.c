/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/samples-private.h"

#include "model/answer.h"

#include <math.h>
#include <string.h>

#define MAX_CONSTANTS 64 /* of one question; what is compared with more is left open */
#define MAX_LEVELS 32    /* of a scale that is gone through */
#define MAX_CHOICES 6    /* of options whose combinations are gone through */
#define DATE_LENGTH 10

/* Texts that a value is compared with. */
typedef struct
{
  GPtrArray *texts;   /* (element-type utf8), each once */
  gboolean affixes;   /* whether there is more than whole texts */
  gboolean wildcards; /* or something that not every one is an example of itself */
} Texts;

/* What all conditions compare the answers of one question with. */
typedef struct
{
  Texts value;
  Texts reason;
  GArray *numbers; /* (element-type gint64), in millionths, rounded down */
  gboolean too_many;
} Constants;

struct _PostureSamples
{
  GHashTable *question_index;
  GHashTable *constants; /* id -> Constants */
};

static void
constants_free (gpointer data)
{
  Constants *constants = data;

  g_ptr_array_unref (constants->value.texts);
  g_ptr_array_unref (constants->reason.texts);
  g_array_unref (constants->numbers);
  g_free (constants);
}

static Constants *
get_constants (PostureSamples *self,
               const char     *id)
{
  Constants *constants = g_hash_table_lookup (self->constants, id);

  if (constants != NULL)
    return constants;
  constants = g_new0 (Constants, 1);
  constants->value.texts = g_ptr_array_new_with_free_func (g_free);
  constants->reason.texts = g_ptr_array_new_with_free_func (g_free);
  constants->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_insert (self->constants, g_strdup (id), constants);
  return constants;
}

static void
add_text (Constants *constants,
          Texts     *texts,
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
add_number (Constants             *constants,
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
note_test (Constants             *constants,
           Texts                 *texts,
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
note_tests (PostureSamples        *self,
            const char            *path,
            const PostureJsonNode *tests)
{
  g_autofree char *id = posture_condition_find_question (self->question_index, path);
  Constants *constants = id != NULL ? get_constants (self, id) : NULL;

  for (guint i = 0; constants != NULL && i < posture_json_node_get_length (tests); i++)
    note_test (constants,
               strlen (path) == strlen (id) ? &constants->value : &constants->reason,
               posture_json_node_get_element (tests, i), NULL /* operator */);
}

/* Goes through the fields of a pattern, and of the alternatives in it. */
static void
note_pattern (PostureSamples        *self,
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
note_expression (PostureSamples        *self,
                 const PostureJsonNode *regex)
{
  const char *id = posture_json_node_get_string (posture_json_node_get_member (regex, "question"));

  if (id != NULL)
    get_constants (self, id)->value.affixes = TRUE;
}

/* Goes through a condition, or anything in the place of one: it can have faults. The reader bounds its
 * depth. */
static void
note_condition (PostureSamples        *self,
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
note_advice (PostureSamples        *self,
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

/* Looks through all conditions of a questionnaire, @root, which can have faults. */
PostureSamples *
posture_samples_new (PostureQuestionnaire  *questionnaire,
                     const PostureJsonNode *root)
{
  PostureSamples *self = g_new0 (PostureSamples, 1);
  const PostureJsonNode *list = posture_json_node_get_member (root, "questions");

  self->question_index = questionnaire->question_index;
  self->constants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, constants_free);
  for (guint i = 0; list != NULL && i < posture_json_node_get_length (list); i++)
    {
      const PostureJsonNode *question = posture_json_node_get_element (list, i);
      const PostureJsonNode *condition = posture_json_node_get_member (question, "condition");

      if (condition != NULL)
        note_condition (self, condition);
      note_advice (self, posture_json_node_get_member (question, "tips"));
      note_advice (self, posture_json_node_get_member (question, "recommendations"));
    }
  return self;
}

void
posture_samples_free (PostureSamples *self)
{
  g_hash_table_unref (self->constants);
  g_free (self);
}

/* Adds an answer if it is one, and was not added before. */
static void
add_answer (GPtrArray       *answers,
            PostureQuestion *question,
            char            *json)
{
  g_autoptr (PostureAnswer) answer = posture_answer_new_from_text (json, question, NULL /* error */);

  if (answer != NULL && !g_ptr_array_find_with_equal_func (answers, json, g_str_equal, NULL))
    g_ptr_array_add (answers, g_steal_pointer (&json));
  g_free (json);
}

static char *
spell_text (const char *text)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_string (writer, text);
  return posture_json_writer_finish_text (writer);
}

static void
add_number_answer (GPtrArray       *answers,
                   PostureQuestion *question,
                   gint64           units)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_decimal (writer, units, POSTURE_NUMBER_PLACES);
  add_answer (answers, question, posture_json_writer_finish_text (writer));
}

/* The ends of the scale, and the number at, before and behind each that is compared with: no comparison
 * can tell those between apart. */
static PostureSamplesReach
add_numbers (GPtrArray       *answers,
             PostureQuestion *question,
             const Constants *constants)
{
  gint64 step = question->kind == POSTURE_QUESTION_LEVEL ? POSTURE_NUMBER_ONE : 1;
  gint64 limit = POSTURE_NUMBER_LIMIT * POSTURE_NUMBER_ONE;

  for (guint i = question->places; question->kind == POSTURE_QUESTION_NUMBER && i < POSTURE_NUMBER_PLACES; i++)
    step *= 10;
  add_number_answer (answers, question, question->has_minimum ? question->minimum : -limit);
  add_number_answer (answers, question, question->has_maximum ? question->maximum : limit);
  for (guint i = 0; constants != NULL && i < constants->numbers->len; i++)
    {
      gint64 number = g_array_index (constants->numbers, gint64, i);
      gint64 rest = number % step;
      gint64 lower = number - rest - (rest < 0 ? step : 0);

      for (int j = -1; j <= 1; j++)
        add_number_answer (answers, question, lower + j * step);
    }
  return POSTURE_SAMPLES_ALL;
}

/* A scale of few levels is gone through. */
static PostureSamplesReach
add_levels (GPtrArray       *answers,
            PostureQuestion *question,
            const Constants *constants)
{
  gint64 minimum = question->minimum / POSTURE_NUMBER_ONE;
  gint64 maximum = question->maximum / POSTURE_NUMBER_ONE;

  if (maximum - minimum >= MAX_LEVELS)
    return add_numbers (answers, question, constants);
  for (gint64 level = minimum; level <= maximum; level++)
    g_ptr_array_add (answers, g_strdup_printf ("%" G_GINT64_FORMAT, level));
  return POSTURE_SAMPLES_ALL;
}

/* A character that none of the texts has: a text of it alone is like none of them. */
static char *
find_other_text (const Constants *constants)
{
  char spelt[7] = { 0 };

  for (gunichar c = 'a'; c < 0xd800; c++)
    {
      gboolean found = FALSE;

      spelt[g_unichar_to_utf8 (c, spelt)] = '\0';
      for (guint i = 0; !found && i < constants->value.texts->len; i++)
        found = strstr (g_ptr_array_index (constants->value.texts, i), spelt) != NULL;
      if (!found && g_unichar_isalnum (c))
        break;
    }
  return g_strdup (spelt);
}

static PostureSamplesReach
add_texts (GPtrArray       *answers,
           PostureQuestion *question,
           const Constants *constants)
{
  g_autofree char *other = constants != NULL ? find_other_text (constants) : g_strdup ("a");

  add_answer (answers, question, spell_text (other));
  for (guint i = 0; constants != NULL && i < constants->value.texts->len; i++)
    add_answer (answers, question, spell_text (g_ptr_array_index (constants->value.texts, i)));
  return constants != NULL && constants->value.affixes ? POSTURE_SAMPLES_EACH : POSTURE_SAMPLES_ALL;
}

/* The days that begin or end so, as far as it takes to have one if there is any. */
static void
add_days (GPtrArray       *answers,
          PostureQuestion *question,
          const char      *text)
{
  static const char *const days[] = { "2004-01-01", "2004-12-31", "2012-10-10", "2001-01-30", "1204-01-01" };
  gsize length = strlen (text);

  for (guint i = 0; length <= DATE_LENGTH && i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *before = g_strndup (days[i], DATE_LENGTH - length);
      g_autofree char *first = g_strconcat (text, days[i] + length, NULL);
      g_autofree char *last = g_strconcat (before, text, NULL);

      add_answer (answers, question, spell_text (first));
      add_answer (answers, question, spell_text (last));
    }
}

static PostureSamplesReach
add_dates (GPtrArray       *answers,
           PostureQuestion *question,
           const Constants *constants)
{
  const GPtrArray *texts = constants != NULL ? constants->value.texts : NULL;
  guint year = 2100;
  g_autofree char *other = NULL;

  do
    {
      g_free (other);
      other = g_strdup_printf ("%u-06-15", year++);
    }
  while (texts != NULL && g_ptr_array_find_with_equal_func ((GPtrArray *) texts, other, g_str_equal, NULL));
  add_answer (answers, question, spell_text (other));
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    if (constants->value.affixes)
      add_days (answers, question, g_ptr_array_index (texts, i));
    else
      add_answer (answers, question, spell_text (g_ptr_array_index (texts, i)));
  if (constants == NULL || !constants->value.affixes)
    return POSTURE_SAMPLES_ALL;
  return constants->value.wildcards ? POSTURE_SAMPLES_SOME : POSTURE_SAMPLES_EACH;
}

static PostureSamplesReach
add_options (GPtrArray       *answers,
             PostureQuestion *question)
{
  for (guint i = 0; i < question->options->len; i++)
    if (posture_question_get_option (question, i)->id != NULL)
      g_ptr_array_add (answers, g_strdup_printf ("\"%s\"", posture_question_get_option (question, i)->id));
  return question->options->len > 0 ? POSTURE_SAMPLES_ALL : POSTURE_SAMPLES_SOME;
}

static void
add_choice (GPtrArray       *answers,
            PostureQuestion *question,
            guint64          set)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  gboolean exclusive = FALSE;

  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < MIN (question->options->len, 64); i++)
    if ((set & (G_GUINT64_CONSTANT (1) << i)) != 0)
      {
        const PostureOption *option = posture_question_get_option (question, i);

        exclusive = exclusive || (option->exclusive && set != G_GUINT64_CONSTANT (1) << i);
        posture_json_writer_string (writer, option->id != NULL ? option->id : "");
      }
  posture_json_writer_end_array (writer);
  if (!exclusive)
    g_ptr_array_add (answers, posture_json_writer_finish_text (writer));
}

/* Every choice of options that a list can have, or each alone if there are many. */
static PostureSamplesReach
add_choices (GPtrArray       *answers,
             PostureQuestion *question)
{
  guint n_options = question->options->len;

  if (n_options == 0 || n_options > 64)
    return POSTURE_SAMPLES_SOME;
  if (n_options <= MAX_CHOICES)
    for (guint set = 1; set < 1u << n_options; set++)
      add_choice (answers, question, set);
  else
    for (guint i = 0; i < n_options; i++)
      add_choice (answers, question, G_GUINT64_CONSTANT (1) << i);
  return n_options <= MAX_CHOICES ? POSTURE_SAMPLES_ALL : POSTURE_SAMPLES_EACH;
}

static PostureSamplesReach
add_values (GPtrArray       *answers,
            PostureQuestion *question,
            const Constants *constants)
{
  if ((question->faulty & POSTURE_QUESTION_FORM) != 0 && question->options->len == 0)
    return POSTURE_SAMPLES_SOME;
  switch (question->kind)
    {
    case POSTURE_QUESTION_CHOICE:
      return add_options (answers, question);
    case POSTURE_QUESTION_CHOICES:
      return add_choices (answers, question);
    case POSTURE_QUESTION_YES_NO:
      g_ptr_array_add (answers, g_strdup ("true"));
      g_ptr_array_add (answers, g_strdup ("false"));
      return POSTURE_SAMPLES_ALL;
    case POSTURE_QUESTION_LEVEL:
      return add_levels (answers, question, constants);
    case POSTURE_QUESTION_NUMBER:
      return add_numbers (answers, question, constants);
    case POSTURE_QUESTION_TEXT:
      return add_texts (answers, question, constants);
    case POSTURE_QUESTION_DATE:
      return add_dates (answers, question, constants);
    case POSTURE_QUESTION_INSTANCES:
    default:
      return POSTURE_SAMPLES_SOME;
    }
}

static void
add_reason (GPtrArray  *answers,
            const char *reason)
{
  g_autofree char *spelt = spell_text (reason);

  g_ptr_array_add (answers, g_strdup_printf ("{\"not_applicable\":%s}", spelt));
}

/* Adds answers to a question, as JSON; what they stand for. */
PostureSamplesReach
posture_samples_add (PostureSamples  *self,
                     PostureQuestion *question,
                     GPtrArray       *answers)
{
  const Constants *constants = g_hash_table_lookup (self->constants, question->id);
  PostureSamplesReach reach = add_values (answers, question, constants);

  g_ptr_array_add (answers, g_strdup ("{\"unknown\":true}"));
  add_reason (answers, "r");
  for (guint i = 0; constants != NULL && i < constants->reason.texts->len; i++)
    add_reason (answers, g_ptr_array_index (constants->reason.texts, i));
  if (constants != NULL && constants->too_many)
    return POSTURE_SAMPLES_SOME;
  return constants != NULL && constants->reason.affixes ? MIN (reach, POSTURE_SAMPLES_EACH) : reach;
}
