/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/transaction.h"

#include "store/connection-private.h"
#include "store/failpoint.h"
#include "store/store-error.h"

#include <string.h>

/* How many of the last notices are compared with a new one. */
#define LOOKED_BACK 8

void
posture_notice_free (PostureNotice *notice)
{
  g_free (notice->topic);
  g_free (notice->key);
  g_free (notice);
}

guint
posture_notice_hash (gconstpointer notice)
{
  const PostureNotice *self = notice;

  return g_str_hash (self->topic) ^ (self->key != NULL ? g_str_hash (self->key) : 0);
}

gboolean
posture_notice_equal (gconstpointer notice,
                      gconstpointer other)
{
  const PostureNotice *a = notice, *b = other;

  return g_str_equal (a->topic, b->topic) && g_strcmp0 (a->key, b->key) == 0;
}

static void
kept_clear (gpointer data)
{
  PostureKept *kept = data;

  kept->destroy (kept->thing);
}

PostureTransaction *
posture_transaction_new (PostureConnection *connection)
{
  PostureTransaction *self = g_new0 (PostureTransaction, 1);

  self->connection = connection;
  connection->returns++;
  self->notices = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_notice_free);
  self->kept = g_array_new (FALSE, FALSE, sizeof (PostureKept));
  g_array_set_clear_func (self->kept, kept_clear);
  self->parts = g_array_new (FALSE, FALSE, sizeof (PosturePart));
  return self;
}

void
posture_transaction_free (PostureTransaction *self)
{
  g_ptr_array_unref (self->notices);
  g_array_unref (self->kept);
  g_array_unref (self->parts);
  g_free (self);
}

static int
bind_texts (sqlite3_stmt         *statement,
            int                  *place,
            const char *const    *texts,
            sqlite3_destructor_type destructor)
{
  int code = SQLITE_OK;

  for (guint i = 0; texts[i] != NULL && code == SQLITE_OK; i++)
    code = sqlite3_bind_text (statement, (*place)++, texts[i], -1, destructor);
  return code;
}

/* @destructor: whether the engine has to copy what it is given */
static int
bind_one (sqlite3_stmt           *statement,
          int                    *place,
          char                    type,
          va_list                *args,
          sqlite3_destructor_type destructor)
{
  switch (type)
    {
    case 'i':
      return sqlite3_bind_int64 (statement, (*place)++, va_arg (*args, gint64));
    case 'd':
      return sqlite3_bind_double (statement, (*place)++, va_arg (*args, double));
    case 't':
      return sqlite3_bind_text (statement, (*place)++, va_arg (*args, const char *), -1, destructor);
    case 'T':
      return bind_texts (statement, place, va_arg (*args, const char *const *), destructor);
    case 'b':
      {
        GBytes *bytes = va_arg (*args, GBytes *);
        gsize size = 0;
        const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

        if (bytes == NULL)
          return sqlite3_bind_null (statement, (*place)++);
        return sqlite3_bind_blob64 (statement, (*place)++, data != NULL ? data : "", size, destructor);
      }
    default:
      g_assert_not_reached ();
    }
}

#if POSTURE_FAILPOINTS
/* Every statement that writes is a failpoint: `sql.insert.answer` for "INSERT INTO answer …". */
static gboolean
hit_statement (const char *sql,
               GError    **error)
{
  static const char *const before_table[] = { "into", "from", "update", "table", "index", NULL };
  g_autofree char *start = NULL;
  g_autofree char *name = NULL;
  g_auto (GStrv) words = NULL;
  const char *verb;

  start = g_ascii_strdown (sql, (gssize) MIN (strlen (sql), 80));
  words = g_strsplit_set (g_strstrip (start), " \n(", -1);
  verb = words[0];
  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i++)
    if (g_strv_contains (before_table, words[i]) && words[i + 1][0] != '\0' && strcmp (words[i + 1], "or") != 0)
      {
        name = g_strconcat ("sql.", verb, ".", words[i + 1], NULL);
        break;
      }
  if (name == NULL)
    name = g_strconcat ("sql.", verb, NULL);
  return posture_failpoint_hit (name, error);
}
#endif

