/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-output.h"

#include "store/store-error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80
#define MIN_WIDTH 40
#define MAX_WIDTH 100 /* longer lines are hard to read */

/* Where words for people go: stdout, unless that is kept for JSON while questions are asked. */
static gboolean people_on_stderr;

/* What stdout is to get. It waits in memory: a pager that nobody turns must not keep the program
 * from closing the profile, or from delivering its events. */
static FILE *waiting;
static char *waiting_text;
static size_t waiting_length;

static FILE *
out (void)
{
  if (waiting == NULL)
    waiting = open_memstream (&waiting_text, &waiting_length);
  return waiting;
}

static FILE *
people (void)
{
  return people_on_stderr ? stderr : out ();
}

static gboolean
is_people_terminal (void)
{
  return isatty (people_on_stderr ? STDERR_FILENO : STDOUT_FILENO);
}

static void
flush_waiting (void)
{
  if (waiting != NULL)
    {
      fclose (waiting);
      fwrite (waiting_text, 1, waiting_length, stdout);
      free (waiting_text);
      waiting = NULL;
    }
  fflush (stdout);
}

/* On a terminal what came before a complaint stands before it. */
static void
flush_before_error (void)
{
  if (isatty (STDOUT_FILENO))
    flush_waiting ();
}

/**
 * ctl_output_use_stderr:
 *
 * Sends words for people to stderr from now on, so that stdout holds JSON only.
 */
void
ctl_output_use_stderr (void)
{
  people_on_stderr = TRUE;
}

/**
 * ctl_output_finish:
 * @status: how the command ended
 *
 * Writes out what waits. A command whose output is lost has failed. The
 * profile should be closed by then: whoever reads may take their time.
 *
 * Returns: @status, or %CTL_FAILED if the output could not be written
 */
CtlStatus
ctl_output_finish (CtlStatus status)
{
  flush_waiting ();
  if (ferror (stdout) && status == CTL_OK)
    return ctl_error (CTL_FAILED, _("The output could not be written: %s."), g_strerror (errno));
  return status;
}

/* What could steer a terminal or turn the order of the letters. */
static gboolean
is_harmful (gunichar letter)
{
  return g_unichar_iscntrl (letter) || (letter >= 0x202A && letter <= 0x202E) ||
         (letter >= 0x2066 && letter <= 0x2069);
}

/**
 * ctl_harmless:
 * @text: (nullable): what a person or a file says
 *
 * Returns: (transfer full): the same in one line, as UTF-8, with nothing in it
 *   that a terminal would obey
 */
char *
ctl_harmless (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter == '\n' || letter == '\t' || letter == '\r' || letter == 0x2028
          || letter == 0x2029)
        letter = ' ';
      else if (is_harmful (letter))
        letter = 0xFFFD;
      g_string_append_unichar (out, letter);
    }
  return g_string_free (out, FALSE);
}

/**
 * ctl_decimal:
 * @units: a number in units of %POSTURE_DECIMAL_ONE
 *
 * Returns: (transfer full): the exact number, without zeros at its end
 */
char *
ctl_decimal (gint64 units)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_decimal (writer, units, POSTURE_DECIMAL_PLACES);
  return posture_json_writer_finish_text (writer);
}

/**
 * ctl_moment:
 * @time: milliseconds since 1970
 *
 * Returns: (transfer full): day and minute in the person's time zone
 */
char *
ctl_moment (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return here != NULL ? g_date_time_format (here, "%Y-%m-%d %H:%M") : g_strdup ("?");
}

static guint
get_width (void)
{
  struct winsize size = { 0 };

  if (is_people_terminal ()
      && ioctl (people_on_stderr ? STDERR_FILENO : STDOUT_FILENO, TIOCGWINSZ, &size) == 0
      && size.ws_col > 0)
    return CLAMP (size.ws_col, MIN_WIDTH, MAX_WIDTH);
  return DEFAULT_WIDTH;
}

/**
 * ctl_print:
 * @format: as for printf()
 * @...: what it asks for, made harmless by the caller
 *
 * Prints words for people.
 */
void
ctl_print (const char *format,
           ...)
{
  va_list arguments;

  va_start (arguments, format);
  vfprintf (people (), format, arguments);
  va_end (arguments);
}

/**
 * ctl_print_heading:
 * @text: a line
 *
 * Prints a line that stands out where the terminal can do that.
 */
