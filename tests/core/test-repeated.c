/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/expansion.h"
#include "model/instances.h"
#include "model/revision.h"
#include "model/visibility.h"
#include "rating/rating.h"

#include <string.h>

/* Sections that are repeated for each site. */

#define N_DRAWS 2000
#define MAX_SITES 3

#define YES_NO(id, section, weight, more) \
  "{'id': '" id "', 'section': '" section "', 'kind': 'yes-no', 'weight': " weight ", 'severity': 'low'," \
  " 'effort': 'low'" more "}"
#define HEAD \
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'weighted', 'levels':" \
  " [{'id': 'any', 'from': 0}]}, "
#define SITES_ON_CONDITION \
  "{'id': 'sites', 'section': 'us', 'kind': 'instances', 'most': 3," \
  " 'condition': {'pattern': {'big': [true]}}}"
#define REPEATED \
  HEAD "'sections': [{'id': 'us'}, {'id': 'site', 'for_each': 'sites', 'sections': [{'id': 'room'}]}]," \
  " 'questions': [" YES_NO ("big", "us", "1", "") ", " SITES_ON_CONDITION ", " \
  YES_NO ("lock", "site", "2", "") ", " \
  YES_NO ("alarm", "room", "3", ", 'condition': {'and': [{'pattern': {'lock': [true]}}," \
  " {'pattern': {'big': [true]}}]}") "]}"

static char *
describe (PostureQuestionnaire *asked)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < posture_questionnaire_get_n_sections (asked); i++)
    {
      const PostureSection *section = posture_questionnaire_get_section (asked, i);

      g_string_append_printf (text, "%s%s(%d,%u)", i > 0 ? " " : "", section->key, section->parent,
                              section->end);
    }
  g_string_append (text, " |");
  for (guint i = 0; i < posture_questionnaire_get_n_questions (asked); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (asked, i);

      g_assert_cmpuint (posture_question_get_number (question), ==, i);
      g_assert_true (posture_questionnaire_find_question (asked, posture_question_get_key (question))
                     == question);
      g_string_append_printf (text, " %s:%u", posture_question_get_key (question),
                              posture_question_get_section_number (question));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
visible_keys (PostureQuestionnaire *asked,
              PostureAnswers       *answers)
{
  g_autoptr (GArray) visible = posture_questionnaire_find_visible (asked, answers);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < visible->len; i++)
    if (g_array_index (visible, gboolean, i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                              posture_question_get_key (posture_questionnaire_get_question (asked, i)));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_expand (void)
{
  static const struct
  {
    const char *answers;
    const char *expanded;
    const char *visible;
  } cases[] = {
    { "{'big': true, 'sites': ['b', 'a'], 'lock@b': true, 'lock@a': false}",
      "us(-1,1) site(-1,6) site@b(1,4) room@b(2,4) site@a(1,6) room@a(4,6) |"
      " big:0 sites:0 lock@b:2 alarm@b:3 lock@a:4 alarm@a:5",
      "big sites lock@b alarm@b lock@a" },
    /* what is answered about an instance that is none is kept */
    { "{'big': true, 'sites': ['a'], 'lock@a': true, 'lock@gone': true}",
      "us(-1,1) site(-1,4) site@a(1,4) room@a(2,4) | big:0 sites:0 lock@a:2 alarm@a:3",
      "big sites lock@a alarm@a" },
    /* an open list: nothing is known */
    { "{'big': true}", "us(-1,1) site(-1,3) room(1,3) | big:0 sites:0 lock:1 alarm:2",
      "big sites lock" },
    { "{'big': true, 'sites': {'unknown': true}}",
      "us(-1,1) site(-1,3) room(1,3) | big:0 sites:0 lock:1 alarm:2", "big sites lock" },
    /* no sites, or nobody is asked for any */
    { "{'big': true, 'sites': {'not_applicable': 'we have none'}}",
      "us(-1,1) site(-1,2) | big:0 sites:0", "big sites" },
    { "{'big': false, 'sites': ['a']}", "us(-1,1) site(-1,2) | big:0 sites:0", "big" },
  };
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (REPEATED);

  g_assert_true (posture_questionnaire_is_repeated (questionnaire));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PostureAnswers) answers = make_answers (questionnaire, cases[i].answers);
      g_autoptr (PostureQuestionnaire) asked = posture_questionnaire_expand (questionnaire, answers);
      g_autoptr (PostureQuestionnaire) again = posture_questionnaire_expand (asked, answers);
      g_autofree char *expanded = describe (asked);
      g_autofree char *twice = describe (again);
      g_autofree char *visible = visible_keys (asked, answers);

      g_assert_cmpstr (expanded, ==, cases[i].expanded);
      g_assert_cmpstr (twice, ==, cases[i].expanded);
      g_assert_cmpstr (visible, ==, cases[i].visible);
      g_assert_cmpstr (posture_questionnaire_get_digest (asked), ==,
                       posture_questionnaire_get_digest (questionnaire));
    }
}

