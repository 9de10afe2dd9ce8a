/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/draft-store.h"

struct _PostureDraftStore
{
  GObject parent_instance;

  PostureUserService *user;
  GPtrArray *waiting; /* (element-type PostureOperation): in the order they were done */
  GPtrArray *sent;    /* (nullable): what is on its way */
  GError *error;      /* why the last batch was not stored */
};

G_DEFINE_FINAL_TYPE (PostureDraftStore, posture_draft_store, G_TYPE_OBJECT)

enum
{
  SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GPtrArray *
new_operations (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
}

static void send_waiting (PostureDraftStore *self);

/* What was sent stays in front of what came since. */
static void
take_back (PostureDraftStore *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    g_ptr_array_add (self->sent, posture_operation_ref (g_ptr_array_index (self->waiting, i)));
  g_ptr_array_unref (self->waiting);
  self->waiting = g_steal_pointer (&self->sent);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (PostureDraftStore) self = data;

  if (posture_user_service_apply_finish (POSTURE_USER_SERVICE (source), result, &self->error))
    g_clear_pointer (&self->sent, g_ptr_array_unref);
  else
    take_back (self);
  if (self->error == NULL && self->waiting->len > 0)
    send_waiting (self);
  else
    g_signal_emit (self, signals[SETTLED], 0);
}

static void
send_waiting (PostureDraftStore *self)
{
  if (self->sent != NULL || self->waiting->len == 0)
    return;
  g_clear_error (&self->error);
  self->sent = g_steal_pointer (&self->waiting);
  self->waiting = new_operations ();
  posture_user_service_apply_async (self->user, self->sent, /* cancellable = */ NULL, applied_cb,
                                    g_object_ref (self));
}

static void
posture_draft_store_finalize (GObject *object)
{
  PostureDraftStore *self = POSTURE_DRAFT_STORE (object);

  g_object_unref (self->user);
  g_ptr_array_unref (self->waiting);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (posture_draft_store_parent_class)->finalize (object);
}

static void
posture_draft_store_class_init (PostureDraftStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_draft_store_finalize;

  /**
   * PostureDraftStore::settled:
   *
   * All is on disk, or something could not be stored.
   */
  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
posture_draft_store_init (PostureDraftStore *self)
{
  self->waiting = new_operations ();
}

/**
 * posture_draft_store_new:
 * @user: the user service
 *
 * Returns: (transfer full): a way to the disk that nothing is on
 */
PostureDraftStore *
posture_draft_store_new (PostureUserService *user)
{
  PostureDraftStore *self = g_object_new (POSTURE_TYPE_DRAFT_STORE, NULL);

  self->user = g_object_ref (user);
  return self;
}

/* Whether a later operation makes an earlier one that waits needless. */
static gboolean
replaces (PostureOperation *later,
          PostureOperation *earlier)
{
  return posture_operation_get_kind (later) == POSTURE_OPERATION_ANSWER
         && posture_operation_get_kind (earlier) == POSTURE_OPERATION_ANSWER
         && g_str_equal (posture_operation_get_question (later), posture_operation_get_question (earlier));
}

/**
 * posture_draft_store_add:
 * @self: a way to the disk
 * @operation: what a person did
 *
 * Sends an operation, together with what could not be stored before.
 */
void
posture_draft_store_add (PostureDraftStore *self,
                         PostureOperation  *operation)
{
  /* what was sent once keeps its place: it may be on disk after all */
  if (self->error == NULL)
    for (guint i = self->waiting->len; i-- > 0;)
      if (replaces (operation, g_ptr_array_index (self->waiting, i)))
        g_ptr_array_remove_index (self->waiting, i);
  g_ptr_array_add (self->waiting, posture_operation_ref (operation));
  send_waiting (self);
}

/**
 * posture_draft_store_retry:
 * @self: a way to the disk
 *
 * Tries once more what could not be stored.
 */
void
posture_draft_store_retry (PostureDraftStore *self)
{
  send_waiting (self);
}

/**
 * posture_draft_store_is_empty:
 * @self: a way to the disk
 *
 * Returns: whether all is on disk
 */
gboolean
posture_draft_store_is_empty (PostureDraftStore *self)
{
  return self->sent == NULL && self->waiting->len == 0;
}

/**
 * posture_draft_store_count_answers:
 * @self: a way to the disk
 *
 * Returns: to how many questions an answer is not on disk
 */
guint
posture_draft_store_count_answers (PostureDraftStore *self)
{
  g_autoptr (GHashTable) questions = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *parts[] = { self->sent, self->waiting };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint j = 0; parts[i] != NULL && j < parts[i]->len; j++)
      {
        PostureOperation *operation = g_ptr_array_index (parts[i], j);

        if (posture_operation_get_kind (operation) == POSTURE_OPERATION_ANSWER)
          g_hash_table_add (questions, (char *) posture_operation_get_question (operation));
      }
  return g_hash_table_size (questions);
}

/**
 * posture_draft_store_forget:
 * @self: a way to the disk that nothing is on
 *
 * Gives up what could not be stored.
 */
void
posture_draft_store_forget (PostureDraftStore *self)
{
  g_return_if_fail (self->sent == NULL);

  g_ptr_array_set_size (self->waiting, 0);
  g_clear_error (&self->error);
}

/**
 * posture_draft_store_get_error:
 * @self: a way to the disk
 *
 * Returns: (transfer none) (nullable): why the last try failed; %NULL if it did not,
 *   or another one is on its way
 */
const GError *
posture_draft_store_get_error (PostureDraftStore *self)
{
  return self->error;
}
