/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean posture_store_file_make     (const char *folder,
                                      const char *file,
                                      GError    **error);
int      posture_store_file_join     (const char *folder,
                                      const char *file,
                                      gboolean   *ret_unclean,
                                      GError    **error);
guint64  posture_store_file_get_size (const char *file);

G_END_DECLS
