/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Settings of this desk, as the schema cn.yizhan.Yizhan describes them. They are kept even on a
 * machine without a settings service: then in a file of this login's own.
 */

/**
 * yz_settings_start:
 * @schemadir: (nullable): where the program was installed, looked at when the system does not know
 *   the schema
 *
 * Once per program, before the first yz_settings_get(). Without a schema every setting has its
 * built-in value and nothing is remembered.
 */
void yz_settings_start (const char *schemadir);

typedef enum {
  YZ_RECEIPT_PDF,   /* into the documents folder */
  YZ_RECEIPT_PRINT, /* ask for a printer */
  YZ_RECEIPT_NONE,  /* only offered */
} YzReceiptSetting;

GSettings *yz_settings_get (void); /* (transfer none) (nullable) */
char *yz_settings_get_camera (void);
guint yz_settings_get_idle_minutes (void);
YzReceiptSetting yz_settings_get_receipt (void);
gboolean yz_settings_get_auto_capture (void);
void yz_settings_set_auto_capture (gboolean on);
char *yz_settings_get_last_login (void);
void yz_settings_set_last_login (const char *login);

/* The case @login had open in the store at @location; (transfer full) (nullable) */
char *yz_settings_get_last_case (const char *location, const char *login);
/* (nullable) @number: none is open any more. On disk when this returns. */
void yz_settings_set_last_case (const char *location, const char *login, const char *number);

G_END_DECLS
