/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

#include "model/finding-words.h"
#include "model/instances.h"
#include "model/visibility.h"

#include <string.h>

/* By question of the questionnaire as it was asked. */
static GHashTable *
index_explanations (PostureExport *self)
{
  GHashTable *index = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->report->explanation->len; i++)
    {
      PostureExplanation *explanation = g_ptr_array_index (self->report->explanation, i);

      g_hash_table_insert (index,
                           posture_questionnaire_find_near (self->questionnaire, explanation->question,
                                                            explanation->instance),
                           explanation);
    }
  return index;
}

static GHashTable *
index_findings (PostureExport *self)
{
  GHashTable *index = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->report->findings->len; i++)
    {
      PostureFinding *finding = g_ptr_array_index (self->report->findings, i);

      g_hash_table_insert (index,
                           posture_questionnaire_find_near (self->questionnaire, finding->question,
                                                            finding->instance),
                           finding);
    }
  return index;
}

/* Names are kept where notes are, so those that hold now come first. */
static const char *
find_instance_name (PostureExport *self,
                    const char    *list,
                    const char    *instance)
{
  PostureAnswer *answer = self->notes != NULL ? posture_answers_get (self->notes, list) : NULL;
  const char *name = answer != NULL ? posture_answer_get_instance_name (answer, instance) : NULL;

  if (name == NULL)
    {
      answer = posture_answers_get (self->answers, list);
      name = answer != NULL ? posture_answer_get_instance_name (answer, instance) : NULL;
    }
  return name != NULL ? name : instance;
}

/* What an instance of a section is called; %NULL without one. */
const char *
posture_export_instance_name (PostureExport *self,
                              const char    *section,
                              const char    *instance)
{
  int index = posture_questionnaire_find_section (self->questionnaire, section);

  if (instance == NULL)
    return NULL;
  while (index >= 0
         && posture_questionnaire_get_section (self->questionnaire, (guint) index)->for_each == NULL)
    index = posture_questionnaire_get_section (self->questionnaire, (guint) index)->parent;
  return index < 0 ? instance
                   : find_instance_name (
                       self, posture_questionnaire_get_section (self->questionnaire, (guint) index)->for_each,
                       instance);
}

/* A note is with the answer as it stands now: revisions have none. */
static const char *
find_note (PostureExport *self,
           const char    *key)
{
  PostureAnswer *answer = self->notes != NULL ? posture_answers_get (self->notes, key) : NULL;

  if (answer == NULL)
    answer = posture_answers_get (self->answers, key);
  return answer != NULL ? posture_answer_get_note (answer) : NULL;
}

/* The visible questions with all that is known of them, in the questionnaire's order. An answer that is
 * hidden counts nowhere, so it is not shown; its question's note neither. */
GArray *
posture_export_list_items (PostureExport *self)
{
  g_autoptr (GArray) visible = posture_questionnaire_find_visible (self->questionnaire,
                                                                   self->answers);
  g_autoptr (GHashTable) explanations = index_explanations (self);
  g_autoptr (GHashTable) findings = index_findings (self);
  GArray *items = g_array_new (FALSE, FALSE, sizeof (PostureExportItem));

  for (guint i = 0; i < posture_questionnaire_get_n_questions (self->questionnaire); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (self->questionnaire, i);
      const char *id = posture_question_get_id (question);
      const char *key = posture_question_get_key (question);
      const char *text = posture_words_get_question (self->words, id, POSTURE_WORDS_QUESTION);
      PostureExportItem item = {
        .question = question,
        .id = id,
        .key = key,
        .text = text != NULL ? text : id,
        .instance = posture_export_instance_name (self, posture_question_get_section (question),
                                                  posture_question_get_instance (question)),
        .answer = posture_answers_get (self->answers, key),
        .note = find_note (self, key),
        .explanation = g_hash_table_lookup (explanations, question),
        .finding = g_hash_table_lookup (findings, question),
      };

      if (g_array_index (visible, gboolean, i))
        g_array_append_val (items, item);
    }
  return items;
}

