/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "config.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * POSTURE_FAILPOINT:
 * @name: the place, such as `store.commit.before`
 * @error: return location for what a test wants to happen there
 *
 * Names a place where a test can make the program fail. A build without
 * the option `failpoints` has none of it.
 *
 * Returns: %TRUE to go on
 */
#if POSTURE_FAILPOINTS
#define POSTURE_FAILPOINT(name, error) posture_failpoint_hit (name, error)

gboolean posture_failpoint_hit            (const char *name,
                                           GError    **error);
void     posture_failpoint_arm            (const char *setting);
void     posture_failpoint_set_power_loss (void (*handler) (void));
#else
#define POSTURE_FAILPOINT(name, error) (TRUE)
#endif

G_END_DECLS
