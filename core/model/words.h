/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/questionnaire.h"

G_BEGIN_DECLS

/**
 * PostureWordsPart:
 * @POSTURE_WORDS_QUESTION: the question as it is asked
 * @POSTURE_WORDS_WHY: why it matters
 * @POSTURE_WORDS_DONE: what counts as done
 * @POSTURE_WORDS_NEXT: what to do next, the recommendation
 * @POSTURE_WORDS_EVIDENCE: what a note is to say, where evidence is asked for
 *
 * What there is to say about a question.
 */
typedef enum
{
  POSTURE_WORDS_QUESTION,
  POSTURE_WORDS_WHY,
  POSTURE_WORDS_DONE,
  POSTURE_WORDS_NEXT,
  POSTURE_WORDS_EVIDENCE,
} PostureWordsPart;

typedef struct _PostureWords PostureWords;

PostureWords *posture_words_new                 (PostureQuestionnaire *questionnaire,
                                                 GBytes               *bytes,
                                                 const char           *file_name,
                                                 PostureWords         *fallback,
                                                 PostureFaults        *faults);
PostureWords *posture_words_ref                 (PostureWords         *self);
void          posture_words_unref               (PostureWords         *self);
const char   *posture_words_get_language        (PostureWords         *self);
const char   *posture_words_get_version         (PostureWords         *self);
const char   *posture_words_get_title           (PostureWords         *self);
const char   *posture_words_get_summary         (PostureWords         *self);
const char   *posture_words_get_level_title     (PostureWords         *self,
                                                 const char           *level);
const char   *posture_words_get_level_summary   (PostureWords         *self,
                                                 const char           *level);
const char   *posture_words_get_section_title   (PostureWords         *self,
                                                 const char           *section);
const char   *posture_words_get_section_summary (PostureWords         *self,
                                                 const char           *section);
const char   *posture_words_get_question        (PostureWords         *self,
                                                 const char           *question,
                                                 PostureWordsPart      part);
const char   *posture_words_get_option          (PostureWords         *self,
                                                 const char           *question,
                                                 const char           *option);
const char   *posture_words_get_tip             (PostureWords         *self,
                                                 const char           *question,
                                                 const char           *tip);
const char   *posture_words_get_recommendation  (PostureWords         *self,
                                                 const char           *question,
                                                 const char           *recommendation);
const char   *posture_words_get_profile_title   (PostureWords         *self,
                                                 const char           *profile);
const char   *posture_words_get_profile_summary (PostureWords         *self,
                                                 const char           *profile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureWords, posture_words_unref)

G_END_DECLS
