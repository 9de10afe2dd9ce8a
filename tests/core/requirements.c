/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "requirements.h"

#include "model-fixture.h"

#include <string.h>

/* Ids and values of Annex A of the NIST SP 800-171 DoD Assessment Methodology, version 1.2.1
 * (24 June 2020), a work of the United States Government. A full value of 0: without it there is no
 * score. */
const Requirement requirements[N_REQUIREMENTS] = {
  { "3.1.1", 5, 0 }, { "3.1.2", 5, 0 }, { "3.1.3", 1, 0 }, { "3.1.4", 1, 0 }, { "3.1.5", 3, 0 },
  { "3.1.6", 1, 0 }, { "3.1.7", 1, 0 }, { "3.1.8", 1, 0 }, { "3.1.9", 1, 0 }, { "3.1.10", 1, 0 },
  { "3.1.11", 1, 0 }, { "3.1.12", 5, 0 }, { "3.1.13", 5, 0 }, { "3.1.14", 1, 0 },
  { "3.1.15", 1, 0 }, { "3.1.16", 5, 0 }, { "3.1.17", 5, 0 }, { "3.1.18", 5, 0 },
  { "3.1.19", 3, 0 }, { "3.1.20", 1, 0 }, { "3.1.21", 1, 0 }, { "3.1.22", 1, 0 },
  { "3.2.1", 5, 0 }, { "3.2.2", 5, 0 }, { "3.2.3", 1, 0 }, { "3.3.1", 5, 0 }, { "3.3.2", 3, 0 },
  { "3.3.3", 1, 0 }, { "3.3.4", 1, 0 }, { "3.3.5", 5, 0 }, { "3.3.6", 1, 0 }, { "3.3.7", 1, 0 },
  { "3.3.8", 1, 0 }, { "3.3.9", 1, 0 }, { "3.4.1", 5, 0 }, { "3.4.2", 5, 0 }, { "3.4.3", 1, 0 },
  { "3.4.4", 1, 0 }, { "3.4.5", 5, 0 }, { "3.4.6", 5, 0 }, { "3.4.7", 5, 0 }, { "3.4.8", 5, 0 },
  { "3.4.9", 1, 0 }, { "3.5.1", 5, 0 }, { "3.5.2", 5, 0 }, { "3.5.3", 5, 3 }, { "3.5.4", 1, 0 },
  { "3.5.5", 1, 0 }, { "3.5.6", 1, 0 }, { "3.5.7", 1, 0 }, { "3.5.8", 1, 0 }, { "3.5.9", 1, 0 },
  { "3.5.10", 5, 0 }, { "3.5.11", 1, 0 }, { "3.6.1", 5, 0 }, { "3.6.2", 5, 0 }, { "3.6.3", 1, 0 },
  { "3.7.1", 3, 0 }, { "3.7.2", 5, 0 }, { "3.7.3", 1, 0 }, { "3.7.4", 3, 0 }, { "3.7.5", 5, 0 },
  { "3.7.6", 1, 0 }, { "3.8.1", 3, 0 }, { "3.8.2", 3, 0 }, { "3.8.3", 5, 0 }, { "3.8.4", 1, 0 },
  { "3.8.5", 1, 0 }, { "3.8.6", 1, 0 }, { "3.8.7", 5, 0 }, { "3.8.8", 3, 0 }, { "3.8.9", 1, 0 },
  { "3.9.1", 3, 0 }, { "3.9.2", 5, 0 }, { "3.10.1", 5, 0 }, { "3.10.2", 5, 0 },
  { "3.10.3", 1, 0 }, { "3.10.4", 1, 0 }, { "3.10.5", 1, 0 }, { "3.10.6", 1, 0 },
  { "3.11.1", 3, 0 }, { "3.11.2", 5, 0 }, { "3.11.3", 1, 0 }, { "3.12.1", 5, 0 },
  { "3.12.2", 3, 0 }, { "3.12.3", 5, 0 }, { "3.12.4", 0, 0 }, { "3.13.1", 5, 0 },
  { "3.13.2", 5, 0 }, { "3.13.3", 1, 0 }, { "3.13.4", 1, 0 }, { "3.13.5", 5, 0 },
  { "3.13.6", 5, 0 }, { "3.13.7", 1, 0 }, { "3.13.8", 3, 0 }, { "3.13.9", 1, 0 },
  { "3.13.10", 1, 0 }, { "3.13.11", 5, 3 }, { "3.13.12", 1, 0 }, { "3.13.13", 1, 0 },
  { "3.13.14", 1, 0 }, { "3.13.15", 5, 0 }, { "3.13.16", 1, 0 }, { "3.14.1", 5, 0 },
  { "3.14.2", 5, 0 }, { "3.14.3", 5, 0 }, { "3.14.4", 5, 0 }, { "3.14.5", 3, 0 },
  { "3.14.6", 5, 0 }, { "3.14.7", 3, 0 },
};

guint
find_requirement (const char *id)
{
  for (guint i = 0; i < N_REQUIREMENTS; i++)
    if (g_str_equal (requirements[i].id, id))
      return i;
  g_assert_not_reached ();
}

static void
append_deduction (GString           *text,
                  const Requirement *requirement)
{
  if (requirement->full == 0)
    g_string_append (text, "{'required': true}");
  else if (requirement->partial == 0)
    g_string_append_printf (text, "{'full': %d}", requirement->full);
  else
    g_string_append_printf (text, "{'full': %d, 'partial': %d}", requirement->full,
                            requirement->partial);
}

/* The questionnaire of all requirements, one section for each family. */
PostureQuestionnaire *
make_requirements (void)
{
  g_autoptr (GString) text = g_string_new (
    "{'format': 1, 'id': 'r', 'version': '1.0.0',"
    " 'method': {'id': 'deduction', 'start': 110, 'minimum': -203},"
    " 'option_sets': {'s': [{'id': 'met'}, {'id': 'not-met'}, {'id': 'na'},"
    "   {'id': 'temporary-deficiency'}, {'id': 'enduring-exception'}],"
    "  'p': [{'id': 'met'}, {'id': 'partial'}, {'id': 'not-met'}, {'id': 'na'},"
    "   {'id': 'temporary-deficiency'}, {'id': 'enduring-exception'}]}, 'sections': [");

  for (guint family = 1; family <= 14; family++)
    g_string_append_printf (text, "%s{'id': '3.%u'}", family > 1 ? ", " : "", family);
  g_string_append (text, "], 'questions': [");
  for (guint i = 0; i < N_REQUIREMENTS; i++)
    {
      const char *id = requirements[i].id;
      g_autofree char *family = g_strndup (id, (gsize) (strrchr (id, '.') - id));

      g_string_append_printf (text, "%s{'id': '%s', 'section': '%s', 'kind': 'choice',"
                              " 'severity': 'low', 'effort': 'low', 'options': '%s',"
                              " 'deduction': ", i > 0 ? ", " : "", id, family,
                              requirements[i].partial > 0 ? "p" : "s");
      append_deduction (text, &requirements[i]);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "]}");
  return make_questionnaire (text->str);
}
