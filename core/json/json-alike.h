/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"

G_BEGIN_DECLS

GHashTable *posture_json_table_new (void);

G_END_DECLS
