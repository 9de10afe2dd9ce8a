/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include <string.h>

#define HEAD "'id': 'a', 'section': 's', "
#define RATED "'weight': 2, 'severity': 'high', 'effort': 'low', "
#define GOOD "{" HEAD RATED "'kind': 'yes-no'}"
#define ID_REASON "must be 1 to 64 letters, digits, “.”, “_” or “-”, a letter or digit first"

typedef struct
{
  const char *questions;
  const char *faults; /* without “questions[0].” before the first place */
} Case;

static const Case question_cases[] = {
  /* what all have */
  { "1", "must be an object" },
  { "{'section': 's', " RATED "'kind': 'yes-no'}", ".id: is missing" },
  { "{'id': 1, 'section': 's', " RATED "'kind': 'yes-no'}", ".id: must be a text" },
  { "{'id': 'a b', 'section': 's', " RATED "'kind': 'yes-no'}", ".id: " ID_REASON },
  { "{'id': 'a', " RATED "'kind': 'yes-no'}", ".section: is missing" },
  { "{'id': 'a', 'section': 'x', " RATED "'kind': 'yes-no'}",
    ".section: “x” is not among the sections" },
  { "{" HEAD RATED "'x': 1}", ".kind: is missing" },
  { "{" HEAD RATED "'kind': 'yesno'}",
    ".kind: must be one of choice, choices, yes-no, level, number, text, "
      "date, instances" },
  { "{" HEAD RATED "'kind': 'yes-no', 'wieght': 1}", ".wieght: is not known here" },
  { "{" HEAD RATED "'kind': 'yes-no', 'options': []}", ".options: is not known here" },
  { GOOD ", " GOOD, "[1].id: “a” is there twice" },
  /* weight, severity, effort */
  { "{" HEAD "'kind': 'yes-no', 'severity': 'low', 'effort': 'low'}", ".weight: is missing" },
  { "{" HEAD "'kind': 'yes-no', 'severity': 'low', 'effort': 'low', 'weight': 0}",
    ".weight: must be a whole number from 1 to 1000" },
  { "{" HEAD "'kind': 'yes-no', 'severity': 'low', 'effort': 'low', 'weight': 1001}",
    ".weight: must be a whole number from 1 to 1000" },
  { "{" HEAD "'kind': 'yes-no', 'severity': 'low', 'effort': 'low', 'weight': 1.5}",
    ".weight: must be a whole number from 1 to 1000" },
  { "{" HEAD "'kind': 'yes-no', 'severity': 'low', 'effort': 'low', 'weight': '1'}",
    ".weight: must be a number" },
  { "{" HEAD "'kind': 'yes-no', 'weight': 1, 'effort': 'low'}", ".severity: is missing" },
  { "{" HEAD "'kind': 'yes-no', 'weight': 1, 'severity': 'bad', 'effort': 'low'}",
    ".severity: must be one of low, medium, high, critical" },
  { "{" HEAD "'kind': 'yes-no', 'weight': 1, 'severity': 'low', 'effort': 'critical'}",
    ".effort: must be one of low, medium, high" },
  { "{" HEAD "'kind': 'text', 'weight': 1}", ".weight: belongs to rated questions only" },
  { "{" HEAD "'kind': 'date', 'severity': 'low'}", ".severity: belongs to rated questions only" },
  { "{" HEAD "'kind': 'number', 'effort': 'low'}", ".effort: belongs to rated questions only" },
  /* references */
  { "{" HEAD RATED "'kind': 'yes-no', 'references': 'cat:1'}", ".references: must be a list" },
  { "{" HEAD RATED "'kind': 'yes-no', 'references': [1]}", ".references[0]: must be a text" },
  { "{" HEAD RATED "'kind': 'yes-no', 'references': ['cat']}",
    ".references[0]: must be “catalogue:control”" },
  { "{" HEAD RATED "'kind': 'yes-no', 'references': ['cat:1', 'cat:']}",
    ".references[1]: must be “catalogue:control”" },
  { "{" HEAD RATED "'kind': 'yes-no', 'references': ['dog:1']}",
    ".references[0]: “dog” is not among the questionnaire's references" },
  { "{" HEAD RATED "'kind': 'yes-no', 'references': ['cat:1', 'cat:1']}",
    ".references[1]: is there twice" },
  /* choice */
  { "{" HEAD RATED "'kind': 'choice'}", ".options: is missing" },
  { "{" HEAD RATED "'kind': 'choice', 'options': {}}", ".options: must be a list" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'y', 'credit': 1}]}",
    ".options: needs at least two" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [1, {'id': 'y', 'credit': 1}]}",
    ".options[0]: must be an object" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'y', 'credit': 0}, {'id': 'y',"
    " 'credit': 1}]}",
    ".options[1].id: “y” is there twice" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'n', 'credit': 0}, {'id': 'y',"
    " 'credit': 1.1}]}",
    ".options[1].credit: must be a number from 0 to 1 with at most 4 decimal places" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'n', 'credit': -1}, {'id': 'y',"
    " 'credit': 1}]}",
    ".options[0].credit: must be a number from 0 to 1 with at most 4 decimal places" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'n', 'credit': 0.00001}, {'id': 'y',"
    " 'credit': 1}]}",
    ".options[0].credit: must be a number from 0 to 1 with at most 4 decimal places" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'n'}, {'id': 'y', 'credit': 1}]}",
    ".options[0].credit: is missing" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'n', 'credit': 0, 'c': 1}, {'id': 'y',"
    " 'credit': 1}]}",
    ".options[0].c: is not known here" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'n', 'credit': 0, 'exclusive': true},"
    " {'id': 'y', 'credit': 1}]}",
    ".options[0].exclusive: belongs to the kind choices only" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'n', 'credit': 0.1}, {'id': 'y',"
    " 'credit': 1}]}",
    ".options: needs an option with credit 0" },
  { "{" HEAD RATED "'kind': 'choice', 'options': [{'id': 'n', 'credit': 0}, {'id': 'y',"
    " 'credit': 0.9999}]}",
    ".options: needs an option with credit 1" },
  /* choices */
  { "{" HEAD RATED "'kind': 'choices', 'options': [{'id': 'n', 'credit': 0, 'exclusive': 1},"
    " {'id': 'y', 'credit': 1}]}",
    ".options[0].exclusive: must be true or false" },
  { "{" HEAD RATED "'kind': 'choices', 'options': [{'id': 'n', 'credit': 0}, {'id': 'y',"
    " 'credit': 0.5},"
    " {'id': 'z', 'credit': 0.4}]}", ".options: needs options whose credits add up to 1" },
  { "{" HEAD RATED "'kind': 'choices', 'options': [{'id': 'n', 'credit': 0}, {'id': 'y',"
    " 'credit': 0.5},"
    " {'id': 'z', 'credit': 0.5, 'exclusive': true}]}",
    ".options: needs options whose credits add up to 1" },
  /* yes-no */
  { "{" HEAD RATED "'kind': 'yes-no', 'credit': 1}", ".credit: must be an object" },
  { "{" HEAD RATED "'kind': 'yes-no', 'credit': {'yes': 1}}", ".credit.no: is missing" },
  { "{" HEAD RATED "'kind': 'yes-no', 'credit': {'yes': 1, 'no': 0, 'maybe': 1}}",
    ".credit.maybe: is not known here" },
  { "{" HEAD RATED "'kind': 'yes-no', 'credit': {'yes': 1, 'no': 0.5}}",
    ".credit: needs credit 0 for one answer and 1 for the other" },
  { "{" HEAD RATED "'kind': 'yes-no', 'credit': {'yes': 0.5, 'no': 0}}",
    ".credit: needs credit 0 for one answer and 1 for the other" },
  /* level */
  { "{" HEAD RATED "'kind': 'level', 'maximum': 3}", ".minimum: is missing" },
  { "{" HEAD RATED "'kind': 'level', 'minimum': 0.5, 'maximum': 3}",
    ".minimum: must be a whole number from -1000 to 1000" },
  { "{" HEAD RATED "'kind': 'level', 'minimum': 3, 'maximum': 3}",
    ".maximum: must be more than the minimum" },
  /* number */
  { "{" HEAD "'kind': 'number', 'places': 7}", ".places: must be a whole number from 0 to 6" },
  { "{" HEAD "'kind': 'number', 'minimum': 0.5}",
    ".minimum: must be a number from -1000000000 to 1000000000 with at most 0 decimal places" },
  { "{" HEAD "'kind': 'number', 'maximum': 1000000001}",
    ".maximum: must be a number from -1000000000 to 1000000000 with at most 0 decimal places" },
  { "{" HEAD "'kind': 'number', 'minimum': 2, 'maximum': 1}",
    ".maximum: must be more than the minimum" },
  { "{" HEAD RATED "'kind': 'number', 'bands': []}", ".bands: needs at least one" },
  { "{" HEAD RATED "'kind': 'number', 'bands': [1]}", ".bands[0]: must be an object" },
  { "{" HEAD RATED "'kind': 'number', 'bands': [{'from': 1}]}", ".bands[0].credit: is missing" },
  { "{" HEAD RATED "'kind': 'number', 'bands': [{'from': 1.5, 'credit': 1}]}",
    ".bands[0].from: must be a number from -1000000000 to 1000000000 with at most 0 "
    "decimal places" },
  { "{" HEAD RATED "'kind': 'number', 'bands': [{'from': 1, 'credit': 0}, {'from': 1,"
    " 'credit': 1}]}",
    ".bands[1].from: must be more than that of the band before" },
  { "{" HEAD RATED "'kind': 'number', 'maximum': 5, 'bands': [{'from': 6, 'credit': 1}]}",
    ".bands[0].from: must be at most the maximum" },
  { "{" HEAD RATED "'kind': 'number', 'minimum': 1, 'bands': [{'from': 1, 'credit': 0.5},"
    " {'from': 2, 'credit': 1}]}",
    ".bands: needs numbers with credit 0" },
  { "{" HEAD RATED "'kind': 'number', 'bands': [{'from': 1, 'credit': 0.5}]}",
    ".bands: needs a band with credit 1" },
  { "{" HEAD RATED "'kind': 'number', 'minimum': 2, 'bands': [{'from': 0, 'credit': 1}, {'from': 2,"
    " 'credit': 0}]}",
    ".bands: needs a band with credit 1" },
  { "{" HEAD "'kind': 'number', 'bands': [{'from': 1, 'credit': 1}]}",
    ".weight: is missing\n.severity: is missing\n.effort: is missing" },
  /* text */
  { "{" HEAD "'kind': 'text', 'max_length': 0}",
    ".max_length: must be a whole number from 1 to 4000" },
  { "{" HEAD "'kind': 'text', 'max_length': 4001}",
    ".max_length: must be a whole number from 1 to 4000" },
  { "{" HEAD "'kind': 'date', 'max_length': 4}", ".max_length: is not known here" },
  /* at the limits, and beyond them */
  { "{" HEAD RATED "'kind': 'level', 'minimum': -1000, 'maximum': 1000}",
    "" },
  { "{" HEAD RATED "'kind': 'level', 'minimum': -1001, 'maximum': 1001}",
    ".minimum: must be a whole number from -1000 to 1000\n.maximum: must be a whole number from -1000 to 1000" },
  { "{" HEAD "'kind': 'number', 'places': 6, 'minimum': -1000000000, 'maximum': 1000000000}",
    "" },
  { "{" HEAD "'kind': 'number', 'minimum': -1000000001}",
    ".minimum: must be a number from -1000000000 to 1000000000 with at most 0 decimal places" },
  { "{" HEAD "'kind': 'number', 'minimum': 1, 'maximum': 1}",
    ".maximum: must be more than the minimum" },
  { "{" HEAD RATED "'kind': 'number', 'maximum': 5, 'bands': [{'from': 0, 'credit': 0}, {'from': 5, 'credit': 1}]}",
    "" },
  { "{" HEAD RATED "'kind': 'number', 'minimum': 0, 'bands': [{'from': 1, 'credit': 1}]}",
    "" },
  { "{" HEAD RATED "'kind': 'number', 'minimum': 1, 'bands': [{'from': 1, 'credit': 1}]}",
    ".bands: needs numbers with credit 0" },
  { "{" HEAD RATED "'kind': 'number', 'minimum': 1, 'bands': [{'from': 0, 'credit': 1}, {'from': 2, 'credit': 0}]}",
    "" },
  { "{" HEAD "'kind': 'text', 'max_length': 1}",
    "" },
  { "{" HEAD "'kind': 'text', 'max_length': 4000}",
    "" },
  { "{" HEAD "'kind': 'instances', 'most': 1}",
    "" },
  { "{" HEAD "'kind': 'instances', 'most': 50}",
    "" },
  { "{" HEAD "'kind': 'instances', 'most': 51}",
    ".most: must be a whole number from 1 to 50" },
  { "{" HEAD "'kind': 'instances', 'most': 0}",
    ".most: must be a whole number from 1 to 50" },
  { "{" HEAD "'kind': 'text', 'review': {'months': 1}}",
    "" },
  { "{" HEAD "'kind': 'text', 'review': {'months': 120}}",
    "" },
  { "{" HEAD "'kind': 'text', 'review': {'days': 1}}",
    "" },
  { "{" HEAD "'kind': 'text', 'review': {'days': 3660}}",
    "" },
  { "{" HEAD "'kind': 'text', 'review': {'months': 121}}",
    ".review.months: must be a whole number from 1 to 120" },
  { "{" HEAD "'kind': 'text', 'review': {'months': 0}}",
    ".review.months: must be a whole number from 1 to 120" },
  { "{" HEAD "'kind': 'text', 'review': {'days': 3661}}",
    ".review.days: must be a whole number from 1 to 3660" },
  { "{" HEAD "'kind': 'text', 'references': [':1']}",
    ".references[0]: must be “catalogue:control”" },
  /* several at once */
  { "{'kind': 'choice', 'weight': 0, 'options': [{'id': 'y'}]}",
    ".id: is missing\n.section: is missing\n.severity: is missing\n.effort: is missing\n"
    ".weight: must be a whole number from 1 to 1000\n.options: needs at least two\n"
    ".options[0].credit: is missing" },
};

