/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many events a second can be put durably, against what the engine alone inserts in the same folder.
 *
 * Usage: bench-bus [SECONDS [CASE]]
 * SECONDS are for each round of a case, CASE is its number from 0. Each round begins with an empty journal: once that
 * holds 100,000 events, old ones are deleted at the same time, which the engine alone does not do. (bench-bus-million
 * measures both together.) The machine changes its mind, so the engine is measured before and after each round, and the
 * round that is neither the best nor the worst is told.
 * POSTURE_BENCH_DIR names the folder to work in; a folder in memory has no syncs to measure. */

#include "config.h"

#include "bus/bus.h"

#include "bare-sqlite.h"
#include "bench-tools.h"
#include "test-folder.h"

#include <stdlib.h>

#define ROW_SIZE 400
#define ENVELOPE_SIZE 220
#define MAX_THREADS 64
#define ROUNDS 3

static char *detail; /* of an event that takes about ROW_SIZE bytes in the journal */

/* A target with nothing to do: what it costs is the bus. */
#define BENCH_TYPE_TARGET (bench_target_get_type ())
G_DECLARE_FINAL_TYPE (BenchTarget, bench_target, BENCH, TARGET, GObject)

struct _BenchTarget
{
  GObject parent_instance;
};

static void
bench_target_iface_init (PostureTargetInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchTarget, bench_target, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET, bench_target_iface_init))

static void
bench_target_class_init (BenchTargetClass *klass)
{
}

static void
bench_target_init (BenchTarget *self)
{
}

/* What is measured: how many threads put how many entries at once, with which rule. */
typedef struct
{
  const char *name;
  guint threads;
  guint entries;
  guint bare_rows; /* in one transaction of the engine alone */
  const char *pattern;
} Case;

static const Case cases[] = {
  { "single puts, 64 threads, no rule", 64, 1, 32, NULL },
  { "single puts, 64 threads, a rule that does not match", 64, 1, 32, "{\"source\":[\"other\"]}" },
  { "single puts, 64 threads, a direct target", 64, 1, 32, "{\"source\":[\"bench\"]}" },
  { "puts of 10, 64 threads, no rule", 64, 10, 100, NULL },
  { "puts of 10, 64 threads, a rule that does not match", 64, 10, 100, "{\"source\":[\"other\"]}" },
  { "puts of 10, 64 threads, a direct target", 64, 10, 100, "{\"source\":[\"bench\"]}" },
  { "puts of 10, 1 thread, no rule", 1, 10, 100, NULL },
};

typedef struct
{
  const Case *what;
  PostureBus *bus;
  gint64 end; /* monotonic */
  gint events;
} Run;

static gpointer
put_thread (gpointer data)
{
  Run *run = data;
  PostureBusEntry entries[POSTURE_BUS_MAX_ENTRIES];

  for (guint i = 0; i < run->what->entries; i++)
    entries[i] = (PostureBusEntry) { .source = "bench", .detail_type = "Bench", .detail = detail };
  while (g_get_monotonic_time () < run->end)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) results = posture_bus_put (run->bus, entries, run->what->entries, &error);

      if (results == NULL)
        {
          g_printerr ("%s\n", error->message);
          exit (1);
        }
      g_atomic_int_add (&run->events, (gint) results->len);
    }
  return NULL;
}

typedef struct
{
  double rate; /* a second */
  double cpu;  /* microseconds each */
} Measure;

/* Rows of the engine alone. */
static Measure
run_bare (const Case *what,
          double      seconds)
{
  double cpu = bench_get_cpu ();
  g_autofree char *folder = bench_folder_new ();
  BareSqlite *bare = bare_sqlite_open (folder, ROW_SIZE);
  gint64 start = g_get_monotonic_time ();
  gint64 end = start + (gint64) (seconds * G_USEC_PER_SEC);
  guint64 rows = 0;
  double taken;

  for (; g_get_monotonic_time () < end; rows += what->bare_rows)
    bare_sqlite_insert (bare, what->bare_rows);
  taken = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  bare_sqlite_close (bare);
  test_folder_remove (folder);
  return (Measure) { (double) rows / taken, (bench_get_cpu () - cpu) / (double) rows };
}

