/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "rating/rating.h"

#define REVISION "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define Q(id, section, weight, severity, effort, more) \
  "{'id': '" id "', 'section': '" section "', 'kind': " more ", 'weight': " #weight "," \
  " 'severity': '" severity \
  "', 'effort': '" effort "'}"
#define OPTIONS \
  "'choice', 'options': [{'id': 'no', 'credit': 0}, {'id': 'part', 'credit': 0.3}, {'id': 'yes'," \
  " 'credit': 1}]"

static const PostureRatingContext context = {
  "01890a5d-ac96-774b-bcce-b302099a8057", REVISION, "2026-11-23T21:46:44.000Z",
};

/* s holds s.1 and s.2; a 3 points in s, b 1 in s.1, c 4 in s.2, d 2 in t, w is not rated, h is
 * asked only after a yes to d. */
static const char questions[] =
  Q ("a", "s", 3, "high", "low", OPTIONS) ","
  Q ("b", "s.1", 1, "critical", "high", "'choices', 'options': [{'id': 'none', 'credit': 0,"
     " 'exclusive': true},"
     " {'id': 'x', 'credit': 0.5}, {'id': 'y', 'credit': 0.7}]") ","
  Q ("c", "s.2", 4, "low", "medium", "'level', 'minimum': 0, 'maximum': 3") ","
  "{'id': 'w', 'section': 't', 'kind': 'text'},"
  Q ("d", "t", 2, "medium", "low", "'yes-no'") ","
  "{'id': 'h', 'section': 't', 'kind': 'number', 'weight': 10, 'severity': 'low', 'effort': 'low',"
  " 'bands': [{'from': 5, 'credit': 0.25}, {'from': 10, 'credit': 1}],"
  " 'condition': {'pattern': {'d': [true]}}}";

typedef struct
{
  const char *answers;
  const char *score;    /* value worst best, in ten-thousandths, - for none; then the reason */
  const char *level;
  const char *sections; /* value of s s.1 s.2 t */
  const char *coverage; /* answered unknown not_applicable unanswered */
  const char *findings; /* id:points:reason */
} Case;

static const Case cases[] = {
  /* 3×0.3 + 0.5 + 4×0.3333 + 0 = 2.7332 of 10; s 2.7332 of 8, s.1 0.5, s.2 0.3333 */
  { "{'a': 'part', 'b': ['x'], 'c': 1, 'd': false, 'w': 'words'}",
    "273000 273000 273000", "low", "342000 500000 333000 0", "5 0 0 0",
    "a:21000:not-in-place d:20000:not-in-place c:26668:not-in-place b:5000:not-in-place" },
  /* everything in place; h counts, too */
  { "{'a': 'yes', 'b': ['x', 'y'], 'c': 3, 'd': true, 'h': 10, 'w': {'unknown': true}}",
    "1000000 1000000 1000000", "top", "1000000 1000000 1000000 1000000", "5 1 0 0", "" },
  /* nothing answered: all open; h is hidden */
  { "{}", "- 0 1000000", NULL, "- - - -", "0 0 0 5",
    "a:30000:unanswered d:20000:unanswered c:40000:unanswered b:10000:unanswered" },
  /* unknown is as open as unanswered: worst 3 of 10, best 10 of 10 */
  { "{'a': 'yes', 'b': {'unknown': true}, 'c': {'unknown': true}, 'd': {'unknown': true}}",
    "- 300000 1000000", NULL, "- - - -", "1 3 0 1",
    "d:20000:unknown c:40000:unknown b:10000:unknown" },
  /* not applicable is left out of both: a 3 of 3 */
  { "{'a': 'yes', 'b': {'not_applicable': 'r'}, 'c': {'not_applicable': 'r'},"
    " 'd': {'not_applicable': 'r'}}",
    "1000000 1000000 1000000", "top", "1000000 n n n", "1 0 3 1", "" },
  { "{'a': {'not_applicable': 'r'}, 'b': {'not_applicable': 'r'}, 'c': {'not_applicable': 'r'},"
    " 'd': {'not_applicable': 'r'}, 'w': {'not_applicable': 'r'}}",
    "- - - nothing-to-rate", NULL, "n n n n", "0 0 5 0", "" },
  /* a hidden answer counts for nothing: 3 of 10 */
  { "{'a': 'yes', 'b': ['none'], 'c': 0, 'd': false, 'h': 10}",
    "300000 300000 300000", "low", "375000 0 0 0", "4 0 0 1",
    "d:20000:not-in-place c:40000:not-in-place b:10000:not-in-place" },
  /* h is asked and gives 2.5 beside the 2 of d: 4.5 of 20 */
  { "{'a': 'no', 'b': ['none'], 'c': 0, 'd': true, 'h': 9}",
    "225000 225000 225000", "low", "0 0 0 375000", "5 0 0 1",
    "h:75000:not-in-place a:30000:not-in-place c:40000:not-in-place b:10000:not-in-place" },
  /* 8.5 of 20 up to 12.5: a range within one level */
  { "{'a': 'yes', 'b': ['x', 'y'], 'c': {'unknown': true}, 'd': true, 'h': 5}",
    "- 425000 625000", "mid", "- 1000000 - 375000", "4 1 0 1",
    "h:75000:not-in-place c:40000:unknown" },
  /* 8 of 10 is the level from 79.5 on, with b open it is 7 to 8 of 10 */
  { "{'a': 'yes', 'b': ['x', 'y'], 'c': 3, 'd': false}",
    "800000 800000 800000", "top", "1000000 1000000 1000000 0", "4 0 0 1", "d:20000:not-in-place" },
  { "{'a': 'yes', 'c': 3, 'd': false}",
    "- 700000 800000", NULL, "- - 1000000 0", "3 0 0 2",
      "d:20000:not-in-place b:10000:unanswered" },
};

