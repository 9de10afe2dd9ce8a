/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/faults.h"
#include "model/question.h"

G_BEGIN_DECLS

/**
 * PostureSection:
 * @id: its id, unique in the structure
 * @key: the id, for one of several instances `id@instance`
 * @instance: (nullable): the instance it is about
 * @for_each: (nullable): the question of the kind instances whose answer it is
 *   repeated for; %NULL in each of these instances
 * @parent: place of the section it stands in, or -1 at the top
 * @end: place behind the last section in it; those in it stand directly after it
 *
 * A section. Sections are kept flat, each before those in it, in the order of
 * the questionnaire. Where a repeated section was expanded, it holds itself once
 * for each instance.
 */
typedef struct
{
  char *id;
  char *key;
  char *instance;
  char *for_each;
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

/**
 * PostureProfile:
 * @id: its id
 * @targets: (element-type utf8 utf8): from question id to what is to be reached
 *   there, as canonical JSON
 *
 * A target profile that comes with the questionnaire. See
 * posture_answers_take_profile().
 */
typedef struct
{
  char *id;
  GHashTable *targets;
} PostureProfile;

/**
 * POSTURE_REVIEW_DEFAULT_MONTHS:
 *
 * After how many months an answer is to be looked at again where the
 * questionnaire does not say.
 */
#define POSTURE_REVIEW_DEFAULT_MONTHS 12

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
                                                                const char           *key);
guint                   posture_questionnaire_get_n_questions  (PostureQuestionnaire *self);
PostureQuestion        *posture_questionnaire_get_question     (PostureQuestionnaire *self,
                                                                guint                 index);
PostureQuestion        *posture_questionnaire_find_question    (PostureQuestionnaire *self,
                                                                const char           *key);
PostureQuestion        *posture_questionnaire_find_near        (PostureQuestionnaire *self,
                                                                const char           *id,
                                                                const char           *instance);
PostureQuestion        *posture_questionnaire_find_answered    (PostureQuestionnaire *self,
                                                                const char           *key);
gboolean                posture_questionnaire_is_repeated      (PostureQuestionnaire *self);
gboolean                posture_questionnaire_get_review       (PostureQuestionnaire *self,
                                                                PostureQuestion      *question,
                                                                PostureInterval      *ret_interval);
guint                   posture_questionnaire_get_n_profiles   (PostureQuestionnaire *self);
const PostureProfile   *posture_questionnaire_get_profile      (PostureQuestionnaire *self,
                                                                guint                 index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureQuestionnaire, posture_questionnaire_unref)

G_END_DECLS
