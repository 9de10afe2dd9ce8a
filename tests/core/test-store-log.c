/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The write-ahead log: how long it grows, and what stays readable in it. */

#include "store-fixture.h"

#include "store/connection-private.h"
#include "store/log-vfs-private.h"

#include <sqlite3.h>
#include <sys/stat.h>

#define SECRET "a word that nobody may read afterwards"

static void
count_answer_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GError) error = NULL;

  posture_store_work_finish (POSTURE_STORE (source), result, &error);
  g_assert_no_error (error);
  ++*(guint *) data;
}

/* Reads that take turns, so that one has always begun before the other ends. */
typedef struct
{
  StoreFixture *fixture;
  gint begun;
  guint under_way;
  gboolean stopped;
} Turns;

static gboolean
turn_work (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Turns *turns = data;
  gint64 count, deadline = g_get_monotonic_time () + 5 * G_TIME_SPAN_MILLISECOND;
  gint turn;

  if (!posture_transaction_query_int (transaction, &count, error, "SELECT count(*) FROM note", NULL))
    return FALSE;
  turn = g_atomic_int_add (&turns->begun, 1) + 1;
  /* not for ever: the other one may have to wait until this one ends */
  while (g_atomic_int_get (&turns->begun) == turn && g_get_monotonic_time () < deadline)
    g_thread_yield ();
  return TRUE;
}

static void
turn_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Turns *turns = data;

  g_assert_nonnull (posture_store_work_finish (POSTURE_STORE (source), result, NULL));
  if (turns->stopped)
    turns->under_way--;
  else
    posture_store_read_async (turns->fixture->store, turn_work, turns, NULL, NULL, turn_cb, turns);
}

/* Many small writes without a pause: the log is brought into the file on the way, also while somebody always
 * reads. */
static void
test_bounded (StoreFixture *fixture,
              gconstpointer data)
{
  Turns turns = { .fixture = fixture };
  const guint n = 20000;
  guint answers = 0;
  gint64 longest = 0;

  store_run (fixture->store, "CREATE TABLE small (id INTEGER PRIMARY KEY, data BLOB)");
  for (; data != NULL && turns.under_way < 2; turns.under_way++)
    posture_store_read_async (fixture->store, turn_work, &turns, NULL, NULL, turn_cb, &turns);
  for (guint i = 0; i < n; i++)
    posture_store_write_async (fixture->store, sql_work,
                               (gpointer) "INSERT INTO small (data) VALUES (zeroblob (1500))", NULL,
                               NULL, count_answer_cb, &answers);
  while (answers < n)
    {
      g_main_context_iteration (NULL, TRUE);
      longest = MAX (longest, file_size (fixture->log));
    }
  turns.stopped = TRUE;
  while (turns.under_way > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM small"), ==, n);
  /* 4,000 pages and what one transaction more holds; all together were 30 MB. */
  g_assert_cmpint (longest, <, 20000000);
  g_assert_cmpint (file_size (fixture->file), >, 20000000);
}

/* When nobody waits, it is brought into the file sooner. */
static void
test_idle (StoreFixture *fixture,
           gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *sql
          = g_strdup_printf ("INSERT INTO note (text, data) VALUES ('%u', zeroblob (1000000))", i);

      store_run (fixture->store, sql);
    }
  while (file_size (fixture->file) < 4000000)
    g_thread_yield ();
  /* A checkpoint may still be on its way. */
  while (posture_store_get_size (fixture->store) !=
         (guint64) (file_size (fixture->file) + file_size (fixture->log)))
    g_thread_yield ();
  g_assert_cmpuint (posture_store_get_size (fixture->store), >, 5000000);
}

static gboolean
scrub_work (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  posture_transaction_scrub (transaction);
  return posture_transaction_execute (transaction, error,
                                      "DELETE FROM note WHERE text LIKE 'secret%'", NULL);
}

static gboolean
secret_work (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  g_autoptr (GString) text = g_string_new ("secret ");

  /* On pages of its own, and in an index. */
  for (guint i = 0; i < 500; i++)
    g_string_append (text, SECRET " ");
  return posture_transaction_execute (transaction, error,
                                      "INSERT INTO note (text) VALUES (?1), ('b')", "t", text->str);
}

static gboolean
is_readable (StoreFixture *fixture)
{
  g_autoptr (GBytes) file = read_outside (fixture->file);
  g_autoptr (GBytes) log = read_outside (fixture->log);

  return contains (file, SECRET) || contains (log, SECRET);
}

static void
write_secret (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('a')");
  posture_store_write (fixture->store, secret_work, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_readable (fixture));
}

static void
test_scrub (StoreFixture *fixture,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_secret (fixture);
  posture_store_write (fixture->store, scrub_work, NULL, NULL, &error);
  g_assert_no_error (error);
  /* The log is emptied after the answer, and before the next. */
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('c')");
  g_assert_false (is_readable (fixture));
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 3);
}

