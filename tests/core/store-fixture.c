/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include "store/failpoint.h"
#include "test-folder.h"
#include "test-vfs.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const note_migrations[] = {
  "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, data BLOB) STRICT",
  NULL,
};
static const PostureStoreModule note_module = { "note", note_migrations };
const PostureStoreModule *const note_modules[] = { &note_module, NULL };

void
store_fixture_set_up_folder (StoreFixture *fixture,
                             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_vfs_register ("test", /* make_default = */ FALSE);
  test_vfs_reset ();
  fixture->folder = g_dir_make_tmp ("posture-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->file = g_build_filename (fixture->folder, "posture.db", NULL);
  fixture->log = g_strconcat (fixture->file, "-wal", NULL);
}

void
store_fixture_set_up (StoreFixture *fixture,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up_folder (fixture, data);
  fixture->store = posture_store_open (fixture->folder, note_modules, "test", &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->store);
}

/* Ends the store and with it everything that waits for the main context. */
void
store_fixture_close (StoreFixture *fixture)
{
  if (fixture->store == NULL)
    return;
  posture_store_close (fixture->store);
  while (g_main_context_iteration (NULL, /* may_block = */ FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

void
store_fixture_tear_down (StoreFixture *fixture,
                         gconstpointer data)
{
  test_vfs_reset ();
#if POSTURE_FAILPOINTS
  posture_failpoint_arm (NULL);
#endif
  store_fixture_close (fixture);
  test_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->file);
  g_free (fixture->log);
}

gboolean
sql_work (PostureTransaction *transaction,
          gpointer            data,
          GError            **error)
{
  return posture_transaction_execute (transaction, error, data, NULL);
}

gboolean
note_work (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  if (!posture_transaction_execute (transaction, error, "INSERT INTO note (text) VALUES (?1)", "t",
                                    data))
    return FALSE;
  posture_transaction_notify (transaction, "note", data);
  return TRUE;
}

typedef struct
{
  const char *sql;
  gint64 number;
} Number;

static gboolean
number_work (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  Number *number = data;

  return posture_transaction_query_int (transaction, &number->number, error, number->sql, NULL);
}

gint64
store_number (PostureStore *store,
              const char   *sql)
{
  g_autoptr (GError) error = NULL;
  Number number = { sql, -1 };

  posture_store_read (store, number_work, &number, NULL, &error);
  g_assert_no_error (error);
  return number.number;
}

void
store_run (PostureStore *store,
           const char   *sql)
{
  g_autoptr (GError) error = NULL;

  posture_store_write (store, sql_work, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

gboolean
gate_work (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->entered = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return TRUE;
}

void
gate_wait (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (!gate->entered)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

/* Stops the store thread in a transaction of its own, so that what follows waits together. */
void
gate_block (StoreFixture *fixture,
            Gate         *gate,
            Answer       *answer)
{
  posture_store_write_async (fixture->store, gate_work, gate, NULL, NULL, answer_cb, answer);
  gate_wait (gate);
}

void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Answer *answer = data;

  answer->answers++;
  answer->value = posture_store_work_finish (POSTURE_STORE (source), result, &answer->error);
}

void
answer_wait (Answer *answer)
{
  while (answer->answers == 0)
    g_main_context_iteration (g_main_context_get_thread_default (), /* may_block = */ TRUE);
}

GBytes *
read_outside (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                                      &error, "cat", path, NULL);
  GBytes *bytes = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (process, /* stdin_buf = */ NULL, /* cancellable = */ NULL, &bytes,
                            /* stderr_buf = */ NULL, &error);
  g_assert_no_error (error);
  return bytes;
}

gboolean
contains (GBytes     *bytes,
          const char *text)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return data != NULL && memmem (data, size, text, strlen (text)) != NULL;
}

gint64
file_size (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (gint64) status.st_size : 0;
}

gboolean
arm (const char *setting)
{
#if POSTURE_FAILPOINTS
  posture_failpoint_arm (setting);
  return TRUE;
#else
  g_test_skip ("This build has no failpoints");
  return FALSE;
#endif
}
