/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/expansion.h"
#include "model/proposal.h"
#include "model/review.h"

/* Answers given elsewhere, and answers that are due. */

#define RATED "'weight': 1, 'severity': 'low', 'effort': 'low'"
#define YES_NO(references, more) \
  "{'id': 'a', 'section': 's', 'kind': 'yes-no', 'references': [" references "], " RATED more "}"
#define CHOICE(options) \
  "{'id': 'a', 'section': 's', 'kind': 'choice', 'references': ['cat:1'], " RATED \
  ", 'options': [" options "]}"
#define LEVEL(bounds) \
  "{'id': 'a', 'section': 's', 'kind': 'level', 'references': ['cat:1'], " RATED ", " bounds "}"
#define TWO "{'id': 'no', 'credit': 0}, {'id': 'yes', 'credit': 1}"
#define THREE "{'id': 'no', 'credit': 0}, {'id': 'half', 'credit': 0.5}, {'id': 'done', 'credit': 1}"
#define TWO_FULL THREE ", {'id': 'fine', 'credit': 1}"

typedef struct
{
  const char *from;
  const char *answer;
  const char *to;
  const char *proposed; /* canonical, or NULL */
} Case;

static const Case cases[] = {
  /* the same question, whoever asks it */
  { YES_NO ("'cat:1'", ""), "true", YES_NO ("'cat:1'", ""), "true" },
  { YES_NO ("'cat:1'", ""), "{'value': true, 'note': 'n'}", YES_NO ("'cat:1'", ""), "true" },
  { CHOICE (THREE), "'half'", CHOICE (THREE), "\"half\"" },
  { LEVEL ("'minimum': 0, 'maximum': 4"), "3", LEVEL ("'minimum': 0, 'maximum': 4"), "3" },
  /* the same numbers, but of scales that mean something else by them */
  { LEVEL ("'minimum': 0, 'maximum': 4, 'labels': 'far'"), "3",
    LEVEL ("'minimum': 0, 'maximum': 4, 'labels': 'far'"), "3" },
  { LEVEL ("'minimum': 0, 'maximum': 4, 'labels': 'far'"), "3", LEVEL ("'minimum': 0, 'maximum': 4"), NULL },
  { LEVEL ("'minimum': 0, 'maximum': 4, 'labels': 'far'"), "0", LEVEL ("'minimum': 0, 'maximum': 4"), "0" },
  /* another control, or more of them, or fewer */
  { YES_NO ("'cat:1'", ""), "true", YES_NO ("'cat:2'", ""), NULL },
  { YES_NO ("'cat:1', 'cat:2'", ""), "true", YES_NO ("'cat:1'", ""), NULL },
  { YES_NO ("'cat:1'", ""), "true", YES_NO ("'cat:1', 'cat:2'", ""), NULL },
  { YES_NO ("'cat:1', 'other:2'", ""), "true", YES_NO ("'cat:1', 'other:3'", ""), "true" },
  { YES_NO ("'cat:11'", ""), "true", YES_NO ("'cat:1'", ""), NULL },
  /* yes can be the bad answer */
  { YES_NO ("'cat:1'", ", 'credit': {'yes': 0, 'no': 1}"), "false", YES_NO ("'cat:1'", ""), "true" },
  { YES_NO ("'cat:1'", ", 'credit': {'yes': 0, 'no': 1}"), "true", CHOICE (THREE), "\"no\"" },
  /* all and nothing are sure, what lies between is not */
  { CHOICE (THREE), "'done'", YES_NO ("'cat:1'", ""), "true" },
  { CHOICE (THREE), "'half'", YES_NO ("'cat:1'", ""), NULL },
  { CHOICE (THREE), "'half'", CHOICE (TWO), NULL },
  { CHOICE (THREE), "'no'", CHOICE (TWO), "\"no\"" },
  { YES_NO ("'cat:1'", ""), "true", CHOICE (TWO_FULL), NULL },
  { YES_NO ("'cat:1'", ""), "false", CHOICE (TWO_FULL), "\"no\"" },
  /* the top of a scale asks for more than being in place */
  { YES_NO ("'cat:1'", ""), "true", LEVEL ("'minimum': 1, 'maximum': 4"), NULL },
  { YES_NO ("'cat:1'", ""), "false", LEVEL ("'minimum': 1, 'maximum': 4"), "1" },
  { LEVEL ("'minimum': 0, 'maximum': 4"), "4", YES_NO ("'cat:1'", ""), "true" },
  { LEVEL ("'minimum': 0, 'maximum': 4"), "3", LEVEL ("'minimum': 0, 'maximum': 5"), NULL },
  /* answers without a value */
  { YES_NO ("'cat:1'", ""), "{'not_applicable': 'r'}", CHOICE (TWO), "{\"not_applicable\":\"r\"}" },
  { YES_NO ("'cat:1'", ""), "{'unknown': true}", YES_NO ("'cat:1'", ""), NULL },
};

