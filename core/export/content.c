/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

#include "model/finding-words.h"

#define say(text) posture_export_words_get (run->words, text)

static void
add_frame (PostureExportRun *run,
           PostureDocument  *document)
{
  document->language = g_strdup (posture_export_words_get_language (run->words));
  document->mirrored = posture_export_words_is_mirrored (run->words);
  document->moment = g_strdup (run->export->report->submitted);
  document->contents = g_strdup (say (W_("Contents")));
  document->page_of = g_strdup (say (W_("Page %d of %d")));
  document->table = g_strdup (say (W_("The same as a table")));
}

static char *
coverage_text (PostureExportRun *run)
{
  const PostureCoverage *coverage = run->export->report->coverage;

  return g_strdup_printf (say (W_("%d answered, %d “I don’t know”, %d not applicable, %d not answered")),
                          coverage->answered, coverage->unknown, coverage->not_applicable,
                          coverage->unanswered);
}

static void
add_head (PostureExportRun *run,
          PostureDocument  *document)
{
  PostureReport *report = run->export->report;
  g_autofree char *day = posture_export_words_format_day (run->words, report->submitted,
                                                          /* with_time = */ TRUE);
  g_autofree char *coverage = coverage_text (run);
  PostureBlock *facts = posture_document_add_facts (document);

  posture_block_add_pair (facts, say (W_("Submitted")), day, FALSE);
  posture_block_add_pair (facts, say (W_("Questions")), coverage, FALSE);
}

/* In a repeated section, what it is about comes first. */
static char *
with_instance (const PostureExportItem *item,
               const char              *text)
{
  return item->instance != NULL ? g_strdup_printf ("%s · %s", item->instance, text) : g_strdup (text);
}

/* In points; in a profile, which has none, in levels. */
static char *
gain_text (PostureExportRun     *run,
           const PostureFinding *finding)
{
  g_autofree char *gain = posture_export_words_format_number (run->words, finding->points, 2);

  if (finding->points == 0)
    return g_strdup (say (W_("needed for a score")));
  if (posture_export_has_levels (run->export))
    return g_strdup_printf (say (W_("gap: %s")), gain);
  return g_strdup_printf (finding->points == POSTURE_DECIMAL_ONE ? say (W_("up to %s point"))
                                                                 : say (W_("up to %s points")),
                          gain);
}

static char *
finding_meta (PostureExportRun        *run,
              const PostureExportItem *item)
{
  const PostureFinding *finding = item->finding;
  g_autofree char *gain = gain_text (run, finding);
  g_autofree char *text = g_strdup_printf ("%s · %s · %s · %s",
                                           say (posture_severity_get_words (finding->severity)),
                                           say (posture_effort_get_words (finding->effort)), gain,
                                           posture_export_reason_words (run, finding));

  return with_instance (item, text);
}

static void
add_finding (PostureExportRun        *run,
             PostureDocument         *document,
             const PostureExportItem *item)
{
  const PostureFinding *finding = item->finding;
  PostureWords *words = run->export->words;
  g_autofree char *rank = g_strdup_printf ("%d", finding->rank);
  g_autofree char *meta = finding_meta (run, item);
  g_autofree char *anchor = g_strconcat ("finding-", item->key, NULL);
  g_autofree char *answer = posture_export_answer_text (run, item);
  g_autofree char *target = posture_export_target_text (run, item);
  g_autofree char *references = posture_export_references (
      run->export, posture_question_get_references (item->question), /* short_form = */ FALSE);
  PostureBlock *entry = posture_document_add_entry (document, anchor, rank, item->text, meta);

  posture_block_add_pair (entry, say (W_("What to do")),
                          posture_export_next_text (run->export, item), FALSE);
  posture_block_add_pair (entry, say (W_("Why it matters")),
                          posture_words_get_question (words, item->id, POSTURE_WORDS_WHY), FALSE);
  posture_block_add_pair (entry, say (W_("Answer")), answer, FALSE);
  posture_block_add_pair (entry, say (W_("Target")), target, FALSE);
  posture_block_add_pair (entry, say (W_("Note")), item->note, FALSE);
  posture_block_add_pair (entry, say (W_("See")), references, TRUE);
}

static gint
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  const PostureExportItem *first = *(const PostureExportItem *const *) a;
  const PostureExportItem *second = *(const PostureExportItem *const *) b;

  return first->finding->rank - second->finding->rank;
}

