/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/store-error.h"
#include "store/store.h"

G_BEGIN_DECLS

/* A folder of its own for each test, and the store in it. */
typedef struct
{
  char *folder;
  char *file; /* the database */
  char *log;  /* its write-ahead log */
  PostureStore *store;
} StoreFixture;

/* One table: note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, data BLOB). */
extern const PostureStoreModule *const note_modules[];

/* With the first only the folder is there, with the second the store is open on the test's own file
 * system (see test-vfs.h). */
void     store_fixture_set_up_folder (StoreFixture     *fixture,
                                      gconstpointer     data);
void     store_fixture_set_up        (StoreFixture     *fixture,
                                      gconstpointer     data);
void     store_fixture_tear_down     (StoreFixture     *fixture,
                                      gconstpointer     data);
void     store_fixture_close         (StoreFixture     *fixture);

/* Work whose data is one SQL statement. */
gboolean sql_work                    (PostureTransaction *transaction,
                                      gpointer            data,
                                      GError            **error);
/* Work that writes a note of the text that is its data, and says so: topic `note`, key the text. */
gboolean note_work                   (PostureTransaction *transaction,
                                      gpointer            data,
                                      GError            **error);
/* Reads one number, or writes by one statement; the test fails if that fails. */
gint64   store_number                (PostureStore       *store,
                                      const char         *sql);
void     store_run                   (PostureStore       *store,
                                      const char         *sql);

/* Work that stops its thread until the test goes on. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean entered;
  gboolean open;
} Gate;

gboolean gate_work                   (PostureTransaction *transaction,
                                      gpointer            gate,
                                      GError            **error);
void     gate_wait                   (Gate               *gate);
void     gate_open                   (Gate               *gate);

/* An asynchronous call and what it came to. */
typedef struct
{
  guint answers;
  gpointer value;
  GError *error;
} Answer;

void     answer_cb                   (GObject            *source,
                                      GAsyncResult       *result,
                                      gpointer            answer);
void     answer_wait                 (Answer             *answer);
void     gate_block                  (StoreFixture       *fixture,
                                      Gate               *gate,
                                      Answer             *answer);

/* A file's content, read by another process: this one would drop the engine's locks on it. */
GBytes  *read_outside                (const char         *path);
gboolean contains                    (GBytes             *bytes,
                                      const char         *text);
/* 0 if there is no file */
gint64   file_size                   (const char         *path);

/* Arms a failpoint; without them in the build the test is skipped. */
gboolean arm                         (const char         *setting);

G_END_DECLS
