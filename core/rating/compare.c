/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/compare.h"

/* Ids have no “@”, so a key is one question or section of one instance. */
static char *
make_key (const char *id,
          const char *instance)
{
  return g_strconcat (id, "@", instance, NULL);
}

static GHashTable *
new_index (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Sections in the order of the report, each before those in it. */
static void
flatten (GPtrArray *flat,
         GPtrArray *sections)
{
  for (guint i = 0; i < sections->len; i++)
    {
      PostureSectionScore *section = g_ptr_array_index (sections, i);

      g_ptr_array_add (flat, section);
      flatten (flat, section->sections);
    }
}

static gboolean
same_score (const PostureScore *a,
            const PostureScore *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->has_value == b->has_value && a->has_worst == b->has_worst && a->has_best == b->has_best
         && a->value == b->value && a->worst == b->worst && a->best == b->best && a->min == b->min
         && a->max == b->max && g_strcmp0 (a->reason, b->reason) == 0;
}

static gboolean
same_profile (const PostureProfileScore *a,
              const PostureProfileScore *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->questions == b->questions && a->targets == b->targets && a->below == b->below
         && same_score (a->current, b->current) && a->has_target == b->has_target
         && a->target == b->target && same_score (a->gap, b->gap);
}

static gboolean
same_section (const PostureSectionScore *a,
              const PostureSectionScore *b)
{
  return same_score (a->score, b->score) && same_score (a->target, b->target)
         && same_profile (a->profile, b->profile);
}

static void
add_section (PostureComparison         *self,
             const PostureSectionScore *before,
             const PostureSectionScore *after)
{
  const PostureSectionScore *there = after != NULL ? after : before;
  PostureSectionChange *change;

  if (before != NULL && after != NULL && same_section (before, after))
    return;
  change = g_new0 (PostureSectionChange, 1);
  *change = (PostureSectionChange) { there->id, there->instance, before, after };
  g_ptr_array_add (self->sections, change);
}

static void
compare_sections (PostureComparison *self)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new ();
  g_autoptr (GPtrArray) new = g_ptr_array_new ();
  g_autoptr (GHashTable) index = new_index ();

  flatten (old, self->before->sections);
  flatten (new, self->after->sections);
  for (guint i = 0; i < old->len; i++)
    {
      PostureSectionScore *section = g_ptr_array_index (old, i);

      g_hash_table_insert (index, make_key (section->id, section->instance), section);
    }
  for (guint i = 0; i < new->len; i++)
    {
      PostureSectionScore *section = g_ptr_array_index (new, i);
      g_autofree char *key = make_key (section->id, section->instance);

      add_section (self, g_hash_table_lookup (index, key), section);
      g_hash_table_remove (index, key);
    }
  for (guint i = 0; i < old->len; i++)
    {
      PostureSectionScore *section = g_ptr_array_index (old, i);
      g_autofree char *key = make_key (section->id, section->instance);

      if (g_hash_table_contains (index, key))
        add_section (self, section, NULL /* after */);
    }
}

/* “Not in place” and the like follow from the value; what says that an answer is another one is its
 * rule, its value and its target. */
static gboolean
same_answer (const PostureExplanation *a,
             const PostureExplanation *b)
{
  return g_str_equal (a->rule, b->rule) && g_strcmp0 (a->value, b->value) == 0
         && a->has_target == b->has_target && a->target == b->target;
}

static void
add_answer (PostureComparison        *self,
            const PostureExplanation *before,
            const PostureExplanation *after)
{
  const PostureExplanation *there = after != NULL ? after : before;
  PostureAnswerChange *change;

  if (before != NULL && after != NULL && same_answer (before, after))
    return;
  change = g_new0 (PostureAnswerChange, 1);
  *change = (PostureAnswerChange) { there->question, there->instance, before, after };
  g_ptr_array_add (self->answers, change);
}

