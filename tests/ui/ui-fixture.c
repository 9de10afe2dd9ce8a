/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#define PATIENCE 20 /* seconds */

/* What is made from now on speaks this language. */
void
ui_set_language (const char *language)
{
  g_setenv ("LANGUAGE", language, /* overwrite = */ TRUE);
  /* gettext looks at the variable once more; from glibc 2.40 on it does not in C.UTF-8 */
  setlocale (LC_MESSAGES, g_str_equal (language, "en") ? "C" : "de_DE.UTF-8");
}

/**
 * ui_run_tests:
 * @argc: of main
 * @argv: of main
 * @add_tests: adds the tests
 *
 * What the main function of a test with widgets does.
 *
 * Returns: what main returns
 */
int
ui_run_tests (int    *argc,
              char ***argv,
              void    (*add_tests) (void))
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("POSTURE_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* which templates are translated by */
  /* GLib looks once whether there is a translation at all */
  ui_set_language ("de");
  g_dgettext (GETTEXT_PACKAGE, "Posture");
  ui_set_language ("en");
  g_test_init (argc, argv, NULL);
  adw_init ();
  add_tests ();
  return g_test_run ();
}

/* The window is there, the profile is not open yet. */
void
ui_fixture_setup (UiFixture    *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("posture-ui-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->context = posture_context_new ();
  fixture->application = posture_application_new (POSTURE_APPLICATION_ID, fixture->context);
  /* a service does not activate itself when it is run, which teardown does to have it shut down */
  g_application_set_flags (G_APPLICATION (fixture->application),
                           G_APPLICATION_NON_UNIQUE | G_APPLICATION_IS_SERVICE);
  g_assert_true (g_application_register (G_APPLICATION (fixture->application), NULL, &error));
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (fixture->application));
  fixture->window = POSTURE_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (fixture->application)));
  g_assert_nonnull (fixture->window);
}

/* Opens the profile. */
void
ui_fixture_ready (UiFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureLibrary) library = posture_platform_load_library (&error);
  g_autoptr (PostureClock) clock = posture_clock_new ();

  g_assert_no_error (error);
  fixture->platform = posture_platform_open (fixture->folder, clock, library, /* vfs = */ NULL, &error);
  g_assert_no_error (error);
  posture_context_set_ready (fixture->context, posture_platform_get_user (fixture->platform), library);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static gboolean
is_gone (gpointer data)
{
  g_autoptr (GObject) object = g_weak_ref_get (data);

  return object == NULL;
}

/* What is on its way to the main loop may hold an object a little longer. */
static void
end_object (gpointer object)
{
  GWeakRef weak;

  if (object == NULL)
    return;
  g_test_message ("ending a %s", G_OBJECT_TYPE_NAME (object));
  g_weak_ref_init (&weak, object);
  g_object_unref (object);
  ui_wait (is_gone, &weak);
  g_weak_ref_clear (&weak);
}

static gboolean
quit_cb (gpointer application)
{
  g_application_quit (application);
  return G_SOURCE_REMOVE;
}

