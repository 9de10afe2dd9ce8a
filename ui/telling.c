/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/telling.h"

#include "model/instances.h"
#include "model/report-words.h"
#include "ui/moment.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

struct _PostureTelling
{
  gatomicrefcount references;

  PostureReport *report;
  PostureQuestionnaire *questionnaire; /* these can be lacking for an old report */
  PostureWords *words;
  PostureAnswers *answers; /* for the names of instances, which a report does not hold */
  char *name;
  PostureAnswers *submitted;
  GHashTable *times; /* (element-type utf8 gint64) */
  gint64 now;
  PostureReportPlan *plan;
};

/**
 * posture_telling_new:
 * @report: a report
 * @questionnaire: (nullable): its questionnaire, %NULL if this version is not known
 * @words: (nullable): the words of the questionnaire, likewise
 * @answers: (nullable): answers that know the names of its instances
 *
 * Returns: (transfer full): a report with the words to tell it
 */
PostureTelling *
posture_telling_new (PostureReport        *report,
                     PostureQuestionnaire *questionnaire,
                     PostureWords         *words,
                     PostureAnswers       *answers)
{
  PostureTelling *self = g_new0 (PostureTelling, 1);

  g_atomic_ref_count_init (&self->references);
  self->report = posture_report_ref (report);
  if (questionnaire != NULL && words != NULL)
    {
      self->questionnaire = posture_questionnaire_ref (questionnaire);
      self->words = posture_words_ref (words);
    }
  if (answers != NULL)
    self->answers = posture_answers_ref (answers);
  return self;
}

/**
 * posture_telling_ref:
 * @self: a telling
 *
 * Returns: (transfer full): @self
 */
