/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/method-form-private.h"

#include "model/type-info-private.h"

#include <glib/gi18n-lib.h>

#define MAX_WEIGHT 1000
#define MAX_DEDUCTION 1000
#define MAX_SCORE 100
#define MAX_START 1000000
#define SCORE_PLACES 1
#define UNITS_PER_TENTH (POSTURE_DECIMAL_ONE / 10)
#define MATURITY_LEVELS 3

#define KIND(kind) (1u << POSTURE_QUESTION_##kind)

static const PostureMethodForm method_forms[] = {
  { "weighted", KIND (CHOICE) | KIND (CHOICES) | KIND (YES_NO) | KIND (LEVEL) | KIND (NUMBER),
    TRUE, TRUE, FALSE, TRUE, { "levels" }, { NULL } },
  { "deduction", KIND (CHOICE), FALSE, FALSE, FALSE, FALSE, { "start", "minimum" },
    { "deduction", "no_deduction_if", "plan_of_action" } },
  { "maturity", KIND (CHOICE), FALSE, TRUE, TRUE, FALSE, { NULL }, { "maturity" } },
  { "profile", KIND (LEVEL), FALSE, FALSE, TRUE, TRUE, { NULL }, { NULL } },
};

/* In the place of a method that is not known, which is told: what it wants nobody knows. */
static const PostureMethodForm unknown_form = {
  NULL, KIND (CHOICE) | KIND (CHOICES) | KIND (YES_NO) | KIND (LEVEL) | KIND (NUMBER),
  TRUE, FALSE, TRUE, TRUE, { NULL }, { NULL },
};

const char *const posture_method_members[] = {
  "deduction", "no_deduction_if", "plan_of_action", "maturity", NULL,
};

/* What the method deduction takes for an answer. */
static const char *const statuses[] = {
  "met", "not-met", "partial", "na", "temporary-deficiency", "enduring-exception", NULL,
};

static void
level_free (gpointer data)
{
  g_free (((PostureLevel *) data)->id);
  g_free (data);
}

/* Whether questions of a kind are rated; those of the kind number only with bands. */
gboolean
posture_method_form_rates (const PostureMethodForm *self,
                           PostureQuestionKind      kind)
{
  return (self->kinds & (1u << kind)) != 0;
}

static void
read_level (PostureCheck          *check,
            const PostureJsonNode *node,
            PostureQuestionnaire  *self)
{
  static const char *const members[] = { "id", "from", NULL };
  PostureLevel *level;
  const char *id;
  gint64 from;

  if (!posture_check_kind (check, node, POSTURE_JSON_OBJECT))
    return;
  posture_check_members (check, node, members);
  id = posture_check_id (check, node, "id");
  for (guint i = 0; id != NULL && i < self->levels->len; i++)
    if (g_strcmp0 (posture_questionnaire_get_level (self, i)->id, id) == 0)
      posture_check_fault_in (check, node, "id", _("“%s” is there twice"), id);
  if (!posture_check_decimal (check, node, "from", SCORE_PLACES, 0, MAX_SCORE, TRUE, &from))
    return;
  from *= UNITS_PER_TENTH;
  if (self->levels->len == 0 && from != 0)
    posture_check_fault_in (check, node, "from", _("must be 0 for the first level"));
  else if (self->levels->len > 0
           && from <= posture_questionnaire_get_level (self, self->levels->len - 1)->from)
    posture_check_fault_in (check, node, "from", _("must be more than that of the level before"));
  level = g_new0 (PostureLevel, 1);
  level->id = g_strdup (id);
  level->from = from;
  g_ptr_array_add (self->levels, level);
}

static void
read_levels (PostureCheck          *check,
             const PostureJsonNode *method,
             PostureQuestionnaire  *self)
{
  const PostureJsonNode *list = posture_check_member (check, method, "levels", POSTURE_JSON_ARRAY,
                                                      TRUE);
  gsize outer;

  if (list == NULL)
    return;
  outer = posture_check_enter (check, "levels");
  if (posture_json_node_get_length (list) == 0)
    posture_check_fault (check, list, _("needs at least one"));
  for (guint i = 0; i < posture_json_node_get_length (list); i++)
    {
      gsize place = posture_check_enter_at (check, i);

      read_level (check, posture_json_node_get_element (list, i), self);
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
}

static void
read_deduction_method (PostureCheck          *check,
                       const PostureJsonNode *method,
                       PostureQuestionnaire  *self)
{
  gint64 number;

  if (posture_check_int (check, method, "start", 0, MAX_START, TRUE, &number))
    self->start_score = (int) number;
  if (posture_check_int (check, method, "minimum", -MAX_START, MAX_START, TRUE, &number))
    self->minimum_score = (int) number;
}

static const PostureMethodForm *
find_form (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (method_forms); i++)
    if (g_strcmp0 (method_forms[i].id, id) == 0)
      return &method_forms[i];
  return NULL;
}

