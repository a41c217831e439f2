/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-reader.h"

#include "capture/darkroom-order.h"
#include "capture/page-parcel.h"

static gpointer
unpack_reading (GVariant *details, const guint8 *memory, GError **error)
{
  return yz_parcel_unpack_reading (details, memory, error);
}

static void
free_reading (gpointer reading)
{
  yz_reading_unref (reading);
}

static const YzDarkroomOrder READ = { "read", "reading", unpack_reading, free_reading };

static YzDevelopment
describe (const double *corners, guint rotation)
{
  YzDevelopment development = { .has_corners = corners != NULL, .rotation = rotation };

  for (guint i = 0; corners != NULL && i < 8; i++)
    development.corners[i] = corners[i];
  return development;
}

static GVariant *
pack (GBytes *original, YzRead what, const YzDevelopment *development)
{
  YzDevelopment picture = *development;

  picture.what = YZ_DEVELOP_PICTURE;
  return yz_parcel_pack_reading_order (&picture, what, g_bytes_get_size (original));
}

void
yz_page_reader_read_leaf_async (YzDarkroom *darkroom,
                                GBytes *original,
                                YzRead what,
                                const YzDevelopment *development,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (original != NULL && development != NULL);

  yz_darkroom_order_async (darkroom, &READ, original, pack (original, what, development),
                           cancellable, callback, user_data);
}

void
yz_page_reader_read_async (YzDarkroom *darkroom,
                           GBytes *original,
                           YzRead what,
                           const double *corners,
                           guint rotation,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  const YzDevelopment development = describe (corners, rotation);

  yz_page_reader_read_leaf_async (darkroom, original, what, &development, cancellable, callback,
                                  user_data);
}

YzReading *
yz_page_reader_read_finish (YzDarkroom *darkroom, GAsyncResult *result, GError **error)
{
  return yz_darkroom_order_finish (darkroom, result, error);
}

YzReading *
yz_page_reader_read_leaf (YzDarkroom *darkroom,
                          GBytes *original,
                          YzRead what,
                          const YzDevelopment *development,
                          GError **error)
{
  g_return_val_if_fail (original != NULL && development != NULL, NULL);

  return yz_darkroom_order (darkroom, &READ, original, pack (original, what, development), error);
}

YzReading *
yz_page_reader_read (YzDarkroom *darkroom,
                     GBytes *original,
                     YzRead what,
                     const double *corners,
                     guint rotation,
                     GError **error)
{
  const YzDevelopment development = describe (corners, rotation);

  return yz_page_reader_read_leaf (darkroom, original, what, &development, error);
}
