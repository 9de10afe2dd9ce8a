/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PostureBusError:
 * @POSTURE_BUS_ERROR_FAILED: a target could not take an event; trying again may help
 * @POSTURE_BUS_ERROR_PERMANENT: a target refuses an event; trying again cannot help
 * @POSTURE_BUS_ERROR_VALIDATION: a put was refused as a whole: no or too many
 *   entries, or too large
 * @POSTURE_BUS_ERROR_INVALID_EVENT: a text is no event
 * @POSTURE_BUS_ERROR_NOT_FOUND: there is no rule, target, dead letter or replay
 *   of that name
 * @POSTURE_BUS_ERROR_MANAGED: the program itself needs a rule
 * @POSTURE_BUS_ERROR_EXISTS: there is a replay of that name
 *
 * What can go wrong on the bus. Errors of the store come through as they are.
 */
typedef enum
{
  POSTURE_BUS_ERROR_FAILED,
  POSTURE_BUS_ERROR_PERMANENT,
  POSTURE_BUS_ERROR_VALIDATION,
  POSTURE_BUS_ERROR_INVALID_EVENT,
  POSTURE_BUS_ERROR_NOT_FOUND,
  POSTURE_BUS_ERROR_MANAGED,
  POSTURE_BUS_ERROR_EXISTS,
} PostureBusError;

#define POSTURE_BUS_ERROR (posture_bus_error_quark ())
GQuark posture_bus_error_quark (void);

G_END_DECLS
