/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/inspection.h"

#include <string.h>

/* What somebody who writes a questionnaire is told, all at once and each with its place. */

#define YES_NO(id, more) \
  "{'id': '" id "', 'section': 't', 'kind': 'yes-no', 'weight': 1, 'severity': 'low', 'effort': 'low'," \
  " 'references': ['cat:1']" more "}"
#define TEXT(id, more) "{'id': '" id "', 'section': 's.1', 'kind': 'text'" more "}"
#define TEXT_2(id, more) "{'id': '" id "', 'section': 's.2', 'kind': 'text'" more "}"
#define IF(condition) ", 'condition': " condition
#define IS(id, value) "{'pattern': {'" id "': [" value "]}}"
#define EXISTS "{'exists': true}"
#define NUMBER "{'id': 'n', 'section': 't', 'kind': 'number', 'minimum': 0, 'maximum': 100}"
#define NEVER ": can never hold, so that the question is never asked"
#define NOTHING ": matches no answer that there can be"
#define NO_INSTANCE ": holds only while the list of instances is open or empty, so never for one of them"
#define TEXT_OF(id, condition) "{'id': '" id "', 'section': 'site', 'kind': 'text', 'condition': " condition "}"
/* so that no section is empty */
#define BASE TEXT ("x", "") ", " TEXT_2 ("y", "") ", "

typedef struct
{
  const char *questions;
  const char *faults;
} Case;

