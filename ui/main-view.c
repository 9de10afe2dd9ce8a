/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/main-view.h"

#include "ui/assessment-list.h"
#include "ui/assessment-page.h"
#include "ui/compat.h"
#include "ui/new-page.h"
#include "ui/report-list.h"
#include "ui/report-page.h"
#include "ui/shell.h"

/* What a window shows of an open profile: the lists, and beside them a page. */
struct _PostureMainView
{
  AdwBin parent_instance;

  PostureSettings *settings;

  PostureShell *shell;
  GtkWidget *sidebar_top;
  GtkWidget *sidebar_bottom;
  GtkMenuButton *menu_button;
  AdwViewStack *views;
  PostureAssessmentList *assessments;
  PostureReportList *reports;
  GtkStack *content;
  PostureNewPage *new_page;
  PostureAssessmentPage *assessment_page;
  PostureReportPage *report_page;
  GCancellable *looking; /* for the report that was shown last; ends with the view */
};

G_DEFINE_FINAL_TYPE (PostureMainView, posture_main_view, ADW_TYPE_BIN)

/* What stands beside the lists is highlighted in them; where there is room for one only, nothing is. */
static void
highlight (PostureMainView *self)
{
  GtkWidget *page = posture_shell_get_collapsed (self->shell) ? NULL : gtk_stack_get_visible_child (self->content);
  const char *assessment = NULL;
  const char *report = NULL;

  if (page == GTK_WIDGET (self->assessment_page))
    assessment = posture_assessment_page_get_assessment (self->assessment_page);
  else if (page == GTK_WIDGET (self->report_page))
    report = posture_report_page_get_report (self->report_page);
  posture_assessment_list_set_shown (self->assessments, assessment);
  posture_report_list_set_shown (self->reports, report);
}

static void
show_content (PostureMainView *self,
              const char      *page)
{
  gtk_stack_set_visible_child_name (self->content, page);
  highlight (self);
  posture_shell_set_show_content (self->shell, TRUE);
  posture_settings_set (self->settings, "last-page", page);
}

static void
posture_main_view_dispose (GObject *object)
{
  PostureMainView *self = POSTURE_MAIN_VIEW (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (posture_main_view_parent_class)->dispose (object);
}

static void
posture_main_view_finalize (GObject *object)
{
  g_object_unref (POSTURE_MAIN_VIEW (object)->looking);
  G_OBJECT_CLASS (posture_main_view_parent_class)->finalize (object);
}

static void
posture_main_view_class_init (PostureMainViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_main_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_main_view_finalize;

  g_type_ensure (POSTURE_TYPE_SHELL);
  g_type_ensure (POSTURE_TYPE_ASSESSMENT_LIST);
  g_type_ensure (POSTURE_TYPE_ASSESSMENT_PAGE);
  g_type_ensure (POSTURE_TYPE_NEW_PAGE);
  g_type_ensure (POSTURE_TYPE_REPORT_LIST);
  g_type_ensure (POSTURE_TYPE_REPORT_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/posture_app/Posture/ui/main-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, shell);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, sidebar_top);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, sidebar_bottom);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, views);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, assessments);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, reports);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, content);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, new_page);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, assessment_page);
  gtk_widget_class_bind_template_child (widget_class, PostureMainView, report_page);
  gtk_widget_class_set_css_name (widget_class, "mainview");
}

static void
posture_main_view_init (PostureMainView *self)
{
  self->looking = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (self->shell, "sidebar",
                posture_compat_frame_new (self->sidebar_top, GTK_WIDGET (self->views), self->sidebar_bottom), NULL);
  posture_shell_set_show_content (self->shell, FALSE);
  g_signal_connect_object (self->shell, "notify::collapsed", G_CALLBACK (highlight), self, G_CONNECT_SWAPPED);
}

/**
 * posture_main_view_new:
 * @settings: what is remembered
 *
 * Returns: (transfer floating): a new view, which is empty until it is given
 *   its context
 */
GtkWidget *
posture_main_view_new (PostureSettings *settings)
{
  PostureMainView *self = g_object_new (POSTURE_TYPE_MAIN_VIEW, NULL);
  g_autoptr (PostureSeenReports) seen = posture_seen_reports_new (settings);

  self->settings = g_object_ref (settings);
  posture_report_list_set_seen (self->reports, seen);
  posture_report_page_set_seen (self->report_page, seen);
  posture_assessment_page_set_settings (self->assessment_page, settings);
  return GTK_WIDGET (self);
}

/**
 * posture_main_view_show_new:
 * @self: a view; without a context, it shows them as soon as it has one
 *
 * Shows the questionnaires that an assessment can be begun with.
 */
void
posture_main_view_show_new (PostureMainView *self)
{
  show_content (self, "new");
}

/**
 * posture_main_view_show_assessment:
 * @self: a view that has its context
 * @id: an assessment's id
 *
 * Shows an assessment.
 */
void
posture_main_view_show_assessment (PostureMainView *self,
                                   const char      *id)
{
  posture_assessment_page_show (self->assessment_page, id);
  show_content (self, "assessment");
}

