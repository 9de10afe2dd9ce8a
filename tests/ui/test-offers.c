/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"
#include "ui/assessment-page.h"
#include "ui/option-row.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* What is offered to be confirmed, and what a questionnaire asks for beside the answer. Two questionnaires
 * ask about the same control. */
typedef struct
{
  UiFixture base;
  char *id;
  GtkWidget *page;
} Fixture;

static const char first_structure[]
  = "{\"format\":1,\"id\":\"first\",\"version\":\"1.0.0\",\"references\":{\"house\":\"House rules\"},"
    "\"review\":{\"days\":90},"
    "\"method\":{\"id\":\"weighted\",\"levels\":[{\"id\":\"l\",\"from\":0}]},\"sections\":[{\"id\":\"s\"}],"
    "\"questions\":[{\"id\":\"doors\",\"section\":\"s\",\"kind\":\"yes-no\",\"weight\":1,\"severity\":\"low\","
    "\"effort\":\"low\",\"credit\":{\"yes\":1,\"no\":0},\"references\":[\"house:1\"],\"evidence\":true,"
    "\"required\":true,\"tips\":[{\"id\":\"keys\",\"when\":{\"pattern\":{\"doors\":[false]}}}]},"
    "{\"id\":\"windows\",\"section\":\"s\",\"kind\":\"yes-no\",\"weight\":1,\"severity\":\"low\","
    "\"effort\":\"low\",\"credit\":{\"yes\":1,\"no\":0}}]}";

static const char first_words[]
  = "{\"format\":1,\"questionnaire\":\"first\",\"language\":\"en\",\"version\":\"1.0.0\",\"title\":\"First\","
    "\"summary\":\"The first.\",\"levels\":{\"l\":{\"title\":\"L\",\"summary\":\"L.\"}},"
    "\"sections\":{\"s\":{\"title\":\"S\",\"summary\":\"S.\"}},"
    "\"questions\":{\"doors\":{\"question\":\"Are the doors locked?\",\"why\":\"W.\",\"done\":\"D.\",\"next\":\"N.\","
    "\"evidence\":\"Who looks after it?\",\"tips\":{\"keys\":\"Begin by counting the keys.\"}},"
    "\"windows\":{\"question\":\"Are the windows shut?\",\"why\":\"W.\",\"done\":\"D.\",\"next\":\"N.\"}}}";

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

static void
add_questionnaire (Fixture    *self,
                   const char *id)
{
  PostureLibrary *library = posture_platform_get_library (self->base.platform);
  char *structure = replace (first_structure, "first", id);
  char *words = replace (first_words, "first", id);
  g_autoptr (GBytes) structure_bytes = g_bytes_new_take (structure, strlen (structure));
  g_autoptr (GBytes) words_bytes = g_bytes_new_take (words, strlen (words));
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureQuestionnaire) questionnaire
    = posture_library_add (library, structure_bytes, id, /* current = */ TRUE, faults);

  g_assert_nonnull (questionnaire);
  g_assert_true (posture_library_add_words (library, questionnaire, words_bytes, id, faults));
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  ui_fixture_setup (&self->base, data);
  ui_fixture_ready (&self->base);
  add_questionnaire (self, "first");
  add_questionnaire (self, "second");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  ui_fixture_teardown (&self->base, data);
  g_free (self->id);
}

/* Stores an answer that was given some time ago. */
static void
answer (Fixture    *self,
        const char *assessment,
        const char *question,
        gint64      ago)
{
  PostureUserService *user = posture_platform_get_user (self->base.platform);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (operations, posture_operation_new_answer (posture_user_service_get_now (user) - ago, assessment,
                                                             question, "true", /* flagged = */ FALSE));
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
}

static void
show (Fixture *self)
{
  posture_window_show_assessment (self->base.window, self->id);
  self->page = ui_get (self->base.window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL);
  ui_wait_painted (&self->base);
}

/* The assessment, its questionnaire, and the day. */
static char *
make_source (Fixture *self)
{
  gint64 now = posture_user_service_get_now (posture_platform_get_user (self->base.platform));
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (now / 1000);
  g_autofree char *day = g_date_time_format (moment, "%x");

  return g_strdup_printf ("You answered this in “Head office (First)” on %s", day);
}

