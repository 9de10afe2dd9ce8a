/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "test-folder.h"

#include <string.h>

typedef struct
{
  guint id;
  gint64 due;
  gint64 delay;
  GSourceFunc function;
  gpointer data;
} Timeout;

/* Pauses of up to three days, drawn to the millisecond: none of them is ever 0. */
const PostureRetryPolicy bus_test_policy = {
  .max_attempts = 185,
  .max_age = 1000 * 86400 * G_GINT64_CONSTANT (1000),
  .base_delay = 1 << 28,
  .max_delay = 1 << 28,
};

struct _BusTestClock
{
  PostureClock parent_instance;

  GMutex mutex; /* the store thread asks for the time, too */
  gint64 now;
  guint last_id;
  GPtrArray *timeouts; /* (element-type Timeout) */
};

G_DEFINE_FINAL_TYPE (BusTestClock, bus_test_clock, POSTURE_TYPE_CLOCK)

static gint64
bus_test_clock_get_now (PostureClock *clock)
{
  BusTestClock *self = BUS_TEST_CLOCK (clock);
  gint64 now;

  g_mutex_lock (&self->mutex);
  now = self->now;
  g_mutex_unlock (&self->mutex);
  return now;
}

static guint
bus_test_clock_add_timeout (PostureClock *clock,
                            gint64        delay,
                            GSourceFunc   function,
                            gpointer      data)
{
  BusTestClock *self = BUS_TEST_CLOCK (clock);
  Timeout *timeout = g_new0 (Timeout, 1);

  timeout->id = ++self->last_id;
  timeout->due = bus_test_clock_get_now (clock) + delay;
  timeout->delay = delay;
  timeout->function = function;
  timeout->data = data;
  g_ptr_array_add (self->timeouts, timeout);
  return timeout->id;
}

static void
bus_test_clock_remove (PostureClock *clock,
                       guint         id)
{
  BusTestClock *self = BUS_TEST_CLOCK (clock);

  for (guint i = 0; i < self->timeouts->len; i++)
    if (((Timeout *) g_ptr_array_index (self->timeouts, i))->id == id)
      {
        g_ptr_array_remove_index (self->timeouts, i);
        return;
      }
}

static void
bus_test_clock_finalize (GObject *object)
{
  BusTestClock *self = BUS_TEST_CLOCK (object);

  /* a timeout that is left would call into what is gone */
  g_assert_cmpuint (self->timeouts->len, ==, 0);
  g_ptr_array_unref (self->timeouts);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (bus_test_clock_parent_class)->finalize (object);
}

static void
bus_test_clock_class_init (BusTestClockClass *klass)
{
  PostureClockClass *clock_class = POSTURE_CLOCK_CLASS (klass);

  clock_class->get_now = bus_test_clock_get_now;
  clock_class->add_timeout = bus_test_clock_add_timeout;
  clock_class->remove = bus_test_clock_remove;
  G_OBJECT_CLASS (klass)->finalize = bus_test_clock_finalize;
}

static void
bus_test_clock_init (BusTestClock *self)
{
  g_mutex_init (&self->mutex);
  self->now = BUS_TEST_START;
  self->timeouts = g_ptr_array_new_with_free_func (g_free);
}

BusTestClock *
bus_test_clock_new (void)
{
  return g_object_new (BUS_TYPE_TEST_CLOCK, NULL);
}

/* Sets the clock without calling anybody, as a person does. */
void
bus_test_clock_set (BusTestClock *self,
                    gint64        now)
{
  g_mutex_lock (&self->mutex);
  self->now = now;
  g_mutex_unlock (&self->mutex);
}

static Timeout *
first_timeout (BusTestClock *self)
{
  Timeout *first = NULL;

  for (guint i = 0; i < self->timeouts->len; i++)
    {
      Timeout *timeout = g_ptr_array_index (self->timeouts, i);

      if (first == NULL || timeout->due < first->due)
        first = timeout;
    }
  return first;
}

/* When the next timeout is due. */
gint64
bus_test_clock_next (BusTestClock *self)
{
  Timeout *first = first_timeout (self);

  return first != NULL ? first->due : G_MAXINT64;
}

