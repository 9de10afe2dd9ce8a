/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"
#include "store/clock.h"
#include "store/store.h"
#include "user/user-service.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_PLATFORM (posture_platform_get_type ())
G_DECLARE_FINAL_TYPE (PosturePlatform, posture_platform, POSTURE, PLATFORM, GObject)

PostureLibrary     *posture_platform_load_library    (const char        *folder,
                                                      GError           **error);
char               *posture_platform_dup_questionnaires_folder
                                                     (const char        *folder);
char               *posture_platform_dup_data_folder (void);
PosturePlatform    *posture_platform_open            (const char        *folder,
                                                      PostureClock      *clock,
                                                      PostureLibrary    *library,
                                                      const char        *vfs,
                                                      GError           **error);
void                posture_platform_open_async      (const char        *folder,
                                                      PostureClock      *clock,
                                                      GAsyncReadyCallback callback,
                                                      gpointer           user_data);
PosturePlatform    *posture_platform_open_finish     (GAsyncResult      *result,
                                                      GError           **error);
void                posture_platform_close           (PosturePlatform   *self);
PostureStore       *posture_platform_get_store       (PosturePlatform   *self);
PostureBus         *posture_platform_get_bus         (PosturePlatform   *self);
PostureUserService *posture_platform_get_user        (PosturePlatform   *self);
PostureLibrary     *posture_platform_get_library     (PosturePlatform   *self);
gboolean            posture_platform_is_dispatching  (PosturePlatform   *self);

const PostureStoreModule *const *posture_platform_get_modules (void);

G_END_DECLS
