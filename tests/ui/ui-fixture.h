/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "platform.h"
#include "ui/window.h"

G_BEGIN_DECLS

/* The application with its window on a profile of its own, in a folder that goes with it. */
typedef struct
{
  char *folder;
  PosturePlatform *platform;
  PostureContext *context;
  PostureApplication *application;
  PostureWindow *window;
} UiFixture;

typedef gboolean (*UiCondition) (gpointer data);

int        ui_run_tests      (int                 *argc,
                              char              ***argv,
                              void               (*add_tests) (void));
void       ui_set_language   (const char          *language);
void       ui_fixture_setup  (UiFixture           *fixture,
                              gconstpointer        data);
void       ui_fixture_teardown (UiFixture         *fixture,
                              gconstpointer        data);
void       ui_fixture_ready  (UiFixture           *fixture);

void       ui_wait           (UiCondition          condition,
                              gpointer             data);
void       ui_wait_idle      (void);
GtkWidget *ui_find           (gpointer             root,
                              GType                type,
                              const char          *text);
GtkWidget *ui_get            (gpointer             root,
                              GType                type,
                              const char          *text);
gboolean   ui_has_text       (gpointer             root,
                              const char          *text);
const char *ui_get_text      (GtkWidget           *widget);
GtkWidget *ui_find_question  (const char          *button);
GtkWidget *ui_get_question   (const char          *button);
void       ui_click          (gpointer             root,
                              const char          *text);
void       ui_present_chooser (GtkWindow          *parent,
                              const char          *title,
                              const char          *name,
                              GTask               *task);
void       ui_choose_file    (const char          *path);
void       ui_save_in_chooser (const char         *path);
GtkWidget *ui_get_dialog     (UiFixture           *fixture,
                              const char          *text);
void       ui_set_size       (UiFixture           *fixture,
                              int                  width,
                              int                  height);
void       ui_assert_fits    (gpointer             root);
void       ui_assert_named   (gpointer             root);
void       ui_dismiss        (UiFixture           *fixture);
void       ui_wait_painted   (UiFixture           *fixture);
void       ui_take_window_picture (gpointer       window,
                              const char          *name);
void       ui_take_picture   (UiFixture           *fixture,
                              const char          *name);

void       ui_add_questionnaire (UiFixture       *fixture,
                              const char          *id);
char      *ui_add_assessment (UiFixture           *fixture,
                              const char          *questionnaire,
                              const char          *name,
                              const char          *answers);
char      *ui_submit         (UiFixture           *fixture,
                              const char          *assessment);
char      *ui_add_report     (UiFixture           *fixture,
                              const char          *questionnaire,
                              const char          *name,
                              const char          *answers);
void       ui_damage_report  (UiFixture           *fixture,
                              const char          *report,
                              gboolean             damaged);
char      *ui_dup_answers    (UiFixture           *fixture,
                              const char          *assessment);

G_END_DECLS
