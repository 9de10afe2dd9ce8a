/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"
#include "json/json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME 64

/* Whether a text can be the name of a rule, a target or a replay. */
gboolean
posture_names_check (const char *name,
                     GError    **error)
{
  gsize length = strspn (name, G_CSET_a_2_z G_CSET_A_2_Z "0123456789._-");

  if (length > 0 && length <= MAX_NAME && name[length] == '\0')
    return TRUE;
  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
               _("“%s” is no name: it has 1 to %d letters, digits, “.”, “-” or “_”."), name, MAX_NAME);
  return FALSE;
}

/* A list of names as it stands in a table: a JSON array. */
char *
posture_names_to_text (const char *const *names)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_array (writer);
  for (guint i = 0; names[i] != NULL; i++)
    posture_json_writer_string (writer, names[i]);
  posture_json_writer_end_array (writer);
  return posture_json_writer_finish_text (writer);
}

char **
posture_names_from_text (const char *text,
                         GError    **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const PostureJsonNode *list;

  if (document == NULL)
    return NULL;
  list = posture_json_document_get_root (document);
  for (guint i = 0; i < posture_json_node_get_length (list); i++)
    g_strv_builder_add (names, posture_json_node_get_string (posture_json_node_get_element (list, i)));
  return g_strv_builder_end (names);
}
