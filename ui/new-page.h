/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_NEW_PAGE (posture_new_page_get_type ())
G_DECLARE_FINAL_TYPE (PostureNewPage, posture_new_page, POSTURE, NEW_PAGE, PosturePage)

G_END_DECLS
