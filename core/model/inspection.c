/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/inspection.h"

#include "model/advice-private.h"
#include "model/circles-private.h"
#include "model/questionnaire-private.h"
#include "model/reach-private.h"
#include "model/words-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is inspected. With faults some of it is not there. */
typedef struct
{
  PostureCheck *check;
  PostureQuestionnaire *questionnaire;
  const PostureJsonNode *root;
  PostureReach *reach;
} Inspection;

/* The tests in a list, of which one is enough: those that match nothing are a slip of the pen. */
static void
inspect_tests (Inspection            *self,
               const PostureJsonNode *list,
               const char            *path)
{
  for (guint i = 0; posture_json_node_get_length (list) > 1 && i < posture_json_node_get_length (list); i++)
    {
      const PostureJsonNode *test = posture_json_node_get_element (list, i);
      gsize place = posture_check_enter_at (self->check, i);

      if (posture_questionnaire_find_question (self->questionnaire, path) != NULL
          && !posture_reach_can_match (self->reach, path, test))
        posture_check_fault (self->check, test, _("matches no answer that there can be"));
      posture_check_leave (self->check, place);
    }
}

/* The fields of a pattern, @outer is where they stand in it. */
static void
inspect_pattern (Inspection            *self,
                 const PostureJsonNode *object,
                 const char            *outer)
{
  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    {
      const char *key = posture_json_node_get_key (object, i);
      const PostureJsonNode *inner = posture_json_node_get_element (object, i);
      g_autofree char *path = outer != NULL ? g_strconcat (outer, ".", key, NULL) : g_strdup (key);
      gsize place = posture_check_enter_key (self->check, key);

      if (posture_json_node_get_kind (inner) == POSTURE_JSON_OBJECT)
        inspect_pattern (self, inner, path);
      else
        inspect_tests (self, inner, path);
      posture_check_leave (self->check, place);
    }
}

static void
inspect_part (PostureCondition      *part,
              const PostureJsonNode *json,
              const PostureJsonNode *pattern,
              gpointer               data)
{
  Inspection *self = data;

  if (posture_reach_can_hold (self->reach, NULL /* asked */, part, json,
                              pattern != NULL ? POSTURE_REACH_SINGLE : POSTURE_REACH_ANY))
    {
      if (pattern != NULL)
        inspect_pattern (self, pattern, NULL /* outer */);
    }
  else if (pattern != NULL)
    posture_check_fault (self->check, json, _("matches no answer that there can be"));
  else
    posture_check_fault (self->check, json, _("can never hold: no answers meet all of it"));
}

/* A condition at the present place, @json, that decides about @asked or something beside it. */
static void
inspect_condition (Inspection            *self,
                   const PostureJsonNode *json,
                   PostureQuestion       *asked,
                   PostureCondition      *condition,
                   gboolean               recommends,
                   const char            *reason)
{
  if (condition->faulty)
    return;
  posture_condition_visit_parts (condition, self->check, json, inspect_part, self);
  if ((posture_condition_is_pattern (condition)
       && !posture_reach_can_hold (self->reach, NULL /* asked */, condition,
                                   posture_json_node_get_element (json, 0), POSTURE_REACH_SINGLE))
      || !posture_reach_can_hold (self->reach, asked, condition, json, POSTURE_REACH_ANY))
    posture_check_fault (self->check, json, "%s", reason);
  else if (asked->repeated
           && !posture_reach_can_hold (self->reach, asked, condition, json, POSTURE_REACH_INSTANCE))
    posture_check_fault (self->check, json,
                         _("holds only while the list of instances is open or empty, so never for one of them"));
  else if (recommends
           && !posture_reach_can_hold (self->reach, asked, condition, json, POSTURE_REACH_LOSING))
    posture_check_fault (self->check, json,
                         _("holds only for answers that give all there is, so that it is never shown"));
}

static void
inspect_advice (Inspection            *self,
                const PostureJsonNode *node,
                const char            *name,
                PostureQuestion       *question,
                const PostureAdviceList *list)
{
  const PostureJsonNode *array = posture_json_node_get_member (node, name);
  gsize outer = posture_check_enter (self->check, name);

  /* an entry that is no object is not in the list, and then places would be wrong */
  for (guint i = 0; array != NULL && i < list->length
                                         && posture_json_node_get_length (array) == list->length; i++)
    {
      const PostureAdvice *advice = &list->items[i];
      gsize place = posture_check_enter_at (self->check, i);
      gsize inner = posture_check_enter (self->check, "when");

      if (advice->when != NULL)
        inspect_condition (self,
                           posture_json_node_get_member (posture_json_node_get_element (array, i),
                                                         "when"),
                           question, advice->when, list == &question->recommendations,
                           _("can never hold, so that it never applies"));
      posture_check_leave (self->check, inner);
      posture_check_leave (self->check, place);
    }
  posture_check_leave (self->check, outer);
}

