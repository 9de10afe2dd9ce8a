/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes to load a questionnaire, to see which of its questions are asked, to see it
 * again after one answer, and to rate, at 100, 1,000 and 10,000 questions with conditions.
 *
 * Usage: bench-model [RUNS] */

#include "config.h"

#include "model/visibility.h"
#include "rating/rating.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define DEFAULT_RUNS 20
#define KEPT_MEMORY (1 << 30)

/* Every second question has a condition: on the one before, on three before, or on the first. */
static GBytes *
write_structure (guint length)
{
  g_autoptr (GString) text = g_string_new (
    "{\"format\":1,\"id\":\"b\",\"version\":\"1.0.0\",\"method\":{\"id\":\"weighted\",\"levels\":"
    "[{\"id\":\"l\",\"from\":0}]},\"sections\":[{\"id\":\"s\"}],\"questions\":[");

  for (guint i = 0; i < length; i++)
    {
      g_string_append_printf (
        text, "%s{\"id\":\"q.%u\",\"section\":\"s\",\"kind\":\"choice\",\"weight\":%u,"
        "\"severity\":\"low\",\"effort\":\"low\",\"options\":[{\"id\":\"no\",\"credit\":0},"
        "{\"id\":\"part\",\"credit\":0.5},{\"id\":\"yes\",\"credit\":1}]", i > 0 ? "," : "", i,
        i % 5 + 1);
      if (i % 6 == 1)
        g_string_append_printf (text, ",\"condition\":{\"pattern\":{\"q.%u\":[\"yes\",\"part\"]}}",
                                i - 1);
      else if (i % 6 == 3)
        g_string_append_printf (
          text, ",\"condition\":{\"or\":[{\"pattern\":{\"q.%u\":[\"yes\"]}},{\"not\":{\"pattern\":"
          "{\"q.%u\":[\"no\"]}}},{\"pattern\":{\"q.%u\":[{\"exists\":true}]}}]}", i - 1, i - 2,
          i - 3);
      else if (i % 6 == 5)
        g_string_append (text, ",\"condition\":{\"pattern\":{\"q.0\":[\"yes\"]}}");
      g_string_append_c (text, '}');
    }
  g_string_append (text, "]}");
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/* Nanoseconds that this thread has computed. Nothing here waits, and others use the machine, too. */
static gint64
get_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static void
add_time (GArray *times,
          gint64  start)
{
  gint64 taken = get_time () - start;

  g_array_append_val (times, taken);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* The middle one of several runs, in milliseconds. The clocks of virtual machines stand still now and then, so that
 * the quickest run can be quicker than any. */
static double
find_middle (GArray *times)
{
  g_array_sort (times, compare_times);
  return (double) g_array_index (times, gint64, times->len / 2) / 1000000.0;
}

static GArray *
new_times (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

static PostureAnswers *
answer_all (PostureQuestionnaire *questionnaire,
            PostureAnswer *const *answers)
{
  PostureAnswers *all = posture_answers_new ();

  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    posture_answers_set (
      all, posture_question_get_id (posture_questionnaire_get_question (questionnaire, i)),
      answers[i % 3]);
  return all;
}

/* What is given back stays with the program, whatever its size. Otherwise of the runs with a small questionnaire
 * all but the first would be given what the one before left, and those with a large one would have to fetch
 * each page from the system again, which on virtual machines takes longer than everything else. */
static void
keep_memory (void)
{
  mallopt (M_MMAP_MAX, 0);
  mallopt (M_TRIM_THRESHOLD, KEPT_MEMORY);
}

static PostureQuestionnaire *
load_once (GBytes *bytes,
           GArray *times)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  PostureQuestionnaire *questionnaire;
  gint64 start;

  start = get_time ();
  questionnaire = posture_questionnaire_new (bytes, NULL, faults);
  add_time (times, start);
  return questionnaire;
}

static void
rate_once (PostureQuestionnaire *questionnaire,
           PostureAnswers       *answers,
           GArray               *times)
{
  const PostureRatingContext context = {
    "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
  };
  gint64 start;

  start = get_time ();
  posture_report_unref (posture_rate (questionnaire, answers, &context, NULL));
  add_time (times, start);
}

static double
get_memory (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd);
}

static void
run (guint length,
     guint runs)
{
  g_autoptr (GBytes) bytes = write_structure (length);
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureVisibility) visibility = NULL;
  PostureAnswer *one[3];
  PostureQuestion *first;
  gint64 start;
  g_autoptr (GArray) load = new_times (), all = new_times (), many = new_times ();
  g_autoptr (GArray) single = new_times (), rating = new_times ();
  double memory = 0;

  for (guint i = 0; i < runs; i++)
    {
      g_clear_pointer (&questionnaire, posture_questionnaire_unref);
      memory = get_memory ();
      questionnaire = load_once (bytes, load);
      memory = (get_memory () - memory) / length;
    }
  first = posture_questionnaire_get_question (questionnaire, 0);
  one[0] = posture_answer_new_from_text ("\"yes\"", first, NULL);
  one[1] = posture_answer_new_from_text ("\"no\"", first, NULL);
  one[2] = posture_answer_new_from_text ("{\"unknown\":true}", first, NULL);
  answers = answer_all (questionnaire, one);
  visibility = posture_visibility_new (questionnaire, answers);
  for (guint i = 0; i < runs; i++)
    {
      start = get_time ();
      g_array_unref (posture_questionnaire_find_visible (questionnaire, answers));
      add_time (all, start);
      posture_answers_set (answers, "q.0", one[(i + 1) % 2]);
      start = get_time ();
      g_array_unref (posture_visibility_update (visibility, answers, "q.0"));
      add_time (many, start);
      posture_answers_set (answers, "q.12", one[(i + 1) % 2]);
      start = get_time ();
      g_array_unref (posture_visibility_update (visibility, answers, "q.12"));
      add_time (single, start);
      rate_once (questionnaire, answers, rating);
    }
  g_print ("%6u questions: load %8.3f ms, visibility %8.3f ms, after one answer that a sixth"
           " depends on %7.3f ms, that a few depend on %7.3f ms, rating %8.3f ms, %.0f bytes a question\n",
           length, find_middle (load), find_middle (all), find_middle (many), find_middle (single),
           find_middle (rating), memory);
  for (guint i = 0; i < G_N_ELEMENTS (one); i++)
    posture_answer_unref (one[i]);
}

int
main (int    argc,
      char **argv)
{
  static const guint lengths[] = { 100, 1000, 10000 };
  guint64 runs = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : DEFAULT_RUNS;

  keep_memory ();
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    run (lengths[i], (guint) CLAMP (runs, 1, 100000));
  return EXIT_SUCCESS;
}
