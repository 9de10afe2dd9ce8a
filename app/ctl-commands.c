/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-commands.h"

#include "app/ctl-output.h"

#include <glib/gi18n.h>

#define NAME_WIDTH 33

static const CtlCommand commands[] = {
  { "assess", NULL, "ID|FILE.json", 1, 1, CTL_OPTION_ANSWERS | CTL_OPTION_SUBJECT, 0,
    N_("Answer a questionnaire and get a report; without a file it asks you"), ctl_assess },
  { "rate", NULL, "ID|FILE.json", 1, 1, CTL_OPTION_ANSWERS, CTL_OPTION_ANSWERS,
    N_("Rate an answers file and store nothing"), ctl_rate },
  { "what-if", NULL, "ASSESSMENT", 1, 1, CTL_OPTION_SET, CTL_OPTION_SET,
    N_("Tell what the score would be with other answers; nothing is stored"), ctl_what_if },
  { "questionnaires", "list", "", 0, 0, 0, 0, N_("List the questionnaires"),
    ctl_questionnaires_list },
  { "questionnaires", "show", "ID|FILE.json", 1, 1, 0, 0, N_("Show a questionnaire with its questions"),
    ctl_questionnaires_show },
  { "questionnaires", "check", "FILE…", 1, G_MAXUINT, 0, 0,
    N_("Check questionnaire files and the words beside them"), ctl_questionnaires_check },
  { "questionnaires", "visible", "ID|FILE.json", 1, 1, CTL_OPTION_ANSWERS, CTL_OPTION_ANSWERS,
    N_("Tell which questions are asked, given an answers file"), ctl_questionnaires_visible },
  { "questionnaires", "add", "FILE…", 1, G_MAXUINT, CTL_OPTION_REPLACE, 0,
    N_("Put questionnaires of your own, with their words, beside those that Posture brings"),
    ctl_questionnaires_add },
  { "assessments", "list", "", 0, 0, CTL_OPTION_ARCHIVED, 0,
    N_("List the assessments, newest first"), ctl_assessments_list },
  { "assessments", "show", "ID", 1, 1, 0, 0, N_("Show an assessment with its answers"),
    ctl_assessments_show },
  { "assessments", "rename", "ID NAME", 2, 2, 0, 0, N_("Give an assessment another name"),
    ctl_assessments_rename },
  { "assessments", "duplicate", "ID [NAME]", 1, 2, 0, 0,
    N_("Begin a new assessment with the same answers"), ctl_assessments_duplicate },
  { "assessments", "archive", "ID", 1, 1, CTL_OPTION_UNDO, 0,
    N_("Put an assessment away, or take it out again"), ctl_assessments_archive },
  { "assessments", "delete", "ID", 1, 1, 0, 0,
    N_("Delete an assessment with its answers and reports"), ctl_assessments_delete },
  { "assessments", "submit", "ID", 1, 1, 0, 0,
    N_("Submit the answers as they are and get a report"), ctl_assessments_submit },
  { "assessments", "proposals", "ID", 1, 1, 0, 0,
    N_("List what other assessments answer about the same controls"), ctl_assessments_proposals },
  { "assessments", "due", "[ID]", 0, 1, 0, 0,
    N_("List the answers that are to be looked at again"), ctl_assessments_due },
  { "assessments", "confirm", "ID [KEY…]", 1, G_MAXUINT, 0, 0,
    N_("Say that answers still hold: those of KEYs, or all that are due"), ctl_assessments_confirm },
  { "reports", "list", "", 0, 0, CTL_OPTION_ASSESSMENT, 0, N_("List the reports, newest first"),
    ctl_reports_list },
  { "reports", "show", "ID", 1, 1, 0, 0, N_("Show a report with all its findings"),
    ctl_reports_show },
  { "reports", "compare", "ID [OTHER]", 1, 2, 0, 0,
    N_("Tell what changed since the report before, or since OTHER"), ctl_reports_compare },
  { "reports", "export", "ID", 1, 1, CTL_OPTION_FORMAT | CTL_OPTION_OUTPUT,
    CTL_OPTION_FORMAT | CTL_OPTION_OUTPUT,
    N_("Write a report to a file, to be read without Posture"), ctl_reports_export },
  { "reports", "explain", "ID", 1, 1, 0, 0,
    N_("Tell where every point comes from, down to the answers"), ctl_reports_explain },
  { "reports", "next-level", "ID", 1, 1, CTL_OPTION_GOAL, 0,
    N_("Tell the cheapest way to the next level"), ctl_reports_next_level },
  { "reports", "verify", "[ID]", 0, 1, CTL_OPTION_FILE, 0,
    N_("Rate the answers of reports again and compare, byte for byte"), ctl_reports_verify },
  { "reports", "bundle", "ID", 1, 1, CTL_OPTION_OUTPUT, CTL_OPTION_OUTPUT,
    N_("Write a report with all it is made of to a file that anyone can verify"),
    ctl_reports_bundle },
  { "reports", "delete", "ID", 1, 1, 0, 0, N_("Delete a report"), ctl_reports_delete },
  { "events", "list", "", 0, 0, CTL_OPTION_LIMIT, 0,
    N_("List the newest events, oldest of them first"), ctl_events_list },
  { "events", "put", "FILE", 1, 1, 0, 0, N_("Put the events of a JSON file; “-” is standard input"),
    ctl_events_put },
  { "events", "show", "ID", 1, 1, 0, 0, N_("Show an event"), ctl_events_show },
  { "events", "follow", "", 0, 0, 0, 0,
    N_("Print every new event as a line of JSON until stopped"), ctl_events_follow },
  { "patterns", "check", "", 0, 0, 0, 0,
    N_("Compare events with patterns, each pair a line of JSON on standard input"),
    ctl_patterns_check },
  { "patterns", "match", "", 0, 0, CTL_OPTION_RULES | CTL_OPTION_EVENTS | CTL_OPTION_PASSES,
    CTL_OPTION_RULES | CTL_OPTION_EVENTS,
    N_("Count the events of a file that each rule of another one matches"), ctl_patterns_match },
  { "rules", "list", "", 0, 0, 0, 0, N_("List the rules that bring events to targets"), ctl_rules_list },
  { "rules", "show", "NAME", 1, 1, 0, 0, N_("Show a rule"), ctl_rules_show },
  { "rules", "put", "NAME TARGET…", 2, 6, CTL_OPTION_PATTERN | CTL_OPTION_SCHEDULE, 0,
    N_("Add a rule or change it: by --pattern or --schedule, for 1 to 5 targets"), ctl_rules_put },
  { "rules", "remove", "NAME", 1, 1, 0, 0, N_("Remove a rule"), ctl_rules_remove },
  { "rules", "enable", "NAME", 1, 1, 0, 0, N_("Let a rule match again"), ctl_rules_enable },
  { "rules", "disable", "NAME", 1, 1, 0, 0, N_("Let a rule match nothing"), ctl_rules_disable },
  { "rules", "pause", "NAME", 1, 1, 0, 0, N_("Keep what a rule matches until it is resumed"),
    ctl_rules_pause },
  { "rules", "resume", "NAME", 1, 1, 0, 0, N_("Deliver again, beginning with what was kept"),
    ctl_rules_enable },
  { "rules", "test", "NAME FILE", 2, 2, 0, 0, N_("Tell whether the event of a JSON file matches a rule"),
    ctl_rules_test },
  { "targets", "list", "", 0, 0, 0, 0, N_("List the webhooks and files that were set up"), ctl_targets_list },
  { "targets", "put", "NAME FILE [SECRET]", 2, 3, 0, 0,
    N_("Set up a webhook or a file by a JSON file; the secret comes from another file"), ctl_targets_put },
  { "targets", "remove", "NAME", 1, 1, 0, 0, N_("Forget a webhook or a file"), ctl_targets_remove },
  { "dead-letters", "list", "", 0, 0, CTL_OPTION_LIMIT, 0, N_("List what could not be delivered"),
    ctl_dead_letters_list },
  { "dead-letters", "show", "NUMBER", 1, 1, 0, 0, N_("Show what could not be delivered, and why"),
    ctl_dead_letters_show },
  { "dead-letters", "retry", "[NUMBER]", 0, 1, 0, 0, N_("Deliver one of them again, or all"),
    ctl_dead_letters_retry },
  { "dead-letters", "purge", "[NUMBER]", 0, 1, 0, 0, N_("Delete one of them, or all"),
    ctl_dead_letters_purge },
  { "archive", "show", "", 0, 0, 0, 0, N_("Tell which events are kept to be replayed, and how many there are"),
    ctl_archive_show },
  { "archive", "set", "all|matching|off", 1, 1, CTL_OPTION_PATTERN | CTL_OPTION_MAX_AGE | CTL_OPTION_MAX_SIZE, 0,
    N_("Say which events are kept, and how long"), ctl_archive_set },
  { "replay", "list", "", 0, 0, 0, 0, N_("List the replays and how far they are"), ctl_replay_list },
  { "replay", "start", "NAME [RULE…]", 1, 64, CTL_OPTION_FROM | CTL_OPTION_UNTIL, 0,
    N_("Deliver events of the archive once more, for RULEs or for all"), ctl_replay_start },
  { "replay", "cancel", "NAME", 1, 1, 0, 0, N_("End a replay; what has not arrived does not"), ctl_replay_cancel },
  { "plan", "list", "[ASSESSMENT]", 0, 1, 0, 0, N_("List what is planned for findings"),
    ctl_plan_list },
  { "plan", "set", "ASSESSMENT KEY", 2, 2, CTL_OPTION_OWNER | CTL_OPTION_DUE | CTL_OPTION_UNDO, 0,
    N_("Say who puts a finding right, and until when"), ctl_plan_set },
  { "plan", "done", "ASSESSMENT KEY", 2, 2, CTL_OPTION_ANSWER, 0,
    N_("Say that a finding is put right"), ctl_plan_done },
  { "backup", "create", "FILE", 1, 1, CTL_OPTION_PASSPHRASE, 0,
    N_("Write everything to one file"), ctl_backup_create },
  { "backup", "check", "FILE", 1, 1, CTL_OPTION_PASSPHRASE, 0,
    N_("Tell whether a backup is whole"), ctl_backup_check },
  { "backup", "restore", "FILE", 1, 1, CTL_OPTION_PASSPHRASE, 0,
    N_("Put a backup in the place of all data"), ctl_backup_restore },
  { "doctor", NULL, "", 0, 0, 0, 0, N_("Tell how the program and its data are, with a full check"),
    ctl_doctor },
};

