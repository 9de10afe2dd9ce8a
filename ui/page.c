/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/page.h"

#include "ui/compat.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PostureContext *context;
  GtkWidget *box;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *back;
} PosturePagePrivate;

static void posture_page_buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (PosturePage, posture_page, ADW_TYPE_BIN,
                                  G_ADD_PRIVATE (PosturePage)
                                  G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, posture_page_buildable_init))

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_SHOW_BACK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

/* A template can put children at the start or end of the header bar and below everything
 * (`<child type="bottom">`); all others stand below each other in the page. */
static void
posture_page_add_child (GtkBuildable *buildable,
                        GtkBuilder   *builder,
                        GObject      *child,
                        const char   *type)
{
  PosturePagePrivate *priv = posture_page_get_instance_private (POSTURE_PAGE (buildable));

  if (priv->box == NULL || !GTK_IS_WIDGET (child))
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "start") == 0)
    adw_header_bar_pack_start (priv->header, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    adw_header_bar_pack_end (priv->header, GTK_WIDGET (child));
  else
    gtk_box_append (GTK_BOX (priv->box), GTK_WIDGET (child));
}

static void
posture_page_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = posture_page_add_child;
}

static void
posture_page_dispose (GObject *object)
{
  PosturePagePrivate *priv = posture_page_get_instance_private (POSTURE_PAGE (object));

  g_clear_object (&priv->context);
  G_OBJECT_CLASS (posture_page_parent_class)->dispose (object);
}

static void
posture_page_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PosturePagePrivate *priv = posture_page_get_instance_private (POSTURE_PAGE (object));

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, adw_window_title_get_title (priv->title));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, adw_window_title_get_subtitle (priv->title));
      break;
    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (priv->back));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
posture_page_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  PosturePage *self = POSTURE_PAGE (object);
  PosturePagePrivate *priv = posture_page_get_instance_private (self);

  switch (id)
    {
    case PROP_TITLE:
      posture_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      posture_page_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (priv->back, g_value_get_boolean (value));
      adw_header_bar_set_show_start_title_buttons (priv->header, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
posture_page_class_init (PosturePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_page_dispose;
  object_class->get_property = posture_page_get_property;
  object_class->set_property = posture_page_set_property;

  /**
   * PosturePage:title:
   *
   * What the header bar says.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "",
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                G_PARAM_STATIC_STRINGS);
  /**
   * PosturePage:subtitle:
   *
   * What it says below.
   */
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "",
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                   G_PARAM_STATIC_STRINGS);
  /**
   * PosturePage:show-back:
   *
   * Whether there is a button that leads back to the sidebar.
   */
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "page");
}

static GtkWidget *
make_back_button (void)
{
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_set_tooltip_text (back, _("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "win.back");
  gtk_widget_set_visible (back, FALSE);
  return back;
}

static void
posture_page_init (PosturePage *self)
{
  PosturePagePrivate *priv = posture_page_get_instance_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  priv->header = ADW_HEADER_BAR (adw_header_bar_new ());
  priv->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  priv->back = make_back_button ();
  posture_compat_use_own_back_button (priv->header);
  adw_header_bar_set_show_start_title_buttons (priv->header, FALSE);
  adw_header_bar_set_title_widget (priv->header, GTK_WIDGET (priv->title));
  adw_header_bar_pack_start (priv->header, priv->back);
  adw_bin_set_child (ADW_BIN (self), posture_compat_frame_new (GTK_WIDGET (priv->header), box, /* bottom = */ NULL));
  priv->box = box;
}

/**
 * posture_page_get_context:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): its context, which is ready
 */
PostureContext *
posture_page_get_context (PosturePage *self)
{
  PosturePagePrivate *priv = posture_page_get_instance_private (self);

  return priv->context;
}

/**
 * posture_page_set_context:
 * @self: a page
 * @context: a context that is ready
 *
 * Hands the page what it works with; once.
 */
void
posture_page_set_context (PosturePage    *self,
                          PostureContext *context)
{
  PosturePagePrivate *priv = posture_page_get_instance_private (self);

  g_return_if_fail (priv->context == NULL);
  g_return_if_fail (posture_context_get_state (context) == POSTURE_CONTEXT_READY);

  priv->context = g_object_ref (context);
  if (POSTURE_PAGE_GET_CLASS (self)->ready != NULL)
    POSTURE_PAGE_GET_CLASS (self)->ready (self);
}

/**
 * posture_page_get_title:
 * @self: a page
 *
 * Returns: (transfer none): what the header bar says
 */
const char *
posture_page_get_title (PosturePage *self)
{
  PosturePagePrivate *priv = posture_page_get_instance_private (self);

  return adw_window_title_get_title (priv->title);
}

/**
 * posture_page_set_title:
 * @self: a page
 * @title: what the header bar is to say
 *
 * Sets the title.
 */
void
posture_page_set_title (PosturePage *self,
                        const char  *title)
{
  PosturePagePrivate *priv = posture_page_get_instance_private (self);

  if (g_strcmp0 (adw_window_title_get_title (priv->title), title) == 0)
    return;
  adw_window_title_set_title (priv->title, title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * posture_page_set_subtitle:
 * @self: a page
 * @subtitle: what the header bar is to say below the title
 *
 * Sets the subtitle.
 */
void
posture_page_set_subtitle (PosturePage *self,
                           const char  *subtitle)
{
  PosturePagePrivate *priv = posture_page_get_instance_private (self);

  if (g_strcmp0 (adw_window_title_get_subtitle (priv->title), subtitle) == 0)
    return;
  adw_window_title_set_subtitle (priv->title, subtitle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/**
 * posture_page_drop_focus:
 * @self: a page
 * @part: what is in it
 *
 * Takes the focus from a part of the page that is about to go. GTK 4.8 would hold what has the focus for good
 * if it were hidden, shown and filled anew within one frame.
 */
void
posture_page_drop_focus (PosturePage *self,
                         GtkWidget   *part)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && (focus == part || gtk_widget_is_ancestor (focus, part)))
    gtk_root_set_focus (root, NULL);
}
