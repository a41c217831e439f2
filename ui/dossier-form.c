/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/dossier-form.h"

#include "ui/fact-row.h"
#include "ui/person-card.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzDossierForm {
  GtkBox parent;
  GtkBox *persons;
  GtkButton *add;
  GtkWidget *facts_title;
  GtkBox *facts;
  GtkLabel *missing_title;
  GtkBox *missing;
  YzOpenCase *open_case;
  guint seen;
  guint edits; /* counts what was typed … */
  guint read;  /* … up to the last reading … */
  guint saved; /* … and up to the last saving */
  gboolean filling;
  GPtrArray *offers; /* of YzSuggestion: what the pages of this case say */
};

G_DEFINE_FINAL_TYPE (YzDossierForm, yz_dossier_form, GTK_TYPE_BOX)

enum { EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_edited (YzDossierForm *self)
{
  if (self->filling)
    return;
  self->edits++;
  g_signal_emit (self, signals[EDITED], 0);
}

static void
tell_cards (YzDossierForm *self)
{
  g_autoptr (GList) cards = gtk_container_get_children (GTK_CONTAINER (self->persons));
  gboolean editable = self->open_case != NULL && yz_open_case_is_editable (self->open_case);
  gboolean several = g_list_length (cards) > 1;

  for (GList *at = cards; at != NULL; at = at->next) {
    yz_person_card_set_removable (at->data, several && editable);
    yz_person_card_set_editable (at->data, editable);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->add), editable);
}

static void
on_removed (YzPersonCard *card, YzDossierForm *self)
{
  gtk_widget_destroy (GTK_WIDGET (card));
  tell_cards (self);
  on_edited (self);
}

/* To the first person it fits, and to the facts that it answers. */
static void
place_offer (YzDossierForm *self, const YzSuggestion *offer)
{
  g_autoptr (GList) cards = gtk_container_get_children (GTK_CONTAINER (self->persons));
  g_autoptr (GList) facts = gtk_container_get_children (GTK_CONTAINER (self->facts));
  gboolean fits = offer->facts != NULL; /* a certificate is nobody's card */

  for (GList *at = cards; at != NULL && !fits; at = at->next)
    fits = yz_person_card_offer (at->data, offer->name, offer->number);
  for (GList *at = facts; at != NULL; at = at->next)
    yz_fact_row_offer (at->data, offer, !fits);
}

static void
place_offers (YzDossierForm *self)
{
  for (guint i = 0; i < self->offers->len; i++)
    place_offer (self, g_ptr_array_index (self->offers, i));
}

void
yz_dossier_form_suggest (YzDossierForm *self, const YzSuggestion *suggestion)
{
  YzSuggestion *offer = yz_suggestion_copy (suggestion);

  g_ptr_array_add (self->offers, offer);
  place_offer (self, offer);
}

static GtkWidget *
add_person (YzDossierForm *self, const YzPerson *person)
{
  GtkWidget *card = yz_person_card_new (person);

  g_signal_connect_swapped (card, "edited", G_CALLBACK (on_edited), self);
  g_signal_connect (card, "removed", G_CALLBACK (on_removed), self);
  gtk_container_add (GTK_CONTAINER (self->persons), card);
  return card;
}

static void
on_add_clicked (YzDossierForm *self)
{
  const YzPerson person = { .name = "", .id_number = "", .relation = "mover" };
  GtkWidget *card = add_person (self, &person);

  tell_cards (self);
  place_offers (self);
  yz_person_card_focus (YZ_PERSON_CARD (card));
  on_edited (self);
}

static void
add_fact (YzDossierForm *self, const YzFactField *field)
{
  GHashTable *facts = self->open_case->dossier->facts;
  const char *value = facts != NULL ? g_hash_table_lookup (facts, field->id) : NULL;
  GtkWidget *row = yz_fact_row_new (self->open_case->matter, field, value,
                                    yz_open_case_is_editable (self->open_case));

  g_signal_connect_swapped (row, "edited", G_CALLBACK (on_edited), self);
  gtk_container_add (GTK_CONTAINER (self->facts), row);
}

