/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of assessments and reports: pages, and the fewest changes that tell what happened. */

#include "user-fixture.h"

#define NOW USER_START

/* What a list says, as "position-removed+added" of each change. */
typedef struct
{
  PostureUserList *list;
  GString *changes;
  guint n_changes;
  guint n_loading;
  guint n_complete;
} Watch;

static void
changed_cb (Watch *watch,
            guint  position,
            guint  removed,
            guint  added)
{
  g_string_append_printf (watch->changes, "%s%u-%u+%u", watch->changes->len > 0 ? " " : "", position, removed,
                          added);
  watch->n_changes++;
}

static void
loading_cb (Watch *watch)
{
  watch->n_loading++;
}

static void
complete_cb (Watch *watch)
{
  watch->n_complete++;
}

static Watch *
watch_new (PostureUserList *list)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->list = list;
  watch->changes = g_string_new (NULL);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (changed_cb), watch);
  g_signal_connect_swapped (list, "notify::loading", G_CALLBACK (loading_cb), watch);
  g_signal_connect_swapped (list, "notify::complete", G_CALLBACK (complete_cb), watch);
  return watch;
}

/* Also drops the list, of which nothing is left. */
static void
watch_free (Watch *watch)
{
  g_signal_handlers_disconnect_by_data (watch->list, watch);
  g_assert_finalize_object (watch->list);
  g_string_free (watch->changes, TRUE);
  g_free (watch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watch, watch_free)

static void
assert_changes (UserFixture *self,
                Watch       *watch,
                const char  *expected)
{
  user_settle (self);
  g_assert_cmpstr (watch->changes->str, ==, expected);
  g_string_truncate (watch->changes, 0);
}

static guint
count (Watch *watch)
{
  return g_list_model_get_n_items (G_LIST_MODEL (watch->list));
}

static char *
dup_name (Watch *watch,
          guint  position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (watch->list), position);

  g_assert_nonnull (item);
  return g_strdup (POSTURE_IS_REPORT_ITEM (item)
                     ? posture_report_item_get_assessment_name (POSTURE_REPORT_ITEM (item))
                     : posture_assessment_item_get_name (POSTURE_ASSESSMENT_ITEM (item)));
}

static void
assert_names (Watch      *watch,
              const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < count (watch); i++)
    {
      g_autofree char *name = dup_name (watch, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

/* Many assessments with numbers for names; gives their ids. */
static GPtrArray *
create_many (UserFixture *self,
             guint        n)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      PostureOperation *operation = posture_operation_new_create (
        NOW, posture_questionnaire_get_digest (questionnaire), name);

      g_ptr_array_add (list, operation);
      g_ptr_array_add (ids, g_strdup (posture_operation_get_assessment (operation)));
    }
  g_assert_true (posture_user_service_apply (self->user, list, &error));
  g_assert_no_error (error);
  user_settle (self);
  return ids;
}

static Watch *
watch_assessments (UserFixture *self,
                   gboolean     archived)
{
  Watch *watch = watch_new (posture_user_service_list_assessments (self->user, archived));

  user_settle (self);
  g_string_truncate (watch->changes, 0);
  return watch;
}

static Watch *
watch_reports (UserFixture *self,
               const char  *assessment)
{
  Watch *watch = watch_new (posture_user_service_list_reports (self->user, assessment));

  user_settle (self);
  g_string_truncate (watch->changes, 0);
  return watch;
}

