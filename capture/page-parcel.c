/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-parcel.h"

#include "capture/capture-error.h"

#include <math.h>
#include <string.h>

#define ALIGNMENT 64
#define MOST_OUTLINES 64
#define MOST_LEAVES 10000
#define MOST_WORDS (16 << 20) /* bytes of a reading */
#define FAR_AWAY 1e6          /* pixels: no corner is there */

static void
add_order (GVariantBuilder *builder, const YzDevelopment *development, gsize length)
{
  g_variant_builder_add (builder, "{sv}", "length", g_variant_new_uint64 (length));
  g_variant_builder_add (builder, "{sv}", "what", g_variant_new_uint32 (development->what));
  g_variant_builder_add (builder, "{sv}", "rotation", g_variant_new_uint32 (development->rotation));
  g_variant_builder_add (builder, "{sv}", "longest", g_variant_new_uint32 (development->longest));
  g_variant_builder_add (builder, "{sv}", "leaf", g_variant_new_uint32 (development->leaf));
  g_variant_builder_add (builder, "{sv}", "span",
                         g_variant_new ("(dd)", development->across, development->down));
  if (development->has_corners)
    g_variant_builder_add (builder, "{sv}", "corners",
                           g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, development->corners,
                                                      8, sizeof (double)));
}

GVariant *
yz_parcel_pack_order (const YzDevelopment *development, gsize length)
{
  GVariantBuilder details;

  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  add_order (&details, development, length);
  return g_variant_builder_end (&details);
}

GVariant *
yz_parcel_pack_reading_order (const YzDevelopment *development, YzRead what, gsize length)
{
  GVariantBuilder details;

  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  add_order (&details, development, length);
  g_variant_builder_add (&details, "{sv}", "read", g_variant_new_uint32 (what));
  return g_variant_builder_end (&details);
}

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
               "a message of the darkroom is not of the agreed form: %s", what);
  return FALSE;
}

static gboolean
copy_corners (GVariant *array, double out[8])
{
  gsize n = 0;
  const double *values = g_variant_get_fixed_array (array, &n, sizeof (double));

  if (n != 8)
    return FALSE;
  for (guint i = 0; i < 8; i++) {
    if (!(fabs (values[i]) < FAR_AWAY))
      return FALSE;
    out[i] = values[i];
  }
  return TRUE;
}

gboolean
yz_parcel_unpack_order (GVariant *details,
                        YzDevelopment *out_development,
                        gsize *out_length,
                        GError **error)
{
  g_autoptr (GVariant) corners = g_variant_lookup_value (details, "corners", G_VARIANT_TYPE ("ad"));
  YzDevelopment development = { .has_corners = corners != NULL };
  guint64 length = 0;
  guint32 what = 0;

  if (!g_variant_lookup (details, "length", "t", &length) || length > YZ_PARCEL_IN)
    return refuse ("length", error);
  if (!g_variant_lookup (details, "what", "u", &what) ||
      !g_variant_lookup (details, "rotation", "u", &development.rotation) ||
      !g_variant_lookup (details, "longest", "u", &development.longest) ||
      !g_variant_lookup (details, "leaf", "u", &development.leaf) ||
      !g_variant_lookup (details, "span", "(dd)", &development.across, &development.down) ||
      !(development.across >= 0 && development.across < FAR_AWAY) ||
      !(development.down >= 0 && development.down < FAR_AWAY) || development.longest > G_MAXINT / 8)
    return refuse ("order", error);
  if (corners != NULL && !copy_corners (corners, development.corners))
    return refuse ("corners", error);
  development.what = (YzDevelop) what;
  *out_development = development;
  *out_length = length;
  return TRUE;
}

gboolean
yz_parcel_unpack_reading_order (GVariant *details,
                                YzDevelopment *out_development,
                                YzRead *out_what,
                                gsize *out_length,
                                GError **error)
{
  guint32 what = 0;

  if (!g_variant_lookup (details, "read", "u", &what))
    return refuse ("reading", error);
  if (!yz_parcel_unpack_order (details, out_development, out_length, error))
    return FALSE;
  *out_what = (YzRead) what;
  return TRUE;
}

/* The memory while a page is packed. */
typedef struct {
  guint8 *memory;
  gsize used;
} Room;

