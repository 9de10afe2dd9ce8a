/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The questionnaires at hand, found by id and by digest, with their words. */

#include "user-fixture.h"

#include <string.h>

static GBytes *
words_new (const char *language,
           const char *title)
{
  g_autofree char *text = g_strdup_printf (
    "{\"format\": 1, \"questionnaire\": \"small\", \"language\": \"%s\", \"version\": \"1.0.0\", \"title\": \"%s\","
    " \"summary\": \"S.\", \"levels\": {\"poor\": {\"title\": \"Poor\", \"summary\": \"P.\"}, \"good\": {\"title\":"
    " \"Good\", \"summary\": \"G.\"}}, \"sections\": {\"all\": {\"title\": \"All\", \"summary\": \"A.\"}},"
    " \"questions\": {"
    " \"lock\": {\"question\": \"Locked?\", \"why\": \"W.\", \"done\": \"D.\", \"next\": \"N.\"},"
    " \"size\": {\"question\": \"How many?\", \"why\": \"W.\"},"
    " \"since\": {\"question\": \"Since?\", \"why\": \"W.\"},"
    " \"who\": {\"question\": \"Who?\", \"why\": \"W.\"},"
    " \"how\": {\"question\": \"How?\", \"why\": \"W.\", \"done\": \"D.\", \"next\": \"N.\","
    "  \"options\": {\"weak\": \"Weak\", \"strong\": \"Strong\"}}}}", language, title);

  return g_bytes_new (text, strlen (text));
}

static void
add_words (PostureLibrary       *library,
           PostureQuestionnaire *questionnaire,
           GBytes               *words)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();

  if (!posture_library_add_words (library, questionnaire, words, "words.json", faults))
    {
      g_autoptr (GError) error = posture_faults_to_error (faults);

      g_assert_no_error (error);
    }
}

/* The current version is found by id, every one by digest. */
static void
test_versions (void)
{
  PostureLibrary *library = user_library_new (1);
  g_autoptr (PostureQuestionnaire) old = posture_library_dup_current (library, "small");
  g_autoptr (PostureQuestionnaire) newer = user_questionnaire (2);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureQuestionnaire) added = NULL;
  g_autoptr (PostureQuestionnaire) current = NULL;
  g_autoptr (PostureQuestionnaire) found = NULL;
  g_auto (GStrv) ids = NULL;

  g_assert_null (posture_library_dup_by_digest (library, posture_questionnaire_get_digest (newer)));
  added = posture_library_add (library, posture_questionnaire_get_canonical (newer), "n", FALSE, faults);
  g_assert_nonnull (added);
  current = posture_library_dup_current (library, "small");
  g_assert_true (current == old);
  found = posture_library_dup_by_digest (library, posture_questionnaire_get_digest (newer));
  g_assert_cmpstr (posture_questionnaire_get_version (found), ==, "2.0.0");
  g_clear_pointer (&added, posture_questionnaire_unref);
  g_clear_pointer (&current, posture_questionnaire_unref);
  added = posture_library_add (library, posture_questionnaire_get_canonical (newer), "n", TRUE, faults);
  current = posture_library_dup_current (library, "small");
  g_assert_true (current == found); /* the one that was there is kept */
  ids = posture_library_dup_ids (library);
  g_assert_cmpuint (g_strv_length (ids), ==, 1);
  g_assert_cmpstr (ids[0], ==, "small");
  g_assert_null (posture_library_dup_current (library, "other"));
  g_assert_null (posture_library_dup_by_digest (library, NULL));
  posture_library_unref (library);
}

/* What is no questionnaire is not kept. */
static void
test_faults (void)
{
  g_autoptr (PostureLibrary) library = posture_library_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureFaults) others = posture_faults_new ();
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  g_auto (GStrv) ids = NULL;

  g_assert_null (posture_library_add (library, bytes, "n", TRUE, faults));
  g_assert_false (posture_library_add_words (library, questionnaire, bytes, "n", others));
  ids = posture_library_dup_ids (library);
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
}

/* The best language that there is, English if none fits; other words take the place of older ones. */
static void
test_words (void)
{
  g_autoptr (PostureLibrary) library = user_library_new (1);
  g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_current (library, "small");
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  static const char *const german[] = { "de_DE", "de", "en", NULL };
  static const char *const french[] = { "fr", NULL };
  g_autoptr (GBytes) en = words_new ("en", "Small");
  g_autoptr (GBytes) de = words_new ("de", "Klein");
  g_autoptr (GBytes) de2 = words_new ("de", "Winzig");
  g_autoptr (GBytes) bytes = NULL;
  g_auto (GStrv) none = posture_library_dup_languages (library, digest);
  g_auto (GStrv) languages = NULL;
  g_autoptr (PostureWords) words = NULL;
  g_autoptr (PostureWords) other = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_null (posture_library_dup_words (library, digest, german));
  g_assert_null (posture_library_dup_words_bytes (library, digest, "de"));
  add_words (library, questionnaire, en);
  add_words (library, questionnaire, de);
  add_words (library, questionnaire, de2);
  languages = posture_library_dup_languages (library, digest);
  g_assert_cmpuint (g_strv_length (languages), ==, 2);
  g_assert_cmpstr (languages[0], ==, "de");
  words = posture_library_dup_words (library, digest, german);
  g_assert_cmpstr (posture_words_get_title (words), ==, "Winzig");
  other = posture_library_dup_words (library, digest, french);
  g_assert_cmpstr (posture_words_get_language (other), ==, "en");
  bytes = posture_library_dup_words_bytes (library, digest, "de");
  g_assert_true (bytes == de2);
  g_assert_null (posture_library_dup_words (library, "0123", german));
}

/* The words of a version that was used are kept in the store with it. */
static void
test_words_are_kept (UserFixture  *self,
                     gconstpointer data)
{
  g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_current (self->library, "small");
  g_autofree char *digest = g_strdup (posture_questionnaire_get_digest (questionnaire));
  g_autoptr (GBytes) en = words_new ("en", "Small");
  g_autoptr (GBytes) de = words_new ("de", "Klein");
  static const char *const german[] = { "de", NULL };
  g_autoptr (PostureWords) words = NULL;
  g_autofree char *id = NULL;

  add_words (self->library, questionnaire, en);
  add_words (self->library, questionnaire, de);
  id = user_create (self, "Main office");
  user_fixture_close (self);
  user_fixture_set_library (self, 2);
  user_fixture_open (self);
  words = posture_library_dup_words (self->library, digest, german);
  g_assert_cmpstr (posture_words_get_title (words), ==, "Klein");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/versions", test_versions);
  g_test_add_func ("/library/faults", test_faults);
  g_test_add_func ("/library/words", test_words);
  g_test_add ("/library/words-are-kept", UserFixture, NULL, user_fixture_set_up, test_words_are_kept,
              user_fixture_tear_down);
  return g_test_run ();
}
