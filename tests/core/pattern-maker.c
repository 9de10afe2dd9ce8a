/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pattern-maker.h"

#include "oracle/oracle.h"
#include "pattern/finder.h"

#include <string.h>

#define MAX_RULES 24

static const char *const names[] = { "a", "b", "c", "a.b", "b.c", "dd", "", "\\u0061", "long-name-of-a-field" };
static const char *const texts[] = {
  "a", "ab", "abc", "b", "bab", "aab", "", "S", "\xc5\xbf", "\xc3\x9f", "\xc3\x84""b", "\xc3\xa4""B",
  "\xcf\x83", "\xcf\x82", "10.0.0.1", "::ffff:10.0.0.1", "::ffff:a00:1", "10.0.9.9", "2001:db8::1",
  "2001:DB8:0::1", "a*b", "abcabcabcabcabcabc", "\\u0061b", "\\ud83d\\ude00", "a\\\"b", "x\\\\", "1", "true",
  "a longer text with what is in it: bab", "]", "}{", "long\\n",
};
static const char *const numbers[] = {
  "1", "1.0", "10e-1", "0", "-0", "0.0", "2", "-2", "0.3", "0.30", "3e-1", "0.30000000000000004",
  "0.30000000000000001", "0.1000000000000000055511151231257827", "12345678901234567", "12345678901234568",
  "12345678901234567890", "37.807807921694092", "37.80780792169409", "9007199254740993", "1e400", "-122.5",
  "-122.42916360922355", "4999999999", "5e-324", "1E2", "100", "0.00001", "1e-5",
};
static const char *const bounds[] = { "-122.5", "-2", "0", "0.3", "1", "2", "37.8", "100", "5e9" };
static const char *const wildcards[] = { "a*", "*b", "*", "a*b", "*a*", "*ab*b", "a\\\\*b", "*\\\\\\\\*", "ab",
                                         "*bcab*c", "*abcabca*", "*with*in*" };
static const char *const networks[] = { "10.0.0.0/8", "10.0.0.0/31", "0.0.0.0/0", "2001:db8::/32", "::/0" };

/* Gives a number below @below, at most 256. */
guint
pattern_maker_draw (PatternMaker *self,
                    guint         below)
{
  guint drawn;

  if (self->length == 0)
    return 0;
  drawn = self->bytes[0] % below;
  self->bytes++;
  self->length--;
  return drawn;
}

#define PICK(self, list) ((list)[pattern_maker_draw ((self), G_N_ELEMENTS (list))])

/* Any digits at all, of which most are no double's own. */
static void
add_number (PatternMaker *self,
            GString      *out)
{
  guint places;

  if (pattern_maker_draw (self, 4) != 0)
    {
      g_string_append (out, PICK (self, numbers));
      return;
    }
  places = 12 + pattern_maker_draw (self, 6);
  g_string_append_printf (out, "%s%u.", pattern_maker_draw (self, 2) == 0 ? "-" : "",
                          pattern_maker_draw (self, 200));
  for (guint i = 0; i < places; i++)
    g_string_append_c (out, (char) ('0' + pattern_maker_draw (self, 10)));
}

static void
add_text (PatternMaker *self,
          GString      *out)
{
  g_string_append_printf (out, "\"%s\"", PICK (self, texts));
}

static void
add_scalar (PatternMaker *self,
            GString      *out)
{
  static const char *const words[] = { "true", "false", "null" };

  switch (pattern_maker_draw (self, 5))
    {
    case 0:
    case 1:
      add_text (self, out);
      break;
    case 2:
    case 3:
      add_number (self, out);
      break;
    default:
      g_string_append (out, PICK (self, words));
    }
}

static void
add_list (PatternMaker *self,
          GString      *out,
          void        (*add) (PatternMaker *self,
                       GString      *out))
{
  guint count = pattern_maker_draw (self, 8) == 0 ? 12 : 1 + pattern_maker_draw (self, 3);

  g_string_append_c (out, '[');
  for (guint i = 0; i < count; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      add (self, out);
    }
  g_string_append_c (out, ']');
}

static void
add_wildcard (PatternMaker *self,
              GString      *out)
{
  g_string_append_printf (out, "\"%s\"", PICK (self, wildcards));
}

static void
add_anything_but (PatternMaker *self,
                  GString      *out)
{
  static const char *const inner[] = { "prefix", "suffix", "equals-ignore-case" };

  g_string_append (out, "{\"anything-but\": ");
  switch (pattern_maker_draw (self, 4))
    {
    case 0:
      add_list (self, out, add_text);
      break;
    case 1:
      add_list (self, out, add_number);
      break;
    case 2:
      g_string_append (out, "{\"wildcard\": ");
      add_list (self, out, add_wildcard);
      g_string_append_c (out, '}');
      break;
    default:
      g_string_append_printf (out, "{\"%s\": ", PICK (self, inner));
      add_list (self, out, add_text);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, '}');
}

