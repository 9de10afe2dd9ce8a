/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-writer.h"

#include <math.h>
#include <string.h>

/* One member of an object that is being written: where its text stands in the output. */
typedef struct
{
  char *key;
  gsize start; /* of the value */
  gsize end;
} Member;

/* A container that is being written. The members of an object are put in order when it ends. */
typedef struct
{
  GArray *members; /* (element-type Member), NULL in an array */
  gsize start;     /* where the content starts, after the bracket */
  gboolean empty;
} Frame;

struct _PostureJsonWriter
{
  GString *out;
  GArray *frames; /* (element-type Frame) */
};

static void
member_clear (gpointer data)
{
  g_free (((Member *) data)->key);
}

static void
frame_clear (gpointer data)
{
  Frame *frame = data;

  if (frame->members != NULL)
    g_array_unref (frame->members);
}

static Frame *
top_frame (PostureJsonWriter *self)
{
  return self->frames->len > 0 ? &g_array_index (self->frames, Frame, self->frames->len - 1) : NULL;
}

/**
 * posture_json_writer_new:
 *
 * Makes a writer whose output is canonical JSON after
 * [RFC 8785](https://www.rfc-editor.org/rfc/rfc8785): members in the order of
 * the UTF-16 code units of their names, numbers as ECMAScript prints them, no
 * white space, no escape that is not needed. The same value always gives the
 * same bytes, so their digest can name it.
 *
 * Calls that do not nest are programming errors.
 *
 * Returns: (transfer full): a new writer
 */
PostureJsonWriter *
posture_json_writer_new (void)
{
  PostureJsonWriter *self = g_new0 (PostureJsonWriter, 1);

  self->out = g_string_new (NULL);
  self->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_array_set_clear_func (self->frames, frame_clear);
  return self;
}

/**
 * posture_json_writer_free:
 * @self: (transfer full): a writer
 *
 * Frees the writer with what was not taken out of it.
 */
void
posture_json_writer_free (PostureJsonWriter *self)
{
  g_string_free (self->out, TRUE);
  g_array_unref (self->frames);
  g_free (self);
}

/* To be called before each value: in an array it brings the comma. */
static void
before_value (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);

  if (frame == NULL)
    return;
  if (frame->members == NULL && !frame->empty)
    g_string_append_c (self->out, ',');
  frame->empty = FALSE;
}

/* To be called after each value: in an object it ends the member. */
static void
after_value (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);

  if (frame != NULL && frame->members != NULL)
    {
      g_assert (frame->members->len > 0);
      g_array_index (frame->members, Member, frame->members->len - 1).end = self->out->len;
    }
}

static void
begin (PostureJsonWriter *self,
       char               bracket)
{
  Frame frame = { .empty = TRUE };

  before_value (self);
  g_string_append_c (self->out, bracket);
  frame.start = self->out->len;
  if (bracket == '{')
    {
      frame.members = g_array_new (FALSE, FALSE, sizeof (Member));
      g_array_set_clear_func (frame.members, member_clear);
    }
  g_array_append_val (self->frames, frame);
}

/**
 * posture_json_writer_begin_object:
 * @self: a writer
 *
 * Starts an object; posture_json_writer_key() comes before each value in it.
 */
void
posture_json_writer_begin_object (PostureJsonWriter *self)
{
  begin (self, '{');
}

/**
 * posture_json_writer_begin_array:
 * @self: a writer
 *
 * Starts an array.
 */
void
posture_json_writer_begin_array (PostureJsonWriter *self)
{
  begin (self, '[');
}

/* The next UTF-16 code unit of @text; @low is the second half of a pair that is due. */
static guint
next_unit (const char **text,
           guint       *low)
{
  gunichar c;
  guint unit = *low;

  if (unit != 0)
    {
      *low = 0;
      return unit;
    }
  c = g_utf8_get_char (*text);
  if (c == 0)
    return 0;
  *text = g_utf8_next_char (*text);
  if (c < 0x10000)
    return c;
  *low = 0xdc00 + ((c - 0x10000) & 0x3ff);
  return 0xd800 + ((c - 0x10000) >> 10);
}

/* RFC 8785, 3.2.3: names are compared as arrays of UTF-16 code units. */
static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  const char *x = ((const Member *) a)->key;
  const char *y = ((const Member *) b)->key;
  guint low_x = 0, low_y = 0;

  while (TRUE)
    {
      guint unit_x = next_unit (&x, &low_x);
      guint unit_y = next_unit (&y, &low_y);

      if (unit_x != unit_y)
        return unit_x < unit_y ? -1 : 1;
      if (unit_x == 0)
        return 0;
    }
}

static void
append_text (GString    *out,
             const char *text)
{
  static const char *const short_escapes[] = {
    ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
    ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\",
  };

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c < G_N_ELEMENTS (short_escapes) && short_escapes[c] != NULL)
        g_string_append (out, short_escapes[c]);
      else if (c < 0x20)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/**
 * posture_json_writer_end_object:
 * @self: a writer
 *
 * Ends the object and puts its members in order.
 */
