/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/digest.h"

#include <string.h>

/* FIPS 180-4, appendix B: the vectors of the standard. */
static void
test_vectors (void)
{
  g_autofree char *abc = yz_digest_bytes ("abc", 3);
  g_autofree char *nothing = yz_digest_bytes (NULL, 0);

  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (nothing, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
test_pieces (void)
{
  g_autoptr (YzDigest) digest = yz_digest_new ();
  g_autofree char *whole = yz_digest_bytes ("household registration", 22);
  g_autofree char *pieces = NULL;

  yz_digest_update (digest, "household ", 10);
  yz_digest_update (digest, "", 0);
  yz_digest_update (digest, "registration", 12);
  pieces = yz_digest_finish (digest);
  g_assert_cmpstr (pieces, ==, whole);
}

static void
test_hex (void)
{
  g_autofree char *good = yz_digest_bytes ("x", 1);
  g_autofree char *upper = g_ascii_strup (good, -1);

  g_assert_true (yz_digest_is_hex (good));
  g_assert_false (yz_digest_is_hex (upper));
  g_assert_false (yz_digest_is_hex ("../../etc/passwd"));
  g_assert_false (yz_digest_is_hex (good + 1));
  g_assert_false (yz_digest_is_hex (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digest/agrees-with-the-standard", test_vectors);
  g_test_add_func ("/digest/pieces-make-the-whole", test_pieces);
  g_test_add_func ("/digest/only-64-lower-case-hex-names-a-file", test_hex);
  return g_test_run ();
}
