/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"
#include "model/library.h"

G_BEGIN_DECLS

/* The names that rules and targets of the platform use. */
#define POSTURE_SECURITY_SOURCE "posture.security-service.rating"
#define POSTURE_SECURITY_DETAIL_TYPE "ReportEvent"

#define POSTURE_TYPE_SECURITY_SERVICE (posture_security_service_get_type ())
G_DECLARE_FINAL_TYPE (PostureSecurityService, posture_security_service, POSTURE, SECURITY_SERVICE, GObject)

PostureSecurityService *posture_security_service_new (PostureBus     *bus,
                                                      PostureLibrary *library);

G_END_DECLS
