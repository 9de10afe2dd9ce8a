/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus-error.h"

G_BEGIN_DECLS

#define POSTURE_CRON_FIRST_YEAR 1970
#define POSTURE_CRON_LAST_YEAR 2199

/* The six fields of a cron expression; of sets that count from 0 or 1, bit n is n. */
typedef struct
{
  guint64 minutes;
  guint64 hours;
  guint64 days;         /* of the month; 0: see the rest */
  guint64 months;
  guint64 weekdays;     /* 1 is Sunday; 0 as above */
  guint8 years[POSTURE_CRON_LAST_YEAR - POSTURE_CRON_FIRST_YEAR + 1];
  gboolean last_day;    /* L */
  gboolean nearest;     /* nW, or LW with last_day */
  guint nearest_to;     /* the n of nW */
  guint last_weekday;   /* nL */
  guint nth_weekday;    /* n#k */
  guint nth;            /* the k of it */
} PostureCron;

gboolean posture_cron_read     (PostureCron       *self,
                                const char        *fields,
                                GError           **error);
gint64   posture_cron_get_next (const PostureCron *self,
                                gint64             after);

G_END_DECLS
