/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/posture-types.h"

#include <string.h>

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define UUID "01890a5d-ac96-774b-bcce-b302099a8057"
#define TIME "2026-11-23T21:46:44.000Z"

/* Canonical, so that reading and writing must give it back. */
static const char answer_event[] =
  "{'answer':{'answers':{'1.A':'in-place','2':{'unknown':true}},'assessment':'" UUID "','digest':'"
  DIGEST "','parent':null,'questionnaire':'essentials','revision':'" DIGEST "','submitted':'" TIME
  "','version':'1.0.0'},'state':'changed'}";

static const char report_event[] =
  "{'report':{'assessment':'" UUID "','coverage':{'answered':1,'not_applicable':2,'unanswered':3,"
  "'unknown':4},'explanation':[{'best':4,'question':'1.A','reachable':4,'rule':'option',"
  "'section':'s',"
  "'value':'\\'started\\'','worst':1.2},{'best':0,'question':'1.B','reachable':0,"
  "'rule':'not-applicable','section':'s','value':null,'worst':0}],'findings':[{'effort':'high',"
  "'points':2.8,'question':'1.A','rank':1,'reason':'not-in-place','recommendation':'1.A',"
  "'references':['cpg-2.0:1.A','csf-2.0:GV'],'section':'s','severity':'critical'}],'id':'" DIGEST
  "','level':null,'method':{'id':'weighted','version':1},'questionnaire':{'digest':'" DIGEST
  "','id':'essentials','version':'1.0.0'},'revision':'" DIGEST "','score':{'best':100,'max':100,"
  "'min':0,'reason':null,'value':null,'worst':30.5},'sections':[{'id':'s','score':{'best':null,"
  "'max':100,'min':0,'reason':'nothing-to-rate','value':null,'worst':null},'sections':[{'id':'s.1',"
  "'score':{'best':0.0001,'max':100,'min':0,'reason':null,'value':0.0001,'worst':0.0001},"
  "'sections':[]}]}],'submitted':'" TIME "'}}";

static PostureJsonDocument *
parse (const char *text)
{
  g_autofree char *json = quoted (text);
  g_autoptr (GError) error = NULL;
  PostureJsonDocument *document = posture_json_document_new_text (json, &error);

  g_assert_no_error (error);
  return document;
}

static void
test_answer_event (void)
{
  g_autoptr (PostureJsonDocument) document = parse (answer_event);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswerEvent) event
    = posture_answer_event_read (posture_json_document_get_root (document), &error);
  g_autoptr (PostureAnswerEvent) same = NULL;
  g_autofree char *expected = quoted (answer_event);
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  same = posture_answer_event_ref (event);
  g_assert_true (same == event);
  g_assert_cmpint (event->state, ==, POSTURE_ANSWER_STATE_CHANGED);
  g_assert_cmpstr (event->answer->assessment, ==, UUID);
  g_assert_null (event->answer->parent);
  g_assert_cmpstr (event->answer->answers, ==, "{\"1.A\":\"in-place\",\"2\":{\"unknown\":true}}");
  posture_answer_event_write (writer, event);
  written = posture_json_writer_finish_text (writer);
  g_assert_cmpstr (written, ==, expected);
}

static void
test_report_event (void)
{
  g_autoptr (PostureJsonDocument) document = parse (report_event);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReportEvent) event
    = posture_report_event_read (posture_json_document_get_root (document), &error);
  g_autofree char *expected = quoted (report_event);
  g_autofree char *written = NULL;
  PostureFinding *finding;
  PostureSectionScore *inner;

  g_assert_no_error (error);
  finding = g_ptr_array_index (event->report->findings, 0);
  g_assert_cmpint (finding->points, ==, 2800000);
  g_assert_cmpint (finding->severity, ==, POSTURE_SEVERITY_CRITICAL);
  g_assert_cmpint (finding->effort, ==, POSTURE_EFFORT_HIGH);
  g_assert_cmpstr (g_ptr_array_index (finding->references, 1), ==, "csf-2.0:GV");
  g_assert_false (event->report->score->has_value);
  g_assert_true (event->report->score->has_worst);
  g_assert_cmpint (event->report->score->worst, ==, 30500000);
  inner = g_ptr_array_index (event->report->sections, 0);
  inner = g_ptr_array_index (inner->sections, 0);
  g_assert_cmpint (inner->score->value, ==, 100);
  posture_report_event_write (writer, event);
  written = posture_json_writer_finish_text (writer);
  g_assert_cmpstr (written, ==, expected);
}

