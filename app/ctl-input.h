/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

/**
 * CtlLine:
 * @CTL_LINE_TEXT: a line
 * @CTL_LINE_TOO_LONG: a line that was longer than can be used; it is gone
 * @CTL_LINE_NO_TEXT: a line that is not UTF-8, or has a NUL in it; it is gone
 * @CTL_LINE_END: there is no more input
 * @CTL_LINE_INTERRUPTED: the person or the system wants the program to end
 *
 * What came when a line was asked for.
 */
typedef enum
{
  CTL_LINE_TEXT,
  CTL_LINE_TOO_LONG,
  CTL_LINE_NO_TEXT,
  CTL_LINE_END,
  CTL_LINE_INTERRUPTED,
} CtlLine;

typedef struct _CtlLines CtlLines;

GBytes   *ctl_read_file  (const char *path,
                          const char *name,
                          CtlStatus  *ret_status);
char     *ctl_read_text  (const char *path,
                          CtlStatus  *ret_status);
CtlLines *ctl_lines_new  (int         fd);
void      ctl_lines_free (CtlLines   *self);
CtlLine   ctl_lines_read (CtlLines   *self,
                          char      **ret_line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlLines, ctl_lines_free)

G_END_DECLS
