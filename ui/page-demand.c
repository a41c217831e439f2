/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/page-demand.h"

#include <string.h>

#define SLACK 0.95 /* a paper's size is told to a few hundredths */

/* Both sides may lie in one picture, and copies of the card lie on A4: only a large sheet is
 * certainly none. */
static gboolean
is_other_size (const YzMaterial *material, YzPaper paper)
{
  const gboolean wants_card = g_str_has_prefix (material->id, "identity-card");

  if (paper == YZ_PAPER_UNKNOWN)
    return FALSE;
  if (wants_card)
    return paper != YZ_PAPER_ID_CARD;
  /* Permits and licences are cards too. */
  return paper == YZ_PAPER_ID_CARD && strstr (material->id, "card") == NULL &&
         strstr (material->id, "permit") == NULL && strstr (material->id, "licence") == NULL;
}

YzVerdict
yz_page_demand_judge (const YzMaterial *material, const YzPage *page)
{
  YzVerdict verdicts = YZ_VERDICT_NONE;

  if (material == NULL || !page->found)
    return verdicts;
  if (page->dpi > 0 && page->dpi < SLACK * material->dpi)
    verdicts |= YZ_VERDICT_COARSE;
  if (is_other_size (material, page->paper))
    verdicts |= YZ_VERDICT_UNEXPECTED;
  return verdicts;
}
