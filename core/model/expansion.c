/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/expansion.h"

#include "model/answer-table-private.h"
#include "model/instances.h"
#include "model/questionnaire-private.h"
#include "model/scalars.h"
#include "model/visibility.h"

#include <string.h>

/* Between a question's id and the instance's; ids have no such character. */
#define SEPARATOR '@'

/* What is needed while a questionnaire is expanded. */
typedef struct
{
  PostureQuestionnaire *from;
  PostureQuestionnaire *made;
  PostureAnswers *answers;
  GArray *visible; /* (element-type gboolean): of the questions of @from */
} Expansion;

static char *
make_key (const char *id,
          const char *instance)
{
  return g_strdup_printf ("%s%c%s", id, SEPARATOR, instance);
}

/**
 * posture_questionnaire_find_near:
 * @self: a questionnaire
 * @id: a question's id
 * @instance: (nullable): the instance to look in first
 *
 * Finds what a question, a condition or a report of that instance means by an
 * id: the question of the same instance, or else the one outside.
 *
 * Returns: (transfer none) (nullable): that question, %NULL if there is none
 */
PostureQuestion *
posture_questionnaire_find_near (PostureQuestionnaire *self,
                                 const char           *id,
                                 const char           *instance)
{
  PostureQuestion *question = NULL;

  if (instance != NULL)
    {
      g_autofree char *key = make_key (id, instance);

      question = g_hash_table_lookup (self->question_index, key);
    }
  return question != NULL ? question : g_hash_table_lookup (self->question_index, id);
}

/**
 * posture_questionnaire_find_answered:
 * @self: a questionnaire, expanded or not
 * @key: what an answer is kept under: a question's id, or `id@instance`
 *
 * Finds the question that such an answer answers, whether the instance is there
 * (still) or not: what is answered about an instance that was taken off the list
 * is kept, and rated no more.
 *
 * Returns: (transfer none) (nullable): the question as the structure has it;
 *   %NULL if there is none, or if one is named with an instance and the other is
 *   not
 */
PostureQuestion *
posture_questionnaire_find_answered (PostureQuestionnaire *self,
                                     const char           *key)
{
  PostureQuestionnaire *whole = self->origin != NULL ? self->origin : self;
  const char *mark = strchr (key, SEPARATOR);
  g_autofree char *id = NULL;
  PostureQuestion *question;

  if (mark == NULL)
    {
      question = g_hash_table_lookup (whole->question_index, key);
      return question != NULL && !question->repeated ? question : NULL;
    }
  id = g_strndup (key, (gsize) (mark - key));
  question = g_hash_table_lookup (whole->question_index, id);
  return question != NULL && question->repeated && posture_is_id (mark + 1) ? question : NULL;
}

/* The answer with the instances that a section is repeated for, as @ret_answer; %NULL if there are
 * none. %FALSE as long as it is not known: then nothing can be said of any instance, and the section
 * stays as it is. */
static gboolean
find_instances (Expansion      *self,
                const char     *for_each,
                PostureAnswer **ret_answer)
{
  PostureQuestion *question = g_hash_table_lookup (self->from->question_index, for_each);
  PostureAnswer *answer = posture_answers_get (self->answers, for_each);

  *ret_answer = NULL;
  if (!g_array_index (self->visible, gboolean, question->number))
    return TRUE;
  if (answer == NULL)
    return FALSE;
  if (posture_answer_get_n_instances (answer) > 0)
    *ret_answer = answer;
  return *ret_answer != NULL || posture_answer_get_kind (answer) == POSTURE_ANSWER_NOT_APPLICABLE;
}

static PostureSection *
add_section (Expansion            *self,
             const PostureSection *from,
             int                   parent,
             const char           *instance)
{
  PostureSection *section = g_new0 (PostureSection, 1);
  GPtrArray *sections = self->made->sections;

  section->id = g_strdup (from->id);
  section->instance = g_strdup (instance);
  section->key = instance != NULL ? make_key (from->id, instance) : g_strdup (from->id);
  section->parent = parent;
  g_ptr_array_add (sections, section);
  g_hash_table_insert (self->made->section_index, section->key, GUINT_TO_POINTER (sections->len));
  return section;
}

static void expand_section (Expansion  *self,
                            guint       index,
                            int         parent,
                            const char *instance);

/* Those that stand directly in a section; nesting is bounded by the reader. */
static void
expand_inner (Expansion  *self,
              guint       index,
              int         parent,
              const char *instance)
{
  guint end = posture_questionnaire_get_section (self->from, index)->end;

  for (guint i = index + 1; i < end; i = posture_questionnaire_get_section (self->from, i)->end)
    expand_section (self, i, parent, instance);
}

static void
expand_section (Expansion  *self,
                guint       index,
                int         parent,
                const char *instance)
{
  const PostureSection *from = posture_questionnaire_get_section (self->from, index);
  PostureAnswer *list = NULL;
  PostureSection *section = add_section (self, from, parent, instance);
  int number = (int) self->made->sections->len - 1;

  if (from->for_each == NULL || !find_instances (self, from->for_each, &list))
    expand_inner (self, index, number, instance);
  else
    for (guint i = 0; i < posture_answer_get_n_instances (list); i++)
      {
        const char *id = posture_answer_get_instance (list, i);
        PostureSection *inner = add_section (self, from, number, id);

        expand_inner (self, index, (int) self->made->sections->len - 1, id);
        inner->end = self->made->sections->len;
      }
  section->for_each = g_strdup (from->for_each);
  section->end = self->made->sections->len;
}

