/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "matcher-load.h"

#include <string.h>
#include <time.h>

static void
add_start (Load *self,
           gsize start)
{
  g_array_append_val (self->starts, start);
}

static gsize
get_start (Load *self,
           guint index)
{
  return g_array_index (self->starts, gsize, index);
}

/* Reads a file of events, one a line. */
Load *
load_new (const char *path,
          GError    **error)
{
  g_autoptr (Load) self = g_new0 (Load, 1);
  PostureEventTrust trust = POSTURE_EVENT_UNCHECKED;
  gsize length;

  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->trust = POSTURE_EVENT_VALID | POSTURE_EVENT_ONCE;
  if (!g_file_get_contents (path, &self->text, &length, error))
    return NULL;
  for (gsize at = 0; at < length;)
    {
      const char *end = memchr (self->text + at, '\n', length - at);
      gsize next = end != NULL ? (gsize) (end - self->text) + 1 : length;

      if (!posture_finder_check (self->text + at, next - at, &trust, error))
        return NULL;
      self->trust &= trust;
      add_start (self, at);
      at = next;
    }
  add_start (self, length);
  return g_steal_pointer (&self);
}

/* The same event @count times. */
Load *
load_new_text (const char *event,
               guint       count)
{
  Load *self = g_new0 (Load, 1);
  gsize length = strlen (event);

  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->trust = POSTURE_EVENT_VALID;
  self->text = g_malloc (length * count);
  for (guint i = 0; i <= count; i++)
    {
      if (i < count)
        memcpy (self->text + i * length, event, length);
      add_start (self, i * length);
    }
  return self;
}

void
load_free (Load *self)
{
  g_array_unref (self->starts);
  g_free (self->text);
  g_free (self);
}

guint
load_get_size (Load *self)
{
  return self->starts->len - 1;
}

/* What this thread has worked, in seconds: other programs on the machine do not count. */
static double
get_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

/* Goes from one quote to the next, and does nothing else. Gives events a second, of the best pass. */
double
load_scan (Load *self,
           guint passes)
{
  double best = G_MAXDOUBLE;
  volatile guint64 sink = 0;

  for (guint pass = 0; pass < passes; pass++)
    {
      double start = get_time ();

      for (guint i = 0; i < load_get_size (self); i++)
        {
          const char *at = self->text + get_start (self, i);
          const char *end = self->text + get_start (self, i + 1);
          guint64 count = 0;

          while ((at = memchr (at, '"', (gsize) (end - at))) != NULL)
            {
              at++;
              count++;
            }
          sink += count;
        }
      best = MIN (best, get_time () - start);
    }
  return load_get_size (self) / best;
}

/* Matches all events, once to warm up and then as often as asked. @ret_counts (nullable) has a place for
 * each rule, by its number. Gives events a second, of the best pass. */
double
load_match (Load           *self,
            PostureMatcher *matcher,
            guint           passes,
            guint64        *ret_counts)
{
  g_autoptr (PostureFinder) finder = posture_finder_new (matcher);
  double best = G_MAXDOUBLE;

  for (guint pass = 0; pass < passes; pass++)
    {
      double start = get_time ();

      for (guint i = 0; i < load_get_size (self); i++)
        {
          posture_finder_find (finder, self->text + get_start (self, i),
                               get_start (self, i + 1) - get_start (self, i), self->trust, NULL);
          if (pass == 0 && ret_counts != NULL)
            for (guint k = 0; k < posture_finder_get_length (finder); k++)
              ret_counts[posture_finder_get_number (finder, k)]++;
        }
      best = MIN (best, get_time () - start);
    }
  return load_get_size (self) / best;
}

/* Adds a rule; a pattern that is none ends the program. */
void
load_add_rule (PostureMatcher *matcher,
               const char     *name,
               const char     *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PosturePattern) compiled = posture_pattern_new (pattern, strlen (pattern), &error);

  if (compiled == NULL)
    g_error ("%s: %s", name, error->message);
  posture_matcher_add (matcher, name, compiled);
}