/* A page comes when somebody asks for one of the last items; each is told once. */
static void
test_paging (UserFixture  *self,
             gconstpointer data)
{
  g_autoptr (GPtrArray) ids = create_many (self, 230);
  g_autoptr (Watch) watch = watch_new (posture_user_service_list_assessments (self->user, FALSE));
  static const char *const pages[] = { "0-0+50", "50-0+50", "100-0+50", "150-0+50", "200-0+30" };
  g_autofree char *last = NULL;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (watch->list)) == POSTURE_TYPE_ASSESSMENT_ITEM);
  g_assert_true (posture_paged_list_is_loading (POSTURE_PAGED_LIST (watch->list)));
  assert_changes (self, watch, pages[0]);
  for (guint i = 1; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *early = dup_name (watch, count (watch) - 11);
      g_autofree char *late = NULL;
      g_autofree char *again = NULL;
      gboolean loading, complete;

      assert_changes (self, watch, "");
      late = dup_name (watch, count (watch) - 10);
      again = dup_name (watch, count (watch) - 1);
      posture_paged_list_load_more (POSTURE_PAGED_LIST (watch->list));
      g_object_get (watch->list, "loading", &loading, "complete", &complete, NULL);
      g_assert_true (loading);
      g_assert_false (complete);
      assert_changes (self, watch, pages[i]);
    }
  g_assert_cmpuint (count (watch), ==, 230);
  g_assert_true (posture_paged_list_is_complete (POSTURE_PAGED_LIST (watch->list)));
  g_assert_false (posture_paged_list_is_loading (POSTURE_PAGED_LIST (watch->list)));
  g_assert_cmpuint (watch->n_loading, ==, 9); /* the first began before anybody looked */
  g_assert_cmpuint (watch->n_complete, ==, 1);
  last = dup_name (watch, 229);
  g_assert_cmpstr (last, ==, "0");
  assert_changes (self, watch, "");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (watch->list), 230));
  posture_paged_list_load_more (POSTURE_PAGED_LIST (watch->list));
  assert_changes (self, watch, "");
}

/* Each thing that happens is one change of one item, and nothing is told that did not happen. */
static void
test_follow (UserFixture  *self,
             gconstpointer data)
{
  g_autoptr (Watch) active = watch_assessments (self, FALSE);
  g_autoptr (Watch) archived = watch_assessments (self, TRUE);
  g_autofree char *a = user_create (self, "A");
  g_autofree char *b = NULL;
  g_autofree char *c = NULL;

  g_assert_cmpuint (active->n_complete, ==, 1);
  assert_changes (self, active, "0-0+1");
  b = user_create (self, "B");
  assert_changes (self, active, "0-0+1");
  c = user_create (self, "C");
  assert_changes (self, active, "0-0+1");
  user_apply (self, posture_operation_new_rename (NOW, b, "Bee"));
  assert_changes (self, active, "1-1+1");
  user_apply (self, posture_operation_new_rename (NOW, b, "Bee"));
  assert_changes (self, active, "");
  user_answer (self, a, "lock", "true");
  assert_changes (self, active, "2-1+1");
  user_answer (self, a, "lock", "true");
  assert_changes (self, active, "");
  assert_changes (self, archived, "");
  user_apply (self, posture_operation_new_archive (NOW, b, TRUE));
  assert_changes (self, active, "1-1+0");
  assert_changes (self, archived, "0-0+1");
  user_apply (self, posture_operation_new_archive (NOW, c, TRUE));
  assert_changes (self, active, "0-1+0");
  assert_changes (self, archived, "0-0+1");
  user_apply (self, posture_operation_new_archive (NOW, b, FALSE));
  assert_changes (self, active, "0-0+1");
  assert_changes (self, archived, "1-1+0");
  assert_names (active, "Bee A");
  user_apply (self, posture_operation_new_delete (NOW, a));
  assert_changes (self, active, "1-1+0");
  assert_changes (self, archived, "");
  g_assert_cmpuint (active->n_loading, ==, 1);
}

/* What is further down than somebody has looked is not told of, and comes with its page. */
static void
test_below (UserFixture  *self,
            gconstpointer data)
{
  g_autoptr (GPtrArray) ids = create_many (self, 60);
  g_autoptr (Watch) watch = watch_assessments (self, FALSE);
  g_autofree char *item = NULL;
  g_autofree char *name = NULL;

  user_apply (self, posture_operation_new_rename (NOW, g_ptr_array_index (ids, 3), "three"));
  user_apply (self, posture_operation_new_delete (NOW, g_ptr_array_index (ids, 0)));
  assert_changes (self, watch, "");
  item = dup_name (watch, 49);
  assert_changes (self, watch, "50-0+9");
  name = dup_name (watch, 56);
  g_assert_cmpstr (name, ==, "three");
}

