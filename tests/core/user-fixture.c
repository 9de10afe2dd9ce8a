/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "user-fixture.h"

#include "test-folder.h"

#include <string.h>

/* Forward, what is due is called; back, nothing is. */
void
user_turn_clock (UserFixture *self,
                 gint64       by)
{
  if (by >= 0)
    manual_clock_advance (self->clock, by);
  else
    manual_clock_set (self->clock, posture_clock_get_now (POSTURE_CLOCK (self->clock)) + by);
}

#define MEASURE "\"section\": \"all\", \"weight\": 5, \"severity\": \"high\", \"effort\": \"low\", \"references\": [\"plain:1\"]"

static char *
structure_new (guint version)
{
  g_autoptr (GString) more = g_string_new (NULL);

  if (version == 2)
    g_string_append (more, ", {\"id\": \"more\", \"kind\": \"yes-no\", " MEASURE "}");
  for (guint i = 0; i < (version == 3 ? 70 : version == 4 ? 2200 : 0); i++)
    g_string_append_printf (more, ", {\"id\": \"text%u\", \"kind\": \"text\", \"section\": \"all\"}", i);
  return g_strdup_printf (
    "{\"format\": 1, \"id\": \"small\", \"version\": \"%u.0.0\", \"judgement\": \"Our own.\","
    " \"references\": {\"plain\": \"Plain measures\"},"
    " \"method\": {\"id\": \"weighted\", \"levels\": [{\"id\": \"poor\", \"from\": 0}, {\"id\": \"good\", \"from\": 50}]},"
    " \"sections\": [{\"id\": \"all\"}],"
    " \"questions\": ["
    "  {\"id\": \"lock\", \"kind\": \"yes-no\", " MEASURE "},"
    "  {\"id\": \"size\", \"kind\": \"number\", \"section\": \"all\", \"minimum\": 1, \"maximum\": 500},"
    "  {\"id\": \"since\", \"kind\": \"date\", \"section\": \"all\"},"
    "  {\"id\": \"who\", \"kind\": \"text\", \"section\": \"all\"},"
    "  {\"id\": \"how\", \"kind\": \"choice\", " MEASURE ","
    "   \"condition\": {\"pattern\": {\"lock\": [true]}},"
    "   \"options\": [{\"id\": \"weak\", \"credit\": 0}, {\"id\": \"strong\", \"credit\": 1}]}"
    "  %s]}",
    version, more->str);
}

static void
assert_no_faults (PostureFaults *faults)
{
  g_autoptr (GError) error = posture_faults_to_error (faults);

  g_assert_no_error (error);
}

PostureLibrary *
user_library_new (guint version)
{
  PostureLibrary *library = posture_library_new ();
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *structure = structure_new (version);
  g_autoptr (GBytes) bytes = g_bytes_new (structure, strlen (structure));
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;

  questionnaire = posture_library_add (library, bytes, "small.json", /* current = */ TRUE, faults);
  if (questionnaire == NULL)
    assert_no_faults (faults);
  return library;
}

PostureQuestionnaire *
user_questionnaire (guint version)
{
  PostureLibrary *library = user_library_new (version);
  PostureQuestionnaire *questionnaire = posture_library_dup_current (library, "small");

  posture_library_unref (library);
  return questionnaire;
}

char *
user_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("posture-user-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

gboolean
user_folder_holds (const char *folder,
                   const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean holds = FALSE;
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize size = 0;

      if (g_file_get_contents (path, &contents, &size, NULL))
        holds = holds || memmem (contents, size, text, strlen (text)) != NULL;
    }
  return holds;
}

void
user_fixture_open (UserFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->platform = posture_platform_open (self->folder, POSTURE_CLOCK (self->clock), self->library,
                                          /* vfs = */ NULL, &error);
  g_assert_no_error (error);
  self->user = posture_platform_get_user (self->platform);
  self->store = posture_platform_get_store (self->platform);
  self->bus = posture_platform_get_bus (self->platform);
}

static void
watch (gpointer  object,
       gpointer *pointer)
{
  *pointer = object;
  g_object_add_weak_pointer (object, pointer);
}

void
user_fixture_close (UserFixture *self)
{
  gpointer parts[4];

  if (self->platform == NULL)
    return;
  watch (self->platform, &parts[0]);
  watch (self->user, &parts[1]);
  watch (self->store, &parts[2]);
  watch (self->bus, &parts[3]);
  posture_platform_close (self->platform);
  g_clear_object (&self->platform);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    user_until (parts[i] == NULL);
  self->user = NULL;
  self->store = NULL;
  self->bus = NULL;
}

void
user_fixture_set_library (UserFixture *self,
                          guint        version)
{
  g_clear_pointer (&self->library, posture_library_unref);
  self->library = user_library_new (version);
}

void
user_fixture_set_up (UserFixture  *self,
                     gconstpointer data)
{
  self->folder = user_folder_new ();
  self->clock = manual_clock_new (USER_START);
  user_fixture_set_library (self, 1);
  user_fixture_open (self);
}

void
user_fixture_tear_down (UserFixture  *self,
                        gconstpointer data)
{
  user_fixture_close (self);
  posture_library_unref (self->library);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* answers on their way hold the clock */
  g_assert_finalize_object (self->clock);
  test_folder_remove (self->folder);
  g_free (self->folder);
}

GError *
user_apply_error (UserFixture      *self,
                  PostureOperation *operation)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  GError *error = NULL;

  g_ptr_array_add (operations, operation);
  g_assert_cmpint (posture_user_service_apply (self->user, operations, &error), ==, error == NULL);
  return error;
}

void
user_apply (UserFixture      *self,
            PostureOperation *operation)
{
  g_autoptr (GError) error = user_apply_error (self, operation);

  g_assert_no_error (error);
}

