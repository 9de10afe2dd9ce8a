/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-document.h"

#include "json/json-arena.h"
#include "json/json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From how many names on an object has an index. */
#define INDEX_FROM 16

/* How much of a name stands in a message, in characters. */
#define SHOWN_LENGTH 80

/* A name in an object; as long as the object is read, with where it stands. */
typedef struct
{
  const char *text;
  gsize offset;
} Name;

/* A node of the tree. The values of a container stand side by side, and so do the names of an object.
 * A large object also has its places in the order of their names: a hash table would not do, since
 * names come from outside, and whoever chooses them could choose such that all have the same hash. */
struct _PostureJsonNode
{
  PostureJsonKind kind;
  guint length;    /* of a container; 1 for true */
  union
  {
    const char *text; /* of a string, spelling of a number; else %NULL */
    PostureJsonNode *children; /* of a container */
  };
  const char **names; /* objects only */
  guint *order;       /* places by name, then by place; large objects only */
};

struct _PostureJsonDocument
{
  gatomicrefcount references;
  PostureJsonArena arena; /* nodes, names and texts */
  PostureJsonNode root;
};

/* Short texts that were kept already, by their hash: in a large text the same ones stand again and again. */
#define N_KEPT 256
#define KEPT_LENGTH 32

/* What is being read: containers that are open, with what stands in them so far. */
typedef struct
{
  const char *kept[N_KEPT];
  PostureJsonDocument *document;
  PostureJsonReader *reader;
  gboolean allow_duplicates;
  GArray *nodes;  /* (element-type PostureJsonNode) */
  GArray *names;  /* (element-type Name) */
  GArray *frames; /* (element-type Frame) */
} Build;

/* A container that is open: where its values and names begin. */
typedef struct
{
  PostureJsonKind kind;
  guint first_node;
  guint first_name;
} Frame;

/* The sort is stable: of places that have the same name the first stays first. */
static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const char *const *names = data;

  return strcmp (names[*(const guint *) a], names[*(const guint *) b]);
}

/* The place in the order behind the last one whose name is not after @name. */
static guint
find_in_order (const PostureJsonNode *object,
               const char            *name)
{
  guint low = 0, high = object->length;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (object->names[object->order[middle]], name) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The place of the last value under a name, counted from 1, or 0 if there is none. */
static guint
find_name (const PostureJsonNode *object,
           const char            *name)
{
  if (object->order != NULL)
    {
      guint place = find_in_order (object, name);

      return place > 0 && strcmp (object->names[object->order[place - 1]], name) == 0
               ? object->order[place - 1] + 1 : 0;
    }
  for (guint i = object->length; i > 0; i--)
    if (strcmp (object->names[i - 1], name) == 0)
      return i;
  return 0;
}

static gboolean
refuse_duplicate (Build      *self,
                  const Name *name,
                  GError    **error)
{
  /* a name can be as long as the text */
  g_autofree char *shown = g_utf8_strlen (name->text, -1) > SHOWN_LENGTH
                             ? g_utf8_substring (name->text, 0, SHOWN_LENGTH)
                             : g_strdup (name->text);
  guint line, column;

  posture_json_reader_get_place (self->reader, name->offset, &line, &column);
  g_set_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_DUPLICATE,
               _("line %u, column %u: “%s” stands twice in one object"), line, column, shown);
  return FALSE;
}

static const char *
keep_text (Build *self)
{
  gsize length;
  const char *text = posture_json_reader_get_text (self->reader, &length);
  const char **kept;
  guint hash = 0;

  if (length > KEPT_LENGTH)
    return posture_json_arena_text (&self->document->arena, text, length);
  for (gsize i = 0; i < length; i++)
    hash = hash * 33 + (guchar) text[i];
  kept = &self->kept[hash % N_KEPT];
  if (*kept == NULL || strncmp (*kept, text, length) != 0 || (*kept)[length] != '\0')
    *kept = posture_json_arena_text (&self->document->arena, text, length);
  return *kept;
}

/* In a small object a name that stands twice is seen at once, in a large one when it ends. */
static gboolean
take_name (Build   *self,
           GError **error)
{
  const Frame *frame = &g_array_index (self->frames, Frame, self->frames->len - 1);
  Name name = { keep_text (self), posture_json_reader_get_offset (self->reader) };

  if (!self->allow_duplicates && self->names->len - frame->first_name < INDEX_FROM)
    for (guint i = frame->first_name; i < self->names->len; i++)
      if (strcmp (g_array_index (self->names, Name, i).text, name.text) == 0)
        return refuse_duplicate (self, &name, error);
  g_array_append_val (self->names, name);
  return TRUE;
}