/* Without that the log keeps it: the test above can fail. */
static void
test_no_scrub (StoreFixture *fixture,
               gconstpointer data)
{
  write_secret (fixture);
  store_run (fixture->store, "DELETE FROM note WHERE text LIKE 'secret%'");
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('c')");
  g_assert_true (is_readable (fixture));
  /* In the file it is overwritten all the same. */
  store_fixture_close (fixture);
  g_assert_false (is_readable (fixture));
}

static gboolean
hold_snapshot (PostureTransaction *transaction,
               gpointer            gate,
               GError            **error)
{
  gint64 number;

  return posture_transaction_query_int (transaction, &number, error, "SELECT count(*) FROM note",
                                        NULL) &&
         gate_work (transaction, gate, error);
}

/* Somebody reads just then: the store waits for nobody, and scrubs as soon as the reader is done.
 */
static void
test_scrub_while_read (StoreFixture *fixture,
                       gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Gate gate = { 0 };
  Answer answer = { 0 };

  write_secret (fixture);
  posture_store_read_async (fixture->store, hold_snapshot, &gate, NULL, NULL, answer_cb, &answer);
  gate_wait (&gate);
  posture_store_write (fixture->store, scrub_work, NULL, NULL, &error);
  g_assert_no_error (error);
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('c')");
  g_assert_true (is_readable (fixture));
  gate_open (&gate);
  answer_wait (&answer);
  /* Nobody writes any more. */
  while (is_readable (fixture))
    g_thread_yield ();
  g_assert_cmpint (file_size (fixture->log), ==, 0);
}

/* A checkpoint that fails is made up for. */
static void
test_checkpoint_fails (StoreFixture *fixture,
                       gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_secret (fixture);
  if (!arm ("store.checkpoint.before=error"))
    return;
  posture_store_write (fixture->store, scrub_work, NULL, NULL, &error);
  g_assert_no_error (error);
  while (is_readable (fixture))
    g_thread_yield ();
}

static void
run_sql (PostureConnection *connection,
         const char        *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (posture_connection_run (connection, sql, &error));
  g_assert_no_error (error);
}

static gint64
ask_sql (PostureConnection *connection,
         const char        *sql)
{
  g_autoptr (PostureTransaction) transaction = posture_transaction_new (connection);
  gint64 number = -1;

  g_assert_true (posture_transaction_query_int (transaction, &number, NULL, sql, NULL));
  return number;
}

/* What a long transaction has written before it was rolled back does not come over what another process commits in its
 * place: neither when the first one reads, nor when it ends. @data: whether it ends. */
static void
test_rolled_back (StoreFixture *fixture,
                  gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "two.db", NULL);
  PostureConnection *first;
  g_autoptr (PostureConnection) second = NULL;
  g_autoptr (PostureConnection) third = NULL;

  g_assert_cmpint (mknod (path, S_IFREG | 0600, 0), ==, 0);
  first = posture_connection_open (path, NULL, FALSE, NULL);
  run_sql (first, "CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
  run_sql (first, "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                  " INSERT INTO t SELECT i, randomblob (200) FROM n");
  g_assert_true (posture_connection_checkpoint (first, /* truncate = */ TRUE, /* alone = */ TRUE));
  second = posture_connection_open (path, NULL, FALSE, NULL);
  /* more than it keeps in memory; what is rolled back is read from the file, not from the log */
  run_sql (first, "PRAGMA cache_size = 10");
  run_sql (first, "BEGIN IMMEDIATE");
  run_sql (first, "UPDATE t SET b = zeroblob (200) WHERE a <= 500");
  run_sql (first, "ROLLBACK");
  run_sql (second, "UPDATE t SET b = 'theirs' WHERE a > 1000");
  if (data == NULL)
    g_assert_cmpint (ask_sql (first, "SELECT count(*) FROM t WHERE b = 'theirs'"), ==, 1000);
  posture_connection_close (first);
  third = posture_connection_open (path, NULL, FALSE, NULL);
  g_assert_cmpint (ask_sql (third, "SELECT count(*) FROM t WHERE b = 'theirs'"), ==, 1000);
  g_assert_cmpint (ask_sql (third, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), ==, 1);
}

/* Where others have the file open nobody can write while a checkpoint is made: it waits for those who read, but not long,
 * and says that they were in its way. */
static void
test_not_alone (StoreFixture *fixture,
                gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "two.db", NULL);
  g_autoptr (PostureConnection) first = NULL;
  g_autoptr (PostureConnection) second = NULL;

  g_assert_cmpint (mknod (path, S_IFREG | 0600, 0), ==, 0);
  first = posture_connection_open (path, NULL, FALSE, NULL);
  run_sql (first, "CREATE TABLE t (a INTEGER PRIMARY KEY)");
  second = posture_connection_open (path, NULL, FALSE, NULL);
  run_sql (second, "BEGIN");
  g_assert_cmpint (ask_sql (second, "SELECT count(*) FROM t"), ==, 0);
  run_sql (first, "INSERT INTO t DEFAULT VALUES");
  g_assert_true (posture_connection_checkpoint (first, /* truncate = */ FALSE, /* alone = */ TRUE));
  g_assert_false (posture_connection_checkpoint (first, /* truncate = */ FALSE, /* alone = */ FALSE));
  run_sql (second, "COMMIT");
  g_assert_true (posture_connection_checkpoint (first, /* truncate = */ FALSE, /* alone = */ FALSE));
  g_assert_cmpint (ask_sql (second, "SELECT count(*) FROM t"), ==, 1);
}

