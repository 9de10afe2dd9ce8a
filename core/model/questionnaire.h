/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/faults.h"
#include "model/question.h"

G_BEGIN_DECLS

/**
 * PostureSection:
 * @id: its id, unique in the questionnaire
 * @parent: place of the section it stands in, or -1 at the top
 * @end: place behind the last section in it; those in it stand directly after it
 *
 * A section. Sections are kept flat, each before those in it, in the order of
 * the questionnaire.
 */
typedef struct
{
  char *id;
  int parent;
  guint end;
} PostureSection;

/**
 * PostureLevel:
 * @id: its id
 * @from: the least score in it, in millionths
 *
 * A name for the scores from @from up to the next level.
 */
typedef struct
{
  char *id;
  gint64 from;
} PostureLevel;

/**
 * PostureCatalogue:
 * @id: what references to it begin with
 * @title: its published name
 *
 * A published list of controls that questions refer to.
 */
typedef struct
{
  char *id;
  char *title;
} PostureCatalogue;

typedef struct _PostureQuestionnaire PostureQuestionnaire;

PostureQuestionnaire   *posture_questionnaire_new              (GBytes               *structure,
                                                                const char           *file_name,
                                                                PostureFaults        *faults);
PostureQuestionnaire   *posture_questionnaire_ref              (PostureQuestionnaire *self);
void                    posture_questionnaire_unref            (PostureQuestionnaire *self);

const char             *posture_questionnaire_get_id           (PostureQuestionnaire *self);
const char             *posture_questionnaire_get_version      (PostureQuestionnaire *self);
const char             *posture_questionnaire_get_digest       (PostureQuestionnaire *self);
GBytes                 *posture_questionnaire_get_canonical    (PostureQuestionnaire *self);
const char             *posture_questionnaire_get_judgement    (PostureQuestionnaire *self);
const char             *posture_questionnaire_get_method       (PostureQuestionnaire *self);
int                     posture_questionnaire_get_start_score  (PostureQuestionnaire *self);
int                     posture_questionnaire_get_minimum_score (PostureQuestionnaire *self);
guint                   posture_questionnaire_get_n_catalogues (PostureQuestionnaire *self);
const PostureCatalogue *posture_questionnaire_get_catalogue    (PostureQuestionnaire *self,
                                                                guint                 index);
guint                   posture_questionnaire_get_n_levels     (PostureQuestionnaire *self);
const PostureLevel     *posture_questionnaire_get_level        (PostureQuestionnaire *self,
                                                                guint                 index);
guint                   posture_questionnaire_get_n_sections   (PostureQuestionnaire *self);
const PostureSection   *posture_questionnaire_get_section      (PostureQuestionnaire *self,
                                                                guint                 index);
int                     posture_questionnaire_find_section     (PostureQuestionnaire *self,
                                                                const char           *id);
guint                   posture_questionnaire_get_n_questions  (PostureQuestionnaire *self);
PostureQuestion        *posture_questionnaire_get_question     (PostureQuestionnaire *self,
                                                                guint                 index);
PostureQuestion        *posture_questionnaire_find_question    (PostureQuestionnaire *self,
                                                                const char           *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureQuestionnaire, posture_questionnaire_unref)

G_END_DECLS
