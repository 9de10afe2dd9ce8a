/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include "store/connection-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Two modules, in two versions of the program. The second knows one table more of each, and moves
 * what the first has written. */
static const char *const old_a[] = { "CREATE TABLE a_one (x TEXT) STRICT", NULL };
static const char *const old_b[] = { "CREATE TABLE b_one (x TEXT) STRICT", NULL };
static const char *const new_a[] = {
  "CREATE TABLE a_one (x TEXT) STRICT",
  "CREATE TABLE a_two (x TEXT) STRICT; INSERT INTO a_two SELECT x || '!' FROM a_one; DROP TABLE "
  "a_one",
  "ALTER TABLE a_two ADD COLUMN y TEXT",
  NULL,
};
/* It stands on what the first module has done. */
static const char *const new_b[] = {
  "CREATE TABLE b_one (x TEXT) STRICT",
  "INSERT INTO b_one SELECT x || coalesce (y, '?') FROM a_two",
  NULL,
};
static const char *const bad_b[] = {
  "CREATE TABLE b_one (x TEXT) STRICT",
  "INSERT INTO nothing VALUES (1)",
  NULL,
};

static const PostureStoreModule module_old_a = { "a", old_a };
static const PostureStoreModule module_old_b = { "b", old_b };
static const PostureStoreModule module_new_a = { "a", new_a };
static const PostureStoreModule module_new_b = { "b", new_b };
static const PostureStoreModule module_bad_b = { "b", bad_b };
static const PostureStoreModule *const old_modules[] = { &module_old_a, &module_old_b, NULL };
static const PostureStoreModule *const new_modules[] = { &module_new_a, &module_new_b, NULL };
static const PostureStoreModule *const bad_modules[] = { &module_new_a, &module_bad_b, NULL };

static void
open_with (StoreFixture                    *fixture,
           const PostureStoreModule *const *modules)
{
  g_autoptr (GError) error = NULL;

  store_fixture_close (fixture);
  fixture->store = posture_store_open (fixture->folder, modules, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->store);
}

static void
assert_refused (const char                      *folder,
                const PostureStoreModule *const *modules,
                PostureStoreError                code)
{
  g_autoptr (GError) error = NULL;
  PostureStore *store = posture_store_open (folder, modules, NULL, &error);

  g_assert_error (error, POSTURE_STORE_ERROR, (int) code);
  g_assert_null (store);
  g_assert_cmpuint (g_utf8_strlen (error->message, -1), >, 20);
}

static guint
get_mode (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_mode & 0777;
}

static void
test_new (StoreFixture *fixture,
          gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "deep", "profile", NULL);
  g_autofree char *file = g_build_filename (folder, "posture.db", NULL);
  g_autofree char *log = g_strconcat (file, "-wal", NULL);
  g_autofree char *lock = g_build_filename (folder, "profile.lock", NULL);
  g_autoptr (GError) error = NULL;
  mode_t mask = umask (0);
  PostureStore *store = posture_store_open (folder, note_modules, NULL, &error);

  umask (mask);
  g_assert_no_error (error);
  g_assert_cmpuint (get_mode (folder), ==, 0700);
  g_assert_cmpuint (get_mode (file), ==, 0600);
  g_assert_cmpuint (get_mode (log), ==, 0600);
  g_assert_cmpuint (get_mode (lock), ==, 0600);
  g_assert_cmpstr (posture_store_get_folder (store), ==, folder);
  g_assert_false (posture_store_was_unclean (store));
  g_assert_cmpint (store_number (store, "SELECT version FROM schema WHERE module = 'note'"), ==, 1);
  g_assert_cmpint (store_number (store, "PRAGMA foreign_keys"), ==, 1);
  posture_store_close (store);
  g_object_unref (store);
}