/* Conditions call an answer without a value by the question's id and what there is instead, which can be the id of
 * another. */
static void
inspect_id (Inspection            *self,
            const PostureJsonNode *node,
            PostureQuestion       *question)
{
  const char *end = strrchr (question->id, '.');
  g_autofree char *other = end != NULL ? g_strndup (question->id, (gsize) (end - question->id)) : NULL;

  if (other == NULL || posture_questionnaire_find_question (self->questionnaire, other) == NULL)
    return;
  if (g_str_equal (end, ".unknown"))
    posture_check_fault_in (self->check, node, "id",
                            _("must be another: in conditions “%s” says that “%s” is not known"), question->id,
                            other);
  else if (g_str_equal (end, ".not_applicable"))
    posture_check_fault_in (self->check, node, "id",
                            _("must be another: in conditions “%s” says why “%s” does not apply"), question->id,
                            other);
}

static void
inspect_question (Inspection            *self,
                  const PostureJsonNode *node,
                  PostureQuestion       *question)
{
  gsize place;

  inspect_id (self, node, question);
  place = posture_check_enter (self->check, "condition");
  if (question->condition != NULL)
    inspect_condition (self, posture_json_node_get_member (node, "condition"), question,
                       question->condition, FALSE /* recommends */,
                       question->rated
                         ? _("can never hold, so that the question is never asked and its weight has "
                             "no effect")
                         : _("can never hold, so that the question is never asked"));
  posture_check_leave (self->check, place);
  inspect_advice (self, node, "tips", question, &question->tips);
  inspect_advice (self, node, "recommendations", question, &question->recommendations);
}

/* Whether something is used: a section by a question in it, a catalogue by a reference. Where a question
 * names one that is not there, that one may be meant. */
static void
inspect_use (Inspection *self)
{
  PostureQuestionnaire *questionnaire = self->questionnaire;
  g_autofree gboolean *filled = g_new0 (gboolean, questionnaire->sections->len);
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean homeless = FALSE;
  const PostureJsonNode *references = posture_json_node_get_member (self->root, "references");

  for (guint i = 0; i < questionnaire->questions->len; i++)
    {
      PostureQuestion *question = g_ptr_array_index (questionnaire->questions, i);
      int section = question->section != NULL
                      ? posture_questionnaire_find_section (questionnaire, question->section) : -1;

      homeless = homeless || section < 0;
      for (; section >= 0;
           section = posture_questionnaire_get_section (questionnaire, (guint) section)->parent)
        filled[section] = TRUE;
      for (guint j = 0; question->references != NULL && question->references[j] != NULL; j++)
        g_hash_table_add (used, g_strndup (question->references[j],
                                           strcspn (question->references[j], ":")));
    }
  for (guint i = 0; i < questionnaire->sections->len; i++)
    {
      const PostureSection *section = posture_questionnaire_get_section (questionnaire, i);

      if (!homeless && !filled[i] && section->id != NULL && section->for_each == NULL
          && posture_questionnaire_find_section (questionnaire, section->id) == (int) i)
        posture_check_fault_in (self->check, self->root, "sections", _("“%s” has no questions"),
                                section->id);
    }
  for (guint i = 0; i < questionnaire->catalogues->len; i++)
    {
      const char *id = posture_questionnaire_get_catalogue (questionnaire, i)->id;
      gsize place = posture_check_enter (self->check, "references");

      if ((questionnaire->faulty_questions & POSTURE_QUESTION_REFERENCES) == 0
          && !g_hash_table_contains (used, id))
        posture_check_fault_in (self->check, references, id, _("is used by no question"));
      posture_check_leave (self->check, place);
    }
}

