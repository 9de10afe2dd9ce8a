/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-page-private.h"

/* The keys of the page. Letters and digits are keys only where nobody writes. */

static gboolean
is_writing (PostureAssessmentPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus));
}

static gboolean
take_key (PostureAssessmentPage *self,
          guint                  key)
{
  gboolean asking = self->question != NULL;

  if (asking && key >= GDK_KEY_1 && key <= GDK_KEY_9)
    return posture_question_view_pick (self->question_view, key - GDK_KEY_1);
  if (asking && key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9)
    return posture_question_view_pick (self->question_view, key - GDK_KEY_KP_1);
  switch (gdk_keyval_to_lower (key))
    {
    case GDK_KEY_u:
      if (asking)
        posture_question_view_set_unknown (self->question_view);
      return asking;
    case GDK_KEY_n:
      return gtk_widget_activate_action (GTK_WIDGET (self), "question.next", NULL);
    case GDK_KEY_p:
      return gtk_widget_activate_action (GTK_WIDGET (self), "question.previous", NULL);
    default:
      return FALSE;
    }
}

gboolean
posture_assessment_page_key_pressed_cb (PostureAssessmentPage *self,
                                        guint                  key,
                                        guint                  code,
                                        GdkModifierType        modifiers)
{
  GdkModifierType held = modifiers & gtk_accelerator_get_default_mod_mask ();

  if (!posture_assessment_page_is_ready (self))
    return GDK_EVENT_PROPAGATE;
  if (held == GDK_ALT_MASK && (key == GDK_KEY_Right || key == GDK_KEY_KP_Right))
    return gtk_widget_activate_action (GTK_WIDGET (self), "question.next", NULL);
  if (held == 0 && key == GDK_KEY_Escape)
    return gtk_widget_activate_action (GTK_WIDGET (self),
                                       self->question != NULL ? "win.back" : "question.previous", NULL);
  if ((held & ~GDK_SHIFT_MASK) != 0 || is_writing (self))
    return GDK_EVENT_PROPAGATE;
  return take_key (self, key);
}
