/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"

/* The choice of a file, by a person who is quick, or in the chooser of the toolkit. */

/* The file that is asked for now. */
static GTask *asked;

/**
 * ui_present_chooser:
 * @parent: the window that asks
 * @title: what for
 * @name: (nullable): a name to offer for a file to write
 * @task: (transfer full): to be given the file
 *
 * Waits for ui_choose_file() in place of the toolkit's chooser.
 */
void
ui_present_chooser (GtkWindow  *parent,
                    const char *title,
                    const char *name,
                    GTask      *task)
{
  g_assert_true (GTK_IS_WINDOW (parent));
  g_assert_nonnull (title);
  g_assert_null (asked);
  asked = task;
}

static gboolean
is_asked (gpointer data)
{
  return asked != NULL;
}

/**
 * ui_choose_file:
 * @path: (nullable): a file; %NULL to choose none
 *
 * Answers the question for a file, which may still be on its way.
 */
void
ui_choose_file (const char *path)
{
  g_autoptr (GTask) task = NULL;

  ui_wait (is_asked, NULL);
  task = g_steal_pointer (&asked);
  g_task_return_pointer (task, path != NULL ? g_file_new_for_path (path) : NULL, g_object_unref);
  ui_wait_idle ();
}

/* What the chooser of the toolkit is to give. */
typedef struct
{
  GtkFileChooser *chooser;
  GFile *file;
} Choice;

static gboolean
has_chooser (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  Choice *choice = data;

  for (guint i = 0; choice->chooser == NULL && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        choice->chooser = GTK_FILE_CHOOSER (window);
    }
  return choice->chooser != NULL;
}

/* The chooser reads folders in its own time; the one it begins with would come after a later one. */
static gboolean
has_folder (gpointer data)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (((Choice *) data)->chooser);

  return folder != NULL;
}

static gboolean
has_chosen (gpointer data)
{
  Choice *choice = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (choice->chooser);

  return file != NULL && g_file_equal (file, choice->file);
}

/**
 * ui_save_in_chooser:
 * @path: a file to write
 *
 * Answers the chooser of the toolkit itself, which posture_compat_set_file_chooser() was told to use.
 */
void
ui_save_in_chooser (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_file_get_basename (file);
  Choice choice = { NULL, file };

  ui_wait (has_chooser, &choice);
  g_assert_cmpint (gtk_file_chooser_get_action (choice.chooser), ==, GTK_FILE_CHOOSER_ACTION_SAVE);
  ui_wait (has_folder, &choice);
  g_assert_true (gtk_file_chooser_set_file (choice.chooser, file, NULL));
  gtk_file_chooser_set_current_name (choice.chooser, name);
  ui_wait (has_chosen, &choice);
  gtk_dialog_response (GTK_DIALOG (choice.chooser), GTK_RESPONSE_ACCEPT);
  ui_wait_idle ();
}
