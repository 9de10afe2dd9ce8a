/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include <string.h>

static gboolean
write_kinds (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) bytes = g_bytes_new ("a\0b\xff", 4);

  if (!posture_transaction_execute (transaction, error, "CREATE TABLE kind (i, d, t, b, e)", NULL)
      || !posture_transaction_execute (transaction, error,
                                       "INSERT INTO kind VALUES (?1, ?2, ?3, ?4, ?5)", "idtbb",
                                       G_MININT64, -0.125, "Zürich", bytes, empty))
    return FALSE;
  g_assert_cmpint (posture_transaction_get_last_id (transaction), ==, 1);
  if (!posture_transaction_execute (transaction, error, "INSERT INTO kind (t, b) VALUES (?1, ?2)",
                                    "tb", NULL, NULL))
    return FALSE;
  g_assert_cmpint (posture_transaction_get_last_id (transaction), ==, 2);
  /* What was bound before is not bound any more. */
  if (!posture_transaction_execute (transaction, error,
                                    "INSERT INTO kind VALUES (?1, ?2, ?3, ?4, ?5)", "i", (gint64) 7)
      || !posture_transaction_execute (transaction, error, "UPDATE kind SET e = e", NULL))
    return FALSE;
  g_assert_cmpint (posture_transaction_get_changes (transaction), ==, 3);
  return TRUE;
}

static gboolean
read_kinds (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  g_autoptr (PostureStatement) rows = posture_transaction_query (
    transaction, error, "SELECT i, d, t, b, e FROM kind ORDER BY rowid", NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) empty = NULL;
  g_autoptr (GBytes) text = NULL;

  g_assert_nonnull (rows);
  g_assert_cmpint (posture_statement_step (rows, error), ==, POSTURE_STEP_ROW);
  g_assert_cmpint (posture_statement_get_int (rows, 0), ==, G_MININT64);
  g_assert_cmpfloat (posture_statement_get_double (rows, 1), ==, -0.125);
  g_assert_cmpstr (posture_statement_get_text (rows, 2), ==, "Zürich");
  text = posture_statement_dup_bytes (rows, 2);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), "Zürich",
                   strlen ("Zürich"));
  bytes = posture_statement_dup_bytes (rows, 3);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "a\0b\xff", 4);
  empty = posture_statement_dup_bytes (rows, 4);
  g_assert_nonnull (empty);
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
  g_assert_false (posture_statement_is_null (rows, 4));

  g_assert_cmpint (posture_statement_step (rows, error), ==, POSTURE_STEP_ROW);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_true (posture_statement_is_null (rows, i));
      g_assert_cmpint (posture_statement_get_int (rows, i), ==, 0);
      g_assert_cmpfloat (posture_statement_get_double (rows, i), ==, 0);
      g_assert_null (posture_statement_get_text (rows, i));
      g_assert_null (posture_statement_dup_bytes (rows, i));
    }

  g_assert_cmpint (posture_statement_step (rows, error), ==, POSTURE_STEP_ROW);
  g_assert_cmpint (posture_statement_get_int (rows, 0), ==, 7);
  g_assert_true (posture_statement_is_null (rows, 2));
  g_assert_cmpint (posture_statement_step (rows, error), ==, POSTURE_STEP_DONE);
  return TRUE;
}

