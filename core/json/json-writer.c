/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-writer.h"

#include "json/json-canonical-private.h"

#include <math.h>
#include <string.h>

/* One member of an object that is being written: where its text, name and value, stands in the output. */
typedef struct
{
  gsize name; /* where its name begins in the writer's names */
  gsize start;
  gsize end;
} Member;

/* Of a number that is written without a detour over a double. */
#define PLACES 6
#define ONE 1000000

/* A container that is being written. Where the members of an object did not come in order, they are put
 * in order when it ends. */
typedef struct
{
  gboolean object;
  guint first; /* of its members among the writer's */
  gsize names; /* where theirs begin among the writer's */
  gsize start; /* where the content starts, after the bracket */
  gboolean empty;
  gboolean named; /* in an object: a name was written whose value is due */
  gboolean ordered;
} Frame;

struct _PostureJsonWriter
{
  GString *out;
  GArray *frames;  /* (element-type Frame) */
  GArray *members; /* (element-type Member), of all objects that are open */
  GString *names;  /* theirs, each with its NUL */
};

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
  self->members = g_array_new (FALSE, FALSE, sizeof (Member));
  self->names = g_string_new (NULL);
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
  g_array_unref (self->members);
  g_string_free (self->names, TRUE);
  g_free (self);
}

/* Whether a value can stand here: one in all, any number in an array, one after each name. */
static gboolean
value_is_due (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);

  if (frame == NULL)
    return self->out->len == 0;
  return !frame->object || frame->named;
}

/* To be called before each value: in an array it brings the comma. */
static gboolean
before_value (PostureJsonWriter *self)
{
  Frame *frame = top_frame (self);

  g_return_val_if_fail (value_is_due (self), FALSE);

  if (frame == NULL)
    return TRUE;
  if (!frame->object && !frame->empty)
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

  if (frame != NULL && frame->object)
    g_array_index (self->members, Member, self->members->len - 1).end = self->out->len;
}

static void
begin (PostureJsonWriter *self,
       char               bracket)
{
  Frame frame = { .object = bracket == '{', .empty = TRUE, .ordered = TRUE };

  if (!before_value (self))
    return;
  g_string_append_c (self->out, bracket);
  frame.start = self->out->len;
  frame.first = self->members->len;
  frame.names = self->names->len;
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
                 gconstpointer b,
                 gpointer      names)
{
  const char *start = names;

  return posture_json_canonical_compare_names (start + ((const Member *) a)->name,
                                               start + ((const Member *) b)->name);
}

/* Puts the members in order, if they are not, and says whether each name is there but once. */
static gboolean
sort_members (PostureJsonWriter *self,
              const Frame       *frame)
{
  Member *members = &g_array_index (self->members, Member, frame->first);
  guint length = self->members->len - frame->first;

  if (frame->ordered)
    return TRUE;
  g_qsort_with_data (members, (int) length, sizeof *members, compare_members, self->names->str);
  for (guint i = 1; i < length; i++)
    if (compare_members (&members[i - 1], &members[i], self->names->str) == 0)
      return FALSE;
  return TRUE;
}

/* Writes the content of an object anew, in the order of its members. */
static void
rewrite (PostureJsonWriter *self,
         const Frame       *frame)
{
  g_autofree char *content = g_strndup (self->out->str + frame->start, self->out->len - frame->start);

  g_string_truncate (self->out, frame->start);
  for (guint i = frame->first; i < self->members->len; i++)
    {
      const Member *member = &g_array_index (self->members, Member, i);

      if (i > frame->first)
        g_string_append_c (self->out, ',');
      g_string_append_len (self->out, content + (member->start - frame->start),
                           (gssize) (member->end - member->start));
    }
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

  g_return_if_fail (frame != NULL && frame->object && !frame->named);
  g_return_if_fail (sort_members (self, frame));

  if (!frame->ordered)
    rewrite (self, frame);
  g_string_append_c (self->out, '}');
  g_array_set_size (self->members, frame->first);
  g_string_truncate (self->names, frame->names);
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

  g_return_if_fail (frame != NULL && !frame->object);

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
  Member member = { .name = self->names->len };
  gboolean first;

  g_return_if_fail (frame != NULL && frame->object && !frame->named);
  g_return_if_fail (key != NULL && g_utf8_validate (key, -1, NULL));

  first = self->members->len == frame->first;
  if (!first)
    {
      const Member *last = &g_array_index (self->members, Member, self->members->len - 1);

      if (posture_json_canonical_compare_names (self->names->str + last->name, key) >= 0)
        frame->ordered = FALSE;
      g_string_append_c (self->out, ',');
    }
  member.start = self->out->len;
  posture_json_append_text (self->out, key);
  g_string_append_c (self->out, ':');
  g_string_append_len (self->names, key, (gssize) strlen (key) + 1);
  g_array_append_val (self->members, member);
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
  gint64 one = 1;

  g_return_if_fail (places <= 9);

  for (guint i = 0; i < places; i++)
    one *= 10;
  if (posture_json_canonical_is_plain_decimal (units, one))
    {
      if (!before_value (self))
        return;
      posture_json_canonical_append_decimal (self->out, units, one);
      after_value (self);
      return;
    }
  /* Up to 2^53 both are exact, and division rounds correctly: this is the double nearest to the
   * decimal number, whose shortest spelling is the number's own if it has 15 digits at most. */
  posture_json_writer_double (self, (double) units / (double) one);
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

/* Mostly a number is short, and spelled as it is to be written. */
static void
write_number (PostureJsonWriter     *self,
              const PostureJsonNode *node)
{
  gint64 units;

  if (posture_json_node_get_decimal (node, 0, &units) && units != 0
      && posture_json_canonical_is_plain_decimal (units, 1))
    raw (self, posture_json_node_get_string (node));
  else if (posture_json_node_get_decimal (node, PLACES, &units)
           && posture_json_canonical_is_plain_decimal (units, ONE))
    posture_json_writer_decimal (self, units, PLACES);
  else if (isfinite (posture_json_node_get_double (node)))
    posture_json_writer_double (self, posture_json_node_get_double (node));
  else
    raw (self, posture_json_node_get_string (node));
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
      write_number (self, node);
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
