/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Deletes a folder with what is in it; a link goes, and not what it leads to. */
void test_folder_remove (const char *folder);

G_END_DECLS
