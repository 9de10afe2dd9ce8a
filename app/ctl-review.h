/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

void ctl_print_proposal (Ctl                   *ctl,
                         const char            *digest,
                         const PostureProposal *proposal);

G_END_DECLS
