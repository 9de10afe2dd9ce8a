/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"

#include <string.h>

static void
setup (UiFixture    *fixture,
       gconstpointer data)
{
  ui_set_language (data);
  ui_fixture_setup (fixture, data);
}

static void
teardown (UiFixture    *fixture,
          gconstpointer data)
{
  ui_fixture_teardown (fixture, data);
  ui_set_language ("en");
}

/* The window of this kind, if there is one. */
static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }
  return NULL;
}

/* The keys that a window of shortcuts tells, each with what it does. */
static void
collect (GtkWidget  *widget,
         GHashTable *keys)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkShortcutsShortcut"))
    {
      g_autofree char *accelerator = NULL;
      g_autofree char *title = NULL;

      g_object_get (widget, "accelerator", &accelerator, "title", &title, NULL);
      g_assert_nonnull (title);
      g_assert_cmpstr (title, !=, "");
      /* one or another; and the same once more, to be searched for */
      {
        g_auto (GStrv) parts = g_strsplit (accelerator, " ", -1);

        for (guint i = 0; parts[i] != NULL; i++)
          g_hash_table_add (keys, g_strdup (parts[i]));
      }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, keys);
}

static void
test_keys (UiFixture    *fixture,
           gconstpointer data)
{
  static const char *const others[] = { "1...9", "u", "<Alt>Right", "n", "p", "Return", "Delete", "<Shift>F10" };
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (fixture->application));
  GtkWidget *overlay;

  g_test_summary ("The window of shortcuts tells every key that there is, and no other");

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-help-overlay", NULL);
  overlay = find_window (GTK_TYPE_SHORTCUTS_WINDOW);
  ui_wait_idle ();
  ui_take_window_picture (overlay, g_str_equal (data, "en") ? "shortcuts" : "shortcuts-de");
  collect (overlay, keys);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) accelerators
        = gtk_application_get_accels_for_action (GTK_APPLICATION (fixture->application), actions[i]);

      g_test_message ("%s: %s", actions[i], accelerators[0]);
      g_assert_true (g_hash_table_remove (keys, accelerators[0]));
    }
  /* those of the pages */
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (g_hash_table_remove (keys, others[i]));
  g_assert_cmpuint (g_hash_table_size (keys), ==, 0);
  gtk_window_destroy (GTK_WINDOW (overlay));
}

static void
test_shortcuts (UiFixture    *fixture,
                gconstpointer data)
{
  GtkWidget *overlay;

  g_test_summary ("The keys are told in a window of their own, as often as it is asked for");

  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-help-overlay", NULL);
      overlay = find_window (GTK_TYPE_SHORTCUTS_WINDOW);
      g_assert_nonnull (overlay);
      ui_wait_idle ();
      g_assert_true (gtk_widget_get_mapped (overlay));
      gtk_window_destroy (GTK_WINDOW (overlay));
      g_assert_null (find_window (GTK_TYPE_SHORTCUTS_WINDOW));
    }
}

static void
test_about (UiFixture    *fixture,
            gconstpointer data)
{
  g_test_summary ("What the program is can be looked at");

  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "about", NULL);
  ui_wait_idle ();
#if !ADW_CHECK_VERSION (1, 5, 0)
  g_assert_nonnull (find_window (ADW_TYPE_ABOUT_WINDOW));
  g_assert_nonnull (strstr (adw_about_window_get_debug_info (ADW_ABOUT_WINDOW (find_window (ADW_TYPE_ABOUT_WINDOW))),
                            "libadwaita"));
  gtk_window_destroy (GTK_WINDOW (find_window (ADW_TYPE_ABOUT_WINDOW)));
#endif
}

static void
add_tests (void)
{
  g_test_add ("/help/shortcuts", UiFixture, "en", setup, test_shortcuts, teardown);
  g_test_add ("/help/shortcuts-de", UiFixture, "de", setup, test_shortcuts, teardown);
  g_test_add ("/help/keys", UiFixture, "en", setup, test_keys, teardown);
  g_test_add ("/help/keys-de", UiFixture, "de", setup, test_keys, teardown);
  g_test_add ("/help/about", UiFixture, "en", setup, test_about, teardown);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
