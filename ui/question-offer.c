/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/question-offer.h"

#include "ui/answer-text.h"
#include "ui/moment.h"

#include <glib/gi18n-lib.h>

/* What a person can confirm by one press: what was answered elsewhere to a question about the same, or an
 * answer of one's own that is so old that it is to be looked at again. */
struct _PostureQuestionOffer
{
  AdwBin parent_instance;

  AdwActionRow *row;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (PostureQuestionOffer, posture_question_offer, ADW_TYPE_BIN)

enum
{
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clicked_cb (PostureQuestionOffer *self)
{
  g_signal_emit (self, signals[TAKEN], 0);
}

static void
posture_question_offer_class_init (PostureQuestionOfferClass *klass)
{
  /**
   * PostureQuestionOffer::taken:
   *
   * The person confirms what is offered.
   */
  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
posture_question_offer_init (PostureQuestionOffer *self)
{
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);

  self->row = ADW_ACTION_ROW (adw_action_row_new ());
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_action_row_set_title_lines (self->row, 0);
  adw_action_row_set_subtitle_lines (self->row, 0);
  adw_action_row_add_suffix (self->row, GTK_WIDGET (self->button));
  adw_action_row_set_activatable_widget (self->row, GTK_WIDGET (self->button));
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->row));
  adw_bin_set_child (ADW_BIN (self), list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static char *
dup_day (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time / 1000);

  return g_date_time_format (moment, "%x");
}

/* The assessment that an answer comes from, with its questionnaire unless it is called after that. */
static char *
dup_source (PostureDraft          *draft,
            const PostureProposal *proposal)
{
  g_autoptr (PostureWords) words
    = posture_context_dup_words (posture_draft_get_context (draft), proposal->source_digest);
  const char *title = words != NULL ? posture_words_get_title (words) : NULL;

  if (title == NULL || g_strcmp0 (title, proposal->source_name) == 0)
    return g_strdup (proposal->source_name);
  return g_strdup_printf ("%s (%s)", proposal->source_name, title);
}

static void
offer (PostureQuestionOffer *self,
       const char           *title,
       const char           *subtitle,
       const char           *verb)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
  adw_action_row_set_subtitle (self->row, subtitle);
  gtk_button_set_label (self->button, verb);
}

/**
 * posture_question_offer_show:
 * @self: an offer
 * @draft: a draft that is ready
 * @question: a question that is asked
 *
 * Shows what can be confirmed for a question; if there is nothing, the offer is
 * not visible.
 */
void
posture_question_offer_show (PostureQuestionOffer *self,
                             PostureDraft         *draft,
                             PostureQuestion      *question)
{
  const char *key = posture_question_get_key (question);
  PostureAnswer *answer = posture_draft_get_answer (draft, key);
  gboolean open = answer == NULL || posture_answer_get_kind (answer) == POSTURE_ANSWER_TARGET;
  const PostureProposal *proposal = open ? posture_draft_find_proposal (draft, key) : NULL;
  const PostureDueAnswer *due = open ? NULL : posture_draft_find_due (draft, key);

  if (proposal != NULL)
    {
      g_autofree char *day = dup_day (proposal->time);
      g_autofree char *text = posture_answer_dup_text (proposal->answer, question, posture_draft_get_words (draft));
      /* Translators: the name of an assessment, and a day. */
      g_autofree char *source = dup_source (draft, proposal);
      g_autofree char *from = g_strdup_printf (_("You answered this in “%s” on %s"), source, day);

      offer (self, text, from, _("_Use"));
    }
  else if (due != NULL)
    {
      g_autofree char *day = dup_day (due->confirmed);
      /* Translators: a day. */
      g_autofree char *text = g_strdup_printf (_("You answered this on %s: please look at it again"), day);

      offer (self, _("Does your answer still hold?"), text, _("It _holds"));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), proposal != NULL || due != NULL);
}
