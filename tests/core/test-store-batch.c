/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

/* Counts its runs, writes, and fails if there is a word against it. */
typedef struct
{
  const char *text;
  const char *failure;
  guint runs;
} Counted;

static gboolean
counted_work (PostureTransaction *transaction,
              gpointer            data,
              GError            **error)
{
  Counted *counted = data;

  counted->runs++;
  if (!note_work (transaction, (gpointer) counted->text, error))
    return FALSE;
  if (counted->failure == NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, counted->failure);
  return FALSE;
}

/* Pieces that fail are run once and keep their reason; those beside them hold, in their order. */
static void
test_failed_once (StoreFixture *fixture,
                  gconstpointer data)
{
  Counted counted[] = { { "a" }, { "b", "first" }, { "b" }, { "d", "second" }, { "e" } };
  Answer answers[G_N_ELEMENTS (counted)] = { 0 };
  Answer blocked = { 0 };
  Gate gate = { 0 };

  gate_block (fixture, &gate, &blocked);
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    posture_store_write_async (fixture->store, counted_work, &counted[i], NULL, NULL, answer_cb,
                               &answers[i]);
  gate_open (&gate);
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      answer_wait (&answers[i]);
      if (counted[i].failure == NULL)
        g_assert_no_error (answers[i].error);
      else
        {
          g_assert_error (answers[i].error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
          g_assert_cmpstr (answers[i].error->message, ==, counted[i].failure);
          g_assert_cmpuint (counted[i].runs, ==, 1);
        }
      g_clear_error (&answers[i].error);
    }
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 3);
}

/* Many threads that write all the time: what comes while a transaction runs goes into it. */
#define N_THREADS 8
#define N_WORKS 200

typedef struct
{
  StoreFixture *fixture;
  guint number;
  guint n_works;
  guint good; /* works that were answered with success */
  guint bad;
} Writer;

typedef struct
{
  guint writer;
  guint number;
} Piece;

static gboolean
fails (const Piece *piece)
{
  return (piece->writer + piece->number) % 5 == 0;
}

/* Takes so long that the others come meanwhile. One in five fails when it has written. */
static gboolean
slow_work (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  const Piece *piece = data;
  g_autofree char *text = g_strdup_printf ("%u %u", piece->writer, piece->number);

  g_usleep (200);
  if (!note_work (transaction, text, error))
    return FALSE;
  if (!fails (piece))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not this one");
  return FALSE;
}

static gpointer
write_thread (gpointer data)
{
  Writer *self = data;

  for (guint i = 0; i < self->n_works; i++)
    {
      Piece piece = { self->number, i };
      g_autoptr (GError) error = NULL;

      if (posture_store_write (self->fixture->store, slow_work, &piece, /* cancellable = */ NULL, &error))
        {
          g_assert_false (fails (&piece));
          self->good++;
          continue;
        }
      if (fails (&piece))
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
      self->bad++;
    }
  return NULL;
}

/* @first: the number of the first writer. Says how many were answered with success. */
static guint
write_all (StoreFixture *fixture,
           guint         first,
           guint         n_works)
{
  Writer writers[N_THREADS];
  GThread *threads[N_THREADS];
  guint good = 0, answered = 0;

  for (guint i = 0; i < N_THREADS; i++)
    {
      writers[i] = (Writer) { fixture, first + i, n_works, 0, 0 };
      threads[i] = g_thread_new ("writer", write_thread, &writers[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_thread_join (threads[i]);
      good += writers[i].good;
      answered += writers[i].good + writers[i].bad;
    }
  g_assert_cmpuint (answered, ==, N_THREADS * n_works);
  return good;
}

/* Each holds or fails by itself, also one that comes later than others and fails with them in one transaction: what is
 * there is what was answered with success. */
static void
test_joined (StoreFixture *fixture,
             gconstpointer data)
{
  guint good = write_all (fixture, 0, N_WORKS);
  PostureStoreStatistics statistics;

  g_assert_cmpuint (good, ==, N_THREADS * N_WORKS * 4 / 5);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, good);
  posture_store_get_statistics (fixture->store, &statistics);
  g_assert_cmpuint (statistics.works, ==, good);
  g_assert_cmpuint (statistics.joined, >, 0);
  g_assert_cmpuint (statistics.largest, <=, N_THREADS);
  g_assert_cmpuint (statistics.commits, <, statistics.works);
}

/* Transactions are lost when some have joined: none of them with it. */
static void
test_joined_lost (StoreFixture *fixture,
                  gconstpointer data)
{
  PostureStoreStatistics statistics;
  const guint n_rounds = 20, n_works = 20;
  guint good = 0;

  for (guint i = 0; i < n_rounds; i++)
    {
      if (!arm ("store.commit.before:6=full"))
        return;
      good += write_all (fixture, i * N_THREADS, n_works);
    }
  g_assert_cmpuint (good, ==, n_rounds * N_THREADS * n_works * 4 / 5);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, good);
  posture_store_get_statistics (fixture->store, &statistics);
  /* more than one work in them, as a rule */
  g_assert_cmpuint (statistics.reruns, >, 2 * n_rounds);
  g_assert_cmpuint (statistics.joined, >, 0);
}

#define FIXTURE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/store/batch/failed-once", test_failed_once);
  FIXTURE_TEST ("/store/batch/joined", test_joined);
  FIXTURE_TEST ("/store/batch/joined-lost", test_joined_lost);

  return g_test_run ();
}
