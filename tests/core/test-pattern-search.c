/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pattern/matcher.h"
#include "pattern/pattern.h"

#include <string.h>

#define MAX_PLACES 32
#define MAX_FIELDS 256

/* Which element of which array a field stands in. */
typedef struct
{
  guint array;
  guint index;
} Place;

typedef struct
{
  Place items[MAX_PLACES];
  guint length;
} Places;

typedef struct
{
  char path[64];
  guint value;
  Places places;
} Field;

typedef struct
{
  const char *path;
  guint values; /* a bit for each that is accepted */
  gboolean absent;
} Condition;

/* An event that is made up at random, as text and as the list of its fields. */
typedef struct
{
  GRand *random;
  GString *text;
  GString *path;
  Places places;
  guint n_arrays;
  Field fields[MAX_FIELDS];
  guint n_fields;
} Event;

static const char *const names[] = { "a", "b", "x", "y", "a.x", "a.b", "b.y" };
static const char *const paths[] = { "a",     "b",     "x",   "y",   "a.x",   "a.y",   "a.b",
                                     "a.b.x", "a.b.y", "b.x", "b.y", "a.a.x", "a.b.b", "b.a" };

static gint
draw (Event *self,
      gint   below)
{
  return g_rand_int_range (self->random, 0, below);
}

static void make_value (Event   *self,
                        guint    depth,
                        gboolean container);

static void
make_scalar (Event *self)
{
  Field *field = &self->fields[self->n_fields];

  g_assert_cmpuint (self->n_fields, <, MAX_FIELDS);
  g_assert_cmpuint (self->path->len, <, sizeof (field->path));
  g_strlcpy (field->path, self->path->str, sizeof (field->path));
  field->value = (guint) draw (self, 3);
  field->places = self->places;
  self->n_fields++;
  g_string_append_printf (self->text, "%u", field->value);
}

static void
make_object (Event *self,
             guint  depth)
{
  guint count = (guint) draw (self, 4);
  gsize length = self->path->len;

  g_string_append_c (self->text, '{');
  for (guint i = 0; i < count; i++)
    {
      const char *name = names[draw (self, G_N_ELEMENTS (names))];

      g_string_append_printf (self->text, "%s\"%s\": ", i > 0 ? ", " : "", name);
      g_string_append_printf (self->path, "%s%s", length > 0 ? "." : "", name);
      make_value (self, depth, draw (self, 3) > 0);
      g_string_truncate (self->path, length);
    }
  g_string_append_c (self->text, '}');
}

static void
make_array (Event *self,
            guint  depth)
{
  guint array = self->n_arrays++;
  guint count = (guint) draw (self, 4);

  g_string_append_c (self->text, '[');
  for (guint i = 0; i < count; i++)
    {
      gboolean container = depth > 0 && draw (self, 3) > 0;

      g_string_append (self->text, i > 0 ? ", " : "");
      if (container)
        self->places.items[self->places.length++] = (Place) { array, i };
      make_value (self, depth, container);
      if (container)
        self->places.length--;
    }
  g_string_append_c (self->text, ']');
}

static void
make_value (Event   *self,
            guint    depth,
            gboolean container)
{
  if (depth == 0 || !container)
    make_scalar (self);
  else if (draw (self, 2) == 0)
    make_object (self, depth - 1);
  else
    make_array (self, depth - 1);
}

static gboolean
fits (const Places *a,
      const Places *b)
{
  for (guint i = 0; i < a->length; i++)
    for (guint k = 0; k < b->length; k++)
      if (a->items[i].array == b->items[k].array && a->items[i].index != b->items[k].index)
        return FALSE;
  return TRUE;
}

static gboolean
is_missing (Event        *event,
            const char   *path,
            const Places *chosen)
{
  for (guint i = 0; i < event->n_fields; i++)
    if (g_str_equal (event->fields[i].path, path) && fits (&event->fields[i].places, chosen))
      return FALSE;
  return TRUE;
}

/* Says whether the conditions hold by trying each field for each, one after another. */
static gboolean
try_all (Event           *event,
         const Condition *conditions,
         guint            count,
         guint            at,
         const Places    *chosen,
         guint            missing)
{
  if (at == count)
    {
      for (guint i = 0; i < count; i++)
        if ((missing & (1u << i)) != 0 && !is_missing (event, conditions[i].path, chosen))
          return FALSE;
      return TRUE;
    }
  for (guint i = 0; i < event->n_fields; i++)
    {
      Field *field = &event->fields[i];
      Places more = *chosen;

      if (!g_str_equal (field->path, conditions[at].path) || !fits (&field->places, chosen) ||
          (conditions[at].values & (1u << field->value)) == 0)
        continue;
      for (guint k = 0; k < field->places.length; k++)
        more.items[more.length++] = field->places.items[k];
      if (try_all (event, conditions, count, at + 1, &more, missing))
        return TRUE;
    }
  return conditions[at].absent &&
         try_all (event, conditions, count, at + 1, chosen, missing | (1u << at));
}

static gboolean
is_named (const Condition *conditions,
          guint            count,
          const char      *path)
{
  for (guint i = 0; i < count; i++)
    if (g_str_equal (conditions[i].path, path))
      return TRUE;
  return FALSE;
}

/* Mostly the path of a field that is there, and a value that it has: else hardly any event would come
 * as far as to be searched. */