static PostureStatement *
begin_statement (PostureTransaction     *self,
                 const char             *sql,
                 const char             *types,
                 va_list                *args,
                 sqlite3_destructor_type destructor,
                 GError                **error)
{
  g_autoptr (PostureStatement) result = posture_connection_take_statement (self->connection, sql, error);
  sqlite3_stmt *statement;
  int code = SQLITE_OK;
  int place = 1;

  if (result == NULL)
    return NULL;
  statement = result->statement;
  for (guint i = 0; types != NULL && types[i] != '\0' && code == SQLITE_OK; i++)
    code = bind_one (statement, &place, types[i], args, destructor);
  if (code != SQLITE_OK)
    {
      posture_connection_fail (self->connection, code, error);
      return NULL;
    }
  if (sqlite3_stmt_readonly (statement) == 0)
    {
      self->writes = TRUE;
#if POSTURE_FAILPOINTS
      if (!hit_statement (sql, error))
        return NULL;
#endif
    }
  return g_steal_pointer (&result);
}

/**
 * posture_transaction_execute:
 * @self: a transaction
 * @error: return location for a #GError
 * @sql: one statement with the parameters `?1`, `?2` …
 * @types: (nullable): one letter a parameter: `i` #gint64, `d` double, `t`
 *   text (%NULL is NULL), `b` #GBytes (%NULL is NULL); `T` is a
 *   %NULL-terminated array of texts, each of which is a parameter
 * @...: the values
 *
 * Runs a statement to its end and drops the rows it may give.
 *
 * Returns: %TRUE on success; otherwise an error of [error@StoreError]
 */
gboolean
posture_transaction_execute (PostureTransaction *self,
                             GError            **error,
                             const char         *sql,
                             const char         *types,
                             ...)
{
  g_autoptr (PostureStatement) statement = NULL;
  PostureStep step = POSTURE_STEP_ROW;
  va_list args;

  va_start (args, types);
  statement = begin_statement (self, sql, types, &args, SQLITE_STATIC, error);
  va_end (args);
  if (statement == NULL)
    return FALSE;
  while (step == POSTURE_STEP_ROW)
    step = posture_statement_step (statement, error);
  return step == POSTURE_STEP_DONE;
}

/**
 * posture_transaction_query:
 * @self: a transaction
 * @error: return location for a #GError
 * @sql: one statement with the parameters `?1`, `?2` …
 * @types: (nullable): as for posture_transaction_execute()
 * @...: the values
 *
 * Begins a statement whose rows are then read with posture_statement_step().
 *
 * Returns: (transfer full) (nullable): the statement before its first row;
 *   %NULL on error. It must be freed before the transaction ends.
 */
PostureStatement *
posture_transaction_query (PostureTransaction *self,
                           GError            **error,
                           const char         *sql,
                           const char         *types,
                           ...)
{
  PostureStatement *statement;
  va_list args;

  va_start (args, types);
  statement = begin_statement (self, sql, types, &args, SQLITE_TRANSIENT, error);
  va_end (args);
  return statement;
}

/**
 * posture_transaction_query_int:
 * @self: a transaction
 * @ret_value: (out): the first column of the first row; untouched without a row
 * @error: return location for a #GError
 * @sql: one statement with the parameters `?1`, `?2` …
 * @types: (nullable): as for posture_transaction_execute()
 * @...: the values
 *
 * Reads one number.
 *
 * Returns: %FALSE on error; no row is no error
 */
gboolean
posture_transaction_query_int (PostureTransaction *self,
                               gint64             *ret_value,
                               GError            **error,
                               const char         *sql,
                               const char         *types,
                               ...)
{
  g_autoptr (PostureStatement) statement = NULL;
  PostureStep step;
  va_list args;

  va_start (args, types);
  statement = begin_statement (self, sql, types, &args, SQLITE_STATIC, error);
  va_end (args);
  if (statement == NULL)
    return FALSE;
  step = posture_statement_step (statement, error);
  if (step == POSTURE_STEP_ROW)
    *ret_value = posture_statement_get_int (statement, 0);
  return step != POSTURE_STEP_ERROR;
}

/**
 * posture_transaction_get_size:
 * @self: a transaction
 * @ret_size: (out): bytes
 * @error: return location for a #GError
 *
 * Tells how much the database holds: its file without the pages that are free.
 *
 * Returns: %FALSE on error
 */
gboolean
posture_transaction_get_size (PostureTransaction *self,
                              gint64             *ret_size,
                              GError            **error)
{
  return posture_transaction_query_int (self, ret_size, error,
                                        "SELECT (page_count - freelist_count) * page_size"
                                        " FROM pragma_page_count, pragma_freelist_count, pragma_page_size", NULL);
}

/**
 * posture_transaction_get_changes:
 * @self: a transaction
 *
 * Returns: how many rows the last statement that writes has changed
 */