/**
 * posture_main_view_close_assessment:
 * @self: a view
 * @id: an assessment's id
 *
 * Shows something else, if that is the assessment that is shown.
 */
void
posture_main_view_close_assessment (PostureMainView *self,
                                    const char      *id)
{
  if (g_strcmp0 (posture_assessment_page_get_assessment (self->assessment_page), id) != 0)
    return;
  posture_assessment_page_close (self->assessment_page);
  gtk_stack_set_visible_child_name (self->content, "new");
  highlight (self);
}

/**
 * posture_main_view_show_question:
 * @self: a view that has its context
 * @assessment: an assessment's id
 * @question: key of a question of it
 *
 * Shows a question of an assessment, if it is asked.
 */
void
posture_main_view_show_question (PostureMainView *self,
                                 const char      *assessment,
                                 const char      *question)
{
  posture_assessment_page_show_question (self->assessment_page, assessment, question);
  show_content (self, "assessment");
}

/**
 * posture_main_view_show_report:
 * @self: a view that has its context
 * @id: a report's id
 *
 * Shows a report.
 */
void
posture_main_view_show_report (PostureMainView *self,
                               const char      *id)
{
  posture_report_page_show (self->report_page, id);
  posture_settings_set (self->settings, "last-report", id);
  show_content (self, "report");
}

/* It can have been deleted since. */
static void
last_report_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (PostureMainView) self = data;
  g_autoptr (PostureReport) report = posture_user_service_load_report_finish (POSTURE_USER_SERVICE (source), result,
                                                                              /* error = */ NULL);

  if (report != NULL && gtk_stack_get_visible_child (self->content) == GTK_WIDGET (self->new_page))
    posture_main_view_show_report (self, report->id);
}

/* Where the person was. */
static void
show_last (PostureMainView *self,
           PostureContext  *context)
{
  g_autofree char *page = posture_settings_dup (self->settings, "last-page");
  g_autofree char *assessment = posture_settings_dup (self->settings, "last-assessment");
  g_autofree char *report = posture_settings_dup (self->settings, "last-report");

  if (g_str_equal (page, "assessment") && *assessment != '\0')
    posture_main_view_show_assessment (self, assessment);
  else if (g_str_equal (page, "report") && *report != '\0')
    posture_user_service_load_report_async (posture_context_get_user (context), report, self->looking,
                                            last_report_cb, g_object_ref (self));
  else if (*page == '\0')
    posture_main_view_show_new (self);
}

/**
 * posture_main_view_set_context:
 * @self: a view
 * @context: the context, whose profile is open
 *
 * Shows what is in the profile, and where the person was the last time.
 */
void
posture_main_view_set_context (PostureMainView *self,
                               PostureContext  *context)
{
  posture_assessment_list_set_context (self->assessments, context);
  posture_report_list_set_context (self->reports, context);
  posture_page_set_context (POSTURE_PAGE (self->new_page), context);
  posture_page_set_context (POSTURE_PAGE (self->assessment_page), context);
  posture_page_set_context (POSTURE_PAGE (self->report_page), context);
  show_last (self, context);
}

/**
 * posture_main_view_show_list:
 * @self: a view
 * @name: `assessments` or `reports`
 *
 * Shows one of the lists, with the keyboard in it.
 */
void
posture_main_view_show_list (PostureMainView *self,
                             const char      *name)
{
  adw_view_stack_set_visible_child_name (self->views, name);
  posture_main_view_go_back (self);
  gtk_widget_child_focus (adw_view_stack_get_visible_child (self->views), GTK_DIR_TAB_FORWARD);
}

/**
 * posture_main_view_go_back:
 * @self: a view
 *
 * Goes from the page to the lists, where there is no room for both.
 */
void
posture_main_view_go_back (PostureMainView *self)
{
  posture_shell_set_show_content (self->shell, FALSE);
}

/**
 * posture_main_view_step_back:
 * @self: a view
 *
 * Goes to the question before, and from the first one to the lists.
 */
void
posture_main_view_step_back (PostureMainView *self)
{
  if (!posture_shell_get_show_content (self->shell)
      || gtk_stack_get_visible_child (self->content) != GTK_WIDGET (self->assessment_page)
      || !posture_assessment_page_step_back (self->assessment_page))
    posture_main_view_go_back (self);
}

/**
 * posture_main_view_open_menu:
 * @self: a view
 *
 * Opens the main menu.
 */
void
posture_main_view_open_menu (PostureMainView *self)
{
  gtk_menu_button_popup (self->menu_button);
}

/**
 * posture_main_view_commit:
 * @self: a main view
 *
 * Takes what was typed last into the answers, as leaving a field does.
 */
void
posture_main_view_commit (PostureMainView *self)
{
  posture_assessment_page_commit (self->assessment_page);
}

/**
 * posture_main_view_get_keeper:
 * @self: a main view
 *
 * Returns: (transfer none): what keeps the answers that are not on disk yet
 */
PostureDraftKeeper *
posture_main_view_get_keeper (PostureMainView *self)
{
  return posture_assessment_page_get_keeper (self->assessment_page);
}
