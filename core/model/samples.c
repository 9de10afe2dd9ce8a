/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/samples-private.h"

#include "model/answer.h"
#include "model/constants-private.h"
#include "model/scalars.h"

#include <string.h>

#define MAX_LEVELS 32    /* of a scale that is gone through */
#define MAX_CHOICES 6    /* of options whose combinations are gone through */
#define DATE_LENGTH 10

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
             const PostureConstants *constants)
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
            const PostureConstants *constants)
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
find_other_text (const PostureConstants *constants)
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
           const PostureConstants *constants)
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
           const PostureConstants *constants)
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
  for (guint i = 0; i < question->options.length; i++)
    if (posture_question_get_option (question, i)->id != NULL)
      g_ptr_array_add (answers, g_strdup_printf ("\"%s\"", posture_question_get_option (question, i)->id));
  return question->options.length > 0 ? POSTURE_SAMPLES_ALL : POSTURE_SAMPLES_SOME;
}

static void
add_choice (GPtrArray       *answers,
            PostureQuestion *question,
            guint64          set)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  gboolean exclusive = FALSE;

  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < MIN (question->options.length, 64); i++)
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
  guint n_options = question->options.length;

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

/* One list of instances: those of @ids whose bit is set. */
static void
add_list (GPtrArray       *answers,
          PostureQuestion *question,
          const GPtrArray *ids,
          guint            set)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < ids->len; i++)
    if ((set & 1u << i) != 0)
      posture_json_writer_string (writer, g_ptr_array_index (ids, i));
  posture_json_writer_end_array (writer);
  add_answer (answers, question, posture_json_writer_finish_text (writer));
}

/* Every list of the ids that are compared with and of another; what is no id is in none. */
static PostureSamplesReach
add_instances (GPtrArray       *answers,
               PostureQuestion *question,
               const PostureConstants *constants)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  guint other = 0;

  for (guint i = 0; constants != NULL && i < constants->value.texts->len; i++)
    if (posture_is_id (g_ptr_array_index (constants->value.texts, i)))
      g_ptr_array_add (ids, g_strdup (g_ptr_array_index (constants->value.texts, i)));
  if (ids->len >= MAX_CHOICES || (constants != NULL && constants->value.affixes))
    return POSTURE_SAMPLES_SOME;
  for (gboolean there = TRUE; there; other++)
    {
      g_autofree char *id = g_strdup_printf ("i%u", other);

      there = g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
      if (!there)
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  for (guint set = 1; set < 1u << ids->len; set++)
    add_list (answers, question, ids, set);
  return POSTURE_SAMPLES_ALL;
}

static PostureSamplesReach
add_values (GPtrArray       *answers,
            PostureQuestion *question,
            const PostureConstants *constants)
{
  if ((question->faulty & POSTURE_QUESTION_FORM) != 0 && question->options.length == 0)
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
      return add_instances (answers, question, constants);
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

/* Adds answers to a question, as JSON, with regard to what conditions compare it with: @all_constants, id ->
 * PostureConstants. Returns what they stand for. */
PostureSamplesReach
posture_samples_add (GHashTable      *all_constants,
                     PostureQuestion *question,
                     GPtrArray       *answers)
{
  const PostureConstants *constants = g_hash_table_lookup (all_constants, question->id);
  PostureSamplesReach reach = add_values (answers, question, constants);

  g_ptr_array_add (answers, g_strdup ("{\"unknown\":true}"));
  add_reason (answers, "r");
  for (guint i = 0; constants != NULL && i < constants->reason.texts->len; i++)
    add_reason (answers, g_ptr_array_index (constants->reason.texts, i));
  if (constants != NULL && constants->too_many)
    return POSTURE_SAMPLES_SOME;
  return constants != NULL && constants->reason.affixes ? MIN (reach, POSTURE_SAMPLES_EACH) : reach;
}