void
ctl_print_heading (const char *text)
{
  const char *no_color = g_getenv ("NO_COLOR");
  const char *terminal = g_getenv ("TERM");
  gboolean bold = is_people_terminal () && (no_color == NULL || *no_color == '\0') &&
                  terminal != NULL && !g_str_equal (terminal, "dumb");
  g_autofree char *harmless = ctl_harmless (text);

  if (bold)
    ctl_print ("\033[1m");
  ctl_print_wrapped ("", 0, harmless);
  if (bold)
    ctl_print ("\033[0m");
}

static guint
measure (const char *text,
         gsize       length)
{
  guint columns = 0;

  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      columns += g_unichar_iszerowidth (letter) ? 0 : g_unichar_iswide (letter) ? 2 : 1;
    }
  return columns;
}

/**
 * ctl_print_wrapped:
 * @first: what the first line begins with
 * @indent: columns that the other lines begin with
 * @text: (nullable): what to say; it is made harmless
 *
 * Prints a paragraph as wide as the terminal, broken at spaces.
 */
void
ctl_print_wrapped (const char *first,
                   guint       indent,
                   const char *text)
{
  g_autofree char *harmless = ctl_harmless (text);
  g_auto (GStrv) words = g_strsplit (harmless, " ", -1);
  guint width = get_width ();
  guint column = measure (first, strlen (first));
  gboolean fresh = TRUE; /* whether the line has no word yet */

  fputs (first, people ());
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint columns = measure (words[i], strlen (words[i]));

      if (columns == 0)
        continue;
      if (!fresh && column + 1 + columns > width)
        {
          fprintf (people (), "\n%*s", (int) indent, "");
          column = indent;
          fresh = TRUE;
        }
      if (!fresh)
        fputc (' ', people ());
      fputs (words[i], people ());
      column += columns + (fresh ? 0 : 1);
      fresh = FALSE;
    }
  fputc ('\n', people ());
}

/**
 * ctl_print_json:
 * @writer: a writer with one whole value
 *
 * Prints the value as one line on stdout.
 */
void
ctl_print_json (PostureJsonWriter *writer)
{
  g_autoptr (GBytes) bytes = posture_json_writer_finish (writer);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  fwrite (text, 1, length, out ());
  fputc ('\n', out ());
}

/**
 * ctl_print_prompt:
 * @prompt: what to wait behind
 *
 * Prints a prompt and everything before it at once.
 */
void
ctl_print_prompt (const char *prompt)
{
  fputs (prompt, people ());
  if (people_on_stderr)
    fflush (stderr);
  else
    flush_waiting ();
}

/**
 * ctl_note:
 * @text: something to know that is no part of the output
 *
 * Says it on stderr.
 */
void
ctl_note (const char *text)
{
  fprintf (stderr, "%s\n", text);
}

/**
 * ctl_error:
 * @status: what to end with
 * @format: as for printf(): what went wrong, why, and what to do
 * @...: what it asks for
 *
 * Says on stderr what went wrong.
 *
 * Returns: @status
 */
CtlStatus
ctl_error (CtlStatus   status,
           const char *format,
           ...)
{
  g_autofree char *text = NULL;
  g_autofree char *harmless = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  harmless = ctl_harmless (text);
  flush_before_error ();
  fprintf (stderr, "posturectl: %s\n", harmless);
  return status;
}

/**
 * ctl_fail:
 * @error: what a module of core/ says
 *
 * Says it on stderr.
 *
 * Returns: the status that fits it
 */
CtlStatus
ctl_fail (const GError *error)
{
  CtlStatus status = CTL_FAILED;

  if (error->domain == POSTURE_STORE_ERROR)
    status = CTL_DATA;
  else if (g_error_matches (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND))
    status = CTL_NOT_FOUND;
  else if (error->domain == POSTURE_USER_ERROR || error->domain == POSTURE_MODEL_ERROR)
    status = CTL_FAULTS;
  return ctl_error (status, "%s", error->message);
}

/**
 * ctl_print_faults:
 * @faults: what is wrong with what was handed in
 *
 * Prints the faults on stderr, one a line, as `file: place: reason`.
 *
 * Returns: %CTL_FAULTS
 */
CtlStatus
ctl_print_faults (PostureFaults *faults)
{
  flush_before_error ();
  for (guint i = 0; i < posture_faults_get_length (faults); i++)
    {
      const PostureFault *fault = posture_faults_get (faults, i);
      g_autofree char *file = ctl_harmless (fault->file);
      g_autofree char *place = ctl_harmless (fault->place);
      g_autofree char *reason = ctl_harmless (fault->reason);

      fprintf (stderr, "%s: %s%s%s\n", file, place, *place != '\0' ? ": " : "", reason);
    }
  return CTL_FAULTS;
}
