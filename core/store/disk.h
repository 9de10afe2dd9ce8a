/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "config.h"

#include <glib.h>

G_BEGIN_DECLS

/* The calls on which it depends what a loss of power leaves: those that change the names in a folder, and those
 * that bring content or names to the disk. Until a folder is synced, each change of its names can be lost by
 * itself. All are as their namesakes in C: 0, or -1 with errno set. */
int posture_disk_link        (const char *from,
                              const char *to);
int posture_disk_rename      (const char *from,
                              const char *to);
int posture_disk_unlink      (const char *path);
int posture_disk_sync        (int         fd);
int posture_disk_sync_folder (const char *folder);

char    *posture_disk_dup_place     (const char *path);
gboolean posture_disk_check_outside (const char *path,
                                     const char *folder,
                                     GError    **error);

#if POSTURE_FAILPOINTS
/**
 * PostureDiskSteps:
 * @link: as posture_disk_link()
 * @rename: as posture_disk_rename()
 * @unlink: as posture_disk_unlink()
 * @sync: as posture_disk_sync()
 * @sync_folder: as posture_disk_sync_folder()
 *
 * What a test has in the place of the calls, to lose what was not synced.
 */
typedef struct
{
  int (*link) (const char *from, const char *to);
  int (*rename) (const char *from, const char *to);
  int (*unlink) (const char *path);
  int (*sync) (int fd);
  int (*sync_folder) (const char *folder);
} PostureDiskSteps;

void posture_disk_set_steps (const PostureDiskSteps *steps);
#endif

G_END_DECLS
