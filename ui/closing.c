/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/closing.h"

#include "ui/compat.h"

#include <glib/gi18n-lib.h>

/* Closes a window when all that was answered in it is on disk, or the person says that it need not be; until then the
 * session is not to end either. */
struct _PostureClosing
{
  GObject parent_instance;

  GtkWindow *window; /* which owns this */
  GtkApplication *application;
  guint inhibition; /* of the end of the session; 0 for none */
  PostureDraftKeeper *keeper;
  gboolean wanted; /* to be closed as soon as what is on its way has arrived */
  gboolean asking;
};

G_DEFINE_FINAL_TYPE (PostureClosing, posture_closing, G_TYPE_OBJECT)

#define RETRY "retry"
#define DISCARD "discard"

/* Whoever logs out is told as well that something would be lost. What is only on its way arrives in time. */
static void
hold_session (PostureClosing *self)
{
  gboolean unsaved = posture_draft_keeper_get_saving (self->keeper) == POSTURE_DRAFT_UNSAVED;

  if (unsaved && self->inhibition == 0)
    self->inhibition = gtk_application_inhibit (self->application, self->window, GTK_APPLICATION_INHIBIT_LOGOUT,
                                                _("Your last answers are not saved"));
  else if (!unsaved && self->inhibition != 0)
    {
      gtk_application_uninhibit (self->application, self->inhibition);
      self->inhibition = 0;
    }
}

static void
saving_cb (PostureClosing *self)
{
  hold_session (self);
  if (!self->wanted || posture_draft_keeper_get_saving (self->keeper) == POSTURE_DRAFT_SAVING)
    return;
  self->wanted = FALSE;
  gtk_window_close (self->window);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (PostureClosing) self = data;
  g_autofree char *choice = posture_compat_choose_finish (GTK_WIDGET (source), result);

  self->asking = FALSE;
  if (g_strcmp0 (choice, RETRY) == 0)
    {
      self->wanted = TRUE;
      posture_draft_keeper_retry (self->keeper);
      saving_cb (self); /* there may be nothing left to store */
    }
  else if (g_strcmp0 (choice, DISCARD) == 0)
    gtk_window_destroy (GTK_WINDOW (source));
}

static void
ask (PostureClosing *self)
{
  const PostureChoice choices[] = {
    { DISCARD, _("Close _without saving"), POSTURE_CONFIRM_DESTRUCTIVE },
    { RETRY, _("_Try again"), POSTURE_CONFIRM_SUGGESTED },
  };
  g_autofree char *problem = posture_draft_keeper_dup_problem (self->keeper);
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", problem,
                                           _("If you close the window now, this is lost."));

  self->asking = TRUE;
  posture_compat_choose_async (GTK_WIDGET (self->window), _("Your last answers are not saved"), body,
                               /* extra = */ NULL, choices, G_N_ELEMENTS (choices), answered_cb,
                               g_object_ref (self));
}

static void
posture_closing_dispose (GObject *object)
{
  PostureClosing *self = POSTURE_CLOSING (object);

  if (self->inhibition != 0)
    gtk_application_uninhibit (self->application, self->inhibition);
  self->inhibition = 0;
  g_clear_object (&self->application);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (posture_closing_parent_class)->dispose (object);
}

static void
posture_closing_class_init (PostureClosingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_closing_dispose;
}

static void
posture_closing_init (PostureClosing *self)
{
}

/**
 * posture_closing_new:
 * @window: the window, which keeps this as long as it is there
 * @keeper: its drafts
 *
 * Returns: (transfer full): what decides whether the window closes
 */
PostureClosing *
posture_closing_new (GtkWindow          *window,
                     PostureDraftKeeper *keeper)
{
  PostureClosing *self = g_object_new (POSTURE_TYPE_CLOSING, NULL);

  self->window = window;
  self->application = g_object_ref (gtk_window_get_application (window));
  self->keeper = g_object_ref (keeper);
  g_signal_connect_object (keeper, "notify::saving", G_CALLBACK (saving_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * posture_closing_request:
 * @self: what decides
 *
 * The window is to be closed. If it stays, it closes by itself when what is on its
 * way to the disk has arrived there, or the person is asked.
 *
 * Returns: whether it stays for now
 */
gboolean
posture_closing_request (PostureClosing *self)
{
  switch (posture_draft_keeper_get_saving (self->keeper))
    {
    case POSTURE_DRAFT_SAVING:
      self->wanted = TRUE;
      return TRUE;
    case POSTURE_DRAFT_UNSAVED:
      if (!self->asking)
        ask (self);
      return TRUE;
    case POSTURE_DRAFT_UNCHANGED:
    case POSTURE_DRAFT_SAVED:
    default:
      return FALSE;
    }
}
