/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The short way from the transaction that puts an event to a target that prepares: whatever happens on it, what was put
 * is prepared once and arrives once, as it would if it were looked for in the journal. */

#include "config.h"

#include "bus-fixture.h"

#include "bus/rule.h"

#define ALL "{\"source\":[{\"exists\":true}]}"
#define AT_A_TIME 16

/* A target that sends to somebody who does not answer. */
#define TEST_TYPE_SENDER (test_sender_get_type ())
G_DECLARE_FINAL_TYPE (TestSender, test_sender, TEST, SENDER, GObject)

struct _TestSender
{
  GObject parent_instance;

  guint sent;
};

static void
cancelled_cb (GCancellable *cancellable,
              GTask        *task)
{
  g_task_return_error_if_cancelled (task);
}

static void
test_sender_send_async (PostureTarget      *target,
                        PostureEvent       *event,
                        const char         *input,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task = g_task_new (target, cancellable, callback, user_data);

  TEST_SENDER (target)->sent++;
  g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), task, g_object_unref);
}

static gboolean
test_sender_prepare_finish (PostureTarget *target,
                            GAsyncResult  *result,
                            gpointer      *ret_outcome,
                            GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_sender_target_init (PostureTargetInterface *iface)
{
  iface->send_async = test_sender_send_async;
  iface->prepare_finish = test_sender_prepare_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSender, test_sender, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET, test_sender_target_init))

static void
test_sender_class_init (TestSenderClass *klass)
{
}

static void
test_sender_init (TestSender *self)
{
}

/* Starts with a target that keeps what it is given until it is let go. */
static PostureTarget *
start (BusFixture *self)
{
  PostureTarget *target = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);

  bus_fixture_rule (self, "all", ALL, "held");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  return target;
}

static void
put (BusFixture *self,
     guint       n_events)
{
  for (guint i = 0; i < n_events; i++)
    g_free (bus_fixture_put (self, "a", "{}"));
}

/* Lets go whatever comes, until nothing waits any more. */
static void
let_all_go (BusFixture    *self,
            PostureTarget *target)
{
  bus_fixture_settle (self);
  while (bus_test_target_get_held (target) > 0)
    {
      bus_test_target_release (target);
      bus_fixture_settle (self);
    }
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery"), ==, 0);
}

/* More than wait at a time, such as are too long, and such as have to keep their order, so that the journal is looked
 * through in between. */
static void
test_many (BusFixture   *self,
           gconstpointer data)
{
  const guint n = 400;
  PostureTarget *target = start (self);
  g_autofree char *filler = g_strnfill (40 * 1024, 'x');
  g_autofree char *detail = g_strdup_printf ("{\"text\":\"%s\"}", filler);

  for (guint i = 0; i < n; i++)
    {
      PostureBusEntry entry = {
        .source = "a", .detail_type = "Test", .detail = i % 40 == 7 ? detail : "{}", .group = i % 40 == 3 ? "g" : NULL,
      };
      g_autoptr (GPtrArray) results = posture_bus_put (self->bus, &entry, 1, NULL);

      g_assert_nonnull (results);
      if (i % 100 == 99)
        bus_fixture_settle (self);
      if (i % 50 == 49 && bus_test_target_get_held (target) > 0)
        bus_test_target_release (target);
    }
  let_all_go (self, target);
  g_assert_cmpint (bus_fixture_effects (self), ==, n);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, n);
  g_assert_cmpuint (bus_test_target_get_most (target), ==, AT_A_TIME);
}

