/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-output.h"

#include <glib/gi18n.h>

#define MAX_LETTERS 10

/* The engine's version, which only the engine itself knows. */
static const char version_sql[] = "SELECT sqlite_version()";

/* What the doctor finds. */
typedef struct
{
  char *engine;
  char **faults;
  PostureBusFigures figures;
  GPtrArray *letters; /* (element-type PostureDeadLetter), some of them */
  gboolean unclean;
  gboolean elsewhere; /* whether another process delivers the events */
  guint64 size;
} Findings;

static void
findings_clear (Findings *findings)
{
  g_clear_pointer (&findings->engine, g_free);
  g_clear_pointer (&findings->faults, g_strfreev);
  g_clear_pointer (&findings->letters, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Findings, findings_clear)

static gboolean
version_func (PostureTransaction *transaction,
              gpointer            data,
              GError            **error)
{
  char **ret_version = data;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, version_sql,
                                                                NULL);

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  *ret_version = g_strdup (posture_statement_get_text (row, 0));
  return TRUE;
}

typedef struct
{
  gboolean done;
  char **faults;
  GError *error;
} Check;

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Check *check = data;

  check->faults = posture_store_check_finish (POSTURE_STORE (source), result, &check->error);
  check->done = TRUE;
}

static gboolean
look (Ctl      *ctl,
      Findings *findings,
      GError  **error)
{
  PostureStore *store = posture_platform_get_store (ctl->platform);
  PostureBus *bus = posture_platform_get_bus (ctl->platform);
  Check check = { FALSE };

  if (!posture_store_read (store, version_func, &findings->engine, /* cancellable = */ NULL, error))
    return FALSE;
  posture_store_check_async (store, /* full = */ TRUE, /* cancellable = */ NULL, checked_cb,
                             &check);
  while (!check.done)
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  findings->faults = check.faults;
  if (check.error != NULL)
    {
      g_propagate_error (error, check.error);
      return FALSE;
    }
  findings->letters = posture_bus_list_dead_letters (bus, 0, MAX_LETTERS, error);
  findings->unclean = posture_store_was_unclean (store);
  findings->elsewhere = !posture_platform_is_dispatching (ctl->platform);
  findings->size = posture_store_get_size (store);
  return findings->letters != NULL && posture_bus_get_figures (bus, &findings->figures, error);
}

static char *
glib_version_text (void)
{
  return g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
}

static void
write_findings (PostureJsonWriter *writer,
                const char        *folder,
                const char        *file,
                const Findings    *findings,
                gboolean           fine)
{
  g_autofree char *glib = glib_version_text ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "fine");
  posture_json_writer_boolean (writer, fine);
  posture_json_writer_member_string (writer, "version", POSTURE_VERSION);
  posture_json_writer_member_string (writer, "glib", glib);
  posture_json_writer_member_string (writer, "sqlite", findings->engine);
  posture_json_writer_member_string (writer, "folder", folder);
  posture_json_writer_member_string (writer, "file", file);
  posture_json_writer_member_int (writer, "size", (gint64) findings->size);
  posture_json_writer_key (writer, "unclean_stop");
  posture_json_writer_boolean (writer, findings->unclean);
  posture_json_writer_key (writer, "dispatched_elsewhere");
  posture_json_writer_boolean (writer, findings->elsewhere);
  posture_json_writer_member_int (writer, "events", findings->figures.events);
  posture_json_writer_member_int (writer, "pending", findings->figures.pending);
  posture_json_writer_member_int (writer, "retrying", findings->figures.retrying);
  posture_json_writer_member_int (writer, "dead_letters", findings->figures.dead);
  posture_json_writer_member_int (writer, "put", findings->figures.put);
  posture_json_writer_member_int (writer, "matched", findings->figures.matched);
  posture_json_writer_member_int (writer, "delivered", findings->figures.delivered);
  posture_json_writer_member_int (writer, "retried", findings->figures.retried);
  posture_json_writer_member_int (writer, "oldest_pending", findings->figures.oldest_pending);
  posture_json_writer_key (writer, "integrity");
  posture_json_writer_begin_array (writer);
  for (guint i = 0; findings->faults[i] != NULL; i++)
    posture_json_writer_string (writer, findings->faults[i]);
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
  ctl_print_json (writer);
}

