/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/person-card.h"

#include "ui/field-offer.h"
#include "ui/words.h"
#include "workflow/checks.h"

#include <glib/gi18n-lib.h>

struct _YzPersonCard {
  GtkBox parent;
  GtkComboBoxText *relation;
  GtkButton *remove;
  GtkEntry *name;
  GtkEntry *number;
  GtkLabel *finding;
  GtkButton *name_offer;
  GtkButton *number_offer;
};

G_DEFINE_FINAL_TYPE (YzPersonCard, yz_person_card, GTK_TYPE_BOX)

enum { EDITED, REMOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static char *
describe_identity (const YzIdentity *identity)
{
  g_autofree char *born = yz_words_birth (&identity->birth);
  const char *sex = identity->sex == YZ_SEX_FEMALE ? _ ("female") : _ ("male");

  if (!identity->region_known)
    /* Translators: sex, birth date; a warning about the number's region */
    return g_strdup_printf (_ ("%1$s, born %2$s. The region code is not in the table."), sex, born);
  /* Translators: sex, birth date, region */
  return g_strdup_printf (_ ("%1$s, born %2$s, %3$s"), sex, born, identity->region);
}

static void
set_finding (YzPersonCard *self, const char *text, gboolean wrong)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->finding));

  gtk_label_set_text (self->finding, text);
  gtk_widget_set_visible (GTK_WIDGET (self->finding), text != NULL && *text != '\0');
  gtk_entry_set_icon_from_icon_name (self->number, GTK_ENTRY_ICON_SECONDARY,
                                     wrong ? "yz-late-symbolic" : NULL);
  if (wrong) {
    gtk_style_context_add_class (context, "late");
    gtk_style_context_remove_class (context, "dim-label");
  } else {
    gtk_style_context_remove_class (context, "late");
    gtk_style_context_add_class (context, "dim-label");
  }
}

/* The name while nothing about the number is wrong: one sentence at a time. */
static void
judge_name (YzPersonCard *self, const char *otherwise)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_entry_get_text (self->name)));
  g_autoptr (GPtrArray) findings = yz_checks_name (name);
  const YzFinding *worst = yz_checks_find_worst (findings);

  if (gtk_widget_has_focus (GTK_WIDGET (self->name)))
    worst = NULL; /* still typing */
  set_finding (self, worst != NULL ? worst->sentence : otherwise,
               worst != NULL && worst->severity == YZ_SEVERITY_BLOCK);
}

static void
judge (YzPersonCard *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  const char *typed = gtk_entry_get_text (self->number);
  YzIdentity identity = { 0 };
  GDate today = yz_checks_get_today ();

  if (*typed == '\0') {
    judge_name (self, "");
  } else if (yz_identity_check (typed, &today, &identity, &error)) {
    words = describe_identity (&identity);
    judge_name (self, words);
  } else if (g_utf8_strlen (typed, -1) < 18 && gtk_widget_has_focus (GTK_WIDGET (self->number))) {
    words = g_strdup_printf (_ ("%d of 18 characters"), (int) g_utf8_strlen (typed, -1));
    set_finding (self, words, FALSE); /* still typing: no scolding yet */
  } else {
    set_finding (self, error->message, TRUE);
  }
}

static void
on_changed (YzPersonCard *self)
{
  judge (self);
  g_signal_emit (self, signals[EDITED], 0);
}

static gboolean
on_entry_left (YzPersonCard *self)
{
  judge (self);
  return GDK_EVENT_PROPAGATE;
}

static void
on_remove_clicked (YzPersonCard *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
fill (YzPersonCard *self, const YzPerson *person)
{
  const char *const *relations = yz_words_list_relations ();

  for (guint i = 0; relations[i] != NULL; i++)
    gtk_combo_box_text_append (self->relation, relations[i], yz_words_relation (relations[i]));
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->relation),
                               person != NULL && *person->relation != '\0' ? person->relation
                                                                           : "applicant");
  if (person != NULL) {
    gtk_entry_set_text (self->name, person->name);
    gtk_entry_set_text (self->number, person->id_number);
  }
}

