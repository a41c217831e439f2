/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"

G_BEGIN_DECLS

/*
 * A kind of work for the helper, for those parts of capture that stand on the darkroom's queue: one
 * order, one answer, and how the answer is read. Lives as long as the program.
 */
typedef struct {
  const char *verb;
  const char *answer;
  /* (transfer full) (nullable): what the answer says, PROTOCOL when it is not of the agreed form;
   * @memory is what both sides have mapped. Runs on the darkroom's thread. */
  gpointer (*unpack) (GVariant *details, const guint8 *memory, GError **error);
  GDestroyNotify free_result;
  gboolean finds;   /* compares a picture with the empty mat */
  gboolean preview; /* overtakes what waits, but never two in a row */
} YzDarkroomOrder;

/* As yz_darkroom_set_span() was told. */
void yz_darkroom_get_span (YzDarkroom *self, double *out_across, double *out_down);

/**
 * yz_darkroom_order_async:
 * @original: what the helper finds in the memory; a document goes to a helper of its own
 * @details: (transfer floating): of the order
 *
 * Orders come back in their turn. Errors as yz_darkroom_develop_async() has them.
 */
void yz_darkroom_order_async (YzDarkroom *self,
                              const YzDarkroomOrder *order,
                              GBytes *original,
                              GVariant *details,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gpointer yz_darkroom_order_finish (YzDarkroom *self, GAsyncResult *result, GError **error);
/* The same, blocking. */
gpointer yz_darkroom_order (YzDarkroom *self,
                            const YzDarkroomOrder *order,
                            GBytes *original,
                            GVariant *details,
                            GError **error);

G_END_DECLS
