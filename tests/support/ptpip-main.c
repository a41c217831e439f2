/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/ptpip-responder.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  GMainLoop *loop;
  YzPtpipResponder *responder;
  int idle;
} Program;

static void
on_told (const char *line, gpointer data)
{
  printf ("%s\n", line);
  fflush (stdout);
}

static gboolean
on_quit (gpointer data)
{
  g_main_loop_quit (((Program *) data)->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_look (gpointer data)
{
  Program *program = data;
  gint64 unused = g_get_monotonic_time () - yz_ptpip_responder_get_last_use (program->responder);

  if (program->idle > 0 && unused > program->idle * G_TIME_SPAN_SECOND)
    g_main_loop_quit (program->loop);
  return G_SOURCE_CONTINUE;
}

/* "NAME" for ever, or "NAME@N" on the Nth occasion only. */
static gboolean
plan_fault (YzPtpipResponder *responder, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "@", 2);
  guint64 at = 0;
  YzFault fault = YZ_N_FAULTS;

  if (!yz_ptpip_responder_find_fault (parts[0], &fault) ||
      (parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXUINT, &at, NULL)))
    return FALSE;
  yz_ptpip_responder_commit (responder, fault, (guint) at, G_MAXUINT);
  return TRUE;
}

static gboolean
plan_faults (YzPtpipResponder *responder, char **faults)
{
  for (guint i = 0; faults != NULL && faults[i] != NULL; i++) {
    if (plan_fault (responder, faults[i]))
      continue;
    g_printerr ("There is no fault “%s”; there are:", faults[i]);
    for (int fault = 0; fault < YZ_N_FAULTS; fault++)
      g_printerr (" %s", yz_ptpip_responder_name_fault ((YzFault) fault));
    g_printerr (".\n");
    return FALSE;
  }
  return TRUE;
}

static int
run (const YzResponderOptions *options, char **faults, int seconds, int idle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Program program = { .loop = loop, .idle = idle };

  program.responder = yz_ptpip_responder_start (options, &error);
  if (program.responder == NULL) {
    g_printerr ("%s\n", error->message);
    return 3;
  }
  if (!plan_faults (program.responder, faults)) {
    yz_ptpip_responder_stop (program.responder);
    return 2;
  }
  printf ("ready %u\n", yz_ptpip_responder_get_port (program.responder));
  fflush (stdout);
  g_unix_signal_add (SIGTERM, on_quit, &program);
  g_unix_signal_add (SIGINT, on_quit, &program);
  g_timeout_add (500, on_look, &program);
  if (seconds > 0)
    g_timeout_add_seconds ((guint) seconds, on_quit, &program);
  g_main_loop_run (loop);
  yz_ptpip_responder_stop (program.responder);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autofree char *pictures = NULL;
  g_autofree char *dialect = NULL;
  g_auto (GStrv) faults = NULL;
  gboolean whole = FALSE;
  int port = 0;
  int seconds = 0;
  int idle = 300;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "pictures", 'p', 0, G_OPTION_ARG_FILENAME, &pictures, "Shoot the *.jpg of FOLDER in order", "FOLDER" },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Listen there; 0 (default) takes a free one", "N" },
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &dialect, "generic (default) or nikon live view", "NAME" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &faults, "Commit NAME always, or on the Nth occasion", "NAME[@N]" },
    { "whole", 0, 0, G_OPTION_ARG_NONE, &whole, "Give pictures whole only, not in blocks", NULL },
    { "idle", 0, 0, G_OPTION_ARG_INT, &idle, "End after so long without use; 300, 0 never", "SECONDS" },
    { "for", 0, 0, G_OPTION_ARG_INT, &seconds, "End after so long in any case", "SECONDS" },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  g_autoptr (GOptionContext) context =
      g_option_context_new ("– be a network camera on the loopback");
  g_autoptr (GError) error = NULL;
  YzResponderOptions options = { .told = on_told };

  g_option_context_set_summary (
      context, "Prints “ready PORT” and then what happens, a line each. Its address for Yizhan is "
               "ptpip:127.0.0.1:PORT:PORT.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || pictures == NULL || port < 0 ||
      port > 65535 ||
      (dialect != NULL && !g_str_equal (dialect, "generic") && !g_str_equal (dialect, "nikon"))) {
    g_printerr ("%s\n", error != NULL ? error->message : "Say --pictures FOLDER; see --help.");
    return 2;
  }
  options.pictures = pictures;
  options.port = (guint16) port;
  options.nikon = g_strcmp0 (dialect, "nikon") == 0;
  options.without_blocks = whole;
  return run (&options, faults, seconds, idle);
}
