/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include "pattern-maker.h"

/* Each byte is a choice while rules and events are made up; the matcher and the simplest evaluator must agree
 * about them. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  PatternMaker maker = { data, size };

  pattern_maker_compare (&maker);
  return 0;
}
