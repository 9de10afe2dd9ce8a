/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/draft.h"

#include "model/expansion.h"
#include "ui/draft-reading.h"
#include "ui/draft-store.h"

#include <glib/gi18n-lib.h>

/* An assessment while it is answered. What a person answers holds here at once and is on its way to the
 * disk; what another process answers comes in as soon as nothing of ours is on its way. */
struct _PostureDraft
{
  GObject parent_instance;

  PostureContext *context;
  PostureDraftStore *store;
  GCancellable *cancellable;
  char *assessment;
  char *name;

  PostureDraftState state;
  PostureDraftSaving saving;
  GError *error;

  PostureQuestionnaire *questionnaire;
  PostureQuestionnaire *asked;
  PostureWords *words;
  PostureAnswers *answers;
  PostureVisibility *visibility;
  GHashTable *flags;
  GPtrArray *proposals;

  guint generation; /* of what was answered here */
  guint loading;    /* the generation that is being read for */
  gboolean reading;
  gboolean stale;

  GTask *submission;
};

G_DEFINE_FINAL_TYPE (PostureDraft, posture_draft, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_SAVING,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_state (PostureDraft     *self,
           PostureDraftState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_saving (PostureDraft      *self,
            PostureDraftSaving saving)
{
  if (self->saving == saving)
    return;
  self->saving = saving;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
}

static void
fail (PostureDraft *self,
      GError       *error)
{
  g_clear_error (&self->error);
  self->error = error;
  set_state (self, POSTURE_DRAFT_FAILED);
}

/* What is asked after the list of what sections are repeated for has changed. */
static void
ask_anew (PostureDraft *self)
{
  g_clear_pointer (&self->asked, posture_questionnaire_unref);
  g_clear_pointer (&self->visibility, posture_visibility_free);
  self->asked = posture_questionnaire_expand (self->questionnaire, self->answers);
  self->visibility = posture_visibility_new (self->asked, self->answers);
}

static void
proposals_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (PostureDraft) self = data;
  GPtrArray *proposals = posture_user_service_find_proposals_finish (POSTURE_USER_SERVICE (source), result,
                                                                     /* error = */ NULL);

  /* they only help: without them everything else goes on */
  if (proposals == NULL)
    return;
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  self->proposals = proposals;
  if (proposals->len > 0)
    g_signal_emit (self, signals[CHANGED], 0, /* key = */ NULL);
}

static gboolean
is_same (PostureDraft   *self,
         PostureAnswers *answers,
         GHashTable     *flags)
{
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  GHashTableIter iter;
  gpointer key;

  if (self->answers == NULL || g_hash_table_size (flags) != g_hash_table_size (self->flags))
    return FALSE;
  g_hash_table_iter_init (&iter, flags);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (self->flags, key))
      return FALSE;
  {
    g_auto (GStrv) questions = posture_answers_dup_questions (answers);

    if (posture_answers_get_length (self->answers) != g_strv_length (questions))
      return FALSE;
    for (guint i = 0; questions[i] != NULL; i++)
      if (!posture_answer_equal (posture_answers_get (self->answers, questions[i]),
                                 posture_answers_get (answers, questions[i])))
        return FALSE;
  }
  return TRUE;
}

static void
take_answers (PostureDraft        *self,
              PostureDraftReading *reading)
{
  gboolean first = self->answers == NULL;

  if (is_same (self, reading->answers, reading->flags))
    return;
  g_clear_pointer (&self->answers, posture_answers_unref);
  g_clear_pointer (&self->flags, g_hash_table_unref);
  self->answers = g_steal_pointer (&reading->answers);
  self->flags = g_steal_pointer (&reading->flags);
  ask_anew (self);
  if (!first)
    {
      g_signal_emit (self, signals[CHANGED], 0, /* key = */ NULL);
      return;
    }
  set_state (self, POSTURE_DRAFT_READY);
  posture_user_service_find_proposals_async (posture_context_get_user (self->context),
                                             posture_questionnaire_get_digest (self->questionnaire),
                                             self->assessment, self->cancellable, proposals_cb,
                                             g_object_ref (self));
}

static gboolean
take_item (PostureDraft          *self,
           PostureAssessmentItem *item)
{
  const char *digest = posture_assessment_item_get_digest (item);

  if (g_strcmp0 (self->name, posture_assessment_item_get_name (item)) != 0)
    {
      g_free (self->name);
      self->name = g_strdup (posture_assessment_item_get_name (item));
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
    }
  if (self->questionnaire == NULL)
    self->questionnaire = posture_library_dup_by_digest (posture_context_get_library (self->context), digest);
  if (self->words == NULL)
    self->words = posture_context_dup_words (self->context, digest);
  return self->questionnaire != NULL && self->words != NULL;
}

