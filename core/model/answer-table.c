/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/answer-table-private.h"

#include <string.h>

#define FIRST_BITS 4
#define CHUNK_SIZE 1024

/* What a key is looked for by; who looks for the same one again and again keeps it. */
guint
posture_answer_key_hash (const char *key)
{
  return g_str_hash (key);
}

void
posture_answer_table_init (PostureAnswerTable *self)
{
  memset (self, 0, sizeof *self);
  self->n_bits = FIRST_BITS;
  self->places = g_new0 (guint32, 1u << FIRST_BITS);
  self->keys = g_string_chunk_new (CHUNK_SIZE);
}

void
posture_answer_table_clear (PostureAnswerTable *self)
{
  for (guint i = 0; i < self->n_entries; i++)
    g_clear_pointer (&self->entries[i].answer, posture_answer_unref);
  g_free (self->entries);
  g_free (self->places);
  g_string_chunk_free (self->keys);
}

/* The golden ratio spreads keys that differ in their last letters over all places. */
static guint32 *
find_place (const PostureAnswerTable *self,
            const char               *key,
            guint                     hash)
{
  guint mask = (1u << self->n_bits) - 1;
  guint at = (hash * 2654435769u) >> (32 - self->n_bits);

  while (self->places[at] != 0)
    {
      const PostureAnswerEntry *entry = &self->entries[self->places[at] - 1];

      if (entry->hash == hash && strcmp (entry->key, key) == 0)
        break;
      at = (at + 1) & mask;
    }
  return &self->places[at];
}

/* The answer under a key, whose hash is posture_answer_key_hash(); %NULL if there is none. */
PostureAnswer *
posture_answer_table_find (const PostureAnswerTable *self,
                           const char               *key,
                           guint                     hash)
{
  guint32 place = *find_place (self, key, hash);

  return place > 0 ? self->entries[place - 1].answer : NULL;
}

static void
grow (PostureAnswerTable *self)
{
  self->size = MAX (self->size * 2, 1u << (FIRST_BITS - 1));
  self->entries = g_renew (PostureAnswerEntry, self->entries, self->size);
  while (self->size * 2 > 1u << self->n_bits)
    self->n_bits++;
  g_free (self->places);
  self->places = g_new0 (guint32, 1u << self->n_bits);
  for (guint i = 0; i < self->n_entries; i++)
    *find_place (self, self->entries[i].key, self->entries[i].hash) = i + 1;
}

/* Puts an answer in the place of the one that was there. Takes the reference to @answer; %NULL takes the
 * answer back. */
void
posture_answer_table_take (PostureAnswerTable *self,
                           const char         *key,
                           PostureAnswer      *answer)
{
  guint hash = posture_answer_key_hash (key);
  guint32 *place = find_place (self, key, hash);
  PostureAnswerEntry *entry;

  if (*place == 0 && answer == NULL)
    return;
  if (*place == 0)
    {
      if (self->n_entries == self->size)
        {
          grow (self);
          place = find_place (self, key, hash);
        }
      self->entries[self->n_entries++] = (PostureAnswerEntry) {
        g_string_chunk_insert (self->keys, key), NULL, hash,
      };
      *place = self->n_entries;
    }
  entry = &self->entries[*place - 1];
  self->n_answers += (answer != NULL ? 1 : 0) - (entry->answer != NULL ? 1 : 0);
  g_clear_pointer (&entry->answer, posture_answer_unref);
  entry->answer = answer;
}