static void
check_method_members (PostureCheck            *check,
                      const PostureJsonNode   *method,
                      const PostureMethodForm *form)
{
  const char *names[G_N_ELEMENTS (form->members) + 2] = { "id" };

  for (guint i = 0; i < G_N_ELEMENTS (form->members); i++)
    names[i + 1] = form->members[i];
  posture_check_members (check, method, names);
}

/* The methods' names with commas between them. */
static char *
dup_method_names (void)
{
  const char *names[G_N_ELEMENTS (method_forms) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (method_forms); i++)
    names[i] = method_forms[i].id;
  return g_strjoinv (", ", (char **) names);
}

/* Reads the method. With one that is not known, which is told, nothing is told of what it would want
 * of the questions. */
const PostureMethodForm *
posture_method_read (PostureCheck          *check,
                     const PostureJsonNode *root,
                     PostureQuestionnaire  *questionnaire)
{
  const PostureJsonNode *method = posture_check_member (check, root, "method", POSTURE_JSON_OBJECT,
                                                        TRUE);
  const PostureMethodForm *form;
  const char *id;
  gsize place;

  questionnaire->levels = g_ptr_array_new_with_free_func (level_free);
  if (method == NULL)
    return &unknown_form;
  place = posture_check_enter (check, "method");
  id = posture_check_text (check, method, "id", TRUE);
  form = find_form (id);
  if (id != NULL && form == NULL)
    {
      g_autofree char *names = dup_method_names ();

      posture_check_fault_in (check, method, "id",
                              _("“%s” is no method that this version knows; it must be one of %s"), id,
                              names);
    }
  questionnaire->method = g_strdup (id);
  form = form != NULL ? form : &unknown_form;
  if (form != &unknown_form)
    check_method_members (check, method, form);
  if (g_strcmp0 (form->id, "weighted") == 0)
    read_levels (check, method, questionnaire);
  else if (g_strcmp0 (form->id, "deduction") == 0)
    read_deduction_method (check, method, questionnaire);
  posture_check_leave (check, place);
  return form;
}

static int
read_enum (PostureCheck          *check,
           const PostureJsonNode *node,
           const char            *name,
           const char *const     *values)
{
  const char *text = posture_check_text (check, node, name, TRUE);
  int value = posture_type_find_value (values, text);

  if (text != NULL && value < 0)
    {
      g_autofree char *names = g_strjoinv (", ", (char **) values);

      posture_check_fault_in (check, node, name, _("must be one of %s"), names);
    }
  return MAX (value, 0);
}

/* Tells a member that is there and yet does nothing. */
static void
refuse_member (PostureCheck          *check,
               const PostureJsonNode *node,
               const char            *name,
               const char            *reason)
{
  if (posture_json_node_get_member (node, name) != NULL)
    posture_check_fault_in (check, node, name, "%s", reason);
}

/* The members of methods that are out of place. */
static void
refuse_members (PostureCheck            *check,
                const PostureJsonNode   *node,
                const PostureMethodForm *self,
                PostureQuestion         *question)
{
  static const char *const rated_only[] = { "weight", "severity", "effort" };
  g_autofree char *idle = g_strdup_printf (_("has no effect with the method %s"), self->id);

  for (guint i = 0; posture_method_members[i] != NULL; i++)
    {
      const char *name = posture_method_members[i];
      gboolean mine = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (self->question_members); j++)
        mine = mine || g_strcmp0 (self->question_members[j], name) == 0;
      if (!mine)
        refuse_member (check, node, name, _("belongs to another method"));
      else if (!question->rated)
        refuse_member (check, node, name, _("belongs to rated questions only"));
    }
  for (guint i = 0; !question->rated && i < G_N_ELEMENTS (rated_only); i++)
    refuse_member (check, node, rated_only[i], _("belongs to rated questions only"));
  if (question->rated && !self->weight)
    refuse_member (check, node, "weight", idle);
  if (question->kind == POSTURE_QUESTION_YES_NO && !posture_method_form_rates (self, question->kind))
    refuse_member (check, node, "credit", idle);
  if (question->kind == POSTURE_QUESTION_NUMBER && !posture_method_form_rates (self, question->kind))
    refuse_member (check, node, "bands", idle);
}

