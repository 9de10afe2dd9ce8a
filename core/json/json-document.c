/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-document.h"

#include "json/json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From how many names on an object has an index. */
#define INDEX_FROM 16

/* How much of a name stands in a message, in characters. */
#define SHOWN_LENGTH 80

/* A node of the tree. Children of a container hang in an array of their own, which is there only if
 * it has any, so that a text full of "{}" takes little; an object remembers their names beside
 * them. Everything but these arrays lives in the document's string chunk.
 *
 * The index is a balanced tree and no hash table: names come from outside, and whoever chooses them
 * could choose such that all have the same hash. */
struct _PostureJsonNode
{
  PostureJsonKind kind;
  gboolean boolean;
  const char *text;     /* of a string, spelling of a number */
  GPtrArray *children;  /* (element-type PostureJsonNode) */
  GPtrArray *keys;      /* (element-type utf8), objects only */
  GTree *index;         /* name -> place + 1 of its last value, large objects only */
};

struct _PostureJsonDocument
{
  gatomicrefcount references;
  GStringChunk *texts;
  PostureJsonNode *root;
};

static void
node_free (PostureJsonNode *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->index, g_tree_unref);
  g_free (self);
}

static PostureJsonNode *
node_new (PostureJsonKind kind)
{
  PostureJsonNode *self = g_new0 (PostureJsonNode, 1);

  self->kind = kind;
  return self;
}

/* The place of the last value under a name, counted from 1, or 0 if there is none. */
static guint
find_name (const PostureJsonNode *object,
           const char            *name)
{
  if (object->index != NULL)
    return GPOINTER_TO_UINT (g_tree_lookup (object->index, name));
  for (guint i = object->keys != NULL ? object->keys->len : 0; i > 0; i--)
    if (strcmp (g_ptr_array_index (object->keys, i - 1), name) == 0)
      return i;
  return 0;
}

static void
add_name (PostureJsonNode *object,
          const char      *name)
{
  if (object->keys == NULL)
    object->keys = g_ptr_array_new ();
  g_ptr_array_add (object->keys, (gpointer) name);
  if (object->index != NULL)
    g_tree_insert (object->index, (gpointer) name, GUINT_TO_POINTER (object->keys->len));
  else if (object->keys->len == INDEX_FROM)
    {
      object->index = g_tree_new ((GCompareFunc) strcmp);
      for (guint i = 0; i < object->keys->len; i++)
        g_tree_insert (object->index, g_ptr_array_index (object->keys, i),
                       GUINT_TO_POINTER (i + 1));
    }
}

static const char *
keep_text (PostureJsonDocument *self,
           PostureJsonReader   *reader)
{
  gsize length;
  const char *text = posture_json_reader_get_text (reader, &length);

  return g_string_chunk_insert_len (self->texts, text, (gssize) length);
}

static PostureJsonNode *
node_from_token (PostureJsonDocument *self,
                 PostureJsonReader   *reader,
                 PostureJsonToken     token)
{
  PostureJsonNode *node;

  switch (token)
    {
    case POSTURE_JSON_TOKEN_BEGIN_OBJECT:
      return node_new (POSTURE_JSON_OBJECT);
    case POSTURE_JSON_TOKEN_BEGIN_ARRAY:
      return node_new (POSTURE_JSON_ARRAY);
    case POSTURE_JSON_TOKEN_STRING:
    case POSTURE_JSON_TOKEN_NUMBER:
      node = node_new (token == POSTURE_JSON_TOKEN_STRING ? POSTURE_JSON_STRING
                                                          : POSTURE_JSON_NUMBER);
      node->text = keep_text (self, reader);
      return node;
    case POSTURE_JSON_TOKEN_TRUE:
    case POSTURE_JSON_TOKEN_FALSE:
      node = node_new (POSTURE_JSON_BOOLEAN);
      node->boolean = token == POSTURE_JSON_TOKEN_TRUE;
      return node;
    default:
      return node_new (POSTURE_JSON_NULL);
    }
}

