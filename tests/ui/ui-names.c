/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader is told. */

#include "config.h"

#include "tests/ui/ui-fixture.h"

/* What a person acts on; what only shows, and what is hidden from a screen reader, needs no name. */
static gboolean
needs_name (GtkWidget *widget)
{
  if (gtk_test_accessible_has_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN))
    return FALSE;
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SWITCH (widget)
         || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget)
         || GTK_IS_DROP_DOWN (widget) || GTK_IS_PROGRESS_BAR (widget)
         || (ADW_IS_PREFERENCES_ROW (widget) && !ADW_IS_EXPANDER_ROW (widget)); /* it has a row in it that is named */
}

static gboolean
has_label (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static gboolean
is_labelled (GtkWidget *widget)
{
  return gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* A button with a text has its name of the toolkit. */
static gboolean
has_text (GtkWidget *widget)
{
  return (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
         || (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)) != NULL)
         || (GTK_IS_CHECK_BUTTON (widget) && gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)) != NULL);
}

/* The toolkit says of a button with an icon that the icon is its label, which tells nobody anything. */
static gboolean
is_labelled_by_icon (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL;
}

/**
 * ui_assert_named:
 * @root: (type Gtk.Widget): a widget
 *
 * Everything at or below it that a person acts on has a name, and has it once: a label of its own and one that
 * stands beside it are read one after the other.
 */
void
ui_assert_named (gpointer root)
{
  GtkWidget *widget = root;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (needs_name (widget) && !has_text (widget))
    {
      gboolean labelled = is_labelled (widget) && !is_labelled_by_icon (widget);
      const char *text = ui_get_text (widget) != NULL ? ui_get_text (widget) : "";

      if (!has_label (widget) && !labelled)
        g_test_fail_printf ("%s “%s” has no name", G_OBJECT_TYPE_NAME (widget), text);
      if (has_label (widget) && labelled)
        g_test_fail_printf ("%s “%s” has its name twice", G_OBJECT_TYPE_NAME (widget), text);
    }
  /* what is in them is the toolkit's */
  if (GTK_IS_MENU_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_ENTRY (widget)
      || GTK_IS_WINDOW_CONTROLS (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ui_assert_named (child);
}
