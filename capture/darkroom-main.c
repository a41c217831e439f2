/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* yizhan-darkroom: the helper process in which pictures are decoded, and nothing else happens. */

#define G_LOG_DOMAIN "yz-darkroom"

#include "capture/capture-error.h"
#include "capture/codec-pdf.h"
#include "capture/codec.h"
#include "capture/developer.h"
#include "capture/helper-line.h"
#include "capture/page-codes.h"
#include "capture/page-flattener.h"
#include "capture/page-parcel.h"
#include "capture/page-words.h"
#include "capture/sandbox.h"

#include <glib/gi18n-lib.h>

#include <libintl.h>
#include <locale.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#define MEMORY ((gsize) 4 << 30) /* address space: 120 megapixels three times over */
#define KEPT (256 << 20)         /* freed memory that is kept for the next picture */
#define CALM 10                  /* of nice(2): reading waits for everybody else */
#define LEASH 240                /* seconds for one order; the desk waits less */
#define MAT 1000                 /* pixels of the empty mat that are remembered */

typedef struct {
  guint8 *memory; /* YZ_PARCEL_SIZE bytes, from "open" on */
  YzBitmap *empty;
  YzPageWords *words; /* (nullable) */
  GError *wordless;   /* (nullable) why there are none */
} Desk;

static gboolean
open_memory (Desk *self, const YzHelperMessage *message, GError **error)
{
  if (self->memory != NULL || message->fd < 0) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                         "memory is shared once, first of all");
    return FALSE;
  }
  self->memory = yz_helper_map (message->fd, YZ_PARCEL_SIZE, TRUE, error);
  return self->memory != NULL;
}

static gboolean
read_order (const Desk *self,
            const YzHelperMessage *message,
            YzDevelopment *out_development,
            gsize *out_length,
            GError **error)
{
  if (self->memory == NULL) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                         "an order came before the memory");
    return FALSE;
  }
  return yz_parcel_unpack_order (message->details, out_development, out_length, error);
}

/* A length of 0 forgets the mat. */
static gboolean
learn_mat (Desk *self, const YzHelperMessage *message, GError **error)
{
  g_autoptr (YzBitmap) whole = NULL;
  YzDevelopment development;
  gsize length = 0;

  if (!read_order (self, message, &development, &length, error))
    return FALSE;
  g_clear_pointer (&self->empty, yz_bitmap_unref);
  if (length == 0)
    return TRUE;
  whole = yz_codec_decode (self->memory, length, MAT, NULL, error);
  if (whole == NULL)
    return FALSE;
  self->empty = yz_bitmap_shrink (whole, MAT);
  return TRUE;
}

static GVariant *
develop (Desk *self, const YzHelperMessage *message, GError **error)
{
  g_autoptr (YzPage) page = NULL;
  const YzBitmap *empty = NULL;
  YzDevelopment development;
  gsize length = 0;

  if (!read_order (self, message, &development, &length, error))
    return NULL;
  empty = development.what & YZ_DEVELOP_ELSEWHERE ? NULL : self->empty;
  page = yz_developer_develop (self->memory, length, &development, empty, error);
  return page != NULL ? yz_parcel_pack_page (page, self->memory, error) : NULL;
}

static YzReading *
read_page (Desk *self, const YzDevelopment *development, gsize length, YzRead what, GError **error)
{
  g_autoptr (YzPage) page = NULL;
  g_autoptr (YzReading) reading = NULL;
  g_autoptr (YzBitmap) turned = NULL;

  if (what & YZ_READ_WORDS && self->words == NULL) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                         self->wordless != NULL ? self->wordless->message
                                                : "this darkroom was not started to read");
    return NULL;
  }
  page = yz_developer_develop (self->memory, length, development, self->empty, error);
  if (page == NULL || page->picture == NULL)
    return NULL;
  reading = yz_reading_new (page->picture->width, page->picture->height);
  if (what & YZ_READ_CODES)
    yz_page_codes_read (page->picture, reading);
  if (what & YZ_READ_WORDS)
    yz_page_words_read (self->words, page->picture, page->dpi, (what & YZ_READ_FORM) != 0, reading);
  turned = yz_bitmap_turn (page->picture, reading->quarters);
  reading->digest = yz_page_digest_compute (turned);
  return g_steal_pointer (&reading);
}

static GVariant *
answer_reading (Desk *self, const YzHelperMessage *message, GError **error)
{
  g_autoptr (YzReading) reading = NULL;
  YzDevelopment development;
  YzRead what = 0;
  gsize length = 0;

  if (!yz_parcel_unpack_reading_order (message->details, &development, &what, &length, error) ||
      !read_order (self, message, &development, &length, error))
    return NULL;
  development.what |= YZ_DEVELOP_PICTURE;
  reading = read_page (self, &development, length, what, error);
  return reading != NULL ? yz_parcel_pack_reading (reading, self->memory, error) : NULL;
}

static GVariant *
answer_leaves (Desk *self, const YzHelperMessage *message, GError **error)
{
  YzDevelopment development;
  gsize length = 0;
  guint leaves = 0;

  if (!read_order (self, message, &development, &length, error) ||
      !yz_pdf_count_leaves (self->memory, length, &leaves, error))
    return NULL;
  return yz_parcel_pack_leaves (leaves);
}

