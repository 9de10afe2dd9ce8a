/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the engine alone does in the same folder: the other side of every ratio. */
typedef struct _BareSqlite BareSqlite;

BareSqlite *bare_sqlite_open   (const char *folder,
                                guint       row_size);
void        bare_sqlite_insert (BareSqlite *self,
                                guint       rows);
void        bare_sqlite_close  (BareSqlite *self);

/* Sorts @samples and gives the value below which @share of them lie. */
gint64      bench_percentile   (gint64     *samples,
                                guint       n_samples,
                                double      share);

G_END_DECLS
