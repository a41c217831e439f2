/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/flow-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * The diagram. Each level is a column, each state a row of its own in file order, so a line that
 * runs along a row meets no other box. A step leaves its box sideways, runs up or down in the
 * gutter beside the column of its target and enters that box from the side; every line in a gutter
 * has a lane of its own. Withdrawals would lead from nearly everywhere to one box: they are a mark
 * on the box instead, explained below the diagram. Lengths are whole pixels; the widths of texts
 * are estimated, because no fonts are at hand here.
 */

#define MARGIN 28
#define TITLE_HEIGHT 66
#define HEADER_HEIGHT 34
#define BOX_WIDTH 196
#define BOX_HEIGHT 56
#define NAME_SIZE 14
#define NOTE_SIZE 11
#define LINE_HEIGHT 18
#define ROW_GAP 22
#define PORT_GAP 22
#define LANE_GAP 12
#define ZONE 18 /* beside a box, without labels */
#define LEGEND_HEIGHT 46
#define N_LEVELS (YZ_LEVEL_PREFECTURE + 1)

enum { LEFT, RIGHT };

typedef struct {
  const YzFlowState *state;
  guint column;
  guint x;
  guint y;
  guint height;
  gboolean withdrawable;
  GPtrArray *lines;    /* the name, broken */
  GPtrArray *ports[2]; /* (element-type End) from top to bottom */
} Box;

typedef struct _Edge Edge;

/* Where a line touches a box. */
typedef struct {
  Edge *edge;
  gboolean leaves;
  guint y;
} End;

struct _Edge {
  Box *from;
  Box *to;
  GString *label;
  YzEffect effect;
  guint gutter; /* the one left of the column of that number */
  guint lane;
  End ends[2]; /* leaving, entering */
};

typedef struct {
  const YzFlow *flow;
  GPtrArray *boxes;
  GPtrArray *edges;
  guint columns[N_LEVELS]; /* level → column */
  guint n_columns;
  guint column_x[N_LEVELS];
  guint gutter_x[N_LEVELS + 1]; /* where the lanes begin */
  guint width;
  guint height;
  GString *svg;
} Drawing;

static void
free_box (gpointer data)
{
  Box *box = data;

  g_ptr_array_unref (box->lines);
  g_ptr_array_unref (box->ports[LEFT]);
  g_ptr_array_unref (box->ports[RIGHT]);
  g_free (box);
}

static void
free_edge (gpointer data)
{
  Edge *edge = data;

  g_string_free (edge->label, TRUE);
  g_free (edge);
}

static void
drawing_clear (Drawing *drawing)
{
  g_ptr_array_unref (drawing->boxes);
  g_ptr_array_unref (drawing->edges);
  g_string_free (drawing->svg, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawing, drawing_clear)

/* A Han character is as wide as high, a Latin one a little more than half of it. */
static guint
measure (const char *text, guint size)
{
  guint hundredths = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    hundredths += g_unichar_iswide (g_utf8_get_char (text)) ? 100 : 57;
  return hundredths * size / 100 + 1;
}

/* Where a line that fits into @width ends: at a space, or after any wide character. */
static const char *
find_break (const char *text, guint width)
{
  const char *good = NULL;
  const char *at = text;

  for (; *at != '\0'; at = g_utf8_next_char (at)) {
    g_autofree char *line = g_strndup (text, (gsize) (at - text));

    if (at > text && measure (line, NAME_SIZE) > width)
      return good != NULL ? good : at;
    if (*at == ' ' || g_unichar_iswide (g_utf8_get_char (at)))
      good = at > text ? at : NULL;
  }
  return at;
}

static GPtrArray *
break_name (const char *name)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  while (*name != '\0') {
    const char *end = find_break (name, BOX_WIDTH - 24);

    g_ptr_array_add (lines, g_strndup (name, (gsize) (end - name)));
    name = *end == ' ' ? end + 1 : end;
  }
  return lines;
}

