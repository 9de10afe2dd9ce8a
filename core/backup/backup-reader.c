/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-backup"

#include "config.h"

#include "backup/backup-format-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

struct _BackupReader
{
  int fd;
  gboolean secret;
  GChecksum *checksum;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 header[BACKUP_HEADER_MAX];
  gsize header_length;
  gboolean begun;
  guint8 *frame;
  guint8 *content;
};

/* Says that the file is not what was written. */
gboolean
backup_damaged (GError **error)
{
  g_set_error_literal (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_DAMAGED,
                       _("The backup is cut off or was changed, and cannot be used. Nothing was "
                         "restored; use another backup."));
  return FALSE;
}

/* Reads @length bytes; @ret_length is fewer at the end of the file. */
static gboolean
read_some (BackupReader *self,
           guint8       *data,
           gsize         length,
           gsize        *ret_length,
           GError      **error)
{
  gsize all = 0;

  while (all < length)
    {
      gssize got = read (self->fd, data + all, length - all);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          g_set_error (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_FILE,
                       _("The backup cannot be read: %s."), g_strerror (errno));
          return FALSE;
        }
      if (got == 0)
        break;
      all += (gsize) got;
    }
  *ret_length = all;
  return TRUE;
}

static gboolean
read_all (BackupReader *self,
          guint8       *data,
          gsize         length,
          GError      **error)
{
  gsize got;

  if (!read_some (self, data, length, &got, error))
    return FALSE;
  return got == length || backup_damaged (error);
}

static gboolean
read_header_part (BackupReader *self,
                  gsize         length,
                  GError      **error)
{
  if (!read_all (self, self->header + self->header_length, length, error))
    return FALSE;
  self->header_length += length;
  return TRUE;
}

static gboolean
refuse (GError           **error,
        PostureBackupError code,
        const char        *reason)
{
  g_set_error_literal (error, POSTURE_BACKUP_ERROR, code, reason);
  return FALSE;
}

static gboolean
begin_secret (BackupReader *self,
              const char   *passphrase,
              GError      **error)
{
  const guint8 *at = self->header + BACKUP_MAGIC_LENGTH + 1;
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint64 operations, memory;
  int code;

  if (!read_header_part (self, BACKUP_HEADER_MAX - self->header_length, error))
    return FALSE;
  memcpy (&operations, at, 8);
  memcpy (&memory, at + 8, 8);
  operations = GUINT64_FROM_LE (operations);
  memory = GUINT64_FROM_LE (memory);
  if (operations > BACKUP_MAX_OPERATIONS || memory > BACKUP_MAX_MEMORY)
    return backup_damaged (error);
  code = crypto_pwhash (key, sizeof key, passphrase, strlen (passphrase), at + 16, operations,
                        (gsize) memory, crypto_pwhash_ALG_ARGON2ID13);
  if (code == 0)
    code = crypto_secretstream_xchacha20poly1305_init_pull (
      &self->state, at + 16 + crypto_pwhash_SALTBYTES, key);
  sodium_memzero (key, sizeof key);
  return code == 0 || backup_damaged (error);
}

static gboolean
read_header (BackupReader *self,
             const char   *passphrase,
             GError      **error)
{
  gsize length;

  if (!read_some (self, self->header, BACKUP_MAGIC_LENGTH + 1, &length, error))
    return FALSE;
  self->header_length = length;
  if (length < BACKUP_MAGIC_LENGTH + 1
      || memcmp (self->header, BACKUP_MAGIC, BACKUP_MAGIC_LENGTH) != 0
      || self->header[BACKUP_MAGIC_LENGTH] > BACKUP_SECRET)
    return refuse (error, POSTURE_BACKUP_ERROR_FORM,
                   _("This is no backup of Posture, or one of a newer version."));
  self->secret = self->header[BACKUP_MAGIC_LENGTH] == BACKUP_SECRET;
  if (self->secret && passphrase == NULL)
    return refuse (error, POSTURE_BACKUP_ERROR_PASSPHRASE, _("The backup needs its passphrase."));
  if (!self->secret && passphrase != NULL)
    return refuse (error, POSTURE_BACKUP_ERROR_PASSPHRASE, _("The backup has no passphrase."));
  if (self->secret)
    return begin_secret (self, passphrase, error);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (self->checksum, self->header, (gssize) length);
  return TRUE;
}