/* In ten-thousandths, which is all that this method needs. */
static gint64
coarse (gint64 millionths)
{
  g_assert_cmpint (millionths % 100, ==, 0);
  return millionths / 100;
}

static char *
score_text (const PostureScore *score,
            gboolean            all)
{
  g_autofree char *value = score->has_value ? g_strdup_printf ("%" G_GINT64_FORMAT, coarse (score->value))
                                            : g_strdup ("-");
  g_autofree char *worst = score->has_worst ? g_strdup_printf ("%" G_GINT64_FORMAT, coarse (score->worst))
                                            : g_strdup ("-");
  g_autofree char *best = score->has_best ? g_strdup_printf ("%" G_GINT64_FORMAT, coarse (score->best))
                                          : g_strdup ("-");

  g_assert_cmpint (score->min, ==, 0);
  g_assert_cmpint (coarse (score->max), ==, 1000000);
  if (!all)
    return g_strdup (score->reason != NULL ? "n" : value);
  return g_strjoin (" ", value, worst, best, score->reason, NULL);
}

static char *
sections_text (const PostureReport *report)
{
  const PostureSectionScore *s = g_ptr_array_index (report->sections, 0);
  const PostureSectionScore *s1 = g_ptr_array_index (s->sections, 0);
  const PostureSectionScore *s2 = g_ptr_array_index (s->sections, 1);
  const PostureSectionScore *t = g_ptr_array_index (report->sections, 1);
  g_autofree char *a = score_text (s->score, FALSE);
  g_autofree char *b = score_text (s1->score, FALSE);
  g_autofree char *c = score_text (s2->score, FALSE);
  g_autofree char *d = score_text (t->score, FALSE);

  g_assert_cmpuint (report->sections->len, ==, 2);
  g_assert_cmpuint (s->sections->len, ==, 2);
  g_assert_cmpuint (t->sections->len, ==, 0);
  g_assert_cmpstr (s2->id, ==, "s.2");
  return g_strjoin (" ", a, b, c, d, NULL);
}

static char *
findings_text (const PostureReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < report->findings->len; i++)
    {
      const PostureFinding *finding = g_ptr_array_index (report->findings, i);

      g_assert_cmpint (finding->rank, ==, (int) i + 1);
      g_assert_cmpstr (finding->recommendation, ==, finding->question);
      g_string_append_printf (text, "%s%s:%" G_GINT64_FORMAT ":%s", i > 0 ? " " : "",
                              finding->question,
                              coarse (finding->points), finding->reason);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_table (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (questions);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PostureAnswers) answers = make_answers (questionnaire, cases[i].answers);
      g_autoptr (GError) error = NULL;
      g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, &error);
      g_autofree char *score = NULL, *sections = NULL, *coverage = NULL, *findings = NULL;

      g_test_message ("case %u: %s", i, cases[i].answers);
      g_assert_no_error (error);
      score = score_text (report->score, TRUE);
      g_assert_cmpstr (score, ==, cases[i].score);
      g_assert_cmpstr (report->level, ==, cases[i].level);
      sections = sections_text (report);
      g_assert_cmpstr (sections, ==, cases[i].sections);
      coverage = g_strdup_printf ("%d %d %d %d", report->coverage->answered,
                                  report->coverage->unknown,
                                  report->coverage->not_applicable, report->coverage->unanswered);
      g_assert_cmpstr (coverage, ==, cases[i].coverage);
      findings = findings_text (report);
      g_assert_cmpstr (findings, ==, cases[i].findings);
    }
}