static void
test_question_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (question_cases); i++)
    {
      g_autofree char *text = structure_with (question_cases[i].questions);
      g_autofree char *faults = questionnaire_faults (text);
      g_auto (GStrv) lines = g_strsplit (question_cases[i].faults, "\n", -1);
      g_autoptr (GString) expected = g_string_new (NULL);

      for (guint j = 0; lines[j] != NULL; j++)
        g_string_append_printf (expected, "%squestions%s%s%s", j > 0 ? "\n" : "",
                                lines[j][0] == '[' ? "" : "[0]", *lines[j] != '.'
                                  && *lines[j] != '[' ? ": " : "",
                                lines[j]);
      g_assert_cmpstr (faults, ==, expected->str);
    }
}

#define FRAME(references, method, sections) \
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'references': " references ", 'method': " method \
  ", 'sections': " sections ", 'questions': [" GOOD "]}"
#define LEVELS(levels) "{'id': 'weighted', 'levels': " levels "}"
#define METHOD LEVELS ("[{'id': 'low', 'from': 0}]")

static const Case frame_cases[] = {
  { "[]", "must be an object" },
  { "{}", "format: is missing\nid: is missing\nversion: is missing\nmethod: is missing\n"
          "sections: is missing\nquestions: is missing" },
  { "{", "line 1, column 2: " },
  { FRAME ("[]", METHOD, "[{'id': 's'}]"), "references: must be an object" },
  { FRAME ("{'a b': 'x'}", METHOD, "[{'id': 's'}]"), "references.a b: is no id" },
  { FRAME ("{'a': ' '}", METHOD, "[{'id': 's'}]"), "references.a: must not be empty" },
  { FRAME ("{'a': 1}", METHOD, "[{'id': 's'}]"), "references.a: must be a text" },
  { FRAME ("{}", "1", "[{'id': 's'}]"), "method: must be an object" },
  { FRAME ("{}", "{'id': 'magic', 'levels': [{'id': 'low', 'from': 0}]}", "[{'id': 's'}]"),
    "method.id: “magic” is no method that this version knows; it must be one of weighted, deduction, "
    "maturity, profile" },
  { FRAME ("{}", "{'id': 'weighted', 'levels': [{'id': 'low', 'from': 0}], 'x': 1}",
           "[{'id': 's'}]"),
    "method.x: is not known here" },
  { FRAME ("{}", LEVELS ("[]"), "[{'id': 's'}]"), "method.levels: needs at least one" },
  { FRAME ("{}", LEVELS ("[1]"), "[{'id': 's'}]"), "method.levels[0]: must be an object" },
  { FRAME ("{}", LEVELS ("[{'id': 'a', 'from': 1}]"), "[{'id': 's'}]"),
    "method.levels[0].from: must be 0 for the first level" },
  { FRAME ("{}", LEVELS ("[{'id': 'a', 'from': 0}, {'id': 'b', 'from': 0}]"), "[{'id': 's'}]"),
    "method.levels[1].from: must be more than that of the level before" },
  { FRAME ("{}", LEVELS ("[{'id': 'a', 'from': 0}, {'id': 'a', 'from': 1}]"), "[{'id': 's'}]"),
    "method.levels[1].id: “a” is there twice" },
  { FRAME ("{}", LEVELS ("[{'id': 'a', 'from': 0}, {'id': 'b', 'from': 0.05}]"), "[{'id': 's'}]"),
    "method.levels[1].from: must be a number from 0 to 100 with at most 1 decimal place" },
  { FRAME ("{}", LEVELS ("[{'id': 'a', 'from': 0}, {'id': 'b', 'from': 100.1}]"), "[{'id': 's'}]"),
    "method.levels[1].from: must be a number from 0 to 100 with at most 1 decimal place" },
  { FRAME ("{}", METHOD, "[]"),
    "sections: needs at least one\nquestions[0].section: “s” is not among the sections" },
  { FRAME ("{}", METHOD, "[{'id': 's'}, 1]"), "sections[1]: must be an object" },
  { FRAME ("{}", METHOD, "[{'id': 's', 'sections': [{'id': 's'}]}]"),
    "sections[0].sections[0].id: “s” is there twice" },
  { FRAME ("{}", METHOD, "[{'id': 's', 'title': 'x'}]"), "sections[0].title: is not known here" },
  { FRAME ("{}", METHOD, "[{'id': 's', 'sections': 1}]"), "sections[0].sections: must be a list" },
  { FRAME ("{}", METHOD, "[{'id':'s','sections':[{'id':'2','sections':[{'id':'3',"
           "'sections':[{'id':'4',"
    "'sections':[{'id':'5','sections':[{'id':'6','sections':[{'id':'7','sections':[{'id':'8',"
    "'sections':[{'id':'9'}]}]}]}]}]}]}]}]}]"),
    "sections[0].sections[0].sections[0].sections[0].sections[0].sections[0].sections[0]"
    ".sections[0].sections: sections nest at most 8 deep" },
  { FRAME ("{}", LEVELS ("[{'id': 'a', 'from': 0}, {'id': 'b', 'from': 100}]"), "[{'id': 's'}]"), "" },
  { FRAME ("{}", METHOD, "[{'id':'s','sections':[{'id':'2','sections':[{'id':'3','sections':[{'id':'4',"
    "'sections':[{'id':'5','sections':[{'id':'6','sections':[{'id':'7','sections':[{'id':'8'}]}]}]}]}]}]}]}]"), "" },
  { "{'format': 1, 'id': 'q', 'version': '0.2147483647.0', 'method': " METHOD ", 'sections': [{'id': 's'}],"
    " 'questions': [" GOOD "]}", "" },
  { "{'format': 1, 'id': 'q', 'version': '0.2147483648.0', 'method': " METHOD ", 'sections': [{'id': 's'}],"
    " 'questions': [" GOOD "]}", "version: must be three whole numbers such as 1.0.0" },
  { "{'format': 1, 'id': 'q', 'version': '1.0.0.0', 'method': " METHOD ", 'sections': [{'id': 's'}],"
    " 'questions': [" GOOD "]}", "version: must be three whole numbers such as 1.0.0" },
  { "{'format': 1, 'id': 'q', 'version': '1.0', 'method': " METHOD ", 'sections': [{'id': 's'}],"
    " 'questions': []}", "version: must be three whole numbers such as 1.0.0\n"
    "questions: needs at least one" },
  { "{'format': 2, 'id': 'q', 'version': '1.0.x', 'method': " METHOD ", 'sections': [{'id': 's'}],"
    " 'questions': [" GOOD "], 'judgement': 1, 'author': 'x'}",
    "format: must be 1, the format this version reads\n"
    "version: must be three whole numbers such as 1.0.0\n"
    "judgement: must be a text\nauthor: is not known here" },
};

