/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/profile-lock.h"

#include "helper-process.h"
#include "store-fixture.h"

#include <glib/gstdio.h>

/* How many descriptors of this process are open on the profile's lock; others come and go with
 * GLib's own threads. */
static guint
count_descriptors (StoreFixture *fixture)
{
  g_autofree char *name_of_folder = g_path_get_basename (fixture->folder);
  g_autofree char *ending = g_build_filename ("/", name_of_folder, "profile.lock", NULL);
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *link = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      n += target != NULL && g_str_has_suffix (target, ending) ? 1 : 0;
    }
  return n;
}

static void
assert_busy (PostureProfileLock *lock)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (posture_profile_lock_try (lock, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_BUSY);
  g_assert_false (posture_profile_lock_is_held (lock));
}

static void
assert_taken (PostureProfileLock *lock)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (posture_profile_lock_try (lock, &error));
  g_assert_no_error (error);
  g_assert_true (posture_profile_lock_is_held (lock));
}

static void
test_one_process (StoreFixture *fixture,
                  gconstpointer data)
{
  PostureProfileLock *first = posture_profile_lock_new (fixture->folder);
  g_autoptr (PostureProfileLock) second = posture_profile_lock_new (fixture->folder);

  g_assert_false (posture_profile_lock_is_held (first));
  assert_taken (first);
  assert_taken (first);
  assert_busy (second);
  g_assert_cmpuint (count_descriptors (fixture), ==, 1);
  posture_profile_lock_release (first);
  posture_profile_lock_release (first);
  g_assert_false (posture_profile_lock_is_held (first));
  assert_taken (second);
  posture_profile_lock_release (second);
  assert_taken (first);
  /* The last reference gives it back. */
  g_assert_finalize_object (first);
  assert_taken (second);
  posture_profile_lock_release (second);
  g_assert_cmpuint (count_descriptors (fixture), ==, 0);
}

/* An open store is no dispatcher, and to open and close one takes no lock away. */
static void
test_beside_store (StoreFixture *fixture,
                   gconstpointer data)
{
  g_autoptr (PostureProfileLock) lock = posture_profile_lock_new (fixture->folder);
  g_autoptr (PostureProfileLock) other = posture_profile_lock_new (fixture->folder);

  fixture->store = posture_store_open (fixture->folder, note_modules, NULL, NULL);
  assert_taken (lock);
  store_fixture_close (fixture);
  assert_busy (other);
}

static void
test_two_processes (StoreFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (PostureProfileLock) lock = posture_profile_lock_new (fixture->folder);
  g_autoptr (HelperProcess) holder = helper_process_new (fixture->folder, "lock", NULL);
  HelperProcess *killed;
  HelperProcess *refused;

  helper_process_expect (holder, "held");
  assert_busy (lock);
  helper_process_go_on (holder);
  helper_process_expect (holder, "released");
  assert_taken (lock);
  refused = helper_process_new (fixture->folder, "lock", NULL);
  helper_process_expect (refused, "refused");
  helper_process_free (refused);
  posture_profile_lock_release (lock);

  killed = helper_process_new (fixture->folder, "lock", NULL);
  helper_process_expect (killed, "held");
  assert_busy (lock);
  helper_process_kill (killed);
  assert_taken (lock);
  helper_process_free (killed);
}

typedef struct
{
  gboolean done;
  gboolean held;
  GError *error;
} Acquired;

static void
acquired_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Acquired *acquired = data;

  acquired->held =
    posture_profile_lock_acquire_finish (POSTURE_PROFILE_LOCK (source), result, &acquired->error);
  acquired->done = TRUE;
}

static void
wait_acquired (Acquired *acquired)
{
  while (!acquired->done)
    g_main_context_iteration (NULL, TRUE);
}

/* Who waits gets it: when it is free, when it is given back, and when the holder is killed. */
static void
test_acquire (StoreFixture *fixture,
              gconstpointer data)
{
  g_autoptr (PostureProfileLock) lock = posture_profile_lock_new (fixture->folder);
  Acquired at_once = { 0 };

  posture_profile_lock_acquire_async (lock, NULL, acquired_cb, &at_once);
  wait_acquired (&at_once);
  g_assert_no_error (at_once.error);
  g_assert_true (at_once.held);
  g_assert_true (posture_profile_lock_is_held (lock));
  posture_profile_lock_release (lock);
  g_assert_cmpuint (count_descriptors (fixture), ==, 0);

  for (guint kill = 0; kill < 2; kill++)
    {
      g_autoptr (HelperProcess) holder = helper_process_new (fixture->folder, "lock", NULL);
      Acquired acquired = { 0 };

      helper_process_expect (holder, "held");
      posture_profile_lock_acquire_async (lock, NULL, acquired_cb, &acquired);
      g_main_context_iteration (NULL, FALSE);
      g_assert_false (acquired.done);
      if (kill)
        helper_process_kill (holder);
      else
        helper_process_go_on (holder);
      wait_acquired (&acquired);
      g_assert_no_error (acquired.error);
      g_assert_true (posture_profile_lock_is_held (lock));
      posture_profile_lock_release (lock);
    }
}

static void
test_cancel (StoreFixture *fixture,
             gconstpointer data)
{
  g_autoptr (PostureProfileLock) holder = posture_profile_lock_new (fixture->folder);
  g_autoptr (PostureProfileLock) lock = posture_profile_lock_new (fixture->folder);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Acquired acquired = { 0 };
  Acquired before = { 0 };

  assert_taken (holder);
  posture_profile_lock_acquire_async (lock, cancellable, acquired_cb, &acquired);
  g_cancellable_cancel (cancellable);
  wait_acquired (&acquired);
  g_assert_error (acquired.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (acquired.held);
  g_assert_false (posture_profile_lock_is_held (lock));
  g_clear_error (&acquired.error);
  /* Cancelled from the start: nothing waits. */
  posture_profile_lock_acquire_async (lock, cancellable, acquired_cb, &before);
  wait_acquired (&before);
  g_assert_error (before.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&before.error);

  /* The thread that waited gives the lock back as soon as it gets it. */
  posture_profile_lock_release (holder);
  while (count_descriptors (fixture) > 0)
    g_thread_yield ();
  assert_taken (lock);
}

static void
test_no_folder (StoreFixture *fixture,
                gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "nothing", NULL);
  g_autoptr (PostureProfileLock) lock = posture_profile_lock_new (folder);
  g_autoptr (GError) error = NULL;
  Acquired acquired = { 0 };

  g_assert_false (posture_profile_lock_try (lock, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN);
  posture_profile_lock_acquire_async (lock, NULL, acquired_cb, &acquired);
  wait_acquired (&acquired);
  g_assert_error (acquired.error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN);
  g_clear_error (&acquired.error);
}

#define FIXTURE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up_folder, func, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/profile-lock/one-process", test_one_process);
  FIXTURE_TEST ("/profile-lock/beside-store", test_beside_store);
  FIXTURE_TEST ("/profile-lock/two-processes", test_two_processes);
  FIXTURE_TEST ("/profile-lock/acquire", test_acquire);
  FIXTURE_TEST ("/profile-lock/cancel", test_cancel);
  FIXTURE_TEST ("/profile-lock/no-folder", test_no_folder);

  return g_test_run ();
}
