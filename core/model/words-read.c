/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/words-private.h"

#include "model/advice-private.h"
#include "model/questionnaire-private.h"

#include <glib/gi18n-lib.h>

#define FORMAT 1

/* A set that options or levels take their words from, and what needs words in it. */
typedef struct
{
  const char *name;
  GPtrArray *ids;    /* (element-type utf8) */
  GHashTable *known; /* the same */
  gint64 minimum;    /* of the levels that were noted last */
  gint64 maximum;
} WordsSet;

/* What is needed while words are checked. */
typedef struct
{
  PostureCheck *check;
  PostureQuestionnaire *questionnaire;
  gboolean complete; /* whether everything must have words */
  GPtrArray *sets;   /* (element-type WordsSet) */
  GHashTable *set_index;
} Reading;

const char *const posture_words_parts[] = { "question", "why", "done", "next", "evidence",
                                             NULL };

static const char *const title_members[] = { "title", "summary", NULL };
static const char *const question_members[] = { "question", "why", "done", "next", "evidence",
                                                "options", "tips", "recommendations", NULL };

static gboolean
is_language (const char *text)
{
  return g_regex_match_simple ("^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", text,
                               G_REGEX_DOLLAR_ENDONLY, 0);
}

static void
check_head (Reading               *reading,
            const PostureJsonNode *root)
{
  static const char *const members[] = { "format", "questionnaire", "language", "version", "title",
                                         "summary", "levels", "option_sets", "sections", "questions",
                                         "profiles", NULL };
  PostureCheck *check = reading->check;
  const char *id, *language;
  gint64 format;

  posture_check_members (check, root, members);
  posture_check_int (check, root, "format", FORMAT, FORMAT, TRUE, &format);
  id = posture_check_text (check, root, "questionnaire", TRUE);
  if (id != NULL && reading->questionnaire->id != NULL
      && !g_str_equal (id, posture_questionnaire_get_id (reading->questionnaire)))
    posture_check_fault_in (check, root, "questionnaire", _("must be “%s”"),
                            posture_questionnaire_get_id (reading->questionnaire));
  language = posture_check_text (check, root, "language", TRUE);
  if (language != NULL && !is_language (language))
    posture_check_fault_in (check, root, "language", _("must be a language such as en or pt-BR"));
  reading->complete = reading->complete || g_strcmp0 (language, "en") == 0;
  posture_check_text (check, root, "version", TRUE);
  posture_check_text (check, root, "title", reading->complete);
  posture_check_text (check, root, "summary", reading->complete);
}

/* Goes to the words of one thing, whose id is the member's name. */
static const PostureJsonNode *
enter_words (Reading               *reading,
             const PostureJsonNode *object,
             const char            *id,
             gsize                 *ret_place)
{
  const PostureJsonNode *node = id != NULL ? posture_json_node_get_member (object, id) : NULL;

  *ret_place = posture_check_enter_key (reading->check, id != NULL ? id : "");
  if (id == NULL)
    return NULL;
  if (node == NULL)
    {
      if (reading->complete)
        posture_check_fault (reading->check, object, _("is missing"));
      return NULL;
    }
  return posture_check_kind (reading->check, node, POSTURE_JSON_OBJECT) ? node : NULL;
}

static void
check_titled (Reading               *reading,
              const PostureJsonNode *object,
              const char            *id)
{
  gsize place;
  const PostureJsonNode *node = enter_words (reading, object, id, &place);

  if (node != NULL)
    {
      posture_check_members (reading->check, node, title_members);
      posture_check_text (reading->check, node, "title", reading->complete);
      posture_check_text (reading->check, node, "summary", reading->complete);
    }
  posture_check_leave (reading->check, place);
}

/* Words for what the questionnaire does not have, unless what they belong to was read with faults and can
 * be meant. */
static void
check_strangers (Reading               *reading,
                 const PostureJsonNode *object,
                 gboolean               faulty,
                 gboolean               known (Reading *, const char *, gpointer),
                 gpointer               data)
{
  for (guint i = 0; !faulty && i < posture_json_node_get_length (object); i++)
    {
      const char *id = posture_json_node_get_key (object, i);
      gsize place;

      if (known (reading, id, data))
        continue;
      place = posture_check_enter_key (reading->check, id);
      posture_check_fault (reading->check, posture_json_node_get_element (object, i),
                           _("is not in the questionnaire"));
      posture_check_leave (reading->check, place);
    }
}

static gboolean
has_faulty (Reading *reading,
            guint    part)
{
  return (reading->questionnaire->faulty & part) != 0;
}

