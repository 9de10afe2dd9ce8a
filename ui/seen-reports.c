/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/seen-reports.h"

#include <string.h>

#define KEY "seen-report"
#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define NEW_DAYS 30
#define ID_LENGTH 16
#define MAX_SEEN 500

/* Which reports a person has looked at. A report is new until it was opened, for 30 days at most: so
 * what has to be remembered stays small, whatever other programs and devices add in between, and
 * however their clocks stand. */
struct _PostureSeenReports
{
  GObject parent_instance;

  PostureSettings *settings;
  GHashTable *seen; /* from the beginning of the id to when it was submitted */
};

G_DEFINE_FINAL_TYPE (PostureSeenReports, posture_seen_reports, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remember (PostureSeenReports *self,
          const char         *id,
          gint64              submitted)
{
  gint64 *time = g_new (gint64, 1);

  *time = submitted;
  g_hash_table_replace (self->seen, g_strndup (id, ID_LENGTH), time);
}

/* One report: the beginning of its id, a colon, and when it was submitted. */
static void
load (PostureSeenReports *self)
{
  g_autofree char *text = posture_settings_dup (self->settings, KEY);
  g_auto (GStrv) parts = g_strsplit (text, " ", MAX_SEEN);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');

      if (colon == NULL || colon - parts[i] != ID_LENGTH)
        continue;
      remember (self, parts[i], g_ascii_strtoll (colon + 1, NULL, 10));
    }
}

static gboolean
is_old (gpointer key,
        gpointer value,
        gpointer data)
{
  return *(gint64 *) value < *(gint64 *) data;
}

static void
save (PostureSeenReports *self,
      gint64              now)
{
  gint64 oldest = now - NEW_DAYS * DAY;
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer id, submitted;

  g_hash_table_foreach_remove (self->seen, is_old, &oldest);
  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, &id, &submitted))
    g_string_append_printf (text, "%s%s:%" G_GINT64_FORMAT, text->len > 0 ? " " : "", (char *) id,
                            *(gint64 *) submitted);
  posture_settings_set (self->settings, KEY, text->str);
}

static void
posture_seen_reports_finalize (GObject *object)
{
  PostureSeenReports *self = POSTURE_SEEN_REPORTS (object);

  g_clear_object (&self->settings);
  g_hash_table_unref (self->seen);
  G_OBJECT_CLASS (posture_seen_reports_parent_class)->finalize (object);
}

static void
posture_seen_reports_class_init (PostureSeenReportsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_seen_reports_finalize;

  /**
   * PostureSeenReports::changed:
   *
   * A report was opened for the first time.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
posture_seen_reports_init (PostureSeenReports *self)
{
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * posture_seen_reports_new:
 * @settings: where it is remembered
 *
 * Returns: (transfer full): the reports that were seen
 */
PostureSeenReports *
posture_seen_reports_new (PostureSettings *settings)
{
  PostureSeenReports *self = g_object_new (POSTURE_TYPE_SEEN_REPORTS, NULL);

  self->settings = g_object_ref (settings);
  load (self);
  return self;
}

/**
 * posture_seen_reports_is_new:
 * @self: the reports that were seen
 * @id: a report's id
 * @submitted: when its revision was submitted, in milliseconds since 1970
 * @now: the present moment, likewise
 *
 * Returns: whether to mark the report as new
 */
gboolean
posture_seen_reports_is_new (PostureSeenReports *self,
                             const char         *id,
                             gint64              submitted,
                             gint64              now)
{
  g_autofree char *key = g_strndup (id, ID_LENGTH);

  return submitted >= now - NEW_DAYS * DAY && !g_hash_table_contains (self->seen, key);
}

/**
 * posture_seen_reports_add:
 * @self: the reports that were seen
 * @id: a report's id
 * @submitted: when its revision was submitted, in milliseconds since 1970
 * @now: the present moment, likewise
 *
 * The person has opened a report.
 */
void
posture_seen_reports_add (PostureSeenReports *self,
                          const char         *id,
                          gint64              submitted,
                          gint64              now)
{
  if (!posture_seen_reports_is_new (self, id, submitted, now))
    return;
  remember (self, id, submitted);
  save (self, now);
  g_signal_emit (self, signals[CHANGED], 0);
}
