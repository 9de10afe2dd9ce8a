/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/matcher-private.h"

MatcherWaste *
posture_matcher_waste_new (void)
{
  MatcherWaste *self = g_new0 (MatcherWaste, 1);

  g_atomic_ref_count_init (&self->references);
  return self;
}

void
posture_matcher_waste_unref (MatcherWaste *self)
{
  while (self != NULL && g_atomic_ref_count_dec (&self->references))
    {
      MatcherWaste *next = self->next;

      g_clear_pointer (&self->steps, g_ptr_array_unref);
      posture_pattern_steps_clear (&self->tree);
      g_free (self);
      self = next;
    }
}

static void
loose_clear (gpointer data)
{
  MatcherLoose *loose = data;

  posture_matcher_rule_unref (loose->rule);
  g_free (loose->paths);
}

MatcherSnapshot *
posture_matcher_snapshot_new (void)
{
  MatcherSnapshot *self = g_new0 (MatcherSnapshot, 1);

  g_atomic_ref_count_init (&self->references);
  self->segments = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_matcher_segment_unref);
  self->loose = g_array_new (FALSE, FALSE, sizeof (MatcherLoose));
  g_array_set_clear_func (self->loose, loose_clear);
  self->waste = posture_matcher_waste_new ();
  return self;
}

MatcherSnapshot *
posture_matcher_snapshot_ref (MatcherSnapshot *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
posture_matcher_snapshot_unref (MatcherSnapshot *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->segments);
  g_array_unref (self->loose);
  posture_matcher_waste_unref (self->waste);
  g_free (self);
}
