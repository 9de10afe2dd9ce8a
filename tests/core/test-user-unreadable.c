/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "user-fixture.h"

#include "store/failpoint.h"
#include "store/store-error.h"
#include "test-folder.h"
#include "user/plan.h"
#include "user/stored-report.h"

/* A profile of which a part cannot be read, or not be written: each door that needs it says so, and none takes it for
 * empty or goes on with half of it. */

typedef struct
{
  UserFixture fixture;
  char *home;
  char *revision;
  char *report;
  char *digest;
} Fixture;

#define DOOR(name, type, free_func, call) \
  static gboolean name (Fixture *self, GError **error) \
  { \
    type *found = call; \
    gboolean is = found != NULL; \
    g_clear_pointer (&found, free_func); \
    return is; \
  }
#define DO_DOOR(name, operation) \
  static gboolean name (Fixture *self, GError **error) \
  { \
    *error = user_apply_error (&self->fixture, operation); \
    return *error == NULL; \
  }
#define USER self->fixture.user

DOOR (assessment, PostureAssessmentItem, g_object_unref, posture_user_service_dup_assessment (USER, self->home, error))
DOOR (answers, PostureAnswers, posture_answers_unref, posture_user_service_dup_answers (USER, self->home, error))
DOOR (times, GHashTable, g_hash_table_unref,
      posture_user_service_dup_answer_times (USER, self->home, G_MAXINT64, error))
DOOR (report, PostureReport, posture_report_unref, posture_user_service_dup_report (USER, self->report, error))
DOOR (stored, PostureStoredReport, posture_stored_report_free,
      posture_user_service_dup_stored_report (USER, self->report, error))
DOOR (all_stored, GPtrArray, g_ptr_array_unref, posture_user_service_dup_stored_reports (USER, 0, 10, error))
DOOR (submitted, PostureAnswers, posture_answers_unref,
      posture_user_service_dup_submitted_answers (USER, self->revision, error))
DOOR (revision, char, g_free, posture_user_service_dup_revision (USER, self->home, error))
DOOR (due, GPtrArray, g_ptr_array_unref, posture_user_service_dup_due (USER, NULL, USER_START, error))
DOOR (proposals, GPtrArray, g_ptr_array_unref,
      posture_user_service_dup_proposals (USER, self->digest, NULL, error))
DOOR (plan, GPtrArray, g_ptr_array_unref, posture_user_service_dup_plan (USER, self->home, error))
DO_DOOR (do_create, posture_operation_new_create (USER_START, self->digest, "Shop"))
DO_DOOR (do_rename, posture_operation_new_rename (USER_START, self->home, "House"))
DO_DOOR (do_archive, posture_operation_new_archive (USER_START, self->home, FALSE))
DO_DOOR (do_answer, posture_operation_new_answer (USER_START, self->home, "lock", "false", FALSE))
DO_DOOR (do_plan, posture_operation_new_plan (USER_START, self->home, "lock", "Jo", NULL, FALSE))
DO_DOOR (do_submit, posture_operation_new_submit (USER_START, self->home))
DO_DOOR (do_delete, posture_operation_new_delete (USER_START, self->home))
DO_DOOR (do_forget, posture_operation_new_delete_report (USER_START, self->report))

#define IN_TABLE(name) { #name, name }

typedef struct
{
  const char *name;
  gboolean (*open) (Fixture *self, GError **error);
} Door;

static const Door doors[] = {
  IN_TABLE (assessment), IN_TABLE (answers), IN_TABLE (times), IN_TABLE (report), IN_TABLE (stored),
  IN_TABLE (all_stored), IN_TABLE (submitted), IN_TABLE (revision), IN_TABLE (due), IN_TABLE (proposals),
  IN_TABLE (plan), IN_TABLE (do_create), IN_TABLE (do_rename), IN_TABLE (do_archive), IN_TABLE (do_answer),
  IN_TABLE (do_plan), IN_TABLE (do_submit), IN_TABLE (do_forget),
};

/* Those that write, also the one that leaves nothing to be asked for. */
static const Door writers[] = {
  IN_TABLE (do_create), IN_TABLE (do_rename), IN_TABLE (do_archive), IN_TABLE (do_answer), IN_TABLE (do_plan),
  IN_TABLE (do_submit), IN_TABLE (do_forget), IN_TABLE (do_delete),
};

typedef struct
{
  const char *table;
  const char *closed; /* the doors that need it */
} Case;

static const Case cases[] = {
  { "user_space",
    "do_create do_rename do_archive do_answer do_plan do_submit do_forget" },
  { "user_questionnaire",
    "answers stored all_stored submitted do_create do_rename do_archive do_answer do_plan "
    "do_submit" },
  { "user_assessment",
    "assessment answers stored all_stored submitted revision due proposals plan do_create "
    "do_rename do_archive do_answer do_plan do_submit" },
  { "user_answer",
    "assessment answers revision due proposals do_answer do_submit" },
  { "user_revision",
    "assessment stored all_stored submitted revision do_submit" },
  { "user_report",
    "assessment report stored all_stored revision do_forget" },
  { "user_operation",
    "assessment times revision do_create do_rename do_archive do_answer do_plan do_submit "
    "do_forget" },
  { "user_change",
    "do_create do_rename do_answer do_plan do_forget" },
  { "user_plan",
    "plan do_plan" },
};

