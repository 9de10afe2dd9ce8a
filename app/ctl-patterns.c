/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-output.h"

#include "pattern/finder.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LINE (16 * 1024 * 1024)

/* In a pattern a name may stand twice; what else a line holds does not matter. */
static const PostureJsonLimits limits = { MAX_LINE, 64, TRUE };

static PostureJsonDocument *
read_line (const char *text,
           gsize       length,
           GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);

  return posture_json_document_new (bytes, &limits, error);
}

static CtlStatus
refuse_line (const char *file,
             guint       line,
             const char *reason)
{
  return ctl_error (CTL_FAULTS, _("%s: line %u: %s"), file, line, reason);
}

static const char *
get_text (PostureJsonDocument *document,
          const char          *name)
{
  const PostureJsonNode *member =
    posture_json_node_get_member (posture_json_document_get_root (document), name);

  return member != NULL && posture_json_node_get_kind (member) == POSTURE_JSON_STRING
           ? posture_json_node_get_string (member)
           : NULL;
}

static const char *
judge (const char *event,
       const char *text)
{
  g_autoptr (PosturePattern) pattern = posture_pattern_new (text, strlen (text), /* error = */ NULL);
  gboolean matches = FALSE;

  if (pattern == NULL ||
      !posture_pattern_matches (pattern, event, strlen (event), &matches, /* error = */ NULL))
    return "error";
  return matches ? "match" : "no-match";
}

/* Lines may end as on any system. */
static gboolean
is_blank (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

static CtlStatus
check_line (const char *text,
            gsize       length,
            guint       number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureJsonDocument) document = read_line (text, length, &error);
  g_autofree char *name = NULL;

  if (document == NULL)
    return refuse_line (_("standard input"), number, error->message);
  if (posture_json_node_get_kind (posture_json_document_get_root (document)) != POSTURE_JSON_OBJECT ||
      get_text (document, "name") == NULL || get_text (document, "event") == NULL ||
      get_text (document, "pattern") == NULL)
    return refuse_line (_("standard input"), number,
                        _("an object with the texts “name”, “event” and “pattern” was expected"));
  name = ctl_harmless (get_text (document, "name"));
  ctl_print ("%s\t%s\n", name, judge (get_text (document, "event"), get_text (document, "pattern")));
  return CTL_OK;
}

/**
 * ctl_patterns_check:
 * @ctl: the run
 *
 * `posturectl patterns check`: compares each event on stdin with the pattern
 * beside it. A line that cannot be read is told, and the others are answered.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_patterns_check (Ctl *ctl)
{
  CtlStatus status = CTL_OK;
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  for (guint number = 1; (length = getline (&line, &size, stdin)) >= 0; number++)
    if (!is_blank (line, (gsize) length) && check_line (line, (gsize) length, number) != CTL_OK)
      status = CTL_FAULTS;
  if (ferror (stdin))
    status = ctl_error (CTL_FAULTS, "%s: %s", _("standard input"), g_strerror (errno));
  free (line);
  return status;
}

/* An event in memory. */
typedef struct
{
  const char *text;
  gsize length;
  guint line;
  PostureEventTrust trust;
} Event;

/* Rules and events, and how often each rule matched. */
typedef struct
{
  PostureMatcher *matcher;
  GPtrArray *names;    /* (element-type utf8) */
  char *text;          /* of the events */
  GArray *events;      /* (element-type Event) */
  guint64 *counts;     /* by the rule's number */
  double best;         /* the shortest pass, in seconds */
} Run;

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->matcher, posture_matcher_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_array_unref);
  g_free (self->text);
  g_free (self->counts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* What is done with each line that is not empty. */
typedef CtlStatus (*LineFunc) (Run        *run,
                               const char *file,
                               guint       number,
                               const char *text,
                               gsize       length);

static CtlStatus
for_each_line (Run        *run,
               const char *file,
               const char *text,
               gsize       length,
               LineFunc    func)
{
  CtlStatus status = CTL_OK;
  const char *end = text + length;

  for (guint number = 1; text < end && status == CTL_OK; number++)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));

      stop = stop != NULL ? stop : end;
      if (!is_blank (text, (gsize) (stop - text)))
        status = func (run, file, number, text, (gsize) (stop - text));
      text = stop + 1;
    }
  return status;
}

/* A rule's pattern, as JSON or as JSON text inside a string. */
static PosturePattern *
read_pattern (const PostureJsonNode *node,
              GError               **error)
{
  const char *text = posture_json_node_get_string (node);

  return posture_json_node_get_kind (node) == POSTURE_JSON_STRING
           ? posture_pattern_new (text, strlen (text), error)
           : posture_pattern_new_from_node (node, error);
}

