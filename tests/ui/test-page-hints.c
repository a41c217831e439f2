/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-reader.h"
#include "ui/looks.h"
#include "ui/page-hints.h"
#include "ui/person-card.h"

#include <handy.h>

#define NAME "范立样"
#define NUMBER "330481190203150014"

static GtkWidget *
get_part (YzPersonCard *card, const char *id)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (card), YZ_TYPE_PERSON_CARD, id));
}

static YzPersonCard *
create_card (const char *name, const char *number)
{
  const YzPerson person = { .name = name, .id_number = number, .relation = "applicant" };
  YzPersonCard *card = YZ_PERSON_CARD (yz_person_card_new (&person));

  g_object_ref_sink (card);
  yz_person_card_set_editable (card, TRUE);
  return card;
}

static gboolean
is_offered (YzPersonCard *card, const char *id)
{
  return gtk_widget_get_visible (get_part (card, id));
}

static const char *
get_text (YzPersonCard *card, const char *id)
{
  return gtk_entry_get_text (GTK_ENTRY (get_part (card, id)));
}

static void
press_alt_down (YzPersonCard *card, const char *id)
{
  GdkEvent *event = gdk_event_new (GDK_KEY_PRESS);
  gboolean handled = FALSE;

  event->key.keyval = GDK_KEY_Down;
  event->key.state = GDK_MOD1_MASK;
  g_signal_emit_by_name (get_part (card, id), "key-press-event", event, &handled);
  g_assert_true (handled);
  event->key.type = GDK_NOTHING; /* no window belongs to it */
  gdk_event_free (event);
}

static void
drop (YzPersonCard *card)
{
  gtk_widget_destroy (GTK_WIDGET (card));
  g_assert_finalize_object (card);
}

static void
test_offers_wait_for_a_key (void)
{
  YzPersonCard *card = create_card ("", "");

  g_assert_true (yz_person_card_offer (card, NAME, NUMBER));
  g_assert_true (is_offered (card, "name_offer"));
  g_assert_cmpstr (get_text (card, "name"), ==, "");
  press_alt_down (card, "name");
  g_assert_cmpstr (get_text (card, "name"), ==, NAME);
  g_assert_false (is_offered (card, "name_offer"));
  gtk_button_clicked (GTK_BUTTON (get_part (card, "number_offer")));
  g_assert_cmpstr (get_text (card, "number"), ==, NUMBER);
  drop (card);
}

static void
test_what_was_typed_stays (void)
{
  YzPersonCard *card = create_card ("张三", "");

  g_assert_false (yz_person_card_offer (card, NAME, NUMBER));
  g_assert_false (is_offered (card, "name_offer"));
  g_assert_false (is_offered (card, "number_offer"));
  press_alt_down (card, "name");
  g_assert_cmpstr (get_text (card, "name"), ==, "张三");
  drop (card);
}

static void
test_typing_hides_the_offer (void)
{
  YzPersonCard *card = create_card ("", "");

  g_assert_true (yz_person_card_offer (card, NAME, NUMBER));
  gtk_entry_set_text (GTK_ENTRY (get_part (card, "name")), "范");
  g_assert_false (is_offered (card, "name_offer"));
  press_alt_down (card, "name");
  g_assert_cmpstr (get_text (card, "name"), ==, "范");
  drop (card);
}

static void
test_two_people_get_an_offer_each (void)
{
  YzPersonCard *card = create_card ("", "");

  g_assert_true (yz_person_card_offer (card, NAME, NUMBER));
  g_assert_false (yz_person_card_offer (card, "练小禾", "330481190407180020"));
  drop (card);
}

static void
test_only_case_numbers_point_at_cases (void)
{
  g_assert_true (yz_page_hints_is_case_number ("YZ01-2026-000123"));
  g_assert_false (yz_page_hints_is_case_number ("YZ01-2026-123"));
  g_assert_false (yz_page_hints_is_case_number ("https://example.org/YZ01-2026-000123"));
  g_assert_false (yz_page_hints_is_case_number ("6901234567892"));
  g_assert_false (yz_page_hints_is_case_number (""));
}

/* The real helper over the practice card: its number decides birth and sex. */
static void
test_a_card_names_its_holder (void)
{
  g_autoptr (YzDarkroom) darkroom = yz_darkroom_new ();
  g_autoptr (YzDarkroom) reader = yz_darkroom_new_to_read ();
  g_autofree char *path =
      g_build_filename (g_getenv ("YIZHAN_PRACTICEDIR"), "03-identity-card-front.jpg", NULL);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  g_autoptr (YzPage) page =
      yz_darkroom_develop (darkroom, bytes, YZ_DEVELOP_FIND, NULL, 0, 0, NULL);
  g_autoptr (YzReading) whole =
      yz_page_reader_read (reader, bytes, YZ_READ_WORDS, page->corners, 0, NULL);
  g_autoptr (YzReading) block =
      yz_page_reader_read (reader, bytes, YZ_READ_WORDS | YZ_READ_BLOCK, page->corners, 0, NULL);
  g_autoptr (YzSuggestion) suggestion = NULL;

  yz_darkroom_close (darkroom);
  yz_darkroom_close (reader);
  g_assert_nonnull (whole);
  g_assert_nonnull (block);
  suggestion = yz_page_hints_understand (whole, block);
  g_assert_nonnull (suggestion);
  g_assert_cmpstr (suggestion->name, ==, NAME);
  g_assert_cmpstr (suggestion->number, ==, NUMBER);
  g_assert_true (suggestion->decided);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hdy_init ();
  yz_looks_init ();
  g_test_add_func ("/page-hints/offers-wait-for-a-key", test_offers_wait_for_a_key);
  g_test_add_func ("/page-hints/what-was-typed-stays", test_what_was_typed_stays);
  g_test_add_func ("/page-hints/typing-hides-the-offer", test_typing_hides_the_offer);
  g_test_add_func ("/page-hints/two-people-get-an-offer-each", test_two_people_get_an_offer_each);
  g_test_add_func ("/page-hints/only-case-numbers-point-at-cases",
                   test_only_case_numbers_point_at_cases);
  g_test_add_func ("/page-hints/a-card-names-its-holder", test_a_card_names_its_holder);
  return g_test_run ();
}
