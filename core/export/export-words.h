/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chart/chart.h"
#include "model/posture-types.h"

G_BEGIN_DECLS

typedef struct _PostureExportWords PostureExportWords;

/**
 * W_:
 * @text: an English text
 *
 * Marks a text that the words of exports have in every language. They are not
 * gettext's: see the README.
 */
#define W_(text) (text)

PostureExportWords         *posture_export_words_new            (const char         *language);
void                        posture_export_words_free           (PostureExportWords *self);
const char                 *posture_export_words_get            (PostureExportWords *self,
                                                                 const char         *text)
                                                                G_GNUC_FORMAT (2);
const char                 *posture_export_words_get_language   (PostureExportWords *self);
gboolean                    posture_export_words_is_mirrored    (PostureExportWords *self);
const PostureChartLanguage *posture_export_words_get_for_charts (PostureExportWords *self);
char                       *posture_export_words_format_number  (PostureExportWords *self,
                                                                 gint64              millionths,
                                                                 guint               places);
char                       *posture_export_words_format_day     (PostureExportWords *self,
                                                                 const char         *moment,
                                                                 gboolean            with_time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureExportWords, posture_export_words_free)

G_END_DECLS
