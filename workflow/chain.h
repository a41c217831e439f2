/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The chain: each event of a dossier carries the digest of the one before it, so that none can be
 * changed, moved or taken out unnoticed. Pure, and the same for every engine.
 *
 * Framing: the fields in the order of YzLink; before each its length in bytes, eight bytes big
 * endian. Numbers are written as decimal text. The first event's previous digest is 64 zeros.
 */
typedef struct {
  const char *previous; /* hex */
  const char *dossier;
  guint seq;
  gint64 at;
  const char *actor;
  const char *role;
  const char *unit;
  const char *action;
  const char *from;
  const char *to;
  const char *note;
  const char *basis;
  const char *payload;
} YzLink;

#define YZ_CHAIN_START "0000000000000000000000000000000000000000000000000000000000000000"

/* Returns: (transfer full): the link's own digest, hex. NULL texts count as empty. */
char *yz_chain_digest (const YzLink *link);

G_END_DECLS
