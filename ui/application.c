/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/application.h"

#include "ui/compat.h"
#include "ui/settings.h"
#include "ui/window.h"

#include <glib/gi18n-lib.h>

struct _PostureApplication
{
  AdwApplication parent_instance;

  PostureContext *context;
  PostureSettings *settings;
};

G_DEFINE_FINAL_TYPE (PostureApplication, posture_application, ADW_TYPE_APPLICATION)

/* What somebody who helps wants to know. Not translated, since it is for them. */
static char *
make_debug_info (void)
{
  return g_strdup_printf ("Posture %s (%s)\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\nLanguage %s\n",
                          POSTURE_VERSION, POSTURE_APPLICATION_ID, gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version (), glib_major_version,
                          glib_minor_version, glib_micro_version, pango_language_to_string (
                            gtk_get_default_language ()));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));
  g_autofree char *debug_info = NULL;

  if (window == NULL)
    return;
  debug_info = make_debug_info ();
  posture_compat_show_about (GTK_WIDGET (window),
                             "application-name", _("Posture"),
                             "application-icon", POSTURE_APPLICATION_ID,
                             "version", POSTURE_VERSION,
                             "developer-name", _("The Posture developers"),
                             "copyright", "© 2026 The Posture developers",
                             "license-type", GTK_LICENSE_GPL_3_0,
                             "debug-info", debug_info,
                             "debug-info-filename", "posture-debug-info.txt",
                             "comments", _("Tells a small organisation where its security stands. Everything "
                                           "stays on your machine."),
                             /* Translators: put your names here, one a line; they are shown as credits. */
                             "translator-credits", _("translator-credits"),
                             NULL);
}

static gpointer
copy_window (gconstpointer window,
             gpointer      data)
{
  return g_object_ref ((gpointer) window);
}

/* Without a window the program ends; a window may ask before it goes, and stay. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  GtkApplication *application = data;
  GList *windows = g_list_copy_deep (gtk_application_get_windows (application), copy_window, NULL);

  if (windows == NULL)
    g_application_quit (G_APPLICATION (application));
  for (GList *window = windows; window != NULL; window = window->next)
    gtk_window_close (window->data);
  g_list_free_full (windows, g_object_unref);
}

/* What the launcher offers beside the program itself: the window need not be there yet. */
static PostureWindow *
bring_window (gpointer application)
{
  g_application_activate (G_APPLICATION (application));
  return POSTURE_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
}

static void
new_assessment_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  posture_window_show_new (bring_window (data));
}

static void
show_reports_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  gtk_widget_activate_action (GTK_WIDGET (bring_window (data)), "win.show-view", "s", "reports");
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_cb },
  { .name = "new-assessment", .activate = new_assessment_cb },
  { .name = "quit", .activate = quit_cb },
  { .name = "show-reports", .activate = show_reports_cb },
};

static const struct
{
  const char *action;
  const char *accelerators[3];
} accelerators[] = {
  { "app.quit", { "<Control>q", NULL } },
  { "window.close", { "<Control>w", NULL } },
  { "win.new-assessment", { "<Control>n", NULL } },
  { "win.show-view::assessments", { "<Alt>1", NULL } },
  { "win.show-view::reports", { "<Alt>2", NULL } },
  { "win.step-back", { "<Alt>Left", NULL } },
  { "win.menu", { "F10", NULL } },
  { "win.show-help-overlay", { "<Control>question", NULL } },
};

static void
posture_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (posture_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (POSTURE_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           accelerators[i].accelerators);
}

/* The session may be about to end: what was typed last goes to the disk, and if it cannot, the window holds the session. */
static void
query_end_cb (GtkApplication *application)
{
  for (GList *window = gtk_application_get_windows (application); window != NULL; window = window->next)
    if (POSTURE_IS_WINDOW (window->data))
      posture_window_commit (window->data);
}

/* The windows go while the profile is open, so that what they hold back is stored. */
static void
posture_application_shutdown (GApplication *application)
{
  GtkWindow *window;

  while ((window = gtk_application_get_active_window (GTK_APPLICATION (application))) != NULL)
    gtk_window_destroy (window);
  G_APPLICATION_CLASS (posture_application_parent_class)->shutdown (application);
}

static void
posture_application_activate (GApplication *application)
{
  PostureApplication *self = POSTURE_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      if (self->settings == NULL)
        self->settings = posture_settings_new ();
      window = GTK_WINDOW (posture_window_new (self, self->context, self->settings));
    }
  gtk_window_present (window);
}

static void
posture_application_dispose (GObject *object)
{
  PostureApplication *self = POSTURE_APPLICATION (object);

  g_clear_object (&self->context);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (posture_application_parent_class)->dispose (object);
}

static void
posture_application_class_init (PostureApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_application_dispose;
  application_class->startup = posture_application_startup;
  application_class->shutdown = posture_application_shutdown;
  application_class->activate = posture_application_activate;
}

static void
posture_application_init (PostureApplication *self)
{
  g_signal_connect (self, "query-end", G_CALLBACK (query_end_cb), /* data = */ NULL);
}

/**
 * posture_application_new:
 * @application_id: the id, which names the one instance there is
 * @context: the context; who hands it in opens the profile
 *
 * Returns: (transfer full): the application
 */
PostureApplication *
posture_application_new (const char     *application_id,
                         PostureContext *context)
{
  PostureApplication *self = g_object_new (POSTURE_TYPE_APPLICATION,
                                           "application-id", application_id,
                                           "resource-base-path", "/io/github/posture_app/Posture",
                                           /* so that answers which are not saved can keep the session from ending */
                                           "register-session", TRUE,
                                           NULL);

  self->context = g_object_ref (context);
  return self;
}

/**
 * posture_application_restart:
 * @self: an application
 * @context: another context, whose profile is going to be opened
 *
 * Closes the windows, which store what they hold back, and shows a new one on the other context.
 */
void
posture_application_restart (PostureApplication *self,
                             PostureContext     *context)
{
  GtkWindow *window;

  g_application_hold (G_APPLICATION (self));
  while ((window = gtk_application_get_active_window (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (window);
  g_set_object (&self->context, context);
  g_application_activate (G_APPLICATION (self));
  g_application_release (G_APPLICATION (self));
}