static void
test_plain (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire
    = with_questions ("{'id': 'a', 'section': 't', 'kind': 'text'}");
  g_autoptr (PostureAnswers) answers = posture_answers_new ();
  g_autoptr (PostureQuestionnaire) asked = posture_questionnaire_expand (questionnaire, answers);

  g_assert_true (asked == questionnaire);
  g_assert_false (posture_questionnaire_is_repeated (questionnaire));
  g_assert_cmpstr (posture_question_get_key (posture_questionnaire_get_question (asked, 0)), ==, "a");
}

/* A change inside of one instance shows and hides in that one. */
static void
test_update (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (REPEATED);
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire,
                                                     "{'big': true, 'sites': ['b', 'a']}");
  g_autoptr (PostureQuestionnaire) asked = posture_questionnaire_expand (questionnaire, answers);
  g_autoptr (PostureVisibility) visibility = posture_visibility_new (asked, answers);
  PostureQuestion *lock = posture_questionnaire_find_question (asked, "lock@a");
  g_autoptr (PostureAnswer) yes = posture_answer_new_from_text ("true", lock, NULL);
  g_autoptr (GArray) changed = NULL;

  posture_answers_set (answers, "lock@a", yes);
  changed = posture_visibility_update (visibility, answers, "lock@a");
  g_assert_cmpuint (changed->len, ==, 1);
  g_assert_cmpstr (posture_question_get_key (posture_questionnaire_get_question (
                     asked, g_array_index (changed, guint, 0))), ==, "alarm@a");
}

static PostureReport *
rate (PostureQuestionnaire *questionnaire,
      PostureAnswers       *answers)
{
  const PostureRatingContext context = {
    "01890a5d-ac96-774b-bcce-b302099a8057",
    "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd", "2026-11-23T21:46:44.000Z",
  };
  g_autoptr (GError) error = NULL;
  PostureReport *report = posture_rate (questionnaire, answers, &context, &error);

  g_assert_no_error (error);
  return report;
}

static void
test_rate (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (REPEATED);
  g_autoptr (PostureAnswers) answers = make_answers (
    questionnaire, "{'big': true, 'sites': ['b', 'a'], 'lock@b': true, 'alarm@b': false,"
                   " 'lock@a': false}");
  g_autoptr (PostureReport) report = rate (questionnaire, answers);
  const PostureSectionScore *site = g_ptr_array_index (report->sections, 1);
  const PostureSectionScore *b = g_ptr_array_index (site->sections, 0);
  const PostureSectionScore *a = g_ptr_array_index (site->sections, 1);
  const PostureFinding *first = g_ptr_array_index (report->findings, 0);
  const PostureFinding *second = g_ptr_array_index (report->findings, 1);
  const PostureExplanation *third = g_ptr_array_index (report->explanation, 2);

  /* 1 + 2 of 1 + 2 + 3 + 2 */
  g_assert_cmpint (report->score->value, ==, 37500000);
  g_assert_cmpint (site->score->value, ==, 28600000);
  g_assert_null (site->instance);
  g_assert_cmpstr (b->id, ==, "site");
  g_assert_cmpstr (b->instance, ==, "b");
  g_assert_cmpint (b->score->value, ==, 40000000);
  g_assert_cmpstr (a->instance, ==, "a");
  g_assert_cmpint (a->score->value, ==, 0);
  g_assert_cmpuint (report->findings->len, ==, 2);
  g_assert_cmpstr (first->question, ==, "alarm");
  g_assert_cmpstr (first->section, ==, "room");
  g_assert_cmpstr (first->instance, ==, "b");
  g_assert_cmpstr (second->question, ==, "lock");
  g_assert_cmpstr (second->instance, ==, "a");
  g_assert_cmpstr (third->question, ==, "alarm");
  g_assert_cmpstr (third->instance, ==, "b");
  g_assert_cmpint (report->coverage->answered, ==, 5);
}

