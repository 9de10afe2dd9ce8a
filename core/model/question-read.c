/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/advice-private.h"
#include "model/answer-table-private.h"
#include "model/method-form-private.h"
#include "model/option-private.h"
#include "model/questionnaire-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LEVEL 1000
#define MAX_TEXT_LENGTH 4000
#define MAX_CONTROL_LENGTH 128

/* What each kind can have besides what all have. */
typedef struct
{
  const char *kind;
  const char *members[4];
} Form;

static const Form forms[] = {
  [POSTURE_QUESTION_CHOICE] = { "choice", { "options" } },
  [POSTURE_QUESTION_CHOICES] = { "choices", { "options" } },
  [POSTURE_QUESTION_YES_NO] = { "yes-no", { "credit" } },
  [POSTURE_QUESTION_LEVEL] = { "level", { "minimum", "maximum", "labels" } },
  [POSTURE_QUESTION_NUMBER] = { "number", { "minimum", "maximum", "places", "bands" } },
  [POSTURE_QUESTION_TEXT] = { "text", { "max_length" } },
  [POSTURE_QUESTION_DATE] = { "date", { NULL } },
  [POSTURE_QUESTION_INSTANCES] = { "instances", { "most" } },
};

static gboolean
read_kind (PostureCheck          *check,
           const PostureJsonNode *node,
           PostureQuestion       *self)
{
  const char *kind = posture_check_text (check, node, "kind", TRUE);

  if (kind == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].kind, kind))
      {
        self->kind = (PostureQuestionKind) i;
        return TRUE;
      }
  posture_check_fault_in (check, node, "kind",
                          _("must be one of choice, choices, yes-no, level, number, text, date, "
                            "instances"));
  return FALSE;
}

/* Members of another kind's are told like any that is not known. */
static void
check_members (PostureCheck          *check,
               const PostureJsonNode *node,
               const Form            *form)
{
  static const char *const common[] = { "id", "section", "kind", "weight", "severity", "effort",
                                        "references", "condition", "required", "evidence", "review",
                                        "tips", "recommendations" };
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    g_ptr_array_add (names, (gpointer) common[i]);
  for (guint i = 0; posture_method_members[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) posture_method_members[i]);
  for (guint i = 0; i < G_N_ELEMENTS (form->members); i++)
    g_ptr_array_add (names, (gpointer) form->members[i]);
  g_ptr_array_add (names, NULL);
  posture_check_members (check, node, (const char *const *) names->pdata);
}

static void
check_reference (PostureCheck          *check,
                 const PostureJsonNode *node,
                 GHashTable            *catalogues)
{
  const char *text, *colon;
  g_autofree char *catalogue = NULL;

  if (!posture_check_kind (check, node, POSTURE_JSON_STRING))
    return;
  text = posture_json_node_get_string (node);
  colon = strchr (text, ':');
  if (colon == NULL || colon == text || colon[1] == '\0' || strlen (colon) > MAX_CONTROL_LENGTH)
    {
      posture_check_fault (check, node, _("must be “catalogue:control”"));
      return;
    }
  catalogue = g_strndup (text, (gsize) (colon - text));
  if (!g_hash_table_contains (catalogues, catalogue))
    posture_check_fault (check, node, _("“%s” is not among the questionnaire's references"),
                         catalogue);
}

