/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backup/backup.h"

#include <sodium.h>

G_BEGIN_DECLS

/* A backup is a header and frames. All numbers are little-endian.
 *
 *   header  magic (16 bytes), kind (1 byte: 0 plain, 1 with a passphrase);
 *           with a passphrase also: Argon2id's operations (8), memory in bytes (8) and salt (16), and
 *           the header of the secret stream (24)
 *   frame   length of what follows (4), then that many bytes
 *
 * Plain, a frame is a tag (1 byte: 0 more, 3 last) and its content; the last one holds nothing but the
 * SHA-256 of every byte before it. With a passphrase a frame is a message of libsodium's secret stream,
 * which brings its own tags and authentication; the header is the first message's additional data. The
 * first frame holds canonical JSON that describes the rest, the others the database. */
#define BACKUP_MAGIC "posture-backup-1" /* 16 bytes, without the end */
#define BACKUP_MAGIC_LENGTH 16
#define BACKUP_PLAIN 0
#define BACKUP_SECRET 1
#define BACKUP_CHUNK 65536
#define BACKUP_MORE 0
#define BACKUP_LAST 3
#define BACKUP_DIGEST_LENGTH 32
/* What a header may ask for, so that a strange file cannot take all memory or time. */
#define BACKUP_MAX_OPERATIONS 4
#define BACKUP_MAX_MEMORY (256 * 1024 * 1024)
#define BACKUP_HEADER_MAX                                                                         \
  (BACKUP_MAGIC_LENGTH + 1 + 8 + 8 + crypto_pwhash_SALTBYTES                                      \
   + crypto_secretstream_xchacha20poly1305_HEADERBYTES)

G_STATIC_ASSERT (sizeof BACKUP_MAGIC == BACKUP_MAGIC_LENGTH + 1);
G_STATIC_ASSERT (BACKUP_LAST == crypto_secretstream_xchacha20poly1305_TAG_FINAL);
G_STATIC_ASSERT (BACKUP_MORE == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);

/* What Argon2id needs to make the key of a passphrase; stands in the header. */
typedef struct
{
  guint64 operations;
  guint64 memory; /* in bytes */
} BackupCost;

typedef struct _BackupWriter BackupWriter;
typedef struct _BackupReader BackupReader;

void          backup_writer_set_cost (const BackupCost *cost);
BackupWriter *backup_writer_new    (int            fd,
                                    const char    *passphrase,
                                    GError       **error);
gboolean      backup_writer_add    (BackupWriter  *self,
                                    const guint8  *data,
                                    gsize          length,
                                    GError       **error);
gboolean      backup_writer_finish (BackupWriter  *self,
                                    GError       **error);
void          backup_writer_free   (BackupWriter  *self);

BackupReader *backup_reader_new    (int            fd,
                                    const char    *passphrase,
                                    GError       **error);
gboolean      backup_reader_next   (BackupReader  *self,
                                    const guint8 **ret_data,
                                    gsize         *ret_length,
                                    gboolean      *ret_ended,
                                    GError       **error);
gboolean      backup_reader_is_secret (BackupReader *self);
void          backup_reader_free   (BackupReader  *self);

gboolean      backup_damaged       (GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackupWriter, backup_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackupReader, backup_reader_free)

G_END_DECLS
