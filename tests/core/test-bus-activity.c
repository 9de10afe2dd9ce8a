/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "bus/activity.h"
#include "bus/bus-monitor.h"

#define ALL "{\"source\":[{\"exists\":true}]}"

static gint64
get (PostureBusMonitor *monitor,
     const char        *name)
{
  gint64 value;

  g_object_get (monitor, name, &value, NULL);
  return value;
}

static void
count_cb (guint *count)
{
  ++*count;
}

/* What was delivered, retried and given up adds up to what was matched, and a figure tells when it has
 * changed and not otherwise. */
static void
test_figures (BusFixture   *self,
              gconstpointer data)
{
  PostureBusMonitor *monitor = posture_bus_monitor_new (self->bus);
  guint n_put = 0, n_dead = 0;

  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_add (self, "dead", BUS_TEST_PERMANENT, 1, NULL);
  bus_fixture_add (self, "failing", 0, 1, &bus_test_policy);
  bus_fixture_rule (self, "all", ALL, "direct dead failing");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_signal_connect_swapped (monitor, "notify::put", G_CALLBACK (count_cb), &n_put);
  g_signal_connect_swapped (monitor, "notify::dead", G_CALLBACK (count_cb), &n_dead);
  g_free (bus_fixture_put (self, "a", "{}"));
  bus_fixture_settle (self);
  g_assert_cmpint (get (monitor, "put"), ==, 1);
  g_assert_cmpint (get (monitor, "matched"), ==, 3);
  g_assert_cmpint (get (monitor, "delivered"), ==, 1);
  g_assert_cmpint (get (monitor, "retried"), ==, 1);
  g_assert_cmpint (get (monitor, "pending"), ==, 1);
  g_assert_cmpint (get (monitor, "dead"), ==, 1);
  g_assert_cmpint (get (monitor, "oldest-pending"), ==, BUS_TEST_START);
  bus_fixture_pass_pause (self);
  g_assert_cmpint (get (monitor, "delivered"), ==, 2);
  g_assert_cmpint (get (monitor, "oldest-pending"), ==, 0);
  g_assert_true (posture_bus_retry_dead_letter (self->bus, 0, NULL, NULL));
  bus_fixture_settle (self);
  g_assert_cmpint (get (monitor, "matched"), ==, 4);
  g_assert_cmpint (get (monitor, "delivered"), ==, 3);
  g_assert_cmpint (get (monitor, "dead"), ==, 0);
  g_assert_cmpuint (n_put, ==, 1);
  g_assert_cmpuint (n_dead, ==, 2);
  g_assert_finalize_object (monitor);
}

/* A monitor that goes while it reads hears nothing more. */
static void
test_monitor_goes (BusFixture   *self,
                   gconstpointer data)
{
  PostureBusMonitor *monitor = posture_bus_monitor_new (self->bus);
  PostureActivity *list = posture_activity_new (self->bus);

  g_object_run_dispose (G_OBJECT (monitor));
  g_object_run_dispose (G_OBJECT (list));
  bus_fixture_settle (self);
  g_assert_finalize_object (monitor);
  g_assert_finalize_object (list);
}

static gint64
sequence_at (PostureActivity *list,
             guint            position)
{
  g_autoptr (PostureActivityItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  return posture_activity_item_get_sequence (item);
}

/* Events come newest first, a page at a time, each once, until there are no more. */
static void
test_pages (BusFixture   *self,
            gconstpointer data)
{
  PostureActivity *list;
  gboolean loading, complete;

  for (guint i = 0; i < 120; i++)
    g_free (bus_fixture_put (self, "a", "{}"));
  list = posture_activity_new (self->bus);
  g_assert_true (posture_paged_list_is_loading (POSTURE_PAGED_LIST (list)));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == POSTURE_TYPE_ACTIVITY_ITEM);
  g_object_get (list, "loading", &loading, "complete", &complete, NULL);
  g_assert_true (loading);
  g_assert_false (complete);
  bus_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 50);
  g_assert_false (posture_paged_list_is_complete (POSTURE_PAGED_LIST (list)));
  g_assert_cmpint (sequence_at (list, 0), ==, 120);
  bus_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 50); /* nobody looked at its end */
  sequence_at (list, 45);
  bus_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 100);
  posture_paged_list_load_more (POSTURE_PAGED_LIST (list));
  bus_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 120);
  g_assert_true (posture_paged_list_is_complete (POSTURE_PAGED_LIST (list)));
  g_object_get (list, "loading", &loading, "complete", &complete, NULL);
  g_assert_false (loading);
  g_assert_true (complete);
  for (guint i = 0; i < 120; i++)
    g_assert_cmpint (sequence_at (list, i), ==, 120 - i);
  g_assert_finalize_object (list);
}

