/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/ui/ui-fixture.h"

G_BEGIN_DECLS

/* How somebody answers a questionnaire. */
typedef enum
{
  REPORT_MIXED = 0,            /* anything, the same at each run */
  REPORT_OPEN = 1 << 0,        /* every fifth is not known, every seventh not answered */
  REPORT_BEST = 1 << 1,        /* everything is in place */
  REPORT_TARGETS = 1 << 2,     /* with targets, where the method takes some */
  REPORT_NOT_APPLICABLE = 1 << 3, /* nothing applies */
} ReportAnswers;

/* A report in a window as narrow as a telephone, in the language that a test hands in, or English. */
typedef struct
{
  UiFixture ui;
  char *report;
  char *assessment;
} ReportFixture;

void  report_fixture_setup    (ReportFixture *self,
                               gconstpointer  language);
void  report_fixture_teardown (ReportFixture *self,
                               gconstpointer  language);
void  report_fixture_show     (ReportFixture *self);

char *report_make (UiFixture    *fixture,
                   const char   *questionnaire,
                   const char   *name,
                   ReportAnswers how);

G_END_DECLS
