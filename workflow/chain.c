/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/chain.h"

#include "workflow/digest.h"

#include <string.h>

static void
add_text (YzDigest *digest, const char *text)
{
  guint64 length = text != NULL ? strlen (text) : 0;
  guint64 frame = GUINT64_TO_BE (length);

  yz_digest_update (digest, &frame, sizeof frame);
  yz_digest_update (digest, text, length);
}

static void
add_number (YzDigest *digest, gint64 number)
{
  char text[24] = "";

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  add_text (digest, text);
}

char *
yz_chain_digest (const YzLink *link)
{
  g_autoptr (YzDigest) digest = yz_digest_new ();

  add_text (digest, link->previous);
  add_text (digest, link->dossier);
  add_number (digest, link->seq);
  add_number (digest, link->at);
  add_text (digest, link->actor);
  add_text (digest, link->role);
  add_text (digest, link->unit);
  add_text (digest, link->action);
  add_text (digest, link->from);
  add_text (digest, link->to);
  add_text (digest, link->note);
  add_text (digest, link->basis);
  add_text (digest, link->payload);
  return yz_digest_finish (digest);
}
