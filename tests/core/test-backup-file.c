/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "backup/backup-format-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Files that say what no backup of ours says, with a checksum or a key that fits: each is refused for what it
 * is, and the largest and smallest that are allowed are read. */

#define PASSPHRASE "a passphrase"
#define GOOD 0
#define INFO(size) "{\"created\":5,\"program\":\"1.0\",\"size\":" size "}"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  const BackupCost cheap = { crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN };

  g_assert_cmpint (sodium_init (), >=, 0);
  self->folder = g_dir_make_tmp ("posture-backup-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "backup", NULL);
  backup_writer_set_cost (&cheap);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  backup_writer_set_cost (NULL);
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}

/* Checks the file, which has to be refused with CODE, or to be good. */
static PostureBackupInfo *
check (Fixture    *self,
       const char *passphrase,
       int         code)
{
  g_autoptr (GError) error = NULL;
  PostureBackupInfo *info = posture_backup_check (self->path, passphrase, /* progress = */ NULL, &error);

  if (code == GOOD)
    {
      g_assert_no_error (error);
      g_assert_nonnull (info);
      return info;
    }
  g_assert_error (error, POSTURE_BACKUP_ERROR, code - 1);
  g_assert_null (info);
  return NULL;
}

#define REFUSED(code) (POSTURE_BACKUP_ERROR_##code + 1)

static void
expect (Fixture    *self,
        const char *passphrase,
        int         code)
{
  g_autoptr (PostureBackupInfo) info = check (self, passphrase, code);
}

/* A backup with a first frame, and a number of bytes in frames of at most a chunk. */
static void
write_backup (Fixture    *self,
              const char *passphrase,
              const char *first,
              gsize       length)
{
  g_autofree guint8 *chunk = g_malloc0 (BACKUP_CHUNK);
  int fd = g_open (self->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_autoptr (GError) error = NULL;
  g_autoptr (BackupWriter) writer = backup_writer_new (fd, passphrase, &error);

  g_assert_no_error (error);
  if (first != NULL)
    g_assert_true (backup_writer_add (writer, (const guint8 *) first, strlen (first), &error));
  for (; length > 0; length -= MIN (length, BACKUP_CHUNK))
    g_assert_true (backup_writer_add (writer, chunk, MIN (length, BACKUP_CHUNK), &error));
  g_assert_true (backup_writer_finish (writer, &error));
  g_assert_no_error (error);
  close (fd);
}

static void
test_first_frame (Fixture      *self,
                  gconstpointer passphrase)
{
  static const struct
  {
    const char *first;
    gsize length;
    gboolean good;
  } cases[] = {
    { INFO ("0"), 0, TRUE },
    { INFO ("3"), 3, TRUE },
    { INFO ("65536"), 65536, TRUE },
    { INFO ("65537"), 65537, TRUE },
    { INFO ("2"), 3, FALSE },
    { INFO ("4"), 3, FALSE },
    { INFO ("1"), 0, FALSE },
    { INFO ("-1"), 0, FALSE },
    { INFO ("\"0\""), 0, FALSE },
    { "{\"created\":5,\"program\":\"1.0\"}", 0, FALSE },
    { "{\"program\":\"1.0\",\"size\":0}", 0, FALSE },
    { "{\"created\":\"5\",\"program\":\"1.0\",\"size\":0}", 0, FALSE },
    { "{\"created\":5,\"size\":0}", 0, FALSE },
    { "{\"created\":5,\"program\":1,\"size\":0}", 0, FALSE },
    { "[]", 0, FALSE },
    { "created", 0, FALSE },
    { "", 0, FALSE },
    { NULL, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s and %" G_GSIZE_FORMAT " bytes", cases[i].first, cases[i].length);
      write_backup (self, passphrase, cases[i].first, cases[i].length);
      expect (self, passphrase, cases[i].good ? GOOD : REFUSED (DAMAGED));
    }
  write_backup (self, passphrase, INFO ("7"), 7);
  {
    g_autoptr (PostureBackupInfo) info = check (self, passphrase, GOOD);

    g_assert_cmpint (info->created, ==, 5);
    g_assert_cmpstr (info->program, ==, "1.0");
    g_assert_cmpuint (info->size, ==, 7);
    g_assert_cmpint (info->secret, ==, passphrase != NULL);
  }
}

static void
append_frame (GString    *file,
              guint8      tag,
              const void *content,
              gsize       length)
{
  guint32 size = GUINT32_TO_LE ((guint32) length + 1);

  g_string_append_len (file, (const char *) &size, sizeof size);
  g_string_append_c (file, (char) tag);
  g_string_append_len (file, content, (gssize) length);
}

/* Ends a plain backup with its checksum, of which LENGTH bytes are written. */
static void
append_end (GString *file,
            gsize    length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[BACKUP_DIGEST_LENGTH + 1] = { 0 };
  gsize taken = BACKUP_DIGEST_LENGTH;

  g_checksum_update (checksum, (const guchar *) file->str, (gssize) file->len);
  g_checksum_get_digest (checksum, digest, &taken);
  append_frame (file, BACKUP_LAST, digest, length);
}

static GString *
begin_file (const char *first)
{
  GString *file = g_string_new (BACKUP_MAGIC);

  g_string_append_c (file, BACKUP_PLAIN);
  append_frame (file, BACKUP_MORE, first, strlen (first));
  return file;
}

static void
expect_file (Fixture *self,
             GString *file,
             int      code)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->path, file->str, (gssize) file->len, &error);
  g_assert_no_error (error);
  expect (self, NULL, code);
  g_string_free (file, TRUE);
}

