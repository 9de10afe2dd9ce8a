/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-commands.h"
#include "app/ctl-output.h"
#include "app/translations.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 100000
#define MAX_PASSES 1000

/* What the command line says. */
typedef struct
{
  gboolean help;
  gboolean version;
  char *limit;
  char *passes;
} Line;

static gboolean
parse (Ctl     *ctl,
       Line    *line,
       char  ***words,
       GError **error)
{
  /* Names and texts are taken as bytes: they are UTF-8, whatever the locale says. */
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, NULL, NULL },
    { "archived", 0, 0, G_OPTION_ARG_NONE, &ctl->archived, NULL, NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &ctl->replace, NULL, NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &ctl->undo, NULL, NULL },
    { "language", 0, 0, G_OPTION_ARG_FILENAME, &ctl->language, NULL, NULL },
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &ctl->answers, NULL, NULL },
    { "subject", 0, 0, G_OPTION_ARG_FILENAME, &ctl->subject, NULL, NULL },
    { "assessment", 0, 0, G_OPTION_ARG_FILENAME, &ctl->assessment, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl->sets, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &ctl->format, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &ctl->output, NULL, NULL },
    { "rules", 0, 0, G_OPTION_ARG_FILENAME, &ctl->rules, NULL, NULL },
    { "events", 0, 0, G_OPTION_ARG_FILENAME, &ctl->events, NULL, NULL },
    { "passes", 0, 0, G_OPTION_ARG_FILENAME, &line->passes, NULL, NULL },
    { "pattern", 0, 0, G_OPTION_ARG_FILENAME, &ctl->pattern, NULL, NULL },
    { "schedule", 0, 0, G_OPTION_ARG_FILENAME, &ctl->schedule, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &ctl->from, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_FILENAME, &ctl->until, NULL, NULL },
    { "max-age", 0, 0, G_OPTION_ARG_FILENAME, &ctl->max_age, NULL, NULL },
    { "max-size", 0, 0, G_OPTION_ARG_FILENAME, &ctl->max_size, NULL, NULL },
    { "owner", 0, 0, G_OPTION_ARG_FILENAME, &ctl->owner, NULL, NULL },
    { "due", 0, 0, G_OPTION_ARG_FILENAME, &ctl->due, NULL, NULL },
    { "answer", 0, 0, G_OPTION_ARG_NONE, &ctl->answer, NULL, NULL },
    { "goal", 0, 0, G_OPTION_ARG_FILENAME, &ctl->goal, NULL, NULL },
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &ctl->file, NULL, NULL },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &ctl->passphrase_file, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_FILENAME, &line->limit, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &line->help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &line->version, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, /* translation_domain = */ NULL);
  return g_option_context_parse_strv (context, words, error);
}

/* The rest of a command line after its options, without the program's name and a “--”. */
static char **
drop_start (char **words)
{
  GPtrArray *rest = g_ptr_array_new ();
  gboolean only_operands = FALSE;

  for (guint i = 1; words[i] != NULL; i++)
    if (!only_operands && g_str_equal (words[i], "--"))
      only_operands = TRUE;
    else
      g_ptr_array_add (rest, g_strdup (words[i]));
  g_ptr_array_add (rest, NULL);
  return (char **) g_ptr_array_free (rest, FALSE);
}

static guint
collect_options (Ctl  *ctl,
                 Line *line)
{
  return (ctl->answers != NULL ? CTL_OPTION_ANSWERS : 0)
         | (ctl->subject != NULL ? CTL_OPTION_SUBJECT : 0)
         | (ctl->archived ? CTL_OPTION_ARCHIVED : 0)
         | (ctl->undo ? CTL_OPTION_UNDO : 0)
         | (ctl->assessment != NULL ? CTL_OPTION_ASSESSMENT : 0)
         | (line->limit != NULL ? CTL_OPTION_LIMIT : 0)
         | (ctl->sets != NULL ? CTL_OPTION_SET : 0)
         | (ctl->format != NULL ? CTL_OPTION_FORMAT : 0)
         | (ctl->output != NULL ? CTL_OPTION_OUTPUT : 0)
         | (ctl->rules != NULL ? CTL_OPTION_RULES : 0)
         | (ctl->events != NULL ? CTL_OPTION_EVENTS : 0)
         | (line->passes != NULL ? CTL_OPTION_PASSES : 0)
         | (ctl->pattern != NULL ? CTL_OPTION_PATTERN : 0)
         | (ctl->schedule != NULL ? CTL_OPTION_SCHEDULE : 0)
         | (ctl->goal != NULL ? CTL_OPTION_GOAL : 0)
         | (ctl->file != NULL ? CTL_OPTION_FILE : 0)
         | (ctl->passphrase_file != NULL ? CTL_OPTION_PASSPHRASE : 0)
         | (ctl->owner != NULL ? CTL_OPTION_OWNER : 0)
         | (ctl->due != NULL ? CTL_OPTION_DUE : 0)
         | (ctl->answer ? CTL_OPTION_ANSWER : 0)
         | (ctl->from != NULL ? CTL_OPTION_FROM : 0)
         | (ctl->until != NULL ? CTL_OPTION_UNTIL : 0)
         | (ctl->max_age != NULL ? CTL_OPTION_MAX_AGE : 0)
         | (ctl->max_size != NULL ? CTL_OPTION_MAX_SIZE : 0)
         | (ctl->replace ? CTL_OPTION_REPLACE : 0);
}