static void
compare_answers (PostureComparison *self)
{
  GPtrArray *old = self->before->explanation, *new = self->after->explanation;
  g_autoptr (GHashTable) index = new_index ();

  for (guint i = 0; i < old->len; i++)
    {
      PostureExplanation *one = g_ptr_array_index (old, i);

      g_hash_table_insert (index, make_key (one->question, one->instance), one);
    }
  for (guint i = 0; i < new->len; i++)
    {
      PostureExplanation *one = g_ptr_array_index (new, i);
      g_autofree char *key = make_key (one->question, one->instance);

      add_answer (self, g_hash_table_lookup (index, key), one);
      g_hash_table_remove (index, key);
    }
  for (guint i = 0; i < old->len; i++)
    {
      PostureExplanation *one = g_ptr_array_index (old, i);
      g_autofree char *key = make_key (one->question, one->instance);

      if (g_hash_table_contains (index, key))
        add_answer (self, one, NULL /* after */);
    }
}

static void
compare_findings (PostureComparison *self)
{
  GPtrArray *old = self->before->findings, *new = self->after->findings;
  g_autoptr (GHashTable) index = new_index ();

  for (guint i = 0; i < old->len; i++)
    {
      PostureFinding *finding = g_ptr_array_index (old, i);

      g_hash_table_insert (index, make_key (finding->question, finding->instance), finding);
    }
  for (guint i = 0; i < new->len; i++)
    {
      PostureFinding *finding = g_ptr_array_index (new, i);
      g_autofree char *key = make_key (finding->question, finding->instance);
      const PostureFinding *was = g_hash_table_lookup (index, key);

      if (was == NULL)
        g_ptr_array_add (self->fresh, finding);
      else if (was->points != finding->points || !g_str_equal (was->reason, finding->reason))
        g_ptr_array_add (self->moved, finding);
      g_hash_table_remove (index, key);
    }
  for (guint i = 0; i < old->len; i++)
    {
      PostureFinding *finding = g_ptr_array_index (old, i);
      g_autofree char *key = make_key (finding->question, finding->instance);

      if (g_hash_table_contains (index, key))
        g_ptr_array_add (self->gone, finding);
    }
}

/**
 * posture_reports_compare:
 * @before: a report
 * @after: another one, of the same assessment or not
 *
 * What changed from one report to another: scores, sections, answers and
 * findings. Only the reports are looked at; so answers to questions that are not
 * rated, which no report holds, are not told.
 *
 * Takes time in proportion to the reports; can be called in any thread.
 *
 * Returns: (transfer full): what changed; it keeps both reports
 */
PostureComparison *
posture_reports_compare (PostureReport *before,
                         PostureReport *after)
{
  PostureComparison *self = g_new0 (PostureComparison, 1);

  self->before = posture_report_ref (before);
  self->after = posture_report_ref (after);
  self->same_questionnaire = g_str_equal (before->questionnaire->digest,
                                          after->questionnaire->digest);
  self->same_scale = g_str_equal (before->method->id, after->method->id)
                     && before->method->version == after->method->version
                     && before->score->min == after->score->min
                     && before->score->max == after->score->max;
  self->sections = g_ptr_array_new_with_free_func (g_free);
  self->answers = g_ptr_array_new_with_free_func (g_free);
  self->gone = g_ptr_array_new ();
  self->fresh = g_ptr_array_new ();
  self->moved = g_ptr_array_new ();
  compare_sections (self);
  compare_answers (self);
  compare_findings (self);
  return self;
}

/**
 * posture_comparison_free:
 * @self: (transfer full): a comparison
 *
 * Frees it.
 */
void
posture_comparison_free (PostureComparison *self)
{
  posture_report_unref (self->before);
  posture_report_unref (self->after);
  g_ptr_array_unref (self->sections);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->gone);
  g_ptr_array_unref (self->fresh);
  g_ptr_array_unref (self->moved);
  g_free (self);
}

