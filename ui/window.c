/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/window.h"

#include "ui/backup.h"
#include "ui/closing.h"
#include "ui/failure.h"
#include "ui/main-view.h"
#include "ui/report-delete.h"
#include "ui/report-verify.h"

#include <glib/gi18n-lib.h>

struct _PostureWindow
{
  AdwApplicationWindow parent_instance;

  PostureContext *context;
  PostureSettings *settings;
  PostureMainView *main_view; /* (nullable): see get_main_view() */
  PostureClosing *closing;    /* (nullable): there with the main view */
  guint making_id;

  AdwToastOverlay *toasts;
  GtkStack *states;
  GtkBox *work;
  AdwStatusPage *failure;
};

G_DEFINE_FINAL_TYPE (PostureWindow, posture_window, ADW_TYPE_APPLICATION_WINDOW)

/* It is made after the first frame, while the profile is still being opened: a window that has all its
 * pages comes up later by half, and with 13 MB more. */
static PostureMainView *
get_main_view (PostureWindow *self)
{
  if (self->main_view == NULL)
    {
      self->main_view = POSTURE_MAIN_VIEW (posture_main_view_new (self->settings));
      gtk_stack_add_named (self->states, GTK_WIDGET (self->main_view), "ready");
      self->closing = posture_closing_new (GTK_WINDOW (self), posture_main_view_get_keeper (self->main_view));
    }
  return self->main_view;
}

static gboolean
make_main_view_cb (gpointer data)
{
  PostureWindow *self = data;

  self->making_id = 0;
  get_main_view (self);
  return G_SOURCE_REMOVE;
}

static gboolean
first_frame_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       data)
{
  /* the frame is drawn before anything with a low priority */
  POSTURE_WINDOW (widget)->making_id = g_idle_add_full (G_PRIORITY_LOW, make_main_view_cb, widget,
                                                        /* notify = */ NULL);
  return G_SOURCE_REMOVE;
}

static void
state_cb (PostureWindow *self)
{
  PostureContextState state = posture_context_get_state (self->context);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-assessment", state == POSTURE_CONTEXT_READY);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back-up", state == POSTURE_CONTEXT_READY);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.restore", state == POSTURE_CONTEXT_READY);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.retry", state == POSTURE_CONTEXT_FAILED);
  switch (state)
    {
    case POSTURE_CONTEXT_LOADING:
      gtk_stack_set_visible_child_name (self->states, "loading");
      break;
    case POSTURE_CONTEXT_READY:
      posture_main_view_set_context (get_main_view (self), self->context);
      gtk_stack_set_visible_child_name (self->states, "ready");
      break;
    case POSTURE_CONTEXT_FAILED:
      posture_failure_show (self->failure, posture_context_get_error (self->context)->message);
      gtk_stack_set_visible_child_name (self->states, "failed");
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
new_assessment_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  posture_window_show_new (POSTURE_WINDOW (widget));
}

static void
show_assessment_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  posture_window_show_assessment (POSTURE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_report_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  posture_window_show_report (POSTURE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
close_assessment_action (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  posture_main_view_close_assessment (get_main_view (POSTURE_WINDOW (widget)), g_variant_get_string (parameter, NULL));
}

static void
show_question_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  const char *assessment, *question;

  g_variant_get (parameter, "(&s&s)", &assessment, &question);
  posture_main_view_show_question (get_main_view (POSTURE_WINDOW (widget)), assessment, question);
}

static void
delete_report_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  posture_report_delete (POSTURE_WINDOW (widget), POSTURE_WINDOW (widget)->context,
                         g_variant_get_string (parameter, NULL));
}

static void
show_view_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  posture_main_view_show_list (get_main_view (POSTURE_WINDOW (widget)), g_variant_get_string (parameter, NULL));
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  posture_main_view_go_back (get_main_view (POSTURE_WINDOW (widget)));
}

/* What the key does: the question before, and from the first one back to the list. */
static void
step_back_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  posture_main_view_step_back (get_main_view (POSTURE_WINDOW (widget)));
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  posture_main_view_open_menu (get_main_view (POSTURE_WINDOW (widget)));
}

/* Made when it is asked for: as gtk/help-overlay.ui it would be made with each window, though few look at
 * it. */
static void
show_help_overlay_action (GtkWidget  *widget,
                          const char *name,
                          GVariant   *parameter)
{
  g_autoptr (GtkBuilder) builder
    = gtk_builder_new_from_resource ("/io/github/posture_app/Posture/ui/help-overlay.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (overlay, GTK_WINDOW (widget));
  gtk_window_set_destroy_with_parent (overlay, TRUE);
  gtk_window_present (overlay);
}

static void
verify_file_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  posture_report_verify_file (widget);
}

static void
back_up_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  posture_window_back_up (POSTURE_WINDOW (widget), POSTURE_WINDOW (widget)->context);
}

