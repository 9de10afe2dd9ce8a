/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person who answers, submits, changes an answer and submits again, and who begins again where the
 * program was when it crashed. Each line that is printed tells of something that was acknowledged.
 *
 * Usage: crash-driver FOLDER
 *
 * CRASH_SEED: by what a loss of power decides what is lost
 * CRASH_FULL=N: the disk is full from the N-th write on, until it was noticed */

#include "config.h"

#include "platform.h"
#include "store/failpoint.h"
#include "store/profile-lock.h"
#include "store/store-error.h"
#include "test-vfs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RATED "\"section\":\"s\",\"weight\":1,\"severity\":\"low\",\"effort\":\"low\","

static const char structure[] =
  "{\"format\":1,\"id\":\"crash\",\"version\":\"1.0.0\",\"references\":{},"
  "\"method\":{\"id\":\"weighted\",\"levels\":[{\"id\":\"all\",\"from\":0}]},"
  "\"sections\":[{\"id\":\"s\"}],\"questions\":["
  "{\"id\":\"q1\"," RATED "\"kind\":\"yes-no\"},"
  "{\"id\":\"q2\"," RATED "\"kind\":\"yes-no\"},"
  "{\"id\":\"q3\"," RATED "\"kind\":\"yes-no\"}]}";

/* Waits a hundredth of what it is asked to, so that pauses do not make the test long. */
typedef struct
{
  PostureClock parent_instance;
} HastyClock;

typedef struct
{
  PostureClockClass parent_class;
  guint (*add_timeout) (PostureClock *, gint64, GSourceFunc, gpointer);
} HastyClockClass;

static GType hasty_clock_get_type (void);
G_DEFINE_TYPE (HastyClock, hasty_clock, POSTURE_TYPE_CLOCK)

static guint
hasty_clock_add_timeout (PostureClock *clock,
                         gint64        delay,
                         GSourceFunc   function,
                         gpointer      data)
{
  return POSTURE_CLOCK_CLASS (hasty_clock_parent_class)->add_timeout (clock, delay / 100 + 1, function, data);
}

static void
hasty_clock_class_init (HastyClockClass *klass)
{
  POSTURE_CLOCK_CLASS (klass)->add_timeout = hasty_clock_add_timeout;
}

static void
hasty_clock_init (HastyClock *self)
{
}

static void
say (const char *what,
     const char *which)
{
  g_autofree char *line = g_strdup_printf ("%s %s\n", what, which);

  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    exit (1);
}

static void
give_up (const GError *error)
{
  say ("error", error->message);
  exit (1);
}

/* A full disk is told; the person makes room and goes on. Anything else is a failure of the test. */
static gboolean
make_room (GError **error)
{
  if (*error == NULL)
    return FALSE;
  if (!g_error_matches (*error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL))
    give_up (*error);
  say ("full", (*error)->message);
  g_clear_error (error);
  test_vfs_fill_disk (0, 0);
  return TRUE;
}

static PosturePlatform *
open_platform (const char     *folder,
               PostureClock   *clock,
               PostureLibrary *library)
{
  PosturePlatform *platform;
  GError *error = NULL;

  do
    platform = posture_platform_open (folder, clock, library, /* vfs = */ NULL, &error);
  while (make_room (&error));
  return platform;
}

static void
apply (PostureUserService *user,
       PostureOperation   *operation)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  GError *error = NULL;

  g_ptr_array_add (operations, operation);
  do
    posture_user_service_apply (user, operations, &error);
  while (make_room (&error));
}

/* The assessment that an earlier run has begun, or a new one. */
static char *
find_assessment (PostureUserService *user,
                 PostureClock       *clock,
                 const char         *digest)
{
  g_autoptr (PostureUserList) list = posture_user_service_list_assessments (user, FALSE);
  g_autoptr (PostureAssessmentItem) item = NULL;
  g_autoptr (PostureOperation) create = NULL;

  while (posture_paged_list_is_loading (POSTURE_PAGED_LIST (list)))
    g_main_context_iteration (NULL, TRUE);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  if (item != NULL)
    return g_strdup (posture_assessment_item_get_id (item));
  create = posture_operation_new_create (posture_clock_get_now (clock), digest, "Crash");
  apply (user, create);
  say ("created", posture_operation_get_assessment (create));
  return g_strdup (posture_operation_get_assessment (create));
}

