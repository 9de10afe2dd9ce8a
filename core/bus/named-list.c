/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

/* What is asked for, and what is found. */
typedef struct
{
  const PostureNamedList *table;
  const char *name; /* (nullable): all */
  GPtrArray *list;
} Question;

static gboolean
read_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Question *question = data;
  const PostureNamedList *table = question->table;
  PostureStatement *rows = question->name != NULL
                             ? posture_transaction_query (transaction, error, table->sql_one, "t", question->name)
                             : posture_transaction_query (transaction, error, table->sql_all, NULL);

  g_clear_pointer (&question->list, g_ptr_array_unref);
  question->list = posture_statement_read_all (rows, table->read, table->free_func, error);
  return question->list != NULL;
}

/* Reads all rows of a table, or the one of a name. Waits for the disk. */
GPtrArray *
posture_bus_read_list (PostureBus             *self,
                       const PostureNamedList *table,
                       const char             *name,
                       GError                **error)
{
  Question question = { table, name, NULL };

  if (!posture_store_read (posture_bus_get_store (self), read_func, &question, /* cancellable = */ NULL, error))
    g_clear_pointer (&question.list, g_ptr_array_unref);
  return question.list;
}

/* The one of a name; %NULL with @error unset if there is none. Waits for the disk. */
gpointer
posture_bus_read_named (PostureBus             *self,
                        const PostureNamedList *table,
                        const char             *name,
                        GError                **error)
{
  g_autoptr (GPtrArray) list = posture_bus_read_list (self, table, name, error);

  return list != NULL && list->len > 0 ? g_ptr_array_steal_index (list, 0) : NULL;
}
