/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-digest.h"

/**
 * posture_json_digest:
 * @canonical: canonical bytes of a JSON value (RFC 8785)
 *
 * Computes the digest by which values are named in Posture: SHA-256 of the
 * canonical bytes.
 *
 * Returns: (transfer full): 64 lower-case hexadecimal digits
 */
char *
posture_json_digest (GBytes *canonical)
{
  g_return_val_if_fail (canonical != NULL, NULL);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, canonical);
}
