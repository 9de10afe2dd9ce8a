/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/proposal.h"

#include "model/question-private.h"
#include "model/visibility.h"

#include <string.h>

/* How much of what a question asks for an answer says is there, where that is beyond doubt. */
typedef enum
{
  SHARE_UNSURE,
  SHARE_NOTHING,
  SHARE_NOT_ALL, /* nothing or a part of it */
  SHARE_ALL,
} Share;

/* An answer elsewhere, and the question it answers. */
typedef struct
{
  const PostureProposalSource *source;
  PostureQuestion *question;
  PostureAnswer *answer;
  gint64 time;
} Given;

/**
 * posture_proposal_free:
 * @self: (transfer full): a proposal
 *
 * Frees it.
 */
void
posture_proposal_free (PostureProposal *self)
{
  g_free (self->key);
  posture_answer_unref (self->answer);
  g_free (self->reference);
  g_free (self->source);
  g_free (self->source_name);
  g_free (self->source_digest);
  g_free (self->source_key);
  g_free (self);
}

static gboolean
same_options (PostureQuestion *a,
              PostureQuestion *b)
{
  if (a->options.length != b->options.length)
    return FALSE;
  for (guint i = 0; i < a->options.length; i++)
    {
      const PostureOption *x = posture_question_get_option (a, i);
      const PostureOption *y = posture_question_get_option (b, i);

      if (!g_str_equal (x->id, y->id) || x->credit != y->credit || x->exclusive != y->exclusive)
        return FALSE;
    }
  return TRUE;
}

/* Whether both take the same answers and mean the same by them: of two scales, that they share their
 * labels. */
static gboolean
same_form (PostureQuestion *a,
           PostureQuestion *b)
{
  return a->kind == b->kind && a->kind != POSTURE_QUESTION_INSTANCES && a->rated == b->rated
         && same_options (a, b)
         && (a->kind != POSTURE_QUESTION_LEVEL || g_strcmp0 (a->option_set, b->option_set) == 0)
         && a->yes_credit == b->yes_credit && a->no_credit == b->no_credit
         && a->has_minimum == b->has_minimum && a->minimum == b->minimum
         && a->has_maximum == b->has_maximum && a->maximum == b->maximum && a->places == b->places
         && (a->full_deduction > 0) == (b->full_deduction > 0) && a->max_length <= b->max_length;
}

/* Full credit is all and no credit is nothing, whatever the scale between them means. A status that is
 * not met can be half of it. */
static Share
share_of (PostureQuestion       *question,
          const PostureJsonNode *value)
{
  const char *status = posture_json_node_get_string (value);
  int credit;

  if (!question->rated)
    return SHARE_UNSURE;
  if (posture_question_has_statuses (question))
    return g_strcmp0 (status, "met") == 0       ? SHARE_ALL
           : g_strcmp0 (status, "not-met") == 0 ? SHARE_NOT_ALL
                                                : SHARE_UNSURE;
  if (!posture_question_find_credit (question, value, &credit))
    return SHARE_UNSURE;
  return credit == POSTURE_CREDIT_ONE ? SHARE_ALL : credit == 0 ? SHARE_NOTHING : SHARE_UNSURE;
}

/* The one option that says so; %NULL if there are several, or perhaps others between them. */
static const char *
find_only_option (PostureQuestion *question,
                  Share            share)
{
  const char *found = NULL;

  if (posture_question_has_statuses (question))
    return share == SHARE_ALL ? "met" : "not-met";
  if (share == SHARE_NOT_ALL)
    return NULL;
  for (guint i = 0; i < question->options.length; i++)
    {
      const PostureOption *option = posture_question_get_option (question, i);

      if (option->credit != (share == SHARE_ALL ? POSTURE_CREDIT_ONE : 0))
        continue;
      if (found != NULL)
        return NULL;
      found = option->id;
    }
  return found;
}

/* How @question says that all or nothing is there. The top of a scale asks for more than being in
 * place, so that of a scale only the bottom is sure. */
