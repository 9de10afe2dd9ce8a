/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/report-maker.h"

#include "ui/findings-list.h"

/* What is best has the most credit, or takes off the least. */
static guint
find_best (PostureQuestion *question)
{
  guint best = 0;

  for (guint i = 0; i < posture_question_get_n_options (question); i++)
    if (posture_question_get_option (question, i)->credit > posture_question_get_option (question, best)->credit)
      best = i;
  return best;
}

/* Everything there is, or one thing of it. */
static char *
make_choices (PostureQuestion *question,
              ReportAnswers    how)
{
  g_autoptr (GString) value = g_string_new ("[");

  for (guint i = 0; i < posture_question_get_n_options (question); i++)
    {
      const PostureOption *option = posture_question_get_option (question, i);

      if (!option->exclusive && ((how & REPORT_BEST) != 0 || value->len == 1))
        g_string_append_printf (value, "%s\"%s\"", value->len > 1 ? "," : "", option->id);
    }
  g_string_append_c (value, ']');
  return g_string_free (g_steal_pointer (&value), FALSE);
}

static char *
make_value (PostureQuestion *question,
            guint            number,
            ReportAnswers    how)
{
  guint n_options = posture_question_get_n_options (question), option;

  if (posture_question_get_kind (question) == POSTURE_QUESTION_LEVEL)
    return g_strdup_printf ("%u", (how & REPORT_BEST) != 0 ? 4 : number * 7 % 5);
  if (posture_question_get_kind (question) == POSTURE_QUESTION_NUMBER)
    {
      guint n_bands = posture_question_get_n_bands (question);

      return g_strdup_printf ("%" G_GINT64_FORMAT, n_bands == 0 ? 1 : posture_question_get_band (
        question, (how & REPORT_BEST) != 0 ? n_bands - 1 : number % n_bands)->from / 1000000);
    }
  if (n_options == 0)
    return g_strdup ("true");
  if (posture_question_get_kind (question) == POSTURE_QUESTION_CHOICES)
    return make_choices (question, how);
  option = find_best (question);
  if ((how & REPORT_BEST) == 0 && number % 3 != 0)
    option = number % MIN (n_options, 2);
  return g_strdup_printf ("\"%s\"", posture_question_get_option (question, option)->id);
}

/* The answer as an operation takes it; NULL for none. */
static char *
make_answer (PostureQuestion *question,
             guint            number,
             ReportAnswers    how)
{
  g_autofree char *value = NULL;
  gboolean target = (how & REPORT_TARGETS) != 0 && posture_question_takes_target (question);

  if ((how & REPORT_NOT_APPLICABLE) != 0)
    return g_strdup ("{\"not_applicable\":\"We have nothing of the kind.\"}");
  if ((how & REPORT_OPEN) != 0 && number % 5 == 3)
    return g_strdup ("{\"unknown\":true}");
  if ((how & REPORT_OPEN) != 0 && number % 7 == 3)
    return NULL;
  value = make_value (question, number, how);
  if (!target)
    return g_strdup_printf ("{\"value\":%s}", value);
  if (posture_question_get_kind (question) == POSTURE_QUESTION_LEVEL)
    return g_strdup_printf ("{\"value\":%s,\"target\":3}", value);
  return g_strdup_printf ("{\"value\":%s,\"target\":\"%s\"}", value,
                          posture_question_get_option (question, find_best (question))->id);
}

/**
 * report_make:
 * @fixture: a fixture whose profile is open
 * @questionnaire: a questionnaire's id
 * @name: name of the new assessment
 * @how: what to answer
 *
 * Returns: (transfer full): the id of the report on a questionnaire that was answered as a whole
 */
char *
report_make (UiFixture    *fixture,
             const char   *questionnaire,
             const char   *name,
             ReportAnswers how)
{
  PostureUserService *user = posture_platform_get_user (fixture->platform);
  g_autoptr (PostureQuestionnaire) structure
    = posture_library_dup_current (posture_platform_get_library (fixture->platform), questionnaire);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autofree char *assessment = ui_add_assessment (fixture, questionnaire, name, /* answers = */ NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < posture_questionnaire_get_n_questions (structure); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (structure, i);
      g_autofree char *answer = make_answer (question, i, how);

      if (answer != NULL)
        g_ptr_array_add (operations, posture_operation_new_answer (posture_user_service_get_now (user), assessment,
                                                                   posture_question_get_key (question), answer,
                                                                   /* flagged = */ FALSE));
    }
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
  return ui_submit (fixture, assessment);
}

void
report_fixture_setup (ReportFixture *self,
                      gconstpointer  language)
{
  g_autoptr (PostureReport) report = NULL;

  ui_set_language (language != NULL ? language : "en");
  ui_fixture_setup (&self->ui, language);
  ui_fixture_ready (&self->ui);
  self->report = report_make (&self->ui, "essentials", "Head office", REPORT_MIXED);
  report = posture_user_service_dup_report (posture_platform_get_user (self->ui.platform), self->report, NULL);
  self->assessment = g_strdup (report->assessment);
  ui_set_size (&self->ui, 360, 640);
}

void
report_fixture_teardown (ReportFixture *self,
                         gconstpointer  language)
{
  ui_fixture_teardown (&self->ui, language);
  g_free (self->report);
  g_free (self->assessment);
  ui_set_language ("en");
}

/* Shows the report and waits until it can be read. */
void
report_fixture_show (ReportFixture *self)
{
  posture_window_show_report (self->ui.window, self->report);
  ui_get (self->ui.window, POSTURE_TYPE_FINDINGS_LIST, NULL);
  ui_wait_idle ();
}
