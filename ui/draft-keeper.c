/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/draft-keeper.h"

#include <glib/gi18n-lib.h>

/* The drafts of a window: the one that is shown, and those that were left while something of them was
 * not on disk yet. So an answer that could not be stored outlives the page that it was given on. */
struct _PostureDraftKeeper
{
  GObject parent_instance;

  GPtrArray *drafts;   /* (element-type PostureDraft) */
  PostureDraft *shown; /* one of them, or NULL */
  PostureDraftSaving saving;
};

G_DEFINE_FINAL_TYPE (PostureDraftKeeper, posture_draft_keeper, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SAVING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  UNSAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What is most pressing comes last in the enumeration. */
static void
sum_up (PostureDraftKeeper *self)
{
  PostureDraftSaving saving = POSTURE_DRAFT_UNCHANGED;

  for (guint i = 0; i < self->drafts->len; i++)
    {
      PostureDraftSaving one = posture_draft_get_saving (g_ptr_array_index (self->drafts, i));

      if (one == POSTURE_DRAFT_SAVING)
        saving = one; /* it may come to an end by itself: that is waited for first */
      else if (saving != POSTURE_DRAFT_SAVING)
        saving = MAX (saving, one);
    }
  if (saving == self->saving)
    return;
  self->saving = saving;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
}

static gboolean
is_settled (PostureDraft *draft)
{
  PostureDraftSaving saving = posture_draft_get_saving (draft);

  return saving == POSTURE_DRAFT_UNCHANGED || saving == POSTURE_DRAFT_SAVED;
}

static void
saving_cb (PostureDraftKeeper *self,
           GParamSpec         *pspec,
           PostureDraft       *draft)
{
  if (draft != self->shown && is_settled (draft))
    posture_draft_keeper_leave (self, draft);
  else if (draft != self->shown && posture_draft_get_saving (draft) == POSTURE_DRAFT_UNSAVED)
    g_signal_emit (self, signals[UNSAVED], 0, draft);
  sum_up (self);
}

static void
posture_draft_keeper_dispose (GObject *object)
{
  PostureDraftKeeper *self = POSTURE_DRAFT_KEEPER (object);

  self->shown = NULL;
  g_ptr_array_set_size (self->drafts, 0);
  G_OBJECT_CLASS (posture_draft_keeper_parent_class)->dispose (object);
}

static void
posture_draft_keeper_finalize (GObject *object)
{
  g_ptr_array_unref (POSTURE_DRAFT_KEEPER (object)->drafts);
  G_OBJECT_CLASS (posture_draft_keeper_parent_class)->finalize (object);
}

static void
posture_draft_keeper_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_SAVING)
    g_value_set_int (value, (int) POSTURE_DRAFT_KEEPER (object)->saving);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
posture_draft_keeper_class_init (PostureDraftKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_draft_keeper_dispose;
  object_class->finalize = posture_draft_keeper_finalize;
  object_class->get_property = posture_draft_keeper_get_property;

  /**
   * PostureDraftKeeper:saving:
   *
   * Where what was answered in this window is, a #PostureDraftSaving.
   */
  properties[PROP_SAVING] = g_param_spec_int ("saving", NULL, NULL, POSTURE_DRAFT_UNCHANGED,
                                              POSTURE_DRAFT_UNSAVED, POSTURE_DRAFT_UNCHANGED,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                              G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * PostureDraftKeeper::unsaved:
   * @draft: a draft that was left
   *
   * What was answered last in it could not be stored.
   */
  signals[UNSAVED] = g_signal_new ("unsaved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, POSTURE_TYPE_DRAFT);
}

static void
posture_draft_keeper_init (PostureDraftKeeper *self)
{
  self->drafts = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * posture_draft_keeper_new:
 *
 * Returns: (transfer full): a keeper without drafts
 */
PostureDraftKeeper *
posture_draft_keeper_new (void)
{
  return g_object_new (POSTURE_TYPE_DRAFT_KEEPER, NULL);
}

/**
 * posture_draft_keeper_open:
 * @self: a keeper that shows no draft
 * @context: a context that is ready
 * @assessment: an assessment's id
 *
 * Shows a draft.
 *
 * Returns: (transfer full): the draft that was left with something that is not on disk,
 *   else a new one, which is not read yet
 */
PostureDraft *
posture_draft_keeper_open (PostureDraftKeeper *self,
                           PostureContext     *context,
                           const char         *assessment)
{
  g_return_val_if_fail (self->shown == NULL, NULL);

  for (guint i = 0; i < self->drafts->len && self->shown == NULL; i++)
    if (g_str_equal (posture_draft_get_assessment (g_ptr_array_index (self->drafts, i)), assessment))
      self->shown = g_ptr_array_index (self->drafts, i);
  if (self->shown == NULL)
    {
      self->shown = posture_draft_new (context, assessment);
      g_signal_connect_object (self->shown, "notify::saving", G_CALLBACK (saving_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->drafts, self->shown);
    }
  return g_object_ref (self->shown);
}

/**
 * posture_draft_keeper_leave:
 * @self: a keeper
 * @draft: a draft of it
 *
 * Shows a draft no more. It is kept as long as something of it is not on disk.
 */
void
posture_draft_keeper_leave (PostureDraftKeeper *self,
                            PostureDraft       *draft)
{
  if (self->shown == draft)
    self->shown = NULL;
  if (!is_settled (draft))
    return;
  g_signal_handlers_disconnect_by_func (draft, saving_cb, self);
  g_ptr_array_remove (self->drafts, draft);
  sum_up (self);
}

/**
 * posture_draft_keeper_get_saving:
 * @self: a keeper
 *
 * Returns: where what was answered in all its drafts is
 */
PostureDraftSaving
posture_draft_keeper_get_saving (PostureDraftKeeper *self)
{
  return self->saving;
}

/**
 * posture_draft_keeper_retry:
 * @self: a keeper
 *
 * Tries to store once more what could not be stored.
 */
void
posture_draft_keeper_retry (PostureDraftKeeper *self)
{
  /* none is stored before the main loop goes on, so none goes from the list */
  for (guint i = 0; i < self->drafts->len; i++)
    posture_draft_retry (g_ptr_array_index (self->drafts, i));
}

/**
 * posture_draft_keeper_dup_problem:
 * @self: a keeper
 *
 * Returns: (transfer full): what could not be stored, and why, in sentences
 */
char *
posture_draft_keeper_dup_problem (PostureDraftKeeper *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const GError *error = NULL;

  for (guint i = 0; i < self->drafts->len; i++)
    {
      PostureDraft *draft = g_ptr_array_index (self->drafts, i);
      guint n_answers = posture_draft_count_unsaved (draft);

      if (posture_draft_get_saving (draft) != POSTURE_DRAFT_UNSAVED)
        continue;
      error = posture_draft_get_error (draft);
      if (n_answers > 0)
        /* Translators: the name of an assessment. */
        g_string_append_printf (text, ngettext ("%u answer in “%s” could not be saved.",
                                                "%u answers in “%s” could not be saved.", n_answers),
                                n_answers, posture_draft_get_name (draft));
      else
        g_string_append_printf (text, _("“%s” could not be submitted."), posture_draft_get_name (draft));
      g_string_append_c (text, '\n');
    }
  if (error != NULL)
    g_string_append (text, error->message);
  return g_string_free (g_steal_pointer (&text), /* free_segment = */ FALSE);
}
