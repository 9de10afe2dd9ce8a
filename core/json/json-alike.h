/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"

G_BEGIN_DECLS

guint    posture_json_node_hash     (const PostureJsonNode *self);
gboolean posture_json_node_is_alike (const PostureJsonNode *self,
                                     const PostureJsonNode *other);
GHashTable *posture_json_table_new  (void);

G_END_DECLS
