/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"
#include "ui/chart-box.h"
#include "ui/chart-view.h"

static PostureChart *
make_chart (void)
{
  const PostureChartItem items[] = {
    { "Leading", 0, 100, TRUE, 40, 60, FALSE, 0, 0, 0 },
    { "Protecting what matters", 0, 100, TRUE, 80, 80, FALSE, 0, 0, 0 },
    { "Recovering", 0, 100, FALSE, 0, 0, FALSE, 0, 0, 0 },
  };

  return posture_chart_new_bars ("By section", items, G_N_ELEMENTS (items));
}

static void
present (GtkWidget *window,
         GtkWidget *child)
{
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait_idle ();
}

static void
test_accessible (void)
{
  g_autoptr (PostureChart) chart = make_chart ();
  g_autofree char *description = posture_chart_dup_description (chart);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = posture_chart_view_new (chart);

  g_test_summary ("A chart is an image with what it shows as its name");

  present (window, view);
  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, description);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_measure (void)
{
  g_autoptr (PostureChart) chart = make_chart ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = posture_chart_view_new (chart);
  int minimum, wide, narrow;

  g_test_summary ("A chart takes the height that its width asks for, and stays within a telephone");

  present (window, view);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 320);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 320, &narrow, NULL, NULL, NULL);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 900, &wide, NULL, NULL, NULL);
  g_assert_cmpint (narrow, >, wide);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What a view would draw, as text. */
static char *
draw (GtkWidget *view)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (view);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), 400, 300);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  bytes = gsk_render_node_serialize (node);
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

typedef struct
{
  GtkWidget *view;
  const char *before;
  char *now;
} Drawing;

static gboolean
has_changed (gpointer data)
{
  Drawing *drawing = data;

  g_free (drawing->now);
  drawing->now = draw (drawing->view);
  return drawing->now != NULL && g_strcmp0 (drawing->now, drawing->before) != 0;
}

static void
test_redraws (void)
{
  g_autoptr (PostureChart) chart = make_chart ();
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkWidget *window = adw_window_new ();
  Drawing first = { .view = posture_chart_view_new (chart), .before = "" };
  Drawing dark = { first.view, NULL, NULL }, mirrored = { first.view, NULL, NULL };

  g_test_summary ("A chart is drawn anew when the style or the direction changes");

  adw_window_set_content (ADW_WINDOW (window), first.view);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait (has_changed, &first);
  dark.before = first.now;
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_wait (has_changed, &dark);
  mirrored.before = dark.now;
  gtk_widget_set_direction (first.view, GTK_TEXT_DIR_RTL);
  ui_wait (has_changed, &mirrored);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  g_free (first.now);
  g_free (dark.now);
  g_free (mirrored.now);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_table (void)
{
  g_autoptr (PostureChart) chart = make_chart ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = posture_chart_box_new (chart);

  g_test_summary ("All that a chart shows can be had as a table, which is made when it is asked for");

  present (window, box);
  g_assert_false (ui_has_text (box, "Protecting what matters"));
  gtk_expander_set_expanded (GTK_EXPANDER (ui_get (box, GTK_TYPE_EXPANDER, NULL)), TRUE);
  ui_get (box, GTK_TYPE_LABEL, "Protecting what matters");
  g_assert_true (ui_has_text (box, "40 to 60"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_tests (void)
{
  g_test_add_func ("/chart-view/accessible", test_accessible);
  g_test_add_func ("/chart-view/measure", test_measure);
  g_test_add_func ("/chart-view/redraws", test_redraws);
  g_test_add_func ("/chart-view/table", test_table);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
