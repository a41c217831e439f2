/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How fluently the outline follows the paper: a 1080p source of 30 pictures a second goes through
 * the darkroom's helper as the viewfinder sends it, and is painted with the outline. Prints
 * pictures a second, the longest time the main loop did not come round, and the CPU both processes
 * took. */

#include "capture/darkroom.h"
#include "tests/support/scene-set.h"
#include "ui/pictures.h"

#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define N_FRAMES 12
#define SOURCE_MS 33
#define LONGEST 900 /* as the viewfinder asks for */
#define SECONDS 10
#define BEAT_MS 2

typedef struct {
  YzDarkroom *darkroom;
  GMainLoop *loop;
  GBytes *frames[N_FRAMES];
  cairo_surface_t *window;
  guint newest; /* counts the source's pictures */
  guint developed;
  gboolean developing;
  guint shown, outlined;
  gint64 beat, worst;
} Live;

static GBytes *
render_frame (guint i)
{
  const YzPressLay lay = { .paper = yz_scene_set_get_letter (), .x = 4.0 * i, .angle = 0.01 * i };
  const YzScenePhoto photo = {
    .mat = YZ_SCENE_GREEN,
    .width = 1920,
    .height = 1080,
    .scale = 3.2,
    .gain = 1,
    .blur = 0.6,
    .noise = 2,
    .seed = 3,
    .shot = i,
    .lays = &lay,
    .n_lays = 1,
  };

  return yz_scene_photo_save (&photo);
}

static void
paint (Live *self, const YzPage *page)
{
  cairo_surface_t *picture = yz_pictures_make_surface (page->picture);
  cairo_t *cr = cairo_create (self->window);
  const double ratio = (double) page->picture->width / page->width;

  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  for (guint k = 0; page->found && k < 4; k++)
    cairo_line_to (cr, page->corners[2 * k] * ratio, page->corners[2 * k + 1] * ratio);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, 0.2, 0.8, 0.5, 0.3);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
}

static void develop_next (Live *self);

static void
on_developed (GObject *source, GAsyncResult *result, gpointer data)
{
  Live *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_darkroom_develop_finish (YZ_DARKROOM (source), result, &error);

  self->developing = FALSE;
  if (page == NULL)
    return;
  paint (self, page);
  self->shown++;
  self->outlined += page->found;
  develop_next (self);
}

static void
develop_next (Live *self)
{
  if (self->developing || self->developed == self->newest)
    return;
  self->developing = TRUE;
  self->developed = self->newest;
  yz_darkroom_develop_async (self->darkroom, self->frames[self->newest % N_FRAMES],
                             YZ_DEVELOP_PREVIEW | YZ_DEVELOP_FIND | YZ_DEVELOP_PICTURE, NULL, 0,
                             LONGEST, NULL, on_developed, self);
}

static gboolean
on_source (gpointer data)
{
  Live *self = data;

  self->newest++;
  develop_next (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_beat (gpointer data)
{
  Live *self = data;
  const gint64 now = g_get_monotonic_time ();

  if (self->beat != 0)
    self->worst = MAX (self->worst, now - self->beat - (gint64) BEAT_MS * 1000);
  self->beat = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_over (gpointer data)
{
  g_main_loop_quit (((Live *) data)->loop);
  return G_SOURCE_REMOVE;
}

static double
read_own_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* User and system time of another process: the fourteenth and fifteenth field of its stat. */
static double
read_helper_cpu (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  const char *after = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (after = strrchr (text, ')')) == NULL)
    return 0;
  fields = g_strsplit (after + 2, " ", 16);
  return g_strv_length (fields) < 14 ? 0
                                     : (strtod (fields[11], NULL) + strtod (fields[12], NULL)) /
                                           (double) sysconf (_SC_CLK_TCK);
}

int
main (void)
{
  Live self = { 0 };
  double own = 0;
  double helper = 0;

  for (guint i = 0; i < N_FRAMES; i++)
    self.frames[i] = render_frame (i);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.window = cairo_image_surface_create (CAIRO_FORMAT_RGB24, LONGEST, LONGEST);
  self.darkroom = yz_darkroom_new ();
  on_source (&self); /* the helper starts */
  while (self.developing)
    g_main_context_iteration (NULL, TRUE);
  self.shown = self.outlined = 0;
  own = read_own_cpu ();
  helper = read_helper_cpu (yz_darkroom_get_helper (self.darkroom, NULL));
  g_timeout_add (SOURCE_MS, on_source, &self);
  g_timeout_add (BEAT_MS, on_beat, &self);
  g_timeout_add_seconds (SECONDS, on_over, &self);
  g_main_loop_run (self.loop);
  own = (read_own_cpu () - own) / SECONDS;
  helper = (read_helper_cpu (yz_darkroom_get_helper (self.darkroom, NULL)) - helper) / SECONDS;
  g_print ("1080p preview: %.1f outlines/s of %.1f pictures/s shown\n",
           (double) self.outlined / SECONDS, (double) self.shown / SECONDS);
  g_print ("main loop: longest stall %.1f ms; CPU %.0f %% of a core, the helper's %.0f %%\n",
           (double) self.worst / 1000, 100 * own, 100 * helper);
  yz_darkroom_close (self.darkroom);
  g_object_unref (self.darkroom);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  for (guint i = 0; i < N_FRAMES; i++)
    g_bytes_unref (self.frames[i]);
  cairo_surface_destroy (self.window);
  g_main_loop_unref (self.loop);
  return 0;
}