/* When most of what is shown goes, what was below comes without anybody asking. */
static void
test_shrink (UserFixture  *self,
             gconstpointer data)
{
  g_autoptr (GPtrArray) ids = create_many (self, 60);
  g_autoptr (Watch) watch = watch_assessments (self, FALSE);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);

  for (guint i = 12; i < 59; i++)
    g_ptr_array_add (list, posture_operation_new_delete (NOW, g_ptr_array_index (ids, i)));
  g_assert_true (posture_user_service_apply (self->user, list, NULL));
  /* the first is read before the others are heard of */
  assert_changes (self, watch, "47-1+0 1-46+0 3-0+10");
  assert_names (watch, "59 11 10 9 8 7 6 5 4 3 2 1 0");
  g_assert_true (posture_paged_list_is_complete (POSTURE_PAGED_LIST (watch->list)));
}

/* Reports: of all, of one; a new name shows on each of them. */
static void
test_reports (UserFixture  *self,
              gconstpointer data)
{
  g_autoptr (Watch) all = watch_reports (self, NULL);
  g_autofree char *first = NULL;
  g_autofree char *a = user_make_report (self, "A", &first);
  g_autoptr (Watch) of_a = watch_reports (self, a);
  g_autofree char *second = NULL;
  g_autofree char *b = NULL;
  g_autofree char *revision = NULL;
  g_autofree char *third = NULL;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (all->list)) == POSTURE_TYPE_REPORT_ITEM);
  assert_changes (self, all, "0-0+1");
  b = user_make_report (self, "B", &second);
  assert_changes (self, all, "0-0+1");
  assert_changes (self, of_a, "");
  user_answer (self, a, "lock", "false");
  assert_changes (self, all, "");
  revision = user_submit (self, a);
  third = user_wait_report (self, revision);
  assert_changes (self, all, "0-0+1");
  assert_changes (self, of_a, "0-0+1");
  assert_names (all, "A B A");
  user_apply (self, posture_operation_new_rename (NOW, a, "Ay"));
  assert_changes (self, all, "0-1+1 2-1+1");
  assert_changes (self, of_a, "0-2+2");
  assert_names (all, "Ay B Ay");
  user_apply (self, posture_operation_new_delete_report (NOW, first));
  assert_changes (self, all, "2-1+0");
  assert_changes (self, of_a, "1-1+0");
  user_apply (self, posture_operation_new_delete (NOW, a));
  assert_changes (self, all, "0-1+0");
  assert_changes (self, of_a, "0-1+0");
  assert_names (all, "B");
}

/* An assessment's item shows that its report has come, and that it has gone. */
static void
test_last_report (UserFixture  *self,
                  gconstpointer data)
{
  g_autoptr (Watch) watch = watch_assessments (self, FALSE);
  g_autofree char *report = NULL;
  g_autofree char *a = user_make_report (self, "A", &report);
  g_autoptr (PostureAssessmentItem) item = NULL;

  user_settle (self);
  item = g_list_model_get_item (G_LIST_MODEL (watch->list), 0);
  g_assert_cmpstr (posture_assessment_item_get_last_report (item), ==, report);
  g_assert_nonnull (posture_assessment_item_get_score (item));
  g_assert_cmpint (posture_assessment_item_get_submitted (item), >, 0);
  g_string_truncate (watch->changes, 0);
  user_apply (self, posture_operation_new_delete_report (NOW, report));
  assert_changes (self, watch, "0-1+1");
  g_clear_object (&item);
  item = g_list_model_get_item (G_LIST_MODEL (watch->list), 0);
  g_assert_null (posture_assessment_item_get_last_report (item));
  g_assert_null (posture_assessment_item_get_score (item));
}

/* What a report's item says. */
static void
test_report_item (UserFixture  *self,
                  gconstpointer data)
{
  g_autofree char *report = NULL;
  g_autofree char *a = user_make_report (self, "A", &report);
  g_autofree char *revision = posture_user_service_dup_revision (self->user, a, NULL);
  g_autoptr (Watch) watch = watch_reports (self, NULL);
  g_autoptr (PostureReportItem) item = g_list_model_get_item (G_LIST_MODEL (watch->list), 0);

  g_assert_cmpstr (posture_report_item_get_id (item), ==, report);
  g_assert_cmpstr (posture_report_item_get_assessment (item), ==, a);
  g_assert_cmpstr (posture_report_item_get_assessment_name (item), ==, "A");
  g_assert_cmpstr (posture_report_item_get_questionnaire (item), ==, "small");
  g_assert_cmpstr (posture_report_item_get_revision (item), ==, revision);
  g_assert_cmpint (posture_report_item_get_submitted (item), ==, NOW);
  g_assert_cmpstr (posture_report_item_get_level (item), ==, "good");
  g_assert_false (posture_report_item_get_score (item)->has_value);
  g_assert_cmpint (posture_report_item_get_score (item)->worst, ==, 50 * POSTURE_DECIMAL_ONE);
  g_assert_cmpint (posture_report_item_get_score (item)->best, ==, 100 * POSTURE_DECIMAL_ONE);
}