void
posture_json_writer_end_object (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);
  g_autoptr (GString) values = NULL;
  gsize start;

  g_return_if_fail (frame != NULL && frame->members != NULL);

  start = frame->start;
  values = g_string_new_len (self->out->str + start, (gssize) (self->out->len - start));
  g_array_sort (frame->members, compare_members);
  g_string_truncate (self->out, start);
  for (guint i = 0; i < frame->members->len; i++)
    {
      const Member *member = &g_array_index (frame->members, Member, i);

      if (i > 0)
        g_string_append_c (self->out, ',');
      append_text (self->out, member->key);
      g_string_append_c (self->out, ':');
      g_string_append_len (self->out, values->str + (member->start - start),
                           (gssize) (member->end - member->start));
    }
  g_string_append_c (self->out, '}');
  g_array_set_size (self->frames, self->frames->len - 1);
  after_value (self);
}

/**
 * posture_json_writer_end_array:
 * @self: a writer
 *
 * Ends the array.
 */
void
posture_json_writer_end_array (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);

  g_return_if_fail (frame != NULL && frame->members == NULL);

  g_string_append_c (self->out, ']');
  g_array_set_size (self->frames, self->frames->len - 1);
  after_value (self);
}

/**
 * posture_json_writer_key:
 * @self: a writer inside an object
 * @key: the name of the member whose value comes next; each name once
 *
 * Names the next value.
 */
void
posture_json_writer_key (PostureJsonWriter *self,
                         const char        *key)
{
  Frame *frame = top_frame (self);
  Member member = { .start = self->out->len, .end = self->out->len };

  g_return_if_fail (frame != NULL && frame->members != NULL);

  member.key = g_strdup (key);
  g_array_append_val (frame->members, member);
}

static void
raw (PostureJsonWriter *self,
     const char        *text)
{
  before_value (self);
  g_string_append (self->out, text);
  after_value (self);
}

/**
 * posture_json_writer_string:
 * @self: a writer
 * @text: (nullable): UTF-8; %NULL writes `null`
 *
 * Writes a text.
 */
void
posture_json_writer_string (PostureJsonWriter *self,
                            const char        *text)
{
  if (text == NULL)
    {
      posture_json_writer_null (self);
      return;
    }
  before_value (self);
  append_text (self->out, text);
  after_value (self);
}

