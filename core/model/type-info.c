/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/type-info-private.h"

#include "model/check-private.h"
#include "model/scalars.h"
#include "model/type-pool-private.h"

#include <glib/gi18n-lib.h>

/* Up to 15 digits a double keeps as they are; beyond, JSON's readers no longer agree. */
#define MAX_UNITS G_GINT64_CONSTANT (1000000000000000)

/* What every struct begins with. */
typedef struct
{
  gatomicrefcount ref_count;
  PostureTypePool *pool; /* (nullable): whose references are counted instead, since all goes with it */
} Head;

static gpointer read_object (PostureCheck          *check,
                             const PostureTypeInfo *type,
                             const PostureJsonNode *node);

static void
list_free (const PostureTypeField *field,
           GPtrArray              *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      if (field->kind == POSTURE_TYPE_OBJECT)
        posture_type_unref (field->type, g_ptr_array_index (list, i));
      else
        g_free (g_ptr_array_index (list, i));
    }
  g_ptr_array_unref (list);
}

/* A new value of @type: zero, with empty lists. */
gpointer
posture_type_new (const PostureTypeInfo *type)
{
  gpointer instance = g_malloc0 (type->size);

  g_atomic_ref_count_init (&((Head *) instance)->ref_count);
  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i].list)
      G_STRUCT_MEMBER (GPtrArray *, instance, type->fields[i].offset) = g_ptr_array_new ();
  return instance;
}

/* A new value of @type in @pool: zero, with empty lists that are not to be filled. */
gpointer
posture_type_new_in (const PostureTypeInfo *type,
                     PostureTypePool       *pool)
{
  gpointer instance = posture_type_pool_alloc (pool, type->size);

  ((Head *) instance)->pool = pool;
  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i].list)
      G_STRUCT_MEMBER (GPtrArray *, instance, type->fields[i].offset)
        = posture_type_pool_get_empty (pool);
  return instance;
}

gpointer
posture_type_ref (gpointer instance)
{
  Head *head = instance;

  if (head->pool != NULL)
    posture_type_pool_ref (head->pool);
  else
    g_atomic_ref_count_inc (&head->ref_count);
  return instance;
}

static void
free_members (const PostureTypeInfo *type,
              gpointer               instance)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const PostureTypeField *field = &type->fields[i];
      gpointer member;

      if (field->kind > POSTURE_TYPE_ANSWERS && field->kind < POSTURE_TYPE_OBJECT)
        continue;
      member = G_STRUCT_MEMBER (gpointer, instance, field->offset);
      if (field->list)
        list_free (field, member);
      else if (field->kind == POSTURE_TYPE_OBJECT && member != NULL)
        posture_type_unref (field->type, member);
      else
        g_free (member);
    }
}

void
posture_type_unref (const PostureTypeInfo *type,
                    gpointer               instance)
{
  Head *head = instance;

  if (head->pool != NULL)
    posture_type_pool_unref (head->pool);
  else if (g_atomic_ref_count_dec (&head->ref_count))
    {
      free_members (type, instance);
      g_free (instance);
    }
}

/* The number of @text in @values, or -1. */
int
posture_type_find_value (const char *const *values,
                         const char        *text)
{
  for (int i = 0; text != NULL && values[i] != NULL; i++)
    if (g_str_equal (values[i], text))
      return i;
  return -1;
}

/* Why @text is no @kind; %NULL if it is one. */
static const char *
text_fault (PostureTypeKind kind,
            const char     *text)
{
  switch (kind)
    {
    case POSTURE_TYPE_ID:
      return posture_is_id (text) ? NULL : _("must be an id");
    case POSTURE_TYPE_UUID:
      return posture_is_uuid (text) ? NULL : _("must be a UUID in lower case");
    case POSTURE_TYPE_DIGEST:
      return posture_is_digest (text) ? NULL : _("must be a digest of 64 hexadecimal digits");
    case POSTURE_TYPE_DATE_TIME:
      return posture_is_date_time (text) ? NULL
                                         : _("must be a time such as 2026-11-23T21:46:44.000Z");
    default:
      return NULL;
    }
}

