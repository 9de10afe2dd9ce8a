/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#define ALL "{\"source\":[\"child\"]}"
#define N_PUTS 6

/* The same in every process: one target of each kind, each of which fails at first. */
static void
add_targets (BusFixture *self,
             guint       failures)
{
  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, failures, &bus_test_policy);
  bus_fixture_add (self, "prepared", 0, failures, &bus_test_policy);
  bus_fixture_add (self, "late", BUS_TEST_AT_COMMIT, failures, &bus_test_policy);
}

static void
say (const char *text)
{
  g_assert_cmpint (write (STDOUT_FILENO, text, strlen (text)), ==, (gssize) strlen (text));
  g_assert_cmpint (write (STDOUT_FILENO, "\n", 1), ==, 1);
}

static gint64
pending (BusFixture *self)
{
  PostureBusFigures figures;

  g_assert_true (posture_bus_get_figures (self->bus, &figures, NULL));
  return figures.pending;
}

/* Delivers whatever is there, however long that takes by the clock. */
static void
drain (BusFixture *self)
{
  bus_fixture_settle (self);
  while (pending (self) > 0)
    bus_fixture_pass_pause (self);
}

/* A child that puts events, says the id of each that was acknowledged, and delivers them. */
static void
deliver_role (BusFixture *self)
{
  /* as often as it takes for an attempt to be written down N_PUTS times, whichever target it is */
  add_targets (self, N_PUTS);
  bus_fixture_rule (self, "all", ALL, "direct prepared late");
  posture_bus_start (self->bus);
  for (guint i = 0; i < N_PUTS; i++)
    {
      g_autofree char *id = bus_fixture_put (self, "child", "{}");

      say (id);
    }
  drain (self);
  say ("end");
}

/* A child that dispatches and is in the middle of it until somebody kills it. */
static void
hold_role (BusFixture *self)
{
  g_autoptr (PostureProfileLock) lock = posture_profile_lock_new (self->folder);
  PostureTarget *target = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);

  g_assert_true (posture_profile_lock_try (lock, NULL));
  posture_bus_start (self->bus);
  bus_fixture_wait_until (bus_test_target_get_held (target) == 3);
  say ("held");
  while (TRUE)
    bus_fixture_tick ();
}

/* A child that puts a rule and an event and ends in order. */
static void
put_role (BusFixture *self)
{
  g_autofree char *id = NULL;

  bus_fixture_rule (self, "all", ALL, "prepared");
  id = bus_fixture_put (self, "child", "{}");
  say (id);
}

static int
run_role (const char *role,
          const char *folder)
{
  BusFixture self = { .folder = g_strdup (folder) };

  bus_fixture_open (&self);
  if (g_str_equal (role, "deliver"))
    deliver_role (&self);
  else if (g_str_equal (role, "hold"))
    hold_role (&self);
  else
    put_role (&self);
  bus_fixture_close (&self);
  g_clear_object (&self.clock);
  g_free (self.folder);
  return 0;
}

/* What a child says, line by line, until it ends. Read here and now: a communication with the child
 * would close the pipe on a thread of a pool, which may be ending when leaks are looked for. */
static char **
hear (GSubprocess *child)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autoptr (GStrvBuilder) said = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  char *line;

  while ((line = g_data_input_stream_read_line (lines, /* length = */ NULL, /* cancellable = */ NULL,
                                                &error)) != NULL)
    {
      g_strv_builder_add (said, line);
      g_free (line);
    }
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (child, /* cancellable = */ NULL, &error));
  g_assert_no_error (error);
  return g_strv_builder_end (said);
}

/* Each acknowledged event is there; each event that is there has one effect for each target, and there
 * is no effect without its event. */
static void
check_effects (BusFixture        *self,
               const char *const *said)
{
  gint64 events = bus_fixture_ask (self, "SELECT count(*) FROM bus_event");

  g_test_message ("Each acknowledged event is there, has one effect for each target, and there is no other effect.");
  for (guint i = 0; said[i] != NULL; i++)
    if (said[i][0] != '\0' && !g_str_equal (said[i], "end"))
      {
        g_autoptr (PostureEvent) event = posture_bus_dup_event (self->bus, said[i], NULL);

        g_assert_nonnull (event);
      }
  g_assert_cmpint (bus_fixture_effects (self), ==, 3 * events);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(DISTINCT target || event) FROM bus_test_effect"), ==,
                   3 * events);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_test_effect"
                                          " WHERE event NOT IN (SELECT id FROM bus_event)"), ==, 0);
}

#if POSTURE_FAILPOINTS
/* Wherever the program is killed: what was acknowledged has its effects, each exactly once, when it has
 * started again. */
