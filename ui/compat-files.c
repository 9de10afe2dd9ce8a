/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/compat-files.h"

#include <glib/gi18n-lib.h>

#if GTK_CHECK_VERSION (4, 10, 0)
static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  gboolean saves = g_task_get_task_data (task) != NULL;

  /* an error is that of a person who changed their mind */
  g_task_return_pointer (task,
                         saves ? gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL)
                               : gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL),
                         g_object_unref);
}

static void
present_chooser (GtkWindow  *parent,
                 const char *title,
                 const char *name,
                 GTask      *task)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  g_task_set_task_data (task, g_strdup (name), g_free);
  if (name == NULL)
    {
      gtk_file_dialog_open (dialog, parent, g_task_get_cancellable (task), chosen_cb, task);
      return;
    }
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, g_task_get_cancellable (task), chosen_cb, task);
}
#else
static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           gpointer         data)
{
  g_autoptr (GTask) task = data;

  g_task_return_pointer (task,
                         response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                                                         : NULL,
                         g_object_unref);
  g_object_unref (dialog);
}

static void
present_chooser (GtkWindow  *parent,
                 const char *title,
                 const char *name,
                 GTask      *task)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    title, parent, name != NULL ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN,
    /* accept_label = */ NULL, /* cancel_label = */ NULL);

  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
#endif

static PostureFileChooser chooser = present_chooser;

/**
 * posture_compat_set_file_chooser:
 * @other: (scope forever) (nullable): answers in place of the chooser of the desktop; %NULL for that one
 *
 * Has something else choose files. Tests do: what the toolkit's chooser reads of the machine, and keeps until the
 * program ends, is not what they are about.
 */
void
posture_compat_set_file_chooser (PostureFileChooser other)
{
  chooser = other != NULL ? other : present_chooser;
}

/**
 * posture_compat_choose_file_async:
 * @parent: the widget that asks
 * @title: what for
 * @name: (nullable): a name to offer for a file to write; %NULL to choose one that is there
 * @callback: (scope async): called with the choice
 * @user_data: for @callback
 *
 * Has a person choose a file. That a file is going to be replaced is asked by the chooser.
 */
void
posture_compat_choose_file_async (GtkWidget          *parent,
                                  const char         *title,
                                  const char         *name,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  GTask *task = g_task_new (parent, /* cancellable = */ NULL, callback, user_data);

  g_task_set_source_tag (task, posture_compat_choose_file_async);
  chooser (GTK_WINDOW (gtk_widget_get_root (parent)), title, name, task);
}

/**
 * posture_compat_choose_file_finish:
 * @parent: the widget that asked
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the file; %NULL if none was chosen
 */
GFile *
posture_compat_choose_file_finish (GtkWidget    *parent,
                                   GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * posture_compat_open_file:
 * @parent: the widget that asks
 * @file: a file
 *
 * Shows a file with the program that the person has for it.
 */
void
posture_compat_open_file (GtkWidget *parent,
                          GFile     *file)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (parent));
#if GTK_CHECK_VERSION (4, 10, 0)
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher, window, /* cancellable = */ NULL, /* callback = */ NULL, NULL);
#else
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (window, uri, GDK_CURRENT_TIME);
#endif
}

/**
 * posture_compat_show_in_folder:
 * @parent: the widget that asks
 * @file: a file
 *
 * Shows the folder that a file is in, with the file selected where the toolkit can (GTK 4.10).
 */
void
posture_compat_show_in_folder (GtkWidget *parent,
                               GFile     *file)
{
#if GTK_CHECK_VERSION (4, 10, 0)
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (gtk_widget_get_root (parent)),
                                            /* cancellable = */ NULL, /* callback = */ NULL, NULL);
#else
  g_autoptr (GFile) folder = g_file_get_parent (file);

  posture_compat_open_file (parent, folder);
#endif
}