static void
test_migrate (StoreFixture *fixture,
              gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "posture.db.before-update", NULL);
  g_autofree char *copy_folder = g_build_filename (fixture->folder, "copy", NULL);
  g_autofree char *copy_file = g_build_filename (copy_folder, "posture.db", NULL);
  g_autoptr (GError) error = NULL;
  mode_t mask;

  open_with (fixture, old_modules);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  store_run (fixture->store, "INSERT INTO a_one VALUES ('row')");
  /* The same program again: nothing to do. */
  open_with (fixture, old_modules);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));

  mask = umask (0);
  open_with (fixture, new_modules);
  umask (mask);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM a_two WHERE x = 'row!'"), ==,
                   1);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM b_one WHERE x = 'row!?'"),
                   ==, 1);
  g_assert_cmpint (store_number (fixture->store, "SELECT version FROM schema WHERE module = 'a'"),
                   ==, 3);
  g_assert_cmpint (store_number (fixture->store, "SELECT version FROM schema WHERE module = 'b'"),
                   ==, 2);

  /* What was set aside is whole, and private: the old program can go on with it. */
  g_assert_cmpuint (get_mode (copy), ==, 0600);
  g_mkdir (copy_folder, 0700);
  g_assert_cmpint (link (copy, copy_file), ==, 0);
  {
    PostureStore *store = posture_store_open (copy_folder, old_modules, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpint (store_number (store, "SELECT count(*) FROM a_one WHERE x = 'row'"), ==, 1);
    posture_store_close (store);
    g_object_unref (store);
  }

  g_assert_true (posture_store_discard_copies (fixture->store, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_true (posture_store_discard_copies (fixture->store, &error));
  g_assert_no_error (error);
}

/* An interrupted copy holds data, too. */
static void
test_discard (StoreFixture *fixture,
              gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "posture.db.before-update", NULL);
  g_autofree char *unfinished = g_strconcat (copy, ".unfinished", NULL);
  g_autoptr (GError) error = NULL;

  open_with (fixture, old_modules);
  g_assert_true (g_file_set_contents (unfinished, "data", -1, NULL));
  g_assert_true (posture_store_discard_copies (fixture->store, &error));
  g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_mkdir (copy, 0700), ==, 0);
  g_assert_false (posture_store_discard_copies (fixture->store, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_READ_ONLY);
}

static void
assert_old_state (StoreFixture *fixture)
{
  open_with (fixture, old_modules);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM a_one WHERE x = 'row'"), ==,
                   1);
  g_assert_cmpint (store_number (fixture->store, "SELECT sum (version) FROM schema"), ==, 2);
  g_assert_cmpint (
      store_number (fixture->store, "SELECT count(*) FROM sqlite_schema WHERE name = 'a_two'"), ==,
      0);
  store_fixture_close (fixture);
}

static void
test_migration_fails (StoreFixture *fixture,
                      gconstpointer data)
{
  static const struct
  {
    const char *setting;
    PostureStoreError code;
  } cases[] = {
    { "store.migrate.step=error", POSTURE_STORE_ERROR_FAILED },
    { "store.migrate.step:3=full", POSTURE_STORE_ERROR_FULL },
    { "store.migrate.commit=error", POSTURE_STORE_ERROR_FAILED },
    { "store.copy.before=full", POSTURE_STORE_ERROR_FULL },
    { "store.copy.rename=error", POSTURE_STORE_ERROR_FAILED },
    { "sql.insert.schema:2=full", POSTURE_STORE_ERROR_FULL },
  };
  g_autofree char *copy = g_build_filename (fixture->folder, "posture.db.before-update", NULL);
  g_autofree char *unfinished = g_strconcat (copy, ".unfinished", NULL);

  open_with (fixture, old_modules);
  store_run (fixture->store, "INSERT INTO a_one VALUES ('row')");
  store_fixture_close (fixture);
  /* The last step of the last module takes back all of them. */
  assert_refused (fixture->folder, bad_modules, POSTURE_STORE_ERROR_FAILED);
  assert_old_state (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (!arm (cases[i].setting))
        return;
      assert_refused (fixture->folder, new_modules, cases[i].code);
      g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
      assert_old_state (fixture);
    }
  open_with (fixture, new_modules);
}

/* Something stands where the copy is to be written: no copy, no update. */
static void
test_copy_fails (StoreFixture *fixture,
                 gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "posture.db.before-update", NULL);
  g_autofree char *unfinished = g_strconcat (copy, ".unfinished", NULL);

  open_with (fixture, old_modules);
  store_run (fixture->store, "INSERT INTO a_one VALUES ('row')");
  store_fixture_close (fixture);

  g_assert_cmpint (g_mkdir (unfinished, 0700), ==, 0);
  assert_refused (fixture->folder, new_modules, POSTURE_STORE_ERROR_FAILED);
  assert_old_state (fixture);
  g_assert_cmpint (g_rmdir (unfinished), ==, 0);

  g_assert_cmpint (g_mkdir (copy, 0700), ==, 0);
  assert_refused (fixture->folder, new_modules, POSTURE_STORE_ERROR_FAILED);
  assert_old_state (fixture);
  g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (copy), ==, 0);
  open_with (fixture, new_modules);
}

