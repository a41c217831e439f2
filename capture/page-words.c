/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-words.h"

#include "capture/capture-error.h"
#include "capture/page-cleaner.h"

#include <glib/gi18n-lib.h>
#include <tesseract/capi.h>

#include <string.h>

#define LANGUAGE "chi_sim"
#define ORIENTATION "osd"
#define SENSE 2.0     /* what the orientation's measure must reach to be believed */
#define FULL_SENSE 15 /* … and from where on it is certain */
#define GOOD 0.72     /* mean confidence of a page that certainly stands upright */
#define WHITE 64      /* pixels of a picture with nothing on it */
#define FAIR 0.4      /* … and of one that hardly lies on its side */
#define LONGEST 3600  /* pixels: A4 at 300 dpi; more costs time and reads no better */
#define SHORTEST 1700 /* pixels of the longer side that the small print of a card needs */
#define MOST_DPI 400
#define DPI "300"

struct _YzPageWords {
  TessBaseAPI *words;
  TessBaseAPI *orientation;
  gboolean form; /* the page is read piece by piece */
};

/* Eight bits a pixel, packed. */
typedef struct {
  guint8 *pixels;
  int width, height;
} Grey;

static void
clear_grey (Grey *grey)
{
  g_free (grey->pixels);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grey, clear_grey)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TessResultIterator, TessResultIteratorDelete)

static TessBaseAPI *
open_language (const char *language, TessOcrEngineMode engine, GError **error)
{
  TessBaseAPI *api = TessBaseAPICreate ();

  /* What the library would say belongs to nobody; and it opens this file when it speaks first. */
  TessBaseAPISetVariable (api, "debug_file", "/dev/null");
  if (TessBaseAPIInit2 (api, NULL, language, engine) == 0) {
    TessBaseAPISetVariable (api, "user_defined_dpi", DPI);
    return api;
  }
  TessBaseAPIDelete (api);
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
               _ ("The language data for reading pages (%s) is not installed; install the packages "
                  "tesseract-ocr-chi-sim and tesseract-ocr-osd. Everything else works without."),
               language);
  return NULL;
}

static void
close_language (TessBaseAPI *api)
{
  TessBaseAPIEnd (api);
  TessBaseAPIDelete (api);
}

void
yz_page_words_free (YzPageWords *self)
{
  g_clear_pointer (&self->words, close_language);
  g_clear_pointer (&self->orientation, close_language);
  g_free (self);
}

static Grey
copy_grey (const YzBitmap *bitmap)
{
  Grey grey = { g_malloc ((gsize) bitmap->width * (gsize) bitmap->height), bitmap->width,
                bitmap->height };

  for (int y = 0; y < bitmap->height; y++) {
    const guint32 *row = yz_bitmap_get_row (bitmap, y);

    for (int x = 0; x < bitmap->width; x++)
      grey.pixels[(gsize) y * (gsize) bitmap->width + (gsize) x] = row[x] & 255;
  }
  return grey;
}

static void
show (TessBaseAPI *api, const Grey *grey)
{
  TessBaseAPISetImage (api, grey->pixels, grey->width, grey->height, 1, grey->width);
}

/* Quarter turns that put the page upright; FALSE when it has too little on it to tell. */
static gboolean
measure_turn (YzPageWords *self, const YzBitmap *ink, YzReading *reading)
{
  g_auto (Grey) grey = copy_grey (ink);
  const char *script = NULL;
  float sense = 0;
  float script_sense = 0;
  int degrees = 0;
  gboolean found = FALSE;

  TessBaseAPISetPageSegMode (self->orientation, PSM_AUTO_OSD);
  show (self->orientation, &grey);
  found = TessBaseAPIDetectOrientationScript (self->orientation, &degrees, &sense, &script,
                                              &script_sense) &&
          (double) sense >= SENSE;
  TessBaseAPIClear (self->orientation);
  if (!found)
    return FALSE;
  reading->quarters = (guint) (4 - degrees / 90) & 3;
  reading->sure = MIN ((double) sense / FULL_SENSE, 1);
  return TRUE;
}

