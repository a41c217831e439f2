/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-drivers.h"
#include "capture/camera-worker.h"
#include "capture/capture-error.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Seconds that a driver gets to leave live view and close the camera once the desk is gone. */
#define FAREWELL 4

static void
start_language (void)
{
  const char *folder = g_getenv ("YIZHAN_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && *folder != '\0' ? folder : YZ_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

/* libgphoto2 keeps its settings in ~/.gphoto. Each network camera and each USB bus gets a home of
 * its own, so that neither two helpers nor another program of the user write the same file. */
static void
choose_home (const char *address)
{
  g_autofree char *place = g_strndup (address, strcspn (address, ","));
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, place, -1);
  g_autofree char *home = NULL;

  if (!g_str_has_prefix (address, "ptpip:") && !g_str_has_prefix (address, "usb:"))
    return;
  digest[16] = '\0';
  home = g_build_filename (g_get_user_state_dir (), "yizhan", "cameras", digest, NULL);
  if (strlen (home) > 900 || g_mkdir_with_parents (home, 0700) != 0)
    g_setenv ("HOME", "/dev/null", TRUE);
  else
    g_setenv ("HOME", home, TRUE);
}

static gboolean
has_line (void)
{
  int type = 0;
  socklen_t length = sizeof type;

  return getsockopt (YZ_HELPER_FD, SOL_SOCKET, SO_TYPE, &type, &length) == 0 &&
         type == SOCK_SEQPACKET;
}

static void
on_found (const YzCameraInfo *info, gpointer line)
{
  g_autofree char *text = yz_camera_info_print (info);

  if (GPOINTER_TO_INT (line))
    yz_helper_send (YZ_HELPER_FD, 0, "camera", yz_camera_info_pack (info), -1, NULL);
  else
    g_print ("%s\n", text);
}

static void
list_cameras (YzDrivers drivers)
{
  gboolean line = has_line ();

  yz_camera_drivers_list (drivers, on_found, GINT_TO_POINTER (line));
  if (line)
    yz_helper_send (YZ_HELPER_FD, 0, "done", NULL, -1, NULL);
}

static void
answer_ping (YzCameraWorker *worker, const YzHelperMessage *message)
{
  GVariantDict details;

  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "overdue", "b", yz_camera_worker_is_overdue (worker));
  yz_helper_send (YZ_HELPER_FD, message->generation, "pong", g_variant_dict_end (&details), -1,
                  NULL);
}

/* This thread only reads: it answers although a driver hangs, and notices the end of the desk. */
static void
serve (YzCamera *camera)
{
  g_autoptr (YzCameraWorker) worker = yz_camera_worker_new (camera, YZ_HELPER_FD);

  for (;;) {
    g_autoptr (YzHelperMessage) message = yz_helper_receive (YZ_HELPER_FD, -1, NULL);

    if (message == NULL)
      break;
    if (g_str_equal (message->verb, "ping"))
      answer_ping (worker, message);
    else if (g_str_equal (message->verb, "cancel"))
      yz_camera_worker_cancel (worker, message->generation);
    else
      yz_camera_worker_push (worker, g_steal_pointer (&message));
  }
  /* A driver that does not come back ends with the process. */
  alarm (FAREWELL);
}

/* libgphoto2 writes to the terminal of whoever started the desk. What matters comes over the line
 * as an error; the rest is heard with G_MESSAGES_DEBUG set. */
static void
hush_driver (void)
{
  int nowhere =
      g_getenv ("G_MESSAGES_DEBUG") == NULL ? open ("/dev/null", O_WRONLY | O_CLOEXEC) : -1;

  if (nowhere < 0)
    return;
  dup2 (nowhere, STDERR_FILENO);
  close (nowhere);
}

static int
serve_camera (const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzCamera) camera = yz_camera_drivers_make (address, &error);

  if (camera == NULL) {
    yz_helper_send (YZ_HELPER_FD, 0, "lost", yz_helper_pack_error (error), -1, NULL);
    return 1;
  }
  serve (camera);
  return 0;
}

/* FALSE when this is no question for a list. */
static gboolean
read_list_option (const char *argument, YzDrivers *out_drivers)
{
  static const struct {
    const char *option;
    YzDrivers drivers;
  } OPTIONS[] = {
    { "--list", YZ_DRIVERS_ALL },
    { "--list=video", YZ_DRIVERS_VIDEO },
    { "--list=usb", YZ_DRIVERS_USB },
    { "--list=scanners", YZ_DRIVERS_SCANNERS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (OPTIONS); i++) {
    if (!g_str_equal (argument, OPTIONS[i].option))
      continue;
    *out_drivers = OPTIONS[i].drivers;
    return TRUE;
  }
  return FALSE;
}

int
main (int argc, char **argv)
{
  YzDrivers drivers = YZ_DRIVERS_ALL;

  start_language ();
  signal (SIGPIPE, SIG_IGN);
  /* The end of the line says when the desk is gone, and leaves time to close the camera. */
  prctl (PR_SET_PDEATHSIG, 0);
  if (argc == 2 && read_list_option (argv[1], &drivers)) {
    choose_home ("usb:list");
    list_cameras (drivers);
    fflush (stdout);
    _exit (0);
  }
  if (argc != 2 || argv[1][0] == '-' || !has_line ()) {
    g_printerr (
        _ ("%s is started by Yizhan and holds one camera. By hand only --list is of use: it "
           "prints the cameras that are plugged in.\n"),
        g_get_prgname () != NULL ? g_get_prgname () : "yizhan-camera");
    return 2;
  }
  choose_home (argv[1]);
  hush_driver ();
  /* Straight out: libgphoto2 cannot be tidied up, and some of its drivers trip when they are
   * unloaded. */
  _exit (serve_camera (argv[1]));
}