/* As if another process delivered: what is put meanwhile waits as rows, which this one delivers when it ends.
 * Otherwise mostly a delivery arrives in the transaction of its put. */
static PostureProfileLock *elsewhere;

static void
hold_deliveries (const char *folder)
{
  GError *error = NULL;

  g_mkdir_with_parents (folder, 0700);
  elsewhere = posture_profile_lock_new (folder);
  if (!posture_profile_lock_try (elsewhere, &error))
    give_up (error);
}

static char *reported;

static void
reported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;

  reported = posture_user_service_wait_report_finish (POSTURE_USER_SERVICE (source), result, &error);
  if (reported == NULL)
    give_up (error);
}

static void
wait_for_report (PostureUserService *user,
                 const char         *assessment,
                 const char         *what)
{
  GError *error = NULL;
  g_autofree char *revision = posture_user_service_dup_revision (user, assessment, &error);

  if (revision == NULL)
    give_up (error);
  say (what, revision);
  g_clear_object (&elsewhere);
  posture_user_service_wait_report_async (user, revision, /* cancellable = */ NULL, reported_cb, NULL);
  while (reported == NULL)
    g_main_context_iteration (NULL, TRUE);
  say ("report", reported);
  g_clear_pointer (&reported, g_free);
}

static void
submit (PostureUserService *user,
        PostureClock       *clock,
        const char         *assessment)
{
  g_autoptr (PostureOperation) operation = posture_operation_new_submit (posture_clock_get_now (clock),
                                                                         assessment);

  apply (user, operation);
  wait_for_report (user, assessment, "submitted");
}

static void
answer (PostureUserService *user,
        PostureClock       *clock,
        const char         *assessment,
        const char         *question,
        const char         *value)
{
  g_autoptr (PostureOperation) operation = posture_operation_new_answer (posture_clock_get_now (clock),
                                                                         assessment, question, value, FALSE);

  apply (user, operation);
  say ("answered", question);
}

/* How far earlier runs have come is seen from the submissions that are there. */
static void
play (PostureUserService *user,
      PostureClock       *clock,
      const char         *assessment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAssessmentItem) item = posture_user_service_dup_assessment (user, assessment, &error);

  if (item == NULL)
    give_up (error);
  if (posture_assessment_item_get_revision_number (item) == 0)
    {
      answer (user, clock, assessment, "q1", "true");
      answer (user, clock, assessment, "q2", "{\"unknown\":true}");
      answer (user, clock, assessment, "q3", "{\"note\":\"to be seen to\",\"value\":false}");
      submit (user, clock, assessment);
    }
  else
    wait_for_report (user, assessment, "waiting");
  if (posture_assessment_item_get_revision_number (item) < 2)
    {
      answer (user, clock, assessment, "q2", "true");
      submit (user, clock, assessment);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PostureClock) clock = g_object_new (hasty_clock_get_type (), NULL);
  g_autoptr (PostureLibrary) library = posture_library_new ();
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (structure, sizeof structure - 1);
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PosturePlatform) platform = NULL;
  g_autofree char *assessment = NULL;
  const char *full = g_getenv ("CRASH_FULL");
  const char *seed = g_getenv ("CRASH_SEED");
  TestVfsCounts counts;

  test_vfs_register ("crash", /* make_default = */ TRUE);
  posture_failpoint_set_power_loss (test_vfs_lose_power);
  test_vfs_set_seed (seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 1);
  if (full != NULL)
    test_vfs_fill_disk (g_ascii_strtoull (full, NULL, 10), 6);

  questionnaire = posture_library_add (library, bytes, "crash.json", TRUE, faults);
  if (questionnaire == NULL)
    {
      g_autoptr (GError) error = posture_faults_to_error (faults);

      give_up (error);
    }
  hold_deliveries (argc > 1 ? argv[1] : "");
  platform = open_platform (argc > 1 ? argv[1] : "", clock, library);
  assessment = find_assessment (posture_platform_get_user (platform), clock,
                                posture_questionnaire_get_digest (questionnaire));
  play (posture_platform_get_user (platform), clock, assessment);
  posture_platform_close (platform);

  test_vfs_get_counts (&counts);
  {
    g_autofree char *figures = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                                                counts.database_writes + counts.log_writes,
                                                counts.database_syncs + counts.log_syncs, counts.refused);

    say ("done", figures);
  }
  return 0;
}
