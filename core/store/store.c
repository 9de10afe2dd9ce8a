/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/store.h"

#include "store/neighbours-private.h"
#include "store/store-error.h"
#include "store/store-file-private.h"
#include "store/writer-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#define N_READERS 2
/* Works in one transaction. */
#define MAX_BATCH 256

/* The database of one profile. One thread writes, two read; everything else is in the thread that
 * opened the store. */
struct _PostureStore
{
  GObject parent_instance;

  char *folder;
  char *file;
  const PostureStoreModule **modules; /* (array zero-terminated=1) */
  GMainContext *context;
  PostureWorkQueue *writes;
  PostureWorkQueue *reads;
  PostureGate *gate; /* where the readers pass */
  PostureWriter *writer;
  GThread *readers[N_READERS];
  PostureConnection *reader_connections[N_READERS];
  PostureNeighbours *neighbours;
  gboolean was_unclean;
};

G_DEFINE_FINAL_TYPE (PostureStore, posture_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  CHANGED_ELSEWHERE,
  REACTION_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What happened on the write thread, on its way to the store's main context. It does not keep the store:
 * where no main context runs, the store can end all the same. */
typedef struct
{
  GWeakRef store;
  GPtrArray *notices; /* (element-type PostureNotice) (nullable) */
  char *topic;
  GError *error;
} Event;

static void
event_free (gpointer data)
{
  Event *event = data;

  g_weak_ref_clear (&event->store);
  g_clear_pointer (&event->notices, g_ptr_array_unref);
  g_clear_error (&event->error);
  g_free (event->topic);
  g_free (event);
}

/* Many works of a batch say the same; it is told once, where it was said first. */
static void
emit_notices (PostureStore    *self,
              const GPtrArray *notices)
{
  g_autoptr (GHashTable) told = g_hash_table_new (posture_notice_hash, posture_notice_equal);

  for (guint i = 0; i < notices->len; i++)
    {
      PostureNotice *notice = g_ptr_array_index (notices, i);

      if (g_hash_table_add (told, notice))
        g_signal_emit (self, signals[CHANGED], g_quark_from_string (notice->topic), notice->topic, notice->key);
    }
}

static gboolean
emit_cb (gpointer data)
{
  Event *event = data;
  g_autoptr (PostureStore) self = g_weak_ref_get (&event->store);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  if (event->error != NULL)
    g_signal_emit (self, signals[REACTION_FAILED], 0, event->topic, event->error);
  else if (event->notices == NULL)
    g_signal_emit (self, signals[CHANGED_ELSEWHERE], 0);
  else
    emit_notices (self, event->notices);
  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(): that would call here and now if nobody runs the context just then. */
static void
send_event (PostureStore *self,
            GPtrArray    *notices,
            const char   *topic,
            const GError *error)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Event *event = g_new0 (Event, 1);

  g_weak_ref_init (&event->store, self);
  event->notices = notices;
  event->topic = g_strdup (topic);
  event->error = error != NULL ? g_error_copy (error) : NULL;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_cb, event, event_free);
  g_source_attach (source, self->context);
}

static gboolean
is_alone_cb (PostureStore *self)
{
  return !posture_neighbours_are_there (self->neighbours);
}

static void
committing_cb (PostureStore *self)
{
  posture_neighbours_tell (self->neighbours);
}

static void
committed_cb (PostureStore *self,
              GPtrArray    *notices)
{
  posture_neighbours_tell (self->neighbours);
  if (notices->len > 0)
    send_event (self, notices, /* topic = */ NULL, /* error = */ NULL);
  else
    g_ptr_array_unref (notices);
}

static void
reaction_failed_cb (PostureStore *self,
                    const char   *topic,
                    const GError *error)
{
  send_event (self, /* notices = */ NULL, topic, error);
}

static void
written_elsewhere_cb (PostureStore *self)
{
  send_event (self, /* notices = */ NULL, /* topic = */ NULL, /* error = */ NULL);
}

static const PostureWriterEvents writer_events = {
  .is_alone = is_alone_cb,
  .committing = committing_cb,
  .committed = committed_cb,
  .reaction_failed = reaction_failed_cb,
  .written_elsewhere = written_elsewhere_cb,
};

static void
read_work (PostureConnection *connection,
           PostureWork       *work)
{
  g_autoptr (PostureTransaction) transaction = posture_transaction_new (connection);

  if (g_cancellable_set_error_if_cancelled (work->cancellable, &work->error) ||
      !posture_connection_run_kept (connection, "BEGIN", &work->error))
    return;
  posture_connection_set_work (connection, work->cancellable);
  if (!work->func (transaction, work->data, &work->error) && work->error == NULL)
    g_set_error_literal (&work->error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED,
                         _("The data could not be read."));
  posture_connection_set_work (connection, NULL);
  posture_connection_run_kept (connection, "COMMIT", /* error = */ NULL);
}

