/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/darkroom-order.h"
#include "capture/page-parcel.h"

/* What most ask of the darkroom: a picture. */

static gpointer
unpack_page (GVariant *details, const guint8 *memory, GError **error)
{
  return yz_parcel_unpack_page (details, memory, error);
}

static void
free_page (gpointer page)
{
  yz_page_unref (page);
}

#define DEVELOP .verb = "develop", .answer = "page", .unpack = unpack_page, .free_result = free_page
static const YzDarkroomOrder ORDERS[2][2] = {
  { { DEVELOP }, { DEVELOP, .preview = TRUE } },
  { { DEVELOP, .finds = TRUE }, { DEVELOP, .finds = TRUE, .preview = TRUE } },
};
#undef DEVELOP

static const YzDarkroomOrder *
choose_order (YzDevelop what)
{
  const gboolean finds = (what & (YZ_DEVELOP_FIND | YZ_DEVELOP_ELSEWHERE)) == YZ_DEVELOP_FIND;
  const gboolean preview = (what & YZ_DEVELOP_PREVIEW) != 0;

  return &ORDERS[finds][preview];
}

/* The mat is this darkroom's, unless the order brings a measure of its own. */
static GVariant *
pack (YzDarkroom *self, GBytes *original, const YzDevelopment *development)
{
  YzDevelopment order = *development;

  if (order.across <= 0 || order.down <= 0)
    yz_darkroom_get_span (self, &order.across, &order.down);
  return yz_parcel_pack_order (&order, g_bytes_get_size (original));
}

void
yz_darkroom_develop_leaf_async (YzDarkroom *self,
                                GBytes *original,
                                const YzDevelopment *development,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (YZ_IS_DARKROOM (self));
  g_return_if_fail (original != NULL && development != NULL);

  yz_darkroom_order_async (self, choose_order (development->what), original,
                           pack (self, original, development), cancellable, callback, user_data);
}

YzPage *
yz_darkroom_develop_leaf (YzDarkroom *self,
                          GBytes *original,
                          const YzDevelopment *development,
                          GError **error)
{
  g_return_val_if_fail (YZ_IS_DARKROOM (self), NULL);
  g_return_val_if_fail (original != NULL && development != NULL, NULL);

  return yz_darkroom_order (self, choose_order (development->what), original,
                            pack (self, original, development), error);
}

static YzDevelopment
describe (YzDevelop what, const double *corners, guint rotation, guint longest)
{
  YzDevelopment development = {
    .what = what, .has_corners = corners != NULL, .rotation = rotation, .longest = longest
  };

  for (guint i = 0; corners != NULL && i < 8; i++)
    development.corners[i] = corners[i];
  return development;
}

void
yz_darkroom_develop_async (YzDarkroom *self,
                           GBytes *original,
                           YzDevelop what,
                           const double *corners,
                           guint rotation,
                           guint longest,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  const YzDevelopment development = describe (what, corners, rotation, longest);

  yz_darkroom_develop_leaf_async (self, original, &development, cancellable, callback, user_data);
}

YzPage *
yz_darkroom_develop_finish (YzDarkroom *self, GAsyncResult *result, GError **error)
{
  return yz_darkroom_order_finish (self, result, error);
}

YzPage *
yz_darkroom_develop (YzDarkroom *self,
                     GBytes *original,
                     YzDevelop what,
                     const double *corners,
                     guint rotation,
                     guint longest,
                     GError **error)
{
  const YzDevelopment development = describe (what, corners, rotation, longest);

  return yz_darkroom_develop_leaf (self, original, &development, error);
}
