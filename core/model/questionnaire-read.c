/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/questionnaire-private.h"

#include "json/json-alike.h"
#include "model/method-form-private.h"
#include "model/option-private.h"
#include "model/profile-private.h"
#include "model/repeat-private.h"
#include "model/scalars.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT 1
#define MAX_SECTION_DEPTH 8
#define MAX_REVIEW_MONTHS 120
#define MAX_REVIEW_DAYS 3660

static void
catalogue_free (gpointer data)
{
  PostureCatalogue *catalogue = data;

  g_free (catalogue->id);
  g_free (catalogue->title);
  g_free (catalogue);
}

void
posture_section_free (gpointer data)
{
  PostureSection *section = data;

  if (section->key != section->id)
    g_free (section->key);
  g_free (section->id);
  g_free (section->instance);
  g_free (section->for_each);
  g_free (section);
}

/* Three whole numbers with points between them. */
static gboolean
is_version (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 4);

  if (g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 0, G_MAXINT32, NULL, NULL))
      return FALSE;
  return TRUE;
}

static void
read_head (PostureCheck          *check,
           const PostureJsonNode *root,
           PostureQuestionnaire  *self)
{
  static const char *const members[] = { "format", "id", "version", "judgement", "references",
                                         "method", "option_sets", "sections", "questions",
                                         "review", "profiles", NULL };
  const PostureJsonNode *format = posture_check_member (check, root, "format", POSTURE_JSON_NUMBER,
                                                        TRUE);
  gint64 number;

  posture_check_members (check, root, members);
  if (format != NULL && (!posture_json_node_get_int (format, &number) || number != FORMAT))
    posture_check_fault_in (check, root, "format", _("must be %d, the format this version reads"),
                            FORMAT);
  self->id = g_strdup (posture_check_id (check, root, "id"));
  self->version = g_strdup (posture_check_text (check, root, "version", TRUE));
  if (self->version != NULL && !is_version (self->version))
    posture_check_fault_in (check, root, "version", _("must be three whole numbers such as 1.0.0"));
  self->judgement = g_strdup (posture_check_text (check, root, "judgement", FALSE));
  self->review = posture_review_read (check, root);
}

/* How long answers hold: months or days; none if nothing is said. */
PostureInterval
posture_review_read (PostureCheck          *check,
                     const PostureJsonNode *object)
{
  static const char *const members[] = { "months", "days", NULL };
  const PostureJsonNode *review = posture_check_member (check, object, "review",
                                                        POSTURE_JSON_OBJECT, FALSE);
  PostureInterval interval = { 0, 0 };
  gint64 months = 0, days = 0;
  gsize place;

  if (review == NULL)
    return interval;
  place = posture_check_enter (check, "review");
  posture_check_members (check, review, members);
  posture_check_int (check, review, "months", 1, MAX_REVIEW_MONTHS, FALSE, &months);
  posture_check_int (check, review, "days", 1, MAX_REVIEW_DAYS, FALSE, &days);
  if ((posture_json_node_get_member (review, "months") != NULL)
      == (posture_json_node_get_member (review, "days") != NULL))
    posture_check_fault (check, review, _("needs one of months and days"));
  posture_check_leave (check, place);
  interval.months = (int) months;
  interval.days = (int) days;
  return interval;
}

static void
read_catalogues (PostureCheck          *check,
                 const PostureJsonNode *root,
                 PostureQuestionnaire  *self,
                 GHashTable            *ids)
{
  const PostureJsonNode *object = posture_check_member (check, root, "references",
                                                        POSTURE_JSON_OBJECT, FALSE);
  guint length = object != NULL ? posture_json_node_get_length (object) : 0;
  gsize place = posture_check_enter (check, "references");

  self->catalogues = g_ptr_array_new_with_free_func (catalogue_free);
  for (guint i = 0; i < length; i++)
    {
      const char *id = posture_json_node_get_key (object, i);
      PostureCatalogue *catalogue = g_new0 (PostureCatalogue, 1);

      if (!posture_is_id (id))
        posture_check_fault_in (check, object, id, _("is no id"));
      catalogue->id = g_strdup (id);
      catalogue->title = g_strdup (posture_check_text (check, object, id, TRUE));
      g_ptr_array_add (self->catalogues, catalogue);
      g_hash_table_add (ids, catalogue->id);
    }
  posture_check_leave (check, place);
}