static void
add_line (TessResultIterator *iterator, YzReading *reading)
{
  char *found = TessResultIteratorGetUTF8Text (iterator, RIL_TEXTLINE);
  g_autofree char *text = found != NULL ? yz_reading_close_up (found) : NULL;
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  YzReadingPart part = { .text = text };

  TessDeleteText (found);
  if (!TessPageIteratorBoundingBox (TessResultIteratorGetPageIterator (iterator), RIL_TEXTLINE,
                                    &left, &top, &right, &bottom))
    return;
  part.x = left;
  part.y = top;
  part.width = right - left;
  part.height = bottom - top;
  part.confidence = (double) TessResultIteratorConfidence (iterator, RIL_TEXTLINE) / 100;
  yz_reading_add (reading, &part);
}

static int
compare_tops (gconstpointer a, gconstpointer b)
{
  const YzReadingPart *one = *(YzReadingPart *const *) a;
  const YzReadingPart *other = *(YzReadingPart *const *) b;

  return one->y + one->height / 2 - other->y - other->height / 2;
}

static int
compare_lefts (gconstpointer a, gconstpointer b)
{
  return (*(YzReadingPart *const *) a)->x - (*(YzReadingPart *const *) b)->x;
}

/* Whether the middle of each lies within the other. */
static gboolean
are_beside (const YzReadingPart *one, const YzReadingPart *other)
{
  const int a = one->y + one->height / 2;
  const int b = other->y + other->height / 2;

  return a >= other->y && a <= other->y + other->height && b >= one->y && b <= one->y + one->height;
}

/* Parts that stand beside each other make one line, as the eye reads a form. */
static void
add_row (YzReading *reading, GPtrArray *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  YzReadingPart whole = *(YzReadingPart *) g_ptr_array_index (row, 0);

  g_ptr_array_sort (row, compare_lefts);
  for (guint i = 0; i < row->len; i++) {
    const YzReadingPart *part = g_ptr_array_index (row, i);
    const int right = MAX (whole.x + whole.width, part->x + part->width);
    const int bottom = MAX (whole.y + whole.height, part->y + part->height);

    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", part->text);
    whole.x = MIN (whole.x, part->x);
    whole.y = MIN (whole.y, part->y);
    whole.width = right - whole.x;
    whole.height = bottom - whole.y;
    whole.confidence = MIN (whole.confidence, part->confidence);
  }
  whole.text = text->str;
  yz_reading_add (reading, &whole);
}

static void
join_rows (const YzReading *from, YzReading *reading)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autoptr (GPtrArray) row = g_ptr_array_new ();

  for (guint i = 0; i < from->lines->len; i++)
    g_ptr_array_add (parts, g_ptr_array_index (from->lines, i));
  g_ptr_array_sort (parts, compare_tops);
  for (guint i = 0; i < parts->len; i++) {
    if (row->len > 0 && !are_beside (g_ptr_array_index (row, row->len - 1), parts->pdata[i])) {
      add_row (reading, row);
      g_ptr_array_set_size (row, 0);
    }
    g_ptr_array_add (row, parts->pdata[i]);
  }
  if (row->len > 0)
    add_row (reading, row);
}

static void
take_lines (YzReading *reading, const YzReading *from)
{
  g_ptr_array_set_size (reading->lines, 0);
  for (guint i = 0; i < from->lines->len; i++)
    yz_reading_add (reading, g_ptr_array_index (from->lines, i));
  reading->width = from->width;
  reading->height = from->height;
}

/* Reads the page as it stands. */
static void
read_lines (YzPageWords *self, const YzBitmap *ink, YzReading *reading)
{
  g_auto (Grey) grey = copy_grey (ink);
  g_autoptr (TessResultIterator) iterator = NULL;
  g_autoptr (YzReading) found = yz_reading_new (ink->width, ink->height);

  reading->width = ink->width;
  reading->height = ink->height;
  TessBaseAPISetPageSegMode (self->words, self->form ? PSM_SPARSE_TEXT : PSM_AUTO);
  show (self->words, &grey);
  if (TessBaseAPIRecognize (self->words, NULL) == 0)
    iterator = TessBaseAPIGetIterator (self->words);
  if (iterator != NULL)
    do
      add_line (iterator, found);
    while (TessResultIteratorNext (iterator, RIL_TEXTLINE));
  if (self->form)
    join_rows (found, reading);
  else
    take_lines (reading, found);
  TessBaseAPIClear (self->words);
}

