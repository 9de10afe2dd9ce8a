/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "helper-process.h"
#include "store-fixture.h"

#include "backup/backup-format-private.h"
#include "backup/backup.h"
#include "store/failpoint.h"
#include "store/store-error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Backups: whole or refused, put in place or not, whatever happens meanwhile. */

#define NOW G_GINT64_CONSTANT (1795729604000)
#define PASSPHRASE "correct horse battery staple"
#define N_PLACES 24 /* where a secret backup is changed, besides its header */

/* Combinations of what a loss of power keeps of four changes of names. */
#define N_KEPT 16

/* Where a restore is ended, in the order in which it comes by. */
static const char *const moments[] = {
  "backup.extract", "store.replace.check", "store.checkpoint.before", "store.replace.aside",
  "store.replace.log", "store.replace.rename", "store.replace.sync",
};

typedef struct
{
  StoreFixture store;
  char *outside; /* a folder beside the profile */
  char *path;    /* the backup */
} Fixture;

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up_folder (&fixture->store, NULL);
  fixture->outside = g_dir_make_tmp ("posture-backup-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->outside, "backup", NULL);
}

/* Of keys that cost little a test can make many. */
static void
set_up_cheap (Fixture      *fixture,
              gconstpointer data)
{
  const BackupCost cheap = { crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN };

  set_up (fixture, data);
  backup_writer_set_cost (&cheap);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  backup_writer_set_cost (NULL);
  store_fixture_tear_down (&fixture->store, NULL);
  dir = g_dir_open (fixture->outside, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->outside, name, NULL);

      /* nothing that was left half done */
      g_assert_cmpstr (name, ==, "backup");
      g_unlink (path);
    }
  g_rmdir (fixture->outside);
  g_free (fixture->outside);
  g_free (fixture->path);
}

static void
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store.store = posture_store_open (fixture->store.folder, note_modules, NULL, &error);
  g_assert_no_error (error);
}

static void
write_notes (Fixture    *fixture,
             const char *kind,
             guint       length)
{
  open_store (fixture);
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u", kind, i);

      g_assert_true (posture_store_write (fixture->store.store, note_work, text, NULL, NULL));
    }
}

