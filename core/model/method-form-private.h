/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/questionnaire-private.h"

G_BEGIN_DECLS

/* What a rating method wants of a questionnaire that it is to rate. How it works is in rating. */
struct _PostureMethodForm
{
  const char *id;
  guint kinds;      /* bits 1 << kind: which kinds are rated; number only with bands */
  gboolean weight;  /* whether rated questions have a weight */
  gboolean credit;  /* whether options, answers and bands have credits */
  gboolean target;  /* whether answers can have targets */
  gboolean repeats; /* whether sections can be repeated */
  const char *members[2]; /* besides the id, all of them needed */
  const char *question_members[4];
};

/* Every method's own members of questions, %NULL at the end. */
extern const char *const posture_method_members[];

gboolean                 posture_method_form_rates     (const PostureMethodForm *self,
                                                        PostureQuestionKind      kind);
const PostureMethodForm *posture_method_read           (PostureCheck            *check,
                                                        const PostureJsonNode   *root,
                                                        PostureQuestionnaire    *questionnaire);
void                     posture_method_read_question  (PostureCheck            *check,
                                                        const PostureJsonNode   *node,
                                                        const PostureMethodForm *self,
                                                        PostureJsonArena        *arena,
                                                        PostureQuestion         *question);
void                     posture_method_check_options  (PostureCheck            *check,
                                                        const PostureJsonNode   *node,
                                                        const PostureMethodForm *self,
                                                        PostureQuestion         *question);
void                     posture_method_check          (PostureCheck            *check,
                                                        const PostureJsonNode   *root,
                                                        const PostureMethodForm *self,
                                                        PostureQuestionnaire    *questionnaire);

G_END_DECLS
