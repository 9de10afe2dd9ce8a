/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/store.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_PAGED_LIST (posture_paged_list_get_type ())
G_DECLARE_DERIVABLE_TYPE (PosturePagedList, posture_paged_list, POSTURE, PAGED_LIST, GObject)

/**
 * PosturePagedListClass:
 * @get_item_type: the type of the items
 * @compare: which of two items comes first; 0 for the same one, even if it has
 *   changed
 * @equal: whether two states of one item look the same
 * @want_more: somebody wants the next page
 * @go_on: reads what there is to read with posture_paged_list_read(), unless
 *   something is being read just now, and says so with
 *   posture_paged_list_set_loading(); called again after each reading
 * @take: shows what was read
 * @fail: it could not be read; nothing is read until there is news,
 *   or somebody asks again
 *
 * What a kind of list adds to the mechanism.
 */
struct _PosturePagedListClass
{
  GObjectClass parent_class;

  GType    (*get_item_type) (PosturePagedList *self);
  int      (*compare)       (PosturePagedList *self,
                             gpointer          a,
                             gpointer          b);
  gboolean (*equal)         (PosturePagedList *self,
                             gpointer          a,
                             gpointer          b);
  void     (*want_more)     (PosturePagedList *self);
  void     (*go_on)         (PosturePagedList *self);
  void     (*take)          (PosturePagedList *self,
                             gpointer          page);
  void     (*fail)          (PosturePagedList *self);
};

/* Items this near to the end bring the next page. */
#define POSTURE_PAGED_LIST_NEAR_END 10

gboolean      posture_paged_list_is_loading   (PosturePagedList *self);
gboolean      posture_paged_list_is_complete  (PosturePagedList *self);
void          posture_paged_list_load_more    (PosturePagedList *self);

/* For a kind of list: */
void          posture_paged_list_set_store    (PosturePagedList *self,
                                               PostureStore     *store);
GPtrArray    *posture_paged_list_get_items    (PosturePagedList *self);
gboolean      posture_paged_list_can_read     (PosturePagedList *self);
void          posture_paged_list_read         (PosturePagedList *self,
                                               PostureStoreFunc  func,
                                               gpointer          page,
                                               GDestroyNotify    page_free);
void          posture_paged_list_set_loading  (PosturePagedList *self,
                                               gboolean          loading);
void          posture_paged_list_set_complete (PosturePagedList *self,
                                               gboolean          complete);
void          posture_paged_list_splice       (PosturePagedList *self,
                                               guint             position,
                                               guint             removed,
                                               GPtrArray        *more,
                                               guint             first,
                                               guint             added);
void          posture_paged_list_append       (PosturePagedList *self,
                                               GPtrArray        *more);
void          posture_paged_list_replace      (PosturePagedList *self,
                                               GPtrArray        *now);

G_END_DECLS
