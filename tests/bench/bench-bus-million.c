/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A million events through 100 rules with three handlers: how much memory and disk that takes, and how
 * long until each was delivered and acknowledged, against rows that are committed one by one in groups.
 *
 * Usage: bench-bus-million [EVENTS]
 * POSTURE_BENCH_DIR names the folder to work in; a folder in memory has no syncs to measure. */

#include "config.h"

#include "bus/bus.h"
#include "bench-tools.h"
#include "test-folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define N_THREADS 32
#define N_RULES 100
#define BASE_SECONDS 5

typedef enum
{
  DIRECT,
  COMPUTING,
  PREPARING,
  N_KINDS
} Kind;

/* A handler that only counts: what it costs is the bus. */
typedef struct
{
  GObject parent_instance;

  gint committed;
} Handler;

typedef GObjectClass HandlerClass;

static gboolean
commit (PostureTarget      *target,
        PostureTransaction *transaction,
        PostureEvent       *event,
        gpointer            outcome,
        GError            **error)
{
  g_atomic_int_inc (&((Handler *) target)->committed);
  return TRUE;
}

static gpointer
compute (PostureTarget *target,
         PostureEvent  *event,
         GError       **error)
{
  return target;
}

static void
free_outcome (gpointer outcome)
{
}

static void
prepare_async (PostureTarget      *target,
               PostureEvent       *event,
               GCancellable       *cancellable,
               GAsyncReadyCallback callback,
               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (target, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static gboolean
prepare_finish (PostureTarget *target,
                GAsyncResult  *result,
                gpointer      *ret_outcome,
                GError       **error)
{
  *ret_outcome = NULL;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
direct_iface_init (gpointer iface,
                   gpointer data)
{
  PostureTargetInterface *target = iface;

  target->commit = commit;
}

static void
computing_iface_init (gpointer iface,
                      gpointer data)
{
  PostureTargetInterface *target = iface;

  target->compute = compute;
  target->free_outcome = free_outcome;
  target->commit = commit;
}

static void
preparing_iface_init (gpointer iface,
                      gpointer data)
{
  PostureTargetInterface *target = iface;

  target->prepare_async = prepare_async;
  target->prepare_finish = prepare_finish;
  target->commit = commit;
}

static GType
handler_get_type (Kind kind)
{
  static const char *const names[] = { "BenchDirect", "BenchComputing", "BenchPreparing" };
  static const GInterfaceInitFunc inits[] = { direct_iface_init, computing_iface_init, preparing_iface_init };
  const GInterfaceInfo info = { inits[kind], NULL, NULL };
  GType type = g_type_register_static_simple (G_TYPE_OBJECT, names[kind], sizeof (HandlerClass), NULL,
                                              sizeof (Handler), NULL, 0);

  g_type_add_interface_static (type, POSTURE_TYPE_TARGET, &info);
  return type;
}

static const char *const base_migrations[] = {
  "CREATE TABLE bench_row (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;", NULL
};
static const PostureStoreModule base_module = { "bench", base_migrations };

/* What the threads do until there is enough. */
typedef struct
{
  PostureStore *store;
  PostureBus *bus;
  gint next;   /* number of the next event */
  gint end;
  gint64 until; /* or a time */
  gint rows;
} Run;

static void
fail (const GError *error)
{
  g_printerr ("%s\n", error->message);
  exit (1);
}

static gboolean
insert_func (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  return posture_transaction_execute (transaction, error, "INSERT INTO bench_row (text) VALUES (?1)", "t", data);
}

static gpointer
insert_thread (gpointer data)
{
  Run *run = data;
  g_autofree char *text = g_strnfill (330, 'x');

  while (g_get_monotonic_time () < run->until)
    {
      g_autoptr (GError) error = NULL;

      if (!posture_store_write (run->store, insert_func, text, /* cancellable = */ NULL, &error))
        fail (error);
      g_atomic_int_inc (&run->rows);
    }
  return NULL;
}

static gpointer
put_thread (gpointer data)
{
  Run *run = data;
  gint number;

  while ((number = g_atomic_int_add (&run->next, 1)) < run->end)
    {
      g_autofree char *detail = g_strdup_printf ("{\"kind\":\"k%d\",\"number\":%d,\"text\":\"of an event of usual size\"}",
                                                 number % N_RULES, number);
      PostureBusEntry entry = { .source = "bench", .detail_type = "Bench", .detail = detail };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) results = posture_bus_put (run->bus, &entry, 1, &error);

      if (results == NULL)
        fail (error);
    }
  return NULL;
}

static gint64
get_resident (void)
{
  g_autofree char *text = NULL;
  long size = 0, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) && sscanf (text, "%ld %ld", &size, &resident) == 2)
    return resident * sysconf (_SC_PAGESIZE);
  return 0;
}

static PostureStore *
open_store (const char               *folder,
            const PostureStoreModule *module)
{
  const PostureStoreModule *modules[] = { module, NULL };
  g_autoptr (GError) error = NULL;
  PostureStore *store = posture_store_open (folder, modules, /* vfs = */ NULL, &error);

  if (store == NULL)
    fail (error);
  return store;
}

