/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/faults.h"

G_BEGIN_DECLS

/**
 * PostureInspectedWords:
 * @bytes: bytes of a file `<id>.<language>.json`
 * @file_name: (nullable): the file's name, for the faults
 *
 * A file of words that is inspected with its questionnaire.
 */
typedef struct
{
  GBytes *bytes;
  const char *file_name;
} PostureInspectedWords;

void posture_inspect (GBytes                      *structure,
                      const char                  *file_name,
                      const PostureInspectedWords *words,
                      guint                        n_words,
                      PostureFaults               *faults,
                      PostureFaults               *missing);

G_END_DECLS
