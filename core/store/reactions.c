/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/reactions-private.h"

#include "store/work-private.h"

#define MAX_ROUNDS 16

/* What runs with each change of a topic, or at the end of each transaction. */
typedef struct
{
  char *topic; /* NULL: at the end */
  PostureStoreFunc func;
  gpointer data;
} PostureReaction;

/* They are added on any thread, and run on that of the writer. */
struct _PostureReactions
{
  GMutex mutex;    /* guards what follows */
  GPtrArray *list; /* (element-type PostureReaction) */
};

static void
reaction_free (gpointer data)
{
  PostureReaction *reaction = data;

  g_free (reaction->topic);
  g_free (reaction);
}

PostureReactions *
posture_reactions_new (void)
{
  PostureReactions *self = g_new0 (PostureReactions, 1);

  g_mutex_init (&self->mutex);
  self->list = g_ptr_array_new_with_free_func (reaction_free);
  return self;
}

void
posture_reactions_free (PostureReactions *self)
{
  g_ptr_array_unref (self->list);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
posture_reactions_add (PostureReactions *self,
                       const char       *topic,
                       PostureStoreFunc  func,
                       gpointer          data)
{
  PostureReaction *reaction = g_new0 (PostureReaction, 1);

  reaction->topic = g_strdup (topic);
  reaction->func = func;
  reaction->data = data;
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->list, reaction);
  g_mutex_unlock (&self->mutex);
}

static gboolean
has_topic (GPtrArray  *notices,
           guint       first,
           guint       end,
           const char *topic)
{
  for (guint i = first; i < end; i++)
    if (g_str_equal (((PostureNotice *) g_ptr_array_index (notices, i))->topic, topic))
      return TRUE;
  return FALSE;
}

static GPtrArray *
copy_all (PostureReactions *self)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_new ();

  g_mutex_lock (&self->mutex);
  g_ptr_array_extend (copy, self->list, NULL, NULL);
  g_mutex_unlock (&self->mutex);
  return g_steal_pointer (&copy);
}

/* Runs what reacts to the notices, and to what the reactions say in turn. @failures takes the errors
 * of reactions by their topic; a failed reaction takes nothing else down. Gives %FALSE only if one has
 * cost the whole transaction. */
gboolean
posture_reactions_run (PostureReactions   *self,
                       PostureTransaction *transaction,
                       GHashTable         *failures,
                       GError            **error)
{
  g_autoptr (GPtrArray) reactions = copy_all (self);
  GPtrArray *notices = transaction->notices;
  guint first = 0;

  for (guint round = 0; round < MAX_ROUNDS && first < notices->len; round++)
    {
      guint heard = notices->len;

      transaction->heard = heard;
      for (guint i = 0; i < reactions->len; i++)
        {
          PostureReaction *reaction = g_ptr_array_index (reactions, i);
          g_autoptr (GError) failure = NULL;

          if (reaction->topic == NULL || !has_topic (notices, first, heard, reaction->topic) ||
              posture_work_run (transaction, /* guarded = */ TRUE, reaction->func, reaction->data, &failure))
            continue;
          if (posture_connection_is_lost (transaction->connection))
            {
              g_propagate_error (error, g_steal_pointer (&failure));
              return FALSE;
            }
          g_hash_table_insert (failures, reaction->topic, g_steal_pointer (&failure));
        }
      first = heard;
    }
  return TRUE;
}

/* What runs at the end, whatever was said. */
void
posture_reactions_add_closing (PostureReactions *self,
                               PostureStoreFunc  func,
                               gpointer          data)
{
  posture_reactions_add (self, /* topic = */ NULL, func, data);
}

/* Runs what is to run at the end. If it fails, so has the transaction. */
gboolean
posture_reactions_close (PostureReactions   *self,
                         PostureTransaction *transaction,
                         GError            **error)
{
  g_autoptr (GPtrArray) reactions = copy_all (self);

  for (guint i = 0; i < reactions->len; i++)
    {
      PostureReaction *reaction = g_ptr_array_index (reactions, i);

      if (reaction->topic == NULL &&
          !posture_work_run (transaction, /* guarded = */ FALSE, reaction->func, reaction->data, error))
        return FALSE;
    }
  return TRUE;
}

/* Reactions that are left out so that the work can stay have failed, too. */
void
posture_reactions_leave_out (PostureReactions *self,
                             GPtrArray        *notices,
                             const GError     *reason,
                             GHashTable       *failures)
{
  g_autoptr (GPtrArray) reactions = copy_all (self);

  for (guint i = 0; i < reactions->len; i++)
    {
      const PostureReaction *reaction = g_ptr_array_index (reactions, i);

      if (reaction->topic != NULL && has_topic (notices, 0, notices->len, reaction->topic))
        g_hash_table_insert (failures, reaction->topic, g_error_copy (reason));
    }
}