static void
append_option (PostureExport   *self,
               GString         *text,
               const char      *question,
               const char      *option)
{
  const char *words = posture_words_get_option (self->words, question, option);

  if (text->len > 0)
    g_string_append (text, "\n");
  g_string_append (text, words != NULL ? words : option);
}

/* A level's number with its words; any other number as people write it. */
static char *
number_text (PostureExportRun      *run,
             PostureQuestion       *question,
             const PostureJsonNode *value)
{
  g_autofree char *id = posture_json_node_to_text (value);
  const char *words = posture_words_get_option (run->export->words,
                                                posture_question_get_id (question), id);
  gint64 units = 0;
  g_autofree char *number = NULL;

  if (!posture_json_node_get_decimal (value, POSTURE_DECIMAL_PLACES, &units))
    return g_steal_pointer (&id);
  number = posture_export_words_format_number (run->words, units, POSTURE_DECIMAL_PLACES);
  return words != NULL ? g_strdup_printf ("%s – %s", number, words) : g_steal_pointer (&number);
}

/* The names of the list, a line each. */
static void
append_instances (PostureExport         *self,
                  GString               *text,
                  const char            *list,
                  const PostureJsonNode *value)
{
  for (guint i = 0; i < posture_json_node_get_length (value); i++)
    g_string_append_printf (
      text, "%s%s", i > 0 ? "\n" : "",
      find_instance_name (self, list,
                          posture_json_node_get_string (posture_json_node_get_element (value, i))));
}

static char *
value_text (PostureExportRun      *run,
            PostureQuestion       *question,
            const PostureJsonNode *value)
{
  const char *id = posture_question_get_id (question);
  GString *text;

  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_YES_NO:
      return g_strdup (posture_export_words_get (
          run->words, posture_json_node_get_boolean (value) ? W_("Yes") : W_("No")));
    case POSTURE_QUESTION_LEVEL:
    case POSTURE_QUESTION_NUMBER:
      return number_text (run, question, value);
    case POSTURE_QUESTION_DATE:
      return posture_export_words_format_day (run->words, posture_json_node_get_string (value),
                                              /* with_time = */ FALSE);
    case POSTURE_QUESTION_INSTANCES:
      text = g_string_new (NULL);
      append_instances (run->export, text, id, value);
      return g_string_free (text, FALSE);
    case POSTURE_QUESTION_CHOICE:
    case POSTURE_QUESTION_CHOICES:
      text = g_string_new (NULL);
      if (posture_question_get_kind (question) == POSTURE_QUESTION_CHOICE)
        append_option (run->export, text, id, posture_json_node_get_string (value));
      else
        for (guint i = 0; i < posture_json_node_get_length (value); i++)
          append_option (run->export, text, id,
                         posture_json_node_get_string (posture_json_node_get_element (value, i)));
      return g_string_free (text, FALSE);
    case POSTURE_QUESTION_TEXT:
    default:
      return g_strdup (posture_json_node_get_string (value));
    }
}

/* The answer in words; what was not answered is told, too. Several choices are a line each. */
char *
posture_export_answer_text (PostureExportRun        *run,
                            const PostureExportItem *item)
{
  PostureAnswerKind kind = item->answer != NULL ? posture_answer_get_kind (item->answer)
                                                : POSTURE_ANSWER_TARGET;

  if (kind == POSTURE_ANSWER_UNKNOWN)
    return g_strdup (posture_export_words_get (run->words, W_("I don’t know")));
  if (kind == POSTURE_ANSWER_NOT_APPLICABLE)
    return g_strdup_printf (posture_export_words_get (run->words, W_("Not applicable: %s")),
                            posture_answer_get_reason (item->answer));
  if (kind == POSTURE_ANSWER_TARGET)
    return g_strdup (posture_export_words_get (run->words, W_("Not answered yet")));
  return value_text (run, item->question, posture_answer_get_value (item->answer));
}

