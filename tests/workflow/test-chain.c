/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/chain.h"

static YzLink
make_link (void)
{
  return (YzLink){
    .previous = YZ_CHAIN_START,
    .dossier = "W01-2026-000001",
    .seq = 1,
    .at = G_GINT64_CONSTANT (1764000000000000),
    .actor = "clerk",
    .role = "clerk",
    .unit = "W01",
    .action = "create",
    .from = "",
    .to = "draft",
    .note = "",
    .basis = "",
    .payload = "{}",
  };
}

/* The framing is written down in chain.h; another engine must come to this very digest. */
static void
test_framing (void)
{
  YzLink link = make_link ();
  g_autofree char *digest = yz_chain_digest (&link);

  g_assert_cmpstr (digest, ==, "28cdab5fdaa963a6d0fad063123f95a5c3bddd1c27845ae9e4c7a625ce732dd6");
}

static void
test_every_field (void)
{
  YzLink link = make_link ();
  g_autofree char *before = yz_chain_digest (&link);
  const char **texts[] = { &link.previous, &link.dossier, &link.actor,  &link.role,
                           &link.unit,     &link.action,  &link.from,   &link.to,
                           &link.note,     &link.basis,   &link.payload };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *keep = *texts[i];
    g_autofree char *after = NULL;

    *texts[i] = "another";
    after = yz_chain_digest (&link);
    g_assert_cmpstr (after, !=, before);
    *texts[i] = keep;
  }
  {
    g_autofree char *seq = (link.seq++, yz_chain_digest (&link));
    g_autofree char *at = (link.seq--, link.at++, yz_chain_digest (&link));

    g_assert_cmpstr (seq, !=, before);
    g_assert_cmpstr (at, !=, before);
  }
}

/* "ab" + "c" and "a" + "bc" are different events. */
static void
test_borders (void)
{
  YzLink one = make_link ();
  YzLink other = make_link ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  one.note = "ab";
  one.basis = "c";
  other.note = "a";
  other.basis = "bc";
  first = yz_chain_digest (&one);
  second = yz_chain_digest (&other);
  g_assert_cmpstr (first, !=, second);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chain/framing-is-as-written-down", test_framing);
  g_test_add_func ("/chain/every-field-counts", test_every_field);
  g_test_add_func ("/chain/fields-keep-their-borders", test_borders);
  return g_test_run ();
}
