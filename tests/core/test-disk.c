/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-disk.h"

#include "store/disk.h"
#include "test-vfs.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum
{
  CHANGE_LINK,
  CHANGE_RENAME,
  CHANGE_UNLINK,
} ChangeKind;

/* A change of names that may not be on the disk yet. */
typedef struct
{
  ChangeKind kind;
  char *from;
  char *to;
  char *held_from; /* other names of the files that had them, in the hidden folder; or NULL */
  char *held_to;
} Change;

static const char *hidden_folder;
static guint32 kept_changes;
static guint n_held;
static GArray *changes;
static GHashTable *synced; /* numbers of files whose content is on the disk */
static GPtrArray *torn;    /* names, in the hidden folder, of files that were renamed before that */

/* Gives the file at @path another name, under which it stays when it loses that one. */
static char *
hold (const char *path)
{
  g_autofree char *name = path != NULL ? g_strdup_printf ("%s/%u", hidden_folder, n_held++) : NULL;

  return name != NULL && link (path, name) == 0 ? g_steal_pointer (&name) : NULL;
}

static void
note (ChangeKind  kind,
      const char *from,
      const char *to)
{
  Change change = { kind, g_strdup (from), g_strdup (to), hold (from), hold (to) };

  g_array_append_val (changes, change);
}

static gboolean
is_synced (const char *path)
{
  struct stat status;

  return stat (path, &status) != 0 || g_hash_table_contains (synced, GSIZE_TO_POINTER (status.st_ino));
}

int
test_disk_unlink (const char *path)
{
  if (access (path, F_OK) != 0)
    return -1;
  note (CHANGE_UNLINK, path, /* to = */ NULL);
  return unlink (path);
}

#if POSTURE_FAILPOINTS
static int
watch_link (const char *from,
            const char *to)
{
  if (link (from, to) != 0)
    return -1;
  note (CHANGE_LINK, from, to);
  return 0;
}

static int
watch_rename (const char *from,
              const char *to)
{
  note (CHANGE_RENAME, from, to);
  if (!is_synced (from))
    g_ptr_array_add (torn, hold (from));
  return rename (from, to);
}

static int
watch_sync (int fd)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return -1;
  g_hash_table_add (synced, GSIZE_TO_POINTER (status.st_ino));
  return 0;
}

static int
watch_sync_folder (const char *folder)
{
  g_array_set_size (changes, 0);
  return 0;
}
#endif

static void
undo (const Change *change)
{
  if (change->kind != CHANGE_UNLINK)
    unlink (change->to);
  if (change->held_to != NULL && change->kind == CHANGE_RENAME && link (change->held_to, change->to) != 0)
    g_printerr ("%s could not be taken back\n", change->to);
  if (change->kind != CHANGE_LINK && link (change->held_from, change->from) != 0)
    g_printerr ("%s could not be taken back\n", change->from);
}

/* A change that others depend on can be lost without them: then they have nothing to change. */
static void
redo (const Change *change)
{
  int code = 0;

  switch (change->kind)
    {
    case CHANGE_LINK:
      code = link (change->from, change->to);
      break;
    case CHANGE_RENAME:
      code = rename (change->from, change->to);
      break;
    case CHANGE_UNLINK:
    default:
      code = unlink (change->from);
    }
  if (code != 0 && errno != ENOENT && errno != EEXIST)
    g_printerr ("A change could not be made again\n");
}

void
test_disk_lose_power (void)
{
  for (guint i = changes->len; i-- > 0;)
    undo (&g_array_index (changes, Change, i));
  for (guint i = 0; i < changes->len; i++)
    if ((kept_changes >> i % 32 & 1) != 0)
      redo (&g_array_index (changes, Change, i));
  for (guint i = 0; i < torn->len; i++)
    {
      const char *path = g_ptr_array_index (torn, i);
      struct stat status;

      if (stat (path, &status) == 0 && !is_synced (path) && truncate (path, status.st_size / 2) != 0)
        g_printerr ("A file could not be cut off\n");
    }
  test_vfs_lose_power ();
}

gboolean
test_disk_is_watching (void)
{
  return changes != NULL;
}

void
test_disk_watch (const char *hidden,
                 guint32     kept)
{
#if POSTURE_FAILPOINTS
  static const PostureDiskSteps steps = { watch_link, watch_rename, test_disk_unlink, watch_sync,
                                          watch_sync_folder };

  posture_disk_set_steps (&steps);
#endif
  hidden_folder = hidden;
  kept_changes = kept;
  changes = g_array_new (FALSE, FALSE, sizeof (Change));
  synced = g_hash_table_new (NULL, NULL);
  torn = g_ptr_array_new ();
}
