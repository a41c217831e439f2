/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/paper-layout.h"

#include <pango/pangocairo.h>

#define MARGIN 56.7 /* 20 mm */
#define FOOT 34.0
#define TEXT_WIDTH (YZ_PAPER_WIDTH - 2 * MARGIN)
#define LABEL_WIDTH 118.0
#define CODE_LENGTH 82.0
#define PADDING 5.0
#define MARK_LENGTH 9.0
#define FAMILY "Noto Serif CJK SC, Source Han Serif SC, Songti SC, SimSun, serif"
#define SECOND_OPEN "<span size='smaller' weight='normal' foreground='#444444'>"
#define SECOND_CLOSE "</span>"

typedef struct {
  PangoLayout *text;
  double x; /* from the left margin */
  double y; /* from the block's top */
} Piece;

typedef struct {
  GArray *pieces; /* (element-type Piece) */
  double height;
  double top; /* on its page */
  guint page;
  gboolean ruled; /* a cell pair of the table */
  gboolean holds; /* stays with the block after it */
  double line_y;  /* signature lines here when above 0 */
  YzPaperMark mark;
  YzQrCode *code;
} Block;

struct _YzPaperLayout {
  PangoContext *context;
  GPtrArray *blocks; /* (element-type Block) */
  guint n_pages;
  double cursor; /* free from here on, on the last page */
  char *foot;
  char *watermark;
};

static void
clear_piece (gpointer data)
{
  Piece *piece = data;

  g_object_unref (piece->text);
}

static void
free_block (gpointer data)
{
  Block *block = data;

  g_array_unref (block->pieces);
  yz_qr_code_free (block->code);
  g_free (block);
}