static void
test_frame_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (frame_cases); i++)
    {
      g_autofree char *faults = questionnaire_faults (frame_cases[i].questions);

      if (g_str_has_suffix (frame_cases[i].faults, ": "))
        g_assert_true (g_str_has_prefix (faults, frame_cases[i].faults));
      else
        g_assert_cmpstr (faults, ==, frame_cases[i].faults);
    }
}

/* More options, and bands, than anyone can read. */
static void
test_many (void)
{
  for (guint n = 100; n <= 101; n++)
    {
      g_autoptr (GString) options = g_string_new ("{" HEAD RATED "'kind': 'choice', 'options': [");
      g_autoptr (GString) bands = g_string_new ("{" HEAD RATED "'kind': 'number', 'bands': [");
      g_autofree char *option_text = NULL, *band_text = NULL, *option_faults = NULL, *band_faults
        = NULL;

      for (guint i = 0; i < n; i++)
        {
          g_string_append_printf (options, "%s{'id': 'o%u', 'credit': %u}", i > 0 ? ", " : "", i,
                                  i % 2);
          g_string_append_printf (bands, "%s{'from': %u, 'credit': %u}", i > 0 ? ", " : "", i,
                                  i % 2);
        }
      g_string_append (options, "]}");
      g_string_append (bands, "]}");
      option_text = structure_with (options->str);
      option_faults = questionnaire_faults (option_text);
      g_assert_cmpstr (option_faults, ==, n > 100
                       ? "questions[0].options: must have at most 100 entries" : "");
      band_text = structure_with (bands->str);
      band_faults = questionnaire_faults (band_text);
      g_assert_cmpstr (band_faults, ==, n > 100 ? "questions[0].bands: must have at most 100 entries" : "");
    }
}