static gboolean
add_findings (PostureExportRun *run,
              PostureDocument  *document,
              GArray           *items,
              GError          **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  posture_document_add_heading (document, 1, "findings", say (W_("What to fix first")));
  for (guint i = 0; i < items->len; i++)
    if (g_array_index (items, PostureExportItem, i).finding != NULL)
      g_ptr_array_add (found, &g_array_index (items, PostureExportItem, i));
  if (found->len == 0)
    posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN,
                                    say (W_("Nothing is left to do: no rated question loses points, and "
                                            "none is below its target.")));
  else
    posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN,
                                    say (W_("In the order in which they gain most for the least "
                                            "effort.")));
  g_ptr_array_sort (found, compare_ranks);
  for (guint i = 0; i < found->len; i++)
    {
      add_finding (run, document, g_ptr_array_index (found, i));
      if (!posture_export_run_step (run, POSTURE_EXPORT_BUILT / 2 * i / found->len, error))
        return FALSE;
    }
  return TRUE;
}

/* A number, or a range where an answer is open. */
static char *
gained_text (PostureExportRun         *run,
             const PostureExplanation *explanation)
{
  g_autofree char *worst = posture_export_words_format_number (run->words, explanation->worst, 2);
  g_autofree char *best = posture_export_words_format_number (run->words, explanation->best, 2);

  return explanation->worst == explanation->best ? g_steal_pointer (&worst)
                                                 : g_strdup_printf (say (W_("%s to %s")), worst, best);
}

/* What an answer counts for, of what could be reached. */
static char *
answer_meta (PostureExportRun        *run,
             const PostureExportItem *item)
{
  const PostureExplanation *explanation = item->explanation;
  g_autofree char *gained = NULL;
  g_autofree char *reachable = NULL;

  if (explanation == NULL)
    return g_strdup (say (W_("Not rated")));
  if (posture_question_is_required (item->question))
    return g_strdup (say (W_("Without it there is no score")));
  if (explanation->reachable == 0)
    return g_strdup (say (W_("Counts for nothing here")));
  gained = gained_text (run, explanation);
  reachable = posture_export_words_format_number (run->words, explanation->reachable, 2);
  if (posture_export_has_levels (run->export))
    return g_strdup_printf (say (W_("Level %s of %s")), gained, reachable);
  /* the number can have decimals, and one is just 1 */
  if (explanation->reachable == POSTURE_DECIMAL_ONE)
    return g_strdup_printf (say (W_("%s of %s point")), gained, reachable);
  return g_strdup_printf (say (W_("%s of %s points")), gained, reachable);
}

static void
add_answer (PostureExportRun        *run,
            PostureDocument         *document,
            const PostureExportItem *item)
{
  g_autofree char *points = answer_meta (run, item);
  g_autofree char *meta = with_instance (item, points);
  g_autofree char *anchor = g_strconcat ("answer-", item->key, NULL);
  g_autofree char *answer = posture_export_answer_text (run, item);
  g_autofree char *target = posture_export_target_text (run, item);
  PostureBlock *entry = posture_document_add_entry (document, anchor, item->id, item->text, meta);

  posture_block_add_pair (entry, say (W_("Answer")), answer, FALSE);
  posture_block_add_pair (entry, say (W_("Target")), target, FALSE);
  posture_block_add_pair (entry, say (W_("Note")), item->note, FALSE);
}

/* The headings that lead to a section, if another one was before. */
static void
enter_section (PostureExportRun *run,
               PostureDocument  *document,
               int               index,
               int               other)
{
  PostureQuestionnaire *questionnaire = run->export->questionnaire;
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (int));

  for (; index >= 0; index = posture_questionnaire_get_section (questionnaire, (guint) index)->parent)
    {
      const PostureSection *at = posture_questionnaire_get_section (questionnaire, (guint) index);

      /* a section that the one before was in, too, has its heading */
      if (other >= index && (guint) other < at->end)
        break;
      g_array_prepend_val (path, index);
    }
  for (guint i = 0; i < path->len; i++)
    {
      const PostureSection *at = posture_questionnaire_get_section (questionnaire,
                                                                    (guint) g_array_index (path, int, i));
      g_autofree char *anchor = g_strconcat ("section-", at->key, NULL);
      g_autofree char *title = posture_export_section_title (run->export, at->id, at->instance);

      posture_document_add_heading (document, at->parent < 0 ? 2 : 3, anchor, title);
    }
}