static void
test_kill (BusFixture   *self,
           gconstpointer data)
{
  const char *place = data;
  const guint hits[] = { 1, 2, 4, N_PUTS };

  for (guint i = 0; i < G_N_ELEMENTS (hits); i++)
    {
      g_autofree char *failpoint = g_strdup_printf ("%s:%u=kill", place, hits[i]);
      g_autoptr (GSubprocess) child = NULL;
      g_auto (GStrv) said = NULL;

      bus_fixture_close (self);
      child = bus_fixture_spawn (self, "deliver", failpoint);
      said = hear (child);
      g_assert_true (g_subprocess_get_if_signaled (child));
      g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
      g_assert_false (g_strv_contains ((const char *const *) said, "end"));
      bus_fixture_open (self);
      add_targets (self, 0);
      posture_bus_start (self->bus);
      drain (self);
      check_effects (self, (const char *const *) said);
    }
}
#endif

/* A child that nobody kills does it all by itself. */
static void
test_no_kill (BusFixture   *self,
              gconstpointer data)
{
  g_autoptr (GSubprocess) child = NULL;
  g_auto (GStrv) said = NULL;

  bus_fixture_close (self);
  child = bus_fixture_spawn (self, "deliver", /* failpoint = */ NULL);
  said = hear (child);
  g_assert_true (g_subprocess_get_successful (child));
  g_assert_cmpuint (g_strv_length (said), ==, N_PUTS + 1);
  bus_fixture_open (self);
  check_effects (self, (const char *const *) said);
  g_assert_cmpint (pending (self), ==, 0);
}

static void
acquired_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_assert_true (posture_profile_lock_acquire_finish (POSTURE_PROFILE_LOCK (source), result, NULL));
  *(gboolean *) data = TRUE;
}

/* When the process that dispatches is killed in the middle of it, one that waits gets the lock and
 * delivers what was under way: once, and at no cost. */
static void
test_takeover (BusFixture   *self,
               gconstpointer data)
{
  g_autoptr (PostureProfileLock) lock = posture_profile_lock_new (self->folder);
  g_autoptr (GSubprocess) child = NULL;
  gboolean acquired = FALSE;
  char line[5] = "";
  PostureTarget *target;

  bus_fixture_rule (self, "all", ALL, "held");
  for (guint i = 0; i < 3; i++)
    g_free (bus_fixture_put (self, "child", "{}"));
  child = bus_fixture_spawn (self, "hold", /* failpoint = */ NULL);
  g_assert_true (g_input_stream_read_all (g_subprocess_get_stdout_pipe (child), line, sizeof line, NULL,
                                          NULL, NULL));
  g_assert_false (posture_profile_lock_try (lock, NULL));
  posture_profile_lock_acquire_async (lock, /* cancellable = */ NULL, acquired_cb, &acquired);
  bus_fixture_settle (self);
  g_assert_false (acquired);
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  bus_fixture_wait_until (acquired);

  target = bus_fixture_add (self, "held", 0, 0, NULL);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 3);
  g_assert_cmpint (bus_fixture_effects (self), ==, 3);
  g_assert_cmpint (pending (self), ==, 0);
}

/* What another process puts is delivered here, and a rule that it put holds here, too. */
static void
test_other_process (BusFixture   *self,
                    gconstpointer data)
{
  g_autoptr (GSubprocess) child = NULL;
  g_auto (GStrv) said = NULL;

  bus_fixture_add (self, "prepared", 0, 0, NULL);
  posture_bus_start (self->bus);
  child = bus_fixture_spawn (self, "put", /* failpoint = */ NULL);
  said = hear (child);
  g_assert_true (g_subprocess_get_successful (child));
  g_free (bus_fixture_put (self, "child", "{}"));
  bus_fixture_wait_until (bus_fixture_effects (self) == 2);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--role"))
    return run_role (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) \
  g_test_add ("/bus/process/" name, BusFixture, data, bus_fixture_set_up, func, bus_fixture_tear_down)
#if POSTURE_FAILPOINTS
  ADD ("kill/insert-event", "sql.insert.bus_event", test_kill);
  ADD ("kill/insert-delivery", "sql.insert.bus_delivery", test_kill);
  ADD ("kill/delete-delivery", "sql.delete.bus_delivery", test_kill);
  ADD ("kill/update-delivery", "sql.update.bus_delivery", test_kill);
  ADD ("kill/effect", "sql.insert.bus_test_effect", test_kill);
  ADD ("kill/commit", "store.commit.before", test_kill);
  ADD ("kill/answer", "store.answer.before", test_kill);
#endif
  ADD ("no-kill", NULL, test_no_kill);
  ADD ("takeover", NULL, test_takeover);
  ADD ("other-process", NULL, test_other_process);
  return g_test_run ();
}