static gboolean
store (Room *room, GBytes *bytes, gsize *out_offset, GError **error)
{
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  const gsize start = (room->used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

  if (start > YZ_PARCEL_SIZE || size > YZ_PARCEL_SIZE - start) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                         "the pictures do not fit into the shared memory");
    return FALSE;
  }
  memcpy (room->memory + start, data, size);
  room->used = start + size;
  *out_offset = start;
  return TRUE;
}

static gboolean
store_bitmap (
    Room *room, GVariantBuilder *details, const char *key, const YzBitmap *bitmap, GError **error)
{
  gsize offset = 0;

  if (bitmap == NULL)
    return TRUE;
  if (!store (room, bitmap->pixels, &offset, error))
    return FALSE;
  g_variant_builder_add (
      details, "{sv}", key,
      g_variant_new ("(tiii)", (guint64) offset, bitmap->width, bitmap->height, bitmap->stride));
  return TRUE;
}

static GVariant *
pack_outlines (const YzPage *page)
{
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(aduud)"));
  for (guint i = 0; i < MIN (page->outlines->len, MOST_OUTLINES); i++) {
    const YzOutline *outline = &g_array_index (page->outlines, YzOutline, i);

    g_variant_builder_add (
        &list, "(@aduud)",
        g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, outline->corners, 8, sizeof (double)),
        outline->dpi, (guint32) outline->paper, outline->confidence);
  }
  return g_variant_builder_end (&list);
}

GVariant *
yz_parcel_pack_page (const YzPage *page, guint8 *memory, GError **error)
{
  g_auto (GVariantBuilder) details;
  Room room = { .used = YZ_PARCEL_IN };
  gsize offset = 0;

  room.memory = memory;
  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&details, "{sv}", "size",
                         g_variant_new ("(ii)", page->width, page->height));
  g_variant_builder_add (&details, "{sv}", "quarters", g_variant_new_uint32 (page->quarters));
  g_variant_builder_add (&details, "{sv}", "sharpness", g_variant_new_double (page->sharpness));
  g_variant_builder_add (&details, "{sv}", "skew", g_variant_new_double (page->skew));
  g_variant_builder_add (&details, "{sv}", "verdicts", g_variant_new_uint32 (page->verdicts));
  g_variant_builder_add (&details, "{sv}", "outlines", pack_outlines (page));
  if (!store_bitmap (&room, &details, "thumbnail", page->thumbnail, error) ||
      !store_bitmap (&room, &details, "picture", page->picture, error))
    return NULL;
  if (page->jpeg != NULL) {
    if (!store (&room, page->jpeg, &offset, error))
      return NULL;
    g_variant_builder_add (
        &details, "{sv}", "jpeg",
        g_variant_new ("(tt)", (guint64) offset, (guint64) g_bytes_get_size (page->jpeg)));
  }
  return g_variant_builder_end (&details);
}

static GBytes *
copy_span (const guint8 *memory, guint64 offset, guint64 size)
{
  if (offset < YZ_PARCEL_IN || offset > YZ_PARCEL_SIZE || size > YZ_PARCEL_SIZE - offset)
    return NULL;
  return g_bytes_new (memory + offset, size);
}

/* An absent picture is no fault; one that does not fit is. */
static gboolean
fetch_bitmap (GVariant *details, const char *key, const guint8 *memory, YzBitmap **out)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (details, key, G_VARIANT_TYPE ("(tiii)"));
  g_autoptr (GBytes) bytes = NULL;
  guint64 offset = 0;
  int width = 0;
  int height = 0;
  int stride = 0;

  if (value == NULL)
    return TRUE;
  g_variant_get (value, "(tiii)", &offset, &width, &height, &stride);
  if (width < 1 || height < 1 || stride < 4)
    return FALSE;
  bytes = copy_span (memory, offset, (guint64) stride * (guint64) height);
  *out = bytes != NULL ? yz_bitmap_new (bytes, width, height, stride) : NULL;
  return *out != NULL;
}

static gboolean
fetch_jpeg (GVariant *details, const guint8 *memory, GBytes **out)
{
  guint64 offset = 0;
  guint64 size = 0;

  if (!g_variant_lookup (details, "jpeg", "(tt)", &offset, &size))
    return TRUE;
  *out = copy_span (memory, offset, size);
  return *out != NULL;
}