gint64
posture_transaction_get_changes (PostureTransaction *self)
{
  return sqlite3_changes64 (self->connection->database);
}

/**
 * posture_transaction_get_last_id:
 * @self: a transaction
 *
 * Returns: the row id of the row inserted last
 */
gint64
posture_transaction_get_last_id (PostureTransaction *self)
{
  return sqlite3_last_insert_rowid (self->connection->database);
}

/**
 * posture_transaction_save:
 * @self: a transaction
 * @error: return location for a #GError
 *
 * Begins a part that can be taken back by itself; parts nest. It ends with
 * posture_transaction_keep() or posture_transaction_take_back().
 *
 * Returns: %TRUE on success
 */
gboolean
posture_transaction_save (PostureTransaction *self,
                          GError            **error)
{
  const PosturePart part = { self->kept->len, self->notices->len, self->scrub };

  if (!posture_connection_run_kept (self->connection, "SAVEPOINT part", error))
    return FALSE;
  g_array_append_val (self->parts, part);
  return TRUE;
}

/**
 * posture_transaction_keep:
 * @self: a transaction with a part
 * @error: return location for a #GError
 *
 * Ends the part; what it did belongs to what is around it.
 *
 * Returns: %TRUE on success
 */
gboolean
posture_transaction_keep (PostureTransaction *self,
                          GError            **error)
{
  if (!posture_connection_run_kept (self->connection, "RELEASE part", error))
    return FALSE;
  g_array_set_size (self->parts, self->parts->len - 1);
  return TRUE;
}

/**
 * posture_transaction_take_back:
 * @self: a transaction with a part
 *
 * Ends the part and takes back what it did, also what was said and kept in
 * it. This can only fail if the engine has given up the whole transaction, which the next
 * statement will tell.
 */
void
posture_transaction_take_back (PostureTransaction *self)
{
  const PosturePart *part = &g_array_index (self->parts, PosturePart, self->parts->len - 1);

  posture_connection_run_void (self->connection, "ROLLBACK TO part");
  posture_connection_run_void (self->connection, "RELEASE part");
  self->connection->returns++;
  g_array_set_size (self->kept, part->kept);
  g_ptr_array_set_size (self->notices, (int) part->said);
  self->scrub = part->scrub;
  g_array_set_size (self->parts, self->parts->len - 1);
}

/**
 * posture_transaction_keep_thing:
 * @self: a transaction
 * @owner: whose it is
 * @thing: (transfer full): what is to be kept
 * @destroy: frees it
 * @committed: (scope notified) (nullable): called with @thing on the store
 *   thread when the transaction is on disk, before anybody is answered or told
 *
 * Keeps something until the transaction ends, or until the part or the work
 * that it was kept in is taken back: so it is there exactly as long as what was
 * written at the same time. What @committed hands on may be lost in a crash, and
 * has to be found in the rows then.
 */
void
posture_transaction_keep_thing (PostureTransaction *self,
                                gconstpointer       owner,
                                gpointer            thing,
                                GDestroyNotify      destroy,
                                PostureCommittedFunc committed)
{
  const PostureKept kept = { owner, thing, destroy, committed };

  g_array_append_val (self->kept, kept);
}

/* Calls those who wanted to know that the transaction is on disk. */
void
posture_transaction_call_committed (PostureTransaction *self)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      const PostureKept *kept = &g_array_index (self->kept, PostureKept, i);

      if (kept->committed != NULL)
        kept->committed (kept->thing);
    }
}

/**
 * posture_transaction_get_thing:
 * @self: a transaction
 * @owner: whose things
 * @place: (inout): where to look on, 0 at first
 *
 * Goes through what @owner keeps, in the order in which it was kept. What is
 * kept meanwhile comes, too.
 *
 * Returns: (transfer none) (nullable): the next thing; %NULL if there is none
 */
gpointer
posture_transaction_get_thing (PostureTransaction *self,
                               gconstpointer       owner,
                               guint              *place)
{
  while (*place < self->kept->len)
    {
      const PostureKept *kept = &g_array_index (self->kept, PostureKept, (*place)++);

      if (kept->owner == owner)
        return kept->thing;
    }
  return NULL;
}

/**
 * posture_transaction_get_stamp:
 * @self: a transaction
 *
 * Tells whether something that was read before still holds: as long as the
 * stamp is the same, nobody has changed a row, and nothing was taken back. No
 * two transactions have the same stamp.
 *
 * Returns: a number
 */