static void
empty (GtkBox *box)
{
  gtk_container_foreach (GTK_CONTAINER (box), (GtkCallback) (GCallback) gtk_widget_destroy, NULL);
}

static void
fill (YzDossierForm *self)
{
  const YzDossier *dossier = self->open_case->dossier;
  const YzMatter *matter = self->open_case->matter;

  empty (self->persons);
  empty (self->facts);
  for (guint i = 0; dossier->persons != NULL && i < dossier->persons->len; i++)
    add_person (self, g_ptr_array_index (dossier->persons, i));
  if (dossier->persons == NULL || dossier->persons->len == 0)
    add_person (self, NULL);
  for (guint i = 0; matter != NULL && i < matter->facts->len; i++)
    add_fact (self, g_ptr_array_index (matter->facts, i));
  gtk_widget_set_visible (self->facts_title, matter != NULL && matter->facts->len > 0);
  tell_cards (self);
  place_offers (self);
}

static gboolean
persons_equal (GPtrArray *a, GPtrArray *b)
{
  if (b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    const YzPerson *one = g_ptr_array_index (a, i), *other = g_ptr_array_index (b, i);

    if (g_strcmp0 (one->name, other->name) != 0 ||
        g_strcmp0 (one->id_number, other->id_number) != 0 ||
        g_strcmp0 (one->relation, other->relation) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
facts_equal (GHashTable *typed, GHashTable *stored)
{
  GHashTableIter iter;
  gpointer id = NULL, value = NULL;

  g_hash_table_iter_init (&iter, typed);
  while (g_hash_table_iter_next (&iter, &id, &value)) {
    const char *there = stored != NULL ? g_hash_table_lookup (stored, id) : NULL;

    if (g_strcmp0 (value, there != NULL ? there : "") != 0)
      return FALSE;
  }
  return TRUE;
}

/* A form that already says what the store says is left alone: the cursor stays where it is. */
static gboolean
shows_already (YzDossierForm *self)
{
  g_autoptr (GPtrArray) persons = yz_dossier_form_read_persons (self);
  g_autoptr (GHashTable) facts = yz_dossier_form_read_facts (self);

  return persons_equal (persons, self->open_case->dossier->persons) &&
         facts_equal (facts, self->open_case->dossier->facts);
}

static void
show_missing (YzDossierForm *self)
{
  GPtrArray *missing = self->open_case != NULL ? self->open_case->missing : NULL;
  guint count = missing != NULL ? missing->len : 0;

  empty (self->missing);
  gtk_widget_set_visible (GTK_WIDGET (self->missing_title), self->open_case != NULL);
  gtk_label_set_text (self->missing_title,
                      count > 0 ? _ ("Still missing") : _ ("Complete: ready to submit"));
  for (guint i = 0; i < count; i++) {
    GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
    GtkWidget *icon = gtk_image_new_from_icon_name ("yz-missing-symbolic", GTK_ICON_SIZE_MENU);
    GtkWidget *label = gtk_label_new (g_ptr_array_index (missing, i));

    gtk_widget_set_valign (icon, GTK_ALIGN_START);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_width_chars (GTK_LABEL (label), 20);
    gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
    gtk_container_add (GTK_CONTAINER (row), icon);
    gtk_container_add (GTK_CONTAINER (row), label);
    gtk_container_add (GTK_CONTAINER (self->missing), row);
    gtk_widget_show_all (row);
  }
}

/**
 * yz_dossier_form_show:
 * @open_case: (nullable): NULL empties the form
 *
 * Shows a case. The same case again changes only what nobody is typing.
 */
void
yz_dossier_form_show (YzDossierForm *self, YzOpenCase *open_case)
{
  gboolean same = self->open_case != NULL && open_case != NULL &&
                  g_strcmp0 (self->open_case->dossier->number, open_case->dossier->number) == 0;

  if (open_case != NULL)
    yz_open_case_ref (open_case);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  self->open_case = open_case;
  if (!same)
    g_ptr_array_set_size (self->offers, 0);
  self->filling = TRUE;
  if (open_case == NULL) {
    empty (self->persons);
    empty (self->facts);
    self->saved = self->edits;
  } else if (!same ||
             (!yz_dossier_form_is_dirty (self) && open_case->dossier->version >= self->seen)) {
    /* never what was read before the last saving: it would take back what was typed */
    if (!same || !shows_already (self))
      fill (self);
    self->seen = open_case->dossier->version;
    self->saved = self->edits;
    tell_cards (self);
  }
  show_missing (self);
  self->filling = FALSE;
}

gboolean
yz_dossier_form_is_dirty (YzDossierForm *self)
{
  return self->edits != self->saved;
}

void
yz_dossier_form_set_saved (YzDossierForm *self)
{
  self->saved = self->read;
}

/**
 * yz_dossier_form_read_persons:
 *
 * Returns: (transfer full) (element-type YzPerson): as typed, without those left wholly empty
 */
GPtrArray *
yz_dossier_form_read_persons (YzDossierForm *self)
{
  g_autoptr (GList) cards = gtk_container_get_children (GTK_CONTAINER (self->persons));
  GPtrArray *persons = g_ptr_array_new_with_free_func (yz_person_card_free_person);

  for (GList *at = cards; at != NULL; at = at->next) {
    YzPerson *person = yz_person_card_read (at->data);

    if (*person->name != '\0' || *person->id_number != '\0')
      g_ptr_array_add (persons, person);
    else
      yz_person_card_free_person (person);
  }
  self->read = self->edits;
  return persons;
}

GHashTable *
yz_dossier_form_read_facts (YzDossierForm *self)
{
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (self->facts));
  GHashTable *facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (GList *at = children; at != NULL; at = at->next)
    g_hash_table_insert (facts, g_strdup (yz_fact_row_get_id (at->data)),
                         g_strstrip (g_strdup (yz_fact_row_get_text (at->data))));
  return facts;
}

gboolean
yz_dossier_form_is_empty (YzDossierForm *self)
{
  guint read = self->read;
  g_autoptr (GPtrArray) persons = yz_dossier_form_read_persons (self);

  self->read = read; /* looked at, not read to be saved */
  return persons->len == 0;
}

guint
yz_dossier_form_get_seen (YzDossierForm *self)
{
  return self->seen;
}

void
yz_dossier_form_set_seen (YzDossierForm *self, guint seen)
{
  self->seen = seen;
}

void
yz_dossier_form_focus_first (YzDossierForm *self)
{
  g_autoptr (GList) cards = gtk_container_get_children (GTK_CONTAINER (self->persons));

  if (cards != NULL)
    yz_person_card_focus (cards->data);
}

static void
yz_dossier_form_dispose (GObject *object)
{
  g_clear_pointer (&YZ_DOSSIER_FORM (object)->open_case, yz_open_case_unref);
  G_OBJECT_CLASS (yz_dossier_form_parent_class)->dispose (object);
}

static void
yz_dossier_form_finalize (GObject *object)
{
  g_ptr_array_unref (YZ_DOSSIER_FORM (object)->offers);
  G_OBJECT_CLASS (yz_dossier_form_parent_class)->finalize (object);
}

static void
yz_dossier_form_class_init (YzDossierFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_dossier_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = yz_dossier_form_finalize;
  signals[EDITED] = g_signal_new ("edited", YZ_TYPE_DOSSIER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/dossier-form.ui");
  gtk_widget_class_bind_template_child (widget_class, YzDossierForm, persons);
  gtk_widget_class_bind_template_child (widget_class, YzDossierForm, add);
  gtk_widget_class_bind_template_child (widget_class, YzDossierForm, facts_title);
  gtk_widget_class_bind_template_child (widget_class, YzDossierForm, facts);
  gtk_widget_class_bind_template_child (widget_class, YzDossierForm, missing_title);
  gtk_widget_class_bind_template_child (widget_class, YzDossierForm, missing);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
}

static void
yz_dossier_form_init (YzDossierForm *self)
{
  self->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_suggestion_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
