/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-jpeg.h"
#include "capture/page-reader.h"
#include "tests/ui/made-up-store.h"
#include "ui/ask.h"
#include "ui/fact-row.h"
#include "ui/looks.h"
#include "ui/page-hints.h"
#include "ui/person-card.h"
#include "ui/qr-code.h"

#include <handy.h>

#define NAME "范立样"
#define NUMBER "330481190203150014"
#define MATTER "B08"

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

static void
find_child (GtkWidget *child, gpointer data)
{
  GtkWidget **found = data; /* a field and its offer */

  if (GTK_IS_ENTRY (child))
    found[0] = child;
  else if (GTK_IS_BUTTON (child))
    found[1] = child;
}

static void
test_an_address_is_offered_where_one_is_registered_now (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("YIZHAN_DATADIR"), "matters", "R04.matter", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzMatter) matter = NULL;
  g_autofree char *text = NULL;
  const YzSuggestion first = { .address = (char *) "示例市示例路1号" };
  const YzSuggestion second = { .address = (char *) "别处" };
  gsize length = 0;
  guint offered = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  matter = yz_matter_parse ("R04", text, length, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < matter->facts->len; i++) {
    const YzFactField *field = g_ptr_array_index (matter->facts, i);
    YzFactRow *row = YZ_FACT_ROW (g_object_ref_sink (yz_fact_row_new (matter, field, "", TRUE)));
    GtkWidget *found[2] = { NULL };

    gtk_container_foreach (GTK_CONTAINER (row), find_child, found);
    yz_fact_row_offer (row, &first, FALSE);
    yz_fact_row_offer (row, &second, FALSE);
    offered += gtk_widget_get_visible (found[1]);
    g_assert_cmpstr (yz_fact_row_get_text (row), ==, "");
    if (gtk_widget_get_visible (found[1])) {
      g_assert_cmpstr (field->id, ==, "origin-address");
      gtk_button_clicked (GTK_BUTTON (found[1]));
      g_assert_cmpstr (yz_fact_row_get_text (row), ==, "示例市示例路1号");
      g_assert_false (gtk_widget_get_visible (found[1]));
    }
    gtk_widget_destroy (GTK_WIDGET (row));
    g_assert_finalize_object (row);
  }
  g_assert_cmpuint (offered, ==, 1);
}

static YzSuggestion *
read_practice_page (const char *name)
{
  g_autoptr (YzDarkroom) darkroom = yz_darkroom_new ();
  g_autoptr (YzDarkroom) reader = yz_darkroom_new_to_read ();
  g_autoptr (GBytes) bytes = made_up_store_load_picture (name);
  g_autoptr (YzPage) page =
      yz_darkroom_develop (darkroom, bytes, YZ_DEVELOP_FIND, NULL, 0, 0, NULL);
  g_autoptr (YzReading) whole =
      yz_page_reader_read (reader, bytes, YZ_READ_WORDS, page->corners, 0, NULL);
  g_autoptr (YzReading) form =
      yz_page_reader_read (reader, bytes, YZ_READ_WORDS | YZ_READ_FORM, page->corners, 0, NULL);

  yz_darkroom_close (darkroom);
  yz_darkroom_close (reader);
  g_assert_nonnull (whole);
  g_assert_nonnull (form);
  return yz_page_hints_understand (whole, form);
}

/* The real helper over the practice card: its number decides birth and sex. */
static void
test_a_card_names_its_holder (void)
{
  g_autoptr (YzSuggestion) suggestion = read_practice_page ("03-identity-card-front.jpg");

  g_assert_nonnull (suggestion);
  g_assert_cmpstr (suggestion->name, ==, NAME);
  g_assert_cmpstr (suggestion->number, ==, NUMBER);
  g_assert_true (suggestion->decided);
}

static void
test_a_certificate_of_birth_answers_for_the_child (void)
{
  static const struct {
    const char *fact, *value;
  } EXPECTED[] = {
    { "child-name", "范知新" },
    { "child-sex", "男" },
    { "birth-date", "1909-10-09" },
    { "birth-place", "样本省样张市" },
    { "birth-certificate-number", "Y3383797303" },
    { "mother-number", "330481190407180020" },
    { "father-number", "330481190203150014" },
  };
  g_autoptr (YzSuggestion) suggestion = read_practice_page ("05-birth-certificate.jpg");

  g_assert_nonnull (suggestion);
  g_assert_nonnull (suggestion->facts);
  for (gsize i = 0; i < G_N_ELEMENTS (EXPECTED); i++)
    g_assert_cmpstr (g_hash_table_lookup (suggestion->facts, EXPECTED[i].fact), ==,
                     EXPECTED[i].value);
  g_assert_null (suggestion->name);
}

