/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answer.h"

G_BEGIN_DECLS

/* What sections are repeated for: the answer to a question of the kind instances is a list of ids,
 * each of which can have a name. */

guint          posture_answer_get_n_instances  (PostureAnswer    *self);
const char    *posture_answer_get_instance     (PostureAnswer    *self,
                                                guint             index);
gboolean       posture_answer_has_instance     (PostureAnswer    *self,
                                                const char       *id);
const char    *posture_answer_get_instance_name (PostureAnswer   *self,
                                                const char       *id);
PostureAnswer *posture_answer_add_instance     (PostureAnswer    *self,
                                                PostureQuestion  *question,
                                                const char       *name,
                                                char            **ret_id,
                                                GError          **error);
PostureAnswer *posture_answer_rename_instance  (PostureAnswer    *self,
                                                const char       *id,
                                                const char       *name,
                                                GError          **error);
PostureAnswer *posture_answer_remove_instance  (PostureAnswer    *self,
                                                PostureQuestion  *question,
                                                const char       *id);

G_END_DECLS
