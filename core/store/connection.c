/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/connection-private.h"

#include "store/disk.h"
#include "store/failpoint.h"
#include "store/log-vfs-private.h"
#include "store/store-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 10000
#define CHECKPOINT_TIMEOUT_MS 50
#define STEPS_BETWEEN_CANCEL_CHECKS 4000
#define COPIED_AT_ONCE 256 /* pages */
/* "Post", so that file(1) and we ourselves can tell whose database it is */
#define APPLICATION_ID 0x506f7374

G_DEFINE_QUARK (posture-store-error-quark, posture_store_error)

static void
statement_free (gpointer data)
{
  PostureStatement *statement = data;

  sqlite3_finalize (statement->statement);
  g_free (statement);
}

static PostureStoreError
code_to_error (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return POSTURE_STORE_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return POSTURE_STORE_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return POSTURE_STORE_ERROR_CORRUPT;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return POSTURE_STORE_ERROR_READ_ONLY;
    case SQLITE_CANTOPEN:
      return POSTURE_STORE_ERROR_CANNOT_OPEN;
    case SQLITE_CONSTRAINT:
      return POSTURE_STORE_ERROR_CONSTRAINT;
    default:
      return POSTURE_STORE_ERROR_FAILED;
    }
}

/* What a person can read and do. */
static char *
describe (PostureStoreError code,
          const char       *engine)
{
  switch (code)
    {
    case POSTURE_STORE_ERROR_FULL:
      return g_strdup (_("There is no room left on the disk. Nothing was lost; make some room and try again."));
    case POSTURE_STORE_ERROR_BUSY:
      return g_strdup (_("Another program keeps the data file locked. Close it and try again."));
    case POSTURE_STORE_ERROR_CORRUPT:
      return g_strdup_printf (_("The data file is damaged or is not a Posture file (%s). It was left as it is; restore a copy of it, or choose another folder with POSTURE_DATA_DIR."), engine);
    case POSTURE_STORE_ERROR_READ_ONLY:
      return g_strdup (_("The data folder cannot be written. Allow writing there, or choose another folder with POSTURE_DATA_DIR."));
    case POSTURE_STORE_ERROR_CANNOT_OPEN:
      return g_strdup_printf (_("The data file cannot be opened (%s)."), engine);
    case POSTURE_STORE_ERROR_CONSTRAINT:
    case POSTURE_STORE_ERROR_FAILED:
    case POSTURE_STORE_ERROR_NEWER:
    case POSTURE_STORE_ERROR_CLOSED:
    default:
      return g_strdup_printf (_("The data file reports an error: %s."), engine);
    }
}

/* Sets @error from what the engine says last; always gives %FALSE. */
gboolean
posture_connection_fail (PostureConnection *self,
                         int                code,
                         GError           **error)
{
  PostureStoreError translated = code_to_error (code);
  g_autofree char *text = NULL;

  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled."));
      return FALSE;
    }
  /* A full disk shows as a failed write where the file system is the one to say so. */
  if ((code & 0xff) == SQLITE_IOERR && self != NULL &&
      (sqlite3_system_errno (self->database) == ENOSPC || sqlite3_system_errno (self->database) == EDQUOT))
    translated = POSTURE_STORE_ERROR_FULL;
  text = describe (translated, self != NULL ? sqlite3_errmsg (self->database) : sqlite3_errstr (code));
  g_set_error_literal (error, POSTURE_STORE_ERROR, translated, text);
  return FALSE;
}

