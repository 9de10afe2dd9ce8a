/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "expected.h"
#include "model-fixture.h"

#include "export/export.h"
#include "json/json-document.h"
#include "rating/rating.h"
#include "store/failpoint.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define STRUCTURE \
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'references': {'cat': 'Catalogue'}," \
  " 'method': {'id': 'weighted', 'levels': [{'id': 'any', 'from': 0}]}," \
  " 'sections': [{'id': 'us'}, {'id': 'site', 'for_each': 'sites'}], 'questions': [" \
  "{'id': 'big', 'section': 'us', 'kind': 'yes-no', 'weight': 1, 'severity': 'low', 'effort': 'low'," \
  " 'references': ['cat:1.A', 'cat:x y']}," \
  "{'id': 'who', 'section': 'us', 'kind': 'text'}," \
  "{'id': 'sites', 'section': 'us', 'kind': 'instances', 'most': 3}," \
  "{'id': 'lock', 'section': 'site', 'kind': 'yes-no', 'weight': 2, 'severity': 'high'," \
  " 'effort': 'medium'}]}"

/* All at once: a formula, a turn of the text, markup, script, an attribute, Markdown, the end of a cell. */
#define EVIL \
  "=1+1\u202e<script>alert('x')</script>\"><img src=x onerror=y>]]>&amp;[a](b)\u2066\r\n=2,\"\u2028-3"

typedef struct
{
  PostureQuestionnaire *questionnaire;
  PostureWords *words;
  PostureAnswers *answers;
  PostureExport *export;
  char *folder;
  char *path;
} Fixture;

static const PostureExportFormat formats[] = {
  POSTURE_EXPORT_HTML, POSTURE_EXPORT_PDF, POSTURE_EXPORT_CSV, POSTURE_EXPORT_JSON,
  POSTURE_EXPORT_OSCAL,
};

static void
write_parts (PostureJsonWriter *writer,
             const char        *key,
             const char *const *parts,
             const char        *text)
{
  posture_json_writer_key (writer, key);
  posture_json_writer_begin_object (writer);
  for (guint i = 0; parts[i] != NULL; i++)
    posture_json_writer_member_string (writer, parts[i], text);
  posture_json_writer_end_object (writer);
}

/* Words that are all the same text, in a language. */
static PostureWords *
make_words (PostureQuestionnaire *questionnaire,
            const char           *language,
            const char           *text,
            PostureWords         *fallback)
{
  static const char *const titles[] = { "title", "summary", NULL };
  static const char *const rated[] = { "question", "why", "done", "next", NULL };
  static const char *const plain[] = { "question", NULL };
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *told = NULL;
  /* of a long text only one place has all, or the test would take minutes */
  g_autofree char *title = g_strndup (text, 2000);
  PostureWords *words;

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_int (writer, "format", 1);
  posture_json_writer_member_string (writer, "questionnaire", "q");
  posture_json_writer_member_string (writer, "language", language);
  posture_json_writer_member_string (writer, "version", "1");
  posture_json_writer_member_string (writer, "title", title);
  posture_json_writer_member_string (writer, "summary", text);
  posture_json_writer_key (writer, "levels");
  posture_json_writer_begin_object (writer);
  write_parts (writer, "any", titles, title);
  posture_json_writer_end_object (writer);
  posture_json_writer_key (writer, "sections");
  posture_json_writer_begin_object (writer);
  write_parts (writer, "us", titles, title);
  write_parts (writer, "site", titles, title);
  posture_json_writer_end_object (writer);
  posture_json_writer_key (writer, "questions");
  posture_json_writer_begin_object (writer);
  write_parts (writer, "big", rated, title);
  write_parts (writer, "who", plain, title);
  write_parts (writer, "sites", plain, title);
  write_parts (writer, "lock", rated, title);
  posture_json_writer_end_object (writer);
  posture_json_writer_end_object (writer);
  bytes = posture_json_writer_finish (writer);
  words = posture_words_new (questionnaire, bytes, NULL, fallback, faults);
  told = posture_faults_to_text (faults);
  g_assert_cmpstr (told, ==, "");
  return words;
}

static void
set_answer (Fixture    *self,
            const char *key,
            const char *value,
            const char *note)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = quoted (value);
  g_autofree char *text = NULL;

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "value");
  posture_json_writer_canonical (writer, json);
  if (note != NULL)
    posture_json_writer_member_string (writer, "note", note);
  if (g_str_equal (key, "sites"))
    {
      posture_json_writer_key (writer, "names");
      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "b", "Berlin =<b>");
      posture_json_writer_end_object (writer);
    }
  posture_json_writer_end_object (writer);
  text = posture_json_writer_finish_text (writer);
  answer = posture_answer_new_from_text (
    text, posture_questionnaire_find_answered (self->questionnaire, key), &error);
  g_assert_no_error (error);
  posture_answers_set (self->answers, key, answer);
}

