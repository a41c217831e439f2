/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/media-type.h"

#include <string.h>

#define DOCUMENT "application/pdf"
#define LEAF DOCUMENT ";page="
#define MOST_BEFORE 1024 /* bytes before a PDF's own first line (ISO 32000-1, annex H.3.4.1) */
#define MOST_LEAF 1000000

const char *
yz_media_type_guess (const guint8 *data, gsize length)
{
  static const guint8 PNG[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 JPEG[] = { 0xff, 0xd8, 0xff };

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  if (length > sizeof PNG && memcmp (data, PNG, sizeof PNG) == 0)
    return "image/png";
  if (length > sizeof JPEG && memcmp (data, JPEG, sizeof JPEG) == 0)
    return "image/jpeg";
  return length > 0 && memmem (data, MIN (length, MOST_BEFORE), "%PDF-", 5) != NULL ? DOCUMENT
                                                                                    : NULL;
}

gboolean
yz_media_type_is_document (const char *media_type)
{
  return media_type != NULL && g_str_has_prefix (media_type, DOCUMENT);
}

char *
yz_media_type_name_leaf (guint leaf)
{
  return g_strdup_printf (LEAF "%u", leaf);
}

guint
yz_media_type_get_leaf (const char *media_type)
{
  guint64 leaf = 0;

  if (!yz_media_type_is_document (media_type))
    return 0;
  if (g_str_has_prefix (media_type, LEAF) &&
      g_ascii_string_to_unsigned (media_type + strlen (LEAF), 10, 1, MOST_LEAF, &leaf, NULL))
    return (guint) leaf;
  return 1;
}

const char *
yz_media_type_get_suffix (const char *media_type)
{
  if (yz_media_type_is_document (media_type))
    return "pdf";
  return g_strcmp0 (media_type, "image/png") == 0 ? "png" : "jpg";
}