static const Case cases[] = {
  { BASE YES_NO ("a", ""), "" },
  /* a condition that can never hold */
  { BASE YES_NO ("a", "") ", " YES_NO ("b", IF ("{'and': [" IS ("a", "true") ", " IS ("a", "false") "]}")),
    "questions[3].condition: can never hold, so that the question is never asked and its weight has no"
    " effect" },
  { BASE YES_NO ("a", "") ", " TEXT ("b", IF ("{'and': [" IS ("a", "true") ", {'not': " IS ("a", "true")
                                              "}]}")),
    "questions[3].condition: can never hold, so that the question is never asked" },
  /* neither through what it depends on */
  { BASE YES_NO ("a", "") ", " YES_NO ("b", IF (IS ("a", "true"))) ", "
    TEXT ("c", IF ("{'and': [" IS ("b", EXISTS) ", " IS ("a", "false") "]}")) ", "
    TEXT ("d", IF (IS ("c", EXISTS))),
    "questions[4].condition: can never hold, so that the question is never asked\n"
    "questions[5].condition: can never hold, so that the question is never asked" },
  /* unanswered and hidden are the same to a condition, and can be */
  { BASE YES_NO ("a", "") ", " YES_NO ("b", IF (IS ("a", "true"))) ", "
    TEXT ("c", IF ("{'and': [{'not': " IS ("b", EXISTS) "}, " IS ("a", "false") "]}")), "" },
  /* a slip of the pen in a value */
  { BASE YES_NO ("a", "") ", " TEXT ("b", IF ("{'or': [" IS ("a", "'yes'") ", " IS ("a", "true") "]}")),
    "questions[3].condition.or[0].pattern: matches no answer that there can be" },
  { BASE "{'id': 'a', 'section': 't', 'kind': 'choice', 'weight': 1, 'severity': 'low', 'effort': 'low',"
    " 'references': ['cat:1'], 'options': [{'id': 'p', 'credit': 0}, {'id': 'q', 'credit': 1}]}, "
    TEXT ("b", IF (IS ("a", "'r'"))),
    "questions[3].condition: can never hold, so that the question is never asked\n"
    "questions[3].condition.pattern: matches no answer that there can be" },
  /* both at once can be chosen, but not beside what is exclusive */
  { BASE "{'id': 'a', 'section': 't', 'kind': 'choices', 'weight': 1, 'severity': 'low', 'effort': 'low',"
    " 'references': ['cat:1'], 'options': [{'id': 'p', 'credit': 0, 'exclusive': true},"
    " {'id': 'q', 'credit': 0.5}, {'id': 'r', 'credit': 0.5}]}, "
    TEXT ("b", IF ("{'and': [" IS ("a", "'q'") ", " IS ("a", "'r'") "]}")) ", "
    TEXT ("c", IF ("{'and': [" IS ("a", "'p'") ", " IS ("a", "'r'") "]}")),
    "questions[4].condition: can never hold, so that the question is never asked" },
  { BASE "{'id': 'a', 'section': 't', 'kind': 'level', 'minimum': 1, 'maximum': 3, 'weight': 1,"
    " 'severity': 'low', 'effort': 'low', 'references': ['cat:1']}, "
    TEXT ("b", IF ("{'pattern': {'a': [{'numeric': ['>', 3]}]}}")) ", "
    TEXT ("c", IF ("{'pattern': {'a': [{'numeric': ['>=', 3]}]}}")),
    "questions[3].condition: can never hold, so that the question is never asked\n"
    "questions[3].condition.pattern: matches no answer that there can be" },
  /* numbers: the bounds, whole numbers, what nothing lies between, and what is no number */
  { BASE YES_NO ("a", "") ", " NUMBER ", " TEXT ("b", IF (IS ("n", "{'numeric': ['>', 100]}"))) ", "
    TEXT ("c", IF (IS ("n", "{'numeric': ['>=', 100]}"))) ", " TEXT ("d", IF (IS ("n", "2.5"))) ", "
    TEXT ("e", IF ("{'and': [" IS ("n", "{'numeric': ['<', 3]}") ", " IS ("n", "{'numeric': ['>', 5]}") "]}")) ", "
    TEXT ("f", IF ("{'and': [" IS ("n", "{'numeric': ['<', 5]}") ", " IS ("n", "{'numeric': ['>', 3]}") "]}")) ", "
    TEXT ("g", IF (IS ("n", "{'numeric': ['>', 3, '<', 4]}"))) ", " TEXT ("h", IF (IS ("n", "'3'"))) ", "
    TEXT ("i", IF (IS ("n", "7, '3', 101, {'prefix': '3'}, 2.25, {'anything-but': [3]}"))) ", "
    TEXT ("j", IF ("{'and': [" IS ("n", "{'numeric': ['>', 3.25]}") ", " IS ("n", "{'numeric': ['<', 4.5]}") "]}")),
    "questions[4].condition" NEVER "\nquestions[4].condition.pattern" NOTHING "\n"
    "questions[6].condition" NEVER "\nquestions[6].condition.pattern" NOTHING "\n"
    "questions[7].condition" NEVER "\n"
    "questions[9].condition" NEVER "\nquestions[9].condition.pattern" NOTHING "\n"
    "questions[10].condition" NEVER "\nquestions[10].condition.pattern" NOTHING "\n"
    "questions[11].condition.pattern[\"n\"][1]" NOTHING "\n"
    "questions[11].condition.pattern[\"n\"][2]" NOTHING "\n"
    "questions[11].condition.pattern[\"n\"][3]" NOTHING "\n"
    "questions[11].condition.pattern[\"n\"][4]" NOTHING },
  { BASE YES_NO ("a", "") ", " NUMBER ", " TEXT ("b", IF (IS ("n", "{'numeric': ['>', 3, '<', 5]}"))) ", "
    TEXT ("c", IF (IS ("n", "{'numeric': ['<', 3]}"))), "" },
  /* with places there is something between */
  { BASE YES_NO ("a", "") ", {'id': 'n', 'section': 't', 'kind': 'number', 'places': 1}, "
    TEXT ("b", IF (IS ("n", "{'numeric': ['>', 3, '<', 4]}"))) ", "
    TEXT ("c", IF (IS ("n", "{'numeric': ['>', 3, '<', 3.1]}"))) ", "
    TEXT ("d", IF (IS ("n", "{'numeric': ['<', -1000000000]}"))),
    "questions[5].condition" NEVER "\nquestions[5].condition.pattern" NOTHING "\n"
    "questions[6].condition" NEVER "\nquestions[6].condition.pattern" NOTHING },
  /* texts: one is not two, and is no number; what it begins with can be anything */
  { BASE YES_NO ("a", "") ", " TEXT ("b", IF ("{'and': [" IS ("x", "'p'") ", " IS ("x", "'q'") "]}")) ", "
    TEXT ("c", IF (IS ("x", "{'numeric': ['>', 1]}, true"))) ", "
    TEXT ("d", IF (IS ("x", "{'anything-but': ['p', 'q']}"))),
    "questions[3].condition" NEVER "\n"
    "questions[4].condition" NEVER "\nquestions[4].condition.pattern" NOTHING },
  { BASE YES_NO ("a", "") ", " TEXT ("b", IF ("{'and': [" IS ("x", "{'prefix': 'p'}") ", "
                                              IS ("x", "{'suffix': 'q'}") "]}")) ", "
    TEXT ("c", IF (IS ("x", "{'prefix': 'p'}, 4, {'wildcard': 'a*b'}, {'cidr': '10.0.0.0/8'}"))) ", "
    TEXT ("d", IF ("{'and': [" IS ("x", "{'anything-but': {'prefix': 'p'}}") ", {'regex': {'question': 'x',"
                   " 'expression': '^p'}}]}")) ", "
    TEXT ("e", IF ("{'regex': {'question': 'x', 'expression': '^z+$'}}")),
    "questions[4].condition.pattern[\"x\"][1]" NOTHING },
  /* days */
  { BASE YES_NO ("a", "") ", {'id': 'd', 'section': 't', 'kind': 'date'}, "
    TEXT ("b", IF (IS ("d", "'2026-02-30'"))) ", " TEXT ("c", IF (IS ("d", "'2026-02-28', {'prefix': '2026-1'}"))) ", "
    TEXT ("e", IF (IS ("d", "{'prefix': '2026-04-3'}, {'prefix': '2026-02-3'}, {'suffix': '-02-29'}, 'soon'"))) ", "
    TEXT ("f", IF (IS ("d", "{'numeric': ['>', 20260101]}"))),
    "questions[4].condition" NEVER "\nquestions[4].condition.pattern" NOTHING "\n"
    "questions[6].condition.pattern[\"d\"][1]" NOTHING "\n"
    "questions[6].condition.pattern[\"d\"][3]" NOTHING "\n"
    "questions[7].condition" NEVER "\nquestions[7].condition.pattern" NOTHING },
  { BASE YES_NO ("a", "") ", {'id': 'd', 'section': 't', 'kind': 'date'}, "
    TEXT ("b", IF ("{'and': [" IS ("d", "'2026-02-27'") ", " IS ("d", "'2026-02-28'") "]}")) ", "
    TEXT ("c", IF (IS ("d", "{'anything-but': '2026-02-27'}"))),
    "questions[4].condition" NEVER },
  /* why something does not apply */
  { BASE YES_NO ("a", "") ", " TEXT ("b", IF ("{'pattern': {'a': {'not_applicable': ['no server']}}}")), "" },
  /* a part that can never hold, however the whole does */
  { BASE YES_NO ("a", "") ", " NUMBER ", " TEXT ("b", IF ("{'or': [{'and': [" IS ("n", "{'numeric': ['<', 3]}") ", "
                                                          IS ("n", "{'numeric': ['>', 5]}") "]}, " IS ("a", "true") "]}")),
    "questions[4].condition.or[0].and: can never hold: no answers meet all of it" },
  /* many options: one that is not there, and one answer is not two */
  { BASE "{'id': 'a', 'section': 't', 'kind': 'choices', 'weight': 1, 'severity': 'low', 'effort': 'low',"
    " 'references': ['cat:1'], 'options': [{'id': 'p', 'credit': 0, 'exclusive': true}, {'id': 'q', 'credit': 1},"
    " {'id': 'r', 'credit': 0}, {'id': 's', 'credit': 0}, {'id': 't', 'credit': 0}, {'id': 'u', 'credit': 0},"
    " {'id': 'v', 'credit': 0}]}, "
    TEXT ("b", IF (IS ("a", "'v', 'w'"))) ", " TEXT ("c", IF ("{'and': [" IS ("a", "'q'") ", " IS ("a", "'r'") "]}")),
    "questions[3].condition.pattern[\"a\"][1]" NOTHING },
  { BASE "{'id': 'a', 'section': 't', 'kind': 'choice', 'weight': 1, 'severity': 'low', 'effort': 'low',"
    " 'references': ['cat:1'], 'options': [{'id': 'p', 'credit': 0}, {'id': 'q', 'credit': 1}]}, "
    TEXT ("b", IF ("{'and': [" IS ("a", "'p'") ", " IS ("a", "'q'") "]}")) ", "
    YES_NO ("c", IF (IS ("a", "{'numeric': ['=', 1]}"))),
    "questions[3].condition" NEVER "\n"
    "questions[4].condition" NEVER " and its weight has no effect\nquestions[4].condition.pattern" NOTHING },
  /* circles, and what stands later without one */
  { TEXT ("x", IF (IS ("y", EXISTS))) ", " TEXT_2 ("y", IF ("{'regex': {'question': 'z', 'expression': 'a'}}"))
    ", " TEXT ("z", IF (IS ("x", EXISTS))) ", " YES_NO ("a", IF (IS ("b", "true"))) ", " YES_NO ("b", "") ", "
    TEXT ("c", IF ("{'pattern': {'c': {'unknown': [true]}}}")),
    "questions[0].condition: goes round in a circle: x → y → z → x\n"
    "questions[0].condition.pattern: names “y”, which is no question that stands earlier\n"
    "questions[1].condition.regex.question: names “z”, which is no question that stands earlier\n"
    "questions[3].condition.pattern: names “b”, which is no question that stands earlier\n"
    "questions[5].condition: goes round in a circle: c → c\n"
    "questions[5].condition.pattern: names “c.unknown”, which is no question that stands earlier" },
  /* advice that never applies */
  { BASE YES_NO ("a", "") ", "
    YES_NO ("b", IF (IS ("a", "true")) ", 'tips': [{'id': 'u'}, {'id': 'v', 'when': " IS ("a", "false") "},"
            " {'id': 'w', 'when': " IS ("b", "false") "}], 'recommendations': [{'id': 'u', 'when': "
            "{'and': [" IS ("a", "true") ", " IS ("b", "3") "]}}]"),
    "questions[3].tips[1].when: can never hold, so that it never applies\n"
    "questions[3].recommendations[0].when: can never hold, so that it never applies\n"
    "questions[3].recommendations[0].when.and[1].pattern: matches no answer that there can be" },
  /* what other questions compare the same text with makes no difference */
  { BASE YES_NO ("a", "") ", " TEXT ("b", IF ("{'and': [" IS ("x", "'p'") ", {'not': " IS ("x", "'p'") "}]}")) ", "
    TEXT ("c", IF ("{'regex': {'question': 'x', 'expression': '^a'}}")) ", "
    TEXT ("d", IF (IS ("x", "{'prefix': 'p'}"))) ", "
    TEXT ("e", IF ("{'and': [" IS ("x", "'p'") ", {'regex': {'question': 'x', 'expression': 'q'}}]}")),
    "questions[3].condition: can never hold, so that the question is never asked" },
  { BASE YES_NO ("a", "") ", {'id': 'day', 'section': 't', 'kind': 'date'}, "
    TEXT ("b", IF ("{'and': [" IS ("day", "'2024-01-01'") ", " IS ("day", "'2024-01-02'") "]}")) ", "
    TEXT ("c", IF (IS ("day", "{'wildcard': '2*1'}"))) ", " TEXT ("d", IF (IS ("day", "'2024-02-30'"))),
    "questions[4].condition: can never hold, so that the question is never asked\n"
    "questions[6].condition: can never hold, so that the question is never asked\n"
    "questions[6].condition.pattern: matches no answer that there can be" },
  /* a recommendation is shown beside a finding, and there is none where all is given */
  { BASE YES_NO ("a", ", 'recommendations': [{'id': 'u', 'when': " IS ("a", "true") "},"
                      " {'id': 'v', 'when': " IS ("a", "false") "},"
                      " {'id': 'w', 'when': {'pattern': {'a': {'not_applicable': [" EXISTS "]}}}},"
                      " {'id': 'z', 'when': {'not': " IS ("a", EXISTS) "}}]"),
    "questions[2].recommendations[0].when: holds only for answers that give all there is, so that it is never"
    " shown\n"
    "questions[2].recommendations[2].when: holds only for answers that give all there is, so that it is never"
    " shown" },
  /* an id that is also what conditions call the answer to another question */
  { BASE YES_NO ("a", "") ", " TEXT ("a.unknown", "") ", " TEXT ("a.b", "") ", " TEXT ("x.not_applicable", ""),
    "questions[3].id: must be another: in conditions “a.unknown” says that “a” is not known\n"
    "questions[5].id: must be another: in conditions “x.not_applicable” says why “x” does not apply" },
  /* what nobody uses */
  { TEXT ("x", "") ", {'id': 'a', 'section': 't', 'kind': 'text'}",
    "references.cat: is used by no question\nsections: “s.2” has no questions" },
  /* one fault hides no other */
  { BASE "{'id': 'a', 'section': 'nowhere', 'kind': 'yes-no', 'weight': 0, 'severity': 'dire'}, 7, "
    YES_NO ("b", "") ", " YES_NO ("b", IF (IS ("nobody", "true"))) ", "
    TEXT ("c", IF (IS ("b", "'x'"))),
    "questions[2].effort: is missing\n"
    "questions[2].section: “nowhere” is not among the sections\n"
    "questions[2].weight: must be a whole number from 1 to 1000\n"
    "questions[2].severity: must be one of low, medium, high, critical\n"
    "questions[3]: must be an object\n"
    "questions[5].id: “b” is there twice\n"
    "questions[5].condition.pattern: names “nobody”, which is no question that stands earlier\n"
    "questions[6].condition: can never hold, so that the question is never asked\n"
    "questions[6].condition.pattern: matches no answer that there can be" },
};