/* While it is open which sites there are, the score is open by one of them. */
static void
test_rate_open (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (REPEATED);
  g_autoptr (PostureAnswers) open = make_answers (questionnaire, "{'big': true}");
  g_autoptr (PostureAnswers) none = make_answers (
    questionnaire, "{'big': true, 'sites': {'not_applicable': 'none'}}");
  g_autoptr (PostureReport) range = rate (questionnaire, open);
  g_autoptr (PostureReport) sure = rate (questionnaire, none);

  g_assert_false (range->score->has_value);
  g_assert_cmpint (range->score->worst, ==, 33300000);
  g_assert_cmpint (range->score->best, ==, 100000000);
  g_assert_null (((const PostureFinding *) g_ptr_array_index (range->findings, 0))->instance);
  g_assert_true (sure->score->has_value);
  g_assert_cmpint (sure->score->value, ==, 100000000);
  g_assert_cmpstr (((const PostureSectionScore *) g_ptr_array_index (sure->sections, 1))->score->reason,
                   ==, "nothing-to-rate");
}

/* The same without repetition: every site written out. */
static PostureQuestionnaire *
write_out (guint n_sites)
{
  g_autoptr (GString) text = g_string_new (HEAD "'sections': [{'id': 'us'}, {'id': 'site', 'sections': [");

  for (guint i = 0; i < n_sites; i++)
    g_string_append_printf (text, "%s{'id': 'site-%u', 'sections': [{'id': 'room-%u'}]}",
                            i > 0 ? ", " : "", i, i);
  g_string_append (text, "]}], 'questions': [" YES_NO ("big", "us", "1", ""));
  for (guint i = 0; i < n_sites; i++)
    g_string_append_printf (text, ", " YES_NO ("lock-%u", "site-%u", "2", "") ", "
                            YES_NO ("alarm-%u", "room-%u", "3",
                                    ", 'condition': {'and': [{'pattern': {'lock-%u': [true]}},"
                                    " {'pattern': {'big': [true]}}]}"), i, i, i, i, i);
  g_string_append (text, "]}");
  return make_questionnaire (text->str);
}

static void
draw_answer (GRand      *rand,
             GString    *repeated,
             GString    *written_out,
             const char *id,
             guint       site)
{
  static const char *const values[] = { "true", "false", "{'unknown': true}",
                                        "{'not_applicable': 'r'}" };
  guint draw = (guint) g_rand_int_range (rand, 0, 6);

  if (draw >= G_N_ELEMENTS (values) + 1)
    return;
  draw = MIN (draw, G_N_ELEMENTS (values) - 1);
  g_string_append_printf (repeated, ", '%s@s%u': %s", id, site, values[draw]);
  g_string_append_printf (written_out, ", '%s-%u': %s", id, site, values[draw]);
}

static void
assert_same_score (const PostureScore *a,
                   const PostureScore *b)
{
  g_assert_cmpint (a->has_value, ==, b->has_value);
  g_assert_cmpint (a->value, ==, b->value);
  g_assert_cmpint (a->worst, ==, b->worst);
  g_assert_cmpint (a->best, ==, b->best);
  g_assert_cmpstr (a->reason, ==, b->reason);
}

static void
assert_same_sections (GPtrArray *a,
                      GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const PostureSectionScore *x = g_ptr_array_index (a, i);
      const PostureSectionScore *y = g_ptr_array_index (b, i);

      assert_same_score (x->score, y->score);
      assert_same_sections (x->sections, y->sections);
    }
}

