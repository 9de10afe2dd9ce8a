/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/explain.h"

/* A report while its tree grows. */
typedef struct
{
  GHashTable *questions; /* key of a section -> GPtrArray of PostureExplanation */
  gint64 unit;
} Growing;

static PostureExplanationNode *
node_new (void)
{
  PostureExplanationNode *node = g_new0 (PostureExplanationNode, 1);

  node->children = g_ptr_array_new ();
  return node;
}

static void
node_free (PostureExplanationNode *node)
{
  for (guint i = 0; i < node->children->len; i++)
    node_free (g_ptr_array_index (node->children, i));
  g_ptr_array_unref (node->children);
  g_free (node);
}

static void
add_child (PostureExplanationNode *node,
           PostureExplanationNode *child)
{
  node->worst += child->worst;
  node->best += child->best;
  node->reachable += child->reachable;
  node->n_questions += child->n_questions;
  g_ptr_array_add (node->children, child);
}

static char *
make_key (const char *id,
          const char *instance)
{
  return g_strconcat (id, "@", instance, NULL);
}

static PostureExplanationNode *
grow_question (const PostureExplanation *question,
               gint64                    share)
{
  PostureExplanationNode *node = node_new ();

  node->question = question;
  node->worst = question->worst * share;
  node->best = question->best * share;
  node->reachable = question->reachable * share;
  node->n_questions = 1;
  return node;
}

/* A mean is made of equal shares: each of @n sections gets @share / @n of the units. */
static PostureExplanationNode *
grow_section (const Growing             *growing,
              const PostureSectionScore *section,
              gint64                     share,
              gboolean                   means)
{
  PostureExplanationNode *node = node_new ();
  g_autofree char *key = make_key (section->id, section->instance);
  GPtrArray *questions = g_hash_table_lookup (growing->questions, key);
  gint64 inner = means && section->sections->len > 0 ? share / section->sections->len : share;

  node->section = section;
  for (guint i = 0; questions != NULL && i < questions->len; i++)
    add_child (node, grow_question (g_ptr_array_index (questions, i), share));
  for (guint i = 0; i < section->sections->len; i++)
    add_child (node, grow_section (growing, g_ptr_array_index (section->sections, i), inner, means));
  return node;
}

static gint64
greatest_common_divisor (gint64 a,
                         gint64 b)
{
  while (b != 0)
    {
      gint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* The least number that can be shared out evenly over sections and the sections in them. Rating has
 * refused questionnaires where it would be too large. */
static gint64
find_unit (GPtrArray *sections)
{
  gint64 unit = 1;

  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionScore *section = g_ptr_array_index (sections, i);
      gint64 inner = find_unit (section->sections);

      unit = unit / greatest_common_divisor (unit, inner) * inner;
    }
  return sections->len > 0 ? unit * sections->len : unit;
}

static GHashTable *
index_questions (PostureReport *report)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < report->explanation->len; i++)
    {
      PostureExplanation *question = g_ptr_array_index (report->explanation, i);
      g_autofree char *key = make_key (question->section, question->instance);
      GPtrArray *list = g_hash_table_lookup (index, key);

      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (index, g_steal_pointer (&key), list);
        }
      g_ptr_array_add (list, question);
    }
  return index;
}

/**
 * posture_report_explain:
 * @report: a report
 *
 * Traces a report down from its score by sections to the questions, with the
 * points of each, which add up exactly. With the points of the whole, and `unit`
 * and `base` of the tree, the score in the worst case is
 *
 * - `weighted`: 100 × worst / reachable, rounded half up to one decimal;
 * - `deduction`: base + worst: the base is what the score is if nothing is in
 *   place, and each question keeps points;
 * - `maturity`: worst / unit: the credit of each question with its share in the
 *   mean of means, rounded half up to millionths;
 * - `profile`: there is none; the mean of a section is worst / the number of its
 *   questions that are not `not-applicable`;
 *
 * and likewise in the best case, and for sections.
 *
 * Takes time in proportion to the report; can be called in any thread.
 *
 * Returns: (transfer full): the tree; it keeps the report
 */
PostureExplanationTree *
posture_report_explain (PostureReport *report)
{
  PostureExplanationTree *self = g_new0 (PostureExplanationTree, 1);
  g_autoptr (GHashTable) questions = index_questions (report);
  gboolean means = g_str_equal (report->method->id, "maturity");
  const Growing growing = { questions, means ? find_unit (report->sections) : 1 };
  gint64 share = growing.unit;

  if (means && report->sections->len > 0)
    share /= report->sections->len;
  self->report = posture_report_ref (report);
  self->unit = growing.unit;
  self->whole = node_new ();
  for (guint i = 0; i < report->sections->len; i++)
    add_child (self->whole,
               grow_section (&growing, g_ptr_array_index (report->sections, i), share, means));
  if (g_str_equal (report->method->id, "deduction"))
    self->base = report->score->max - self->whole->reachable;
  return self;
}

/**
 * posture_explanation_tree_free:
 * @self: (transfer full): a tree
 *
 * Frees it.
 */
void
posture_explanation_tree_free (PostureExplanationTree *self)
{
  node_free (self->whole);
  posture_report_unref (self->report);
  g_free (self);
}

/**
 * posture_rule_get_source:
 * @method: the id of a rating method
 * @rule: a rule of it, as a #PostureExplanation has it
 *
 * Where the rule by which a question got its points is published. A name and
 * number, the same in all languages.
 *
 * Returns: (transfer none) (nullable): the source; %NULL if the rule is Posture's
 *   own
 */
const char *
posture_rule_get_source (const char *method,
                         const char *rule)
{
#define METHODOLOGY "NIST SP 800-171 DoD Assessment Methodology 1.2.1, "
  static const struct
  {
    const char *method;
    const char *rule;
    const char *source;
  } sources[] = {
    { "deduction", "met", METHODOLOGY "5(b)" },
    { "deduction", "not-met", METHODOLOGY "5(b)" },
    { "deduction", "partial", METHODOLOGY "5(e)" },
    { "deduction", "temporary-deficiency", METHODOLOGY "5(h)(i)" },
    { "deduction", "enduring-exception", METHODOLOGY "5(h)(ii)" },
    { "deduction", "not-applicable", METHODOLOGY "5(i)(i)" },
    { "deduction", "no-deduction", METHODOLOGY "Annex A" },
    { "maturity", "option", "OWASP SAMM 2" },
    { "maturity", "not-applicable", "OWASP SAMM, The “Not Applicable” Question" },
    { "profile", "level", "NIST CSWP 29 (CSF 2.0), 3.1" },
  };
#undef METHODOLOGY

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_str_equal (sources[i].method, method) && g_str_equal (sources[i].rule, rule))
      return sources[i].source;
  return NULL;
}
