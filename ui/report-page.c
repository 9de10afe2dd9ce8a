/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-page.h"

#include "model/scalars.h"
#include "ui/compare-view.h"
#include "ui/compat.h"
#include "ui/failure.h"
#include "ui/moment.h"
#include "ui/report-export.h"
#include "ui/report-verify.h"
#include "ui/report-view.h"
#include "ui/telling-load.h"
#include "ui/what-if-view.h"

#include <glib/gi18n-lib.h>

struct _PostureReportPage
{
  PosturePage parent_instance;

  PostureSeenReports *seen;
  GListModel *reports;
  GCancellable *cancellable;
  char *id;
  PostureTelling *telling; /* (nullable): the report that is shown */

  GtkStack *states;
  AdwStatusPage *gone;
  AdwStatusPage *failure;
  AdwBin *content;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (PostureReportPage, posture_report_page, POSTURE_TYPE_PAGE)

static void
show_state (PostureReportPage *self,
            const char        *state)
{
  gboolean has_report = g_str_equal (state, "report");

  if (!has_report)
    posture_page_drop_focus (POSTURE_PAGE (self), GTK_WIDGET (self->states));
  gtk_stack_set_visible_child_name (self->states, state);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), has_report);
  if (!has_report)
    {
      adw_bin_set_child (self->content, NULL);
      g_clear_pointer (&self->telling, posture_telling_unref);
      posture_page_set_subtitle (POSTURE_PAGE (self), "");
    }
}

static void
show_failure (PostureReportPage *self,
              const GError      *error)
{
  g_autofree char *text = NULL;

  posture_page_set_title (POSTURE_PAGE (self), _("Report"));
  /* not in the template: an icon is loaded whether it is seen or not */
  if (g_error_matches (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND))
    {
      adw_status_page_set_icon_name (self->gone, "user-trash-symbolic");
      show_state (self, "gone");
      return;
    }
  text = g_strdup_printf ("%s\n\n%s", error->message,
                          _("If trying again does not help, submit the answers once more; that makes a new report."));
  posture_failure_show (self->failure, text);
  show_state (self, "failed");
}

static GMenuModel *
make_menu (const PostureReport *report)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuModel) forms = posture_report_export_make_menu ();
  g_autoptr (GMenuItem) answers = g_menu_item_new (_("_Go to the answers"), NULL);
  g_autoptr (GMenuItem) delete = g_menu_item_new (_("_Delete…"), NULL);

  g_menu_item_set_action_and_target (answers, "win.show-assessment", "s", report->assessment);
  g_menu_item_set_action_and_target (delete, "win.delete-report", "s", report->id);
  g_menu_append_submenu (menu, _("_Export"), forms);
  g_menu_append_item (menu, answers);
  g_menu_append_item (menu, delete);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
mark_seen (PostureReportPage *self,
           gint64             submitted)
{
  PostureContext *context = posture_page_get_context (POSTURE_PAGE (self));

  if (self->seen != NULL)
    posture_seen_reports_add (self->seen, self->id, submitted, posture_context_get_now (context));
}

static void
show_report (PostureReportPage *self)
{
  const PostureReport *report = posture_telling_get_report (self->telling);
  g_autoptr (GMenuModel) menu = make_menu (report);
  g_autofree char *moment = NULL;
  gint64 submitted = 0;

  posture_time_from_text (report->submitted, &submitted);
  moment = posture_moment_to_words (submitted, posture_context_get_now (posture_page_get_context (POSTURE_PAGE (self))));
  posture_page_set_title (POSTURE_PAGE (self), posture_telling_get_name (self->telling));
  posture_page_set_subtitle (POSTURE_PAGE (self), moment);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.export",
                                 posture_telling_get_questionnaire (self->telling) != NULL);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  adw_bin_set_child (self->content, posture_report_view_new (self->telling));
  show_state (self, "report");
  mark_seen (self, submitted);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PostureReportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureTelling) telling = NULL;

  telling = posture_telling_load_finish (POSTURE_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (telling == NULL)
    {
      show_failure (self, error);
      return;
    }
  g_clear_pointer (&self->telling, posture_telling_unref);
  self->telling = g_steal_pointer (&telling);
  show_report (self);
}

