/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/draft-keeper.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_CLOSING (posture_closing_get_type ())
G_DECLARE_FINAL_TYPE (PostureClosing, posture_closing, POSTURE, CLOSING, GObject)

PostureClosing *posture_closing_new     (GtkWindow          *window,
                                         PostureDraftKeeper *keeper);
gboolean        posture_closing_request (PostureClosing     *self);

G_END_DECLS