/* What sets there are, and what is in them, depends on the questions that name them, too. */
static gboolean
has_faulty_sets (Reading *reading)
{
  return has_faulty (reading, POSTURE_PART_SETS | POSTURE_PART_QUESTIONS)
         || (reading->questionnaire->faulty_questions & POSTURE_QUESTION_FORM) != 0;
}

static gboolean
is_level (Reading    *reading,
          const char *id,
          gpointer    data)
{
  for (guint i = 0; i < posture_questionnaire_get_n_levels (reading->questionnaire); i++)
    if (g_str_equal (posture_questionnaire_get_level (reading->questionnaire, i)->id, id))
      return TRUE;
  return FALSE;
}

static gboolean
is_section (Reading    *reading,
            const char *id,
            gpointer    data)
{
  return posture_questionnaire_find_section (reading->questionnaire, id) >= 0;
}

static gboolean
is_question (Reading    *reading,
             const char *id,
             gpointer    data)
{
  return posture_questionnaire_find_question (reading->questionnaire, id) != NULL;
}

static gboolean
is_option (Reading    *reading,
           const char *id,
           gpointer    data)
{
  PostureQuestion *question = data;
  gint64 level;

  if (question->kind == POSTURE_QUESTION_LEVEL)
    return g_ascii_string_to_signed (id, 10, question->minimum / POSTURE_NUMBER_ONE,
                                     question->maximum / POSTURE_NUMBER_ONE, &level, NULL);
  return posture_question_find_option (question, id) != NULL;
}

/* Every member must be a text. */
static void
check_texts (PostureCheck          *check,
             const PostureJsonNode *object)
{
  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    {
      gsize place = posture_check_enter_key (check, posture_json_node_get_key (object, i));

      posture_check_kind (check, posture_json_node_get_element (object, i), POSTURE_JSON_STRING);
      posture_check_leave (check, place);
    }
}

static void
check_options (Reading               *reading,
               const PostureJsonNode *node,
               PostureQuestion       *question)
{
  PostureCheck *check = reading->check;
  guint n_options = posture_question_get_n_options (question);
  const PostureJsonNode *options
    = posture_check_member (check, node, "options", POSTURE_JSON_OBJECT,
                            reading->complete && n_options > 0 && question->option_set == NULL);
  gsize outer;

  if (options == NULL)
    return;
  outer = posture_check_enter (check, "options");
  check_texts (check, options);
  for (guint i = 0; i < n_options && reading->complete && question->option_set == NULL; i++)
    {
      const char *id = posture_question_get_option (question, i)->id;
      gsize place = posture_check_enter_key (check, id != NULL ? id : "");

      if (id != NULL && posture_json_node_get_member (options, id) == NULL)
        posture_check_fault (check, options, _("is missing"));
      posture_check_leave (check, place);
    }
  check_strangers (reading, options, (question->faulty & POSTURE_QUESTION_FORM) != 0, is_option, question);
  posture_check_leave (check, outer);
}