static PostureBus *
make_bus (const Case   *what,
          PostureStore *store)
{
  static const char *const targets[] = { "bench", NULL };
  g_autoptr (PostureClock) clock = posture_clock_new ();
  g_autoptr (PostureTarget) target = g_object_new (BENCH_TYPE_TARGET, NULL);
  PostureBus *bus = posture_bus_new (store, clock);

  posture_bus_add_target (bus, "bench", target, /* policy = */ NULL);
  if (what->pattern != NULL &&
      !posture_bus_put_rule (bus, "bench", what->pattern, targets, /* error = */ NULL))
    exit (1);
  return bus;
}

static gboolean
ended_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* Events of the bus; @ret_statistics is what the store did for them. */
static Measure
run_bus (const Case             *what,
         double                  seconds,
         PostureStoreStatistics *ret_statistics)
{
  const PostureStoreModule *modules[] = { &posture_bus_store_module, NULL };
  g_autofree char *folder = bench_folder_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PostureStore) store = posture_store_open (folder, modules, /* vfs = */ NULL, NULL);
  g_autoptr (PostureBus) bus = make_bus (what, store);
  GThread *threads[MAX_THREADS];
  Run run = { .what = what, .bus = bus };
  PostureStoreStatistics before;
  gint64 start;
  double taken, cpu;

  posture_bus_start (bus);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  posture_store_get_statistics (store, &before);
  cpu = bench_get_cpu ();
  start = g_get_monotonic_time ();
  run.end = start + (gint64) (seconds * G_USEC_PER_SEC);
  for (guint i = 0; i < what->threads; i++)
    threads[i] = g_thread_new ("put", put_thread, &run);
  /* a program has a main loop that hears of what was put */
  g_timeout_add ((guint) (seconds * 1000), ended_cb, loop);
  g_main_loop_run (loop);
  for (guint i = 0; i < what->threads; i++)
    g_thread_join (threads[i]);
  taken = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  cpu = bench_get_cpu () - cpu;
  posture_store_get_statistics (store, ret_statistics);
  ret_statistics->works -= before.works;
  ret_statistics->commits -= before.commits;
  posture_bus_stop (bus);
  posture_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  test_folder_remove (folder);
  return (Measure) { run.events / taken, cpu / run.events };
}

/* One round of a case. */
typedef struct
{
  Measure before;
  Measure events;
  Measure after;
  PostureStoreStatistics statistics;
} Round;

static double
get_bare (const Round *round)
{
  return (round->before.rate + round->after.rate) / 2;
}

static double
get_ratio (const Round *round)
{
  return round->events.rate / get_bare (round);
}

static int
compare_rounds (gconstpointer a,
                gconstpointer b)
{
  double x = get_ratio (a), y = get_ratio (b);

  return (x > y) - (x < y);
}

static void
run_case (const Case *what,
          double      seconds)
{
  Round rounds[ROUNDS];
  const Round *told = &rounds[ROUNDS / 2];

  for (guint i = 0; i < ROUNDS; i++)
    {
      rounds[i].before = run_bare (what, seconds / 2);
      rounds[i].events = run_bus (what, seconds, &rounds[i].statistics);
      rounds[i].after = run_bare (what, seconds / 2);
    }
  qsort (rounds, ROUNDS, sizeof *rounds, compare_rounds);
  g_print ("%s\n"
           "  ratio %.2f (%.2f to %.2f): %.0f events/s, bare SQLite with %u rows a transaction %.0f rows/s (%.0f, %.0f)\n"
           "  computing %.1f us an event, bare %.1f us a row (%.1f, %.1f)\n"
           "  mean batch %.1f, largest %" G_GUINT64_FORMAT ", syncs %" G_GUINT64_FORMAT "\n",
           what->name, get_ratio (told), get_ratio (&rounds[0]), get_ratio (&rounds[ROUNDS - 1]), told->events.rate,
           what->bare_rows, get_bare (told), told->before.rate, told->after.rate, told->events.cpu,
           (told->before.cpu + told->after.cpu) / 2, told->before.cpu, told->after.cpu,
           (double) told->statistics.works / (double) MAX (told->statistics.commits, 1), told->statistics.largest,
           told->statistics.commits);
}

int
main (int   argc,
      char *argv[])
{
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 0.6;
  guint first = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 0;
  guint last = argc > 2 ? first : G_N_ELEMENTS (cases) - 1;
  g_autofree char *filling = g_strnfill (ROW_SIZE - ENVELOPE_SIZE, 'x');

  detail = g_strdup_printf ("{\"answer\":{\"value\":\"%s\"}}", filling);
  for (guint i = first; i <= last && i < G_N_ELEMENTS (cases); i++)
    run_case (&cases[i], seconds);
  g_free (detail);
  return 0;
}
