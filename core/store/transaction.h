/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PostureTransaction PostureTransaction;
typedef struct _PostureStatement PostureStatement;

/**
 * PostureStep:
 * @POSTURE_STEP_ROW: there is a row to read
 * @POSTURE_STEP_DONE: there are no more rows
 * @POSTURE_STEP_ERROR: the error is set
 *
 * What posture_statement_step() came to.
 */
typedef enum
{
  POSTURE_STEP_ROW,
  POSTURE_STEP_DONE,
  POSTURE_STEP_ERROR,
} PostureStep;

/**
 * PostureRowFunc:
 * @row: a statement at a row
 * @error: return location for a #GError
 *
 * Makes something of a row.
 *
 * Returns: (transfer full) (nullable): it, or %NULL on error
 */
typedef gpointer (*PostureRowFunc) (PostureStatement *row,
                                    GError          **error);

/**
 * PostureCommittedFunc:
 * @thing: what was kept with the transaction
 *
 * Is called when the transaction is on disk. It must not wait.
 */
typedef void (*PostureCommittedFunc) (gpointer thing);

gboolean          posture_transaction_execute     (PostureTransaction *self,
                                                   GError            **error,
                                                   const char         *sql,
                                                   const char         *types,
                                                   ...);
PostureStatement *posture_transaction_query       (PostureTransaction *self,
                                                   GError            **error,
                                                   const char         *sql,
                                                   const char         *types,
                                                   ...);
gboolean          posture_transaction_query_int   (PostureTransaction *self,
                                                   gint64             *ret_value,
                                                   GError            **error,
                                                   const char         *sql,
                                                   const char         *types,
                                                   ...);
gboolean          posture_transaction_get_size    (PostureTransaction *self,
                                                   gint64             *ret_size,
                                                   GError            **error);
gint64            posture_transaction_get_changes (PostureTransaction *self);
gint64            posture_transaction_get_last_id (PostureTransaction *self);
gboolean          posture_transaction_save        (PostureTransaction *self,
                                                   GError            **error);
gboolean          posture_transaction_keep        (PostureTransaction *self,
                                                   GError            **error);
void              posture_transaction_take_back   (PostureTransaction *self);
void              posture_transaction_keep_thing  (PostureTransaction *self,
                                                   gconstpointer       owner,
                                                   gpointer            thing,
                                                   GDestroyNotify      destroy,
                                                   PostureCommittedFunc committed);
gpointer          posture_transaction_get_thing   (PostureTransaction *self,
                                                   gconstpointer       owner,
                                                   guint              *place);
gint64            posture_transaction_get_stamp   (PostureTransaction *self);
void              posture_transaction_notify      (PostureTransaction *self,
                                                   const char         *topic,
                                                   const char         *key);
void              posture_transaction_scrub       (PostureTransaction *self);

PostureStep       posture_statement_step          (PostureStatement   *self,
                                                   GError            **error);
GPtrArray        *posture_statement_read_all      (PostureStatement   *self,
                                                   PostureRowFunc      read,
                                                   GDestroyNotify      free_func,
                                                   GError            **error);
gint64            posture_statement_get_int       (PostureStatement   *self,
                                                   guint               column);
double            posture_statement_get_double    (PostureStatement   *self,
                                                   guint               column);
const char       *posture_statement_get_text      (PostureStatement   *self,
                                                   guint               column);
GBytes           *posture_statement_dup_bytes     (PostureStatement   *self,
                                                   guint               column);
gboolean          posture_statement_is_null       (PostureStatement   *self,
                                                   guint               column);
void              posture_statement_free          (PostureStatement   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureStatement, posture_statement_free)

G_END_DECLS
