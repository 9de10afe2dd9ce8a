/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "user-fixture.h"

#include "store/store-error.h"
#include "user/plan.h"
#include "user/stored-report.h"

/* A profile of which a part cannot be read: each door that needs it says so, and none takes it for empty. */

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
DO_DOOR (do_forget, posture_operation_new_delete_report (USER_START, self->report))

#define IN_TABLE(name) { #name, name }

static const struct
{
  const char *name;
  gboolean (*open) (Fixture *self, GError **error);
} doors[] = {
  IN_TABLE (assessment), IN_TABLE (answers), IN_TABLE (times), IN_TABLE (report), IN_TABLE (stored),
  IN_TABLE (all_stored), IN_TABLE (submitted), IN_TABLE (revision), IN_TABLE (due), IN_TABLE (proposals),
  IN_TABLE (plan), IN_TABLE (do_create), IN_TABLE (do_rename), IN_TABLE (do_archive), IN_TABLE (do_answer),
  IN_TABLE (do_plan), IN_TABLE (do_submit), IN_TABLE (do_forget),
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/user/unreadable/", cases[i].table, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_without, tear_down);
    }
  return g_test_run ();
}
