/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-platform"

#include "config.h"

#include "platform.h"

#include "bus/rule.h"
#include "questionnaire-files.h"
#include "security/security-service.h"
#include "store/profile-lock.h"
#include "store/store-error.h"
#include "targets/targets.h"

#include <glib/gi18n-lib.h>

#define OWN_QUESTIONNAIRES "questionnaires"
#define RESOURCES "/io/github/posture_app/Posture/questionnaires"

/* How the system hangs together:
 *
 *   user service ── change stream ── AnswerEvent ──▶ answer-rule ──▶ security service
 *                                                                       │
 *   user service ◀── user-reports ◀── report-rule ◀── ReportEvent ──────┘
 *
 *   every day ── review-schedule ── user-review ──▶ user service ── ReviewEvent, for whoever wants to be told
 */
static const struct
{
  const char *name;
  const char *pattern; /* (nullable): then it has a schedule */
  const char *schedule;
  const char *target;
} rules[] = {
  { "answer-rule",
    "{\"source\": [\"" POSTURE_USER_SOURCE "\"], \"detail-type\": [\"" POSTURE_USER_DETAIL_TYPE "\"]}",
    NULL, "security-rating" },
  { "report-rule",
    "{\"source\": [\"" POSTURE_SECURITY_SOURCE "\"], \"detail-type\": [\"" POSTURE_SECURITY_DETAIL_TYPE "\"]}",
    NULL, POSTURE_USER_REPORT_TARGET },
  { "review-schedule", NULL, "rate(1 day)", POSTURE_USER_REVIEW_TARGET },
};

struct _PosturePlatform
{
  GObject parent_instance;

  PostureStore *store;
  PostureBus *bus;
  PostureUserService *user;
  PostureSecurityService *security;
  PostureTargets *targets;
  PostureLibrary *library;
  PostureProfileLock *lock;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PosturePlatform, posture_platform, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DISPATCHING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
add_words (PostureLibrary       *library,
           PostureQuestionnaire *questionnaire,
           const char           *language,
           PostureFaults        *faults,
           GError              **error)
{
  g_autofree char *path = g_strdup_printf (RESOURCES "/%s.%s.json",
                                           posture_questionnaire_get_id (questionnaire), language);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) words = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return words != NULL && posture_library_add_words (library, questionnaire, words, name, faults);
}

/* Adds one of the questionnaires that the program brings: its structure, English, then the rest. */
static gboolean
add_questionnaire (PostureLibrary    *library,
                   const char        *id,
                   const char *const *files,
                   PostureFaults     *faults,
                   GError           **error)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_strconcat (RESOURCES "/", name, NULL);
  g_autofree char *prefix = g_strconcat (id, ".", NULL);
  g_autoptr (GBytes) structure = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;

  if (structure == NULL)
    return FALSE;
  questionnaire = posture_library_add (library, structure, name, /* current = */ TRUE, faults);
  if (questionnaire == NULL || !add_words (library, questionnaire, "en", faults, error))
    return FALSE;
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (files[i], ".", -1);

      if (g_str_has_prefix (files[i], prefix) && g_strv_length (parts) == 3 &&
          !g_str_equal (parts[1], "en") && !add_words (library, questionnaire, parts[1], faults, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * posture_platform_dup_questionnaires_folder:
 * @folder: (type filename): the folder of a profile
 *
 * Returns: (transfer full) (type filename): where a person puts questionnaires
 *   of their own; it need not be there
 */
char *
posture_platform_dup_questionnaires_folder (const char *folder)
{
  return g_build_filename (folder, OWN_QUESTIONNAIRES, NULL);
}

/**
 * posture_platform_load_library:
 * @folder: (nullable) (type filename): the folder of a profile
 * @error: return location for a #GError
 *
 * Reads the questionnaires that are built into the program, and those that a
 * person put into the profile. Of these, what has faults is left out; what they
 * are is in posture_library_get_left_out().
 *
 * Returns: (transfer full) (nullable): the library, or %NULL on error
 */
PostureLibrary *
posture_platform_load_library (const char *folder,
                               GError    **error)
{
  g_autoptr (PostureLibrary) library = posture_library_new ();
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_auto (GStrv) files = g_resources_enumerate_children (RESOURCES, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (files == NULL)
    return NULL;
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (files[i], ".", -1);

      if (g_strv_length (parts) == 2 &&
          !add_questionnaire (library, parts[0], (const char *const *) files, faults, error))
        {
          if (error != NULL && *error == NULL)
            *error = posture_faults_to_error (faults);
          return NULL;
        }
    }
  if (folder != NULL)
    {
      g_autofree char *own = posture_platform_dup_questionnaires_folder (folder);

      posture_questionnaire_folder_add_to (own, library, faults);
      posture_library_take_left_out (library, g_steal_pointer (&faults));
    }
  return g_steal_pointer (&library);
}

/**
 * posture_platform_dup_data_folder:
 *
 * Returns: (transfer full) (type filename): the folder of the profile:
 *   `POSTURE_DATA_DIR`, or `posture` below the user's data folder
 */
char *
posture_platform_dup_data_folder (void)
{
  const char *folder = g_getenv ("POSTURE_DATA_DIR");

  if (folder != NULL && folder[0] != '\0')
    return g_strdup (folder);
  return g_build_filename (g_get_user_data_dir (), "posture", NULL);
}

static void
start_dispatching (PosturePlatform *self)
{
  posture_bus_start (self->bus);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISPATCHING]);
}

