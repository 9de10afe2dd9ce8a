/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/advice.h"
#include "model/gaps.h"
#include "model/visibility.h"
#include "model/words.h"
#include "rating/rating.h"

#include <string.h>

/* Tips, recommendations, evidence, what must be answered, review, target profiles. */

#define RATED(id, more) \
  "{'id': '" id "', 'section': 't', 'kind': 'yes-no', 'weight': 1, 'severity': 'low', 'effort': 'high'" \
  more "}"
#define ADVISED \
  RATED ("a", ", 'required': true") ", " \
  RATED ("b", ", 'evidence': true, 'review': {'days': 90}," \
         " 'tips': [{'id': 'always'}, {'id': 'no', 'when': {'pattern': {'b': [false]}}}," \
         "  {'id': 'both', 'when': {'pattern': {'a': [true], 'b': [false]}}}]," \
         " 'recommendations': [" \
         "  {'id': 'ask', 'when': {'pattern': {'b': {'unknown': [true]}}}, 'effort': 'low'}," \
         "  {'id': 'buy', 'when': {'pattern': {'a': [true]}}, 'effort': 'medium', 'impact': 'high'}]") ", " \
  RATED ("c", "") ", {'id': 'd', 'section': 't', 'kind': 'text', 'evidence': true," \
  " 'condition': {'pattern': {'a': [true]}}}"

typedef struct
{
  const char *answers;
  const char *tips;
  const char *recommendation; /* of the finding about b; NULL without one */
  const char *impact;
  PostureEffort effort;
  const char *gaps;
} Case;

static const Case cases[] = {
  { "{}", "always", "b", NULL, POSTURE_EFFORT_HIGH, "a required" },
  { "{'a': true, 'b': false, 'd': 'x'}", "always no both", "buy", "high", POSTURE_EFFORT_MEDIUM,
    "d evidence" },
  { "{'a': {'unknown': true}, 'b': false}", "always no", "b", NULL, POSTURE_EFFORT_HIGH, "" },
  { "{'a': true, 'b': {'unknown': true}}", "always", "ask", NULL, POSTURE_EFFORT_LOW, "" },
  { "{'a': false, 'b': true}", "always", NULL, NULL, POSTURE_EFFORT_LOW, "b evidence" },
  { "{'a': false, 'b': {'value': true, 'note': 'seen'}}", "always", NULL, NULL, POSTURE_EFFORT_LOW, "" },
  { "{'a': false, 'b': {'not_applicable': 'r'}, 'd': 'hidden'}", "always", NULL, NULL,
    POSTURE_EFFORT_LOW, "" },
};

static void
check_finding (PostureQuestionnaire *questionnaire,
               PostureAnswers       *answers,
               const Case           *expected)
{
  const PostureRatingContext context = {
    "01890a5d-ac96-774b-bcce-b302099a8057",
    "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd", "2026-11-23T21:46:44.000Z",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, &error);
  const PostureFinding *found = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const PostureFinding *finding = g_ptr_array_index (report->findings, i);

      found = g_str_equal (finding->question, "b") ? finding : found;
    }
  g_assert_cmpstr (found != NULL ? found->recommendation : NULL, ==, expected->recommendation);
  if (found == NULL)
    return;
  g_assert_cmpstr (found->impact, ==, expected->impact);
  g_assert_cmpint (found->effort, ==, expected->effort);
}

static void
check_gaps (PostureQuestionnaire *questionnaire,
            PostureAnswers       *answers,
            GArray               *visible,
            const char           *expected)
{
  g_autoptr (GArray) gaps = posture_questionnaire_find_gaps (questionnaire, answers, visible);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < gaps->len; i++)
    {
      const PostureGap *gap = &g_array_index (gaps, PostureGap, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "",
                              posture_question_get_id (
                                posture_questionnaire_get_question (questionnaire, gap->question)),
                              gap->kind == POSTURE_GAP_REQUIRED ? "required" : "evidence");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_cases (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (ADVISED);
  PostureQuestion *b = posture_questionnaire_find_question (questionnaire, "b");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PostureAnswers) answers = make_answers (questionnaire, cases[i].answers);
      g_autoptr (GArray) visible = posture_questionnaire_find_visible (questionnaire, answers);
      g_auto (GStrv) tips = posture_questionnaire_find_tips (questionnaire, answers, visible, b);
      g_autofree char *joined = g_strjoinv (" ", tips);

      g_assert_cmpstr (joined, ==, cases[i].tips);
      check_finding (questionnaire, answers, &cases[i]);
      check_gaps (questionnaire, answers, visible, cases[i].gaps);
    }
}

/* An effort of its own moves a finding: low effort before high, where nothing else differs. */
static void
test_rank (void)
{
  const PostureRatingContext context = {
    "01890a5d-ac96-774b-bcce-b302099a8057",
    "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd", "2026-11-23T21:46:44.000Z",
  };
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (ADVISED);
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire,
                                                     "{'a': true, 'b': {'unknown': true}, 'c': false}");
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);

  g_assert_cmpstr (((const PostureFinding *) g_ptr_array_index (report->findings, 0))->question, ==, "b");
  g_assert_cmpstr (((const PostureFinding *) g_ptr_array_index (report->findings, 1))->question, ==, "c");
}

