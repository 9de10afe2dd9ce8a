/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

static void
test_list (void)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *none = posture_faults_to_text (faults);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (none, ==, "");
  posture_faults_add (faults, "a.json", "id", "is %s", "missing");
  posture_faults_add (faults, NULL, "", "whole");
  g_assert_cmpuint (posture_faults_get_length (faults), ==, 2);
  g_assert_cmpstr (posture_faults_get (faults, 0)->file, ==, "a.json");
  g_assert_cmpstr (posture_faults_get (faults, 0)->place, ==, "id");
  g_assert_cmpstr (posture_faults_get (faults, 0)->reason, ==, "is missing");
  text = posture_faults_to_text (faults);
  g_assert_cmpstr (text, ==, "a.json: id: is missing\nwhole");
  error = posture_faults_to_error (faults);
  g_assert_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, text);
}

/* A list stays bounded and says that it is not all. */
static void
test_bound (void)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  const PostureFault *last;

  for (guint i = 0; i < POSTURE_FAULTS_MAX; i++)
    posture_faults_add (faults, "f", "p", "%u", i);
  last = posture_faults_get (faults, POSTURE_FAULTS_MAX - 1);
  g_assert_cmpstr (last->reason, ==, "999");
  posture_faults_add (faults, "f", "p", "one more");
  g_assert_cmpuint (posture_faults_get_length (faults), ==, POSTURE_FAULTS_MAX);
  last = posture_faults_get (faults, POSTURE_FAULTS_MAX - 1);
  g_assert_cmpstr (last->reason, ==, "has more faults than are listed");
}

/* Faults come in the order of the file, whatever the order its parts are checked in. */
static void
test_order (void)
{
  g_autofree char *text = questionnaire_faults (
    "{'questions': [{'id': 'a b'}], 'sections': [], 'method': {}, 'version': 'x', 'id': '',"
    " 'format': 2}");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpstr (lines[0], ==, "questions[0].section: is missing");
  g_assert_cmpstr (lines[1], ==, "questions[0].kind: is missing");
  g_assert_true (g_str_has_prefix (lines[2], "questions[0].id: must be 1 to 64"));
  g_assert_cmpstr (lines[3], ==, "sections: needs at least one");
  g_assert_cmpstr (lines[4], ==, "method.id: is missing");
  g_assert_cmpstr (lines[5], ==, "version: must be three whole numbers such as 1.0.0");
  g_assert_true (g_str_has_prefix (lines[6], "id: must be 1 to 64"));
  g_assert_cmpstr (lines[7], ==, "format: must be 1, the format this version reads");
  g_assert_null (lines[8]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/list", test_list);
  g_test_add_func ("/faults/bound", test_bound);
  g_test_add_func ("/faults/order", test_order);
  return g_test_run ();
}
