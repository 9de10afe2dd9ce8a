/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/document.h"

#include "export/export-text.h"

static void
pair_free (PosturePair *self)
{
  g_free (self->label);
  g_free (self->text);
  g_free (self);
}

static void
cell_free (PostureCell *self)
{
  g_free (self->text);
  g_free (self->target);
  g_free (self);
}

static void
block_free (PostureBlock *self)
{
  g_free (self->anchor);
  g_free (self->target);
  g_free (self->number);
  g_free (self->text);
  g_free (self->meta);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_clear_pointer (&self->chart, posture_chart_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/* An empty document. */
PostureDocument *
posture_document_new (const char *title,
                      const char *subtitle)
{
  PostureDocument *self = g_new0 (PostureDocument, 1);

  self->title = posture_export_clean_line (title);
  self->subtitle = posture_export_clean_line (subtitle);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  return self;
}

void
posture_document_free (PostureDocument *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->language);
  g_free (self->moment);
  g_free (self->contents);
  g_free (self->page_of);
  g_free (self->table);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

static PostureBlock *
add_block (PostureDocument *self,
           PostureBlockKind kind,
           const char      *text)
{
  PostureBlock *block = g_new0 (PostureBlock, 1);

  block->kind = kind;
  block->text = text != NULL ? posture_export_clean_text (text) : NULL;
  g_ptr_array_add (self->blocks, block);
  return block;
}

/* Ids of questions can have points and underscores; names of places have letters, digits and hyphens. No
 * two become the same. */
static char *
make_anchor (const char *name)
{
  GString *anchor = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (anchor, *c);
    else
      g_string_append_printf (anchor, "-%02x", (guint) (guchar) *c);
  return g_string_free (anchor, FALSE);
}

PostureBlock *
posture_document_add_heading (PostureDocument *self,
                              guint            level,
                              const char      *anchor,
                              const char      *text)
{
  PostureBlock *block = add_block (self, POSTURE_BLOCK_HEADING, text);

  block->level = self->level = level;
  block->anchor = make_anchor (anchor);
  return block;
}

void
posture_document_add_paragraph (PostureDocument  *self,
                                PostureTextWeight weight,
                                const char       *text)
{
  if (text != NULL && *text != '\0')
    add_block (self, POSTURE_BLOCK_PARAGRAPH, text)->weight = weight;
}

PostureBlock *
posture_document_add_facts (PostureDocument *self)
{
  PostureBlock *block = add_block (self, POSTURE_BLOCK_FACTS, NULL);

  block->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) pair_free);
  return block;
}

/* Takes the chart over. */
void
posture_document_add_chart (PostureDocument *self,
                            PostureChart    *chart)
{
  add_block (self, POSTURE_BLOCK_CHART, NULL)->chart = chart;
}

PostureBlock *
posture_document_add_table (PostureDocument *self,
                            guint            n_columns,
                            const double    *widths,
                            guint            numbers)
{
  PostureBlock *block = add_block (self, POSTURE_BLOCK_TABLE, NULL);

  block->n_columns = MIN (n_columns, G_N_ELEMENTS (block->widths));
  block->numbers = numbers;
  for (guint i = 0; i < block->n_columns; i++)
    block->widths[i] = widths[i];
  block->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  return block;
}

PostureBlock *
posture_document_add_entry (PostureDocument *self,
                            const char      *anchor,
                            const char      *number,
                            const char      *text,
                            const char      *meta)
{
  PostureBlock *block = add_block (self, POSTURE_BLOCK_ENTRY, text);

  block->level = self->level + 1;
  block->anchor = make_anchor (anchor);
  block->number = posture_export_clean_line (number);
  block->meta = posture_export_clean_line (meta);
  block->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) pair_free);
  return block;
}

/* Nothing is added where there is nothing to say. */
void
posture_block_add_pair (PostureBlock *self,
                        const char   *label,
                        const char   *text,
                        gboolean      dim)
{
  PosturePair *pair;

  if (text == NULL || *text == '\0')
    return;
  pair = g_new0 (PosturePair, 1);
  pair->label = posture_export_clean_line (label);
  pair->text = posture_export_clean_text (text);
  pair->dim = dim;
  g_ptr_array_add (self->pairs, pair);
}

void
posture_block_add_row (PostureBlock *self)
{
  g_ptr_array_add (self->rows, g_ptr_array_new_with_free_func ((GDestroyNotify) cell_free));
}

/* Adds a cell to the last row. */
void
posture_block_add_cell (PostureBlock *self,
                        const char   *text,
                        const char   *target)
{
  PostureCell *cell = g_new0 (PostureCell, 1);

  cell->text = posture_export_clean_line (text);
  cell->target = target != NULL ? make_anchor (target) : NULL;
  g_ptr_array_add (g_ptr_array_index (self->rows, self->rows->len - 1), cell);
}