static char *
spell_share (PostureQuestion *question,
             Share            share)
{
  const char *option;

  if (share == SHARE_UNSURE || !question->rated)
    return NULL;
  switch (question->kind)
    {
    case POSTURE_QUESTION_CHOICE:
      option = find_only_option (question, share);
      return option != NULL ? g_strdup_printf ("\"%s\"", option) : NULL;
    case POSTURE_QUESTION_YES_NO:
      return g_strdup ((question->yes_credit > 0) == (share == SHARE_ALL) ? "true" : "false");
    case POSTURE_QUESTION_LEVEL:
      return share == SHARE_NOTHING
               ? g_strdup_printf ("%" G_GINT64_FORMAT, question->minimum / POSTURE_NUMBER_ONE) : NULL;
    default:
      return NULL;
    }
}

/* The answer in the form that @question takes; %NULL where it is not sure what it would be. Notes and
 * targets stay where they are: they belong to the other question. */
static PostureAnswer *
translate (PostureQuestion *from,
           PostureAnswer   *answer,
           PostureQuestion *to)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;

  if (posture_answer_get_kind (answer) == POSTURE_ANSWER_NOT_APPLICABLE)
    {
      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "not_applicable", posture_answer_get_reason (answer));
      posture_json_writer_end_object (writer);
      text = posture_json_writer_finish_text (writer);
    }
  else if (posture_answer_get_kind (answer) != POSTURE_ANSWER_VALUE)
    return NULL;
  else if (same_form (from, to))
    text = g_strdup (posture_answer_get_value_text (answer));
  else
    text = spell_share (to, share_of (from, posture_answer_get_value (answer)));
  return text != NULL ? posture_answer_new_from_text (text, to, NULL /* error */) : NULL;
}

static gboolean
in_catalogue (const char *reference,
              const char *other)
{
  gsize length = strcspn (other, ":") + 1;

  return strncmp (reference, other, length) == 0;
}

/* Whether every control of @a in the catalogue of @reference is one of @b's, too. */
static gboolean
covers (PostureQuestion *b,
        PostureQuestion *a,
        const char      *reference)
{
  for (guint i = 0; a->references[i] != NULL; i++)
    if (in_catalogue (a->references[i], reference)
        && !g_strv_contains ((const char *const *) b->references, a->references[i]))
      return FALSE;
  return TRUE;
}

/* The control that both ask about, if in its catalogue neither asks about more than the other. */
static const char *
find_shared (PostureQuestion *a,
             PostureQuestion *b)
{
  for (guint i = 0; a->references[i] != NULL; i++)
    {
      const char *reference = a->references[i];

      if (g_strv_contains ((const char *const *) b->references, reference)
          && covers (b, a, reference) && covers (a, b, reference))
        return reference;
    }
  return NULL;
}

static gint64
time_of (const PostureProposalSource *source,
         const char                  *key)
{
  const gint64 *time = source->times != NULL ? g_hash_table_lookup (source->times, key) : NULL;

  return time != NULL ? *time : 0;
}

/* Notes an answer under each control it speaks of. */
static void
note_given (GHashTable  *given,
            const Given *answer)
{
  for (guint i = 0; answer->question->references[i] != NULL; i++)
    {
      const char *reference = answer->question->references[i];
      GArray *list = g_hash_table_lookup (given, reference);

      if (list == NULL)
        {
          list = g_array_new (FALSE, FALSE, sizeof (Given));
          g_hash_table_insert (given, (gpointer) reference, list);
        }
      g_array_append_val (list, *answer);
    }
}

/* All answers elsewhere, by the controls that they speak of. Those of repeated sections are about one
 * instance, not about the whole. */
static GHashTable *
collect (const PostureProposalSource *sources,
         guint                        n_sources)
{
  GHashTable *given = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                             (GDestroyNotify) g_array_unref);

  for (guint s = 0; s < n_sources; s++)
    {
      g_autoptr (GArray) visible = posture_questionnaire_find_visible (sources[s].asked,
                                                                       sources[s].answers);

      for (guint i = 0; i < visible->len; i++)
        {
          PostureQuestion *question = posture_questionnaire_get_question (sources[s].asked, i);
          const char *key = posture_question_get_key (question);
          PostureAnswer *answer = posture_answers_get (sources[s].answers, key);
          const Given entry = { &sources[s], question, answer, time_of (&sources[s], key) };

          if (g_array_index (visible, gboolean, i) && answer != NULL && !question->repeated)
            note_given (given, &entry);
        }
    }
  return given;
}

