/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-vfs.h"

#include "test-disk.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512

/* What happened to one path since its last sync. */
typedef struct
{
  gint64 synced_size;  /* -1: nothing was written since */
  GHashTable *sectors; /* number -> what it held, SECTOR bytes, with zeros beyond the end */
} Unsynced;

/* A file of ours, with the real one behind it. */
typedef struct
{
  sqlite3_file base;
  const char *path; /* the engine keeps it as long as the file is open; NULL for a temporary file */
  gboolean is_log;
  sqlite3_file *real;
} TestFile;

static GMutex mutex; /* guards everything below */
static TestVfsCounts counts;
static guint64 fill_after, fill_count;
static gint64 largest = -1;
static guint32 power_seed;
static void (*sync_hook) (gpointer data);
static gpointer sync_hook_data;
static GHashTable *unsynced; /* path -> Unsynced */
static sqlite3_vfs *system_vfs;

static void
unsynced_free (gpointer data)
{
  Unsynced *self = data;

  g_hash_table_unref (self->sectors);
  g_free (self);
}

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return ((TestFile *) file)->real;
}

/* Whether a change that leaves the file with at least @size bytes finds no room. */
static gboolean
refuses (gint64 size)
{
  gboolean refused = largest >= 0 && size > largest;

  if (fill_after > 0)
    fill_after--;
  else if (fill_count > 0)
    {
      refused = TRUE;
      fill_count -= fill_count == G_MAXUINT64 ? 0 : 1;
    }
  counts.refused += refused ? 1 : 0;
  return refused;
}

/* Remembers what the sectors of a range held when they were last synced. */
static void
remember (TestFile *file,
          gint64    offset,
          gint64    length)
{
  Unsynced *state;
  sqlite3_int64 size = 0;

  if (file->path == NULL)
    return;
  state = g_hash_table_lookup (unsynced, file->path);
  if (state == NULL)
    {
      state = g_new0 (Unsynced, 1);
      state->sectors = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
      state->synced_size = -1;
      g_hash_table_insert (unsynced, g_strdup (file->path), state);
    }
  file->real->pMethods->xFileSize (file->real, &size);
  if (state->synced_size < 0)
    state->synced_size = size;
  for (gint64 sector = offset / SECTOR; sector * SECTOR < offset + length; sector++)
    {
      char *held;

      if (g_hash_table_contains (state->sectors, &sector))
        continue;
      held = g_malloc0 (SECTOR);
      /* A short read fills with zeros, which is what the sector holds. */
      if (sector * SECTOR < size)
        file->real->pMethods->xRead (file->real, held, SECTOR, sector * SECTOR);
      g_hash_table_insert (state->sectors, g_memdup2 (&sector, sizeof sector), held);
    }
}

static void
forget (const char *path)
{
  if (path != NULL)
    g_hash_table_remove (unsynced, path);
}

static int
file_close (sqlite3_file *file)
{
  int code = real_of (file)->pMethods->xClose (real_of (file));

  g_free (real_of (file));
  return code;
}

static int
file_read (sqlite3_file *file,
           void         *data,
           int           size,
           sqlite3_int64 offset)
{
  return real_of (file)->pMethods->xRead (real_of (file), data, size, offset);
}

static int
file_write (sqlite3_file *file,
            const void   *data,
            int           size,
            sqlite3_int64 offset)
{
  TestFile *self = (TestFile *) file;
  int code = SQLITE_FULL;

  g_mutex_lock (&mutex);
  if (!refuses (offset + size))
    {
      if (self->is_log)
        counts.log_writes++;
      else
        counts.database_writes++;
      remember (self, offset, size);
      code = self->real->pMethods->xWrite (self->real, data, size, offset);
    }
  g_mutex_unlock (&mutex);
  return code;
}

static int
file_truncate (sqlite3_file *file,
               sqlite3_int64 size)
{
  TestFile *self = (TestFile *) file;
  sqlite3_int64 old_size = 0;
  int code = SQLITE_FULL;

  g_mutex_lock (&mutex);
  self->real->pMethods->xFileSize (self->real, &old_size);
  if (!refuses (size))
    {
      remember (self, size, MAX (0, old_size - size));
      code = self->real->pMethods->xTruncate (self->real, size);
    }
  g_mutex_unlock (&mutex);
  return code;
}

static int
file_sync (sqlite3_file *file,
           int           flags)
{
  TestFile *self = (TestFile *) file;
  void (*hook) (gpointer data) = NULL;
  gpointer data;
  int code;

  g_mutex_lock (&mutex);
  code = self->real->pMethods->xSync (self->real, flags);
  if (code == SQLITE_OK)
    forget (self->path);
  if (self->is_log)
    counts.log_syncs++;
  else
    counts.database_syncs++;
  if (self->is_log)
    hook = sync_hook;
  data = sync_hook_data;
  g_mutex_unlock (&mutex);
  if (hook != NULL)
    hook (data);
  return code;
}

static int
file_size (sqlite3_file  *file,
           sqlite3_int64 *ret_size)
{
  return real_of (file)->pMethods->xFileSize (real_of (file), ret_size);
}

static int
file_lock (sqlite3_file *file,
           int           lock)
{
  return real_of (file)->pMethods->xLock (real_of (file), lock);
}

static int
file_unlock (sqlite3_file *file,
             int           lock)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), lock);
}

static int
file_check_reserved_lock (sqlite3_file *file,
                          int          *ret_reserved)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), ret_reserved);
}

static int
file_control (sqlite3_file *file,
              int           operation,
              void         *argument)
{
  return real_of (file)->pMethods->xFileControl (real_of (file), operation, argument);
}

