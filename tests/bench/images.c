/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How well, and how fast, pages are found on the pictures of a folder whose true corners are known.
 */

#include "capture/codec.h"
#include "capture/page-finder.h"
#include "capture/page-quad.h"

#include <malloc.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#define FOUND 0.95  /* intersection over union */
#define EXACT 0.005 /* mean corner error, in diagonals of the picture */
#define WRONG 0.90  /* a page whose overlap is less was made up */

/* A picture of the list with the true corners of what lies on it. */
typedef struct {
  char *file;
  GArray *pages; /* of YzQuad */
} Picture;

typedef struct {
  guint pages, found, exact, wrong, missed;
  guint alone, alone_wrong;     /* pictures of one document */
  guint several, several_found; /* documents that lie with others */
  guint extra;                  /* outlines where nothing is */
  guint empty, seen_on_empty;
  GArray *decode_ms, *find_ms, *errors; /* of double */
  gboolean each;
} Tally;

static void
free_picture (gpointer data)
{
  Picture *picture = data;

  g_free (picture->file);
  g_array_unref (picture->pages);
  g_free (picture);
}

/* Splits a line of CSV; cells may be quoted. */
static GPtrArray *
split_line (const char *line)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *c = line;; c++) {
    if (*c == '\0' || (*c == ',' && !quoted)) {
      g_ptr_array_add (cells, g_strdup (cell->str));
      g_string_truncate (cell, 0);
      if (*c == '\0')
        return cells;
    } else if (*c == '"')
      quoted = !quoted;
    else if (*c != '\r')
      g_string_append_c (cell, *c);
  }
}

static int
find_column (const GPtrArray *head, const char *name)
{
  for (guint i = 0; i < head->len; i++)
    if (g_str_equal (g_ptr_array_index (head, i), name))
      return (int) i;
  return -1;
}

static Picture *
find_picture (GPtrArray *pictures, const char *file)
{
  Picture *picture = NULL;

  for (guint i = 0; i < pictures->len; i++)
    if (g_str_equal (((Picture *) g_ptr_array_index (pictures, i))->file, file))
      return g_ptr_array_index (pictures, i);
  picture = g_new0 (Picture, 1);
  picture->file = g_strdup (file);
  picture->pages = g_array_new (FALSE, FALSE, sizeof (YzQuad));
  g_ptr_array_add (pictures, picture);
  return picture;
}

/* Reads the list by the names in its head; a line without corners is an empty mat. */
static GPtrArray *
read_list (const char *path, GError **error)
{
  static const char *const NAMES[] = { "tlx", "tly", "trx", "try", "brx", "bry", "blx", "bly" };
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (free_picture);
  g_autoptr (GPtrArray) head = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  head = split_line (lines[0] != NULL ? lines[0] : "");
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++) {
    g_autoptr (GPtrArray) cells = split_line (lines[i]);
    const int file = find_column (head, "file");
    double value[8] = { 0 };
    gboolean whole = TRUE;

    for (guint k = 0; k < 8; k++) {
      const int column = find_column (head, NAMES[k]);

      whole &= column >= 0 && column < (int) cells->len &&
               *(char *) g_ptr_array_index (cells, column) != '\0';
      if (whole)
        value[k] = g_ascii_strtod (g_ptr_array_index (cells, column), NULL);
    }
    if (file >= 0 && file < (int) cells->len && *(char *) g_ptr_array_index (cells, file) != '\0') {
      Picture *picture = find_picture (pictures, g_ptr_array_index (cells, file));
      YzQuad quad;

      for (guint k = 0; k < 4; k++)
        quad.at[k] = (YzPoint){ value[2 * k], value[2 * k + 1] };
      if (whole)
        g_array_append_val (picture->pages, quad);
    }
  }
  return g_steal_pointer (&pictures);
}

/* Pictures of the folder that the list does not name show nothing. */
static void
add_unlisted (GPtrArray *pictures, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".jpg") || g_str_has_suffix (name, ".png"))
      find_picture (pictures, name);
}

