/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"
#include "test-vfs.h"

#include <glib/gstdio.h>

static void
write_notes (StoreFixture *fixture,
             Answer       *answers,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    posture_store_write_async (fixture->store, note_work, g_strdup_printf ("note %u", i), g_free,
                               NULL, answer_cb, &answers[i]);
}

static void
wait_all (Answer *answers,
          guint   n)
{
  for (guint i = 0; i < n; i++)
    {
      answer_wait (&answers[i]);
      g_assert_no_error (answers[i].error);
    }
}

/* However many wait, one sync serves them; and none is answered before it. */
static void
test_one_sync (StoreFixture *fixture,
               gconstpointer data)
{
  Answer answers[20] = { 0 };
  Answer blocked = { 0 };
  Gate gate = { 0 };
  TestVfsCounts before, after;
  PostureStoreStatistics statistics;

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('first')");
  gate_block (fixture, &gate, &blocked);
  test_vfs_get_counts (&before);
  write_notes (fixture, answers, G_N_ELEMENTS (answers));
  gate_open (&gate);
  wait_all (answers, G_N_ELEMENTS (answers));
  test_vfs_get_counts (&after);

  g_assert_cmpuint (blocked.answers, ==, 1);
  g_assert_cmpuint (after.log_syncs - before.log_syncs, ==, 1);
  g_assert_cmpuint (after.database_syncs, ==, before.database_syncs);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 21);
  posture_store_get_statistics (fixture->store, &statistics);
  g_assert_cmpuint (statistics.works, ==, 22);
  g_assert_cmpuint (statistics.commits, ==, 3);
  g_assert_cmpuint (statistics.largest, ==, 20);
  g_assert_cmpuint (statistics.reruns, ==, 0);
}

static void
test_single_sync (StoreFixture *fixture,
                  gconstpointer data)
{
  TestVfsCounts before, after;

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('first')");
  test_vfs_get_counts (&before);
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('second')");
  test_vfs_get_counts (&after);
  g_assert_cmpuint (after.log_syncs - before.log_syncs, ==, 1);
  /* all of its pages at once */
  g_assert_cmpuint (after.log_writes - before.log_writes, ==, 1);
}

/* A transaction of more pages than go into one write is there as a whole, for the readers, too. */
static void
test_long (StoreFixture *fixture,
           gconstpointer data)
{
  store_run (fixture->store, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                             " INSERT INTO note (text, data) SELECT i, randomblob (700) FROM n");
  g_assert_cmpint (store_number (fixture->store, "SELECT sum(text) FROM note"), ==, 3000 * 3001 / 2);
  g_assert_cmpint (store_number (fixture->store, "SELECT sum(length(data)) FROM note"), ==, 3000 * 700);
}

static void
test_largest_batch (StoreFixture *fixture,
                    gconstpointer data)
{
  g_autofree Answer *answers = g_new0 (Answer, 300);
  Answer blocked = { 0 };
  Gate gate = { 0 };
  PostureStoreStatistics statistics;

  gate_block (fixture, &gate, &blocked);
  write_notes (fixture, answers, 300);
  gate_open (&gate);
  wait_all (answers, 300);
  posture_store_get_statistics (fixture->store, &statistics);
  g_assert_cmpuint (statistics.largest, ==, 256);
  g_assert_cmpuint (statistics.commits, ==, 3);
}

static gboolean
failing_work (PostureTransaction *transaction,
              gpointer            data,
              GError            **error)
{
  if (!note_work (transaction, data, error))
    return FALSE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not this one");
  return FALSE;
}

static gboolean
silent_work (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  return FALSE;
}

static void
log_changed_cb (PostureStore *store,
                const char   *topic,
                const char   *key,
                GPtrArray    *log)
{
  g_ptr_array_add (log, g_strdup_printf ("%s %s", topic, key));
}