static void
test_without (Fixture      *self,
              gconstpointer data)
{
  const Case *without = data;
  g_autofree char *hide = g_strdup_printf ("ALTER TABLE %s RENAME TO hidden", without->table);
  g_autofree char *show = g_strdup_printf ("ALTER TABLE hidden RENAME TO %s", without->table);
  g_autoptr (GString) closed = g_string_new (NULL);

  user_execute (&self->fixture, hide);
  for (guint i = 0; i < G_N_ELEMENTS (doors); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (doors[i].open (self, &error), ==, error == NULL);
      if (error != NULL && error->domain == POSTURE_STORE_ERROR)
        g_string_append_printf (closed, "%s%s", closed->len > 0 ? " " : "", doors[i].name);
    }
  user_execute (&self->fixture, show);
  user_settle_reads (&self->fixture);
  g_assert_cmpstr (closed->str, ==, without->closed);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  g_autoptr (GError) error = NULL;

  user_fixture_set_up (&self->fixture, data);
  self->digest = g_strdup (posture_questionnaire_get_digest (questionnaire));
  self->home = user_make_report (&self->fixture, "Home", &self->report);
  self->revision = posture_user_service_dup_revision (USER, self->home, &error);
  g_assert_no_error (error);
  user_settle (&self->fixture);
  posture_bus_stop (self->fixture.bus); /* what the doors set off is not what is asked for */
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  user_fixture_tear_down (&self->fixture, data);
  g_free (self->home);
  g_free (self->revision);
  g_free (self->report);
  g_free (self->digest);
}

#if POSTURE_FAILPOINTS
static char *log_file;

/* All that a person can have written. */
static char *
dup_state (Fixture *self)
{
  static const char *const tables[] = {
    "user_operation", "user_assessment", "user_answer", "user_revision", "user_report", "user_plan", "user_change",
    "bus_event",
  };
  g_autoptr (GString) state = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", tables[i]);
      g_autofree char *rows = user_query (&self->fixture, sql);

      g_string_append_printf (state, "%s\n%s\n", tables[i], rows);
    }
  return g_string_free (g_steal_pointer (&state), FALSE);
}

/* The writing statements that a door runs, in their order. */
static char **
list_statements (guint door)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  Fixture fixture = { 0 };

  set_up (&fixture, NULL);
  g_assert_true (g_file_get_contents (log_file, &before, NULL, NULL));
  g_assert_true (writers[door].open (&fixture, &error));
  g_assert_true (g_file_get_contents (log_file, &after, NULL, NULL));
  tear_down (&fixture, NULL);
  lines = g_strsplit (after + strlen (before), "\n", -1);
  /* what comes after the operation's own row is written by reactions, which take nothing down with them */
  for (guint i = 0; lines[i] != NULL && (i == 0 || !g_str_equal (lines[i - 1], "sql.insert.user_operation")); i++)
    if (g_str_has_prefix (lines[i], "sql."))
      g_strv_builder_add (names, lines[i]);
  return g_strv_builder_end (names);
}

/* One after the other of the statements of each door finds no room: the door says so, and nothing of it stays. */
static void
test_no_room (void)
{
  for (guint door = 0; door < G_N_ELEMENTS (writers); door++)
    {
      g_auto (GStrv) names = list_statements (door);

      g_assert_cmpuint (g_strv_length (names), >, 1);
      for (guint i = 0; names[i] != NULL; i++)
        {
          Fixture fixture = { 0 };
          g_autoptr (GError) error = NULL;
          g_autofree char *setting = NULL;
          g_autofree char *before = NULL;
          g_autofree char *after = NULL;
          guint nth = 1;

          for (guint j = 0; j < i; j++)
            nth += g_str_equal (names[j], names[i]);
          setting = g_strdup_printf ("%s:%u=full", names[i], nth);
          g_test_message ("%s: %s", writers[door].name, setting);
          set_up (&fixture, NULL);
          before = dup_state (&fixture);
          posture_failpoint_arm (setting);
          g_assert_false (writers[door].open (&fixture, &error));
          posture_failpoint_arm (NULL);
          g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL);
          after = dup_state (&fixture);
          g_assert_cmpstr (after, ==, before);
          tear_down (&fixture, NULL);
        }
    }
}
#endif

int
main (int   argc,
      char *argv[])
{
#if POSTURE_FAILPOINTS
  g_autofree char *folder = user_folder_new ();
  int result;

  log_file = g_build_filename (folder, "log", NULL);
  g_setenv ("POSTURE_FAILPOINT_LOG", log_file, TRUE);
#endif
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/user/unreadable/", cases[i].table, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_without, tear_down);
    }
#if POSTURE_FAILPOINTS
  g_test_add_func ("/user/unreadable/no-room", test_no_room);
  result = g_test_run ();
  g_free (log_file);
  test_folder_remove (folder);
  return result;
#else
  return g_test_run ();
#endif
}
