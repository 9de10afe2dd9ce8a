/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/progress.h"
#include "store/store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* One connection to the file, used by one thread at a time. */
typedef struct
{
  sqlite3 *database;
  GHashTable *statements;    /* SQL text -> PostureStatement, prepared once */
  GCancellable *cancellable; /* (unowned): of the work that runs now */
  guint wal_pages;           /* in the write-ahead log after the last commit */
  gint64 returns;            /* how often the database may have been another one than before: a new
                                transaction, or one that was taken back in part */
} PostureConnection;

/* A prepared statement, in use or kept for the next time. */
struct _PostureStatement
{
  PostureConnection *connection;
  sqlite3_stmt *statement;
  gboolean kept; /* in the connection's table; else the same SQL was in use already */
  gboolean taken;
};

/* What a piece of work says, until it is known that it holds. */
typedef struct
{
  char *topic;
  char *key;
} PostureNotice;

/* What somebody keeps while the transaction goes on. */
typedef struct
{
  gconstpointer owner;
  gpointer thing;
  GDestroyNotify destroy;
  PostureCommittedFunc committed; /* (nullable): called with the thing once the transaction is on disk */
} PostureKept;

/* How things stood when a part began. */
typedef struct
{
  guint kept;
  guint said;
  gboolean scrub;
} PosturePart;

struct _PostureTransaction
{
  PostureConnection *connection;
  GPtrArray *notices; /* (element-type PostureNotice) */
  guint heard;        /* so many of them were reacted to */
  GArray *kept;       /* (element-type PostureKept) */
  GArray *parts;      /* (element-type PosturePart): those that are open */
  gboolean writes; /* a statement of the work that runs */
  gboolean scrub;
};

PostureConnection *posture_connection_open         (const char         *path,
                                                    const char         *vfs,
                                                    gboolean            read_only,
                                                    GError            **error);
void               posture_connection_close        (PostureConnection  *self);
gboolean           posture_connection_run          (PostureConnection  *self,
                                                    const char         *sql,
                                                    GError            **error);
gboolean           posture_connection_run_kept     (PostureConnection  *self,
                                                    const char         *sql,
                                                    GError            **error);
PostureStatement  *posture_connection_take_statement (PostureConnection *self,
                                                      const char        *sql,
                                                      GError           **error);
void               posture_connection_give_statement (PostureConnection *self,
                                                      PostureStatement  *statement);
gboolean           posture_connection_run_void     (PostureConnection  *self,
                                                    const char         *sql);
gboolean           posture_connection_is_lost      (PostureConnection  *self);
gint64             posture_connection_get_version  (PostureConnection  *self);
void               posture_connection_set_work     (PostureConnection  *self,
                                                    GCancellable       *cancellable);
gboolean           posture_connection_checkpoint   (PostureConnection  *self,
                                                    gboolean            truncate,
                                                    gboolean            alone);
char             **posture_connection_check        (PostureConnection  *self,
                                                    const PostureStoreModule *const *modules,
                                                    gboolean            full,
                                                    GError            **error);
gboolean           posture_connection_copy         (PostureConnection  *self,
                                                    const char         *path,
                                                    const PostureProgress *progress,
                                                    GError            **error);
gboolean           posture_connection_discard_copy (const char      *path);
gboolean           posture_connection_fail         (PostureConnection  *self,
                                                    int                 code,
                                                    GError            **error);

gboolean           posture_migrate                 (PostureConnection        *connection,
                                                    const char               *folder,
                                                    const char               *vfs,
                                                    const PostureStoreModule *const *modules,
                                                    gboolean                  alone,
                                                    GError                  **error);

gboolean           posture_migration_can_read      (PostureConnection        *connection,
                                                    const PostureStoreModule *const *modules,
                                                    GError                  **error);

void               posture_snapshot_drop_leftovers (const char              *folder);

const PostureStoreModule *const *posture_store_get_modules (PostureStore *self);

PostureTransaction *posture_transaction_new        (PostureConnection  *connection);
void                posture_transaction_free       (PostureTransaction *self);
void                posture_transaction_call_committed (PostureTransaction *self);
void                posture_notice_free            (PostureNotice      *notice);
guint               posture_notice_hash            (gconstpointer       notice);
gboolean            posture_notice_equal           (gconstpointer       notice,
                                                    gconstpointer       other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureConnection, posture_connection_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureTransaction, posture_transaction_free)

#define POSTURE_STORE_FILE "posture.db"
#define POSTURE_STORE_COPY "posture.db.before-update"
#define POSTURE_STORE_SNAPSHOT "posture.db.snapshot"
#define POSTURE_STORE_REPLACEMENT "posture.db.restoring"

G_END_DECLS
