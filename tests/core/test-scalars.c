/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model/scalars.h"

typedef struct
{
  gboolean (*is) (const char *text);
  const char *text;
  gboolean expected;
} Case;

#define ID_64 "a234567890123456789012345678901234567890123456789012345678901234"
#define DIGEST_63 "012345678901234567890123456789abcdef0123456789abcdef0123456789a"

static const Case cases[] = {
  { posture_is_id, "1.A", TRUE },
  { posture_is_id, "a_b-c.D9", TRUE },
  { posture_is_id, ID_64, TRUE },
  { posture_is_id, ID_64 "5", FALSE },
  { posture_is_id, "", FALSE },
  { posture_is_id, NULL, FALSE },
  { posture_is_id, ".a", FALSE },
  { posture_is_id, "-a", FALSE },
  { posture_is_id, "a b", FALSE },
  { posture_is_id, "a:b", FALSE },
  { posture_is_id, "ä", FALSE },
  { posture_is_uuid, "01890a5d-ac96-774b-bcce-b302099a8057", TRUE },
  { posture_is_uuid, "01890A5D-ac96-774b-bcce-b302099a8057", FALSE },
  { posture_is_uuid, "01890a5dac96774bbcceb302099a8057", FALSE },
  { posture_is_uuid, "01890a5d-ac96-774b-bcce-b302099a805g", FALSE },
  { posture_is_uuid, NULL, FALSE },
  { posture_is_digest, DIGEST_63 "f", TRUE },
  { posture_is_digest, DIGEST_63, FALSE },
  { posture_is_digest, DIGEST_63 "F", FALSE },
  { posture_is_date, "2024-02-29", TRUE },
  { posture_is_date, "2000-02-29", TRUE },
  { posture_is_date, "9999-12-31", TRUE },
  { posture_is_date, "2023-02-29", FALSE },
  { posture_is_date, "1900-02-29", FALSE },
  { posture_is_date, "2023-04-31", FALSE },
  { posture_is_date, "2023-13-01", FALSE },
  { posture_is_date, "2023-00-01", FALSE },
  { posture_is_date, "2023-01-00", FALSE },
  { posture_is_date, "0000-01-01", FALSE },
  { posture_is_date, "2023-1-01", FALSE },
  { posture_is_date, "2023-01-01 ", FALSE },
  { posture_is_date_time, "2026-11-23T21:46:44.000Z", TRUE },
  { posture_is_date_time, "2026-11-23T23:59:59.999Z", TRUE },
  { posture_is_date_time, "2026-11-23T24:00:00.000Z", FALSE },
  { posture_is_date_time, "2026-11-23T21:60:44.000Z", FALSE },
  { posture_is_date_time, "2026-11-23T21:46:60.000Z", FALSE },
  { posture_is_date_time, "2026-11-31T21:46:44.000Z", FALSE },
  { posture_is_date_time, "2026-11-23T21:46:44Z", FALSE },
  { posture_is_date_time, "2026-11-23T21:46:44.000+00:00", FALSE },
  { posture_is_date_time, "2026-11-23 21:46:44.000Z", FALSE },
};

static void
test_forms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u: %s", i, cases[i].text);
      g_assert_cmpint (cases[i].is (cases[i].text), ==, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scalars/forms", test_forms);
  return g_test_run ();
}
