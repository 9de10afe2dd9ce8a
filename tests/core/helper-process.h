/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The program store-helper, run beside the test. */
typedef struct _HelperProcess HelperProcess;

/* @command and what follows, up to NULL, are its arguments after the folder. */
HelperProcess *helper_process_new       (const char    *folder,
                                         const char    *command,
                                         ...) G_GNUC_NULL_TERMINATED;
/* The same with environment variables (NAME, value, …, NULL; nullable). */
HelperProcess *helper_process_new_with  (const char        *folder,
                                         const char *const *environment,
                                         const char *const *arguments);
/* The next line it says; NULL when it has ended. */
char          *helper_process_read      (HelperProcess *self);
/* Checks the next line. */
void           helper_process_expect    (HelperProcess *self,
                                         const char    *line);
/* Lets it go on. */
void           helper_process_go_on     (HelperProcess *self);
void           helper_process_kill      (HelperProcess *self);
/* Waits for its end: the exit status, or minus the signal that ended it. */
int            helper_process_wait      (HelperProcess *self);
void           helper_process_free      (HelperProcess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HelperProcess, helper_process_free)

G_END_DECLS
