/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-writer.h"

#include "json/json-canonical-private.h"

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
  gboolean named; /* in an object: a name was written whose value is due */
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
 * Calls that do not nest, a name without its value or twice in one object, and
 * text that is not UTF-8 are programming errors: the call is refused with a
 * critical message and writes nothing, so that no half value ever comes out.
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

/* Whether a value can stand here: one in all, any number in an array, one after each name. */
static gboolean
value_is_due (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);

  if (frame == NULL)
    return self->out->len == 0;
  return frame->members == NULL || frame->named;
}

/* To be called before each value: in an array it brings the comma. */
static gboolean
before_value (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);

  g_return_val_if_fail (value_is_due (self), FALSE);

  if (frame == NULL)
    return TRUE;
  if (frame->members == NULL && !frame->empty)
    g_string_append_c (self->out, ',');
  frame->empty = FALSE;
  frame->named = FALSE;
  return TRUE;
}

/* To be called after each value: in an object it ends the member. */
static void
after_value (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);

  if (frame != NULL && frame->members != NULL)
    g_array_index (frame->members, Member, frame->members->len - 1).end = self->out->len;
}

static void
begin (PostureJsonWriter *self,
       char               bracket)
{
  Frame frame = { .empty = TRUE };

  if (!before_value (self))
    return;
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

static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  const Member *x = a;
  const Member *y = b;

  return posture_json_canonical_compare_names (x->key, y->key);
}

/* Puts the members in order and says whether each name is there but once. */
static gboolean
sort_members (GArray *members)
{
  g_array_sort (members, compare_members);
  for (guint i = 1; i < members->len; i++)
    if (compare_members (&g_array_index (members, Member, i - 1),
                         &g_array_index (members, Member, i)) == 0)
      return FALSE;
  return TRUE;
}

/**
 * posture_json_writer_end_object:
 * @self: a writer
 *
 * Ends the object and puts its members in order. If a name stands in it twice,
 * that is a programming error, and the object cannot be ended.
 */
void
posture_json_writer_end_object (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);
  g_autoptr (GString) values = NULL;
  gsize start;

  g_return_if_fail (frame != NULL && frame->members != NULL && !frame->named);
  g_return_if_fail (sort_members (frame->members));

  start = frame->start;
  values = g_string_new_len (self->out->str + start, (gssize) (self->out->len - start));
  g_string_truncate (self->out, start);
  for (guint i = 0; i < frame->members->len; i++)
    {
      const Member *member = &g_array_index (frame->members, Member, i);

      if (i > 0)
        g_string_append_c (self->out, ',');
      posture_json_append_text (self->out, member->key);
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
 * @key: the name of the member whose value comes next, in UTF-8; each name once
 *
 * Names the next value.
 */
void
posture_json_writer_key (PostureJsonWriter *self,
                         const char        *key)
{
  Frame *frame = top_frame (self);
  Member member = { .start = self->out->len, .end = self->out->len };

  g_return_if_fail (frame != NULL && frame->members != NULL && !frame->named);
  g_return_if_fail (key != NULL && g_utf8_validate (key, -1, NULL));

  member.key = g_strdup (key);
  g_array_append_val (frame->members, member);
  frame->named = TRUE;
}

static void
raw (PostureJsonWriter *self,
     const char        *text)
{
  if (!before_value (self))
    return;
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
  g_return_if_fail (g_utf8_validate (text, -1, NULL));

  if (!before_value (self))
    return;
  posture_json_append_text (self->out, text);
  after_value (self);
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

  if (!before_value (self))
    return;
  posture_json_canonical_append_number (self->out, value);
  after_value (self);
}

/**
 * posture_json_writer_int:
 * @self: a writer
 * @value: a whole number within ±2^53
 *
 * Writes a whole number. Beyond 2^53 JSON's readers no longer agree about it,
 * so RFC 8785 has no spelling for it but that of the nearest double, and that
 * is what is written.
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
 * Writes a decimal number without zeros at its end: 1000 with four places is
 * 0.1. It is exact while @units has no more than 15 digits, which is what every
 * double can keep; beyond, the nearest double is written.
 */
void
posture_json_writer_decimal (PostureJsonWriter *self,
                             gint64             units,
                             guint              places)
{
  double divisor = 1;

  g_return_if_fail (places <= 9);

  for (guint i = 0; i < places; i++)
    divisor *= 10;
  /* Up to 2^53 both are exact, and division rounds correctly: this is the double nearest to the
   * decimal number, whose shortest spelling is the number's own if it has 15 digits at most. */
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
 * Puts in a value as it is. Nothing is checked but that there is some text, so
 * this is not for what comes from outside.
 */
void
posture_json_writer_canonical (PostureJsonWriter *self,
                               const char        *text)
{
  g_return_if_fail (text != NULL && *text != '\0');

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
 * Writes a value in canonical form, with all that is in it. As RFC 8785 knows
 * numbers as doubles only, a number with more digits than a double keeps is
 * written as the nearest one; one too large for a double, of which RFC 8785
 * says nothing, is written as it was spelled.
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
 * Without exactly one whole value that is a programming error, and the writer
 * stays as it is.
 *
 * Returns: (transfer full): the canonical bytes
 */
GBytes *
posture_json_writer_finish (PostureJsonWriter *self)
{
  char *text = posture_json_writer_finish_text (self);

  return text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
}

/**
 * posture_json_writer_finish_text:
 * @self: a writer, with every container ended
 *
 * Like posture_json_writer_finish(), as a string.
 *
 * Returns: (transfer full): the canonical text
 */
char *
posture_json_writer_finish_text (PostureJsonWriter *self)
{
  GString *out = self->out;

  g_return_val_if_fail (self->frames->len == 0 && self->out->len > 0, NULL);

  self->out = g_string_new (NULL);
  return g_string_free (out, FALSE);
}
