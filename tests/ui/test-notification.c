/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"

#include "app/notification-target.h"

#include "targets/targets.h"

#include <string.h>

/* The desktop, which shows what it is told. */
typedef struct
{
  GDBusConnection *connection;
  guint object_id;
  guint name_id;
  gboolean ready;
  guint shown;
  char *title;
  char *body;
} Desktop;

static const char desktop_interface[] =
  "<node><interface name='org.freedesktop.Notifications'><method name='Notify'>"
  "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/>"
  "</method></interface></node>";

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               data)
{
  Desktop *desktop = data;

  desktop->shown++;
  g_free (desktop->title);
  g_free (desktop->body);
  g_variant_get_child (parameters, 3, "s", &desktop->title);
  g_variant_get_child (parameters, 4, "s", &desktop->body);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", desktop->shown));
}

static void
acquired_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         data)
{
  ((Desktop *) data)->ready = TRUE;
}

static gboolean
is_ready (gpointer data)
{
  return ((Desktop *) data)->ready;
}

static gboolean
has_shown (gpointer data)
{
  return ((Desktop *) data)->shown > 0;
}

static void
desktop_start (Desktop *self)
{
  static const GDBusInterfaceVTable table = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (desktop_interface, NULL);
  g_autoptr (GError) error = NULL;

  self->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self->object_id = g_dbus_connection_register_object (self->connection, "/org/freedesktop/Notifications",
                                                       info->interfaces[0], &table, self, NULL, &error);
  g_assert_no_error (error);
  self->name_id = g_bus_own_name_on_connection (self->connection, "org.freedesktop.Notifications",
                                                G_BUS_NAME_OWNER_FLAGS_NONE, acquired_cb, NULL, self, NULL);
  ui_wait (is_ready, self);
}

static void
desktop_stop (Desktop *self)
{
  g_bus_unown_name (self->name_id);
  g_dbus_connection_unregister_object (self->connection, self->object_id);
  g_object_unref (self->connection);
  g_free (self->title);
  g_free (self->body);
}

static PostureEvent *
make_event (const char *detail)
{
  return posture_event_new ("id", "shop", "Order", "", 0, /* resources = */ NULL, detail, /* error = */ NULL);
}

static void
test_words (void)
{
  g_autoptr (PostureEvent) other = make_event ("{\"total\":1}");
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  g_test_summary ("An event that is no report says what it is and where it comes from");

  posture_notification_target_get_words (other, &title, &body);
  g_assert_cmpstr (title, ==, "Order");
  g_assert_cmpstr (body, ==, "shop");
}

static void
test_reminder (void)
{
  g_autoptr (PostureEvent) event = make_event (
    "{\"review\":{\"assessment\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"questionnaire\":{\"id\":\"essentials\","
    "\"version\":\"1.0.0\",\"digest\":\"aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd\"},"
    "\"due\":3,\"since\":\"2026-10-26T07:33:20.000Z\"}}");
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  g_test_summary ("A reminder says how many answers are due");

  posture_notification_target_get_words (event, &title, &body);
  g_assert_cmpstr (title, ==, "Time to look at your answers again");
  g_assert_cmpstr (body, ==, "3 answers are due for review.");
}

static void
test_low_report (UiFixture    *fixture,
                 gconstpointer data)
{
  static const char *const targets[] = { POSTURE_TARGETS_NOTIFICATION, NULL };
  g_autofree char *report = NULL;
  PostureBusFigures figures;
  Desktop desktop = { NULL };
  PostureBus *bus;

  g_test_summary ("A rule and the application's target tell of a report below a score: no code");

  ui_fixture_ready (fixture);
  desktop_start (&desktop);
  bus = posture_platform_get_bus (fixture->platform);
  posture_notification_target_add (G_APPLICATION (fixture->application), bus);
  g_assert_true (posture_bus_put_rule (bus, "low", "{\"detail-type\":[\"ReportEvent\"],\"detail\":{\"report\":{\"score\":"
                                                   "{\"worst\":[{\"numeric\":[\"<\",101]}]}}}}", targets, NULL));
  g_assert_true (posture_bus_put_rule (bus, "lower", "{\"detail-type\":[\"ReportEvent\"],\"detail\":{\"report\":{\"score\":"
                                                     "{\"worst\":[{\"numeric\":[\"<\",0]}]}}}}", targets, NULL));
  report = ui_add_report (fixture, "essentials", "Office", "essentials.json");
  ui_wait (has_shown, &desktop);
  ui_wait_idle ();
  g_assert_cmpuint (desktop.shown, ==, 1);
  g_assert_nonnull (strstr (desktop.title, "report"));
  g_assert_true (g_str_has_prefix (desktop.body, "Score: "));
  g_assert_true (posture_bus_get_figures (bus, &figures, NULL));
  g_assert_cmpint (figures.dead, ==, 0);
  desktop_stop (&desktop);
}

static void
add_tests (void)
{
  g_test_add_func ("/ui/notification/words", test_words);
  g_test_add_func ("/ui/notification/reminder", test_reminder);
  g_test_add ("/ui/notification/low-report", UiFixture, NULL, ui_fixture_setup, test_low_report, ui_fixture_teardown);
}

int
main (int   argc,
      char *argv[])
{
  return ui_run_tests (&argc, &argv, add_tests);
}
