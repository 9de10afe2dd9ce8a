/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/shell-private.h"

struct _PostureShell
{
  GtkWidget parent_instance;

  GtkWidget *view;
  PostureShellPanes panes;
};

G_DEFINE_FINAL_TYPE (PostureShell, posture_shell, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SIDEBAR,
  PROP_CONTENT,
  PROP_COLLAPSED,
  PROP_SHOW_CONTENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
collapsed_cb (PostureShell *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLLAPSED]);
}

static void
show_content_cb (PostureShell *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_CONTENT]);
}

static void
set_sidebar (PostureShell *self,
             GtkWidget    *sidebar)
{
  g_return_if_fail (self->panes.sidebar == NULL);

  self->panes.sidebar = sidebar;
  posture_shell_view_add_sidebar (self->view, sidebar);
}

static void
set_content (PostureShell *self,
             GtkWidget    *content)
{
  g_return_if_fail (self->panes.content == NULL);

  self->panes.content = content;
  posture_shell_view_add_content (self->view, content);
}

static void
posture_shell_dispose (GObject *object)
{
  PostureShell *self = POSTURE_SHELL (object);

  self->panes = (PostureShellPanes) { NULL };
  g_clear_pointer (&self->view, gtk_widget_unparent);
  G_OBJECT_CLASS (posture_shell_parent_class)->dispose (object);
}

static void
posture_shell_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PostureShell *self = POSTURE_SHELL (object);

  switch (id)
    {
    case PROP_SIDEBAR:
      g_value_set_object (value, self->panes.sidebar);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->panes.content);
      break;
    case PROP_COLLAPSED:
      g_value_set_boolean (value, posture_shell_get_collapsed (self));
      break;
    case PROP_SHOW_CONTENT:
      g_value_set_boolean (value, posture_shell_get_show_content (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
posture_shell_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  PostureShell *self = POSTURE_SHELL (object);

  switch (id)
    {
    case PROP_SIDEBAR:
      set_sidebar (self, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      set_content (self, g_value_get_object (value));
      break;
    case PROP_SHOW_CONTENT:
      posture_shell_set_show_content (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
posture_shell_class_init (PostureShellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = posture_shell_dispose;
  object_class->get_property = posture_shell_get_property;
  object_class->set_property = posture_shell_set_property;

  /**
   * PostureShell:sidebar:
   *
   * What stands at the start; set once.
   */
  properties[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * PostureShell:content:
   *
   * What stands beside it; set once.
   */
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * PostureShell:collapsed:
   *
   * Whether there is room for one of them only.
   */
  properties[PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                     G_PARAM_STATIC_STRINGS);
  /**
   * PostureShell:show-content:
   *
   * Which of them is shown when there is room for one only.
   */
  properties[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, FALSE,
                                                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                        G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "shell");
}

static void
posture_shell_init (PostureShell *self)
{
  self->view = posture_shell_view_new (G_CALLBACK (collapsed_cb), G_CALLBACK (show_content_cb), self);
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
}

/**
 * posture_shell_get_collapsed:
 * @self: a shell
 *
 * Returns: whether there is room for the sidebar or the content only
 */
gboolean
posture_shell_get_collapsed (PostureShell *self)
{
  return posture_shell_view_get_collapsed (self->view);
}

/**
 * posture_shell_get_show_content:
 * @self: a shell
 *
 * Returns: whether the content is what is shown when there is room for one only
 */
gboolean
posture_shell_get_show_content (PostureShell *self)
{
  return posture_shell_view_get_show_content (self->view, &self->panes);
}

/**
 * posture_shell_set_show_content:
 * @self: a shell
 * @show_content: whether to show the content when there is room for one only
 *
 * Goes to the content, or back to the sidebar.
 */
void
posture_shell_set_show_content (PostureShell *self,
                                gboolean      show_content)
{
  posture_shell_view_set_show_content (self->view, &self->panes, show_content);
}