/* In the order of the bits of CtlOptions. */
static const struct
{
  const char *name;
  const char *value;
  const char *summary;
} options[] = {
  { "--answers", "FILE", N_("read the answers from FILE; “-” is standard input") },
  { "--subject", "NAME", N_("what is assessed; the name of the assessment") },
  { "--archived", NULL, N_("those that were put away, instead of the others") },
  { "--undo", NULL, N_("take it out again") },
  { "--assessment", "ID", N_("only the reports of this assessment") },
  { "--limit", "N", N_("at most N events, 50 if not given") },
  { "--set", "KEY=VALUE", N_("take the question KEY as answered with VALUE; can be repeated") },
  { "--format", "F", N_("the form of the file: html, pdf, csv, json or oscal") },
  { "-o, --output", "FILE", N_("the file to write; one of that name is replaced") },
  { "--rules", "FILE", N_("the rules, each a line of JSON with “name” and “pattern”") },
  { "--events", "FILE", N_("the events, each a line of JSON") },
  { "--passes", "N", N_("match N times and tell the time of the fastest, 1 if not given") },
  { "--pattern", "FILE", N_("the event pattern, JSON in FILE; “-” is standard input") },
  { "--schedule", "WHEN", N_("when the rule runs, in UTC: “rate(1 hour)”, “cron(0 8 ? * MON-FRI *)”") },
  { "--goal", "N", N_("the score to reach, instead of the next level") },
  { "--file", "FILE", N_("verify what “reports bundle” wrote to FILE, without a profile") },
  { "--passphrase-file", "FILE", N_("the first line of FILE is the passphrase; “-” is standard input") },
  { "--owner", "NAME", N_("who puts it right; “-” for nobody") },
  { "--due", "DAY", N_("until when, such as 2026-12-24; “-” for no day") },
  { "--answer", NULL, N_("also answer that it is in place") },
  { "--from", "TIME", N_("only events put from then on, such as 2026-12-24 or 2026-12-24T08:00:00Z") },
  { "--until", "TIME", N_("only events put before then") },
  { "--max-age", "DAYS", N_("how long they stay; 0 is for ever") },
  { "--max-size", "MIB", N_("how much there can be, beyond which the oldest go; 0 empties the archive") },
  { "--replace", NULL, N_("also put an older version, or another of the same version, in the place of the "
                          "stored one") },
};