static void
add_question (Expansion       *self,
              PostureQuestion *from,
              const char      *instance)
{
  PostureQuestion *question = g_memdup2 (from, sizeof *from);
  const char *section = question->section;
  g_autofree char *section_key = instance != NULL ? make_key (section, instance)
                                                  : g_strdup (section);

  question->origin = from;
  question->instance = g_strdup (instance);
  question->key = instance != NULL ? make_key (from->id, instance) : NULL;
  question->section_number = (guint) posture_questionnaire_find_section (self->made, section_key);
  question->number = self->made->questions->len;
  question->key_hash = posture_answer_key_hash (posture_question_get_key (question));
  self->made->places[from->number] = instance != NULL ? POSTURE_PLACE_OF_INSTANCE : question->number;
  g_ptr_array_add (self->made->questions, question);
  g_hash_table_insert (self->made->question_index, (gpointer) posture_question_get_key (question),
                       question);
}

/* The section around a question that is repeated. */
static const PostureSection *
find_repeated (PostureQuestionnaire *questionnaire,
               PostureQuestion      *question)
{
  const PostureSection *section
    = posture_questionnaire_get_section (questionnaire, question->section_number);

  while (section->for_each == NULL)
    section = posture_questionnaire_get_section (questionnaire, (guint) section->parent);
  return section;
}

/* Adds the questions of a repeated section, which stand together from @start on, for each instance;
 * returns the place behind them. */
static guint
expand_block (Expansion *self,
              guint      start)
{
  GPtrArray *questions = self->from->questions;
  const PostureSection *section = find_repeated (self->from, questions->pdata[start]);
  PostureAnswer *list = NULL;
  gboolean known = find_instances (self, section->for_each, &list);
  guint end = start;

  while (end < questions->len && ((PostureQuestion *) questions->pdata[end])->repeated
         && find_repeated (self->from, questions->pdata[end]) == section)
    end++;
  for (guint i = start; !known && i < end; i++)
    add_question (self, questions->pdata[i], NULL /* instance */);
  for (guint i = 0; i < posture_answer_get_n_instances (list); i++)
    for (guint j = start; j < end; j++)
      add_question (self, questions->pdata[j], posture_answer_get_instance (list, i));
  return end;
}

static void
expand_questions (Expansion *self)
{
  GPtrArray *questions = self->from->questions;

  for (guint i = 0; i < questions->len;)
    if (((PostureQuestion *) questions->pdata[i])->repeated)
      i = expand_block (self, i);
    else
      add_question (self, questions->pdata[i++], NULL /* instance */);
}

/**
 * posture_questionnaire_expand:
 * @self: a questionnaire, expanded or not
 * @answers: answers to it
 *
 * Repeats each section that is there once for each site, system and so on, for
 * the instances that the answers name. What comes out is a questionnaire like
 * any other, with the same id and digest, whose questions have keys such as
 * `backup@berlin`; conditions of an instance see its own answers, and those
 * outside. Its questions and sections are what answers are asked for, found
 * visible and rated by.
 *
 * While the list is open, because it is unanswered or unknown, the section stands
 * there once without an instance: nothing in it can be answered, and all of it is
 * open. If the list does not apply, or is hidden, the section has no questions.
 *
 * Takes time in proportion to what comes out, and nothing where nothing is
 * repeated. Expand again when the list of instances has changed.
 *
 * Returns: (transfer full): the questionnaire as it is asked; @self if nothing is
 *   repeated
 */
PostureQuestionnaire *
posture_questionnaire_expand (PostureQuestionnaire *self,
                              PostureAnswers       *answers)
{
  PostureQuestionnaire *from = self->origin != NULL ? self->origin : self;
  Expansion expansion = { from, NULL, answers, NULL };
  guint n_sections = from->sections->len;
  PostureQuestionnaire *made;

  if (!from->repeats)
    return posture_questionnaire_ref (from);
  made = g_memdup2 (from, sizeof *from);
  g_atomic_ref_count_init (&made->references);
  made->origin = posture_questionnaire_ref (from);
  made->sections = g_ptr_array_new_with_free_func (posture_section_free);
  made->section_index = g_hash_table_new (g_str_hash, g_str_equal);
  made->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_question_free_expanded);
  made->question_index = g_hash_table_new (g_str_hash, g_str_equal);
  made->places = g_new0 (guint32, from->questions->len);
  expansion.made = made;
  expansion.visible = posture_questionnaire_find_visible (from, answers);
  for (guint i = 0; i < n_sections; i = posture_questionnaire_get_section (from, i)->end)
    expand_section (&expansion, i, -1, NULL /* instance */);
  expand_questions (&expansion);
  posture_questionnaire_index (made);
  g_array_unref (expansion.visible);
  return made;
}
