/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-plan.h"

#include "ui/moment.h"

#include <glib/gi18n-lib.h>

struct _PostureReportPlan
{
  GObject parent_instance;

  PostureContext *context;
  char *assessment;
  GHashTable *items; /* (element-type utf8 PosturePlanItem) */
};

G_DEFINE_FINAL_TYPE (PostureReportPlan, posture_report_plan, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
posture_report_plan_finalize (GObject *object)
{
  PostureReportPlan *self = POSTURE_REPORT_PLAN (object);

  g_object_unref (self->context);
  g_free (self->assessment);
  g_hash_table_unref (self->items);
  G_OBJECT_CLASS (posture_report_plan_parent_class)->finalize (object);
}

static void
posture_report_plan_class_init (PostureReportPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_report_plan_finalize;

  /**
   * PostureReportPlan::changed:
   *
   * Something else is planned for the finding whose key is the detail.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
posture_report_plan_init (PostureReportPlan *self)
{
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) posture_plan_item_free);
}

static PosturePlanItem *
item_new (const char *owner,
          const char *due,
          gboolean    done)
{
  PosturePlanItem *item = g_new0 (PosturePlanItem, 1);

  item->owner = g_strdup (owner);
  item->due = g_strdup (due);
  item->done = done;
  return item;
}

/**
 * posture_report_plan_new:
 * @context: a context that is ready
 * @assessment: an assessment's id
 * @items: (nullable) (element-type PosturePlanItem): what is planned for its findings
 *
 * Returns: (transfer full): the plan
 */
PostureReportPlan *
posture_report_plan_new (PostureContext *context,
                         const char     *assessment,
                         GPtrArray      *items)
{
  PostureReportPlan *self = g_object_new (POSTURE_TYPE_REPORT_PLAN, NULL);

  self->context = g_object_ref (context);
  self->assessment = g_strdup (assessment);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const PosturePlanItem *item = g_ptr_array_index (items, i);

      g_hash_table_insert (self->items, g_strdup (item->question), item_new (item->owner, item->due, item->done));
    }
  return self;
}

/**
 * posture_report_plan_get_context:
 * @self: a plan
 *
 * Returns: (transfer none): its context
 */
PostureContext *
posture_report_plan_get_context (PostureReportPlan *self)
{
  return self->context;
}

/**
 * posture_report_plan_get_assessment:
 * @self: a plan
 *
 * Returns: (transfer none): the id of its assessment
 */
const char *
posture_report_plan_get_assessment (PostureReportPlan *self)
{
  return self->assessment;
}

/**
 * posture_report_plan_find:
 * @self: a plan
 * @key: the key of a finding's question
 *
 * Returns: (transfer none) (nullable): what is planned for it, with owner, due date and whether it is done
 */
const PosturePlanItem *
posture_report_plan_find (PostureReportPlan *self,
                          const char        *key)
{
  return g_hash_table_lookup (self->items, key);
}

/**
 * posture_report_plan_dup_text:
 * @self: a plan
 * @key: the key of a finding's question
 *
 * Returns: (transfer full) (nullable): what is planned for it in a line; %NULL for nothing
 */
char *
posture_report_plan_dup_text (PostureReportPlan *self,
                              const char        *key)
{
  const PosturePlanItem *item = posture_report_plan_find (self, key);
  g_autofree char *due = NULL;

  if (item == NULL || (!item->done && item->owner == NULL && item->due == NULL))
    return NULL;
  if (item->done)
    /* Translators: a finding was put right; by whom */
    return item->owner != NULL ? g_strdup_printf (_("Done by %s"), item->owner) : g_strdup (_("Done"));
  if (item->due != NULL)
    due = posture_day_to_words (item->due);
  if (due == NULL)
    return g_strdup (item->owner);
  if (item->owner == NULL)
    /* Translators: the day until when a finding is to be put right */
    return g_strdup_printf (_("Due %s"), due);
  /* Translators: who puts a finding right, and the day until when */
  return g_strdup_printf (_("%s · due %s"), item->owner, due);
}

/* A change on its way to the disk. */
typedef struct
{
  char *key;
  PosturePlanItem *item;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->key);
  g_clear_pointer (&change->item, posture_plan_item_free);
  g_free (change);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  PostureReportPlan *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!posture_user_service_apply_finish (POSTURE_USER_SERVICE (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_hash_table_insert (self->items, g_strdup (change->key), g_steal_pointer (&change->item));
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (change->key));
  g_task_return_boolean (task, TRUE);
}

static PostureOperation *
make_answer (PostureReportPlan *self,
             const char        *key,
             PostureAnswer     *answer)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;

  posture_answer_write (answer, writer, /* with_note = */ TRUE);
  text = posture_json_writer_finish_text (writer);
  return posture_operation_new_answer (posture_context_get_now (self->context), self->assessment, key, text,
                                       /* flagged = */ FALSE);
}

/**
 * posture_report_plan_set_async:
 * @self: a plan whose context is ready
 * @key: the key of a finding's question
 * @owner: (nullable): who puts it right
 * @due: (nullable): until when, as `2026-11-23`
 * @done: whether it is put right
 * @answer: (nullable): what the question is answered with from now on, in the same step
 * @callback: (scope async): called when it is stored
 * @user_data: for @callback
 *
 * Plans something else for a finding.
 */
void
posture_report_plan_set_async (PostureReportPlan  *self,
                               const char         *key,
                               const char         *owner,
                               const char         *due,
                               gboolean            done,
                               PostureAnswer      *answer,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  GTask *task = g_task_new (self, /* cancellable = */ NULL, callback, user_data);
  Change *change = g_new (Change, 1);

  *change = (Change) { g_strdup (key), item_new (owner, due, done) };
  g_task_set_source_tag (task, posture_report_plan_set_async);
  g_task_set_task_data (task, change, change_free);
  g_ptr_array_add (operations, posture_operation_new_plan (posture_context_get_now (self->context), self->assessment,
                                                           key, owner, due, done));
  if (answer != NULL)
    g_ptr_array_add (operations, make_answer (self, key, answer));
  posture_user_service_apply_async (posture_context_get_user (self->context), operations, /* cancellable = */ NULL,
                                    applied_cb, task);
}

/**
 * posture_report_plan_set_finish:
 * @self: a plan
 * @result: what the callback was given
 * @error: return location for a #PostureUserError
 *
 * Returns: whether it is stored
 */
gboolean
posture_report_plan_set_finish (PostureReportPlan *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
