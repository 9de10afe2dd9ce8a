/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_SETTINGS (posture_settings_get_type ())
G_DECLARE_FINAL_TYPE (PostureSettings, posture_settings, POSTURE, SETTINGS, GObject)

PostureSettings *posture_settings_new         (void);
void             posture_settings_bind_window (PostureSettings *self,
                                               gpointer         window);
char            *posture_settings_dup         (PostureSettings *self,
                                               const char      *key);
void             posture_settings_set         (PostureSettings *self,
                                               const char      *key,
                                               const char      *value);

G_END_DECLS
