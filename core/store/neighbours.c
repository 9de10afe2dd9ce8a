/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/neighbours-private.h"

#include "store/profile-lock-private.h"
#include "store/store-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

#define RATE_LIMIT_MS 20

/* Others that have the profile open: whom to tell that something was written, and who tells us. What is written
 * wakes nobody by itself, since the engine makes a commit visible after its last write. So who has written touches
 * the index of the log, and everybody watches it. That file is there as long as one has the database open, and is
 * never synced: to touch the log itself would cost its next sync another write. */
struct _PostureNeighbours
{
  int fd; /* holds our place among those who have the profile open */
  char *index;
  GFileMonitor *monitor; /* (nullable) */
  void (*written) (gpointer data);
  gpointer data;
};

/* Joins those who have the profile in @folder open; its database is @file. Until posture_neighbours_listen() nobody
 * else can. @ret_unclean: whether somebody left without closing it in order. */
PostureNeighbours *
posture_neighbours_join (const char *folder,
                         const char *file,
                         gboolean   *ret_unclean,
                         GError    **error)
{
  PostureNeighbours *self;
  int fd = posture_store_file_join (folder, file, ret_unclean, error);

  if (fd < 0)
    return NULL;
  self = g_new0 (PostureNeighbours, 1);
  self->fd = fd;
  self->index = g_strconcat (file, "-shm", NULL);
  return self;
}

static void
monitor_cb (PostureNeighbours *self)
{
  self->written (self->data);
}

/* Lets others join, and calls @written in the caller's main context when one of them may have written. The database
 * must be open. */
void
posture_neighbours_listen (PostureNeighbours *self,
                           void (*written) (gpointer data),
                           gpointer           data)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->index);

  self->written = written;
  self->data = data;
  /* the file itself and not its folder, in which every write to the log would wake us */
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_HARD_LINKS, /* cancellable = */ NULL, NULL);
  if (self->monitor != NULL)
    {
      g_file_monitor_set_rate_limit (self->monitor, RATE_LIMIT_MS);
      g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (monitor_cb), self);
    }
  posture_profile_opened (self->fd);
}

/* Tells the others, if there are any, that something was committed. Can be called from any thread. */
void
posture_neighbours_tell (PostureNeighbours *self)
{
  /* who joins after this opens the database after it, too, and sees what was committed */
  if (posture_profile_has_others (self->fd) && utimensat (AT_FDCWD, self->index, /* times = now */ NULL, 0) != 0)
    g_debug ("The index of the log cannot be touched: %s", g_strerror (errno));
}

/* Ends it. Takes %NULL, too. */
void
posture_neighbours_leave (PostureNeighbours *self)
{
  if (self == NULL)
    return;
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  close (self->fd);
  g_free (self->index);
  g_free (self);
}
