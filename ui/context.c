/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/context.h"

#include "model/languages.h"

/* What every page is handed: the user service and the questionnaires, once they are there. The
 * program opens the profile; the window shows how far that is. */
struct _PostureContext
{
  GObject parent_instance;

  PostureContextState state;
  PostureUserService *user;
  PostureLibrary *library;
  char **languages;
  char *folder;
  GError *error;
};

G_DEFINE_FINAL_TYPE (PostureContext, posture_context, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  RETRY,
  RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_state (PostureContext     *self,
           PostureContextState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
posture_context_dispose (GObject *object)
{
  PostureContext *self = POSTURE_CONTEXT (object);

  g_clear_object (&self->user);
  g_clear_pointer (&self->library, posture_library_unref);
  G_OBJECT_CLASS (posture_context_parent_class)->dispose (object);
}

static void
posture_context_finalize (GObject *object)
{
  PostureContext *self = POSTURE_CONTEXT (object);

  g_strfreev (self->languages);
  g_free (self->folder);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (posture_context_parent_class)->finalize (object);
}

static void
posture_context_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_int (value, (int) POSTURE_CONTEXT (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
posture_context_class_init (PostureContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_context_dispose;
  object_class->finalize = posture_context_finalize;
  object_class->get_property = posture_context_get_property;

  /**
   * PostureContext:state:
   *
   * How far the profile is opened, a #PostureContextState.
   */
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, POSTURE_CONTEXT_LOADING,
                                             POSTURE_CONTEXT_FAILED, POSTURE_CONTEXT_LOADING,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                             G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * PostureContext::retry:
   *
   * The person wants the profile to be opened once more.
   */
  signals[RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  /**
   * PostureContext::restore:
   * @path: (type filename): a backup
   * @passphrase: (nullable): its passphrase
   *
   * The person wants a backup in the place of what the profile holds. Who opened the profile closes it,
   * puts the backup in place and opens what is there then.
   */
  signals[RESTORE] = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
posture_context_init (PostureContext *self)
{
  self->languages = posture_languages_dup (/* wanted = */ NULL);
}

/**
 * posture_context_new:
 *
 * Returns: (transfer full): a context whose profile is not open yet
 */
PostureContext *
posture_context_new (void)
{
  return g_object_new (POSTURE_TYPE_CONTEXT, NULL);
}

/**
 * posture_context_set_ready:
 * @self: a context
 * @user: the user service
 * @library: the questionnaires
 *
 * The profile is open.
 */
void
posture_context_set_ready (PostureContext     *self,
                           PostureUserService *user,
                           PostureLibrary     *library)
{
  g_return_if_fail (self->user == NULL);

  self->user = g_object_ref (user);
  self->library = posture_library_ref (library);
  g_clear_error (&self->error);
  set_state (self, POSTURE_CONTEXT_READY);
}

/**
 * posture_context_set_failed:
 * @self: a context
 * @error: why
 *
 * The profile cannot be opened.
 */
void
posture_context_set_failed (PostureContext *self,
                            const GError   *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  set_state (self, POSTURE_CONTEXT_FAILED);
}

/**
 * posture_context_retry:
 * @self: a context whose profile could not be opened
 *
 * Asks the program to try once more.
 */
void
posture_context_retry (PostureContext *self)
{
  g_return_if_fail (self->state == POSTURE_CONTEXT_FAILED);

  set_state (self, POSTURE_CONTEXT_LOADING);
  g_signal_emit (self, signals[RETRY], 0);
}

/**
 * posture_context_close:
 * @self: a context
 *
 * Lets the user service go, before the program closes the profile.
 */
void
posture_context_close (PostureContext *self)
{
  g_clear_object (&self->user);
  g_clear_pointer (&self->library, posture_library_unref);
  set_state (self, POSTURE_CONTEXT_LOADING);
}

/**
 * posture_context_get_state:
 * @self: a context
 *
 * Returns: how far the profile is opened
 */
PostureContextState
posture_context_get_state (PostureContext *self)
{
  return self->state;
}

/**
 * posture_context_get_error:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): why the profile cannot be opened
 */
const GError *
posture_context_get_error (PostureContext *self)
{
  return self->error;
}

/**
 * posture_context_get_user:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the user service, once the context is ready
 */
PostureUserService *
posture_context_get_user (PostureContext *self)
{
  return self->user;
}

/**
 * posture_context_get_library:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the questionnaires, once the context is ready
 */
PostureLibrary *
posture_context_get_library (PostureContext *self)
{
  return self->library;
}

/**
 * posture_context_dup_words:
 * @self: a context that is ready
 * @digest: the digest of a questionnaire
 *
 * Returns: (transfer full) (nullable): its words in the person's language, else
 *   in English; %NULL if the questionnaire is not known
 */
PostureWords *
posture_context_dup_words (PostureContext *self,
                           const char     *digest)
{
  return posture_library_dup_words (self->library, digest, (const char *const *) self->languages);
}

/**
 * posture_context_get_now:
 * @self: a context that is ready
 *
 * Returns: the time for operations, in milliseconds since 1970
 */
gint64
posture_context_get_now (PostureContext *self)
{
  return posture_user_service_get_now (self->user);
}

/**
 * posture_context_set_folder:
 * @self: a context
 * @folder: (type filename): the folder of the profile
 *
 * Says where the profile is, so that it can be backed up.
 */
void
posture_context_set_folder (PostureContext *self,
                            const char     *folder)
{
  g_free (self->folder);
  self->folder = g_strdup (folder);
}

/**
 * posture_context_get_folder:
 * @self: a context
 *
 * Returns: (transfer none) (nullable) (type filename): the folder of the profile
 */
const char *
posture_context_get_folder (PostureContext *self)
{
  return self->folder;
}

/**
 * posture_context_restore:
 * @self: a context that is ready
 * @path: (type filename): a backup
 * @passphrase: (nullable): its passphrase
 *
 * Asks the program to put a backup in the place of what the profile holds.
 */
void
posture_context_restore (PostureContext *self,
                         const char     *path,
                         const char     *passphrase)
{
  g_signal_emit (self, signals[RESTORE], 0, path, passphrase);
}
