/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/new-page.h"

struct _PostureNewPage
{
  PosturePage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostureNewPage, posture_new_page, POSTURE_TYPE_PAGE)

static void
posture_new_page_class_init (PostureNewPageClass *klass)
{
}

static void
posture_new_page_init (PostureNewPage *self)
{
}
