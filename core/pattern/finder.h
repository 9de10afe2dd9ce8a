/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/matcher.h"

G_BEGIN_DECLS

typedef struct _PostureFinder PostureFinder;

PostureFinder *posture_finder_new        (PostureMatcher         *matcher);
void           posture_finder_free       (PostureFinder          *self);
gboolean       posture_finder_check      (const char             *event,
                                          gsize                   length,
                                          PostureEventTrust      *ret_trust,
                                          GError                **error);
gboolean       posture_finder_find       (PostureFinder          *self,
                                          const char             *event,
                                          gsize                   length,
                                          PostureEventTrust       trust,
                                          GError                **error);
gboolean       posture_finder_find_node  (PostureFinder          *self,
                                          const PostureJsonNode  *event,
                                          GError                **error);
guint          posture_finder_get_length (PostureFinder          *self);
const char    *posture_finder_get_name   (PostureFinder          *self,
                                          guint                   index);
guint64        posture_finder_get_number (PostureFinder          *self,
                                          guint                   index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureFinder, posture_finder_free)

G_END_DECLS
