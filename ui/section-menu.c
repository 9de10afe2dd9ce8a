/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/section-menu.h"

#include "ui/draft-progress.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _PostureSectionMenu
{
  GtkPopover parent_instance;

  PostureDraft *draft;
  int section; /* where the person is; POSTURE_SECTION_MENU_REVIEW at the end */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (PostureSectionMenu, posture_section_menu, GTK_TYPE_POPOVER)

enum
{
  GO,
  REVIEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
add_row (PostureSectionMenu *self,
         const char         *title,
         const char         *subtitle,
         gboolean            complete,
         int                 section)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (complete)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  g_object_set_data (G_OBJECT (row), "section", GINT_TO_POINTER (section));
  gtk_list_box_append (self->list, row);
}

static void
add_section (PostureSectionMenu *self,
             int                 section)
{
  PostureProgress progress = posture_draft_count (self->draft, section);
  int place = posture_draft_find_open (self->draft, section);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (place == POSTURE_DRAFT_NOWHERE)
    return;
  title = posture_draft_dup_section_title (
    self->draft, posture_questionnaire_get_question (posture_draft_get_asked (self->draft), (guint) place));
  subtitle = g_strdup_printf (_("%u of %u answered"), progress.n_answered, progress.n_asked);
  add_row (self, title, subtitle, progress.n_answered == progress.n_asked, section);
}

static void
fill (PostureSectionMenu *self)
{
  PostureProgress all;
  GtkListBoxRow *row;
  g_autofree char *open = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  if (self->draft == NULL || posture_draft_get_state (self->draft) != POSTURE_DRAFT_READY)
    return;
  for (guint i = 0; i < posture_questionnaire_get_n_sections (posture_draft_get_asked (self->draft)); i++)
    add_section (self, (int) i);
  all = posture_draft_count (self->draft, -1);
  open = g_strdup_printf (ngettext ("%u question is open", "%u questions are open",
                                    all.n_asked - all.n_answered),
                          all.n_asked - all.n_answered);
  add_row (self, _("Review and submit"), open, all.n_asked == all.n_answered, POSTURE_SECTION_MENU_REVIEW);
}

static GtkListBoxRow *
find_row (PostureSectionMenu *self,
          int                 section)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "section")) == section)
      return row;
  return NULL;
}

/* Filled before GTK looks for what the keyboard begins at, which is where the person is. */
static void
posture_section_menu_show (GtkWidget *widget)
{
  PostureSectionMenu *self = POSTURE_SECTION_MENU (widget);
  GtkListBoxRow *current;

  fill (self);
  current = find_row (self, self->section);
  gtk_list_box_select_row (self->list, current);
  GTK_WIDGET_CLASS (posture_section_menu_parent_class)->show (widget);
  if (current != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (current));
}

static void
row_activated_cb (PostureSectionMenu *self,
                  GtkListBoxRow      *row)
{
  int section = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "section"));

  gtk_popover_popdown (GTK_POPOVER (self));
  if (section == POSTURE_SECTION_MENU_REVIEW)
    g_signal_emit (self, signals[REVIEW], 0);
  else
    g_signal_emit (self, signals[GO], 0, posture_draft_find_open (self->draft, section));
}

static void
posture_section_menu_dispose (GObject *object)
{
  g_clear_object (&POSTURE_SECTION_MENU (object)->draft);
  G_OBJECT_CLASS (posture_section_menu_parent_class)->dispose (object);
}

static void
posture_section_menu_class_init (PostureSectionMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_section_menu_dispose;
  GTK_WIDGET_CLASS (klass)->show = posture_section_menu_show;

  /**
   * PostureSectionMenu::go:
   * @place: a question's place
   *
   * The person wants to go to a section.
   */
  signals[GO] = g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * PostureSectionMenu::review:
   *
   * The person wants to see what is open, and submit.
   */
  signals[REVIEW] = g_signal_new ("review", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
posture_section_menu_init (PostureSectionMenu *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_SINGLE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_widget_set_size_request (scroller, 300, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 480);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_popover_set_child (GTK_POPOVER (self), scroller);
}

/**
 * posture_section_menu_set_draft:
 * @self: a menu
 * @draft: (nullable): whose sections it shows
 *
 * Sets the draft.
 */
void
posture_section_menu_set_draft (PostureSectionMenu *self,
                                PostureDraft       *draft)
{
  g_set_object (&self->draft, draft);
}

/**
 * posture_section_menu_set_section:
 * @self: a menu
 * @section: where the person is, counted from 0, or %POSTURE_SECTION_MENU_REVIEW
 *
 * Sets what is marked when the menu opens, and where the keyboard begins in it.
 */
void
posture_section_menu_set_section (PostureSectionMenu *self,
                                  int                 section)
{
  self->section = section;
}
