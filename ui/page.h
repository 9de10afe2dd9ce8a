/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_PAGE (posture_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (PosturePage, posture_page, POSTURE, PAGE, AdwBin)

/**
 * PosturePageClass:
 * @ready: called once, when the page has its context and the profile is open
 *
 * What stands in the content of the window: a header bar, with a back button
 * where the sidebar is not beside it, above the child of the page.
 */
struct _PosturePageClass
{
  AdwBinClass parent_class;

  void (*ready) (PosturePage *self);
};

PostureContext *posture_page_get_context  (PosturePage    *self);
void            posture_page_set_context  (PosturePage    *self,
                                           PostureContext *context);
const char     *posture_page_get_title    (PosturePage    *self);
void            posture_page_set_title    (PosturePage    *self,
                                           const char     *title);
void            posture_page_set_subtitle (PosturePage    *self,
                                           const char     *subtitle);
void            posture_page_drop_focus   (PosturePage    *self,
                                           GtkWidget      *part);

G_END_DECLS