/* What another one writes is told of as exactly, though nobody says what it was. */
static void
test_elsewhere (UserFixture  *self,
                gconstpointer data)
{
  g_autoptr (GPtrArray) ids = create_many (self, 5);
  g_autoptr (Watch) watch = watch_assessments (self, FALSE);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (PostureLibrary) library = user_library_new (1);
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  g_autoptr (GError) error = NULL;
  PosturePlatform *other = posture_platform_open (self->folder, POSTURE_CLOCK (self->clock), library, NULL,
                                                  &error);

  g_assert_no_error (error);
  g_assert_false (posture_platform_is_dispatching (other));
  g_ptr_array_add (list, posture_operation_new_rename (NOW, g_ptr_array_index (ids, 4), "four"));
  g_ptr_array_add (list, posture_operation_new_delete (NOW, g_ptr_array_index (ids, 2)));
  g_ptr_array_add (list, posture_operation_new_create (NOW, posture_questionnaire_get_digest (questionnaire),
                                                       "new"));
  g_assert_true (posture_user_service_apply (posture_platform_get_user (other), list, &error));
  user_until (watch->n_changes >= 2);
  assert_changes (self, watch, "0-1+2 3-1+0");
  assert_names (watch, "new four 3 1 0");
  posture_platform_close (other);
  g_assert_finalize_object (other);
}

/* A list can go while it is loading, dropped or disposed, and outlives the profile. */
static void
test_gone_while_loading (UserFixture  *self,
                         gconstpointer data)
{
  g_autoptr (GPtrArray) ids = create_many (self, 60);
  PostureUserList *dropped = posture_user_service_list_assessments (self->user, FALSE);
  PostureUserList *disposed = posture_user_service_list_assessments (self->user, FALSE);
  PostureUserList *kept = posture_user_service_list_reports (self->user, NULL);
  g_autofree char *more = NULL;
  gpointer weak = dropped;

  g_object_add_weak_pointer (G_OBJECT (dropped), &weak);
  g_object_unref (dropped);
  g_object_run_dispose (G_OBJECT (disposed));
  user_until (weak == NULL);
  user_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (disposed)), ==, 0);
  posture_paged_list_load_more (POSTURE_PAGED_LIST (disposed));
  more = user_create (self, "more");
  user_settle (self);
  g_assert_finalize_object (disposed);
  g_object_unref (kept);
}

/* After closing, a list keeps what it had and asks in vain. */
static void
test_closed (UserFixture  *self,
             gconstpointer data)
{
  g_autoptr (GPtrArray) ids = create_many (self, 60);
  g_autoptr (Watch) watch = watch_assessments (self, FALSE);
  g_autofree char *name = NULL;

  posture_platform_close (self->platform);
  g_clear_object (&self->platform);
  name = dup_name (watch, 49);
  g_assert_true (posture_paged_list_is_loading (POSTURE_PAGED_LIST (watch->list)));
  user_until (!posture_paged_list_is_loading (POSTURE_PAGED_LIST (watch->list)));
  g_assert_cmpuint (count (watch), ==, 50);
}

#define ADD(name, function)                                                                  \
  g_test_add (name, UserFixture, NULL, user_fixture_set_up, function, user_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/user/list/paging", test_paging);
  ADD ("/user/list/follow", test_follow);
  ADD ("/user/list/below-what-is-shown", test_below);
  ADD ("/user/list/shrink", test_shrink);
  ADD ("/user/list/reports", test_reports);
  ADD ("/user/list/last-report", test_last_report);
  ADD ("/user/list/report-item", test_report_item);
  ADD ("/user/list/elsewhere", test_elsewhere);
  ADD ("/user/list/gone-while-loading", test_gone_while_loading);
  ADD ("/user/list/closed", test_closed);
  return g_test_run ();
}