/* Random answers to both forms rate the same, section by section and finding by finding. */
static void
test_rate_written_out (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (REPEATED);

  for (guint n = 0; n < N_DRAWS; n++)
    {
      guint n_sites = 1 + n % MAX_SITES;
      g_autoptr (PostureQuestionnaire) other = write_out (n_sites);
      g_autoptr (GString) a = g_string_new ("{'big': true, 'sites': [");
      g_autoptr (GString) b = g_string_new ("{'big': true");
      g_autoptr (PostureAnswers) repeated = NULL;
      g_autoptr (PostureAnswers) written_out = NULL;
      g_autoptr (PostureReport) x = NULL;
      g_autoptr (PostureReport) y = NULL;

      for (guint i = 0; i < n_sites; i++)
        g_string_append_printf (a, "%s's%u'", i > 0 ? ", " : "", i);
      g_string_append (a, "]");
      for (guint i = 0; i < n_sites; i++)
        {
          draw_answer (rand, a, b, "lock", i);
          draw_answer (rand, a, b, "alarm", i);
        }
      g_string_append (a, "}");
      g_string_append (b, "}");
      repeated = make_answers (questionnaire, a->str);
      written_out = make_answers (other, b->str);
      x = rate (questionnaire, repeated);
      y = rate (other, written_out);
      assert_same_score (x->score, y->score);
      assert_same_sections (x->sections, y->sections);
      g_assert_cmpuint (x->findings->len, ==, y->findings->len);
      for (guint i = 0; i < x->findings->len; i++)
        {
          const PostureFinding *found = g_ptr_array_index (x->findings, i);
          const PostureFinding *same = g_ptr_array_index (y->findings, i);
          g_autofree char *id = g_strdup_printf ("%s-%s", found->question, found->instance + 1);

          g_assert_cmpstr (id, ==, same->question);
          g_assert_cmpint (found->points, ==, same->points);
        }
    }
}

static void
test_faults (void)
{
  static const struct
  {
    const char *sections;
    const char *questions;
    const char *faults;
  } cases[] = {
    { "{'id': 's', 'for_each': 'nothing'}", "{'id': 'a', 'section': 's', 'kind': 'text'}",
      "sections: “s” is repeated for what is no question of the kind instances" },
    { "{'id': 's', 'for_each': 'a'}, {'id': 't'}", "{'id': 'a', 'section': 't', 'kind': 'text'}",
      "sections: “s” is repeated for what is no question of the kind instances" },
    { "{'id': 's', 'for_each': 'l'}, {'id': 't'}", "{'id': 'l', 'section': 't', 'kind': 'instances'}",
      "sections: “s” is repeated and has no questions" },
    { "{'id': 's', 'for_each': 'l'}",
      "{'id': 'l', 'section': 's', 'kind': 'instances'}",
      "sections: “s” is repeated for a question that is repeated itself" },
    { "{'id': 's', 'for_each': 'l', 'sections': [{'id': 'u', 'for_each': 'l'}]}, {'id': 't'}",
      "{'id': 'l', 'section': 't', 'kind': 'instances'}, {'id': 'a', 'section': 's', 'kind': 'text'}",
      "sections: “u” is repeated inside of a section that is repeated itself" },
    { "{'id': 's', 'for_each': 'l'}, {'id': 't'}",
      "{'id': 'a', 'section': 's', 'kind': 'text'}, {'id': 'l', 'section': 't', 'kind': 'instances'}",
      "sections: “s” has questions before the one that names its instances" },
    { "{'id': 's', 'for_each': 'l'}, {'id': 't'}",
      "{'id': 'l', 'section': 't', 'kind': 'instances'}, {'id': 'a', 'section': 's', 'kind': 'text'},"
      " {'id': 'b', 'section': 't', 'kind': 'text'}, {'id': 'c', 'section': 's', 'kind': 'text'}",
      "questions[3].section: the questions of “s”, which is repeated, must stand together" },
    { "{'id': 's', 'for_each': 'l'}, {'id': 't'}",
      "{'id': 'l', 'section': 't', 'kind': 'instances'}, {'id': 'a', 'section': 's', 'kind': 'text'},"
      " {'id': 'b', 'section': 't', 'kind': 'text', 'condition': {'pattern': {'a': ['x']}},"
      "  'tips': [{'id': 'x', 'when': {'pattern': {'a': ['x']}}}]}",
      "questions[2].condition: names “a”, which is asked once for each instance of “s”; nothing outside"
      " can tell which is meant\n"
      "questions[2].tips: names “a”, which is asked once for each instance of “s”; nothing outside"
      " can tell which is meant" },
    { "{'id': 't'}", "{'id': 'l', 'section': 't', 'kind': 'instances', 'most': 51}",
      "questions[0].most: must be a whole number from 1 to 50" },
    { "{'id': 's', 'for_each': 1}, {'id': 't'}", "{'id': 'l', 'section': 't', 'kind': 'text'}",
      "sections[0].for_each: must be a text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (HEAD "'sections': [%s], 'questions': [%s]}",
                                               cases[i].sections, cases[i].questions);
      g_autofree char *faults = questionnaire_faults (text);

      g_assert_cmpstr (faults, ==, cases[i].faults);
    }
}

