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