static void
inspect_structure (PostureQuestionnaire  *questionnaire,
                   PostureCheck          *check,
                   const PostureJsonNode *root)
{
  g_autoptr (PostureReach) reach = posture_reach_new (questionnaire, root);
  Inspection self = { check, questionnaire, root, reach };
  const PostureJsonNode *list;
  gsize outer;

  if (posture_json_node_get_kind (root) != POSTURE_JSON_OBJECT)
    return;
  inspect_use (&self);
  posture_circles_tell (questionnaire, check, root);
  list = posture_json_node_get_member (root, "questions");
  outer = posture_check_enter (check, "questions");
  for (guint i = 0; i < questionnaire->questions->len; i++)
    {
      PostureQuestion *question = g_ptr_array_index (questionnaire->questions, i);
      gsize place = posture_check_enter_at (check, i);

      if (question->id != NULL)
        inspect_question (&self, posture_json_node_get_element (list, i), question);
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
}

/* Adds to @missing what @whole has and @faults does not. */
static void
add_rest (PostureFaults *whole,
          PostureFaults *faults,
          PostureFaults *missing)
{
  for (guint i = 0; i < posture_faults_get_length (whole); i++)
    {
      const PostureFault *fault = posture_faults_get (whole, i);
      gboolean told = FALSE;

      for (guint j = 0; !told && j < posture_faults_get_length (faults); j++)
        {
          const PostureFault *other = posture_faults_get (faults, j);

          told = g_strcmp0 (fault->place, other->place) == 0
                 && g_strcmp0 (fault->reason, other->reason) == 0;
        }
      if (!told)
        posture_faults_add (missing, fault->file, fault->place, "%s", fault->reason);
    }
}

/* A copy of words that still says the language of the first would hide it: names are `<id>.<language>.json`. */
static void
inspect_language (PostureCheck          *check,
                  const PostureJsonNode *root,
                  const char            *file_name)
{
  g_auto (GStrv) parts = g_strsplit (file_name != NULL ? file_name : "", ".", -1);
  guint n_parts = g_strv_length (parts);
  const PostureJsonNode *node = posture_json_node_get_member (root, "language");
  const char *language = node != NULL ? posture_json_node_get_string (node) : NULL;

  if (language != NULL && n_parts >= 3 && g_str_equal (parts[n_parts - 1], "json")
      && strchr (parts[n_parts - 2], G_DIR_SEPARATOR) == NULL
      && g_ascii_strcasecmp (parts[n_parts - 2], language) != 0)
    posture_check_fault_in (check, root, "language", _("must be “%s”"), parts[n_parts - 2]);
}

/* Words as they are, and then as if this language, too, had to be complete. */
static void
inspect_words (PostureQuestionnaire        *questionnaire,
               const PostureInspectedWords *words,
               PostureFaults               *faults,
               PostureFaults               *missing)
{
  g_autoptr (PostureJsonDocument) document = posture_check_document (words->bytes, words->file_name,
                                                                     faults);
  g_autoptr (PostureFaults) own = posture_faults_new ();
  g_autoptr (PostureFaults) whole = posture_faults_new ();
  PostureCheck check;

  if (document == NULL)
    return;
  for (guint i = 0; i < 2; i++)
    {
      posture_check_init (&check, i == 0 ? own : whole, words->file_name,
                          posture_json_document_get_root (document));
      posture_words_check_with (&check, posture_json_document_get_root (document), questionnaire,
                                i == 1 /* complete */);
      inspect_language (&check, posture_json_document_get_root (document), words->file_name);
      posture_check_finish (&check);
    }
  for (guint i = 0; i < posture_faults_get_length (own); i++)
    {
      const PostureFault *fault = posture_faults_get (own, i);

      posture_faults_add (faults, fault->file, fault->place, "%s", fault->reason);
    }
  add_rest (whole, own, missing);
}

/**
 * posture_inspect:
 * @structure: bytes of a file `<id>.json`
 * @file_name: (nullable): the file's name, for the faults
 * @words: (array length=n_words): the files of words beside it
 * @n_words: how many there are
 * @faults: where to tell what is wrong
 * @missing: where to tell which words a language other than English lacks, which
 *   is no fault: English is shown there
 *
 * Inspects a questionnaire for somebody who writes one. Besides what
 * posture_questionnaire_new() and posture_words_new() refuse, it tells what they
 * let pass since it harms nobody who answers: questions that can never be asked,
 * leaves of conditions that match nothing, conditions in circles, tips and
 * recommendations that never apply, sections without questions, catalogues that
 * nobody refers to, words of another language than their file is called. Faults in one place do not keep it from looking at the others.
 *
 * Whether something can be asked is found out by going through the answers that
 * matter, up to a bound; what cannot be decided so is not told.
 */
void
posture_inspect (GBytes                      *structure,
                 const char                  *file_name,
                 const PostureInspectedWords *words,
                 guint                        n_words,
                 PostureFaults               *faults,
                 PostureFaults               *missing)
{
  g_autoptr (PostureJsonDocument) document = posture_check_document (structure, file_name, faults);
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  PostureCheck check;

  for (guint i = 0; document == NULL && i < n_words; i++)
    {
      g_autoptr (PostureJsonDocument) alone = posture_check_document (words[i].bytes,
                                                                      words[i].file_name, faults);
    }
  if (document == NULL)
    return;
  questionnaire = posture_questionnaire_new_partial (g_bytes_get_size (structure));
  posture_check_init (&check, faults, file_name, posture_json_document_get_root (document));
  posture_questionnaire_read (questionnaire, &check, posture_json_document_get_root (document));
  if (questionnaire->catalogues != NULL)
    inspect_structure (questionnaire, &check, posture_json_document_get_root (document));
  posture_check_finish (&check);
  for (guint i = 0; questionnaire->catalogues != NULL && i < n_words; i++)
    inspect_words (questionnaire, &words[i], faults, missing);
}
