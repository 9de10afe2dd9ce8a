/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-service-private.h"

#include "model/expansion.h"
#include "model/review.h"

#include <glib/gi18n-lib.h>

/* What is found in the answers of several assessments: those that are due, and those that can be
 * proposed for another one. */

#define MAX_DUE_ASSESSMENTS 1000
#define MAX_SOURCES 50

/* One assessment as it stands. */
typedef struct
{
  char *id;
  char *name;
  char *digest;
  PostureQuestionnaire *asked;
  PostureAnswers *answers;
  GHashTable *times; /* key -> gint64 */
} Standing;

/* What is asked for, and what is found. */
typedef struct
{
  PostureUserContext *context;
  char *assessment;
  char *digest; /* of what is answered, where there is no assessment yet */
  gint64 now;
  GPtrArray *found;
} Search;

static void
standing_free (gpointer data)
{
  Standing *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->digest);
  g_clear_pointer (&self->asked, posture_questionnaire_unref);
  g_clear_pointer (&self->answers, posture_answers_unref);
  g_clear_pointer (&self->times, g_hash_table_unref);
  g_free (self);
}

static void
search_free (gpointer data)
{
  Search *self = data;

  g_free (self->assessment);
  g_free (self->digest);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

/**
 * posture_due_answer_free:
 * @self: (transfer full): an answer that is due
 *
 * Frees it.
 */
void
posture_due_answer_free (PostureDueAnswer *self)
{
  g_free (self->assessment);
  g_free (self->name);
  g_free (self->digest);
  g_free (self->key);
  g_free (self);
}

/* The assessments that are not put away, newest first. */
static GPtrArray *
list_assessments (PostureTransaction *transaction,
                  gint64              limit,
                  GError            **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (standing_free);
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error,
                                                                 posture_user_sql_open_assessments, "i",
                                                                 limit);
  PostureStep step = POSTURE_STEP_ERROR;

  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      Standing *standing = g_new0 (Standing, 1);

      standing->id = g_strdup (posture_statement_get_text (rows, 0));
      standing->name = g_strdup (posture_statement_get_text (rows, 1));
      standing->digest = g_strdup (posture_statement_get_text (rows, 2));
      g_ptr_array_add (list, standing);
    }
  return step == POSTURE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
read_answers (Standing             *self,
              PostureQuestionnaire *questionnaire,
              PostureTransaction   *transaction,
              GError              **error)
{
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error,
                                                                 posture_user_sql_answers_with_times, "t",
                                                                 self->id);
  PostureStep step = POSTURE_STEP_ERROR;

  self->answers = posture_answers_new ();
  self->times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      const char *key = posture_statement_get_text (rows, 0);
      PostureQuestion *question = posture_questionnaire_find_answered (questionnaire, key);
      gint64 time = posture_statement_get_int (rows, 2);
      g_autoptr (PostureAnswer) answer
        = posture_answer_new_from_text (posture_statement_get_text (rows, 1), question, error);

      if (answer == NULL)
        return FALSE;
      posture_answers_set (self->answers, key, answer);
      g_hash_table_insert (self->times, g_strdup (key), g_memdup2 (&time, sizeof time));
    }
  self->asked = posture_questionnaire_expand (questionnaire, self->answers);
  return step == POSTURE_STEP_DONE;
}

/* Reads what stands in an assessment. One whose questionnaire is not here has nothing to say, which
 * is no error: asked is %NULL then. */
