/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/connection-private.h"
#include "store/store.h"

G_BEGIN_DECLS

/* What runs in the same transaction as the changes of a topic. */
typedef struct _PostureReactions PostureReactions;

PostureReactions *posture_reactions_new       (void);
void              posture_reactions_free      (PostureReactions   *self);
void              posture_reactions_add       (PostureReactions   *self,
                                               const char         *topic,
                                               PostureStoreFunc    func,
                                               gpointer            data);
gboolean          posture_reactions_run       (PostureReactions   *self,
                                               PostureTransaction *transaction,
                                               GHashTable         *failures,
                                               GError            **error);
void              posture_reactions_add_closing (PostureReactions *self,
                                               PostureStoreFunc    func,
                                               gpointer            data);
gboolean          posture_reactions_close     (PostureReactions   *self,
                                               PostureTransaction *transaction,
                                               GError            **error);
void              posture_reactions_leave_out (PostureReactions   *self,
                                               GPtrArray          *notices,
                                               const GError       *reason,
                                               GHashTable         *failures);

G_END_DECLS
