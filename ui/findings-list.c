/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/findings-list.h"

#include "ui/finding-row.h"

#include <glib/gi18n-lib.h>

#define FIRST_ROWS 10
#define MORE_ROWS 20

/* What to fix, the first to put right first. There can be more than a hundred: those further down
 * come when they are asked for. */
struct _PostureFindingsList
{
  AdwBin parent_instance;

  PostureTelling *telling;
  guint n_shown;

  AdwPreferencesGroup *group;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (PostureFindingsList, posture_findings_list, ADW_TYPE_BIN)

static void
update_more (PostureFindingsList *self)
{
  guint left = posture_telling_get_report (self->telling)->findings->len - self->n_shown;
  guint next = MIN (left, MORE_ROWS);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->more, left > 0);
  if (left == next)
    label = g_strdup_printf (ngettext ("_Show the last %u", "_Show the last %u", left), left);
  else
    /* Translators: how many findings come next, and how many there are below those shown */
    label = g_strdup_printf (_("_Show %u more of %u"), next, left);
  gtk_button_set_label (GTK_BUTTON (self->more), label);
}

static void
add_rows (PostureFindingsList *self,
          guint                n_rows)
{
  GPtrArray *findings = posture_telling_get_report (self->telling)->findings;
  guint end = MIN (self->n_shown + n_rows, findings->len);

  while (self->n_shown < end)
    adw_preferences_group_add (self->group, posture_finding_row_new (
      self->telling, g_ptr_array_index (findings, self->n_shown++)));
  update_more (self);
}

static void
more_cb (PostureFindingsList *self)
{
  add_rows (self, MORE_ROWS);
}

static void
posture_findings_list_dispose (GObject *object)
{
  PostureFindingsList *self = POSTURE_FINDINGS_LIST (object);

  g_clear_pointer (&self->telling, posture_telling_unref);
  G_OBJECT_CLASS (posture_findings_list_parent_class)->dispose (object);
}

static void
posture_findings_list_class_init (PostureFindingsListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_findings_list_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "findings");
}

static void
posture_findings_list_init (PostureFindingsList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->more = gtk_button_new_with_mnemonic ("");
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->group));
  gtk_box_append (GTK_BOX (box), self->more);
  adw_bin_set_child (ADW_BIN (self), box);
}

static const char *
get_empty_text (PostureTelling *telling)
{
  if (g_strcmp0 (posture_telling_get_report (telling)->score->reason, "nothing-to-rate") == 0)
    return _("Nothing that counts was answered.");
  if (posture_telling_has_method (telling, "profile"))
    return posture_telling_has_targets (telling) ? _("Nothing is below its target.")
                                                 : _("Without targets there is nothing to rank.");
  return _("Nothing is left to fix. Have another look when something changes with you.");
}

/**
 * posture_findings_list_new:
 * @telling: a report
 *
 * Returns: (transfer floating): what to fix first, and then
 */
GtkWidget *
posture_findings_list_new (PostureTelling *telling)
{
  PostureFindingsList *self = g_object_new (POSTURE_TYPE_FINDINGS_LIST, NULL);

  self->telling = posture_telling_ref (telling);
  adw_preferences_group_set_title (self->group, _("What to fix first"));
  adw_preferences_group_set_description (
    self->group, posture_telling_get_report (telling)->findings->len == 0
                   ? get_empty_text (telling)
                   : _("What brings most for the least effort comes first."));
  add_rows (self, FIRST_ROWS);
  return GTK_WIDGET (self);
}