static char *
report_text (const PostureReport *report)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_report_write (writer, report);
  return posture_json_writer_finish_text (writer);
}

static const char whole[] =
  "{'assessment':'01890a5d-ac96-774b-bcce-b302099a8057','coverage':{'answered':2,"
  "'not_applicable':0,"
  "'unanswered':0,'unknown':0},'explanation':[{'best':0.9,'question':'a','reachable':3,"
  "'rule':'option',"
  "'section':'s','value':'\\'part\\'','worst':0.9},{'best':2,'question':'d','reachable':2,"
  "'rule':'yes-no',"
  "'section':'t','value':'true','worst':2}],'findings':[{'effort':'low','points':2.1,"
  "'question':'a','rank':1,"
  "'reason':'not-in-place','recommendation':'a','references':[],'section':'s','severity':'high'}],"
  "'id':'%s','level':'mid','method':{'id':'weighted','version':1},'questionnaire':{'digest':'%s',"
  "'id':'q',"
  "'version':'1.0.0'},'revision':'" REVISION "','score':{'best':58,'max':100,'min':0,'reason':null,"
  "'value':58,'worst':58},'sections':[{'id':'s','score':{'best':30,'max':100,'min':0,'reason':null,"
  "'value':30,'worst':30},'sections':[{'id':'s.1','score':{'best':null,'max':100,'min':0,"
  "'reason':'nothing-to-rate','value':null,'worst':null},'sections':[]},{'id':'s.2',"
  "'score':{'best':null,"
  "'max':100,'min':0,'reason':'nothing-to-rate','value':null,'worst':null},"
  "'sections':[]}]},{'id':'t',"
  "'score':{'best':100,'max':100,'min':0,'reason':null,'value':100,'worst':100},'sections':[]}],"
  "'submitted':'2026-11-23T21:46:44.000Z'}";

/* A whole report, byte for byte. */
static void
test_bytes (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (
    Q ("a", "s", 3, "high", "low", OPTIONS) "," Q ("d", "t", 2, "medium", "low", "'yes-no'"));
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, "{'a': 'part', 'd': true}");
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
  g_autofree char *text = report_text (report);
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  g_autofree char *named = g_strdup_printf (
    "{\"facts\":null,\"method\":{\"id\":\"weighted\",\"version\":1},\"questionnaire\":\"%s\","
    "\"revision\":\"" REVISION "\"}", digest);
  g_autofree char *id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, named, -1);
  g_autoptr (GString) expected = g_string_new (whole);
  g_autofree char *json = NULL;

  g_string_replace (expected, "%s", id, 1);
  g_string_replace (expected, "%s", digest, 1);
  json = quoted (expected->str);
  g_assert_cmpstr (text, ==, json);
}

typedef struct
{
  int weight;       /* of a yes; of a no is the rest up to total */
  int total;
  gint64 score;
} RoundCase;

/* Half a tenth goes up. */
static const RoundCase round_cases[] = {
  { 1, 3, 333000 }, { 2, 3, 667000 }, { 1, 8, 125000 }, { 1, 16, 63000 }, { 3, 16, 188000 },
  { 1, 2000, 1000 }, { 1, 1000, 1000 }, { 999, 2000, 500000 }, { 1, 160, 6000 }, { 1, 161, 6000 },
};

static void
test_rounding (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (round_cases); i++)
    {
      int rest = round_cases[i].total - round_cases[i].weight;
      g_autofree char *text = g_strdup_printf (
        "{'id': 'a', 'section': 's', 'kind': 'yes-no', 'weight': %d, 'severity': 'low',"
        " 'effort': 'low'},"
        "{'id': 'b', 'section': 's', 'kind': 'yes-no', 'weight': %d, 'severity': 'low',"
        " 'effort': 'low'},"
        "{'id': 'c', 'section': 's', 'kind': 'yes-no', 'weight': %d, 'severity': 'low',"
        " 'effort': 'low'}",
        round_cases[i].weight, MIN (rest, 1000), MAX (rest - 1000, 1));
      g_autoptr (PostureQuestionnaire) questionnaire = with_questions (text);
      g_autoptr (PostureAnswers) answers = make_answers (
        questionnaire, rest > 1000 ? "{'a': true, 'b': false, 'c': false}"
                                   : "{'a': true, 'b': false, 'c': {'not_applicable': 'r'}}");
      g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);

      g_test_message ("%d of %d", round_cases[i].weight, round_cases[i].total);
      g_assert_cmpint (coarse (report->score->value), ==, round_cases[i].score);
    }
}

