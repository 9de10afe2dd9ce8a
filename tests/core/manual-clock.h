/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/clock.h"

G_BEGIN_DECLS

/* A clock that a test turns by hand: no timeout of it ever waits. */
#define TYPE_MANUAL_CLOCK (manual_clock_get_type ())
G_DECLARE_FINAL_TYPE (ManualClock, manual_clock, MANUAL, CLOCK, PostureClock)

/* @now: milliseconds since 1970 */
ManualClock *manual_clock_new       (gint64       now);

/* Sets the time without running anything, as a person who sets the clock does; @now can lie before.
 */
void         manual_clock_set       (ManualClock *self,
                                     gint64       now);

/* Goes @delay milliseconds on and calls each timeout that falls due on the way, at its time and in
 * the order of their times (of one time, in the order in which they were added), right here. A
 * timeout can add and remove timeouts, which take part. */
void         manual_clock_advance   (ManualClock *self,
                                     gint64       delay);

/* Goes on to the next timeout and calls it. %FALSE if there is none. */
gboolean     manual_clock_run_next  (ManualClock *self);

/* How many timeouts there are, and in how many milliseconds the next one is due (-1 without one).
 */
guint        manual_clock_count     (ManualClock *self);
gint64       manual_clock_get_delay (ManualClock *self);

G_END_DECLS
