/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/document.h"

#include "capture/darkroom-order.h"
#include "capture/page-parcel.h"

static gpointer
unpack_leaves (GVariant *details, const guint8 *memory, GError **error)
{
  guint leaves = 0;

  return yz_parcel_unpack_leaves (details, &leaves, error) ? GUINT_TO_POINTER (leaves) : NULL;
}

static void
free_nothing (gpointer leaves)
{
}

static const YzDarkroomOrder LEAVES = { "leaves", "leaves", unpack_leaves, free_nothing };

static GVariant *
pack (GBytes *original)
{
  const YzDevelopment development = { 0 };

  return yz_parcel_pack_order (&development, g_bytes_get_size (original));
}

void
yz_document_count_async (YzDarkroom *darkroom,
                         GBytes *original,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (original != NULL);

  yz_darkroom_order_async (darkroom, &LEAVES, original, pack (original), cancellable, callback,
                           user_data);
}

guint
yz_document_count_finish (YzDarkroom *darkroom, GAsyncResult *result, GError **error)
{
  return GPOINTER_TO_UINT (yz_darkroom_order_finish (darkroom, result, error));
}

guint
yz_document_count (YzDarkroom *darkroom, GBytes *original, GError **error)
{
  g_return_val_if_fail (original != NULL, 0);

  return GPOINTER_TO_UINT (yz_darkroom_order (darkroom, &LEAVES, original, pack (original), error));
}