static char *
inspect (const char *structure,
         const char *english,
         const char *german,
         char      **ret_missing)
{
  g_autofree char *json = quoted (structure);
  g_autofree char *en = quoted (english != NULL ? english : "");
  g_autofree char *de = quoted (german != NULL ? german : "");
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GBytes) en_bytes = g_bytes_new_static (en, strlen (en));
  g_autoptr (GBytes) de_bytes = g_bytes_new_static (de, strlen (de));
  const PostureInspectedWords words[] = { { en_bytes, "en" }, { de_bytes, "de" } };
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureFaults) missing = posture_faults_new ();

  posture_inspect (bytes, NULL, words, (english != NULL) + (german != NULL), faults, missing);
  if (ret_missing != NULL)
    *ret_missing = posture_faults_to_text (missing);
  return posture_faults_to_text (faults);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = structure_with (cases[i].questions);
      g_autofree char *faults = inspect (text, NULL, NULL, NULL);

      g_assert_cmpstr (faults, ==, cases[i].faults);
    }
}

/* A question of a repeated section is asked about an instance only: there is one then, and the list of them is known. */
static void
test_instances (void)
{
  static const char structure[]
    = "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'weighted', 'levels': [{'id': 'l', 'from': 0}]},"
      " 'sections': [{'id': 's'}, {'id': 'site', 'for_each': 'sites'}], 'questions': ["
      "{'id': 'big', 'section': 's', 'kind': 'yes-no', 'weight': 1, 'severity': 'low', 'effort': 'low'}, "
      "{'id': 'sites', 'section': 's', 'kind': 'instances', 'most': 2, 'condition': " IS ("big", "true") "}, "
      TEXT_OF ("a", IS ("sites", "{'exists': false}")) ", " TEXT_OF ("b", "{'pattern': {'sites': {'unknown': [true]}}}")
      ", " TEXT_OF ("c", IS ("big", "false")) ", " TEXT_OF ("d", IS ("sites", "'berlin'")) ", "
      TEXT_OF ("e", IS ("sites", "'in Berlin'")) ", "
      TEXT_OF ("f", "{'and': [" IS ("sites", "'x'") ", " IS ("sites", "'y'") ", " IS ("sites", "'z'") "]}") ", "
      TEXT_OF ("g", "{'and': [" IS ("d", "'p'") ", " IS ("d", "'q'") "]}") ", "
      TEXT_OF ("h", IS ("sites", "{'prefix': 'b'}")) "]}";
  g_autofree char *faults = inspect (structure, NULL, NULL, NULL);

  g_assert_cmpstr (faults, ==,
                   "questions[2].condition" NO_INSTANCE "\n"
                   "questions[3].condition" NO_INSTANCE "\n"
                   "questions[4].condition" NO_INSTANCE "\n"
                   "questions[6].condition" NEVER "\n"
                   "questions[6].condition.pattern" NOTHING "\n"
                   "questions[7].condition" NEVER "\n"
                   "questions[8].condition" NEVER);
}

