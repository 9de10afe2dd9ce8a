/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/instances-private.h"

#include "model/faults.h"
#include "model/question-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_STEM 40 /* of an id that is made from a name */

/* Checks a name, which stands at the present place. */
gboolean
posture_instance_check_name (PostureCheck          *check,
                             const PostureJsonNode *name)
{
  const char *text = posture_json_node_get_string (name);
  guint before = check->found;

  if (text[strspn (text, " \t\r\n")] == '\0')
    posture_check_fault (check, name, _("must not be empty"));
  else if (g_utf8_strlen (text, -1) > POSTURE_INSTANCE_MAX_NAME)
    posture_check_fault (check, name, _("must have at most %d characters"),
                         POSTURE_INSTANCE_MAX_NAME);
  return check->found == before;
}

/**
 * posture_answer_get_n_instances:
 * @self: (nullable): an answer of the kind instances
 *
 * Returns: how many instances it names; 0 without an answer or a value
 */
guint
posture_answer_get_n_instances (PostureAnswer *self)
{
  const PostureJsonNode *value = self != NULL ? posture_answer_get_value (self) : NULL;

  return value != NULL && posture_json_node_get_kind (value) == POSTURE_JSON_ARRAY
           ? posture_json_node_get_length (value) : 0;
}

/**
 * posture_answer_get_instance:
 * @self: an answer of the kind instances
 * @index: from 0, below the number of instances
 *
 * Returns: (transfer none): the id of the instance there
 */
const char *
posture_answer_get_instance (PostureAnswer *self,
                             guint          index)
{
  return posture_json_node_get_string (
    posture_json_node_get_element (posture_answer_get_value (self), index));
}

/**
 * posture_answer_has_instance:
 * @self: (nullable): an answer of the kind instances
 * @id: an instance's id
 *
 * Returns: whether it names that instance
 */
gboolean
posture_answer_has_instance (PostureAnswer *self,
                             const char    *id)
{
  for (guint i = 0; i < posture_answer_get_n_instances (self); i++)
    if (g_strcmp0 (posture_answer_get_instance (self, i), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_name (const char *name,
            GError    **error)
{
  if (g_utf8_validate (name, -1, NULL) && name[strspn (name, " \t\r\n")] != '\0'
      && g_utf8_strlen (name, -1) <= POSTURE_INSTANCE_MAX_NAME)
    return TRUE;
  g_set_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_INVALID,
               _("Please give a name of 1 to %d characters."), POSTURE_INSTANCE_MAX_NAME);
  return FALSE;
}

/* The name in small letters and digits, which can be read where the name is not at hand. */
static char *
make_stem (const char *name)
{
  g_autofree char *plain = g_str_to_ascii (name, "C");
  g_autoptr (GString) stem = g_string_new (NULL);

  for (const char *c = plain; *c != '\0' && stem->len < MAX_STEM; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (stem, g_ascii_tolower (*c));
    else if (stem->len > 0 && stem->str[stem->len - 1] != '-')
      g_string_append_c (stem, '-');
  while (stem->len > 0 && stem->str[stem->len - 1] == '-')
    g_string_truncate (stem, stem->len - 1);
  return g_string_free (g_steal_pointer (&stem), FALSE);
}

static char *
make_id (PostureAnswer *self,
         const char    *name)
{
  g_autofree char *stem = make_stem (name);
  char *id = g_strdup (*stem != '\0' ? stem : "1");

  for (guint i = 2; posture_answer_has_instance (self, id); i++)
    {
      g_free (id);
      id = *stem != '\0' ? g_strdup_printf ("%s-%u", stem, i) : g_strdup_printf ("%u", i);
    }
  return id;
}

static GHashTable *
copy_names (PostureAnswer *self)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < posture_answer_get_n_instances (self); i++)
    {
      const char *id = posture_answer_get_instance (self, i);
      const char *name = posture_answer_get_instance_name (self, id);

      if (name != NULL)
        g_hash_table_insert (names, g_strdup (id), g_strdup (name));
    }
  return names;
}

/* The same list with @added at the end, or without @removed; note and names as @self has them. */
static PostureAnswer *
change_list (PostureAnswer   *self,
             PostureQuestion *question,
             const char      *added,
             const char      *removed,
             GHashTable      *names,
             GError         **error)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;
  g_autoptr (PostureAnswer) plain = NULL;
  g_autoptr (PostureAnswer) noted = NULL;

  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < posture_answer_get_n_instances (self); i++)
    if (g_strcmp0 (posture_answer_get_instance (self, i), removed) != 0)
      posture_json_writer_string (writer, posture_answer_get_instance (self, i));
  if (added != NULL)
    posture_json_writer_string (writer, added);
  posture_json_writer_end_array (writer);
  text = posture_json_writer_finish_text (writer);
  plain = posture_answer_new_from_text (text, question, error);
  if (plain == NULL)
    return NULL;
  noted = posture_answer_new_with_note (plain, self != NULL ? posture_answer_get_note (self) : NULL,
                                        error);
  return noted != NULL ? posture_answer_new_with_names (noted, names) : NULL;
}

