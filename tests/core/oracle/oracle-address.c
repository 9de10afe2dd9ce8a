/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "oracle/oracle-private.h"

#include <arpa/inet.h>
#include <string.h>

/* Reads an IP address. An IPv4 address that is written as one of IPv6 is the IPv4 address. */
gboolean
oracle_address_parse (OracleAddress *self,
                               const char     *text)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

  /* most strings are no address; that is seen at once */
  if (!g_ascii_isxdigit (text[0]) && text[0] != ':')
    return FALSE;
  memset (self, 0, sizeof (*self));
  if (inet_pton (AF_INET, text, self->bytes) == 1)
    {
      self->length = 4;
      return TRUE;
    }
  if (inet_pton (AF_INET6, text, self->bytes) != 1)
    return FALSE;
  self->length = 16;
  if (memcmp (self->bytes, mapped, sizeof (mapped)) == 0)
    {
      memmove (self->bytes, self->bytes + 12, 4);
      self->length = 4;
    }
  return TRUE;
}

/* Whether the first @bits of @self and @network are the same. */
gboolean
oracle_address_within (const OracleAddress *self,
                                const OracleAddress *network,
                                guint                 bits)
{
  guint whole = bits / 8;
  guint8 mask = (guint8) (0xff00 >> (bits % 8));

  if (self->length != network->length || memcmp (self->bytes, network->bytes, whole) != 0)
    return FALSE;
  return mask == 0 || ((self->bytes[whole] ^ network->bytes[whole]) & mask) == 0;
}
