/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "capture/scanner-camera.h"

#include <glib/gstdio.h>
#include <string.h>

/* SANE's own scanner for tests: ten sheets in its feeder, and any error on demand. */
#define DEVICE "test:0"
#define SHEETS 10

static YzCamera *
open_scanner (void)
{
  YzCamera *scanner = yz_scanner_camera_new (DEVICE);
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_open (scanner, NULL, &error));
  g_assert_no_error (error);
  return scanner;
}

static void
close_scanner (YzCamera *scanner)
{
  yz_camera_close (scanner);
  g_assert_finalize_object (scanner);
}

static void
set (YzCamera *scanner, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_set_control (scanner, name, value, &error));
  g_assert_no_error (error);
}

static GPtrArray *
scan (YzCamera *scanner, GError **error)
{
  return yz_camera_capture (scanner, g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND, NULL,
                            error);
}

static YzPictureHeader
scan_header (YzCamera *scanner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shots = scan (scanner, &error);
  YzPictureHeader header;
  const YzFrame *frame = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (shots->len, ==, 1);
  frame = ((YzShot *) shots->pdata[0])->frame;
  g_assert_cmpstr (frame->media_type, ==, "image/jpeg");
  g_assert_true (yz_jpeg_read_header (g_bytes_get_data (frame->bytes, NULL),
                                      g_bytes_get_size (frame->bytes), &header, &error));
  return header;
}

static int
scan_width (YzCamera *scanner)
{
  return scan_header (scanner).width;
}

