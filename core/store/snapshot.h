/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/progress.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef struct _PostureSnapshot PostureSnapshot;
typedef struct _PostureReplacement PostureReplacement;

PostureSnapshot    *posture_snapshot_take        (const char                      *folder,
                                                  const PostureProgress           *progress,
                                                  GError                         **error);
const char         *posture_snapshot_get_path    (PostureSnapshot                 *self);
void                posture_snapshot_free        (PostureSnapshot                 *self);

PostureReplacement *posture_replacement_begin    (const char                      *folder,
                                                  GError                         **error);
const char         *posture_replacement_get_path (PostureReplacement              *self);
gboolean            posture_replacement_commit   (PostureReplacement              *self,
                                                  const PostureStoreModule *const *modules,
                                                  const PostureProgress           *progress,
                                                  GError                         **error);
void                posture_replacement_free     (PostureReplacement              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureSnapshot, posture_snapshot_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureReplacement, posture_replacement_free)

G_END_DECLS
