/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"
#include "rating/compare.h"

G_BEGIN_DECLS

void ctl_print_comparison (Ctl               *ctl,
                           PostureComparison *comparison,
                           PostureAnswers    *answers);

G_END_DECLS