static void
test_frames (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *zeros = g_malloc0 (BACKUP_CHUNK + 1);
  static const guint8 none[4] = { 0 };
  GString *file;

  file = begin_file (INFO ("65536"));
  append_frame (file, BACKUP_MORE, zeros, BACKUP_CHUNK);
  append_end (file, BACKUP_DIGEST_LENGTH);
  expect_file (self, file, GOOD);
  /* larger than any frame is */
  file = begin_file (INFO ("65537"));
  append_frame (file, BACKUP_MORE, zeros, BACKUP_CHUNK + 1);
  append_end (file, BACKUP_DIGEST_LENGTH);
  expect_file (self, file, REFUSED (DAMAGED));
  /* of another kind */
  file = begin_file (INFO ("1"));
  append_frame (file, 1, zeros, 1);
  append_end (file, BACKUP_DIGEST_LENGTH);
  expect_file (self, file, REFUSED (DAMAGED));
  /* without even a kind */
  file = begin_file (INFO ("0"));
  g_string_append_len (file, (const char *) none, sizeof none);
  append_end (file, BACKUP_DIGEST_LENGTH);
  expect_file (self, file, REFUSED (DAMAGED));
  /* with a part of the checksum, or with more than it */
  for (gsize length = BACKUP_DIGEST_LENGTH - 1; length <= BACKUP_DIGEST_LENGTH + 1; length++)
    {
      file = begin_file (INFO ("0"));
      append_end (file, length);
      expect_file (self, file, length == BACKUP_DIGEST_LENGTH ? GOOD : REFUSED (DAMAGED));
    }
  /* a byte behind the end */
  file = begin_file (INFO ("0"));
  append_end (file, BACKUP_DIGEST_LENGTH);
  g_string_append_c (file, '\n');
  expect_file (self, file, REFUSED (DAMAGED));
}

/* What is no backup at all, and what cannot be read. */
static void
test_other_files (Fixture      *self,
                  gconstpointer data)
{
  static const char *const starts[] = { "", "p", BACKUP_MAGIC, BACKUP_MAGIC "\2", "posture-backup-2\1", "posture-backup-2" };

  expect (self, NULL, REFUSED (FILE));
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      GString *file = g_string_new (starts[i]);

      if (i + 1 == G_N_ELEMENTS (starts))
        g_string_append_c (file, BACKUP_PLAIN);
      expect_file (self, file, REFUSED (FORM));
    }
  expect_file (self, g_string_new (BACKUP_MAGIC "\1"), REFUSED (PASSPHRASE));
  g_unlink (self->path);
  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  expect (self, NULL, REFUSED (FILE));
  g_rmdir (self->path);
}

static void
test_passphrases (Fixture      *self,
                  gconstpointer data)
{
  write_backup (self, NULL, INFO ("0"), 0);
  expect (self, PASSPHRASE, REFUSED (PASSPHRASE));
  write_backup (self, PASSPHRASE, INFO ("0"), 0);
  expect (self, NULL, REFUSED (PASSPHRASE));
  expect (self, "", REFUSED (PASSPHRASE));
  expect (self, PASSPHRASE " ", REFUSED (PASSPHRASE));
  expect (self, PASSPHRASE, GOOD);
}

/* A header can ask for so much time and memory, and for no more: what is too much is refused before it is
 * taken. With other costs it is another key. */
static void
test_costs (Fixture      *self,
            gconstpointer data)
{
  static const struct
  {
    guint64 operations, memory;
    int code;
  } cases[] = {
    { BACKUP_MAX_OPERATIONS, crypto_pwhash_MEMLIMIT_MIN, REFUSED (PASSPHRASE) },
    { BACKUP_MAX_OPERATIONS + 1, crypto_pwhash_MEMLIMIT_MIN, REFUSED (DAMAGED) },
    { crypto_pwhash_OPSLIMIT_MIN, BACKUP_MAX_MEMORY, REFUSED (PASSPHRASE) },
    { crypto_pwhash_OPSLIMIT_MIN, BACKUP_MAX_MEMORY + 1, REFUSED (DAMAGED) },
    /* less than the library takes */
    { 0, crypto_pwhash_MEMLIMIT_MIN, REFUSED (DAMAGED) },
    { crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN, GOOD },
  };

  write_backup (self, PASSPHRASE, INFO ("0"), 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 costs[2] = { GUINT64_TO_LE (cases[i].operations), GUINT64_TO_LE (cases[i].memory) };
      int fd = g_open (self->path, O_WRONLY | O_CLOEXEC, 0);

      g_assert_cmpint (pwrite (fd, costs, sizeof costs, BACKUP_MAGIC_LENGTH + 1), ==, sizeof costs);
      close (fd);
      expect (self, PASSPHRASE, cases[i].code);
    }
}

static void
told_cb (double   done,
         gpointer data)
{
  g_array_append_val ((GArray *) data, done);
}

/* It is told how far it is before each frame, and can be stopped there. */
static void
test_progress (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const PostureProgress progress = { cancellable, told_cb, told, 0, 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = NULL;

  write_backup (self, NULL, INFO ("262144"), 4 * BACKUP_CHUNK);
  info = posture_backup_check (self->path, NULL, &progress, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told->len, ==, 5);
  for (guint i = 0; i < told->len; i++)
    g_assert_cmpfloat (g_array_index (told, double, i), ==, i / 4.0);
  g_cancellable_cancel (cancellable);
  g_assert_null (posture_backup_check (self->path, NULL, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, data, func) g_test_add ("/backup-file/" name, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("first-frame", NULL, test_first_frame);
  ADD ("first-frame/secret", PASSPHRASE, test_first_frame);
  ADD ("frames", NULL, test_frames);
  ADD ("other-files", NULL, test_other_files);
  ADD ("passphrases", NULL, test_passphrases);
  ADD ("costs", NULL, test_costs);
  ADD ("progress", NULL, test_progress);
  return g_test_run ();
}
