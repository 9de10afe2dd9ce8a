/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-private.h"

#include <glib/gi18n-lib.h>

/* Keeps a version that an assessment is about to use, with all its words. */
gboolean
posture_user_keep_questionnaire (PostureUserContext   *context,
                                 PostureTransaction   *transaction,
                                 PostureQuestionnaire *questionnaire,
                                 GError              **error)
{
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  GBytes *canonical = posture_questionnaire_get_canonical (questionnaire);
  g_auto (GStrv) languages = posture_library_dup_languages (context->library, digest);

  if (!posture_transaction_execute (transaction, error, posture_user_sql_insert_questionnaire, "tttb",
                                    digest, posture_questionnaire_get_id (questionnaire),
                                    posture_questionnaire_get_version (questionnaire), canonical))
    return FALSE;
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autoptr (GBytes) words = posture_library_dup_words_bytes (context->library, digest, languages[i]);

      if (!posture_transaction_execute (transaction, error, posture_user_sql_insert_words, "ttb",
                                        digest, languages[i], words))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_words (PostureTransaction   *transaction,
            PostureLibrary       *library,
            PostureQuestionnaire *questionnaire,
            GError              **error)
{
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  g_autoptr (PostureStatement) rows = NULL;
  PostureStep step;

  rows = posture_transaction_query (transaction, error, posture_user_sql_words, "t", digest);
  if (rows == NULL)
    return FALSE;
  while ((step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      const char *language = posture_statement_get_text (rows, 0);
      g_autoptr (GBytes) words = posture_statement_dup_bytes (rows, 1);
      g_autoptr (PostureFaults) faults = posture_faults_new ();

      if (!posture_library_add_words (library, questionnaire, words, language, faults))
        g_debug ("The words of %s in %s do not fit", digest, language);
    }
  return step == POSTURE_STEP_DONE;
}

/* Adds to the library what assessments have used and the program does not bring (any more). What this
 * version of the program cannot read stays in its row: its reports can still be shown. */
gboolean
posture_user_load_questionnaires (PostureTransaction *transaction,
                                  PostureLibrary     *library,
                                  GError            **error)
{
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error,
                                                                 posture_user_sql_questionnaires, NULL);
  PostureStep step = POSTURE_STEP_ERROR;

  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      const char *digest = posture_statement_get_text (rows, 0);
      g_autoptr (PostureQuestionnaire) known = posture_library_dup_by_digest (library, digest);
      g_autoptr (GBytes) structure = NULL;
      g_autoptr (PostureFaults) faults = posture_faults_new ();
      g_autoptr (PostureQuestionnaire) read = NULL;

      if (known != NULL)
        continue;
      structure = posture_statement_dup_bytes (rows, 1);
      read = posture_library_add (library, structure, digest, /* current = */ FALSE, faults);
      if (read != NULL && !load_words (transaction, library, read, error))
        return FALSE;
    }
  return step == POSTURE_STEP_DONE;
}

/* A version of a questionnaire, wherever it came from: another process may have begun to use it a
 * moment ago. */
PostureQuestionnaire *
posture_user_find_questionnaire (PostureUserContext *context,
                                 PostureTransaction *transaction,
                                 const char         *digest,
                                 GError            **error)
{
  PostureQuestionnaire *questionnaire = posture_library_dup_by_digest (context->library, digest);

  if (questionnaire != NULL)
    return questionnaire;
  if (!posture_user_load_questionnaires (transaction, context->library, error))
    return NULL;
  questionnaire = posture_library_dup_by_digest (context->library, digest);
  if (questionnaire == NULL)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND,
                 _("The questionnaire (%.12s) is not here; please update Posture."), digest);
  return questionnaire;
}
