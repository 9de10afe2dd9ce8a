/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/option-private.h"

#include "model/method-form-private.h"
#include "model/scalars.h"

#include <glib/gi18n-lib.h>

/* Options, whether of one question or of a set that several share. */

#define UNKNOWN_CREDIT (-1) /* of an option with faults */

const PostureOption *
posture_options_find (const PostureOptions *options,
                      const char           *id)
{
  for (guint i = 0; i < options->length; i++)
    if (g_strcmp0 (options->items[i].id, id) == 0)
      return &options->items[i];
  return NULL;
}

static void
read_option (PostureCheck            *check,
             const PostureJsonNode   *node,
             const PostureMethodForm *method,
             gboolean                 credited,
             gboolean                 single,
             PostureJsonArena        *arena,
             PostureOptions          *options)
{
  static const char *const members[] = { "id", "credit", "exclusive", NULL };
  PostureOption *option;
  const char *id;
  gint64 credit = credited ? UNKNOWN_CREDIT : 0;

  option = &options->items[options->length++];
  *option = (PostureOption) { .credit = UNKNOWN_CREDIT };
  if (!posture_check_kind (check, node, POSTURE_JSON_OBJECT))
    return;
  posture_check_members (check, node, members);
  id = posture_check_id (check, node, "id");
  if (id != NULL && posture_options_find (options, id) != NULL)
    posture_check_fault_in (check, node, "id", _("“%s” is there twice"), id);
  if (credited)
    posture_check_decimal (check, node, "credit", POSTURE_CREDIT_PLACES, 0, 1, TRUE, &credit);
  else if (method->id != NULL && posture_json_node_get_member (node, "credit") != NULL)
    posture_check_fault_in (check, node, "credit", _("has no effect with the method %s"),
                            method->id);
  option->id = posture_json_arena_dup (arena, id);
  option->credit = (int) credit;
  option->exclusive = posture_check_boolean (check, node, "exclusive");
  /* one option alone is chosen of the kind choice anyway */
  if (option->exclusive && single)
    posture_check_fault_in (check, node, "exclusive", _("belongs to the kind choices only"));
}

static void
read_list (PostureCheck            *check,
           const PostureJsonNode   *list,
           const PostureMethodForm *method,
           gboolean                 credited,
           gboolean                 single,
           PostureJsonArena        *arena,
           PostureOptions          *options)
{
  guint length = posture_json_node_get_length (list);

  options->items = posture_json_arena_alloc (arena, MIN (length, POSTURE_OPTIONS_MAX)
                                                      * sizeof (PostureOption));
  if (length < 2)
    posture_check_fault (check, list, _("needs at least two"));
  else if (length > POSTURE_OPTIONS_MAX)
    posture_check_fault (check, list, _("must have at most %d entries"), POSTURE_OPTIONS_MAX);
  for (guint i = 0; i < MIN (length, POSTURE_OPTIONS_MAX); i++)
    {
      gsize place = posture_check_enter_at (check, i);

      read_option (check, posture_json_node_get_element (list, i), method, credited, single,
                   arena, options);
      posture_check_leave (check, place);
    }
}

/* Whether nothing and everything can be gained, if all credits are known. */
static void
check_reach (PostureCheck          *check,
             const PostureJsonNode *list,
             PostureQuestion       *question)
{
  gboolean nothing = FALSE, everything = FALSE;
  gint64 sum = 0;

  if (question->options.length < 2)
    return;
  for (guint i = 0; i < question->options.length; i++)
    {
      const PostureOption *option = posture_question_get_option (question, i);

      if (option->credit == UNKNOWN_CREDIT)
        return;
      nothing = nothing || option->credit == 0;
      everything = everything || option->credit == POSTURE_CREDIT_ONE;
      sum += option->exclusive ? 0 : option->credit;
    }
  if (question->kind == POSTURE_QUESTION_CHOICES)
    everything = everything || sum >= POSTURE_CREDIT_ONE;
  if (!nothing)
    posture_check_fault (check, list, _("needs an option with credit 0"));
  if (!everything)
    posture_check_fault (check, list, question->kind == POSTURE_QUESTION_CHOICES
                                        ? _("needs options whose credits add up to 1")
                                        : _("needs an option with credit 1"));
}

