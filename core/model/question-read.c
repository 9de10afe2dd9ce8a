/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/question-private.h"

#include "model/type-info-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CREDIT_PLACES 4
#define MAX_WEIGHT 1000
#define MAX_OPTIONS 100
#define MAX_LEVEL 1000
#define MAX_TEXT_LENGTH 4000
#define MAX_CONTROL_LENGTH 128

/* What each kind can have besides what all have. */
typedef struct
{
  const char *kind;
  gboolean rated; /* number: only with bands */
  const char *members[4];
} Form;

static const Form forms[] = {
  [POSTURE_QUESTION_CHOICE] = { "choice", TRUE, { "options" } },
  [POSTURE_QUESTION_CHOICES] = { "choices", TRUE, { "options" } },
  [POSTURE_QUESTION_YES_NO] = { "yes-no", TRUE, { "credit" } },
  [POSTURE_QUESTION_LEVEL] = { "level", TRUE, { "minimum", "maximum" } },
  [POSTURE_QUESTION_NUMBER] = { "number", FALSE, { "minimum", "maximum", "places", "bands" } },
  [POSTURE_QUESTION_TEXT] = { "text", FALSE, { "max_length" } },
  [POSTURE_QUESTION_DATE] = { "date", FALSE, { NULL } },
};

static void
option_free (gpointer data)
{
  g_free (((PostureOption *) data)->id);
  g_free (data);
}

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
                          _("must be one of choice, choices, yes-no, level, number, text, date"));
  return FALSE;
}