/* A piece that fails takes back its own rows and notices, and nobody else's. */
static void
test_savepoints (StoreFixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GPtrArray) log = g_ptr_array_new_with_free_func (g_free);
  Answer answers[4] = { 0 };
  Answer blocked = { 0 };
  Gate gate = { 0 };
  PostureStoreStatistics statistics;

  g_signal_connect (fixture->store, "changed", G_CALLBACK (log_changed_cb), log);
  gate_block (fixture, &gate, &blocked);
  posture_store_write_async (fixture->store, note_work, (gpointer) "a", NULL, NULL, answer_cb,
                             &answers[0]);
  posture_store_write_async (fixture->store, failing_work, (gpointer) "b", NULL, NULL, answer_cb,
                             &answers[1]);
  posture_store_write_async (fixture->store, silent_work, NULL, NULL, NULL, answer_cb, &answers[2]);
  posture_store_write_async (fixture->store, note_work, (gpointer) "c", NULL, NULL, answer_cb,
                             &answers[3]);
  gate_open (&gate);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    answer_wait (&answers[i]);

  g_assert_no_error (answers[0].error);
  g_assert_error (answers[1].error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_error (answers[2].error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED);
  g_assert_no_error (answers[3].error);
  g_assert_cmpint (
      store_number (fixture->store, "SELECT count(*) FROM note WHERE text IN ('a', 'c')"), ==, 2);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 2);
  g_assert_cmpuint (log->len, ==, 2);
  g_assert_cmpstr (log->pdata[0], ==, "note a");
  g_assert_cmpstr (log->pdata[1], ==, "note c");
  posture_store_get_statistics (fixture->store, &statistics);
  g_assert_cmpuint (statistics.commits, ==, 2);
  g_assert_cmpuint (statistics.works, ==, 3);
  g_clear_error (&answers[1].error);
  g_clear_error (&answers[2].error);
}

static gboolean
said_work (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  posture_transaction_notify (transaction, "note", data);
  return FALSE;
}

/* A piece that fails before it has written costs the others no second try; what it has said is not told. */
static void
test_said_and_failed (StoreFixture *fixture,
                      gconstpointer data)
{
  g_autoptr (GPtrArray) log = g_ptr_array_new_with_free_func (g_free);
  PostureStoreFunc works[] = { note_work, said_work, note_work };
  const char *texts[] = { "a", "b", "c" };
  Answer answers[G_N_ELEMENTS (works)] = { 0 };
  Answer blocked = { 0 };
  Gate gate = { 0 };

  g_signal_connect (fixture->store, "changed", G_CALLBACK (log_changed_cb), log);
  gate_block (fixture, &gate, &blocked);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    posture_store_write_async (fixture->store, works[i], (gpointer) texts[i], NULL, NULL, answer_cb,
                               &answers[i]);
  gate_open (&gate);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    answer_wait (&answers[i]);
  g_assert_no_error (answers[0].error);
  g_assert_error (answers[1].error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED);
  g_assert_no_error (answers[2].error);
  g_assert_cmpuint (log->len, ==, 2);
  g_assert_cmpstr (log->pdata[0], ==, "note a");
  g_assert_cmpstr (log->pdata[1], ==, "note c");
  g_clear_error (&answers[1].error);
}

static gboolean
topics_work (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  posture_transaction_notify (transaction, "apple", "1");
  posture_transaction_notify (transaction, "pear", NULL);
  return TRUE;
}

typedef struct
{
  GString *text;
  Answer answer;
} Order;

static void
order_changed_cb (PostureStore *store,
                  const char   *topic,
                  const char   *key,
                  Order        *order)
{
  g_string_append_printf (order->text, "%s-%s ", topic, key != NULL ? key : "none");
}

static void
order_answer_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  Order *order = data;

  g_string_append (order->text, "answer");
  answer_cb (source, result, &order->answer);
}

/* Who is answered finds the lists told already. */
static void
test_notices_first (StoreFixture *fixture,
                    gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      Order order = { text };
      gulong id
          = g_signal_connect (fixture->store, "changed", G_CALLBACK (order_changed_cb), &order);

      posture_store_write_async (fixture->store, topics_work, NULL, NULL, NULL, order_answer_cb,
                                 &order);
      answer_wait (&order.answer);
      g_signal_handler_disconnect (fixture->store, id);
      g_assert_cmpstr (text->str, ==, "apple-1 pear-none answer");
    }
}

