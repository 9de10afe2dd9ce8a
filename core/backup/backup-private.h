/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backup/backup.h"

G_BEGIN_DECLS

gboolean           backup_fail    (GError               **error,
                                   const char            *path);
gboolean           backup_prepare (GError               **error);
double             backup_part_of (guint64                done,
                                   guint64                size);
PostureBackupInfo *backup_read    (int                    fd,
                                   const char            *passphrase,
                                   int                    to,
                                   const char            *to_path,
                                   const PostureProgress *progress,
                                   GError               **error);

G_END_DECLS
