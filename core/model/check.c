/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/check-private.h"

#include "model/faults-private.h"
#include "model/scalars.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Begins a walk through @root. posture_check_finish() ends it in any case. */
void
posture_check_init (PostureCheck          *self,
                    PostureFaults         *faults,
                    const char            *file,
                    const PostureJsonNode *root)
{
  memset (self, 0, sizeof *self);
  self->faults = faults;
  self->file = file;
  self->root = root;
  self->place = g_string_new (NULL);
  self->start = posture_faults_get_length (faults);
}

/* Ends a walk and puts its faults in order; whether there were none. */
gboolean
posture_check_finish (PostureCheck *self)
{
  posture_faults_sort (self->faults, self->start);
  g_string_free (self->place, TRUE);
  g_clear_pointer (&self->orders, g_hash_table_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  return self->found == 0;
}

/* Reads a whole file; that it is no JSON is a fault like any other. */
PostureJsonDocument *
posture_check_document (GBytes        *bytes,
                        const char    *file,
                        PostureFaults *faults)
{
  g_autoptr (GError) error = NULL;
  PostureJsonDocument *document = posture_json_document_new (bytes, NULL, &error);

  if (document == NULL)
    posture_faults_add_at (faults, file, "", 0, TRUE, g_strdup (error->message));
  return document;
}

/* Goes to a member; returns what posture_check_leave() needs to go back. */
gsize
posture_check_enter (PostureCheck *self,
                     const char   *member)
{
  gsize place = self->place->len;

  if (place > 0)
    g_string_append_c (self->place, '.');
  g_string_append (self->place, member);
  return place;
}

gsize
posture_check_enter_at (PostureCheck *self,
                        guint         index)
{
  gsize place = self->place->len;

  g_string_append_printf (self->place, "[%u]", index);
  return place;
}

/* Goes to a member whose name is an id, which can have points of its own. */
gsize
posture_check_enter_key (PostureCheck *self,
                         const char   *key)
{
  gsize place = self->place->len;

  g_string_append_printf (self->place, "[\"%s\"]", key);
  return place;
}

void
posture_check_leave (PostureCheck *self,
                     gsize         place)
{
  g_string_truncate (self->place, place);
}

/* Numbers all values in the order of the text. The reader bounds the depth, so that recursion is
 * bounded, too. */
static void
number_nodes (GHashTable            *orders,
              const PostureJsonNode *node)
{
  g_hash_table_insert (orders, (gpointer) node, GUINT_TO_POINTER (g_hash_table_size (orders) + 1));
  for (guint i = 0; i < posture_json_node_get_length (node); i++)
    number_nodes (orders, posture_json_node_get_element (node, i));
}

static void
add_fault (PostureCheck          *self,
           const PostureJsonNode *node,
           char                  *reason)
{
  if (self->orders == NULL)
    {
      self->orders = g_hash_table_new (NULL, NULL);
      self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      number_nodes (self->orders, self->root);
    }
  self->found++;
  if (!g_hash_table_add (self->told, g_strconcat (self->place->str, ": ", reason, NULL)))
    {
      g_free (reason);
      return;
    }
  posture_faults_add_at (self->faults, self->file, self->place->str,
                         GPOINTER_TO_UINT (g_hash_table_lookup (self->orders, node)), FALSE,
                         reason);
}

/* Tells a fault of @node, which stands at the present place. */
void
posture_check_fault (PostureCheck          *self,
                     const PostureJsonNode *node,
                     const char            *format,
                     ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_fault (self, node, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Tells a fault of a member of the object at the present place; the member may be missing. */
void
posture_check_fault_in (PostureCheck          *self,
                        const PostureJsonNode *object,
                        const char            *member,
                        const char            *format,
                        ...)
{
  const PostureJsonNode *node = posture_json_node_get_member (object, member);
  gsize place = posture_check_enter (self, member);
  va_list arguments;

  va_start (arguments, format);
  add_fault (self, node != NULL ? node : object, g_strdup_vprintf (format, arguments));
  va_end (arguments);
  posture_check_leave (self, place);
}

gboolean
posture_check_kind (PostureCheck          *self,
                    const PostureJsonNode *node,
                    PostureJsonKind        kind)
{
  if (posture_json_node_get_kind (node) == kind)
    return TRUE;
  switch (kind)
    {
    case POSTURE_JSON_OBJECT:
      posture_check_fault (self, node, _("must be an object"));
      break;
    case POSTURE_JSON_ARRAY:
      posture_check_fault (self, node, _("must be a list"));
      break;
    case POSTURE_JSON_STRING:
      posture_check_fault (self, node, _("must be a text"));
      break;
    case POSTURE_JSON_NUMBER:
      posture_check_fault (self, node, _("must be a number"));
      break;
    case POSTURE_JSON_BOOLEAN:
    case POSTURE_JSON_NULL:
    default:
      posture_check_fault (self, node, _("must be true or false"));
      break;
    }
  return FALSE;
}

/* Tells members that have another name than those: mostly a slip of the pen, which would otherwise
 * go unseen. */
gboolean
posture_check_members (PostureCheck          *self,
                       const PostureJsonNode *object,
                       const char *const     *names)
{
  guint before = self->found;

  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    {
      const char *key = posture_json_node_get_key (object, i);

      if (!g_strv_contains (names, key))
        posture_check_fault_in (self, object, key, _("is not known here"));
    }
  return self->found == before;
}

/* A member if it is there and of that kind. */
const PostureJsonNode *
posture_check_member (PostureCheck          *self,
                      const PostureJsonNode *object,
                      const char            *name,
                      PostureJsonKind        kind,
                      gboolean               required)
{
  const PostureJsonNode *member = posture_json_node_get_member (object, name);
  gboolean good;
  gsize place;

  if (member == NULL)
    {
      if (required)
        posture_check_fault_in (self, object, name, _("is missing"));
      return NULL;
    }
  place = posture_check_enter (self, name);
  good = posture_check_kind (self, member, kind);
  posture_check_leave (self, place);
  return good ? member : NULL;
}

/* A member that is a text and says something. */
const char *
posture_check_text (PostureCheck          *self,
                    const PostureJsonNode *object,
                    const char            *name,
                    gboolean               required)
{
  const PostureJsonNode *member = posture_check_member (self, object, name, POSTURE_JSON_STRING,
                                                        required);
  const char *text = posture_json_node_get_string (member);

  if (text != NULL && text[strspn (text, " \t\r\n")] == '\0')
    {
      posture_check_fault_in (self, object, name, _("must not be empty"));
      return NULL;
    }
  return text;
}

const char *
posture_check_id (PostureCheck          *self,
                  const PostureJsonNode *object,
                  const char            *name)
{
  const PostureJsonNode *member = posture_check_member (self, object, name, POSTURE_JSON_STRING,
                                                        TRUE);
  const char *text = posture_json_node_get_string (member);

  if (text == NULL || posture_is_id (text))
    return text;
  posture_check_fault_in (self, object, name,
                          _("must be 1 to 64 letters, digits, “.”, “_” or “-”, "
                            "a letter or digit first"));
  return NULL;
}

gboolean
posture_check_int (PostureCheck          *self,
                   const PostureJsonNode *object,
                   const char            *name,
                   gint64                 minimum,
                   gint64                 maximum,
                   gboolean               required,
                   gint64                *ret_value)
{
  const PostureJsonNode *member = posture_check_member (self, object, name, POSTURE_JSON_NUMBER,
                                                        required);
  gint64 value;

  if (member == NULL)
    return FALSE;
  if (!posture_json_node_get_int (member, &value) || value < minimum || value > maximum)
    {
      g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, minimum);
      g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, maximum);

      posture_check_fault_in (self, object, name, _("must be a whole number from %s to %s"), from,
                              to);
      return FALSE;
    }
  *ret_value = value;
  return TRUE;
}

/* A decimal number in units of 10 to the power of -@places; the bounds are whole numbers. */
gboolean
posture_check_decimal (PostureCheck          *self,
                       const PostureJsonNode *object,
                       const char            *name,
                       guint                  places,
                       gint64                 minimum,
                       gint64                 maximum,
                       gboolean               required,
                       gint64                *ret_units)
{
  const PostureJsonNode *member = posture_check_member (self, object, name, POSTURE_JSON_NUMBER,
                                                        required);
  gint64 one = 1, units;

  for (guint i = 0; i < places; i++)
    one *= 10;
  if (member == NULL)
    return FALSE;
  if (!posture_json_node_get_decimal (member, places, &units)
      || units < minimum * one || units > maximum * one)
    {
      g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, minimum);
      g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, maximum);

      posture_check_fault_in (self, object, name,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "must be a number from %s to %s with at most %u "
                                           "decimal place",
                                           "must be a number from %s to %s with at most %u "
                                           "decimal places",
                                           places),
                              from, to, places);
      return FALSE;
    }
  *ret_units = units;
  return TRUE;
}

/* Whether a member that may be left out is true. */
gboolean
posture_check_boolean (PostureCheck          *self,
                       const PostureJsonNode *object,
                       const char            *name)
{
  return posture_json_node_get_boolean (posture_check_member (self, object, name,
                                                              POSTURE_JSON_BOOLEAN, FALSE));
}