static void
print_line (const char *label,
            const char *text)
{
  g_autofree char *first = g_strdup_printf ("%s: ", label);

  ctl_print_wrapped (first, 2, text);
}

static void
print_places (const char *folder,
              const char *file)
{
  g_autofree char *glib = glib_version_text ();

  print_line (_("Posture"), POSTURE_VERSION);
  print_line (_("GLib"), glib);
  print_line (_("Data folder"), folder);
  print_line (_("Data file"), file);
}

static void
print_letters (const Findings *findings)
{
  for (guint i = 0; i < findings->letters->len; i++)
    {
      const PostureDeadLetter *letter = g_ptr_array_index (findings->letters, i);
      g_autofree char *text = g_strdup_printf (_("event %s, rule %s, attempts: %u: %s"),
                                               posture_event_get_id (letter->event), letter->rule,
                                               letter->attempts, letter->reason);

      ctl_print_wrapped ("  ", 4, text);
    }
}

static void
print_findings (const Findings *findings)
{
  const PostureBusFigures *figures = &findings->figures;
  g_autofree char *size = g_format_size (findings->size);
  g_autofree char *events = g_strdup_printf (
      _("%u in the journal, %u pending, %u of them retrying, %u "
        "given up"),
      (guint) figures->events, (guint) figures->pending, (guint) figures->retrying,
      (guint) figures->dead);

  print_line (_("SQLite"), findings->engine);
  print_line (_("Size"), size);
  print_line (_("Last stop"), findings->unclean
                                   ? _("unclean; what was acknowledged is there all the same")
                                   : _("in order"));
  print_line (_("Events"), events);
  print_letters (findings);
  print_line (_("Delivered by"), findings->elsewhere
                                      ? _("another process that has this profile open")
                                      : _("this process"));
  print_line (_("Integrity"), findings->faults[0] == NULL ? _("no damage found") : _("damaged:"));
  for (guint i = 0; findings->faults[i] != NULL; i++)
    ctl_print_wrapped ("  ", 4, findings->faults[i]);
}

/**
 * ctl_doctor:
 * @ctl: the run
 *
 * `posturectl doctor`: tells how the profile is.
 *
 * Returns: what to end with; %CTL_FAILED if something is wrong
 */
CtlStatus
ctl_doctor (Ctl *ctl)
{
  g_autofree char *folder = posture_platform_dup_data_folder ();
  g_autofree char *file = g_build_filename (folder, "posture.db", NULL);
  g_autofree char *shown_folder = g_filename_display_name (folder);
  g_autofree char *shown_file = g_filename_display_name (file);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GError) error = NULL;
  g_auto (Findings) findings = { NULL };
  gboolean fine;
  CtlStatus status;

  if (!ctl->json)
    print_places (shown_folder, shown_file);
  status = ctl_open (ctl);
  if (status != CTL_OK)
    return status;
  if (!look (ctl, &findings, &error))
    return ctl_fail (error);
  fine = findings.faults[0] == NULL && findings.figures.dead == 0;
  if (ctl->json)
    write_findings (writer, shown_folder, shown_file, &findings, fine);
  else
    print_findings (&findings);
  if (findings.faults[0] != NULL)
    return ctl_error (CTL_FAILED,
                      _("The data file is damaged. Copy the folder %s to a safe place before "
                        "anything else, then restore a copy that was made earlier."),
                      shown_folder);
  if (!fine)
    return ctl_error (CTL_FAILED,
                      _("Some events were given up; their reports are missing. Submit the "
                        "assessment again with a changed answer."));
  return CTL_OK;
}
