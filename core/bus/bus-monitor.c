/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-monitor.h"

#include "bus/bus-private.h"

/* How a bus is doing, as properties that tell when they change. It reads when something has changed, one
 * thing at a time, and costs nothing while nobody has one. */
struct _PostureBusMonitor
{
  GObject parent_instance;

  PostureStore *store;
  PostureBusFigures figures;
  gboolean reading;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (PostureBusMonitor, posture_bus_monitor, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PUT,
  PROP_MATCHED,
  PROP_DELIVERED,
  PROP_RETRIED,
  PROP_PENDING,
  PROP_DEAD,
  PROP_OLDEST_PENDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The properties in their order, and where each has its value. */
static const struct
{
  const char *name;
  gsize offset;
} figures[N_PROPS] = {
  [PROP_PUT] = { "put", G_STRUCT_OFFSET (PostureBusFigures, put) },
  [PROP_MATCHED] = { "matched", G_STRUCT_OFFSET (PostureBusFigures, matched) },
  [PROP_DELIVERED] = { "delivered", G_STRUCT_OFFSET (PostureBusFigures, delivered) },
  [PROP_RETRIED] = { "retried", G_STRUCT_OFFSET (PostureBusFigures, retried) },
  [PROP_PENDING] = { "pending", G_STRUCT_OFFSET (PostureBusFigures, pending) },
  [PROP_DEAD] = { "dead", G_STRUCT_OFFSET (PostureBusFigures, dead) },
  [PROP_OLDEST_PENDING] = { "oldest-pending", G_STRUCT_OFFSET (PostureBusFigures, oldest_pending) },
};

static void
take_figures (PostureBusMonitor       *self,
              const PostureBusFigures *now)
{
  PostureBusFigures old = self->figures;

  self->figures = *now;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    if (G_STRUCT_MEMBER (gint64, &old, figures[i].offset) != G_STRUCT_MEMBER (gint64, now, figures[i].offset))
      g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void read_figures (PostureBusMonitor *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (PostureBusMonitor) self = data;
  g_autoptr (GError) error = NULL;
  const PostureBusFigures *now = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  self->reading = FALSE;
  if (self->store == NULL)
    return;
  if (now != NULL)
    take_figures (self, now);
  else
    g_debug ("The figures of the bus could not be read: %s", error->message);
  if (self->stale)
    read_figures (self);
}

static void
read_figures (PostureBusMonitor *self)
{
  self->stale = self->reading;
  if (self->reading || self->store == NULL)
    return;
  self->reading = TRUE;
  posture_store_read_async (self->store, posture_bus_read_figures, g_new0 (PostureBusFigures, 1), g_free,
                            /* cancellable = */ NULL, read_cb, g_object_ref (self));
}

static void
posture_bus_monitor_dispose (GObject *object)
{
  PostureBusMonitor *self = POSTURE_BUS_MONITOR (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (posture_bus_monitor_parent_class)->dispose (object);
}

static void
posture_bus_monitor_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  PostureBusMonitor *self = POSTURE_BUS_MONITOR (object);

  if (id > PROP_0 && id < N_PROPS)
    g_value_set_int64 (value, G_STRUCT_MEMBER (gint64, &self->figures, figures[id].offset));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/**
 * PostureBusMonitor:
 *
 * Its properties are those of #PostureBusFigures: `put`, `matched`, `delivered`,
 * `retried`, `pending`, `dead` and `oldest-pending`.
 */
static void
posture_bus_monitor_class_init (PostureBusMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_bus_monitor_dispose;
  object_class->get_property = posture_bus_monitor_get_property;
  for (guint i = 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_int64 (figures[i].name, NULL, NULL, G_MININT64, G_MAXINT64, 0,
                                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
posture_bus_monitor_init (PostureBusMonitor *self)
{
}

/**
 * posture_bus_monitor_new:
 * @bus: a bus
 *
 * Follows the figures of a bus, whoever changes them. It begins with zeros and
 * tells when it knows more.
 *
 * Returns: (transfer full): a new monitor
 */
PostureBusMonitor *
posture_bus_monitor_new (PostureBus *bus)
{
  static const char *const signals[] = {
    "changed::" POSTURE_BUS_TOPIC_PUT,    "changed::" POSTURE_BUS_TOPIC_DELIVERED,
    "changed::" POSTURE_BUS_TOPIC_RETRY,  "changed::" POSTURE_BUS_TOPIC_DEAD,
    "changed::" POSTURE_BUS_TOPIC_PRUNED, "changed::" POSTURE_BUS_TOPIC_REPLAYS,
    "changed-elsewhere",
  };
  PostureBusMonitor *self = g_object_new (POSTURE_TYPE_BUS_MONITOR, NULL);

  self->store = g_object_ref (posture_bus_get_store (bus));
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->store, signals[i], G_CALLBACK (read_figures), self, G_CONNECT_SWAPPED);
  read_figures (self);
  return self;
}