YzPaperLayout *
yz_paper_layout_new (void)
{
  YzPaperLayout *self = g_new0 (YzPaperLayout, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  self->blocks = g_ptr_array_new_with_free_func (free_block);
  self->n_pages = 1;
  self->cursor = MARGIN;
  /* Paper has no pixel grid: unhinted metrics give the same line breaks on every printer. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  pango_cairo_context_set_resolution (self->context, 72);
  pango_context_set_language (self->context, pango_language_from_string ("zh-cn"));
  cairo_font_options_destroy (options);
  return self;
}

void
yz_paper_layout_free (YzPaperLayout *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->context);
  g_ptr_array_unref (self->blocks);
  g_free (self->foot);
  g_free (self->watermark);
  g_free (self);
}

static PangoLayout *
set_text (const YzPaperLayout *self, const char *markup, double size, gboolean bold, double width)
{
  PangoLayout *text = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (FAMILY);

  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (text, font);
  pango_font_description_free (font);
  pango_layout_set_width (text, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (text, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_markup (text, markup, -1);
  return text;
}

/* Returns the lower edge of the text. */
static double
place (Block *block, PangoLayout *text, double x, double y)
{
  Piece piece = { .text = text, .x = x, .y = y };
  int height;

  pango_layout_get_size (text, NULL, &height);
  g_array_append_val (block->pieces, piece);
  return y + (double) height / PANGO_SCALE;
}

static char *
join (const char *text, const char *second, const char *between)
{
  g_autofree char *first = g_markup_escape_text (text, -1);
  g_autofree char *other = second == NULL ? NULL : g_markup_escape_text (second, -1);

  if (other == NULL || *other == '\0')
    return g_steal_pointer (&first);
  return g_strconcat (first, between, SECOND_OPEN, other, SECOND_CLOSE, NULL);
}

static Block *
new_block (void)
{
  Block *block = g_new0 (Block, 1);

  block->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (block->pieces, clear_piece);
  return block;
}

static void
begin_page (YzPaperLayout *self)
{
  self->n_pages++;
  self->cursor = MARGIN;
}

/* Takes the last block along to the new page when it is a heading of this one. */
static void
turn_page (YzPaperLayout *self)
{
  Block *last = self->blocks->len == 0 ? NULL : self->blocks->pdata[self->blocks->len - 1];

  begin_page (self);
  if (last == NULL || !last->holds)
    return;
  last->page = self->n_pages - 1;
  last->top = self->cursor;
  self->cursor += last->height;
}

static void
let_fall (YzPaperLayout *self, Block *block)
{
  const Block *last = self->blocks->len == 0 ? NULL : self->blocks->pdata[self->blocks->len - 1];

  if (last != NULL && last->ruled && !block->ruled)
    self->cursor += 8;
  if (self->cursor + block->height > YZ_PAPER_HEIGHT - MARGIN - FOOT && self->cursor > MARGIN)
    turn_page (self);
  block->page = self->n_pages - 1;
  block->top = self->cursor;
  self->cursor += block->height;
  g_ptr_array_add (self->blocks, block);
}

void
yz_paper_layout_add_head (
    YzPaperLayout *self, const char *organ, const char *title, const char *second, YzQrCode *code)
{
  Block *block = new_block ();
  g_autofree char *organ_markup = join (organ, NULL, "");
  g_autofree char *title_markup = join (title, NULL, "");
  g_autofree char *second_markup = second == NULL ? NULL : join (second, NULL, "");
  double width = code == NULL ? TEXT_WIDTH : TEXT_WIDTH - CODE_LENGTH - 12;
  double y;

  y = place (block, set_text (self, organ_markup, 10.5, FALSE, width), 0, 0) + 10;
  y = place (block, set_text (self, title_markup, 21, TRUE, width), 0, y);
  if (second_markup != NULL)
    y = place (block, set_text (self, second_markup, 12, FALSE, width), 0, y + 2);
  block->code = code;
  block->height = MAX (y, code == NULL ? 0 : CODE_LENGTH) + 14;
  let_fall (self, block);
}

void
yz_paper_layout_add_row (YzPaperLayout *self,
                         const char *label,
                         const char *second_label,
                         const char *value,
                         const char *second_value)
{
  Block *block = new_block ();
  g_autofree char *left = join (label, second_label, "\n");
  g_autofree char *right = join (value, second_value, "\n");
  double y_left;
  double y_right;

  y_left =
      place (block, set_text (self, left, 10.5, TRUE, LABEL_WIDTH - 2 * PADDING), PADDING, PADDING);
  y_right =
      place (block, set_text (self, right, 10.5, FALSE, TEXT_WIDTH - LABEL_WIDTH - 2 * PADDING),
             LABEL_WIDTH + PADDING, PADDING);
  block->height = MAX (y_left, y_right) + PADDING;
  block->ruled = TRUE;
  let_fall (self, block);
}

void
yz_paper_layout_add_heading (YzPaperLayout *self, const char *text, const char *second)
{
  Block *block = new_block ();
  g_autofree char *markup = join (text, second, "  ");

  block->height = place (block, set_text (self, markup, 12, TRUE, TEXT_WIDTH), 0, 12) + 4;
  block->holds = TRUE;
  let_fall (self, block);
}

void
yz_paper_layout_add_paragraph (YzPaperLayout *self, const char *text, const char *second)
{
  Block *block = new_block ();
  g_autofree char *markup = join (text, second, "\n");
  PangoLayout *layout = set_text (self, markup, 10.5, FALSE, TEXT_WIDTH);

  pango_layout_set_line_spacing (layout, 1.15F);
  block->height = place (block, layout, 0, 2) + 4;
  let_fall (self, block);
}

void
yz_paper_layout_add_item (YzPaperLayout *self,
                          YzPaperMark mark,
                          const char *text,
                          const char *second)
{
  Block *block = new_block ();
  g_autofree char *markup = join (text, second, "\n");
  double indent = 2 * PADDING + MARK_LENGTH;

  block->height =
      place (block, set_text (self, markup, 10.5, FALSE, TEXT_WIDTH - indent), indent, 2) + 3;
  block->mark = mark;
  let_fall (self, block);
}

void
yz_paper_layout_add_signatures (YzPaperLayout *self,
                                const char *left,
                                const char *second_left,
                                const char *right,
                                const char *second_right)
{
  Block *block = new_block ();
  g_autofree char *left_markup = join (left, second_left, "\n");
  g_autofree char *right_markup = join (right, second_right, "\n");
  double width = TEXT_WIDTH / 2 - 12;
  double y_left;
  double y_right;

  y_left = place (block, set_text (self, left_markup, 10.5, FALSE, width), 0, 22);
  y_right =
      place (block, set_text (self, right_markup, 10.5, FALSE, width), TEXT_WIDTH / 2 + 12, 22);
  block->line_y = MAX (y_left, y_right) + 26;
  block->height = block->line_y + 14;
  let_fall (self, block);
}

void
yz_paper_layout_set_foot (YzPaperLayout *self, const char *text)
{
  g_free (self->foot);
  self->foot = g_strdup (text);
}

void
yz_paper_layout_set_watermark (YzPaperLayout *self, const char *text)
{
  g_free (self->watermark);
  self->watermark = g_strdup (text);
}

guint
yz_paper_layout_count_pages (const YzPaperLayout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_pages;
}

static void
draw_mark (cairo_t *cr, YzPaperMark mark, double x, double y)
{
  if (mark == YZ_PAPER_MARK_NONE)
    return;
  cairo_set_line_width (cr, 0.8);
  cairo_rectangle (cr, x, y, MARK_LENGTH, MARK_LENGTH);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 1.4);
  if (mark == YZ_PAPER_MARK_HAVE) {
    cairo_move_to (cr, x + 1.5, y + 4.5);
    cairo_line_to (cr, x + 4, y + 7.2);
    cairo_line_to (cr, x + 8, y + 1.5);
  } else if (mark == YZ_PAPER_MARK_FAULTY) {
    cairo_move_to (cr, x + 2, y + 2);
    cairo_line_to (cr, x + 7, y + 7);
    cairo_move_to (cr, x + 7, y + 2);
    cairo_line_to (cr, x + 2, y + 7);
  }
  cairo_stroke (cr);
}

static void
draw_rules (cairo_t *cr, const Block *block)
{
  cairo_set_line_width (cr, 0.5);
  cairo_rectangle (cr, MARGIN, block->top, TEXT_WIDTH, block->height);
  cairo_move_to (cr, MARGIN + LABEL_WIDTH, block->top);
  cairo_rel_line_to (cr, 0, block->height);
  cairo_stroke (cr);
}

static void
draw_signature_lines (cairo_t *cr, const Block *block)
{
  double width = TEXT_WIDTH / 2 - 12;

  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, MARGIN, block->top + block->line_y);
  cairo_rel_line_to (cr, width, 0);
  cairo_move_to (cr, MARGIN + TEXT_WIDTH / 2 + 12, block->top + block->line_y);
  cairo_rel_line_to (cr, width, 0);
  cairo_stroke (cr);
}