static void
restore_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  posture_window_restore (POSTURE_WINDOW (widget), POSTURE_WINDOW (widget)->context);
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  posture_context_retry (POSTURE_WINDOW (widget)->context);
}

static gboolean
posture_window_close_request (GtkWindow *window)
{
  PostureWindow *self = POSTURE_WINDOW (window);

  posture_window_commit (self);
  return (self->closing != NULL && posture_closing_request (self->closing))
         || GTK_WINDOW_CLASS (posture_window_parent_class)->close_request (window);
}

static void
posture_window_dispose (GObject *object)
{
  PostureWindow *self = POSTURE_WINDOW (object);

  g_clear_handle_id (&self->making_id, g_source_remove);
  g_clear_object (&self->closing);
  g_clear_object (&self->context);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (posture_window_parent_class)->dispose (object);
}

static void
posture_window_class_init (PostureWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = posture_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/posture_app/Posture/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, states);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, work);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, failure);

  gtk_widget_class_install_action (widget_class, "win.new-assessment", NULL, new_assessment_action);
  gtk_widget_class_install_action (widget_class, "win.show-assessment", "s", show_assessment_action);
  gtk_widget_class_install_action (widget_class, "win.close-assessment", "s", close_assessment_action);
  gtk_widget_class_install_action (widget_class, "win.show-report", "s", show_report_action);
  gtk_widget_class_install_action (widget_class, "win.show-question", "(ss)", show_question_action);
  gtk_widget_class_install_action (widget_class, "win.delete-report", "s", delete_report_action);
  gtk_widget_class_install_action (widget_class, "win.show-view", "s", show_view_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.step-back", NULL, step_back_action);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_help_overlay_action);
  gtk_widget_class_install_action (widget_class, "win.verify-file", NULL, verify_file_action);
  gtk_widget_class_install_action (widget_class, "win.back-up", NULL, back_up_action);
  gtk_widget_class_install_action (widget_class, "win.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_action);
}

static void
posture_window_init (PostureWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  if (g_str_has_suffix (POSTURE_APPLICATION_ID, ".Devel"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

/**
 * posture_window_new:
 * @application: the application
 * @context: the context
 * @settings: what is remembered
 *
 * Returns: (transfer none): a new window, which shows how far the profile is
 *   opened and then what is in it
 */
PostureWindow *
posture_window_new (PostureApplication *application,
                    PostureContext     *context,
                    PostureSettings    *settings)
{
  PostureWindow *self = g_object_new (POSTURE_TYPE_WINDOW, "application", application, NULL);

  self->context = g_object_ref (context);
  self->settings = g_object_ref (settings);
  posture_settings_bind_window (settings, self);
  g_signal_connect_object (context, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), first_frame_cb, /* user_data = */ NULL, /* notify = */ NULL);
  state_cb (self);
  return self;
}

/**
 * posture_window_show_assessment:
 * @self: a window whose profile is open
 * @id: an assessment's id
 *
 * Shows an assessment.
 */
void
posture_window_show_assessment (PostureWindow *self,
                                const char    *id)
{
  posture_main_view_show_assessment (get_main_view (self), id);
}

/**
 * posture_window_show_report:
 * @self: a window whose profile is open
 * @id: a report's id
 *
 * Shows a report.
 */
void
posture_window_show_report (PostureWindow *self,
                            const char    *id)
{
  posture_main_view_show_report (get_main_view (self), id);
}

/**
 * posture_window_show_new:
 * @self: a window; if its profile is still being opened, it shows them then
 *
 * Shows the questionnaires that an assessment can be begun with.
 */
void
posture_window_show_new (PostureWindow *self)
{
  posture_main_view_show_new (get_main_view (self));
}

/**
 * posture_window_add_toast:
 * @self: a window
 * @toast: (transfer full): what to say
 *
 * Says in passing what has happened.
 */
void
posture_window_add_toast (PostureWindow *self,
                          AdwToast      *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * posture_window_add_work:
 * @self: a window
 * @row: (transfer floating): a #PostureWorkRow
 *
 * Shows below everything else what is being done.
 */
void
posture_window_add_work (PostureWindow *self,
                         GtkWidget     *row)
{
  gtk_box_append (self->work, row);
}

/**
 * posture_window_commit:
 * @self: a window
 *
 * Takes what was typed last into the answers, and so to the disk.
 */
void
posture_window_commit (PostureWindow *self)
{
  if (self->main_view != NULL)
    posture_main_view_commit (self->main_view);
}

/**
 * posture_window_get_context:
 * @self: a window
 *
 * Returns: (transfer none): what it shows
 */
PostureContext *
posture_window_get_context (PostureWindow *self)
{
  return self->context;
}

/**
 * posture_window_get_page:
 * @self: a window
 *
 * Returns: (transfer none): a widget in it that toasts and dialogs can belong to, whatever is shown
 */
GtkWidget *
posture_window_get_page (PostureWindow *self)
{
  return GTK_WIDGET (self->states);
}
