/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "user/user-private.h"

G_BEGIN_DECLS

/* The user service: what a person has, and the one door through which it changes. */
struct _PostureUserService
{
  GObject parent_instance;

  PostureStore *store;
  PostureUserContext *context;
  GPtrArray *waiting; /* (element-type GTask) (unowned): for a report */
  guint retry_id;
  gint64 pause; /* 0 while the change stream is read as it is written */
};

/* A question about one thing, and its answer. A function that finds it runs on a reader thread. */
typedef struct
{
  PostureUserContext *context;
  const char *id;
  gint64 number; /* what else is asked, if anything */
  gpointer found;
} PostureUserLookup;

gboolean posture_user_ask       (PostureUserService *self,
                                 PostureStoreFunc    func,
                                 PostureUserLookup  *lookup,
                                 GError            **error);
void     posture_user_ask_async (PostureUserService *self,
                                 PostureStoreFunc    func,
                                 const char         *id,
                                 gint64              number,
                                 GDestroyNotify      free_found,
                                 gpointer            tag,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);

G_END_DECLS
