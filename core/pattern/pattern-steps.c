/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-steps-private.h"

#define NO_PATH (-1)

static PatternStep *
step_new (PatternSteps *steps)
{
  PatternStep *self = g_new0 (PatternStep, 1);

  self->path = NO_PATH;
  self->edition = steps->edition;
  return self;
}

/* Frees a step that a copy stands for, and not what is below it. */
void
posture_pattern_step_free_replaced (PatternStep *self)
{
  posture_pattern_table_clear (&self->names);
  g_free (self->children);
  g_free (self);
}

static void
step_free_all (PatternStep *self)
{
  for (guint32 i = 0; i < self->names.n_items; i++)
    step_free_all (self->children[i]);
  posture_pattern_step_free_replaced (self);
}

static guint32
get_size (const PatternTable *names)
{
  return names->slots != NULL ? (names->mask + 1) / 2 : 0;
}

/* Gives @step as it can be changed. */
static PatternStep *
make_mutable (PatternSteps *steps,
              PatternStep  *step)
{
  PatternStep *copy;

  if (step->edition == steps->edition)
    return step;
  copy = step_new (steps);
  copy->path = step->path;
  copy->lengths = step->lengths;
  posture_pattern_table_copy (&copy->names, &step->names);
  copy->children = g_memdup2 (step->children, get_size (&step->names) * sizeof (PatternStep *));
  if (steps->replaced == NULL)
    steps->replaced =
      g_ptr_array_new_with_free_func ((GDestroyNotify) posture_pattern_step_free_replaced);
  g_ptr_array_add (steps->replaced, step);
  return copy;
}

/* Gives the child of @step, which can be changed, as it can be changed, too. */
static PatternStep *
make_child (PatternSteps *steps,
            PatternStep  *step,
            const char   *name,
            gsize         length)
{
  guint32 hash = posture_pattern_hash (name, length);
  const PatternItem *item = posture_pattern_table_find (&step->names, hash, name, length);
  guint32 at;

  if (item != NULL)
    {
      step->children[item->value] = make_mutable (steps, step->children[item->value]);
      return step->children[item->value];
    }
  name = g_string_chunk_insert_len (steps->names, name, (gssize) length);
  at = posture_pattern_table_add (&step->names, hash, name, length);
  step->names.items[at].value = at;
  step->lengths |= G_GUINT64_CONSTANT (1) << MIN (length, 63);
  step->children = g_renew (PatternStep *, step->children, get_size (&step->names));
  step->children[at] = step_new (steps);
  return step->children[at];
}

static int
find_path (const PatternStep *step,
           const char        *path)
{
  const char *dot;

  while (step != NULL && (dot = strchr (path, '.')) != NULL)
    {
      step = posture_pattern_step_down (step, path, (gsize) (dot - path));
      path = dot + 1;
    }
  step = step != NULL ? posture_pattern_step_down (step, path, strlen (path)) : NULL;
  return step != NULL ? step->path : NO_PATH;
}

/* Gives the number of a path; a new one gets the next. */
guint
posture_pattern_steps_add (PatternSteps *self,
                           const char   *path)
{
  int number = find_path (self->root, path);
  PatternStep *step;
  const char *dot;

  if (number != NO_PATH)
    return (guint) number;
  if (self->names == NULL)
    self->names = g_string_chunk_new (1024);
  self->root = self->root == NULL ? step_new (self) : make_mutable (self, self->root);
  step = self->root;
  while ((dot = strchr (path, '.')) != NULL)
    {
      step = make_child (self, step, path, (gsize) (dot - path));
      path = dot + 1;
    }
  step = make_child (self, step, path, strlen (path));
  step->path = (int) self->n_paths;
  return self->n_paths++;
}

void
posture_pattern_steps_clear (PatternSteps *self)
{
  g_clear_pointer (&self->root, step_free_all);
  g_clear_pointer (&self->names, g_string_chunk_free);
  g_clear_pointer (&self->replaced, g_ptr_array_unref);
  *self = (PatternSteps) { NULL };
}
