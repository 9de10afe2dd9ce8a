/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-backup"

#include "config.h"

#include "backup/backup-format-private.h"

#include "store/failpoint.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* Gathers content into frames of one size, so that the size says little about what is in them. */
struct _BackupWriter
{
  int fd;
  gboolean secret;
  GChecksum *checksum; /* plain: of all bytes before the last frame */
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 header[BACKUP_HEADER_MAX];
  gsize header_length;
  gboolean begun; /* whether a frame was written */
};

static gboolean
write_all (BackupWriter *self,
           const guint8 *data,
           gsize         length,
           GError      **error)
{
  if (!POSTURE_FAILPOINT ("backup.write", error))
    return FALSE;
  if (self->checksum != NULL)
    g_checksum_update (self->checksum, data, (gssize) length);
  while (length > 0)
    {
      gssize written = write (self->fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          int number = errno;

          g_set_error (error, POSTURE_BACKUP_ERROR,
                       number == ENOSPC || number == EDQUOT ? POSTURE_BACKUP_ERROR_FULL
                                                            : POSTURE_BACKUP_ERROR_FILE,
                       _("The backup could not be written: %s. What was there before is as it was."),
                       g_strerror (number));
          return FALSE;
        }
      data += written;
      length -= (gsize) written;
    }
  return TRUE;
}

static void
append (BackupWriter *self,
        const void   *data,
        gsize         length)
{
  memcpy (self->header + self->header_length, data, length);
  self->header_length += length;
}

#define USUAL_COST { crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE }

static BackupCost cost = USUAL_COST;

/* Sets what keys cost from now on; %NULL: what they should. For tests that make many, which are the only ones
 * that can get here; nobody may write a backup meanwhile. */
void
backup_writer_set_cost (const BackupCost *new_cost)
{
  cost = new_cost != NULL ? *new_cost : (BackupCost) USUAL_COST;
}

/* Draws the salt, makes the key out of the passphrase and begins the secret stream. */
static gboolean
begin_secret (BackupWriter *self,
              const char   *passphrase,
              GError      **error)
{
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 stream[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint64 operations = GUINT64_TO_LE (cost.operations);
  guint64 memory = GUINT64_TO_LE (cost.memory);

  randombytes_buf (salt, sizeof salt);
  if (crypto_pwhash (key, sizeof key, passphrase, strlen (passphrase), salt,
                     cost.operations, (gsize) cost.memory, crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    {
      g_set_error_literal (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_PASSPHRASE,
                           _("There is not enough memory to use the passphrase."));
      return FALSE;
    }
  crypto_secretstream_xchacha20poly1305_init_push (&self->state, stream, key);
  sodium_memzero (key, sizeof key);
  append (self, &operations, sizeof operations);
  append (self, &memory, sizeof memory);
  append (self, salt, sizeof salt);
  append (self, stream, sizeof stream);
  return TRUE;
}

/* Begins a backup in an open file. */
BackupWriter *
backup_writer_new (int         fd,
                   const char *passphrase,
                   GError    **error)
{
  g_autoptr (BackupWriter) self = g_new0 (BackupWriter, 1);
  guint8 kind = passphrase != NULL ? BACKUP_SECRET : BACKUP_PLAIN;

  self->fd = fd;
  self->secret = passphrase != NULL;
  if (!self->secret)
    self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  append (self, BACKUP_MAGIC, BACKUP_MAGIC_LENGTH);
  append (self, &kind, 1);
  if (self->secret && !begin_secret (self, passphrase, error))
    return NULL;
  return write_all (self, self->header, self->header_length, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
write_frame (BackupWriter *self,
             guint8        tag,
             const guint8 *data,
             gsize         length,
             GError      **error)
{
  g_autofree guint8 *frame = g_malloc (4 + length + crypto_secretstream_xchacha20poly1305_ABYTES + 1);
  guint32 size;

  if (self->secret)
    {
      unsigned long long written;

      crypto_secretstream_xchacha20poly1305_push (&self->state, frame + 4, &written, data, length,
                                                  self->begun ? NULL : self->header,
                                                  self->begun ? 0 : self->header_length, tag);
      size = (guint32) written;
    }
  else
    {
      frame[4] = tag;
      if (length > 0)
        memcpy (frame + 5, data, length);
      size = (guint32) length + 1;
    }
  self->begun = TRUE;
  length = size;
  size = GUINT32_TO_LE (size);
  memcpy (frame, &size, sizeof size);
  return write_all (self, frame, 4 + length, error);
}

/* Writes a frame of content, of BACKUP_CHUNK bytes at most. */
gboolean
backup_writer_add (BackupWriter *self,
                   const guint8 *data,
                   gsize         length,
                   GError      **error)
{
  g_return_val_if_fail (length <= BACKUP_CHUNK, FALSE);

  return write_frame (self, BACKUP_MORE, data, length, error);
}

/* Ends the backup: what is cut off before this is none. */
gboolean
backup_writer_finish (BackupWriter *self,
                      GError      **error)
{
  guint8 digest[BACKUP_DIGEST_LENGTH];
  gsize length = sizeof digest;

  if (self->secret)
    return write_frame (self, BACKUP_LAST, NULL, 0, error);
  g_checksum_get_digest (self->checksum, digest, &length);
  g_clear_pointer (&self->checksum, g_checksum_free);
  return write_frame (self, BACKUP_LAST, digest, length, error);
}

void
backup_writer_free (BackupWriter *self)
{
  g_clear_pointer (&self->checksum, g_checksum_free);
  sodium_memzero (&self->state, sizeof self->state);
  g_free (self);
}