static void
create (Fixture    *fixture,
        const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = posture_backup_create (fixture->store.folder, fixture->path, passphrase, NOW,
                                                              /* progress = */ NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (info);
}

static void
restore (Fixture    *fixture,
         const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = posture_backup_restore (fixture->path, passphrase,
                                                               fixture->store.folder, note_modules,
                                                               /* progress = */ NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (info);
}

static void
expect_refused (Fixture    *fixture,
                const char *passphrase,
                GQuark      domain,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = posture_backup_restore (fixture->path, passphrase,
                                                               fixture->store.folder, note_modules,
                                                               /* progress = */ NULL, &error);

  g_assert_null (info);
  g_assert_error (error, domain, code);
}

/* @old notes of the profile itself, or @new of the backup: one of the two, whole and sound. */
static void
expect_notes (Fixture *fixture,
              guint    old,
              guint    new)
{
  gint64 olds, news;

  if (fixture->store.store == NULL)
    open_store (fixture);
  olds = store_number (fixture->store.store, "SELECT count(*) FROM note WHERE text LIKE 'old%'");
  news = store_number (fixture->store.store, "SELECT count(*) FROM note WHERE text LIKE 'new%'");
  g_assert_cmpint (olds, ==, old);
  g_assert_cmpint (news, ==, new);
}

/* Makes a backup of three new notes, and a profile with five old ones. */
static void
make_both (Fixture    *fixture,
           const char *passphrase)
{
  write_notes (fixture, "new", 3);
  create (fixture, passphrase);
  store_run (fixture->store.store, "DELETE FROM note");
  store_fixture_close (&fixture->store);
  write_notes (fixture, "old", 5);
  store_fixture_close (&fixture->store);
}

static void
test_there_and_back (Fixture      *fixture,
                     gconstpointer passphrase)
{
  g_autoptr (PostureBackupInfo) info = NULL;
  g_autofree char *copy = g_build_filename (fixture->store.folder, "posture.db.before-update", NULL);
  struct stat status;

  make_both (fixture, passphrase);
  info = posture_backup_check (fixture->path, passphrase, NULL, NULL);
  g_assert_nonnull (info);
  g_assert_cmpint (info->created, ==, NOW);
  g_assert_cmpstr (info->program, ==, POSTURE_VERSION);
  g_assert_cmpint (info->secret, ==, passphrase != NULL);
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  restore (fixture, passphrase);
  expect_notes (fixture, 0, 3);
  /* what was there before is beside it, until something is deleted */
  g_assert_cmpint (file_size (copy), >, 0);
  g_assert_true (posture_store_discard_copies (fixture->store.store, NULL));
  g_assert_cmpint (file_size (copy), ==, 0);
}

/* What it takes to try a passphrase: two passes over 64 MiB, as libsodium advises where somebody waits. */
static void
test_cost (Fixture      *fixture,
           gconstpointer data)
{
  const gsize place = BACKUP_MAGIC_LENGTH + 1;
  g_autoptr (GBytes) bytes = NULL;
  guint64 cost[2];

  write_notes (fixture, "new", 1);
  create (fixture, PASSPHRASE);
  bytes = read_outside (fixture->path);
  memcpy (cost, (const char *) g_bytes_get_data (bytes, NULL) + place, sizeof cost);
  g_assert_cmpuint (GUINT64_FROM_LE (cost[0]), ==, 2);
  g_assert_cmpuint (GUINT64_FROM_LE (cost[1]), ==, 64 * 1024 * 1024);
}

/* Where a backup cannot be written or read it says which file, and why. */
static void
test_no_file (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->outside, "no", "folder", NULL);
  g_autoptr (GError) error = NULL;

  write_notes (fixture, "new", 1);
  g_assert_null (posture_backup_create (fixture->store.folder, path, NULL, NOW, NULL, &error));
  g_assert_error (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_FILE);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_clear_error (&error);
  g_assert_null (posture_backup_check (path, NULL, NULL, &error));
  g_assert_error (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_FILE);
}

static void
expect_no_place (Fixture    *fixture,
                 const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (posture_backup_create (fixture->store.folder, path, NULL, NOW, NULL, &error));
  g_assert_error (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_FILE);
}

/* What is no plain file is left alone, and so are a link to itself and the files of the profile. */
static void
test_no_place (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (fixture->outside, "pipe", NULL);
  g_autofree char *link = g_build_filename (fixture->outside, "link", NULL);
  g_autofree char *own = g_build_filename (fixture->store.folder, "posture.db", NULL);
  GStatBuf status;

  write_notes (fixture, "new", 1);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  expect_no_place (fixture, pipe);
  g_assert_cmpint (g_stat (pipe, &status), ==, 0);
  g_assert_true (S_ISFIFO (status.st_mode));
  g_assert_cmpint (symlink ("link", link), ==, 0);
  expect_no_place (fixture, link);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  expect_no_place (fixture, own);
  expect_notes (fixture, 0, 1);
  g_unlink (pipe);
  g_unlink (link);
}

/* The file that a link leads to is replaced, not the link. */
static void
test_link (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->outside, "file", NULL);
  g_autofree char *link = g_build_filename (fixture->outside, "link", NULL);
  g_autoptr (PostureBackupInfo) made = NULL;
  g_autoptr (PostureBackupInfo) found = NULL;
  g_autoptr (GError) error = NULL;

  write_notes (fixture, "new", 1);
  g_assert_true (g_file_set_contents (file, "old", -1, NULL));
  g_assert_cmpint (symlink ("file", link), ==, 0);
  made = posture_backup_create (fixture->store.folder, link, NULL, NOW, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  found = posture_backup_check (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_unlink (link);
  g_unlink (file);
}

/* A file that cannot be set aside, because something stands in its way: nothing is changed. */
static void
test_in_the_way (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->store.folder, "posture.db.before-update", NULL);

  make_both (fixture, NULL);
  g_assert_cmpint (g_mkdir (copy, 0700), ==, 0);
  expect_refused (fixture, NULL, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED);
  expect_notes (fixture, 5, 0);
  store_fixture_close (&fixture->store);
  g_assert_cmpint (g_rmdir (copy), ==, 0);
  restore (fixture, NULL);
  expect_notes (fixture, 0, 3);
}

/* The last commit, which is in the log alone, is in the backup; nothing of the text of a secret one. */
static void
test_while_open (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (GBytes) plain = NULL, secret = NULL;

  write_notes (fixture, "new", 3);
  create (fixture, NULL);
  plain = read_outside (fixture->path);
  g_assert_true (contains (plain, "new 2"));
  create (fixture, PASSPHRASE);
  secret = read_outside (fixture->path);
  g_assert_false (contains (secret, "new 2"));
  g_assert_false (contains (secret, "SQLite"));
  expect_refused (fixture, PASSPHRASE, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_BUSY);
  expect_notes (fixture, 0, 3);
}

static void
test_empty_folder (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (posture_backup_create (fixture->store.folder, fixture->path, NULL, NOW, NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN);
  make_both (fixture, NULL);
  g_unlink (fixture->store.file);
  restore (fixture, NULL);
  expect_notes (fixture, 0, 3);
}

static void
test_passphrases (Fixture      *fixture,
                  gconstpointer data)
{
  make_both (fixture, PASSPHRASE);
  expect_refused (fixture, NULL, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_PASSPHRASE);
  expect_refused (fixture, "another", POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_PASSPHRASE);
  create (fixture, NULL);
  expect_refused (fixture, PASSPHRASE, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_PASSPHRASE);
  expect_notes (fixture, 5, 0);
}

static void
write_file (Fixture      *fixture,
            const guint8 *data,
            gsize         length)
{
  int fd = g_open (fixture->path, O_WRONLY | O_TRUNC, 0);

  g_assert_cmpint (write (fd, data, length), ==, (gssize) length);
  close (fd);
}

static void
assert_refused (Fixture    *fixture,
                const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = posture_backup_check (fixture->path, passphrase, NULL, &error);

  g_assert_null (info);
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, POSTURE_BACKUP_ERROR);
}

/* Every byte of a plain backup changed, and every length cut. */
static void
test_every_byte (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *copy = NULL;
  gsize length;
  int fd;

  make_both (fixture, NULL);
  bytes = read_outside (fixture->path);
  copy = g_memdup2 (g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
  fd = g_open (fixture->path, O_WRONLY, 0);
  for (gsize i = 0; i < length; i++)
    {
      guint8 changed = copy[i] ^ (guint8) (1 << i % 8);

      g_assert_cmpint (pwrite (fd, &changed, 1, (off_t) i), ==, 1);
      assert_refused (fixture, NULL);
      g_assert_cmpint (pwrite (fd, &copy[i], 1, (off_t) i), ==, 1);
    }
  for (gsize i = length; i-- > 0;)
    {
      g_assert_cmpint (ftruncate (fd, (off_t) i), ==, 0);
      assert_refused (fixture, NULL);
    }
  close (fd);
  write_file (fixture, copy, length);
  fd = g_open (fixture->path, O_WRONLY | O_APPEND, 0);
  g_assert_cmpint (write (fd, "", 1), ==, 1);
  close (fd);
  assert_refused (fixture, NULL);
  expect_refused (fixture, NULL, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_DAMAGED);
  write_file (fixture, copy, length);
  restore (fixture, NULL);
  expect_notes (fixture, 0, 3);
}

/* Of a secret one the key takes its time: its salt and the stream's header, and places all over it. */
static void
test_secret_bytes (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *copy = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  gsize length;
  int fd;

  make_both (fixture, PASSPHRASE);
  bytes = read_outside (fixture->path);
  copy = g_memdup2 (g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
  fd = g_open (fixture->path, O_WRONLY, 0);
  for (guint i = 0; i < 73 + N_PLACES; i++)
    {
      gsize place = i < 73 ? i : (gsize) g_rand_int_range (rand, 73, (int) length);
      guint8 changed = copy[place] ^ (guint8) (1 << i % 8);

      g_assert_cmpint (pwrite (fd, &changed, 1, (off_t) place), ==, 1);
      assert_refused (fixture, PASSPHRASE);
      g_assert_cmpint (pwrite (fd, &copy[place], 1, (off_t) place), ==, 1);
    }
  for (guint i = 0; i < N_PLACES / 2; i++)
    {
      write_file (fixture, copy, i == 0 ? length - 1 : (gsize) g_rand_int_range (rand, 0, (int) length));
      assert_refused (fixture, PASSPHRASE);
    }
  close (fd);
  write_file (fixture, copy, length);
  restore (fixture, PASSPHRASE);
  expect_notes (fixture, 0, 3);
}

static void
test_full (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_both (fixture, NULL);
  if (!arm ("backup.write:2=full"))
    return;
  g_assert_null (posture_backup_create (fixture->store.folder, fixture->path, NULL, NOW, NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL);
  g_clear_error (&error);
  arm ("backup.rename=error");
  g_assert_null (posture_backup_create (fixture->store.folder, fixture->path, NULL, NOW, NULL, &error));
  g_assert_nonnull (error);
  /* the backup that was there is as it was */
  arm ("backup.extract=full");
  expect_refused (fixture, NULL, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL);
  expect_notes (fixture, 5, 0);
  store_fixture_close (&fixture->store);
  restore (fixture, NULL);
  expect_notes (fixture, 0, 3);
}

static void
test_newer (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const none[] = { NULL };
  const PostureStoreModule older = { "note", none };
  const PostureStoreModule *const modules[] = { &older, NULL };
  g_autoptr (GError) error = NULL;

  make_both (fixture, NULL);
  g_assert_null (posture_backup_restore (fixture->path, NULL, fixture->store.folder, modules, NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_NEWER);
  expect_notes (fixture, 5, 0);
}

/* What cannot be done is told, also where the backup may be in place already and only that it stays there is in
 * doubt; the notes are whole. */
static void
test_failing (Fixture      *fixture,
              gconstpointer data)
{
#if !POSTURE_FAILPOINTS
  g_test_skip ("This build has no failpoints");
#else
  const char *const steps[] = { "backup.extract", "store.replace.check", "store.replace.rename", "store.replace.sync" };

  make_both (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *setting = g_strconcat (steps[i], "=error", NULL);
      gboolean in_place = i + 1 == G_N_ELEMENTS (steps);
      g_autoptr (PostureBackupInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      posture_failpoint_arm (setting);
      info = posture_backup_restore (fixture->path, NULL, fixture->store.folder, note_modules, NULL, &error);
      posture_failpoint_arm (NULL);
      g_assert_null (info);
      g_assert_nonnull (error);
      expect_notes (fixture, in_place ? 0 : 5, in_place ? 3 : 0);
      store_fixture_close (&fixture->store);
    }
#endif
}

/* What is damaged gives no backup, and is replaced by one. */
static void
test_damaged (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_both (fixture, NULL);
  g_file_set_contents (fixture->store.file, "this is no database, as far as anybody can see", -1, NULL);
  g_file_set_contents (fixture->store.log, "nor is this a log", -1, NULL);
  g_assert_null (posture_backup_create (fixture->store.folder, fixture->path, NULL, NOW, NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CORRUPT);
  restore (fixture, NULL);
  expect_notes (fixture, 0, 3);
}

/* Stops the work at a step, from 1. */
typedef struct
{
  GCancellable *cancellable;
  guint wait;
  double done;
} Stop;

static void
stop_cb (double   done,
         gpointer data)
{
  Stop *stop = data;

  g_assert_cmpfloat (done, >=, stop->done);
  g_assert_cmpfloat (done, <=, 1);
  stop->done = done;
  if (stop->wait > 0 && --stop->wait == 0)
    g_cancellable_cancel (stop->cancellable);
}

/* Stopped at any step, a restore or a backup leaves all as it was; when the end has been told it is too late. */
static void
test_stopped (Fixture      *fixture,
              gconstpointer data)
{
  gboolean restores = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) before = NULL;
  guint n_stopped = 0;

  make_both (fixture, NULL);
  before = read_outside (fixture->path);
  for (guint i = 1;; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Stop stop = { cancellable, i };
      const PostureProgress progress = { cancellable, stop_cb, &stop, 0, 1 };
      g_autoptr (PostureBackupInfo) info = NULL;
      g_autoptr (GBytes) after = NULL;
      g_autoptr (GError) error = NULL;

      info = restores ? posture_backup_restore (fixture->path, NULL, fixture->store.folder, note_modules, &progress,
                                                &error)
                      : posture_backup_create (fixture->store.folder, fixture->path, NULL, NOW, &progress, &error);
      after = read_outside (fixture->path);
      if (info != NULL)
        {
          g_assert_cmpfloat (stop.done, ==, 1);
          g_assert_true (g_cancellable_is_cancelled (cancellable));
          g_assert_true (g_bytes_equal (before, after) == restores);
          expect_notes (fixture, restores ? 0 : 5, restores ? 3 : 0);
          break;
        }
      n_stopped++;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpfloat (stop.done, <, 1);
      g_assert_true (g_bytes_equal (before, after));
      expect_notes (fixture, 5, 0);
      store_fixture_close (&fixture->store);
    }
  /* in reading, and before and after what was read is checked; in copying, writing and reading back */
  g_assert_cmpuint (n_stopped, >=, 3);
}

/* Makes a backup of three notes, and has the profile open with five others. Each takes a page, and only the last
 * is in the log: with the log of the one in the database of the other neither would be whole. */
static void
make_both_open (Fixture *fixture)
{
  g_autofree char *page = g_strnfill (3000, '.');
  g_autofree char *new = g_strconcat ("new ", page, NULL);
  g_autofree char *old = g_strconcat ("old ", page, NULL);
  g_autofree char *last = g_strconcat ("old, the last ", page, NULL);

  write_notes (fixture, new, 3);
  create (fixture, NULL);
  store_run (fixture->store.store, "DELETE FROM note");
  store_fixture_close (&fixture->store);
  write_notes (fixture, old, 4);
  store_fixture_close (&fixture->store);
  write_notes (fixture, last, 1);
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autoptr (GBytes) bytes = read_outside (from);

  g_file_set_contents (to, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL);
}

/* Has another process put the backup in the place of a copy of the profile, as a process that was killed leaves
 * one, and waits for its end. Gives whether the profile has the backup's notes after it; in any case it has all
 * of one kind and none of the other, and is sound. */
static gboolean
restore_in_process (Fixture           *fixture,
                    const char        *failpoint,
                    const char *const *arguments)
{
  Fixture other = { { 0 } };
  const char *const environment[] = { "POSTURE_FAILPOINT", failpoint, NULL };
  g_autoptr (HelperProcess) process = NULL;
  gboolean restored;

  set_up (&other, NULL);
  copy_file (fixture->store.file, other.store.file);
  copy_file (fixture->store.log, other.store.log);
  process = helper_process_new_with (other.store.folder, environment, arguments);
  g_assert_cmpint (helper_process_wait (process), ==, -SIGKILL);
  open_store (&other);
  restored = store_number (other.store.store, "SELECT count(*) FROM note WHERE text LIKE 'new%'") > 0;
  expect_notes (&other, restored ? 0 : 5, restored ? 3 : 0);
  g_assert_cmpint (store_number (other.store.store,
                                 "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
                   ==, 0);
  store_fixture_close (&other.store);
  tear_down (&other, NULL);
  return restored;
}

/* Whatever the moment of the end, all of the old notes are there or all of the backup. */
static void
test_killed (Fixture      *fixture,
             gconstpointer data)
{
  guint n_new = 0;

#if !POSTURE_FAILPOINTS
  g_test_skip ("This build has no failpoints");
  return;
#endif
  make_both_open (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      const char *const arguments[] = { "restore", fixture->path, NULL };
      g_autofree char *setting = g_strconcat (moments[i], "=kill", NULL);

      g_test_message ("%s", setting);
      n_new += restore_in_process (fixture, setting, arguments);
    }
  /* the last moment is the one behind the step */
  g_assert_cmpuint (n_new, ==, 1);
}

/* The same when the power goes, whichever of the changes that were not synced are on the disk then. What was
 * told to be in place is. */
static void
test_power_loss (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *hidden = g_build_filename (fixture->outside, "hidden", NULL);

#if !POSTURE_FAILPOINTS
  g_test_skip ("This build has no failpoints");
  return;
#endif
  make_both_open (fixture);
  for (guint i = 0; i <= G_N_ELEMENTS (moments); i++)
    for (guint kept = 0; kept < N_KEPT; kept++)
      {
        gboolean ends = i == G_N_ELEMENTS (moments);
        g_autofree char *setting = ends ? g_strdup ("") : g_strconcat (moments[i], "=power-loss", NULL);
        g_autofree char *number = g_strdup_printf ("%u", kept);
        const char *const arguments[] = { "restore", fixture->path, hidden, number, NULL };
        gboolean restored;

        g_test_message ("%s, keeping %u", ends ? "when it is done" : setting, kept);
        g_assert_cmpint (g_mkdir (hidden, 0700), ==, 0);
        restored = restore_in_process (fixture, setting, arguments);
        g_assert_true (restored || !ends);
        remove_folder (hidden);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) g_test_add ("/backup/" name, Fixture, data, set_up, func, tear_down)
#define ADD_CHEAP(name, data, func) g_test_add ("/backup/" name, Fixture, data, set_up_cheap, func, tear_down)
  ADD ("there-and-back/plain", NULL, test_there_and_back);
  ADD ("there-and-back/secret", PASSPHRASE, test_there_and_back);
  ADD ("cost", NULL, test_cost);
  ADD ("no-file", NULL, test_no_file);
  ADD ("no-place", NULL, test_no_place);
  ADD ("link", NULL, test_link);
  ADD ("in-the-way", NULL, test_in_the_way);
  ADD_CHEAP ("while-open", NULL, test_while_open);
  ADD ("empty-folder", NULL, test_empty_folder);
  ADD_CHEAP ("passphrases", NULL, test_passphrases);
  ADD ("every-byte", NULL, test_every_byte);
  ADD_CHEAP ("secret-bytes", NULL, test_secret_bytes);
  ADD ("full", NULL, test_full);
  ADD ("newer", NULL, test_newer);
  ADD ("failing", NULL, test_failing);
  ADD ("damaged", NULL, test_damaged);
  ADD ("stopped/create", GINT_TO_POINTER (FALSE), test_stopped);
  ADD ("stopped/restore", GINT_TO_POINTER (TRUE), test_stopped);
  ADD ("killed", NULL, test_killed);
  ADD ("power-loss", NULL, test_power_loss);
#undef ADD
  return g_test_run ();
}
