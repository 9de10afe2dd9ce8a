/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/log-vfs-private.h"

#include <sqlite3.h>
#include <string.h>

/* The engine writes a transaction into the log in two calls for each page, one after another in the
 * file. Together they cost more than the sync that follows. So a layer between the engine and the
 * system gathers what continues the last write, and hands it on as one when the log is synced, read,
 * cut or measured.
 *
 * Nobody can miss what is held back: with synchronous=FULL the engine makes a commit visible to other
 * connections only after it has synced the log, and reads what it has not yet committed from the log
 * itself. What belongs to a transaction that is rolled back must never reach the log, where another
 * process may have committed in the same place by then: posture_log_vfs_forget(). */

/* Longer transactions are handed on in pieces: the system's files take less than 128 KiB in one call. */
#define MAX_HELD (120 * 1024)

/* The log of a connection; the system's own file stands behind it in the same memory. */
typedef struct
{
  sqlite3_file base;
  GByteArray *held;
  sqlite3_int64 offset; /* where what is held begins */
} LogFile;

/* A layer; the system's own follows. */
typedef struct
{
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
} LogVfs;

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return (sqlite3_file *) ((LogFile *) file + 1);
}

/* Hands on what is held. What could not be written is forgotten, as the engine does with a write that
 * has failed. */
static int
flush (sqlite3_file *file)
{
  LogFile *self = (LogFile *) file;
  guint length = self->held->len;
  int code;

  if (length == 0)
    return SQLITE_OK;
  code = real_of (file)->pMethods->xWrite (real_of (file), self->held->data, (int) length, self->offset);
  g_byte_array_set_size (self->held, 0);
  return code;
}

static int
log_close (sqlite3_file *file)
{
  LogFile *self = (LogFile *) file;

  /* what was committed is not held any more */
  g_clear_pointer (&self->held, g_byte_array_unref);
  return real_of (file)->pMethods->xClose (real_of (file));
}

static int
log_read (sqlite3_file *file,
          void         *data,
          int           size,
          sqlite3_int64 offset)
{
  int code = flush (file);

  return code != SQLITE_OK ? code : real_of (file)->pMethods->xRead (real_of (file), data, size, offset);
}

static int
log_write (sqlite3_file *file,
           const void   *data,
           int           size,
           sqlite3_int64 offset)
{
  LogFile *self = (LogFile *) file;
  int code = SQLITE_OK;

  if (offset != self->offset + self->held->len || self->held->len + (guint) size > MAX_HELD)
    code = flush (file);
  if (code != SQLITE_OK)
    return code;
  if (self->held->len == 0)
    self->offset = offset;
  g_byte_array_append (self->held, data, (guint) size);
  return SQLITE_OK;
}

static int
log_truncate (sqlite3_file *file,
              sqlite3_int64 size)
{
  int code = flush (file);

  return code != SQLITE_OK ? code : real_of (file)->pMethods->xTruncate (real_of (file), size);
}

static int
log_sync (sqlite3_file *file,
          int           flags)
{
  int code = flush (file);

  return code != SQLITE_OK ? code : real_of (file)->pMethods->xSync (real_of (file), flags);
}

static int
log_size (sqlite3_file  *file,
          sqlite3_int64 *ret_size)
{
  int code = flush (file);

  return code != SQLITE_OK ? code : real_of (file)->pMethods->xFileSize (real_of (file), ret_size);
}

static int
log_lock (sqlite3_file *file,
          int           lock)
{
  return real_of (file)->pMethods->xLock (real_of (file), lock);
}

static int
log_unlock (sqlite3_file *file,
            int           lock)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), lock);
}

static int
log_check_reserved_lock (sqlite3_file *file,
                         int          *ret_reserved)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), ret_reserved);
}

static int
log_control (sqlite3_file *file,
             int           operation,
             void         *argument)
{
  return real_of (file)->pMethods->xFileControl (real_of (file), operation, argument);
}

static int
log_sector_size (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
log_device_characteristics (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

/* The shared memory beside the log belongs to the database's own file, which is none of ours. */
static const sqlite3_io_methods log_methods = {
  .iVersion = 1,
  .xClose = log_close,
  .xRead = log_read,
  .xWrite = log_write,
  .xTruncate = log_truncate,
  .xSync = log_sync,
  .xFileSize = log_size,
  .xLock = log_lock,
  .xUnlock = log_unlock,
  .xCheckReservedLock = log_check_reserved_lock,
  .xFileControl = log_control,
  .xSectorSize = log_sector_size,
  .xDeviceCharacteristics = log_device_characteristics,
};

static int
log_vfs_open (sqlite3_vfs  *vfs,
              const char   *path,
              sqlite3_file *file,
              int           flags,
              int          *ret_flags)
{
  sqlite3_vfs *real = ((LogVfs *) vfs)->real;
  LogFile *self = (LogFile *) file;
  int code;

  if ((flags & SQLITE_OPEN_WAL) == 0)
    return real->xOpen (real, path, file, flags, ret_flags);
  memset (self, 0, sizeof *self);
  code = real->xOpen (real, path, real_of (file), flags, ret_flags);
  if (code != SQLITE_OK)
    return code;
  self->held = g_byte_array_new ();
  self->base.pMethods = &log_methods;
  return SQLITE_OK;
}

/* Everything that is not about the log is the real one's own. It lives as long as the process. */
static const char *
register_over (sqlite3_vfs *real,
               const char  *name)
{
  LogVfs *self = g_new0 (LogVfs, 1);

  self->vfs = *real;
  self->vfs.pNext = NULL;
  self->vfs.zName = g_intern_string (name);
  self->vfs.szOsFile = (int) sizeof (LogFile) + real->szOsFile;
  self->vfs.xOpen = log_vfs_open;
  self->real = real;
  sqlite3_vfs_register (&self->vfs, /* make default = */ 0);
  return self->vfs.zName;
}

/* The name of the layer over the engine's file system @vfs (%NULL: the usual one), which is made if it
 * is not there. If there is no such file system, its own name, so that the engine says so. */
const char *
posture_log_vfs_get_name (const char *vfs)
{
  static GMutex mutex;
  sqlite3_vfs *real = sqlite3_vfs_find (vfs);
  g_autofree char *name = real != NULL ? g_strconcat ("posture-log-", real->zName, NULL) : NULL;
  const char *found = vfs;

  g_mutex_lock (&mutex);
  if (name != NULL)
    {
      sqlite3_vfs *layer = sqlite3_vfs_find (name);

      found = layer != NULL ? layer->zName : register_over (real, name);
    }
  g_mutex_unlock (&mutex);
  return found;
}

/* Forgets what is held back for the log of @database: the transaction that it belongs to was rolled back. */
void
posture_log_vfs_forget (sqlite3 *database)
{
  sqlite3_file *file = NULL;

  if (sqlite3_file_control (database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) == SQLITE_OK && file != NULL &&
      file->pMethods == &log_methods)
    g_byte_array_set_size (((LogFile *) file)->held, 0);
}
