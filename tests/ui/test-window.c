/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"

static void
test_opening (UiFixture    *fixture,
              gconstpointer data)
{
  g_test_summary ("The window is there before the profile is, and shows it as soon as it is open");

  g_assert_null (ui_find (fixture->window, ADW_TYPE_VIEW_STACK, NULL));
  ui_fixture_ready (fixture);
  ui_get (fixture->window, ADW_TYPE_VIEW_STACK, NULL);
  ui_take_picture (fixture, "window");
}

static gboolean
has_pages (gpointer window)
{
  GObject *states = gtk_widget_get_template_child (window, POSTURE_TYPE_WINDOW, "states");

  return gtk_stack_get_child_by_name (GTK_STACK (states), "ready") != NULL;
}

static void
test_pages (UiFixture    *fixture,
            gconstpointer data)
{
  g_test_summary ("The first frame does not wait for the pages, and they do not wait for the profile");

  g_assert_false (has_pages (fixture->window));
  ui_wait (has_pages, fixture->window);
  g_assert_cmpint (posture_context_get_state (fixture->context), ==, POSTURE_CONTEXT_LOADING);
  g_assert_null (ui_find (fixture->window, ADW_TYPE_VIEW_STACK, NULL));
  ui_fixture_ready (fixture);
  ui_get (fixture->window, ADW_TYPE_VIEW_STACK, NULL);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_failure (UiFixture    *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "The disk is asleep: /home/a&b <c>.");
  guint retries = 0;

  g_test_summary ("A profile that cannot be opened is told, with the reason and a way on");

  g_signal_connect_swapped (fixture->context, "retry", G_CALLBACK (count_cb), &retries);
  posture_context_set_failed (fixture->context, error);
  g_assert_true (ui_has_text (fixture->window, "The disk is asleep: /home/a&b <c>."));
  ui_take_picture (fixture, "window-failed");
  ui_click (fixture->window, "_Try again");
  g_assert_cmpuint (retries, ==, 1);
  g_assert_false (ui_has_text (fixture->window, "The disk is asleep: /home/a&b <c>."));
  g_signal_handlers_disconnect_by_func (fixture->context, count_cb, &retries);
}

static void
add_tests (void)
{
  g_test_add ("/window/opening", UiFixture, NULL, ui_fixture_setup, test_opening, ui_fixture_teardown);
  g_test_add ("/window/pages", UiFixture, NULL, ui_fixture_setup, test_pages, ui_fixture_teardown);
  g_test_add ("/window/failure", UiFixture, NULL, ui_fixture_setup, test_failure, ui_fixture_teardown);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