static void
test_detail (StoreFixture *fixture,
             gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Order order = { text };

  g_signal_connect (fixture->store, "changed::pear", G_CALLBACK (order_changed_cb), &order);
  posture_store_write_async (fixture->store, topics_work, NULL, NULL, NULL, answer_cb,
                             &order.answer);
  answer_wait (&order.answer);
  g_assert_cmpstr (text->str, ==, "pear-none ");
}

/* Signals go to the main context of the store, answers to the caller's own. */
static gpointer
other_context_thread (gpointer data)
{
  StoreFixture *fixture = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  Answer answer = { 0 };

  g_main_context_push_thread_default (context);
  posture_store_write_async (fixture->store, note_work, (gpointer) "other", NULL, NULL, answer_cb,
                             &answer);
  answer_wait (&answer);
  g_assert_no_error (answer.error);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_contexts (StoreFixture *fixture,
               gconstpointer data)
{
  g_autoptr (GPtrArray) log = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect (fixture->store, "changed", G_CALLBACK (log_changed_cb), log);
  g_thread_join (g_thread_new ("caller", other_context_thread, fixture));
  g_assert_cmpuint (log->len, ==, 0);
  while (log->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (log->pdata[0], ==, "note other");
}

/* The disk is too full for one piece: the others must not suffer from its company. */
static void
test_disk_full (StoreFixture *fixture,
                gconstpointer data)
{
  static const char large[] = "INSERT INTO note (text, data) VALUES ('large', zeroblob (3000000))";
  Answer answers[3] = { 0 };
  Answer blocked = { 0 };
  Gate gate = { 0 };
  PostureStoreStatistics statistics;

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('first')");
  gate_block (fixture, &gate, &blocked);
  posture_store_write_async (fixture->store, note_work, (gpointer) "a", NULL, NULL, answer_cb,
                             &answers[0]);
  posture_store_write_async (fixture->store, sql_work, (gpointer) large, NULL, NULL, answer_cb,
                             &answers[1]);
  posture_store_write_async (fixture->store, note_work, (gpointer) "b", NULL, NULL, answer_cb,
                             &answers[2]);
  test_vfs_limit_size (1000000);
  gate_open (&gate);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    answer_wait (&answers[i]);

  g_assert_no_error (answers[0].error);
  g_assert_error (answers[1].error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL);
  g_assert_no_error (answers[2].error);
  g_clear_error (&answers[1].error);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 3);
  posture_store_get_statistics (fixture->store, &statistics);
  g_assert_cmpuint (statistics.reruns, ==, 3);

  test_vfs_limit_size (-1);
  store_run (fixture->store, large);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 4);
}

/* The n-th write finds no room, for every n: the answer tells the truth about the row. With one
 * refused write the second try holds. */
static void
test_every_write_refused (StoreFixture *fixture,
                          gconstpointer data)
{
  const guint64 refusals[] = { 1, G_MAXUINT64 };

  for (guint kind = 0; kind < G_N_ELEMENTS (refusals); kind++)
    {
      TestVfsCounts counts = { .refused = 1 };

      for (guint n = 0; counts.refused > 0; n++)
        {
          g_autofree char *text = g_strdup_printf ("%u %u", kind, n);
          g_autofree char *sql
              = g_strdup_printf ("SELECT count(*) FROM note WHERE text = '%s'", text);
          g_autoptr (GError) error = NULL;
          gboolean written;

          test_vfs_reset ();
          test_vfs_fill_disk (n, refusals[kind]);
          written = posture_store_write (fixture->store, note_work, text, NULL, &error);
          test_vfs_get_counts (&counts);
          test_vfs_fill_disk (0, 0);
          if (!written)
            g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL);
          g_assert_true (written || refusals[kind] > 1);
          g_assert_cmpint (store_number (fixture->store, sql), ==, written ? 1 : 0);
          g_assert_cmpuint (n, <, 100);
        }
    }
}

static gboolean
count_work (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  ++*(guint *) data;
  return TRUE;
}

