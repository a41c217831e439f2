/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/ptpip-packets.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#define HEADER 8
#define PAYLOAD_MAX (1024 * 1024)
#define JPEG_FORMAT 0x3801

void
yz_put8 (GByteArray *array, guint8 value)
{
  g_byte_array_append (array, &value, 1);
}

void
yz_put16 (GByteArray *array, guint16 value)
{
  guint16 little = GUINT16_TO_LE (value);

  g_byte_array_append (array, (const guint8 *) &little, sizeof little);
}

void
yz_put32 (GByteArray *array, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (array, (const guint8 *) &little, sizeof little);
}

void
yz_put64 (GByteArray *array, guint64 value)
{
  guint64 little = GUINT64_TO_LE (value);

  g_byte_array_append (array, (const guint8 *) &little, sizeof little);
}

void
yz_put_string (GByteArray *array, const char *ascii)
{
  gsize length = strlen (ascii);

  yz_put8 (array, (guint8) (length == 0 ? 0 : length + 1));
  for (gsize i = 0; length > 0 && i <= length; i++)
    yz_put16 (array, (guint8) ascii[i]);
}

void
yz_put_codes (GByteArray *array, const guint16 *codes)
{
  guint32 n = 0;

  while (codes[n] != 0)
    n++;
  yz_put32 (array, n);
  for (guint32 i = 0; i < n; i++)
    yz_put16 (array, codes[i]);
}

guint16
yz_get16 (const GByteArray *array, gsize offset)
{
  guint16 value = 0;

  if (offset + sizeof value <= array->len)
    memcpy (&value, array->data + offset, sizeof value);
  return GUINT16_FROM_LE (value);
}

guint32
yz_get32 (const GByteArray *array, gsize offset)
{
  guint32 value = 0;

  if (offset + sizeof value <= array->len)
    memcpy (&value, array->data + offset, sizeof value);
  return GUINT32_FROM_LE (value);
}

gboolean
yz_ptpip_send_all (int socket, const void *data, gsize length)
{
  const char *rest = data;

  while (length > 0) {
    gssize n = send (socket, rest, length, MSG_NOSIGNAL);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    rest += n;
    length -= (gsize) n;
  }
  return TRUE;
}

gboolean
yz_ptpip_send (int socket, YzPtpipType type, const GByteArray *payload)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();

  yz_put32 (packet, HEADER + payload->len);
  yz_put32 (packet, type);
  g_byte_array_append (packet, payload->data, payload->len);
  return yz_ptpip_send_all (socket, packet->data, packet->len);
}

static gboolean
receive_all (int socket, void *data, gsize length)
{
  char *rest = data;

  while (length > 0) {
    gssize n = recv (socket, rest, length, 0);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    rest += n;
    length -= (gsize) n;
  }
  return TRUE;
}

GByteArray *
yz_ptpip_receive (int socket, YzPtpipType *out_type)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  guint32 length = 0;

  g_byte_array_set_size (packet, HEADER);
  if (!receive_all (socket, packet->data, HEADER))
    return NULL;
  length = yz_get32 (packet, 0);
  *out_type = yz_get32 (packet, 4);
  if (length < HEADER || length - HEADER > PAYLOAD_MAX)
    return NULL;
  g_byte_array_set_size (packet, length - HEADER);
  return receive_all (socket, packet->data, packet->len) ? g_steal_pointer (&packet) : NULL;
}

