/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/compat.h"

#include <glib/gi18n-lib.h>

#define CANCEL "cancel"
#define CONFIRM "confirm"
#define SHEET_WIDTH 480
#define SHEET_HEIGHT 640
#define SHEET_MIN_WIDTH 350

static void
response_cb (GTask      *task,
             const char *response)
{
  g_task_set_task_data (task, GINT_TO_POINTER (TRUE), /* destroy = */ NULL);
  g_task_return_pointer (task, g_str_equal (response, CANCEL) ? NULL : g_strdup (response), g_free);
}

/* The question can go unanswered, with the window that it belongs to. */
static void
question_gone_cb (gpointer  data,
                  GClosure *closure)
{
  GTask *task = data;

  if (g_task_get_task_data (task) == NULL)
    g_task_return_pointer (task, NULL, /* destroy = */ NULL);
  g_object_unref (task);
}

static AdwResponseAppearance
get_appearance (const PostureChoice *choice)
{
  return choice->style == POSTURE_CONFIRM_DESTRUCTIVE ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED;
}

/* The Enter key takes nothing away. */
static const char *
find_default (const PostureChoice *choices,
              guint                n_choices)
{
  for (guint i = 0; i < n_choices; i++)
    if (choices[i].style != POSTURE_CONFIRM_DESTRUCTIVE)
      return choices[i].id;
  return CANCEL;
}

/* The two kinds of dialog have the same functions under other names. */
#if ADW_CHECK_VERSION (1, 5, 0)
typedef AdwAlertDialog Alert;
#define alert_add_response adw_alert_dialog_add_response
#define alert_set_response_appearance adw_alert_dialog_set_response_appearance
#define alert_set_close_response adw_alert_dialog_set_close_response
#define alert_set_default_response adw_alert_dialog_set_default_response
#define alert_set_extra_child adw_alert_dialog_set_extra_child

/* The heading is there twice, and libadwaita 1.7 measures the large one, which is one line, for a width that it
 * does not fit, of which GTK warns. There is no property of the dialog for this. */
static void
wrap_labels (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wrap_labels (child);
}

static Alert *
make_alert (GtkWidget  *parent,
            const char *heading,
            const char *body)
{
  AdwDialog *alert = adw_alert_dialog_new (heading, body);

  /* what is in a dialog stands below it only while it is shown */
  wrap_labels (adw_dialog_get_child (alert));
  return ADW_ALERT_DIALOG (alert);
}

static void
present_alert (Alert     *alert,
               GtkWidget *parent)
{
  adw_dialog_present (ADW_DIALOG (alert), parent);
}
#else
typedef AdwMessageDialog Alert;
#define alert_add_response adw_message_dialog_add_response
#define alert_set_response_appearance adw_message_dialog_set_response_appearance
#define alert_set_close_response adw_message_dialog_set_close_response
#define alert_set_default_response adw_message_dialog_set_default_response
#define alert_set_extra_child adw_message_dialog_set_extra_child

static Alert *
make_alert (GtkWidget  *parent,
            const char *heading,
            const char *body)
{
  GtkWidget *alert = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), heading, body);

  gtk_window_set_destroy_with_parent (GTK_WINDOW (alert), TRUE);
  return ADW_MESSAGE_DIALOG (alert);
}

static void
present_alert (Alert     *alert,
               GtkWidget *parent)
{
  gtk_window_present (GTK_WINDOW (alert));
}
#endif

/* The button that leaves all as it is comes first, and is what closing the dialog means. */
static void
present_question (GtkWidget           *parent,
                  const char          *heading,
                  const char          *body,
                  GtkWidget           *extra,
                  const char          *leave,
                  const PostureChoice *choices,
                  guint                n_choices,
                  GTask               *task)
{
  Alert *alert = make_alert (parent, heading, body);

  alert_add_response (alert, CANCEL, leave);
  for (guint i = 0; i < n_choices; i++)
    {
      alert_add_response (alert, choices[i].id, choices[i].verb);
      alert_set_response_appearance (alert, choices[i].id, get_appearance (&choices[i]));
    }
  alert_set_close_response (alert, CANCEL);
  alert_set_default_response (alert, find_default (choices, n_choices));
  alert_set_extra_child (alert, extra);
  g_signal_connect_data (alert, "response", G_CALLBACK (response_cb), task, question_gone_cb, G_CONNECT_SWAPPED);
  present_alert (alert, parent);
}

