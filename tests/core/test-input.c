/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus/input.h"
#include "json/json-writer.h"

#include <string.h>

/* The event, the paths, the templates and what comes of them as the EventBridge user guide, “Transforming
 * Amazon EventBridge target input”, has them. */
#define EVENT \
  "{\"version\":\"0\",\"id\":\"7bf73129-1428-4cd3-a780-95db273d1602\"," \
  "\"detail-type\":\"EC2 Instance State-change Notification\",\"source\":\"aws.ec2\"," \
  "\"account\":\"123456789012\",\"time\":\"2015-11-11T21:29:54Z\",\"region\":\"us-east-1\"," \
  "\"resources\":[\"arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111\"]," \
  "\"detail\":{\"instance-id\":\"i-0123456789\",\"state\":\"RUNNING\"}}"
#define HEAD \
  "{\"account\":\"123456789012\",\"detail-type\":\"EC2 Instance State-change Notification\"," \
  "\"id\":\"7bf73129-1428-4cd3-a780-95db273d1602\",\"region\":\"us-east-1\"," \
  "\"resources\":[\"arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111\"],\"source\":\"aws.ec2\"," \
  "\"time\":\"2015-11-11T21:29:54Z\",\"version\":\"0\"}"
#define PATHS \
  "{\"timestamp\":\"$.time\",\"instance\":\"$.detail.instance-id\",\"state\":\"$.detail.state\"," \
  "\"none\":\"$.detail.none\",\"resources\":\"$.resources\",\"first\":\"$.resources[0]\"," \
  "\"all\":\"$.resources[*]\",\"detail\":\"$.detail\",\"everything\":\"$\"}"

static char *
settings_for (const char *paths,
              const char *template)
{
  g_autoptr (GString) text = g_string_new ("{\"InputTransformer\":{\"InputPathsMap\":");

  g_string_append (text, paths);
  g_string_append (text, ",\"InputTemplate\":");
  posture_json_append_text (text, template);
  g_string_append (text, "}}");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
apply (const char *settings,
       const char *event_text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureEvent) event = posture_event_new_from_text (event_text, &error);
  g_autoptr (PostureInput) input = NULL;
  char *text;

  g_assert_no_error (error);
  input = posture_input_new (settings, &error);
  g_assert_no_error (error);
  text = posture_input_apply (input, event, "example", 1447277395000, &error);
  g_assert_no_error (error);
  return text;
}