static char *
describe_state (const YzFlowState *state)
{
  switch (state->kind) {
  case YZ_STATE_ACTIVE:
    if (state->limit == 0)
      return g_strdup (_ ("on the spot"));
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u working day", "%u working days", state->limit),
        state->limit);
  case YZ_STATE_PAUSED:
    return g_strdup (_ ("the clock stands"));
  case YZ_STATE_DECIDED:
    return g_strdup (_ ("decided"));
  case YZ_STATE_FINAL:
    return g_strdup (_ ("closed"));
  case YZ_STATE_START:
  default:
    return g_strdup (_ ("begins here"));
  }
}

static Box *
find_box (const Drawing *drawing, const char *id)
{
  for (guint i = 0; i < drawing->boxes->len; i++) {
    Box *box = g_ptr_array_index (drawing->boxes, i);

    if (g_str_equal (box->state->id, id))
      return box;
  }
  return NULL;
}

static void
add_boxes (Drawing *drawing)
{
  gboolean used[N_LEVELS] = { FALSE };
  GPtrArray *states = drawing->flow->states;

  for (guint i = 0; i < states->len; i++)
    used[((const YzFlowState *) g_ptr_array_index (states, i))->level] = TRUE;
  for (guint level = 0; level < N_LEVELS; level++)
    drawing->columns[level] = used[level] ? drawing->n_columns++ : 0;
  for (guint i = 0; i < states->len; i++) {
    Box *box = g_new0 (Box, 1);

    box->state = g_ptr_array_index (states, i);
    box->column = drawing->columns[box->state->level];
    box->lines = break_name (box->state->name);
    box->ports[LEFT] = g_ptr_array_new ();
    box->ports[RIGHT] = g_ptr_array_new ();
    g_ptr_array_add (drawing->boxes, box);
  }
}

/* The gutter beside the target; a step inside a column goes down on its right and up on its left.
 */
static guint
choose_gutter (const Edge *edge)
{
  if (edge->from->column != edge->to->column)
    return edge->to->column + (edge->from->column > edge->to->column ? 1 : 0);
  return edge->from->column + (edge->from->y <= edge->to->y ? 1 : 0);
}

static Edge *
ensure_edge (Drawing *drawing, Box *from, Box *to)
{
  Edge *edge = NULL;

  for (guint i = 0; i < drawing->edges->len; i++) {
    edge = g_ptr_array_index (drawing->edges, i);
    if (edge->from == from && edge->to == to)
      return edge;
  }
  edge = g_new0 (Edge, 1);
  edge->from = from;
  edge->to = to;
  edge->label = g_string_new (NULL);
  edge->gutter = choose_gutter (edge);
  for (guint i = 0; i < 2; i++) {
    const Box *box = i == 0 ? from : to;

    edge->ends[i] = (End){ .edge = edge, .leaves = i == 0 };
    g_ptr_array_add (box->ports[edge->gutter > box->column ? RIGHT : LEFT], &edge->ends[i]);
  }
  g_ptr_array_add (drawing->edges, edge);
  return edge;
}

/* One line for all that leads from one state to another; roles do not make further ones. */
static void
add_edges (Drawing *drawing)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* Until rows have heights, y counts the rows. */
  for (guint i = 0; i < drawing->boxes->len; i++)
    ((Box *) g_ptr_array_index (drawing->boxes, i))->y = i;
  for (guint i = 0; i < drawing->flow->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (drawing->flow->steps, i);
    Box *from = find_box (drawing, step->from);
    Box *to = find_box (drawing, step->to);
    Edge *edge = NULL;

    if ((step->effect & YZ_EFFECT_WITHDRAW) != 0) {
      from->withdrawable = TRUE;
      continue;
    }
    if (!g_hash_table_add (said, g_strjoin (" ", step->from, step->action, step->to, NULL)))
      continue;
    edge = ensure_edge (drawing, from, to);
    edge->effect |= step->effect;
    g_string_append_printf (edge->label, "%s%s", edge->label->len > 0 ? " / " : "", step->name);
  }
}

static const Box *
other_box (const End *end)
{
  return end->leaves ? end->edge->to : end->edge->from;
}

/* Lines from above stand above those from below, so that they do not cross beside the box. */
static int
compare_ends (gconstpointer a, gconstpointer b)
{
  const End *left = *(const End *const *) a;
  const End *right = *(const End *const *) b;
  guint left_y = other_box (left)->y;
  guint right_y = other_box (right)->y;

  if (left_y != right_y)
    return left_y < right_y ? -1 : 1;
  return (int) right->leaves - (int) left->leaves;
}

