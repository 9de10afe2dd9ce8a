/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model/revision.h"

#define ASSESSMENT "01890a5d-ac96-774b-bcce-b302099a8057"
#define ANSWERS "{\"1.A\":\"in-place\"}"

static char *
digest_of (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
test_revision (void)
{
  g_autofree char *first = posture_revision_digest (ASSESSMENT, NULL, ANSWERS);
  g_autofree char *second = posture_revision_digest (ASSESSMENT, first, ANSWERS);
  g_autofree char *expected = digest_of (
    "{\"answers\":" ANSWERS ",\"assessment\":\"" ASSESSMENT "\",\"parent\":null}");
  g_autofree char *text = g_strdup_printf (
    "{\"answers\":" ANSWERS ",\"assessment\":\"" ASSESSMENT "\",\"parent\":\"%s\"}", first);
  g_autofree char *expected_second = digest_of (text);

  g_assert_cmpstr (first, ==, expected);
  g_assert_cmpstr (second, ==, expected_second);
}

static void
test_report (void)
{
  g_autoptr (PostureMethodVersion) method = posture_method_version_new ();
  g_autofree char *without = NULL;
  g_autofree char *with = NULL;
  g_autofree char *expected = digest_of (
    "{\"facts\":null,\"method\":{\"id\":\"weighted\",\"version\":1},\"questionnaire\":\"q\","
    "\"revision\":\"r\"}");
  g_autofree char *expected_with = digest_of (
    "{\"facts\":\"f\",\"method\":{\"id\":\"weighted\",\"version\":1},\"questionnaire\":\"q\","
    "\"revision\":\"r\"}");

  method->id = g_strdup ("weighted");
  method->version = 1;
  without = posture_report_digest ("r", "q", method, NULL);
  with = posture_report_digest ("r", "q", method, "f");
  g_assert_cmpstr (without, ==, expected);
  g_assert_cmpstr (with, ==, expected_with);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/revision/revision", test_revision);
  g_test_add_func ("/revision/report", test_report);
  return g_test_run ();
}