/* A file that says what it was asked. */
static GString *asked;

static int
asked_lock (sqlite3_file *file,
            int           lock)
{
  g_string_append_printf (asked, "lock %d, ", lock);
  return SQLITE_BUSY;
}

static int
asked_unlock (sqlite3_file *file,
              int           lock)
{
  g_string_append_printf (asked, "unlock %d, ", lock);
  return SQLITE_IOERR_UNLOCK;
}

static int
asked_check (sqlite3_file *file,
             int          *ret_reserved)
{
  *ret_reserved = 7;
  return SQLITE_IOERR_CHECKRESERVEDLOCK;
}

static int
asked_control (sqlite3_file *file,
               int           operation,
               void         *argument)
{
  g_string_append_printf (asked, "control %d %s, ", operation, (const char *) argument);
  return SQLITE_NOTFOUND;
}

static int
asked_sector_size (sqlite3_file *file)
{
  return 8192;
}

static int
asked_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_SEQUENTIAL;
}

static int
asked_close (sqlite3_file *file)
{
  return SQLITE_OK;
}

static int
asked_open (sqlite3_vfs  *vfs,
            const char   *path,
            sqlite3_file *file,
            int           flags,
            int          *ret_flags)
{
  static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = asked_close,
    .xLock = asked_lock,
    .xUnlock = asked_unlock,
    .xCheckReservedLock = asked_check,
    .xFileControl = asked_control,
    .xSectorSize = asked_sector_size,
    .xDeviceCharacteristics = asked_characteristics,
  };

  file->pMethods = &methods;
  return SQLITE_OK;
}

/* What the layer has nothing to do with goes to the system's own file as it is, also what the engine asks of
 * no log today. */
static void
test_layer (void)
{
  static sqlite3_vfs vfs = { .iVersion = 1, .szOsFile = sizeof (sqlite3_file), .mxPathname = 64,
                             .zName = "asked", .xOpen = asked_open };
  g_autofree sqlite3_file *file = NULL;
  sqlite3_vfs *layer;
  int reserved = 0;

  asked = g_string_new ("");
  g_assert_cmpint (sqlite3_vfs_register (&vfs, /* make default = */ 0), ==, SQLITE_OK);
  layer = sqlite3_vfs_find (posture_log_vfs_get_name ("asked"));
  file = g_malloc0 ((gsize) layer->szOsFile);
  g_assert_cmpint (layer->xOpen (layer, "wal", file, SQLITE_OPEN_WAL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (file->pMethods->xLock (file, SQLITE_LOCK_RESERVED), ==, SQLITE_BUSY);
  g_assert_cmpint (file->pMethods->xUnlock (file, SQLITE_LOCK_SHARED), ==, SQLITE_IOERR_UNLOCK);
  g_assert_cmpint (file->pMethods->xCheckReservedLock (file, &reserved), ==, SQLITE_IOERR_CHECKRESERVEDLOCK);
  g_assert_cmpint (reserved, ==, 7);
  g_assert_cmpint (file->pMethods->xFileControl (file, SQLITE_FCNTL_PRAGMA, (gpointer) "x"), ==, SQLITE_NOTFOUND);
  g_assert_cmpint (file->pMethods->xSectorSize (file), ==, 8192);
  g_assert_cmpint (file->pMethods->xDeviceCharacteristics (file), ==, SQLITE_IOCAP_SEQUENTIAL);
  g_assert_cmpint (file->pMethods->xClose (file), ==, SQLITE_OK);
  g_assert_cmpstr (asked->str, ==, "lock 2, unlock 1, control 14 x, ");
  /* a layer stays as long as the program */
  g_string_free (asked, TRUE);
}

#define FIXTURE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/store/log/bounded", test_bounded);
  g_test_add ("/store/log/bounded-while-read", StoreFixture, "read", store_fixture_set_up, test_bounded,
              store_fixture_tear_down);
  FIXTURE_TEST ("/store/log/idle", test_idle);
  FIXTURE_TEST ("/store/log/scrub", test_scrub);
  FIXTURE_TEST ("/store/log/no-scrub", test_no_scrub);
  FIXTURE_TEST ("/store/log/scrub-while-read", test_scrub_while_read);
  FIXTURE_TEST ("/store/log/checkpoint-fails", test_checkpoint_fails);
  FIXTURE_TEST ("/store/log/not-alone", test_not_alone);
  FIXTURE_TEST ("/store/log/rolled-back", test_rolled_back);
  g_test_add ("/store/log/rolled-back-and-closed", StoreFixture, "", store_fixture_set_up, test_rolled_back,
              store_fixture_tear_down);
  g_test_add_func ("/store/log/layer", test_layer);

  return g_test_run ();
}