/* The shortest digits that read back as @value, and the power of ten of the first one. */
static void
shortest_digits (double  value,
                 char   *ret_digits,
                 gsize   size,
                 int    *ret_exponent)
{
  char buffer[40];
  char *mark;
  gsize length = 0;

  for (int precision = 0; precision <= 16; precision++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%de", precision);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  mark = strchr (buffer, 'e');
  *ret_exponent = (int) g_ascii_strtoll (mark + 1, NULL, 10);
  for (const char *p = buffer; p < mark && length + 1 < size; p++)
    if (g_ascii_isdigit (*p))
      ret_digits[length++] = *p;
  while (length > 1 && ret_digits[length - 1] == '0')
    length--;
  ret_digits[length] = '\0';
}

/* ECMAScript's Number::toString (ECMA-262, 6.1.6.1.20), as RFC 8785 asks for. */
static void
append_number (GString *out,
               double   value)
{
  char digits[24];
  int exponent, length, point;

  if (value < 0)
    {
      g_string_append_c (out, '-');
      value = -value;
    }
  shortest_digits (value, digits, sizeof digits, &exponent);
  length = (int) strlen (digits);
  point = exponent + 1;
  if (value == 0)
    g_string_append_c (out, '0');
  else if (length <= point && point <= 21)
    {
      g_string_append (out, digits);
      for (int i = length; i < point; i++)
        g_string_append_c (out, '0');
    }
  else if (0 < point && point <= 21)
    g_string_append_printf (out, "%.*s.%s", point, digits, digits + point);
  else if (-6 < point && point <= 0)
    {
      g_string_append (out, "0.");
      for (int i = point; i < 0; i++)
        g_string_append_c (out, '0');
      g_string_append (out, digits);
    }
  else
    g_string_append_printf (out, "%c%s%se%+d", digits[0], length > 1 ? "." : "", digits + 1,
                            exponent);
}

/**
 * posture_json_writer_double:
 * @self: a writer
 * @value: a finite number
 *
 * Writes a number in its shortest spelling that reads back as the same.
 */
void
posture_json_writer_double (PostureJsonWriter *self,
                            double             value)
{
  g_return_if_fail (isfinite (value));

  before_value (self);
  append_number (self->out, value);
  after_value (self);
}

/**
 * posture_json_writer_int:
 * @self: a writer
 * @value: a whole number within ±2^53
 *
 * Writes a whole number. Beyond 2^53 JSON's readers no longer agree about it,
 * so RFC 8785 has no spelling for it but that of the nearest double.
 */
void
posture_json_writer_int (PostureJsonWriter *self,
                         gint64             value)
{
  posture_json_writer_double (self, (double) value);
}

/**
 * posture_json_writer_decimal:
 * @self: a writer
 * @units: the number times 10 to the power of @places
 * @places: digits after the point, at most 9
 *
 * Writes a decimal number, exactly: 1000 with four places is 0.1.
 */
void
posture_json_writer_decimal (PostureJsonWriter *self,
                             gint64             units,
                             guint              places)
{
  double divisor = 1;

  for (guint i = 0; i < places; i++)
    divisor *= 10;
  /* Both are exact, and division rounds correctly: this is the double nearest to the decimal number,
   * whose shortest spelling is the number's own. */
  posture_json_writer_double (self, (double) units / divisor);
}

/**
 * posture_json_writer_boolean:
 * @self: a writer
 * @value: a truth value
 *
 * Writes `true` or `false`.
 */
void
posture_json_writer_boolean (PostureJsonWriter *self,
                             gboolean           value)
{
  raw (self, value ? "true" : "false");
}

/**
 * posture_json_writer_null:
 * @self: a writer
 *
 * Writes `null`.
 */
void
posture_json_writer_null (PostureJsonWriter *self)
{
  raw (self, "null");
}

/**
 * posture_json_writer_canonical:
 * @self: a writer
 * @text: a value that is canonical already, such as another writer's output
 *
 * Puts in a value as it is.
 */
void
posture_json_writer_canonical (PostureJsonWriter *self,
                               const char        *text)
{
  raw (self, text);
}

static void
write_container (PostureJsonWriter     *self,
                 const PostureJsonNode *node)
{
  gboolean object = posture_json_node_get_kind (node) == POSTURE_JSON_OBJECT;

  begin (self, object ? '{' : '[');
  for (guint i = 0; i < posture_json_node_get_length (node); i++)
    {
      const PostureJsonNode *element = posture_json_node_get_element (node, i);

      if (object)
        {
          const char *key = posture_json_node_get_key (node, i);

          /* of values under one name the last one stands */
          if (posture_json_node_get_member (node, key) != element)
            continue;
          posture_json_writer_key (self, key);
        }
      posture_json_writer_node (self, element);
    }
  if (object)
    posture_json_writer_end_object (self);
  else
    posture_json_writer_end_array (self);
}

/**
 * posture_json_writer_node:
 * @self: a writer
 * @node: a value that was read
 *
 * Writes a value in canonical form, with all that is in it. A number too large
 * for a double is written as it was spelled.
 */
void
posture_json_writer_node (PostureJsonWriter     *self,
                          const PostureJsonNode *node)
{
  switch (posture_json_node_get_kind (node))
    {
    case POSTURE_JSON_OBJECT:
    case POSTURE_JSON_ARRAY:
      write_container (self, node);
      break;
    case POSTURE_JSON_STRING:
      posture_json_writer_string (self, posture_json_node_get_string (node));
      break;
    case POSTURE_JSON_NUMBER:
      if (isfinite (posture_json_node_get_double (node)))
        posture_json_writer_double (self, posture_json_node_get_double (node));
      else
        raw (self, posture_json_node_get_string (node));
      break;
    case POSTURE_JSON_BOOLEAN:
      posture_json_writer_boolean (self, posture_json_node_get_boolean (node));
      break;
    case POSTURE_JSON_NULL:
    default:
      posture_json_writer_null (self);
      break;
    }
}

/**
 * posture_json_writer_member_string:
 * @self: a writer inside an object
 * @key: the member's name
 * @text: (nullable): its value; %NULL writes `null`
 *
 * Writes a member that is a text.
 */
void
posture_json_writer_member_string (PostureJsonWriter *self,
                                   const char        *key,
                                   const char        *text)
{
  posture_json_writer_key (self, key);
  posture_json_writer_string (self, text);
}

/**
 * posture_json_writer_member_int:
 * @self: a writer inside an object
 * @key: the member's name
 * @value: its value, within ±2^53
 *
 * Writes a member that is a whole number.
 */
void
posture_json_writer_member_int (PostureJsonWriter *self,
                                const char        *key,
                                gint64             value)
{
  posture_json_writer_key (self, key);
  posture_json_writer_int (self, value);
}

/**
 * posture_json_writer_finish:
 * @self: a writer, with every container ended
 *
 * Takes the output; the writer is empty afterwards and can be used again.
 *
 * Returns: (transfer full): the canonical bytes
 */
GBytes *
posture_json_writer_finish (PostureJsonWriter *self)
{
  char *text = posture_json_writer_finish_text (self);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * posture_json_writer_finish_text:
 * @self: a writer, with every container ended
 *
 * Takes the output; the writer is empty afterwards and can be used again.
 *
 * Returns: (transfer full): the canonical text
 */
char *
posture_json_writer_finish_text (PostureJsonWriter *self)
{
  GString *out = self->out;

  g_return_val_if_fail (self->frames->len == 0, NULL);

  self->out = g_string_new (NULL);
  return g_string_free (out, FALSE);
}
