/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/digest.h"

#include <openssl/evp.h>
#include <string.h>

struct _YzDigest {
  EVP_MD_CTX *context;
};

YzDigest *
yz_digest_new (void)
{
  YzDigest *self = g_new0 (YzDigest, 1);

  self->context = EVP_MD_CTX_new ();
  if (self->context == NULL || EVP_DigestInit_ex (self->context, EVP_sha256 (), NULL) != 1)
    g_error ("OpenSSL offers no SHA-256");
  return self;
}

void
yz_digest_update (YzDigest *self, gconstpointer data, gsize length)
{
  if (length > 0 && EVP_DigestUpdate (self->context, data, length) != 1)
    g_error ("OpenSSL could not go on with SHA-256");
}

char *
yz_digest_finish (YzDigest *self)
{
  static const char digits[] = "0123456789abcdef";
  guint8 sum[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  char *hex = NULL;

  if (EVP_DigestFinal_ex (self->context, sum, &length) != 1 || length * 2 != YZ_DIGEST_HEX)
    g_error ("OpenSSL could not finish SHA-256");
  hex = g_malloc (YZ_DIGEST_HEX + 1);
  for (unsigned int i = 0; i < length; i++) {
    hex[2 * i] = digits[sum[i] >> 4];
    hex[2 * i + 1] = digits[sum[i] & 15];
  }
  hex[YZ_DIGEST_HEX] = '\0';
  return hex;
}

void
yz_digest_free (YzDigest *self)
{
  if (self == NULL)
    return;
  EVP_MD_CTX_free (self->context);
  g_free (self);
}

char *
yz_digest_bytes (gconstpointer data, gsize length)
{
  g_autoptr (YzDigest) digest = yz_digest_new ();

  yz_digest_update (digest, data, length);
  return yz_digest_finish (digest);
}

gboolean
yz_digest_is_hex (const char *text)
{
  return text != NULL && strlen (text) == YZ_DIGEST_HEX &&
         strspn (text, "0123456789abcdef") == YZ_DIGEST_HEX;
}
