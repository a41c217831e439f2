/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/dossier-form.h"

#include "tests/ui/made-up-store.h"
#include "ui/fact-row.h"
#include "ui/field-offer.h"
#include "ui/looks.h"
#include "ui/person-card.h"

#include <handy.h>
#include <string.h>

typedef struct {
  char *folder;
  YzDesk *desk;
  YzDossierForm *form;
  char *number;
} Counter;

static void
set_up (Counter *counter, gconstpointer matter)
{
  counter->desk = made_up_store_new (&counter->folder);
  counter->number =
      made_up_store_begin_case (counter->desk, matter != NULL ? matter : MADE_UP_MATTER);
  counter->form = g_object_ref_sink (g_object_new (YZ_TYPE_DOSSIER_FORM, NULL));
}

static void
tear_down (Counter *counter, gconstpointer data)
{
  gtk_widget_destroy (GTK_WIDGET (counter->form));
  g_assert_finalize_object (counter->form);
  yz_desk_close (counter->desk);
  g_object_unref (counter->desk);
  made_up_store_remove (counter->folder);
  g_free (counter->folder);
  g_free (counter->number);
}

static YzOpenCase *
read_case (Counter *counter)
{
  g_autoptr (GError) error = NULL;
  YzOpenCase *open_case = yz_open_case_read (counter->desk, counter->number, &error);

  g_assert_no_error (error);
  return open_case;
}

static void
find_card (GtkWidget *widget, gpointer data)
{
  GtkWidget **found = data;

  if (YZ_IS_PERSON_CARD (widget))
    *found = widget;
  else if (GTK_IS_CONTAINER (widget) && *found == NULL)
    gtk_container_foreach (GTK_CONTAINER (widget), find_card, data);
}

static void
type_name (Counter *counter, const char *name)
{
  GtkWidget *card = NULL;

  find_card (GTK_WIDGET (counter->form), &card);
  g_assert_nonnull (card);
  gtk_entry_set_text (GTK_ENTRY (gtk_widget_get_template_child (card, YZ_TYPE_PERSON_CARD, "name")),
                      name);
}

static void
save (Counter *counter)
{
  g_autoptr (GPtrArray) persons = yz_dossier_form_read_persons (counter->form);
  g_autoptr (GHashTable) facts = yz_dossier_form_read_facts (counter->form);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) saved =
      yz_desk_record (counter->desk, counter->number, 0, persons, facts, &error);

  g_assert_no_error (error);
  yz_dossier_form_set_saved (counter->form);
  yz_dossier_form_set_seen (counter->form, saved->version);
}

static void
assert_name (Counter *counter, const char *name)
{
  g_autoptr (GPtrArray) persons = yz_dossier_form_read_persons (counter->form);

  g_assert_cmpuint (persons->len, ==, 1);
  g_assert_cmpstr (((YzPerson *) g_ptr_array_index (persons, 0))->name, ==, name);
}

static void
assert_number (Counter *counter, const char *number)
{
  g_autoptr (GPtrArray) persons = yz_dossier_form_read_persons (counter->form);

  g_assert_cmpuint (persons->len, ==, 1);
  g_assert_cmpstr (((YzPerson *) g_ptr_array_index (persons, 0))->id_number, ==, number);
}

/* A reading that began before the saving and ends after it. */
static void
test_what_was_read_before_the_saving_takes_nothing_back (Counter *counter, gconstpointer data)
{
  g_autoptr (YzOpenCase) before = read_case (counter);
  g_autoptr (YzOpenCase) late = read_case (counter);

  yz_dossier_form_show (counter->form, before);
  type_name (counter, "范立样");
  save (counter);
  yz_dossier_form_show (counter->form, late);
  assert_name (counter, "范立样");
}

static void
test_what_somebody_else_saved_is_shown (Counter *counter, gconstpointer data)
{
  g_autoptr (YzOpenCase) before = read_case (counter);
  g_autoptr (YzOpenCase) after = NULL;
  g_autoptr (GPtrArray) persons = g_ptr_array_new ();
  g_autoptr (GHashTable) facts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) saved = NULL;
  YzPerson other = { "练小禾", "", "applicant" };

  yz_dossier_form_show (counter->form, before);
  type_name (counter, "范立样");
  save (counter);
  g_ptr_array_add (persons, &other);
  saved = yz_desk_record (counter->desk, counter->number, 0, persons, facts, &error);
  g_assert_no_error (error);
  after = read_case (counter);
  yz_dossier_form_show (counter->form, after);
  assert_name (counter, "练小禾");
}

typedef struct {
  const char *fact;
  GtkButton *offer;
} Search;