static void
test_proposal (Fixture      *self,
               gconstpointer data)
{
  g_autofree char *other = ui_add_assessment (&self->base, "first", "Head office", NULL);
  g_autofree char *from = NULL;
  GtkWidget *row;

  g_test_summary ("What was answered in another questionnaire is offered with where it comes from");

  answer (self, other, "doors", 0);
  self->id = ui_add_assessment (&self->base, "second", "Branch", NULL);
  show (self);
  ui_get (self->page, GTK_TYPE_BUTTON, "_Use");
  from = make_source (self);
  ui_get (self->page, GTK_TYPE_LABEL, from);
  row = ui_get (self->page, POSTURE_TYPE_OPTION_ROW, "Yes");
  g_assert_false (posture_option_row_get_chosen (POSTURE_OPTION_ROW (row)));
  ui_set_size (&self->base, 360, 640);
  ui_assert_fits (self->base.window);
  ui_take_picture (&self->base, "offer-proposal");
  ui_click (self->page, "_Use");
  ui_get (self->page, GTK_TYPE_LABEL, "Saved");
  g_assert_true (posture_option_row_get_chosen (POSTURE_OPTION_ROW (row)));
  g_assert_null (ui_find (self->page, GTK_TYPE_BUTTON, "_Use"));
}

static guint
count_due (Fixture *self)
{
  PostureUserService *user = posture_platform_get_user (self->base.platform);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due
    = posture_user_service_dup_due (user, self->id, posture_user_service_get_now (user), &error);

  g_assert_no_error (error);
  return due->len;
}

static void
test_due (Fixture      *self,
          gconstpointer data)
{
  g_test_summary ("An answer that is old is listed, and confirmed with one press");

  self->id = ui_add_assessment (&self->base, "first", "Head office", NULL);
  answer (self, self->id, "doors", 91 * DAY);
  answer (self, self->id, "windows", 0);
  g_assert_cmpuint (count_due (self), ==, 1);
  show (self);
  ui_get (self->page, GTK_TYPE_LABEL, "To be looked at again");
  ui_take_picture (&self->base, "offer-due-review");
  ui_click (self->page, "Are the doors locked?");
  ui_get (self->page, GTK_TYPE_LABEL, "Does your answer still hold?");
  ui_set_size (&self->base, 360, 640);
  ui_assert_fits (self->base.window);
  ui_take_picture (&self->base, "offer-due");
  ui_click (self->page, "It _holds");
  ui_get (self->page, GTK_TYPE_LABEL, "Saved");
  g_assert_null (ui_find (self->page, GTK_TYPE_BUTTON, "It _holds"));
  g_assert_cmpuint (count_due (self), ==, 0);
}

static void
test_beside (Fixture      *self,
             gconstpointer data)
{
  g_test_summary ("Required, the note that is asked for, and a tip once it applies");

  self->id = ui_add_assessment (&self->base, "first", "Head office", NULL);
  show (self);
  ui_get (self->page, GTK_TYPE_LABEL, "Are the doors locked?");
  ui_take_picture (&self->base, "offer-beside");
  ui_get (self->page, GTK_TYPE_LABEL, "An answer is required.");
  ui_get (self->page, GTK_TYPE_LABEL, "Who looks after it?");
  g_assert_false (ui_has_text (self->page, "Begin by counting the keys."));
  ui_click (self->page, "No");
  ui_get (self->page, GTK_TYPE_LABEL, "Begin by counting the keys.");
  ui_click (self->page, "_Clear answer");
  g_assert_false (ui_has_text (self->page, "Begin by counting the keys."));
  gtk_widget_activate_action (self->page, "question.review", NULL);
  ui_get (self->page, GTK_TYPE_LABEL, "Required and still open");
  ui_get (self->page, GTK_TYPE_LABEL, "Still open");
  ui_take_picture (&self->base, "offer-required");
  ui_click (self->page, "Are the windows shut?");
  g_assert_false (ui_has_text (self->page, "An answer is required."));
  ui_click (self->page, "Yes");
  gtk_widget_activate_action (self->page, "question.previous", NULL);
  ui_click (self->page, "Yes");
  gtk_widget_activate_action (self->page, "question.review", NULL);
  ui_get (self->page, GTK_TYPE_LABEL, "Without the note that is asked for");
  g_assert_false (ui_has_text (self->page, "Required and still open"));
}

static void
add_tests (void)
{
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/offers/proposal", test_proposal);
  ADD ("/offers/due", test_due);
  ADD ("/offers/beside", test_beside);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
