/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/question-tips.h"

#include "model/advice.h"

#include <glib/gi18n-lib.h>

/* What helps with a question as it is answered now, and what note is asked for. */
struct _PostureQuestionTips
{
  AdwBin parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (PostureQuestionTips, posture_question_tips, ADW_TYPE_BIN)

static void
add_tip (PostureQuestionTips *self,
         const char          *icon,
         const char          *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->list, row);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
posture_question_tips_class_init (PostureQuestionTipsClass *klass)
{
}

static void
posture_question_tips_init (PostureQuestionTips *self)
{
  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

/**
 * posture_question_tips_show:
 * @self: tips
 * @draft: a draft that is ready
 * @question: a question that is asked
 *
 * Shows what helps with a question; if nothing does, the widget is not visible.
 */
void
posture_question_tips_show (PostureQuestionTips *self,
                            PostureDraft        *draft,
                            PostureQuestion     *question)
{
  PostureWords *words = posture_draft_get_words (draft);
  const char *id = posture_question_get_id (question);
  const char *evidence = posture_words_get_question (words, id, POSTURE_WORDS_EVIDENCE);
  g_auto (GStrv) tips
    = posture_questionnaire_find_tips (posture_draft_get_asked (draft), posture_draft_get_answers (draft),
                                       posture_draft_peek_visible (draft), question);
  GtkListBoxRow *row;

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; tips != NULL && tips[i] != NULL; i++)
    {
      const char *tip = posture_words_get_tip (words, id, tips[i]);

      if (tip != NULL)
        add_tip (self, "dialog-information-symbolic", tip);
    }
  if (posture_question_asks_evidence (question))
    add_tip (self, "document-edit-symbolic",
             evidence != NULL ? evidence : _("Please add a note that says how you know."));
}