/**
 * posture_compat_choose_async:
 * @parent: the widget that asks
 * @heading: the question
 * @body: what it means
 * @extra: (nullable): a widget to fill in, shown below
 * @choices: (array length=n_choices): the ways on; to leave all as it is is always one more
 * @n_choices: how many there are
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * Asks a person how to go on. The first choice that takes nothing away is that of
 * the Enter key.
 */
void
posture_compat_choose_async (GtkWidget           *parent,
                             const char          *heading,
                             const char          *body,
                             GtkWidget           *extra,
                             const PostureChoice *choices,
                             guint                n_choices,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (parent, /* cancellable = */ NULL, callback, user_data);

  g_task_set_source_tag (task, posture_compat_choose_async);
  present_question (parent, heading, body, extra, _("_Cancel"), choices, n_choices, task);
}

/**
 * posture_compat_choose_finish:
 * @parent: the widget that asked
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the id of the choice; %NULL to leave all as it is
 */
char *
posture_compat_choose_finish (GtkWidget    *parent,
                              GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), /* error = */ NULL);
}

/**
 * posture_compat_confirm_async:
 * @parent: the widget that asks
 * @heading: the question
 * @body: what it means
 * @extra: (nullable): a widget to fill in, shown below
 * @verb: what the button that does it says, with a mnemonic
 * @style: how that button looks
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * Asks a person before something is done.
 */
void
posture_compat_confirm_async (GtkWidget          *parent,
                              const char         *heading,
                              const char         *body,
                              GtkWidget          *extra,
                              const char         *verb,
                              PostureConfirmStyle style,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  const PostureChoice choice = { CONFIRM, verb, style };

  posture_compat_choose_async (parent, heading, body, extra, &choice, 1, callback, user_data);
}

/**
 * posture_compat_confirm_finish:
 * @parent: the widget that asked
 * @result: what the callback was given
 *
 * Returns: whether it is to be done
 */
gboolean
posture_compat_confirm_finish (GtkWidget    *parent,
                               GAsyncResult *result)
{
  g_autofree char *choice = posture_compat_choose_finish (parent, result);

  return choice != NULL;
}

/**
 * posture_compat_tell:
 * @parent: (type Gtk.Widget): the widget that tells; if its window is gone, nobody is told
 * @heading: what happened
 * @body: why, and what to do
 *
 * Tells a person something that they have to have read: why something failed, for one.
 */
void
posture_compat_tell (gpointer    parent,
                     const char *heading,
                     const char *body)
{
  if (gtk_widget_get_root (parent) == NULL)
    return;
  present_question (parent, heading, body, /* extra = */ NULL, _("_Close"), /* choices = */ NULL, 0,
                    g_task_new (parent, /* cancellable = */ NULL, /* callback = */ NULL, NULL));
}

/**
 * posture_compat_frame_new:
 * @top: (transfer floating): a bar
 * @content: (transfer floating): what stands below it
 * @bottom: (transfer floating) (nullable): a bar below everything
 *
 * Newer bars have the colour of what they belong to, and a line only where something is scrolled beneath them.
 *
 * Returns: (transfer floating): the three of them
 */
GtkWidget *
posture_compat_frame_new (GtkWidget *top,
                          GtkWidget *content,
                          GtkWidget *bottom)
{
#if ADW_CHECK_VERSION (1, 4, 0)
  GtkWidget *frame = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (frame), top);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (frame), content);
  if (bottom != NULL)
    adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (frame), bottom);
#else
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (frame), top);
  gtk_box_append (GTK_BOX (frame), content);
  if (bottom != NULL)
    gtk_box_append (GTK_BOX (frame), bottom);
#endif
  return frame;
}

#if !ADW_CHECK_VERSION (1, 5, 0)
/* As newer dialogs do by themselves. */
static void
close_with_escape (GtkWindow *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}
#endif

#if ADW_CHECK_VERSION (1, 5, 0)
/* libadwaita 1.7 keeps a part of a sheet that was closed; what was in it is not to stay with it. */
static void
sheet_closed_cb (AdwDialog *sheet)
{
  adw_dialog_set_child (sheet, NULL);
}
#endif