/* The next page is read alone: what is shown is not read again until somebody says that it has changed. */
static void
test_reads_on (BusFixture   *self,
               gconstpointer data)
{
  PostureActivity *list;

  for (guint i = 0; i < 120; i++)
    g_free (bus_fixture_put (self, "a", "{}"));
  list = posture_activity_new (self->bus);
  bus_fixture_settle (self);
  g_free (bus_fixture_put (self, "a", "{}"));
  bus_fixture_settle (self);
  g_assert_cmpint (sequence_at (list, 0), ==, 121);
  bus_fixture_run (self, "DELETE FROM bus_event WHERE sequence = 110");
  posture_paged_list_load_more (POSTURE_PAGED_LIST (list));
  bus_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 100);
  g_assert_cmpint (sequence_at (list, 11), ==, 110);
  g_free (bus_fixture_put (self, "a", "{}"));
  bus_fixture_settle (self);
  g_assert_cmpint (sequence_at (list, 0), ==, 122);
  g_assert_cmpint (sequence_at (list, 12), ==, 109);
  g_assert_finalize_object (list);
}

typedef struct
{
  guint changes;
  guint position;
  guint removed;
  guint added;
} Heard;

static void
heard_cb (GListModel *model,
          guint       position,
          guint       removed,
          guint       added,
          Heard      *heard)
{
  *heard = (Heard) { heard->changes + 1, position, removed, added };
}

static void
assert_heard (Heard *heard,
              guint  position,
              guint  removed,
              guint  added)
{
  g_assert_cmpuint (heard->changes, ==, 1);
  g_assert_cmpuint (heard->position, ==, position);
  g_assert_cmpuint (heard->removed, ==, removed);
  g_assert_cmpuint (heard->added, ==, added);
  heard->changes = 0;
}

/* It follows: with the smallest change for what is put, what arrives and what goes. */
static void
test_follows (BusFixture   *self,
              gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);
  PostureActivity *list;
  Heard heard = { 0 };
  g_autoptr (PostureActivityItem) item = NULL;
  g_autoptr (PostureActivityItem) later = NULL;
  g_autofree char *id = NULL;

  bus_fixture_rule (self, "some", "{\"source\":[\"b\"]}", "held");
  posture_bus_start (self->bus);
  g_free (bus_fixture_put (self, "a", "{}"));
  list = posture_activity_new (self->bus);
  bus_fixture_settle (self);
  g_signal_connect (list, "items-changed", G_CALLBACK (heard_cb), &heard);
  id = bus_fixture_put (self, "b", "{}");
  bus_fixture_settle (self);
  assert_heard (&heard, 0, 0, 1);
  g_free (bus_fixture_put (self, "c", "{}"));
  bus_fixture_settle (self);
  assert_heard (&heard, 0, 0, 1);
  item = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpstr (posture_activity_item_get_id (item), ==, id);
  g_assert_cmpstr (posture_activity_item_get_source (item), ==, "b");
  g_assert_cmpstr (posture_activity_item_get_detail_type (item), ==, "Test");
  g_assert_cmpint (posture_activity_item_get_put (item), ==, BUS_TEST_START);
  g_assert_cmpuint (posture_activity_item_get_pending (item), ==, 1);
  bus_test_target_release (target);
  bus_fixture_settle (self);
  assert_heard (&heard, 1, 1, 1);
  later = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpuint (posture_activity_item_get_pending (later), ==, 0);
  g_assert_cmpuint (posture_activity_item_get_dead (later), ==, 0);
  bus_fixture_run (self, "DELETE FROM bus_event WHERE sequence = 1");
  posture_bus_retry_dead_letter (self->bus, 0, NULL, NULL);
  g_free (bus_fixture_put (self, "d", "{}"));
  bus_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_cmpint (sequence_at (list, 0), ==, 4);
  g_assert_cmpint (sequence_at (list, 2), ==, 2);
  g_assert_finalize_object (list);
}

/* What cannot be read leaves what is shown; the next change shows all that has come meanwhile. */
static void
test_unreadable (BusFixture   *self,
                 gconstpointer data)
{
  PostureActivity *list = posture_activity_new (self->bus);

  g_free (bus_fixture_put (self, "a", "{}"));
  bus_fixture_settle (self);
  bus_fixture_run (self, "ALTER TABLE bus_dead_letter RENAME TO hidden");
  g_free (bus_fixture_put (self, "b", "{}"));
  bus_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  bus_fixture_run (self, "ALTER TABLE hidden RENAME TO bus_dead_letter");
  g_free (bus_fixture_put (self, "c", "{}"));
  bus_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_cmpint (sequence_at (list, 0), ==, 3);
  g_assert_finalize_object (list);
}

/* However much is put, it holds no more than the pages that somebody has asked for. */
static void
test_bounded (BusFixture   *self,
              gconstpointer data)
{
  PostureActivity *list = posture_activity_new (self->bus);

  for (guint i = 0; i < 90; i++)
    {
      g_free (bus_fixture_put (self, "a", "{}"));
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  bus_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 50);
  g_assert_cmpint (sequence_at (list, 0), ==, 90);
  g_assert_false (posture_paged_list_is_complete (POSTURE_PAGED_LIST (list)));
  g_assert_finalize_object (list);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/bus/activity/" name, BusFixture, NULL, bus_fixture_set_up, func, bus_fixture_tear_down)
  ADD ("figures", test_figures);
  ADD ("goes", test_monitor_goes);
  ADD ("pages", test_pages);
  ADD ("reads-on", test_reads_on);
  ADD ("follows", test_follows);
  ADD ("unreadable", test_unreadable);
  ADD ("bounded", test_bounded);
  return g_test_run ();
}