/* The longest control, and the most advice. */
static void
test_longest (void)
{
  for (guint extra = 0; extra <= 1; extra++)
    {
      g_autofree char *control = g_strnfill (127 + extra, 'c');
      g_autofree char *question = g_strdup_printf ("{" HEAD "'kind': 'text', 'references': ['cat:%s']}", control);
      g_autofree char *text = structure_with (question);
      g_autofree char *faults = questionnaire_faults (text);
      g_autoptr (GString) tips = g_string_new ("{" HEAD "'kind': 'text', 'tips': [{'id': 't0'}");
      g_autofree char *tips_text = NULL, *tips_faults = NULL;

      g_assert_cmpstr (faults, ==, extra == 0 ? "" : "questions[0].references[0]: must be “catalogue:control”");
      for (guint i = 1; i < 20 + extra; i++)
        g_string_append_printf (tips, ", {'id': 't%u'}", i);
      g_string_append (tips, "]}");
      tips_text = structure_with (tips->str);
      tips_faults = questionnaire_faults (tips_text);
      g_assert_cmpstr (tips_faults, ==, extra == 0 ? "" : "questions[0].tips: must have at most 20 entries");
    }
}

static const char every_kind[] =
  "{'id': '1.A', 'section': 's.1', 'kind': 'choice', 'weight': 1000, 'severity': 'critical',"
  " 'effort': 'high',"
  " 'references': ['cat:1', 'cat:2'], 'options': [{'id': 'no', 'credit': 0}, {'id': 'so-so',"
  " 'credit': 0.3333},"
  " {'id': 'yes', 'credit': 1}]},"
  "{'id': '1.B', 'section': 's.1', 'kind': 'choices', 'weight': 1, 'severity': 'low',"
  " 'effort': 'medium',"
  " 'options': [{'id': 'none', 'credit': 0, 'exclusive': true}, {'id': 'a', 'credit': 0.5},"
  " {'id': 'b', 'credit': 0.6}]},"
  "{'id': '2', 'section': 't', 'kind': 'yes-no', 'weight': 3, 'severity': 'medium',"
  " 'effort': 'low',"
  " 'credit': {'yes': 0, 'no': 1}},"
  "{'id': '3', 'section': 's', 'kind': 'level', 'weight': 3, 'severity': 'medium', 'effort': 'low',"
  " 'minimum': -1, 'maximum': 2},"
  "{'id': '4', 'section': 's', 'kind': 'number', 'weight': 3, 'severity': 'medium',"
  " 'effort': 'low',"
  " 'minimum': 0, 'maximum': 99.5, 'places': 1, 'bands': [{'from': 0.5, 'credit': 0.25},"
  " {'from': 10, 'credit': 1}]},"
  "{'id': '5', 'section': 's', 'kind': 'number'},"
  "{'id': '6', 'section': 's', 'kind': 'text'},"
  "{'id': '7', 'section': 's', 'kind': 'date', 'condition': {'pattern': {'2': [true]}}}";