/* Options by the name of a set. */
static gboolean
take_set (PostureCheck                 *check,
          const PostureJsonNode        *node,
          const PostureQuestionSetting *setting,
          PostureQuestion              *question)
{
  const char *name = posture_json_node_get_string (node);
  const PostureOptions *set = g_hash_table_lookup (setting->option_sets, name);

  if (set == NULL)
    {
      posture_check_fault (check, node, _("“%s” is not among the option sets"), name);
      return FALSE;
    }
  question->options = *set;
  question->option_set = posture_json_arena_dup (setting->conditions->arena, name);
  for (guint i = 0; question->kind == POSTURE_QUESTION_CHOICE && i < set->length; i++)
    if (posture_question_get_option (question, i)->exclusive)
      posture_check_fault (check, node, _("has an exclusive option, which belongs to the kind "
                                          "choices only"));
  return TRUE;
}

/* Options that stand with the question. Mostly another one has the same, spelled alike: they share them. */
static void
take_list (PostureCheck                 *check,
           const PostureJsonNode        *list,
           const PostureQuestionSetting *setting,
           gboolean                      credited,
           PostureQuestion              *question)
{
  gboolean single = question->kind == POSTURE_QUESTION_CHOICE;
  GHashTable *lists = setting->option_lists[(credited ? 2 : 0) + (single ? 1 : 0)];
  const PostureOptions *alike = g_hash_table_lookup (lists, list);
  guint before = check->found;

  if (alike != NULL)
    question->options = *alike;
  else
    read_list (check, list, setting->method, credited, single, setting->conditions->arena,
               &question->options);
  if (alike == NULL && check->found == before)
    g_hash_table_insert (lists, (gpointer) list, &question->options);
}

/* Reads the options of a question of the kinds choice and choices. */
void
posture_options_read (PostureCheck                 *check,
                      const PostureJsonNode        *node,
                      const PostureQuestionSetting *setting,
                      PostureQuestion              *question)
{
  const PostureJsonNode *list = posture_json_node_get_member (node, "options");
  gboolean rated = posture_method_form_rates (setting->method, question->kind);
  gboolean good = TRUE;
  gsize outer;

  if (list == NULL || posture_json_node_get_kind (list) != POSTURE_JSON_STRING)
    list = posture_check_member (check, node, "options", POSTURE_JSON_ARRAY, TRUE);
  if (list == NULL)
    return;
  outer = posture_check_enter (check, "options");
  if (posture_json_node_get_kind (list) == POSTURE_JSON_STRING)
    good = take_set (check, list, setting, question);
  else
    take_list (check, list, setting, rated && setting->method->credit, question);
  if (good && rated && setting->method->credit)
    check_reach (check, list, question);
  if (good && rated)
    posture_method_check_options (check, list, setting->method, question);
  posture_check_leave (check, outer);
}

/* Reads the sets of options: name -> PostureOptions. With faults a set can lack some. */
GHashTable *
posture_option_sets_read (PostureCheck            *check,
                          const PostureJsonNode   *root,
                          const PostureMethodForm *method,
                          PostureJsonArena        *arena)
{
  const PostureJsonNode *object = posture_check_member (check, root, "option_sets",
                                                        POSTURE_JSON_OBJECT, FALSE);
  guint length = object != NULL ? posture_json_node_get_length (object) : 0;
  GHashTable *sets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gsize outer = posture_check_enter (check, "option_sets");

  for (guint i = 0; i < length; i++)
    {
      const char *name = posture_json_node_get_key (object, i);
      const PostureJsonNode *list = posture_json_node_get_element (object, i);
      PostureOptions *options = g_new0 (PostureOptions, 1);
      gsize place = posture_check_enter_key (check, name);

      if (!posture_is_id (name))
        posture_check_fault (check, list, _("is no id"));
      if (posture_check_kind (check, list, POSTURE_JSON_ARRAY))
        read_list (check, list, method, method->credit, FALSE /* single */, arena, options);
      g_hash_table_insert (sets, g_strdup (name), options);
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
  return sets;
}