static YzQuad
quad_from_outline (const YzOutline *outline)
{
  YzQuad quad;

  for (guint k = 0; k < 4; k++)
    quad.at[k] = (YzPoint){ outline->corners[2 * k], outline->corners[2 * k + 1] };
  return quad;
}

/* Mean distance of the corners; which of them is named first does not matter. */
static double
measure_error (const YzQuad *a, const YzQuad *b)
{
  double best = G_MAXDOUBLE;

  for (guint shift = 0; shift < 4; shift++) {
    double sum = 0;

    for (guint k = 0; k < 4; k++)
      sum += hypot (a->at[k].x - b->at[(k + shift) % 4].x, a->at[k].y - b->at[(k + shift) % 4].y);
    best = MIN (best, sum / 4);
  }
  return best;
}

static void
judge_page (Tally *tally, const Picture *picture, guint index, GArray *outlines, double diagonal)
{
  const YzQuad *truth = &g_array_index (picture->pages, YzQuad, index);
  double overlap = 0;
  double error = 1;
  double confidence = 0;

  for (guint i = 0; i < outlines->len; i++) {
    const YzOutline *outline = &g_array_index (outlines, YzOutline, i);
    const YzQuad quad = quad_from_outline (outline);
    const double iou = yz_quad_overlap (truth, &quad, NULL);

    if (picture->pages->len > 1 ? iou > overlap : outline->confidence > confidence) {
      overlap = iou;
      error = measure_error (truth, &quad) / diagonal;
      confidence = outline->confidence;
    }
  }
  tally->pages++;
  tally->found += overlap > FOUND;
  tally->exact += error < EXACT;
  tally->missed += outlines->len == 0;
  tally->alone += picture->pages->len == 1;
  tally->wrong += outlines->len > 0 && overlap < WRONG && picture->pages->len == 1;
  tally->several += picture->pages->len > 1;
  tally->several_found += picture->pages->len > 1 && overlap > FOUND;
  if (outlines->len > 0)
    g_array_append_val (tally->errors, error);
  if (tally->each)
    g_print ("%-34s IoU %.3f  error %.3f %%  confidence %.2f  of %u %s\n", picture->file, overlap,
             100 * error, confidence, outlines->len,
             overlap < WRONG ? (outlines->len > 0 ? "WRONG" : "none")
             : error < EXACT ? ""
                             : "inexact");
}

static void
count_extra (Tally *tally, const Picture *picture, GArray *outlines)
{
  for (guint i = 0; i < outlines->len; i++) {
    const YzQuad quad = quad_from_outline (&g_array_index (outlines, YzOutline, i));
    double best = 0;

    for (guint k = 0; k < picture->pages->len; k++)
      best = MAX (best, yz_quad_overlap (&g_array_index (picture->pages, YzQuad, k), &quad, NULL));
    tally->extra += best < 0.5;
  }
}

