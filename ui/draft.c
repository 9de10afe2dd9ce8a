/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/draft-private.h"

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
  g_clear_pointer (&self->due, g_ptr_array_unref);
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
  g_signal_connect_object (self->store, "settled", G_CALLBACK (posture_draft_settled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (user, "assessment-changed", G_CALLBACK (posture_draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
posture_draft_set_state (PostureDraft     *self,
                         PostureDraftState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
posture_draft_set_saving (PostureDraft      *self,
                          PostureDraftSaving saving)
{
  if (self->saving == saving)
    return;
  self->saving = saving;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
}

void
posture_draft_take_name (PostureDraft *self,
                         const char   *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

void
posture_draft_emit_changed (PostureDraft *self,
                            const char   *key)
{
  g_signal_emit (self, signals[CHANGED], 0, key);
}

void
posture_draft_fail (PostureDraft *self,
                    GError       *error)
{
  g_clear_error (&self->error);
  self->error = error;
  posture_draft_set_state (self, POSTURE_DRAFT_FAILED);
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

/**
 * posture_draft_find_due:
 * @self: a draft that is ready
 * @key: a question's key
 *
 * Returns: (transfer none) (nullable): since when its answer is to be looked at
 *   again; %NULL if it is not
 */
const PostureDueAnswer *
posture_draft_find_due (PostureDraft *self,
                        const char   *key)
{
  for (guint i = 0; self->due != NULL && i < self->due->len; i++)
    {
      const PostureDueAnswer *due = g_ptr_array_index (self->due, i);

      if (g_str_equal (due->key, key))
        return due;
    }
  return NULL;
}