/* A case at the counter, and what is heard of its pages. */
typedef struct {
  char *folder;
  YzDesk *desk;
  YzPageHints *hints;
  YzDossier *dossier; /* as it was read last */
  char *pointed;
  gboolean known;
} Counter;

static void
on_pointed (Counter *counter, const char *number, gboolean known)
{
  counter->pointed = g_strdup (number);
  counter->known = known;
}

static YzDossier *
create_case (YzDesk *desk)
{
  g_autoptr (GPtrArray) persons = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  YzPerson person = { NAME, NUMBER, "applicant" };
  YzDossier *dossier = NULL;

  g_ptr_array_add (persons, &person);
  dossier = yz_desk_new_dossier (desk, MATTER, persons, &error);
  g_assert_no_error (error);
  return dossier;
}

static void
open_counter (Counter *counter, gconstpointer data)
{
  counter->desk = made_up_store_new (&counter->folder);
  counter->hints = yz_page_hints_new (counter->desk);
  g_signal_connect_swapped (counter->hints, "pointed", G_CALLBACK (on_pointed), counter);
  counter->dossier = create_case (counter->desk);
}

static void
close_counter (Counter *counter, gconstpointer data)
{
  yz_page_hints_close (counter->hints);
  g_object_unref (counter->hints);
  yz_desk_close (counter->desk);
  g_object_unref (counter->desk);
  made_up_store_remove (counter->folder);
  yz_dossier_unref (counter->dossier);
  g_free (counter->pointed);
  g_free (counter->folder);
}

/* The whole picture is the page, turned by the clerk as @rotation says. */
static guint
lay_down (Counter *counter, GBytes *picture, const YzBitmap *bitmap, guint rotation)
{
  g_autoptr (YzMatter) matter = yz_desk_get_matter (counter->desk, MATTER);
  const YzMaterial *material = g_ptr_array_index (matter->materials, 0);
  g_autoptr (GError) error = NULL;
  YzSheet sheet = {
    .id = made_up_store_add_page (counter->desk, counter->dossier->number, material->id, picture),
    .outlined = TRUE,
    .corners = { 0, 0, bitmap->width, 0, bitmap->width, bitmap->height, 0, bitmap->height },
    .rotation = rotation,
    .verdicts = "blurred",
  };

  yz_desk_outline (counter->desk, counter->dossier->number, &sheet, &error);
  g_assert_no_error (error);
  return sheet.id;
}

static void
show (Counter *counter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzOpenCase) open_case =
      yz_open_case_read (counter->desk, counter->dossier->number, &error);

  g_assert_no_error (error);
  yz_page_hints_show (counter->hints, open_case);
  yz_dossier_unref (counter->dossier);
  counter->dossier = yz_dossier_ref (open_case->dossier);
}

/* Reads the case anew until its sheet carries @verdicts, as the desk does on every change. */
static void
wait_for (Counter *counter, guint id, const char *verdicts)
{
  const char *now = NULL;

  while (g_strcmp0 (now, verdicts) != 0) {
    show (counter);
    for (guint i = 0; i < counter->dossier->sheets->len; i++) {
      const YzSheet *sheet = g_ptr_array_index (counter->dossier->sheets, i);

      if (sheet->id == id)
        now = sheet->verdicts;
    }
    if (g_strcmp0 (now, verdicts) != 0)
      g_main_context_iteration (NULL, TRUE);
  }
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE; /* wakes the loop, for the store says nothing by itself */
}

static GBytes *
encode (YzBitmap *bitmap, int quality)
{
  g_autoptr (GError) error = NULL;
  GBytes *jpeg = yz_jpeg_encode (bitmap, quality, &error);

  g_assert_no_error (error);
  return jpeg;
}

static YzBitmap *
load_letter (void)
{
  g_autoptr (GBytes) bytes = made_up_store_load_picture ("08-application-letter.jpg");
  YzDevelopment order = { .what = YZ_DEVELOP_FIND | YZ_DEVELOP_PICTURE, .longest = 1400 };
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (YzPage) page = yz_developer_develop (data, length, &order, NULL, NULL);

  g_assert_nonnull (page);
  return yz_bitmap_ref (page->picture);
}

static void
test_the_same_page_and_the_wrong_side_are_written_down (Counter *counter, gconstpointer data)
{
  g_autoptr (YzBitmap) letter = load_letter ();
  g_autoptr (GBytes) first = encode (letter, 90);
  g_autoptr (GBytes) again = encode (letter, 70);
  g_autoptr (GError) error = NULL;
  const guint tick = g_timeout_add (50, on_tick, NULL);
  const guint upside_down = lay_down (counter, first, letter, 2);
  const guint upright = lay_down (counter, again, letter, 0);

  wait_for (counter, upside_down, "blurred,wrong-side-up");
  wait_for (counter, upright, "blurred,same");
  yz_ask_rotate (counter->desk, counter->dossier->number, upside_down, 2, NULL, NULL);
  wait_for (counter, upside_down, "blurred");
  yz_desk_detach (counter->desk, counter->dossier->number, upside_down, "test", &error);
  g_assert_no_error (error);
  wait_for (counter, upright, "blurred");
  g_source_remove (tick);
}

