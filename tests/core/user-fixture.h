/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "manual-clock.h"
#include "platform.h"

G_BEGIN_DECLS

/* What the clock says in the beginning. */
#define USER_START G_GINT64_CONSTANT (1793000000000)

/* Questions: `lock` (yes-no), `size` (number 1 to 500), `since` (date), `who` (text), `how` (choice),
 * asked only if `lock` is answered with yes. Version 2 has one question more, version 3 has 70 more
 * for texts. */
PostureLibrary       *user_library_new   (guint       version);
/* What library has, by its version; the library keeps it. */
PostureQuestionnaire *user_questionnaire (guint       version);

/* A profile in a folder of its own with the platform over it. */
typedef struct
{
  char *folder;
  ManualClock *clock;
  PostureLibrary *library;
  PosturePlatform *platform;
  PostureUserService *user; /* the platform's */
  PostureStore *store;      /* the platform's */
  PostureBus *bus;          /* the platform's */
} UserFixture;

void                user_fixture_set_up      (UserFixture         *self,
                                              gconstpointer        data);
void                user_fixture_tear_down   (UserFixture         *self,
                                              gconstpointer        data);
void                user_fixture_open        (UserFixture         *self);
/* Also checks that no part of the platform is left. */
void                user_fixture_close       (UserFixture         *self);
void                user_fixture_set_library (UserFixture         *self,
                                              guint                version);

void                user_turn_clock          (UserFixture         *self,
                                              gint64               by);

/* Takes the operation. */
void                user_apply               (UserFixture         *self,
                                              PostureOperation    *operation);
GError             *user_apply_error         (UserFixture         *self,
                                              PostureOperation    *operation);
char               *user_create              (UserFixture         *self,
                                              const char          *name);
void                user_answer              (UserFixture         *self,
                                              const char          *assessment,
                                              const char          *question,
                                              const char          *answer);
/* Gives the revision. */
char               *user_submit              (UserFixture         *self,
                                              const char          *assessment);
/* Gives the report's id. */
char               *user_wait_report         (UserFixture         *self,
                                              const char          *revision);
/* A create, a yes, a submission and its report. */
char               *user_make_report         (UserFixture         *self,
                                              const char          *name,
                                              char               **ret_report);

/* The rows of a query, columns with `|` between, rows with a line break between. */
char               *user_query               (UserFixture         *self,
                                              const char          *sql);
gint64              user_query_int           (UserFixture         *self,
                                              const char          *sql);
void                user_execute             (UserFixture         *self,
                                              const char          *sql);
/* Whether a file of the folder holds the text. */
gboolean            user_folder_holds        (const char          *folder,
                                              const char          *text);
char               *user_folder_new          (void);

/* Runs the main context until it is so. */
#define user_until(condition)                  \
  while (!(condition))                         \
    g_main_context_iteration (NULL, TRUE)

/* Runs the main context until what was handed in to the store is answered. */
void                user_settle_reads        (UserFixture         *self);
/* Runs the main context until nothing is under way: what was handed in is answered, and what was
 * put is delivered or waits for the clock. */
void                user_settle              (UserFixture         *self);

G_END_DECLS