static void
draw_block (cairo_t *cr, const Block *block)
{
  guint i;

  cairo_set_source_rgb (cr, 0, 0, 0);
  if (block->ruled)
    draw_rules (cr, block);
  if (block->line_y > 0)
    draw_signature_lines (cr, block);
  draw_mark (cr, block->mark, MARGIN + PADDING, block->top + 5.5);
  if (block->code != NULL)
    yz_qr_code_draw (block->code, cr, YZ_PAPER_WIDTH - MARGIN - CODE_LENGTH, block->top,
                     CODE_LENGTH);
  for (i = 0; i < block->pieces->len; i++) {
    const Piece *piece = &g_array_index (block->pieces, Piece, i);

    cairo_set_source_rgb (cr, 0, 0, 0);
    cairo_move_to (cr, MARGIN + piece->x, block->top + piece->y);
    pango_cairo_show_layout (cr, piece->text);
  }
}

static void
draw_foot (const YzPaperLayout *self, cairo_t *cr, guint page)
{
  g_autofree char *plain = g_strdup_printf (
      "%s    第 %u 页 共 %u 页", self->foot == NULL ? "" : self->foot, page + 1, self->n_pages);
  g_autofree char *markup = g_markup_escape_text (plain, -1);
  g_autoptr (PangoLayout) text = set_text (self, markup, 8.5, FALSE, TEXT_WIDTH);

  cairo_set_source_rgb (cr, 0.25, 0.25, 0.25);
  cairo_move_to (cr, MARGIN, YZ_PAPER_HEIGHT - MARGIN - 6);
  pango_cairo_show_layout (cr, text);
}

static void
draw_watermark (const YzPaperLayout *self, cairo_t *cr)
{
  g_autofree char *markup = g_markup_escape_text (self->watermark, -1);
  g_autoptr (PangoLayout) text = set_text (self, markup, 130, TRUE, -1);
  int width;
  int height;

  pango_layout_set_width (text, -1);
  pango_layout_get_pixel_size (text, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, YZ_PAPER_WIDTH / 2, YZ_PAPER_HEIGHT / 2);
  cairo_rotate (cr, -G_PI / 5);
  cairo_set_source_rgb (cr, 0.93, 0.93, 0.93);
  cairo_move_to (cr, -width / 2.0, -height / 2.0);
  pango_cairo_show_layout (cr, text);
  cairo_restore (cr);
}

void
yz_paper_layout_draw (const YzPaperLayout *self, cairo_t *cr, guint page)
{
  guint i;

  g_return_if_fail (self != NULL);
  g_return_if_fail (page < self->n_pages);

  cairo_save (cr);
  if (self->watermark != NULL)
    draw_watermark (self, cr);
  for (i = 0; i < self->blocks->len; i++) {
    const Block *block = self->blocks->pdata[i];

    if (block->page == page)
      draw_block (cr, block);
  }
  draw_foot (self, cr, page);
  cairo_restore (cr);
}