static void
test_getters (void)
{
  g_autoptr (PostureQuestionnaire) self = with_questions (every_kind);
  g_autoptr (PostureQuestionnaire) same = posture_questionnaire_ref (self);
  const PostureSection *section;
  gsize length;

  g_assert_true (same == self);
  g_assert_cmpstr (posture_questionnaire_get_id (self), ==, "q");
  g_assert_cmpstr (posture_questionnaire_get_version (self), ==, "1.0.0");
  g_assert_cmpstr (posture_questionnaire_get_method (self), ==, "weighted");
  g_assert_null (posture_questionnaire_get_judgement (self));
  g_assert_cmpuint (strlen (posture_questionnaire_get_digest (self)), ==, 64);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (posture_questionnaire_get_canonical (self),
                                                     &length),
                                   "{\"format\":1,\"id\":\"q\","));
  g_assert_cmpuint (posture_questionnaire_get_n_catalogues (self), ==, 1);
  g_assert_cmpstr (posture_questionnaire_get_catalogue (self, 0)->title, ==, "A catalogue");
  g_assert_cmpuint (posture_questionnaire_get_n_levels (self), ==, 3);
  g_assert_cmpint (posture_questionnaire_get_level (self, 2)->from, ==, 79500000);
  g_assert_cmpuint (posture_questionnaire_get_n_sections (self), ==, 4);
  section = posture_questionnaire_get_section (self, 0);
  g_assert_cmpint (section->parent, ==, -1);
  g_assert_cmpuint (section->end, ==, 3);
  section = posture_questionnaire_get_section (self, 2);
  g_assert_cmpstr (section->id, ==, "s.2");
  g_assert_cmpint (section->parent, ==, 0);
  g_assert_cmpint (posture_questionnaire_find_section (self, "t"), ==, 3);
  g_assert_cmpint (posture_questionnaire_find_section (self, "x"), ==, -1);
  g_assert_cmpuint (posture_questionnaire_get_n_questions (self), ==, 8);
  g_assert_null (posture_questionnaire_find_question (self, "8"));
}