/* The newest first, and of the same age in the order of the sources. */
static int
compare_proposals (gconstpointer a,
                   gconstpointer b)
{
  const PostureProposal *x = *(PostureProposal *const *) a;
  const PostureProposal *y = *(PostureProposal *const *) b;

  if (x->time != y->time)
    return x->time > y->time ? -1 : 1;
  return strcmp (x->source, y->source) != 0 ? strcmp (x->source, y->source)
                                            : strcmp (x->source_key, y->source_key);
}

static gboolean
is_there (GPtrArray   *found,
          const Given *given)
{
  for (guint i = 0; i < found->len; i++)
    {
      const PostureProposal *proposal = g_ptr_array_index (found, i);

      if (g_str_equal (proposal->source, given->source->id)
          && g_str_equal (proposal->source_key, posture_question_get_key (given->question)))
        return TRUE;
    }
  return FALSE;
}

static void
propose (GPtrArray       *proposals,
         PostureQuestion *question,
         GHashTable      *given)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; question->references[i] != NULL; i++)
    {
      const GArray *list = g_hash_table_lookup (given, question->references[i]);

      for (guint j = 0; list != NULL && j < list->len; j++)
        {
          const Given *entry = &g_array_index (list, Given, j);
          const char *reference = find_shared (question, entry->question);
          PostureAnswer *answer = reference != NULL && !is_there (found, entry)
                                    ? translate (entry->question, entry->answer, question) : NULL;
          PostureProposal *proposal;

          if (answer == NULL)
            continue;
          proposal = g_new0 (PostureProposal, 1);
          proposal->key = g_strdup (posture_question_get_key (question));
          proposal->answer = answer;
          proposal->reference = g_strdup (reference);
          proposal->source = g_strdup (entry->source->id);
          proposal->source_name = g_strdup (entry->source->name);
          proposal->source_digest = g_strdup (
            posture_questionnaire_get_digest (entry->source->asked));
          proposal->source_key = g_strdup (posture_question_get_key (entry->question));
          proposal->time = entry->time;
          g_ptr_array_add (found, proposal);
        }
    }
  g_ptr_array_sort (found, compare_proposals);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (proposals, g_ptr_array_index (found, i));
}

/**
 * posture_find_proposals:
 * @asked: a questionnaire, as it is asked
 * @answers: answers to it so far
 * @sources: (array length=n_sources): answers given elsewhere
 * @n_sources: how many there are
 *
 * Finds what can be proposed for the questions that are asked and open: answers
 * elsewhere to questions about the same published controls, no more and no fewer
 * of the catalogue. An answer is taken over as it is where both questions take
 * the same answers. Otherwise only the ends are sure: full credit (or “met”) is
 * all, no credit is nothing; what lies between is not proposed, and neither is
 * the top of a scale, which asks for more than being in place. “Not met” can be
 * half of it, and so is a “no”, but not the lowest of several options.
 * “Not applicable” is proposed with its reason, “I don't know” is not. Repeated
 * sections neither give nor take.
 *
 * Returns: (transfer full) (element-type PostureProposal): in the order of the
 *   questions, for each the newest first
 */
GPtrArray *
posture_find_proposals (PostureQuestionnaire        *asked,
                        PostureAnswers              *answers,
                        const PostureProposalSource *sources,
                        guint                        n_sources)
{
  GPtrArray *proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_proposal_free);
  g_autoptr (GHashTable) given = collect (sources, n_sources);
  g_autoptr (GArray) visible = posture_questionnaire_find_visible (asked, answers);

  for (guint i = 0; i < visible->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (asked, i);
      PostureAnswer *answer = posture_answers_get (answers, posture_question_get_key (question));

      if (g_array_index (visible, gboolean, i) && !question->repeated
          && (answer == NULL || posture_answer_get_kind (answer) == POSTURE_ANSWER_TARGET))
        propose (proposals, question, given);
    }
  return proposals;
}
