/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The names in a folder as a disk has them: until the folder is synced, a loss of power can take back each
 * change by itself. It stands behind the steps of core/store/disk.h and behind the engine's deleting of files
 * (test-vfs); it knows one set of changes for the whole process. */

/* Begins to note changes. @hidden (not copied) is an empty folder in the same file system, where files are held
 * that have lost their names. Of the changes not synced, a loss of power keeps those whose bit is set in @kept,
 * the first one's being the lowest. */
void     test_disk_watch       (const char *hidden,
                                guint32     kept);
gboolean test_disk_is_watching (void);
/* Deletes a file as posture_disk_unlink() does. */
int      test_disk_unlink      (const char *path);
/* Does to the names what a loss of power can do, cuts off files that were put in a place before they were synced,
 * and goes on as test_vfs_lose_power(). */
void     test_disk_lose_power  (void);

G_END_DECLS
