/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/new-page.h"

#include "ui/compat.h"
#include "ui/option-row.h"

#include <glib/gi18n-lib.h>

#define SUMMARY_LINES 3

/* Begins an assessment; on the first start it says what the program is, too. */
struct _PostureNewPage
{
  PosturePage parent_instance;

  PostureUserList *assessments;
  GPtrArray *questionnaires; /* (element-type PostureQuestionnaire) */
  GPtrArray *rows;           /* (element-type GtkWidget): one each */
  guint chosen;
  gboolean named; /* by the person, not by us */
  gboolean naming;

  GtkScrolledWindow *scroller;
  GtkWidget *welcome;
  GtkImage *icon;
  AdwPreferencesGroup *group;
  GtkEditable *name;
  GtkWidget *begin;
};

G_DEFINE_FINAL_TYPE (PostureNewPage, posture_new_page, POSTURE_TYPE_PAGE)

static PostureWords *
dup_words (PostureNewPage *self,
           guint           index)
{
  PostureQuestionnaire *questionnaire = g_ptr_array_index (self->questionnaires, index);

  return posture_context_dup_words (posture_page_get_context (POSTURE_PAGE (self)),
                                    posture_questionnaire_get_digest (questionnaire));
}

/* The title, until the person gives another name. */
static void
propose_name (PostureNewPage *self)
{
  g_autoptr (PostureWords) words = NULL;

  if (self->named || self->questionnaires->len == 0)
    return;
  words = dup_words (self, self->chosen);
  self->naming = TRUE;
  gtk_editable_set_text (self->name, words != NULL ? posture_words_get_title (words) : "");
  self->naming = FALSE;
}

static void
name_changed_cb (PostureNewPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  if (!self->naming)
    self->named = *name != '\0';
  gtk_widget_set_sensitive (self->begin, *name != '\0' && self->questionnaires->len > 0);
}

static void
choose (PostureNewPage *self,
        guint           index)
{
  self->chosen = index;
  for (guint i = 0; i < self->rows->len; i++)
    {
      posture_option_row_set_chosen (g_ptr_array_index (self->rows, i), i == index);
      /* the one that is chosen is read in full */
      adw_action_row_set_subtitle_lines (g_ptr_array_index (self->rows, i), i == index ? 0 : SUMMARY_LINES);
    }
  propose_name (self);
}

static void
row_activated_cb (PostureNewPage   *self,
                  PostureOptionRow *row)
{
  guint index = 0;

  if (g_ptr_array_find (self->rows, row, &index))
    choose (self, index);
}

typedef struct
{
  PostureNewPage *self;
  char *id;
} Beginning;

static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Beginning *beginning = data;
  PostureNewPage *self = beginning->self;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->begin, TRUE);
  if (posture_user_service_apply_finish (POSTURE_USER_SERVICE (source), result, &error))
    {
      self->named = FALSE;
      propose_name (self);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-assessment", "s", beginning->id);
    }
  else
    posture_compat_tell (self, _("The assessment could not be begun"), error->message);
  g_free (beginning->id);
  g_object_unref (beginning->self);
  g_free (beginning);
}

static void
begin_cb (PostureNewPage *self)
{
  PostureContext *context = posture_page_get_context (POSTURE_PAGE (self));
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autoptr (GPtrArray) operations = NULL;
  PostureOperation *create;
  Beginning *beginning;

  if (!gtk_widget_is_sensitive (self->begin) || posture_context_get_user (context) == NULL)
    return;
  gtk_widget_set_sensitive (self->begin, FALSE);
  create = posture_operation_new_create (
    posture_context_get_now (context),
    posture_questionnaire_get_digest (g_ptr_array_index (self->questionnaires, self->chosen)), name);
  operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_ptr_array_add (operations, create);
  beginning = g_new0 (Beginning, 1);
  beginning->self = g_object_ref (self);
  beginning->id = g_strdup (posture_operation_get_assessment (create));
  posture_user_service_apply_async (posture_context_get_user (context), operations, /* cancellable = */ NULL,
                                    begun_cb, beginning);
}