gint64
posture_transaction_get_stamp (PostureTransaction *self)
{
  return self->connection->returns + sqlite3_total_changes64 (self->connection->database);
}

/**
 * posture_transaction_notify:
 * @self: a transaction that writes
 * @topic: what kind of thing changed
 * @key: (nullable): which one
 *
 * Says that something changed. Reactions to the topic run in the same
 * transaction; [signal@Store::changed] is emitted once it is on disk. If the
 * work fails, nothing was said.
 */
void
posture_transaction_notify (PostureTransaction *self,
                            const char         *topic,
                            const char         *key)
{
  const PostureNotice said = { (char *) topic, (char *) key };
  PostureNotice *notice;

  /* works of one kind say the same one after another; what is taken back is always what was said last */
  for (guint i = self->notices->len; i > self->heard && i + LOOKED_BACK > self->notices->len; i--)
    if (posture_notice_equal (g_ptr_array_index (self->notices, i - 1), &said))
      return;
  notice = g_new0 (PostureNotice, 1);
  notice->topic = g_strdup (topic);
  notice->key = g_strdup (key);
  g_ptr_array_add (self->notices, notice);
}

/**
 * posture_transaction_scrub:
 * @self: a transaction that deletes what must not stay readable
 *
 * Asks that the write-ahead log is emptied once the transaction is on disk, so
 * that what was deleted is in no file any more. (Inside the database deleted
 * content is always overwritten.)
 */
void
posture_transaction_scrub (PostureTransaction *self)
{
  self->scrub = TRUE;
}

/**
 * posture_statement_step:
 * @self: a statement
 * @error: return location for a #GError
 *
 * Goes to the next row.
 *
 * Returns: whether there is one
 */
PostureStep
posture_statement_step (PostureStatement *self,
                        GError          **error)
{
  int code = sqlite3_step (self->statement);

  if (code == SQLITE_ROW)
    return POSTURE_STEP_ROW;
  if (code == SQLITE_DONE)
    return POSTURE_STEP_DONE;
  posture_connection_fail (self->connection, code, error);
  return POSTURE_STEP_ERROR;
}

/**
 * posture_statement_read_all:
 * @self: (transfer full) (nullable): a statement, or %NULL if it could not be
 *   begun and @error is set
 * @read: what each row becomes
 * @free_func: frees that
 * @error: return location for a #GError
 *
 * Reads all rows that are left, and ends the statement.
 *
 * Returns: (transfer full) (nullable): what they became, in their order, or
 *   %NULL on error
 */
GPtrArray *
posture_statement_read_all (PostureStatement *self,
                            PostureRowFunc    read,
                            GDestroyNotify    free_func,
                            GError          **error)
{
  g_autoptr (PostureStatement) rows = self;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_func);
  PostureStep step = POSTURE_STEP_ERROR;

  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      gpointer item = read (rows, error);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (list, item);
    }
  return step == POSTURE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/**
 * posture_statement_get_int:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: the value as a whole number, 0 for NULL
 */
gint64
posture_statement_get_int (PostureStatement *self,
                           guint             column)
{
  return sqlite3_column_int64 (self->statement, (int) column);
}

/**
 * posture_statement_get_double:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: the value as a number, 0 for NULL
 */
double
posture_statement_get_double (PostureStatement *self,
                              guint             column)
{
  return sqlite3_column_double (self->statement, (int) column);
}

/**
 * posture_statement_get_text:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): the value as text, until the next step
 */
const char *
posture_statement_get_text (PostureStatement *self,
                            guint             column)
{
  return (const char *) sqlite3_column_text (self->statement, (int) column);
}

/**
 * posture_statement_dup_bytes:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): the value's bytes, %NULL for NULL
 */
GBytes *
posture_statement_dup_bytes (PostureStatement *self,
                             guint             column)
{
  const void *data = sqlite3_column_blob (self->statement, (int) column);

  if (posture_statement_is_null (self, column))
    return NULL;
  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->statement, (int) column));
}

/**
 * posture_statement_is_null:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: whether there is no value
 */
gboolean
posture_statement_is_null (PostureStatement *self,
                           guint             column)
{
  return sqlite3_column_type (self->statement, (int) column) == SQLITE_NULL;
}

/**
 * posture_statement_free:
 * @self: (transfer full): a statement
 *
 * Ends the statement and keeps it prepared for the next time.
 */
void
posture_statement_free (PostureStatement *self)
{
  posture_connection_give_statement (self->connection, self);
}