static void
cancel (PostureReportPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (PostureReportPage *self)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  posture_telling_load_async (posture_page_get_context (POSTURE_PAGE (self)), self->id, self->cancellable, loaded_cb,
                              g_object_ref (self));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (PostureReportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) report = NULL;

  report = posture_user_service_load_report_finish (POSTURE_USER_SERVICE (source), result, &error);
  if (g_error_matches (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND))
    show_failure (self, error);
}

/* The report that is shown may have been deleted, here or by another program. */
static void
reports_cb (PostureReportPage *self)
{
  PostureContext *context = posture_page_get_context (POSTURE_PAGE (self));

  if (self->cancellable != NULL && adw_bin_get_child (self->content) != NULL)
    posture_user_service_load_report_async (posture_context_get_user (context), self->id, self->cancellable,
                                            checked_cb, g_object_ref (self));
}

static void
posture_report_page_ready (PosturePage *page)
{
  PostureReportPage *self = POSTURE_REPORT_PAGE (page);

  self->reports = G_LIST_MODEL (posture_user_service_list_reports (
    posture_context_get_user (posture_page_get_context (page)), /* assessment = */ NULL));
  g_signal_connect_object (self->reports, "items-changed", G_CALLBACK (reports_cb), self, G_CONNECT_SWAPPED);
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  PostureReportPage *self = POSTURE_REPORT_PAGE (widget);

  show_state (self, "loading");
  load (self);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  PostureReportPage *self = POSTURE_REPORT_PAGE (widget);

  g_return_if_fail (self->telling != NULL);

  if (g_str_equal (g_variant_get_string (parameter, NULL), "bundle"))
    posture_report_bundle (widget, posture_page_get_context (POSTURE_PAGE (self)), self->telling);
  else
    posture_report_export (widget, posture_page_get_context (POSTURE_PAGE (self)), self->telling,
                           g_variant_get_string (parameter, NULL));
}

static void
what_if_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  posture_compat_present_sheet (widget, _("What if?"),
                                posture_what_if_view_new (POSTURE_REPORT_PAGE (widget)->telling));
}

static void
compare_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  posture_compat_present_sheet (widget, _("What changed?"),
                                posture_compare_view_new (posture_page_get_context (POSTURE_PAGE (widget)),
                                                          POSTURE_REPORT_PAGE (widget)->telling));
}

static void
verify_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  posture_report_verify (widget, posture_page_get_context (POSTURE_PAGE (widget)),
                         POSTURE_REPORT_PAGE (widget)->telling);
}

static void
posture_report_page_dispose (GObject *object)
{
  PostureReportPage *self = POSTURE_REPORT_PAGE (object);

  cancel (self);
  g_clear_object (&self->reports);
  g_clear_object (&self->seen);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->telling, posture_telling_unref);
  G_OBJECT_CLASS (posture_report_page_parent_class)->dispose (object);
}

static void
posture_report_page_class_init (PostureReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_report_page_dispose;
  POSTURE_PAGE_CLASS (klass)->ready = posture_report_page_ready;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/posture_app/Posture/ui/report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureReportPage, states);
  gtk_widget_class_bind_template_child (widget_class, PostureReportPage, gone);
  gtk_widget_class_bind_template_child (widget_class, PostureReportPage, failure);
  gtk_widget_class_bind_template_child (widget_class, PostureReportPage, content);
  gtk_widget_class_bind_template_child (widget_class, PostureReportPage, menu_button);
  gtk_widget_class_install_action (widget_class, "report.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "report.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "report.what-if", NULL, what_if_action);
  gtk_widget_class_install_action (widget_class, "report.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "report.verify", NULL, verify_action);
}

static void
posture_report_page_init (PostureReportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * posture_report_page_set_seen:
 * @self: a page
 * @seen: where to note which reports were opened
 *
 * Has reports noted as seen once they are shown; once.
 */
void
posture_report_page_set_seen (PostureReportPage  *self,
                              PostureSeenReports *seen)
{
  g_set_object (&self->seen, seen);
}

/**
 * posture_report_page_show:
 * @self: a page that has its context
 * @id: a report's id
 *
 * Shows a report.
 */
void
posture_report_page_show (PostureReportPage *self,
                          const char        *id)
{
  g_free (self->id);
  self->id = g_strdup (id);
  posture_page_set_title (POSTURE_PAGE (self), _("Report"));
  show_state (self, "loading");
  load (self);
}

/**
 * posture_report_page_get_report:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the id of the report that it shows
 */
const char *
posture_report_page_get_report (PostureReportPage *self)
{
  return self->id;
}