/* The deduction method knows what claims nothing by its name. */
static void
test_gaps_deduction (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (
    "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'deduction', 'start': 5,"
    " 'minimum': 0}, 'sections': [{'id': 's'}], 'questions': [{'id': 'a', 'section': 's',"
    " 'kind': 'choice', 'severity': 'low', 'effort': 'low', 'deduction': {'full': 5},"
    " 'evidence': true, 'options': [{'id': 'met'}, {'id': 'not-met'}]}]}");
  g_autoptr (PostureAnswers) met = make_answers (questionnaire, "{'a': 'met'}");
  g_autoptr (PostureAnswers) not_met = make_answers (questionnaire, "{'a': 'not-met'}");
  g_autoptr (GArray) visible = posture_questionnaire_find_visible (questionnaire, met);

  check_gaps (questionnaire, met, visible, "a evidence");
  check_gaps (questionnaire, not_met, visible, "");
}

static void
test_review (void)
{
  g_autoptr (PostureQuestionnaire) plain = with_questions (ADVISED);
  g_autoptr (PostureQuestionnaire) yearly = make_questionnaire (
    "{'format': 1, 'id': 'q', 'version': '1.0.0', 'review': {'months': 12},"
    " 'method': {'id': 'weighted', 'levels': [{'id': 'l', 'from': 0}]}, 'sections': [{'id': 't'}],"
    " 'questions': [" ADVISED "]}");
  PostureInterval interval;

  g_assert_false (posture_questionnaire_get_review (
    plain, posture_questionnaire_find_question (plain, "a"), &interval));
  g_assert_cmpint (interval.months, ==, POSTURE_REVIEW_DEFAULT_MONTHS);
  g_assert_true (posture_questionnaire_get_review (
    plain, posture_questionnaire_find_question (plain, "b"), &interval));
  g_assert_cmpint (interval.days, ==, 90);
  g_assert_cmpint (interval.months, ==, 0);
  g_assert_true (posture_questionnaire_get_review (
    yearly, posture_questionnaire_find_question (yearly, "a"), &interval));
  g_assert_cmpint (interval.months, ==, 12);
  g_assert_true (posture_questionnaire_get_review (
    yearly, posture_questionnaire_find_question (yearly, "b"), &interval));
  g_assert_cmpint (interval.days, ==, 90);
}

#define LEVEL(id) \
  "{'id': '" id "', 'section': 's', 'kind': 'level', 'minimum': 0, 'maximum': 4, 'severity': 'low'," \
  " 'effort': 'low'}"
#define PROFILES(profiles) \
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'profile'}, 'profiles': " profiles "," \
  " 'sections': [{'id': 's'}], 'questions': [" LEVEL ("a") ", " LEVEL ("b") ", " LEVEL ("c") "," \
  " {'id': 'w', 'section': 's', 'kind': 'text'}]}"

static void
test_profile (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (
    PROFILES ("[{'id': 'start', 'targets': {'a': 2, 'b': 3.0}}]"));
  g_autoptr (PostureAnswers) answers = make_answers (
    questionnaire, "{'a': {'value': 1, 'note': 'n'}, 'b': {'value': 1, 'target': 4}}");
  g_auto (GStrv) changed = posture_answers_take_profile (
    answers, questionnaire, posture_questionnaire_get_profile (questionnaire, 0));
  g_autofree char *joined = g_strjoinv (" ", changed);
  g_autofree char *text = posture_answers_to_canonical (answers);

  g_assert_cmpuint (posture_questionnaire_get_n_profiles (questionnaire), ==, 1);
  g_assert_cmpstr (joined, ==, "a");
  g_assert_cmpstr (text, ==, "{\"a\":{\"target\":2,\"value\":1},\"b\":{\"target\":4,\"value\":1}}");
  g_assert_cmpstr (posture_answer_get_note (posture_answers_get (answers, "a")), ==, "n");
}