/* Published methods are defined over one form. */
static void
test_methods (void)
{
  g_autofree char *faults = questionnaire_faults (
    "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'maturity'},"
    " 'sections': [{'id': 's', 'for_each': 'l'}, {'id': 't'}], 'questions': ["
    "{'id': 'l', 'section': 't', 'kind': 'instances'}, {'id': 'a', 'section': 's', 'kind': 'text'}]}");

  g_assert_cmpstr (faults, ==, "sections: cannot be repeated with the method maturity\n"
                               "sections: “s” needs a question of each maturity from 1 to 3\n"
                               "sections: “t” needs a question of each maturity from 1 to 3");
}

static void
test_answer_keys (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (REPEATED);
  static const char text[] = "{\"questionnaire\": \"q\", \"answers\": {\"lock\": true, \"big@a\": true,"
                             " \"lock@\": true, \"no@a\": true, \"lock@a\": 1, \"lock@b\": true}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *told = NULL;

  g_assert_cmpuint (posture_question_get_most (posture_questionnaire_find_question (questionnaire, "sites")),
                    ==, 3);
  g_assert_null (posture_answers_new_from_file_bytes (bytes, NULL, questionnaire, faults));
  told = posture_faults_to_text (faults);
  g_assert_cmpstr (told, ==,
                   "answers[\"lock\"]: is asked for each instance: “lock@” and the instance's id\n"
                   "answers[\"big@a\"]: is asked once, not for an instance\n"
                   "answers[\"lock@\"]: is asked for each instance: “lock@” and the instance's id\n"
                   "answers[\"no@a\"]: is no question of this questionnaire\n"
                   "answers[\"lock@a\"]: must be true or false");
}

static void
test_list (void)
{
  static const struct
  {
    const char *answer;
    const char *canonical;
    const char *error;
  } cases[] = {
    { "['b', 'a']", "[\"b\",\"a\"]", NULL },
    { "{'value': ['b'], 'names': {'b': 'Berlin'}}", "{\"names\":{\"b\":\"Berlin\"},\"value\":[\"b\"]}",
      NULL },
    { "[]", NULL, "needs at least one; say “not applicable” if there is none" },
    { "['a', 'b', 'c', 'd']", NULL, "must have at most 3 entries" },
    { "['a', 'a']", NULL, "[1]: is there twice" },
    { "['a b']", NULL,
      "[0]: must be 1 to 64 letters, digits, “.”, “_” or “-”, a letter or digit first" },
    { "{'value': ['a'], 'names': {'b': 'B', 'a': ' '}}", NULL,
      "names[\"b\"]: is none of the instances\nnames[\"a\"]: must not be empty" },
    { "true", NULL, "must be a list" },
  };
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (REPEATED);
  PostureQuestion *question = posture_questionnaire_find_question (questionnaire, "sites");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = quoted (cases[i].answer);
      g_autoptr (GError) error = NULL;
      g_autoptr (PostureAnswer) answer = posture_answer_new_from_text (json, question, &error);
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autofree char *text = NULL;

      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].error);
      if (answer == NULL)
        continue;
      posture_answer_write (answer, writer, TRUE /* with_note */);
      text = posture_json_writer_finish_text (writer);
      g_assert_cmpstr (text, ==, cases[i].canonical);
    }
}