static void
assert_fails (YzCamera *scanner, YzCaptureError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (scan (scanner, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, (int) code);
}

static void
test_flatbed (void)
{
  YzCamera *scanner = open_scanner ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) modes = yz_camera_list_modes (scanner, &error);
  int coarse = 0;

  g_assert_true (g_strv_contains ((const char *const *) modes, "300 dpi"));
  g_assert_false (yz_camera_start_preview (scanner, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_true (yz_camera_set_mode (scanner, "150 dpi", &error));
  coarse = scan_width (scanner);
  g_assert_true (yz_camera_set_mode (scanner, "300 dpi", &error));
  g_assert_cmpfloat_with_epsilon (scan_header (scanner).density, 300, 1e-6);
  g_assert_cmpint (ABS (scan_width (scanner) - 2 * coarse), <=, 2);
  g_assert_false (yz_camera_set_mode (scanner, "7 dpi", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  close_scanner (scanner);
}

static void
test_modes_and_depths (void)
{
  static const char *const MODES[] = { "Gray", "Color" };
  static const char *const DEPTHS[] = { "1", "8", "16" };
  YzCamera *scanner = open_scanner ();

  for (gsize i = 0; i < G_N_ELEMENTS (MODES); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (DEPTHS); k++) {
      set (scanner, "mode", MODES[i]);
      set (scanner, "depth", DEPTHS[k]);
      if (i == 1 && k == 0)
        assert_fails (scanner, YZ_CAPTURE_ERROR_PROTOCOL); /* one bit a colour is no picture */
      else
        g_assert_cmpint (scan_width (scanner), >, 100);
      if (yz_camera_is_broken (scanner)) {
        yz_camera_close (scanner);
        g_assert_true (yz_camera_open (scanner, NULL, NULL));
      }
    }
  close_scanner (scanner);
}

static void
test_feeder (void)
{
  YzCamera *scanner = open_scanner ();

  set (scanner, "source", "Automatic Document Feeder");
  for (int i = 0; i < SHEETS; i++)
    g_assert_cmpint (scan_width (scanner), >, 0);
  assert_fails (scanner, YZ_CAPTURE_ERROR_NO_PAPER);
  g_assert_false (yz_camera_is_broken (scanner));
  /* Filled again. */
  g_assert_cmpint (scan_width (scanner), >, 0);
  close_scanner (scanner);
}

static void
test_faults (void)
{
  static const struct {
    const char *status;
    YzCaptureError code;
  } FAULTS[] = {
    { "SANE_STATUS_JAMMED", YZ_CAPTURE_ERROR_JAM },
    { "SANE_STATUS_COVER_OPEN", YZ_CAPTURE_ERROR_JAM },
    { "SANE_STATUS_NO_DOCS", YZ_CAPTURE_ERROR_NO_PAPER },
    { "SANE_STATUS_DEVICE_BUSY", YZ_CAPTURE_ERROR_BUSY },
    { "SANE_STATUS_IO_ERROR", YZ_CAPTURE_ERROR_LOST },
    { "SANE_STATUS_ACCESS_DENIED", YZ_CAPTURE_ERROR_CLAIMED },
    { "SANE_STATUS_NO_MEM", YZ_CAPTURE_ERROR_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (FAULTS); i++) {
    YzCamera *scanner = open_scanner ();

    set (scanner, "read-return-value", FAULTS[i].status);
    assert_fails (scanner, FAULTS[i].code);
    set (scanner, "read-return-value", "Default");
    g_assert_cmpint (scan_width (scanner), >, 0);
    close_scanner (scanner);
  }
}

static void
test_bounded (void)
{
  YzCamera *scanner = open_scanner ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_camera_capture (scanner, g_get_monotonic_time (), NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (yz_camera_capture (scanner, G_MAXINT64, cancellable, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  g_assert_cmpint (scan_width (scanner), >, 0);
  close_scanner (scanner);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  yz_camera_pause (100, G_MAXINT64, NULL, NULL);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* A page under way, slowed down, is left in its middle; the sheet after it is a whole one. */
static void
test_left_in_the_middle (void)
{
  YzCamera *scanner = open_scanner ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GThread) clerk = NULL;
  g_autoptr (GError) error = NULL;
  gint64 soon = 0;

  set (scanner, "source", "Automatic Document Feeder");
  set (scanner, "read-delay", "true");
  set (scanner, "read-delay-duration", "100000");
  clerk = g_thread_new ("clerk", cancel_soon, cancellable);
  g_assert_null (yz_camera_capture (scanner, G_MAXINT64, cancellable, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  g_thread_join (g_steal_pointer (&clerk));
  g_clear_error (&error);

  soon = g_get_monotonic_time () + 200 * G_TIME_SPAN_MILLISECOND;
  g_assert_null (yz_camera_capture (scanner, soon, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
  set (scanner, "read-delay", "false");
  g_assert_cmpint (scan_width (scanner), >, 0);
  close_scanner (scanner);
}

/* The device goes, and comes back as it was left: by opening it again. */
static void
test_gone (void)
{
  YzCamera *scanner = open_scanner ();

  set (scanner, "read-return-value", "SANE_STATUS_IO_ERROR");
  assert_fails (scanner, YZ_CAPTURE_ERROR_LOST);
  g_assert_true (yz_camera_is_broken (scanner));
  yz_camera_close (scanner);
  g_assert_true (yz_camera_open (scanner, NULL, NULL));
  g_assert_false (yz_camera_is_broken (scanner));
  set (scanner, "read-return-value", "Default");
  g_assert_cmpint (scan_width (scanner), >, 0);
  close_scanner (scanner);
}

static void
test_found (void)
{
  g_autoptr (GPtrArray) infos =
      g_ptr_array_new_with_free_func ((GDestroyNotify) yz_camera_info_free);
  g_autoptr (YzCamera) missing = yz_scanner_camera_new ("test:99");
  g_autoptr (GError) error = NULL;

  yz_scanner_camera_list (infos);
  g_assert_cmpuint (infos->len, ==, 1);
  g_assert_cmpstr (((YzCameraInfo *) infos->pdata[0])->address, ==, "scan:" DEVICE);
  g_assert_false (yz_camera_open (missing, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND);
}

static void
test_controls (void)
{
  YzCamera *scanner = open_scanner ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) controls = yz_camera_list_controls (scanner, &error);
  g_autofree char *mode = NULL;

  g_assert_cmpuint (controls->len, >, 5);
  set (scanner, "mode", "Color");
  mode = yz_camera_get_control (scanner, "mode", &error);
  g_assert_cmpstr (mode, ==, "Color");
  g_assert_false (yz_camera_set_control (scanner, "mode", "Infrared", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  close_scanner (scanner);
}

static void
write_configuration (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

int
main (int argc, char **argv)
{
  static const char *const FILES[] = { "dll.conf", "test.conf" };
  g_autofree char *folder = g_dir_make_tmp ("yizhan-sane-XXXXXX", NULL);
  int result = 0;

  g_setenv ("SANE_CONFIG_DIR", folder, TRUE);
  write_configuration (folder, "dll.conf", "test\n");
  write_configuration (folder, "test.conf",
                       "number_of_devices 1\nmode Gray\nresolution 100\ndepth 8\n");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner-camera/scanner-is-found-by-its-name", test_found);
  g_test_add_func ("/scanner-camera/resolution-decides-the-size", test_flatbed);
  g_test_add_func ("/scanner-camera/grey-and-colour-of-every-depth", test_modes_and_depths);
  g_test_add_func ("/scanner-camera/feeder-gives-a-sheet-a-shot-until-empty", test_feeder);
  g_test_add_func ("/scanner-camera/every-fault-has-its-name-and-the-next-scan-works", test_faults);
  g_test_add_func ("/scanner-camera/deadline-and-cancellation-end-a-scan", test_bounded);
  g_test_add_func ("/scanner-camera/page-left-in-its-middle-does-not-spoil-the-next",
                   test_left_in_the_middle);
  g_test_add_func ("/scanner-camera/scanner-that-goes-is-lost-and-opens-again", test_gone);
  g_test_add_func ("/scanner-camera/settings-are-read-written-and-bounded", test_controls);
  result = g_test_run ();
  /* SANE stays loaded, so that the test scanner's own leak has a name. */
  for (gsize i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *path = g_build_filename (folder, FILES[i], NULL);

    g_remove (path);
  }
  g_rmdir (folder);
  return result;
}
