/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"
#include "workflow/deadline.h"
#include "workflow/desk.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * yizhanctl: the use cases without a window. What one call carries from command to command: the
 * global options, the desk once a command asked for it, and where the answer goes.
 */
typedef struct {
  char *store;
  char *login;
  char *password_file;
  gboolean json;
  YzDesk *desk;         /* (nullable) */
  YzDarkroom *darkroom; /* (nullable) */
} YzCtl;

/* Wrong use of the program: exit code 2. Everything else is a refusal (1) or a fault (3). */
#define YZ_CTL_ERROR (yz_ctl_error_quark ())
GQuark yz_ctl_error_quark (void);
typedef enum {
  YZ_CTL_ERROR_USAGE,
  YZ_CTL_ERROR_REFUSED,
  YZ_CTL_ERROR_FAULT,
} YzCtlError;

/* A command gets its own words: options are parsed out of @argv by yz_ctl_parse(). */
typedef gboolean (*YzCtlRun) (YzCtl *self, int argc, char **argv, GError **error);

typedef struct {
  const char *words; /* "dossier new", NULL ends a table */
  const char *usage;
  const char *summary; /* one sentence, to be translated */
  YzCtlRun run;
} YzCtlCommand;

extern const YzCtlCommand yz_ctl_rule_commands[];
extern const YzCtlCommand yz_ctl_picture_commands[];
extern const YzCtlCommand yz_ctl_store_commands[];
extern const YzCtlCommand yz_ctl_dossier_commands[];

gboolean yz_ctl_parse (const char *usage,
                       const GOptionEntry *entries,
                       int *argc,
                       char ***argv,
                       int least,
                       int most,
                       GError **error);

const char *yz_ctl_get_store (YzCtl *self);
char *yz_ctl_read_password (YzCtl *self, GError **error);
YzDesk *yz_ctl_open (YzCtl *self, GError **error);    /* nobody signed in */
YzDesk *yz_ctl_sign_in (YzCtl *self, GError **error); /* --as signed in */
YzDarkroom *yz_ctl_get_darkroom (YzCtl *self);

void yz_ctl_print_json (JsonBuilder *builder);
/* Names and values in turn, as one object of strings; ends with NULL. */
void yz_ctl_print_pair (const char *name, const char *value, ...) G_GNUC_NULL_TERMINATED;
void yz_ctl_add_string (JsonBuilder *builder, const char *name, const char *value);
void yz_ctl_add_time (JsonBuilder *builder, const char *name, gint64 time);

/* Writes @bytes to @path so that it is whole and on disk, or not there at all. */
gboolean yz_ctl_write_file (const char *path, GBytes *bytes, GError **error);
GBytes *yz_ctl_read_file (const char *path, GError **error);

G_END_DECLS
