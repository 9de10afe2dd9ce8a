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
 *
 * What can go wrong on the bus. Errors of the store come through as they are.
 */
typedef enum
{
  POSTURE_BUS_ERROR_FAILED,
  POSTURE_BUS_ERROR_PERMANENT,
  POSTURE_BUS_ERROR_VALIDATION,
  POSTURE_BUS_ERROR_INVALID_EVENT,
} PostureBusError;

#define POSTURE_BUS_ERROR (posture_bus_error_quark ())
GQuark posture_bus_error_quark (void);

G_END_DECLS
