/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row that opens to show a note and lets it be written, within the bound that a note has. */
#define POSTURE_TYPE_NOTE_EDITOR (posture_note_editor_get_type ())
G_DECLARE_FINAL_TYPE (PostureNoteEditor, posture_note_editor, POSTURE, NOTE_EDITOR, AdwExpanderRow)

GtkWidget *posture_note_editor_new      (void);
void       posture_note_editor_set_note (PostureNoteEditor *self,
                                         const char        *note);
void       posture_note_editor_commit   (PostureNoteEditor *self);

G_END_DECLS