GByteArray *
yz_ptp_device_info (gboolean nikon, gboolean blocks)
{
  static const guint16 GENERIC[] = { 0x1001, 0x1002, 0x1003, 0x1004, 0x1005, 0x1006, 0x1007,
                                     0x1008, 0x1009, 0x100a, 0x100b, 0x100e, 0x1014, 0x1015,
                                     0x1016, 0x1024, 0x1025, 0x101b, 0 };
  static const guint16 NIKON[] = { 0x1001, 0x1002, 0x1003, 0x1004, 0x1005, 0x1006, 0x1007,
                                   0x1008, 0x1009, 0x100a, 0x100b, 0x100e, 0x1014, 0x1015,
                                   0x1016, 0x9201, 0x9202, 0x9203, 0x90c8, 0x101b, 0 };
  static const guint16 EVENTS[] = { 0x4002, 0x400d, 0 };
  static const guint16 GENERIC_PROPERTIES[] = { 0x5001, 0x500f, 0x5020, 0x5021, 0 };
  static const guint16 NIKON_PROPERTIES[] = { 0x5001, 0x500f, 0xd1a2, 0 };
  static const guint16 FORMATS[] = { JPEG_FORMAT, 0 };
  guint16 operations[G_N_ELEMENTS (NIKON)] = { 0 };
  GByteArray *info = g_byte_array_new ();
  const guint16 *all = nikon ? NIKON : GENERIC;

  /* GetPartialObject comes last in both lists. */
  for (gsize i = 0; all[i] != 0; i++)
    operations[i] = all[i] == 0x101b && !blocks ? 0 : all[i];
  yz_put16 (info, 100);
  yz_put32 (info, nikon ? 0xa : 0);
  yz_put16 (info, 100);
  yz_put_string (info, "");
  yz_put16 (info, 0);
  yz_put_codes (info, operations);
  yz_put_codes (info, EVENTS);
  yz_put_codes (info, nikon ? NIKON_PROPERTIES : GENERIC_PROPERTIES);
  yz_put_codes (info, FORMATS);
  yz_put_codes (info, FORMATS);
  yz_put_string (info, nikon ? "Nikon Corporation" : "Yizhan");
  yz_put_string (info, nikon ? "D5000" : "Loopback Camera");
  yz_put_string (info, "1.0");
  yz_put_string (info, "YZ0000042");
  return info;
}

GByteArray *
yz_ptp_object_info (const char *name, guint32 size)
{
  GByteArray *info = g_byte_array_new ();

  yz_put32 (info, 0x00010001);
  yz_put16 (info, JPEG_FORMAT);
  yz_put16 (info, 0);
  yz_put32 (info, size);
  yz_put16 (info, 0); /* no thumbnail */
  for (int i = 0; i < 7; i++)
    yz_put32 (info,
              0); /* its size, width and height; those of the picture, its depth; the parent */
  yz_put16 (info, 0);
  yz_put32 (info, 0);
  yz_put32 (info, 0);
  yz_put_string (info, name);
  yz_put_string (info, "20261125T083000");
  yz_put_string (info, "20261125T083000");
  yz_put_string (info, "");
  return info;
}

GByteArray *
yz_ptp_storage_info (void)
{
  GByteArray *info = g_byte_array_new ();

  yz_put16 (info, 4); /* removable memory */
  yz_put16 (info, 3); /* with folders as cameras make them */
  yz_put16 (info, 0);
  yz_put64 (info, G_GUINT64_CONSTANT (16000000000));
  yz_put64 (info, G_GUINT64_CONSTANT (8000000000));
  yz_put32 (info, 1000);
  yz_put_string (info, "Loopback");
  yz_put_string (info, "");
  return info;
}

GByteArray *
yz_ptp_stream_info (guint32 largest)
{
  GByteArray *info = g_byte_array_new ();

  yz_put64 (info, 36);
  yz_put64 (info, 33333);
  yz_put32 (info, 0);
  yz_put32 (info, largest);
  yz_put32 (info, 0);
  yz_put32 (info, largest);
  yz_put32 (info, 1);
  return info;
}

guint
yz_ptp_property_size (guint16 code)
{
  switch (code) {
  case 0x5001: /* battery */
  case 0xd1a2: /* live view is on */
    return 1;
  case 0x500f: /* ISO speed */
    return 2;
  case 0x5020: /* streams that there are */
  case 0x5021: /* streams that are on */
    return 4;
  default:
    return 0;
  }
}

static void
put_value (GByteArray *array, guint size, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (array, (const guint8 *) &little, size);
}

GByteArray *
yz_ptp_property_info (guint16 code, guint32 current)
{
  static const guint16 SPEEDS[] = { 100, 200, 400 };
  const guint size = yz_ptp_property_size (code);
  const gboolean choice = code == 0x500f;
  GByteArray *info = NULL;

  if (size == 0)
    return NULL;
  info = g_byte_array_new ();
  yz_put16 (info, code);
  yz_put16 (info, size == 1 ? 2 : size == 2 ? 4 : 6); /* unsigned of 8, 16, 32 bits */
  yz_put8 (info, choice || code == 0x5021 ? 1 : 0);   /* writable */
  put_value (info, size, choice ? 100 : 1);
  put_value (info, size, current);
  yz_put8 (info, choice ? 2 : 0);
  if (choice)
    yz_put16 (info, G_N_ELEMENTS (SPEEDS));
  for (gsize i = 0; choice && i < G_N_ELEMENTS (SPEEDS); i++)
    yz_put16 (info, SPEEDS[i]);
  return info;
}