/* Lets time pass and calls whose time has come. */
void
bus_test_clock_advance (BusTestClock *self,
                        gint64        delay)
{
  gint64 end = posture_clock_get_now (POSTURE_CLOCK (self)) + delay;

  while (bus_test_clock_next (self) <= end)
    {
      Timeout *timeout = first_timeout (self);
      guint id = timeout->id;

      bus_test_clock_set (self, timeout->due);
      timeout->due += MAX (timeout->delay, 1);
      if (!timeout->function (timeout->data))
        bus_test_clock_remove (POSTURE_CLOCK (self), id);
    }
  bus_test_clock_set (self, end);
}

/* Prepared and direct targets are two classes of one struct: which of them a target is its class says. */
typedef struct
{
  GObjectClass parent_class;
} BusTestTargetClass;

#define BUS_TEST_TARGET(object) ((BusTestTarget *) (object))

struct _BusTestTarget
{
  GObject parent_instance;

  char *name;
  PostureBus *bus; /* (unowned) */
  BusTestFlags flags;
  gint failures; /* that are still to come */
  gint commits;
  guint prepared;
  guint most;
  GString *order;
  GPtrArray *held; /* (element-type GTask) */
};

static gboolean
take_failure (BusTestTarget *self,
              GError       **error)
{
  if (g_atomic_int_get (&self->failures) == 0)
    return TRUE;
  g_atomic_int_add (&self->failures, -1);
  if (self->flags & BUS_TEST_SELF_CANCEL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s gave up by itself", self->name);
  else
    g_set_error (error, POSTURE_BUS_ERROR,
                 self->flags & BUS_TEST_PERMANENT ? POSTURE_BUS_ERROR_PERMANENT : POSTURE_BUS_ERROR_FAILED,
                 "%s cannot", self->name);
  return FALSE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  GTask *task = data;
  BusTestTarget *self = g_task_get_source_object (task);

  g_task_return_error_if_cancelled (task);
  g_ptr_array_remove (self->held, task);
}

static void
bus_test_target_prepare_async (PostureTarget      *target,
                               PostureEvent       *event,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  BusTestTarget *self = BUS_TEST_TARGET (target);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_check_cancellable (task, FALSE);
  self->prepared++;
  g_string_append_printf (self->order, "%s%s", self->order->len > 0 ? " " : "",
                          posture_event_get_source (event));
  if (!(self->flags & BUS_TEST_AT_COMMIT) && !take_failure (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (!(self->flags & BUS_TEST_HELD))
    {
      g_task_return_pointer (task, g_strdup (posture_event_get_id (event)), g_free);
      return;
    }
  g_ptr_array_add (self->held, g_object_ref (task));
  g_task_set_task_data (task, g_strdup (posture_event_get_id (event)), g_free);
  self->most = MAX (self->most, self->held->len);
  if (!(self->flags & BUS_TEST_DEAF))
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task, 0);
}

static gboolean
bus_test_target_prepare_finish (PostureTarget *target,
                                GAsyncResult  *result,
                                gpointer      *ret_outcome,
                                GError       **error)
{
  char *outcome = g_task_propagate_pointer (G_TASK (result), error);

  if (outcome == NULL)
    return FALSE;
  /* it belongs to the result, so that it goes with it */
  g_object_set_data_full (G_OBJECT (result), "outcome", outcome, g_free);
  *ret_outcome = outcome;
  return TRUE;
}

static gboolean
bus_test_target_commit (PostureTarget      *target,
                        PostureTransaction *transaction,
                        PostureEvent       *event,
                        gpointer            outcome,
                        GError            **error)
{
  BusTestTarget *self = BUS_TEST_TARGET (target);
  gboolean late = (self->flags & BUS_TEST_AT_COMMIT) != 0;
  gboolean direct = (self->flags & BUS_TEST_DIRECT) != 0;
  PostureBusEntry entry = { .source = "test.followup", .detail_type = "Test", .detail = "{}" };

  g_atomic_int_inc (&self->commits);
  g_assert_cmpstr (outcome, ==, direct ? NULL : posture_event_get_id (event));
  if (direct && !late && !take_failure (self, error))
    return FALSE;
  if (!posture_transaction_execute (transaction, error,
                                    "INSERT INTO bus_test_effect (target, event) VALUES (?1, ?2)", "tt",
                                    self->flags & BUS_TEST_CONSTRAINT ? "" : self->name,
                                    posture_event_get_id (event)))
    return FALSE;
  if (self->flags & BUS_TEST_PUTS)
    {
      g_autoptr (GPtrArray) results = posture_bus_put_in (self->bus, transaction, &entry, 1, error);

      if (results == NULL)
        return FALSE;
    }
  return !late || take_failure (self, error);
}

static gpointer target_parent_class;

static void
bus_test_target_finalize (GObject *object)
{
  BusTestTarget *self = BUS_TEST_TARGET (object);

  g_free (self->name);
  g_string_free (self->order, TRUE);
  g_ptr_array_unref (self->held);
  G_OBJECT_CLASS (target_parent_class)->finalize (object);
}

static void
bus_test_target_iface_init (PostureTargetInterface *iface)
{
  iface->prepare_async = bus_test_target_prepare_async;
  iface->prepare_finish = bus_test_target_prepare_finish;
  iface->commit = bus_test_target_commit;
}

G_DEFINE_TYPE_WITH_CODE (BusTestTarget, bus_test_target, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET, bus_test_target_iface_init))

static void
bus_test_target_class_init (BusTestTargetClass *klass)
{
  target_parent_class = g_type_class_peek_parent (klass);
  G_OBJECT_CLASS (klass)->finalize = bus_test_target_finalize;
}

static void
bus_test_target_init (BusTestTarget *self)
{
  self->order = g_string_new (NULL);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
}

typedef BusTestTarget BusTestDirect;
typedef BusTestTargetClass BusTestDirectClass;
GType bus_test_direct_get_type (void);

static void
bus_test_direct_iface_init (PostureTargetInterface *iface)
{
  iface->prepare_async = NULL;
  iface->prepare_finish = NULL;
  iface->commit = bus_test_target_commit;
}

G_DEFINE_TYPE_WITH_CODE (BusTestDirect, bus_test_direct, bus_test_target_get_type (),
                         G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET, bus_test_direct_iface_init))

