/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/connection-private.h"
#include "store/gate-private.h"
#include "store/work-private.h"

G_BEGIN_DECLS

/* What the write thread tells the store; called on that thread. */
typedef struct
{
  gboolean (*is_alone) (PostureStore *store); /* no other process has the file open */
  void (*committing) (PostureStore *store);
  void (*committed) (PostureStore *store,
                     GPtrArray    *notices /* (element-type PostureNotice) (transfer full) */);
  void (*reaction_failed) (PostureStore *store,
                           const char   *topic,
                           const GError *error);
  void (*written_elsewhere) (PostureStore *store);
} PostureWriterEvents;

typedef struct _PostureWriter PostureWriter;

PostureWriter *posture_writer_new            (PostureStore              *store,
                                              PostureWorkQueue          *queue,
                                              PostureConnection         *connection,
                                              PostureGate               *gate,
                                              const PostureWriterEvents *events);
void           posture_writer_add_reaction   (PostureWriter             *self,
                                              const char                *topic,
                                              PostureStoreFunc           func,
                                              gpointer                   data);
void           posture_writer_add_closing    (PostureWriter             *self,
                                              PostureStoreFunc           func,
                                              gpointer                   data);
void           posture_writer_get_statistics (PostureWriter             *self,
                                              PostureStoreStatistics    *ret_statistics);
void           posture_writer_join           (PostureWriter             *self);

G_END_DECLS