static void
test_kinds (StoreFixture *fixture,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (posture_store_write (fixture->store, write_kinds, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (posture_store_read (fixture->store, read_kinds, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* One statement runs twice at a time: for each of 3 notes all 3. */
static gboolean
read_nested (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  static const char sql[] = "SELECT id FROM note WHERE id > ?1 ORDER BY id";

  for (guint again = 0; again < 2; again++)
    {
      g_autoptr (PostureStatement) outer
          = posture_transaction_query (transaction, error, sql, "i", (gint64) 0);
      gint64 sum = 0;

      while (posture_statement_step (outer, error) == POSTURE_STEP_ROW)
        {
          g_autoptr (PostureStatement) inner = posture_transaction_query (
            transaction, error, sql, "i", posture_statement_get_int (outer, 0) - 1);

          while (posture_statement_step (inner, error) == POSTURE_STEP_ROW)
            sum += posture_statement_get_int (inner, 0);
        }
      g_assert_cmpint (sum, ==, 1 + 2 + 3 + 2 + 3 + 3);
    }
  return TRUE;
}

static gboolean
read_number_twice (PostureTransaction *transaction,
                   gpointer            data,
                   GError            **error)
{
  gint64 number = 17;

  /* No row leaves the number alone. */
  if (!posture_transaction_query_int (transaction, &number, error,
                                      "SELECT id FROM note WHERE text = ?1", "t", "nothing"))
    return FALSE;
  g_assert_cmpint (number, ==, 17);
  return posture_transaction_query_int (transaction, &number, error,
                                        "SELECT id FROM note WHERE text = ?1", "t", "b") &&
         number == 2;
}

static void
test_statements (StoreFixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('a'), ('b'), ('c')");
  g_assert_true (posture_store_read (fixture->store, read_nested, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (posture_store_read (fixture->store, read_number_twice, NULL, NULL, &error));
  g_assert_no_error (error);
  /* A prepared statement survives that its table becomes another one. */
  store_run (fixture->store, "ALTER TABLE note ADD COLUMN more TEXT");
  g_assert_true (posture_store_read (fixture->store, read_number_twice, NULL, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
bind_too_much (PostureTransaction *transaction,
               gpointer            data,
               GError            **error)
{
  gint64 number = 0;

  return posture_transaction_query_int (transaction, &number, error, "SELECT ?1", "ii", (gint64) 1,
                                        (gint64) 2);
}

static gboolean
query_nonsense (PostureTransaction *transaction,
                gpointer            data,
                GError            **error)
{
  return posture_transaction_query (transaction, error, "SELEKT", NULL) != NULL;
}

static gboolean
fail_silently (PostureTransaction *transaction,
               gpointer            data,
               GError            **error)
{
  return FALSE;
}

static void
assert_fails (StoreFixture     *fixture,
              PostureStoreFunc  func,
              gpointer          data,
              PostureStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (posture_store_read (fixture->store, func, data, NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, (int) code);
}

static void
test_failures (StoreFixture *fixture,
               gconstpointer data)
{
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('a')");
  assert_fails (fixture, bind_too_much, NULL, POSTURE_STORE_ERROR_FAILED);
  assert_fails (fixture, query_nonsense, NULL, POSTURE_STORE_ERROR_FAILED);
  assert_fails (fixture, sql_work, (gpointer) "", POSTURE_STORE_ERROR_FAILED);
  assert_fails (fixture, fail_silently, NULL, POSTURE_STORE_ERROR_FAILED);
  /* A reader writes nothing. */
  assert_fails (fixture, sql_work, (gpointer) "DELETE FROM note", POSTURE_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 1);
}

typedef struct
{
  Gate gate;
  gint64 before;
  gint64 after;
} Snapshot;

static gboolean
read_twice (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  static const char sql[] = "SELECT count(*) FROM note";
  Snapshot *snapshot = data;

  return posture_transaction_query_int (transaction, &snapshot->before, error, sql, NULL) &&
         gate_work (transaction, &snapshot->gate, error) &&
         posture_transaction_query_int (transaction, &snapshot->after, error, sql, NULL);
}

static void
test_snapshot (StoreFixture *fixture,
               gconstpointer data)
{
  Snapshot snapshot = { 0 };
  Answer answer = { 0 };

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('a')");
  posture_store_read_async (fixture->store, read_twice, &snapshot, NULL, NULL, answer_cb, &answer);
  gate_wait (&snapshot.gate);
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('b')");
  gate_open (&snapshot.gate);
  answer_wait (&answer);
  g_assert_no_error (answer.error);
  g_assert_true (answer.value == &snapshot);
  g_assert_cmpint (snapshot.before, ==, 1);
  g_assert_cmpint (snapshot.after, ==, 1);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 2);
}

/* Readers wait neither for the writer nor for each other. */
static void
test_side_by_side (StoreFixture *fixture,
                   gconstpointer data)
{
  Gate write_gate = { 0 };
  Gate read_gate = { 0 };
  Answer write_answer = { 0 };
  Answer read_answer = { 0 };

  posture_store_write_async (fixture->store, gate_work, &write_gate, NULL, NULL, answer_cb,
                             &write_answer);
  gate_wait (&write_gate);
  posture_store_read_async (fixture->store, gate_work, &read_gate, NULL, NULL, answer_cb,
                            &read_answer);
  gate_wait (&read_gate);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 0);
  gate_open (&read_gate);
  gate_open (&write_gate);
  answer_wait (&read_answer);
  answer_wait (&write_answer);
}

static gboolean
read_for_ever (PostureTransaction *transaction,
               gpointer            gate,
               GError            **error)
{
  gint64 number;

  return gate_work (transaction, gate, error) &&
         posture_transaction_query_int (
             transaction, &number, error,
             "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
             "SELECT count(*) FROM n",
             NULL);
}

static void
test_cancel (StoreFixture *fixture,
             gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Gate gate = { .open = TRUE };
  Answer answer = { 0 };

  posture_store_read_async (fixture->store, read_for_ever, &gate, NULL, cancellable, answer_cb,
                            &answer);
  gate_wait (&gate);
  g_cancellable_cancel (cancellable);
  answer_wait (&answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  /* Before it begins, too, and the reader is of use afterwards. */
  g_assert_false (posture_store_read (fixture->store, read_for_ever, &gate, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 0);
}

typedef struct
{
  gboolean done;
  char **faults;
  GError *error;
} Checked;

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Checked *checked = data;

  checked->faults = posture_store_check_finish (POSTURE_STORE (source), result, &checked->error);
  checked->done = TRUE;
}

static char **
check (StoreFixture *fixture,
       gboolean      full)
{
  Checked checked = { 0 };

  posture_store_check_async (fixture->store, full, NULL, checked_cb, &checked);
  while (!checked.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (checked.error);
  g_assert_nonnull (checked.faults);
  return checked.faults;
}

static void
test_check (StoreFixture *fixture,
            gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (GStrv) sound = check (fixture, /* full = */ TRUE);
  g_auto (GStrv) faults = NULL;
  Checked checked = { 0 };

  g_assert_cmpuint (g_strv_length (sound), ==, 0);
  g_cancellable_cancel (cancellable);
  posture_store_check_async (fixture->store, FALSE, cancellable, checked_cb, &checked);
  while (!checked.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (checked.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (checked.faults);
  g_clear_error (&checked.error);

  /* Rows that name others which are not there, in a table without row ids as well. The table they
   * are to name comes later, so nobody minds. */
  store_run (fixture->store, "CREATE TABLE a (x REFERENCES later (x))");
  store_run (fixture->store, "CREATE TABLE b (x PRIMARY KEY REFERENCES later (x)) WITHOUT ROWID");
  posture_store_close (fixture->store);
  g_clear_object (&fixture->store);
  {
    g_autoptr (GSubprocess) process = g_subprocess_new (
        G_SUBPROCESS_FLAGS_NONE, NULL, g_test_get_filename (G_TEST_BUILT, "store-helper", NULL),
        fixture->folder, "sql",
        "PRAGMA foreign_keys = OFF; INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);"
        "CREATE TABLE later (x PRIMARY KEY)",
        NULL);

    g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  }
  fixture->store = posture_store_open (fixture->folder, note_modules, NULL, NULL);
  faults = check (fixture, /* full = */ FALSE);
  g_assert_cmpuint (g_strv_length (faults), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) faults,
                                  "row 1 of a names a row of later that is gone"));
  g_assert_true (g_strv_contains ((const char *const *) faults,
                                  "row ? of b names a row of later that is gone"));
}

#define FIXTURE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/store/read/kinds", test_kinds);
  FIXTURE_TEST ("/store/read/statements", test_statements);
  FIXTURE_TEST ("/store/read/failures", test_failures);
  FIXTURE_TEST ("/store/read/snapshot", test_snapshot);
  FIXTURE_TEST ("/store/read/side-by-side", test_side_by_side);
  FIXTURE_TEST ("/store/read/cancel", test_cancel);
  FIXTURE_TEST ("/store/read/check", test_check);

  return g_test_run ();
}
