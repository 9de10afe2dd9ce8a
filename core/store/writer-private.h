/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/connection-private.h"

G_BEGIN_DECLS

/* A piece of work that waits for a thread of the store. */
typedef struct _PostureWork PostureWork;

struct _PostureWork
{
  PostureStoreFunc func; /* NULL: only look whether another process has written */
  gpointer data;
  GDestroyNotify destroy;
  GCancellable *cancellable;
  GTask *task; /* NULL: a thread waits for @answered instead */
  GMutex mutex;
  GCond answered_cond;
  gboolean answered;
  struct _PostureWork *wakes[2]; /* whom the waiting thread wakes in turn */
  GError *error;
  GPtrArray *notices; /* (element-type PostureNotice), of its last run */
};

PostureWork *posture_work_new    (PostureStoreFunc func,
                                  gpointer         data,
                                  GDestroyNotify   destroy,
                                  GCancellable    *cancellable);
void         posture_work_free   (PostureWork     *self);
void         posture_work_answer (PostureWork     *self);
void         posture_works_answer (PostureWork *const *works,
                                   guint            n_works);
gboolean     posture_work_wait   (PostureWork     *self,
                                  GError         **error);

typedef struct
{
  char *topic;
  PostureStoreFunc func;
  gpointer data;
} PostureReaction;

/* What the write thread tells the store; called on that thread. */
typedef struct
{
  void (*committed) (PostureStore *store,
                     GPtrArray    *notices /* (element-type PostureNotice) (transfer full) */);
  void (*reaction_failed) (PostureStore *store,
                           const char   *topic,
                           const GError *error);
  void (*written_elsewhere) (PostureStore *store);
} PostureWriterEvents;

typedef struct _PostureWriter PostureWriter;

PostureWriter *posture_writer_new            (PostureStore              *store,
                                              PostureConnection         *connection,
                                              const PostureWriterEvents *events);
void           posture_writer_push           (PostureWriter             *self,
                                              PostureWork               *work);
void           posture_writer_add_reaction   (PostureWriter             *self,
                                              const char                *topic,
                                              PostureStoreFunc           func,
                                              gpointer                   data);
void           posture_writer_get_statistics (PostureWriter             *self,
                                              PostureStoreStatistics    *ret_statistics);
void           posture_writer_stop           (PostureWriter             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureWork, posture_work_free)

G_END_DECLS