static void
lock_acquired_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autofree GWeakRef *weak = data;
  g_autoptr (PosturePlatform) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (weak);

  if (!posture_profile_lock_acquire_finish (POSTURE_PROFILE_LOCK (source), result, &error))
    g_debug ("Not dispatching: %s", error->message);
  else if (self != NULL && self->bus != NULL)
    start_dispatching (self);
  else
    posture_profile_lock_release (POSTURE_PROFILE_LOCK (source));
}

/* Dispatches now if nobody else does, or as soon as who does is gone. */
static gboolean
take_part (PosturePlatform *self,
           GError         **error)
{
  g_autoptr (GError) busy = NULL;
  GWeakRef *weak;

  if (posture_profile_lock_try (self->lock, &busy))
    {
      start_dispatching (self);
      return TRUE;
    }
  if (!g_error_matches (busy, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_BUSY))
    {
      g_propagate_error (error, g_steal_pointer (&busy));
      return FALSE;
    }
  /* Waiting alone must not keep a profile open. */
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  posture_profile_lock_acquire_async (self->lock, self->cancellable, lock_acquired_cb, weak);
  return TRUE;
}

static void
posture_platform_dispose (GObject *object)
{
  posture_platform_close (POSTURE_PLATFORM (object));
  G_OBJECT_CLASS (posture_platform_parent_class)->dispose (object);
}

static void
posture_platform_finalize (GObject *object)
{
  PosturePlatform *self = POSTURE_PLATFORM (object);

  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (posture_platform_parent_class)->finalize (object);
}

