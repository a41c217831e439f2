/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The packets of PTP/IP (CIPA DC-005) and the datasets of PTP (ISO 15740) that the responder needs.
 */

typedef enum {
  YZ_PTPIP_INIT_COMMAND = 1,
  YZ_PTPIP_INIT_COMMAND_ACK = 2,
  YZ_PTPIP_INIT_EVENT = 3,
  YZ_PTPIP_INIT_EVENT_ACK = 4,
  YZ_PTPIP_INIT_FAIL = 5,
  YZ_PTPIP_REQUEST = 6,
  YZ_PTPIP_RESPONSE = 7,
  YZ_PTPIP_EVENT = 8,
  YZ_PTPIP_START_DATA = 9,
  YZ_PTPIP_DATA = 10,
  YZ_PTPIP_END_DATA = 12,
} YzPtpipType;

void yz_put8 (GByteArray *array, guint8 value);
void yz_put16 (GByteArray *array, guint16 value);
void yz_put32 (GByteArray *array, guint32 value);
void yz_put64 (GByteArray *array, guint64 value);
void yz_put_string (GByteArray *array, const char *ascii);   /* as PTP writes it: counted UCS-2 */
void yz_put_codes (GByteArray *array, const guint16 *codes); /* until 0 */
guint16 yz_get16 (const GByteArray *array, gsize offset);    /* 0 beyond the end */
guint32 yz_get32 (const GByteArray *array, gsize offset);

/* Whole packets on a blocking socket; FALSE when the other side is gone. */
gboolean yz_ptpip_send (int socket, YzPtpipType type, const GByteArray *payload);
/* (transfer full) (nullable) the payload */
GByteArray *yz_ptpip_receive (int socket, YzPtpipType *out_type);
gboolean yz_ptpip_send_all (int socket, const void *data, gsize length);

/* Datasets. (transfer full) */
GByteArray *yz_ptp_device_info (gboolean nikon, gboolean blocks);
GByteArray *yz_ptp_object_info (const char *name, guint32 size);
GByteArray *yz_ptp_storage_info (void);
GByteArray *yz_ptp_stream_info (guint32 largest);
/* Of the settings that the camera has; NULL for another. */
GByteArray *yz_ptp_property_info (guint16 code, guint32 current);
guint yz_ptp_property_size (guint16 code); /* bytes of its value, 0 unknown */

G_END_DECLS
