/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-text.h"

#include <string.h>

/* Marks that turn the text around them, or what stands behind them: a person can read none of them, and
 * they can make a document say something else than it holds. Letters keep their own direction. */
static gboolean
turns_text (gunichar character)
{
  return character == 0x061c || character == 0x200e || character == 0x200f
         || (character >= 0x202a && character <= 0x202e)
         || (character >= 0x2066 && character <= 0x2069) || character == 0xfeff;
}

static char *
clean (const char *text,
       gboolean    one_line)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *result = NULL;
  GString *out = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      gboolean breaks = character == '\n' || character == 0x2028 || character == 0x2029
                        || character == 0x85 || (character == '\r' && c[1] != '\n');

      if (breaks)
        g_string_append_c (out, one_line ? ' ' : '\n');
      else if (character == '\t')
        g_string_append_c (out, ' ');
      else if (!g_unichar_iscntrl (character) && !turns_text (character))
        g_string_append_unichar (out, character);
    }
  result = g_string_free (out, FALSE);
  return g_strdup (g_strstrip (result));
}

/**
 * posture_export_clean_text:
 * @text: (nullable): a text from anywhere
 *
 * Returns: (transfer full): what of it can be shown: valid, with line breaks,
 *   without other controls and without marks that turn text around
 */
char *
posture_export_clean_text (const char *text)
{
  return clean (text, FALSE);
}

/**
 * posture_export_clean_line:
 * @text: (nullable): a text from anywhere
 *
 * Returns: (transfer full): the same in one line
 */
char *
posture_export_clean_line (const char *text)
{
  return clean (text, TRUE);
}

/**
 * posture_export_append_html:
 * @html: a page, inside an element or a quoted attribute
 * @text: a clean text
 *
 * Appends the text so that nothing in it is markup.
 */
void
posture_export_append_html (GString    *html,
                            const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    switch (*c)
      {
      case '&':
        g_string_append (html, "&amp;");
        break;
      case '<':
        g_string_append (html, "&lt;");
        break;
      case '>':
        g_string_append (html, "&gt;");
        break;
      case '"':
        g_string_append (html, "&quot;");
        break;
      case '\'':
        g_string_append (html, "&#39;");
        break;
      default:
        g_string_append_c (html, *c);
      }
}

/* Whether a spreadsheet would take it for a formula: a sign at the beginning, in any of its widths. */
static gboolean
begins_formula (const char *text)
{
  gunichar first;

  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  first = g_utf8_get_char (text);
  return (first < 0x80 && first != 0 && strchr ("=+-@|%", (int) first) != NULL) || first == 0xff1d
         || first == 0xff0b || first == 0xff0d || first == 0xff20 || first == 0x2212;
}

/**
 * posture_export_append_cell:
 * @csv: a table, at the begin of a cell
 * @text: a clean text
 *
 * Appends a cell, quoted as in RFC 4180. What a spreadsheet would take for a
 * formula begins with an apostrophe, which makes it text.
 */
void
posture_export_append_cell (GString    *csv,
                            const char *text)
{
  g_string_append_c (csv, '"');
  if (begins_formula (text))
    g_string_append_c (csv, '\'');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

/**
 * posture_export_escape_markup:
 * @text: a clean text
 *
 * OSCAL takes its prose for Markdown with some HTML. This makes a text that
 * such a reader shows as it was written.
 *
 * Returns: (transfer full): the text with signs of markup escaped
 */
char *
posture_export_escape_markup (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean at_start = TRUE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (strchr ("\\`*_[]<>&~^{}$|!", *c) != NULL || (at_start && strchr ("#+-=", *c) != NULL))
        g_string_append_c (out, '\\');
      at_start = *c == '\n' || (at_start && *c == ' ');
      g_string_append_c (out, *c);
    }
  return g_string_free (out, FALSE);
}
