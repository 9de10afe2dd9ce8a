/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pattern-cases.h"

#include "pattern/pattern.h"

#include <string.h>

static const char *
get_text (const PostureJsonNode *node,
          const char            *name)
{
  return posture_json_node_get_string (posture_json_node_get_member (node, name));
}

static void
run_case (const PostureJsonNode *node,
          PatternCaseFunc        func,
          gpointer               data)
{
  g_autoptr (GError) error = NULL;
  const char *pattern_text = get_text (node, "pattern");
  const char *event = get_text (node, "event");
  g_autoptr (PosturePattern) pattern =
    posture_pattern_new (pattern_text, strlen (pattern_text), &error);
  gboolean matches = FALSE;
  const char *got = "error";

  if (pattern != NULL &&
      posture_pattern_matches (pattern, event, strlen (event), &matches, &error))
    got = matches ? "match" : "no-match";
  func (get_text (node, "name"), get_text (node, "expect"), got,
        error != NULL ? error->message : NULL, data);
}

/* Runs a file of cases, one a line: an object with name, event, pattern and expect, in which event
 * and pattern are texts so that repeated names and the spelling of numbers survive. */
gboolean
pattern_cases_run (const char     *path,
                   PatternCaseFunc func,
                   gpointer        data,
                   GError        **error)
{
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &contents, /* length */ NULL, error))
    return FALSE;
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (PostureJsonDocument) document = NULL;

      if (lines[i][0] == '\0')
        continue;
      document = posture_json_document_new_text (lines[i], error);
      if (document == NULL)
        return FALSE;
      run_case (posture_json_document_get_root (document), func, data);
    }
  return TRUE;
}

/* Names that stand again and again, with arrays under each, are a puzzle without a short cut:
 * which elements to take so that all that is asked for is there. The event also has "b": 1. */
void
pattern_cases_make_puzzle (char **ret_pattern,
                           char **ret_event)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  GString *event = g_string_new ("{\"b\": 1");
  GString *pattern = g_string_new ("{\"a\": {");

  for (guint i = 0; i < 19; i++)
    {
      g_string_append (event, ", \"a\": [");
      for (guint k = 0; k < 30; k++)
        g_string_append_printf (event, "%s{\"p%d\": 1, \"p%d\": 1}", k > 0 ? "," : "",
                                g_rand_int_range (random, 0, 40), g_rand_int_range (random, 0, 40));
      g_string_append_c (event, ']');
    }
  g_string_append_c (event, '}');
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (pattern, "%s\"p%u\": [1]", i > 0 ? ", " : "", i);
  g_string_append (pattern, "}}");
  *ret_pattern = g_string_free (pattern, FALSE);
  *ret_event = g_string_free (event, FALSE);
}