/* Refused, and not a byte of it is changed. */
static void
assert_left_alone (StoreFixture                    *fixture,
                   const PostureStoreModule *const *modules,
                   PostureStoreError                code)
{
  g_autoptr (GBytes) before = read_outside (fixture->file);
  g_autoptr (GBytes) after = NULL;

  assert_refused (fixture->folder, modules, code);
  after = read_outside (fixture->file);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_newer (StoreFixture *fixture,
            gconstpointer data)
{
  open_with (fixture, new_modules);
  store_fixture_close (fixture);
  assert_left_alone (fixture, old_modules, POSTURE_STORE_ERROR_NEWER);
  open_with (fixture, new_modules);
}

static void
set_contents (StoreFixture *fixture,
              const char   *contents,
              gssize        length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->file, contents, length, &error);
  g_assert_no_error (error);
}

static void
test_garbage (StoreFixture *fixture,
              gconstpointer data)
{
  char garbage[5000];

  for (guint i = 0; i < sizeof garbage; i++)
    garbage[i] = (char) g_test_rand_int ();
  set_contents (fixture, garbage, sizeof garbage);
  assert_left_alone (fixture, note_modules, POSTURE_STORE_ERROR_CORRUPT);
  set_contents (fixture, "a letter, not a database", -1);
  assert_left_alone (fixture, note_modules, POSTURE_STORE_ERROR_CORRUPT);
}

static void
test_damaged_header (StoreFixture *fixture,
                     gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  open_with (fixture, note_modules);
  store_fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->file, &contents, &length, NULL));
  memset (contents, 0x55, 100);
  set_contents (fixture, contents, (gssize) length);
  assert_left_alone (fixture, note_modules, POSTURE_STORE_ERROR_CORRUPT);
}

static void
run_sql (StoreFixture *fixture,
         const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_NONE, &error, g_test_get_filename (G_TEST_BUILT, "store-helper", NULL),
      fixture->folder, "sql", sql, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
test_foreign (StoreFixture *fixture,
              gconstpointer data)
{
  run_sql (fixture, "CREATE TABLE recipe (x); INSERT INTO recipe VALUES ('soup')");
  assert_left_alone (fixture, note_modules, POSTURE_STORE_ERROR_CORRUPT);
  run_sql (fixture, "DROP TABLE recipe; PRAGMA application_id = 99");
  assert_left_alone (fixture, note_modules, POSTURE_STORE_ERROR_CORRUPT);
}

/* A file that is empty is a new one: a crash right after making it leaves that. */
static void
test_empty (StoreFixture *fixture,
            gconstpointer data)
{
  set_contents (fixture, "", 0);
  open_with (fixture, note_modules);
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('a')");
}

static void
test_no_place (StoreFixture *fixture,
               gconstpointer data)
{
  g_autofree char *below = NULL;

  g_assert_cmpint (g_mkdir (fixture->file, 0700), ==, 0);
  assert_refused (fixture->folder, note_modules, POSTURE_STORE_ERROR_CANNOT_OPEN);
  g_assert_cmpint (g_rmdir (fixture->file), ==, 0);

  /* A link that leads nowhere is not followed to make a file there. */
  g_assert_cmpint (symlink ("nowhere", fixture->file), ==, 0);
  assert_refused (fixture->folder, note_modules, POSTURE_STORE_ERROR_CANNOT_OPEN);
  g_assert_cmpint (g_unlink (fixture->file), ==, 0);

  set_contents (fixture, "", 0);
  below = g_build_filename (fixture->file, "profile", NULL);
  assert_refused (below, note_modules, POSTURE_STORE_ERROR_CANNOT_OPEN);
}

/* The lock's place is taken. */
static void
test_no_lock (StoreFixture *fixture,
              gconstpointer data)
{
  g_autofree char *lock = g_build_filename (fixture->folder, "profile.lock", NULL);

  g_assert_cmpint (g_mkdir (lock, 0700), ==, 0);
  assert_refused (fixture->folder, note_modules, POSTURE_STORE_ERROR_CANNOT_OPEN);
  g_assert_cmpint (g_rmdir (lock), ==, 0);
}

static void
test_no_file_system (StoreFixture *fixture,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (posture_store_open (fixture->folder, note_modules, "no such file system", &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED);
}

static void
test_read_only (StoreFixture *fixture,
                gconstpointer data)
{
  if (geteuid () == 0)
    {
      g_test_skip ("The superuser may write everywhere");
      return;
    }
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  assert_refused (fixture->folder, note_modules, POSTURE_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
  open_with (fixture, note_modules);
  store_fixture_close (fixture);
  g_assert_cmpint (g_chmod (fixture->file, 0400), ==, 0);
  assert_left_alone (fixture, note_modules, POSTURE_STORE_ERROR_READ_ONLY);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  char ***faults = data;
  g_autoptr (GError) error = NULL;

  *faults = posture_store_check_finish (POSTURE_STORE (source), result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*faults);
}

static void
test_damaged_pages (StoreFixture *fixture,
                    gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  open_with (fixture, note_modules);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *sql
          = g_strdup_printf ("INSERT INTO note (text, data) VALUES ('%u', zeroblob (3000))", i);

      store_run (fixture->store, sql);
    }
  store_fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->file, &contents, &length, NULL));

  /* A page in the middle. */
  memset (contents + 10 * 4096, 0x55, 4096);
  set_contents (fixture, contents, (gssize) length);
  open_with (fixture, note_modules);
  for (guint full = 0; full < 2; full++)
    {
      g_auto (GStrv) faults = NULL;

      posture_store_check_async (fixture->store, full, NULL, checked_cb, &faults);
      while (faults == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (g_strv_length (faults), >, 0);
    }
  store_fixture_close (fixture);

  /* Cut off. */
  set_contents (fixture, contents, (gssize) length / 2);
  assert_left_alone (fixture, note_modules, POSTURE_STORE_ERROR_CORRUPT);
}

#define FIXTURE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up_folder, func, store_fixture_tear_down)

/* A file that is no database any more when it is checked is not called sound. */
static void
test_overwritten (StoreFixture *fixture,
                  gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.db", NULL);
  g_autofree char *garbage = g_strnfill (65536, 'x');
  g_autoptr (PostureConnection) connection = NULL;
  g_autoptr (PostureConnection) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) faults = NULL;
  int fd;

  g_assert_cmpint (mknod (path, S_IFREG | 0600, 0), ==, 0);
  connection = posture_connection_open (path, NULL, FALSE, NULL);
  g_assert_true (posture_connection_run (connection, "CREATE TABLE t (a)", NULL));
  g_assert_true (posture_connection_checkpoint (connection, /* truncate = */ TRUE, /* alone = */ TRUE));
  reader = posture_connection_open (path, NULL, TRUE, NULL);
  fd = g_open (path, O_WRONLY, 0);
  g_assert_cmpint (write (fd, garbage, 65536), ==, 65536);
  g_assert_true (posture_connection_run (connection, "PRAGMA shrink_memory", NULL));
  g_assert_true (posture_connection_run (reader, "PRAGMA shrink_memory", NULL));
  faults = posture_connection_check (reader, NULL /* modules */, /* full = */ TRUE, &error);
  g_assert_true (faults == NULL || faults[0] != NULL);
  g_assert_true ((faults == NULL) == (error != NULL));
  close (fd);
}

