/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus-fixture.h"

G_BEGIN_DECLS

/* What drivers that run a bus into a crash have in common. Their environment:
 *
 * CRASH_SEED: by what a loss of power decides what is lost
 * CRASH_FULL=N: the disk is full from the N-th write on, until it was noticed */

void     bus_acts_begin     (BusFixture *self,
                             const char *folder);
int      bus_acts_end       (BusFixture *self);
void     bus_acts_say       (const char *what,
                             const char *which);
gboolean bus_acts_make_room (GError    **error);

G_END_DECLS
