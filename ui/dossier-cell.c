/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/dossier-cell.h"

#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define GAP 8
#define MARGIN 8 /* above and below the two lines */
#define SMALL 0.9

struct _YzDossierCell {
  GtkCellRendererText parent;
  char *applicant;
  char *matter;
  char *number;
  char *time_left;
  YzUrgency urgency;
};

G_DEFINE_FINAL_TYPE (YzDossierCell, yz_dossier_cell, GTK_TYPE_CELL_RENDERER_TEXT)

static void
take (char **place, char *text)
{
  g_free (*place);
  *place = text;
}

static char *
get_string (GtkTreeModel *model, GtkTreeIter *iter, int column)
{
  char *text = NULL;

  gtk_tree_model_get (model, iter, column, &text, -1);
  return text;
}

void
yz_dossier_cell_fill (GtkTreeViewColumn *column,
                      GtkCellRenderer *cell,
                      GtkTreeModel *model,
                      GtkTreeIter *iter,
                      gpointer data)
{
  YzDossierCell *self = YZ_DOSSIER_CELL (cell);
  YzDossierModel *cases = YZ_DOSSIER_MODEL (model);
  const YzDossier *dossier = yz_dossier_model_get_at (cases, iter);
  const YzCalendar *calendar = yz_dossier_model_get_calendar (cases);
  gint64 now = yz_dossier_model_get_now (cases);
  g_autofree char *spoken = get_string (model, iter, YZ_DOSSIER_COLUMN_SPOKEN);

  take (&self->applicant, get_string (model, iter, YZ_DOSSIER_COLUMN_APPLICANT));
  take (&self->matter, g_strdup (dossier->matter_name));
  take (&self->number, g_strdup (dossier->number));
  take (&self->time_left, yz_words_time_short (dossier, calendar, now));
  self->urgency = yz_words_get_urgency (dossier, calendar, now);
  g_object_set (cell, "text", spoken, NULL); /* what a screen reader says */
}

/* Heights follow from the font alone, so that every row has the same. */
static int
get_line_height (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = pango_font_metrics_get_height (metrics);

  if (height <= 0)
    height = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);
  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS_CEIL (height);
}

static int
get_height (GtkWidget *widget)
{
  int line = get_line_height (widget);

  /* Chinese fonts stand higher than the Latin metrics say. */
  return (int) (2.55 * line) + 2 * MARGIN;
}

static void
yz_dossier_cell_get_preferred_height (GtkCellRenderer *cell,
                                      GtkWidget *widget,
                                      int *minimum,
                                      int *natural)
{
  int height = get_height (widget);

  if (minimum != NULL)
    *minimum = height;
  if (natural != NULL)
    *natural = height;
}

static void
yz_dossier_cell_get_preferred_height_for_width (
    GtkCellRenderer *cell, GtkWidget *widget, int width, int *minimum, int *natural)
{
  yz_dossier_cell_get_preferred_height (cell, widget, minimum, natural);
}

static void
yz_dossier_cell_get_preferred_width (GtkCellRenderer *cell,
                                     GtkWidget *widget,
                                     int *minimum,
                                     int *natural)
{
  if (minimum != NULL)
    *minimum = 2 * get_line_height (widget);
  if (natural != NULL)
    *natural = 2 * get_line_height (widget);
}

/* As large as the letters beside it. */
static int
get_icon_size (GtkWidget *widget)
{
  return MAX (16, (int) (0.85 * get_line_height (widget)));
}

static PangoLayout *
make_layout (GtkWidget *widget, const char *text, int width, double scale, gsize bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  weight->end_index = (guint) bold;
  if (bold > 0)
    pango_attr_list_insert (attributes, weight);
  else
    pango_attribute_destroy (weight);
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  return layout;
}

static void
draw_icon (YzDossierCell *self, GtkWidget *widget, cairo_t *cr, int size, int x, int y)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  g_autoptr (GtkIconInfo) info = gtk_icon_theme_lookup_icon_for_scale (
      gtk_icon_theme_get_for_screen (gtk_widget_get_screen (widget)),
      yz_urgency_get_icon (self->urgency), size, scale, 0);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  cairo_surface_t *surface = NULL;

  if (info != NULL)
    pixbuf = gtk_icon_info_load_symbolic_for_context (info, context, NULL, NULL);
  if (pixbuf == NULL)
    return; /* the words beside it say the same */
  surface = gdk_cairo_surface_create_from_pixbuf (pixbuf, scale, NULL);
  gtk_render_icon_surface (context, cr, surface, x, y);
  cairo_surface_destroy (surface);
}

