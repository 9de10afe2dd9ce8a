/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "oracle/oracle-private.h"

#include <string.h>

/* The texts between the stars: the first is at the start, the last at the end, either may be
 * empty. One text alone is without a star. */
struct _PatternWildcard
{
  GPtrArray *texts; /* (element-type utf8) */
};

/* The texts between the stars: the first is at the start, the last at the end, either may be
 * empty. One text alone is without a star. */
struct _OracleWildcard
{
  GPtrArray *texts; /* (element-type utf8) */
};

/* Reads a wildcard that is one. */
OracleWildcard *
oracle_wildcard_new (const char *text)
{
  OracleWildcard *self = g_new0 (OracleWildcard, 1);
  g_autoptr (GString) part = g_string_new (NULL);

  self->texts = g_ptr_array_new_with_free_func (g_free);
  for (const char *at = text; *at != '\0'; at++)
    {
      if (at[0] == '*')
        {
          g_ptr_array_add (self->texts, g_strdup (part->str));
          g_string_truncate (part, 0);
        }
      else
        g_string_append_c (part, at[0] == '\\' ? *++at : *at);
    }
  g_ptr_array_add (self->texts, g_strdup (part->str));
  return self;
}

void
oracle_wildcard_free (OracleWildcard *self)
{
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/* Each inner text is taken where it comes first: a later place never leaves more for the rest. */
gboolean
oracle_wildcard_matches (const OracleWildcard *self,
                                  const char            *text)
{
  const char *first = g_ptr_array_index (self->texts, 0);
  const char *last = g_ptr_array_index (self->texts, self->texts->len - 1);
  const char *end;

  if (self->texts->len == 1)
    return g_str_equal (text, first);
  if (strlen (text) < strlen (first) + strlen (last) || !g_str_has_prefix (text, first) ||
      !g_str_has_suffix (text, last))
    return FALSE;
  end = text + strlen (text) - strlen (last);
  text += strlen (first);
  for (guint i = 1; i + 1 < self->texts->len; i++)
    {
      const char *part = g_ptr_array_index (self->texts, i);

      text = memmem (text, (gsize) (end - text), part, strlen (part));
      if (text == NULL)
        return FALSE;
      text += strlen (part);
    }
  return TRUE;
}