static void
place_ports (const Box *box)
{
  for (guint side = LEFT; side <= RIGHT; side++) {
    GPtrArray *ports = box->ports[side];

    for (guint i = 0; i < ports->len; i++)
      ((End *) g_ptr_array_index (ports, i))->y =
          box->y + box->height / 2 + i * PORT_GAP - (ports->len - 1) * PORT_GAP / 2;
  }
}

static void
place_rows (Drawing *drawing)
{
  guint y = MARGIN + TITLE_HEIGHT + HEADER_HEIGHT + ROW_GAP;

  for (guint i = 0; i < drawing->boxes->len; i++) {
    const Box *box = g_ptr_array_index (drawing->boxes, i);

    g_ptr_array_sort (box->ports[LEFT], compare_ends);
    g_ptr_array_sort (box->ports[RIGHT], compare_ends);
  }
  for (guint i = 0; i < drawing->boxes->len; i++) {
    Box *box = g_ptr_array_index (drawing->boxes, i);
    guint n_ports = MAX (box->ports[LEFT]->len, box->ports[RIGHT]->len);

    box->y = y;
    box->height = MAX (BOX_HEIGHT + (box->lines->len - 1) * LINE_HEIGHT, n_ports * PORT_GAP + 12);
    place_ports (box);
    y += box->height + ROW_GAP;
  }
  drawing->height = y + LEGEND_HEIGHT + MARGIN;
}

/* The room that labels need on one side of a column. */
static guint
measure_zone (const Drawing *drawing, guint column, guint side)
{
  guint zone = ZONE;

  for (guint i = 0; i < drawing->edges->len; i++) {
    const Edge *edge = g_ptr_array_index (drawing->edges, i);
    guint leaves = edge->gutter > edge->from->column ? RIGHT : LEFT;

    if (edge->from->column == column && leaves == side)
      zone = MAX (zone, measure (edge->label->str, NOTE_SIZE) + ZONE);
  }
  return zone;
}

static guint
span_of (const Edge *edge)
{
  guint from = edge->ends[0].y;
  guint to = edge->ends[1].y;

  return MAX (from, to) - MIN (from, to);
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  guint left = span_of (*(const Edge *const *) a);
  guint right = span_of (*(const Edge *const *) b);

  return left < right ? -1 : left > right;
}

/* Gives each line in a gutter its lane; returns their number. */
static guint
take_lanes (Drawing *drawing, guint gutter)
{
  guint n = 0;

  for (guint i = 0; i < drawing->edges->len; i++) {
    Edge *edge = g_ptr_array_index (drawing->edges, i);

    if (edge->gutter == gutter)
      edge->lane = n++;
  }
  return n;
}

static void
place_columns (Drawing *drawing)
{
  guint x = MARGIN;

  g_ptr_array_sort (drawing->edges, compare_spans);
  for (guint gutter = 0; gutter <= drawing->n_columns; gutter++) {
    guint n_lanes = take_lanes (drawing, gutter);

    if (gutter > 0)
      x += measure_zone (drawing, gutter - 1, RIGHT);
    drawing->gutter_x[gutter] = x;
    x += n_lanes * LANE_GAP;
    if (gutter == drawing->n_columns)
      break;
    x += measure_zone (drawing, gutter, LEFT);
    drawing->column_x[gutter] = x;
    x += BOX_WIDTH;
  }
  drawing->width = x + MARGIN;
  for (guint i = 0; i < drawing->boxes->len; i++) {
    Box *box = g_ptr_array_index (drawing->boxes, i);

    box->x = drawing->column_x[box->column];
  }
}

static void G_GNUC_PRINTF (2, 3) put (Drawing *drawing, const char *format, ...)
{
  g_autofree char *markup = NULL;
  va_list arguments;

  va_start (arguments, format);
  markup = g_markup_vprintf_escaped (format, arguments);
  va_end (arguments);
  g_string_append (drawing->svg, markup);
  g_string_append_c (drawing->svg, '\n');
}

