/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/office.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The pages there are: who may see each, and how the window talks to it.
 */
typedef struct {
  const char *name;  /* of the page, and of its actions */
  const char *title; /* N_() */
  const char *const roles[8];
  GtkWidget *(*make) (YzOffice *office);
  GActionGroup *(*get_actions) (GtkWidget *page);
  void (*set_shown) (GtkWidget *page, gboolean shown);
} YzPageKind;

guint yz_pages_count (void);
const YzPageKind *yz_pages_get (guint index);
const YzPageKind *yz_pages_find (const char *name); /* (nullable) */
gboolean yz_pages_may_see (const YzStaff *staff, const YzPageKind *kind);
/* The page on which this person's day begins. */
const char *yz_pages_get_first (const YzStaff *staff);

G_END_DECLS