/* A range that rounding hides is still a range: 1 of 10,001 and 1 more open. */
static void
test_small_range (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (PostureAnswer) no = posture_answer_new_from_text ("false", NULL, NULL);

  for (guint i = 0; i < 11; i++)
    g_string_append_printf (text, "%s{'id': '%u', 'section': 's', 'kind': 'yes-no', 'weight': %u,"
                            " 'severity': 'low', 'effort': 'low'}", i > 0 ? "," : "", i, i > 0
                              ? 1000 : 1);
  questionnaire = with_questions (text->str);
  answers = make_answers (questionnaire, "{}");
  for (guint i = 1; i < 11; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);

      posture_answers_set (answers, posture_question_get_id (question), no);
    }
  report = posture_rate (questionnaire, answers, &context, NULL);
  g_assert_cmpint (report->score->worst, ==, 0);
  g_assert_cmpint (report->score->best, ==, 0);
  g_assert_false (report->score->has_value);
}

/* Points per effort, then severity, then the questionnaire's order. */
static void
test_ranking (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (
    Q ("h9", "s", 9, "low", "high", "'yes-no'") "," Q ("m3", "s", 3, "low", "medium",
                                                       "'yes-no'") ","
    Q ("l1", "s", 1, "low", "low", "'yes-no'") "," Q ("l1c", "s", 1, "critical", "low",
                                                      "'yes-no'") ","
    Q ("h10", "s", 10, "low", "high", "'yes-no'") "," Q ("m2", "s", 2, "critical", "medium",
                                                         "'yes-no'") ","
    Q ("l1h", "s", 1, "high", "low", "'yes-no'") "," Q ("h9m", "s", 9, "medium", "high",
                                                        "'yes-no'"));
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, "{'h10': false}");
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
  static const char *const expected[] = { "h10", "l1c", "l1h", "h9m", "h9", "m3", "l1", "m2" };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (((PostureFinding *) g_ptr_array_index (report->findings, i))->question, ==,
                     expected[i]);
}

static void
test_explanation (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (questions);
  g_autoptr (PostureAnswers) answers = make_answers (
    questionnaire, "{'a': {'not_applicable': 'r'}, 'b': ['y', 'x'], 'c': {'unknown': true},"
      " 'd': true, 'h': 7}");
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
  static const char *const expected[] = {
    "a s not-applicable - 0 0 0", "b s.1 option [\"x\",\"y\"] 10000 10000 10000",
    "c s.2 unknown - 0 40000 40000", "d t yes-no true 20000 20000 20000",
      "h t bands 7 25000 25000 100000",
  };

  g_assert_cmpuint (report->explanation->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const PostureExplanation *entry = g_ptr_array_index (report->explanation, i);
      g_autofree char *text = g_strdup_printf (
        "%s %s %s %s %d %d %d", entry->question, entry->section, entry->rule,
        entry->value != NULL ? entry->value : "-", (int) coarse (entry->worst),
        (int) coarse (entry->best), (int) coarse (entry->reachable));

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

static void
test_errors (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (questions);
  g_autoptr (PostureAnswers) answers = make_answers (NULL, "{'d': 'x', 'other': 1}");
  g_autoptr (PostureAnswers) stranger = make_answers (NULL, "{'other': 1}");
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (GError) error = NULL;
  PostureRatingContext broken = context;

  g_assert_null (posture_rate (questionnaire, answers, &context, &error));
  g_assert_error (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_ANSWER);
  g_clear_error (&error);
  report = posture_rate (questionnaire, stranger, &context, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->coverage->answered, ==, 0);
  broken.revision = "x";
  g_assert_null (posture_rate (questionnaire, stranger, &broken, &error));
  g_assert_error (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_CONTEXT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rating/table", test_table);
  g_test_add_func ("/rating/bytes", test_bytes);
  g_test_add_func ("/rating/rounding", test_rounding);
  g_test_add_func ("/rating/small-range", test_small_range);
  g_test_add_func ("/rating/ranking", test_ranking);
  g_test_add_func ("/rating/explanation", test_explanation);
  g_test_add_func ("/rating/errors", test_errors);
  return g_test_run ();
}
