/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/transaction.h"

G_BEGIN_DECLS

/* Events that follow one another in the journal. */
typedef struct
{
  gint64 first;
  gint64 last;
} PostureSpan;

GArray  *posture_spans_new    (void);
void     posture_spans_add    (GArray             *self,
                               gint64              first,
                               gint64              last);
gboolean posture_spans_delete (const GArray       *self,
                               PostureTransaction *transaction,
                               GError            **error);

G_END_DECLS
