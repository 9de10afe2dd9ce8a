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
  g_test_add ("/help/about", UiFixture, "en", setup, test_about, teardown);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