static void
test_cancel (StoreFixture *fixture,
             gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Answer answers[2] = { 0 };
  Answer blocked = { 0 };
  Gate gate = { 0 };
  guint runs = 0;

  gate_block (fixture, &gate, &blocked);
  posture_store_write_async (fixture->store, count_work, &runs, NULL, cancellable, answer_cb,
                             &answers[0]);
  posture_store_write_async (fixture->store, note_work, (gpointer) "a", NULL, NULL, answer_cb,
                             &answers[1]);
  g_cancellable_cancel (cancellable);
  gate_open (&gate);
  answer_wait (&answers[0]);
  answer_wait (&answers[1]);
  g_assert_error (answers[0].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (answers[1].error);
  g_assert_cmpuint (runs, ==, 0);
  g_clear_error (&answers[0].error);

  g_assert_false (posture_store_write (fixture->store, count_work, &runs, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (runs, ==, 0);
}

/* What has begun is told as it ended, even if nobody wants it any more. */
static void
test_cancel_too_late (StoreFixture *fixture,
                      gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { 0 };
  Gate gate = { 0 };

  posture_store_write_async (fixture->store, gate_work, &gate, NULL, cancellable, answer_cb,
                             &answer);
  gate_wait (&gate);
  g_cancellable_cancel (cancellable);
  gate_open (&gate);
  answer_wait (&answer);
  g_assert_no_error (answer.error);
}

static guint destroyed;

static void
destroy_cb (gpointer data)
{
  destroyed++;
  g_free (data);
}

static void
lent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  answer_cb (source, result, data);
  /* It lives as long as the result. */
  g_assert_cmpuint (destroyed, ==, 0);
}

static void
test_data (StoreFixture *fixture,
           gconstpointer data)
{
  char *text = g_strdup ("lent");
  Answer answer = { 0 };
  Answer failed = { 0 };

  destroyed = 0;
  posture_store_write_async (fixture->store, note_work, text, destroy_cb, NULL, lent_cb, &answer);
  answer_wait (&answer);
  g_assert_true (answer.value == text);
  while (destroyed == 0)
    g_main_context_iteration (NULL, TRUE);

  posture_store_write_async (fixture->store, failing_work, g_strdup ("b"), destroy_cb, NULL,
                             answer_cb, &failed);
  answer_wait (&failed);
  g_assert_error (failed.error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&failed.error);
  while (destroyed == 1)
    g_main_context_iteration (NULL, TRUE);
  store_fixture_close (fixture);
  g_assert_cmpuint (destroyed, ==, 2);
}

typedef struct
{
  PostureStore *store;
  guint number;
  guint written;
} Caller;

static gpointer
caller_thread (gpointer data)
{
  Caller *caller = data;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u %u", caller->number, i);
      g_autoptr (GError) error = NULL;

      posture_store_write (caller->store, note_work, text, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (store_number (caller->store, "SELECT count(*) FROM note"), >, (gint64) i);
    }
  return NULL;
}

static void
test_threads (StoreFixture *fixture,
              gconstpointer data)
{
  Caller callers[8];
  GThread *threads[8];
  PostureStoreStatistics statistics;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      callers[i] = (Caller){ fixture->store, i, 0 };
      threads[i] = g_thread_new ("caller", caller_thread, &callers[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 320);
  posture_store_get_statistics (fixture->store, &statistics);
  g_assert_cmpuint (statistics.works, ==, 320);
}

static void
test_closed (StoreFixture *fixture,
             gconstpointer data)
{
  g_autoptr (GError) write_error = NULL;
  g_autoptr (GError) read_error = NULL;
  Answer write_answer = { 0 };
  Answer read_answer = { 0 };

  posture_store_close (fixture->store);
  posture_store_close (fixture->store);
  g_assert_false (
      posture_store_write (fixture->store, note_work, (gpointer) "a", NULL, &write_error));
  g_assert_error (write_error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CLOSED);
  g_assert_false (
      posture_store_read (fixture->store, note_work, (gpointer) "a", NULL, &read_error));
  g_assert_error (read_error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CLOSED);
  destroyed = 0;
  posture_store_write_async (fixture->store, note_work, g_strdup ("a"), destroy_cb, NULL, answer_cb,
                             &write_answer);
  posture_store_read_async (fixture->store, note_work, g_strdup ("a"), destroy_cb, NULL, answer_cb,
                            &read_answer);
  answer_wait (&write_answer);
  answer_wait (&read_answer);
  g_assert_error (write_answer.error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CLOSED);
  g_assert_error (read_answer.error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CLOSED);
  g_clear_error (&write_answer.error);
  g_clear_error (&read_answer.error);
  store_fixture_close (fixture);
  g_assert_cmpuint (destroyed, ==, 2);
}

/* Everything that was handed in before is done. */
static void
test_close_finishes (StoreFixture *fixture,
                     gconstpointer data)
{
  Answer answers[30] = { 0 };
  g_autoptr (GError) error = NULL;

  write_notes (fixture, answers, G_N_ELEMENTS (answers));
  posture_store_close (fixture->store);
  wait_all (answers, G_N_ELEMENTS (answers));
  store_fixture_close (fixture);
  fixture->store = posture_store_open (fixture->folder, note_modules, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 30);
}

static gpointer
write_until_closed_thread (gpointer data)
{
  Caller *caller = data;
  g_autoptr (GError) error = NULL;

  while (error == NULL)
    {
      g_autofree char *text = g_strdup_printf ("%u %u", caller->number, caller->written);

      if (posture_store_write (caller->store, note_work, text, NULL, &error))
        g_atomic_int_inc (&caller->written);
    }
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CLOSED);
  return NULL;
}

/* Closing while others write: each write is either done or refused. */
static void
test_close_race (StoreFixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Caller callers[4];
  GThread *threads[4];
  gint64 written = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      callers[i] = (Caller){ fixture->store, i, 0 };
      threads[i] = g_thread_new ("caller", write_until_closed_thread, &callers[i]);
    }
  while (g_atomic_int_get (&callers[0].written) < 20)
    g_thread_yield ();
  posture_store_close (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_thread_join (threads[i]);
      written += callers[i].written;
    }
  store_fixture_close (fixture);
  fixture->store = posture_store_open (fixture->folder, note_modules, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, written);
}

static void
last_reference_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  answer_cb (source, result, data);
  g_object_unref (source);
}

