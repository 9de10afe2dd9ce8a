/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-find.h"

#include "app/ctl-output.h"

#include <glib/gi18n.h>
#include <string.h>

#define MIN_PREFIX 4
#define PAGE 500

/* What a person typed of an id, and which one it means. */
typedef struct
{
  char *prefix;
  char *id;
  guint n_found;
} Search;

static void
search_clear (Search *search)
{
  g_free (search->prefix);
  g_free (search->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static gboolean
search_init (Search     *search,
             const char *text,
             CtlStatus  *ret_status)
{
  search->prefix = g_ascii_strdown (text, -1);
  if (strlen (text) >= MIN_PREFIX)
    return TRUE;
  *ret_status = ctl_error (CTL_USAGE,
                           _("“%s” is too short for an id; give at least %d of its characters."),
                           text, MIN_PREFIX);
  return FALSE;
}

static void
search_try (Search     *search,
            const char *id)
{
  if (!g_str_has_prefix (id, search->prefix))
    return;
  search->n_found++;
  g_free (search->id);
  search->id = g_strdup (id);
}

/* Takes the one that was found. */
static char *
search_finish (Search     *search,
               const char *missing,
               CtlStatus  *ret_status)
{
  if (search->n_found == 1)
    return g_steal_pointer (&search->id);
  if (search->n_found == 0)
    *ret_status = ctl_error (CTL_NOT_FOUND, "%s", missing);
  else
    *ret_status = ctl_error (CTL_NOT_FOUND, _("“%s” is the beginning of %u ids; give more of it."),
                             search->prefix, search->n_found);
  return NULL;
}

static gboolean
try_list (Search     *search,
          GListModel *list,
          CtlStatus  *ret_status)
{
  CtlStatus status = ctl_load_list (list);

  if (status != CTL_OK)
    {
      *ret_status = status;
      return FALSE;
    }
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      search_try (search, POSTURE_IS_REPORT_ITEM (item)
                            ? posture_report_item_get_id (POSTURE_REPORT_ITEM (item))
                            : posture_assessment_item_get_id (POSTURE_ASSESSMENT_ITEM (item)));
    }
  return TRUE;
}

/**
 * ctl_find_assessment:
 * @ctl: a run whose profile is open
 * @text: an id or its beginning
 * @ret_status: what to end with if that fits none or several
 *
 * Returns: (transfer full) (nullable): the id of the assessment, put away or
 *   not; %NULL with the reason printed
 */
char *
ctl_find_assessment (Ctl        *ctl,
                     const char *text,
                     CtlStatus  *ret_status)
{
  g_autofree char *missing = g_strdup_printf (
      _("There is no assessment “%s”. “posturectl assessments list” "
        "names those there are."),
      text);
  g_auto (Search) search = { NULL };

  if (!search_init (&search, text, ret_status))
    return NULL;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PostureUserList) list = posture_user_service_list_assessments (ctl_get_user (ctl),
                                                                                i == 1);

      if (!try_list (&search, G_LIST_MODEL (list), ret_status))
        return NULL;
    }
  return search_finish (&search, missing, ret_status);
}

/**
 * ctl_find_report:
 * @ctl: a run whose profile is open
 * @text: an id or its beginning
 * @ret_status: what to end with if that fits none or several
 *
 * Returns: (transfer full) (nullable): the id of the report; %NULL with the
 *   reason printed
 */
char *
ctl_find_report (Ctl        *ctl,
                 const char *text,
                 CtlStatus  *ret_status)
{
  g_autofree char *missing = g_strdup_printf (
      _("There is no report “%s”. “posturectl reports list” "
        "names those there are."),
      text);
  g_autoptr (PostureUserList) list = NULL;
  g_auto (Search) search = { NULL };

  if (!search_init (&search, text, ret_status))
    return NULL;
  list = posture_user_service_list_reports (ctl_get_user (ctl), /* assessment = */ NULL);
  if (!try_list (&search, G_LIST_MODEL (list), ret_status))
    return NULL;
  return search_finish (&search, missing, ret_status);
}

/**
 * ctl_find_event:
 * @ctl: a run whose profile is open
 * @text: an id or its beginning
 * @ret_status: what to end with if that fits none or several
 *
 * Returns: (transfer full) (nullable): the id of the event; %NULL with the
 *   reason printed
 */
char *
ctl_find_event (Ctl        *ctl,
                const char *text,
                CtlStatus  *ret_status)
{
  PostureBus *bus = posture_platform_get_bus (ctl->platform);
  g_autofree char *missing = g_strdup_printf (
      _("There is no event “%s” in the journal. “posturectl events "
        "list” names the newest."),
      text);
  g_auto (Search) search = { NULL };
  gint64 after = 0;
  guint length;

  if (!search_init (&search, text, ret_status))
    return NULL;
  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = posture_bus_list_events (bus, after, PAGE, &error);

      if (page == NULL)
        {
          *ret_status = ctl_fail (error);
          return NULL;
        }
      length = page->len;
      for (guint i = 0; i < length; i++)
        {
          const PostureJournalEntry *entry = g_ptr_array_index (page, i);

          search_try (&search, posture_event_get_id (entry->event));
          after = entry->sequence;
        }
    }
  while (length == PAGE);
  return search_finish (&search, missing, ret_status);
}