static void
put_head (Drawing *drawing)
{
  static const char style[] =
      "text{font-family:'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC',sans-serif;"
      "fill:#1f2a37}.title{font-size:22px;font-weight:700}.sub{font-size:13px;fill:#5b6776}"
      ".level{font-size:14px;font-weight:700;fill:#3a4757;text-anchor:middle}"
      ".name{font-size:14px;font-weight:600;text-anchor:middle}"
      ".note{font-size:11px;fill:#5b6776;text-anchor:middle}"
      ".say{font-size:11px;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}"
      ".legend{font-size:12px;fill:#5b6776}.column{fill:#f5f7fa}"
      ".start{fill:#fff;stroke:#1c5fb8;stroke-width:2.5}.active{fill:#e3eefb;stroke:#1c5fb8}"
      ".paused{fill:#fdf3dc;stroke:#b57b0a;stroke-dasharray:5 3}"
      ".decided{fill:#e4f4e8;stroke:#2b7a3d}.final{fill:#e9ecef;stroke:#7b8794}"
      "path.way{fill:none;stroke-width:1.6}.mark{fill:#7b8794}";
  static const char *const colours[] = { "#5b6776", "#2b7a3d", "#b3261e", "#b57b0a" };
  const YzFlow *flow = drawing->flow;

  put (drawing,
       "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
       "viewBox=\"0 0 %u %u\" role=\"img\">",
       drawing->width, drawing->height, drawing->width, drawing->height);
  put (drawing, "<title>%s</title>", flow->name);
  g_string_append_printf (drawing->svg, "<style>%s</style>\n<defs>\n", style);
  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++)
    put (drawing,
         "<marker id=\"tip-%s\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" "
         "markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
         "<path d=\"M0 0L10 5L0 10z\" fill=\"%s\"/></marker>",
         colours[i] + 1, colours[i]);
  put (drawing, "</defs>\n<rect width=\"%u\" height=\"%u\" fill=\"#fff\"/>", drawing->width,
       drawing->height);
}

static void
put_title (Drawing *drawing)
{
  const YzFlow *flow = drawing->flow;
  g_autofree char *promise =
      flow->on_the_spot ? g_strdup (_ ("decided on the spot"))
                        : g_strdup_printf (_ ("promised %u working days, internal target %u"),
                                           flow->total, flow->target);
  g_autofree char *sub =
      g_strdup_printf (_ ("%s · version %u · %s"), flow->code, flow->version, promise);

  put (drawing, "<text class=\"title\" x=\"%d\" y=\"%d\">%s</text>", MARGIN, MARGIN + 20,
       flow->name);
  put (drawing, "<text class=\"sub\" x=\"%d\" y=\"%d\">%s</text>", MARGIN, MARGIN + 42, sub);
}

static void
put_columns (Drawing *drawing)
{
  gboolean done[N_LEVELS] = { FALSE };
  guint top = MARGIN + TITLE_HEIGHT;

  for (guint i = 0; i < drawing->boxes->len; i++) {
    const Box *box = g_ptr_array_index (drawing->boxes, i);

    if (done[box->column])
      continue;
    done[box->column] = TRUE;
    put (drawing, "<rect class=\"column\" x=\"%u\" y=\"%u\" width=\"%d\" height=\"%u\" rx=\"12\"/>",
         box->x - 10, top, BOX_WIDTH + 20, drawing->height - top - LEGEND_HEIGHT - MARGIN);
    put (drawing, "<text class=\"level\" x=\"%u\" y=\"%u\">%s</text>", box->x + BOX_WIDTH / 2,
         top + 23, yz_level_get_name (box->state->level));
  }
}

static const char *
colour_of (YzEffect effect)
{
  if ((effect & YZ_EFFECT_APPROVE) != 0)
    return "#2b7a3d";
  if ((effect & YZ_EFFECT_REJECT) != 0)
    return "#b3261e";
  return (effect & YZ_EFFECT_RETURN) != 0 ? "#b57b0a" : "#5b6776";
}

