/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A material: one kind of original that a matter demands.
 */
typedef struct {
  const char *id;        /* short id, unique inside the matter: "birth-certificate" */
  const char *name;      /* in the reader's language */
  const char *condition; /* (nullable): "only if the parents divorced before registration" */
  gboolean required;     /* demanded without condition */
  gboolean later;        /* may follow after acceptance */
  guint pages;           /* expected pages, 0 if unknown */
  guint dpi;             /* least effective resolution, 200, or 300 for seals and certificates */
  gboolean colour;       /* must be kept in colour */
} YzMaterial;

/*
 * A fact the form asks for, as the matter lists it.
 */
typedef struct {
  const char *id;    /* "new-address" */
  const char *label; /* in the reader's language */
  const char *kind;  /* "text", "date", "id-number", "phone" */
  gboolean required;
} YzFactField;

/*
 * A matter: what can be applied for. Immutable, reference-counted; read its fields.
 */
typedef struct {
  const char *code;       /* "M20" */
  const char *name;       /* in the reader's language */
  const char *name_cn;    /* always Chinese, for papers and search */
  const char *initials;   /* pinyin initials of the Chinese name, lower case: "csqy" */
  const char *group;      /* group title in the reader's language */
  const char *flow;       /* flow code, "bureau"; NULL for a reason row that needs a scope */
  const char *level;      /* "station", "county", "prefecture", "scope" */
  guint limit;            /* promised total, 0 means on the spot */
  gboolean calendar_days; /* limit counts calendar days, not working days */
  const char *basis;      /* legal basis */
  const char *grade;      /* evidence grade "Z", "N", "C", "S", "P" */
  gboolean confirmed;     /* FALSE for grade C: shown as "unconfirmed locally" */
  const char *result;     /* result document */
  const char *const *sources;
  GPtrArray *materials; /* (element-type YzMaterial) */
  GPtrArray *facts;     /* (element-type YzFactField) */
  const char *text;     /* the definition itself, as published */
} YzMatter;

YzMatter *yz_matter_new (const char *code); /* for the reader of definition files */
YzMatter *yz_matter_ref (YzMatter *self);
void yz_matter_unref (YzMatter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzMatter, yz_matter_unref)

const YzMaterial *yz_matter_find_material (const YzMatter *self, const char *id_or_name_or_number);

YzMatter *yz_matter_parse (const char *code, const char *text, gsize length, GError **error);

/* The catalogue: all matters of a folder and those that override it. */
GPtrArray *yz_matter_load_folders (const char *const *folders, GError **error);

/* TRUE when @typed is the code's beginning, part of the name or the pinyin initials' beginning. */
gboolean yz_matter_matches (const YzMatter *self, const char *typed);

G_END_DECLS