/* What is to be reached, if there is a target. */
char *
posture_export_target_text (PostureExportRun        *run,
                            const PostureExportItem *item)
{
  const PostureJsonNode *target = item->answer != NULL ? posture_answer_get_target (item->answer)
                                                       : NULL;

  return target != NULL ? value_text (run, item->question, target) : NULL;
}

static const char *
catalogue_title (PostureExport *self,
                 const char    *id,
                 gsize          length)
{
  for (guint i = 0; i < posture_questionnaire_get_n_catalogues (self->questionnaire); i++)
    {
      const PostureCatalogue *catalogue = posture_questionnaire_get_catalogue (self->questionnaire, i);

      if (strlen (catalogue->id) == length && strncmp (catalogue->id, id, length) == 0)
        return catalogue->title;
    }
  return NULL;
}

/* Published controls: as they stand in the questionnaire, or with the names of their catalogues. */
char *
posture_export_references (PostureExport     *self,
                           const char *const *references,
                           gboolean           short_form)
{
  GString *text = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; references != NULL && references[i] != NULL; i++)
    {
      const char *colon = strchr (references[i], ':');
      const char *title = NULL;

      if (colon != NULL && !short_form)
        title = catalogue_title (self, references[i], (gsize) (colon - references[i]));
      if (text->len > 0)
        g_string_append (text, short_form ? " " : title != NULL && title == last ? ", " : "; ");
      if (title != NULL && title != last)
        g_string_append_printf (text, "%s ", title);
      g_string_append (text, title != NULL ? colon + 1 : references[i]);
      last = title;
    }
  return g_string_free (text, FALSE);
}

/* A section's title, with the instance's name where it is repeated. */
char *
posture_export_section_title (PostureExport *self,
                              const char    *section,
                              const char    *instance)
{
  const char *title = posture_words_get_section_title (self->words, section);
  const char *name = posture_export_instance_name (self, section, instance);

  if (title == NULL)
    title = section;
  return name != NULL ? g_strdup_printf ("%s · %s", title, name) : g_strdup (title);
}

/* What the answer of a finding's question is kept under. */
const char *
posture_export_finding_key (PostureExport        *self,
                            const PostureFinding *finding)
{
  PostureQuestion *question = posture_questionnaire_find_near (self->questionnaire, finding->question,
                                                               finding->instance);

  return question != NULL ? posture_question_get_key (question) : finding->question;
}

/* Whether what answers count for are levels: a profile gives no points. */
gboolean
posture_export_has_levels (PostureExport *self)
{
  return g_strcmp0 (posture_questionnaire_get_method (self->questionnaire), "profile") == 0;
}

/* What to do next: as the finding has it, or what is said of the question. */
const char *
posture_export_next_text (PostureExport           *self,
                          const PostureExportItem *item)
{
  const char *words = NULL;

  if (item->finding != NULL)
    words = posture_words_get_recommendation (self->words, item->id, item->finding->recommendation);
  return words != NULL ? words : posture_words_get_question (self->words, item->id, POSTURE_WORDS_NEXT);
}

/* Why a finding lost its points. */
const char *
posture_export_reason_words (PostureExportRun     *run,
                             const PostureFinding *finding)
{
  const char *words = posture_finding_get_reason_words (finding);

  return posture_export_words_get (run->words, words != NULL ? words : W_("not fully in place"));
}

/* Where a column is named, one word is enough: that of the format of questionnaires. */
static const char *const levels[] = { W_("low"), W_("medium"), W_("high"), W_("critical") };

G_STATIC_ASSERT ((int) POSTURE_SEVERITY_HIGH == (int) POSTURE_EFFORT_HIGH);

const char *
posture_export_severity_level (PostureExportRun     *run,
                               const PostureFinding *finding)
{
  return posture_export_words_get (run->words, levels[finding->severity]);
}

const char *
posture_export_effort_level (PostureExportRun     *run,
                             const PostureFinding *finding)
{
  return posture_export_words_get (run->words, levels[finding->effort]);
}
