/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/faults-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PostureFault fault;
  guint order;  /* where in the file its value stands */
  guint number; /* when it was found, which decides between equal orders */
} Entry;

struct _PostureFaults
{
  GPtrArray *entries; /* (element-type Entry) */
  gboolean syntax;
};

G_DEFINE_QUARK (posture-model-error-quark, posture_model_error)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->fault.file);
  g_free (entry->fault.place);
  g_free (entry->fault.reason);
  g_free (entry);
}

/**
 * posture_faults_new:
 *
 * Makes an empty list. Readers add to it everything that is wrong with a text,
 * in the order of the text, so that its author can put right all at once.
 *
 * Returns: (transfer full): a new list
 */
PostureFaults *
posture_faults_new (void)
{
  PostureFaults *self = g_new0 (PostureFaults, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

/**
 * posture_faults_free:
 * @self: (transfer full): a list
 *
 * Frees the list and what is in it.
 */
void
posture_faults_free (PostureFaults *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* Adds a fault of the value that is number @order in its file; takes @reason. */
void
posture_faults_add_at (PostureFaults *self,
                       const char    *file,
                       const char    *place,
                       guint          order,
                       gboolean       syntax,
                       char          *reason)
{
  Entry *entry;

  if (self->entries->len >= POSTURE_FAULTS_MAX)
    {
      g_free (reason);
      entry = g_ptr_array_index (self->entries, POSTURE_FAULTS_MAX - 1);
      entry->order = G_MAXUINT;
      g_free (entry->fault.place);
      entry->fault.place = g_strdup ("");
      g_free (entry->fault.reason);
      entry->fault.reason = g_strdup (_("has more faults than are listed"));
      return;
    }
  entry = g_new0 (Entry, 1);
  entry->fault.file = g_strdup (file);
  entry->fault.place = g_strdup (place);
  entry->fault.reason = reason;
  entry->order = order;
  entry->number = self->entries->len;
  self->syntax = self->syntax || syntax;
  g_ptr_array_add (self->entries, entry);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *x = *(const Entry *const *) a;
  const Entry *y = *(const Entry *const *) b;

  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  return x->number < y->number ? -1 : 1;
}

/* Puts the faults from number @start on, all of one file, in the order of the file. */
void
posture_faults_sort (PostureFaults *self,
                     guint          start)
{
  if (start < self->entries->len)
    qsort (self->entries->pdata + start, self->entries->len - start, sizeof (gpointer),
           compare_entries);
}

/**
 * posture_faults_add:
 * @self: a list
 * @file: (nullable): the name of the file
 * @place: where in it
 * @format: what is wrong there, as for printf()
 * @...: what @format asks for
 *
 * Adds a fault at the end.
 */
void
posture_faults_add (PostureFaults *self,
                    const char    *file,
                    const char    *place,
                    const char    *format,
                    ...)
{
  va_list arguments;

  va_start (arguments, format);
  posture_faults_add_at (self, file, place, 0, FALSE, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/**
 * posture_faults_get_length:
 * @self: a list
 *
 * Returns: how many faults there are, at most %POSTURE_FAULTS_MAX
 */
guint
posture_faults_get_length (PostureFaults *self)
{
  return self->entries->len;
}

/**
 * posture_faults_get:
 * @self: a list
 * @index: from 0, below its length
 *
 * Returns: (transfer none): the fault there
 */
const PostureFault *
posture_faults_get (PostureFaults *self,
                    guint          index)
{
  g_return_val_if_fail (index < self->entries->len, NULL);

  return &((Entry *) g_ptr_array_index (self->entries, index))->fault;
}

/**
 * posture_faults_to_text:
 * @self: a list
 *
 * Tells the faults one a line, as `file: place: reason`; what is empty is left
 * out.
 *
 * Returns: (transfer full): the lines, without a line break at the end
 */
char *
posture_faults_to_text (PostureFaults *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const PostureFault *fault = posture_faults_get (self, i);

      if (i > 0)
        g_string_append_c (text, '\n');
      if (fault->file != NULL)
        g_string_append_printf (text, "%s: ", fault->file);
      if (*fault->place != '\0')
        g_string_append_printf (text, "%s: ", fault->place);
      g_string_append (text, fault->reason);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * posture_faults_to_error:
 * @self: a list that is not empty
 *
 * Returns: (transfer full): a #PostureModelError that tells all faults
 */
GError *
posture_faults_to_error (PostureFaults *self)
{
  g_autofree char *text = posture_faults_to_text (self);

  return g_error_new_literal (POSTURE_MODEL_ERROR,
                              self->syntax ? POSTURE_MODEL_ERROR_SYNTAX
                                           : POSTURE_MODEL_ERROR_INVALID,
                              text);
}