static void
read_references (PostureCheck                 *check,
                 const PostureJsonNode        *node,
                 const PostureQuestionSetting *setting,
                 PostureQuestion              *self)
{
  const PostureJsonNode *list = posture_check_member (check, node, "references", POSTURE_JSON_ARRAY,
                                                      FALSE);
  guint length = list != NULL ? posture_json_node_get_length (list) : 0;
  PostureJsonArena *arena = setting->conditions->arena;
  g_autoptr (GHashTable) seen = length > 1 ? g_hash_table_new (g_str_hash, g_str_equal) : NULL;
  gsize outer = posture_check_enter (check, "references");
  guint n_texts = 0;

  self->references = posture_json_arena_alloc (arena, (length + 1) * sizeof (char *));
  self->references[0] = NULL;
  for (guint i = 0; i < length; i++)
    {
      const PostureJsonNode *element = posture_json_node_get_element (list, i);
      const char *text = posture_json_node_get_string (element);
      gsize place = posture_check_enter_at (check, i);

      check_reference (check, element, setting->catalogues);
      if (text != NULL && length > 1 && !g_hash_table_add (seen, (gpointer) text))
        posture_check_fault (check, element, _("is there twice"));
      if (text != NULL)
        self->references[n_texts++] = posture_json_arena_dup (arena, text);
      self->references[n_texts] = NULL;
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
}

static void
read_yes_no (PostureCheck          *check,
             const PostureJsonNode *node,
             PostureQuestion       *self)
{
  static const char *const members[] = { "yes", "no", NULL };
  const PostureJsonNode *credit = posture_check_member (check, node, "credit", POSTURE_JSON_OBJECT,
                                                        FALSE);
  gint64 yes = POSTURE_CREDIT_ONE, no = 0;
  gsize place;

  if (credit != NULL)
    {
      place = posture_check_enter (check, "credit");
      posture_check_members (check, credit, members);
      if (posture_check_decimal (check, credit, "yes", POSTURE_CREDIT_PLACES, 0, 1, TRUE, &yes)
          + posture_check_decimal (check, credit, "no", POSTURE_CREDIT_PLACES, 0, 1, TRUE, &no) == 2
          && (MIN (yes, no) != 0 || MAX (yes, no) != POSTURE_CREDIT_ONE))
        posture_check_fault (check, credit, _("needs credit 0 for one answer and 1 for the other"));
      posture_check_leave (check, place);
    }
  self->yes_credit = (int) yes;
  self->no_credit = (int) no;
}

static void
read_level (PostureCheck                 *check,
            const PostureJsonNode        *node,
            const PostureQuestionSetting *setting,
            PostureQuestion              *self)
{
  gint64 minimum, maximum;
  gboolean good;

  good = posture_check_int (check, node, "minimum", -MAX_LEVEL, MAX_LEVEL, TRUE, &minimum);
  good = posture_check_int (check, node, "maximum", -MAX_LEVEL, MAX_LEVEL, TRUE, &maximum) && good;
  if (!good)
    return;
  if (minimum >= maximum)
    posture_check_fault_in (check, node, "maximum", _("must be more than the minimum"));
  self->has_minimum = self->has_maximum = TRUE;
  self->minimum = minimum * POSTURE_NUMBER_ONE;
  self->maximum = maximum * POSTURE_NUMBER_ONE;
  if (posture_json_node_get_member (node, "labels") != NULL)
    self->option_set = posture_json_arena_dup (setting->conditions->arena,
                                               posture_check_id (check, node, "labels"));
}

static void
read_band (PostureCheck          *check,
           const PostureJsonNode *node,
           PostureQuestion       *self)
{
  static const char *const members[] = { "from", "credit", NULL };
  PostureBand band = { 0 };
  gint64 credit = 0;

  if (!posture_check_kind (check, node, POSTURE_JSON_OBJECT))
    return;
  posture_check_members (check, node, members);
  posture_check_decimal (check, node, "credit", POSTURE_CREDIT_PLACES, 0, 1, TRUE, &credit);
  band.credit = (int) credit;
  if (!posture_check_decimal (check, node, "from", self->places, -POSTURE_NUMBER_LIMIT,
                              POSTURE_NUMBER_LIMIT, TRUE, &band.from))
    return;
  for (guint i = self->places; i < POSTURE_NUMBER_PLACES; i++)
    band.from *= 10;
  if (self->n_bands > 0 && band.from <= self->bands[self->n_bands - 1].from)
    posture_check_fault_in (check, node, "from", _("must be more than that of the band before"));
  else if (self->has_maximum && band.from > self->maximum)
    posture_check_fault_in (check, node, "from", _("must be at most the maximum"));
  self->bands[self->n_bands++] = band;
}

static void
check_bands (PostureCheck          *check,
             const PostureJsonNode *list,
             PostureQuestion       *self)
{
  gboolean nothing, everything = FALSE;
  gint64 first = posture_question_get_band (self, 0)->from;

  nothing = !self->has_minimum || self->minimum < first;
  for (guint i = 0; i < self->n_bands; i++)
    {
      const PostureBand *band = posture_question_get_band (self, i);
      gboolean last = i + 1 == self->n_bands;

      /* a band that ends before the minimum takes no number */
      if (!last && self->has_minimum && band[1].from <= self->minimum)
        continue;
      nothing = nothing || band->credit == 0;
      everything = everything || band->credit == POSTURE_CREDIT_ONE;
    }
  if (!nothing)
    posture_check_fault (check, list, _("needs numbers with credit 0"));
  if (!everything)
    posture_check_fault (check, list, _("needs a band with credit 1"));
}

static void
read_bands (PostureCheck          *check,
            const PostureJsonNode *node,
            PostureJsonArena      *arena,
            PostureQuestion       *self)
{
  const PostureJsonNode *list = posture_check_member (check, node, "bands", POSTURE_JSON_ARRAY,
                                                      FALSE);
  guint before = check->found;
  gsize outer;

  if (list == NULL)
    return;
  outer = posture_check_enter (check, "bands");
  if (posture_json_node_get_length (list) == 0)
    posture_check_fault (check, list, _("needs at least one"));
  else if (posture_json_node_get_length (list) > POSTURE_OPTIONS_MAX)
    posture_check_fault (check, list, _("must have at most %d entries"), POSTURE_OPTIONS_MAX);
  self->bands = posture_json_arena_alloc (arena, MIN (posture_json_node_get_length (list),
                                                      POSTURE_OPTIONS_MAX) * sizeof (PostureBand));
  for (guint i = 0; i < MIN (posture_json_node_get_length (list), POSTURE_OPTIONS_MAX); i++)
    {
      gsize place = posture_check_enter_at (check, i);

      read_band (check, posture_json_node_get_element (list, i), self);
      posture_check_leave (check, place);
    }
  if (check->found == before)
    check_bands (check, list, self);
  posture_check_leave (check, outer);
}

static gboolean
read_bound (PostureCheck          *check,
            const PostureJsonNode *node,
            const char            *name,
            guint                  places,
            gint64                *ret_bound)
{
  if (!posture_check_decimal (check, node, name, places, -POSTURE_NUMBER_LIMIT,
                              POSTURE_NUMBER_LIMIT, FALSE, ret_bound))
    return FALSE;
  for (guint i = places; i < POSTURE_NUMBER_PLACES; i++)
    *ret_bound *= 10;
  return TRUE;
}

static void
read_number (PostureCheck          *check,
             const PostureJsonNode *node,
             PostureJsonArena      *arena,
             PostureQuestion       *self)
{
  gint64 places = 0;

  posture_check_int (check, node, "places", 0, POSTURE_NUMBER_PLACES, FALSE, &places);
  self->places = (guint) places;
  self->has_minimum = read_bound (check, node, "minimum", self->places, &self->minimum);
  self->has_maximum = read_bound (check, node, "maximum", self->places, &self->maximum);
  if (self->has_minimum && self->has_maximum && self->minimum >= self->maximum)
    posture_check_fault_in (check, node, "maximum", _("must be more than the minimum"));
  read_bands (check, node, arena, self);
}

static void
read_form (PostureCheck                 *check,
           const PostureJsonNode        *node,
           const PostureQuestionSetting *setting,
           PostureQuestion              *self)
{
  gint64 length = POSTURE_TEXT_DEFAULT_LENGTH, most = POSTURE_INSTANCES_MAX;

  switch (self->kind)
    {
    case POSTURE_QUESTION_CHOICE:
    case POSTURE_QUESTION_CHOICES:
      posture_options_read (check, node, setting, self);
      break;
    case POSTURE_QUESTION_YES_NO:
      read_yes_no (check, node, self);
      break;
    case POSTURE_QUESTION_LEVEL:
      read_level (check, node, setting, self);
      break;
    case POSTURE_QUESTION_NUMBER:
      read_number (check, node, setting->conditions->arena, self);
      break;
    case POSTURE_QUESTION_TEXT:
      posture_check_int (check, node, "max_length", 1, MAX_TEXT_LENGTH, FALSE, &length);
      self->max_length = (guint) length;
      break;
    case POSTURE_QUESTION_INSTANCES:
      posture_check_int (check, node, "most", 1, POSTURE_INSTANCES_MAX, FALSE, &most);
      self->most = (guint) most;
      break;
    case POSTURE_QUESTION_DATE:
    default:
      break;
    }
}

static void
read_place (PostureCheck                 *check,
            const PostureJsonNode        *node,
            const PostureQuestionSetting *setting,
            PostureQuestion              *self)
{
  const char *id = posture_check_id (check, node, "id");
  const char *section = posture_check_text (check, node, "section", TRUE);

  if (id != NULL && g_hash_table_contains (setting->conditions->earlier, id))
    posture_check_fault_in (check, node, "id", _("“%s” is there twice"), id);
  if (section != NULL && !g_hash_table_contains (setting->sections, section))
    posture_check_fault_in (check, node, "section", _("“%s” is not among the sections"), section);
  self->id = posture_json_arena_dup (setting->conditions->arena, id);
  self->key_hash = id != NULL ? posture_answer_key_hash (id) : 0;
  self->section = posture_json_arena_dup (setting->conditions->arena, section);
}

/* Notes a part as faulty if there are faults since @before; where the next part begins. */
static guint
end_part (PostureCheck    *check,
          PostureQuestion *self,
          guint            part,
          guint            before)
{
  if (check->found > before)
    self->faulty |= part;
  return check->found;
}

/* Reads what depends on the kind. */
static void
read_body (PostureCheck                 *check,
           const PostureJsonNode        *node,
           const PostureQuestionSetting *setting,
           PostureQuestion              *self)
{
  guint before;

  if (!read_kind (check, node, self))
    {
      self->faulty |= POSTURE_QUESTION_FORM | POSTURE_QUESTION_METHOD | POSTURE_QUESTION_REST;
      return;
    }
  check_members (check, node, &forms[self->kind]);
  before = check->found;
  read_form (check, node, setting, self);
  before = end_part (check, self, POSTURE_QUESTION_FORM, before);
  posture_method_read_question (check, node, setting->method, setting->conditions->arena, self);
  before = end_part (check, self, POSTURE_QUESTION_METHOD, before);
  posture_advice_read (check, node, setting->conditions, self);
  end_part (check, self, POSTURE_QUESTION_REST, before);
}

/* Reads the question that stands at the present place into @self, which has its number already. With faults
 * it is there, yet not of use: its id can be %NULL. */
void
posture_question_read (PostureCheck                 *check,
                       const PostureJsonNode        *node,
                       const PostureQuestionSetting *setting,
                       PostureQuestion              *self)
{
  const PostureJsonNode *condition;
  guint before = check->found;
  gsize place;

  self->plan_of_action = POSTURE_PLAN_UNSAID;
  if (!posture_check_kind (check, node, POSTURE_JSON_OBJECT))
    {
      self->faulty = G_MAXUINT;
      return;
    }
  read_place (check, node, setting, self);
  before = end_part (check, self, POSTURE_QUESTION_PLACE, before);
  read_references (check, node, setting, self);
  end_part (check, self, POSTURE_QUESTION_REFERENCES, before);
  condition = posture_json_node_get_member (node, "condition");
  if (condition != NULL)
    {
      place = posture_check_enter (check, "condition");
      self->condition = posture_condition_read (check, condition, setting->conditions);
      posture_check_leave (check, place);
    }
  read_body (check, node, setting, self);
  before = check->found;
  self->must_be_answered = posture_check_boolean (check, node, "required");
  self->asks_evidence = posture_check_boolean (check, node, "evidence");
  self->review = posture_review_read (check, node);
  end_part (check, self, POSTURE_QUESTION_REST, before);
}
