/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pattern-maker.h"

/* Rules and events that are made up at random: the matcher says what the simplest evaluator says. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260301);
  guint8 bytes[4096];

  for (guint round = 0; round < 3000; round++)
    {
      PatternMaker maker = { bytes, sizeof (bytes) };

      for (guint i = 0; i < sizeof (bytes); i++)
        bytes[i] = (guint8) g_rand_int (random);
      pattern_maker_compare (&maker);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pattern-oracle/random", test_random);
  return g_test_run ();
}