/* Puts the names of a large object in order. */
static gboolean
make_index (Build           *self,
            PostureJsonNode *object,
            const Name      *names,
            GError         **error)
{
  const Name *twice = NULL;

  object->order = posture_json_arena_alloc (&self->document->arena, object->length * sizeof *object->order);
  for (guint i = 0; i < object->length; i++)
    object->order[i] = i;
  g_qsort_with_data (object->order, (int) object->length, sizeof *object->order, compare_places,
                     object->names);
  for (guint i = 1; i < object->length && !self->allow_duplicates; i++)
    {
      const Name *name = &names[object->order[i]];

      if (strcmp (object->names[object->order[i - 1]], name->text) == 0 &&
          (twice == NULL || name->offset < twice->offset))
        twice = name;
    }
  return twice == NULL || refuse_duplicate (self, twice, error);
}

static gboolean
take_names (Build           *self,
            PostureJsonNode *object,
            guint            first,
            GError         **error)
{
  const Name *names = &g_array_index (self->names, Name, first);

  object->names = posture_json_arena_alloc (&self->document->arena, object->length * sizeof *object->names);
  for (guint i = 0; i < object->length; i++)
    object->names[i] = names[i].text;
  if (object->length >= INDEX_FROM && !make_index (self, object, names, error))
    return FALSE;
  g_array_set_size (self->names, first);
  return TRUE;
}

/* A container ends: what stands in it moves to where it stays, and it becomes a value itself. */
static gboolean
end_container (Build   *self,
               GError **error)
{
  Frame frame = g_array_index (self->frames, Frame, self->frames->len - 1);
  PostureJsonNode node = { .kind = frame.kind, .length = self->nodes->len - frame.first_node };

  if (node.length > 0)
    {
      gsize size = node.length * sizeof node;

      node.children = posture_json_arena_alloc (&self->document->arena, size);
      memcpy (node.children, &g_array_index (self->nodes, PostureJsonNode, frame.first_node), size);
      if (node.kind == POSTURE_JSON_OBJECT && !take_names (self, &node, frame.first_name, error))
        return FALSE;
    }
  g_array_set_size (self->nodes, frame.first_node);
  g_array_append_val (self->nodes, node);
  g_array_set_size (self->frames, self->frames->len - 1);
  return TRUE;
}

static void
begin_container (Build          *self,
                 PostureJsonKind kind)
{
  Frame frame = { kind, self->nodes->len, self->names->len };

  g_array_append_val (self->frames, frame);
}

static void
take_scalar (Build           *self,
             PostureJsonToken token)
{
  PostureJsonNode node = { .kind = POSTURE_JSON_NULL };

  if (token == POSTURE_JSON_TOKEN_STRING || token == POSTURE_JSON_TOKEN_NUMBER)
    {
      node.kind = token == POSTURE_JSON_TOKEN_STRING ? POSTURE_JSON_STRING : POSTURE_JSON_NUMBER;
      node.text = keep_text (self);
    }
  else if (token == POSTURE_JSON_TOKEN_TRUE || token == POSTURE_JSON_TOKEN_FALSE)
    {
      node.kind = POSTURE_JSON_BOOLEAN;
      node.length = token == POSTURE_JSON_TOKEN_TRUE;
    }
  g_array_append_val (self->nodes, node);
}

static gboolean
read_tree (Build   *self,
           GError **error)
{
  while (TRUE)
    {
      PostureJsonToken token = posture_json_reader_next (self->reader, error);

      switch (token)
        {
        case POSTURE_JSON_TOKEN_ERROR:
          return FALSE;
        case POSTURE_JSON_TOKEN_END:
          self->document->root = g_array_index (self->nodes, PostureJsonNode, 0);
          return TRUE;
        case POSTURE_JSON_TOKEN_BEGIN_OBJECT:
          begin_container (self, POSTURE_JSON_OBJECT);
          break;
        case POSTURE_JSON_TOKEN_BEGIN_ARRAY:
          begin_container (self, POSTURE_JSON_ARRAY);
          break;
        case POSTURE_JSON_TOKEN_END_OBJECT:
        case POSTURE_JSON_TOKEN_END_ARRAY:
          if (!end_container (self, error))
            return FALSE;
          break;
        case POSTURE_JSON_TOKEN_KEY:
          if (!take_name (self, error))
            return FALSE;
          break;
        case POSTURE_JSON_TOKEN_STRING:
        case POSTURE_JSON_TOKEN_NUMBER:
        case POSTURE_JSON_TOKEN_TRUE:
        case POSTURE_JSON_TOKEN_FALSE:
        case POSTURE_JSON_TOKEN_NULL:
        default:
          take_scalar (self, token);
          break;
        }
    }
}