static void
draw_first_line (YzDossierCell *self, GtkWidget *widget, cairo_t *cr, const GdkRectangle *room)
{
  g_autofree char *text = g_strdup_printf ("%s  %s", self->applicant, self->matter);
  g_autoptr (PangoLayout) layout =
      make_layout (widget, text, room->width, 1, strlen (self->applicant));

  gtk_render_layout (gtk_widget_get_style_context (widget), cr, room->x, room->y, layout);
}

/* The number stands at the end where there is room for all of it. */
static void
draw_number (YzDossierCell *self, GtkWidget *widget, cairo_t *cr, const GdkRectangle *room)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  g_autoptr (PangoLayout) layout = make_layout (widget, self->number, -1, SMALL, 0);
  int width = 0;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > room->width)
    return;
  gtk_style_context_save (context);
  gtk_style_context_add_class (context, GTK_STYLE_CLASS_DIM_LABEL);
  gtk_render_layout (context, cr, room->x + room->width - width, room->y, layout);
  gtk_style_context_restore (context);
}

static void
draw_second_line (
    YzDossierCell *self, GtkWidget *widget, cairo_t *cr, const GdkRectangle *room, gboolean colour)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  g_autoptr (PangoLayout) layout = make_layout (widget, self->time_left, room->width, SMALL, 0);
  GdkRectangle rest = *room;
  int icon = get_icon_size (widget);
  int width = 0;

  gtk_style_context_save (context);
  if (colour)
    gtk_style_context_add_class (context, yz_urgency_get_class (self->urgency));
  gtk_render_layout (context, cr, room->x, room->y, layout);
  draw_icon (self, widget, cr, icon, room->x - GAP - icon, room->y + (room->height - icon) / 2);
  gtk_style_context_restore (context);
  pango_layout_get_pixel_size (layout, &width, NULL);
  rest.x += width + 2 * GAP;
  rest.width -= width + 2 * GAP;
  draw_number (self, widget, cr, &rest);
}

static void
yz_dossier_cell_render (GtkCellRenderer *cell,
                        cairo_t *cr,
                        GtkWidget *widget,
                        const GdkRectangle *background,
                        const GdkRectangle *area,
                        GtkCellRendererState flags)
{
  YzDossierCell *self = YZ_DOSSIER_CELL (cell);
  int inset = GAP + get_icon_size (widget) + GAP;
  int half = (area->height - 2 * MARGIN) / 2;
  GdkRectangle line = { area->x + inset, area->y + MARGIN, area->width - inset - GAP, half };

  if (self->applicant == NULL || line.width <= 0)
    return;
  draw_first_line (self, widget, cr, &line);
  line.y += half;
  draw_second_line (self, widget, cr, &line, (flags & GTK_CELL_RENDERER_SELECTED) == 0);
}

static void
yz_dossier_cell_finalize (GObject *object)
{
  YzDossierCell *self = YZ_DOSSIER_CELL (object);

  g_free (self->applicant);
  g_free (self->matter);
  g_free (self->number);
  g_free (self->time_left);
  G_OBJECT_CLASS (yz_dossier_cell_parent_class)->finalize (object);
}

static void
yz_dossier_cell_class_init (YzDossierCellClass *klass)
{
  GtkCellRendererClass *cell_class = GTK_CELL_RENDERER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yz_dossier_cell_finalize;
  cell_class->get_preferred_height = yz_dossier_cell_get_preferred_height;
  cell_class->get_preferred_height_for_width = yz_dossier_cell_get_preferred_height_for_width;
  cell_class->get_preferred_width = yz_dossier_cell_get_preferred_width;
  cell_class->render = yz_dossier_cell_render;
}

static void
yz_dossier_cell_init (YzDossierCell *self)
{
  gtk_cell_renderer_set_padding (GTK_CELL_RENDERER (self), 0, 0);
}

GtkCellRenderer *
yz_dossier_cell_new (void)
{
  return g_object_new (YZ_TYPE_DOSSIER_CELL, NULL);
}
