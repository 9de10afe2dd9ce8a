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
#define LOOK_AGAIN_MS 1000

/* Others that have the profile open: whom to tell that something was written, and who tells us. What is written
 * wakes nobody by itself, since the engine makes a commit visible after its last write. So who writes touches the
 * index of the log, and everybody watches it: before the commit and after it. Who is killed in between has told of
 * it all the same, since who is told looks once more a little later. That file is there as long as one has the
 * database open, and is never synced: to touch the log itself would cost its next sync another write. */
struct _PostureNeighbours
{
  int fd; /* holds our place among those who have the profile open */
  char *index;
  GFileMonitor *monitor; /* (nullable) */
  GMainContext *context; /* of who listens, or NULL */
  GSource *look_again;   /* (nullable) */
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
forget_look (PostureNeighbours *self)
{
  if (self->look_again != NULL)
    g_source_destroy (self->look_again);
  g_clear_pointer (&self->look_again, g_source_unref);
}

static gboolean
look_again_cb (gpointer data)
{
  PostureNeighbours *self = data;

  forget_look (self);
  self->written (self->data);
  return G_SOURCE_REMOVE;
}

static void
monitor_cb (PostureNeighbours *self)
{
  forget_look (self);
  self->look_again = g_timeout_source_new (LOOK_AGAIN_MS);
  g_source_set_callback (self->look_again, look_again_cb, self, NULL);
  g_source_attach (self->look_again, self->context);
  self->written (self->data);
}

/* Lets others join, and calls @written in the caller's main context, until posture_neighbours_leave() in the same,
 * when one of them may have written. The database must be open. */
void
posture_neighbours_listen (PostureNeighbours *self,
                           void (*written) (gpointer data),
                           gpointer           data)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->index);

  self->context = g_main_context_ref_thread_default ();
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
  /* of what was migrated */
  posture_neighbours_tell (self);
}

/* Whether another process has the profile open. Can be called from any thread. */
gboolean
posture_neighbours_are_there (PostureNeighbours *self)
{
  return posture_profile_has_others (self->fd);
}

/* Tells the others, if there are any, that something is about to be committed, or was. Can be called from any
 * thread. */
void
posture_neighbours_tell (PostureNeighbours *self)
{
  /* who joins after this opens the database after it, too, and sees what was committed */
  if (posture_neighbours_are_there (self) && utimensat (AT_FDCWD, self->index, /* times = now */ NULL, 0) != 0)
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
  forget_look (self);
  g_clear_pointer (&self->context, g_main_context_unref);
  close (self->fd);
  g_free (self->index);
  g_free (self);
}
