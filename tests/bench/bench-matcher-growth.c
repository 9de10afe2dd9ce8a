/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "matcher-load.h"

#include <stdlib.h>
#include <string.h>

#define PASSES 5
#define N_EVENTS 20000
#define MAX_RULES 100000
/* What is printed as too slow: the cost of an event may grow so much from one rule to all, … */
#define MAX_GROWTH 3.0
/* … and that of an array of twice the length so much. */
#define MAX_DOUBLED 3.0

/* Of all rules, the event matches the first one and no other. */
static void
add_rules (PostureMatcher *matcher,
           guint           from,
           guint           to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *pattern =
        g_strdup_printf ("{\"source\": [\"source-%u\"], \"detail\": {\"state\": [\"open\", \"closed-%u\"]}}", i, i);

      load_add_rule (matcher, name, pattern);
    }
}

static void
print_change (PostureMatcher *matcher,
              PostureFinder  *finder,
              guint           n_rules)
{
  const char *event = "{\"source\": \"source-0\"}";
  const guint n_changes = 1000;
  gint64 start = g_get_monotonic_time ();
  double micros;

  for (guint i = 0; i < n_changes; i++)
    {
      add_rules (matcher, n_rules + i, n_rules + i + 1);
      posture_finder_find (finder, event, strlen (event), POSTURE_EVENT_VALID, NULL);
    }
  for (guint i = 0; i < n_changes; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", n_rules + i);

      posture_matcher_remove (matcher, name);
      posture_finder_find (finder, event, strlen (event), POSTURE_EVENT_VALID, NULL);
    }
  micros = (double) (g_get_monotonic_time () - start) / (2 * n_changes);
  g_print ("%8u rules: %.1f us for one added or removed, with an event between\n", n_rules, micros);
}

static void
run_growth (void)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
  g_autoptr (Load) load = load_new_text (
    "{\"id\": \"7\", \"source\": \"source-0\", \"time\": \"2026-01-01T00:00:00Z\", "
    "\"detail\": {\"asset\": \"printer\", \"state\": \"open\", \"level\": 3}}", N_EVENTS);
  double first = 0;
  guint before = 0;

  for (guint n_rules = 1; n_rules <= MAX_RULES; n_rules *= 10)
    {
      g_autoptr (PostureFinder) finder = NULL;
      double rate;

      add_rules (matcher, before, n_rules);
      before = n_rules;
      rate = load_match (load, matcher, PASSES, NULL);
      first = n_rules == 1 ? rate : first;
      g_print ("%8u rules: %10.0f events/s, %.2f times the cost of one rule%s\n", n_rules, rate, first / rate,
               first / rate <= MAX_GROWTH ? "" : ", TOO SLOW");
      finder = posture_finder_new (matcher);
      print_change (matcher, finder, n_rules);
    }
}

/* What a rule costs that is added, replaced or removed before anybody matches, however many there are. */
static void
run_changes (guint n_rules)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
  g_autoptr (PosturePattern) pattern = posture_pattern_new ("{\"a\": [1]}", 10, NULL);
  gint64 times[4];
  char name[16];

  for (guint turn = 0; turn < 3; turn++)
    {
      times[turn] = g_get_monotonic_time ();
      for (guint i = 0; i < n_rules; i++)
        {
          g_snprintf (name, sizeof name, "%u", i);
          if (turn < 2)
            posture_matcher_add (matcher, name, pattern);
          else
            posture_matcher_remove (matcher, name);
        }
    }
  times[3] = g_get_monotonic_time ();
  g_print ("%8u rules before the first event: %.2f us for one added, %.2f replaced, %.2f removed\n", n_rules,
           (double) (times[1] - times[0]) / n_rules, (double) (times[2] - times[1]) / n_rules,
           (double) (times[3] - times[2]) / n_rules);
}

/* An event is @head, then @element as often as asked, and @tail. */
typedef struct
{
  const char *title;
  const char *pattern;
  const char *head;
  const char *element;
  const char *tail;
} Shape;

static const Shape shapes[] = {
  { "array", "{\"a\": {\"x\": [1], \"y\": [3]}}", "{\"a\": [", "{\"x\": 1, \"y\": 2}", "]}" },
  { "nested arrays", "{\"a\": {\"x\": [1], \"b\": {\"y\": [3], \"z\": [1]}}}", "{\"a\": [",
    "{\"x\": 1, \"b\": [{\"y\": 3, \"z\": 2}, {\"y\": 2, \"z\": 1}]}", "]}" },
  { "sibling arrays", "{\"a\": {\"b\": {\"x\": [1], \"y\": [3]}, \"c\": {\"x\": [1], \"y\": [3]}}}", "{\"a\": [",
    "{\"b\": [{\"x\": 1}, {\"y\": 3}], \"c\": [{\"x\": 1}, {\"y\": 3}]}", "]}" },
  { "missing in an array", "{\"a\": {\"x\": [1], \"y\": [{\"exists\": false}]}}", "{\"a\": [",
    "{\"x\": 1, \"y\": 2}", "]}" },
  { "names that stand twice", "{\"a\": {\"x\": [9], \"y\": [3]}}", "{\"a\": [", "{\"x\": 1, \"x\": 2, \"y\": 3}",
    "]}" },
  { "long text", "{\"a\": [{\"wildcard\": \"*ab*ac*ab*\"}]}", "{\"a\": [\"x\", \"", "ab", "\"]}" },
};

/* With @n_wildcards more rules on the same field. */
static PostureMatcher *
make_matcher (const Shape *shape,
              guint        n_wildcards)
{
  PostureMatcher *matcher = posture_matcher_new ();

  load_add_rule (matcher, shape->title, shape->pattern);
  for (guint i = 0; i < n_wildcards; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("{\"a\": [{\"wildcard\": \"*ab*b%ux*\"}]}", i);

      load_add_rule (matcher, pattern, pattern);
    }
  return matcher;
}

static double
measure_shape (const Shape    *shape,
               PostureMatcher *matcher,
               guint           n_elements)
{
  g_autoptr (GString) event = g_string_new (shape->head);
  gboolean objects = shape->element[0] == '{';
  g_autoptr (Load) load = NULL;

  for (guint i = 0; i < n_elements; i++)
    g_string_append_printf (event, "%s%s", i > 0 && objects ? ", " : "", shape->element);
  g_string_append (event, shape->tail);
  load = load_new_text (event->str, 20);
  return 1e6 / load_match (load, matcher, PASSES, NULL);
}

static void
run_shape (const Shape *shape,
           guint        n_wildcards)
{
  g_autoptr (PostureMatcher) matcher = make_matcher (shape, n_wildcards);
  double small = measure_shape (shape, matcher, 3000);
  double large = measure_shape (shape, matcher, 6000);

  g_print ("%s, %u more wildcards: %.1f us at 3,000, %.1f us at 6,000 elements%s\n", shape->title, n_wildcards, small,
           large, large <= MAX_DOUBLED * small ? "" : ", TOO SLOW");
}

/* How the cost of an event grows with the number of rules and with the size of the event. */
int
main (void)
{
  run_growth ();
  run_changes (MAX_RULES / 10);
  run_changes (MAX_RULES);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    run_shape (&shapes[i], 0);
  run_shape (&shapes[G_N_ELEMENTS (shapes) - 1], 300);
  return EXIT_SUCCESS;
}
