/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The sections with their progress, as a way to go there. */
#define POSTURE_TYPE_SECTION_MENU (posture_section_menu_get_type ())
G_DECLARE_FINAL_TYPE (PostureSectionMenu, posture_section_menu, POSTURE, SECTION_MENU, GtkPopover)

/* The place after all sections. */
#define POSTURE_SECTION_MENU_REVIEW (-1)

void posture_section_menu_set_draft   (PostureSectionMenu *self,
                                       PostureDraft       *draft);
void posture_section_menu_set_section (PostureSectionMenu *self,
                                       int                 section);

G_END_DECLS