/**
 * posture_comparison_same:
 * @self: a comparison
 *
 * Returns: whether nothing changed that a report tells
 */
gboolean
posture_comparison_same (PostureComparison *self)
{
  return same_score (self->before->score, self->after->score)
         && same_score (self->before->target, self->after->target)
         && g_strcmp0 (self->before->level, self->after->level) == 0 && self->sections->len == 0
         && self->answers->len == 0 && self->gone->len == 0 && self->fresh->len == 0
         && self->moved->len == 0;
}

static void
write_score (PostureJsonWriter  *writer,
             const char         *key,
             const PostureScore *score)
{
  posture_json_writer_key (writer, key);
  if (score != NULL)
    posture_score_write (writer, score);
  else
    posture_json_writer_null (writer);
}

static void
write_side (PostureJsonWriter   *writer,
            const char          *key,
            const PostureReport *report)
{
  posture_json_writer_key (writer, key);
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "id", report->id);
  posture_json_writer_member_string (writer, "submitted", report->submitted);
  posture_json_writer_member_string (writer, "level", report->level);
  write_score (writer, "score", report->score);
  posture_json_writer_end_object (writer);
}

static void
write_findings (PostureJsonWriter *writer,
                const char        *key,
                GPtrArray         *findings)
{
  posture_json_writer_key (writer, key);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < findings->len; i++)
    posture_finding_write (writer, g_ptr_array_index (findings, i));
  posture_json_writer_end_array (writer);
}

static void
write_sections (PostureJsonWriter *writer,
                GPtrArray         *sections)
{
  posture_json_writer_key (writer, "sections");
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionChange *change = g_ptr_array_index (sections, i);

      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "id", change->id);
      posture_json_writer_member_string (writer, "instance", change->instance);
      write_score (writer, "before", change->before != NULL ? change->before->score : NULL);
      write_score (writer, "after", change->after != NULL ? change->after->score : NULL);
      posture_json_writer_end_object (writer);
    }
  posture_json_writer_end_array (writer);
}

static void
write_explanation (PostureJsonWriter        *writer,
                   const char               *key,
                   const PostureExplanation *explanation)
{
  posture_json_writer_key (writer, key);
  if (explanation != NULL)
    posture_explanation_write (writer, explanation);
  else
    posture_json_writer_null (writer);
}

static void
write_answers (PostureJsonWriter *writer,
               GPtrArray         *answers)
{
  posture_json_writer_key (writer, "answers");
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < answers->len; i++)
    {
      const PostureAnswerChange *change = g_ptr_array_index (answers, i);

      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "question", change->question);
      posture_json_writer_member_string (writer, "instance", change->instance);
      write_explanation (writer, "before", change->before);
      write_explanation (writer, "after", change->after);
      posture_json_writer_end_object (writer);
    }
  posture_json_writer_end_array (writer);
}

/**
 * posture_comparison_write:
 * @self: a comparison
 * @writer: where to
 *
 * Writes it as an object: `before` and `after` with `id`, `submitted`, `score`
 * and `level`, `same_questionnaire`, `same_scale`, `sections`, `answers`,
 * `findings_gone`, `findings_new` and `findings_moved`.
 */
void
posture_comparison_write (PostureComparison *self,
                          PostureJsonWriter *writer)
{
  posture_json_writer_begin_object (writer);
  write_side (writer, "before", self->before);
  write_side (writer, "after", self->after);
  posture_json_writer_key (writer, "same_questionnaire");
  posture_json_writer_boolean (writer, self->same_questionnaire);
  posture_json_writer_key (writer, "same_scale");
  posture_json_writer_boolean (writer, self->same_scale);
  write_sections (writer, self->sections);
  write_answers (writer, self->answers);
  write_findings (writer, "findings_gone", self->gone);
  write_findings (writer, "findings_new", self->fresh);
  write_findings (writer, "findings_moved", self->moved);
  posture_json_writer_end_object (writer);
}