static void
put_way (Drawing *drawing, const Edge *edge)
{
  const char *colour = colour_of (edge->effect);
  gboolean leaves_right = edge->gutter > edge->from->column;
  gboolean enters_right = edge->gutter > edge->to->column;
  guint lane = drawing->gutter_x[edge->gutter] + edge->lane * LANE_GAP + LANE_GAP / 2;

  put (drawing,
       "<path class=\"way\" d=\"M%u %uH%uV%uH%u\" stroke=\"%s\" stroke-linejoin=\"round\" "
       "marker-end=\"url(#tip-%s)\"/>",
       edge->from->x + (leaves_right ? BOX_WIDTH : 0), edge->ends[0].y, lane, edge->ends[1].y,
       edge->to->x + (enters_right ? BOX_WIDTH : 0), colour, colour + 1);
}

static void
put_label (Drawing *drawing, const Edge *edge)
{
  gboolean leaves_right = edge->gutter > edge->from->column;

  put (drawing, "<text class=\"say\" x=\"%u\" y=\"%u\" text-anchor=\"%s\">%s</text>",
       leaves_right ? edge->from->x + BOX_WIDTH + 7 : edge->from->x - 7, edge->ends[0].y - 5,
       leaves_right ? "start" : "end", edge->label->str);
}

static void
put_box (Drawing *drawing, const Box *box)
{
  static const char *const classes[] = { "start", "active", "paused", "decided", "final" };
  g_autofree char *note = describe_state (box->state);
  guint middle = box->x + BOX_WIDTH / 2;
  guint y = box->y + box->height / 2 - box->lines->len * LINE_HEIGHT / 2 + 5;

  put (drawing, "<rect class=\"%s\" x=\"%u\" y=\"%u\" width=\"%d\" height=\"%u\" rx=\"9\"/>",
       classes[box->state->kind], box->x, box->y, BOX_WIDTH, box->height);
  for (guint i = 0; i < box->lines->len; i++, y += LINE_HEIGHT)
    put (drawing, "<text class=\"name\" x=\"%u\" y=\"%u\">%s</text>", middle, y,
         (const char *) g_ptr_array_index (box->lines, i));
  put (drawing, "<text class=\"note\" x=\"%u\" y=\"%u\">%s</text>", middle, y, note);
  if (box->withdrawable)
    put (drawing, "<circle class=\"mark\" cx=\"%u\" cy=\"%u\" r=\"4\"/>", box->x + BOX_WIDTH - 11,
         box->y + 11);
}

static void
put_legend (Drawing *drawing)
{
  guint y = drawing->height - MARGIN - 8;
  gboolean any = FALSE;

  for (guint i = 0; i < drawing->boxes->len; i++)
    any = any || ((const Box *) g_ptr_array_index (drawing->boxes, i))->withdrawable;
  if (!any)
    return;
  put (drawing, "<circle class=\"mark\" cx=\"%d\" cy=\"%u\" r=\"4\"/>", MARGIN + 4, y - 4);
  put (drawing, "<text class=\"legend\" x=\"%d\" y=\"%u\">%s</text>", MARGIN + 16, y,
       _ ("The applicant may withdraw from here."));
}

/**
 * yz_flow_draw:
 * @self: a flow
 *
 * Draws the states as boxes in the columns of their levels, with their limits, and the steps as
 * arrows with the names of the actions, all in the reader's language.
 *
 * Returns: (transfer full): an SVG document that needs nothing else
 */
char *
yz_flow_draw (const YzFlow *self)
{
  g_auto (Drawing) drawing = { .flow = self };

  g_return_val_if_fail (self != NULL, NULL);

  drawing.boxes = g_ptr_array_new_with_free_func (free_box);
  drawing.edges = g_ptr_array_new_with_free_func (free_edge);
  drawing.svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  add_boxes (&drawing);
  add_edges (&drawing);
  place_rows (&drawing);
  place_columns (&drawing);

  put_head (&drawing);
  put_title (&drawing);
  put_columns (&drawing);
  for (guint i = 0; i < drawing.edges->len; i++)
    put_way (&drawing, g_ptr_array_index (drawing.edges, i));
  for (guint i = 0; i < drawing.boxes->len; i++)
    put_box (&drawing, g_ptr_array_index (drawing.boxes, i));
  for (guint i = 0; i < drawing.edges->len; i++)
    put_label (&drawing, g_ptr_array_index (drawing.edges, i));
  put_legend (&drawing);
  put (&drawing, "</svg>");
  return g_strdup (drawing.svg->str);
}
