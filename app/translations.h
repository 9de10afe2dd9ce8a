/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

void app_translations_init (void);
