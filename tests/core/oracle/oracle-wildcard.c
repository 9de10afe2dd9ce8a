/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* At how many places at once a reader that never goes back may be in a wildcard. */
#define MAX_PLACES 10

/* The texts between the stars: the first is at the start, the last at the end, either may be
 * empty. One text alone is without a star. */
struct _PatternWildcard
{
  GPtrArray *texts; /* (element-type utf8) */
};

/* How many beginnings of @text one and the same text can end with at most: "/dir" repeated has
 * as many as repetitions. It is the longest chain of borders (Knuth, Morris, Pratt). */
static guint
count_beginnings (const char *text)
{
  gsize length = strlen (text);
  g_autofree gsize *border = g_new0 (gsize, length + 1);
  g_autofree guint *chain = g_new0 (guint, length + 1);
  guint most = 0;

  for (gsize end = 1; end <= length; end++)
    {
      gsize shorter = end > 1 ? border[end - 1] : 0;

      while (shorter > 0 && text[shorter] != text[end - 1])
        shorter = border[shorter];
      if (end > 1 && text[shorter] == text[end - 1])
        shorter++;
      border[end] = shorter;
      chain[end] = chain[shorter] + 1;
      most = MAX (most, chain[end]);
    }
  return most;
}

static gboolean
is_too_complex (PatternWildcard *self)
{
  guint places = 0;

  for (guint i = 1; i < self->texts->len; i++)
    places += 1 + count_beginnings (g_ptr_array_index (self->texts, i));
  return places > MAX_PLACES;
}

/* Reads a wildcard; on failure @ret_reason says why, in the person's language. */
PatternWildcard *
posture_pattern_wildcard_new (const char  *text,
                              const char **ret_reason)
{
  g_autoptr (PatternWildcard) self = g_new0 (PatternWildcard, 1);
  g_autoptr (GString) part = g_string_new (NULL);

  self->texts = g_ptr_array_new_with_free_func (g_free);
  for (const char *at = text; *at != '\0'; at++)
    {
      if (at[0] == '*' && at[1] == '*')
        {
          *ret_reason = _("two stars in a row are not accepted");
          return NULL;
        }
      if (at[0] == '\\' && at[1] != '*' && at[1] != '\\')
        {
          *ret_reason = _("a backslash may only stand before a star or a backslash");
          return NULL;
        }
      if (at[0] == '*')
        {
          g_ptr_array_add (self->texts, g_strdup (part->str));
          g_string_truncate (part, 0);
        }
      else
        g_string_append_c (part, at[0] == '\\' ? *++at : *at);
    }
  g_ptr_array_add (self->texts, g_strdup (part->str));
  if (is_too_complex (self))
    {
      *ret_reason = _("too complex; use fewer stars, or fewer repetitions after a star");
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
posture_pattern_wildcard_free (PatternWildcard *self)
{
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/* Each inner text is taken where it comes first: a later place never leaves more for the rest. */
gboolean
posture_pattern_wildcard_matches (const PatternWildcard *self,
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