static gboolean
take_key (PostureJsonDocument *self,
          PostureJsonReader   *reader,
          PostureJsonNode     *object,
          gboolean             allow_duplicates,
          GError             **error)
{
  const char *key = keep_text (self, reader);

  if (!allow_duplicates && find_name (object, key) > 0)
    {
      /* a name can be as long as the text */
      g_autofree char *shown = g_utf8_strlen (key, -1) > SHOWN_LENGTH
                                 ? g_utf8_substring (key, 0, SHOWN_LENGTH)
                                 : g_strdup (key);
      gsize offset = posture_json_reader_get_offset (reader);
      guint line, column;

      posture_json_reader_get_place (reader, offset, &line, &column);
      g_set_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_DUPLICATE,
                   _("line %u, column %u: “%s” stands twice in one object"), line, column, shown);
      return FALSE;
    }
  add_name (object, key);
  return TRUE;
}

static void
take_value (PostureJsonDocument *self,
            GPtrArray           *open,
            PostureJsonNode     *node)
{
  if (open->len == 0)
    self->root = node;
  else
    {
      PostureJsonNode *parent = g_ptr_array_index (open, open->len - 1);

      if (parent->children == NULL)
        parent->children = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
      g_ptr_array_add (parent->children, node);
    }
  if (node->kind == POSTURE_JSON_ARRAY || node->kind == POSTURE_JSON_OBJECT)
    g_ptr_array_add (open, node);
}

static gboolean
read_tree (PostureJsonDocument *self,
           PostureJsonReader   *reader,
           gboolean             allow_duplicates,
           GError             **error)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  while (TRUE)
    {
      PostureJsonToken token = posture_json_reader_next (reader, error);

      switch (token)
        {
        case POSTURE_JSON_TOKEN_ERROR:
          return FALSE;
        case POSTURE_JSON_TOKEN_END:
          return TRUE;
        case POSTURE_JSON_TOKEN_END_OBJECT:
        case POSTURE_JSON_TOKEN_END_ARRAY:
          g_ptr_array_set_size (open, (int) open->len - 1);
          break;
        case POSTURE_JSON_TOKEN_KEY:
          if (!take_key (self, reader, g_ptr_array_index (open, open->len - 1), allow_duplicates,
                         error))
            return FALSE;
          break;
        default:
          take_value (self, open, node_from_token (self, reader, token));
          break;
        }
    }
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
  self->texts = g_string_chunk_new (CLAMP (length, 64, 65536));
  reader = posture_json_reader_new (text, length, limits);
  if (!read_tree (self, reader, limits != NULL && limits->allow_duplicates, error))
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
  g_clear_pointer (&self->root, node_free);
  g_string_chunk_free (self->texts);
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
  return self->root;
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
  return self->children != NULL ? self->children->len : 0;
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

  return g_ptr_array_index (self->children, index);
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

  return g_ptr_array_index (self->keys, index);
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
  return place > 0 ? g_ptr_array_index (self->children, place - 1) : NULL;
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
  return self != NULL ? self->text : NULL;
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
  return self != NULL && self->boolean;
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
  const char *point;
  g_autofree char *digits = NULL;
  gsize fraction;

  g_return_val_if_fail (places <= 9, FALSE);

  if (self == NULL || self->kind != POSTURE_JSON_NUMBER || strpbrk (self->text, "eE") != NULL)
    return FALSE;
  point = strchr (self->text, '.');
  fraction = point != NULL ? strlen (point + 1) : 0;
  if (fraction > places)
    return FALSE;
  digits = g_strdup_printf ("%.*s%s%.*s",
                            point != NULL ? (int) (point - self->text) : (int) strlen (self->text),
                            self->text, point != NULL ? point + 1 : "", (int) (places - fraction),
                            "000000000");
  return g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, ret_units, NULL);
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