/* What can be handed over does not start before what was put earlier and cannot, be it with one put or with several. */
static void
test_mixed (BusFixture   *self,
            gconstpointer data)
{
  const PostureBusEntry entries[] = {
    { .source = "a", .detail_type = "Test", .detail = "{}" },
    { .source = "b", .detail_type = "Test", .detail = "{}", .group = "g" },
    { .source = "c", .detail_type = "Test", .detail = "{}" },
  };
  PostureTarget *target = bus_fixture_add (self, "prepared", 0, 0, NULL);
  g_autofree char *order = NULL;

  bus_fixture_rule (self, "all", ALL, "prepared");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_ptr_array_unref (posture_bus_put (self->bus, entries, G_N_ELEMENTS (entries), NULL));
  bus_fixture_settle (self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_ptr_array_unref (posture_bus_put (self->bus, &entries[i], 1, NULL));
  bus_fixture_settle (self);
  order = bus_test_target_dup_order (target);
  g_assert_cmpstr (order, ==, "a b c a b c");
}

/* What waited in the journal when the bus was started comes before what is handed over. */
static void
test_order (BusFixture   *self,
            gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "prepared", 0, 0, NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *order = NULL;

  bus_fixture_rule (self, "all", ALL, "prepared");
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *source = g_strdup_printf ("%c", 'a' + (char) (i % 26));

      if (i == 40)
        posture_bus_start (self->bus);
      if (i == 50)
        bus_fixture_settle (self);
      g_free (bus_fixture_put (self, source, "{}"));
      g_string_append_printf (expected, "%s%s", i > 0 ? " " : "", source);
    }
  bus_fixture_settle (self);
  order = bus_test_target_dup_order (target);
  g_assert_cmpstr (order, ==, expected->str);
}

static gboolean
put_in (PostureTransaction *transaction,
        PostureBus         *bus,
        const char         *resource,
        GError            **error)
{
  const char *resources[] = { resource, NULL };
  PostureBusEntry entry = { .source = "a", .detail_type = "Test", .detail = "{}", .resources = resources };
  g_autoptr (GPtrArray) results = posture_bus_put_in (bus, transaction, &entry, 1, error);

  return results != NULL;
}

static gboolean
put_func (PostureTransaction *transaction,
          gpointer            data,
          GError            **error)
{
  return put_in (transaction, data, "thing", error) && put_in (transaction, data, "other", error);
}

static gboolean
put_and_forget_func (PostureTransaction *transaction,
                     gpointer            data,
                     GError            **error)
{
  return put_func (transaction, data, error) && bus_fixture_forget_func (transaction, data, error);
}

/* What is forgotten before it was begun is not, be it in the transaction that put it or later; what was put with it is. */
static void
test_forgotten (BusFixture   *self,
                gconstpointer data)
{
  PostureTarget *target = start (self);

  g_assert_true (posture_store_write (self->store, put_and_forget_func, self->bus, NULL, NULL));
  let_all_go (self, target);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 1);

  put (self, AT_A_TIME);
  bus_fixture_settle (self);
  g_assert_true (posture_store_write (self->store, put_func, self->bus, NULL, NULL));
  bus_fixture_settle (self);
  g_assert_true (posture_store_write (self->store, bus_fixture_forget_func, self->bus, NULL, NULL));
  let_all_go (self, target);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, AT_A_TIME + 2);
  g_assert_cmpint (bus_fixture_effects (self), ==, AT_A_TIME + 2);
}

/* How far the transaction is, so that the main context can be run in the middle of it. */
typedef struct
{
  PostureBus *bus;
  gboolean puts; /* before it forgets */
  gint forgotten;
  gint go_on;
  gint done;
} Halt;

static gboolean
halt_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Halt *halt = data;

  if ((halt->puts && !put_func (transaction, halt->bus, error)) || !bus_fixture_forget_func (transaction, halt->bus, error))
    return FALSE;
  g_atomic_int_set (&halt->forgotten, TRUE);
  while (!g_atomic_int_get (&halt->go_on))
    g_usleep (100);
  return TRUE;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_assert_nonnull (posture_store_work_finish (POSTURE_STORE (source), result, NULL));
  ((Halt *) data)->done = TRUE;
}

/* The same while the dispatcher is at work: it looks through the journal before the transaction is on disk, and has to
 * do so again for what was put with the event that was forgotten. */