typedef struct
{
  PostureWorkQueue *queue;
  PostureGate *gate;
  PostureConnection *connection;
} Reader;

static gpointer
reader_thread (gpointer data)
{
  g_autofree Reader *reader = data;
  PostureBatch *batch;

  while ((batch = posture_work_queue_take (reader->queue, -1, /* wanted = */ 0, /* patience = */ NULL)) != NULL)
    {
      for (guint i = 0; i < batch->works->len; i++)
        {
          posture_gate_enter (reader->gate);
          read_work (reader->connection, g_ptr_array_index (batch->works, i));
          posture_gate_leave (reader->gate);
        }
      posture_batch_answer (batch);
      posture_batch_unref (batch);
    }
  return NULL;
}

static void
start_threads (PostureStore      *self,
               PostureConnection *connection)
{
  self->writer = posture_writer_new (self, self->writes, connection, self->gate, &writer_events);
  for (guint i = 0; i < N_READERS; i++)
    {
      Reader *reader = g_new0 (Reader, 1);

      reader->queue = self->reads;
      reader->gate = self->gate;
      reader->connection = self->reader_connections[i];
      self->readers[i] = g_thread_new ("posture-reader", reader_thread, reader);
    }
}

static void
stop_threads (PostureStore *self)
{
  posture_work_queue_stop (self->writes);
  posture_work_queue_stop (self->reads);
  if (self->writer == NULL)
    return;
  for (guint i = 0; i < N_READERS; i++)
    {
      g_thread_join (self->readers[i]);
      g_clear_pointer (&self->reader_connections[i], posture_connection_close);
    }
  g_clear_pointer (&self->writer, posture_writer_join);
}

static const PostureStoreModule **
copy_modules (const PostureStoreModule *const *modules)
{
  gsize n = 0;

  while (modules[n] != NULL)
    n++;
  return g_memdup2 (modules, (n + 1) * sizeof *modules);
}

/* Whose tables there are: (array zero-terminated=1). */
const PostureStoreModule *const *
posture_store_get_modules (PostureStore *self)
{
  return self->modules;
}

static void
posture_store_dispose (GObject *object)
{
  posture_store_close (POSTURE_STORE (object));
  G_OBJECT_CLASS (posture_store_parent_class)->dispose (object);
}

static void
posture_store_finalize (GObject *object)
{
  PostureStore *self = POSTURE_STORE (object);

  for (guint i = 0; i < N_READERS; i++)
    g_clear_pointer (&self->reader_connections[i], posture_connection_close);
  posture_work_queue_free (self->writes);
  posture_work_queue_free (self->reads);
  posture_gate_free (self->gate);
  g_main_context_unref (self->context);
  g_free (self->folder);
  g_free (self->file);
  g_free (self->modules);
  G_OBJECT_CLASS (posture_store_parent_class)->finalize (object);
}