typedef gpointer (*ReadFunc) (const PostureJsonNode *node, GError **error);
typedef void (*WriteFunc) (PostureJsonWriter *writer, gconstpointer value);

typedef struct
{
  ReadFunc read;
  WriteFunc write;
  gpointer (*new) (void);
  gpointer (*ref) (gpointer value);
  void (*unref) (gpointer value);
} Functions;

#define FUNCTIONS(name) \
  { \
    (ReadFunc) posture_##name##_read, (WriteFunc) posture_##name##_write, \
    (gpointer (*) (void)) posture_##name##_new, (gpointer (*) (gpointer)) posture_##name##_ref, \
    (void (*) (gpointer)) posture_##name##_unref \
  }

static const Functions types[] = {
  FUNCTIONS (answer_record), FUNCTIONS (answer_event), FUNCTIONS (questionnaire_version),
  FUNCTIONS (method_version), FUNCTIONS (score), FUNCTIONS (section_score), FUNCTIONS (coverage),
  FUNCTIONS (profile_score), FUNCTIONS (finding), FUNCTIONS (explanation), FUNCTIONS (report),
  FUNCTIONS (report_event), FUNCTIONS (review_reminder), FUNCTIONS (review_event),
};

/* Every type writes all its members even when new; those that must not be null are then refused,
 * and those that can be are read back the same. */
static void
test_new (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gpointer value = types[i].new ();
      gpointer again = types[i].ref (value);
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autofree char *text = NULL;
      g_autoptr (PostureJsonDocument) document = NULL;
      g_autoptr (GError) error = NULL;
      gpointer read;

      g_assert_true (again == value);
      types[i].write (writer, value);
      types[i].unref (again);
      types[i].unref (value);
      text = posture_json_writer_finish_text (writer);
      document = posture_json_document_new_text (text, &error);
      g_assert_no_error (error);
      read = types[i].read (posture_json_document_get_root (document), &error);
      if (read != NULL)
        {
          g_autofree char *written = NULL;

          types[i].write (writer, read);
          types[i].unref (read);
          written = posture_json_writer_finish_text (writer);
          g_assert_cmpstr (written, ==, text);
        }
      else
        g_assert_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_INVALID);
    }
}

static void
count_call (gpointer data)
{
  (*(guint *) data)++;
}

/* Whoever holds any value of a pool holds all of it, and whom its texts belong to. */
static void
test_pool (void)
{
  g_autoptr (PostureJsonDocument) document = parse (
    "{'effort':'low','points':0,'question':'q','rank':0,'reason':'unknown','recommendation':'q',"
    "'references':[],'section':'s','severity':'low'}");
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = g_strdup ("q"), *expected = NULL, *written = NULL;
  guint n_released = 0;
  PostureTypePool *pool = posture_type_pool_new (0, &n_released, count_call);
  PostureReport *report = posture_report_new_in (pool);
  PostureFinding *finding = posture_finding_new_in (pool);

  g_assert_cmpuint (report->findings->len, ==, 0);
  report->findings = posture_type_pool_list (pool);
  g_ptr_array_add (report->findings, finding);
  finding->question = finding->recommendation = posture_type_pool_text (pool, text);
  finding->section = "s";
  finding->reason = "unknown";
  g_assert_null (posture_type_pool_text (pool, NULL));
  text[0] = 'x';
  g_assert_true (posture_finding_ref (finding) == finding);
  posture_report_unref (report);
  g_assert_cmpuint (n_released, ==, 0);
  posture_finding_write (writer, finding);
  written = posture_json_writer_finish_text (writer);
  expected = posture_json_node_to_text (posture_json_document_get_root (document));
  g_assert_cmpstr (written, ==, expected);
  posture_finding_unref (finding);
  g_assert_cmpuint (n_released, ==, 1);
}