static gboolean
build_tree (PostureJsonDocument *document,
            PostureJsonReader   *reader,
            gboolean             allow_duplicates,
            GError             **error)
{
  g_autoptr (GArray) nodes = g_array_sized_new (FALSE, FALSE, sizeof (PostureJsonNode), 32);
  g_autoptr (GArray) names = g_array_sized_new (FALSE, FALSE, sizeof (Name), 32);
  g_autoptr (GArray) frames = g_array_sized_new (FALSE, FALSE, sizeof (Frame), 16);
  Build build = { { NULL }, document, reader, allow_duplicates, nodes, names, frames };

  return read_tree (&build, error);
}

/**
 * posture_json_document_new:
 * @bytes: bytes that may be JSON
 * @limits: (nullable): what is accepted; %NULL for the default limits
 * @error: return location for an error of [error@JsonError]
 *
 * Reads a whole text into a tree that cannot be changed. Numbers keep their
 * spelling.
 *
 * Returns: (transfer full) (nullable): the document, or %NULL on error
 */
PostureJsonDocument *
posture_json_document_new (GBytes                  *bytes,
                           const PostureJsonLimits *limits,
                           GError                 **error)
{
  g_autoptr (PostureJsonDocument) self = g_new0 (PostureJsonDocument, 1);
  g_autoptr (PostureJsonReader) reader = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  g_atomic_ref_count_init (&self->references);
  posture_json_arena_init (&self->arena, 4 * length);
  reader = posture_json_reader_new (text, length, limits);
  if (!build_tree (self, reader, limits != NULL && limits->allow_duplicates, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * posture_json_document_new_text:
 * @text: a text that may be JSON
 * @error: return location for an error of [error@JsonError]
 *
 * Like posture_json_document_new() with the default limits, from a string.
 *
 * Returns: (transfer full) (nullable): the document, or %NULL on error
 */
PostureJsonDocument *
posture_json_document_new_text (const char *text,
                                GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return posture_json_document_new (bytes, NULL, error);
}

/**
 * posture_json_document_ref:
 * @self: a document
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureJsonDocument *
posture_json_document_ref (PostureJsonDocument *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_json_document_unref:
 * @self: (transfer full): a document
 *
 * Gives a reference back; with the last one the tree goes.
 */
void
posture_json_document_unref (PostureJsonDocument *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  posture_json_arena_clear (&self->arena);
  g_free (self);
}

/**
 * posture_json_document_get_root:
 * @self: a document
 *
 * Returns: (transfer none): the value that the text is
 */
const PostureJsonNode *
posture_json_document_get_root (PostureJsonDocument *self)
{
  return &self->root;
}

/**
 * posture_json_node_get_kind:
 * @self: a node
 *
 * Returns: what it is
 */
PostureJsonKind
posture_json_node_get_kind (const PostureJsonNode *self)
{
  return self->kind;
}

/**
 * posture_json_node_get_length:
 * @self: a node
 *
 * Returns: how many values an array or object holds, 0 for anything else
 */
guint
posture_json_node_get_length (const PostureJsonNode *self)
{
  return self->kind == POSTURE_JSON_ARRAY || self->kind == POSTURE_JSON_OBJECT ? self->length : 0;
}

/**
 * posture_json_node_get_element:
 * @self: an array or object
 * @index: from 0, below its length
 *
 * Returns: (transfer none): the value there, in the order of the text
 */
const PostureJsonNode *
posture_json_node_get_element (const PostureJsonNode *self,
                               guint                  index)
{
  g_return_val_if_fail (index < posture_json_node_get_length (self), NULL);

  return &self->children[index];
}

/**
 * posture_json_node_get_key:
 * @self: an object
 * @index: from 0, below its length
 *
 * Returns: (transfer none): the name of the value there
 */
const char *
posture_json_node_get_key (const PostureJsonNode *self,
                           guint                  index)
{
  g_return_val_if_fail (self->kind == POSTURE_JSON_OBJECT, NULL);
  g_return_val_if_fail (index < posture_json_node_get_length (self), NULL);

  return self->names[index];
}

/**
 * posture_json_node_get_member:
 * @self: (nullable): a node
 * @name: a member's name
 *
 * Looks a member up. Of values under one name the last one wins.
 *
 * Returns: (transfer none) (nullable): its value; %NULL if there is none, or
 *   if @self is no object
 */
const PostureJsonNode *
posture_json_node_get_member (const PostureJsonNode *self,
                              const char            *name)
{
  guint place;

  if (self == NULL || self->kind != POSTURE_JSON_OBJECT)
    return NULL;
  place = find_name (self, name);
  return place > 0 ? &self->children[place - 1] : NULL;
}

/**
 * posture_json_node_get_string:
 * @self: (nullable): a node
 *
 * Returns: (transfer none) (nullable): the text of a string or the spelling of
 *   a number, %NULL for anything else
 */
const char *
posture_json_node_get_string (const PostureJsonNode *self)
{
  return self != NULL && (self->kind == POSTURE_JSON_STRING || self->kind == POSTURE_JSON_NUMBER)
           ? self->text : NULL;
}

/**
 * posture_json_node_get_boolean:
 * @self: (nullable): a node
 *
 * Returns: whether it is `true`
 */
gboolean
posture_json_node_get_boolean (const PostureJsonNode *self)
{
  return self != NULL && self->kind == POSTURE_JSON_BOOLEAN && self->length > 0;
}

/**
 * posture_json_node_get_double:
 * @self: a number
 *
 * Returns: its value, rounded to the nearest double; infinite if it is too large for one
 */
double
posture_json_node_get_double (const PostureJsonNode *self)
{
  g_return_val_if_fail (self->kind == POSTURE_JSON_NUMBER, 0);

  return g_ascii_strtod (self->text, NULL);
}

/**
 * posture_json_node_get_int:
 * @self: (nullable): a node
 * @ret_value: (out): its value
 *
 * Reads a whole number that is spelled without fraction and exponent.
 *
 * Returns: %TRUE if it is one and fits
 */
gboolean
posture_json_node_get_int (const PostureJsonNode *self,
                           gint64                *ret_value)
{
  return posture_json_node_get_decimal (self, 0, ret_value);
}

/* Puts a digit behind a number. Below zero it is counted downwards, since that goes one further. */
static gboolean
add_digit (gint64  *units,
           gboolean negative,
           int      digit)
{
  return !__builtin_mul_overflow (*units, 10, units)
         && !(negative ? __builtin_sub_overflow (*units, digit, units)
                       : __builtin_add_overflow (*units, digit, units));
}

/**
 * posture_json_node_get_decimal:
 * @self: (nullable): a node
 * @places: how many digits after the point are kept, at most 9
 * @ret_units: (out): the number times 10 to the power of @places
 *
 * Reads a decimal number exactly, from its spelling, without a detour over
 * binary fractions: 0.1 with four places is 1000.
 *
 * Returns: %TRUE if it is a number without exponent, with at most @places
 *   digits after the point, that fits
 */
gboolean
posture_json_node_get_decimal (const PostureJsonNode *self,
                               guint                  places,
                               gint64                *ret_units)
{
  const char *at;
  gboolean negative;
  gint64 units = 0;
  int left = -1; /* of the places, once the point was there */

  g_return_val_if_fail (places <= 9, FALSE);

  if (self == NULL || self->kind != POSTURE_JSON_NUMBER)
    return FALSE;
  negative = *self->text == '-';
  for (at = self->text + negative; *at != '\0'; at++)
    if (*at == '.')
      left = (int) places;
    else if (!g_ascii_isdigit (*at) || left == 0 || !add_digit (&units, negative, *at - '0'))
      return FALSE;
    else if (left > 0)
      left--;
  for (left = left < 0 ? (int) places : left; left > 0; left--)
    if (!add_digit (&units, negative, 0))
      return FALSE;
  *ret_units = units;
  return TRUE;
}

/**
 * posture_json_node_to_text:
 * @self: a node
 *
 * Returns: (transfer full): the value in canonical form (RFC 8785)
 */
char *
posture_json_node_to_text (const PostureJsonNode *self)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_node (writer, self);
  return posture_json_writer_finish_text (writer);
}
