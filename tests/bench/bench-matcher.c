/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "matcher-load.h"

#include <stdlib.h>
#include <string.h>

/* What the automated tests' framework takes for “skipped”. */
#define EXIT_SKIPPED 77
#define PASSES 5

/* A set of rules, the events that it is for, how many matches there must be if its rules do not say so
 * themselves, and what the best of the other matchers reaches, in events for one that is only scanned. */
typedef struct
{
  const char *rules;
  const char *events;
  guint64 total;
  double other;
  double times; /* how much more is wanted */
} Set;

static const Set sets[] = {
  { "exact", "cl2", 0, 1.37, 2 },
  { "wildcard", "cl2", 0, 1.11, 2 },
  { "prefix", "cl2", 0, 1.18, 2 },
  { "prefix_equals_ignore_case", "cl2", 0, 0.20, 2 },
  { "suffix", "cl2", 0, 0.63, 2 },
  { "suffix_equals_ignore_case", "cl2", 0, 0.19, 2 },
  { "equals_ignore_case", "cl2", 0, 0.89, 2 },
  { "numeric", "cl2", 0, 0.38, 2 },
  { "anything_but", "cl2", 0, 0.35, 2 },
  { "anything_but_ignore_case", "cl2", 0, 0.12, 2 },
  { "anything_but_prefix", "cl2", 0, 0.12, 2 },
  { "anything_but_suffix", "cl2", 0, 0.12, 2 },
  { "anything_but_wildcard", "cl2", 0, 0.12, 2 },
  { "complex_arrays", "cl2", 0, 0.093, 2 },
  { "common_combo", "cl2", 856096, 0.28, 2 },
  { "partial_combo", "cl2", 4316444, 0.037, 2 },
  { "combo", "cl2", 4657962, 0.014, 2 },
  { "many_exact_1000", "cl2", 6344, 0.87, 2 },
  { "many_prefix_1000", "cl2", 12490, 0.84, 2 },
  { "many_wildcard_100", "cl2", 4726, 1.07, 2 },
  { "many_numeric_1000", "cl2", 727281, 0.37, 2 },
  { "exact", "cl2g", 0, 0.57, 2 },
  { "quamina_citylots", "cl1", 1728, 0.060, 2 },
  { "bus_5", "bus", 12551, 0.16, 2 },
  { "bus_100", "bus", 248722, 0.062, 5 },
};

/* The rules of a set, and how often each must match; -1: only all together are known. */
typedef struct
{
  PostureMatcher *matcher;
  GArray *wanted; /* (element-type gint64) */
} Rules;

static void
add_line (Rules      *rules,
          const char *line)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (line, NULL);
  const PostureJsonNode *root = posture_json_document_get_root (document);
  const PostureJsonNode *want = posture_json_node_get_member (root, "want");
  g_autoptr (GError) error = NULL;
  g_autoptr (PosturePattern) pattern =
    posture_pattern_new_from_node (posture_json_node_get_member (root, "pattern"), &error);
  gint64 wanted = -1;

  if (pattern == NULL)
    g_error ("%s", error->message);
  if (posture_json_node_get_kind (want) == POSTURE_JSON_NUMBER)
    posture_json_node_get_int (want, &wanted);
  posture_matcher_add (rules->matcher,
                       posture_json_node_get_string (posture_json_node_get_member (root, "name")),
                       pattern);
  g_array_append_val (rules->wanted, wanted);
}

static gboolean
rules_load (Rules      *rules,
            const char *path)
{
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &contents, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  rules->matcher = posture_matcher_new ();
  rules->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      add_line (rules, lines[i]);
  return TRUE;
}

/* Whether every count is what it must be. */
static gboolean
check_counts (const Rules   *rules,
              const guint64 *counts,
              guint64        total)
{
  gboolean met = TRUE;
  guint64 sum = 0;

  for (guint i = 0; i < rules->wanted->len; i++)
    {
      gint64 wanted = g_array_index (rules->wanted, gint64, i);

      sum += counts[i];
      if (wanted >= 0 && counts[i] != (guint64) wanted)
        {
          g_print ("  rule %u: %" G_GUINT64_FORMAT " instead of %" G_GINT64_FORMAT "\n", i, counts[i], wanted);
          met = FALSE;
        }
    }
  if (total > 0 && sum != total)
    g_print ("  %" G_GUINT64_FORMAT " matches instead of %" G_GUINT64_FORMAT "\n", sum, total);
  return met && (total == 0 || sum == total);
}

static gboolean
run_set (const Set  *set,
         Load       *load,
         const char *folder)
{
  g_autofree char *name = g_strconcat (set->rules, ".jsonl", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *title = g_strdup_printf ("%s (%s)", set->rules, set->events);
  g_autofree guint64 *counts = NULL;
  Rules rules;
  double scanned, matched, ratio;
  gboolean met;

  if (!rules_load (&rules, path))
    return FALSE;
  counts = g_new0 (guint64, rules.wanted->len);
  /* one after another, so that a busy machine slows both down */
  scanned = load_scan (load, PASSES);
  matched = load_match (load, rules.matcher, PASSES, counts);
  scanned = MAX (scanned, load_scan (load, PASSES));
  ratio = matched / scanned;
  met = check_counts (&rules, counts, set->total);
  g_print ("%-34s %5u %11.0f %11.0f %7.3f %7.3f %6.1fx %s%s\n", title, rules.wanted->len, scanned, matched,
           ratio, set->other, ratio / set->other, met ? "met" : "NOT MET",
           ratio >= set->times * set->other ? "" : ", TOO SLOW");
  posture_matcher_free (rules.matcher);
  g_array_unref (rules.wanted);
  return met;
}

/* Runs all sets of rules over the events they are for, or those whose name begins with @only. */
static gboolean
run_sets (const char *events_folder,
          const char *rules_folder,
          const char *only)
{
  g_autoptr (Load) load = NULL;
  const char *loaded = "";
  gboolean met = TRUE;

  g_print ("%-34s %5s %11s %11s %7s %7s %7s counts\n", "set", "rules", "scans/s", "events/s", "ratio",
           "other", "ahead");
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      const Set *set = &sets[i];

      if (only != NULL && !g_str_has_prefix (set->rules, only))
        continue;
      if (!g_str_equal (loaded, set->events))
        {
          g_autofree char *name = g_strconcat (set->events, ".jsonl", NULL);
          g_autofree char *path = g_build_filename (events_folder, name, NULL);
          g_autoptr (GError) error = NULL;

          g_clear_pointer (&load, load_free);
          load = load_new (path, &error);
          if (load == NULL)
            {
              g_printerr ("%s\n", error->message);
              return FALSE;
            }
          loaded = set->events;
        }
      met = run_set (set, load, rules_folder) && met;
    }
  return met;
}

/* Arguments: the folder of the events, that of the rules, and the beginning of a set's name (optional).
 * Without them the environment is asked. */
int
main (int    argc,
      char **argv)
{
  const char *events = argc > 2 ? argv[1] : g_getenv ("POSTURE_MATCHER_EVENTS");
  const char *rules = argc > 2 ? argv[2] : g_getenv ("POSTURE_MATCHER_RULES");

  if (events == NULL || events[0] == '\0' || rules == NULL || rules[0] == '\0')
    {
      g_print ("skipped: POSTURE_MATCHER_EVENTS and POSTURE_MATCHER_RULES name no folders\n");
      return EXIT_SKIPPED;
    }
  return run_sets (events, rules, argc > 3 ? argv[3] : NULL) ? EXIT_SUCCESS : EXIT_FAILURE;
}
