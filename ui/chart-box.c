/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/chart-box.h"

#include "ui/chart-view.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
make_cell (const char *text,
           gboolean    head,
           gboolean    first)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), first ? 0 : 1);
  gtk_label_set_wrap (GTK_LABEL (label), first);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, first);
  gtk_widget_add_css_class (label, head ? "caption-heading" : "numeric");
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  return label;
}

static GtkWidget *
make_table (PostureChart *chart)
{
  g_autoptr (GPtrArray) rows = posture_chart_dup_table (chart);
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_set_margin_top (grid, 6);
  for (guint y = 0; y < rows->len; y++)
    {
      const char *const *cells = g_ptr_array_index (rows, y);

      for (guint x = 0; cells[x] != NULL; x++)
        gtk_grid_attach (GTK_GRID (grid), make_cell (cells[x], y == 0, x == 0), (int) x, (int) y, 1, 1);
    }
  return grid;
}

/* Most people never look at the table: it is made for those who do. */
static void
expanded_cb (GtkExpander *expander,
             GParamSpec  *pspec,
             gpointer     data)
{
  PostureChartView *view = data;

  g_assert (POSTURE_IS_CHART_VIEW (view));

  if (gtk_expander_get_child (expander) == NULL)
    gtk_expander_set_child (expander, make_table (posture_chart_view_get_chart (view)));
}

/**
 * posture_chart_box_new:
 * @chart: a chart
 *
 * Returns: (transfer floating): a card with the chart, and below it the same as a table for those
 *   who ask for it
 */
GtkWidget *
posture_chart_box_new (PostureChart *chart)
{
  GtkWidget *card = adw_bin_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *view = posture_chart_view_new (chart);
  GtkWidget *expander = gtk_expander_new (_("As a table"));

  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (expanded_cb), view, 0);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), expander);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_bin_set_child (ADW_BIN (card), box);
  gtk_widget_add_css_class (card, "card");
  return card;
}
