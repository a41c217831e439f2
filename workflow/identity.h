/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Citizen numbers (GB 11643-1999): shape, birth date, sex, check character, historical region.
 */
typedef enum {
  YZ_SEX_UNKNOWN = 0,
  YZ_SEX_MALE = 1,
  YZ_SEX_FEMALE = 2,
} YzSex;

typedef struct {
  char number[19]; /* normalised: half-width, X upper case */
  GDate birth;
  YzSex sex;
  gboolean region_known; /* FALSE is a warning, never an error */
  char region[64];       /* name of the region, empty when unknown */
} YzIdentity;

/**
 * yz_identity_check:
 * @typed: what the clerk typed; full-width digits and lower-case x are converted
 * @today: for rule A03
 * @out: (out): the number taken apart
 *
 * Returns: FALSE with YZ_WORKFLOW_ERROR_INVALID and a sentence when rules A01, A02 or A03 of the
 * intake checks are broken.
 */
gboolean yz_identity_check (const char *typed, const GDate *today, YzIdentity *out, GError **error);
char *yz_identity_mask (const char *number); /* "330481********0013" */

G_END_DECLS
