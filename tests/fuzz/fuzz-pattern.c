/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include "pattern/matcher.h"

#include <string.h>

/* Asks the same of the pattern, of its tree and of a matcher; all must agree. */
static void
compare (PosturePattern *pattern,
         const char     *event,
         gsize           length)
{
  const PostureJsonLimits limits = { 16 * 1024 * 1024, 64, TRUE };
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (event, length);
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (bytes, &limits, NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  gboolean matches = FALSE;
  gboolean compared = posture_pattern_matches (pattern, event, length, &matches, &error);

  posture_matcher_add (matcher, "rule", pattern);
  names = posture_matcher_match (matcher, event, length, POSTURE_EVENT_UNCHECKED, NULL);
  g_assert_true (compared == (error == NULL));
  g_assert_true (compared == (names != NULL));
  if (document != NULL)
    {
      const PostureJsonNode *root = posture_json_document_get_root (document);

      g_assert_true (matches == posture_pattern_matches_node (pattern, root));
    }
  if (compared)
    g_assert_cmpuint (g_strv_length (names), ==, matches ? 1 : 0);
}

/* The first byte says where the pattern ends and the event begins. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (PosturePattern) pattern = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;
  const char *text = (const char *) data + 1;
  gsize split;

  if (size < 1)
    return 0;
  size--;
  split = size * data[0] / 255;
  pattern = posture_pattern_new (text, split, &error);
  g_assert_true ((pattern != NULL) == (error == NULL));
  if (pattern == NULL)
    return 0;
  paths = posture_pattern_dup_paths (pattern);
  for (guint i = 1; paths[i - 1] != NULL && paths[i] != NULL; i++)
    g_assert_cmpint (strcmp (paths[i - 1], paths[i]), <, 0);
  compare (pattern, text + split, size - split);
  return 0;
}
