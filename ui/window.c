/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/window.h"

#include "ui/assessment-list.h"
#include "ui/assessment-page.h"
#include "ui/closing.h"
#include "ui/new-page.h"
#include "ui/report-delete.h"
#include "ui/report-list.h"
#include "ui/report-page.h"
#include "ui/shell.h"

#include <glib/gi18n-lib.h>

struct _PostureWindow
{
  AdwApplicationWindow parent_instance;

  PostureContext *context;
  PostureSettings *settings;
  PostureClosing *closing;

  AdwToastOverlay *toasts;
  GtkStack *states;
  AdwStatusPage *failure;
  PostureShell *shell;
  GtkMenuButton *menu_button;
  AdwViewStack *views;
  PostureAssessmentList *assessments;
  PostureReportList *reports;
  GtkStack *content;
  PostureNewPage *new_page;
  PostureAssessmentPage *assessment_page;
  PostureReportPage *report_page;
};

G_DEFINE_FINAL_TYPE (PostureWindow, posture_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_content (PostureWindow *self,
              const char    *page)
{
  if (!g_str_equal (page, "report"))
    posture_report_list_set_shown (self->reports, /* id = */ NULL);
  gtk_stack_set_visible_child_name (self->content, page);
  posture_shell_set_show_content (self->shell, TRUE);
  posture_settings_set (self->settings, "last-page", page);
}

static void
hand_out_context (PostureWindow *self)
{
  posture_assessment_list_set_context (self->assessments, self->context);
  posture_report_list_set_context (self->reports, self->context);
  posture_page_set_context (POSTURE_PAGE (self->new_page), self->context);
  posture_page_set_context (POSTURE_PAGE (self->assessment_page), self->context);
  posture_page_set_context (POSTURE_PAGE (self->report_page), self->context);
}

/* Where the person was the last time. */
static void
restore_page (PostureWindow *self)
{
  g_autofree char *page = posture_settings_dup (self->settings, "last-page");
  g_autofree char *assessment = posture_settings_dup (self->settings, "last-assessment");

  if (g_str_equal (page, "assessment") && *assessment != '\0')
    posture_window_show_assessment (self, assessment);
  else if (*page == '\0')
    posture_window_show_new (self);
}

static void
state_cb (PostureWindow *self)
{
  PostureContextState state = posture_context_get_state (self->context);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-assessment", state == POSTURE_CONTEXT_READY);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.retry", state == POSTURE_CONTEXT_FAILED);
  switch (state)
    {
    case POSTURE_CONTEXT_LOADING:
      gtk_stack_set_visible_child_name (self->states, "loading");
      break;
    case POSTURE_CONTEXT_READY:
      hand_out_context (self);
      gtk_stack_set_visible_child_name (self->states, "ready");
      restore_page (self);
      break;
    case POSTURE_CONTEXT_FAILED:
      adw_status_page_set_description (self->failure, posture_context_get_error (self->context)->message);
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
  PostureWindow *self = POSTURE_WINDOW (widget);

  if (g_strcmp0 (posture_assessment_page_get_assessment (self->assessment_page),
                 g_variant_get_string (parameter, NULL)) != 0)
    return;
  posture_assessment_page_close (self->assessment_page);
  gtk_stack_set_visible_child_name (self->content, "new");
}

static void
show_question_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  PostureWindow *self = POSTURE_WINDOW (widget);
  const char *assessment, *question;

  g_variant_get (parameter, "(&s&s)", &assessment, &question);
  posture_assessment_page_show_question (self->assessment_page, assessment, question);
  show_content (self, "assessment");
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
  PostureWindow *self = POSTURE_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->views, g_variant_get_string (parameter, NULL));
  posture_shell_set_show_content (self->shell, FALSE);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  posture_shell_set_show_content (POSTURE_WINDOW (widget)->shell, FALSE);
}

/* What the key does: the question before, and from the first one back to the list. */
static void
step_back_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  PostureWindow *self = POSTURE_WINDOW (widget);

  if (posture_shell_get_show_content (self->shell)
      && gtk_stack_get_visible_child (self->content) == GTK_WIDGET (self->assessment_page)
      && posture_assessment_page_step_back (self->assessment_page))
    return;
  posture_shell_set_show_content (self->shell, FALSE);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_menu_button_popup (POSTURE_WINDOW (widget)->menu_button);
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

  posture_assessment_page_commit (self->assessment_page);
  return posture_closing_request (self->closing)
         || GTK_WINDOW_CLASS (posture_window_parent_class)->close_request (window);
}

static void
posture_window_dispose (GObject *object)
{
  PostureWindow *self = POSTURE_WINDOW (object);

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

  g_type_ensure (POSTURE_TYPE_SHELL);
  g_type_ensure (POSTURE_TYPE_ASSESSMENT_LIST);
  g_type_ensure (POSTURE_TYPE_ASSESSMENT_PAGE);
  g_type_ensure (POSTURE_TYPE_NEW_PAGE);
  g_type_ensure (POSTURE_TYPE_REPORT_LIST);
  g_type_ensure (POSTURE_TYPE_REPORT_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/posture_app/Posture/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, states);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, shell);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, views);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, assessments);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, reports);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, content);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, new_page);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, assessment_page);
  gtk_widget_class_bind_template_child (widget_class, PostureWindow, report_page);

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
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_action);
}

static void
posture_window_init (PostureWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->closing = posture_closing_new (GTK_WINDOW (self),
                                       posture_assessment_page_get_keeper (self->assessment_page));
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
  g_autoptr (PostureSeenReports) seen = posture_seen_reports_new (settings);

  self->context = g_object_ref (context);
  self->settings = g_object_ref (settings);
  posture_report_list_set_seen (self->reports, seen);
  posture_report_page_set_seen (self->report_page, seen);
  posture_settings_bind_window (settings, self);
  posture_assessment_page_set_settings (self->assessment_page, settings);
  g_signal_connect_object (context, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
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
  posture_assessment_page_show (self->assessment_page, id);
  show_content (self, "assessment");
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
  posture_report_list_set_shown (self->reports, id);
  posture_report_page_show (self->report_page, id);
  show_content (self, "report");
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
  show_content (self, "new");
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
