/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern.h"

G_BEGIN_DECLS

/* The simplest way to match: through a tree of the event, one condition after another. What core/pattern says
 * is compared with it. It takes the conditions as core/pattern has read them. */
gboolean pattern_oracle_matches (PosturePattern        *self,
                                 const PostureJsonNode *event,
                                 gboolean              *ret_matches);

G_END_DECLS