static void read_again (PostureDraft *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (PostureDraft) self = data;
  g_autoptr (PostureDraftReading) reading = NULL;
  GError *error = NULL;

  reading = posture_draft_read_finish (result, &error);
  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable) || posture_context_get_user (self->context) == NULL)
    {
      g_clear_error (&error); /* nobody looks any more */
      return;
    }
  if (reading == NULL)
    fail (self, error);
  else if (!take_item (self, reading->item))
    fail (self, g_error_new_literal (POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID,
                                     _("The questionnaire of this assessment is not on this device.")));
  /* what was answered here meanwhile is newer than what was read */
  else if (self->generation == self->loading && posture_draft_store_is_empty (self->store))
    take_answers (self, reading);
  else
    self->stale = TRUE;
  read_again (self);
}

static void
read_again (PostureDraft *self)
{
  PostureUserService *user = posture_context_get_user (self->context);

  if (!self->stale || self->reading || user == NULL || !posture_draft_store_is_empty (self->store))
    return;
  self->stale = FALSE;
  self->reading = TRUE;
  self->loading = self->generation;
  posture_draft_read_async (user, self->assessment, self->cancellable, read_cb, g_object_ref (self));
}

static void
assessment_changed_cb (PostureDraft *self,
                       const char   *id)
{
  if (id != NULL && !g_str_equal (id, self->assessment))
    return;
  self->stale = TRUE;
  read_again (self);
}

static void
report_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *report = posture_user_service_wait_report_finish (POSTURE_USER_SERVICE (source), result, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, g_free);
  else
    g_task_return_error (task, error);
}

static void
revision_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (PostureAssessmentItem) item = NULL;
  GError *error = NULL;

  item = posture_user_service_load_assessment_finish (POSTURE_USER_SERVICE (source), result, &error);
  if (item == NULL)
    g_task_return_error (task, error);
  else
    posture_user_service_wait_report_async (POSTURE_USER_SERVICE (source),
                                            posture_assessment_item_get_revision (item),
                                            g_task_get_cancellable (task), report_cb, g_object_ref (task));
}

/* All is on disk, the submission too, or could not be stored. */
static void
go_on_submitting (PostureDraft *self)
{
  const GError *error = posture_draft_store_get_error (self->store);
  g_autoptr (GTask) task = NULL;

  if (self->submission == NULL)
    return;
  task = g_steal_pointer (&self->submission);
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    posture_user_service_load_assessment_async (posture_context_get_user (self->context), self->assessment,
                                                g_task_get_cancellable (task), revision_cb,
                                                g_object_ref (task));
}

static void
settled_cb (PostureDraft *self)
{
  const GError *error = posture_draft_store_get_error (self->store);

  if (posture_context_get_user (self->context) == NULL)
    return; /* the profile is being closed */
  if (error != NULL)
    {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
    }
  set_saving (self, error != NULL ? POSTURE_DRAFT_UNSAVED : POSTURE_DRAFT_SAVED);
  go_on_submitting (self);
  read_again (self);
}

static void
posture_draft_dispose (GObject *object)
{
  PostureDraft *self = POSTURE_DRAFT (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (posture_draft_parent_class)->dispose (object);
}

static void
posture_draft_finalize (GObject *object)
{
  PostureDraft *self = POSTURE_DRAFT (object);

  g_clear_object (&self->context);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->submission);
  g_clear_error (&self->error);
  g_clear_pointer (&self->questionnaire, posture_questionnaire_unref);
  g_clear_pointer (&self->asked, posture_questionnaire_unref);
  g_clear_pointer (&self->words, posture_words_unref);
  g_clear_pointer (&self->answers, posture_answers_unref);
  g_clear_pointer (&self->visibility, posture_visibility_free);
  g_clear_pointer (&self->flags, g_hash_table_unref);
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  g_free (self->assessment);
  g_free (self->name);
  G_OBJECT_CLASS (posture_draft_parent_class)->finalize (object);
}