static PostureQuestionnaire *
with_question (const char *question)
{
  g_autofree char *text = g_strdup_printf (
    "{'format': 1, 'id': 'q', 'version': '1.0.0', 'references': {'cat': 'C', 'other': 'O'},"
    " 'method': {'id': 'weighted', 'levels': [{'id': 'l', 'from': 0}]}, 'sections': [{'id': 's'}],"
    " 'questions': [%s]}", question);

  return make_questionnaire (text);
}

static char *
propose (PostureQuestionnaire *from,
         const char           *given,
         PostureQuestionnaire *to)
{
  g_autoptr (PostureAnswers) answers = make_answers (from, given);
  g_autoptr (PostureAnswers) none = posture_answers_new ();
  const PostureProposalSource source = { "elsewhere", "Elsewhere", from, answers, NULL };
  g_autoptr (GPtrArray) proposals = posture_find_proposals (to, none, &source, 1);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  const PostureProposal *proposal;

  if (proposals->len == 0)
    return NULL;
  g_assert_cmpuint (proposals->len, ==, 1);
  proposal = g_ptr_array_index (proposals, 0);
  g_assert_cmpstr (proposal->key, ==, "a");
  g_assert_cmpstr (proposal->reference, ==, "cat:1");
  g_assert_cmpstr (proposal->source, ==, "elsewhere");
  g_assert_cmpstr (proposal->source_key, ==, "a");
  posture_answer_write (proposal->answer, writer, TRUE /* with_note */);
  return posture_json_writer_finish_text (writer);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PostureQuestionnaire) from = with_question (cases[i].from);
      g_autoptr (PostureQuestionnaire) to = with_question (cases[i].to);
      g_autofree char *given = g_strdup_printf ("{'a': %s}", cases[i].answer);
      g_autofree char *proposed = propose (from, given, to);

      g_assert_cmpstr (proposed, ==, cases[i].proposed);
    }
}

#define STATUS \
  "{'format': 1, 'id': 'd', 'version': '1.0.0', 'references': {'cat': 'C'}, 'method': {'id': 'deduction'," \
  " 'start': 5, 'minimum': 0}, 'sections': [{'id': 's'}], 'questions': [{'id': 'a', 'section': 's'," \
  " 'kind': 'choice', 'severity': 'low', 'effort': 'low', 'references': ['cat:1'], 'deduction':" \
  " {'full': 5, 'partial': 3}, 'options': [{'id': 'met'}, {'id': 'partial'}, {'id': 'not-met'}, {'id': 'na'}]}]}"

/* Statuses have no credits and yet are plain. */
static void
test_statuses (void)
{
  static const struct
  {
    const char *status;
    const char *yes_no;
  } pairs[] = { { "{'a': 'met'}", "true" }, { "{'a': 'not-met'}", "false" }, { "{'a': 'partial'}", NULL },
                { "{'a': 'na'}", NULL } };
  g_autoptr (PostureQuestionnaire) statuses = make_questionnaire (STATUS);
  g_autoptr (PostureQuestionnaire) plain = with_question (YES_NO ("'cat:1'", ""));
  g_autoptr (PostureQuestionnaire) graded = with_question (CHOICE (THREE));
  g_autofree char *all = propose (statuses, "{'a': 'met'}", graded);
  g_autofree char *half = propose (statuses, "{'a': 'not-met'}", graded);
  g_autofree char *yes = propose (plain, "{'a': true}", statuses);
  g_autofree char *no = propose (plain, "{'a': false}", statuses);

  g_assert_cmpstr (all, ==, "\"done\"");
  g_assert_cmpstr (half, ==, NULL); /* what is half done is not met, either */
  g_assert_cmpstr (yes, ==, "\"met\"");
  g_assert_cmpstr (no, ==, "\"not-met\"");
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *proposed = propose (statuses, pairs[i].status, plain);

      g_assert_cmpstr (proposed, ==, pairs[i].yes_no);
    }
}

static void
insert_time (GHashTable *times,
             const char *key,
             gint64      time)
{
  g_hash_table_insert (times, g_strdup (key), g_memdup2 (&time, sizeof time));
}

