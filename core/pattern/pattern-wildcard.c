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
  PatternText *texts; /* (array length=n_texts) */
  guint n_texts;
};

/* How many beginnings of @text one and the same text can end with at most: "/dir" repeated has
 * as many as repetitions. It is the longest chain of borders (Knuth, Morris, Pratt). */
static guint
count_beginnings (const char *text,
                  gsize       length)
{
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

  for (guint i = 1; i < self->n_texts; i++)
    places += 1 + count_beginnings (self->texts[i].text, self->texts[i].length);
  return places > MAX_PLACES;
}

static void
add_text (PatternWildcard *self,
          GString         *text)
{
  self->texts = g_renew (PatternText, self->texts, self->n_texts + 1);
  self->texts[self->n_texts++] = (PatternText) { g_strndup (text->str, text->len), text->len };
  g_string_truncate (text, 0);
}

/* Reads a wildcard; on failure @ret_reason says why, in the person's language. */
PatternWildcard *
posture_pattern_wildcard_new (const char  *text,
                              const char **ret_reason)
{
  g_autoptr (PatternWildcard) self = g_new0 (PatternWildcard, 1);
  g_autoptr (GString) part = g_string_new (NULL);

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
        add_text (self, part);
      else
        g_string_append_c (part, at[0] == '\\' ? *++at : *at);
    }
  add_text (self, part);
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
  for (guint i = 0; i < self->n_texts; i++)
    g_free ((char *) self->texts[i].text);
  g_free (self->texts);
  g_free (self);
}

/* Gives the texts between the stars, one more than there are stars, and how many they are. */
guint
posture_pattern_wildcard_get_texts (const PatternWildcard *self,
                                    const PatternText    **ret_texts)
{
  *ret_texts = self->texts;
  return self->n_texts;
}

/* Each inner text is taken where it comes first: a later place never leaves more for the rest. */
gboolean
posture_pattern_wildcard_matches (const PatternWildcard *self,
                                  const char            *text,
                                  gsize                  length)
{
  const PatternText *first = &self->texts[0];
  const PatternText *last = &self->texts[self->n_texts - 1];
  const char *end = text + length;

  if (self->n_texts == 1)
    return length == first->length && memcmp (text, first->text, length) == 0;
  if (length < first->length + last->length || memcmp (text, first->text, first->length) != 0 ||
      memcmp (end - last->length, last->text, last->length) != 0)
    return FALSE;
  end -= last->length;
  text += first->length;
  for (guint i = 1; i + 1 < self->n_texts; i++)
    {
      const PatternText *inner = &self->texts[i];

      text = memmem (text, (gsize) (end - text), inner->text, inner->length);
      if (text == NULL)
        return FALSE;
      text += inner->length;
    }
  return TRUE;
}
