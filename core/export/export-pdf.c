/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/pdf-private.h"

#include <cairo-pdf.h>

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The document's date is that of the report: so the same report is the same file on any day. */
static void
set_metadata (cairo_surface_t       *surface,
              const PostureDocument *document)
{
  g_autofree char *title = g_strdup_printf ("%s – %s", document->title, document->subtitle);
  /* cairo leaves out a date that has parts of a second */
  g_autofree char *date = g_strdup_printf ("%.19sZ", document->moment);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, document->subtitle);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Posture " POSTURE_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, date);
}

/* Pages of A4 with structure, outline and links. */
GBytes *
posture_export_write_pdf (PostureExportRun *run,
                          GError          **error)
{
  g_autoptr (PostureDocument) document = posture_export_build_document (run, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_auto (PosturePdf) pdf = { 0 };
  cairo_surface_t *surface;
  gboolean drawn;

  if (document == NULL)
    return NULL;
  posture_pdf_init (&pdf, run, document);
  if (!posture_pdf_set_blocks (&pdf, error))
    return NULL;
  posture_pdf_make_pages (&pdf);
  surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, POSTURE_PAGE_WIDTH,
                                                 POSTURE_PAGE_HEIGHT);
  set_metadata (surface, document);
  drawn = posture_pdf_draw (&pdf, surface, error);
  cairo_surface_finish (surface);
  if (drawn && cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                   cairo_status_to_string (cairo_surface_status (surface)));
      drawn = FALSE;
    }
  cairo_surface_destroy (surface);
  return drawn ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