static int
file_sector_size (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
file_device_characteristics (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
file_shm_map (sqlite3_file   *file,
              int             region,
              int             size,
              int             extend,
              void volatile **ret_memory)
{
  return real_of (file)->pMethods->xShmMap (real_of (file), region, size, extend, ret_memory);
}

static int
file_shm_lock (sqlite3_file *file,
               int           offset,
               int           n,
               int           flags)
{
  return real_of (file)->pMethods->xShmLock (real_of (file), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
file_shm_unmap (sqlite3_file *file,
                int           delete)
{
  return real_of (file)->pMethods->xShmUnmap (real_of (file), delete);
}

/* Version 2 has shared memory, but not yet the reading through mapped pages that would pass us by.
 */
static const sqlite3_io_methods file_methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *path,
          sqlite3_file *file,
          int           flags,
          int          *ret_flags)
{
  TestFile *self = (TestFile *) file;
  int code;

  memset (self, 0, sizeof *self);
  self->path = path;
  self->is_log = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  self->real = g_malloc0 ((gsize) system_vfs->szOsFile);
  code = system_vfs->xOpen (system_vfs, path, self->real, flags, ret_flags);
  if (code == SQLITE_OK)
    self->base.pMethods = &file_methods;
  else
    g_free (self->real);
  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *path,
            int          sync_folder)
{
  /* what a name was taken from can have it again after a loss of power */
  if (test_disk_is_watching ())
    return test_disk_unlink (path) == 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
  g_mutex_lock (&mutex);
  forget (path);
  g_mutex_unlock (&mutex);
  return system_vfs->xDelete (system_vfs, path, sync_folder);
}

void
test_vfs_register (const char *name,
                   gboolean    make_default)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (name);

  g_mutex_lock (&mutex);
  if (system_vfs == NULL)
    {
      system_vfs = sqlite3_vfs_find (NULL);
      unsynced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unsynced_free);
    }
  if (vfs == NULL)
    {
      /* Everything that is not about a file is the system's own; it lives as long as the process.
       */
      vfs = g_memdup2 (system_vfs, sizeof *system_vfs);
      vfs->zName = g_strdup (name);
      vfs->szOsFile = sizeof (TestFile);
      vfs->xOpen = vfs_open;
      vfs->xDelete = vfs_delete;
    }
  g_mutex_unlock (&mutex);
  sqlite3_vfs_register (vfs, make_default);
}

void
test_vfs_reset (void)
{
  g_mutex_lock (&mutex);
  memset (&counts, 0, sizeof counts);
  fill_after = 0;
  fill_count = 0;
  largest = -1;
  sync_hook = NULL;
  g_mutex_unlock (&mutex);
}

void
test_vfs_get_counts (TestVfsCounts *ret_counts)
{
  g_mutex_lock (&mutex);
  *ret_counts = counts;
  g_mutex_unlock (&mutex);
}

void
test_vfs_fill_disk (guint64 after,
                    guint64 count)
{
  g_mutex_lock (&mutex);
  fill_after = after;
  fill_count = count;
  g_mutex_unlock (&mutex);
}

void
test_vfs_limit_size (gint64 bytes)
{
  g_mutex_lock (&mutex);
  largest = bytes;
  g_mutex_unlock (&mutex);
}

void
test_vfs_set_sync_hook (void   (*hook) (gpointer data),
                        gpointer data)
{
  g_mutex_lock (&mutex);
  sync_hook = hook;
  sync_hook_data = data;
  g_mutex_unlock (&mutex);
}

void
test_vfs_set_seed (guint32 seed)
{
  g_mutex_lock (&mutex);
  power_seed = seed;
  g_mutex_unlock (&mutex);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/* The descriptor stays open: to close it would hand the file to another process before our end. */
static void
lose_from_file (const char *path,
                Unsynced   *state,
                GRand      *rand)
{
  g_autoptr (GList) sectors = NULL;
  struct stat status;
  int fd = open (path, O_RDWR | O_CLOEXEC);
  gint64 size;

  if (fd < 0 || fstat (fd, &status) != 0)
    return;
  size = status.st_size;
  /* A new length is on disk, or not yet, or in part. */
  if (size > state->synced_size)
    size = state->synced_size + (size - state->synced_size) * g_rand_int_range (rand, 0, 5) / 4;
  else if (size < state->synced_size && g_rand_boolean (rand))
    size = state->synced_size;
  size = MAX (size, 0);

  sectors = g_list_sort (g_hash_table_get_keys (state->sectors), compare_numbers);
  for (GList *link = sectors; link != NULL; link = link->next)
    {
      gint64 sector = *(gint64 *) link->data;
      const char *held = g_hash_table_lookup (state->sectors, link->data);
      /* What was cut off and is not cut off on the disk holds what it held. */
      gboolean drops = g_rand_boolean (rand) || sector * SECTOR >= status.st_size;

      if (drops && pwrite (fd, held, SECTOR, sector * SECTOR) != SECTOR)
        g_printerr ("A sector could not be dropped\n");
    }
  if (ftruncate (fd, size) != 0)
    g_printerr ("A file could not be cut off\n");
}

void
test_vfs_lose_power (void)
{
  g_autoptr (GRand) rand = NULL;
  g_autoptr (GList) paths = NULL;

  /* Kept until the end: nobody writes any more. */
  g_mutex_lock (&mutex);
  rand = g_rand_new_with_seed (power_seed);
  paths = g_list_sort (g_hash_table_get_keys (unsynced), (GCompareFunc) strcmp);
  for (GList *link = paths; link != NULL; link = link->next)
    lose_from_file (link->data, g_hash_table_lookup (unsynced, link->data), rand);
}