/* Few options, and few instances, are gone through in every combination; more are taken one by one, and of very many
 * nothing is said. */
static void
test_combinations (void)
{
  static const struct
  {
    guint n_options;
    const char *faults;
  } choices[] = {
    { 6, "questions[3].condition" NEVER "\nquestions[4].condition" NEVER "\nquestions[4].condition.pattern" NOTHING },
    { 7, "questions[4].condition" NEVER "\nquestions[4].condition.pattern" NOTHING },
    { 64, "questions[4].condition" NEVER "\nquestions[4].condition.pattern" NOTHING },
    { 65, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (GString) questions = g_string_new (
        BASE "{'id': 'a', 'section': 't', 'kind': 'choices', 'weight': 1, 'severity': 'low', 'effort': 'low',"
        " 'references': ['cat:1'], 'options': [{'id': 'o0', 'credit': 0, 'exclusive': true}");
      g_autofree char *text = NULL, *faults = NULL;

      for (guint n = 1; n < choices[i].n_options; n++)
        g_string_append_printf (questions, ", {'id': 'o%u', 'credit': 1}", n);
      g_string_append (questions, "]}, " TEXT ("b", IF ("{'and': [" IS ("a", "'o0'") ", " IS ("a", "'o1'") "]}")) ", "
                                  TEXT ("c", IF (IS ("a", "'none'"))) ", "
                                  TEXT ("d", IF ("{'and': [" IS ("a", "'o1'") ", " IS ("a", "'o2'") "]}")));
      text = structure_with (questions->str);
      faults = inspect (text, NULL, NULL, NULL);
      g_assert_cmpstr (faults, ==, choices[i].faults);
    }
}

static void
test_many_instances (void)
{
  static const char structure[]
    = "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'weighted', 'levels': [{'id': 'l', 'from': 0}]},"
      " 'sections': [{'id': 's'}], 'questions': [{'id': 'sites', 'section': 's', 'kind': 'instances', 'most': 2},"
      " {'id': 'a', 'section': 's', 'kind': 'text', 'condition': {'and': [" IS ("sites", "'i'") ", " IS ("sites", "'j'")
      ", " IS ("sites", "'k', 'l', 'm'%s") "]}}]}";
  g_autofree char *few = g_strdup_printf (structure, "");
  g_autofree char *many = g_strdup_printf (structure, ", 'n'");
  g_autofree char *few_faults = inspect (few, NULL, NULL, NULL);
  g_autofree char *many_faults = inspect (many, NULL, NULL, NULL);

  g_assert_cmpstr (few_faults, ==, "questions[1].condition" NEVER);
  g_assert_cmpstr (many_faults, ==, "");
}

/* Nothing at all to look at is told like any fault, and nothing breaks. */
static void
test_broken (void)
{
  static const char *const texts[] = {
    "", "7", "[]", "{}", "{'questions': [{}, [], {'id': 'a'}], 'sections': {}}",
    "{'questions': [{'id': 'a', 'kind': 'choice', 'options': [{}, {'id': 1}], 'condition': 1,"
    " 'tips': [1], 'references': [1, ':', 'x:y']}], 'sections': [{'id': 'a', 'for_each': 'a'}],"
    " 'option_sets': {'s': [{}, {}]}, 'profiles': [1, {'targets': {'a': 1}}], 'references': {'!': 1}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *faults = inspect (texts[i], "{'questions': {'a': {'options': {}}}}", "7", NULL);

      g_assert_cmpstr (faults, !=, "");
    }
}

/* A long chain is decided; what would take too many answers to go through is left alone. */
static void
test_bound (void)
{
  g_autoptr (GString) questions = g_string_new (BASE YES_NO ("q0", ""));
  g_autofree char *text = NULL;
  g_autofree char *faults = NULL;

  for (guint i = 1; i < 300; i++)
    g_string_append_printf (questions, ", {'id': 'q%u', 'section': 't', 'kind': 'yes-no', 'weight': 1,"
                            " 'severity': 'low', 'effort': 'low', 'condition': {'and': [{'pattern':"
                            " {'q%u': [false]}}, {'pattern': {'q0': [%s]}}]}}", i, i - 1,
                            i == 40 ? "true" : "false");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (questions, ", {'id': 'p%u', 'section': 's.1', 'kind': 'date'}", i);
  g_string_append (questions, ", {'id': 'last', 'section': 't', 'kind': 'text', 'condition': {'and': [");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (questions, "{'pattern': {'p%u': [{'exists': true}]}}, ", i);
  g_string_append (questions, "{'pattern': {'q0': [true]}}, {'pattern': {'q0': [false]}}]}}");
  text = structure_with (questions->str);
  faults = inspect (text, NULL, NULL, NULL);
  g_assert_true (g_str_has_prefix (faults, "questions[42].condition: can never hold"));
  g_assert_null (strstr (faults, "questions[343]"));
}

/* Another kind of file is told as what it is, and not looked through for what a structure has. */
static void
test_other_files (void)
{
  g_autofree char *words = inspect ("{'format': 1, 'questionnaire': 'q', 'language': 'en'}", NULL, NULL, NULL);
  g_autofree char *answers = inspect ("{'questionnaire': 'q', 'answers': {}}", NULL, NULL, NULL);

  g_assert_cmpstr (words, ==, "holds words of “q”, not its structure; they are looked at with q.json");
  g_assert_cmpstr (answers, ==, "holds answers to “q”, not a questionnaire; “--answers” takes them");
}

static void
test_words (void)
{
  static const char structure[]
    = "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'weighted', 'levels':"
      " [{'id': 'l', 'from': 0}]}, 'sections': [{'id': 's'}], 'questions': [{'id': 'a', 'section': 's',"
      " 'kind': 'text'%s}]}";
  g_autofree char *good = g_strdup_printf (structure, "");
  g_autofree char *bad = g_strdup_printf (structure, ", 'weight': 1");
  static const char english[]
    = "{'format': 1, 'questionnaire': 'q', 'language': 'en', 'version': '1', 'title': 'T', 'summary': 'S',"
      " 'levels': {'l': {'title': 'L', 'summary': 'S'}}, 'sections': {'s': {'title': 'T'}},"
      " 'questions': {'a': {'question': 'Q'}, 'b': {'question': 'Q'}}}";
  static const char german[]
    = "{'format': 1, 'questionnaire': 'q', 'language': 'de', 'version': '1', 'title': 'T',"
      " 'sections': {'s': {'title': 'T', 'summary': 'S'}}, 'questions': {'a': {'why': 'W'}, 'c': {}}}";
  g_autofree char *missing = NULL;
  g_autofree char *faults = inspect (good, english, german, &missing);
  g_autofree char *beside = inspect (bad, english, NULL, NULL);

  g_assert_cmpstr (faults, ==, "en: sections[\"s\"].summary: is missing\n"
                               "en: questions[\"b\"]: is not in the questionnaire\n"
                               "de: questions[\"c\"]: is not in the questionnaire");
  g_assert_cmpstr (missing, ==, "de: summary: is missing\nde: levels: is missing\n"
                                "de: questions[\"a\"].question: is missing");
  /* a fault in the structure hides none in the words */
  g_assert_cmpstr (beside, ==, "questions[0].weight: belongs to rated questions only\n"
                               "en: sections[\"s\"].summary: is missing\n"
                               "en: questions[\"b\"]: is not in the questionnaire");
}

/* What is there twice is told once, and what may be meant by a slip of the pen is not told as missing. */
static void
test_once (void)
{
  static const char structure[]
    = "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'weighted', 'levels':"
      " [{'id': 'l', 'from': 0}, {'id': 'l', 'from': 10}]}, 'references': {'cat': 'C'},"
      " 'sections': [{'id': 's'}, {'id': 's'}, {'id': 't'}], 'questions': [{'id': 'a', 'section': 's',"
      " 'kind': 'text', 'references': ['kat:1']}, {'id': 'a', 'section': 'T', 'kind': 'text', 'weight': 1}]}";
  static const char english[]
    = "{'format': 1, 'questionnaire': 'q', 'language': 'en', 'version': '1', 'title': 'T', 'summary': 'S',"
      " 'levels': {}, 'sections': {'t': {'title': 'T', 'summary': 'S'}, 'T': {}}, 'questions': {'b': {}}}";
  g_autofree char *faults = inspect (structure, english, NULL, NULL);

  g_assert_cmpstr (faults, ==, "method.levels[1].id: “l” is there twice\n"
                               "sections[1].id: “s” is there twice\n"
                               "questions[0].references[0]: “kat” is not among the questionnaire's references\n"
                               "questions[1].id: “a” is there twice\n"
                               "questions[1].section: “T” is not among the sections\n"
                               "questions[1].weight: belongs to rated questions only\n"
                               "en: levels[\"l\"]: is missing\n"
                               "en: sections[\"s\"]: is missing\n"
                               "en: questions[\"a\"]: is missing\n"
                               "en: questions[\"b\"]: is not in the questionnaire");
}

/* The words of an id that is there twice are looked at as the first one's alone. */
static void
test_twins (void)
{
  static const char structure[]
    = "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'weighted', 'levels':"
      " [{'id': 'l', 'from': 0}]}, 'sections': [{'id': 's'}], 'questions': [{'id': 'a', 'section': 's',"
      " 'kind': 'text'}, {'id': 'a', 'section': 's', 'kind': 'choice', 'weight': 1, 'severity': 'low',"
      " 'effort': 'low', 'options': [{'id': 'no', 'credit': 0}, {'id': 'yes', 'credit': 1}]}]}";
  static const char english[]
    = "{'format': 1, 'questionnaire': 'q', 'language': 'en', 'version': '1.0.0', 'title': 'T', 'summary': 'S',"
      " 'levels': {'l': {'title': 'T', 'summary': 'S'}}, 'sections': {'s': {'title': 'T', 'summary': 'S'}},"
      " 'questions': {'a': {'question': 'Q'}}}";
  g_autofree char *faults = inspect (structure, english, NULL, NULL);

  g_assert_cmpstr (faults, ==, "questions[1].id: “a” is there twice");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspection/cases", test_cases);
  g_test_add_func ("/inspection/instances", test_instances);
  g_test_add_func ("/inspection/combinations", test_combinations);
  g_test_add_func ("/inspection/many-instances", test_many_instances);
  g_test_add_func ("/inspection/broken", test_broken);
  g_test_add_func ("/inspection/bound", test_bound);
  g_test_add_func ("/inspection/other-files", test_other_files);
  g_test_add_func ("/inspection/words", test_words);
  g_test_add_func ("/inspection/once", test_once);
  g_test_add_func ("/inspection/twins", test_twins);
  return g_test_run ();
}
