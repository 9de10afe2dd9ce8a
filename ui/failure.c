/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture"

#include "config.h"

#include "ui/failure.h"

/**
 * posture_failure_show:
 * @page: a page that tells of a failure
 * @text: why, as a person reads it; names of files in it may hold any characters
 *
 * Shows why something failed.
 */
void
posture_failure_show (AdwStatusPage *page,
                      const char    *text)
{
  /* the page reads markup */
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  /* not in the template: an icon is loaded whether it is seen or not */
  adw_status_page_set_icon_name (page, "dialog-warning-symbolic");
  adw_status_page_set_description (page, escaped);
}
