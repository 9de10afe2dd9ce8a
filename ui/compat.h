/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What differs between the libraries of Debian 12 and newer ones. No other file asks for versions. */

/**
 * PostureConfirmStyle:
 * @POSTURE_CONFIRM_SUGGESTED: the answer leads on
 * @POSTURE_CONFIRM_DESTRUCTIVE: the answer takes something away
 *
 * How the button that does it looks.
 */
typedef enum
{
  POSTURE_CONFIRM_SUGGESTED,
  POSTURE_CONFIRM_DESTRUCTIVE,
} PostureConfirmStyle;

/**
 * PostureChoice:
 * @id: what the choice is called in the program
 * @verb: what its button says, with a mnemonic
 * @style: how the button looks
 *
 * One of the ways on that a person is asked for.
 */
typedef struct
{
  const char *id;
  const char *verb;
  PostureConfirmStyle style;
} PostureChoice;

void     posture_compat_choose_async   (GtkWidget           *parent,
                                        const char          *heading,
                                        const char          *body,
                                        GtkWidget           *extra,
                                        const PostureChoice *choices,
                                        guint                n_choices,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
char    *posture_compat_choose_finish  (GtkWidget           *parent,
                                        GAsyncResult        *result);
void     posture_compat_confirm_async  (GtkWidget           *parent,
                                        const char          *heading,
                                        const char          *body,
                                        GtkWidget           *extra,
                                        const char          *verb,
                                        PostureConfirmStyle  style,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean posture_compat_confirm_finish (GtkWidget           *parent,
                                        GAsyncResult        *result);
void     posture_compat_tell           (gpointer             parent,
                                        const char          *heading,
                                        const char          *body);
void     posture_compat_present_sheet  (GtkWidget           *parent,
                                        const char          *title,
                                        GtkWidget           *child);
GtkWidget *posture_compat_frame_new    (GtkWidget           *top,
                                        GtkWidget           *content,
                                        GtkWidget           *bottom);

void     posture_compat_show_about     (GtkWidget           *parent,
                                        const char          *first_property,
                                        ...) G_GNUC_NULL_TERMINATED;
void     posture_compat_announce       (GtkWidget           *widget,
                                        const char          *message);
void     posture_compat_use_own_back_button (AdwHeaderBar   *header);
void     posture_compat_get_color       (GtkWidget           *widget,
                                        GdkRGBA             *ret_color);
gboolean posture_compat_lookup_color    (GtkWidget           *widget,
                                        const char          *name,
                                        GdkRGBA             *ret_color);

G_END_DECLS
