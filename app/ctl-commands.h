/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

/**
 * CtlOptions:
 * @CTL_OPTION_ANSWERS: --answers
 * @CTL_OPTION_SUBJECT: --subject
 * @CTL_OPTION_ARCHIVED: --archived
 * @CTL_OPTION_UNDO: --undo
 * @CTL_OPTION_ASSESSMENT: --assessment
 * @CTL_OPTION_LIMIT: --limit
 * @CTL_OPTION_SET: --set
 * @CTL_OPTION_FORMAT: --format
 * @CTL_OPTION_OUTPUT: --output
 * @CTL_OPTION_RULES: --rules
 * @CTL_OPTION_EVENTS: --events
 * @CTL_OPTION_PASSES: --passes
 * @CTL_OPTION_PATTERN: --pattern
 * @CTL_OPTION_SCHEDULE: --schedule
 * @CTL_OPTION_GOAL: --goal
 * @CTL_OPTION_FILE: --file
 * @CTL_OPTION_PASSPHRASE: --passphrase-file
 * @CTL_OPTION_OWNER: --owner
 * @CTL_OPTION_DUE: --due
 * @CTL_OPTION_ANSWER: --answer
 * @CTL_OPTION_FROM: --from
 * @CTL_OPTION_UNTIL: --until
 * @CTL_OPTION_MAX_AGE: --max-age
 * @CTL_OPTION_MAX_SIZE: --max-size
 * @CTL_OPTION_REPLACE: --replace
 *
 * The options that not every command takes.
 */
typedef enum
{
  CTL_OPTION_ANSWERS = 1 << 0,
  CTL_OPTION_SUBJECT = 1 << 1,
  CTL_OPTION_ARCHIVED = 1 << 2,
  CTL_OPTION_UNDO = 1 << 3,
  CTL_OPTION_ASSESSMENT = 1 << 4,
  CTL_OPTION_LIMIT = 1 << 5,
  CTL_OPTION_SET = 1 << 6,
  CTL_OPTION_FORMAT = 1 << 7,
  CTL_OPTION_OUTPUT = 1 << 8,
  CTL_OPTION_RULES = 1 << 9,
  CTL_OPTION_EVENTS = 1 << 10,
  CTL_OPTION_PASSES = 1 << 11,
  CTL_OPTION_PATTERN = 1 << 12,
  CTL_OPTION_SCHEDULE = 1 << 13,
  CTL_OPTION_GOAL = 1 << 14,
  CTL_OPTION_FILE = 1 << 15,
  CTL_OPTION_PASSPHRASE = 1 << 16,
  CTL_OPTION_OWNER = 1 << 17,
  CTL_OPTION_DUE = 1 << 18,
  CTL_OPTION_ANSWER = 1 << 19,
  CTL_OPTION_FROM = 1 << 20,
  CTL_OPTION_UNTIL = 1 << 21,
  CTL_OPTION_MAX_AGE = 1 << 22,
  CTL_OPTION_MAX_SIZE = 1 << 23,
  CTL_OPTION_REPLACE = 1 << 24,
} CtlOptions;

/**
 * CtlCommand:
 * @group: its first word
 * @name: (nullable): its second word
 * @operands: what stands behind it, for the help
 * @n_least: how many operands it needs
 * @n_most: how many it takes
 * @options: the options it takes, besides those that every command takes
 * @needed: those of them that it cannot do without
 * @summary: what it does, in a line
 * @run: does it
 *
 * A command.
 */
typedef struct
{
  const char *group;
  const char *name;
  const char *operands;
  guint n_least;
  guint n_most;
  guint options;
  guint needed;
  const char *summary;
  CtlStatus (*run) (Ctl *ctl);
} CtlCommand;

const CtlCommand *ctl_find_command (char      **words,
                                    guint      *ret_length);
gboolean          ctl_is_group     (const char *word);
void              ctl_print_help   (const char *group,
                                    const CtlCommand *command);
const char       *ctl_option_name  (CtlOptions  option);

G_END_DECLS