/* A white picture through both: what is made or opened at the first page is there afterwards. */
static void
warm_up (YzPageWords *self)
{
  g_autoptr (YzBitmap) white = yz_bitmap_new_packed (WHITE, WHITE);
  g_autoptr (YzReading) reading = yz_reading_new (WHITE, WHITE);

  memset ((guint8 *) yz_bitmap_get_row (white, 0), 0xff,
          (gsize) white->stride * (gsize) white->height);
  measure_turn (self, white, reading);
  read_lines (self, white, reading);
}

YzPageWords *
yz_page_words_new (GError **error)
{
  g_autoptr (YzPageWords) self = g_new0 (YzPageWords, 1);

  self->words = open_language (LANGUAGE, OEM_LSTM_ONLY, error);
  if (self->words == NULL)
    return NULL;
  self->orientation = open_language (ORIENTATION, OEM_TESSERACT_ONLY, error);
  if (self->orientation == NULL)
    return NULL;
  warm_up (self);
  return g_steal_pointer (&self);
}

/* How far the lines can be believed, the longer ones more. */
static double
weigh (const YzReading *reading)
{
  double sum = 0;
  double characters = 0;

  for (guint i = 0; i < reading->lines->len; i++) {
    const YzReadingPart *line = g_ptr_array_index (reading->lines, i);
    const double n = (double) g_utf8_strlen (line->text, -1);

    sum += line->confidence * n;
    characters += n;
  }
  return characters > 0 ? sum / characters : 0;
}

/* Upright, upside down, then on its sides, until one reads well. */
static void
try_turns (YzPageWords *self, YzBitmap *ink, YzReading *reading)
{
  static const guint TURNS[] = { 0, 2, 1, 3 };
  double best = -1;
  double first = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (TURNS) && best < (i < 2 ? GOOD : FAIR); i++) {
    g_autoptr (YzBitmap) turned = yz_bitmap_turn (ink, TURNS[i]);
    g_autoptr (YzReading) tried = yz_reading_new (1, 1);
    double weight = 0;

    read_lines (self, turned, tried);
    weight = weigh (tried);
    if (i == 0)
      first = weight;
    if (weight <= best)
      continue;
    best = weight;
    take_lines (reading, tried);
    reading->quarters = TURNS[i];
  }
  /* A page that reads hardly better the other way round has not told which way is up. */
  reading->sure = best >= GOOD ? best : 0;
  if (best < GOOD && best < first * 1.2)
    reading->quarters = 0;
}

/* Small print of a card is enlarged, a large page or one that fills the picture as a card does made
 * smaller: the reader likes letters of 30 to 40 pixels. */
static YzBitmap *
fit (YzBitmap *page, guint dpi)
{
  const int longest = MAX (page->width, page->height);
  const int times = SHORTEST / longest + 1;
  YzBitmap *larger = NULL;

  if (dpi > MOST_DPI)
    return yz_bitmap_shrink (page, MIN (longest * MOST_DPI / (int) dpi, LONGEST));
  if (longest > LONGEST)
    return yz_bitmap_shrink (page, LONGEST);
  if (longest >= SHORTEST || (gint64) longest * times > LONGEST)
    return yz_bitmap_ref (page);
  larger = yz_bitmap_new_packed (page->width * times, page->height * times);
  for (int y = 0; y < larger->height; y++) {
    const guint32 *from = yz_bitmap_get_row (page, y / times);
    guint32 *row = (guint32 *) yz_bitmap_get_row (larger, y);

    for (int x = 0; x < larger->width; x++)
      row[x] = from[x / times];
  }
  return larger;
}

void
yz_page_words_read (YzPageWords *self, YzBitmap *page, guint dpi, gboolean form, YzReading *reading)
{
  g_autoptr (YzBitmap) fitted = fit (page, dpi);
  g_autoptr (YzBitmap) ink = yz_cleaner_make_bitonal (fitted);

  self->form = form;
  if (measure_turn (self, ink, reading)) {
    g_autoptr (YzBitmap) turned = yz_bitmap_turn (ink, reading->quarters);

    read_lines (self, turned, reading);
  } else {
    try_turns (self, ink, reading);
  }
}
