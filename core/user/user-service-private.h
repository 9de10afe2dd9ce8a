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

G_END_DECLS