/* Lines may have the same name; in the matcher each has a name of its own. */
static CtlStatus
add_rule (Run        *run,
          const char *file,
          guint       number,
          const char *text,
          gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureJsonDocument) document = read_line (text, length, &error);
  g_autoptr (PosturePattern) pattern = NULL;
  g_autofree char *unique = g_strdup_printf ("%u", number);
  const PostureJsonNode *node;

  if (document == NULL)
    return refuse_line (file, number, error->message);
  node = posture_json_node_get_kind (posture_json_document_get_root (document)) == POSTURE_JSON_OBJECT
           ? posture_json_node_get_member (posture_json_document_get_root (document), "pattern")
           : NULL;
  if (node == NULL || get_text (document, "name") == NULL)
    return refuse_line (file, number, _("an object with “name” and “pattern” was expected"));
  pattern = read_pattern (node, &error);
  if (pattern == NULL)
    return refuse_line (file, number, error->message);
  posture_matcher_add (run->matcher, unique, pattern);
  g_ptr_array_add (run->names, g_strdup (get_text (document, "name")));
  return CTL_OK;
}

static CtlStatus
add_event (Run        *run,
           const char *file,
           guint       number,
           const char *text,
           gsize       length)
{
  g_autoptr (GError) error = NULL;
  Event event = { text, length, number, POSTURE_EVENT_UNCHECKED };

  if (!posture_finder_check (text, length, &event.trust, &error))
    return refuse_line (file, number, error->message);
  g_array_append_val (run->events, event);
  return CTL_OK;
}

static CtlStatus
read_file (const char *path,
           char      **ret_text,
           gsize      *ret_length)
{
  g_autoptr (GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return ctl_error (CTL_FAULTS, _("%s: is not a regular file."), path);
  if (!g_file_get_contents (path, ret_text, ret_length, &error))
    return ctl_error (CTL_FAULTS, "%s", error->message);
  return CTL_OK;
}

static CtlStatus
load (Run *run,
      Ctl *ctl)
{
  g_autofree char *rules = NULL;
  gsize length;
  CtlStatus status = read_file (ctl->rules, &rules, &length);

  if (status == CTL_OK)
    status = for_each_line (run, ctl->rules, rules, length, add_rule);
  if (status == CTL_OK)
    status = read_file (ctl->events, &run->text, &length);
  if (status == CTL_OK)
    status = for_each_line (run, ctl->events, run->text, length, add_event);
  return status;
}

/* Matches all events once; the first pass counts. An event that cannot be decided for some rule, with
 * names that stand twice, is told and counts for the others. */
static CtlStatus
run_pass (Run           *run,
          PostureFinder *finder,
          const char    *file,
          gboolean       first)
{
  CtlStatus status = CTL_OK;
  gint64 start = g_get_monotonic_time ();
  double seconds;

  for (guint i = 0; i < run->events->len; i++)
    {
      const Event *event = &g_array_index (run->events, Event, i);
      g_autoptr (GError) error = NULL;

      if (!posture_finder_find (finder, event->text, event->length, event->trust, &error) && first)
        status = refuse_line (file, event->line, error->message);
      for (guint k = 0; first && k < posture_finder_get_length (finder); k++)
        run->counts[posture_finder_get_number (finder, k)]++;
    }
  seconds = (double) MAX (g_get_monotonic_time () - start, 1) / G_USEC_PER_SEC;
  run->best = first ? seconds : MIN (run->best, seconds);
  return status;
}

static void
print_run (Run *run)
{
  g_autoptr (PostureJsonWriter) summary = posture_json_writer_new ();

  for (guint i = 0; i < run->names->len; i++)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "name", g_ptr_array_index (run->names, i));
      posture_json_writer_member_int (writer, "count", (gint64) run->counts[i]);
      posture_json_writer_end_object (writer);
      ctl_print_json (writer);
    }
  posture_json_writer_begin_object (summary);
  posture_json_writer_member_int (summary, "events", run->events->len);
  posture_json_writer_key (summary, "seconds");
  posture_json_writer_double (summary, run->best);
  posture_json_writer_key (summary, "events_per_second");
  posture_json_writer_double (summary, run->events->len / run->best);
  posture_json_writer_end_object (summary);
  ctl_print_json (summary);
}

/**
 * ctl_patterns_match:
 * @ctl: the run
 *
 * `posturectl patterns match`: counts the events of a file that each rule of
 * another one matches, and takes the time.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_patterns_match (Ctl *ctl)
{
  g_auto (Run) run = {
    .matcher = posture_matcher_new (),
    .names = g_ptr_array_new_with_free_func (g_free),
    .events = g_array_new (FALSE, FALSE, sizeof (Event)),
  };
  g_autoptr (PostureFinder) finder = NULL;
  CtlStatus status = load (&run, ctl);

  if (status != CTL_OK)
    return status;
  finder = posture_finder_new (run.matcher);
  run.counts = g_new0 (guint64, run.names->len);
  for (int pass = 0; pass < ctl->passes; pass++)
    if (run_pass (&run, finder, ctl->events, pass == 0) != CTL_OK)
      status = CTL_FAULTS;
  print_run (&run);
  g_clear_pointer (&finder, posture_finder_free);
  return status;
}