/* One order, one answer. */
static gboolean
carry_out (Desk *self, const YzHelperMessage *message, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  GVariant *details = NULL;
  const char *verb = "done";

  if (g_str_equal (message->verb, "open"))
    open_memory (self, message, &trouble);
  else if (g_str_equal (message->verb, "mat"))
    learn_mat (self, message, &trouble);
  else if (g_str_equal (message->verb, "develop")) {
    details = develop (self, message, &trouble);
    verb = "page";
  } else if (g_str_equal (message->verb, "read")) {
    details = answer_reading (self, message, &trouble);
    verb = "reading";
  } else if (g_str_equal (message->verb, "leaves")) {
    details = answer_leaves (self, message, &trouble);
    verb = "leaves";
  } else
    g_set_error (&trouble, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL, "no such order: %s",
                 message->verb);
  if (trouble != NULL) {
    verb = "failed";
    details = yz_helper_pack_error (trouble);
  }
  return yz_helper_send (YZ_HELPER_FD, message->generation, verb, details, -1, error);
}

/* The desk ends a helper that takes too long over a picture; one whose desk was killed meanwhile
 * ends itself. */
static gboolean
answer (Desk *self, const YzHelperMessage *message, GError **error)
{
  gboolean good = FALSE;

  alarm (LEASH);
  good = carry_out (self, message, error);
  alarm (0);
  return good;
}

static gboolean
serve (Desk *self, GError **error)
{
  for (;;) {
    g_autoptr (YzHelperMessage) message = yz_helper_receive (YZ_HELPER_FD, -1, error);

    if (message == NULL || !answer (self, message, error))
      return g_error_matches (*error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  }
}

static gboolean
greet (const YzSandbox *sandbox, GError **error)
{
  GVariantBuilder details;

  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&details, "{sv}", "relaxed", g_variant_new_boolean (sandbox->relaxed));
  g_variant_builder_add (&details, "{sv}", "landlock", g_variant_new_int32 (sandbox->landlock));
  return yz_helper_send (YZ_HELPER_FD, 0, "ready", g_variant_builder_end (&details), -1, error);
}

/* Everything that opens files lazily is made to do it now. */
static void
warm_up (void)
{
  const char *folder = g_getenv ("YIZHAN_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && *folder != '\0' ? folder : YZ_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_debug ("%s", _ ("The file is empty."));
  g_debug ("%s", g_strerror (EINVAL));
}

/* The threads of the reading library cannot be counted once it is loaded: the program begins anew
 * with one. Threads of its own would need more of the kernel than the sandbox grants. */
static void
stay_single (char **argv)
{
  if (g_strcmp0 (g_getenv ("OMP_THREAD_LIMIT"), "1") == 0)
    return;
  g_setenv ("OMP_THREAD_LIMIT", "1", TRUE);
  execv ("/proc/self/exe", argv);
}

/* Whatever reading needs of the disk is fetched now. Without language data codes are still read. */
static void
prepare_to_read (Desk *self)
{
  if (nice (CALM) < 0)
    g_debug ("the priority stays as it is");
  yz_page_codes_warm_up ();
  yz_flattener_hush ();
  self->words = yz_page_words_new (&self->wordless);
}

/* Where letters come from that a document does not bring along. (transfer full) */
static char **
list_font_folders (void)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "fonts", NULL);
  g_autofree char *old = g_build_filename (g_get_home_dir (), ".fonts", NULL);

  g_strv_builder_add_many (folders, "/usr/share/fonts", "/usr/local/share/fonts",
                           "/usr/share/poppler", "/usr/share/fontconfig", "/etc/fonts",
                           "/var/cache/fontconfig", own, old, NULL);
  return g_strv_builder_end (folders);
}

static gboolean
shut_in (gboolean reads, gboolean documents, YzSandbox *out_sandbox, GError **error)
{
  g_auto (GStrv) folders = documents ? list_font_folders () : NULL;

  if (!yz_sandbox_enter (MEMORY, reads || documents, (const char *const *) folders, out_sandbox,
                         error))
    return FALSE;
  if (documents && out_sandbox->landlock == 0 && !out_sandbox->relaxed)
    yz_pdf_refuse_foreign_fonts ();
  return TRUE;
}

static void
clear_desk (Desk *self)
{
  g_clear_pointer (&self->empty, yz_bitmap_unref);
  g_clear_pointer (&self->words, yz_page_words_free);
  g_clear_error (&self->wordless);
  if (self->memory != NULL)
    munmap (self->memory, YZ_PARCEL_SIZE);
}

int
main (int argc, char **argv)
{
  const gboolean reads = g_strv_contains ((const char *const *) argv, "--read");
  const gboolean documents = g_strv_contains ((const char *const *) argv, "--documents");
  g_autoptr (GError) error = NULL;
  YzSandbox sandbox = { 0 };
  Desk desk = { 0 };
  gboolean good = FALSE;

  if (reads)
    stay_single (argv);
  /* A picture's memory is kept for the next one: fresh pages from the kernel cost as much as
   * decoding. */
  mallopt (M_MMAP_MAX, 0);
  mallopt (M_TRIM_THRESHOLD, KEPT);
  warm_up ();
  if (reads)
    prepare_to_read (&desk);
  if (documents)
    yz_pdf_warm_up ();
  if (!shut_in (reads, documents, &sandbox, &error)) {
    yz_helper_send (YZ_HELPER_FD, 0, "failed", yz_helper_pack_error (error), -1, NULL);
    return 1;
  }
  good = greet (&sandbox, &error) && serve (&desk, &error);
  clear_desk (&desk);
  if (!good)
    g_printerr ("yizhan-darkroom: %s\n", error->message);
  return good ? 0 : 1;
}