/* The last reference goes in the callback: the store must not end on a thread of its own. */
static void
test_last_reference (StoreFixture *fixture,
                     gconstpointer data)
{
  store_fixture_close (fixture);
  for (guint i = 0; i < 20; i++)
    {
      PostureStore *store = posture_store_open (fixture->folder, note_modules, NULL, NULL);
      gpointer watched = store;
      Answer answer = { 0 };

      g_object_add_weak_pointer (G_OBJECT (store), &watched);
      posture_store_write_async (store, topics_work, NULL, NULL, NULL, last_reference_cb, &answer);
      while (watched != NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_no_error (answer.error);
    }
}

/* A program without a main loop can end its store. */
static void
test_no_main_loop (StoreFixture *fixture,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  posture_store_write (fixture->store, topics_work, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_cmpint (file_size (fixture->log), ==, 0);
}

static void
assert_refused (StoreFixture     *fixture,
                const char       *sql,
                PostureStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (posture_store_write (fixture->store, sql_work, (gpointer) sql, NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, (int) code);
  g_assert_cmpuint (g_utf8_strlen (error->message, -1), >, 10);
}

static void
test_constraints (StoreFixture *fixture,
                  gconstpointer data)
{
  Answer answers[3] = { 0 };
  Answer blocked = { 0 };
  Gate gate = { 0 };

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('a')");
  assert_refused (fixture, "INSERT INTO note (text) VALUES ('a')", POSTURE_STORE_ERROR_CONSTRAINT);
  assert_refused (fixture, "INSERT INTO note (text) VALUES (NULL)", POSTURE_STORE_ERROR_CONSTRAINT);
  assert_refused (fixture, "INSERT INTO note (text, data) VALUES ('b', 1)",
                  POSTURE_STORE_ERROR_CONSTRAINT);
  assert_refused (fixture, "INSERT INTO nothing VALUES (1)", POSTURE_STORE_ERROR_FAILED);
  assert_refused (fixture, " -- nothing", POSTURE_STORE_ERROR_FAILED);

  /* A rule that is looked at only when all is committed costs the transaction, but only its own
   * work. */
  store_run (fixture->store, "CREATE TABLE child (note INTEGER NOT NULL REFERENCES note (id) "
                             "DEFERRABLE INITIALLY DEFERRED)");
  gate_block (fixture, &gate, &blocked);
  posture_store_write_async (fixture->store, note_work, (gpointer) "x", NULL, NULL, answer_cb,
                             &answers[0]);
  posture_store_write_async (fixture->store, sql_work, (gpointer) "INSERT INTO child VALUES (99)",
                             NULL, NULL, answer_cb, &answers[1]);
  posture_store_write_async (fixture->store, note_work, (gpointer) "y", NULL, NULL, answer_cb,
                             &answers[2]);
  gate_open (&gate);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    answer_wait (&answers[i]);
  g_assert_no_error (answers[0].error);
  g_assert_error (answers[1].error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CONSTRAINT);
  g_assert_no_error (answers[2].error);
  g_clear_error (&answers[1].error);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM child"), ==, 0);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 3);
}

/* A piece that loses the transaction and does not see it cannot pass for written. */
static gboolean
careless_work (PostureTransaction *transaction,
               gpointer            data,
               GError            **error)
{
  posture_transaction_execute (transaction, NULL,
                               "INSERT OR ROLLBACK INTO note (text) VALUES ('a')", NULL);
  return TRUE;
}

static void
test_careless (StoreFixture *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('a')");
  g_assert_false (posture_store_write (fixture->store, careless_work, NULL, NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED);
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('b')");
}

static void
test_failpoints (StoreFixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PostureStoreStatistics statistics;

  /* Nothing has begun: there is nothing to try again. */
  if (!arm ("store.batch.begin=full"))
    return;
  g_assert_false (posture_store_write (fixture->store, note_work, (gpointer) "a", NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL);
  g_clear_error (&error);
  /* The transaction is lost once, and done again. */
  arm ("store.commit.before=error");
  g_assert_true (posture_store_write (fixture->store, note_work, (gpointer) "b", NULL, &error));
  g_assert_no_error (error);
  /* A statement that fails is the work's own affair. */
  arm ("sql.insert.note=error");
  g_assert_false (posture_store_write (fixture->store, note_work, (gpointer) "c", NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED);
  posture_store_get_statistics (fixture->store, &statistics);
  g_assert_cmpuint (statistics.works, ==, 1);
  g_assert_cmpuint (statistics.reruns, ==, 1);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 1);
}

#define FIXTURE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/store/write/one-sync", test_one_sync);
  FIXTURE_TEST ("/store/write/single-sync", test_single_sync);
  FIXTURE_TEST ("/store/write/long", test_long);
  FIXTURE_TEST ("/store/write/largest-batch", test_largest_batch);
  FIXTURE_TEST ("/store/write/savepoints", test_savepoints);
  FIXTURE_TEST ("/store/write/said-and-failed", test_said_and_failed);
  FIXTURE_TEST ("/store/write/notices-first", test_notices_first);
  FIXTURE_TEST ("/store/write/detail", test_detail);
  FIXTURE_TEST ("/store/write/contexts", test_contexts);
  FIXTURE_TEST ("/store/write/disk-full", test_disk_full);
  FIXTURE_TEST ("/store/write/every-write-refused", test_every_write_refused);
  FIXTURE_TEST ("/store/write/cancel", test_cancel);
  FIXTURE_TEST ("/store/write/cancel-too-late", test_cancel_too_late);
  FIXTURE_TEST ("/store/write/data", test_data);
  FIXTURE_TEST ("/store/write/threads", test_threads);
  FIXTURE_TEST ("/store/write/closed", test_closed);
  FIXTURE_TEST ("/store/write/close-finishes", test_close_finishes);
  FIXTURE_TEST ("/store/write/close-race", test_close_race);
  FIXTURE_TEST ("/store/write/last-reference", test_last_reference);
  FIXTURE_TEST ("/store/write/no-main-loop", test_no_main_loop);
  FIXTURE_TEST ("/store/write/constraints", test_constraints);
  FIXTURE_TEST ("/store/write/careless", test_careless);
  FIXTURE_TEST ("/store/write/failpoints", test_failpoints);

  return g_test_run ();
}
