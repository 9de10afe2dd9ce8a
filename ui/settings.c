/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/settings.h"

/* What the window remembers from one start to the next: where it was, and what was seen. Where the
 * schema is not installed nothing is remembered, and everything else works. */
struct _PostureSettings
{
  GObject parent_instance;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (PostureSettings, posture_settings, G_TYPE_OBJECT)

static void
posture_settings_dispose (GObject *object)
{
  PostureSettings *self = POSTURE_SETTINGS (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (posture_settings_parent_class)->dispose (object);
}

static void
posture_settings_class_init (PostureSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_settings_dispose;
}

static void
posture_settings_init (PostureSettings *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, POSTURE_APPLICATION_ID, /* recursive = */ TRUE);
  if (schema != NULL)
    self->settings = g_settings_new (POSTURE_APPLICATION_ID);
}

/**
 * posture_settings_new:
 *
 * Returns: (transfer full): the settings
 */
PostureSettings *
posture_settings_new (void)
{
  return g_object_new (POSTURE_TYPE_SETTINGS, NULL);
}

/**
 * posture_settings_bind_window:
 * @self: the settings
 * @window: (type Gtk.Window): a window that is not shown yet
 *
 * Gives the window its last size, and remembers it from now on.
 */
void
posture_settings_bind_window (PostureSettings *self,
                              gpointer         window)
{
  if (self->settings == NULL)
    return;
  g_settings_bind (self->settings, "window-width", window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", window, "maximized", G_SETTINGS_BIND_DEFAULT);
}

/**
 * posture_settings_dup:
 * @self: the settings
 * @key: a key whose value is a text
 *
 * Returns: (transfer full): its value, empty if nothing was remembered
 */
char *
posture_settings_dup (PostureSettings *self,
                      const char      *key)
{
  return self->settings != NULL ? g_settings_get_string (self->settings, key) : g_strdup ("");
}

/**
 * posture_settings_set:
 * @self: the settings
 * @key: a key whose value is a text
 * @value: the value to remember
 *
 * Remembers a value.
 */
void
posture_settings_set (PostureSettings *self,
                      const char      *key,
                      const char      *value)
{
  if (self->settings != NULL)
    g_settings_set_string (self->settings, key, value);
}
