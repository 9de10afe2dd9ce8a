/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/progress.h"
#include "store/store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PostureBackupError:
 * @POSTURE_BACKUP_ERROR_DAMAGED: the file is cut off or was changed
 * @POSTURE_BACKUP_ERROR_FORM: it is no backup, or one of a newer version
 * @POSTURE_BACKUP_ERROR_PASSPHRASE: it needs a passphrase, has none, or another
 *   one
 * @POSTURE_BACKUP_ERROR_FILE: the file cannot be read or written
 * @POSTURE_BACKUP_ERROR_FULL: there is no room on the disk
 *
 * Why there is no backup, or why it cannot be used.
 */
typedef enum
{
  POSTURE_BACKUP_ERROR_DAMAGED,
  POSTURE_BACKUP_ERROR_FORM,
  POSTURE_BACKUP_ERROR_PASSPHRASE,
  POSTURE_BACKUP_ERROR_FILE,
  POSTURE_BACKUP_ERROR_FULL,
} PostureBackupError;

#define POSTURE_BACKUP_ERROR (posture_backup_error_quark ())
GQuark posture_backup_error_quark (void);

/**
 * PostureBackupInfo:
 * @created: when it was made, in milliseconds since 1970
 * @program: the version of Posture that made it
 * @size: bytes of the database in it
 * @secret: whether it has a passphrase
 *
 * What a backup is.
 */
typedef struct
{
  gint64 created;
  char *program;
  guint64 size;
  gboolean secret;
} PostureBackupInfo;

PostureBackupInfo *posture_backup_create    (const char                      *folder,
                                             const char                      *path,
                                             const char                      *passphrase,
                                             gint64                           now,
                                             const PostureProgress           *progress,
                                             GError                         **error);
PostureBackupInfo *posture_backup_check     (const char                      *path,
                                             const char                      *passphrase,
                                             const PostureProgress           *progress,
                                             GError                         **error);
PostureBackupInfo *posture_backup_restore   (const char                      *path,
                                             const char                      *passphrase,
                                             const char                      *folder,
                                             const PostureStoreModule *const *modules,
                                             const PostureProgress           *progress,
                                             GError                         **error);
void               posture_backup_create_async (const char                   *folder,
                                             const char                      *path,
                                             const char                      *passphrase,
                                             gint64                           now,
                                             GCancellable                    *cancellable,
                                             PostureProgressFunc              progress,
                                             gpointer                         progress_data,
                                             GAsyncReadyCallback              callback,
                                             gpointer                         user_data);
void               posture_backup_check_async (const char                    *path,
                                             const char                      *passphrase,
                                             GCancellable                    *cancellable,
                                             PostureProgressFunc              progress,
                                             gpointer                         progress_data,
                                             GAsyncReadyCallback              callback,
                                             gpointer                         user_data);
void               posture_backup_restore_async (const char                  *path,
                                             const char                      *passphrase,
                                             const char                      *folder,
                                             const PostureStoreModule *const *modules,
                                             GCancellable                    *cancellable,
                                             PostureProgressFunc              progress,
                                             gpointer                         progress_data,
                                             GAsyncReadyCallback              callback,
                                             gpointer                         user_data);
PostureBackupInfo *posture_backup_finish    (GAsyncResult                    *result,
                                             GError                         **error);
void               posture_backup_info_free (PostureBackupInfo               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureBackupInfo, posture_backup_info_free)

G_END_DECLS