static char *
read_text (PostureCheck           *check,
           const PostureTypeField *field,
           const PostureJsonNode  *node)
{
  const char *fault;

  if (field->kind == POSTURE_TYPE_ANSWERS)
    return posture_check_kind (check, node, POSTURE_JSON_OBJECT) ? posture_json_node_to_text (node)
                                                                 : NULL;
  if (!posture_check_kind (check, node, POSTURE_JSON_STRING))
    return NULL;
  fault = text_fault (field->kind, posture_json_node_get_string (node));
  if (fault != NULL)
    posture_check_fault (check, node, "%s", fault);
  return fault == NULL ? g_strdup (posture_json_node_get_string (node)) : NULL;
}

static void
read_number (PostureCheck           *check,
             const PostureTypeField *field,
             const PostureJsonNode  *node,
             gpointer                instance)
{
  gboolean whole = field->kind == POSTURE_TYPE_INT;
  guint places = whole ? 0 : POSTURE_TYPE_DECIMAL_PLACES;
  gint64 limit = whole ? G_MAXINT32 : MAX_UNITS;
  gint64 units;

  if (!posture_json_node_get_decimal (node, places, &units) || ABS (units) > limit)
    posture_check_fault (check, node, "%s",
                         whole ? _("must be a whole number")
                               : _("must be a number with at most six decimal places"));
  else if (whole)
    G_STRUCT_MEMBER (int, instance, field->offset) = (int) units;
  else
    G_STRUCT_MEMBER (gint64, instance, field->offset) = units;
  if (field->flag != 0)
    G_STRUCT_MEMBER (gboolean, instance, field->flag) = TRUE;
}

static void
read_enum (PostureCheck           *check,
           const PostureTypeField *field,
           const PostureJsonNode  *node,
           gpointer                instance)
{
  gboolean text = posture_json_node_get_kind (node) == POSTURE_JSON_STRING;
  int value = posture_type_find_value (field->values,
                                       text ? posture_json_node_get_string (node) : NULL);

  if (value < 0)
    {
      g_autofree char *names = g_strjoinv (", ", (char **) field->values);

      posture_check_fault (check, node, _("must be one of %s"), names);
      return;
    }
  G_STRUCT_MEMBER (int, instance, field->offset) = value;
}

static gpointer
read_pointer (PostureCheck           *check,
              const PostureTypeField *field,
              const PostureJsonNode  *node)
{
  if (field->kind == POSTURE_TYPE_OBJECT)
    return read_object (check, field->type, node);
  return read_text (check, field, node);
}

static void
read_list (PostureCheck           *check,
           const PostureTypeField *field,
           const PostureJsonNode  *node,
           GPtrArray              *list)
{
  if (!posture_check_kind (check, node, POSTURE_JSON_ARRAY))
    return;
  for (guint i = 0; i < posture_json_node_get_length (node); i++)
    {
      gsize place = posture_check_enter_at (check, i);
      gpointer element = read_pointer (check, field, posture_json_node_get_element (node, i));

      if (element != NULL)
        g_ptr_array_add (list, element);
      posture_check_leave (check, place);
    }
}

static void
read_field (PostureCheck           *check,
            const PostureTypeField *field,
            const PostureJsonNode  *node,
            gpointer                instance)
{
  if (field->list)
    read_list (check, field, node, G_STRUCT_MEMBER (GPtrArray *, instance, field->offset));
  else if (field->nullable && posture_json_node_get_kind (node) == POSTURE_JSON_NULL)
    return;
  else if (field->kind == POSTURE_TYPE_INT || field->kind == POSTURE_TYPE_DECIMAL)
    read_number (check, field, node, instance);
  else if (field->kind == POSTURE_TYPE_ENUM)
    read_enum (check, field, node, instance);
  else if (field->kind == POSTURE_TYPE_BOOLEAN)
    G_STRUCT_MEMBER (gboolean, instance, field->offset)
      = posture_check_kind (check, node, POSTURE_JSON_BOOLEAN)
        && posture_json_node_get_boolean (node);
  else
    G_STRUCT_MEMBER (gpointer, instance, field->offset) = read_pointer (check, field, node);
}