static gboolean
read_standing (Standing           *self,
               PostureUserContext *context,
               PostureTransaction *transaction,
               GError            **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire
    = posture_user_find_questionnaire (context, transaction, self->digest, &reason);

  if (questionnaire != NULL)
    return read_answers (self, questionnaire, transaction, error);
  if (g_error_matches (reason, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static void
add_due (const Standing *standing,
         gint64          now,
         GPtrArray      *found)
{
  g_autoptr (GArray) due = posture_questionnaire_find_due (standing->asked, standing->answers,
                                                           standing->times, now);

  for (guint i = 0; i < due->len; i++)
    {
      const PostureDue *entry = &g_array_index (due, PostureDue, i);
      PostureQuestion *question = posture_questionnaire_get_question (standing->asked, entry->question);
      PostureDueAnswer *answer = g_new0 (PostureDueAnswer, 1);

      answer->assessment = g_strdup (standing->id);
      answer->name = g_strdup (standing->name);
      answer->digest = g_strdup (standing->digest);
      answer->key = g_strdup (posture_question_get_key (question));
      answer->confirmed = entry->confirmed;
      answer->due = entry->due;
      g_ptr_array_add (found, answer);
    }
}

/* The answers that are due at a moment, of all assessments that are not put away, or of one of them;
 * within a transaction, so that a target of the bus can ask in the one it is given. */
GPtrArray *
posture_user_find_due (PostureUserContext *context,
                       PostureTransaction *transaction,
                       const char         *assessment,
                       gint64              now,
                       GError            **error)
{
  g_autoptr (GPtrArray) list = list_assessments (transaction, MAX_DUE_ASSESSMENTS, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_due_answer_free);

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      Standing *standing = g_ptr_array_index (list, i);

      if (assessment != NULL && !g_str_equal (assessment, standing->id))
        continue;
      if (!read_standing (standing, context, transaction, error))
        return NULL;
      if (standing->asked != NULL)
        add_due (standing, now, found);
    }
  return g_steal_pointer (&found);
}

static gboolean
find_due_func (PostureTransaction *transaction,
               gpointer            data,
               GError            **error)
{
  Search *search = data;

  g_clear_pointer (&search->found, g_ptr_array_unref);
  search->found = posture_user_find_due (search->context, transaction, search->assessment, search->now,
                                         error);
  return search->found != NULL;
}

/* Nothing is answered yet. */
static Standing *
read_none (Search             *search,
           PostureTransaction *transaction,
           GError            **error)
{
  g_autoptr (PostureQuestionnaire) questionnaire
    = posture_user_find_questionnaire (search->context, transaction, search->digest, error);
  Standing *standing;

  if (questionnaire == NULL)
    return NULL;
  standing = g_new0 (Standing, 1);
  standing->answers = posture_answers_new ();
  standing->asked = posture_questionnaire_expand (questionnaire, standing->answers);
  return standing;
}

/* The assessment that proposals are for, wherever it stands. */
static Standing *
read_one (Search             *search,
          PostureTransaction *transaction,
          GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_assessment, "t",
                                                                search->assessment);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;
  Standing *standing;

  if (step == POSTURE_STEP_DONE)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND, _("There is no assessment %s."),
                 search->assessment);
  if (step != POSTURE_STEP_ROW)
    return NULL;
  standing = g_new0 (Standing, 1);
  standing->id = g_strdup (search->assessment);
  standing->digest = g_strdup (posture_statement_get_text (row, 1));
  g_clear_pointer (&row, posture_statement_free);
  if (read_standing (standing, search->context, transaction, error))
    return standing;
  standing_free (standing);
  return NULL;
}

static gboolean
find_proposals_func (PostureTransaction *transaction,
                     gpointer            data,
                     GError            **error)
{
  Search *search = data;
  Standing *own = search->assessment != NULL ? read_one (search, transaction, error)
                                             : read_none (search, transaction, error);
  g_autoptr (GPtrArray) list = own != NULL ? list_assessments (transaction, MAX_SOURCES, error) : NULL;
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (PostureProposalSource));

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      Standing *other = g_ptr_array_index (list, i);

      if (g_strcmp0 (other->id, search->assessment) == 0)
        continue;
      if (!read_standing (other, search->context, transaction, error))
        g_clear_pointer (&list, g_ptr_array_unref);
      else if (other->asked != NULL)
        {
          const PostureProposalSource source = { other->id, other->name, other->asked, other->answers,
                                                 other->times };

          g_array_append_val (sources, source);
        }
    }
  g_clear_pointer (&search->found, g_ptr_array_unref);
  if (list != NULL)
    search->found = own->asked != NULL
                      ? posture_find_proposals (own->asked, own->answers,
                                                (PostureProposalSource *) (void *) sources->data,
                                                sources->len)
                      : g_ptr_array_new ();
  g_clear_pointer (&own, standing_free);
  return search->found != NULL;
}

