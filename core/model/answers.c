/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/answers-private.h"

#include "model/answer-private.h"
#include "model/answer-table-private.h"

struct _PostureAnswers
{
  gatomicrefcount references;
  PostureAnswerTable table;
};

/**
 * posture_answers_new:
 *
 * Makes an empty set of answers: at most one for each question.
 *
 * A set can be changed with posture_answers_set() as long as one thread alone
 * has it. Hand out a copy, or change it no more.
 *
 * Returns: (transfer full): a new set
 */
PostureAnswers *
posture_answers_new (void)
{
  PostureAnswers *self = g_new0 (PostureAnswers, 1);

  g_atomic_ref_count_init (&self->references);
  posture_answer_table_init (&self->table);
  return self;
}

/**
 * posture_answers_copy:
 * @self: answers
 *
 * Returns: (transfer full): a set of its own with the same answers
 */
PostureAnswers *
posture_answers_copy (PostureAnswers *self)
{
  PostureAnswers *copy = posture_answers_new ();

  for (guint i = 0; i < self->table.n_entries; i++)
    posture_answers_set (copy, self->table.entries[i].key, self->table.entries[i].answer);
  return copy;
}

/**
 * posture_answers_ref:
 * @self: answers
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureAnswers *
posture_answers_ref (PostureAnswers *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_answers_unref:
 * @self: (transfer full): answers
 *
 * Gives a reference back.
 */
void
posture_answers_unref (PostureAnswers *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  posture_answer_table_clear (&self->table);
  g_free (self);
}

/**
 * posture_answers_get_length:
 * @self: answers
 *
 * Returns: how many questions are answered, hidden ones included
 */
guint
posture_answers_get_length (PostureAnswers *self)
{
  return self->table.n_answers;
}

/**
 * posture_answers_get:
 * @self: answers
 * @question: a question's id
 *
 * Returns: (transfer none) (nullable): its answer, %NULL if it is unanswered
 */
PostureAnswer *
posture_answers_get (PostureAnswers *self,
                     const char     *question)
{
  return posture_answer_table_find (&self->table, question, posture_answer_key_hash (question));
}

/* Like posture_answers_get(), and quicker: the key need not be gone through. */
PostureAnswer *
posture_answers_find_hashed (PostureAnswers *self,
                             const char     *key,
                             guint           hash)
{
  return posture_answer_table_find (&self->table, key, hash);
}

/**
 * posture_answers_set:
 * @self: answers that only one thread has
 * @question: a question's id
 * @answer: (nullable): its answer; %NULL takes back the one it had
 *
 * Puts an answer in place of the one that was there.
 */
void
posture_answers_set (PostureAnswers *self,
                     const char     *question,
                     PostureAnswer  *answer)
{
  posture_answer_table_take (&self->table, question,
                             answer != NULL ? posture_answer_ref (answer) : NULL);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * posture_answers_dup_questions:
 * @self: answers
 *
 * Returns: (transfer full): the ids of the questions that are answered, in the
 *   order of their bytes
 */
char **
posture_answers_dup_questions (PostureAnswers *self)
{
  char **ids = g_new0 (char *, self->table.n_answers + 1);
  guint length = 0;

  for (guint i = 0; i < self->table.n_entries; i++)
    if (self->table.entries[i].answer != NULL)
      ids[length++] = g_strdup (self->table.entries[i].key);
  qsort (ids, length, sizeof (char *), compare_texts);
  return ids;
}

/**
 * posture_answers_write:
 * @self: answers
 * @writer: where to
 * @with_notes: whether the notes are written, too
 *
 * Writes an object from question id to answer.
 */
void
posture_answers_write (PostureAnswers    *self,
                       PostureJsonWriter *writer,
                       gboolean           with_notes)
{
  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < self->table.n_entries; i++)
    {
      const PostureAnswerEntry *entry = &self->table.entries[i];

      if (entry->answer == NULL)
        continue;
      posture_json_writer_key (writer, entry->key);
      posture_answer_write (entry->answer, writer, with_notes);
    }
  posture_json_writer_end_object (writer);
}

/**
 * posture_answers_to_canonical:
 * @self: answers
 *
 * Writes the answers without notes as canonical JSON: the same answers give the
 * same text. This is what a revision's digest is made of and what events carry.
 *
 * Returns: (transfer full): the text
 */
char *
posture_answers_to_canonical (PostureAnswers *self)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_answers_write (self, writer, FALSE /* with_notes */);
  return posture_json_writer_finish_text (writer);
}

/**
 * posture_answers_to_file_bytes:
 * @self: answers
 * @questionnaire: id of what they answer
 *
 * Returns: (transfer full): an answers file, with notes
 */
GBytes *
posture_answers_to_file_bytes (PostureAnswers *self,
                               const char     *questionnaire)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "questionnaire", questionnaire);
  posture_json_writer_key (writer, "answers");
  posture_answers_write (self, writer, TRUE /* with_notes */);
  posture_json_writer_end_object (writer);
  return posture_json_writer_finish (writer);
}