static void
bus_test_direct_class_init (BusTestDirectClass *klass)
{
}

static void
bus_test_direct_init (BusTestDirect *self)
{
}

/* A target that fails as often as said before it succeeds. */
PostureTarget *
bus_test_target_new (const char  *name,
                     PostureBus  *bus,
                     BusTestFlags flags,
                     guint        failures)
{
  BusTestTarget *self = g_object_new (flags & BUS_TEST_DIRECT ? bus_test_direct_get_type ()
                                                              : bus_test_target_get_type (), NULL);

  self->name = g_strdup (name);
  self->bus = bus;
  self->flags = flags;
  self->failures = (gint) failures;
  return POSTURE_TARGET (self);
}

void
bus_test_target_set_failures (PostureTarget *target,
                              guint          failures)
{
  g_atomic_int_set (&BUS_TEST_TARGET (target)->failures, (gint) failures);
}

guint
bus_test_target_get_prepared (PostureTarget *target)
{
  return BUS_TEST_TARGET (target)->prepared;
}

guint
bus_test_target_get_commits (PostureTarget *target)
{
  return (guint) g_atomic_int_get (&BUS_TEST_TARGET (target)->commits);
}

/* How many are being prepared just now. */
guint
bus_test_target_get_held (PostureTarget *target)
{
  return BUS_TEST_TARGET (target)->held->len;
}

/* How many were being prepared at a time, at most. */
guint
bus_test_target_get_most (PostureTarget *target)
{
  return BUS_TEST_TARGET (target)->most;
}

