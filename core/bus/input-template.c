/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/input-template-private.h"

#include "json/json-document.h"
#include "json/json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A piece of a template: text as it stands, or a variable. */
typedef struct
{
  char *text;
  gboolean is_variable;
  gboolean in_string; /* of a variable: it stands between quotes */
} Piece;

struct _PostureTemplate
{
  GArray *pieces; /* (element-type Piece) */
  gboolean json;  /* what it gives is JSON; otherwise a plain text */
};

static const char *const reserved[] = {
  "aws.events.event", "aws.events.event.ingestion-time", "aws.events.event.json",
  "aws.events.rule-arn", "aws.events.rule-name", NULL,
};

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_free (piece->text);
}

void
posture_template_free (PostureTemplate *self)
{
  g_array_unref (self->pieces);
  g_free (self);
}

static gboolean
refuse (const char *format,
        const char *argument,
        GError    **error)
{
  g_autoptr (GString) message = g_string_new (format);

  g_string_replace (message, "%s", argument, 1);
  g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION, message->str);
  return FALSE;
}

static void
add_piece (PostureTemplate *self,
           const char      *text,
           gsize            length,
           gboolean         is_variable,
           gboolean         in_string)
{
  Piece piece = { g_strndup (text, length), is_variable, in_string };

  if (length > 0)
    g_array_append_val (self->pieces, piece);
  else
    g_free (piece.text);
}

/* The length of the name if `<name>` stands here; 0 if it does not. */
static gsize
find_variable (const char *at)
{
  gsize length = strspn (at + 1, G_CSET_a_2_z G_CSET_A_2_Z "0123456789_-.");

  return at[0] == '<' && at[1 + length] == '>' ? length : 0;
}

/* Whether a colon comes next, which makes the string before it a name. */
static gboolean
is_before_colon (const char *at)
{
  return at[strspn (at, " \t\r\n")] == ':';
}

static gboolean
split (PostureTemplate *self,
       const char      *text,
       GHashTable      *variables,
       GError         **error)
{
  const char *begin = text;
  gboolean in_string = FALSE, has_variable = FALSE;
  const char *at = text;

  while (*at != '\0')
    {
      gsize length = find_variable (at);

      if (self->json && in_string && at[0] == '\\' && at[1] != '\0')
        {
          at += 2;
          continue;
        }
      if (self->json && *at == '"')
        {
          if (in_string && has_variable && is_before_colon (at + 1))
            return refuse (_("A variable cannot stand in the name of a member: %s"), text, error);
          in_string = !in_string;
          has_variable = FALSE;
        }
      if (length == 0)
        {
          at++;
          continue;
        }
      add_piece (self, begin, (gsize) (at - begin), FALSE, FALSE);
      add_piece (self, at + 1, length, TRUE, in_string);
      has_variable = TRUE;
      at += length + 2;
      begin = at;
      if (g_hash_table_lookup (variables, g_array_index (self->pieces, Piece, self->pieces->len - 1).text) == NULL &&
          !g_strv_contains (reserved, g_array_index (self->pieces, Piece, self->pieces->len - 1).text))
        return refuse (_("The template has a variable that InputPathsMap does not: %s"),
                       g_array_index (self->pieces, Piece, self->pieces->len - 1).text, error);
    }
  add_piece (self, begin, (gsize) (at - begin), FALSE, FALSE);
  return TRUE;
}

/* Nothing is there, as a trial. */
static char *
look_up_nothing (const char *name,
                 gboolean   *ret_is_string,
                 gpointer    data,
                 GError    **error)
{
  return NULL;
}

/* Whatever variables stand for, a template that gives JSON with none of them always does. */
static gboolean
is_sound (PostureTemplate *self,
          GError         **error)
{
  g_autofree char *trial = NULL;
  g_autoptr (PostureJsonDocument) document = NULL;

  if (!self->json)
    return TRUE;
  trial = posture_template_render (self, look_up_nothing, /* data = */ NULL, error);
  if (trial == NULL)
    return FALSE;
  document = posture_json_document_new_text (trial, error);
  if (document == NULL)
    g_prefix_error (error, "%s ", _("The template does not give JSON."));
  return document != NULL;
}

PostureTemplate *
posture_template_new (const char *text,
                      GHashTable *variables,
                      GError    **error)
{
  g_autoptr (PostureTemplate) self = g_new0 (PostureTemplate, 1);
  const char *first = text + strspn (text, " \t\r\n");

  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
  self->json = *first == '{' || *first == '[' || *first == '"';
  if (!split (self, text, variables, error) || !is_sound (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Puts a value between quotes that are there already. */
static void
append_inside (GString    *out,
               const char *value)
{
  g_autoptr (GString) quoted = g_string_new (NULL);

  posture_json_append_text (quoted, value);
  g_string_append_len (out, quoted->str + 1, (gssize) quoted->len - 2);
}

static void
append_value (const PostureTemplate *self,
              GString               *out,
              const Piece           *piece,
              const char            *value,
              gboolean               is_string)
{
  if (!self->json)
    g_string_append (out, value != NULL ? value : "");
  else if (piece->in_string)
    append_inside (out, value != NULL ? value : "");
  else if (value != NULL && is_string)
    posture_json_append_text (out, value);
  else
    g_string_append (out, value != NULL ? value : "null");
}

/* Fills in the variables. */
char *
posture_template_render (const PostureTemplate *self,
                         PostureTemplateFunc    func,
                         gpointer               data,
                         GError               **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      gboolean is_string = FALSE;
      g_autofree char *value = NULL;
      GError *failure = NULL;

      if (!piece->is_variable)
        {
          g_string_append (out, piece->text);
          continue;
        }
      value = func (piece->text, &is_string, data, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return NULL;
        }
      append_value (self, out, piece, value, is_string);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
