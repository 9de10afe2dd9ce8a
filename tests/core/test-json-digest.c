/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "json/json-digest.h"

#include "json/json-writer.h"

#include <string.h>

static void
test_known (void)
{
  static const struct
  {
    const char *canonical;
    const char *digest;
  } known[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "{}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" },
    { "{\"a\":[1,2,{\"b\":null}],\"\xc3\xa4\":\"\xe2\x82\xac\"}",
      "d38839b7765144a6bcc5d3e33423442afc1ed456c6bd64d810cb15a430742838" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (known[i].canonical, strlen (known[i].canonical));
      g_autofree char *digest = posture_json_digest (bytes);

      g_assert_cmpstr (digest, ==, known[i].digest);
    }
}

/* The digest names the value and not its spelling. */
static void
test_names_the_value (void)
{
  static const char *const spellings[] = {
    "{\"a\":[1,2,{\"b\":null}],\"\xc3\xa4\":\"\xe2\x82\xac\"}",
    " {\n \"\\u00e4\": \"\\u20AC\", \"a\": [ 1.0, 0.2e1, { \"b\": null } ] } ",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr (PostureJsonDocument) document =
        posture_json_document_new_text (spellings[i], NULL);
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *digest = NULL;

      posture_json_writer_node (writer, posture_json_document_get_root (document));
      bytes = posture_json_writer_finish (writer);
      digest = posture_json_digest (bytes);
      g_assert_cmpstr (digest, ==,
                       "d38839b7765144a6bcc5d3e33423442afc1ed456c6bd64d810cb15a430742838");
    }
}

static void
test_programming_errors (void)
{
  g_test_expect_message ("posture-json", G_LOG_LEVEL_CRITICAL, "*canonical != NULL*");
  g_assert_null (posture_json_digest (NULL));
  g_test_assert_expected_messages ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-digest/known", test_known);
  g_test_add_func ("/json-digest/names-the-value", test_names_the_value);
  g_test_add_func ("/json-digest/programming-errors", test_programming_errors);
  return g_test_run ();
}
