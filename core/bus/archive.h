/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"

G_BEGIN_DECLS

/* What an archive can hold at most, and what it holds unless something else is said, in bytes. */
#define POSTURE_ARCHIVE_MAX_SIZE (G_GINT64_CONSTANT (1) << 30)
#define POSTURE_ARCHIVE_DEFAULT_SIZE (G_GINT64_CONSTANT (64) << 20)

/**
 * PostureArchive:
 * @enabled: whether events that are put come into it
 * @pattern: (nullable): which; %NULL for all
 * @max_age: how long they stay, in milliseconds since they were put; 0 for ever
 * @max_size: how much there can be, in bytes; beyond it the oldest ones go
 * @events: how many there are
 * @size: how many bytes they take
 * @oldest: when the oldest one was put, in milliseconds since 1970; 0 without one
 *
 * The archive: events that stay longer than in the journal and can be
 * replayed.
 */
typedef struct
{
  gboolean enabled;
  char *pattern;
  gint64 max_age;
  gint64 max_size;
  gint64 events;
  gint64 size;
  gint64 oldest;
} PostureArchive;

PostureArchive *posture_bus_dup_archive (PostureBus  *self,
                                         GError     **error);
gboolean        posture_bus_set_archive (PostureBus  *self,
                                         gboolean     enabled,
                                         const char  *pattern,
                                         gint64       max_age,
                                         gint64       max_size,
                                         GError     **error);
void            posture_archive_free    (PostureArchive *archive);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureArchive, posture_archive_free)

G_END_DECLS