static void
posture_store_class_init (PostureStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_store_dispose;
  object_class->finalize = posture_store_finalize;

  /**
   * PostureStore::changed:
   * @self: a store
   * @topic: what kind of thing changed
   * @key: (nullable): which one
   *
   * Something that this process wrote is on disk. Detailed by @topic; emitted
   * in the main context in which the store was opened.
   */
  signals[CHANGED] = g_signal_new ("changed", POSTURE_TYPE_STORE,
                                   G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * PostureStore::changed-elsewhere:
   * @self: a store
   *
   * Another process has written to the file.
   */
  signals[CHANGED_ELSEWHERE] = g_signal_new ("changed-elsewhere", POSTURE_TYPE_STORE,
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * PostureStore::reaction-failed:
   * @self: a store
   * @topic: what was reacted to
   * @error: why it failed
   *
   * A reaction failed; the work that set it off is on disk all the same.
   */
  signals[REACTION_FAILED] = g_signal_new ("reaction-failed", POSTURE_TYPE_STORE, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                           G_TYPE_ERROR);
}

static void
posture_store_init (PostureStore *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->writes = posture_work_queue_new (MAX_BATCH);
  self->reads = posture_work_queue_new (/* max_batch = */ 1);
  self->gate = posture_gate_new ();
}

/**
 * posture_store_open:
 * @folder: (type filename): the folder of a profile; it is made if it is not there
 * @modules: (array zero-terminated=1): the modules that keep tables, in the
 *   order in which their migrations run
 * @vfs: (nullable): the engine's file system to use; %NULL for the usual one
 * @error: return location for an error of [error@StoreError]
 *
 * Opens the database of a profile, brings its tables up and starts the
 * store's threads. This waits for the disk, but for no other process longer
 * than a migration of its takes. A file that is damaged, strange or newer is
 * left as it is.
 *
 * Returns: (transfer full) (nullable): the store, or %NULL on error
 */
PostureStore *
posture_store_open (const char                      *folder,
                    const PostureStoreModule *const *modules,
                    const char                      *vfs,
                    GError                         **error)
{
  g_autoptr (PostureStore) self = g_object_new (POSTURE_TYPE_STORE, NULL);
  g_autoptr (PostureConnection) connection = NULL;

  self->folder = g_strdup (folder);
  self->modules = copy_modules (modules);
  self->file = g_build_filename (folder, POSTURE_STORE_FILE, NULL);
  if (!posture_store_file_make (folder, self->file, error))
    return NULL;
  self->neighbours = posture_neighbours_join (folder, self->file, &self->was_unclean, error);
  if (self->neighbours == NULL)
    return NULL;
  connection = posture_connection_open (self->file, vfs, /* read_only = */ FALSE, error);
  if (connection == NULL || !posture_migrate (connection, folder, vfs, modules, is_alone_cb (self), error))
    return NULL;
  for (guint i = 0; i < N_READERS; i++)
    {
      self->reader_connections[i] = posture_connection_open (self->file, vfs, /* read_only = */ TRUE,
                                                             error);
      if (self->reader_connections[i] == NULL)
        return NULL;
    }
  start_threads (self, g_steal_pointer (&connection));
  posture_neighbours_listen (self->neighbours, (void (*) (gpointer)) posture_work_queue_nudge, self->writes);
  return g_steal_pointer (&self);
}

/**
 * posture_store_close:
 * @self: a store
 *
 * Does what was handed in, ends the threads and closes the file. Work handed
 * in later gives %POSTURE_STORE_ERROR_CLOSED.
 */
void
posture_store_close (PostureStore *self)
{
  stop_threads (self);
  g_clear_pointer (&self->neighbours, posture_neighbours_leave);
}

/**
 * posture_store_add_reaction:
 * @self: a store
 * @topic: what kind of change it reacts to
 * @func: (scope forever): runs on the store thread, in the transaction of the change
 * @data: for @func; it must live as long as the store is open
 *
 * Adds what is to happen in the same transaction as any change of a kind,
 * once for all changes that it holds. If it fails, the change stays and
 * [signal@Store::reaction-failed] is emitted.
 */
void
posture_store_add_reaction (PostureStore    *self,
                            const char      *topic,
                            PostureStoreFunc func,
                            gpointer         data)
{
  g_return_if_fail (self->writer != NULL);

  posture_writer_add_reaction (self->writer, topic, func, data);
}

/**
 * posture_store_add_closing:
 * @self: a store
 * @func: (scope forever): runs on the store thread at the end of each transaction
 * @data: for @func; it must live as long as the store is open
 *
 * Adds what is to happen at the end of every transaction that holds, after all
 * reactions and whatever came of them. Unlike a reaction it belongs to the
 * works: if it fails, the transaction is lost.
 */
void
posture_store_add_closing (PostureStore    *self,
                           PostureStoreFunc func,
                           gpointer         data)
{
  g_return_if_fail (self->writer != NULL);

  posture_writer_add_closing (self->writer, func, data);
}

/* Gives work to the threads, unless the store is closed. */
static gboolean
push (PostureStore *self,
      gboolean      writes,
      PostureWork  *work,
      GError      **error)
{
  if (posture_work_queue_push (writes ? self->writes : self->reads, work))
    return TRUE;
  g_set_error_literal (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CLOSED,
                       _("The data file is closed already."));
  return FALSE;
}

static void
hand_in (PostureStore       *self,
         gboolean            writes,
         PostureWork        *work,
         GAsyncReadyCallback callback,
         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, work->cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, posture_store_write_async);
  g_task_set_task_data (task, work, (GDestroyNotify) posture_work_free);
  /* What was written was written, even if somebody loses interest just then. */
  g_task_set_check_cancellable (task, FALSE);
  work->task = g_object_ref (task);
  if (push (self, writes, work, &error))
    return;
  g_clear_object (&work->task);
  g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * posture_store_write_async:
 * @self: a store
 * @func: (scope async): the piece of work
 * @data: for @func
 * @destroy: (nullable): frees @data
 * @cancellable: (nullable): takes the work back as long as it has not begun
 * @callback: (scope async): called in the caller's main context once the work
 *   is synced to disk, or has failed
 * @user_data: for @callback
 *
 * Hands a piece of work to the store thread. It runs in a transaction
 * together with others that wait; one sync serves them all. If the whole
 * transaction is lost, each is run again by itself.
 */
void
posture_store_write_async (PostureStore       *self,
                           PostureStoreFunc    func,
                           gpointer            data,
                           GDestroyNotify      destroy,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  hand_in (self, /* writes = */ TRUE, posture_work_new (func, data, destroy, cancellable), callback,
           user_data);
}

/**
 * posture_store_read_async:
 * @self: a store
 * @func: (scope async): the piece of work, which writes nothing
 * @data: for @func
 * @destroy: (nullable): frees @data
 * @cancellable: (nullable): stops the work, also in the middle of a statement
 * @callback: (scope async): called in the caller's main context
 * @user_data: for @callback
 *
 * Hands a piece of work to one of the reader threads. It sees what was
 * committed before it began, and no change while it runs.
 */
void
posture_store_read_async (PostureStore       *self,
                          PostureStoreFunc    func,
                          gpointer            data,
                          GDestroyNotify      destroy,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  hand_in (self, /* writes = */ FALSE, posture_work_new (func, data, destroy, cancellable), callback,
           user_data);
}

/**
 * posture_store_work_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends posture_store_write_async() and posture_store_read_async().
 *
 * Returns: (transfer none): the work's data, which lives as long as @result;
 *   %NULL on error (or if there was no data)
 */
gpointer
posture_store_work_finish (PostureStore *self,
                           GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
wait_for (PostureStore    *self,
          gboolean         writes,
          PostureStoreFunc func,
          gpointer         data,
          GCancellable    *cancellable,
          GError         **error)
{
  g_autoptr (PostureWork) work = posture_work_new (func, data, /* destroy = */ NULL, cancellable);

  return push (self, writes, work, error) && posture_work_wait (work, error);
}

/**
 * posture_store_write:
 * @self: a store
 * @func: (scope call): the piece of work
 * @data: for @func
 * @cancellable: (nullable): as for posture_store_write_async()
 * @error: return location for a #GError
 *
 * The twin of posture_store_write_async() that waits; for programs without a
 * window and for tests. Can be called from any thread.
 *
 * Returns: %TRUE once the work is synced to disk
 */
gboolean
posture_store_write (PostureStore    *self,
                     PostureStoreFunc func,
                     gpointer         data,
                     GCancellable    *cancellable,
                     GError         **error)
{
  return wait_for (self, /* writes = */ TRUE, func, data, cancellable, error);
}

/**
 * posture_store_read:
 * @self: a store
 * @func: (scope call): the piece of work, which writes nothing
 * @data: for @func
 * @cancellable: (nullable): stops the work
 * @error: return location for a #GError
 *
 * The twin of posture_store_read_async() that waits.
 *
 * Returns: %TRUE if the work succeeded
 */
gboolean
posture_store_read (PostureStore    *self,
                    PostureStoreFunc func,
                    gpointer         data,
                    GCancellable    *cancellable,
                    GError         **error)
{
  return wait_for (self, /* writes = */ FALSE, func, data, cancellable, error);
}

/**
 * posture_store_get_folder:
 * @self: a store
 *
 * Returns: (transfer none) (type filename): the folder of the profile
 */
const char *
posture_store_get_folder (PostureStore *self)
{
  return self->folder;
}

/**
 * posture_store_get_size:
 * @self: a store
 *
 * Returns: how many bytes the database and its log take on disk
 */
guint64
posture_store_get_size (PostureStore *self)
{
  return posture_store_file_get_size (self->file);
}

/**
 * posture_store_was_unclean:
 * @self: a store
 *
 * Returns: whether the last process that had the profile open was killed or
 *   crashed; what it had acknowledged is there, a check does no harm
 */
gboolean
posture_store_was_unclean (PostureStore *self)
{
  return self->was_unclean;
}

/**
 * posture_store_get_statistics:
 * @self: an open store
 * @ret_statistics: (out caller-allocates): the figures
 *
 * Tells what the store thread has done so far.
 */
void
posture_store_get_statistics (PostureStore           *self,
                              PostureStoreStatistics *ret_statistics)
{
  g_return_if_fail (self->writer != NULL);

  posture_writer_get_statistics (self->writer, ret_statistics);
}

/**
 * posture_store_discard_copies:
 * @self: a store
 * @error: return location for a #GError
 *
 * Deletes the copies that updates have set aside, so that what was deleted
 * from the database is not kept there.
 *
 * Returns: %TRUE if there are no copies now
 */
gboolean
posture_store_discard_copies (PostureStore *self,
                              GError      **error)
{
  static const char *const names[] = { POSTURE_STORE_COPY, POSTURE_STORE_REPLACEMENT };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *copy = g_build_filename (self->folder, names[i], NULL);

      if (posture_connection_discard_copy (copy))
        continue;
      g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_READ_ONLY,
                   _("The copy %s cannot be deleted: %s."), copy, g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}
