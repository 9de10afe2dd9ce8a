/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

/* The main function of a program whose own is called program_main here: the same program, which
 * says when the first frame of its window is painted and what memory it has then, and ends. */

int program_main (int    argc,
                  char **argv);

static void
print_memory (void)
{
  FILE *rollup = fopen ("/proc/self/smaps_rollup", "r");
  char line[256];

  if (rollup == NULL)
    return;
  while (fgets (line, sizeof line, rollup) != NULL)
    if (strncmp (line, "Rss:", 4) == 0 || strncmp (line, "Pss:", 4) == 0)
      fputs (line, stdout);
  fclose (rollup);
}

static void
painted_cb (GdkFrameClock *clock,
            gpointer       data)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, data);
  printf ("Time: %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  print_memory ();
  fflush (stdout);
  g_application_quit (g_application_get_default ());
}

/* The application has made its window before the main loop turns for the first time, and paints it
 * while it turns. */
static gboolean
first_turn_cb (gpointer data)
{
  g_autoptr (GtkWidget) window = g_list_model_get_item (gtk_window_get_toplevels (), 0);

  if (window == NULL || gtk_widget_get_frame_clock (window) == NULL)
    return G_SOURCE_CONTINUE;
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), NULL);
  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  g_idle_add_full (G_PRIORITY_HIGH, first_turn_cb, NULL, NULL);
  return program_main (argc, argv);
}