static void
read_sections (PostureCheck          *check,
               const PostureJsonNode *object,
               int                    parent,
               guint                  depth,
               PostureQuestionnaire  *self)
{
  static const char *const members[] = { "id", "sections", "for_each", NULL };
  const PostureJsonNode *list = posture_check_member (check, object, "sections", POSTURE_JSON_ARRAY,
                                                      parent < 0);
  gsize outer = posture_check_enter (check, "sections");

  if (list != NULL && posture_json_node_get_length (list) == 0 && parent < 0)
    posture_check_fault (check, list, _("needs at least one"));
  if (list != NULL && depth > MAX_SECTION_DEPTH)
    {
      posture_check_fault (check, list, _("sections nest at most %d deep"), MAX_SECTION_DEPTH);
      list = NULL;
    }
  for (guint i = 0; list != NULL && i < posture_json_node_get_length (list); i++)
    {
      const PostureJsonNode *node = posture_json_node_get_element (list, i);
      gsize place = posture_check_enter_at (check, i);

      if (posture_check_kind (check, node, POSTURE_JSON_OBJECT))
        {
          PostureSection *section = g_new0 (PostureSection, 1);
          guint number = self->sections->len;

          posture_check_members (check, node, members);
          section->id = g_strdup (posture_check_id (check, node, "id"));
          section->key = section->id;
          section->for_each = g_strdup (posture_check_text (check, node, "for_each", FALSE));
          section->parent = parent;
          g_ptr_array_add (self->sections, section);
          if (section->id != NULL && g_hash_table_contains (self->section_index, section->id))
            posture_check_fault_in (check, node, "id", _("“%s” is there twice"), section->id);
          else if (section->id != NULL)
            g_hash_table_insert (self->section_index, section->id, GUINT_TO_POINTER (number + 1));
          read_sections (check, node, (int) number, depth + 1, self);
          section->end = self->sections->len;
        }
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
}

/* A set that no question uses has no effect. Where a question names a set that is not there, that one
 * may be meant. */
static void
check_sets (PostureCheck          *check,
            const PostureJsonNode *questions,
            const PostureJsonNode *sets)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  gsize outer = posture_check_enter (check, "option_sets");
  gboolean all_there = TRUE;
  GHashTableIter iter;
  gpointer set;

  for (guint i = 0; i < posture_json_node_get_length (questions); i++)
    {
      const PostureJsonNode *options
        = posture_json_node_get_member (posture_json_node_get_element (questions, i), "options");

      if (options != NULL && posture_json_node_get_kind (options) == POSTURE_JSON_STRING)
        g_hash_table_add (used, (gpointer) posture_json_node_get_string (options));
    }
  g_hash_table_iter_init (&iter, used);
  while (all_there && g_hash_table_iter_next (&iter, &set, NULL))
    all_there = posture_json_node_get_member (sets, set) != NULL;
  for (guint i = 0; i < posture_json_node_get_length (sets); i++)
    {
      const char *name = posture_json_node_get_key (sets, i);
      gsize place = posture_check_enter_key (check, name);

      if (all_there && !g_hash_table_contains (used, name))
        posture_check_fault (check, posture_json_node_get_element (sets, i),
                             _("is used by no question"));
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
}

static void
read_questions (PostureCheck            *check,
                const PostureJsonNode   *root,
                PostureQuestionnaire    *self,
                GHashTable              *catalogues,
                const PostureMethodForm *method)
{
  const PostureConditionSetting conditions = { &self->arena, &self->leaves, self->question_index };
  PostureQuestionSetting setting = {
    catalogues, self->section_index, &conditions, self->option_sets, { NULL }, method,
  };
  const PostureJsonNode *sets = posture_json_node_get_member (root, "option_sets");
  const PostureJsonNode *list = posture_check_member (check, root, "questions", POSTURE_JSON_ARRAY,
                                                      TRUE);
  PostureQuestion *questions;
  gsize outer;

  if (list == NULL)
    {
      self->faulty |= POSTURE_PART_QUESTIONS;
      return;
    }
  for (guint i = 0; i < POSTURE_OPTION_LISTS; i++)
    setting.option_lists[i] = posture_json_table_new ();
  outer = posture_check_enter (check, "questions");
  if (posture_json_node_get_length (list) == 0)
    posture_check_fault (check, list, _("needs at least one"));
  questions = posture_json_arena_alloc (&self->arena, posture_json_node_get_length (list)
                                                        * sizeof *questions);
  for (guint i = 0; i < posture_json_node_get_length (list); i++)
    {
      gsize place = posture_check_enter_at (check, i);
      PostureQuestion *question = &questions[i];

      *question = (PostureQuestion) { .number = i };
      posture_question_read (check, posture_json_node_get_element (list, i), &setting, question);
      if (question->section != NULL)
        question->section_number = (guint) MAX (
          posture_questionnaire_find_section (self, question->section), 0);
      g_ptr_array_add (self->questions, question);
      self->faulty_questions |= question->faulty;
      if (question->id == NULL)
        self->faulty |= POSTURE_PART_QUESTIONS;
      if (question->id != NULL && !g_hash_table_contains (self->question_index, question->id))
        g_hash_table_insert (self->question_index, question->id, question);
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
  posture_leaves_seal (&self->leaves);
  for (guint i = 0; i < POSTURE_OPTION_LISTS; i++)
    g_hash_table_unref (setting.option_lists[i]);
  if (sets != NULL && posture_json_node_get_kind (sets) == POSTURE_JSON_OBJECT)
    check_sets (check, list, sets);
}

/* Words and answers name their questionnaire, which a structure never does. */
static gboolean
is_another_file (PostureCheck          *check,
                 const PostureJsonNode *root)
{
  const char *id = posture_json_node_get_string (posture_json_node_get_member (root, "questionnaire"));

  if (id == NULL)
    return FALSE;
  if (posture_json_node_get_member (root, "answers") != NULL)
    posture_check_fault (check, root,
                         _("holds answers to “%s”, not a questionnaire; “--answers” takes them"), id);
  else
    posture_check_fault (check, root,
                         _("holds words of “%s”, not its structure; they are looked at with %s.json"), id, id);
  return TRUE;
}

/* Notes a part as faulty if there are faults since @before; where the next part begins. */
static guint
end_part (PostureCheck         *check,
          PostureQuestionnaire *self,
          guint                 part,
          guint                 before)
{
  if (check->found > before)
    self->faulty |= part;
  return check->found;
}

/* Fills @self from @root. With faults not everything is there. */
void
posture_questionnaire_read (PostureQuestionnaire  *self,
                            PostureCheck          *check,
                            const PostureJsonNode *root)
{
  g_autoptr (GHashTable) catalogues = g_hash_table_new (g_str_hash, g_str_equal);
  const PostureMethodForm *method;
  guint before;

  self->profiles = g_ptr_array_new_with_free_func (posture_profile_free);
  self->sections = g_ptr_array_new_with_free_func (posture_section_free);
  self->section_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->questions = g_ptr_array_new ();
  self->question_index = g_hash_table_new (g_str_hash, g_str_equal);
  if (!posture_check_kind (check, root, POSTURE_JSON_OBJECT) || is_another_file (check, root))
    return;
  read_head (check, root, self);
  read_catalogues (check, root, self, catalogues);
  before = check->found;
  method = posture_method_read (check, root, self);
  before = end_part (check, self, POSTURE_PART_METHOD, before);
  self->option_sets = posture_option_sets_read (check, root, method, &self->arena);
  before = end_part (check, self, POSTURE_PART_SETS, before);
  read_sections (check, root, -1, 1, self);
  end_part (check, self, POSTURE_PART_SECTIONS, before);
  read_questions (check, root, self, catalogues, method);
  posture_repeats_check (check, root, method, self);
  before = check->found;
  posture_profiles_read (check, root, self);
  end_part (check, self, POSTURE_PART_PROFILES, before);
  posture_method_check (check, root, method, self);
}
