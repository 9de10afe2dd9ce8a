/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/archive.h"

#include "bus/bus-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * posture_archive_free:
 * @archive: (transfer full): an archive
 *
 * Frees what was read of the archive.
 */
void
posture_archive_free (PostureArchive *archive)
{
  g_free (archive->pattern);
  g_free (archive);
}

/* How the archive is set, without what is in it. */
static PostureArchive *
read_settings (PostureTransaction *transaction,
               GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_bus_sql_archive, NULL);
  PostureArchive *archive;
  const char *pattern;

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return NULL;
  archive = g_new0 (PostureArchive, 1);
  pattern = posture_statement_get_text (row, 1);
  archive->enabled = posture_statement_get_int (row, 0) != 0;
  archive->pattern = pattern[0] != '\0' ? g_strdup (pattern) : NULL;
  archive->max_age = posture_statement_get_int (row, 2);
  archive->max_size = posture_statement_get_int (row, 3);
  return archive;
}

/* Adds the archive to rules that are being read: a put finds it by the same match. */
gboolean
posture_archive_join_rules (PostureTransaction *transaction,
                            PostureRules       *rules,
                            GError            **error)
{
  g_autoptr (PostureArchive) archive = read_settings (transaction, error);
  g_autoptr (PosturePattern) pattern = NULL;

  if (archive == NULL)
    return FALSE;
  rules->archive_all = archive->enabled && archive->pattern == NULL;
  if (!archive->enabled || archive->pattern == NULL)
    return TRUE;
  pattern = posture_pattern_new (archive->pattern, strlen (archive->pattern), error);
  if (pattern == NULL)
    return FALSE;
  posture_matcher_add (rules->matcher, POSTURE_ARCHIVE_RULE, pattern);
  g_hash_table_insert (rules->targets, g_strdup (POSTURE_ARCHIVE_RULE), g_new0 (char *, 1));
  return TRUE;
}

/* What an event takes in the archive, in bytes; 0 if it does not belong there.
 * @matched: (nullable): the rules that it matches
 * @body: (nullable): its detail, if that travels by its digest */
gint64
posture_archive_weigh (const PostureRules *rules,
                       char              **matched,
                       const char         *envelope,
                       const char         *body)
{
  if (!rules->archive_all &&
      (matched == NULL || !g_strv_contains ((const char *const *) matched, POSTURE_ARCHIVE_RULE)))
    return 0;
  return (gint64) (strlen (envelope) + (body != NULL ? strlen (body) : 0));
}

static gboolean
read_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  PostureArchive **archive = data;
  g_autoptr (PostureStatement) row = NULL;

  g_clear_pointer (archive, posture_archive_free);
  *archive = read_settings (transaction, error);
  row = *archive != NULL ? posture_transaction_query (transaction, error, posture_bus_sql_archive_figures, NULL) : NULL;
  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  (*archive)->events = posture_statement_get_int (row, 0);
  (*archive)->size = posture_statement_get_int (row, 1);
  (*archive)->oldest = posture_statement_get_int (row, 2);
  return TRUE;
}

/**
 * posture_bus_dup_archive:
 * @self: a bus
 * @error: return location for an error of [error@StoreError]
 *
 * Reads how the archive is set and what it holds. Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL on error
 */
PostureArchive *
posture_bus_dup_archive (PostureBus *self,
                         GError    **error)
{
  g_autoptr (PostureArchive) archive = NULL;

  if (!posture_store_read (posture_bus_get_store (self), read_func, &archive, /* cancellable = */ NULL, error))
    return NULL;
  return g_steal_pointer (&archive);
}

static gboolean
set_func (PostureTransaction *transaction,
          gpointer            data,
          GError            **error)
{
  const PostureArchive *archive = data;

  if (!posture_transaction_execute (transaction, error, posture_bus_sql_set_archive, "itii",
                                    (gint64) archive->enabled, archive->pattern, archive->max_age,
                                    archive->max_size) ||
      !posture_transaction_execute (transaction, error, posture_bus_sql_raise_version, NULL))
    return FALSE;
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_RULES, /* key = */ NULL);
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_ARCHIVE, /* key = */ NULL);
  return TRUE;
}

/**
 * posture_bus_set_archive:
 * @self: a bus
 * @enabled: whether events that are put from now on come into it
 * @pattern: (nullable): which; %NULL for all
 * @max_age: how long they stay, in milliseconds; 0 for ever
 * @max_size: how much there can be, in bytes, at most 1 GiB; 0 empties it
 * @error: return location for an error of [error@PatternError],
 *   [error@BusError] or [error@StoreError]
 *
 * Sets the archive. What is in it stays there as far as its bounds allow, also
 * when nothing more comes into it. Waits for the disk.
 *
 * Returns: %TRUE once it is on disk; it holds for every later put
 */
gboolean
posture_bus_set_archive (PostureBus *self,
                         gboolean    enabled,
                         const char *pattern,
                         gint64      max_age,
                         gint64      max_size,
                         GError    **error)
{
  PostureArchive archive = { enabled, (char *) (pattern != NULL ? pattern : ""), max_age, max_size, 0, 0, 0 };
  g_autoptr (PosturePattern) compiled = NULL;

  if (max_age < 0 || max_size < 0 || max_size > POSTURE_ARCHIVE_MAX_SIZE)
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                           _("An archive holds at most 1024 MiB, and its events stay for a time or for ever."));
      return FALSE;
    }
  compiled = pattern != NULL ? posture_pattern_new (pattern, strlen (pattern), error) : NULL;
  if (pattern != NULL && compiled == NULL)
    return FALSE;
  if (!posture_store_write (posture_bus_get_store (self), set_func, &archive, /* cancellable = */ NULL, error))
    return FALSE;
  posture_bus_load_rules (self);
  return TRUE;
}
