/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "store/failpoint.h"

#include "store/store-error.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#if POSTURE_FAILPOINTS

typedef enum
{
  FAIL_KILL,
  FAIL_POWER_LOSS,
  FAIL_ERROR,
  FAIL_FULL,
} Action;

static GMutex failpoint_mutex;
static gboolean failpoint_ready;
static char *failpoint_name; /* what is armed, or NULL */
static guint failpoint_wait; /* how many hits pass before it acts */
static Action failpoint_action;
static int failpoint_log = -1;
static void (*failpoint_power_loss) (void);

static void
take_setting (const char *setting)
{
  g_auto (GStrv) sides = setting != NULL ? g_strsplit (setting, "=", 2) : NULL;
  char *count;

  g_clear_pointer (&failpoint_name, g_free);
  if (sides == NULL || sides[0] == NULL || sides[1] == NULL)
    return;
  count = strrchr (sides[0], ':');
  failpoint_wait = 0;
  if (count != NULL)
    {
      *count = '\0';
      failpoint_wait = (guint) g_ascii_strtoull (count + 1, NULL, 10) - 1;
    }
  failpoint_name = g_strdup (sides[0]);
  failpoint_action = g_str_equal (sides[1], "kill") ? FAIL_KILL
                     : g_str_equal (sides[1], "power-loss") ? FAIL_POWER_LOSS
                     : g_str_equal (sides[1], "full") ? FAIL_FULL : FAIL_ERROR;
}

static void
prepare (void)
{
  const char *log = g_getenv ("POSTURE_FAILPOINT_LOG");

  if (failpoint_ready)
    return;
  failpoint_ready = TRUE;
  take_setting (g_getenv ("POSTURE_FAILPOINT"));
  if (log != NULL)
    failpoint_log = open (log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

/* Whether the armed failpoint is this one and its turn has come. It acts once. */
static gboolean
take_turn (const char *name)
{
  if (failpoint_log >= 0)
    {
      g_autofree char *line = g_strconcat (name, "\n", NULL);

      if (write (failpoint_log, line, strlen (line)) < 0)
        g_debug ("A failpoint could not be logged");
    }
  if (failpoint_name == NULL || !g_str_equal (failpoint_name, name))
    return FALSE;
  if (failpoint_wait > 0)
    {
      failpoint_wait--;
      return FALSE;
    }
  g_clear_pointer (&failpoint_name, g_free);
  return TRUE;
}

/**
 * posture_failpoint_hit:
 * @name: the place
 * @error: return location for a #GError
 *
 * What POSTURE_FAILPOINT() calls. The environment variable
 * `POSTURE_FAILPOINT` arms one place, as `NAME[:N]=ACTION`: at the N-th time
 * (the first, if left out) the process is killed (`kill`), loses what was not
 * synced and is killed (`power-loss`), or the place fails (`error`, `full`).
 * `POSTURE_FAILPOINT_LOG` names a file that gets one line for each hit.
 *
 * Returns: %TRUE to go on, %FALSE with @error set
 */
gboolean
posture_failpoint_hit (const char *name,
                       GError    **error)
{
  void (*power_loss) (void);
  Action action;
  gboolean acts;

  g_mutex_lock (&failpoint_mutex);
  prepare ();
  acts = take_turn (name);
  action = failpoint_action;
  power_loss = failpoint_power_loss;
  g_mutex_unlock (&failpoint_mutex);
  if (!acts)
    return TRUE;

  switch (action)
    {
    case FAIL_POWER_LOSS:
      if (power_loss != NULL)
        power_loss ();
      G_GNUC_FALLTHROUGH;
    case FAIL_KILL:
      kill (getpid (), SIGKILL);
      return FALSE;
    case FAIL_FULL:
      g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL, "full at %s", name);
      return FALSE;
    case FAIL_ERROR:
    default:
      g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED, "failed at %s", name);
      return FALSE;
    }
}

/**
 * posture_failpoint_arm:
 * @setting: (nullable): as in `POSTURE_FAILPOINT`; %NULL disarms
 *
 * Arms one failpoint from within the process.
 */
void
posture_failpoint_arm (const char *setting)
{
  g_mutex_lock (&failpoint_mutex);
  prepare ();
  take_setting (setting);
  g_mutex_unlock (&failpoint_mutex);
}

/**
 * posture_failpoint_set_power_loss:
 * @handler: (nullable) (scope forever): drops what was written and not synced
 *
 * Says what a loss of power does to the files, before the process is killed.
 */
void
posture_failpoint_set_power_loss (void (*handler) (void))
{
  g_mutex_lock (&failpoint_mutex);
  failpoint_power_loss = handler;
  g_mutex_unlock (&failpoint_mutex);
}

#endif
