/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include "bus/event-private.h"

/* What is asked of the journal, and what it says. */
typedef struct
{
  gint64 after;
  guint limit;
  const char *id;
  GPtrArray *list;
} Question;

static void
journal_entry_free (gpointer data)
{
  PostureJournalEntry *entry = data;

  g_clear_pointer (&entry->event, posture_event_unref);
  g_free (entry);
}

static gboolean
read_entries (PostureStatement *rows,
              GPtrArray        *list,
              GError          **error)
{
  PostureStep step;

  while ((step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      PostureJournalEntry *entry = g_new0 (PostureJournalEntry, 1);

      g_ptr_array_add (list, entry);
      entry->sequence = posture_statement_get_int (rows, 0);
      entry->event = posture_event_new_from_row (posture_statement_get_text (rows, 1),
                                                 posture_statement_get_text (rows, 2), /* replay = */ NULL,
                                                 error);
      if (entry->event == NULL)
        return FALSE;
    }
  return step == POSTURE_STEP_DONE;
}

static gboolean
list_events_func (PostureTransaction *transaction,
                  gpointer            data,
                  GError            **error)
{
  Question *question = data;
  g_autoptr (PostureStatement) rows = NULL;

  question->list = g_ptr_array_new_with_free_func (journal_entry_free);
  if (question->id != NULL)
    rows = posture_transaction_query (transaction, error, posture_bus_sql_event, "t", question->id);
  else
    rows = posture_transaction_query (transaction, error, posture_bus_sql_events, "ii",
                                      question->after, (gint64) question->limit);
  return rows != NULL && read_entries (rows, question->list, error);
}

static GPtrArray *
ask_list (PostureBus      *self,
          PostureStoreFunc func,
          Question        *question,
          GError         **error)
{
  if (!posture_store_read (posture_bus_get_store (self), func, question, /* cancellable = */ NULL, error))
    g_clear_pointer (&question->list, g_ptr_array_unref);
  return question->list;
}

/**
 * posture_bus_list_events:
 * @self: a bus
 * @after: a sequence number; 0 for the beginning
 * @limit: how many at most
 * @error: return location for a #GError
 *
 * Reads the journal, a page at a time. Waits for the disk.
 *
 * Returns: (transfer container) (element-type PostureJournalEntry) (nullable):
 *   the events after @after in the order in which they were put
 */
GPtrArray *
posture_bus_list_events (PostureBus *self,
                         gint64      after,
                         guint       limit,
                         GError    **error)
{
  Question question = { .after = after, .limit = limit };

  return ask_list (self, list_events_func, &question, error);
}

/**
 * posture_bus_dup_event:
 * @self: a bus
 * @id: an event's id
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the event; %NULL with @error unset if
 *   the journal does not hold it (any more)
 */
PostureEvent *
posture_bus_dup_event (PostureBus *self,
                       const char *id,
                       GError    **error)
{
  Question question = { .id = id };
  g_autoptr (GPtrArray) list = ask_list (self, list_events_func, &question, error);
  PostureJournalEntry *entry;

  if (list == NULL || list->len == 0)
    return NULL;
  entry = g_ptr_array_index (list, 0);
  return posture_event_ref (entry->event);
}
