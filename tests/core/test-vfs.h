/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file system for the engine that stands before the usual one: it counts, refuses and forgets.
 * All functions can be called from any thread. It knows one set of figures for the whole process,
 * and it knows databases and their logs; the shared memory of the log goes through as it is. */

/**
 * TestVfsCounts:
 * @database_writes: writes to databases
 * @database_syncs: syncs of databases
 * @log_writes: writes to write-ahead logs and journals
 * @log_syncs: syncs of write-ahead logs and journals
 * @refused: writes and truncations that were refused
 *
 * What was done since test_vfs_reset().
 */
typedef struct
{
  guint64 database_writes;
  guint64 database_syncs;
  guint64 log_writes;
  guint64 log_syncs;
  guint64 refused;
} TestVfsCounts;

/* Makes the file system known to the engine under @name. With @make_default the connections of this
 * process that name none use it, too. Can be called again. */
void   test_vfs_register      (const char    *name,
                               gboolean       make_default);

/* Sets all counts to zero and refuses nothing. What was not synced stays known. */
void   test_vfs_reset         (void);

void   test_vfs_get_counts    (TestVfsCounts *ret_counts);

/* The disk is full: after @after more writes that succeed, @count writes and truncations are
 * refused (G_MAXUINT64: from then on). 0, 0 ends it. */
void   test_vfs_fill_disk     (guint64        after,
                               guint64        count);

/* The disk has little room: no file can grow beyond @bytes; -1 ends it. */
void   test_vfs_limit_size    (gint64         bytes);

/* @hook is called after each sync of a log, on the thread that synced; NULL ends it. */
void   test_vfs_set_sync_hook (void         (*hook) (gpointer data),
                               gpointer       data);

/* Says by what test_vfs_lose_power() decides what is lost. */
void   test_vfs_set_seed      (guint32        seed);

/* Does to the files what a loss of power can do: of everything written since the last sync of its
 * file, each sector of 512 bytes is kept or dropped by the seed, and so is the file's new length.
 * Fits posture_failpoint_set_power_loss(). The process must end right afterwards: no call of the
 * engine returns any more. */
void   test_vfs_lose_power    (void);

G_END_DECLS
