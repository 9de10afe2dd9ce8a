/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "bus/archive.h"
#include "bus/replay.h"
#include "bus/rule.h"
#include "bus/target-settings.h"
#include "store/store-error.h"

/* A bus of which a part cannot be read: each door that needs it says so, and none takes it for empty. */

#define DOOR(name) static gboolean name (PostureBus *bus, GError **error)
#define LIST_DOOR(name, call) DOOR (name) \
  { \
    g_autoptr (GPtrArray) list = call; \
    return list != NULL; \
  }

static const char *const targets[] = { "direct", NULL };
static const char *const no_rules[] = { NULL };

LIST_DOOR (events, posture_bus_list_events (bus, 0, 10, error))
LIST_DOOR (dead, posture_bus_list_dead_letters (bus, 0, 10, error))
LIST_DOOR (rules, posture_bus_list_rules (bus, error))
LIST_DOOR (replays, posture_bus_list_replays (bus, error))
LIST_DOOR (settings, posture_bus_list_target_settings (bus, error))

DOOR (event)
{
  g_autoptr (PostureEvent) found = posture_bus_dup_event (bus, "nobody", error);

  return found == NULL && *error == NULL;
}

DOOR (rule)
{
  PostureRule *found = posture_bus_dup_rule (bus, "all", error);

  g_clear_pointer (&found, posture_rule_free);
  return *error == NULL;
}

DOOR (archive)
{
  g_autoptr (PostureArchive) found = posture_bus_dup_archive (bus, error);

  return found != NULL;
}

DOOR (figures)
{
  PostureBusFigures found;

  return posture_bus_get_figures (bus, &found, error);
}

DOOR (put)
{
  PostureBusEntry entry = { .source = "a", .detail_type = "t", .detail = "{}", .key = "k" };
  g_autoptr (GPtrArray) results = posture_bus_put (bus, &entry, 1, error);

  return results != NULL;
}

DOOR (retry)
{
  return posture_bus_retry_dead_letter (bus, 0, NULL, error);
}

DOOR (purge)
{
  return posture_bus_purge_dead_letter (bus, 0, NULL, error);
}

DOOR (put_rule)
{
  return posture_bus_put_rule (bus, "more", "{\"source\":[\"b\"]}", targets, error);
}

DOOR (put_schedule)
{
  return posture_bus_put_schedule (bus, "daily", "rate(1 day)", targets, error);
}

DOOR (set_state)
{
  return posture_bus_set_rule_state (bus, "all", POSTURE_RULE_DISABLED, error) &&
         posture_bus_set_rule_state (bus, "all", POSTURE_RULE_ENABLED, error);
}

DOOR (remove_rule)
{
  return posture_bus_remove_rule (bus, "more", error);
}

DOOR (set_archive)
{
  return posture_bus_set_archive (bus, TRUE, NULL, 0, POSTURE_ARCHIVE_DEFAULT_SIZE, error);
}

DOOR (start_replay)
{
  return posture_bus_start_replay (bus, "again", 0, G_MAXINT64, no_rules, error);
}

DOOR (replay)
{
  PostureReplay *found = posture_bus_dup_replay (bus, "again", error);

  g_clear_pointer (&found, posture_replay_free);
  return *error == NULL;
}

DOOR (cancel_replay)
{
  return posture_bus_cancel_replay (bus, "again", error);
}

DOOR (put_settings)
{
  return posture_bus_put_target_settings (bus, "file", "{}", error);
}

DOOR (remove_settings)
{
  return posture_bus_remove_target_settings (bus, "file", error);
}

#define IN_TABLE(name) { #name, name }

static const struct
{
  const char *name;
  gboolean (*open) (PostureBus *bus, GError **error);
} doors[] = {
  IN_TABLE (events), IN_TABLE (event), IN_TABLE (dead), IN_TABLE (rules), IN_TABLE (rule), IN_TABLE (replays),
  IN_TABLE (settings), IN_TABLE (archive), IN_TABLE (figures), IN_TABLE (put), IN_TABLE (retry), IN_TABLE (purge),
  IN_TABLE (put_rule), IN_TABLE (put_schedule), IN_TABLE (set_state), IN_TABLE (remove_rule), IN_TABLE (set_archive),
  IN_TABLE (start_replay), IN_TABLE (replay), IN_TABLE (cancel_replay), IN_TABLE (put_settings),
  IN_TABLE (remove_settings),
};

static const struct
{
  const char *table;
  const char *closed; /* the doors that need it */
} cases[] = {
  { "bus_event",
    "events event dead replays archive figures put retry start_replay replay" },
  { "bus_delivery",
    "replays figures put retry start_replay replay" },
  { "bus_dead_letter",
    "dead figures retry purge" },
  { "bus_rule",
    "rules rule retry put_rule put_schedule set_state remove_rule" },
  { "bus_state",
    "figures put retry put_rule set_state set_archive" },
  { "bus_detail",
    "events event dead retry" },
  { "bus_key",
    "put" },
  { "bus_target",
    "settings put_settings remove_settings" },
  { "bus_archive",
    "replays archive set_archive start_replay replay" },
  { "bus_replay",
    "replays start_replay replay cancel_replay" },
};

static void
test_without (BusFixture   *self,
              gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hide = g_strdup_printf ("ALTER TABLE %s RENAME TO hidden", cases[i].table);
      g_autofree char *show = g_strdup_printf ("ALTER TABLE hidden RENAME TO %s", cases[i].table);
      g_autoptr (GString) closed = g_string_new (NULL);

      bus_fixture_run (self, hide);
      for (guint k = 0; k < G_N_ELEMENTS (doors); k++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_cmpint (doors[k].open (self->bus, &error), ==, error == NULL);
          if (error != NULL && error->domain == POSTURE_STORE_ERROR)
            g_string_append_printf (closed, "%s%s", closed->len > 0 ? " " : "", doors[k].name);
        }
      bus_fixture_run (self, show);
      g_test_message ("without %s", cases[i].table);
      g_assert_cmpstr (closed->str, ==, cases[i].closed);
    }
}

static void
set_up (BusFixture   *self,
        gconstpointer data)
{
  bus_fixture_set_up (self, data);
  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_rule (self, "all", "{\"source\":[{\"exists\":true}]}", "direct");
  g_free (bus_fixture_put (self, "a", "{}"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bus/unreadable", BusFixture, NULL, set_up, test_without, bus_fixture_tear_down);
  return g_test_run ();
}