/* Closes a store and lets go of what it has still to say. */
static void
close_store (PostureStore *store)
{
  posture_store_close (store);
  g_object_unref (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

typedef struct
{
  double rate; /* a second */
  double cpu;  /* microseconds each */
} Measure;

/* Rows, one by one from as many threads, which the store commits in groups. They have a file of their own
 * beside that of the events, whose size is measured. */
static Measure
measure_base (void)
{
  double cpu = bench_get_cpu ();
  g_autofree char *folder = bench_folder_new ();
  PostureStore *store = open_store (folder, &base_module);
  Run run = { .store = store };
  GThread *threads[N_THREADS];
  gint64 start = g_get_monotonic_time ();
  Measure measure;

  run.until = start + BASE_SECONDS * G_USEC_PER_SEC;
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("insert", insert_thread, &run);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  measure.rate = run.rows / ((double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  measure.cpu = (bench_get_cpu () - cpu) / run.rows;
  close_store (store);
  test_folder_remove (folder);
  return measure;
}

static void
put_rules (PostureBus *bus)
{
  static const char *const names[] = { "direct", "computing", "preparing" };

  for (guint i = 0; i < N_RULES; i++)
    {
      g_autofree char *name = g_strdup_printf ("rule-%u", i);
      g_autofree char *pattern = g_strdup_printf ("{\"source\":[\"bench\"],\"detail\":{\"kind\":[\"k%u\"]}}", i);
      const char *targets[] = { names[i % N_KINDS], NULL };
      g_autoptr (GError) error = NULL;

      if (!posture_bus_put_rule (bus, name, pattern, targets, &error))
        fail (error);
    }
}

/* Watches while the threads put, and until the last one was delivered. */
typedef struct
{
  Handler *handlers[N_KINDS];
  PostureStore *store;
  PostureBus *bus;
  GMainLoop *loop;
  gint n_events;
  gint64 first_resident; /* when a tenth was delivered */
  gint64 most_resident;
  guint64 most_size;
} Watch;

/* Whether everything has arrived, and is on the disk as arrived. */
static gboolean
is_done (const Watch *watch)
{
  PostureBusFigures figures;
  g_autoptr (GError) error = NULL;

  if (!posture_bus_get_figures (watch->bus, &figures, &error))
    fail (error);
  return figures.pending == 0;
}

static gboolean
watch_cb (gpointer data)
{
  Watch *watch = data;
  gint delivered = 0;

  for (guint i = 0; i < N_KINDS; i++)
    delivered += g_atomic_int_get (&watch->handlers[i]->committed);
  watch->most_size = MAX (watch->most_size, posture_store_get_size (watch->store));
  if (delivered >= watch->n_events / 10)
    {
      watch->most_resident = MAX (watch->most_resident, get_resident ());
      if (watch->first_resident == 0)
        watch->first_resident = watch->most_resident;
    }
  if (delivered >= watch->n_events && is_done (watch))
    g_main_loop_quit (watch->loop);
  return G_SOURCE_CONTINUE;
}

static Measure
measure_bus (PostureBus *bus,
             Watch      *watch)
{
  double cpu = bench_get_cpu ();
  Run run = { .bus = bus, .end = watch->n_events };
  GThread *threads[N_THREADS];
  gint64 start = g_get_monotonic_time ();
  guint id = g_timeout_add (20, watch_cb, watch);

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("put", put_thread, &run);
  g_main_loop_run (watch->loop);
  g_source_remove (id);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  return (Measure) { watch->n_events / ((double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC),
                     (bench_get_cpu () - cpu) / watch->n_events };
}

int
main (int   argc,
      char *argv[])
{
  static const char *const names[] = { "direct", "computing", "preparing" };
  g_autofree char *folder = bench_folder_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PostureClock) clock = posture_clock_new ();
  PostureStore *store = open_store (folder, &posture_bus_store_module);
  g_autoptr (PostureBus) bus = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { .store = store, .loop = loop, .n_events = argc > 1 ? (gint) g_ascii_strtoull (argv[1], NULL, 10) : 1000000 };
  PostureBusFigures figures;
  PostureStoreStatistics statistics;
  Measure before, events, after;
  double rows;

  watch.bus = bus = posture_bus_new (store, clock);
  for (guint i = 0; i < N_KINDS; i++)
    {
      watch.handlers[i] = g_object_new (handler_get_type (i), NULL);
      posture_bus_add_target (bus, names[i], POSTURE_TARGET (watch.handlers[i]), /* policy = */ NULL);
    }
  put_rules (bus);
  before = measure_base ();
  posture_bus_start (bus);
  events = measure_bus (bus, &watch);
  if (!posture_bus_get_figures (bus, &figures, &error))
    fail (error);
  posture_store_get_statistics (store, &statistics);
  posture_bus_stop (bus);
  after = measure_base ();
  rows = (before.rate + after.rate) / 2;
  g_print ("%d events through %d rules with 3 handlers\n"
           "  delivered and acknowledged: %.0f/s, rows in groups %.0f/s (%.0f, %.0f): ratio %.2f, at least 0.50\n"
           "  computing %.1f us an event, %.1f us a row (%.1f, %.1f)\n"
           "  mean batch %.1f, syncs %" G_GUINT64_FORMAT "\n"
           "  resident: %.1f MiB after a tenth, at most %.1f MiB after that: %+.1f %%, at most 10 %%\n"
           "  on the disk at most %.1f MiB; %" G_GINT64_FORMAT " events in the journal, %" G_GINT64_FORMAT
           " pending, %" G_GINT64_FORMAT " given up\n",
           watch.n_events, N_RULES, events.rate, rows, before.rate, after.rate, events.rate / rows, events.cpu,
           (before.cpu + after.cpu) / 2, before.cpu, after.cpu,
           (double) statistics.works / (double) statistics.commits, statistics.commits,
           (double) watch.first_resident / 1048576, (double) watch.most_resident / 1048576,
           100.0 * (double) (watch.most_resident - watch.first_resident) / (double) watch.first_resident,
           (double) watch.most_size / 1048576, figures.events, figures.pending, figures.dead);
  close_store (store);
  for (guint i = 0; i < N_KINDS; i++)
    g_object_unref (watch.handlers[i]);
  test_folder_remove (folder);
  return 0;
}