static void
test_question_getters (void)
{
  g_autoptr (PostureQuestionnaire) self = with_questions (every_kind);
  PostureQuestion *question = posture_questionnaire_find_question (self, "1.A");
  gint64 bound = 7;

  g_assert_true (question == posture_questionnaire_get_question (self, 0));
  g_assert_cmpstr (posture_question_get_id (question), ==, "1.A");
  g_assert_cmpstr (posture_question_get_section (question), ==, "s.1");
  g_assert_cmpint (posture_question_get_weight (question), ==, 1000);
  g_assert_cmpint (posture_question_get_severity (question), ==, POSTURE_SEVERITY_CRITICAL);
  g_assert_cmpint (posture_question_get_effort (question), ==, POSTURE_EFFORT_HIGH);
  g_assert_cmpstr (posture_question_get_references (question)[1], ==, "cat:2");
  g_assert_null (posture_question_get_references (question)[2]);
  g_assert_null (posture_question_get_condition (question));
  g_assert_cmpuint (posture_question_get_n_options (question), ==, 3);
  g_assert_cmpint (posture_question_get_option (question, 1)->credit, ==, 3333);
  g_assert_null (posture_question_find_option (question, "maybe"));
  g_assert_false (posture_question_get_minimum (question, &bound));
  g_assert_cmpint (bound, ==, 7);

  question = posture_questionnaire_get_question (self, 1);
  g_assert_true (posture_question_find_option (question, "none")->exclusive);
  question = posture_questionnaire_get_question (self, 2);
  g_assert_cmpint (posture_question_get_yes_credit (question, TRUE), ==, 0);
  g_assert_cmpint (posture_question_get_yes_credit (question, FALSE), ==, 10000);
  question = posture_questionnaire_get_question (self, 3);
  g_assert_true (posture_question_get_minimum (question, &bound));
  g_assert_cmpint (bound, ==, -1000000);
  question = posture_questionnaire_get_question (self, 4);
  g_assert_true (posture_question_get_maximum (question, &bound));
  g_assert_cmpint (bound, ==, 99500000);
  g_assert_cmpuint (posture_question_get_places (question), ==, 1);
  g_assert_cmpuint (posture_question_get_n_bands (question), ==, 2);
  g_assert_cmpint (posture_question_get_band (question, 0)->from, ==, 500000);
  question = posture_questionnaire_get_question (self, 5);
  g_assert_false (posture_question_is_rated (question));
  g_assert_false (posture_question_get_maximum (question, NULL));
  question = posture_questionnaire_get_question (self, 6);
  g_assert_cmpuint (posture_question_get_max_length (question), ==, 2000);
  question = posture_questionnaire_get_question (self, 7);
  g_assert_cmpuint (posture_question_get_number (question), ==, 7);
  g_assert_nonnull (posture_question_get_condition (question));
}