/* Of this thread: the machine may have other work. */
static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static gboolean
measure_picture (
    Tally *tally, const Picture *picture, const char *folder, const YzBitmap *mat, GError **error)
{
  g_autofree char *path = g_build_filename (folder, picture->file, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (YzBitmap) bitmap = NULL;
  g_autoptr (GArray) outlines = NULL;
  gsize length = 0;
  double at[3];

  if (!g_file_get_contents (path, &bytes, &length, error))
    return FALSE;
  at[0] = get_cpu_ms ();
  bitmap = yz_codec_decode ((const guint8 *) bytes, length, 0, NULL, error);
  if (bitmap == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  at[1] = get_cpu_ms ();
  outlines = yz_page_finder_find (bitmap, mat);
  at[2] = get_cpu_ms ();
  at[0] = at[1] - at[0];
  at[1] = at[2] - at[1];
  g_array_append_val (tally->decode_ms, at[0]);
  g_array_append_val (tally->find_ms, at[1]);
  for (guint i = 0; i < picture->pages->len; i++)
    judge_page (tally, picture, i, outlines, hypot (bitmap->width, bitmap->height));
  count_extra (tally, picture, outlines);
  tally->empty += picture->pages->len == 0;
  tally->seen_on_empty += picture->pages->len == 0 && outlines->len > 0;
  if (tally->each && picture->pages->len == 0)
    g_print ("%-34s empty, %u seen%s\n", picture->file, outlines->len,
             outlines->len > 0 ? "  WRONG" : "");
  return TRUE;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
find_quantile (GArray *values, double part)
{
  g_array_sort (values, compare_doubles);
  return values->len == 0 ? 0 : g_array_index (values, double, (guint) (part * (values->len - 1)));
}

static double
percent (guint part, guint whole)
{
  return whole == 0 ? 0 : 100.0 * part / whole;
}

static void
report (const Tally *tally)
{
  const double decode = find_quantile (tally->decode_ms, 0.5);
  const double find = find_quantile (tally->find_ms, 0.5);

  g_print ("documents %u: found %.1f %%, exact %.1f %%, missed %u\n", tally->pages,
           percent (tally->found, tally->pages), percent (tally->exact, tally->pages),
           tally->missed);
  g_print ("single documents %u: wrong crops %u\n", tally->alone, tally->wrong);
  g_print ("documents lying with others %u: found %.1f %%\n", tally->several,
           percent (tally->several_found, tally->several));
  g_print ("empty mats %u: a page seen on %u; outlines where nothing lies: %u\n", tally->empty,
           tally->seen_on_empty, tally->extra);
  g_print ("corner error in %% of the diagonal: median %.3f, p90 %.3f\n",
           100 * find_quantile (tally->errors, 0.5), 100 * find_quantile (tally->errors, 0.9));
  g_print ("decode %.1f ms, find %.1f ms (p95 %.1f): find / decode %.2f\n", decode, find,
           find_quantile (tally->find_ms, 0.95), find / MAX (decode, 1e-3));
}

static YzBitmap *
load_mat (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;
  return yz_codec_decode ((const guint8 *) bytes, length, 0, NULL, error);
}

static gboolean
run (const char *folder, const char *list, const char *mat_path, Tally *tally, GError **error)
{
  g_autofree char *standard = g_build_filename (folder, "corners.csv", NULL);
  g_autoptr (GPtrArray) pictures = read_list (list != NULL ? list : standard, error);
  g_autoptr (YzBitmap) mat = NULL;

  if (pictures == NULL)
    return FALSE;
  add_unlisted (pictures, folder);
  if (mat_path != NULL && (mat = load_mat (mat_path, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < pictures->len; i++)
    if (!measure_picture (tally, g_ptr_array_index (pictures, i), folder, mat, error))
      return FALSE;
  report (tally);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autofree char *list = NULL;
  g_autofree char *mat = NULL;
  Tally tally = { 0 };
  const GOptionEntry entries[] = {
    { "corners", 0, 0, G_OPTION_ARG_FILENAME, &list, "List of true corners", "CSV" },
    { "mat", 0, 0, G_OPTION_ARG_FILENAME, &mat, "Picture of the empty mat", "FILE" },
    { "each", 0, 0, G_OPTION_ARG_NONE, &tally.each, "Tell about each picture", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER");
  g_autoptr (GArray) decode_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) find_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) errors = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GError) error = NULL;

  /* As the darkroom's helper does it. */
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TRIM_THRESHOLD, 256 << 20);
  tally.decode_ms = decode_ms;
  tally.find_ms = find_ms;
  tally.errors = errors;
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2) {
    g_printerr ("%s\n", error != NULL ? error->message : "Use it so: bench-images FOLDER");
    return 2;
  }
  if (!run (argv[1], list, mat, &tally, &error)) {
    g_printerr ("%s\n", error->message);
    return 3;
  }
  return 0;
}
