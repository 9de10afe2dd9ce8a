/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-instances.h"

#include "model/instances.h"

#include <glib/gi18n.h>
#include <string.h>

/* The instance that a name or an id means. */
static const char *
find_instance (PostureAnswer *answer,
               const char    *text)
{
  for (guint i = 0; i < posture_answer_get_n_instances (answer); i++)
    {
      const char *id = posture_answer_get_instance (answer, i);

      if (g_strcmp0 (posture_answer_get_instance_name (answer, id), text) == 0
          || g_str_equal (id, text))
        return id;
    }
  return NULL;
}

static PostureAnswer *
complain (GError *error,
          char  **ret_complaint)
{
  *ret_complaint = g_strdup (error->message);
  return NULL;
}

/* One name of the line: one that is there, `old = new` for another name, or a new one. What was
 * meant is added to @named. */
static PostureAnswer *
take_part (PostureQuestion *question,
           PostureAnswer   *answer,
           const char      *part,
           GHashTable      *named,
           char           **ret_complaint)
{
  g_auto (GStrv) sides = g_strsplit (part, "=", 2);
  const char *from = g_strstrip (sides[0]);
  const char *to = sides[1] != NULL ? g_strstrip (sides[1]) : NULL;
  const char *known = find_instance (answer, from);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  PostureAnswer *made;

  if (to != NULL && known == NULL)
    {
      *ret_complaint = g_strdup_printf (_("“%s” is not in the list."), from);
      return NULL;
    }
  if (known != NULL)
    id = g_strdup (known);
  if (to != NULL)
    made = posture_answer_rename_instance (answer, id, to, &error);
  else if (known != NULL)
    made = posture_answer_ref (answer);
  else
    made = posture_answer_add_instance (answer, question, from, &id, &error);
  if (made == NULL)
    return complain (error, ret_complaint);
  g_hash_table_add (named, g_steal_pointer (&id));
  return made;
}

/**
 * ctl_parse_instances:
 * @question: a question of the kind instances
 * @old: (nullable): its answer so far
 * @text: names with commas between them; `old = new` gives another name
 * @ret_complaint: (out) (transfer full): why it is no answer
 *
 * What is not named any more is taken off the list.
 *
 * Returns: (transfer full) (nullable): the answer that the line means
 */
PostureAnswer *
ctl_parse_instances (PostureQuestion *question,
                     PostureAnswer   *old,
                     const char      *text,
                     char           **ret_complaint)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (PostureAnswer) answer
    = posture_answer_get_n_instances (old) > 0 ? posture_answer_ref (old) : NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      PostureAnswer *next;

      if (*g_strstrip (parts[i]) == '\0')
        continue;
      next = take_part (question, answer, parts[i], named, ret_complaint);
      if (next == NULL)
        return NULL;
      g_clear_pointer (&answer, posture_answer_unref);
      answer = next;
    }
  if (g_hash_table_size (named) == 0)
    {
      *ret_complaint = g_strdup (_("Please type names with commas between them."));
      return NULL;
    }
  for (guint i = posture_answer_get_n_instances (answer); i-- > 0;)
    if (!g_hash_table_contains (named, posture_answer_get_instance (answer, i)))
      {
        PostureAnswer *less = posture_answer_remove_instance (
          answer, question, posture_answer_get_instance (answer, i));

        posture_answer_unref (answer);
        answer = less;
      }
  return g_steal_pointer (&answer);
}

/**
 * ctl_instances_text:
 * @answer: an answer of the kind instances
 *
 * Returns: (transfer full): the names of the list
 */
char *
ctl_instances_text (PostureAnswer *answer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < posture_answer_get_n_instances (answer); i++)
    {
      const char *id = posture_answer_get_instance (answer, i);
      const char *name = posture_answer_get_instance_name (answer, id);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name != NULL ? name : id);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * ctl_instance_name:
 * @questionnaire: a questionnaire, expanded or not
 * @answers: (nullable): answers to it
 * @section: id of a section
 * @instance: (nullable): an instance that the section is repeated for
 *
 * Returns: (transfer none) (nullable): what the instance is called, its id if it
 *   has no name; %NULL without an instance
 */
const char *
ctl_instance_name (PostureQuestionnaire *questionnaire,
                   PostureAnswers       *answers,
                   const char           *section,
                   const char           *instance)
{
  int index = posture_questionnaire_find_section (questionnaire, section);
  g_autofree char *key = instance != NULL ? g_strconcat (section, "@", instance, NULL) : NULL;
  const char *name = NULL;

  if (instance == NULL)
    return NULL;
  /* in an expanded questionnaire what stands in a repeated section is there for its instances only */
  if (index < 0)
    index = posture_questionnaire_find_section (questionnaire, key);
  while (index >= 0
         && posture_questionnaire_get_section (questionnaire, (guint) index)->for_each == NULL)
    index = posture_questionnaire_get_section (questionnaire, (guint) index)->parent;
  if (index >= 0 && answers != NULL)
    {
      const char *list = posture_questionnaire_get_section (questionnaire, (guint) index)->for_each;
      PostureAnswer *answer = posture_answers_get (answers, list);

      name = answer != NULL ? posture_answer_get_instance_name (answer, instance) : NULL;
    }
  return name != NULL ? name : instance;
}
