/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bare-sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>

struct _BareSqlite
{
  sqlite3 *database;
  sqlite3_stmt *insert;
  char *row;
  guint row_size;
};

static void
bare_sqlite_run (BareSqlite *self,
                 const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (self->database, sql, NULL, NULL, &message) != SQLITE_OK)
    {
      g_printerr ("%s: %s\n", sql, message);
      exit (1);
    }
}

/* The settings are those of the store, so that a sync costs the same on both sides. */
BareSqlite *
bare_sqlite_open (const char *folder,
                  guint       row_size)
{
  g_autofree char *path = g_build_filename (folder, "bare.db", NULL);
  BareSqlite *self = g_new0 (BareSqlite, 1);

  self->row_size = row_size;
  self->row = g_malloc (row_size);
  memset (self->row, 'x', row_size);
  if (sqlite3_open (path, &self->database) != SQLITE_OK)
    {
      g_printerr ("%s: %s\n", path, sqlite3_errmsg (self->database));
      exit (1);
    }
  bare_sqlite_run (self, "PRAGMA journal_mode = WAL");
  bare_sqlite_run (self, "PRAGMA synchronous = FULL");
  bare_sqlite_run (self, "CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
  if (sqlite3_prepare_v2 (self->database, "INSERT INTO bare (body) VALUES (?1)", -1, &self->insert,
                          NULL) != SQLITE_OK)
    exit (1);
  return self;
}

/* Inserts @rows rows in one synced transaction. */
void
bare_sqlite_insert (BareSqlite *self,
                    guint       rows)
{
  bare_sqlite_run (self, "BEGIN IMMEDIATE");
  for (guint i = 0; i < rows; i++)
    {
      sqlite3_bind_blob (self->insert, 1, self->row, (int) self->row_size, SQLITE_STATIC);
      if (sqlite3_step (self->insert) != SQLITE_DONE)
        exit (1);
      sqlite3_reset (self->insert);
    }
  bare_sqlite_run (self, "COMMIT");
}

void
bare_sqlite_close (BareSqlite *self)
{
  sqlite3_finalize (self->insert);
  sqlite3_close (self->database);
  g_free (self->row);
  g_free (self);
}

static int
compare_samples (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

gint64
bench_percentile (gint64 *samples,
                  guint   n_samples,
                  double  share)
{
  qsort (samples, n_samples, sizeof *samples, compare_samples);
  return samples[MIN ((guint) (share * n_samples), n_samples - 1)];
}