/* Members of another kind's are told like any that is not known. */
static void
check_members (PostureCheck          *check,
               const PostureJsonNode *node,
               const Form            *form)
{
  static const char *const common[] = { "id", "section", "kind", "weight", "severity", "effort",
                                        "references", "condition" };
  const char *names[G_N_ELEMENTS (common) + G_N_ELEMENTS (form->members) + 1] = { NULL };

  memcpy (names, common, sizeof common);
  memcpy (names + G_N_ELEMENTS (common), form->members, sizeof form->members);
  posture_check_members (check, node, names);
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

/* Weight, severity and effort: all of them or, where nothing is rated, none. */
static void
read_rating (PostureCheck          *check,
             const PostureJsonNode *node,
             gboolean               rated,
             PostureQuestion       *self)
{
  static const char *const names[] = { "weight", "severity", "effort" };
  static const char *const severities[] = { "low", "medium", "high", "critical", NULL };
  static const char *const efforts[] = { "low", "medium", "high", NULL };
  gint64 weight = 1;

  if (rated)
    {
      posture_check_int (check, node, "weight", 1, MAX_WEIGHT, TRUE, &weight);
      self->weight = (int) weight;
      self->severity = (PostureSeverity) read_enum (check, node, "severity", severities);
      self->effort = (PostureEffort) read_enum (check, node, "effort", efforts);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (posture_json_node_get_member (node, names[i]) != NULL)
      posture_check_fault_in (check, node, names[i], _("belongs to rated questions only"));
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
read_references (PostureCheck          *check,
                 const PostureJsonNode *node,
                 GHashTable            *catalogues,
                 PostureQuestion       *self)
{
  const PostureJsonNode *list = posture_check_member (check, node, "references", POSTURE_JSON_ARRAY,
                                                      FALSE);
  guint length = list != NULL ? posture_json_node_get_length (list) : 0;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gsize outer = posture_check_enter (check, "references");

  for (guint i = 0; i < length; i++)
    {
      const PostureJsonNode *element = posture_json_node_get_element (list, i);
      const char *text = posture_json_node_get_string (element);
      gsize place = posture_check_enter_at (check, i);

      check_reference (check, element, catalogues);
      if (text != NULL && !g_hash_table_add (seen, (gpointer) text))
        posture_check_fault (check, element, _("is there twice"));
      g_ptr_array_add (texts, g_strdup (text));
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
  g_ptr_array_add (texts, NULL);
  self->references = (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

static void
read_option (PostureCheck          *check,
             const PostureJsonNode *node,
             PostureQuestion       *self)
{
  static const char *const members[] = { "id", "credit", "exclusive", NULL };
  PostureOption *option;
  const char *id;
  gint64 credit = 0;

  if (!posture_check_kind (check, node, POSTURE_JSON_OBJECT))
    return;
  posture_check_members (check, node, members);
  id = posture_check_id (check, node, "id");
  if (posture_question_find_option (self, id) != NULL && id != NULL)
    posture_check_fault_in (check, node, "id", _("“%s” is there twice"), id);
  posture_check_decimal (check, node, "credit", CREDIT_PLACES, 0, 1, TRUE, &credit);
  option = g_new0 (PostureOption, 1);
  option->id = g_strdup (id);
  option->credit = (int) credit;
  option->exclusive = posture_check_boolean (check, node, "exclusive");
  if (option->exclusive && self->kind == POSTURE_QUESTION_CHOICE)
    posture_check_fault_in (check, node, "exclusive", _("belongs to the kind choices only"));
  g_ptr_array_add (self->options, option);
}

/* Whether nothing and everything can be gained. */
static void
check_reach (PostureCheck          *check,
             const PostureJsonNode *list,
             PostureQuestion       *self)
{
  gboolean nothing = FALSE, everything = FALSE;
  gint64 sum = 0;

  for (guint i = 0; i < self->options->len; i++)
    {
      const PostureOption *option = posture_question_get_option (self, i);

      nothing = nothing || option->credit == 0;
      everything = everything || option->credit == POSTURE_CREDIT_ONE;
      sum += option->exclusive ? 0 : option->credit;
    }
  if (self->kind == POSTURE_QUESTION_CHOICES)
    everything = everything || sum >= POSTURE_CREDIT_ONE;
  if (!nothing)
    posture_check_fault (check, list, _("needs an option with credit 0"));
  if (!everything)
    posture_check_fault (check, list, self->kind == POSTURE_QUESTION_CHOICES
                                        ? _("needs options whose credits add up to 1")
                                        : _("needs an option with credit 1"));
}

static void
read_options (PostureCheck          *check,
              const PostureJsonNode *node,
              PostureQuestion       *self)
{
  const PostureJsonNode *list = posture_check_member (check, node, "options", POSTURE_JSON_ARRAY,
                                                      TRUE);
  guint length = list != NULL ? posture_json_node_get_length (list) : 0;
  guint before = check->found;
  gsize outer;

  if (list == NULL)
    return;
  outer = posture_check_enter (check, "options");
  if (length < 2)
    posture_check_fault (check, list, _("needs at least two"));
  else if (length > MAX_OPTIONS)
    posture_check_fault (check, list, _("must be at most %d"), MAX_OPTIONS);
  for (guint i = 0; i < MIN (length, MAX_OPTIONS); i++)
    {
      gsize place = posture_check_enter_at (check, i);

      read_option (check, posture_json_node_get_element (list, i), self);
      posture_check_leave (check, place);
    }
  if (check->found == before)
    check_reach (check, list, self);
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
      if (posture_check_decimal (check, credit, "yes", CREDIT_PLACES, 0, 1, TRUE, &yes)
          + posture_check_decimal (check, credit, "no", CREDIT_PLACES, 0, 1, TRUE, &no) == 2
          && (MIN (yes, no) != 0 || MAX (yes, no) != POSTURE_CREDIT_ONE))
        posture_check_fault (check, credit, _("needs credit 0 for one answer and 1 for the other"));
      posture_check_leave (check, place);
    }
  self->yes_credit = (int) yes;
  self->no_credit = (int) no;
}

static void
read_level (PostureCheck          *check,
            const PostureJsonNode *node,
            PostureQuestion       *self)
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
  posture_check_decimal (check, node, "credit", CREDIT_PLACES, 0, 1, TRUE, &credit);
  band.credit = (int) credit;
  if (!posture_check_decimal (check, node, "from", self->places, -POSTURE_NUMBER_LIMIT,
                              POSTURE_NUMBER_LIMIT, TRUE, &band.from))
    return;
  for (guint i = self->places; i < POSTURE_NUMBER_PLACES; i++)
    band.from *= 10;
  if (self->bands->len > 0
      && band.from <= g_array_index (self->bands, PostureBand, self->bands->len - 1).from)
    posture_check_fault_in (check, node, "from", _("must be more than that of the band before"));
  else if (self->has_maximum && band.from > self->maximum)
    posture_check_fault_in (check, node, "from", _("must be at most the maximum"));
  g_array_append_val (self->bands, band);
}

static void
check_bands (PostureCheck          *check,
             const PostureJsonNode *list,
             PostureQuestion       *self)
{
  gboolean nothing, everything = FALSE;
  gint64 first = posture_question_get_band (self, 0)->from;

  nothing = !self->has_minimum || self->minimum < first;
  for (guint i = 0; i < self->bands->len; i++)
    {
      const PostureBand *band = posture_question_get_band (self, i);
      gboolean last = i + 1 == self->bands->len;

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
  else if (posture_json_node_get_length (list) > MAX_OPTIONS)
    posture_check_fault (check, list, _("must be at most %d"), MAX_OPTIONS);
  for (guint i = 0; i < MIN (posture_json_node_get_length (list), MAX_OPTIONS); i++)
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
             PostureQuestion       *self)
{
  gint64 places = 0;

  posture_check_int (check, node, "places", 0, POSTURE_NUMBER_PLACES, FALSE, &places);
  self->places = (guint) places;
  self->has_minimum = read_bound (check, node, "minimum", self->places, &self->minimum);
  self->has_maximum = read_bound (check, node, "maximum", self->places, &self->maximum);
  if (self->has_minimum && self->has_maximum && self->minimum >= self->maximum)
    posture_check_fault_in (check, node, "maximum", _("must be more than the minimum"));
  read_bands (check, node, self);
}

static void
read_form (PostureCheck          *check,
           const PostureJsonNode *node,
           PostureQuestion       *self)
{
  gint64 length = POSTURE_TEXT_DEFAULT_LENGTH;

  switch (self->kind)
    {
    case POSTURE_QUESTION_CHOICE:
    case POSTURE_QUESTION_CHOICES:
      read_options (check, node, self);
      break;
    case POSTURE_QUESTION_YES_NO:
      read_yes_no (check, node, self);
      break;
    case POSTURE_QUESTION_LEVEL:
      read_level (check, node, self);
      break;
    case POSTURE_QUESTION_NUMBER:
      read_number (check, node, self);
      break;
    case POSTURE_QUESTION_TEXT:
      posture_check_int (check, node, "max_length", 1, MAX_TEXT_LENGTH, FALSE, &length);
      self->max_length = (guint) length;
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

  if (id != NULL && g_hash_table_contains (setting->earlier, id))
    posture_check_fault_in (check, node, "id", _("“%s” is there twice"), id);
  if (section != NULL && !g_hash_table_contains (setting->sections, section))
    posture_check_fault_in (check, node, "section", _("“%s” is not among the sections"), section);
  self->id = g_strdup (id);
  self->section = g_strdup (section);
}

/* Reads a question at the present place. With faults it is there, yet not of use: its id can be
 * %NULL. */
PostureQuestion *
posture_question_read (PostureCheck                 *check,
                       const PostureJsonNode        *node,
                       const PostureQuestionSetting *setting)
{
  PostureQuestion *self = g_new0 (PostureQuestion, 1);
  const PostureJsonNode *condition;
  gsize place;

  self->options = g_ptr_array_new_with_free_func (option_free);
  self->bands = g_array_new (FALSE, FALSE, sizeof (PostureBand));
  if (!posture_check_kind (check, node, POSTURE_JSON_OBJECT))
    return self;
  read_place (check, node, setting, self);
  read_references (check, node, setting->catalogues, self);
  condition = posture_json_node_get_member (node, "condition");
  if (condition != NULL)
    {
      place = posture_check_enter (check, "condition");
      self->condition = posture_condition_read (check, condition, setting->earlier);
      posture_check_leave (check, place);
    }
  if (read_kind (check, node, self))
    {
      check_members (check, node, &forms[self->kind]);
      read_form (check, node, self);
      read_rating (check, node, forms[self->kind].rated
                                || posture_json_node_get_member (node, "bands") != NULL, self);
    }
  return self;
}
