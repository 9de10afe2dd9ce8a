/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "json/json-writer.h"

#include <stdlib.h>
#include <string.h>

static char *
canonical (const void              *data,
           gsize                    size,
           const PostureJsonLimits *limits)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  document = posture_json_document_new (bytes, limits, &error);
  /* either a document or an error, and an error always has something to say */
  if ((document == NULL) != (error != NULL) || (error != NULL && error->message[0] == '\0'))
    abort ();
  if (document == NULL)
    return NULL;
  return posture_json_node_to_text (posture_json_document_get_root (document));
}

/* What is accepted has a canonical text, which is accepted too and is its own canonical text. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  PostureJsonLimits lenient = posture_json_limits_default;
  g_autofree char *strict = NULL;
  g_autofree char *once = NULL;
  g_autofree char *twice = NULL;

  lenient.allow_duplicates = TRUE;
  strict = canonical (data, size, NULL);
  once = canonical (data, size, &lenient);
  /* who allows more accepts no less, and reads it in the same way */
  if (strict != NULL && g_strcmp0 (strict, once) != 0)
    abort ();
  if (once == NULL)
    return 0;
  twice = canonical (once, strlen (once), NULL);
  if (g_strcmp0 (once, twice) != 0)
    abort ();
  return 0;
}
