/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PostureStoreError:
 * @POSTURE_STORE_ERROR_FAILED: the engine failed in a way that has no code of its own
 * @POSTURE_STORE_ERROR_CANNOT_OPEN: the folder or the file cannot be made or opened
 * @POSTURE_STORE_ERROR_READ_ONLY: the folder or the file cannot be written
 * @POSTURE_STORE_ERROR_FULL: there is no room on the disk
 * @POSTURE_STORE_ERROR_BUSY: another process kept the file locked for too long
 * @POSTURE_STORE_ERROR_CORRUPT: the file is damaged, or is no database of ours
 * @POSTURE_STORE_ERROR_NEWER: the file was written by a newer version of the program
 * @POSTURE_STORE_ERROR_CONSTRAINT: a row contradicts the rules of its table
 * @POSTURE_STORE_ERROR_CLOSED: the store was closed before the work was done
 *
 * What the engine's many codes mean to a caller.
 */
typedef enum
{
  POSTURE_STORE_ERROR_FAILED,
  POSTURE_STORE_ERROR_CANNOT_OPEN,
  POSTURE_STORE_ERROR_READ_ONLY,
  POSTURE_STORE_ERROR_FULL,
  POSTURE_STORE_ERROR_BUSY,
  POSTURE_STORE_ERROR_CORRUPT,
  POSTURE_STORE_ERROR_NEWER,
  POSTURE_STORE_ERROR_CONSTRAINT,
  POSTURE_STORE_ERROR_CLOSED,
} PostureStoreError;

#define POSTURE_STORE_ERROR (posture_store_error_quark ())
GQuark posture_store_error_quark (void);

G_END_DECLS
