/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/connection-private.h"

#include "store/failpoint.h"
#include "store/store-error.h"

#include <glib/gi18n-lib.h>

static guint
get_newest (const PostureStoreModule *module)
{
  return g_strv_length ((char **) module->migrations);
}

/* Gives the version of each module as the file has it: 0 for one that it does not know. */
static gboolean
read_versions (PostureTransaction *transaction,
               GHashTable         *versions,
               GError            **error)
{
  g_autoptr (PostureStatement) rows = NULL;
  PostureStep step;

  rows = posture_transaction_query (transaction, error, "SELECT module, version FROM schema", NULL);
  if (rows == NULL)
    return FALSE;
  while ((step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    g_hash_table_insert (versions, g_strdup (posture_statement_get_text (rows, 0)),
                         GUINT_TO_POINTER ((guint) posture_statement_get_int (rows, 1)));
  return step == POSTURE_STEP_DONE;
}

/* Whether a module's tables are to be brought up; a file from a newer program is refused. */
static gboolean
compare_versions (GHashTable                      *versions,
                  const PostureStoreModule *const *modules,
                  gboolean                        *ret_outdated,
                  GError                         **error)
{
  gboolean outdated = FALSE;

  for (guint i = 0; modules[i] != NULL; i++)
    {
      guint version = GPOINTER_TO_UINT (g_hash_table_lookup (versions, modules[i]->name));

      if (version > get_newest (modules[i]))
        {
          g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_NEWER,
                       _("The data was written by a newer version of Posture (%s %u; this one knows "
                         "%u). It was left as it is; please update Posture."),
                       modules[i]->name, version, get_newest (modules[i]));
          return FALSE;
        }
      outdated = outdated || version < get_newest (modules[i]);
    }
  *ret_outdated = outdated;
  return TRUE;
}

/* Whether this program can open the database: a newer one is refused. */
gboolean
posture_migration_can_read (PostureConnection               *connection,
                            const PostureStoreModule *const *modules,
                            GError                         **error)
{
  g_autoptr (PostureTransaction) transaction = posture_transaction_new (connection);
  g_autoptr (GHashTable) versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean outdated;

  return read_versions (transaction, versions, error)
         && compare_versions (versions, modules, &outdated, error);
}

static gboolean
migrate_module (PostureTransaction       *transaction,
                const PostureStoreModule *module,
                guint                     version,
                GError                  **error)
{
  for (guint i = version; i < get_newest (module); i++)
    if (!POSTURE_FAILPOINT ("store.migrate.step", error) ||
        !posture_connection_run (transaction->connection, module->migrations[i], error) ||
        !posture_transaction_execute (transaction, error,
                                      "INSERT INTO schema (module, version) VALUES (?1, ?2) "
                                      "ON CONFLICT (module) DO UPDATE SET version = excluded.version",
                                      "ti", module->name, (gint64) i + 1))
      return FALSE;
  return TRUE;
}

static gboolean
migrate_all (PostureTransaction              *transaction,
             const char                      *folder,
             const char                      *vfs,
             const PostureStoreModule *const *modules,
             GError                         **error)
{
  g_autoptr (GHashTable) versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean outdated;

  /* Read again: another process may have been quicker. */
  if (!read_versions (transaction, versions, error) ||
      !compare_versions (versions, modules, &outdated, error))
    return FALSE;
  if (outdated && g_hash_table_size (versions) > 0)
    {
      g_autofree char *copy = g_build_filename (folder, POSTURE_STORE_COPY, NULL);
      g_autofree char *file = g_build_filename (folder, POSTURE_STORE_FILE, NULL);
      g_autoptr (PostureConnection) reader = posture_connection_open (file, vfs, TRUE, error);

      if (reader == NULL || !posture_connection_copy (reader, copy, /* progress = */ NULL, error))
        return FALSE;
    }
  for (guint i = 0; modules[i] != NULL; i++)
    if (!migrate_module (transaction, modules[i],
                         GPOINTER_TO_UINT (g_hash_table_lookup (versions, modules[i]->name)), error))
      return FALSE;
  return POSTURE_FAILPOINT ("store.migrate.commit", error);
}

/* Brings the tables of all modules up in one transaction, after setting a copy aside.
 * @alone: whether nobody else has the profile open: a program that knows the tables as they were would go on with them */
gboolean
posture_migrate (PostureConnection               *connection,
                 const char                      *folder,
                 const char                      *vfs,
                 const PostureStoreModule *const *modules,
                 gboolean                         alone,
                 GError                         **error)
{
  g_autoptr (PostureTransaction) transaction = posture_transaction_new (connection);
  g_autoptr (GHashTable) versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean outdated = TRUE;

  if (!posture_connection_run (connection,
                               "CREATE TABLE IF NOT EXISTS schema ("
                               "  module TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT",
                               error) ||
      !read_versions (transaction, versions, error) ||
      !compare_versions (versions, modules, &outdated, error))
    return FALSE;
  if (!outdated)
    return TRUE;
  if (!alone && g_hash_table_size (versions) > 0)
    {
      g_set_error_literal (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_BUSY,
                           _("An older version of Posture still has the data open. Close it and try again."));
      return FALSE;
    }
  if (!posture_connection_run (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (migrate_all (transaction, folder, vfs, modules, error) &&
      posture_connection_run (connection, "COMMIT", error))
    return TRUE;
  posture_connection_run_void (connection, "ROLLBACK");
  return FALSE;
}
