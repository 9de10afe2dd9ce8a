/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "manual-clock.h"

typedef struct
{
  guint id;
  gint64 due; /* on the clock that only goes on */
  gint64 delay;
  GSourceFunc function;
  gpointer data;
} Timeout;

struct _ManualClock
{
  PostureClock parent_instance;

  GMutex mutex;
  gint64 now;
  gint64 passed;     /* what timeouts are measured by: setting the clock does not move them */
  GPtrArray *timeouts; /* (element-type Timeout), in the order in which they are due */
  guint last_id;
};

G_DEFINE_FINAL_TYPE (ManualClock, manual_clock, POSTURE_TYPE_CLOCK)

/* After those of the same time: whoever came first is first. */
static void
insert (ManualClock *self,
        Timeout     *timeout)
{
  guint place = 0;

  while (place < self->timeouts->len &&
         ((Timeout *) g_ptr_array_index (self->timeouts, place))->due <= timeout->due)
    place++;
  g_ptr_array_insert (self->timeouts, (int) place, timeout);
}

static gint64
manual_clock_get_now (PostureClock *clock)
{
  ManualClock *self = MANUAL_CLOCK (clock);
  gint64 now;

  g_mutex_lock (&self->mutex);
  now = self->now;
  g_mutex_unlock (&self->mutex);
  return now;
}

static guint
manual_clock_add_timeout (PostureClock *clock,
                          gint64        delay,
                          GSourceFunc   function,
                          gpointer      data)
{
  ManualClock *self = MANUAL_CLOCK (clock);
  Timeout *timeout = g_new0 (Timeout, 1);
  guint id;

  timeout->delay = MAX (delay, 0);
  timeout->function = function;
  timeout->data = data;
  g_mutex_lock (&self->mutex);
  timeout->due = self->passed + timeout->delay;
  id = timeout->id = ++self->last_id;
  insert (self, timeout);
  g_mutex_unlock (&self->mutex);
  return id;
}

static void
manual_clock_remove (PostureClock *clock,
                     guint         id)
{
  ManualClock *self = MANUAL_CLOCK (clock);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->timeouts->len; i++)
    if (((Timeout *) g_ptr_array_index (self->timeouts, i))->id == id)
      {
        g_ptr_array_remove_index (self->timeouts, i);
        break;
      }
  g_mutex_unlock (&self->mutex);
}

static void
manual_clock_finalize (GObject *object)
{
  ManualClock *self = MANUAL_CLOCK (object);

  /* a timeout that is left would call into what is gone */
  g_assert_cmpuint (self->timeouts->len, ==, 0);
  g_ptr_array_unref (self->timeouts);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (manual_clock_parent_class)->finalize (object);
}

static void
manual_clock_class_init (ManualClockClass *klass)
{
  PostureClockClass *clock_class = POSTURE_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = manual_clock_finalize;
  clock_class->get_now = manual_clock_get_now;
  clock_class->add_timeout = manual_clock_add_timeout;
  clock_class->remove = manual_clock_remove;
}

static void
manual_clock_init (ManualClock *self)
{
  g_mutex_init (&self->mutex);
  self->timeouts = g_ptr_array_new_with_free_func (g_free);
}

ManualClock *
manual_clock_new (gint64 now)
{
  ManualClock *self = g_object_new (TYPE_MANUAL_CLOCK, NULL);

  self->now = now;
  return self;
}

void
manual_clock_set (ManualClock *self,
                  gint64       now)
{
  g_mutex_lock (&self->mutex);
  self->now = now;
  g_mutex_unlock (&self->mutex);
}

/* Goes on to @until, or to the first timeout that is due by then; gives a copy, for the function
 * can remove its own timeout. */
static Timeout *
go_on (ManualClock *self,
       gint64       until)
{
  Timeout *first = NULL;

  g_mutex_lock (&self->mutex);
  if (self->timeouts->len > 0)
    first = g_ptr_array_index (self->timeouts, 0);
  if (first != NULL && first->due <= until)
    until = first->due;
  else
    first = NULL;
  self->now += until - self->passed;
  self->passed = until;
  if (first != NULL)
    first = g_memdup2 (first, sizeof *first);
  g_mutex_unlock (&self->mutex);
  return first;
}

/* Puts a timeout that goes on behind the others, unless it was removed. */
static void
repeat (ManualClock *self,
        guint        id,
        gboolean     goes_on)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->timeouts->len; i++)
    {
      Timeout *timeout = g_ptr_array_index (self->timeouts, i);

      if (timeout->id != id)
        continue;
      g_ptr_array_steal_index (self->timeouts, i);
      if (goes_on)
        {
          /* One of no delay must not hold the clock for ever. */
          timeout->due = self->passed + MAX (timeout->delay, 1);
          insert (self, timeout);
        }
      else
        g_free (timeout);
      break;
    }
  g_mutex_unlock (&self->mutex);
}

static gboolean
run_until (ManualClock *self,
           gint64       until)
{
  g_autofree Timeout *timeout = go_on (self, until);

  if (timeout == NULL)
    return FALSE;
  repeat (self, timeout->id, timeout->function (timeout->data));
  return TRUE;
}

void
manual_clock_advance (ManualClock *self,
                      gint64       delay)
{
  gint64 until;

  g_mutex_lock (&self->mutex);
  until = self->passed + delay;
  g_mutex_unlock (&self->mutex);
  while (run_until (self, until))
    ;
}

gboolean
manual_clock_run_next (ManualClock *self)
{
  gint64 delay = manual_clock_get_delay (self);
  gint64 until;

  if (delay < 0)
    return FALSE;
  g_mutex_lock (&self->mutex);
  until = self->passed + delay;
  g_mutex_unlock (&self->mutex);
  return run_until (self, until);
}

guint
manual_clock_count (ManualClock *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->timeouts->len;
  g_mutex_unlock (&self->mutex);
  return count;
}

gint64
manual_clock_get_delay (ManualClock *self)
{
  gint64 delay = -1;

  g_mutex_lock (&self->mutex);
  if (self->timeouts->len > 0)
    delay = ((Timeout *) g_ptr_array_index (self->timeouts, 0))->due - self->passed;
  g_mutex_unlock (&self->mutex);
  return delay;
}
