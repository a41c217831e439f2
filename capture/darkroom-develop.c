/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/darkroom-order.h"

/* What most ask of the darkroom: a picture, said in as many words. */

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
