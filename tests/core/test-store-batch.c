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

#define FIXTURE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/store/batch/failed-once", test_failed_once);

  return g_test_run ();
}
