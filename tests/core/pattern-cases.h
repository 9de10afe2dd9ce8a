/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PatternCaseFunc:
 * @name: the case's name
 * @expect: `match`, `no-match` or `error`
 * @got: the same
 * @message: (nullable): the error's
 * @data: what was given to pattern_cases_run()
 *
 * Is told of each case.
 */
typedef void (*PatternCaseFunc) (const char *name,
                                 const char *expect,
                                 const char *got,
                                 const char *message,
                                 gpointer    data);

gboolean pattern_cases_run         (const char     *path,
                                    PatternCaseFunc func,
                                    gpointer        data,
                                    GError        **error);
void     pattern_cases_make_puzzle (char          **ret_pattern,
                                    char          **ret_event);

G_END_DECLS
