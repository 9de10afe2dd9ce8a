/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "user/user-private.h"

G_BEGIN_DECLS

/* What a list shows. */
typedef struct
{
  PostureUserListKind kind;
  gboolean archived;
  char *assessment; /* NULL: of all */
} PostureUserScope;

/* Where an item stands: assessments by their id, reports by their number. */
typedef struct
{
  char *id;
  gint64 number;
} PostureUserKey;

/* A part of a list that is being read: a range, newest first, or single items. */
typedef struct
{
  const PostureUserScope *scope; /* (unowned) */
  PostureUserKey below;
  PostureUserKey down_to;
  gint64 limit;     /* -1 for none */
  gboolean extends; /* a page that comes after what is shown */
  char **ids;       /* NULL: the range */
  GPtrArray *items; /* (element-type GObject); of @ids one for each, NULL for what is not there */
} PostureUserPage;

PostureUserPage *posture_user_page_new       (const PostureUserScope *scope);
void             posture_user_page_free      (PostureUserPage        *page);
gboolean         posture_user_page_read      (PostureTransaction     *transaction,
                                              gpointer                data,
                                              GError                **error);

void             posture_user_key_set        (PostureUserKey         *key,
                                              const PostureUserScope *scope,
                                              gpointer                item);
const char      *posture_user_item_get_id    (const PostureUserScope *scope,
                                              gpointer                item);
int              posture_user_item_compare   (gconstpointer           data,
                                              gpointer                a,
                                              gpointer                b);
gboolean         posture_user_item_equal     (gconstpointer           data,
                                              gpointer                a,
                                              gpointer                b);

G_END_DECLS
