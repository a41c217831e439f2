/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The official calendar: which days are working days in China. Immutable, pure.
 */
typedef struct _YzCalendar YzCalendar;

YzCalendar *yz_calendar_parse (const char *csv, gsize length, GError **error);
YzCalendar *yz_calendar_load (const char *path, GError **error);
YzCalendar *yz_calendar_ref (YzCalendar *self);
void yz_calendar_unref (YzCalendar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzCalendar, yz_calendar_unref)

gboolean yz_calendar_is_working_day (const YzCalendar *self, const GDate *day);
gboolean yz_calendar_has_year (const YzCalendar *self, guint year);
const char *yz_calendar_get_day_name (const YzCalendar *self,
                                      const GDate *day); /* (nullable) "春节" */
guint yz_calendar_get_first_year (const YzCalendar *self);
guint yz_calendar_get_last_year (const YzCalendar *self);

G_END_DECLS