/* Each value that travels by itself can lie in a pool, which lasts until the last reference to it goes. */
#define ASSERT_POOLED(Type, type) \
  G_STMT_START \
  { \
    guint n_released = 0; \
    Posture##Type *value = posture_##type##_new_in (posture_type_pool_new (0, &n_released, count_call)); \
 \
    g_assert_true (posture_##type##_ref (value) == value); \
    posture_##type##_unref (value); \
    g_assert_cmpuint (n_released, ==, 0); \
    posture_##type##_unref (value); \
    g_assert_cmpuint (n_released, ==, 1); \
  } \
  G_STMT_END

static void
test_pooled (void)
{
  ASSERT_POOLED (AnswerRecord, answer_record);
  ASSERT_POOLED (AnswerEvent, answer_event);
  ASSERT_POOLED (ReportEvent, report_event);
  ASSERT_POOLED (ReviewReminder, review_reminder);
  ASSERT_POOLED (ReviewEvent, review_event);
}

typedef struct
{
  const char *find;
  const char *replace;
  const char *message;
} Case;

static const Case answer_cases[] = {
  { "'state':'changed'", "'other':1", "state: is missing" },
  { "'state':'changed'", "'state':'gone'", "state: must be one of new, changed, removed" },
  { "'state':'changed'", "'state':1", "state: must be one of new, changed, removed" },
  { "'state':'changed'", "'state':null", "state: must be one of new, changed, removed" },
  { "'parent':null,", "", "answer.parent: is missing" },
  { "'parent':null,", "'parent':'x',", "answer.parent: must be a digest of 64 hexadecimal digits" },
  { "'assessment':'" UUID "'", "'assessment':'x'",
    "answer.assessment: must be a UUID in lower case" },
  { "'submitted':'" TIME "'", "'submitted':'2026'",
    "answer.submitted: must be a time such as 2026-11-23T21:46:44.000Z" },
  { "'questionnaire':'essentials'", "'questionnaire':'a b'",
    "answer.questionnaire: must be an id" },
  { "'version':'1.0.0'", "'version':1", "answer.version: must be a text" },
  { "'version':'1.0.0'", "'version':null", "answer.version: must be a text" },
  { "{'1.A':'in-place','2':{'unknown':true}}", "[]", "answer.answers: must be an object" },
  { "'state':'changed'", "'state':'new','more':1", NULL },
};

static const Case report_cases[] = {
  { "'answered':1", "'answered':1.5", "report.coverage.answered: must be a whole number" },
  { "'answered':1", "'answered':3000000000", "report.coverage.answered: must be a whole number" },
  { "'answered':1", "'answered':2147483647", NULL },
  { "'answered':1", "'answered':-2147483647", NULL },
  { "'answered':1", "'answered':2147483648", "report.coverage.answered: must be a whole number" },
  { "'answered':1", "'answered':-2147483648", "report.coverage.answered: must be a whole number" },
  { "30.5", "1000000000", NULL },
  { "30.5", "-1000000000", NULL },
  { "30.5", "1000000000.000001", "report.score.worst: must be a number with at most six decimal places" },
  { "'answered':1", "'answered':'1'", "report.coverage.answered: must be a whole number" },
  { "30.5", "30.5000001", "report.score.worst: must be a number with at most six decimal places" },
  { "30.5", "100000000000.000001",
    "report.score.worst: must be a number with at most six decimal places" },
  { "30.5", "3e1", "report.score.worst: must be a number with at most six decimal places" },
  { "'min':0,'reason':null,'value':null,'worst':30.5",
    "'min':null,'reason':null,'value':null,'worst':30.5",
    "report.score.min: must be a number with at most six decimal places" },
  { "0.0001,'max'", "'x','max'",
    "report.sections[0].sections[0].score.best: "
    "must be a number with at most six decimal places" },
  { "['cpg-2.0:1.A','csf-2.0:GV']", "['a',1]", "report.findings[0].references[1]: must be a text" },
  { "['cpg-2.0:1.A','csf-2.0:GV']", "null", "report.findings[0].references: must be a list" },
  { "'sections':[]", "'sections':[1]",
    "report.sections[0].sections[0].sections[0]: must be an object" },
  { "'level':null", "'level':1,'x':0", "report.level: must be a text" },
};

static char *
replace (const char *text,
         const char *find,
         const char *with)
{
  g_autoptr (GString) string = g_string_new (text);

  g_assert_cmpuint (g_string_replace (string, find, with, 1), ==, 1);
  return g_string_free (g_steal_pointer (&string), FALSE);
}

static void
check_case (const char       *text,
            const Case       *item,
            const Functions  *functions)
{
  g_autofree char *changed = replace (text, item->find, item->replace);
  g_autoptr (PostureJsonDocument) document = parse (changed);
  g_autoptr (GError) error = NULL;
  gpointer value = functions->read (posture_json_document_get_root (document), &error);

  g_assert_cmpstr (error != NULL ? error->message : NULL, ==, item->message);
  g_assert_true ((value == NULL) == (item->message != NULL));
  if (value != NULL)
    functions->unref (value);
}

static void
test_strict (void)
{
  static const Functions answer = FUNCTIONS (answer_event), report = FUNCTIONS (report_event);
  static const Case whole = { "x", "'x'", "must be an object" };

  for (guint i = 0; i < G_N_ELEMENTS (answer_cases); i++)
    check_case (answer_event, &answer_cases[i], &answer);
  for (guint i = 0; i < G_N_ELEMENTS (report_cases); i++)
    check_case (report_event, &report_cases[i], &report);
  check_case ("x", &whole, &report);
}

static void
test_enums (void)
{
  PostureSeverity severity = POSTURE_SEVERITY_LOW;
  PostureEffort effort = POSTURE_EFFORT_LOW;
  PostureAnswerState state = POSTURE_ANSWER_STATE_NEW;

  g_assert_cmpstr (posture_severity_to_string (POSTURE_SEVERITY_HIGH), ==, "high");
  g_assert_true (posture_severity_from_string ("critical", &severity));
  g_assert_cmpint (severity, ==, POSTURE_SEVERITY_CRITICAL);
  g_assert_false (posture_severity_from_string ("Critical", &severity));
  g_assert_false (posture_severity_from_string (NULL, &severity));
  g_assert_cmpstr (posture_effort_to_string (POSTURE_EFFORT_MEDIUM), ==, "medium");
  g_assert_true (posture_effort_from_string ("high", &effort));
  g_assert_cmpint (effort, ==, POSTURE_EFFORT_HIGH);
  g_assert_cmpstr (posture_answer_state_to_string (POSTURE_ANSWER_STATE_REMOVED), ==, "removed");
  g_assert_true (posture_answer_state_from_string ("removed", &state));
  g_assert_cmpint (state, ==, POSTURE_ANSWER_STATE_REMOVED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/posture-types/answer-event", test_answer_event);
  g_test_add_func ("/posture-types/report-event", test_report_event);
  g_test_add_func ("/posture-types/new", test_new);
  g_test_add_func ("/posture-types/pool", test_pool);
  g_test_add_func ("/posture-types/pooled", test_pooled);
  g_test_add_func ("/posture-types/strict", test_strict);
  g_test_add_func ("/posture-types/enums", test_enums);
  return g_test_run ();
}