static const struct
{
  const char *name;
  const char *summary;
} common_options[] = {
  { "--json", N_("print JSON for programs") },
  { "--language L", N_("the language of questionnaires, such as de") },
  { "--help", N_("show this help") },
  { "--version", N_("show the version") },
};

/**
 * ctl_find_command:
 * @words: (array zero-terminated=1): a command line without its options
 * @ret_length: (out): how many of them name the command
 *
 * Returns: (transfer none) (nullable): the command that they begin with
 */
const CtlCommand *
ctl_find_command (char **words,
                  guint *ret_length)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands) && words[0] != NULL; i++)
    if (g_str_equal (commands[i].group, words[0]) &&
        (commands[i].name == NULL || g_strcmp0 (commands[i].name, words[1]) == 0))
      {
        *ret_length = commands[i].name == NULL ? 1 : 2;
        return &commands[i];
      }
  return NULL;
}

/**
 * ctl_is_group:
 * @word: a word
 *
 * Returns: whether a command begins with it
 */
gboolean
ctl_is_group (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].group, word))
      return TRUE;
  return FALSE;
}

/**
 * ctl_option_name:
 * @option: one option
 *
 * Returns: (transfer none): how it is written
 */
const char *
ctl_option_name (CtlOptions option)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (option == 1u << i)
      return options[i].name;
  return "?";
}