/* Lets the first one go. */
void
bus_test_target_release (PostureTarget *target)
{
  BusTestTarget *self = BUS_TEST_TARGET (target);
  g_autoptr (GTask) task = g_ptr_array_steal_index (self->held, 0);
  g_autoptr (GError) error = NULL;

  g_signal_handlers_disconnect_by_func (g_task_get_cancellable (task), cancelled_cb, task);
  if (take_failure (self, &error))
    g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The sources of the events in the order in which they began to be prepared. */
char *
bus_test_target_dup_order (PostureTarget *target)
{
  return g_strdup (BUS_TEST_TARGET (target)->order->str);
}

static const char *const effect_migrations[] = {
  "CREATE TABLE bus_test_effect ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  target TEXT NOT NULL CHECK (target <> ''),"
  "  event TEXT NOT NULL"
  ") STRICT;",
  NULL
};
static const PostureStoreModule effect_module = { "bus_test", effect_migrations };

/* Opens store and bus in a folder that is there; a clock that is there goes on. */
void
bus_fixture_open (BusFixture *self)
{
  const PostureStoreModule *modules[] = { &posture_bus_store_module, &effect_module, NULL };
  g_autoptr (GError) error = NULL;

  self->store = posture_store_open (self->folder, modules, /* vfs = */ NULL, &error);
  g_assert_no_error (error);
  if (self->clock == NULL)
    self->clock = POSTURE_CLOCK (bus_test_clock_new ());
  self->bus = posture_bus_new (self->store, self->clock);
}

void
bus_fixture_close (BusFixture *self)
{
  posture_bus_stop (self->bus);
  posture_store_close (self->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->bus));
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

void
bus_fixture_set_up (BusFixture   *self,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("posture-bus-XXXXXX", &error);
  g_assert_no_error (error);
  bus_fixture_open (self);
}

void
bus_fixture_tear_down (BusFixture   *self,
                       gconstpointer data)
{
  if (self->bus != NULL)
    bus_fixture_close (self);
  g_assert_finalize_object (g_steal_pointer (&self->clock));
  test_folder_remove (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

/* Adds a target; it lives as long as the bus. */
PostureTarget *
bus_fixture_add (BusFixture               *self,
                 const char               *name,
                 BusTestFlags              flags,
                 guint                     failures,
                 const PostureRetryPolicy *policy)
{
  g_autoptr (PostureTarget) target = bus_test_target_new (name, self->bus, flags, failures);

  posture_bus_add_target (self->bus, name, target, policy);
  return target;
}

/* Puts a rule; @targets are names with spaces between them. */
void
bus_fixture_rule (BusFixture *self,
                  const char *name,
                  const char *pattern,
                  const char *targets)
{
  g_auto (GStrv) list = g_strsplit (targets, " ", -1);
  g_autoptr (GError) error = NULL;

  posture_bus_put_rule (self->bus, name, pattern, (const char *const *) list, &error);
  g_assert_no_error (error);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      answer)
{
  g_set_object ((GAsyncResult **) answer, result);
}

/* Puts events while the main context runs: never at once. */
GPtrArray *
bus_fixture_put_async (BusFixture            *self,
                       const PostureBusEntry *entries,
                       guint                  n_entries,
                       GCancellable          *cancellable,
                       GError               **error)
{
  g_autoptr (GAsyncResult) answer = NULL;

  posture_bus_put_async (self->bus, entries, n_entries, cancellable, put_cb, &answer);
  g_assert_null (answer);
  bus_fixture_wait_until (answer != NULL);
  return posture_bus_put_finish (self->bus, answer, error);
}

/* Puts one event that is not refused, and gives its id. */
char *
bus_fixture_put (BusFixture *self,
                 const char *source,
                 const char *detail)
{
  PostureBusEntry entry = { .source = source, .detail_type = "Test", .detail = detail };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = posture_bus_put (self->bus, &entry, 1, &error);
  PostureBusResult *result;

  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 1);
  result = g_ptr_array_index (results, 0);
  g_assert_cmpstr (result->error_message, ==, NULL);
  return g_strdup (result->event_id);
}

gint64
bus_fixture_now (BusFixture *self)
{
  return posture_clock_get_now (self->clock);
}

static gboolean
run_func (PostureTransaction *transaction,
          gpointer            data,
          GError            **error)
{
  return posture_transaction_execute (transaction, error, data, NULL);
}

/* Writes past the bus. */
void
bus_fixture_run (BusFixture *self,
                 const char *sql)
{
  g_autoptr (GError) error = NULL;

  posture_store_write (self->store, run_func, (gpointer) sql, /* cancellable = */ NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *sql;
  char *answer;
} Ask;

static gboolean
ask_func (PostureTransaction *transaction,
          gpointer            data,
          GError            **error)
{
  Ask *ask = data;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, ask->sql, NULL);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_ROW)
    ask->answer = g_strdup (posture_statement_get_text (row, 0));
  return step != POSTURE_STEP_ERROR;
}

/* Reads a text past the bus; NULL if there is none. */
char *
bus_fixture_ask_text (BusFixture *self,
                      const char *sql)
{
  Ask ask = { sql, NULL };
  g_autoptr (GError) error = NULL;

  posture_store_read (self->store, ask_func, &ask, /* cancellable = */ NULL, &error);
  g_assert_no_error (error);
  return ask.answer;
}

/* Reads a number past the bus; 0 if there is none. */
gint64
bus_fixture_ask (BusFixture *self,
                 const char *sql)
{
  g_autofree char *text = bus_fixture_ask_text (self, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* Forgets "thing". */
gboolean
bus_fixture_forget_func (PostureTransaction *transaction,
                         gpointer            bus,
                         GError            **error)
{
  return posture_bus_forget_in (bus, transaction, "thing", error);
}

gint64
bus_fixture_effects (BusFixture *self)
{
  return bus_fixture_ask (self, "SELECT count(*) FROM bus_test_effect");
}

static gboolean
nothing_func (PostureTransaction *transaction,
              gpointer            data,
              GError            **error)
{
  return TRUE;
}

/* Where all reader threads of the store meet: each has then done what it had to do before. */
#define N_READERS 2

typedef struct
{
  GMutex mutex;
  GCond cond;
  guint arrived;
} Meeting;

static gboolean
meet_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Meeting *meeting = data;

  g_mutex_lock (&meeting->mutex);
  meeting->arrived++;
  g_cond_broadcast (&meeting->cond);
  while (meeting->arrived < N_READERS)
    g_cond_wait (&meeting->cond, &meeting->mutex);
  g_mutex_unlock (&meeting->mutex);
  return TRUE;
}

static void
met_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_assert_nonnull (posture_store_work_finish (POSTURE_STORE (source), result, NULL));
  ++*(guint *) data;
}

/* Gives each reader a work that ends when all have one, so that what they had before is done. The answers
 * come in a context of their own: whoever settles counts what the usual one hears. */
static void
meet_readers (BusFixture *self)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Meeting meeting = { .arrived = 0 };
  guint met = 0;

  g_mutex_init (&meeting.mutex);
  g_cond_init (&meeting.cond);
  g_main_context_push_thread_default (context);
  for (guint i = 0; i < N_READERS; i++)
    posture_store_read_async (self->store, meet_func, &meeting, /* destroy = */ NULL, /* cancellable = */ NULL,
                              met_cb, &met);
  while (met < N_READERS)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  g_mutex_clear (&meeting.mutex);
  g_cond_clear (&meeting.cond);
}

