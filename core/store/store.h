/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/transaction.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PostureStoreModule:
 * @name: the module's name, which its tables carry, too
 * @migrations: (array zero-terminated=1): SQL; the n-th brings the module's
 *   tables from version n - 1 to n. What was released is never changed.
 * @checks: (array zero-terminated=1) (nullable): SQL; each row that it gives
 *   tells of damage in its first column that the engine cannot know of. A file
 *   that does not have the tables yet is not asked.
 *
 * A module that keeps tables in the store.
 */
typedef struct
{
  const char *name;
  const char *const *migrations;
  const char *const *checks;
} PostureStoreModule;

/**
 * PostureStoreStatistics:
 * @works: pieces of work that were committed
 * @commits: transactions, one sync each
 * @largest: most pieces of work in one transaction
 * @joined: pieces of work that came in while their transaction ran
 * @reruns: pieces of work that were run again because their transaction was lost
 *
 * What the store thread has done since the store was opened.
 */
typedef struct
{
  guint64 works;
  guint64 commits;
  guint64 largest;
  guint64 joined;
  guint64 reruns;
} PostureStoreStatistics;

/**
 * PostureStoreFunc:
 * @transaction: the open transaction
 * @data: what was handed in with the function
 * @error: return location for a #GError
 *
 * A piece of work. It runs on a thread of the store, has no effect but rows
 * and @data, and can be run again from the start.
 *
 * Returns: %FALSE with @error set if it failed: then its rows are taken back
 */
typedef gboolean (*PostureStoreFunc) (PostureTransaction *transaction,
                                      gpointer            data,
                                      GError            **error);

#define POSTURE_TYPE_STORE (posture_store_get_type ())
G_DECLARE_FINAL_TYPE (PostureStore, posture_store, POSTURE, STORE, GObject)

PostureStore *posture_store_open            (const char                      *folder,
                                             const PostureStoreModule *const *modules,
                                             const char                      *vfs,
                                             GError                         **error);
void          posture_store_close           (PostureStore                    *self);
void          posture_store_add_reaction    (PostureStore                    *self,
                                             const char                      *topic,
                                             PostureStoreFunc                 func,
                                             gpointer                         data);
void          posture_store_add_closing     (PostureStore                    *self,
                                             PostureStoreFunc                 func,
                                             gpointer                         data);
void          posture_store_write_async     (PostureStore                    *self,
                                             PostureStoreFunc                 func,
                                             gpointer                         data,
                                             GDestroyNotify                   destroy,
                                             GCancellable                    *cancellable,
                                             GAsyncReadyCallback              callback,
                                             gpointer                         user_data);
void          posture_store_read_async      (PostureStore                    *self,
                                             PostureStoreFunc                 func,
                                             gpointer                         data,
                                             GDestroyNotify                   destroy,
                                             GCancellable                    *cancellable,
                                             GAsyncReadyCallback              callback,
                                             gpointer                         user_data);
gpointer      posture_store_work_finish     (PostureStore                    *self,
                                             GAsyncResult                    *result,
                                             GError                         **error);
gboolean      posture_store_write           (PostureStore                    *self,
                                             PostureStoreFunc                 func,
                                             gpointer                         data,
                                             GCancellable                    *cancellable,
                                             GError                         **error);
gboolean      posture_store_read            (PostureStore                    *self,
                                             PostureStoreFunc                 func,
                                             gpointer                         data,
                                             GCancellable                    *cancellable,
                                             GError                         **error);
void          posture_store_check_async     (PostureStore                    *self,
                                             gboolean                         full,
                                             GCancellable                    *cancellable,
                                             GAsyncReadyCallback              callback,
                                             gpointer                         user_data);
char        **posture_store_check_finish    (PostureStore                    *self,
                                             GAsyncResult                    *result,
                                             GError                         **error);
const char   *posture_store_get_folder      (PostureStore                    *self);
guint64       posture_store_get_size        (PostureStore                    *self);
gboolean      posture_store_was_unclean     (PostureStore                    *self);
void          posture_store_get_statistics  (PostureStore                    *self,
                                             PostureStoreStatistics          *ret_statistics);
gboolean      posture_store_discard_copies  (PostureStore                    *self,
                                             GError                         **error);

G_END_DECLS
