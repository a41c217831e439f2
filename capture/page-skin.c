/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-skin.h"

#define DARKEST 50.0F /* levels: darker has no colour to speak of */
#define CB_FROM (-51.0F)
#define CB_TO (-4.0F)
#define CR_FROM 8.0F
#define CR_TO 45.0F

gboolean
yz_skin_is_likely (float light, float cb, float cr)
{
  return light > DARKEST && cb >= CB_FROM && cb <= CB_TO && cr >= CR_FROM && cr <= CR_TO;
}