static void
assert_gives (const char *template,
              const char *expected)
{
  g_autofree char *settings = settings_for (PATHS, template);
  g_autofree char *text = apply (settings, EVENT);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_published (void)
{
  assert_gives ("\"instance <instance> is in <state>\"", "\"instance i-0123456789 is in RUNNING\"");
  assert_gives ("\"instance \\\"<instance>\\\" is in <state>\"",
                "\"instance \\\"i-0123456789\\\" is in RUNNING\"");
  assert_gives ("{\n  \"instance\" : <instance>,\n  \"state\": <state>\n}",
                "{\n  \"instance\" : \"i-0123456789\",\n  \"state\": \"RUNNING\"\n}");
  assert_gives ("{\"instance\":<instance>,\"state\":\"<state>\","
                "\"instanceStatus\":\"instance \\\"<instance>\\\" is in <state>\"}",
                "{\"instance\":\"i-0123456789\",\"state\":\"RUNNING\","
                "\"instanceStatus\":\"instance \\\"i-0123456789\\\" is in RUNNING\"}");
  assert_gives ("{\"instance\":<instance>,\"state\":[ 9, <state>, true ],\"Transformed\":\"Yes\"}",
                "{\"instance\":\"i-0123456789\",\"state\":[ 9, \"RUNNING\", true ],\"Transformed\":\"Yes\"}");
  assert_gives ("\"<aws.events.rule-name> triggered\"", "\"example triggered\"");
  assert_gives ("{\"ruleArn\":<aws.events.rule-arn>,\"ruleName\":<aws.events.rule-name>,"
                "\"originalEvent\":<aws.events.event.json>}",
                "{\"ruleArn\":\"arn:posture:events:local:123456789012:rule/example\",\"ruleName\":\"example\","
                "\"originalEvent\":" EVENT "}");
  assert_gives ("{\"head\":<aws.events.event>}", "{\"head\":" HEAD "}");
  assert_gives ("{\"timestamp\":<timestamp>,\"in\":<aws.events.event.ingestion-time>}",
                "{\"timestamp\":\"2015-11-11T21:29:54Z\",\"in\":\"2015-11-11T21:29:55.000Z\"}");
  assert_gives ("{\n  \"instance\" : <instance>,\n  \"resource\" : <first>,\n"
                "  \"ruleName\" : <aws.events.rule-name>\n}",
                "{\n  \"instance\" : \"i-0123456789\",\n"
                "  \"resource\" : \"arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111\",\n"
                "  \"ruleName\" : \"example\"\n}");
  assert_gives ("{\"timestamp\":<timestamp>,\"message\":\"instance \\\"<instance>\\\" is in <state>\"}",
                "{\"timestamp\":\"2015-11-11T21:29:54Z\","
                "\"message\":\"instance \\\"i-0123456789\\\" is in RUNNING\"}");
  /* quotes around a variable are permitted, and not needed */
  assert_gives ("[<state>,\"<state>\"]", "[\"RUNNING\",\"RUNNING\"]");
  /* of the API reference */
  assert_gives ("{\"myInstance\": <instance>,\"myStatus\": \"<instance> is in state \\\"<state>\\\"\"}",
                "{\"myInstance\": \"i-0123456789\",\"myStatus\": \"i-0123456789 is in state \\\"RUNNING\\\"\"}");
  assert_gives ("<instance> is in state \"<state>\"", "i-0123456789 is in state \"RUNNING\"");
}

static void
test_values (void)
{
  assert_gives ("{\"a\":<resources>,\"b\":<first>,\"c\":<all>}",
                "{\"a\":[\"arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111\"],"
                "\"b\":\"arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111\","
                "\"c\":[\"arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111\"]}");
  assert_gives ("[<detail>]", "[{\"instance-id\":\"i-0123456789\",\"state\":\"RUNNING\"}]");
  assert_gives ("{\"text\":\"<detail>\"}",
                "{\"text\":\"{\\\"instance-id\\\":\\\"i-0123456789\\\",\\\"state\\\":\\\"RUNNING\\\"}\"}");
  /* what is not there */
  assert_gives ("{\"a\":<none>,\"b\":\"x<none>y\"}", "{\"a\":null,\"b\":\"xy\"}");
  assert_gives ("x<none>y", "xy");
  /* what is no variable */
  assert_gives ("a < b > c <> <un known>", "a < b > c <> <un known>");
  assert_gives ("\"<<state>>\"", "\"<RUNNING>\"");
}

/* Every kind of value, within JSON, within a string of it, and in a plain text; array elements and what is below
 * them; names with all that a path may have in them. */
static void
test_kinds (void)
{
  static const char *const cases[][2] = {
    { "{\"a\":<n>,\"b\":<t>,\"c\":<z>,\"d\":<o>,\"e\":<l>}",
      "{\"a\":1.5,\"b\":true,\"c\":null,\"d\":{\"x\":[]},\"e\":[{\"v\":1},{\"v\":\"2\"},3]}" },
    { "{\"a\":\"<n> <t> <z>\",\"b\":\"<o>\",\"c\":\"<l>\"}",
      "{\"a\":\"1.5 true null\",\"b\":\"{\\\"x\\\":[]}\","
      "\"c\":\"[{\\\"v\\\":1},{\\\"v\\\":\\\"2\\\"},3]\"}" },
    { "<n> <t> <z> <o> <s>", "1.5 true null {\"x\":[]} a\"b\n" },
    { "{\"one\":<second>,\"all\":<each>,\"deep\":<deep>,\"none\":<third>}",
      "{\"one\":\"2\",\"all\":[1,\"2\"],\"deep\":[],\"none\":null}" },
    { "{\"n\":<odd>}", "{\"n\":\"odd\"}" },
    { "{\"event\":\"<aws.events.rule-name> of <aws.events.event.ingestion-time>\"}",
      "{\"event\":\"example of 2015-11-11T21:29:55.000Z\"}" },
    { "<aws.events.rule-arn>", "arn:posture:events:local:space:rule/example" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *settings =
        settings_for ("{\"n\":\"$.detail.n\",\"t\":\"$.detail.t\",\"z\":\"$.detail.z\",\"o\":\"$.detail.o\","
                      "\"l\":\"$.detail.l\",\"s\":\"$.detail.s\",\"second\":\"$.detail.l[1].v\","
                      "\"each\":\"$.detail.l[*].v\",\"deep\":\"$.detail.o.x[*].y[*]\",\"third\":\"$.detail.l[7].v\","
                      "\"odd\":\"$.detail.a_b-c/d1\"}", cases[i][0]);
      g_autofree char *text =
        apply (settings, "{\"version\":\"0\",\"id\":\"1\",\"detail-type\":\"t\",\"source\":\"s\",\"account\":\"space\","
                         "\"time\":\"2015-11-11T21:29:54Z\",\"region\":\"local\",\"resources\":[],\"detail\":{\"n\":1.5,"
                         "\"t\":true,\"z\":null,\"o\":{\"x\":[]},\"l\":[{\"v\":1},{\"v\":\"2\"},3],\"s\":\"a\\\"b\\n\","
                         "\"a_b-c/d1\":\"odd\"}}");

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

/* Whatever an event holds, JSON comes out. */
static void
test_escapes (void)
{
  g_autofree char *settings = settings_for ("{\"a\":\"$.detail.a\"}", "{\"x\":<a>,\"y\":\"<a>\"}");
  g_autofree char *text = apply (settings, "{\"version\":\"0\",\"id\":\"1\",\"detail-type\":\"t\",\"source\":\"s\","
                                           "\"account\":\"\",\"time\":\"2015-11-11T21:29:54Z\",\"region\":\"local\","
                                           "\"resources\":[],\"detail\":{\"a\":\"\\\"}\\n\\\\<a>\"}}");

  g_assert_cmpstr (text, ==, "{\"x\":\"\\\"}\\n\\\\<a>\",\"y\":\"\\\"}\\n\\\\<a>\"}");
}

static void
test_path_and_constant (void)
{
  static const char *const cases[][2] = {
    { "{\"InputPath\":\"$.detail\"}", "{\"instance-id\":\"i-0123456789\",\"state\":\"RUNNING\"}" },
    { "{\"InputPath\":\"$.detail.state\"}", "\"RUNNING\"" },
    { "{\"InputPath\":\"$.resources[1]\"}", "null" },
    { "{\"InputPath\":\"$.detail.state.more[0]\"}", "null" },
    { "{\"InputPath\":\"$.nothing[*]\"}", "[]" },
    { "{\"Input\":\"{\\\"a\\\": 1}\"}", "{\"a\": 1}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = apply (cases[i][0], EVENT);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
assert_refused (const char *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureInput) input = posture_input_new (settings, &error);

  if (input != NULL)
    g_test_message ("taken: %s", settings);
  g_assert_null (input);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, !=, "");
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "", "[]", "{}", "{\"InputPath\":1}", "{\"InputPath\":\"detail\"}", "{\"InputPath\":\"$detail\"}",
    "{\"InputPath\":\"$.\"}", "{\"InputPath\":\"$..a\"}", "{\"InputPath\":\"$.a[\"}", "{\"InputPath\":\"$.a[-1]\"}",
    "{\"InputPath\":\"$.a['b']\"}", "{\"InputPath\":\"$\",\"Input\":\"1\"}", "{\"Input\":\"{\"}",
    "{\"InputTransformer\":[]}", "{\"InputTransformer\":{}}", "{\"InputTransformer\":{\"InputTemplate\":\"\"}}",
    "{\"InputTransformer\":{\"InputPathsMap\":[],\"InputTemplate\":\"x\"}}",
    "{\"InputTransformer\":{\"InputPathsMap\":{\"a\":1},\"InputTemplate\":\"x\"}}",
  };
  static const char *const templates[] = {
    "<unknown>", "{\"a\":<unknown>}", "<aws.events.other>", "{\"<state>\":1}", "{<state>:1}", "{\"a <state>\" :1}",
    "{\"a\":<state>", "{\"a\":1}<state>", "\"open <state>",
  };
  static const char *const names[] = { "{\"aws.a\":\"$.a\"}", "{\"AWSa.b\":\"$.a\"}", "{\"\":\"$.a\"}", "{\"a b\":\"$.a\"}",
                                       "{\"a\":\"a\"}" };
  g_autoptr (GString) many = g_string_new ("{");
  g_autofree char *long_template = g_strnfill (POSTURE_INPUT_MAX_TEMPLATE + 1, 'x');
  g_autofree char *settings = NULL, *too_long = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i]);
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autofree char *text = settings_for (PATHS, templates[i]);

      assert_refused (text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = settings_for (names[i], "x");

      assert_refused (text);
    }
  for (guint i = 0; i <= POSTURE_INPUT_MAX_VARIABLES; i++)
    g_string_append_printf (many, "%s\"v%u\":\"$.a\"", i > 0 ? "," : "", i);
  g_string_append_c (many, '}');
  settings = settings_for (many->str, "x");
  assert_refused (settings);
  too_long = settings_for (PATHS, long_template);
  assert_refused (too_long);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/published", test_published);
  g_test_add_func ("/input/values", test_values);
  g_test_add_func ("/input/kinds", test_kinds);
  g_test_add_func ("/input/escapes", test_escapes);
  g_test_add_func ("/input/path-and-constant", test_path_and_constant);
  g_test_add_func ("/input/refused", test_refused);
  return g_test_run ();
}
