/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/plan-rows.h"

#include "rating/way.h"
#include "ui/answer-text.h"
#include "ui/compat.h"
#include "ui/day-button.h"
#include "ui/toasts.h"

#include <glib/gi18n-lib.h>

/* The rows of one finding: who puts it right and until when, whether it is done, and the answer that
 * says so. */
typedef struct
{
  PostureTelling *telling;
  char *key;
  PostureAnswer *remedy; /* (nullable): what the question is answered with once it is put right */
  GtkWidget *plan;       /* (unowned): this row owns all of it */
  GtkWidget *done;
  GtkWidget *update;
} Rows;

static void
rows_free (gpointer data)
{
  Rows *rows = data;

  g_object_unref (rows->done);
  g_object_unref (rows->update);
  posture_telling_unref (rows->telling);
  g_clear_pointer (&rows->remedy, posture_answer_unref);
  g_free (rows->key);
  g_free (rows);
}

static const PosturePlanItem *
find_item (const Rows *rows)
{
  return posture_report_plan_find (posture_telling_get_plan (rows->telling), rows->key);
}

static gboolean
is_done (const Rows *rows)
{
  const PosturePlanItem *item = find_item (rows);

  return item != NULL && item->done;
}

static void
changed_cb (PostureReportPlan *plan,
            GtkWidget         *row)
{
  const Rows *rows = g_object_get_data (G_OBJECT (row), "rows");
  g_autofree char *text = posture_report_plan_dup_text (plan, rows->key);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (rows->plan), text != NULL ? text : _("Nobody yet, no date"));
  gtk_switch_set_active (GTK_SWITCH (rows->done), is_done (rows));
  gtk_widget_set_visible (rows->update, is_done (rows) && rows->remedy != NULL);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (GError) error = NULL;

  if (posture_report_plan_set_finish (POSTURE_REPORT_PLAN (source), result, &error))
    return;
  changed_cb (POSTURE_REPORT_PLAN (source), row);
  posture_compat_tell (row, _("The plan could not be stored"), error->message);
}

static void
store (const Rows         *rows,
       const char         *owner,
       const char         *due,
       gboolean            done,
       PostureAnswer      *answer,
       GAsyncReadyCallback callback)
{
  posture_report_plan_set_async (posture_telling_get_plan (rows->telling), rows->key, owner, due, done, answer,
                                 callback, g_object_ref (rows->plan));
}

static void
switched_cb (const Rows *rows)
{
  const PosturePlanItem *item = find_item (rows);
  gboolean done = gtk_switch_get_active (GTK_SWITCH (rows->done));

  if (done != is_done (rows))
    store (rows, item != NULL ? item->owner : NULL, item != NULL ? item->due : NULL, done, /* answer = */ NULL,
           stored_cb);
}

static void
updated_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GtkWidget) row = data;
  Rows *rows = g_object_get_data (G_OBJECT (row), "rows");
  PostureReportPlan *plan = POSTURE_REPORT_PLAN (source);
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  if (!posture_report_plan_set_finish (plan, result, &error))
    {
      posture_compat_tell (row, _("The answer could not be stored"), error->message);
      return;
    }
  g_clear_pointer (&rows->remedy, posture_answer_unref);
  changed_cb (plan, row);
  toast = adw_toast_new (_("The next report counts it"));
  adw_toast_set_button_label (toast, _("_Answers"));
  adw_toast_set_action_name (toast, "win.show-assessment");
  adw_toast_set_action_target (toast, "s", posture_report_plan_get_assessment (plan));
  posture_toasts_add (row, toast);
}

static void
update_cb (const Rows *rows)
{
  const PosturePlanItem *item = find_item (rows);

  store (rows, item->owner, item->due, /* done = */ TRUE, rows->remedy, updated_cb);
}

/* What a person fills in to plan. */
typedef struct
{
  GtkWidget *row;
  GtkWidget *owner;
  GtkWidget *day;
} Form;

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Form *form = data;
  const Rows *rows = g_object_get_data (G_OBJECT (form->row), "rows");
  g_autofree char *owner = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (form->owner))));

  if (posture_compat_confirm_finish (GTK_WIDGET (source), result)
      && posture_context_get_user (posture_report_plan_get_context (posture_telling_get_plan (rows->telling))) != NULL)
    store (rows, *owner != '\0' ? owner : NULL, posture_day_button_get_day (POSTURE_DAY_BUTTON (form->day)),
           is_done (rows), /* answer = */ NULL, stored_cb);
  g_object_unref (form->row);
  g_object_unref (form->owner);
  g_object_unref (form->day);
  g_free (form);
}

static void
append_field (GtkWidget  *box,
              const char *name,
              GtkWidget  *field)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), field);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), field);
}

