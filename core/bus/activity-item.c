/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/activity-private.h"

/* An event of the journal as a list shows it. It does not change: a list puts another one in its place. */
struct _PostureActivityItem
{
  GObject parent_instance;

  gint64 sequence;
  gint64 put;
  char *id;
  char *source;
  char *detail_type;
  guint pending;
  guint dead;
};

G_DEFINE_FINAL_TYPE (PostureActivityItem, posture_activity_item, G_TYPE_OBJECT)

static void
posture_activity_item_finalize (GObject *object)
{
  PostureActivityItem *self = POSTURE_ACTIVITY_ITEM (object);

  g_free (self->id);
  g_free (self->source);
  g_free (self->detail_type);
  G_OBJECT_CLASS (posture_activity_item_parent_class)->finalize (object);
}

static void
posture_activity_item_class_init (PostureActivityItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_activity_item_finalize;
}

static void
posture_activity_item_init (PostureActivityItem *self)
{
}

/* Of a row (sequence, put, envelope, pending, dead). */
PostureActivityItem *
posture_activity_item_new_from_row (PostureStatement *row,
                                    GError          **error)
{
  g_autoptr (PostureEvent) event = posture_event_new_from_text (posture_statement_get_text (row, 2), error);
  PostureActivityItem *self;

  if (event == NULL)
    return NULL;
  self = g_object_new (POSTURE_TYPE_ACTIVITY_ITEM, NULL);
  self->sequence = posture_statement_get_int (row, 0);
  self->put = posture_statement_get_int (row, 1);
  self->id = g_strdup (posture_event_get_id (event));
  self->source = g_strdup (posture_event_get_source (event));
  self->detail_type = g_strdup (posture_event_get_detail_type (event));
  self->pending = (guint) posture_statement_get_int (row, 3);
  self->dead = (guint) posture_statement_get_int (row, 4);
  return self;
}

/* Whether two states of the same event look the same. */
gboolean
posture_activity_item_equal (PostureActivityItem *self,
                             PostureActivityItem *other)
{
  return self->pending == other->pending && self->dead == other->dead;
}

/**
 * posture_activity_item_get_sequence:
 * @self: an item
 *
 * Returns: its place in the journal, growing
 */
gint64
posture_activity_item_get_sequence (PostureActivityItem *self)
{
  return self->sequence;
}

/**
 * posture_activity_item_get_id:
 * @self: an item
 *
 * Returns: (transfer none): the event's id
 */
const char *
posture_activity_item_get_id (PostureActivityItem *self)
{
  return self->id;
}

/**
 * posture_activity_item_get_source:
 * @self: an item
 *
 * Returns: (transfer none): who said it
 */
const char *
posture_activity_item_get_source (PostureActivityItem *self)
{
  return self->source;
}

/**
 * posture_activity_item_get_detail_type:
 * @self: an item
 *
 * Returns: (transfer none): what kind of event it is
 */
const char *
posture_activity_item_get_detail_type (PostureActivityItem *self)
{
  return self->detail_type;
}

/**
 * posture_activity_item_get_put:
 * @self: an item
 *
 * Returns: when it was put, in milliseconds since 1970
 */
gint64
posture_activity_item_get_put (PostureActivityItem *self)
{
  return self->put;
}

/**
 * posture_activity_item_get_pending:
 * @self: an item
 *
 * Returns: how many of its deliveries wait
 */
guint
posture_activity_item_get_pending (PostureActivityItem *self)
{
  return self->pending;
}

/**
 * posture_activity_item_get_dead:
 * @self: an item
 *
 * Returns: how many of them were given up
 */
guint
posture_activity_item_get_dead (PostureActivityItem *self)
{
  return self->dead;
}
