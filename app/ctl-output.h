/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"
#include "json/json-writer.h"

#include <stdio.h>

G_BEGIN_DECLS

void      ctl_output_use_stderr (void);
CtlStatus ctl_output_finish     (CtlStatus          status);
char     *ctl_harmless          (const char        *text);
char     *ctl_decimal           (gint64             units);
char     *ctl_moment            (gint64             time);
void      ctl_print             (const char        *format,
                                 ...) G_GNUC_PRINTF (1, 2);
void      ctl_print_heading     (const char        *text);
void      ctl_print_wrapped     (const char        *first,
                                 guint              indent,
                                 const char        *text);
void      ctl_print_json        (PostureJsonWriter *writer);
void      ctl_print_prompt      (const char        *prompt);
void      ctl_note              (const char        *text);
CtlStatus ctl_error             (CtlStatus          status,
                                 const char        *format,
                                 ...) G_GNUC_PRINTF (2, 3);
CtlStatus ctl_fail              (const GError      *error);
CtlStatus ctl_print_faults      (PostureFaults     *faults);

G_END_DECLS