static void
plan_cb (GtkWidget *row)
{
  const Rows *rows = g_object_get_data (G_OBJECT (row), "rows");
  const PosturePlanItem *item = find_item (rows);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Form *form = g_new (Form, 1);

  *form = (Form) { g_object_ref (row), g_object_ref_sink (gtk_entry_new ()),
                   g_object_ref_sink (posture_day_button_new (item != NULL ? item->due : NULL)) };
  if (item != NULL && item->owner != NULL)
    gtk_editable_set_text (GTK_EDITABLE (form->owner), item->owner);
  gtk_entry_set_max_length (GTK_ENTRY (form->owner), POSTURE_PLAN_MAX_OWNER);
  gtk_entry_set_activates_default (GTK_ENTRY (form->owner), TRUE);
  append_field (box, _("_Who puts it right"), form->owner);
  append_field (box, _("_Until when"), form->day);
  posture_compat_confirm_async (row, _("Plan"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), box,
                                _("_Save"), POSTURE_CONFIRM_SUGGESTED, filled_cb, form);
}

/* The answer of a finding that is put right, with the note there is; %NULL if that is what is answered. */
static PostureAnswer *
find_remedy (PostureTelling *telling,
             const char     *key)
{
  PostureQuestionnaire *questionnaire = posture_telling_get_questionnaire (telling);
  PostureAnswers *answers = posture_telling_get_answers (telling);
  PostureQuestion *question = questionnaire != NULL ? posture_questionnaire_find_answered (questionnaire, key) : NULL;
  PostureAnswer *old = answers != NULL ? posture_answers_get (answers, key) : NULL;
  g_autoptr (PostureAnswer) remedy = NULL;

  if (question != NULL && answers != NULL)
    remedy = posture_find_remedy (questionnaire, answers, question);
  if (remedy != NULL && old != NULL && posture_answer_get_note (old) != NULL)
    {
      g_autoptr (PostureAnswer) bare = g_steal_pointer (&remedy);

      remedy = posture_answer_new_with_note (bare, posture_answer_get_note (old), /* error = */ NULL);
    }
  return remedy == NULL || (old != NULL && posture_answer_equal (old, remedy)) ? NULL : g_steal_pointer (&remedy);
}

static GtkWidget *
make_update (Rows *rows)
{
  PostureQuestionnaire *questionnaire = posture_telling_get_questionnaire (rows->telling);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Update"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  if (rows->remedy != NULL)
    {
      g_autofree char *answer = posture_answer_dup_text (
        rows->remedy, posture_questionnaire_find_answered (questionnaire, rows->key),
        posture_telling_get_words (rows->telling));
      /* Translators: an answer */
      g_autofree char *title = g_strdup_printf (_("Answer “%s” from now on?"), answer);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("The score changes once the answer says that it is done."));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (update_cb), rows);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/**
 * posture_plan_rows_add:
 * @row: the row of a finding
 * @telling: a report
 * @finding: the finding
 *
 * Adds who puts the finding right and until when, whether it is done, and once it is the offer to have
 * the answer say so. Without a plan to show there is nothing to add.
 */
void
posture_plan_rows_add (AdwExpanderRow       *row,
                       PostureTelling       *telling,
                       const PostureFinding *finding)
{
  PostureReportPlan *plan = posture_telling_get_plan (telling);
  GtkWidget *done = adw_action_row_new ();
  g_autofree char *signal = NULL;
  Rows *rows;

  if (plan == NULL)
    return;
  rows = g_new0 (Rows, 1);
  rows->telling = posture_telling_ref (telling);
  rows->key = posture_telling_dup_key (finding->question, finding->instance);
  rows->remedy = find_remedy (telling, rows->key);
  rows->plan = adw_action_row_new ();
  g_object_set_data_full (G_OBJECT (rows->plan), "rows", rows, rows_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rows->plan), _("Planned"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (rows->plan), gtk_image_new_from_icon_name ("document-edit-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (rows->plan), TRUE);
  g_signal_connect (rows->plan, "activated", G_CALLBACK (plan_cb), NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (done), _("Done"));
  rows->done = g_object_ref_sink (gtk_switch_new ());
  gtk_widget_set_valign (rows->done, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (done), rows->done);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (done), rows->done);
  rows->update = g_object_ref_sink (make_update (rows));
  adw_expander_row_add_row (row, rows->plan);
  adw_expander_row_add_row (row, done);
  adw_expander_row_add_row (row, rows->update);
  changed_cb (plan, rows->plan);
  g_signal_connect_swapped (rows->done, "notify::active", G_CALLBACK (switched_cb), rows);
  signal = g_strconcat ("changed::", rows->key, NULL);
  g_signal_connect_object (plan, signal, G_CALLBACK (changed_cb), rows->plan, 0);
}
