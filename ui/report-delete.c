/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-delete.h"

#include "ui/compat.h"

#include <glib/gi18n-lib.h>

/* A report that is to go, while the person is asked and while it is deleted. */
typedef struct
{
  PostureWindow *window;
  PostureContext *context;
  char *id;
} Deletion;

static void
deletion_free (Deletion *deletion)
{
  g_object_unref (deletion->window);
  g_object_unref (deletion->context);
  g_free (deletion->id);
  g_free (deletion);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Deletion) deletion = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (posture_user_service_apply_finish (POSTURE_USER_SERVICE (source), result, &error))
    text = g_strdup (_("The report was deleted"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: why */
    text = g_strdup_printf (_("The report is still there: %s"), error->message);
  if (text != NULL)
    {
      AdwToast *toast = adw_toast_new ("");
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      adw_toast_set_title (toast, escaped);
      posture_window_add_toast (deletion->window, toast);
    }
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Deletion) deletion = data;
  g_autoptr (GPtrArray) operations = NULL;
  PostureUserService *user = posture_context_get_user (deletion->context);

  /* the profile may have been closed meanwhile */
  if (!posture_compat_confirm_finish (GTK_WIDGET (deletion->window), result) || user == NULL)
    return;
  operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_ptr_array_add (operations, posture_operation_new_delete_report (posture_context_get_now (deletion->context),
                                                                    deletion->id));
  posture_user_service_apply_async (user, operations, /* cancellable = */ NULL, deleted_cb,
                                    g_steal_pointer (&deletion));
}

/**
 * posture_report_delete:
 * @window: the window that says what happened
 * @context: a context that is ready
 * @id: a report's id
 *
 * Asks whether a report is to go, and deletes it. A report cannot be had back: the same answers are
 * rated once. So the person is asked before.
 */
void
posture_report_delete (PostureWindow  *window,
                       PostureContext *context,
                       const char     *id)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->window = g_object_ref (window);
  deletion->context = g_object_ref (context);
  deletion->id = g_strdup (id);
  posture_compat_confirm_async (GTK_WIDGET (window), _("Delete this report?"),
                                _("It cannot be brought back. The answers that it was made from stay."),
                                /* extra = */ NULL, _("_Delete"), POSTURE_CONFIRM_DESTRUCTIVE,
                                answered_cb, deletion);
}