static void
find_offer (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (YZ_IS_FACT_ROW (widget) && search->fact != NULL) {
    Search inside = { 0 };

    if (g_str_equal (yz_fact_row_get_id (YZ_FACT_ROW (widget)), search->fact)) {
      gtk_container_foreach (GTK_CONTAINER (widget), find_offer, &inside);
      search->offer = inside.offer;
    }
  } else if (search->fact == NULL && GTK_IS_BUTTON (widget)) {
    search->offer = GTK_BUTTON (widget);
  } else if (GTK_IS_CONTAINER (widget)) {
    gtk_container_foreach (GTK_CONTAINER (widget), find_offer, data);
  }
}

static void
assert_offered (Counter *counter, const char *fact, const char *text)
{
  Search search = { .fact = fact };

  find_offer (GTK_WIDGET (counter->form), &search);
  g_assert_nonnull (search.offer);
  g_assert_cmpstr (yz_field_offer_get (search.offer), ==, text);
}

/* What a card says whose number is right. */
static void
suggest (Counter *counter, const char *name, const char *number, YzSex sex, GDateYear born)
{
  YzSuggestion suggestion = {
    .name = (char *) name, .number = (char *) number, .sex = sex, .decided = TRUE
  };

  g_date_clear (&suggestion.birth, 1);
  g_date_set_dmy (&suggestion.birth, 7, 3, born);
  yz_dossier_form_suggest (counter->form, &suggestion);
}

static void
test_a_card_answers_for_the_parent_of_its_sex (Counter *counter, gconstpointer data)
{
  g_autoptr (YzOpenCase) open_case = read_case (counter);

  yz_dossier_form_show (counter->form, open_case);
  suggest (counter, "范小样", "330481202001010013", YZ_SEX_MALE, 2020); /* a brother */
  suggest (counter, "练小禾", "330481199407180020", YZ_SEX_FEMALE, 1994);
  suggest (counter, "范立样", "330481199003070010", YZ_SEX_MALE, 1990);
  assert_offered (counter, "mother-number", "330481199407180020");
  assert_offered (counter, "father-number", "330481199003070010");
  assert_offered (counter, "child-name", NULL);
}

static void
test_who_is_not_on_the_form_answers_for_the_host (Counter *counter, gconstpointer data)
{
  g_autoptr (YzOpenCase) open_case = read_case (counter);

  yz_dossier_form_show (counter->form, open_case);
  suggest (counter, "范立样", "330481199003070010", YZ_SEX_MALE, 1990); /* the applicant */
  assert_offered (counter, "host-number", NULL);
  suggest (counter, "范立样", "330481199003070010", YZ_SEX_MALE, 1990); /* the booklet page too */
  assert_offered (counter, "host-number", NULL);
  suggest (counter, "练小禾", "330481199407180020", YZ_SEX_FEMALE, 1994);
  assert_offered (counter, "host-number", "330481199407180020");
  assert_offered (counter, "host-name", "练小禾");
}

/* Sex and birth date are compared with the card before the number is taken over. */
static void
test_a_number_is_offered_with_what_it_says (Counter *counter, gconstpointer data)
{
  g_autoptr (YzOpenCase) open_case = read_case (counter);
  GtkWidget *card = NULL;
  GtkButton *offer = NULL;

  yz_dossier_form_show (counter->form, open_case);
  suggest (counter, "范立样", "330481199003070010", YZ_SEX_MALE, 1990);
  find_card (GTK_WIDGET (counter->form), &card);
  offer = GTK_BUTTON (gtk_widget_get_template_child (card, YZ_TYPE_PERSON_CARD, "number_offer"));
  g_assert_cmpstr (yz_field_offer_get (offer), ==, "330481199003070010");
  g_assert_nonnull (strstr (gtk_button_get_label (offer), "male, born 7 Mar 1990"));
  gtk_button_clicked (offer);
  assert_number (counter, "330481199003070010");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hdy_init ();
  yz_looks_init ();
#define ADD(name, func) ADD_IN (name, NULL, func)
#define ADD_IN(name, matter, func)                                                                 \
  g_test_add ("/dossier-form/" name, Counter, matter, set_up, func, tear_down)
  ADD ("what-was-read-before-the-saving-takes-nothing-back",
       test_what_was_read_before_the_saving_takes_nothing_back);
  ADD ("what-somebody-else-saved-is-shown", test_what_somebody_else_saved_is_shown);
  ADD ("a-number-is-offered-with-what-it-says", test_a_number_is_offered_with_what_it_says);
  ADD_IN ("a-card-answers-for-the-parent-of-its-sex", "B01",
          test_a_card_answers_for_the_parent_of_its_sex);
  ADD_IN ("who-is-not-on-the-form-answers-for-the-host", "M20",
          test_who_is_not_on_the_form_answers_for_the_host);
#undef ADD_IN
#undef ADD
  return g_test_run ();
}