static void
test_forgotten_meanwhile (BusFixture   *self,
                          gconstpointer data)
{
  PostureTarget *target = start (self);
  Halt halt = { .bus = self->bus, .puts = TRUE };

  put (self, 1);
  posture_store_write_async (self->store, halt_func, &halt, /* destroy = */ NULL, /* cancellable = */ NULL, written_cb,
                             &halt);
  while (!g_atomic_int_get (&halt.forgotten))
    g_usleep (100);
  bus_fixture_wait_until (bus_test_target_get_held (target) == 1);
  g_atomic_int_set (&halt.go_on, TRUE);
  bus_fixture_wait_until (halt.done);
  let_all_go (self, target);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 2);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
}

/* What is found in the journal while a transaction deletes it is not begun when that is on disk. */
static void
test_forgotten_found (BusFixture   *self,
                      gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "prepared", 0, 0, NULL);
  Halt halt = { .bus = self->bus };

  bus_fixture_rule (self, "all", ALL, "prepared");
  g_assert_true (posture_store_write (self->store, put_func, self->bus, NULL, NULL));
  posture_store_write_async (self->store, halt_func, &halt, /* destroy = */ NULL, /* cancellable = */ NULL, written_cb,
                             &halt);
  while (!g_atomic_int_get (&halt.forgotten))
    g_usleep (100);
  posture_bus_start (self->bus);
  /* until it was found, and until it is gone, while nobody hears of either; if these were too short, they would only
   * prove less */
  g_usleep (100000);
  g_atomic_int_set (&halt.go_on, TRUE);
  g_usleep (100000);
  bus_fixture_wait_until (halt.done);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 1);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
}

/* Those of a group come one after the other. */
static void
test_group (BusFixture   *self,
            gconstpointer data)
{
  PostureTarget *target = start (self);
  PostureBusEntry entry = { .source = "a", .detail_type = "Test", .detail = "{}", .group = "g" };

  for (guint i = 0; i < 3; i++)
    g_ptr_array_unref (posture_bus_put (self->bus, &entry, 1, NULL));
  put (self, 1);
  for (guint i = 0; i < 3; i++)
    {
      bus_fixture_settle (self);
      g_assert_cmpuint (bus_test_target_get_held (target), ==, i == 0 ? 2 : 1);
      bus_test_target_release (target);
      if (i == 0)
        bus_test_target_release (target);
    }
  let_all_go (self, target);
  g_assert_cmpint (bus_fixture_effects (self), ==, 4);
}

static gboolean
fail_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  g_assert_true (put_func (transaction, data, error));
  g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED, "taken back");
  return FALSE;
}

/* What was taken back is given to nobody, though the next event gets its number. */
static void
test_taken_back (BusFixture   *self,
                 gconstpointer data)
{
  PostureTarget *target = start (self);

  g_assert_false (posture_store_write (self->store, fail_func, self->bus, NULL, NULL));
  put (self, 1);
  let_all_go (self, target);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 1);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
}

/* What was not begun when its rule is paused waits until that is resumed. */
static void
test_paused (BusFixture   *self,
             gconstpointer data)
{
  PostureTarget *target = start (self);

  put (self, 3);
  g_assert_true (posture_bus_set_rule_state (self->bus, "all", POSTURE_RULE_PAUSED, NULL));
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 0);
  g_assert_true (posture_bus_set_rule_state (self->bus, "all", POSTURE_RULE_ENABLED, NULL));
  put (self, AT_A_TIME);
  bus_fixture_settle (self);
  g_assert_true (posture_bus_set_rule_state (self->bus, "all", POSTURE_RULE_PAUSED, NULL));
  put (self, 1);
  for (guint i = 0; i < AT_A_TIME; i++)
    {
      bus_test_target_release (target);
      bus_fixture_settle (self);
    }
  g_assert_cmpuint (bus_test_target_get_held (target), ==, 0);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, AT_A_TIME);
  g_assert_true (posture_bus_set_rule_state (self->bus, "all", POSTURE_RULE_ENABLED, NULL));
  let_all_go (self, target);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, AT_A_TIME + 4);
  g_assert_cmpint (bus_fixture_effects (self), ==, AT_A_TIME + 4);
}