static void
read_deduction (PostureCheck          *check,
                const PostureJsonNode *node,
                PostureQuestion       *question)
{
  static const char *const members[] = { "full", "partial", "required", NULL };
  const PostureJsonNode *deduction = posture_check_member (check, node, "deduction",
                                                           POSTURE_JSON_OBJECT, TRUE);
  gint64 full = MAX_DEDUCTION, partial = 0;
  gsize place;

  if (deduction == NULL)
    return;
  place = posture_check_enter (check, "deduction");
  posture_check_members (check, deduction, members);
  question->required = posture_check_boolean (check, deduction, "required");
  if (question->required == (posture_json_node_get_member (deduction, "full") != NULL))
    posture_check_fault (check, deduction, _("needs one of full and required"));
  if (posture_check_int (check, deduction, "full", 1, MAX_DEDUCTION, FALSE, &full))
    question->full_deduction = (int) full;
  if (posture_check_int (check, deduction, "partial", 1, full - 1, FALSE, &partial))
    question->partial_deduction = (int) partial;
  posture_check_leave (check, place);
}

/* Partial credit only where there is some, and there for certain. */
static void
check_partial (PostureCheck          *check,
               const PostureJsonNode *node,
               PostureQuestion       *question)
{
  gboolean offered = posture_question_find_option (question, "partial") != NULL;

  if (offered && question->partial_deduction == 0)
    posture_check_fault_in (check, node, "options",
                            _("has an option “partial”, for which there is no deduction"));
  else if (!offered && question->partial_deduction > 0)
    posture_check_fault_in (check, node, "options", _("needs an option “%s”"), "partial");
}

static void
read_deduction_members (PostureCheck          *check,
                        const PostureJsonNode *node,
                        PostureJsonArena      *arena,
                        PostureQuestion       *question)
{
  guint before = check->found;

  read_deduction (check, node, question);
  if (check->found == before && question->options.length > 0)
    check_partial (check, node, question);
  if (posture_json_node_get_member (node, "no_deduction_if") != NULL)
    question->no_deduction_if
      = posture_json_arena_dup (arena, posture_check_id (check, node, "no_deduction_if"));
  if (posture_check_member (check, node, "plan_of_action", POSTURE_JSON_BOOLEAN, FALSE) != NULL)
    question->plan_of_action = posture_check_boolean (check, node, "plan_of_action")
                                 ? POSTURE_PLAN_YES : POSTURE_PLAN_NO;
}

/* Reads weight, severity, effort and what else a method wants: all of it or, where nothing is
 * rated, none. The kind is read before. */
void
posture_method_read_question (PostureCheck            *check,
                              const PostureJsonNode   *node,
                              const PostureMethodForm *self,
                              PostureJsonArena        *arena,
                              PostureQuestion         *question)
{
  static const char *const severities[] = { "low", "medium", "high", "critical", NULL };
  static const char *const efforts[] = { "low", "medium", "high", NULL };
  gboolean bands = posture_json_node_get_member (node, "bands") != NULL;
  gint64 number = 0;

  question->rated = posture_method_form_rates (self, question->kind)
                    && (question->kind != POSTURE_QUESTION_NUMBER || bands);
  question->takes_target = question->rated && self->target;
  if (self == &unknown_form)
    return;
  refuse_members (check, node, self, question);
  if (!question->rated)
    return;
  if (self->weight && posture_check_int (check, node, "weight", 1, MAX_WEIGHT, TRUE, &number))
    question->weight = (int) number;
  question->severity = (PostureSeverity) read_enum (check, node, "severity", severities);
  question->effort = (PostureEffort) read_enum (check, node, "effort", efforts);
  if (g_str_equal (self->id, "deduction"))
    read_deduction_members (check, node, arena, question);
  else if (g_str_equal (self->id, "maturity")
           && posture_check_int (check, node, "maturity", 1, MATURITY_LEVELS, TRUE, &number))
    question->maturity = (int) number;
}

/* Whether the options of a rated question, which stand at the present place, fit the method. */
void
posture_method_check_options (PostureCheck            *check,
                              const PostureJsonNode   *node,
                              const PostureMethodForm *self,
                              PostureQuestion         *question)
{
  gboolean all_known = TRUE;

  if (g_strcmp0 (self->id, "deduction") != 0)
    return;
  for (guint i = 0; i < question->options.length; i++)
    {
      const char *id = posture_question_get_option (question, i)->id;

      all_known = all_known && id != NULL;
      if (id != NULL && posture_type_find_value (statuses, id) < 0)
        {
          g_autofree char *names = g_strjoinv (", ", (char **) statuses);

          posture_check_fault (check, node, _("“%s” is none of %s"), id, names);
        }
    }
  for (guint i = 0; i < 2 && all_known; i++)
    if (posture_question_find_option (question, statuses[i]) == NULL)
      posture_check_fault (check, node, _("needs an option “%s”"), statuses[i]);
}
