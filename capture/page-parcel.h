/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/developer.h"
#include "capture/reading.h"

G_BEGIN_DECLS

/*
 * How orders and pages cross the line between the desk and the darkroom. Pictures lie in memory
 * that both have mapped once: the first part for what goes in, the rest for what comes out;
 * messages say where. Whoever unpacks believes nothing.
 */
#define YZ_PARCEL_IN ((gsize) 64 << 20)
#define YZ_PARCEL_OUT ((gsize) 544 << 20)
#define YZ_PARCEL_SIZE (YZ_PARCEL_IN + YZ_PARCEL_OUT)

/* (transfer floating): details of an order for @length bytes at the memory's beginning. */
GVariant *yz_parcel_pack_order (const YzDevelopment *development, gsize length);

/* FALSE with PROTOCOL when the details are not of the agreed form. */
gboolean yz_parcel_unpack_order (GVariant *details,
                                 YzDevelopment *out_development,
                                 gsize *out_length,
                                 GError **error);

/**
 * yz_parcel_pack_page:
 * @memory: YZ_PARCEL_SIZE bytes
 *
 * Returns: (transfer floating) (nullable): the details, the pictures being copied into the memory;
 * NULL with UNSUPPORTED when they do not fit
 */
GVariant *yz_parcel_pack_page (const YzPage *page, guint8 *memory, GError **error);

/**
 * yz_parcel_unpack_page:
 * @memory: YZ_PARCEL_SIZE bytes; the other side may still be writing to it
 *
 * Returns: (transfer full) (nullable): the page with pictures of its own; NULL with PROTOCOL when
 * the details are not of the agreed form or point outside the memory
 */
YzPage *yz_parcel_unpack_page (GVariant *details, const guint8 *memory, GError **error);

/* How many leaves a document has. */
GVariant *yz_parcel_pack_leaves (guint leaves); /* (transfer floating) */
gboolean yz_parcel_unpack_leaves (GVariant *details, guint *out_leaves, GError **error);

/* The same for a reading: an order that says besides what is to be read, and its answer. */
GVariant *
yz_parcel_pack_reading_order (const YzDevelopment *development, YzRead what, gsize length);
gboolean yz_parcel_unpack_reading_order (GVariant *details,
                                         YzDevelopment *out_development,
                                         YzRead *out_what,
                                         gsize *out_length,
                                         GError **error);
GVariant *yz_parcel_pack_reading (const YzReading *reading, guint8 *memory, GError **error);
YzReading *yz_parcel_unpack_reading (GVariant *details, const guint8 *memory, GError **error);

G_END_DECLS