static void
add_range (PatternMaker *self,
           GString      *out)
{
  static const char *const comparisons[] = { "<", "<=", ">", ">=", "=" };
  guint lower = pattern_maker_draw (self, G_N_ELEMENTS (bounds) - 1);

  if (pattern_maker_draw (self, 2) == 0)
    g_string_append_printf (out, "{\"numeric\": [\"%s\", %s]}", PICK (self, comparisons), bounds[lower]);
  else
    g_string_append_printf (out, "{\"numeric\": [\"%s\", %s, \"%s\", %s]}",
                            comparisons[2 + pattern_maker_draw (self, 2)], bounds[lower],
                            comparisons[pattern_maker_draw (self, 2)], bounds[lower + 1]);
}

static void
add_entry (PatternMaker *self,
           GString      *out)
{
  static const char *const plain[] = { "prefix", "suffix", "equals-ignore-case", "exactly" };

  switch (pattern_maker_draw (self, 10))
    {
    case 0:
      g_string_append_printf (out, "{\"%s\": \"%s\"}", PICK (self, plain), PICK (self, texts));
      break;
    case 1:
      g_string_append_printf (out, "{\"%s\": {\"equals-ignore-case\": \"%s\"}}",
                              plain[pattern_maker_draw (self, 2)], PICK (self, texts));
      break;
    case 2:
      g_string_append_printf (out, "{\"wildcard\": \"%s\"}", PICK (self, wildcards));
      break;
    case 3:
      add_range (self, out);
      break;
    case 4:
      g_string_append_printf (out, "{\"cidr\": \"%s\"}", PICK (self, networks));
      break;
    case 5:
      add_anything_but (self, out);
      break;
    case 6:
      g_string_append_printf (out, "{\"exists\": %s}", pattern_maker_draw (self, 4) == 0 ? "true" : "false");
      break;
    default:
      add_scalar (self, out);
    }
}

static void
add_pattern (PatternMaker *self,
             GString      *out,
             guint         depth)
{
  guint count = 1 + pattern_maker_draw (self, depth == 0 ? 3 : 2);

  g_string_append_c (out, '{');
  for (guint i = 0; i < count; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      if (depth < 2 && pattern_maker_draw (self, 8) == 0)
        {
          g_string_append (out, "\"$or\": [");
          add_pattern (self, out, depth + 1);
          g_string_append (out, ", ");
          add_pattern (self, out, depth + 1);
          g_string_append_c (out, ']');
          continue;
        }
      g_string_append_printf (out, "\"%s\": ", PICK (self, names));
      if (depth < 3 && pattern_maker_draw (self, 2) == 0)
        add_pattern (self, out, depth + 1);
      else
        add_list (self, out, add_entry);
    }
  g_string_append_c (out, '}');
}

static void
add_event (PatternMaker *self,
           GString      *out,
           guint         depth)
{
  static const char *const spaces[] = { "", " ", "\n\t ", "", "" };
  guint kind = depth == 0 ? 1 : pattern_maker_draw (self, depth < 5 ? 5 : 1);
  guint count;

  if (kind == 0 || kind > 2)
    {
      add_scalar (self, out);
      return;
    }
  count = pattern_maker_draw (self, depth == 0 ? 6 : 4);
  g_string_append (out, kind == 1 ? "{" : "[");
  for (guint i = 0; i < count; i++)
    {
      g_string_append_printf (out, "%s%s", i > 0 ? "," : "", PICK (self, spaces));
      if (kind == 1)
        g_string_append_printf (out, "\"%s\"%s:%s", PICK (self, names), PICK (self, spaces), PICK (self, spaces));
      add_event (self, out, depth + 1);
      g_string_append (out, PICK (self, spaces));
    }
  g_string_append (out, kind == 1 ? "}" : "]");
}

/* Gives the text of a pattern; it may be none. */
char *
pattern_maker_pattern (PatternMaker *self)
{
  GString *out = g_string_new (NULL);

  add_pattern (self, out, 0);
  return g_string_free (out, FALSE);
}

/* Gives the text of an event, with all that JSON allows. */
char *
pattern_maker_event (PatternMaker *self)
{
  GString *out = g_string_new (NULL);

  add_event (self, out, 0);
  return g_string_free (out, FALSE);
}

