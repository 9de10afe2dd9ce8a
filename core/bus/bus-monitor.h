/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_BUS_MONITOR (posture_bus_monitor_get_type ())
G_DECLARE_FINAL_TYPE (PostureBusMonitor, posture_bus_monitor, POSTURE, BUS_MONITOR, GObject)

PostureBusMonitor *posture_bus_monitor_new (PostureBus *bus);

G_END_DECLS