static gpointer
read_object (PostureCheck          *check,
             const PostureTypeInfo *type,
             const PostureJsonNode *node)
{
  gpointer instance;

  if (!posture_check_kind (check, node, POSTURE_JSON_OBJECT))
    return NULL;
  instance = posture_type_new (type);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const PostureTypeField *field = &type->fields[i];
      const PostureJsonNode *member = posture_json_node_get_member (node, field->name);
      gsize place = posture_check_enter (check, field->name);

      if (member != NULL)
        read_field (check, field, member, instance);
      else if (!field->sparse)
        posture_check_fault (check, node, _("is missing"));
      posture_check_leave (check, place);
    }
  return instance;
}

/* Reads a value; with any fault there is none, and the error tells all of them. */
gpointer
posture_type_read (const PostureTypeInfo *type,
                   const PostureJsonNode *node,
                   GError               **error)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  PostureCheck check;
  gpointer instance;

  posture_check_init (&check, faults, NULL /* file */, node);
  instance = read_object (&check, type, node);
  if (posture_check_finish (&check))
    return instance;
  if (instance != NULL)
    posture_type_unref (type, instance);
  g_propagate_error (error, posture_faults_to_error (faults));
  return NULL;
}

static void
write_pointer (const PostureTypeField *field,
               PostureJsonWriter      *writer,
               gconstpointer           value)
{
  if (value == NULL)
    posture_json_writer_null (writer);
  else if (field->kind == POSTURE_TYPE_OBJECT)
    posture_type_write (field->type, writer, value);
  else if (field->kind == POSTURE_TYPE_ANSWERS)
    posture_json_writer_canonical (writer, value);
  else
    posture_json_writer_string (writer, value);
}

static void
write_field (const PostureTypeField *field,
             PostureJsonWriter      *writer,
             gconstpointer           instance)
{
  if (field->list)
    {
      GPtrArray *list = G_STRUCT_MEMBER (GPtrArray *, instance, field->offset);

      posture_json_writer_begin_array (writer);
      for (guint i = 0; i < list->len; i++)
        write_pointer (field, writer, g_ptr_array_index (list, i));
      posture_json_writer_end_array (writer);
    }
  else if (field->flag != 0 && !G_STRUCT_MEMBER (gboolean, instance, field->flag))
    posture_json_writer_null (writer);
  else if (field->kind == POSTURE_TYPE_INT)
    posture_json_writer_int (writer, G_STRUCT_MEMBER (int, instance, field->offset));
  else if (field->kind == POSTURE_TYPE_DECIMAL)
    posture_json_writer_decimal (writer, G_STRUCT_MEMBER (gint64, instance, field->offset),
                                 POSTURE_TYPE_DECIMAL_PLACES);
  else if (field->kind == POSTURE_TYPE_ENUM)
    posture_json_writer_string (writer,
                                field->values[G_STRUCT_MEMBER (int, instance, field->offset)]);
  else if (field->kind == POSTURE_TYPE_BOOLEAN)
    posture_json_writer_boolean (writer, G_STRUCT_MEMBER (gboolean, instance, field->offset));
  else
    write_pointer (field, writer, G_STRUCT_MEMBER (gpointer, instance, field->offset));
}

/* Whether there is nothing to write of a member that is left out then. */
static gboolean
is_left_out (const PostureTypeField *field,
             gconstpointer           instance)
{
  if (!field->sparse)
    return FALSE;
  if (field->flag != 0)
    return !G_STRUCT_MEMBER (gboolean, instance, field->flag);
  return G_STRUCT_MEMBER (gpointer, instance, field->offset) == NULL;
}

void
posture_type_write (const PostureTypeInfo *type,
                    PostureJsonWriter     *writer,
                    gconstpointer          instance)
{
  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < type->n_fields; i++)
    {
      if (is_left_out (&type->fields[i], instance))
        continue;
      posture_json_writer_key (writer, type->fields[i].name);
      write_field (&type->fields[i], writer, instance);
    }
  posture_json_writer_end_object (writer);
}