static gboolean
add_answers (PostureExportRun *run,
             PostureDocument  *document,
             GArray           *items,
             GError          **error)
{
  int section = -1;

  posture_document_add_heading (document, 1, "answers", say (W_("All answers")));
  posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN,
                                  say (W_("Each question with its answer and what it counts for. Notes are "
                                          "as they stood when this document was made.")));
  for (guint i = 0; i < items->len; i++)
    {
      const PostureExportItem *item = &g_array_index (items, PostureExportItem, i);
      int own = (int) posture_question_get_section_number (item->question);

      if (own != section)
        enter_section (run, document, own, section);
      section = own;
      add_answer (run, document, item);
      if (!posture_export_run_step (run, POSTURE_EXPORT_BUILT / 2 * (1 + (double) i / items->len), error))
        return FALSE;
    }
  return TRUE;
}

static const char *
method_text (PostureExportRun *run)
{
  const char *method = posture_questionnaire_get_method (run->export->questionnaire);

  if (g_strcmp0 (method, "weighted") == 0)
    return say (W_("Weighted: each answer gains a share of its question’s points; the score is what was "
                   "gained of what could be."));
  if (g_strcmp0 (method, "deduction") == 0)
    return say (W_("Deduction: what is not met takes off its points (NIST SP 800-171 DoD Assessment "
                   "Methodology, version 1.2.1)."));
  if (g_strcmp0 (method, "maturity") == 0)
    return say (W_("Maturity: means of means, up from the activities (OWASP SAMM 2)."));
  if (g_strcmp0 (method, "profile") == 0)
    return say (W_("Profile: where each outcome stands and where it is to get (NIST Cybersecurity Framework "
                   "2.0); there is no grade."));
  return method;
}

static void
add_about (PostureExportRun *run,
           PostureDocument  *document)
{
  PostureExport *self = run->export;
  PostureReport *report = self->report;
  g_autofree char *version = g_strdup_printf ("%d", report->method->version);
  PostureBlock *facts;

  posture_document_add_heading (document, 1, "about", say (W_("About this report")));
  posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN,
                                  posture_words_get_summary (self->words));
  facts = posture_document_add_facts (document);
  posture_block_add_pair (facts, say (W_("Method")), method_text (run), FALSE);
  posture_block_add_pair (facts, say (W_("Version of the method")), version, FALSE);
  posture_block_add_pair (facts, say (W_("Version of the questionnaire")),
                          report->questionnaire->version, FALSE);
  /* it is part of the structure, and so in English */
  if (g_str_has_prefix (posture_export_words_get_language (run->words), "en"))
    posture_block_add_pair (facts, say (W_("Where the weights are from")),
                            posture_questionnaire_get_judgement (self->questionnaire), FALSE);
  for (guint i = 0; i < posture_questionnaire_get_n_catalogues (self->questionnaire); i++)
    posture_block_add_pair (facts, say (W_("Refers to")),
                            posture_questionnaire_get_catalogue (self->questionnaire, i)->title, FALSE);
  posture_block_add_pair (facts, say (W_("Report")), report->id, TRUE);
  posture_block_add_pair (facts, say (W_("Revision")), report->revision, TRUE);
  posture_block_add_pair (facts, say (W_("Digest of the questionnaire")), report->questionnaire->digest,
                          TRUE);
  posture_document_add_paragraph (document, POSTURE_TEXT_DIM,
                                  say (W_("Made with Posture. The same answers give the same report, on any "
                                          "device and in any year: it can be recomputed from the "
                                          "revision.")));
}

/* The whole report as a document; %NULL if it was cancelled. */
PostureDocument *
posture_export_build_document (PostureExportRun *run,
                               GError          **error)
{
  g_autoptr (PostureDocument) document = posture_document_new (
      run->export->name, posture_words_get_title (run->export->words));
  g_autoptr (GArray) items = posture_export_list_items (run->export);

  add_frame (run, document);
  add_head (run, document);
  posture_export_add_result (run, document);
  posture_export_add_sections (run, document);
  if (!add_findings (run, document, items, error) || !add_answers (run, document, items, error))
    return NULL;
  add_about (run, document);
  return g_steal_pointer (&document);
}