PostureTelling *
posture_telling_ref (PostureTelling *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_telling_unref:
 * @self: (transfer full): a telling
 *
 * Takes a reference away.
 */
void
posture_telling_unref (PostureTelling *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  posture_report_unref (self->report);
  g_clear_pointer (&self->questionnaire, posture_questionnaire_unref);
  g_clear_pointer (&self->words, posture_words_unref);
  g_clear_pointer (&self->answers, posture_answers_unref);
  g_clear_pointer (&self->submitted, posture_answers_unref);
  g_clear_pointer (&self->times, g_hash_table_unref);
  g_clear_object (&self->plan);
  g_free (self->name);
  g_free (self);
}

/**
 * posture_telling_set_background:
 * @self: a telling
 * @name: the name of the report's assessment
 * @submitted: (nullable): the answers that were rated
 * @times: (nullable) (element-type utf8 gint64): when which question was answered
 * @now: the present moment, in milliseconds since 1970
 * @plan: (nullable): what is planned for its findings
 *
 * Takes what stands around the report; once.
 */
void
posture_telling_set_background (PostureTelling    *self,
                                const char        *name,
                                PostureAnswers    *submitted,
                                GHashTable        *times,
                                gint64             now,
                                PostureReportPlan *plan)
{
  self->name = g_strdup (name);
  self->submitted = submitted != NULL ? posture_answers_ref (submitted) : NULL;
  self->times = times != NULL ? g_hash_table_ref (times) : NULL;
  self->now = now;
  self->plan = plan != NULL ? g_object_ref (plan) : NULL;
}

/**
 * posture_telling_get_name:
 * @self: a telling
 *
 * Returns: (transfer none) (nullable): the name of the report's assessment
 */
const char *
posture_telling_get_name (PostureTelling *self)
{
  return self->name;
}

/**
 * posture_telling_get_answers:
 * @self: a telling
 *
 * Returns: (transfer none) (nullable): the assessment's answers as they stood when the report was read
 */
PostureAnswers *
posture_telling_get_answers (PostureTelling *self)
{
  return self->answers;
}

/**
 * posture_telling_get_submitted:
 * @self: a telling
 *
 * Returns: (transfer none) (nullable): the answers that were rated
 */
PostureAnswers *
posture_telling_get_submitted (PostureTelling *self)
{
  return self->submitted;
}

/**
 * posture_telling_get_plan:
 * @self: a telling
 *
 * Returns: (transfer none) (nullable): what is planned for the findings
 */
PostureReportPlan *
posture_telling_get_plan (PostureTelling *self)
{
  return self->plan;
}

/**
 * posture_telling_dup_key:
 * @question: a question's id
 * @instance: (nullable): the instance it is about
 *
 * Returns: (transfer full): what its answer is kept under
 */
char *
posture_telling_dup_key (const char *question,
                         const char *instance)
{
  return instance != NULL ? g_strconcat (question, "@", instance, NULL) : g_strdup (question);
}

/**
 * posture_telling_dup_moment:
 * @self: a telling
 * @explanation: how a question came by its points
 *
 * Returns: (transfer full) (nullable): when it was answered, or its answer confirmed; %NULL if that
 *   is not known
 */
char *
posture_telling_dup_moment (PostureTelling           *self,
                            const PostureExplanation *explanation)
{
  g_autofree char *key = posture_telling_dup_key (explanation->question, explanation->instance);
  const gint64 *time = self->times != NULL ? g_hash_table_lookup (self->times, key) : NULL;

  return time != NULL ? posture_moment_to_words (*time, self->now) : NULL;
}

/**
 * posture_telling_get_report:
 * @self: a telling
 *
 * Returns: (transfer none): the report
 */
PostureReport *
posture_telling_get_report (PostureTelling *self)
{
  return self->report;
}

/**
 * posture_telling_get_questionnaire:
 * @self: a telling
 *
 * Returns: (transfer none) (nullable): the questionnaire, %NULL if this version is not known
 */
PostureQuestionnaire *
posture_telling_get_questionnaire (PostureTelling *self)
{
  return self->questionnaire;
}

/**
 * posture_telling_get_words:
 * @self: a telling
 *
 * Returns: (transfer none) (nullable): its words; there if the questionnaire is
 */
PostureWords *
posture_telling_get_words (PostureTelling *self)
{
  return self->words;
}

/**
 * posture_telling_has_method:
 * @self: a telling
 * @method: the id of a method
 *
 * Returns: whether the report was rated with it
 */
gboolean
posture_telling_has_method (PostureTelling *self,
                            const char     *method)
{
  return g_strcmp0 (self->report->method->id, method) == 0;
}

/**
 * posture_telling_has_targets:
 * @self: a telling
 *
 * Returns: whether the report is a profile with a target for any of its questions
 */
gboolean
posture_telling_has_targets (PostureTelling *self)
{
  GPtrArray *sections = self->report->sections;

  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionScore *section = g_ptr_array_index (sections, i);

      if (section->profile != NULL && section->profile->targets > 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * posture_telling_count_open:
 * @self: a telling
 *
 * Returns: how many questions were not answered, or with “I don't know”
 */
guint
posture_telling_count_open (PostureTelling *self)
{
  return (guint) (self->report->coverage->unknown + self->report->coverage->unanswered);
}

/* What a person calls an instance: the question whose answer lists it is not named in the report. */
static const char *
find_instance_name (PostureTelling *self,
                    const char     *instance)
{
  g_auto (GStrv) questions = self->answers != NULL ? posture_answers_dup_questions (self->answers) : NULL;

  for (guint i = 0; questions != NULL && questions[i] != NULL; i++)
    {
      PostureAnswer *answer = posture_answers_get (self->answers, questions[i]);

      if (posture_answer_has_instance (answer, instance)
          && posture_answer_get_instance_name (answer, instance) != NULL)
        return posture_answer_get_instance_name (answer, instance);
    }
  return instance;
}

/**
 * posture_telling_dup_section:
 * @self: a telling
 * @section: a section's id
 * @instance: (nullable): the instance it is about
 *
 * Returns: (transfer full): the section's title with the instance's name; its id if there are no words
 */
char *
posture_telling_dup_section (PostureTelling *self,
                             const char     *section,
                             const char     *instance)
{
  const char *title = self->words != NULL ? posture_words_get_section_title (self->words, section) : NULL;

  if (title == NULL)
    title = section;
  if (instance == NULL)
    return g_strdup (title);
  return g_strdup_printf ("%s · %s", title, find_instance_name (self, instance));
}

/**
 * posture_telling_get_question:
 * @self: a telling
 * @question: a question's id
 *
 * Returns: (transfer none): the question as it is asked; its id if there are no words
 */
const char *
posture_telling_get_question (PostureTelling *self,
                              const char     *question)
{
  const char *words = NULL;

  if (self->words != NULL)
    words = posture_words_get_question (self->words, question, POSTURE_WORDS_QUESTION);
  return words != NULL ? words : question;
}

static char *
tell_scalar (PostureTelling        *self,
             const char            *question,
             const PostureJsonNode *node)
{
  g_autofree char *id = NULL;
  const char *words = NULL;

  switch (posture_json_node_get_kind (node))
    {
    case POSTURE_JSON_BOOLEAN:
      return g_strdup (posture_json_node_get_boolean (node) ? _("Yes") : _("No"));
    case POSTURE_JSON_STRING:
      id = g_strdup (posture_json_node_get_string (node));
      break;
    default:
      id = posture_json_node_to_text (node);
    }
  if (self->words != NULL)
    words = posture_words_get_option (self->words, question, id);
  return words != NULL ? g_strdup (words) : g_steal_pointer (&id);
}

static char *
tell_list (PostureTelling        *self,
           const char            *question,
           const PostureJsonNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < posture_json_node_get_length (node); i++)
    {
      g_autofree char *part = tell_scalar (self, question, posture_json_node_get_element (node, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", part);
    }
  return g_strdup (text->len > 0 ? text->str : _("Nothing of it"));
}

/**
 * posture_telling_dup_answer:
 * @self: a telling
 * @explanation: how a question came by its points
 *
 * Returns: (transfer full): what was answered, in the words of the questionnaire where it has some,
 *   and what the method makes of it where that is not plain
 */
char *
posture_telling_dup_answer (PostureTelling           *self,
                            const PostureExplanation *explanation)
{
  const char *rule = posture_rule_to_words (explanation->rule);
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autofree char *answer = NULL;
  const PostureJsonNode *node;

  if (explanation->value != NULL)
    document = posture_json_document_new_text (explanation->value, NULL);
  if (document == NULL)
    return g_strdup (rule != NULL ? rule : "–");
  node = posture_json_document_get_root (document);
  if (posture_json_node_get_kind (node) == POSTURE_JSON_ARRAY)
    answer = tell_list (self, explanation->question, node);
  else
    answer = tell_scalar (self, explanation->question, node);
  return rule != NULL ? g_strdup_printf ("%s (%s)", answer, rule) : g_steal_pointer (&answer);
}

/**
 * posture_telling_find_explanation:
 * @self: a telling
 * @question: a question's id
 * @instance: (nullable): the instance it is about
 *
 * Returns: (transfer none) (nullable): how the question came by its points
 */
const PostureExplanation *
posture_telling_find_explanation (PostureTelling *self,
                                  const char     *question,
                                  const char     *instance)
{
  for (guint i = 0; i < self->report->explanation->len; i++)
    {
      const PostureExplanation *explanation = g_ptr_array_index (self->report->explanation, i);

      if (g_str_equal (explanation->question, question) && g_strcmp0 (explanation->instance, instance) == 0)
        return explanation;
    }
  return NULL;
}

/**
 * posture_telling_dup_reference:
 * @self: a telling
 * @reference: a published control, as `catalogue:control`
 *
 * Returns: (transfer full): the control with the published name of its catalogue
 */
char *
posture_telling_dup_reference (PostureTelling *self,
                               const char     *reference)
{
  const char *colon = strchr (reference, ':');

  for (guint i = 0; colon != NULL && self->questionnaire != NULL
                    && i < posture_questionnaire_get_n_catalogues (self->questionnaire);
       i++)
    {
      const PostureCatalogue *catalogue = posture_questionnaire_get_catalogue (self->questionnaire, i);

      if (strlen (catalogue->id) == (gsize) (colon - reference) && g_str_has_prefix (reference, catalogue->id))
        return g_strdup_printf ("%s, %s", catalogue->title, colon + 1);
    }
  return g_strdup (reference);
}