/* An export with these words everywhere, also in notes and in the name. */
static void
make_export (Fixture      *self,
             PostureWords *words,
             const char   *text)
{
  const PostureRatingContext context = {
    .assessment = "01935b7e-0000-7000-8000-000000000001",
    .revision = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    .submitted = "2026-11-23T21:46:44.000Z",
  };
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = posture_rate (self->questionnaire, self->answers, &context, &error);
  g_assert_no_error (error);
  g_clear_pointer (&self->export, posture_export_unref);
  self->export = posture_export_new (report, self->questionnaire, words, self->answers, self->answers,
                                     text);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  const char *text = data != NULL ? data : "Words";
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *who = NULL;

  self->questionnaire = make_questionnaire (STRUCTURE);
  self->words = make_words (self->questionnaire, "en", text, NULL);
  self->answers = posture_answers_new ();
  set_answer (self, "big", "false", text);
  posture_json_writer_string (writer, text);
  who = posture_json_writer_finish_text (writer);
  {
    g_autofree char *value = g_strdup_printf ("{\"value\":%s}", who);
    g_autoptr (PostureAnswer) answer = posture_answer_new_from_text (
      value, posture_questionnaire_find_question (self->questionnaire, "who"), NULL);

    if (answer != NULL)
      posture_answers_set (self->answers, "who", answer);
  }
  set_answer (self, "sites", "['b', 'c']", NULL);
  set_answer (self, "lock@b", "false", text);
  make_export (self, self->words, text);
  self->folder = g_dir_make_tmp ("posture-export-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "report.html", NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_clear_pointer (&self->export, posture_export_unref);
  posture_answers_unref (self->answers);
  posture_words_unref (self->words);
  posture_questionnaire_unref (self->questionnaire);
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static char *
to_text (Fixture            *self,
         PostureExportFormat format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = posture_export_to_bytes (self->export, format, NULL, NULL, NULL, &error);
  gsize length;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);
  return g_strndup (data, length);
}

static void
assert_has (const char *text,
            const char *wanted)
{
  g_test_message ("looking for %s", wanted);
  g_assert_nonnull (strstr (text, wanted));
}

static void
assert_lacks (const char *text,
              const char *unwanted)
{
  g_test_message ("looking for %s", unwanted);
  g_assert_null (strstr (text, unwanted));
}

/* No mark that turns text is left. */
static void
assert_straight (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  assert_lacks (text, "\u202e");
  assert_lacks (text, "\u2066");
  assert_lacks (text, "\u2028");
}

static void
test_hostile_html (Fixture      *self,
                   gconstpointer data)
{
  g_autofree char *html = to_text (self, POSTURE_EXPORT_HTML);

  assert_straight (html);
  assert_lacks (html, "<script");
  assert_lacks (html, "<img");
  assert_lacks (html, "<b>");
  assert_has (html, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&gt;&lt;img");
  assert_has (html, "default-src 'none'");
  assert_has (html, "Berlin =&lt;b&gt;");
  assert_has (html, "id=\"answer-2dlock-40b\"");
}

/* A quoted cell that a spreadsheet takes for a formula. */
static void
test_hostile_csv (Fixture      *self,
                  gconstpointer data)
{
  g_autofree char *csv = to_text (self, POSTURE_EXPORT_CSV);
  gboolean inside = FALSE, begins = TRUE;
  guint n_cells = 1, n_rows = 0;

  assert_straight (csv);
  g_assert_true (g_str_has_prefix (csv, "\xef\xbb\xbf"));
  for (const char *c = csv + 3; *c != '\0'; c++)
    {
      if (begins && *c == '"')
        g_assert_null (strchr ("=+-@|%\t\r", c[1]));
      begins = FALSE;
      if (*c == '"')
        inside = !inside;
      else if (!inside && (*c == ',' || *c == '\n'))
        {
          begins = TRUE;
          n_cells += *c == ',';
          if (*c == '\n')
            {
              g_assert_cmpuint (n_cells, ==, 16);
              n_cells = 1;
              n_rows++;
            }
        }
    }
  g_assert_false (inside);
  /* the heads, three questions, one for each of two sites */
  g_assert_cmpuint (n_rows, ==, 6);
  assert_has (csv, "'=1+1<script>");
  assert_has (csv, "Berlin");
}

static void
test_hostile_json (Fixture      *self,
                   gconstpointer data)
{
  static const PostureExportFormat both[] = { POSTURE_EXPORT_JSON, POSTURE_EXPORT_OSCAL };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autofree char *text = to_text (self, both[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, &error);

      g_assert_no_error (error);
      g_assert_nonnull (document);
      assert_has (text, "Berlin");
      if (both[i] == POSTURE_EXPORT_JSON)
        continue;
      assert_straight (text);
      /* Markdown shows it as it was written */
      assert_has (text, "\\\\<script\\\\>");
      assert_has (text, "\\\\[a\\\\](b)");
    }
}

/* All of a PDF, and after it what is compressed in it: which parts that are is up to the version of cairo. */
static GString *
read_pdf (GBytes *bytes)
{
  static const char start[] = "\nstream\n";
  const char *pdf = g_bytes_get_data (bytes, NULL), *end = pdf + g_bytes_get_size (bytes);
  GString *all = g_string_new_len (pdf, end - pdf);

  while ((pdf = memmem (pdf, (gsize) (end - pdf), start, strlen (start))) != NULL)
    {
      g_autoptr (GZlibDecompressor) inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
      g_autoptr (GInputStream) packed = NULL;
      g_autoptr (GInputStream) plain = NULL;
      char part[4096];
      gssize length;

      pdf += strlen (start);
      packed = g_memory_input_stream_new_from_data (pdf, end - pdf, /* destroy = */ NULL);
      plain = g_converter_input_stream_new (packed, G_CONVERTER (inflater));
      while ((length = g_input_stream_read (plain, part, sizeof part, /* cancellable = */ NULL, /* error = */ NULL)) > 0)
        g_string_append_len (all, part, length);
    }
  return all;
}

static void
test_hostile_pdf (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = posture_export_to_bytes (self->export, POSTURE_EXPORT_PDF, NULL, NULL, NULL,
                                                      &error);
  g_autoptr (GString) pdf = NULL;

  g_assert_no_error (error);
  pdf = read_pdf (bytes);
  g_assert_true (g_str_has_prefix (pdf->str, "%PDF-"));
  g_assert_nonnull (memmem (pdf->str, pdf->len, "/MarkInfo", strlen ("/MarkInfo")));
  g_assert_nonnull (memmem (pdf->str, pdf->len, "/Outlines", strlen ("/Outlines")));
  /* the day of the report, and not that on which it is made */
  g_assert_nonnull (memmem (pdf->str, pdf->len, "20261123214644", strlen ("20261123214644")));
  g_assert_null (memmem (pdf->str, pdf->len, "/JavaScript", strlen ("/JavaScript")));
  g_assert_null (memmem (pdf->str, pdf->len, "/URI", strlen ("/URI")));
}

/* Many letters, with and without places to break a line. The sanitizers look at each step of laying
 * them out, which takes many times as long. */
#ifdef __SANITIZE_ADDRESS__
#define N_LETTERS 50000
#else
#define N_LETTERS 1000000
#endif

static void
test_long (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PostureWords) words = NULL;

  while (text->len < N_LETTERS)
    g_string_append (text, data);
  words = make_words (self->questionnaire, "en", text->str, NULL);
  make_export (self, words, text->str);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = posture_export_to_bytes (self->export, formats[i], NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (bytes);
    }
}

static void
test_same (Fixture      *self,
           gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) first = posture_export_to_bytes (self->export, formats[i], NULL, NULL, NULL, NULL);
      g_autoptr (GBytes) second = posture_export_to_bytes (self->export, formats[i], NULL, NULL, NULL, NULL);

      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_instances (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *html = to_text (self, POSTURE_EXPORT_HTML);
  g_autofree char *csv = to_text (self, POSTURE_EXPORT_CSV);

  /* with its name, and with its id where there is no name */
  assert_has (html, ">Words · Berlin");
  assert_has (html, ">Words · c<");
  assert_has (html, "Berlin =&lt;b&gt;\nc");
  assert_has (csv, "\"Words · Berlin =<b>\",\"lock@b\"");
}

/* Cuts out what depends on the fonts that are there, and on the version of the program. */
static char *
make_comparable (const char *text)
{
  g_autoptr (GRegex) charts = g_regex_new ("<svg.*?</svg>", G_REGEX_DOTALL, 0, NULL);
  g_autofree char *without = g_regex_replace_literal (charts, text, -1, 0, "<svg/>", 0, NULL);
  g_autoptr (GString) lines = g_string_new (without);

  g_string_replace (lines, "Posture " POSTURE_VERSION, "Posture VERSION", 0);
  g_string_replace (lines, "\"" POSTURE_VERSION "\"", "\"VERSION\"", 0);
  /* JSON is one line */
  g_string_replace (lines, ",\"", ",\n\"", 0);
  g_string_replace (lines, "{\"", "{\n\"", 0);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* Each form as a whole: of a report in which answers are missing, unknown, not applicable and have a note. */
static void
test_forms (Fixture      *self,
            gconstpointer data)
{
  static const PostureExportFormat texts[] = {
    POSTURE_EXPORT_HTML, POSTURE_EXPORT_CSV, POSTURE_EXPORT_JSON, POSTURE_EXPORT_OSCAL,
  };
  g_autoptr (PostureAnswer) unknown = posture_answer_new_from_text (
    "{\"unknown\":true}", posture_questionnaire_find_answered (self->questionnaire, "lock@c"), NULL);
  g_autoptr (PostureWords) german = make_words (self->questionnaire, "de", "Wort", self->words);

  g_assert_nonnull (unknown);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (texts); i++)
    {
      gboolean english = i < G_N_ELEMENTS (texts);
      PostureExportFormat format = texts[i % G_N_ELEMENTS (texts)];
      g_autofree char *name = g_strdup_printf ("report-%s-%s.txt", english ? "en" : "de",
                                               posture_export_format_to_string (format));
      g_autofree char *text = NULL;
      g_autofree char *comparable = NULL;

      if (!english)
        posture_answers_set (self->answers, "lock@c", unknown);
      make_export (self, english ? self->words : german, "Workshop");
      text = to_text (self, format);
      comparable = make_comparable (text);
      expected_compare (name, comparable);
    }
}

/* The program's own locale is C. */
static void
test_language (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (PostureWords) german = make_words (self->questionnaire, "de", "Wort", self->words);
  g_autoptr (PostureWords) other = make_words (self->questionnaire, "de-CH", "Wort", self->words);
  g_autofree char *html = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *swiss = NULL;

  make_export (self, german, "Name");
  html = to_text (self, POSTURE_EXPORT_HTML);
  csv = to_text (self, POSTURE_EXPORT_CSV);
  assert_has (html, "<html lang=\"de\"");
  assert_has (html, "Was zuerst zu tun ist");
  assert_has (html, "23. November 2026, 21:46 Uhr (UTC)");
  assert_lacks (html, "What to do");
  assert_has (csv, "\"Abschnitt\",\"Frage\"");
  make_export (self, other, "Name");
  swiss = to_text (self, POSTURE_EXPORT_HTML);
  assert_has (swiss, "Was zuerst zu tun ist");
}

static void
test_cancel_cb (double   done,
                gpointer data)
{
  if (done > 0.05)
    g_cancellable_cancel (data);
}

static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      g_assert_null (posture_export_to_bytes (self->export, formats[i], test_cancel_cb, cancellable,
                                              cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* How far it was told to be, and where to stop it. */
typedef struct
{
  GCancellable *cancellable;
  guint wait;
  guint n_steps;
  double done;
} Steps;

static void
step_cb (double   done,
         gpointer data)
{
  Steps *steps = data;

  g_assert_cmpfloat (done, >=, steps->done);
  g_assert_cmpfloat (done, <=, 1);
  steps->done = done;
  steps->n_steps++;
  if (steps->wait > 0 && --steps->wait == 0)
    g_cancellable_cancel (steps->cancellable);
}

/* What takes longest tells of building, laying out and drawing, and stops at the step at which it is told to. */
static void
test_steps (Fixture      *self,
            gconstpointer data)
{
  Steps whole = { 0 };
  g_autoptr (GBytes) bytes = posture_export_to_bytes (self->export, POSTURE_EXPORT_PDF, step_cb, &whole, NULL, NULL);

  g_assert_nonnull (bytes);
  g_assert_cmpfloat (whole.done, ==, 1);
  g_assert_cmpuint (whole.n_steps, >, 10);
  for (guint i = 1; i < whole.n_steps; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      Steps steps = { cancellable, i };

      g_assert_null (posture_export_to_bytes (self->export, POSTURE_EXPORT_PDF, step_cb, &steps, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (steps.n_steps, ==, i);
    }
}

static char *
read_path (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static gboolean
save (Fixture    *self,
      const char *path,
      GError    **error)
{
  return posture_export_save (self->export, POSTURE_EXPORT_HTML, path, /* cancellable = */ NULL, error);
}

static void
test_save (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *link = g_build_filename (self->folder, "link", NULL);
  g_autofree char *nowhere = g_build_filename (self->folder, "no", "where", NULL);
  GStatBuf info;

  g_assert_true (g_file_set_contents (self->path, "old", -1, NULL));
  g_assert_true (save (self, self->path, &error));
  g_assert_no_error (error);
  text = read_path (self->path);
  assert_has (text, "</html>");
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  /* through a link */
  g_assert_true (g_file_set_contents (self->path, "old", -1, NULL));
  g_assert_cmpint (symlink ("report.html", link), ==, 0);
  g_assert_true (save (self, link, NULL));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_free (text);
  text = read_path (self->path);
  assert_has (text, "</html>");
  g_unlink (link);
  /* where it cannot be */
  g_assert_false (save (self, nowhere, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (save (self, self->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_assert_cmpuint (count_files (self->folder), ==, 1);
}

/* The file is as before, and nothing lies beside it. */
static void
assert_untouched (Fixture *self)
{
  g_autofree char *text = read_path (self->path);

  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (count_files (self->folder), ==, 1);
}

static void
test_full (Fixture      *self,
           gconstpointer data)
{
  struct rlimit before, small;
  g_autoptr (GError) error = NULL;
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);
  gboolean saved;

  g_assert_true (g_file_set_contents (self->path, "old", -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 1000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  saved = save (self, self->path, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, handler);
  g_assert_false (saved);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  assert_untouched (self);
}

static void
test_failpoints (Fixture      *self,
                 gconstpointer data)
{
#if POSTURE_FAILPOINTS
  static const char *const points[] = { "export.write=full", "export.sync=error", "export.rename=error" };

  g_assert_true (g_file_set_contents (self->path, "old", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autoptr (GError) error = NULL;

      posture_failpoint_arm (points[i]);
      g_assert_false (save (self, self->path, &error));
      g_assert_nonnull (error);
      assert_untouched (self);
    }
  posture_failpoint_arm (NULL);
#else
  g_test_skip ("built without failpoints");
#endif
}

typedef struct
{
  GAsyncResult *result;
  GThread *thread;
  double done;
} Async;

static void
told_cb (double   done,
         gpointer data)
{
  Async *async = data;

  g_assert_true (g_thread_self () == async->thread);
  g_assert_cmpfloat (done, >=, async->done);
  async->done = done;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  ((Async *) data)->result = g_object_ref (result);
}

static gboolean
save_async (Fixture      *self,
            Async        *async,
            GCancellable *cancellable,
            GError      **error)
{
  gboolean saved;

  async->thread = g_thread_self ();
  async->done = 0;
  async->result = NULL;
  posture_export_save_async (self->export, POSTURE_EXPORT_PDF, self->path, cancellable, told_cb, async,
                             saved_cb, async);
  while (async->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  saved = posture_export_save_finish (async->result, error);
  g_clear_object (&async->result);
  return saved;
}

static void
test_async (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Async async;

  g_assert_true (save_async (self, &async, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (async.done, ==, 1);
  g_assert_true (g_file_set_contents (self->path, "old", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (save_async (self, &async, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_untouched (self);
}

static void
test_file_name (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *name = NULL;

  make_export (self, self->words, "../a/b:\n<c>");
  name = posture_export_dup_file_name (self->export, POSTURE_EXPORT_OSCAL);
  g_assert_cmpstr (name, ==, "-.-a-b- -c- 2026-11-23.oscal.json");
}

static void
test_formats (void)
{
  PostureExportFormat format = POSTURE_EXPORT_HTML;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_assert_true (posture_export_format_from_string (posture_export_format_to_string (formats[i]), &format));
      g_assert_cmpint (format, ==, formats[i]);
    }
  g_assert_false (posture_export_format_from_string ("doc", &format));
}

#define add(name, data, function) g_test_add ("/export/" name, Fixture, data, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/formats", test_formats);
  add ("hostile-html", EVIL, test_hostile_html);
  add ("hostile-csv", EVIL, test_hostile_csv);
  add ("hostile-json", EVIL, test_hostile_json);
  add ("hostile-pdf", EVIL, test_hostile_pdf);
  add ("long-words", "wordword", test_long);
  add ("long-texts", "word ", test_long);
  add ("same", EVIL, test_same);
  add ("instances", NULL, test_instances);
  add ("forms", NULL, test_forms);
  add ("language", NULL, test_language);
  add ("cancel", NULL, test_cancel);
  add ("steps", NULL, test_steps);
  add ("save", NULL, test_save);
  add ("full", NULL, test_full);
  add ("failpoints", NULL, test_failpoints);
  add ("async", NULL, test_async);
  add ("file-name", NULL, test_file_name);
  return g_test_run ();
}
