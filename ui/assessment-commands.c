/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-commands.h"

#include "ui/compat.h"
#include "ui/toasts.h"

#include <glib/gi18n-lib.h>

/* A deleted assessment is out of sight at once; it is gone from the disk when the offer to undo is gone,
 * or the window. If the program is killed before, it is there again, whole. */
struct _PostureAssessmentCommands
{
  GObject parent_instance;

  GtkWidget *widget; /* (unowned): that of the list */
  PostureContext *context;
  GHashTable *deleted; /* (element-type utf8 gboolean): ids out of sight; whether they are being deleted */
};

G_DEFINE_FINAL_TYPE (PostureAssessmentCommands, posture_assessment_commands, G_TYPE_OBJECT)

enum
{
  DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* An operation on its way, and what to say if it fails. */
typedef struct
{
  PostureAssessmentCommands *self;
  GApplication *application;
  const char *failure; /* (unowned): translated */
  char *show;          /* (nullable): an assessment to show then */
  char *hidden;        /* (nullable): one that is out of sight; it comes back if it cannot be deleted */
} Errand;

static void
errand_free (Errand *errand)
{
  g_application_release (errand->application);
  g_object_unref (errand->application);
  g_object_unref (errand->self);
  g_free (errand->show);
  g_free (errand->hidden);
  g_free (errand);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  gboolean done = posture_user_service_apply_finish (POSTURE_USER_SERVICE (source), result, &error);

  if (!done && errand->hidden != NULL && g_hash_table_remove (errand->self->deleted, errand->hidden))
    g_signal_emit (errand->self, signals[DELETED], 0);
  if (errand->self->widget == NULL)
    g_debug ("The window is gone%s%s", done ? "" : ": ", done ? "" : error->message);
  else if (!done)
    posture_compat_tell (errand->self->widget, errand->failure, error->message);
  else if (errand->show != NULL)
    gtk_widget_activate_action (errand->self->widget, "win.show-assessment", "s", errand->show);
  errand_free (errand);
}

static Errand *
errand_new (PostureAssessmentCommands *self,
            const char                *failure)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->self = g_object_ref (self);
  errand->failure = failure;
  /* what is begun is brought to its end, also after the last window */
  errand->application = g_object_ref (g_application_get_default ());
  g_application_hold (errand->application);
  return errand;
}

static void
apply (PostureAssessmentCommands *self,
       GPtrArray                 *operations,
       Errand                    *errand)
{
  posture_user_service_apply_async (posture_context_get_user (self->context), operations,
                                    /* cancellable = */ NULL, applied_cb, errand);
}

static void
apply_one (PostureAssessmentCommands *self,
           PostureOperation          *operation,
           Errand                    *errand)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);

  g_ptr_array_add (operations, operation);
  apply (self, operations, errand);
}

/* A question to the person about one assessment. */
typedef struct
{
  PostureAssessmentCommands *self;
  char *id;
  GtkEditable *entry;
} Question;

static void
renamed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Question *question = data;
  PostureAssessmentCommands *self = question->self;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (question->entry)));

  if (posture_compat_confirm_finish (GTK_WIDGET (source), result) && *name != '\0'
      && posture_context_get_user (self->context) != NULL)
    apply_one (self, posture_operation_new_rename (posture_context_get_now (self->context), question->id, name),
               errand_new (self, _("The name could not be changed")));
  g_object_unref (question->self);
  g_object_unref (question->entry);
  g_free (question->id);
  g_free (question);
}

static void
posture_assessment_commands_finalize (GObject *object)
{
  PostureAssessmentCommands *self = POSTURE_ASSESSMENT_COMMANDS (object);

  g_hash_table_unref (self->deleted);
  g_object_unref (self->context);
  G_OBJECT_CLASS (posture_assessment_commands_parent_class)->finalize (object);
}

