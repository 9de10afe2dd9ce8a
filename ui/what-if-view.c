/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/what-if-view.h"

#include "model/report-words.h"
#include "rating/way.h"
#include "rating/what-if.h"
#include "ui/answer-text.h"

#include <glib/gi18n-lib.h>

#define MAX_LEVEL 10
#define QUESTION "question"

struct _PostureWhatIfView
{
  AdwBin parent_instance;

  PostureTelling *telling;
  PostureAnswers *fixed;

  GtkWidget *result;
  GtkWidget *detail;
  GtkWidget *groups;
};

G_DEFINE_FINAL_TYPE (PostureWhatIfView, posture_what_if_view, ADW_TYPE_BIN)

/* A question and what it can be answered with; at 0 stands what was answered. */
typedef struct
{
  PostureWhatIfView *view; /* (unowned): the row is inside it */
  char *key;
  GPtrArray *answers; /* (element-type PostureAnswer), without that at 0 */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->key);
  g_ptr_array_unref (question->answers);
  g_free (question);
}

/* The score, or with the method profile how much is below its target. */
static char *
dup_standing (PostureWhatIfView   *self,
              const PostureReport *report)
{
  PostureWords *words = posture_telling_get_words (self->telling);
  const char *level = report->level != NULL ? posture_words_get_level_title (words, report->level) : NULL;
  g_autofree char *score = posture_score_to_words (report->score);

  if (g_strcmp0 (report->score->reason, "no-grade") == 0)
    return g_strdup_printf (ngettext ("%u question below its target", "%u questions below their targets",
                                      report->findings->len),
                            report->findings->len);
  return level != NULL ? g_strdup_printf ("%s · %s", score, level) : g_steal_pointer (&score);
}

static void
update (PostureWhatIfView *self)
{
  g_auto (GStrv) keys = posture_answers_dup_questions (self->fixed);
  guint n = g_strv_length (keys);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) report = posture_what_if (posture_telling_get_questionnaire (self->telling),
                                                      posture_telling_get_submitted (self->telling), self->fixed,
                                                      &error);
  g_autofree char *now = dup_standing (self, posture_telling_get_report (self->telling));
  g_autofree char *then = report != NULL ? dup_standing (self, report) : NULL;
  g_autofree char *detail = NULL;

  if (report == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->result), "–");
      gtk_label_set_label (GTK_LABEL (self->detail), error->message);
      return;
    }
  gtk_label_set_label (GTK_LABEL (self->result), then);
  detail = n == 0 ? g_strdup (_("Change answers below to see what the report would say. Your own answers stay as they are."))
                  : g_strdup_printf (ngettext ("With %u other answer. The report says: %s",
                                               "With %u other answers. The report says: %s", n), n, now);
  gtk_label_set_label (GTK_LABEL (self->detail), detail);
}

static void
selected_cb (AdwComboRow *row)
{
  const Question *question = g_object_get_data (G_OBJECT (row), QUESTION);
  guint selected = adw_combo_row_get_selected (row);

  if (selected == GTK_INVALID_LIST_POSITION)
    return;
  posture_answers_set (question->view->fixed, question->key,
                       selected > 0 ? g_ptr_array_index (question->answers, selected - 1) : NULL);
  update (question->view);
}

static void
add_candidate (GPtrArray       *answers,
               PostureQuestion *question,
               char            *text)
{
  g_autofree char *owned = text;
  PostureAnswer *answer = posture_answer_new_from_text (owned, question, /* error = */ NULL);

  if (answer != NULL)
    g_ptr_array_add (answers, answer);
}

/* Each single thing that can be answered; of several at once, or a number, what puts it right. */
static GPtrArray *
list_answers (PostureWhatIfView *self,
              PostureQuestion   *question)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_answer_unref);
  PostureAnswer *remedy;

  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_CHOICE:
      for (guint i = 0; i < posture_question_get_n_options (question); i++)
        add_candidate (answers, question, g_strdup_printf ("\"%s\"", posture_question_get_option (question, i)->id));
      break;
    case POSTURE_QUESTION_YES_NO:
      add_candidate (answers, question, g_strdup ("true"));
      add_candidate (answers, question, g_strdup ("false"));
      break;
    case POSTURE_QUESTION_LEVEL:
      for (guint i = 0; i <= MAX_LEVEL; i++)
        add_candidate (answers, question, g_strdup_printf ("%u", i));
      break;
    case POSTURE_QUESTION_CHOICES:
    case POSTURE_QUESTION_NUMBER:
    case POSTURE_QUESTION_TEXT:
    case POSTURE_QUESTION_DATE:
    case POSTURE_QUESTION_INSTANCES:
    default:
      remedy = posture_find_remedy (posture_telling_get_questionnaire (self->telling),
                                    posture_telling_get_submitted (self->telling), question);
      if (remedy != NULL)
        g_ptr_array_add (answers, remedy);
    }
  return answers;
}