/* Runs statements that give no rows. */
gboolean
posture_connection_run (PostureConnection *self,
                        const char        *sql,
                        GError           **error)
{
  int code = sqlite3_exec (self->database, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || posture_connection_fail (self, code, error);
}

/* Takes a statement out of those that are kept, or prepares one: the same SQL can run twice at a time. */
PostureStatement *
posture_connection_take_statement (PostureConnection *self,
                                   const char        *sql,
                                   GError           **error)
{
  PostureStatement *kept = g_hash_table_lookup (self->statements, sql);
  PostureStatement *result;
  sqlite3_stmt *statement = NULL;
  int code;

  if (kept != NULL && !kept->taken)
    {
      kept->taken = TRUE;
      return kept;
    }
  code = sqlite3_prepare_v3 (self->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code == SQLITE_OK && statement == NULL)
    code = SQLITE_MISUSE; /* nothing but blanks or a comment */
  if (code != SQLITE_OK)
    {
      posture_connection_fail (self, code, error);
      return NULL;
    }
  result = g_new0 (PostureStatement, 1);
  result->connection = self;
  result->statement = statement;
  result->taken = TRUE;
  result->kept = kept == NULL;
  if (result->kept)
    g_hash_table_insert (self->statements, (gpointer) sqlite3_sql (statement), result);
  return result;
}

/* Ends a statement and keeps it for the next time. */
void
posture_connection_give_statement (PostureConnection *self,
                                   PostureStatement  *statement)
{
  sqlite3_reset (statement->statement);
  sqlite3_clear_bindings (statement->statement);
  statement->taken = FALSE;
  if (!statement->kept)
    statement_free (statement);
}

/* Runs a statement without values that comes again and again, such as COMMIT. */
gboolean
posture_connection_run_kept (PostureConnection *self,
                             const char        *sql,
                             GError           **error)
{
  PostureStatement *statement = posture_connection_take_statement (self, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  code = sqlite3_step (statement->statement);
  if (code != SQLITE_DONE)
    posture_connection_fail (self, code, error);
  posture_connection_give_statement (self, statement);
  return code == SQLITE_DONE;
}

/* Runs a statement whose failure has no consequence, such as a rollback of what is gone already. */
gboolean
posture_connection_run_void (PostureConnection *self,
                             const char        *sql)
{
  return sqlite3_exec (self->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* Whether the engine has given up the whole transaction, not just a statement. */
gboolean
posture_connection_is_lost (PostureConnection *self)
{
  return sqlite3_get_autocommit (self->database) != 0;
}

static gboolean
read_number (PostureConnection *self,
             const char        *sql,
             gint64            *ret_number,
             GError           **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *ret_number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return code == SQLITE_ROW || posture_connection_fail (self, code, error);
}

/* A number that grows when another connection has written. */
gint64
posture_connection_get_version (PostureConnection *self)
{
  PostureStatement *statement = posture_connection_take_statement (self, "PRAGMA data_version",
                                                                   /* error = */ NULL);
  gint64 version = 0;

  if (statement == NULL)
    return 0;
  if (sqlite3_step (statement->statement) == SQLITE_ROW)
    version = sqlite3_column_int64 (statement->statement, 0);
  posture_connection_give_statement (self, statement);
  return version;
}

static int
progress_cb (void *data)
{
  PostureConnection *self = data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

static int
wal_cb (void       *data,
        sqlite3    *database,
        const char *name,
        int         pages)
{
  PostureConnection *self = data;

  self->wal_pages = (guint) pages;
  return SQLITE_OK;
}

static void
rollback_cb (void *data)
{
  PostureConnection *self = data;

  posture_log_vfs_forget (self->database);
}

/* Says whose cancellable the engine asks while it works; NULL when the work is done. */
void
posture_connection_set_work (PostureConnection *self,
                             GCancellable      *cancellable)
{
  self->cancellable = cancellable;
}

/* Brings the log's pages into the file. It waits for nobody: what a reader still needs stays, and a log
 * that is in use is not emptied.
 * @alone: whether no other process has the file open. Before 3.51.3 the engine can lose what another one commits
 * just when a checkpoint begins, unless nobody can write during that; then writers and readers are waited for, but
 * not long. */
gboolean
posture_connection_checkpoint (PostureConnection *self,
                               gboolean           truncate,
                               gboolean           alone)
{
  int mode = alone ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_FULL;
  int code;

  if (!POSTURE_FAILPOINT ("store.checkpoint.before", NULL))
    return FALSE;
  sqlite3_busy_timeout (self->database, alone ? 0 : CHECKPOINT_TIMEOUT_MS);
  code = sqlite3_wal_checkpoint_v2 (self->database, NULL,
                                    truncate ? SQLITE_CHECKPOINT_TRUNCATE : mode,
                                    NULL, NULL);
  sqlite3_busy_timeout (self->database, BUSY_TIMEOUT_MS);
  return code == SQLITE_OK;
}

static gboolean
check_identity (PostureConnection *self,
                gboolean           read_only,
                GError           **error)
{
  gint64 identity = 0;
  gint64 tables = 0;

  /* In this order: another process that makes the file just now writes its name before the tables. */
  if (!read_number (self, "SELECT count(*) FROM sqlite_schema", &tables, error) ||
      !read_number (self, "PRAGMA application_id", &identity, error))
    return FALSE;
  if (identity == APPLICATION_ID)
    return TRUE;
  if (identity != 0 || tables != 0)
    {
      g_set_error_literal (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CORRUPT,
                           _("The file posture.db in the data folder belongs to another program. "
                             "It was left as it is; choose another folder with POSTURE_DATA_DIR."));
      return FALSE;
    }
  return read_only || posture_connection_run (self, "PRAGMA application_id = 1349481332", error);
}

/* The settings that the promises rest on: what is committed is synced, what is deleted is
 * overwritten, and a file that somebody prepared cannot make the engine call functions. */
static gboolean
configure (PostureConnection *self,
           gboolean           read_only,
           GError           **error)
{
  G_STATIC_ASSERT (APPLICATION_ID == 1349481332);
  sqlite3_extended_result_codes (self->database, 1);
  sqlite3_busy_timeout (self->database, BUSY_TIMEOUT_MS);
  sqlite3_progress_handler (self->database, STEPS_BETWEEN_CANCEL_CHECKS, progress_cb, self);
  if (!posture_connection_run (self,
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA temp_store = MEMORY",
                               error) ||
      !check_identity (self, read_only, error))
    return FALSE;
  /* what a reader has read is of no use once somebody has written; the system keeps the file's pages, too */
  if (read_only)
    return posture_connection_run (self, "PRAGMA query_only = ON; PRAGMA cache_size = -512", error);
  sqlite3_wal_autocheckpoint (self->database, 0);
  sqlite3_wal_hook (self->database, wal_cb, self);
  sqlite3_rollback_hook (self->database, rollback_cb, self);
  return posture_connection_run (self,
                                 "PRAGMA journal_mode = WAL;"
                                 "PRAGMA synchronous = FULL;"
                                 "PRAGMA secure_delete = ON;"
                                 "PRAGMA journal_size_limit = 16777216",
                                 error);
}

/* The engine would count what it allocates, behind one lock for all threads of the process; nobody asks for it.
 * Once it is in use by somebody else it keeps to what that has chosen, which does no harm. */
static void
set_up_engine (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

/* Opens the file at @path, which exists. */
PostureConnection *
posture_connection_open (const char *path,
                         const char *vfs,
                         gboolean    read_only,
                         GError    **error)
{
  g_autoptr (PostureConnection) self = g_new0 (PostureConnection, 1);
  int code;

  set_up_engine ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, /* the SQL is the statement's */ NULL, statement_free);
  code = sqlite3_open_v2 (path, &self->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                          posture_log_vfs_get_name (vfs));
  if (code != SQLITE_OK)
    {
      posture_connection_fail (self->database != NULL ? self : NULL, code, error);
      return NULL;
    }
  /* The engine opens a file that it may not write for reading only, without a word. */
  if (sqlite3_db_readonly (self->database, "main") == 1)
    {
      posture_connection_fail (self, SQLITE_READONLY, error);
      return NULL;
    }
  if (!configure (self, read_only, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
posture_connection_close (PostureConnection *self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->database);
  g_free (self);
}

/* Adds what a query has to say against the file. Gives the engine's code: SQLITE_DONE if it could be asked. */
static int
add_faults (PostureConnection *self,
            const char        *sql,
            GStrvBuilder      *faults)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL);

  while (code == SQLITE_OK || code == SQLITE_ROW)
    {
      code = sqlite3_step (statement);
      if (code == SQLITE_ROW && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") != 0)
        g_strv_builder_add (faults, (const char *) sqlite3_column_text (statement, 0));
    }
  sqlite3_finalize (statement);
  return code;
}

static gboolean
has_tables (PostureConnection *self,
            const char        *sql)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL);

  sqlite3_finalize (statement);
  return code != SQLITE_ERROR;
}

/* Lists what is wrong with the file; an empty list is a sound file.
 * @modules: (nullable): whose own checks are made, too */
char **
posture_connection_check (PostureConnection               *self,
                          const PostureStoreModule *const *modules,
                          gboolean                         full,
                          GError                         **error)
{
  g_autoptr (GStrvBuilder) faults = g_strv_builder_new ();
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();

  g_ptr_array_add (checks, (gpointer) (full ? "PRAGMA integrity_check" : "PRAGMA quick_check"));
  g_ptr_array_add (checks, (gpointer) "SELECT 'row ' || coalesce (rowid, '?') || ' of ' || \"table\""
                                      " || ' names a row of ' || parent || ' that is gone'"
                                      " FROM pragma_foreign_key_check");
  for (guint i = 0; modules != NULL && modules[i] != NULL; i++)
    for (guint n = 0; modules[i]->checks != NULL && modules[i]->checks[n] != NULL; n++)
      if (has_tables (self, modules[i]->checks[n]))
        g_ptr_array_add (checks, (gpointer) modules[i]->checks[n]);
  for (guint i = 0; i < checks->len; i++)
    {
      int code = add_faults (self, g_ptr_array_index (checks, i), faults);

      if ((code & 0xff) == SQLITE_CORRUPT)
        {
          g_strv_builder_add (faults, sqlite3_errstr (code));
          break;
        }
      if (code != SQLITE_DONE)
        {
          posture_connection_fail (self, code, error);
          return NULL;
        }
    }
  return g_strv_builder_end (faults);
}

static int
copy_in_steps (sqlite3_backup        *backup,
               const PostureProgress *progress)
{
  int code = SQLITE_OK;

  while (code == SQLITE_OK)
    {
      int all = sqlite3_backup_pagecount (backup);
      double done = all > 0 ? 1 - (double) sqlite3_backup_remaining (backup) / all : 0;

      code = posture_progress_step (progress, done, /* error = */ NULL)
               ? sqlite3_backup_step (backup, COPIED_AT_ONCE)
               : SQLITE_INTERRUPT;
    }
  return code;
}

/* Writes all pages of the committed database to the file at @path, which is there and empty. The reading
 * transaction stays open, so that what others write meanwhile does not make it begin again. */
static int
copy_pages (PostureConnection     *self,
            const char            *path,
            const PostureProgress *progress)
{
  sqlite3 *copy = NULL;
  sqlite3_backup *backup = NULL;
  int code = sqlite3_open_v2 (path, &copy, SQLITE_OPEN_READWRITE, NULL);
  int finish_code = SQLITE_OK;

  if (code == SQLITE_OK)
    code = sqlite3_exec (self->database, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    {
      backup = sqlite3_backup_init (copy, "main", self->database, "main");
      code = backup != NULL ? copy_in_steps (backup, progress) : sqlite3_errcode (copy);
    }
  if (backup != NULL)
    finish_code = sqlite3_backup_finish (backup);
  sqlite3_exec (self->database, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (copy);
  return code == SQLITE_DONE ? finish_code : code;
}

static gboolean
sync_file (const char *path)
{
  int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  gboolean synced;

  if (fd < 0)
    return FALSE;
  synced = posture_disk_sync (fd) == 0;
  return g_close (fd, /* error = */ NULL) && synced;
}

static gboolean
sync_and_rename (const char *from,
                 const char *to,
                 GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (to);

  if (!POSTURE_FAILPOINT ("store.copy.rename", error))
    return FALSE;
  if (sync_file (from) && posture_disk_rename (from, to) == 0 && posture_disk_sync_folder (folder) == 0)
    return TRUE;
  g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED,
               _("A copy of the data could not be set aside: %s."), g_strerror (errno));
  return FALSE;
}

/* Deletes what posture_connection_copy() has made at @path, also if it was interrupted. */
gboolean
posture_connection_discard_copy (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal", ".unfinished",
                                         ".unfinished-journal" };
  gboolean gone = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      gone = (g_unlink (file) == 0 || errno == ENOENT) && gone;
    }
  return gone;
}

/* Copies the whole database, as it was last committed, to @path: all of it or nothing. */
gboolean
posture_connection_copy (PostureConnection     *self,
                         const char            *path,
                         const PostureProgress *progress,
                         GError               **error)
{
  g_autofree char *unfinished = g_strconcat (path, ".unfinished", NULL);
  int code;

  if (!POSTURE_FAILPOINT ("store.copy.before", error))
    return FALSE;
  g_unlink (unfinished);
  if (mknod (unfinished, S_IFREG | 0600, /* dev = */ 0) != 0)
    {
      g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED,
                   _("A copy of the data could not be set aside: %s."), g_strerror (errno));
      return FALSE;
    }
  code = copy_pages (self, unfinished, progress);
  if (code != SQLITE_OK)
    posture_connection_fail (NULL, code, error);
  else if (sync_and_rename (unfinished, path, error))
    return TRUE;
  g_unlink (unfinished);
  return FALSE;
}