static void
posture_assessment_commands_class_init (PostureAssessmentCommandsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_assessment_commands_finalize;

  /**
   * PostureAssessmentCommands::deleted:
   *
   * An assessment went out of sight, or came back.
   */
  signals[DELETED] = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
posture_assessment_commands_init (PostureAssessmentCommands *self)
{
  self->deleted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * posture_assessment_commands_new:
 * @widget: the widget that errors and questions belong to; it calls
 *   posture_assessment_commands_finish() before it goes
 * @context: a context that is ready
 *
 * Returns: (transfer full): the commands
 */
PostureAssessmentCommands *
posture_assessment_commands_new (GtkWidget      *widget,
                                 PostureContext *context)
{
  PostureAssessmentCommands *self = g_object_new (POSTURE_TYPE_ASSESSMENT_COMMANDS, NULL);

  self->widget = widget;
  self->context = g_object_ref (context);
  return self;
}

/**
 * posture_assessment_commands_rename:
 * @self: the commands
 * @item: an assessment
 *
 * Asks for another name.
 */
void
posture_assessment_commands_rename (PostureAssessmentCommands *self,
                                    PostureAssessmentItem     *item)
{
  GtkWidget *entry = gtk_entry_new ();
  Question *question = g_new0 (Question, 1);

  gtk_editable_set_text (GTK_EDITABLE (entry), posture_assessment_item_get_name (item));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 200);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  question->self = g_object_ref (self);
  question->id = g_strdup (posture_assessment_item_get_id (item));
  question->entry = GTK_EDITABLE (g_object_ref_sink (entry));
  posture_compat_confirm_async (self->widget, _("Rename the assessment"), _("Its reports show the new name, too."),
                                entry, _("_Rename"), POSTURE_CONFIRM_SUGGESTED, renamed_cb, question);
}

static void
copy_answers (PostureAssessmentCommands *self,
              PostureAnswers            *answers,
              const char                *assessment,
              GPtrArray                 *operations)
{
  g_auto (GStrv) questions = posture_answers_dup_questions (answers);

  for (guint i = 0; questions[i] != NULL; i++)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autofree char *text = NULL;

      posture_answer_write (posture_answers_get (answers, questions[i]), writer, /* with_note = */ TRUE);
      text = posture_json_writer_finish_text (writer);
      g_ptr_array_add (operations, posture_operation_new_answer (posture_context_get_now (self->context), assessment,
                                                                 questions[i], text, /* flagged = */ FALSE));
    }
}

typedef struct
{
  PostureAssessmentCommands *self;
  PostureAssessmentItem *item;
} Copy;

static void
answers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Copy *copy = data;
  PostureAssessmentCommands *self = copy->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswers) answers
    = posture_user_service_load_answers_finish (POSTURE_USER_SERVICE (source), result, &error);

  if (answers != NULL && posture_context_get_user (self->context) != NULL)
    {
      g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
      /* Translators: the name of a copy. */
      g_autofree char *name = g_strdup_printf (_("%s (copy)"), posture_assessment_item_get_name (copy->item));
      PostureOperation *create = posture_operation_new_create (posture_context_get_now (self->context),
                                                               posture_assessment_item_get_digest (copy->item), name);
      const char *id = posture_operation_get_assessment (create);
      Errand *errand;

      g_ptr_array_add (operations, create);
      copy_answers (self, answers, id, operations);
      errand = errand_new (self, _("The copy could not be made"));
      errand->show = g_strdup (id);
      apply (self, operations, errand);
    }
  else if (self->widget != NULL && error != NULL)
    posture_compat_tell (self->widget, _("The copy could not be made"), error->message);
  g_object_unref (copy->item);
  g_object_unref (copy->self);
  g_free (copy);
}

/**
 * posture_assessment_commands_duplicate:
 * @self: the commands
 * @item: an assessment
 *
 * Begins another one with the same answers, and shows it.
 */
void
posture_assessment_commands_duplicate (PostureAssessmentCommands *self,
                                       PostureAssessmentItem     *item)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->self = g_object_ref (self);
  copy->item = g_object_ref (item);
  posture_user_service_load_answers_async (posture_context_get_user (self->context),
                                           posture_assessment_item_get_id (item), /* cancellable = */ NULL,
                                           answers_cb, copy);
}

/* What an offer to undo is about. */
static const char *
get_id (AdwToast *toast)
{
  return g_object_get_data (G_OBJECT (toast), "assessment");
}

static AdwToast *
add_toast (PostureAssessmentCommands *self,
           const char                *text,
           PostureAssessmentItem     *item,
           GCallback                  undo)
{
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "assessment", g_strdup (posture_assessment_item_get_id (item)), g_free);
  g_signal_connect_object (toast, "button-clicked", undo, self, G_CONNECT_SWAPPED);
  return toast;
}

