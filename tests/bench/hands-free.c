/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Plays pages that come and go under the camera through the darkroom's eyes and the auto-capture,
 * and counts what it takes twice, blurred, or not at all. The goal is 1 % each. */

#include "tests/support/hands-free.h"

#include <stdlib.h>

#define N_PAGES 100
#define LONGEST 800
#define SEED 23

int
main (int argc, char **argv)
{
  const guint n = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : N_PAGES;
  const guint32 seed = argc > 2 ? (guint32) strtoul (argv[2], NULL, 10) : SEED;
  const YzHandsFree seen = yz_hands_free_play (seed, n, LONGEST);

  g_print ("%u pages: %u taken; twice %.1f %%, blurred or touched %.1f %%, missed %.1f %%\n", n,
           seen.taken, 100.0 * seen.twice / MAX (seen.taken, 1),
           100.0 * seen.unfit / MAX (seen.taken, 1), 100.0 * seen.missed / MAX (n, 1));
  return 0;
}
