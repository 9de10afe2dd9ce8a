/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The other process of the store's tests: store-helper FOLDER COMMAND [ARGUMENT…]. It says on one
 * line each what it has come to, and waits for a line where a test is to decide when it goes on. */

#include "store-fixture.h"

#include "backup/backup.h"
#include "store/failpoint.h"
#include "store/profile-lock.h"
#include "test-disk.h"
#include "test-vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder;

static void
say (const char *text)
{
  puts (text);
  fflush (stdout);
}

/* FALSE: nobody is there any more. */
static gboolean
wait_for_line (void)
{
  char line[16];

  return fgets (line, sizeof line, stdin) != NULL;
}

static PostureStore *
open_store (const char *vfs)
{
  g_autoptr (GError) error = NULL;
  PostureStore *store = posture_store_open (folder, note_modules, vfs, &error);

  if (store == NULL)
    {
      printf ("failed: %s\n", error->message);
      exit (1);
    }
  return store;
}

static int
end_store (PostureStore *store)
{
  posture_store_close (store);
  g_object_unref (store);
  return 0;
}

/* Opens and closes. */
static int
run_open (char **arguments)
{
  return end_store (open_store (NULL));
}

/* Writes the notes ARGUMENT…, and waits for a line before it closes. */
static int
run_write (char **arguments)
{
  PostureStore *store = open_store (NULL);

  for (; *arguments != NULL; arguments++)
    if (!posture_store_write (store, note_work, *arguments, NULL, NULL))
      return 1;
  say ("written");
  wait_for_line ();
  return end_store (store);
}

static gboolean
increment_work (PostureTransaction *transaction,
                gpointer            data,
                GError            **error)
{
  gint64 value = -1;

  return posture_transaction_query_int (transaction, &value, error, "SELECT value FROM counter",
                                        NULL) &&
         posture_transaction_execute (transaction, error, "UPDATE counter SET value = ?1", "i",
                                         value + 1);
}

/* Reads a counter and writes one more, ARGUMENT times. */
static int
run_increment (char **arguments)
{
  PostureStore *store = open_store (NULL);
  guint64 times = g_ascii_strtoull (arguments[0], NULL, 10);

  say ("ready");
  wait_for_line ();
  for (guint64 i = 0; i < times; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!posture_store_write (store, increment_work, NULL, NULL, &error))
        {
          say (error->message);
          return 1;
        }
    }
  return end_store (store);
}

static void
wait_in_sync (gpointer data)
{
  test_vfs_set_sync_hook (NULL, NULL);
  say ("synced");
  wait_for_line ();
}

/* Writes a note and waits for a line between the sync of the log and the end of the commit. */
static int
run_slow (char **arguments)
{
  PostureStore *store = open_store ("test");

  test_vfs_set_sync_hook (wait_in_sync, NULL);
  if (!posture_store_write (store, note_work, arguments[0], NULL, NULL))
    return 1;
  say ("written");
  wait_for_line ();
  return end_store (store);
}

/* Holds the profile's lock until a line comes. */
static int
run_lock (char **arguments)
{
  g_autoptr (PostureProfileLock) lock = posture_profile_lock_new (folder);
  g_autoptr (GError) error = NULL;

  say (posture_profile_lock_try (lock, &error) ? "held" : "refused");
  wait_for_line ();
  posture_profile_lock_release (lock);
  say ("released");
  wait_for_line ();
  return 0;
}

typedef struct
{
  guint number;
  guint seed;
} Row;

/* A row of several pages now and then; the note says its length, so that half a row shows. */
static gboolean
append_work (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  const Row *row = data;
  gsize length = 10 + (row->number * 2654435761u + row->seed) % 9000;
  g_autofree char *text = g_strdup_printf ("%u %" G_GSIZE_FORMAT, row->number, length);
  g_autofree char *content = g_strnfill (length, 'a' + row->number % 26);
  g_autoptr (GBytes) bytes = g_bytes_new (content, length);

  /* So that the log is brought into the file in the middle of it all. */
  if (row->number % 7 == 6)
    posture_transaction_scrub (transaction);
  return posture_transaction_execute (
      transaction, error, "INSERT INTO note (text, data) VALUES (?1, ?2)", "tb", text, bytes);
}

/* Writes ARGUMENT[1] rows with the seed ARGUMENT[0] and says the number of each once it is
 * answered. POSTURE_FAILPOINT says when the power goes. */
static int
run_append (char **arguments)
{
  guint seed = (guint) g_ascii_strtoull (arguments[0], NULL, 10);
  guint64 rows = g_ascii_strtoull (arguments[1], NULL, 10);
  PostureStore *store;

  test_vfs_set_seed (seed);
#if POSTURE_FAILPOINTS
  posture_failpoint_set_power_loss (test_vfs_lose_power);
#endif
  store = open_store ("test");
  for (guint i = 0; i < rows; i++)
    {
      Row row = { i, seed };
      g_autoptr (GError) error = NULL;

      if (!posture_store_write (store, append_work, &row, NULL, &error))
        return 1;
      printf ("%u\n", i);
      fflush (stdout);
    }
  return end_store (store);
}

/* Runs SQL past the store, as a strange program would. */
static int
run_sql (char **arguments)
{
  g_autofree char *path = g_build_filename (folder, "posture.db", NULL);
  sqlite3 *database = NULL;
  int code = sqlite3_open (path, &database);

  if (code == SQLITE_OK)
    code = sqlite3_exec (database, arguments[0], NULL, NULL, NULL);
  sqlite3_close (database);
  return code == SQLITE_OK ? 0 : 1;
}

/* Puts the backup ARGUMENT[0] in the place of the profile; POSTURE_FAILPOINT says when it is killed. With a
 * folder for hidden files and a number in ARGUMENT[1] and [2] the power goes then, or else right after it is
 * done; see test_disk_watch(). */
static int
run_restore (char **arguments)
{
  gboolean watching = arguments[1] != NULL && arguments[2] != NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = NULL;

  if (watching)
    {
      guint32 kept = (guint32) g_ascii_strtoull (arguments[2], NULL, 10);

      test_vfs_register ("test", /* make_default = */ TRUE);
      test_vfs_set_seed (kept);
      test_disk_watch (arguments[1], kept);
#if POSTURE_FAILPOINTS
      posture_failpoint_set_power_loss (test_disk_lose_power);
#endif
    }
  info = posture_backup_restore (arguments[0], NULL /* passphrase */, folder, note_modules, /* progress = */ NULL,
                                 &error);
  printf ("%s\n", info != NULL ? "restored" : error->message);
  fflush (stdout);
  if (info != NULL && watching)
    {
      test_disk_lose_power ();
      raise (SIGKILL);
    }
  return info != NULL ? 0 : 1;
}

static const struct
{
  const char *name;
  int (*run) (char **arguments);
} commands[] = {
  { "open", run_open },
  { "write", run_write },
  { "increment", run_increment },
  { "slow", run_slow },
  { "lock", run_lock },
  { "append", run_append },
  { "restore", run_restore },
  { "sql", run_sql },
};

int
main (int    argc,
      char **argv)
{
  g_return_val_if_fail (argc >= 3, 2);

  folder = argv[1];
  test_vfs_register ("test", /* make_default = */ FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[2], commands[i].name) == 0)
      return commands[i].run (argv + 3);
  return 2;
}