static void
posture_draft_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PostureDraft *self = POSTURE_DRAFT (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_SAVING:
      g_value_set_int (value, (int) self->saving);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
posture_draft_class_init (PostureDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = posture_draft_dispose;
  object_class->finalize = posture_draft_finalize;
  object_class->get_property = posture_draft_get_property;

  /**
   * PostureDraft:state:
   *
   * How far the assessment is there, a #PostureDraftState.
   */
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, POSTURE_DRAFT_LOADING,
                                             POSTURE_DRAFT_FAILED, POSTURE_DRAFT_LOADING, flags);
  /**
   * PostureDraft:saving:
   *
   * Where what was answered is, a #PostureDraftSaving.
   */
  properties[PROP_SAVING] = g_param_spec_int ("saving", NULL, NULL, POSTURE_DRAFT_UNCHANGED,
                                              POSTURE_DRAFT_UNSAVED, POSTURE_DRAFT_UNCHANGED, flags);
  /**
   * PostureDraft:name:
   *
   * What the assessment is called.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * PostureDraft::changed:
   * @key: (nullable): the question whose answer or flag has changed; %NULL if it
   *   may be any, or what is asked at all
   *
   * Something has another answer.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
posture_draft_init (PostureDraft *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * posture_draft_new:
 * @context: a context that is ready
 * @assessment: an assessment's id
 *
 * Returns: (transfer full): the assessment to answer, not read yet
 */
PostureDraft *
posture_draft_new (PostureContext *context,
                   const char     *assessment)
{
  PostureDraft *self = g_object_new (POSTURE_TYPE_DRAFT, NULL);
  PostureUserService *user = posture_context_get_user (context);

  self->context = g_object_ref (context);
  self->assessment = g_strdup (assessment);
  self->store = posture_draft_store_new (user);
  g_signal_connect_object (self->store, "settled", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (user, "assessment-changed", G_CALLBACK (assessment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * posture_draft_load:
 * @self: a draft
 *
 * Reads the assessment, or tries again.
 */
void
posture_draft_load (PostureDraft *self)
{
  g_clear_error (&self->error);
  set_state (self, POSTURE_DRAFT_LOADING);
  self->stale = TRUE;
  g_clear_pointer (&self->answers, posture_answers_unref);
  read_again (self);
}

/**
 * posture_draft_get_state:
 * @self: a draft
 *
 * Returns: how far it is there
 */
PostureDraftState
posture_draft_get_state (PostureDraft *self)
{
  return self->state;
}

/**
 * posture_draft_get_saving:
 * @self: a draft
 *
 * Returns: where what was answered is
 */
PostureDraftSaving
posture_draft_get_saving (PostureDraft *self)
{
  return self->saving;
}

/**
 * posture_draft_get_error:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): why it could not be read or stored
 */
const GError *
posture_draft_get_error (PostureDraft *self)
{
  return self->error;
}

/**
 * posture_draft_get_assessment:
 * @self: a draft
 *
 * Returns: (transfer none): the assessment's id
 */
const char *
posture_draft_get_assessment (PostureDraft *self)
{
  return self->assessment;
}

/**
 * posture_draft_get_name:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what it is called, once it is read
 */
const char *
posture_draft_get_name (PostureDraft *self)
{
  return self->name;
}

/**
 * posture_draft_get_context:
 * @self: a draft
 *
 * Returns: (transfer none): its context
 */
PostureContext *
posture_draft_get_context (PostureDraft *self)
{
  return self->context;
}

/**
 * posture_draft_get_asked:
 * @self: a draft that is ready
 *
 * Returns: (transfer none): the questionnaire as it is asked
 */
PostureQuestionnaire *
posture_draft_get_asked (PostureDraft *self)
{
  return self->asked;
}

/**
 * posture_draft_get_words:
 * @self: a draft that is ready
 *
 * Returns: (transfer none): its words
 */
PostureWords *
posture_draft_get_words (PostureDraft *self)
{
  return self->words;
}

/**
 * posture_draft_get_answers:
 * @self: a draft that is ready
 *
 * Returns: (transfer none): what was answered; only the draft changes it
 */
PostureAnswers *
posture_draft_get_answers (PostureDraft *self)
{
  return self->answers;
}

/**
 * posture_draft_peek_visible:
 * @self: a draft that is ready
 *
 * Returns: (transfer none) (element-type gboolean): which questions are asked
 */
GArray *
posture_draft_peek_visible (PostureDraft *self)
{
  return posture_visibility_peek (self->visibility);
}

/**
 * posture_draft_get_answer:
 * @self: a draft that is ready
 * @key: a question's key
 *
 * Returns: (transfer none) (nullable): its answer
 */
PostureAnswer *
posture_draft_get_answer (PostureDraft *self,
                          const char   *key)
{
  return posture_answers_get (self->answers, key);
}

/**
 * posture_draft_is_flagged:
 * @self: a draft that is ready
 * @key: a question's key
 *
 * Returns: whether the person wants to come back to it
 */
gboolean
posture_draft_is_flagged (PostureDraft *self,
                          const char   *key)
{
  return g_hash_table_contains (self->flags, key);
}

/**
 * posture_draft_find_proposal:
 * @self: a draft that is ready
 * @key: a question's key
 *
 * Returns: (transfer none) (nullable): what was answered elsewhere to a question
 *   about the same
 */
const PostureProposal *
posture_draft_find_proposal (PostureDraft *self,
                             const char   *key)
{
  for (guint i = 0; self->proposals != NULL && i < self->proposals->len; i++)
    {
      const PostureProposal *proposal = g_ptr_array_index (self->proposals, i);

      if (g_str_equal (proposal->key, key))
        return proposal;
    }
  return NULL;
}

static void
store_answer (PostureDraft  *self,
              const char    *key,
              PostureAnswer *answer)
{
  g_autoptr (PostureOperation) operation = NULL;
  g_autofree char *text = NULL;

  if (answer != NULL)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_answer_write (answer, writer, /* with_note = */ TRUE);
      text = posture_json_writer_finish_text (writer);
    }
  operation = posture_operation_new_answer (posture_context_get_now (self->context), self->assessment, key,
                                            text, posture_draft_is_flagged (self, key));
  self->generation++;
  set_saving (self, POSTURE_DRAFT_SAVING);
  posture_draft_store_add (self->store, operation);
  g_signal_emit (self, signals[CHANGED], 0, key);
}

/**
 * posture_draft_set_answer:
 * @self: a draft that is ready
 * @key: a question's key
 * @answer: (nullable): its answer; %NULL takes it back
 *
 * Answers a question, and stores it.
 */
void
posture_draft_set_answer (PostureDraft  *self,
                          const char    *key,
                          PostureAnswer *answer)
{
  g_autofree char *question = g_strdup (key);
  PostureQuestion *asked = posture_questionnaire_find_question (self->asked, question);

  if (posture_context_get_user (self->context) == NULL || asked == NULL
      || posture_answer_equal (posture_answers_get (self->answers, question), answer))
    return;
  posture_answers_set (self->answers, question, answer);
  if (posture_question_get_kind (asked) == POSTURE_QUESTION_INSTANCES)
    ask_anew (self);
  else
    g_array_unref (posture_visibility_update (self->visibility, self->answers, question));
  store_answer (self, question, answer);
}

/**
 * posture_draft_set_flagged:
 * @self: a draft that is ready
 * @key: a question's key
 * @flagged: whether the person wants to come back to it
 *
 * Marks a question, and stores that.
 */
void
posture_draft_set_flagged (PostureDraft *self,
                           const char   *key,
                           gboolean      flagged)
{
  if (posture_context_get_user (self->context) == NULL || flagged == posture_draft_is_flagged (self, key))
    return;
  if (flagged)
    g_hash_table_add (self->flags, g_strdup (key));
  else
    g_hash_table_remove (self->flags, key);
  store_answer (self, key, posture_answers_get (self->answers, key));
}

/**
 * posture_draft_retry:
 * @self: a draft
 *
 * Tries to store once more what could not be stored.
 */
void
posture_draft_retry (PostureDraft *self)
{
  if (self->saving != POSTURE_DRAFT_UNSAVED)
    return;
  set_saving (self, POSTURE_DRAFT_SAVING);
  posture_draft_store_retry (self->store);
}

/**
 * posture_draft_submit_async:
 * @self: a draft that is ready
 * @cancellable: (nullable): stops waiting for the report
 * @callback: (scope async): called with the report
 * @user_data: for @callback
 *
 * Submits what was answered, once all of it is on disk, and waits for the
 * report.
 */
void
posture_draft_submit_async (PostureDraft       *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (PostureOperation) operation = NULL;
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, posture_draft_submit_async);
  g_return_if_fail (self->submission == NULL);
  self->submission = task;
  operation = posture_operation_new_submit (posture_context_get_now (self->context), self->assessment);
  set_saving (self, POSTURE_DRAFT_SAVING);
  posture_draft_store_add (self->store, operation);
}

/**
 * posture_draft_submit_finish:
 * @self: a draft
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the id of the report
 */
char *
posture_draft_submit_finish (PostureDraft *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