/* A closed window leaves no object behind. */
void
ui_fixture_teardown (UiFixture    *fixture,
                     gconstpointer data)
{
  g_object_ref (fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  end_object (fixture->window);
  posture_context_close (fixture->context);
  if (fixture->platform != NULL)
    posture_platform_close (fixture->platform);
  end_object (fixture->platform);
  g_idle_add (quit_cb, fixture->application);
  g_application_run (G_APPLICATION (fixture->application), 0, NULL);
  end_object (fixture->application);
  end_object (fixture->context);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Waits until something is so; it is an error if it does not come to be. */
void
ui_wait (UiCondition condition,
         gpointer    data)
{
  gboolean late = FALSE;
  guint id = g_timeout_add_seconds (PATIENCE, timeout_cb, &late);

  while (!late && !condition (data))
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  g_assert_false (late);
  g_source_remove (id);
}

/* Does what can be done at once. */
void
ui_wait_idle (void)
{
  while (g_main_context_iteration (NULL, /* may_block = */ FALSE))
    continue;
}

/* What a widget says itself. */
static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  if (ADW_IS_STATUS_PAGE (widget))
    return adw_status_page_get_title (ADW_STATUS_PAGE (widget));
  return gtk_widget_get_tooltip_text (widget);
}

/**
 * ui_find:
 * @root: a widget
 * @type: a type of widgets
 * @text: (nullable): the label, title or tooltip it must have; %NULL for any
 *
 * Returns: (transfer none) (nullable): the first such widget at or below
 *   @root that a person can see, depth first
 */
GtkWidget *
ui_find (gpointer    root,
         GType       type,
         const char *text)
{
  GtkWidget *widget = root;

  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (text == NULL || g_strcmp0 (get_text (widget), text) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *root;
  GType type;
  const char *text;
  GtkWidget *found;
} Search;

static gboolean
search_cb (gpointer data)
{
  Search *search = data;

  search->found = ui_find (search->root, search->type, search->text);
  return search->found != NULL;
}

/* The same, which may still be on its way. */
GtkWidget *
ui_get (gpointer    root,
        GType       type,
        const char *text)
{
  Search search = { root, type, text, NULL };

  ui_wait (search_cb, &search);
  return search.found;
}

/* Whether a person can read a text there. */
gboolean
ui_has_text (gpointer    root,
             const char *text)
{
  return ui_find (root, GTK_TYPE_WIDGET, text) != NULL;
}

/* Presses the button or activates the row that says this. */
void
ui_click (gpointer    root,
          const char *text)
{
  GtkWidget *widget = ui_get (root, GTK_TYPE_WIDGET, text);

  while (widget != NULL && !GTK_IS_BUTTON (widget) && !GTK_IS_LIST_BOX_ROW (widget))
    widget = gtk_widget_get_parent (widget);
  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_is_sensitive (widget));
  /* activating a button would press it for a quarter of a second first */
  if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  else
    g_assert_true (gtk_widget_activate (widget));
  ui_wait_idle ();
}

typedef struct
{
  GtkWidget *widget;
  int width;
  int height;
} Size;

static gboolean
has_size (gpointer data)
{
  const Size *size = data;

  return gtk_widget_get_width (size->widget) == size->width && gtk_widget_get_height (size->widget) == size->height;
}

static gboolean
is_there (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

/* Makes the content of the window this large. Without a window manager there is a border around it,
 * which the size of the window holds. */
void
ui_set_size (UiFixture *fixture,
             int        width,
             int        height)
{
  Size size = { GTK_WIDGET (fixture->window), width, height };
  int outer_width, outer_height, minimum;

  ui_wait (is_there, size.widget);
  ui_wait_idle ();
  /* the shell hides what it holds for a moment; had it the focus, GTK 4.18 would keep it until the next event, and
   * a test sends none */
  gtk_window_set_focus (GTK_WINDOW (size.widget), NULL);
  gtk_window_get_default_size (GTK_WINDOW (size.widget), &outer_width, &outer_height);
  gtk_window_set_default_size (GTK_WINDOW (size.widget), width + outer_width - gtk_widget_get_width (size.widget),
                               height + outer_height - gtk_widget_get_height (size.widget));
  gtk_widget_measure (size.widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_test_message ("the window can be %d pixels wide at least", minimum);
  ui_wait (has_size, &size);
  ui_wait_idle ();
}

static void
check_minimum (GtkWidget     *widget,
               GtkOrientation orientation,
               int            size)
{
  int minimum;

  gtk_widget_measure (widget, orientation,
                      orientation == GTK_ORIENTATION_VERTICAL ? gtk_widget_get_allocated_width (widget) : -1, &minimum,
                      NULL, NULL, NULL);
  if (size < minimum)
    g_error ("%s “%s” has %d pixels %s but needs %d", G_OBJECT_TYPE_NAME (widget),
             get_text (widget) != NULL ? get_text (widget) : "",
             size, orientation == GTK_ORIENTATION_HORIZONTAL ? "across" : "down", minimum);
}

/* No visible widget is allocated less than its minimum. */
void
ui_assert_fits (gpointer root)
{
  GtkWidget *widget = root;

  if (!gtk_widget_get_mapped (widget))
    return;
  /* margins and style apart, what is measured and what is allocated are the same box for labels and rows */
  if (GTK_IS_LABEL (widget) || GTK_IS_TEXT (widget) || GTK_IS_IMAGE (widget))
    {
      check_minimum (widget, GTK_ORIENTATION_HORIZONTAL, gtk_widget_get_allocated_width (widget));
      check_minimum (widget, GTK_ORIENTATION_VERTICAL, gtk_widget_get_allocated_height (widget));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ui_assert_fits (child);
}

static void
painted_cb (gboolean *painted)
{
  *painted = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Keeps a picture of the window as NAME.png in POSTURE_TEST_PICTURES, where that is set. */
void
ui_take_picture (UiFixture  *fixture,
                 const char *name)
{
  const char *folder = g_getenv ("POSTURE_TEST_PICTURES");
  GtkWidget *widget = GTK_WIDGET (fixture->window);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autofree char *path = NULL;
  GtkSnapshot *snapshot;
  gboolean painted = FALSE;
  gulong id;

  if (folder == NULL)
    return;
  ui_wait_idle ();
  gtk_widget_queue_draw (widget);
  id = g_signal_connect_swapped (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (painted_cb),
                                 &painted);
  ui_wait (is_true, &painted);
  g_signal_handler_disconnect (gtk_widget_get_frame_clock (widget), id);
  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node, /* viewport = */ NULL);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static PostureOperation *
make_answer (PostureUserService *user,
             PostureAnswers     *answers,
             const char         *assessment,
             const char         *question)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;

  posture_answer_write (posture_answers_get (answers, question), writer, /* with_note = */ TRUE);
  text = posture_json_writer_finish_text (writer);
  return posture_operation_new_answer (posture_user_service_get_now (user), assessment, question, text,
                                       /* flagged = */ FALSE);
}

static PostureAnswers *
read_answers (PostureQuestionnaire *questionnaire,
              const char           *path)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PostureAnswers *answers;
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_no_error (error);
  bytes = g_bytes_new_take (text, length);
  answers = posture_answers_new_from_file_bytes (bytes, path, questionnaire, faults);
  g_assert_nonnull (answers);
  return answers;
}

/**
 * ui_add_assessment:
 * @fixture: a fixture whose profile is open
 * @questionnaire: a questionnaire's id
 * @name: a name
 * @answers: (nullable): an answers file, below data/examples
 *
 * Returns: (transfer full): the id of a new assessment with these answers
 */
char *
ui_add_assessment (UiFixture  *fixture,
                   const char *questionnaire,
                   const char *name,
                   const char *answers)
{
  PostureUserService *user = posture_platform_get_user (fixture->platform);
  g_autoptr (PostureQuestionnaire) structure =
    posture_library_dup_current (posture_platform_get_library (fixture->platform), questionnaire);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;
  PostureOperation *create;

  g_assert_nonnull (structure);
  create = posture_operation_new_create (posture_user_service_get_now (user),
                                         posture_questionnaire_get_digest (structure), name);
  g_ptr_array_add (operations, create);
  if (answers != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("POSTURE_EXAMPLES"), answers, NULL);
      g_autoptr (PostureAnswers) read = read_answers (structure, path);
      g_auto (GStrv) questions = posture_answers_dup_questions (read);

      for (guint i = 0; questions[i] != NULL; i++)
        g_ptr_array_add (operations, make_answer (user, read, posture_operation_get_assessment (create),
                                                  questions[i]));
    }
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
  return g_strdup (posture_operation_get_assessment (create));
}

typedef struct
{
  char *report;
  gboolean done;
} Wait;

static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;

  wait->report = posture_user_service_wait_report_finish (POSTURE_USER_SERVICE (source), result, &error);
  g_assert_no_error (error);
  wait->done = TRUE;
}

static gboolean
is_reported (gpointer data)
{
  return ((Wait *) data)->done;
}

/* Submits an assessment; gives the id of the report. */
char *
ui_submit (UiFixture  *fixture,
           const char *assessment)
{
  PostureUserService *user = posture_platform_get_user (fixture->platform);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autofree char *revision = NULL;
  g_autoptr (GError) error = NULL;
  Wait wait = { NULL };

  g_ptr_array_add (operations, posture_operation_new_submit (posture_user_service_get_now (user), assessment));
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
  revision = posture_user_service_dup_revision (user, assessment, &error);
  g_assert_no_error (error);
  posture_user_service_wait_report_async (user, revision, /* cancellable = */ NULL, waited_cb, &wait);
  ui_wait (is_reported, &wait);
  return wait.report;
}

/* A new assessment with these answers, submitted; gives the id of the report. */
char *
ui_add_report (UiFixture  *fixture,
               const char *questionnaire,
               const char *name,
               const char *answers)
{
  g_autofree char *assessment = ui_add_assessment (fixture, questionnaire, name, answers);

  return ui_submit (fixture, assessment);
}