static void
test_kinds (void)
{
  static const char *const kinds[] = { "choice", "choices", "yes-no", "level", "number", "number",
                                       "text",
                                       "date" };
  g_autoptr (PostureQuestionnaire) self = with_questions (every_kind);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (self, i);

      g_assert_cmpstr (posture_question_kind_to_string (posture_question_get_kind (question)), ==,
                       kinds[i]);
    }
}

typedef struct
{
  const char *question;
  const char *value;
  int credit; /* -1: does not fit */
} CreditCase;

static const CreditCase credit_cases[] = {
  { "1.A", "'so-so'", 3333 }, { "1.A", "'maybe'", -1 }, { "1.A", "1", -1 },
  { "1.B", "['a']", 5000 }, { "1.B", "['a', 'b']", 10000 }, { "1.B", "['none']", 0 },
  { "1.B", "'a'", -1 }, { "2", "true", 0 }, { "2", "false", 10000 }, { "2", "'yes'", -1 },
  /* thirds are rounded half up */
  { "3", "-1", 0 }, { "3", "0", 3333 }, { "3", "1", 6667 }, { "3", "2", 10000 },
  { "3", "9000000000000000000", -1 }, { "3", "5", 10000 }, { "3", "'1'", -1 },
  { "4", "0", 0 }, { "4", "0.4", 0 }, { "4", "0.5", 2500 }, { "4", "9.9", 2500 }, { "4", "10",
                                                                                    10000 },
  { "4", "99.5", 10000 }, { "5", "1", 0 }, { "6", "'x'", -1 }, { "7", "'2024-01-01'", -1 },
};