/* What was found in the journal before its rule is paused, and not begun, waits as well. */
static void
test_paused_meanwhile (BusFixture   *self,
                       gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "prepared", 0, 0, NULL);

  bus_fixture_rule (self, "all", ALL, "prepared");
  put (self, 3);
  posture_bus_start (self->bus);
  /* until it was looked for, but nobody has heard of it; if this were too short, it would only prove less */
  g_usleep (100000);
  g_assert_true (posture_bus_set_rule_state (self->bus, "all", POSTURE_RULE_PAUSED, NULL));
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 0);
  g_assert_true (posture_bus_set_rule_state (self->bus, "all", POSTURE_RULE_ENABLED, NULL));
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 3);
  g_assert_cmpint (bus_fixture_effects (self), ==, 3);
}

/* What was handed over and not begun when the bus stops is found in the journal by the next one, also what is put
 * while none runs. */
static void
test_stopped (BusFixture   *self,
              gconstpointer data)
{
  PostureTarget *target = start (self);

  put (self, AT_A_TIME + 3);
  bus_fixture_settle (self);
  posture_bus_stop (self->bus);
  put (self, 2);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, AT_A_TIME);
  posture_bus_start (self->bus);
  put (self, 2);
  let_all_go (self, target);
  g_assert_cmpint (bus_fixture_effects (self), ==, AT_A_TIME + 7);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, AT_A_TIME + AT_A_TIME + 7);
}

/* What fails comes again at its time, though nothing else happens meanwhile; what follows does not wait for it. */
static void
test_fails (BusFixture   *self,
            gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "failing", 0, 1, &bus_test_policy);

  bus_fixture_rule (self, "all", ALL, "failing");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  put (self, 3);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
  bus_fixture_pass_pause (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 3);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 4);
}

/* As many slow servers as fill a look at the journal take no place from another target, whether their events waited
 * or are put now. */
static void
test_slow_servers (BusFixture   *self,
                   gconstpointer data)
{
  static const char *const names[] = { "w0", "w1", "w2", "w3" };
  TestSender *senders[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      senders[i] = g_object_new (TEST_TYPE_SENDER, NULL);
      posture_bus_add_target (self->bus, names[i], POSTURE_TARGET (senders[i]), /* policy = */ NULL);
      bus_fixture_rule (self, names[i], "{\"source\":[\"a\"]}", names[i]);
    }
  bus_fixture_add (self, "prepared", 0, 0, NULL);
  bus_fixture_rule (self, "other", "{\"source\":[\"b\"]}", "prepared");
  put (self, 4);
  g_free (bus_fixture_put (self, "b", "{}"));
  bus_fixture_settle (self); /* nothing is told any more */
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  put (self, 1);
  g_free (bus_fixture_put (self, "b", "{}"));
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
  posture_bus_stop (self->bus);
  bus_fixture_settle (self);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpuint (senders[i]->sent, ==, 4);
      g_object_unref (senders[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/bus/handover/" name, BusFixture, NULL, bus_fixture_set_up, func, bus_fixture_tear_down)
  ADD ("many", test_many);
  ADD ("mixed", test_mixed);
  ADD ("order", test_order);
  ADD ("forgotten", test_forgotten);
  ADD ("forgotten-meanwhile", test_forgotten_meanwhile);
  ADD ("group", test_group);
  ADD ("taken-back", test_taken_back);
  ADD ("forgotten-found", test_forgotten_found);
  ADD ("paused", test_paused);
  ADD ("paused-meanwhile", test_paused_meanwhile);
  ADD ("stopped", test_stopped);
  ADD ("fails", test_fails);
  ADD ("slow-servers", test_slow_servers);
  return g_test_run ();
}
