/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/finding-words.h"

#include "model/report-words.h"

#include <glib/gi18n-lib.h>

/* How much the score can grow by it, or how many levels are missing. */
static char *
points_to_words (const PostureFinding *finding,
                 gboolean              levels)
{
  g_autofree char *points = posture_points_to_words (finding->points);

  if (finding->points == 0)
    return g_strdup (_("needed for a score"));
  if (levels)
    /* Translators: how many levels are missing to the target of a question */
    return g_strdup_printf (_("gap: %s"), points);
  /* Translators: how much the score can grow by this; the number can have decimals, and one is just 1 */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "up to %s point", "up to %s points",
                                       finding->points == POSTURE_DECIMAL_ONE ? 1 : 2),
                          points);
}

/**
 * posture_severity_get_words:
 * @severity: how bad it is if a measure is missing
 *
 * Gives the words that are used for it wherever people read it. Documents, whose
 * language is not that of the program, translate them by themselves.
 *
 * Returns: (transfer none): it in two words of English, marked for translation
 */
const char *
posture_severity_get_words (PostureSeverity severity)
{
  static const char *const words[] = {
    [POSTURE_SEVERITY_LOW] = N_("low severity"),
    [POSTURE_SEVERITY_MEDIUM] = N_("medium severity"),
    [POSTURE_SEVERITY_HIGH] = N_("high severity"),
    [POSTURE_SEVERITY_CRITICAL] = N_("critical severity"),
  };

  return (guint) severity < G_N_ELEMENTS (words) ? words[severity] : "?";
}

/**
 * posture_effort_get_words:
 * @effort: how much work a measure is
 *
 * The same as posture_severity_get_words().
 *
 * Returns: (transfer none): it in two words of English, marked for translation
 */
const char *
posture_effort_get_words (PostureEffort effort)
{
  static const char *const words[] = {
    [POSTURE_EFFORT_LOW] = N_("low effort"),
    [POSTURE_EFFORT_MEDIUM] = N_("medium effort"),
    [POSTURE_EFFORT_HIGH] = N_("high effort"),
  };

  return (guint) effort < G_N_ELEMENTS (words) ? words[effort] : "?";
}

/**
 * posture_finding_get_reason_words:
 * @finding: a finding
 *
 * The same as posture_severity_get_words().
 *
 * Returns: (transfer none) (nullable): in a few words of English why it is open,
 *   marked for translation; %NULL if it is that the measure is not in place
 */
const char *
posture_finding_get_reason_words (const PostureFinding *finding)
{
  return g_strcmp0 (finding->reason, "unknown") == 0      ? N_("answered “I don’t know”")
         : g_strcmp0 (finding->reason, "unanswered") == 0 ? N_("not answered")
                                                          : NULL;
}

/**
 * posture_effort_to_words:
 * @effort: how much work a measure is
 *
 * Returns: (transfer none): it in two words
 */
const char *
posture_effort_to_words (PostureEffort effort)
{
  return g_dgettext (GETTEXT_PACKAGE, posture_effort_get_words (effort));
}

/**
 * posture_finding_to_words:
 * @finding: a finding
 * @levels: whether it is one of the method profile, whose points are levels
 *
 * Returns: (transfer full): in one line how bad it is, how much work it is to put
 *   right, what that gains, and whether it is open
 */
char *
posture_finding_to_words (const PostureFinding *finding,
                          gboolean              levels)
{
  g_autofree char *points = points_to_words (finding, levels);
  const char *reason = posture_finding_get_reason_words (finding);

  return g_strdup_printf ("%s · %s · %s%s%s",
                          g_dgettext (GETTEXT_PACKAGE, posture_severity_get_words (finding->severity)),
                          posture_effort_to_words (finding->effort), points, reason != NULL ? " · " : "",
                          reason != NULL ? g_dgettext (GETTEXT_PACKAGE, reason) : "");
}
