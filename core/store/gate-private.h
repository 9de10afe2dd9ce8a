/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the readers pass, so that the writer can have a moment without any. */
typedef struct _PostureGate PostureGate;

PostureGate *posture_gate_new   (void);
void         posture_gate_free  (PostureGate *self);
void         posture_gate_enter (PostureGate *self);
void         posture_gate_leave (PostureGate *self);
void         posture_gate_close (PostureGate *self,
                                 gint64       patience);
void         posture_gate_open  (PostureGate *self);

G_END_DECLS