static void
print_entry (const char *name,
             const char *summary)
{
  int padding = MAX (NAME_WIDTH - (int) g_utf8_strlen (name, -1), 0);
  g_autofree char *first = g_strdup_printf ("  %s%*s ", name, padding, "");

  ctl_print_wrapped (first, NAME_WIDTH + 3, summary);
}

static void
print_command (const CtlCommand *command)
{
  g_autofree char *name = g_strjoin (" ", command->group,
                                     command->name != NULL ? command->name : command->operands,
                                     command->name != NULL ? command->operands : NULL, NULL);

  print_entry (name, _(command->summary));
}

static void
print_options (const CtlCommand *command)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (command != NULL && (command->options & (1u << i)) != 0)
      {
        g_autofree char *name = g_strjoin (" ", options[i].name, options[i].value, NULL);

        print_entry (name, _(options[i].summary));
      }
  for (guint i = 0; i < G_N_ELEMENTS (common_options); i++)
    print_entry (common_options[i].name, _(common_options[i].summary));
}

/**
 * ctl_print_help:
 * @group: (nullable): the first word of the commands to tell of; %NULL for all
 * @command: (nullable): the one command to tell of
 *
 * Prints the help.
 */
void
ctl_print_help (const char       *group,
                const CtlCommand *command)
{
  if (command != NULL)
    {
      ctl_print (_("Usage: posturectl %s%s%s %s [OPTION…]\n\n"), command->group,
                 command->name != NULL ? " " : "", command->name != NULL ? command->name : "",
                 command->operands);
      ctl_print_wrapped ("", 0, _(command->summary));
      ctl_print ("\n");
    }
  else
    {
      ctl_print (_("Usage: posturectl COMMAND [OPTION…]\n\nCommands:\n"));
      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        if (group == NULL || g_str_equal (commands[i].group, group))
          print_command (&commands[i]);
      ctl_print ("\n");
    }
  ctl_print ("%s\n", _("Options:"));
  print_options (command);
  if (command == NULL && group == NULL)
    ctl_print ("\n%s\n", _("“posturectl COMMAND --help” tells more; “man posturectl” tells all."));
}
