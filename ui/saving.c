/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/saving.h"

#include "export/export.h"
#include "ui/compat.h"
#include "ui/compat-files.h"
#include "ui/toasts.h"
#include "ui/window.h"
#include "ui/work-row.h"

#include <glib/gi18n-lib.h>

struct _PostureSaving
{
  GtkWidget *widget;
  PostureWorkRow *row;
  GFile *file;
  char *path;
  const char *failure; /* (unowned): translated */
  gboolean opens;
};

/* What the button of a toast shows. */
typedef struct
{
  GtkWidget *widget; /* (unowned): the toast is inside its window */
  GFile *file;
  gboolean opens;
} Offer;

static void
offer_free (gpointer  data,
            GClosure *closure)
{
  Offer *offer = data;

  g_object_unref (offer->file);
  g_free (offer);
}

static void
offer_cb (AdwToast *toast,
          gpointer  data)
{
  const Offer *offer = data;

  if (offer->opens)
    posture_compat_open_file (offer->widget, offer->file);
  else
    posture_compat_show_in_folder (offer->widget, offer->file);
}

static void
tell_done (PostureSaving *self)
{
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base);
  /* Translators: the name of a file */
  g_autofree char *text = g_strdup_printf (_("Saved as %s"), name);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);
  Offer *offer = g_new (Offer, 1);

  *offer = (Offer) { self->widget, g_object_ref (self->file), self->opens };
  adw_toast_set_button_label (toast, self->opens ? _("_Open") : _("_Show in folder"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (offer_cb), offer, offer_free, 0);
  posture_toasts_add (self->widget, toast);
}

/**
 * posture_saving_choose_async:
 * @widget: a widget of a window
 * @title: what the file is for
 * @name: a name to offer
 * @callback: (scope async): called with the choice
 * @user_data: for @callback
 *
 * Has a person choose where a file is to be written.
 */
void
posture_saving_choose_async (GtkWidget          *widget,
                             const char         *title,
                             const char         *name,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  if (gtk_widget_get_root (widget) != NULL)
    posture_compat_choose_file_async (widget, title, name, callback, user_data);
  else /* the window was closed meanwhile */
    g_task_report_new_error (widget, callback, user_data, posture_saving_choose_async, G_IO_ERROR,
                             G_IO_ERROR_CANCELLED, "The window is gone");
}

/* A file is written on this machine, and not over what the profile is made of. */
static gboolean
check_place (GtkWidget *widget,
             GFile     *file,
             GError   **error)
{
  PostureWindow *window = POSTURE_WINDOW (gtk_widget_get_root (widget));
  const char *path = g_file_peek_path (file);
  g_autofree char *name = NULL;

  if (path != NULL)
    return posture_export_check_place (path, posture_context_get_folder (posture_window_get_context (window)), error);
  name = g_file_get_parse_name (file);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _("%s is not on this machine. Choose a folder that is."), name);
  return FALSE;
}

/**
 * posture_saving_choose_finish:
 * @widget: the same widget
 * @result: what the callback was given
 * @text: what is being done, as a person reads it meanwhile
 * @failure: (transfer none): what could not be done, as a translated heading
 *
 * Returns: (transfer full) (nullable): the file being written; %NULL if none is to be
 */
PostureSaving *
posture_saving_choose_finish (GtkWidget    *widget,
                              GAsyncResult *result,
                              const char   *text,
                              const char   *failure)
{
  g_autoptr (GFile) file = posture_compat_choose_file_finish (widget, result);
  g_autoptr (GError) error = NULL;
  PostureSaving *self;

  if (file == NULL || gtk_widget_get_root (widget) == NULL)
    return NULL;
  if (!check_place (widget, file, &error))
    {
      posture_saving_fail (widget, failure, error);
      return NULL;
    }
  self = g_new0 (PostureSaving, 1);
  self->widget = g_object_ref (widget);
  self->row = g_object_ref_sink (POSTURE_WORK_ROW (posture_work_row_new (text)));
  self->file = g_steal_pointer (&file);
  self->path = g_file_get_path (self->file);
  self->failure = failure;
  posture_window_add_work (POSTURE_WINDOW (gtk_widget_get_root (widget)), GTK_WIDGET (self->row));
  return self;
}

/**
 * posture_saving_get_path:
 * @self: a file being written
 *
 * Returns: (transfer none) (type filename): where
 */
const char *
posture_saving_get_path (PostureSaving *self)
{
  return self->path;
}

/**
 * posture_saving_get_cancellable:
 * @self: a file being written
 *
 * Returns: (transfer none): what stops it
 */
GCancellable *
posture_saving_get_cancellable (PostureSaving *self)
{
  return posture_work_row_get_cancellable (self->row);
}

/**
 * posture_saving_set_opens:
 * @self: a file being written
 * @opens: whether the person is offered to open it; otherwise to see it in its folder
 *
 * Says what is offered once it is there.
 */
void
posture_saving_set_opens (PostureSaving *self,
                          gboolean       opens)
{
  self->opens = opens;
}

/**
 * posture_saving_set_done:
 * @done: how much is done, from 0 to 1
 * @self: (type PostureSaving): a file being written
 *
 * Shows how far it is. The order of the arguments is that of functions that are told of progress.
 */
void
posture_saving_set_done (double   done,
                         gpointer self)
{
  posture_work_row_set_done (done, ((PostureSaving *) self)->row);
}

/**
 * posture_saving_finish:
 * @self: a file being written
 * @error: (nullable): why it is not there; %NULL if it is
 *
 * Says what became of it.
 */
void
posture_saving_finish (PostureSaving *self,
                       const GError  *error)
{
  posture_work_row_finish (self->row);
  if (error == NULL)
    tell_done (self);
  else
    posture_saving_fail (self->widget, self->failure, error);
}

/**
 * posture_saving_free:
 * @self: (transfer full): a file being written
 *
 * Frees it.
 */
void
posture_saving_free (PostureSaving *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->row);
  g_object_unref (self->file);
  g_free (self->path);
  g_free (self);
}

/**
 * posture_saving_fail:
 * @widget: a widget of a window
 * @failure: what could not be done, as a heading
 * @error: why
 *
 * Says that there is no file, and if the person stopped it that nothing was written.
 */
void
posture_saving_fail (GtkWidget    *widget,
                     const char   *failure,
                     const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    posture_toasts_add (widget, adw_toast_new (_("Stopped. Nothing was written.")));
  else if (gtk_widget_get_root (widget) != NULL)
    posture_compat_tell (widget, failure, error->message);
}