/* Which of the answers is taken as given, counted from 1; 0 if none is. */
static guint
find_selected (const Question *question)
{
  PostureAnswer *fixed = posture_answers_get (question->view->fixed, question->key);
  const char *value = fixed != NULL ? posture_answer_get_value_text (fixed) : NULL;

  for (guint i = 0; value != NULL && i < question->answers->len; i++)
    if (g_strcmp0 (value, posture_answer_get_value_text (g_ptr_array_index (question->answers, i))) == 0)
      return i + 1;
  return 0;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *
make_row (PostureWhatIfView        *self,
          const PostureExplanation *explanation)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autofree char *own = posture_telling_dup_answer (self->telling, explanation);
  /* Translators: what was really answered */
  g_autofree char *as_it_is = g_strdup_printf (_("As it is: %s"), own);
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  Question *question = g_new (Question, 1);
  PostureQuestion *asked;

  question->view = self;
  question->key = posture_telling_dup_key (explanation->question, explanation->instance);
  asked = posture_questionnaire_find_answered (posture_telling_get_questionnaire (self->telling), question->key);
  question->answers = list_answers (self, asked);
  gtk_string_list_append (texts, as_it_is);
  for (guint i = 0; i < question->answers->len; i++)
    gtk_string_list_take (texts, posture_answer_dup_text (g_ptr_array_index (question->answers, i), asked,
                                                          posture_telling_get_words (self->telling)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 posture_telling_get_question (self->telling, explanation->question));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (row), factory);
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), text);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (texts));
  g_object_set_data_full (G_OBJECT (row), QUESTION, question, question_free);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_selected (question));
  g_signal_connect (row, "notify::selected", G_CALLBACK (selected_cb), NULL);
  return row;
}

/* Whether a question's section is this one, or one in it. */
static gboolean
holds (const PostureSectionScore *section,
       const PostureExplanation  *explanation)
{
  if (g_str_equal (section->id, explanation->section) && g_strcmp0 (section->instance, explanation->instance) == 0)
    return TRUE;
  for (guint i = 0; i < section->sections->len; i++)
    if (holds (g_ptr_array_index (section->sections, i), explanation))
      return TRUE;
  return FALSE;
}

/* The rows of a section are made when it is opened. */
static void
expanded_cb (AdwExpanderRow    *row,
             GParamSpec        *pspec,
             PostureWhatIfView *self)
{
  const PostureReport *report = posture_telling_get_report (self->telling);
  const PostureSectionScore *section = g_object_get_data (G_OBJECT (row), "section");

  for (guint i = 0; i < report->explanation->len; i++)
    if (holds (section, g_ptr_array_index (report->explanation, i)))
      adw_expander_row_add_row (row, make_row (self, g_ptr_array_index (report->explanation, i)));
  g_signal_handlers_disconnect_by_func (row, expanded_cb, self);
}

static void
posture_what_if_view_dispose (GObject *object)
{
  PostureWhatIfView *self = POSTURE_WHAT_IF_VIEW (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->telling, posture_telling_unref);
  g_clear_pointer (&self->fixed, posture_answers_unref);
  G_OBJECT_CLASS (posture_what_if_view_parent_class)->dispose (object);
}

static void
posture_what_if_view_class_init (PostureWhatIfViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_what_if_view_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "whatif");
}

static GtkWidget *
make_label (GtkWidget  *box,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
posture_what_if_view_init (PostureWhatIfView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->fixed = posture_answers_new ();
  self->result = make_label (box, "title-2");
  self->detail = make_label (box, "dim-label");
  self->groups = adw_preferences_group_new ();
  gtk_widget_set_margin_top (self->result, 12);
  gtk_widget_set_margin_top (self->groups, 12);
  gtk_widget_set_margin_bottom (self->groups, 12);
  gtk_widget_set_margin_start (self->groups, 12);
  gtk_widget_set_margin_end (self->groups, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->groups);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * posture_what_if_view_new:
 * @telling: a report whose questionnaire and submitted answers are known
 *
 * Returns: (transfer floating): its answers to play with, and the report there would be above them
 */
GtkWidget *
posture_what_if_view_new (PostureTelling *telling)
{
  PostureWhatIfView *self = g_object_new (POSTURE_TYPE_WHAT_IF_VIEW, NULL);
  GPtrArray *sections = posture_telling_get_report (telling)->sections;

  self->telling = posture_telling_ref (telling);
  for (guint i = 0; i < sections->len; i++)
    {
      PostureSectionScore *section = g_ptr_array_index (sections, i);
      GtkWidget *row = adw_expander_row_new ();
      g_autofree char *title = posture_telling_dup_section (telling, section->id, section->instance);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      g_object_set_data (G_OBJECT (row), "section", section);
      g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->groups), row);
    }
  update (self);
  return GTK_WIDGET (self);
}

/**
 * posture_what_if_view_set:
 * @self: a view
 * @key: the key of a question
 * @answer: what to take it as
 *
 * Takes an answer as given before its row is shown.
 */
void
posture_what_if_view_set (PostureWhatIfView *self,
                          const char        *key,
                          PostureAnswer     *answer)
{
  posture_answers_set (self->fixed, key, answer);
  update (self);
}