GtkWidget *
yz_person_card_new (const YzPerson *person)
{
  YzPersonCard *self = g_object_new (YZ_TYPE_PERSON_CARD, NULL);

  fill (self, person);
  return GTK_WIDGET (self);
}

/**
 * yz_person_card_read:
 *
 * Returns: (transfer full): the person as typed; free with yz_person_card_free_person()
 */
YzPerson *
yz_person_card_read (YzPersonCard *self)
{
  YzPerson *person = g_new0 (YzPerson, 1);
  const char *relation = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->relation));

  person->name = g_strstrip (g_strdup (gtk_entry_get_text (self->name)));
  person->id_number = g_strstrip (g_strdup (gtk_entry_get_text (self->number)));
  person->relation = g_strdup (relation != NULL ? relation : "other");
  return person;
}

void
yz_person_card_free_person (gpointer person)
{
  YzPerson *self = person;

  g_free ((char *) self->name);
  g_free ((char *) self->id_number);
  g_free ((char *) self->relation);
  g_free (self);
}

void
yz_person_card_set_removable (YzPersonCard *self, gboolean removable)
{
  gtk_widget_set_visible (GTK_WIDGET (self->remove), removable);
}

void
yz_person_card_focus (YzPersonCard *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

void
yz_person_card_set_editable (YzPersonCard *self, gboolean editable)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->relation), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remove), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->name), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->number), editable);
}

/* What is typed decides whether the page speaks of this person: the number before the name. */
static gboolean
is_somebody_else (YzPersonCard *self, const char *name, const char *number)
{
  const char *typed_name = gtk_entry_get_text (self->name);
  const char *typed_number = gtk_entry_get_text (self->number);

  if (*typed_number != '\0')
    return g_strcmp0 (typed_number, number) != 0;
  return *typed_name != '\0' && name != NULL && g_strcmp0 (typed_name, name) != 0;
}

/* Two offers for one field: the second is for the next person. */
static gboolean
is_taken (GtkButton *offer, const char *text)
{
  const char *there = yz_field_offer_get (offer);

  return text != NULL && there != NULL && g_strcmp0 (there, text) != 0;
}

/* Sex and birth date stand on the card too: whoever compares sees at once whether they agree. */
static void
offer_number (YzPersonCard *self, const char *number)
{
  const GDate today = yz_checks_get_today ();
  YzIdentity identity = { 0 };
  g_autofree char *words = NULL;

  if (yz_identity_check (number, &today, &identity, NULL))
    words = describe_identity (&identity);
  yz_field_offer_set (self->number_offer, number, words);
}

gboolean
yz_person_card_offer (YzPersonCard *self, const char *name, const char *number)
{
  if (is_somebody_else (self, name, number) || is_taken (self->number_offer, number) ||
      (number == NULL && is_taken (self->name_offer, name)))
    return FALSE;
  if (name != NULL)
    yz_field_offer_set (self->name_offer, name, NULL);
  if (number != NULL)
    offer_number (self, number);
  return TRUE;
}

static void
yz_person_card_class_init (YzPersonCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = YZ_TYPE_PERSON_CARD;

  signals[EDITED] =
      g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] =
      g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/person-card.ui");
  gtk_widget_class_bind_template_child (widget_class, YzPersonCard, relation);
  gtk_widget_class_bind_template_child (widget_class, YzPersonCard, remove);
  gtk_widget_class_bind_template_child (widget_class, YzPersonCard, name);
  gtk_widget_class_bind_template_child (widget_class, YzPersonCard, number);
  gtk_widget_class_bind_template_child (widget_class, YzPersonCard, finding);
  gtk_widget_class_bind_template_child (widget_class, YzPersonCard, name_offer);
  gtk_widget_class_bind_template_child (widget_class, YzPersonCard, number_offer);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_left);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
yz_person_card_init (YzPersonCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yz_field_offer_bind (self->name_offer, self->name);
  yz_field_offer_bind (self->number_offer, self->number);
}