static gboolean
is_advice (Reading    *reading,
           const char *id,
           gpointer    data)
{
  const PostureAdviceList *list = data;

  for (guint i = 0; i < list->length; i++)
    if (g_strcmp0 (list->items[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

/* The words of a question's tips or recommendations. */
static void
check_advice (Reading               *reading,
              const PostureJsonNode *node,
              const char            *name,
              PostureQuestion       *question,
              PostureAdviceList     *list)
{
  PostureCheck *check = reading->check;
  const PostureJsonNode *words = posture_check_member (check, node, name, POSTURE_JSON_OBJECT,
                                                       reading->complete && list->length > 0);
  gsize outer;

  if (words == NULL)
    return;
  outer = posture_check_enter (check, name);
  check_texts (check, words);
  for (guint i = 0; i < list->length && reading->complete; i++)
    {
      const char *id = list->items[i].id;
      gsize place = posture_check_enter_key (check, id != NULL ? id : "");

      if (id != NULL && posture_json_node_get_member (words, id) == NULL)
        posture_check_fault (check, words, _("is missing"));
      posture_check_leave (check, place);
    }
  check_strangers (reading, words, (question->faulty & POSTURE_QUESTION_REST) != 0, is_advice, list);
  posture_check_leave (check, outer);
}

/* What evidence is wanted is said exactly where some is asked for. */
static void
check_evidence (Reading               *reading,
                const PostureJsonNode *node,
                PostureQuestion       *question)
{
  posture_check_text (reading->check, node, "evidence", reading->complete && question->asks_evidence);
  if (!question->asks_evidence && (question->faulty & POSTURE_QUESTION_REST) == 0
      && posture_json_node_get_member (node, "evidence") != NULL)
    posture_check_fault_in (reading->check, node, "evidence", _("is not in the questionnaire"));
}

static void
check_question (Reading               *reading,
                const PostureJsonNode *object,
                PostureQuestion       *question)
{
  gsize place;
  const PostureJsonNode *node = enter_words (reading, object, question->id, &place);

  if (node != NULL)
    {
      posture_check_members (reading->check, node, question_members);
      posture_check_text (reading->check, node, "question", reading->complete);
      /* what loses no points needs no reason and no advice */
      for (guint i = POSTURE_WORDS_WHY; i <= POSTURE_WORDS_NEXT; i++)
        posture_check_text (reading->check, node, question_members[i],
                            reading->complete && posture_question_is_rated (question));
      check_evidence (reading, node, question);
      check_advice (reading, node, "tips", question, &question->tips);
      check_advice (reading, node, "recommendations", question, &question->recommendations);
      check_options (reading, node, question);
    }
  posture_check_leave (reading->check, place);
}

static void
check_questions (Reading               *reading,
                 const PostureJsonNode *root)
{
  const PostureJsonNode *object = posture_check_member (reading->check, root, "questions",
                                                        POSTURE_JSON_OBJECT, reading->complete);
  gsize outer = posture_check_enter (reading->check, "questions");

  if (object != NULL)
    {
      for (guint i = 0; i < posture_questionnaire_get_n_questions (reading->questionnaire); i++)
        {
          PostureQuestion *question = posture_questionnaire_get_question (reading->questionnaire, i);

          /* of several with one id the words are the first one's */
          if (question->id == NULL
              || posture_questionnaire_find_question (reading->questionnaire, question->id) == question)
            check_question (reading, object, question);
        }
      check_strangers (reading, object, has_faulty (reading, POSTURE_PART_QUESTIONS), is_question, NULL);
    }
  posture_check_leave (reading->check, outer);
}

static gboolean
is_profile (Reading    *reading,
            const char *id,
            gpointer    data)
{
  for (guint i = 0; i < posture_questionnaire_get_n_profiles (reading->questionnaire); i++)
    if (g_str_equal (posture_questionnaire_get_profile (reading->questionnaire, i)->id, id))
      return TRUE;
  return FALSE;
}

static void
check_profiles (Reading               *reading,
                const PostureJsonNode *root)
{
  guint n_profiles = posture_questionnaire_get_n_profiles (reading->questionnaire);
  const PostureJsonNode *object = posture_check_member (reading->check, root, "profiles",
                                                        POSTURE_JSON_OBJECT,
                                                        reading->complete && n_profiles > 0);
  gsize outer = posture_check_enter (reading->check, "profiles");

  if (object != NULL)
    {
      for (guint i = 0; i < n_profiles; i++)
        check_titled (reading, object,
                      posture_questionnaire_get_profile (reading->questionnaire, i)->id);
      check_strangers (reading, object, has_faulty (reading, POSTURE_PART_PROFILES), is_profile, NULL);
    }
  posture_check_leave (reading->check, outer);
}

static void
check_levels (Reading               *reading,
              const PostureJsonNode *root)
{
  guint n_levels = posture_questionnaire_get_n_levels (reading->questionnaire);
  const PostureJsonNode *object = posture_check_member (reading->check, root, "levels",
                                                        POSTURE_JSON_OBJECT,
                                                        reading->complete && n_levels > 0);
  gsize outer = posture_check_enter (reading->check, "levels");

  if (object != NULL)
    {
      for (guint i = 0; i < n_levels; i++)
        check_titled (reading, object,
                      posture_questionnaire_get_level (reading->questionnaire, i)->id);
      check_strangers (reading, object, has_faulty (reading, POSTURE_PART_METHOD), is_level, NULL);
    }
  posture_check_leave (reading->check, outer);
}

static void
check_sections (Reading               *reading,
                const PostureJsonNode *root)
{
  const PostureJsonNode *object = posture_check_member (reading->check, root, "sections",
                                                        POSTURE_JSON_OBJECT, reading->complete);
  gsize outer = posture_check_enter (reading->check, "sections");

  if (object != NULL)
    {
      for (guint i = 0; i < posture_questionnaire_get_n_sections (reading->questionnaire); i++)
        check_titled (reading, object,
                      posture_questionnaire_get_section (reading->questionnaire, i)->id);
      check_strangers (reading, object, has_faulty (reading, POSTURE_PART_SECTIONS), is_section, NULL);
    }
  posture_check_leave (reading->check, outer);
}

static void
words_set_free (gpointer data)
{
  WordsSet *set = data;

  g_ptr_array_unref (set->ids);
  g_hash_table_unref (set->known);
  g_free (set);
}

static void
need_words (WordsSet *set,
            char     *id)
{
  g_ptr_array_add (set->ids, id);
  g_hash_table_add (set->known, id);
}

/* Mostly all levels of a set have one scale, which is gone through once. */
static void
need_levels (WordsSet *set,
             gint64    minimum,
             gint64    maximum)
{
  if (minimum == set->minimum && maximum == set->maximum)
    return;
  for (gint64 level = minimum; level <= maximum; level++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, level);

      if (!g_hash_table_contains (set->known, id))
        need_words (set, g_steal_pointer (&id));
    }
  set->minimum = minimum;
  set->maximum = maximum;
}

/* Notes what a question takes from its set: levels can differ, options are the same for all. */
static void
note_set (Reading         *reading,
          PostureQuestion *question)
{
  WordsSet *set = g_hash_table_lookup (reading->set_index, question->option_set);

  if (set == NULL)
    {
      set = g_new0 (WordsSet, 1);
      set->name = question->option_set;
      set->minimum = G_MAXINT64; /* no scale yet */
      set->ids = g_ptr_array_new_with_free_func (g_free);
      set->known = g_hash_table_new (g_str_hash, g_str_equal);
      g_ptr_array_add (reading->sets, set);
      g_hash_table_insert (reading->set_index, (gpointer) set->name, set);
      for (guint i = 0; i < question->options.length; i++)
        if (posture_question_get_option (question, i)->id != NULL)
          need_words (set, g_strdup (posture_question_get_option (question, i)->id));
    }
  if (question->kind == POSTURE_QUESTION_LEVEL)
    need_levels (set, question->minimum / POSTURE_NUMBER_ONE,
                 question->maximum / POSTURE_NUMBER_ONE);
}

static gboolean
is_in_set (Reading    *reading,
           const char *id,
           gpointer    data)
{
  return g_hash_table_contains (((WordsSet *) data)->known, id);
}

static gboolean
is_set (Reading    *reading,
        const char *id,
        gpointer    data)
{
  return g_hash_table_contains (reading->set_index, id);
}

static void
check_set (Reading               *reading,
           const PostureJsonNode *object,
           WordsSet              *set)
{
  gsize outer;
  const PostureJsonNode *node = enter_words (reading, object, set->name, &outer);

  if (node != NULL)
    {
      check_texts (reading->check, node);
      for (guint i = 0; i < set->ids->len && reading->complete; i++)
        {
          const char *id = g_ptr_array_index (set->ids, i);
          gsize place = posture_check_enter_key (reading->check, id);

          if (posture_json_node_get_member (node, id) == NULL)
            posture_check_fault (reading->check, node, _("is missing"));
          posture_check_leave (reading->check, place);
        }
      check_strangers (reading, node, has_faulty_sets (reading), is_in_set, set);
    }
  posture_check_leave (reading->check, outer);
}

static void
check_sets (Reading               *reading,
            const PostureJsonNode *root)
{
  const PostureJsonNode *object = posture_check_member (reading->check, root, "option_sets",
                                                        POSTURE_JSON_OBJECT,
                                                        reading->complete
                                                        && reading->sets->len > 0);
  gsize outer = posture_check_enter (reading->check, "option_sets");

  if (object != NULL)
    {
      for (guint i = 0; i < reading->sets->len; i++)
        check_set (reading, object, g_ptr_array_index (reading->sets, i));
      check_strangers (reading, object, has_faulty_sets (reading), is_set, NULL);
    }
  posture_check_leave (reading->check, outer);
}

/* Checks words, which stand at the root of a file, against their questionnaire. */
void
posture_words_check (PostureCheck          *check,
                     const PostureJsonNode *root,
                     PostureQuestionnaire  *questionnaire)
{
  posture_words_check_with (check, root, questionnaire, FALSE);
}

/* The same, of a questionnaire that may have faults; with @complete as strictly as English. */
void
posture_words_check_with (PostureCheck          *check,
                          const PostureJsonNode *root,
                          PostureQuestionnaire  *questionnaire,
                          gboolean               complete)
{
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func (words_set_free);
  g_autoptr (GHashTable) set_index = g_hash_table_new (g_str_hash, g_str_equal);
  Reading reading = { check, questionnaire, complete, sets, set_index };

  if (!posture_check_kind (check, root, POSTURE_JSON_OBJECT))
    return;
  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);

      if (question->option_set != NULL)
        note_set (&reading, question);
    }
  check_head (&reading, root);
  check_levels (&reading, root);
  check_sets (&reading, root);
  check_sections (&reading, root);
  check_profiles (&reading, root);
  check_questions (&reading, root);
}