static void
draw_condition (Event     *event,
                Condition *conditions,
                guint      count)
{
  Condition *condition = &conditions[count];
  const Field *field = NULL;

  do
    {
      field = event->n_fields > 0 && draw (event, 6) > 0 ? &event->fields[draw (event, (gint) event->n_fields)] : NULL;
      condition->path = field != NULL ? field->path : paths[draw (event, G_N_ELEMENTS (paths))];
    }
  while (is_named (conditions, count, condition->path));
  condition->values = (guint) draw (event, 8);
  if (field != NULL && draw (event, 4) > 0)
    condition->values |= 1u << field->value;
  condition->absent = condition->values == 0 || draw (event, 3) == 0;
}

static guint
make_conditions (Event     *event,
                 Condition *conditions,
                 GString   *pattern)
{
  guint count = 1 + (guint) draw (event, 4);

  g_string_append_c (pattern, '{');
  for (guint i = 0; i < count; i++)
    {
      Condition *condition = &conditions[i];

      draw_condition (event, conditions, i);
      g_string_append_printf (pattern, "%s\"%s\": [", i > 0 ? ", " : "", condition->path);
      for (guint value = 0; value < 3; value++)
        if ((condition->values & (1u << value)) != 0)
          g_string_append_printf (pattern, "%u, ", value);
      g_string_append (pattern, condition->absent ? "{\"exists\": false}]" : "\"no number\"]");
    }
  g_string_append_c (pattern, '}');
  return count;
}

/* The search agrees with trying everything: arrays in arrays, names twice, dotted names and
 * missing fields all mixed. */
static void
test_random_events (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260101);
  g_autofree Event *event = g_new0 (Event, 1);
  guint n_matches = 0;
  guint n_others = 0;

  event->random = random;
  for (guint round = 0; round < 12000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) path = g_string_new (NULL);
      g_autoptr (GString) pattern_text = g_string_new (NULL);
      g_autoptr (PosturePattern) pattern = NULL;
      g_autoptr (GError) error = NULL;
      const Places none = { .length = 0 };
      Condition conditions[4];
      gboolean matches = FALSE;
      gboolean expected;
      guint count;

      event->text = text;
      event->path = path;
      event->n_fields = event->n_arrays = event->places.length = 0;
      make_object (event, 4);
      count = make_conditions (event, conditions, pattern_text);
      pattern = posture_pattern_new (pattern_text->str, pattern_text->len, &error);
      g_assert_no_error (error);
      g_assert_true (posture_pattern_matches (pattern, text->str, text->len, &matches, &error));
      expected = try_all (event, conditions, count, 0, &none, 0);
      if (matches != expected)
        g_test_message ("event %s, pattern %s", text->str, pattern_text->str);
      g_assert_cmpint (matches, ==, expected);
      n_matches += expected && event->n_fields > 0 ? 1 : 0;
      n_others += expected ? 0 : 1;
    }
  g_assert_cmpuint (n_matches, >, 200);
  g_assert_cmpuint (n_others, >, 1000);
}

/* The same with several rules at once: what one search has left of an event is not in the way of the next. */
static void
test_random_rules (void)
{
  enum { N_RULES = 6 };
  g_autoptr (GRand) random = g_rand_new_with_seed (20260102);
  g_autofree Event *event = g_new0 (Event, 1);
  guint n_several = 0;

  event->random = random;
  for (guint round = 0; round < 4000; round++)
    {
      g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) path = g_string_new (NULL);
      g_autoptr (GString) rules = g_string_new (NULL);
      g_autoptr (GPtrArray) expected = g_ptr_array_new ();
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) found = NULL;
      const Places none = { .length = 0 };
      static const char *const rule_names[N_RULES] = { "f", "e", "d", "c", "b", "a" };

      event->text = text;
      event->path = path;
      event->n_fields = event->n_arrays = event->places.length = 0;
      make_object (event, 4);
      for (guint i = 0; i < N_RULES; i++)
        {
          g_autoptr (GString) pattern_text = g_string_new (NULL);
          g_autoptr (PosturePattern) pattern = NULL;
          Condition conditions[4];
          guint count = make_conditions (event, conditions, pattern_text);

          pattern = posture_pattern_new (pattern_text->str, pattern_text->len, &error);
          g_assert_no_error (error);
          posture_matcher_add (matcher, rule_names[i], pattern);
          if (try_all (event, conditions, count, 0, &none, 0))
            g_ptr_array_add (expected, (gpointer) rule_names[i]);
          g_string_append_printf (rules, " %s: %s", rule_names[i], pattern_text->str);
        }
      n_several += expected->len > 1 && event->n_fields > 0 ? 1 : 0;
      g_ptr_array_add (expected, NULL);
      found = posture_matcher_match (matcher, text->str, text->len, POSTURE_EVENT_UNCHECKED, &error);
      g_assert_no_error (error);
      if (!g_strv_equal ((const char *const *) found, (const char *const *) expected->pdata))
        g_test_message ("event %s, rules%s", text->str, rules->str);
      g_assert_cmpstrv (found, expected->pdata);
    }
  g_assert_cmpuint (n_several, >, 300);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pattern-search/random-events", test_random_events);
  g_test_add_func ("/pattern-search/random-rules", test_random_rules);
  return g_test_run ();
}