static gint64
get_now (UserFixture *self)
{
  return posture_clock_get_now (POSTURE_CLOCK (self->clock));
}

char *
user_create (UserFixture *self,
             const char  *name)
{
  g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_current (self->library, "small");
  PostureOperation *operation = posture_operation_new_create (
    get_now (self), posture_questionnaire_get_digest (questionnaire), name);
  char *id = g_strdup (posture_operation_get_assessment (operation));

  user_apply (self, operation);
  return id;
}

void
user_answer (UserFixture *self,
             const char  *assessment,
             const char  *question,
             const char  *answer)
{
  user_apply (self, posture_operation_new_answer (get_now (self), assessment, question, answer, FALSE));
}

char *
user_submit (UserFixture *self,
             const char  *assessment)
{
  g_autoptr (GError) error = NULL;
  char *revision;

  user_apply (self, posture_operation_new_submit (get_now (self), assessment));
  revision = posture_user_service_dup_revision (self->user, assessment, &error);
  g_assert_no_error (error);
  return revision;
}

static void
take_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

char *
user_wait_report (UserFixture *self,
                  const char  *revision)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *report;

  posture_user_service_wait_report_async (self->user, revision, /* cancellable = */ NULL, take_result_cb,
                                          &result);
  user_until (result != NULL);
  report = posture_user_service_wait_report_finish (self->user, result, &error);
  g_assert_no_error (error);
  return report;
}

char *
user_make_report (UserFixture *self,
                  const char  *name,
                  char       **ret_report)
{
  char *assessment = user_create (self, name);
  g_autofree char *revision = NULL;
  g_autofree char *report = NULL;

  user_answer (self, assessment, "lock", "true");
  revision = user_submit (self, assessment);
  report = user_wait_report (self, revision);
  if (ret_report != NULL)
    *ret_report = g_steal_pointer (&report);
  return assessment;
}

typedef struct
{
  const char *sql;
  GString *rows;
} Query;

static guint
count_columns (const char *sql)
{
  guint columns = 1, depth = 0;

  for (const char *c = sql; *c != '\0' && (depth > 0 || !g_str_has_prefix (c, " FROM ")); c++)
    {
      depth += *c == '(';
      depth -= *c == ')';
      columns += *c == ',' && depth == 0;
    }
  return columns;
}

static gboolean
query_func (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  Query *query = data;
  guint columns = count_columns (query->sql);
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, query->sql, NULL);
  PostureStep step = POSTURE_STEP_ERROR;

  while (row != NULL && (step = posture_statement_step (row, error)) == POSTURE_STEP_ROW)
    {
      if (query->rows->len > 0)
        g_string_append_c (query->rows, '\n');
      for (guint i = 0; i < columns; i++)
        {
          const char *text = posture_statement_get_text (row, i);

          g_string_append_printf (query->rows, "%s%s", i > 0 ? "|" : "", text != NULL ? text : "-");
        }
    }
  return step == POSTURE_STEP_DONE;
}

char *
user_query (UserFixture *self,
            const char  *sql)
{
  Query query = { sql, g_string_new (NULL) };
  g_autoptr (GError) error = NULL;

  posture_store_read (self->store, query_func, &query, /* cancellable = */ NULL, &error);
  g_assert_no_error (error);
  return g_string_free (query.rows, FALSE);
}

gint64
user_query_int (UserFixture *self,
                const char  *sql)
{
  g_autofree char *text = user_query (self, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

static gboolean
execute_func (PostureTransaction *transaction,
              gpointer            data,
              GError            **error)
{
  return posture_transaction_execute (transaction, error, data, NULL);
}

void
user_execute (UserFixture *self,
              const char  *sql)
{
  g_autoptr (GError) error = NULL;

  posture_store_write (self->store, execute_func, (gpointer) sql, /* cancellable = */ NULL, &error);
  g_assert_no_error (error);
}

static gboolean
nothing_func (PostureTransaction *transaction,
              gpointer            data,
              GError            **error)
{
  return TRUE;
}

/* Where the store's two reader threads meet: then each has done what was handed in before. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  guint come;
} Meeting;

static gboolean
meet_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Meeting *meeting = data;

  g_mutex_lock (&meeting->mutex);
  meeting->come++;
  g_cond_broadcast (&meeting->cond);
  while (meeting->come < 2)
    g_cond_wait (&meeting->cond, &meeting->mutex);
  g_mutex_unlock (&meeting->mutex);
  return TRUE;
}

void
user_settle_reads (UserFixture *self)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GAsyncResult) wrote = NULL;
      g_autoptr (GAsyncResult) first = NULL;
      g_autoptr (GAsyncResult) second = NULL;
      Meeting meeting = { .come = 0 };

      g_mutex_init (&meeting.mutex);
      g_cond_init (&meeting.cond);
      posture_store_write_async (self->store, nothing_func, NULL, NULL, NULL, take_result_cb, &wrote);
      user_until (wrote != NULL);
      posture_store_read_async (self->store, meet_func, &meeting, NULL, NULL, take_result_cb, &first);
      posture_store_read_async (self->store, meet_func, &meeting, NULL, NULL, take_result_cb, &second);
      user_until (first != NULL && second != NULL);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_mutex_clear (&meeting.mutex);
      g_cond_clear (&meeting.cond);
    }
}

void
user_settle (UserFixture *self)
{
  g_autofree char *now = g_strdup_printf ("SELECT count(*) FROM bus_delivery WHERE due <= %" G_GINT64_FORMAT,
                                          get_now (self));

  user_settle_reads (self);
  user_until (user_query_int (self, now) == 0);
  user_settle_reads (self);
}
