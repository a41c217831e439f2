/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-darkroom"

#include "capture/codec-pdf.h"

#include "capture/capture-error.h"

#include <glib/gi18n-lib.h>
#include <poppler.h>

#include <math.h>

#define POINTS 72.0    /* an inch */
#define SHORTEST 9.0   /* points: 3 mm, and no paper is smaller */
#define LONGEST 14400. /* points: 200 inches, the format's own limit */
#define COVER 0.7      /* of the leaf, at least: then it is a picture */
#define MOST_PICTURES 64

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

/* Names of our own, as a later library has such cleanups under its own names. */
typedef PopplerDocument Document;
typedef PopplerPage Leaf;
typedef PopplerFontInfo Fonts;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Leaf, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fonts, g_object_unref)

static void
free_mapping (GList *mapping)
{
  poppler_page_free_image_mapping (mapping);
}
typedef GList Mapping;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mapping, free_mapping)

static gboolean own_fonts_only; /* set once, before the first document */
static Document *warm;          /* while one document is open, the library keeps its tables */

static void
set_pdf_error (GError **error, const GError *trouble)
{
  const gboolean locked = g_error_matches (trouble, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);

  g_debug ("poppler: %s", trouble != NULL ? trouble->message : "no reason given");
  g_set_error_literal (
      error, YZ_CAPTURE_ERROR, locked ? YZ_CAPTURE_ERROR_UNSUPPORTED : YZ_CAPTURE_ERROR_HOSTILE,
      locked ? _ ("The PDF is locked with a password; save it without one and add it again.")
             : _ ("The PDF is damaged or cut short."));
}

/* The bytes stay the caller's and must outlive the document. */
static PopplerDocument *
open_document (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  g_autoptr (GError) trouble = NULL;
  g_autoptr (Document) document = NULL;
  int leaves = 0;

  if (length == 0 || length > G_MAXINT) {
    set_pdf_error (error, NULL);
    return NULL;
  }
  document = poppler_document_new_from_bytes (bytes, NULL, &trouble);
  if (document == NULL) {
    set_pdf_error (error, trouble);
    return NULL;
  }
  leaves = poppler_document_get_n_pages (document);
  if (leaves >= 1 && leaves <= YZ_PDF_MAX_LEAVES)
    return g_steal_pointer (&document);
  if (leaves < 1)
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                         _ ("The PDF has no pages."));
  else
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                 _ ("The PDF has %d pages, and at most %d are taken in; save those that are needed "
                    "as a file of their own."),
                 leaves, YZ_PDF_MAX_LEAVES);
  return NULL;
}

gboolean
yz_pdf_count_leaves (const guint8 *data, gsize length, guint *out_leaves, GError **error)
{
  g_autoptr (Document) document = NULL;

  g_return_val_if_fail (out_leaves != NULL, FALSE);

  document = open_document (data, length, error);
  if (document == NULL)
    return FALSE;
  *out_leaves = (guint) poppler_document_get_n_pages (document);
  return TRUE;
}

static PopplerPage *
open_leaf (PopplerDocument *document, guint leaf, GError **error)
{
  const guint leaves = (guint) poppler_document_get_n_pages (document);
  PopplerPage *page = NULL;

  if (leaf > leaves) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                 g_dngettext (GETTEXT_PACKAGE, "The PDF has %u page; there is no page %u.",
                              "The PDF has %u pages; there is no page %u.", leaves),
                 leaves, leaf);
    return NULL;
  }
  page = poppler_document_get_page (document, (int) MAX (leaf, 1) - 1);
  if (page == NULL)
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
                 _ ("Page %u of the PDF is damaged."), MAX (leaf, 1));
  return page;
}

/* Whether every letter up to this leaf can be drawn with what the file holds. */
static gboolean
has_own_fonts (PopplerDocument *document, guint leaf)
{
  g_autoptr (Fonts) info = poppler_font_info_new (document);
  PopplerFontsIter *iter = NULL;
  gboolean own = TRUE;

  poppler_font_info_scan (info, (int) MAX (leaf, 1), &iter);
  if (iter == NULL)
    return TRUE;
  do
    own = poppler_fonts_iter_is_embedded (iter);
  while (own && poppler_fonts_iter_next (iter));
  poppler_fonts_iter_free (iter);
  return own;
}

static gboolean
check_fonts (PopplerDocument *document, guint leaf, GError **error)
{
  if (!own_fonts_only || has_own_fonts (document, leaf))
    return TRUE;
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
               _ ("Page %u of the PDF needs fonts that are not in the file, and this system cannot "
                  "fetch them safely; save the PDF with its fonts in it and add it again."),
               MAX (leaf, 1));
  return FALSE;
}

/* As dense as pictures may be, and never denser than YZ_PDF_DENSITY. */
static gboolean
measure_leaf (PopplerPage *page, guint leaf, YzPdfLeaf *out_leaf, GError **error)
{
  double width = 0;
  double height = 0;
  double density = YZ_PDF_DENSITY;

  poppler_page_get_size (page, &width, &height);
  if (!(width >= SHORTEST && height >= SHORTEST && width <= LONGEST && height <= LONGEST)) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
                 _ ("Page %u of the PDF says that it is %.0f × %.0f mm large; no paper is."),
                 MAX (leaf, 1), width / POINTS * 25.4, height / POINTS * 25.4);
    return FALSE;
  }
  /* One pixel less a side, for both are rounded up. */
  density = MIN (density, (YZ_CODEC_MAX_SIDE - 1) * POINTS / MAX (width, height));
  density = MIN (density, (sqrt (YZ_CODEC_MAX_PIXELS * POINTS * POINTS / (width * height))) *
                              (1 - 1.0 / 1000));
  out_leaf->density = density;
  out_leaf->width = MAX (1, (int) ceil (width / POINTS * density - 0.01));
  out_leaf->height = MAX (1, (int) ceil (height / POINTS * density - 0.01));
  return yz_codec_check_sides (out_leaf->width, out_leaf->height, error);
}