/* The earlier page is outlined only after the later one was looked at. */
static void
test_the_earlier_page_may_be_looked_at_last (Counter *counter, gconstpointer data)
{
  g_autoptr (YzBitmap) letter = load_letter ();
  g_autoptr (GBytes) picture = encode (letter, 90);
  g_autoptr (YzMatter) matter = yz_desk_get_matter (counter->desk, MATTER);
  const YzMaterial *material = g_ptr_array_index (matter->materials, 0);
  g_autoptr (GError) error = NULL;
  const guint tick = g_timeout_add (50, on_tick, NULL);
  YzSheet earlier = {
    .id = made_up_store_add_page (counter->desk, counter->dossier->number, material->id, picture),
    .verdicts = "glare",
  };
  const guint later = lay_down (counter, picture, letter, 2);

  wait_for (counter, later, "blurred,wrong-side-up");
  yz_desk_outline (counter->desk, counter->dossier->number, &earlier, &error);
  g_assert_no_error (error);
  wait_for (counter, later, "blurred,same,wrong-side-up");
  g_source_remove (tick);
}

static void
test_a_page_taken_back_is_an_earlier_page_again (Counter *counter, gconstpointer data)
{
  g_autoptr (YzBitmap) letter = load_letter ();
  g_autoptr (GBytes) picture = encode (letter, 90);
  g_autoptr (YzMatter) matter = yz_desk_get_matter (counter->desk, MATTER);
  const YzMaterial *material = g_ptr_array_index (matter->materials, 0);
  g_autoptr (GError) error = NULL;
  const guint tick = g_timeout_add (50, on_tick, NULL);
  const guint first = lay_down (counter, picture, letter, 0);
  const guint again = lay_down (counter, picture, letter, 0);

  wait_for (counter, again, "blurred,same");
  yz_desk_detach (counter->desk, counter->dossier->number, first, "test", &error);
  g_assert_no_error (error);
  wait_for (counter, again, "blurred");
  yz_desk_arrange (counter->desk, counter->dossier->number, first, material->id, 1, &error);
  g_assert_no_error (error);
  wait_for (counter, again, "blurred,same");
  g_source_remove (tick);
}

/* A sheet with nothing but a code on it, as the receipt has one. */
static YzBitmap *
draw_code (const char *text)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 500, 700);
  cairo_t *cr = cairo_create (surface);
  YzBitmap *bitmap = yz_bitmap_new_packed (500, 700);
  g_autoptr (YzQrCode) code = yz_qr_code_new (text, NULL);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  yz_qr_code_draw (code, cr, 100, 100, 200);
  cairo_surface_flush (surface);
  for (int y = 0; y < bitmap->height; y++)
    memcpy ((guint8 *) yz_bitmap_get_row (bitmap, y),
            cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface),
            (gsize) bitmap->width * 4);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bitmap;
}

static void
test_a_receipt_points_at_its_case (Counter *counter, gconstpointer data)
{
  g_autoptr (YzDossier) other = create_case (counter->desk);
  g_autoptr (YzBitmap) receipt = draw_code (other->number);
  g_autoptr (GBytes) picture = encode (receipt, 90);

  lay_down (counter, picture, receipt, 0);
  show (counter);
  while (counter->pointed == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (counter->pointed, ==, other->number);
  g_assert_true (counter->known);
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
  g_test_add_func ("/page-hints/an-address-is-offered-where-one-is-registered-now",
                   test_an_address_is_offered_where_one_is_registered_now);
  g_test_add_func ("/page-hints/a-card-names-its-holder", test_a_card_names_its_holder);
  g_test_add_func ("/page-hints/a-certificate-of-birth-answers-for-the-child",
                   test_a_certificate_of_birth_answers_for_the_child);
#define ADD(name, func)                                                                            \
  g_test_add ("/page-hints/" name, Counter, NULL, open_counter, func, close_counter)
  ADD ("the-same-page-and-the-wrong-side-are-written-down",
       test_the_same_page_and_the_wrong_side_are_written_down);
  ADD ("the-earlier-page-may-be-looked-at-last", test_the_earlier_page_may_be_looked_at_last);
  ADD ("a-page-taken-back-is-an-earlier-page-again",
       test_a_page_taken_back_is_an_earlier_page_again);
  ADD ("a-receipt-points-at-its-case", test_a_receipt_points_at_its_case);
  return g_test_run ();
}