static void
posture_platform_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (id == PROP_DISPATCHING)
    g_value_set_boolean (value, posture_platform_is_dispatching (POSTURE_PLATFORM (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
posture_platform_class_init (PosturePlatformClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_platform_dispose;
  object_class->finalize = posture_platform_finalize;
  object_class->get_property = posture_platform_get_property;

  /**
   * PosturePlatform:dispatching:
   *
   * Whether this process is the one that delivers events.
   */
  properties[PROP_DISPATCHING] = g_param_spec_boolean ("dispatching", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
posture_platform_init (PosturePlatform *self)
{
  self->cancellable = g_cancellable_new ();
}

static gboolean
put_rules (PosturePlatform *self,
           GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const char *targets[] = { rules[i].target, NULL };

      if (rules[i].pattern != NULL
            ? !posture_bus_put_managed_rule (self->bus, rules[i].name, rules[i].pattern, targets, error)
            : !posture_bus_put_managed_schedule (self->bus, rules[i].name, rules[i].schedule, targets, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * posture_platform_get_modules:
 *
 * Returns: (transfer none) (array zero-terminated=1): the modules that keep
 *   tables in a profile
 */
const PostureStoreModule *const *
posture_platform_get_modules (void)
{
  static const PostureStoreModule *const modules[] = { &posture_bus_store_module,
                                                       &posture_user_store_module, NULL };

  return modules;
}

/* Wires the modules of a profile together; nothing is dispatched yet. Can be called from any thread. */
static PosturePlatform *
assemble (const char     *folder,
          PostureClock   *clock,
          PostureLibrary *library,
          const char     *vfs,
          GError        **error)
{
  g_autoptr (PosturePlatform) self = g_object_new (POSTURE_TYPE_PLATFORM, NULL);

  self->library = posture_library_ref (library);
  self->store = posture_store_open (folder, posture_platform_get_modules (), vfs, error);
  if (self->store == NULL)
    return NULL;
  self->bus = posture_bus_new (self->store, clock);
  self->user = posture_user_service_new (self->store, self->bus, clock, library, error);
  if (self->user == NULL)
    return NULL;
  self->security = posture_security_service_new (self->bus, library);
  posture_bus_add_target (self->bus, "security-rating", POSTURE_TARGET (self->security), /* policy = */ NULL);
  if (!put_rules (self, error))
    return NULL;
  self->targets = posture_targets_new (self->bus, self->store);
  self->lock = posture_profile_lock_new (folder);
  return g_steal_pointer (&self);
}

/**
 * posture_platform_open:
 * @folder: (type filename): the folder of the profile
 * @clock: the clock
 * @library: the questionnaires
 * @vfs: (nullable): the engine's file system, for tests
 * @error: return location for an error of [error@StoreError]
 *
 * Opens a profile and wires the modules together: the store, the bus, the user
 * service, the security service, the rules. If no other process dispatches
 * the profile's events, this one does; otherwise it takes over as soon as the
 * other one ends. Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the platform, or %NULL on error
 */
PosturePlatform *
posture_platform_open (const char     *folder,
                       PostureClock   *clock,
                       PostureLibrary *library,
                       const char     *vfs,
                       GError        **error)
{
  g_autoptr (PosturePlatform) self = assemble (folder, clock, library, vfs, error);

  return self != NULL && take_part (self, error) ? g_steal_pointer (&self) : NULL;
}

/* What the thread that opens a profile is given. */
typedef struct
{
  char *folder;
  PostureClock *clock;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->folder);
  g_clear_object (&opening->clock);
  g_free (opening);
}

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Opening *opening = data;
  GError *error = NULL;
  g_autoptr (PostureLibrary) library = posture_platform_load_library (opening->folder, &error);
  PosturePlatform *self = NULL;

  if (library != NULL)
    self = assemble (opening->folder, opening->clock, library, /* vfs = */ NULL, &error);
  /* The thread may let go of the task only after the answer has been heard. */
  g_clear_object (&opening->clock);
  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * posture_platform_open_async:
 * @folder: (type filename): the folder of the profile
 * @clock: the clock
 * @callback: (scope async): called when it is open, or cannot be opened
 * @user_data: for @callback
 *
 * As posture_platform_open(), with the questionnaires that the program brings
 * and those of the profile, for a program with a window: what waits for the disk is done in a thread.
 * Call it where no other main context than the default one is pushed.
 */
void
posture_platform_open_async (const char         *folder,
                             PostureClock       *clock,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (/* source = */ NULL, /* cancellable = */ NULL, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  /* The thread's sources and answers go to the default context. */
  g_return_if_fail (g_main_context_get_thread_default () == NULL);

  g_task_set_source_tag (task, posture_platform_open_async);
  opening->folder = g_strdup (folder);
  opening->clock = g_object_ref (clock);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_thread);
}

/**
 * posture_platform_open_finish:
 * @result: what the callback was given
 * @error: return location for an error of [error@StoreError]
 *
 * Begins to dispatch, if no other process does.
 *
 * Returns: (transfer full) (nullable): the platform, or %NULL on error
 */
PosturePlatform *
posture_platform_open_finish (GAsyncResult *result,
                              GError      **error)
{
  g_autoptr (PosturePlatform) self = g_task_propagate_pointer (G_TASK (result), error);

  return self != NULL && take_part (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * posture_platform_close:
 * @self: a platform
 *
 * Stops dispatching, does what was handed in, and closes the profile. Dropping
 * the last reference does the same.
 */
void
posture_platform_close (PosturePlatform *self)
{
  gboolean dispatching = posture_platform_is_dispatching (self);

  g_cancellable_cancel (self->cancellable);
  if (self->bus != NULL)
    posture_bus_stop (self->bus);
  /* The threads end before what their work uses goes. */
  if (self->store != NULL)
    posture_store_close (self->store);
  if (self->user != NULL)
    posture_user_service_stop (self->user);
  g_clear_object (&self->lock);
  g_clear_object (&self->targets);
  g_clear_object (&self->user);
  g_clear_object (&self->bus);
  g_clear_object (&self->security);
  g_clear_object (&self->store);
  g_clear_pointer (&self->library, posture_library_unref);
  if (dispatching)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISPATCHING]);
}

/**
 * posture_platform_get_store:
 * @self: an open platform
 *
 * Returns: (transfer none): the store
 */
PostureStore *
posture_platform_get_store (PosturePlatform *self)
{
  return self->store;
}

/**
 * posture_platform_get_bus:
 * @self: an open platform
 *
 * Returns: (transfer none): the bus
 */
PostureBus *
posture_platform_get_bus (PosturePlatform *self)
{
  return self->bus;
}

/**
 * posture_platform_get_user:
 * @self: an open platform
 *
 * Returns: (transfer none): the user service
 */
PostureUserService *
posture_platform_get_user (PosturePlatform *self)
{
  return self->user;
}

/**
 * posture_platform_get_library:
 * @self: an open platform
 *
 * Returns: (transfer none): the questionnaires
 */
PostureLibrary *
posture_platform_get_library (PosturePlatform *self)
{
  return self->library;
}

/**
 * posture_platform_is_dispatching:
 * @self: a platform
 *
 * Returns: whether this process is the one that delivers events
 */
gboolean
posture_platform_is_dispatching (PosturePlatform *self)
{
  return self->bus != NULL && posture_bus_is_running (self->bus);
}