/* Waits until nothing is under way any more: all that was handed to the store was done, and nothing came
 * of it that has not been heard. What a held target prepares does not count. */
void
bus_fixture_settle (BusFixture *self)
{
  gboolean heard = TRUE;

  while (heard)
    {
      heard = FALSE;
      posture_store_write (self->store, nothing_func, NULL, NULL, NULL);
      meet_readers (self);
      while (g_main_context_iteration (NULL, FALSE))
        heard = TRUE;
    }
}

/* Lets time pass; whenever somebody's time has come, all that it sets off comes to rest first. */
void
bus_fixture_advance (BusFixture *self,
                     gint64      delay)
{
  BusTestClock *clock = BUS_TEST_CLOCK (self->clock);
  gint64 end = bus_fixture_now (self) + delay;

  while (bus_test_clock_next (clock) <= end)
    {
      bus_test_clock_advance (clock, MAX (bus_test_clock_next (clock) - bus_fixture_now (self), 0));
      bus_fixture_settle (self);
    }
  bus_test_clock_advance (clock, end - bus_fixture_now (self));
  bus_fixture_settle (self);
}

/* Lets time pass until the first retry is due. */
void
bus_fixture_pass_pause (BusFixture *self)
{
  gint64 pause = bus_fixture_ask (self, "SELECT min(due) FROM bus_delivery") - bus_fixture_now (self);

  g_assert_cmpint (pause, >, 0);
  bus_fixture_advance (self, pause);
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Makes sure that a wait looks again, also for what another process does. */
void
bus_fixture_tick (void)
{
  g_autoptr (GSource) tick = g_timeout_source_new (5);

  g_source_set_callback (tick, tick_cb, NULL, NULL);
  g_source_attach (tick, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_source_destroy (tick);
}

/* Starts this test program again as another process on the same profile. */
GSubprocess *
bus_fixture_spawn (BusFixture *self,
                   const char *role,
                   const char *failpoint)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  if (failpoint != NULL)
    g_subprocess_launcher_setenv (launcher, "POSTURE_FAILPOINT", failpoint, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "--role", role, self->folder, NULL);
  g_assert_no_error (error);
  return process;
}
