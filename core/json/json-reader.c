/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What may stand next. Containers are remembered in one bit each, so the reader never recurses. */
typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* just after "[" */
  EXPECT_KEY,          /* just after a comma in an object */
  EXPECT_KEY_OR_END,   /* just after "{" */
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,
} Expect;

struct _PostureJsonReader
{
  const char *text;
  gsize length;
  gsize position;
  gsize start; /* of the last token */
  PostureJsonLimits limits;
  Expect expect;
  guint depth;
  guint8 is_object[POSTURE_JSON_MAX_DEPTH / 8];
  const char *value; /* of the last key, string or number */
  gsize value_length;
  GString *unescaped;
  GError *failure; /* the first error; it comes again */
};

const PostureJsonLimits posture_json_limits_default = {
  .max_size = 16 * 1024 * 1024,
  .max_depth = 64,
  .allow_duplicates = FALSE,
};

G_DEFINE_QUARK (posture-json-error-quark, posture_json_error)

/**
 * posture_json_reader_new:
 * @text: (array length=length): bytes that may be JSON; they must outlive the reader
 * @length: how many
 * @limits: (nullable): what is accepted; %NULL for the default limits
 *
 * Makes a reader that hands out the text token by token, strictly after
 * [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259): no comments, no comma
 * too many, no number such as `01` or `NaN`, nothing that is not UTF-8.
 *
 * Returns: (transfer full): a new reader
 */
PostureJsonReader *
posture_json_reader_new (const char              *text,
                         gsize                    length,
                         const PostureJsonLimits *limits)
{
  PostureJsonReader *self;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  self = g_new0 (PostureJsonReader, 1);
  self->text = text;
  self->length = length;
  self->limits = limits != NULL ? *limits : posture_json_limits_default;
  self->limits.max_depth = MIN (self->limits.max_depth, POSTURE_JSON_MAX_DEPTH);
  self->expect = EXPECT_VALUE;
  return self;
}

/**
 * posture_json_reader_free:
 * @self: (transfer full): a reader
 *
 * Frees the reader.
 */
void
posture_json_reader_free (PostureJsonReader *self)
{
  if (self->unescaped != NULL)
    g_string_free (self->unescaped, TRUE);
  g_clear_error (&self->failure);
  g_free (self);
}

/**
 * posture_json_reader_get_place:
 * @self: a reader
 * @offset: a byte of the text, from 0
 * @ret_line: (out): its line, from 1
 * @ret_column: (out): its column, from 1, in characters
 *
 * Finds a byte as a person would in an editor. This reads the text from its
 * beginning, so it is for messages.
 */
void
posture_json_reader_get_place (PostureJsonReader *self,
                               gsize              offset,
                               guint             *ret_line,
                               guint             *ret_column)
{
  guint line = 1;
  guint column = 1;

  for (gsize i = 0; i < MIN (offset, self->length); i++)
    {
      if (self->text[i] == '\n')
        {
          line++;
          column = 1;
        }
      else if ((self->text[i] & 0xc0) != 0x80)
        column++;
    }
  *ret_line = line;
  *ret_column = column;
}

static PostureJsonToken
fail (PostureJsonReader *self,
      PostureJsonError   code,
      gsize              offset,
      const char        *reason,
      GError           **error)
{
  guint line, column;

  posture_json_reader_get_place (self, offset, &line, &column);
  g_set_error (&self->failure, POSTURE_JSON_ERROR, (int) code, _("line %u, column %u: %s"), line,
               column, reason);
  if (error != NULL)
    *error = g_error_copy (self->failure);
  return POSTURE_JSON_TOKEN_ERROR;
}

static PostureJsonToken
fail_here (PostureJsonReader *self,
           const char        *reason,
           GError           **error)
{
  if (self->position == self->length)
    reason = _("the text ends too early");
  return fail (self, POSTURE_JSON_ERROR_SYNTAX, self->position, reason, error);
}

static void
skip_space (PostureJsonReader *self)
{
  while (self->position < self->length)
    {
      char c = self->text[self->position];

      if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
        return;
      self->position++;
    }
}

static gboolean
in_object (PostureJsonReader *self)
{
  guint level = self->depth - 1;

  return self->depth > 0 && (self->is_object[level / 8] & (1u << (level % 8))) != 0;
}

