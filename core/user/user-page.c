/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-page-private.h"

PostureUserPage *
posture_user_page_new (const PostureUserScope *scope)
{
  PostureUserPage *page = g_new0 (PostureUserPage, 1);

  page->scope = scope;
  page->below.id = g_strdup ("g"); /* behind every UUID */
  page->below.number = G_MAXINT64;
  page->down_to.id = g_strdup ("");
  page->limit = -1;
  return page;
}

void
posture_user_page_free (PostureUserPage *page)
{
  g_free (page->below.id);
  g_free (page->down_to.id);
  g_strfreev (page->ids);
  g_clear_pointer (&page->items, g_ptr_array_unref);
  g_free (page);
}

void
posture_user_key_set (PostureUserKey         *key,
                      const PostureUserScope *scope,
                      gpointer                item)
{
  g_free (key->id);
  key->id = g_strdup (posture_user_item_get_id (scope, item));
  key->number = scope->kind == POSTURE_USER_LIST_REPORTS ? posture_report_item_get_number (item) : 0;
}

const char *
posture_user_item_get_id (const PostureUserScope *scope,
                          gpointer                item)
{
  return scope->kind == POSTURE_USER_LIST_REPORTS ? posture_report_item_get_id (item)
                                                  : posture_assessment_item_get_id (item);
}

/* Which of two items comes first; 0 for the same one, even if it has changed. */
int
posture_user_item_compare (gconstpointer data,
                           gpointer      a,
                           gpointer      b)
{
  const PostureUserScope *scope = data;
  gint64 x, y;

  if (scope->kind == POSTURE_USER_LIST_ASSESSMENTS)
    return g_strcmp0 (posture_assessment_item_get_id (b), posture_assessment_item_get_id (a));
  x = posture_report_item_get_number (a);
  y = posture_report_item_get_number (b);
  return (y > x) - (y < x);
}

/* Whether two states of the same item look the same. */
gboolean
posture_user_item_equal (gconstpointer data,
                         gpointer      a,
                         gpointer      b)
{
  const PostureUserScope *scope = data;
  if (scope->kind == POSTURE_USER_LIST_REPORTS)
    return g_str_equal (posture_report_item_get_id (a), posture_report_item_get_id (b)) &&
           g_str_equal (posture_report_item_get_assessment_name (a),
                        posture_report_item_get_assessment_name (b));
  return g_str_equal (posture_assessment_item_get_name (a), posture_assessment_item_get_name (b)) &&
         posture_assessment_item_get_changed (a) == posture_assessment_item_get_changed (b) &&
         posture_assessment_item_get_n_answers (a) == posture_assessment_item_get_n_answers (b) &&
         posture_assessment_item_get_revision_number (a) == posture_assessment_item_get_revision_number (b) &&
         g_strcmp0 (posture_assessment_item_get_last_report (a),
                    posture_assessment_item_get_last_report (b)) == 0;
}

static PostureStatement *
query_range (PostureTransaction    *transaction,
             const PostureUserPage *page,
             GError               **error)
{
  const PostureUserScope *scope = page->scope;

  if (scope->kind == POSTURE_USER_LIST_ASSESSMENTS)
    return posture_transaction_query (transaction, error, posture_user_sql_list_assessments, "itti",
                                      (gint64) scope->archived, page->below.id, page->down_to.id,
                                      page->limit);
  if (scope->assessment == NULL)
    return posture_transaction_query (transaction, error, posture_user_sql_list_reports, "iii",
                                      page->below.number, page->down_to.number, page->limit);
  return posture_transaction_query (transaction, error, posture_user_sql_list_reports_of, "iiit",
                                    page->below.number, page->down_to.number, page->limit,
                                    scope->assessment);
}

static gpointer
item_from_row (const PostureUserScope *scope,
               PostureStatement       *row,
               GError                **error)
{
  return scope->kind == POSTURE_USER_LIST_ASSESSMENTS
           ? (gpointer) posture_assessment_item_new_from_row (row, error)
           : (gpointer) posture_report_item_new_from_row (row, error);
}

static gboolean
read_range (PostureTransaction *transaction,
            PostureUserPage    *page,
            GError            **error)
{
  g_autoptr (PostureStatement) rows = query_range (transaction, page, error);
  PostureStep step = POSTURE_STEP_ERROR;

  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      gpointer item = item_from_row (page->scope, rows, error);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (page->items, item);
    }
  return step == POSTURE_STEP_DONE;
}

static gboolean
is_in_scope (const PostureUserScope *scope,
             gpointer                item)
{
  if (scope->kind == POSTURE_USER_LIST_ASSESSMENTS)
    return posture_assessment_item_get_archived (item) == scope->archived;
  return scope->assessment == NULL ||
         g_str_equal (posture_report_item_get_assessment (item), scope->assessment);
}

static gboolean
read_one (PostureTransaction *transaction,
          PostureUserPage    *page,
          const char         *id,
          GError            **error)
{
  const char *sql = page->scope->kind == POSTURE_USER_LIST_ASSESSMENTS ? posture_user_sql_list_assessment
                                                                       : posture_user_sql_list_report;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, sql, "t", id);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;
  gpointer item = NULL;

  if (step == POSTURE_STEP_ROW)
    {
      item = item_from_row (page->scope, row, error);
      if (item == NULL)
        return FALSE;
      if (!is_in_scope (page->scope, item))
        g_clear_object (&item);
    }
  g_ptr_array_add (page->items, item);
  return step != POSTURE_STEP_ERROR;
}

static void
unref_item (gpointer item)
{
  g_clear_object (&item);
}

gboolean
posture_user_page_read (PostureTransaction *transaction,
                        gpointer            data,
                        GError            **error)
{
  PostureUserPage *page = data;

  page->items = g_ptr_array_new_with_free_func (unref_item);
  if (page->ids == NULL)
    return read_range (transaction, page, error);
  for (guint i = 0; page->ids[i] != NULL; i++)
    if (!read_one (transaction, page, page->ids[i], error))
      return FALSE;
  return TRUE;
}