static void
test_faults (void)
{
  static const struct
  {
    const char *text;
    const char *faults;
  } bad[] = {
    { PROFILES ("[{'id': 'x', 'targets': {'a': 5, 'w': 'x', 'z': 1}}, {'id': 'x', 'targets': {}}]"),
      "profiles[0].targets[\"a\"]: must be at most 4\n"
      "profiles[0].targets[\"w\"]: this question takes no target\n"
      "profiles[0].targets[\"z\"]: is no question of this questionnaire\n"
      "profiles[1].id: “x” is there twice\n"
      "profiles[1].targets: needs at least one" },
  };
  static const struct
  {
    const char *question;
    const char *faults;
  } questions[] = {
    { RATED ("a", ", 'tips': [], 'recommendations': [{'id': 'a'}]"),
      "questions[0].tips: needs at least one\n"
      "questions[0].recommendations[0].id: must be another than the question's" },
    { RATED ("a", ", 'tips': [{'id': 'x'}, {'id': 'x', 'impact': 'high'}]"),
      "questions[0].tips[1].id: “x” is there twice\n"
      "questions[0].tips[1].impact: is not known here" },
    { RATED ("a", ", 'recommendations': [{'id': 'x'}, {'id': 'y'}]"),
      "questions[0].recommendations[1]: is never reached: the one before it always applies" },
    { RATED ("a", ", 'recommendations': [{'id': 'x', 'impact': 'huge', 'when': {'pattern':"
             " {'b': [1]}}}]"),
      "questions[0].recommendations[0].impact: must be one of low, medium, high\n"
      "questions[0].recommendations[0].when.pattern: names “b”, which is no question that stands"
      " earlier" },
    { "{'id': 'a', 'section': 't', 'kind': 'text', 'recommendations': [{'id': 'x'}]}",
      "questions[0].recommendations: belongs to rated questions only" },
    { RATED ("a", ", 'review': {}"), "questions[0].review: needs one of months and days" },
    { RATED ("a", ", 'review': {'days': 1, 'months': 1}"),
      "questions[0].review: needs one of months and days" },
    { RATED ("a", ", 'review': {'days': 0}"),
      "questions[0].review.days: must be a whole number from 1 to 3660" },
    { RATED ("a", ", 'required': 1, 'evidence': 'x'"),
      "questions[0].required: must be true or false\nquestions[0].evidence: must be true or false" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *faults = questionnaire_faults (bad[i].text);

      g_assert_cmpstr (faults, ==, bad[i].faults);
    }
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *text = structure_with (questions[i].question);
      g_autofree char *faults = questionnaire_faults (text);

      g_assert_cmpstr (faults, ==, questions[i].faults);
    }
}

static void
test_words (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (
    "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'profile'},"
    " 'profiles': [{'id': 'start', 'targets': {'a': 2}}], 'sections': [{'id': 's'}], 'questions': ["
    "{'id': 'a', 'section': 's', 'kind': 'level', 'minimum': 0, 'maximum': 4, 'severity': 'low',"
    " 'effort': 'low', 'evidence': true, 'tips': [{'id': 't'}], 'recommendations': [{'id': 'r'}]}]}");
  static const char head[] = "{'format': 1, 'questionnaire': 'q', 'language': 'en', 'version': '1',"
                             " 'title': 'T', 'summary': 'S', 'sections': {'s': {'title': 'T',"
                             " 'summary': 'S'}}, %s 'questions': {'a': {'question': 'Q', 'why': 'W',"
                             " 'done': 'D', 'next': 'N'%s}}}";
  g_autofree char *bad = g_strdup_printf (head, "", ", 'tips': {'u': 'U'}");
  g_autofree char *good = g_strdup_printf (
    head, "'profiles': {'start': {'title': 'Start', 'summary': 'S'}},",
    ", 'evidence': 'E', 'tips': {'t': 'Tip'}, 'recommendations': {'r': 'Rec'}");
  g_autofree char *bad_json = quoted (bad);
  g_autofree char *good_json = quoted (good);
  g_autoptr (GBytes) bad_bytes = g_bytes_new_static (bad_json, strlen (bad_json));
  g_autoptr (GBytes) good_bytes = g_bytes_new_static (good_json, strlen (good_json));
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureFaults) no_faults = posture_faults_new ();
  g_autoptr (PostureWords) words = NULL;
  g_autofree char *told = NULL;

  g_assert_null (posture_words_new (questionnaire, bad_bytes, NULL, NULL, faults));
  told = posture_faults_to_text (faults);
  g_assert_cmpstr (told, ==, "profiles: is missing\n"
                             "questions[\"a\"].evidence: is missing\n"
                             "questions[\"a\"].recommendations: is missing\n"
                             "questions[\"a\"].tips[\"t\"]: is missing\n"
                             "questions[\"a\"].tips[\"u\"]: is not in the questionnaire");
  words = posture_words_new (questionnaire, good_bytes, NULL, NULL, no_faults);
  g_assert_nonnull (words);
  g_assert_cmpstr (posture_words_get_tip (words, "a", "t"), ==, "Tip");
  g_assert_cmpstr (posture_words_get_recommendation (words, "a", "r"), ==, "Rec");
  g_assert_cmpstr (posture_words_get_recommendation (words, "a", "a"), ==, "N");
  g_assert_cmpstr (posture_words_get_question (words, "a", POSTURE_WORDS_EVIDENCE), ==, "E");
  g_assert_cmpstr (posture_words_get_profile_title (words, "start"), ==, "Start");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advice/cases", test_cases);
  g_test_add_func ("/advice/rank", test_rank);
  g_test_add_func ("/advice/gaps/deduction", test_gaps_deduction);
  g_test_add_func ("/advice/review", test_review);
  g_test_add_func ("/advice/profile", test_profile);
  g_test_add_func ("/advice/faults", test_faults);
  g_test_add_func ("/advice/words", test_words);
  return g_test_run ();
}
