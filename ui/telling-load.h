/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"
#include "ui/telling.h"

G_BEGIN_DECLS

void            posture_telling_load_async  (PostureContext      *context,
                                             const char          *id,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
PostureTelling *posture_telling_load_finish (PostureContext      *context,
                                             GAsyncResult        *result,
                                             GError             **error);

G_END_DECLS
