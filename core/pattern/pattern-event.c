/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-event-private.h"

/* Twice the number of an event must be a number, too. */
#define MAX_NUMBER (G_MAXUINT32 / 2)

#define GROW(items, size, length)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (G_UNLIKELY ((length) == (size)))                                                           \
      {                                                                                            \
        (size) = MAX (16, (size) * 2);                                                             \
        (items) = g_realloc_n ((items), (size), sizeof (*(items)));                                \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

void
posture_pattern_event_clear (PatternEvent *self)
{
  g_free (self->fields);
  g_free (self->places);
  g_free (self->arrays);
  g_free (self->found);
  posture_pattern_list_clear (&self->touched);
  posture_pattern_arena_clear (&self->arena);
  g_clear_pointer (&self->nodes, g_array_unref);
  g_clear_pointer (&self->outcomes, g_array_unref);
}

/* Forgets the last event. The paths of the next one have numbers below @n_paths. */
void
posture_pattern_event_begin (PatternEvent *self,
                             guint32       n_paths)
{
  if (n_paths > self->n_paths || self->number == MAX_NUMBER)
    {
      self->n_paths = MAX (n_paths, self->n_paths);
      g_free (self->found);
      self->found = g_new0 (PatternFound, self->n_paths);
      self->number = 0;
    }
  self->number++;
  self->n_fields = 0;
  self->n_places = PATTERN_TOP;
  self->n_arrays = 0;
  self->touched.length = 0;
  posture_pattern_arena_reset (&self->arena);
  posture_pattern_event_add_place (self, PATTERN_NOTHING);
}

void
posture_pattern_event_grow (PatternEvent *self)
{
  GROW (self->fields, self->size_fields, self->n_fields);
}

guint32
posture_pattern_event_add_array (PatternEvent *self,
                                 guint32       place)
{
  GROW (self->arrays, self->size_arrays, self->n_arrays);
  self->arrays[self->n_arrays] = (PatternArray) { place, 0 };
  return self->n_arrays++;
}

guint32
posture_pattern_event_add_place (PatternEvent *self,
                                 guint32       array)
{
  GROW (self->places, self->size_places, self->n_places);
  self->places[self->n_places] = (PatternPlace) { array, 0 };
  return self->n_places++;
}