static void
assert_list (PostureAnswer *answer,
             const char    *wanted)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < posture_answer_get_n_instances (answer); i++)
    {
      const char *id = posture_answer_get_instance (answer, i);

      g_string_append_printf (text, "%s=%s;", id, posture_answer_get_instance_name (answer, id));
    }
  g_assert_cmpstr (text->str, ==, wanted);
}

/* Adding, renaming and removing: ids stay what they are. */
static void
test_change_list (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (REPEATED);
  PostureQuestion *question = posture_questionnaire_find_question (questionnaire, "sites");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (PostureAnswer) one = posture_answer_add_instance (NULL, question, "Köln, Büro 1", &id,
                                                              &error);
  g_autoptr (PostureAnswer) noted = posture_answer_new_with_note (one, "n", &error);
  g_autoptr (PostureAnswer) two = posture_answer_add_instance (noted, question, "Koeln Buero 1", NULL,
                                                              &error);
  g_autoptr (PostureAnswer) three = posture_answer_add_instance (two, question, "东京", NULL, &error);
  g_autoptr (PostureAnswer) renamed = posture_answer_rename_instance (three, id, "Home", &error);
  g_autoptr (PostureAnswer) fewer = posture_answer_remove_instance (renamed, question, "koln-buro-1");
  g_autoptr (PostureAnswer) none = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "koln-buro-1");
  assert_list (three, "koln-buro-1=Köln, Büro 1;koeln-buero-1=Koeln Buero 1;1=东京;");
  assert_list (renamed, "koln-buro-1=Home;koeln-buero-1=Koeln Buero 1;1=东京;");
  assert_list (fewer, "koeln-buero-1=Koeln Buero 1;1=东京;");
  g_assert_cmpstr (posture_answer_get_note (fewer), ==, "n");
  g_assert_null (posture_answer_remove_instance (one, question, "koln-buro-1"));
  none = posture_answer_add_instance (three, question, "One more", NULL, &error);
  g_assert_null (none);
  g_assert_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (posture_answer_rename_instance (one, id, " ", &error));
  g_assert_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (posture_answer_rename_instance (one, "x", "X", &error));
  g_assert_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_INVALID);
}

/* Names are a person's own words: they stay out of revisions and events, like notes. */
static void
test_names_stay (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (REPEATED);
  g_autoptr (PostureAnswers) named = make_answers (
    questionnaire, "{'sites': {'value': ['b'], 'names': {'b': 'Berlin'}}}");
  g_autoptr (PostureAnswers) bare = make_answers (questionnaire, "{'sites': ['b']}");
  g_autofree char *x = posture_answers_to_canonical (named);
  g_autofree char *y = posture_answers_to_canonical (bare);

  g_assert_cmpstr (x, ==, y);
  g_assert_false (posture_answer_equal (posture_answers_get (named, "sites"),
                                        posture_answers_get (bare, "sites")));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repeated/expand", test_expand);
  g_test_add_func ("/repeated/plain", test_plain);
  g_test_add_func ("/repeated/update", test_update);
  g_test_add_func ("/repeated/rate", test_rate);
  g_test_add_func ("/repeated/rate/open", test_rate_open);
  g_test_add_func ("/repeated/rate/written-out", test_rate_written_out);
  g_test_add_func ("/repeated/faults", test_faults);
  g_test_add_func ("/repeated/methods", test_methods);
  g_test_add_func ("/repeated/answers/keys", test_answer_keys);
  g_test_add_func ("/repeated/list", test_list);
  g_test_add_func ("/repeated/list/change", test_change_list);
  g_test_add_func ("/repeated/names", test_names_stay);
  return g_test_run ();
}