static GHashTable *
times_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* The newest comes first; what is answered already, or hidden, gets no proposal and gives none. */
static void
test_order (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_question (
    YES_NO ("'cat:1'", "") ", {'id': 'b', 'section': 's', 'kind': 'yes-no', 'references': ['cat:2'], " RATED
    ", 'condition': {'pattern': {'a': [true]}}}");
  g_autoptr (PostureAnswers) old = make_answers (questionnaire, "{'a': true, 'b': true}");
  g_autoptr (PostureAnswers) hidden = make_answers (questionnaire, "{'a': false, 'b': false}");
  g_autoptr (PostureAnswers) own = posture_answers_new ();
  g_autoptr (PostureAnswers) answered = make_answers (questionnaire, "{'a': true}");
  g_autoptr (GHashTable) early = times_new ();
  g_autoptr (GHashTable) late = times_new ();
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) rest = NULL;

  insert_time (early, "a", 1000);
  insert_time (late, "a", 2000);
  {
    const PostureProposalSource sources[] = { { "old", "Old", questionnaire, old, early },
                                              { "new", "New", questionnaire, hidden, late } };

    both = posture_find_proposals (questionnaire, own, sources, 2);
    rest = posture_find_proposals (questionnaire, answered, sources, 2);
  }
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpstr (((const PostureProposal *) both->pdata[0])->source, ==, "new");
  g_assert_cmpint (((const PostureProposal *) both->pdata[0])->time, ==, 2000);
  g_assert_cmpstr (((const PostureProposal *) both->pdata[0])->source_name, ==, "New");
  g_assert_cmpstr (((const PostureProposal *) both->pdata[0])->source_digest, ==,
                   posture_questionnaire_get_digest (questionnaire));
  g_assert_cmpstr (((const PostureProposal *) both->pdata[1])->source, ==, "old");
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpstr (((const PostureProposal *) rest->pdata[0])->key, ==, "b");
  g_assert_cmpstr (((const PostureProposal *) rest->pdata[0])->source, ==, "old");
}

static void
test_interval (void)
{
  static const struct
  {
    PostureInterval interval;
    const char *from;
    const char *to;
  } intervals[] = {
    { { 1, 0 }, "2024-01-31T10:00:00Z", "2024-02-29T10:00:00Z" },
    { { 12, 0 }, "2024-02-29T10:00:00Z", "2025-02-28T10:00:00Z" },
    { { 0, 90 }, "2024-01-01T00:00:00Z", "2024-03-31T00:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      g_autoptr (GDateTime) from = g_date_time_new_from_iso8601 (intervals[i].from, NULL);
      g_autoptr (GDateTime) to = g_date_time_new_from_iso8601 (intervals[i].to, NULL);

      g_assert_cmpint (posture_interval_add (&intervals[i].interval, g_date_time_to_unix (from) * 1000 + 7),
                       ==, g_date_time_to_unix (to) * 1000 + 7);
    }
  g_assert_cmpint (posture_interval_add (&intervals[0].interval, G_MAXINT64), ==, G_MAXINT64);
}

static void
test_due (void)
{
  const gint64 day = G_GINT64_CONSTANT (24) * 60 * 60 * 1000;
  g_autoptr (PostureQuestionnaire) questionnaire = with_question (
    YES_NO ("'cat:1'", ", 'review': {'days': 10}") ", {'id': 'b', 'section': 's', 'kind': 'text',"
    " 'review': {'days': 5}, 'condition': {'pattern': {'a': [true]}}},"
    " {'id': 'c', 'section': 's', 'kind': 'text'}, {'id': 'd', 'section': 's', 'kind': 'text', 'review': {'days': 1}}");
  g_autoptr (PostureAnswers) all = make_answers (questionnaire,
                                                 "{'a': true, 'b': 'x', 'c': {'unknown': true}}");
  g_autoptr (PostureAnswers) hidden = make_answers (questionnaire, "{'a': false, 'b': 'x'}");
  g_autoptr (GHashTable) times = times_new ();
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) one = NULL;
  g_autoptr (GArray) two = NULL;
  g_autoptr (GArray) year = NULL;
  g_autoptr (GArray) without = NULL;

  insert_time (times, "a", 0);
  insert_time (times, "b", day);
  insert_time (times, "c", 0);
  none = posture_questionnaire_find_due (questionnaire, all, times, 6 * day - 1);
  one = posture_questionnaire_find_due (questionnaire, all, times, 6 * day);
  two = posture_questionnaire_find_due (questionnaire, all, times, 10 * day);
  year = posture_questionnaire_find_due (questionnaire, all, times, 365 * day);
  without = posture_questionnaire_find_due (questionnaire, hidden, times, 10 * day);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (g_array_index (one, PostureDue, 0).question, ==, 1);
  g_assert_cmpint (g_array_index (one, PostureDue, 0).confirmed, ==, day);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpuint (g_array_index (two, PostureDue, 1).question, ==, 0);
  /* nothing is said of c: a year; d is not answered */
  g_assert_cmpuint (year->len, ==, 3);
  g_assert_cmpuint (g_array_index (year, PostureDue, 2).question, ==, 2);
  g_assert_cmpuint (without->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proposal/cases", test_cases);
  g_test_add_func ("/proposal/statuses", test_statuses);
  g_test_add_func ("/proposal/order", test_order);
  g_test_add_func ("/review/interval", test_interval);
  g_test_add_func ("/review/due", test_due);
  return g_test_run ();
}
