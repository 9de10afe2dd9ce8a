/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Compares a text with the file @name in tests/core/expected, and tells the first line that is another one.
 * With POSTURE_WRITE_EXPECTED in the environment the file is written instead: look at what changed in it. */
void expected_compare (const char *name,
                       const char *text);

G_END_DECLS