static YzBitmap *
draw (PopplerPage *page, guint leaf, int width, int height, GError **error)
{
  g_autoptr (YzBitmap) bitmap = yz_bitmap_new_packed (width, height);
  g_autoptr (cairo_surface_t) surface = cairo_image_surface_create_for_data (
      (guint8 *) yz_bitmap_get_row (bitmap, 0), CAIRO_FORMAT_RGB24, width, height, bitmap->stride);
  g_autoptr (cairo_t) cairo = cairo_create (surface);
  double across = 0;
  double down = 0;

  poppler_page_get_size (page, &across, &down);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_scale (cairo, width / across, height / down);
  poppler_page_render (page, cairo);
  cairo_surface_flush (surface);
  if (cairo_status (cairo) == CAIRO_STATUS_SUCCESS)
    return g_steal_pointer (&bitmap);
  g_debug ("cairo: %s", cairo_status_to_string (cairo_status (cairo)));
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
               _ ("Page %u of the PDF cannot be drawn."), MAX (leaf, 1));
  return NULL;
}

YzBitmap *
yz_pdf_decode (
    const guint8 *data, gsize length, guint leaf, int longest, YzPdfLeaf *out_leaf, GError **error)
{
  g_autoptr (Document) document = NULL;
  g_autoptr (Leaf) page = NULL;
  double scale = 1;

  g_return_val_if_fail (longest >= 0, NULL);
  g_return_val_if_fail (out_leaf != NULL, NULL);

  document = open_document (data, length, error);
  page = document != NULL ? open_leaf (document, leaf, error) : NULL;
  if (page == NULL || !check_fonts (document, leaf, error) ||
      !measure_leaf (page, leaf, out_leaf, error))
    return NULL;
  if (longest > 0)
    scale = MIN (1, (double) longest / MAX (out_leaf->width, out_leaf->height));
  return draw (page, leaf, MAX (1, (int) lround (out_leaf->width * scale)),
               MAX (1, (int) lround (out_leaf->height * scale)), error);
}

/* The pictures of a leaf: how much of it they cover, and with how many pixels. */
typedef struct {
  double area;   /* square points */
  double pixels; /* of all */
  double
      finest; /* pixels a square point of a picture that covers the leaf by itself; 0 none does */
} Pictures;

static void
add_picture (PopplerPage *page, const PopplerImageMapping *item, double leaf, Pictures *pictures)
{
  g_autoptr (cairo_surface_t) picture = poppler_page_get_image (page, item->image_id);
  const double area = fabs ((item->area.x2 - item->area.x1) * (item->area.y2 - item->area.y1));
  double pixels = 0;

  if (picture == NULL || !(area > 0))
    return;
  pixels =
      (double) cairo_image_surface_get_width (picture) * cairo_image_surface_get_height (picture);
  pictures->area += area;
  pictures->pixels += pixels;
  if (area >= COVER * leaf)
    pictures->finest = MAX (pictures->finest, pixels / area);
}

guint
yz_pdf_measure_dpi (const guint8 *data, gsize length, guint leaf)
{
  g_autoptr (Document) document = open_document (data, length, NULL);
  g_autoptr (Leaf) page = document != NULL ? open_leaf (document, leaf, NULL) : NULL;
  g_autoptr (Mapping) mapping = page != NULL ? poppler_page_get_image_mapping (page) : NULL;
  Pictures pictures = { 0 };
  double width = 0;
  double height = 0;

  if (mapping == NULL || g_list_length (mapping) > MOST_PICTURES)
    return 0;
  poppler_page_get_size (page, &width, &height);
  for (const GList *at = mapping; at != NULL; at = at->next)
    add_picture (page, at->data, width * height, &pictures);
  if (pictures.finest > 0)
    return (guint) lround (sqrt (pictures.finest) * POINTS);
  /* Some scanners cut a page into strips. */
  return pictures.area >= COVER * width * height
             ? (guint) lround (sqrt (pictures.pixels / pictures.area) * POINTS)
             : 0;
}

void
yz_pdf_refuse_foreign_fonts (void)
{
  own_fonts_only = TRUE;
}

void
yz_pdf_warm_up (void)
{
  /* Without a table of its objects: the library finds them. */
  static const char LEAF[] =
      "%PDF-1.4\n"
      "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
      "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
      "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
      "/Resources<</Font<</A 5 0 R/B 6 0 R>>>>>> endobj\n"
      "4 0 obj <</Length 52>> stream\n"
      "BT /A 9 Tf 9 9 Td (A) Tj /B 9 Tf 9 9 Td <D2BB> Tj ET \n"
      "endstream endobj\n"
      "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n"
      "6 0 obj <</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H"
      "/DescendantFonts[7 0 R]>> endobj\n"
      "7 0 obj <</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun"
      "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
      "/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4>>>> endobj\n"
      "trailer <</Root 1 0 R>>\n%%EOF\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (Leaf) page = NULL;
  g_autoptr (YzBitmap) bitmap = NULL;

  g_return_if_fail (warm == NULL);

  warm = open_document ((const guint8 *) LEAF, sizeof LEAF - 1, &error);
  page = warm != NULL ? open_leaf (warm, 1, &error) : NULL;
  bitmap = page != NULL ? draw (page, 1, 99, 99, &error) : NULL;
  if (bitmap == NULL)
    g_debug ("nothing is warm: %s", error->message);
}
