/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* Works that are answered together. */
typedef struct
{
  gatomicrefcount references; /* each work has one */
  GPtrArray *works;           /* (element-type PostureWork): not to be touched once they are answered */

  GMutex mutex; /* guards what follows */
  GCond answered_cond;
  gboolean waits; /* some thread does */
  gboolean answered;
} PostureBatch;

/* A piece of work that waits for a thread of the store. */
typedef struct
{
  PostureStoreFunc func;
  gpointer data;
  GDestroyNotify destroy;
  GCancellable *cancellable;
  GTask *task;         /* NULL: a thread waits in posture_work_wait() instead */
  PostureBatch *batch; /* once it was handed in */
  GError *error;
} PostureWork;

PostureWork *posture_work_new  (PostureStoreFunc func,
                                gpointer         data,
                                GDestroyNotify   destroy,
                                GCancellable    *cancellable);
void         posture_work_free (PostureWork     *self);
gboolean     posture_work_run  (PostureTransaction *transaction,
                                gboolean            guarded,
                                PostureStoreFunc    func,
                                gpointer            data,
                                GError            **error);
gboolean     posture_work_wait (PostureWork     *self,
                                GError         **error);

void posture_batch_unref  (PostureBatch *self);
void posture_batch_answer (PostureBatch *self);

typedef struct _PostureWorkQueue PostureWorkQueue;

PostureWorkQueue *posture_work_queue_new        (guint             max_batch);
void              posture_work_queue_free       (PostureWorkQueue *self);
gboolean          posture_work_queue_push       (PostureWorkQueue *self,
                                                 PostureWork      *work);
void              posture_work_queue_nudge      (PostureWorkQueue *self);
void              posture_work_queue_stop       (PostureWorkQueue *self);
guint             posture_work_queue_get_length (PostureWorkQueue *self);
PostureBatch     *posture_work_queue_take       (PostureWorkQueue *self,
                                                 gint64            timeout,
                                                 guint             wanted,
                                                 gint64           *patience);
PostureBatch     *posture_work_queue_take_more  (PostureWorkQueue *self,
                                                 guint             taken,
                                                 guint             wanted,
                                                 gint64           *patience);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureWork, posture_work_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureBatch, posture_batch_unref)

G_END_DECLS
