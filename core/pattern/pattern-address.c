/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-value-private.h"

#include <arpa/inet.h>
#include <string.h>

/* Reads an IP address. An IPv4 address that is written as one of IPv6 is the IPv4 address. */
gboolean
posture_pattern_address_parse (PatternAddress *self,
                               const char     *text,
                               gsize           length)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  char terminated[INET6_ADDRSTRLEN];

  /* most strings are no address; that is seen at once */
  if (length < 2 || length >= sizeof (terminated) ||
      (!g_ascii_isxdigit (text[0]) && text[0] != ':') || memchr (text, '\0', length) != NULL)
    return FALSE;
  memcpy (terminated, text, length);
  terminated[length] = '\0';
  memset (self, 0, sizeof (*self));
  if (inet_pton (AF_INET, terminated, self->bytes) == 1)
    {
      self->length = 4;
      return TRUE;
    }
  if (inet_pton (AF_INET6, terminated, self->bytes) != 1)
    return FALSE;
  self->length = 16;
  if (memcmp (self->bytes, mapped, sizeof (mapped)) == 0)
    {
      memmove (self->bytes, self->bytes + 12, 4);
      memset (self->bytes + 4, 0, 12);
      self->length = 4;
    }
  return TRUE;
}

/* Clears all but the first @bits. */
void
posture_pattern_address_mask (PatternAddress *self,
                              guint           bits)
{
  for (guint i = bits / 8; i < self->length; i++)
    self->bytes[i] &= i == bits / 8 ? (guint8) (0xff00 >> (bits % 8)) : 0;
}

/* Whether the first @bits of @self are those of @network. */
gboolean
posture_pattern_address_within (const PatternAddress *self,
                                const PatternAddress *network,
                                guint                 bits)
{
  guint whole = bits / 8;
  guint8 mask = (guint8) (0xff00 >> (bits % 8));

  if (self->length != network->length || memcmp (self->bytes, network->bytes, whole) != 0)
    return FALSE;
  return mask == 0 || ((self->bytes[whole] ^ network->bytes[whole]) & mask) == 0;
}
