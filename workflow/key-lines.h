/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The groups and keys of a key file with the lines on which they stand. GKeyFile reads the values
 * but forgets the lines and merges what is written twice; an administrator who wrote a rule twice
 * wants to be told where.
 */
typedef struct {
  char *name; /* what stands between the brackets */
  guint line;
  GHashTable *keys; /* "Name", "Name[zh_CN]" → line as GUINT_TO_POINTER */
} YzKeyGroup;

typedef struct {
  GPtrArray *groups; /* (element-type YzKeyGroup), in file order */
} YzKeyLines;

/* Called for everything that is no key file. */
typedef void (*YzKeyComplain) (gpointer data, guint line, const char *sentence);

YzKeyLines *
yz_key_lines_scan (const char *text, gsize length, YzKeyComplain complain, gpointer data);
guint yz_key_group_get_line (const YzKeyGroup *group, const char *key);
void yz_key_lines_free (YzKeyLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzKeyLines, yz_key_lines_free)

G_END_DECLS