/**
 * posture_compat_present_sheet:
 * @parent: the widget that it belongs to
 * @title: what it is
 * @child: (transfer floating): what it holds
 *
 * Shows something of its own before the window: what is closed again and leaves the page as it was.
 */
void
posture_compat_present_sheet (GtkWidget  *parent,
                              const char *title,
                              GtkWidget  *child)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *frame = posture_compat_frame_new (header, child, /* bottom = */ NULL);
#if ADW_CHECK_VERSION (1, 5, 0)
  AdwDialog *sheet = adw_dialog_new ();

  adw_dialog_set_title (sheet, title);
  adw_dialog_set_content_width (sheet, SHEET_WIDTH);
  adw_dialog_set_content_height (sheet, SHEET_HEIGHT);
  adw_dialog_set_child (sheet, frame);
  g_signal_connect (sheet, "closed", G_CALLBACK (sheet_closed_cb), /* data = */ NULL);
#else
  GtkWindow *sheet = GTK_WINDOW (adw_window_new ());

  gtk_window_set_title (sheet, title);
  gtk_window_set_modal (sheet, TRUE);
  gtk_window_set_transient_for (sheet, GTK_WINDOW (gtk_widget_get_root (parent)));
  gtk_window_set_destroy_with_parent (sheet, TRUE);
  close_with_escape (sheet);
  gtk_window_set_default_size (sheet, SHEET_WIDTH, SHEET_HEIGHT);
  gtk_widget_set_size_request (GTK_WIDGET (sheet), SHEET_MIN_WIDTH, -1);
  adw_window_set_content (ADW_WINDOW (sheet), frame);
#endif
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (title, ""));
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_present (sheet, parent);
#else
  gtk_window_present (sheet);
#endif
}

/**
 * posture_compat_show_about:
 * @parent: the window
 * @first_property: the first property of the about window, which are those of
 *   #AdwAboutWindow
 * @...: its value, further pairs, %NULL
 *
 * Shows what the program is.
 */
void
posture_compat_show_about (GtkWidget  *parent,
                           const char *first_property,
                           ...)
{
  GtkWidget *about = NULL;
  va_list arguments;

  va_start (arguments, first_property);
#if ADW_CHECK_VERSION (1, 5, 0)
  about = GTK_WIDGET (g_object_new_valist (ADW_TYPE_ABOUT_DIALOG, first_property, arguments));
  adw_dialog_present (ADW_DIALOG (about), parent);
#else
  about = GTK_WIDGET (g_object_new_valist (ADW_TYPE_ABOUT_WINDOW, first_property, arguments));
  gtk_window_set_transient_for (GTK_WINDOW (about), GTK_WINDOW (parent));
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (about), TRUE);
  gtk_window_present (GTK_WINDOW (about));
#endif
  va_end (arguments);
}

/**
 * posture_compat_announce:
 * @widget: the widget that something happened to
 * @message: what happened
 *
 * Has a screen reader say it, where the toolkit can (GTK 4.14).
 */
void
posture_compat_announce (GtkWidget  *widget,
                         const char *message)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

/**
 * posture_compat_use_own_back_button:
 * @header: a header bar
 *
 * Keeps newer header bars from adding a back button beside that of the page.
 */
void
posture_compat_use_own_back_button (AdwHeaderBar *header)
{
#if ADW_CHECK_VERSION (1, 4, 0)
  adw_header_bar_set_show_back_button (header, FALSE);
#endif
}

/**
 * posture_compat_get_color:
 * @widget: a widget
 * @ret_color: (out): the colour of its text
 *
 * Finds the colour that a widget which draws by itself writes with.
 */
void
posture_compat_get_color (GtkWidget *widget,
                          GdkRGBA   *ret_color)
{
#if GTK_CHECK_VERSION (4, 10, 0)
  gtk_widget_get_color (widget, ret_color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), ret_color);
#endif
}

/**
 * posture_compat_lookup_color:
 * @widget: a widget
 * @name: a named colour of the style
 * @ret_color: (out): the colour, if there is one of this name
 *
 * Finds a named colour as it is where the widget stands. There is no other way to ask for one in
 * any version of GTK 4.
 *
 * Returns: whether the style has it
 */
gboolean
posture_compat_lookup_color (GtkWidget  *widget,
                             const char *name,
                             GdkRGBA    *ret_color)
{
  return gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, ret_color);
}