static void
value_done (PostureJsonReader *self)
{
  self->expect = self->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static PostureJsonToken
open_container (PostureJsonReader *self,
                gboolean           object,
                GError           **error)
{
  guint level = self->depth;

  if (self->depth >= self->limits.max_depth)
    {
      g_autofree char *reason =
        g_strdup_printf (_("nested deeper than %u levels"), self->limits.max_depth);

      return fail (self, POSTURE_JSON_ERROR_DEPTH, self->position, reason, error);
    }
  self->depth++;
  if (object)
    self->is_object[level / 8] |= (guint8) (1u << (level % 8));
  else
    self->is_object[level / 8] &= (guint8) ~(1u << (level % 8));
  self->position++;
  self->expect = object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
  return object ? POSTURE_JSON_TOKEN_BEGIN_OBJECT : POSTURE_JSON_TOKEN_BEGIN_ARRAY;
}

static PostureJsonToken
close_container (PostureJsonReader *self)
{
  gboolean object = in_object (self);

  self->position++;
  self->depth--;
  value_done (self);
  return object ? POSTURE_JSON_TOKEN_END_OBJECT : POSTURE_JSON_TOKEN_END_ARRAY;
}

/* The length of the UTF-8 sequence at @at; 0 if it is none, overlong, or a surrogate. */
static gsize
utf8_length (PostureJsonReader *self,
             gsize              at)
{
  gunichar c = g_utf8_get_char_validated (self->text + at, (gssize) (self->length - at));

  if (c == (gunichar) -1 || c == (gunichar) -2)
    return 0;
  return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

static gboolean
read_hex (PostureJsonReader *self,
          gsize              at,
          guint             *ret_unit)
{
  guint unit = 0;

  if (self->length - at < 4)
    return FALSE;
  for (gsize i = at; i < at + 4; i++)
    {
      if (!g_ascii_isxdigit (self->text[i]))
        return FALSE;
      unit = unit * 16 + (guint) g_ascii_xdigit_value (self->text[i]);
    }
  *ret_unit = unit;
  return TRUE;
}

/* Reads what follows "\u": four digits, or with the next escape a surrogate pair. */
static const char *
read_unicode_escape (PostureJsonReader *self,
                     gsize             *at,
                     gunichar          *ret_char,
                     PostureJsonError  *ret_code)
{
  guint high, low;

  *ret_code = POSTURE_JSON_ERROR_SYNTAX;
  if (!read_hex (self, *at, &high))
    return _("\\u wants four hexadecimal digits");
  *ret_code = POSTURE_JSON_ERROR_UTF8;
  *at += 4;
  if (high < 0xd800 || high > 0xdfff)
    {
      *ret_char = high;
      return high == 0 ? _("a NUL character is not allowed in text") : NULL;
    }
  if (high > 0xdbff || self->length - *at < 6 || self->text[*at] != '\\' ||
      self->text[*at + 1] != 'u' || !read_hex (self, *at + 2, &low) || low < 0xdc00 || low > 0xdfff)
    return _("half of a surrogate pair");
  *at += 6;
  *ret_char = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
  return NULL;
}

/* Appends what the escape at @at (just after the backslash) stands for. */
static PostureJsonToken
read_escape (PostureJsonReader *self,
             gsize             *at,
             GError           **error)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  gsize start = *at - 1;
  char letter = *at < self->length ? self->text[*at] : '\0';
  const char *known = letter != '\0' ? strchr (letters, letter) : NULL;

  (*at)++;
  if (known != NULL)
    g_string_append_c (self->unescaped, meanings[known - letters]);
  else if (letter == 'u')
    {
      gunichar c;
      PostureJsonError code;
      const char *reason = read_unicode_escape (self, at, &c, &code);

      if (reason != NULL)
        return fail (self, code, start, reason, error);
      g_string_append_unichar (self->unescaped, c);
    }
  else
    return fail (self, POSTURE_JSON_ERROR_SYNTAX, start, _("an unknown escape"), error);
  return POSTURE_JSON_TOKEN_STRING;
}

/* Whether @c ends a run of plain characters of ASCII. */
static gboolean
is_special (guchar c)
{
  return c < 0x20 || c >= 0x80 || c == '"' || c == '\\';
}

/* Whether one of eight bytes is special. What is subtracted from each borrows from the next one, or reaches
 * into its own highest bit, only where there is a special one. */
static gboolean
has_special (const guchar *text)
{
  const guint64 each = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 bytes;

  memcpy (&bytes, text, sizeof bytes);
  return ((bytes | (bytes - each * 0x20) | ((bytes ^ each * '"') - each) |
           ((bytes ^ each * '\\') - each)) & each * 0x80) != 0;
}

/* The first place from @at on that holds no plain character of ASCII. Most of a text is such, so it is
 * passed eight bytes at a time. */
static gsize
skip_ascii (PostureJsonReader *self,
            gsize              at)
{
  const guchar *text = (const guchar *) self->text;

  while (self->length - at >= 8 && !has_special (text + at))
    at += 8;
  while (at < self->length && !is_special (text[at]))
    at++;
  return at;
}

/* Checks the plain characters from @at on and says whether something ends them. */
static gboolean
skip_plain (PostureJsonReader *self,
            gsize             *at,
            GError           **error)
{
  while ((*at = skip_ascii (self, *at)) < self->length)
    {
      guchar c = (guchar) self->text[*at];
      gsize sequence;

      if (c == '"' || c == '\\')
        return TRUE;
      sequence = c < 0x80 ? 1 : utf8_length (self, *at);
      if (c == 0)
        fail (self, POSTURE_JSON_ERROR_UTF8, *at, _("a NUL character is not allowed in text"),
              error);
      else if (c < 0x20)
        fail (self, POSTURE_JSON_ERROR_SYNTAX, *at,
              _("a line break or control character inside a text must be escaped"), error);
      else if (sequence == 0)
        fail (self, POSTURE_JSON_ERROR_UTF8, *at, _("bytes that are not UTF-8"), error);
      if (self->failure != NULL)
        return FALSE;
      *at += sequence;
    }
  fail (self, POSTURE_JSON_ERROR_SYNTAX, self->start, _("a text without its closing quote"), error);
  return FALSE;
}

static PostureJsonToken
read_string (PostureJsonReader *self,
             PostureJsonToken   token,
             GError           **error)
{
  gsize at = ++self->position;
  gboolean escaped = FALSE;

  if (self->unescaped == NULL)
    self->unescaped = g_string_new (NULL);
  g_string_truncate (self->unescaped, 0);

  while (TRUE)
    {
      gsize plain = at;

      if (!skip_plain (self, &at, error))
        return POSTURE_JSON_TOKEN_ERROR;
      if (self->text[at] == '"' && !escaped)
        {
          self->value = self->text + plain;
          self->value_length = at - plain;
          break;
        }
      g_string_append_len (self->unescaped, self->text + plain, (gssize) (at - plain));
      if (self->text[at] == '"')
        {
          self->value = self->unescaped->str;
          self->value_length = self->unescaped->len;
          break;
        }
      escaped = TRUE;
      at++;
      if (read_escape (self, &at, error) == POSTURE_JSON_TOKEN_ERROR)
        return POSTURE_JSON_TOKEN_ERROR;
    }
  self->position = at + 1;
  if (token == POSTURE_JSON_TOKEN_KEY)
    self->expect = EXPECT_COLON;
  else
    value_done (self);
  return token;
}

static gboolean
skip_digits (PostureJsonReader *self)
{
  gsize start = self->position;

  while (self->position < self->length && g_ascii_isdigit (self->text[self->position]))
    self->position++;
  return self->position > start;
}

static gboolean
skip_one_of (PostureJsonReader *self,
             const char        *set)
{
  char c = self->position < self->length ? self->text[self->position] : '\0';

  if (c == '\0' || strchr (set, c) == NULL)
    return FALSE;
  self->position++;
  return TRUE;
}

static PostureJsonToken
read_number (PostureJsonReader *self,
             GError           **error)
{
  skip_one_of (self, "-");
  if (skip_one_of (self, "0"))
    {
      if (self->position < self->length && g_ascii_isdigit (self->text[self->position]))
        return fail_here (self, _("a number must not start with 0"), error);
    }
  else if (!skip_digits (self))
    return fail_here (self, _("a digit is missing"), error);
  if (skip_one_of (self, ".") && !skip_digits (self))
    return fail_here (self, _("a digit is missing after the decimal point"), error);
  if (skip_one_of (self, "eE"))
    {
      skip_one_of (self, "+-");
      if (!skip_digits (self))
        return fail_here (self, _("a digit is missing in the exponent"), error);
    }
  self->value = self->text + self->start;
  self->value_length = self->position - self->start;
  value_done (self);
  return POSTURE_JSON_TOKEN_NUMBER;
}

static PostureJsonToken
read_literal (PostureJsonReader *self,
              const char        *word,
              PostureJsonToken   token,
              GError           **error)
{
  gsize length = strlen (word);

  if (self->length - self->position < length ||
      memcmp (self->text + self->position, word, length) != 0)
    return fail_here (self, _("a value was expected here"), error);
  self->position += length;
  value_done (self);
  return token;
}

static PostureJsonToken
read_value (PostureJsonReader *self,
            GError           **error)
{
  char c = self->text[self->position];

  switch (c)
    {
    case '{':
      return open_container (self, TRUE, error);
    case '[':
      return open_container (self, FALSE, error);
    case '"':
      return read_string (self, POSTURE_JSON_TOKEN_STRING, error);
    case 't':
      return read_literal (self, "true", POSTURE_JSON_TOKEN_TRUE, error);
    case 'f':
      return read_literal (self, "false", POSTURE_JSON_TOKEN_FALSE, error);
    case 'n':
      return read_literal (self, "null", POSTURE_JSON_TOKEN_NULL, error);
    default:
      if (c == '-' || g_ascii_isdigit (c))
        return read_number (self, error);
      /* what some editors put before a text, and nobody sees */
      if (self->position == 0 && self->length >= 3 && memcmp (self->text, "\xef\xbb\xbf", 3) == 0)
        return fail_here (self, _("a byte order mark must not stand before the value"), error);
      return fail_here (self, _("a value was expected here"), error);
    }
}

/* Reads past the comma or colon that is due; sets @ret_token if that already ends a container. */
static gboolean
read_separator (PostureJsonReader *self,
                PostureJsonToken  *ret_token,
                GError           **error)
{
  char c = self->text[self->position];
  gboolean object = in_object (self);

  if ((self->expect == EXPECT_COMMA_OR_END && c == (object ? '}' : ']')) ||
      (self->expect == EXPECT_KEY_OR_END && c == '}') ||
      (self->expect == EXPECT_VALUE_OR_END && c == ']'))
    {
      *ret_token = close_container (self);
      return TRUE;
    }
  if (self->expect == EXPECT_COMMA_OR_END)
    {
      if (c != ',')
        {
          *ret_token = fail_here (self,
                                  object ? _("a comma or } was expected here")
                                         : _("a comma or ] was expected here"),
                                  error);
          return TRUE;
        }
      self->position++;
      self->expect = object ? EXPECT_KEY : EXPECT_VALUE;
      skip_space (self);
    }
  else if (self->expect == EXPECT_COLON)
    {
      if (c != ':')
        {
          *ret_token = fail_here (self, _("a colon was expected here"), error);
          return TRUE;
        }
      self->position++;
      self->expect = EXPECT_VALUE;
      skip_space (self);
    }
  return FALSE;
}

/* Nothing but white space may follow the value; a text without any value is a case of its own. */
static PostureJsonToken
read_end (PostureJsonReader *self,
          GError           **error)
{
  skip_space (self);
  if (self->position < self->length)
    return fail (self, POSTURE_JSON_ERROR_TRAILING, self->position,
                 _("text follows after the end of the value"), error);
  return POSTURE_JSON_TOKEN_END;
}

/**
 * posture_json_reader_next:
 * @self: a reader
 * @error: return location for an error of [error@JsonError]
 *
 * Reads the next token. After an error or the end, the same comes again.
 *
 * Returns: the token; %POSTURE_JSON_TOKEN_END once the whole text was read and
 *   is one JSON value, %POSTURE_JSON_TOKEN_ERROR with @error set
 */
PostureJsonToken
posture_json_reader_next (PostureJsonReader *self,
                          GError           **error)
{
  PostureJsonToken token;

  if (self->failure != NULL)
    {
      if (error != NULL)
        *error = g_error_copy (self->failure);
      return POSTURE_JSON_TOKEN_ERROR;
    }
  if (self->length > self->limits.max_size)
    {
      g_set_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_SIZE,
                   _("%lu bytes are more than the %lu that are accepted"),
                   (gulong) self->length, (gulong) self->limits.max_size);
      return POSTURE_JSON_TOKEN_ERROR;
    }
  skip_space (self);
  self->start = self->position;
  if (self->expect == EXPECT_NOTHING)
    return read_end (self, error);
  if (self->position >= self->length)
    return self->expect == EXPECT_VALUE && self->depth == 0
             ? fail (self, POSTURE_JSON_ERROR_EMPTY, self->length, _("there is no value"), error)
             : fail_here (self, NULL, error);
  if (read_separator (self, &token, error))
    return token;
  self->start = self->position;
  if (self->position >= self->length)
    return fail_here (self, NULL, error);
  if (self->expect == EXPECT_KEY || self->expect == EXPECT_KEY_OR_END)
    return self->text[self->position] == '"'
             ? read_string (self, POSTURE_JSON_TOKEN_KEY, error)
             : fail_here (self, _("a member's name in quotes was expected here"), error);
  return read_value (self, error);
}

/**
 * posture_json_reader_get_text:
 * @self: a reader
 * @ret_length: (out): how many bytes
 *
 * Gives the text of the last key or string, without its escapes, or the
 * spelling of the last number.
 *
 * Returns: (transfer none): not terminated by a NUL; valid until the next token
 */
const char *
posture_json_reader_get_text (PostureJsonReader *self,
                              gsize             *ret_length)
{
  *ret_length = self->value_length;
  return self->value;
}

/**
 * posture_json_reader_get_offset:
 * @self: a reader
 *
 * Says where the last token starts.
 *
 * Returns: the offset in bytes, from 0
 */
gsize
posture_json_reader_get_offset (PostureJsonReader *self)
{
  return self->start;
}
