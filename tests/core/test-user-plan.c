/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "user-fixture.h"

#include "user/plan.h"

/* What is planned for findings. */

static char *
plan_text (UserFixture *self,
           const char  *assessment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = posture_user_service_dup_plan (self->user, assessment, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    {
      const PosturePlanItem *item = g_ptr_array_index (items, i);

      g_string_append_printf (text, "%s%s %s %s %d", i > 0 ? ", " : "", item->question,
                              item->owner != NULL ? item->owner : "-",
                              item->due != NULL ? item->due : "-", item->done);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_plan (UserFixture *self,
             const char  *assessment,
             const char  *expected)
{
  g_autofree char *text = plan_text (self, assessment);

  g_assert_cmpstr (text, ==, expected);
}

static void
plan (UserFixture *self,
      const char  *assessment,
      const char  *owner,
      const char  *due,
      gboolean     done)
{
  user_apply (self, posture_operation_new_plan (USER_START, assessment, "lock", owner, due, done));
}

static gint64
count_changes (UserFixture *self)
{
  return user_query_int (self, "SELECT count(*) FROM user_change WHERE row = 'plan'");
}

/* A change record for each change, none for what changes nothing; and the plan outlives a submission. */
static void
test_goes_on (UserFixture  *self,
              gconstpointer data)
{
  g_autofree char *report = NULL;
  g_autofree char *home = user_make_report (self, "Home", &report);
  g_autofree char *image = NULL;
  g_autofree char *revision = NULL;

  assert_plan (self, home, "");
  plan (self, home, "Jo", "2026-12-24", FALSE);
  assert_plan (self, home, "lock Jo 2026-12-24 0");
  assert_plan (self, NULL, "lock Jo 2026-12-24 0");
  g_assert_cmpint (count_changes (self), ==, 1);
  image = user_query (self, "SELECT event, key, old_image, new_image FROM user_change WHERE row = 'plan'");
  g_assert_nonnull (g_strstr_len (image, -1, "{\"done\":false,\"due\":\"2026-12-24\",\"owner\":\"Jo\"}"));
  plan (self, home, "Jo", "2026-12-24", FALSE);
  g_assert_cmpint (count_changes (self), ==, 1);
  plan (self, home, "Jo", "2026-12-24", TRUE);
  g_assert_cmpint (count_changes (self), ==, 2);
  user_answer (self, home, "lock", "false");
  revision = user_submit (self, home);
  assert_plan (self, home, "lock Jo 2026-12-24 1");
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_operation WHERE kind = 'plan'"), ==, 3);
  plan (self, home, NULL, NULL, FALSE);
  assert_plan (self, home, "");
  g_assert_cmpint (count_changes (self), ==, 3);
  user_fixture_close (self);
  user_fixture_open (self);
  assert_plan (self, home, "");
}

static void
test_refused (UserFixture  *self,
              gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");
  g_autofree char *many = g_strnfill (201, 'x');
  struct
  {
    const char *assessment;
    const char *question;
    const char *owner;
    const char *due;
    int code;
  } cases[] = {
    { home, "lock", many, NULL, POSTURE_USER_ERROR_INVALID },
    { home, "lock", "", NULL, POSTURE_USER_ERROR_INVALID },
    { home, "lock", "Jo", "soon", POSTURE_USER_ERROR_INVALID },
    { home, "lock", "Jo", "2026-02-30", POSTURE_USER_ERROR_INVALID },
    { home, "nothing", "Jo", NULL, POSTURE_USER_ERROR_INVALID },
    { home, "who", "Jo", NULL, POSTURE_USER_ERROR_INVALID },
    { "01890a5d-ac96-774b-bcce-b302099a8057", "lock", "Jo", NULL, POSTURE_USER_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = user_apply_error (
        self, posture_operation_new_plan (USER_START, cases[i].assessment, cases[i].question,
                                          cases[i].owner, cases[i].due, FALSE));

      g_assert_error (error, POSTURE_USER_ERROR, cases[i].code);
    }
  assert_plan (self, NULL, "");
}

/* With its assessment everything of it goes, also out of the history. */
static void
test_deleted (UserFixture  *self,
              gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");

  plan (self, home, "Josephine-the-owner", "2026-12-24", FALSE);
  user_apply (self, posture_operation_new_delete (USER_START, home));
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_plan"), ==, 0);
  g_assert_cmpint (count_changes (self), ==, 0);
  user_settle (self);
  user_fixture_close (self);
  g_assert_false (user_folder_holds (self->folder, "Josephine-the-owner"));
  user_fixture_open (self);
}

/* A profile of a program that knew no plans is brought up, with all that is in it. */
static void
test_migrated (UserFixture  *self,
               gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");

  user_execute (self, "DROP TABLE user_plan");
  user_execute (self, "DROP TABLE user_reminder");
  user_execute (self, "UPDATE schema SET version = 2 WHERE module = 'user'");
  user_fixture_close (self);
  user_fixture_open (self);
  assert_plan (self, home, "");
  plan (self, home, "Jo", NULL, FALSE);
  assert_plan (self, home, "lock Jo - 0");
  g_assert_cmpint (user_query_int (self, "SELECT version FROM schema WHERE module = 'user'"), ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/user/plan/" name, UserFixture, NULL, user_fixture_set_up, func, user_fixture_tear_down)
  ADD ("goes-on", test_goes_on);
  ADD ("refused", test_refused);
  ADD ("deleted", test_deleted);
  ADD ("migrated", test_migrated);
#undef ADD
  return g_test_run ();
}
