/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "platform.h"

G_BEGIN_DECLS

/**
 * CtlStatus:
 * @CTL_OK: all went well
 * @CTL_FAILED: something failed, or doctor found something wrong
 * @CTL_USAGE: the command line is not understood
 * @CTL_FAULTS: what was handed in cannot be read or has faults
 * @CTL_NOT_FOUND: there is no such assessment, report, event or questionnaire
 * @CTL_DATA: the data could not be stored or read
 * @CTL_INTERRUPTED: the person stopped the program
 *
 * The program's exit codes. They are stable: scripts rely on them.
 */
typedef enum
{
  CTL_OK = 0,
  CTL_FAILED = 1,
  CTL_USAGE = 2,
  CTL_FAULTS = 3,
  CTL_NOT_FOUND = 4,
  CTL_DATA = 5,
  CTL_INTERRUPTED = 130,
} CtlStatus;

/**
 * Ctl:
 * @json: whether the output is for programs
 * @archived: of --archived
 * @undo: of --undo
 * @replace: of --replace
 * @language_missed: whether the person was told that there are no words in
 *   their language
 * @limit: of --limit
 * @passes: of --passes
 * @language: (nullable): of --language
 * @answers: (nullable) (type filename): of --answers
 * @subject: (nullable): of --subject
 * @assessment: (nullable): of --assessment
 * @answer: of --answer
 * @goal: (nullable): of --goal
 * @owner: (nullable): of --owner
 * @due: (nullable): of --due
 * @file: (nullable) (type filename): of --file
 * @passphrase_file: (nullable) (type filename): of --passphrase-file
 * @sets: (nullable) (array zero-terminated=1): of --set
 * @format: (nullable): of --format
 * @output: (nullable) (type filename): of --output
 * @rules: (nullable) (type filename): of --rules
 * @events: (nullable) (type filename): of --events
 * @pattern: (nullable) (type filename): of --pattern
 * @schedule: (nullable): of --schedule
 * @from: (nullable): of --from
 * @until: (nullable): of --until
 * @max_age: (nullable): of --max-age
 * @max_size: (nullable): of --max-size
 * @arguments: (array zero-terminated=1): what stands behind the command's name
 * @n_arguments: their number
 * @library: (nullable): the questionnaires, once ctl_open_library() was called
 * @platform: (nullable): the profile, once ctl_open() was called
 * @clock: (nullable): the clock, once ctl_open() was called
 *
 * One run of the program: what was asked, and what it takes to do it.
 */
typedef struct
{
  gboolean json;
  gboolean archived;
  gboolean undo;
  gboolean replace;
  gboolean language_missed;
  int limit;
  int passes;
  char *language;
  char *answers;
  char *subject;
  char *assessment;
  gboolean answer;
  char *goal;
  char *owner;
  char *due;
  char *file;
  char *passphrase_file;
  char **sets;
  char *format;
  char *output;
  char *rules;
  char *events;
  char *pattern;
  char *schedule;
  char *from;
  char *until;
  char *max_age;
  char *max_size;
  char **arguments;
  guint n_arguments;
  PostureLibrary *library;
  PosturePlatform *platform;
  PostureClock *clock;
} Ctl;

CtlStatus             ctl_open_library       (Ctl                  *ctl);
CtlStatus             ctl_open               (Ctl                  *ctl);
void                  ctl_close              (Ctl                  *ctl);
PostureUserService   *ctl_get_user           (Ctl                  *ctl);
gint64                ctl_get_now            (Ctl                  *ctl);
PostureWords         *ctl_dup_words          (Ctl                  *ctl,
                                              const char           *digest);
PostureQuestionnaire *ctl_dup_questionnaire  (Ctl                  *ctl,
                                              const char           *id,
                                              CtlStatus            *ret_status);
CtlStatus             ctl_apply              (Ctl                  *ctl,
                                              GPtrArray            *operations);
CtlStatus             ctl_apply_one          (Ctl                  *ctl,
                                              PostureOperation     *operation);
CtlStatus             ctl_load_list          (GListModel           *list);

