/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/type-pool.h"

G_BEGIN_DECLS

gpointer   posture_type_pool_alloc     (PostureTypePool *self,
                                        gsize            size);
GPtrArray *posture_type_pool_get_empty (PostureTypePool *self);

G_END_DECLS
