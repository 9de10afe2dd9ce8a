/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"

#include "ui/compat-files.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

/* In seconds. The sanitizers look at each step, which takes many times as long. */
#ifdef __SANITIZE_ADDRESS__
#define PATIENCE 200
#else
#define PATIENCE 20
#endif

/* What is made from now on speaks this language. */
void
ui_set_language (const char *language)
{
  g_setenv ("LANGUAGE", language, /* overwrite = */ TRUE);
  /* gettext looks at the variable once more; from glibc 2.40 on it does not in C.UTF-8 */
  setlocale (LC_MESSAGES, g_str_equal (language, "en") ? "C" : "de_DE.UTF-8");
}

/* What a thread keeps for itself is out of sight of those who look for leaks while it ends; so none ends just when
 * the program does. */
static void
keep_threads (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_thread_pool_set_max_unused_threads (-1);
  g_thread_pool_set_max_idle_time (0);
#endif
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
  keep_threads ();
  posture_compat_set_file_chooser (ui_present_chooser);
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
  g_autoptr (PostureLibrary) library = posture_platform_load_library (fixture->folder, &error);
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
const char *
ui_get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  if (ADW_IS_PREFERENCES_GROUP (widget))
    return adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget));
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
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (text == NULL || g_strcmp0 (ui_get_text (widget), text) == 0))
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

  g_test_message ("looking for a %s “%s”", g_type_name (type), text != NULL ? text : "");
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

/* The dialog around a button: a window of its own, or a part of the window it is about, depending on the
 * library. */
static GtkWidget *
get_dialog_of (GtkWidget *button)
{
  GType dialog = g_type_from_name ("AdwDialog");
  GtkWidget *inner = dialog != G_TYPE_INVALID ? gtk_widget_get_ancestor (button, dialog) : NULL;

  return inner != NULL ? inner : GTK_WIDGET (gtk_widget_get_root (button));
}

/* The dialog that asks a question with such a button; NULL if none does. */
GtkWidget *
ui_find_question (const char *button)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = g_list_model_get_n_items (windows); i-- > 0;)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkWidget *found = gtk_widget_get_mapped (window) ? ui_find (window, GTK_TYPE_BUTTON, button) : NULL;

      if (found != NULL)
        return get_dialog_of (found);
    }
  return NULL;
}

static gboolean
is_asked (gpointer button)
{
  return ui_find_question (button) != NULL;
}

/* The same, which may still be on its way. */
GtkWidget *
ui_get_question (const char *button)
{
  ui_wait (is_asked, (gpointer) button);
  return ui_find_question (button);
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

/* A dialog that says something: a window of its own, or with newer libraries a part of its window. */
static gboolean
has_dialog (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  Search *search = data;

  search->found = ui_has_text (search->root, search->text) ? search->root : NULL;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (GTK_WINDOW (window)) == GTK_WINDOW (search->root)
          && gtk_widget_get_mapped (window) && ui_has_text (window, search->text))
        search->found = window;
    }
  return search->found != NULL;
}

/**
 * ui_get_dialog:
 * @fixture: a fixture
 * @text: what it says
 *
 * Returns: (transfer none): what holds a dialog that stands before the window, which may still be on
 *   its way
 */
GtkWidget *
ui_get_dialog (UiFixture  *fixture,
               const char *text)
{
  Search search = { GTK_WIDGET (fixture->window), GTK_TYPE_WIDGET, text, NULL };

  ui_wait (has_dialog, &search);
  return search.found;
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

/* What keeps a window from being as narrow as it is asked to be. */
static void
name_wide (GtkWidget *widget,
           int        width)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum <= width)
    return;
  g_test_message ("%s “%s” needs %d pixels", G_OBJECT_TYPE_NAME (widget),
                  ui_get_text (widget) != NULL ? ui_get_text (widget) : "", minimum);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_wide (child, width);
}

/* Makes the content of the window this large. Without a window manager there is a border around it,
 * which the size of the window holds. */
void
ui_set_size (UiFixture *fixture,
             int        width,
             int        height)
{
  Size size = { GTK_WIDGET (fixture->window), width, height };
  int outer_width, outer_height;

  ui_wait (is_there, size.widget);
  ui_wait_idle ();
  /* the shell hides what it holds for a moment; had it the focus, GTK 4.18 would keep it until the next event, and
   * a test sends none */
  gtk_window_set_focus (GTK_WINDOW (size.widget), NULL);
  gtk_window_get_default_size (GTK_WINDOW (size.widget), &outer_width, &outer_height);
  gtk_window_set_default_size (GTK_WINDOW (size.widget), width + outer_width - gtk_widget_get_width (size.widget),
                               height + outer_height - gtk_widget_get_height (size.widget));
  name_wide (size.widget, width);
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
             ui_get_text (widget) != NULL ? ui_get_text (widget) : "",
             size, orientation == GTK_ORIENTATION_HORIZONTAL ? "across" : "down", minimum);
}

static void
check_fits (GtkWidget *widget)
{
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
    check_fits (child);
}

typedef struct
{
  GtkWidget *root;
  gboolean painted;
} Painting;

static void
painted_cb (Painting *painting)
{
  if (painting->root != NULL)
    check_fits (painting->root);
  painting->painted = TRUE;
}

static gboolean
is_painted (gpointer data)
{
  return ((Painting *) data)->painted;
}