static gboolean
fetch_outlines (GVariant *details, YzPage *page)
{
  g_autoptr (GVariant) list =
      g_variant_lookup_value (details, "outlines", G_VARIANT_TYPE ("a(aduud)"));
  g_autoptr (GArray) outlines = g_array_new (FALSE, TRUE, sizeof (YzOutline));

  if (list == NULL || g_variant_n_children (list) > MOST_OUTLINES)
    return FALSE;
  for (gsize i = 0; i < g_variant_n_children (list); i++) {
    g_autoptr (GVariant) corners = NULL;
    YzOutline outline = { 0 };
    guint32 paper = 0;

    g_variant_get_child (list, i, "(@aduud)", &corners, &outline.dpi, &paper, &outline.confidence);
    if (!copy_corners (corners, outline.corners) ||
        !(outline.confidence >= 0 && outline.confidence <= 1) || paper > YZ_PAPER_BOOKLET)
      return FALSE;
    outline.paper = (YzPaper) paper;
    g_array_append_val (outlines, outline);
  }
  yz_page_take_outlines (page, g_steal_pointer (&outlines));
  return TRUE;
}

YzPage *
yz_parcel_unpack_page (GVariant *details, const guint8 *memory, GError **error)
{
  g_autoptr (YzPage) page = yz_page_new ();
  guint32 verdicts = 0;

  if (!g_variant_lookup (details, "size", "(ii)", &page->width, &page->height) || page->width < 1 ||
      page->height < 1) {
    refuse ("size", error);
    return NULL;
  }
  if (!g_variant_lookup (details, "sharpness", "d", &page->sharpness) ||
      !(page->sharpness >= 0 && page->sharpness <= 1) ||
      !g_variant_lookup (details, "skew", "d", &page->skew) || !(fabs (page->skew) <= 45) ||
      !g_variant_lookup (details, "verdicts", "u", &verdicts)) {
    refuse ("verdicts", error);
    return NULL;
  }
  page->verdicts = (YzVerdict) verdicts;
  if (!g_variant_lookup (details, "quarters", "u", &page->quarters) || page->quarters > 3) {
    refuse ("quarters", error);
    return NULL;
  }
  if (!fetch_outlines (details, page)) {
    refuse ("outlines", error);
    return NULL;
  }
  if (!fetch_bitmap (details, "thumbnail", memory, &page->thumbnail) || page->thumbnail == NULL ||
      !fetch_bitmap (details, "picture", memory, &page->picture) ||
      !fetch_jpeg (details, memory, &page->jpeg)) {
    refuse ("pictures", error);
    return NULL;
  }
  return g_steal_pointer (&page);
}

GVariant *
yz_parcel_pack_leaves (guint leaves)
{
  GVariantBuilder details;

  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&details, "{sv}", "leaves", g_variant_new_uint32 (leaves));
  return g_variant_builder_end (&details);
}

gboolean
yz_parcel_unpack_leaves (GVariant *details, guint *out_leaves, GError **error)
{
  guint32 leaves = 0;

  if (!g_variant_lookup (details, "leaves", "u", &leaves) || leaves < 1 || leaves > MOST_LEAVES)
    return refuse ("leaves", error);
  *out_leaves = leaves;
  return TRUE;
}

/* Words can be more than a message holds: they lie in the memory, serialised. */
GVariant *
yz_parcel_pack_reading (const YzReading *reading, guint8 *memory, GError **error)
{
  g_autoptr (GVariant) packed = g_variant_ref_sink (yz_reading_pack (reading));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (packed);
  GVariantBuilder details;
  Room room = { .used = YZ_PARCEL_IN };
  gsize offset = 0;

  room.memory = memory;
  if (!store (&room, bytes, &offset, error))
    return NULL;
  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (
      &details, "{sv}", "reading",
      g_variant_new ("(tt)", (guint64) offset, (guint64) g_bytes_get_size (bytes)));
  return g_variant_builder_end (&details);
}

YzReading *
yz_parcel_unpack_reading (GVariant *details, const guint8 *memory, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) packed = NULL;
  guint64 offset = 0;
  guint64 size = 0;

  if (g_variant_lookup (details, "reading", "(tt)", &offset, &size) && size <= MOST_WORDS)
    bytes = copy_span (memory, offset, size);
  if (bytes == NULL) {
    refuse ("reading", error);
    return NULL;
  }
  packed = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (YZ_READING_FORM), bytes, FALSE));
  return yz_reading_unpack (packed, error);
}
