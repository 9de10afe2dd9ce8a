/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_PROFILE_LOCK (posture_profile_lock_get_type ())
G_DECLARE_FINAL_TYPE (PostureProfileLock, posture_profile_lock, POSTURE, PROFILE_LOCK, GObject)

PostureProfileLock *posture_profile_lock_new            (const char          *folder);
gboolean            posture_profile_lock_try            (PostureProfileLock  *self,
                                                         GError             **error);
void                posture_profile_lock_acquire_async  (PostureProfileLock  *self,
                                                         GCancellable        *cancellable,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
gboolean            posture_profile_lock_acquire_finish (PostureProfileLock  *self,
                                                         GAsyncResult        *result,
                                                         GError             **error);
gboolean            posture_profile_lock_is_held        (PostureProfileLock  *self);
void                posture_profile_lock_release        (PostureProfileLock  *self);

G_END_DECLS
