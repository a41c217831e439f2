/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/matter-panel.h"

#include "ui/label.h"
#include "ui/words.h"
#include "workflow/flow-reader.h"

#include <glib/gi18n-lib.h>

#define WIDTH 70

struct _YzMatterPanel {
  GtkBox parent;
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkBox *details;
  GtkScrolledWindow *scroller;
  YzDesk *desk;
};

G_DEFINE_FINAL_TYPE (YzMatterPanel, yz_matter_panel, GTK_TYPE_BOX)

static const YzMatter *
get_matter (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "matter");
}

static gboolean
is_wanted (GtkListBoxRow *row, gpointer data)
{
  YzMatterPanel *self = data;
  g_autofree char *typed = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->search))));

  return *typed == '\0' || yz_matter_matches (get_matter (row), typed);
}

static void
on_search_changed (YzMatterPanel *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
add (YzMatterPanel *self, GtkWidget *widget)
{
  gtk_container_add (GTK_CONTAINER (self->details), widget);
}

static void
add_section (YzMatterPanel *self, const char *title)
{
  add (self, yz_label_new (title, "section", WIDTH));
}

static void
add_text (YzMatterPanel *self, const char *title, const char *text)
{
  GtkWidget *label = NULL;

  if (text == NULL || *text == '\0')
    return;
  add_section (self, title);
  label = yz_label_new (text, NULL, WIDTH);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  add (self, label);
}

static void
add_material (YzMatterPanel *self, const YzMaterial *material)
{
  g_autofree char *pages = material->pages > 0 ? yz_words_pages (material->pages) : NULL;
  g_autofree char *dpi =
      material->dpi > 0 ? g_strdup_printf (_ ("at least %u dpi"), material->dpi) : NULL;
  const char *need = material->required ? _ ("required")
                     : material->later  ? _ ("may follow later")
                                        : _ ("if it applies");
  g_autoptr (GString) detail = g_string_new (need);

  if (pages != NULL)
    g_string_append_printf (detail, " · %s", pages);
  if (dpi != NULL)
    g_string_append_printf (detail, " · %s", dpi);
  if (material->colour)
    g_string_append_printf (detail, " · %s", _ ("in colour"));
  add (self, yz_label_new (material->name, "item-name", WIDTH));
  add (self, yz_label_new (detail->str, "dim-label", WIDTH));
  if (material->condition != NULL && *material->condition != '\0')
    add (self, yz_label_new (material->condition, "dim-label", WIDTH));
}

static void
add_materials (YzMatterPanel *self, const YzMatter *matter)
{
  add_section (self, _ ("Originals"));
  for (guint i = 0; matter->materials != NULL && i < matter->materials->len; i++)
    add_material (self, g_ptr_array_index (matter->materials, i));
}

static void
add_facts (YzMatterPanel *self, const YzMatter *matter)
{
  if (matter->facts == NULL || matter->facts->len == 0)
    return;
  add_section (self, _ ("Asked in the form"));
  for (guint i = 0; i < matter->facts->len; i++) {
    const YzFactField *field = g_ptr_array_index (matter->facts, i);
    g_autofree char *text = field->required ? g_strdup_printf (_ ("%s (required)"), field->label)
                                            : g_strdup (field->label);

    add (self, yz_label_new (text, NULL, WIDTH));
  }
}

static void
add_sources (YzMatterPanel *self, const YzMatter *matter)
{
  if (matter->sources == NULL || matter->sources[0] == NULL)
    return;
  add_section (self, _ ("Sources"));
  for (guint i = 0; matter->sources[i] != NULL; i++) {
    GtkWidget *label = yz_label_new (matter->sources[i], NULL, WIDTH);

    gtk_label_set_selectable (GTK_LABEL (label), TRUE);
    gtk_widget_set_can_focus (label, FALSE);
    add (self, label);
  }
}

/* (transfer full) (nullable) the newest version of a flow */
static YzFlow *
find_flow (YzMatterPanel *self, const char *code)
{
  g_autoptr (GPtrArray) flows = yz_desk_list_flows (self->desk);
  YzFlow *found = NULL;

  for (guint i = 0; i < flows->len; i++) {
    YzFlow *flow = g_ptr_array_index (flows, i);

    if (g_strcmp0 (flow->code, code) == 0 && (found == NULL || flow->version > found->version))
      found = flow;
  }
  return found != NULL ? yz_flow_ref (found) : NULL;
}

/* (transfer full) (nullable) */
static GdkPixbuf *
paint (const YzFlow *flow)
{
  g_autofree char *svg = yz_flow_draw (flow);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type ("image/svg+xml", NULL);
  GdkPixbuf *picture = NULL;

  if (loader == NULL)
    return NULL;
  if (!gdk_pixbuf_loader_write (loader, (const guchar *) svg, strlen (svg), NULL)) {
    gdk_pixbuf_loader_close (loader, NULL);
    return NULL;
  }
  if (gdk_pixbuf_loader_close (loader, NULL))
    picture = gdk_pixbuf_loader_get_pixbuf (loader);
  return picture != NULL ? g_object_ref (picture) : NULL;
}

static char *
describe_flow (const YzFlow *flow)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < flow->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (flow->steps, i);
    const YzFlowState *from = yz_flow_get_state (flow, step->from);
    const YzFlowState *to = yz_flow_get_state (flow, step->to);

    g_string_append_printf (out, "%s%s: %s (%s) → %s", i > 0 ? "\n" : "",
                            from != NULL ? from->name : step->from, step->name,
                            yz_role_get_name (step->role), to != NULL ? to->name : step->to);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_flow (YzMatterPanel *self, const YzMatter *matter)
{
  g_autoptr (YzFlow) flow = matter->flow != NULL ? find_flow (self, matter->flow) : NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  GtkWidget *frame = NULL, *image = NULL;

  if (flow == NULL)
    return;
  title =
      g_strdup_printf (_ ("The way of the case: %1$s (version %2$u)"), flow->name, flow->version);
  words = describe_flow (flow);
  add_section (self, title);
  picture = paint (flow);
  if (picture == NULL) { /* no painter for SVG on this machine: the same in words */
    add (self, yz_label_new (words, NULL, WIDTH));
    return;
  }
  image = gtk_image_new_from_pixbuf (picture);
  frame = gtk_scrolled_window_new (NULL, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_container_add (GTK_CONTAINER (frame), image);
  gtk_style_context_add_class (gtk_widget_get_style_context (frame), "diagram");
  atk_object_set_name (gtk_widget_get_accessible (frame), title);
  atk_object_set_description (gtk_widget_get_accessible (frame), words);
  atk_object_set_name (gtk_widget_get_accessible (image), title);
  gtk_widget_show_all (frame);
  add (self, frame);
}

static char *
describe_limit (const YzMatter *matter)
{
  if (matter->limit == 0)
    return g_strdup (_ ("on the spot"));
  if (matter->calendar_days)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", matter->limit),
                            matter->limit);
  return yz_words_working_days (matter->limit);
}

static void
show_matter (YzMatterPanel *self, const YzMatter *matter)
{
  g_autofree char *title = g_strdup_printf ("%s  %s", matter->code, matter->name);
  g_autofree char *limit = describe_limit (matter);
  g_autofree char *detail = g_strjoin (" · ", limit, yz_words_deciding_level (matter->level), NULL);

  gtk_container_foreach (GTK_CONTAINER (self->details),
                         (GtkCallback) (GCallback) gtk_widget_destroy, NULL);
  add (self, yz_label_new (title, "page-title", WIDTH));
  add (self, yz_label_new (detail, "dim-label", WIDTH));
  if (!matter->confirmed)
    add (self, yz_label_new_with_icon ("dialog-warning-symbolic",
                                       _ ("Unconfirmed locally: hold it against your own rules "
                                          "before you rely on it."),
                                       "soon", WIDTH));
  add_materials (self, matter);
  add_facts (self, matter);
  add_text (self, _ ("Result"), matter->result);
  add_text (self, _ ("Legal basis"), matter->basis);
  add_flow (self, matter);
  add_sources (self, matter);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
on_row_selected (YzMatterPanel *self, GtkListBoxRow *row)
{
  if (row != NULL)
    show_matter (self, get_matter (row));
}

static void
add_row (YzMatterPanel *self, YzMatter *matter)
{
  g_autofree char *title = g_strdup_printf ("%s  %s", matter->code, matter->name);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_container_add (GTK_CONTAINER (row), yz_label_new (title, "item-name", 30));
  gtk_style_context_add_class (gtk_widget_get_style_context (row), "item");
  g_object_set_data_full (G_OBJECT (row), "matter", yz_matter_ref (matter),
                          (GDestroyNotify) yz_matter_unref);
  atk_object_set_name (gtk_widget_get_accessible (row), title);
  gtk_widget_show_all (row);
  gtk_list_box_insert (self->list, row, -1);
}

void
yz_matter_panel_set_desk (YzMatterPanel *self, YzDesk *desk)
{
  g_autoptr (GPtrArray) matters = yz_desk_list_matters (desk);

  g_set_object (&self->desk, desk);
  for (guint i = 0; i < matters->len; i++)
    add_row (self, g_ptr_array_index (matters, i));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
yz_matter_panel_dispose (GObject *object)
{
  g_clear_object (&YZ_MATTER_PANEL (object)->desk);
  G_OBJECT_CLASS (yz_matter_panel_parent_class)->dispose (object);
}

static void
yz_matter_panel_class_init (YzMatterPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_matter_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/matter-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, YzMatterPanel, search);
  gtk_widget_class_bind_template_child (widget_class, YzMatterPanel, list);
  gtk_widget_class_bind_template_child (widget_class, YzMatterPanel, details);
  gtk_widget_class_bind_template_child (widget_class, YzMatterPanel, scroller);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
}

static void
yz_matter_panel_init (YzMatterPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_wanted, self, NULL);
}
