/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_CLOCK (posture_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (PostureClock, posture_clock, POSTURE, CLOCK, GObject)

/**
 * PostureClockClass:
 * @get_now: see posture_clock_get_now()
 * @add_timeout: see posture_clock_add_timeout()
 * @remove: see posture_clock_remove()
 *
 * The clock itself is the system's; a test derives one that it turns by hand.
 */
struct _PostureClockClass
{
  GObjectClass parent_class;

  gint64 (*get_now)     (PostureClock *self);
  guint  (*add_timeout) (PostureClock *self,
                         gint64        delay,
                         GSourceFunc   function,
                         gpointer      data);
  void   (*remove)      (PostureClock *self,
                         guint         id);
};

PostureClock *posture_clock_new         (void);
gint64        posture_clock_get_now     (PostureClock *self);
guint         posture_clock_add_timeout (PostureClock *self,
                                         gint64        delay,
                                         GSourceFunc   function,
                                         gpointer      data);
void          posture_clock_remove      (PostureClock *self,
                                         guint         id);

char         *posture_uuid_new          (gint64        now);
gint64        posture_uuid_get_time     (const char   *uuid);
char         *posture_time_to_text      (gint64        time);
gboolean      posture_time_from_text    (const char   *text,
                                         gint64       *ret_time);

G_END_DECLS