/**
 * posture_answer_add_instance:
 * @self: (nullable): the answer so far
 * @question: the question, of the kind instances
 * @name: what the new instance is called
 * @ret_id: (out) (optional) (transfer full): the id it got, which stays
 * @error: return location for a #PostureModelError
 *
 * Adds an instance at the end of the list. Its id is made from the name and
 * never changes with it.
 *
 * Returns: (transfer full) (nullable): the answer with it, or %NULL if the name
 *   is none or there are as many as there can be
 */
PostureAnswer *
posture_answer_add_instance (PostureAnswer   *self,
                             PostureQuestion *question,
                             const char      *name,
                             char           **ret_id,
                             GError         **error)
{
  g_autoptr (GHashTable) names = copy_names (self);
  g_autofree char *id = NULL;
  PostureAnswer *made;

  if (!check_name (name, error))
    return NULL;
  id = make_id (self, name);
  g_hash_table_insert (names, g_strdup (id), g_strdup (name));
  made = change_list (self, question, id, NULL /* removed */, names, error);
  if (made != NULL && ret_id != NULL)
    *ret_id = g_steal_pointer (&id);
  return made;
}

/**
 * posture_answer_rename_instance:
 * @self: an answer of the kind instances
 * @id: an instance's id
 * @name: what it is called from now on
 * @error: return location for a #PostureModelError
 *
 * Gives an instance another name. Its id, and with it all that was answered
 * about it, stays.
 *
 * Returns: (transfer full) (nullable): the answer with the name, or %NULL if the
 *   name is none or there is no such instance
 */
PostureAnswer *
posture_answer_rename_instance (PostureAnswer *self,
                                const char    *id,
                                const char    *name,
                                GError       **error)
{
  g_autoptr (GHashTable) names = copy_names (self);

  if (!check_name (name, error))
    return NULL;
  if (!posture_answer_has_instance (self, id))
    {
      g_set_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_INVALID,
                   _("“%s” is not in the list."), id);
      return NULL;
    }
  g_hash_table_insert (names, g_strdup (id), g_strdup (name));
  return posture_answer_new_with_names (self, names);
}

/**
 * posture_answer_remove_instance:
 * @self: an answer of the kind instances
 * @question: the question
 * @id: an instance's id
 *
 * Takes an instance off the list. What was answered about it is kept and rated
 * no more; it is there again if an instance with the same id is added.
 *
 * Returns: (transfer full) (nullable): the answer without it; %NULL if none is
 *   left, so that the question is open again
 */
PostureAnswer *
posture_answer_remove_instance (PostureAnswer   *self,
                                PostureQuestion *question,
                                const char      *id)
{
  g_autoptr (GHashTable) names = copy_names (self);
  guint rest = posture_answer_get_n_instances (self) - posture_answer_has_instance (self, id);

  g_hash_table_remove (names, id);
  return rest > 0 ? change_list (self, question, NULL /* added */, id, names, NULL /* error */)
                  : NULL;
}
