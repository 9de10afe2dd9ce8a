/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus-private.h"

G_BEGIN_DECLS

/* A put on its way into the journal. */
typedef struct _PosturePut PosturePut;

PosturePut *posture_put_new         (PostureBus            *bus,
                                     const PostureBusEntry *entries,
                                     guint                  n_entries,
                                     GError               **error);
void        posture_put_free        (PosturePut            *self);
GPtrArray  *posture_put_dup_results (PosturePut            *self);
gboolean    posture_put_run         (PostureTransaction    *transaction,
                                     gpointer               data,
                                     GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosturePut, posture_put_free)

G_END_DECLS
