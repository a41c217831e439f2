/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/fact-row.h"

#include "ui/field-offer.h"
#include "workflow/checks.h"

#include <glib/gi18n-lib.h>

#define SPACING 4
#define YOUNGEST_PARENT 14 /* years; a child of the same booklet is no parent */

struct _YzFactRow {
  GtkBox parent;
  YzMatter *matter;
  const YzFactField *field; /* of the matter */
  GtkEntry *entry;
  GtkButton *offer;
  GtkLabel *finding;
};

G_DEFINE_FINAL_TYPE (YzFactRow, yz_fact_row, GTK_TYPE_BOX)

enum { EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
get_hint (const YzFactField *field)
{
  if (g_strcmp0 (field->kind, "date") == 0)
    return _ ("year-month-day, like 2014-11-03");
  if (g_strcmp0 (field->kind, "id-number") == 0)
    return _ ("18 characters");
  return NULL;
}

/* Says below the field what is wrong with it, but not while it is being typed. */
static void
judge (YzFactRow *self)
{
  const GDate today = yz_checks_get_today ();
  g_autoptr (GPtrArray) findings = NULL;
  const YzFinding *worst = NULL;

  if (!gtk_widget_has_focus (GTK_WIDGET (self->entry))) {
    findings = yz_checks_fact (self->field, gtk_entry_get_text (self->entry), &today);
    worst = yz_checks_find_worst (findings);
  }
  gtk_label_set_text (self->finding, worst != NULL ? worst->sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->finding), worst != NULL);
}

static gboolean
on_left (YzFactRow *self)
{
  judge (self);
  return GDK_EVENT_PROPAGATE;
}

static void
on_typed (YzFactRow *self)
{
  judge (self);
  g_signal_emit (self, signals[EDITED], 0);
}

static GtkLabel *
add_label (YzFactRow *self, int width, const char *look)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), width);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), look);
  gtk_container_add (GTK_CONTAINER (self), label);
  return GTK_LABEL (label);
}

GtkWidget *
yz_fact_row_new (YzMatter *matter, const YzFactField *field, const char *value, gboolean editable)
{
  YzFactRow *self = g_object_new (YZ_TYPE_FACT_ROW, "orientation", GTK_ORIENTATION_VERTICAL,
                                  "spacing", SPACING, "visible", TRUE, NULL);
  GtkLabel *label = add_label (self, 26, "field-label");
  g_autofree char *required = g_strdup_printf (_ ("%s (required)"), field->label);

  self->matter = yz_matter_ref (matter);
  self->field = field;
  self->entry = GTK_ENTRY (gtk_entry_new ());
  self->offer = GTK_BUTTON (gtk_button_new ());
  gtk_label_set_text (label, field->required ? required : field->label);
  gtk_label_set_mnemonic_widget (label, GTK_WIDGET (self->entry));
  gtk_widget_show (GTK_WIDGET (label));
  gtk_entry_set_text (self->entry, value != NULL ? value : "");
  gtk_entry_set_placeholder_text (self->entry, get_hint (field));
  gtk_entry_set_width_chars (self->entry, 18);
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), editable);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->entry)), field->label);
  gtk_container_add (GTK_CONTAINER (self), GTK_WIDGET (self->entry));
  gtk_widget_show (GTK_WIDGET (self->entry));
  gtk_container_add (GTK_CONTAINER (self), GTK_WIDGET (self->offer));
  yz_field_offer_bind (self->offer, self->entry);
  self->finding = add_label (self, 30, "small");
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self->finding)), "late");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect_swapped (self->entry, "focus-out-event", G_CALLBACK (on_left), self);
  judge (self);
  return GTK_WIDGET (self);
}

const char *
yz_fact_row_get_id (YzFactRow *self)
{
  return self->field->id;
}

const char *
yz_fact_row_get_text (YzFactRow *self)
{
  return gtk_entry_get_text (self->entry);
}

/* What the facts that a person's papers can answer take from them. The ids are those of the matter
 * files. */
typedef enum { ADDRESS, FATHER, MOTHER, OTHERS_NUMBER, OTHERS_NAME } Part;

static const struct {
  const char *fact;
  Part part;
} TAKES[] = {
  { "origin-address", ADDRESS },    { "father-number", FATHER },
  { "mother-number", MOTHER },      { "host-number", OTHERS_NUMBER },
  { "host-name", OTHERS_NAME },     { "head-number", OTHERS_NUMBER },
  { "head-name", OTHERS_NAME },     { "new-head-number", OTHERS_NUMBER },
  { "new-head-name", OTHERS_NAME },
};

static gboolean
may_be_parent (const YzSuggestion *suggestion, YzSex sex)
{
  const GDate today = yz_checks_get_today ();

  return suggestion->decided && suggestion->sex == sex &&
         g_date_get_year (&today) - g_date_get_year (&suggestion->birth) >= YOUNGEST_PARENT;
}

/* (nullable) */
static const char *
choose_part (Part part, const YzSuggestion *suggestion, gboolean somebody_else)
{
  switch (part) {
  case ADDRESS:
    return suggestion->address;
  case FATHER:
    return may_be_parent (suggestion, YZ_SEX_MALE) ? suggestion->number : NULL;
  case MOTHER:
    return may_be_parent (suggestion, YZ_SEX_FEMALE) ? suggestion->number : NULL;
  case OTHERS_NUMBER:
    return somebody_else && suggestion->decided ? suggestion->number : NULL;
  case OTHERS_NAME:
    return somebody_else && suggestion->decided ? suggestion->name : NULL;
  }
  return NULL;
}

void
yz_fact_row_offer (YzFactRow *self, const YzSuggestion *suggestion, gboolean somebody_else)
{
  const char *certified =
      suggestion->facts != NULL ? g_hash_table_lookup (suggestion->facts, self->field->id) : NULL;

  if (yz_field_offer_get (self->offer) != NULL)
    return;
  if (certified != NULL)
    yz_field_offer_set (self->offer, certified, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TAKES); i++) {
    const char *text = NULL;

    if (g_str_equal (self->field->id, TAKES[i].fact))
      text = choose_part (TAKES[i].part, suggestion, somebody_else);
    if (text != NULL)
      yz_field_offer_set (self->offer, text, NULL);
  }
}

static void
yz_fact_row_finalize (GObject *object)
{
  yz_matter_unref (YZ_FACT_ROW (object)->matter);
  G_OBJECT_CLASS (yz_fact_row_parent_class)->finalize (object);
}

static void
yz_fact_row_class_init (YzFactRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yz_fact_row_finalize;
  signals[EDITED] = g_signal_new ("edited", YZ_TYPE_FACT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
yz_fact_row_init (YzFactRow *self)
{
}