/* A program that knows the tables as they were has the profile open, and would go on with them. */
static void
test_older_open (StoreFixture *fixture,
                 gconstpointer data)
{
  open_with (fixture, old_modules);
  store_run (fixture->store, "INSERT INTO a_one (x) VALUES ('before')");
  assert_refused (fixture->folder, new_modules, POSTURE_STORE_ERROR_BUSY);
  store_run (fixture->store, "INSERT INTO a_one (x) VALUES ('after')");
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM a_one"), ==, 2);
  /* once it is closed nothing is in the way */
  open_with (fixture, new_modules);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/store/open/new", test_new);
  FIXTURE_TEST ("/store/open/migrate", test_migrate);
  FIXTURE_TEST ("/store/open/discard", test_discard);
  FIXTURE_TEST ("/store/open/migration-fails", test_migration_fails);
  FIXTURE_TEST ("/store/open/copy-fails", test_copy_fails);
  FIXTURE_TEST ("/store/open/newer", test_newer);
  FIXTURE_TEST ("/store/open/older-open", test_older_open);
  FIXTURE_TEST ("/store/open/overwritten", test_overwritten);
  FIXTURE_TEST ("/store/open/garbage", test_garbage);
  FIXTURE_TEST ("/store/open/damaged-header", test_damaged_header);
  FIXTURE_TEST ("/store/open/foreign", test_foreign);
  FIXTURE_TEST ("/store/open/empty", test_empty);
  FIXTURE_TEST ("/store/open/no-place", test_no_place);
  FIXTURE_TEST ("/store/open/no-lock", test_no_lock);
  FIXTURE_TEST ("/store/open/no-file-system", test_no_file_system);
  FIXTURE_TEST ("/store/open/read-only", test_read_only);
  FIXTURE_TEST ("/store/open/damaged-pages", test_damaged_pages);

  return g_test_run ();
}