/* Begins to read a backup from an open file. */
BackupReader *
backup_reader_new (int         fd,
                   const char *passphrase,
                   GError    **error)
{
  g_autoptr (BackupReader) self = g_new0 (BackupReader, 1);

  self->fd = fd;
  self->frame = g_malloc (BACKUP_CHUNK + crypto_secretstream_xchacha20poly1305_ABYTES + 1);
  self->content = g_malloc (BACKUP_CHUNK);
  return read_header (self, passphrase, error) ? g_steal_pointer (&self) : NULL;
}

/* Nothing stands behind the last frame. */
static gboolean
check_end (BackupReader *self,
           GError      **error)
{
  guint8 byte;
  gsize length;

  return read_some (self, &byte, 1, &length, error) && (length == 0 || backup_damaged (error));
}

static gboolean
open_secret (BackupReader *self,
             gsize         size,
             gsize        *ret_length,
             gboolean     *ret_ended,
             GError      **error)
{
  unsigned long long length;
  guint8 tag;

  if (size < crypto_secretstream_xchacha20poly1305_ABYTES
      || crypto_secretstream_xchacha20poly1305_pull (
           &self->state, self->content, &length, &tag, self->frame, size,
           self->begun ? NULL : self->header, self->begun ? 0 : self->header_length)
           != 0)
    {
      if (!self->begun)
        return refuse (error, POSTURE_BACKUP_ERROR_PASSPHRASE,
                       _("The passphrase is another one, or the backup was changed. Nothing was "
                         "restored."));
      return backup_damaged (error);
    }
  if (tag != BACKUP_MORE && tag != BACKUP_LAST)
    return backup_damaged (error);
  *ret_length = (gsize) length;
  *ret_ended = tag == BACKUP_LAST;
  return !*ret_ended || length == 0 || backup_damaged (error);
}

static gboolean
open_plain (BackupReader *self,
            gsize         size,
            gsize        *ret_length,
            gboolean     *ret_ended,
            GError      **error)
{
  guint8 digest[BACKUP_DIGEST_LENGTH];
  gsize length = sizeof digest;
  guint32 written = GUINT32_TO_LE ((guint32) size);

  if (size < 1 || (self->frame[0] != BACKUP_MORE && self->frame[0] != BACKUP_LAST))
    return backup_damaged (error);
  *ret_ended = self->frame[0] == BACKUP_LAST;
  if (!*ret_ended)
    {
      g_checksum_update (self->checksum, (const guint8 *) &written, sizeof written);
      g_checksum_update (self->checksum, self->frame, (gssize) size);
      memcpy (self->content, self->frame + 1, size - 1);
      *ret_length = size - 1;
      return TRUE;
    }
  g_checksum_get_digest (self->checksum, digest, &length);
  *ret_length = 0;
  return (size == 1 + sizeof digest && memcmp (self->frame + 1, digest, sizeof digest) == 0)
         || backup_damaged (error);
}

/* Reads the next frame. What it gives can be relied on for secret backups at once, for plain ones once
 * all of them were read: until @ret_ended nothing must be done that cannot be taken back. */
gboolean
backup_reader_next (BackupReader  *self,
                    const guint8 **ret_data,
                    gsize         *ret_length,
                    gboolean      *ret_ended,
                    GError       **error)
{
  gsize most = BACKUP_CHUNK + (self->secret ? crypto_secretstream_xchacha20poly1305_ABYTES : 1);
  guint32 size;

  if (!read_all (self, (guint8 *) &size, sizeof size, error))
    return FALSE;
  size = GUINT32_FROM_LE (size);
  if (size > most)
    return backup_damaged (error);
  if (!read_all (self, self->frame, size, error)
      || !(self->secret ? open_secret (self, size, ret_length, ret_ended, error)
                        : open_plain (self, size, ret_length, ret_ended, error)))
    return FALSE;
  self->begun = TRUE;
  *ret_data = self->content;
  return !*ret_ended || check_end (self, error);
}

gboolean
backup_reader_is_secret (BackupReader *self)
{
  return self->secret;
}

void
backup_reader_free (BackupReader *self)
{
  g_clear_pointer (&self->checksum, g_checksum_free);
  sodium_memzero (&self->state, sizeof self->state);
  sodium_memzero (self->content, BACKUP_CHUNK);
  g_free (self->frame);
  g_free (self->content);
  g_free (self);
}