/* The commands. */
CtlStatus             ctl_assess                (Ctl *ctl);
CtlStatus             ctl_rate                  (Ctl *ctl);
CtlStatus             ctl_what_if               (Ctl *ctl);
CtlStatus             ctl_questionnaires_list   (Ctl *ctl);
CtlStatus             ctl_questionnaires_show   (Ctl *ctl);
CtlStatus             ctl_questionnaires_check  (Ctl *ctl);
CtlStatus             ctl_questionnaires_visible (Ctl *ctl);
CtlStatus             ctl_questionnaires_add    (Ctl *ctl);
CtlStatus             ctl_assessments_list      (Ctl *ctl);
CtlStatus             ctl_assessments_show      (Ctl *ctl);
CtlStatus             ctl_assessments_rename    (Ctl *ctl);
CtlStatus             ctl_assessments_duplicate (Ctl *ctl);
CtlStatus             ctl_assessments_archive   (Ctl *ctl);
CtlStatus             ctl_assessments_delete    (Ctl *ctl);
CtlStatus             ctl_assessments_submit    (Ctl *ctl);
CtlStatus             ctl_assessments_due       (Ctl *ctl);
CtlStatus             ctl_assessments_confirm   (Ctl *ctl);
CtlStatus             ctl_assessments_proposals (Ctl *ctl);
CtlStatus             ctl_reports_list          (Ctl *ctl);
CtlStatus             ctl_reports_show          (Ctl *ctl);
CtlStatus             ctl_reports_compare       (Ctl *ctl);
CtlStatus             ctl_reports_export        (Ctl *ctl);
CtlStatus             ctl_reports_delete        (Ctl *ctl);
CtlStatus             ctl_rules_list            (Ctl *ctl);
CtlStatus             ctl_rules_show            (Ctl *ctl);
CtlStatus             ctl_rules_put             (Ctl *ctl);
CtlStatus             ctl_rules_remove          (Ctl *ctl);
CtlStatus             ctl_rules_enable          (Ctl *ctl);
CtlStatus             ctl_rules_disable         (Ctl *ctl);
CtlStatus             ctl_rules_pause           (Ctl *ctl);
CtlStatus             ctl_rules_test            (Ctl *ctl);
CtlStatus             ctl_targets_list          (Ctl *ctl);
CtlStatus             ctl_targets_put           (Ctl *ctl);
CtlStatus             ctl_targets_remove        (Ctl *ctl);
CtlStatus             ctl_dead_letters_list     (Ctl *ctl);
CtlStatus             ctl_dead_letters_show     (Ctl *ctl);
CtlStatus             ctl_dead_letters_retry    (Ctl *ctl);
CtlStatus             ctl_dead_letters_purge    (Ctl *ctl);
CtlStatus             ctl_archive_show          (Ctl *ctl);
CtlStatus             ctl_archive_set           (Ctl *ctl);
CtlStatus             ctl_replay_list           (Ctl *ctl);
CtlStatus             ctl_replay_start          (Ctl *ctl);
CtlStatus             ctl_replay_cancel         (Ctl *ctl);
CtlStatus             ctl_events_put            (Ctl *ctl);
CtlStatus             ctl_reports_explain       (Ctl *ctl);
CtlStatus             ctl_reports_next_level    (Ctl *ctl);
CtlStatus             ctl_reports_verify        (Ctl *ctl);
CtlStatus             ctl_reports_bundle        (Ctl *ctl);
CtlStatus             ctl_reports_delete        (Ctl *ctl);
CtlStatus             ctl_plan_list             (Ctl *ctl);
CtlStatus             ctl_plan_set              (Ctl *ctl);
CtlStatus             ctl_plan_done             (Ctl *ctl);
CtlStatus             ctl_backup_create         (Ctl *ctl);
CtlStatus             ctl_backup_check          (Ctl *ctl);
CtlStatus             ctl_backup_restore        (Ctl *ctl);
CtlStatus             ctl_events_list           (Ctl *ctl);
CtlStatus             ctl_events_show           (Ctl *ctl);
CtlStatus             ctl_events_follow         (Ctl *ctl);
CtlStatus             ctl_patterns_check        (Ctl *ctl);
CtlStatus             ctl_patterns_match        (Ctl *ctl);
CtlStatus             ctl_doctor                (Ctl *ctl);

G_END_DECLS