/* Rules with what the oracle says of them. */
typedef struct
{
  PostureMatcher *matcher;
  PosturePattern *patterns[MAX_RULES];
  char *texts[MAX_RULES];
  gboolean expected[MAX_RULES];
  guint n_rules;
} Rules;

static void
take_rule (Rules *rules,
           char  *text)
{
  PosturePattern *pattern = posture_pattern_new (text, strlen (text), NULL);
  g_autofree char *name = g_strdup_printf ("%u", rules->n_rules);

  if (pattern == NULL)
    {
      g_free (text);
      return;
    }
  posture_matcher_add (rules->matcher, name, pattern);
  rules->texts[rules->n_rules] = text;
  rules->patterns[rules->n_rules++] = pattern;
}

static void
check_found (Rules         *rules,
             PostureFinder *finder,
             const char    *event,
             const char    *how)
{
  guint at = 0;

  for (guint i = 0; i < rules->n_rules; i++)
    {
      gboolean found = at < posture_finder_get_length (finder) &&
                       posture_finder_get_number (finder, at) == i;

      if (found != rules->expected[i])
        g_error ("%s: expected %d for the pattern %s\nand the event %s", how, rules->expected[i],
                 rules->texts[i], event);
      at += found ? 1 : 0;
    }
  g_assert_cmpuint (at, ==, posture_finder_get_length (finder));
}

/* The members of an event, one beside the other. */
static gboolean
match_members (PosturePattern        *pattern,
               const PostureJsonNode *root)
{
  guint length = posture_json_node_get_length (root);
  g_autofree const char **keys = g_new (const char *, length);
  g_autofree const PostureJsonNode **values = g_new (const PostureJsonNode *, length);

  for (guint i = 0; i < length; i++)
    {
      keys[i] = posture_json_node_get_key (root, i);
      values[i] = posture_json_node_get_element (root, i);
    }
  return posture_pattern_matches_members (pattern, keys, values, length);
}

/* Asks for @event in every way there is. */
static void
compare_event (Rules         *rules,
               PostureFinder *finder,
               const char    *event)
{
  const PostureJsonLimits limits = { 16 * 1024 * 1024, 64, TRUE };
  gsize length = strlen (event);
  g_autofree char *exact = g_memdup2 (event, length); /* without a NUL behind it */
  g_autoptr (GBytes) bytes = g_bytes_new_static (event, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (bytes, &limits, &error);
  const PostureJsonNode *root = posture_json_document_get_root (document);
  PostureEventTrust trust = POSTURE_EVENT_UNCHECKED;

  g_assert_no_error (error);
  for (guint i = 0; i < rules->n_rules; i++)
    {
      if (!pattern_oracle_matches (rules->patterns[i], root, &rules->expected[i]))
        return;
      if (match_members (rules->patterns[i], root) != rules->expected[i])
        g_error ("members: expected %d for the pattern %s\nand the event %s", rules->expected[i],
                 rules->texts[i], event);
      if (posture_pattern_matches_node (rules->patterns[i], root) != rules->expected[i])
        g_error ("alone: expected %d for the pattern %s\nand the event %s", rules->expected[i],
                 rules->texts[i], event);
    }
  g_assert_true (posture_finder_find (finder, exact, length, POSTURE_EVENT_UNCHECKED, &error));
  check_found (rules, finder, event, "unchecked");
  g_assert_true (posture_finder_find_node (finder, root, &error));
  check_found (rules, finder, event, "node");
  g_assert_true (posture_finder_check (exact, length, &trust, &error));
  g_assert_true (posture_finder_find (finder, exact, length, trust, &error));
  check_found (rules, finder, event, "trusted");
}

/* Makes up rules and events, and aborts if core/pattern and the oracle do not agree about them. Rules come and
 * go on the way. */
void
pattern_maker_compare (PatternMaker *self)
{
  Rules rules = { .matcher = posture_matcher_new () };
  PostureFinder *finder = posture_finder_new (rules.matcher);
  guint n_rules = 1 + pattern_maker_draw (self, MAX_RULES);

  for (guint i = 0; i < n_rules; i++)
    take_rule (&rules, pattern_maker_pattern (self));
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *event = pattern_maker_event (self);
      g_autofree char *name = g_strdup_printf ("%u", i);

      compare_event (&rules, finder, event);
      /* what is replaced comes to stand elsewhere, with the same number */
      if (i < rules.n_rules)
        g_assert_false (posture_matcher_add (rules.matcher, name, rules.patterns[i]));
    }
  posture_finder_free (finder);
  posture_matcher_free (rules.matcher);
  for (guint i = 0; i < rules.n_rules; i++)
    {
      posture_pattern_unref (rules.patterns[i]);
      g_free (rules.texts[i]);
    }
}
