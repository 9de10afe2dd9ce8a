/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a person waits between submitting and the report in the list, beside the time that one
 * synced row takes in the same folder. */

#include "bare-sqlite.h"
#include "bench-tools.h"
#include "test-folder.h"
#include "platform.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 1000
#define ROW_SIZE 400
#define GOAL 4.0

/* Moments of one round. A report that is computed in the transaction of its submission can be listed
 * before the submission's own callback has run, so each is measured from the beginning. */
enum
{
  BEGUN,
  ANSWERED, /* the submission is on disk and its caller knows */
  RATED,    /* the bus has told that it delivered: the report's row is there */
  LISTED,   /* the list has told */
  N_MOMENTS
};

typedef struct
{
  PosturePlatform *platform;
  PostureClock *clock;
  char *assessment;
  guint reports;
  gint64 moments[N_MOMENTS];
} Bench;

static gint64
now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static void
check (gboolean      fine,
       const GError *error)
{
  if (fine)
    return;
  g_printerr ("%s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static void
apply (Bench            *bench,
       PostureOperation *operation)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (list, operation);
  check (posture_user_service_apply (posture_platform_get_user (bench->platform), list, &error), error);
}

/* The answers of the example, all but the notes' words being what people give. */
static void
fill_in (Bench *bench)
{
  g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_current (
    posture_platform_get_library (bench->platform), "essentials");
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const PostureJsonNode *answers;
  PostureOperation *create;

  check (g_file_get_contents (g_getenv ("POSTURE_EXAMPLE"), &text, NULL, &error), error);
  document = posture_json_document_new_text (text, &error);
  check (document != NULL, error);
  answers = posture_json_node_get_member (posture_json_document_get_root (document), "answers");
  create = posture_operation_new_create (posture_clock_get_now (bench->clock),
                                         posture_questionnaire_get_digest (questionnaire), "Bench");
  bench->assessment = g_strdup (posture_operation_get_assessment (create));
  apply (bench, create);
  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    {
      const char *id = posture_question_get_id (posture_questionnaire_get_question (questionnaire, i));
      const PostureJsonNode *answer = posture_json_node_get_member (answers, id);
      g_autofree char *canonical = answer != NULL ? posture_json_node_to_text (answer) : NULL;

      if (canonical != NULL)
        apply (bench, posture_operation_new_answer (posture_clock_get_now (bench->clock), bench->assessment,
                                                    id, canonical, FALSE));
    }
}

static void
listed_cb (Bench *bench,
           guint  position,
           guint  removed,
           guint  added)
{
  bench->reports += added;
  bench->moments[LISTED] = now_ns ();
}

static void
delivered_cb (Bench      *bench,
              const char *topic)
{
  if (bench->moments[RATED] == 0)
    bench->moments[RATED] = now_ns ();
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;

  check (posture_user_service_apply_finish (POSTURE_USER_SERVICE (source), result, &error), error);
  bench->moments[ANSWERED] = now_ns ();
}

static void
submit (Bench *bench)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  guint reports = bench->reports;

  memset (bench->moments, 0, sizeof bench->moments);
  bench->moments[BEGUN] = now_ns ();
  g_ptr_array_add (list, posture_operation_new_submit (posture_clock_get_now (bench->clock), bench->assessment));
  posture_user_service_apply_async (posture_platform_get_user (bench->platform), list, NULL, applied_cb, bench);
  while (bench->reports == reports || bench->moments[ANSWERED] == 0 || bench->moments[RATED] == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
settle (void)
{
  gint64 end = now_ns () + 1000000;

  while (now_ns () < end)
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
print (const char *what,
       gint64     *samples,
       gint64     *bare)
{
  double median = (double) bench_percentile (samples, ROUNDS, 0.5) / (double) bench_percentile (bare, ROUNDS, 0.5);
  double tail = (double) bench_percentile (samples, ROUNDS, 0.99) / (double) bench_percentile (bare, ROUNDS, 0.99);

  g_print ("%-28s median %7.0f us (%.2f)   p99 %7.0f us (%.2f)\n", what,
           (double) bench_percentile (samples, ROUNDS, 0.5) / 1000, median,
           (double) bench_percentile (samples, ROUNDS, 0.99) / 1000, tail);
  return median <= GOAL && tail <= GOAL;
}

static gboolean
run (Bench      *bench,
     BareSqlite *bare)
{
  static const char *const names[N_MOMENTS] = { NULL, "submit until acknowledged", "submit until delivered",
                                                "submit until listed" };
  gint64 *samples[N_MOMENTS];
  gint64 *bare_samples = g_new0 (gint64, ROUNDS);
  gboolean fast = FALSE;

  for (guint m = ANSWERED; m < N_MOMENTS; m++)
    samples[m] = g_new0 (gint64, ROUNDS);
  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 begin;

      apply (bench, posture_operation_new_answer (posture_clock_get_now (bench->clock), bench->assessment,
                                                  "3.B", i % 2 == 0 ? "9" : "17", FALSE));
      settle ();
      begin = now_ns ();
      bare_sqlite_insert (bare, 1);
      bare_samples[i] = now_ns () - begin;
      submit (bench);
      for (guint m = ANSWERED; m < N_MOMENTS; m++)
        samples[m][i] = bench->moments[m] - bench->moments[BEGUN];
      settle ();
    }
  print ("one synced row", bare_samples, bare_samples);
  for (guint m = ANSWERED; m < N_MOMENTS; m++)
    {
      /* the last one, until listed, is what the goal is about */
      fast = print (names[m], samples[m], bare_samples);
      g_free (samples[m]);
    }
  g_free (bare_samples);
  return fast;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("posture-bench-XXXXXX", &error);
  Bench bench = { .clock = posture_clock_new () };
  PostureLibrary *library = posture_platform_load_library (/* folder = */ NULL, &error);
  PostureUserList *list;
  BareSqlite *bare;
  gboolean fast;

  check (folder != NULL && library != NULL, error);
  bench.platform = posture_platform_open (folder, bench.clock, library, NULL, &error);
  check (bench.platform != NULL, error);
  bare = bare_sqlite_open (folder, ROW_SIZE);
  fill_in (&bench);
  list = posture_user_service_list_reports (posture_platform_get_user (bench.platform), NULL);
  while (posture_paged_list_is_loading (POSTURE_PAGED_LIST (list)))
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (listed_cb), &bench);
  g_signal_connect_swapped (posture_platform_get_store (bench.platform), "changed::bus.delivered",
                            G_CALLBACK (delivered_cb), &bench);
  fast = run (&bench, bare);
  g_print ("goal: at most %.0f times one synced row: %s\n", GOAL, fast ? "met" : "missed");
  bare_sqlite_close (bare);
  g_object_unref (list);
  posture_platform_close (bench.platform);
  g_object_unref (bench.platform);
  posture_library_unref (library);
  g_object_unref (bench.clock);
  g_free (bench.assessment);
  test_folder_remove (folder);
  return EXIT_SUCCESS;
}