static void
test_credits (void)
{
  g_autoptr (PostureQuestionnaire) self = with_questions (every_kind);

  for (guint i = 0; i < G_N_ELEMENTS (credit_cases); i++)
    {
      g_autofree char *json = quoted (credit_cases[i].value);
      g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (json, NULL);
      PostureQuestion *question = posture_questionnaire_find_question (self,
                                                                       credit_cases[i].question);
      int credit = -1;

      if (!posture_question_find_credit (question, posture_json_document_get_root (document),
                                         &credit))
        credit = -1;
      g_test_message ("%s: %s", credit_cases[i].question, credit_cases[i].value);
      g_assert_cmpint (credit, ==, credit_cases[i].credit);
    }
}

/* The digest is of the content: neither white space nor the order of members changes it. */
static void
test_digest (void)
{
  g_autoptr (PostureQuestionnaire) one = make_questionnaire (FRAME ("{}", METHOD, "[{'id': 's'}]"));
  g_autoptr (PostureQuestionnaire) two = make_questionnaire (
    "{'questions': [" GOOD "],\n 'sections':[{'id':'s'}], 'method': " METHOD ", 'references': {},"
    " 'version': '1.0.0', 'id': 'q', 'format': 1}");
  g_autoptr (PostureQuestionnaire) other = make_questionnaire (
    FRAME ("{}", LEVELS ("[{'id': 'low', 'from': 0}, {'id': 'x', 'from': 100}]"), "[{'id': 's'}]"));

  g_assert_cmpstr (posture_questionnaire_get_digest (one), ==,
                   posture_questionnaire_get_digest (two));
  g_assert_cmpstr (posture_questionnaire_get_digest (one), !=,
                   posture_questionnaire_get_digest (other));
}

static void
test_file_name (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("[", 1);
  g_autoptr (GBytes) list = g_bytes_new_static ("[]", 2);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (posture_questionnaire_new (list, "b.json", faults));
  g_assert_null (posture_questionnaire_new (bytes, "a.json", faults));
  g_assert_cmpuint (posture_faults_get_length (faults), ==, 2);
  g_assert_cmpstr (posture_faults_get (faults, 0)->file, ==, "b.json");
  g_assert_cmpstr (posture_faults_get (faults, 1)->file, ==, "a.json");
  error = posture_faults_to_error (faults);
  g_assert_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_SYNTAX);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/questionnaire/question-faults", test_question_faults);
  g_test_add_func ("/questionnaire/frame-faults", test_frame_faults);
  g_test_add_func ("/questionnaire/many", test_many);
  g_test_add_func ("/questionnaire/longest", test_longest);
  g_test_add_func ("/questionnaire/getters", test_getters);
  g_test_add_func ("/questionnaire/question-getters", test_question_getters);
  g_test_add_func ("/questionnaire/kinds", test_kinds);
  g_test_add_func ("/questionnaire/credits", test_credits);
  g_test_add_func ("/questionnaire/digest", test_digest);
  g_test_add_func ("/questionnaire/file-name", test_file_name);
  return g_test_run ();
}