static Search *
search_new (PostureUserService *self,
            const char         *assessment,
            const char         *digest,
            gint64              now)
{
  Search *search = g_new0 (Search, 1);

  search->context = self->context;
  search->assessment = g_strdup (assessment);
  search->digest = g_strdup (digest);
  search->now = now;
  return search;
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Search *search = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_ptr_array_ref (search->found), (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
search_now (PostureUserService *self,
            PostureStoreFunc    func,
            Search             *search,
            GError            **error)
{
  GPtrArray *found = posture_store_read (self->store, func, search, /* cancellable = */ NULL, error)
                       ? g_ptr_array_ref (search->found) : NULL;

  search_free (search);
  return found;
}

/**
 * posture_user_service_find_due_async:
 * @self: a user service
 * @assessment: (nullable): the only assessment that is wanted; %NULL for all that
 *   are not put away
 * @now: milliseconds since 1970
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the result
 * @user_data: for @callback
 *
 * Finds the answers that are to be looked at again at a moment. The age of an
 * answer begins anew when it is given again, even if it stays the same: confirming
 * is an operation of the kind answer with the answer as it is.
 */
void
posture_user_service_find_due_async (PostureUserService *self,
                                     const char         *assessment,
                                     gint64              now,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, posture_user_service_find_due_async);
  posture_store_read_async (self->store, find_due_func, search_new (self, assessment, NULL, now), search_free,
                            cancellable, searched_cb, task);
}

/**
 * posture_user_service_find_due_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type PostureDueAnswer) (nullable): the answers
 *   that are due, those of the newest assessment first and in each the longest
 *   overdue first
 */
GPtrArray *
posture_user_service_find_due_finish (PostureUserService *self,
                                      GAsyncResult       *result,
                                      GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * posture_user_service_dup_due:
 * @self: a user service
 * @assessment: (nullable): the only assessment that is wanted
 * @now: milliseconds since 1970
 * @error: return location for a #GError
 *
 * The twin of posture_user_service_find_due_async() that waits for the disk.
 *
 * Returns: (transfer full) (element-type PostureDueAnswer) (nullable): the answers
 *   that are due
 */
GPtrArray *
posture_user_service_dup_due (PostureUserService *self,
                              const char         *assessment,
                              gint64              now,
                              GError            **error)
{
  return search_now (self, find_due_func, search_new (self, assessment, NULL, now), error);
}

/**
 * posture_user_service_find_proposals_async:
 * @self: a user service
 * @digest: digest of the questionnaire that is answered
 * @assessment: (nullable): an assessment's id; %NULL as long as nothing is answered
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the result
 * @user_data: for @callback
 *
 * Finds answers of the 50 newest other assessments that can be proposed for what
 * is open in this one. See posture_find_proposals(). Nothing is taken over: a
 * proposal that a person confirms is an operation of the kind answer.
 */
void
posture_user_service_find_proposals_async (PostureUserService *self,
                                           const char         *digest,
                                           const char         *assessment,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, posture_user_service_find_proposals_async);
  posture_store_read_async (self->store, find_proposals_func, search_new (self, assessment, digest, 0),
                            search_free, cancellable, searched_cb, task);
}

/**
 * posture_user_service_find_proposals_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is
 *   no such assessment
 *
 * Returns: (transfer full) (element-type PostureProposal) (nullable): the proposals,
 *   whose sources are ids of assessments
 */
GPtrArray *
posture_user_service_find_proposals_finish (PostureUserService *self,
                                            GAsyncResult       *result,
                                            GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * posture_user_service_dup_proposals:
 * @self: a user service
 * @digest: digest of the questionnaire that is answered
 * @assessment: (nullable): an assessment's id; %NULL as long as nothing is answered
 * @error: return location for a #GError
 *
 * The twin of posture_user_service_find_proposals_async() that waits for the disk.
 *
 * Returns: (transfer full) (element-type PostureProposal) (nullable): the proposals
 */
GPtrArray *
posture_user_service_dup_proposals (PostureUserService *self,
                                    const char         *digest,
                                    const char         *assessment,
                                    GError            **error)
{
  return search_now (self, find_proposals_func, search_new (self, assessment, digest, 0), error);
}