/* The lowest option of a set. */
static const char *
name_one (guint options)
{
  return ctl_option_name ((CtlOptions) (options & -options));
}

static CtlStatus
check_utf8 (Ctl *ctl)
{
  const char *const texts[] = { ctl->subject, ctl->language, ctl->assessment, ctl->format,
                                ctl->schedule, ctl->goal, ctl->owner, ctl->due, ctl->from, ctl->until,
                                ctl->max_age, ctl->max_size };
  gboolean valid = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    valid = valid && (texts[i] == NULL || g_utf8_validate (texts[i], -1, NULL));
  for (guint i = 0; ctl->sets != NULL && ctl->sets[i] != NULL; i++)
    valid = valid && g_utf8_validate (ctl->sets[i], -1, NULL);
  return valid ? CTL_OK : ctl_error (CTL_USAGE, _("The command line is not UTF-8."));
}

/* File names are bytes; ids and names are text. */
static CtlStatus
check_operands (Ctl              *ctl,
                const CtlCommand *command)
{
  if (ctl->n_arguments < command->n_least || ctl->n_arguments > command->n_most)
    return ctl_error (CTL_USAGE, _("“%s%s%s” takes %s. “--help” tells more."), command->group,
                      command->name != NULL ? " " : "", command->name != NULL ? command->name : "",
                      *command->operands != '\0' ? command->operands : _("no operand"));
  for (guint i = 0; i < ctl->n_arguments && command->n_most < G_MAXUINT; i++)
    if (!g_utf8_validate (ctl->arguments[i], -1, NULL))
      return ctl_error (CTL_USAGE, _("The command line is not UTF-8."));
  return CTL_OK;
}

static CtlStatus
check_line (Ctl              *ctl,
            Line             *line,
            const CtlCommand *command)
{
  guint given = collect_options (ctl, line);
  guint64 limit = DEFAULT_LIMIT;
  guint64 passes = 1;

  if ((given & ~command->options) != 0)
    return ctl_error (CTL_USAGE, _("“%s%s%s” does not take %s. “--help” tells more."),
                      command->group, command->name != NULL ? " " : "",
                      command->name != NULL ? command->name : "",
                      name_one (given & ~command->options));
  if ((command->needed & ~given) != 0)
    return ctl_error (CTL_USAGE, _("“%s” needs %s. “--help” tells more."), command->group,
                      name_one (command->needed & ~given));
  if (line->limit != NULL
      && !g_ascii_string_to_unsigned (line->limit, 10, 1, MAX_LIMIT, &limit, NULL))
    return ctl_error (CTL_USAGE, _("--limit takes a number from 1 to %d."), MAX_LIMIT);
  if (line->passes != NULL
      && !g_ascii_string_to_unsigned (line->passes, 10, 1, MAX_PASSES, &passes, NULL))
    return ctl_error (CTL_USAGE, _("--passes takes a number from 1 to %d."), MAX_PASSES);
  ctl->limit = (int) limit;
  ctl->passes = (int) passes;
  return CTL_OK;
}

static CtlStatus
refuse_words (char **words)
{
  if (words[0] == NULL)
    {
      ctl_output_use_stderr ();
      ctl_print_help (NULL, NULL);
      return CTL_USAGE;
    }
  if (!ctl_is_group (words[0]))
    return ctl_error (CTL_USAGE,
                      _("There is no command “%s”. “posturectl --help” lists the commands."),
                      words[0]);
  if (words[1] == NULL)
    return ctl_error (CTL_USAGE, _("“%s” needs a second word. “posturectl %s --help” lists them."),
                      words[0], words[0]);
  return ctl_error (CTL_USAGE,
                    _("There is no command “%s %s”. “posturectl %s --help” lists them."), words[0],
                    words[1], words[0]);
}

static CtlStatus
run_words (Ctl   *ctl,
           Line  *line,
           char **words)
{
  guint length = 0;
  const CtlCommand *command = ctl_find_command (words, &length);
  CtlStatus status;

  if (line->help
      && (command != NULL || words[0] == NULL || (ctl_is_group (words[0]) && words[1] == NULL)))
    {
      ctl_print_help (words[0], command);
      return CTL_OK;
    }
  if (command == NULL)
    return refuse_words (words);
  ctl->arguments = g_strdupv (words + length);
  ctl->n_arguments = g_strv_length (ctl->arguments);
  status = check_line (ctl, line, command);
  if (status == CTL_OK)
    status = check_utf8 (ctl);
  if (status == CTL_OK)
    status = check_operands (ctl, command);
  return status == CTL_OK ? command->run (ctl) : status;
}

static CtlStatus
run (Ctl    *ctl,
     Line   *line,
     char ***arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;

  if (!parse (ctl, line, arguments, &error))
    return ctl_error (CTL_USAGE, _("%s. “posturectl --help” lists the options."), error->message);
  if (line->version)
    {
      ctl_print ("posturectl %s\n", POSTURE_VERSION);
      return CTL_OK;
    }
  words = drop_start (*arguments);
  return run_words (ctl, line, words);
}

int
main (int    argc,
      char **argv)
{
  Ctl ctl = { FALSE };
  Line line = { FALSE };
  char **arguments = g_strdupv (argv);
  CtlStatus status;

  app_translations_init ();
  g_set_prgname ("posturectl");
  status = run (&ctl, &line, &arguments);
  ctl_close (&ctl);
  g_free (line.limit);
  g_free (line.passes);
  g_strfreev (arguments);
  return (int) ctl_output_finish (status);
}