/* A whole frame is painted; what is below root is checked right then, if it is given. */
static void
wait_painted (GtkWidget *window,
              GtkWidget *root)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  Painting painting = { root, FALSE };
  gulong id;

  ui_wait_idle ();
  gtk_widget_queue_draw (window);
  id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &painting);
  ui_wait (is_painted, &painting);
  g_signal_handler_disconnect (clock, id);
}

/* No visible widget is allocated less than its minimum. Between two frames that can be so for a widget
 * that has just come or changed: what counts is what a person sees, so it is checked in the frame. */
void
ui_assert_fits (gpointer root)
{
  wait_painted (GTK_WIDGET (gtk_widget_get_root (root)), root);
}

static gboolean
is_gone (gpointer data)
{
  g_autoptr (GObject) object = g_weak_ref_get (data);

  return object == NULL;
}

typedef struct
{
  char *name;
  GWeakRef weak;
} Remnant;

static void
remnant_free (gpointer data)
{
  Remnant *remnant = data;

  g_weak_ref_clear (&remnant->weak);
  g_free (remnant->name);
  g_free (remnant);
}

static void
collect (GtkWidget *widget,
         GPtrArray *remnants)
{
  Remnant *remnant;

  /* there is one for all windows */
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow"))
    return;
  remnant = g_new0 (Remnant, 1);
  remnant->name = g_strdup_printf ("%s %s", G_OBJECT_TYPE_NAME (widget), gtk_widget_get_name (widget));
  g_weak_ref_init (&remnant->weak, widget);
  g_ptr_array_add (remnants, remnant);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, remnants);
}

static gboolean
are_gone (gpointer data)
{
  GPtrArray *remnants = data;

  while (remnants->len > 0 && is_gone (&((Remnant *) g_ptr_array_index (remnants, remnants->len - 1))->weak))
    g_ptr_array_set_size (remnants, (int) remnants->len - 1);
  return remnants->len == 0;
}

/* A person closes a popover on the way to anything else; GTK 4.8 holds one that is open for good. So it is
 * with a dialog, which is in its window from libadwaita 1.5 on. */
static void
close_inner (GtkWidget *widget)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);
  GType dialog = g_type_from_name ("AdwDialog");

  if (GTK_IS_POPOVER (widget))
    gtk_popover_popdown (GTK_POPOVER (widget));
  if (dialog != G_TYPE_INVALID && g_type_is_a (G_OBJECT_TYPE (widget), dialog))
    gtk_widget_activate_action (widget, "window.close", NULL);
  /* a dialog that is closed may be gone at once, and others with it */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    g_ptr_array_add (children, g_object_ref (child));
  for (guint i = 0; i < children->len; i++)
    if (gtk_widget_get_parent (g_ptr_array_index (children, i)) == widget)
      close_inner (g_ptr_array_index (children, i));
}

/* Nor can a person close a window while it asks something. */
static void
close_dialogs (GtkWidget *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i-- > 0;)
    {
      g_autoptr (GtkWindow) dialog = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (dialog) == GTK_WINDOW (window))
        gtk_window_close (dialog);
    }
  ui_wait_idle ();
}

/* Closes what stands before the window: menus, dialogs, sheets. It is seen before anything else is pressed:
 * what had the focus and is hidden in the same frame as its popover is never let go by GTK 4.8. */
void
ui_dismiss (UiFixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  close_inner (window);
  close_dialogs (window);
  if (gtk_widget_get_mapped (window))
    wait_painted (window, /* root = */ NULL);
}

/* A window that is closed leaves nothing of what was in it. */
static void
end_window (GtkWidget *window)
{
  g_autoptr (GPtrArray) remnants = g_ptr_array_new_with_free_func (remnant_free);

  /* GTK holds what had the focus and was hidden until the next frame (4.8: for good, if two were) */
  close_inner (window);
  close_dialogs (window);
  if (gtk_widget_get_mapped (window))
    wait_painted (window, /* root = */ NULL);
  /* so does one that was not painted any more since (4.18) */
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  collect (window, remnants);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_wait_idle ();
  for (guint i = 0; i < remnants->len; i++)
    if (!is_gone (&((Remnant *) g_ptr_array_index (remnants, i))->weak))
      {
        g_test_message ("still there: %s", ((Remnant *) g_ptr_array_index (remnants, i))->name);
        break;
      }
  ui_wait (are_gone, remnants);
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
  /* a test can have closed it */
  if (fixture->window != NULL)
    end_window (GTK_WIDGET (fixture->window));
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

/* Everything has its place and was drawn. A page is seen before a part of it that has the focus makes way for
 * another: of two that are hidden in one frame, as where the window becomes one column, GTK (4.8 to 4.18) holds
 * the first for good. */
void
ui_wait_painted (UiFixture *fixture)
{
  wait_painted (GTK_WIDGET (fixture->window), /* root = */ NULL);
}

/* Keeps a picture of a window as NAME.png in POSTURE_TEST_PICTURES, where that is set. */
void
ui_take_window_picture (gpointer    window,
                        const char *name)
{
  const char *folder = g_getenv ("POSTURE_TEST_PICTURES");
  GtkWidget *widget = window;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autofree char *path = NULL;
  GtkSnapshot *snapshot;

  if (folder == NULL)
    return;
  wait_painted (widget, /* root = */ NULL);
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

/* The same of the application's window. */
void
ui_take_picture (UiFixture  *fixture,
                 const char *name)
{
  ui_take_window_picture (fixture->window, name);
}