static void
undo_archive_cb (PostureAssessmentCommands *self,
                 AdwToast                  *toast)
{
  if (posture_context_get_user (self->context) != NULL)
    apply_one (self, posture_operation_new_archive (posture_context_get_now (self->context), get_id (toast),
                                                    /* archived = */ FALSE),
               errand_new (self, _("It could not be taken out of the archive")));
}

/**
 * posture_assessment_commands_archive:
 * @self: the commands
 * @item: an assessment
 * @archived: whether to put it away, or to take it out again
 *
 * Puts an assessment away, with an offer to undo that, or takes it out.
 */
void
posture_assessment_commands_archive (PostureAssessmentCommands *self,
                                     PostureAssessmentItem     *item,
                                     gboolean                   archived)
{
  apply_one (self, posture_operation_new_archive (posture_context_get_now (self->context),
                                                  posture_assessment_item_get_id (item), archived),
             errand_new (self, archived ? _("It could not be put into the archive")
                                        : _("It could not be taken out of the archive")));
  if (archived)
    {
      g_autofree char *text = g_strdup_printf (_("“%s” is in the archive"), posture_assessment_item_get_name (item));

      posture_toasts_add (self->widget, add_toast (self, text, item, G_CALLBACK (undo_archive_cb)));
    }
}

/* Does it, unless it was undone or done before. */
static void
delete_now (PostureAssessmentCommands *self,
            const char                *id)
{
  gpointer sent;
  Errand *errand;

  if (!g_hash_table_lookup_extended (self->deleted, id, NULL, &sent) || GPOINTER_TO_INT (sent)
      || posture_context_get_user (self->context) == NULL)
    return;
  g_hash_table_insert (self->deleted, g_strdup (id), GINT_TO_POINTER (TRUE));
  errand = errand_new (self, _("The assessment could not be deleted"));
  errand->hidden = g_strdup (id);
  apply_one (self, posture_operation_new_delete (posture_context_get_now (self->context), id), errand);
}

static void
undo_delete_cb (PostureAssessmentCommands *self,
                AdwToast                  *toast)
{
  g_hash_table_remove (self->deleted, get_id (toast));
  g_signal_emit (self, signals[DELETED], 0);
}

static void
dismissed_cb (PostureAssessmentCommands *self,
              AdwToast                  *toast)
{
  delete_now (self, get_id (toast));
}

/**
 * posture_assessment_commands_delete:
 * @self: the commands
 * @item: an assessment
 *
 * Takes an assessment out of sight, with an offer to undo that. When the offer is
 * gone, it is deleted.
 */
void
posture_assessment_commands_delete (PostureAssessmentCommands *self,
                                    PostureAssessmentItem     *item)
{
  g_autofree char *text = g_strdup_printf (_("“%s” deleted"), posture_assessment_item_get_name (item));
  AdwToast *toast = add_toast (self, text, item, G_CALLBACK (undo_delete_cb));

  g_hash_table_insert (self->deleted, g_strdup (posture_assessment_item_get_id (item)), GINT_TO_POINTER (FALSE));
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  g_signal_emit (self, signals[DELETED], 0);
  gtk_widget_activate_action (self->widget, "win.close-assessment", "s", posture_assessment_item_get_id (item));
  posture_toasts_add (self->widget, toast);
}

/**
 * posture_assessment_commands_is_deleted:
 * @self: the commands
 * @id: (nullable): an assessment's id; %NULL for any
 *
 * Returns: whether it is out of sight
 */
gboolean
posture_assessment_commands_is_deleted (PostureAssessmentCommands *self,
                                        const char                *id)
{
  return id != NULL ? g_hash_table_contains (self->deleted, id) : g_hash_table_size (self->deleted) > 0;
}

/**
 * posture_assessment_commands_finish:
 * @self: the commands
 *
 * The window goes: what was deleted is deleted now.
 */
void
posture_assessment_commands_finish (PostureAssessmentCommands *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->deleted);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);

  self->widget = NULL;
  for (GList *id = ids; id != NULL; id = id->next)
    g_ptr_array_add (copies, g_strdup (id->data));
  for (guint i = 0; i < copies->len; i++)
    delete_now (self, g_ptr_array_index (copies, i));
}
