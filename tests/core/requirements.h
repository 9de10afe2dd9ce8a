/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/questionnaire.h"

G_BEGIN_DECLS

#define N_REQUIREMENTS 110

/* A security requirement of NIST SP 800-171 Revision 2 and what is taken off for it. */
typedef struct
{
  const char *id;
  int full;
  int partial; /* 0: no partial credit */
} Requirement;

extern const Requirement requirements[N_REQUIREMENTS];

guint                 find_requirement  (const char *id);
PostureQuestionnaire *make_requirements (void);

G_END_DECLS