static char *
make_subtitle (PostureQuestionnaire *questionnaire,
               PostureWords         *words)
{
  guint n_questions = posture_questionnaire_get_n_questions (questionnaire);
  g_autofree char *count = g_strdup_printf (ngettext ("%u question", "%u questions", n_questions), n_questions);

  /* how long it takes is in the summary: that depends on more than the number */
  return g_strdup_printf ("%s\n%s", count, posture_words_get_summary (words));
}

static void
add_questionnaire (PostureNewPage *self,
                   const char     *id)
{
  PostureContext *context = posture_page_get_context (POSTURE_PAGE (self));
  g_autoptr (PostureQuestionnaire) questionnaire
    = posture_library_dup_current (posture_context_get_library (context), id);
  g_autoptr (PostureWords) words = NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  if (questionnaire != NULL)
    words = posture_context_dup_words (context, posture_questionnaire_get_digest (questionnaire));
  if (words == NULL)
    return;
  subtitle = make_subtitle (questionnaire, words);
  row = posture_option_row_new (posture_words_get_title (words), /* several = */ FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->questionnaires, g_steal_pointer (&questionnaire));
}

/* Tells which questionnaires of the person's own are not in the list. */
static void
add_left_out (PostureNewPage *self,
              PostureFaults  *faults)
{
  guint length = faults != NULL ? posture_faults_get_length (faults) : 0;
  g_autofree char *title = g_strdup_printf (ngettext ("%u questionnaire of your own has faults and is left out",
                                                      "%u questionnaires of your own have faults and are left out",
                                                      length),
                                            length);
  g_autoptr (GString) files = g_string_new (NULL);
  GtkWidget *row;

  if (length == 0)
    return;
  for (guint i = 0; i < length; i++)
    g_string_append_printf (files, "%s%s", i > 0 ? "\n" : "", posture_faults_get (faults, i)->file);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), files->str);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (self->group, row);
}

/* Until there is an assessment, this is the first start. */
static void
assessments_cb (PostureNewPage *self)
{
  gboolean first = posture_paged_list_is_complete (POSTURE_PAGED_LIST (self->assessments))
                   && g_list_model_get_n_items (G_LIST_MODEL (self->assessments)) == 0;

  gtk_widget_set_visible (self->welcome, first);
  posture_page_set_title (POSTURE_PAGE (self), first ? "" : _("New assessment"));
}

static void
posture_new_page_ready (PosturePage *page)
{
  PostureNewPage *self = POSTURE_NEW_PAGE (page);
  PostureContext *context = posture_page_get_context (page);
  g_auto (GStrv) ids = posture_library_dup_ids (posture_context_get_library (context));

  for (guint i = 0; ids[i] != NULL; i++)
    add_questionnaire (self, ids[i]);
  add_left_out (self, posture_library_get_left_out (posture_context_get_library (context)));
  choose (self, 0);
  self->assessments = posture_user_service_list_assessments (posture_context_get_user (context),
                                                             /* archived = */ FALSE);
  g_signal_connect_object (self->assessments, "items-changed", G_CALLBACK (assessments_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assessments, "notify::complete", G_CALLBACK (assessments_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
posture_new_page_dispose (GObject *object)
{
  g_clear_object (&POSTURE_NEW_PAGE (object)->assessments);
  G_OBJECT_CLASS (posture_new_page_parent_class)->dispose (object);
}

static void
posture_new_page_finalize (GObject *object)
{
  PostureNewPage *self = POSTURE_NEW_PAGE (object);

  g_ptr_array_unref (self->questionnaires);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (posture_new_page_parent_class)->finalize (object);
}

static void
posture_new_page_class_init (PostureNewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_new_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_new_page_finalize;
  POSTURE_PAGE_CLASS (klass)->ready = posture_new_page_ready;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/posture_app/Posture/ui/new-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureNewPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, PostureNewPage, welcome);
  gtk_widget_class_bind_template_child (widget_class, PostureNewPage, icon);
  gtk_widget_class_bind_template_child (widget_class, PostureNewPage, group);
  gtk_widget_class_bind_template_child (widget_class, PostureNewPage, name);
  gtk_widget_class_bind_template_child (widget_class, PostureNewPage, begin);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
}

static void
posture_new_page_init (PostureNewPage *self)
{
  self->questionnaires = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_questionnaire_unref);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_image_set_from_icon_name (self->icon, POSTURE_APPLICATION_ID);
}
