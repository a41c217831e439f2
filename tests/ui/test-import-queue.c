/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/import-queue.h"

#include "tests/support/made-pdf.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANY 10100 /* more than are asked for at once, and than one would list by hand */

static YzDarkroom *darkroom; /* of all tests: starting one takes longer than its work */
static char *folder;

static char *
put (const char *name, GBytes *bytes)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  return path;
}

static void
put_text (const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autofree char *path = put (name, bytes);
}

static void
put_picture (const char *name)
{
  g_autofree char *from =
      g_build_filename (g_getenv ("YIZHAN_PRACTICEDIR"), "03-identity-card-front.jpg", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
}

static void
put_pdf (const char *name, guint leaves)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (leaves, 300, 400);
  g_autofree char *path = put (name, pdf);
}

static void
set_up (gpointer *fixture, gconstpointer data)
{
  folder = g_dir_make_tmp ("yizhan-import-XXXXXX", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      remove_folder (child);
    else
      g_remove (child);
  }
  g_rmdir (path);
}

static void
tear_down (gpointer *fixture, gconstpointer data)
{
  remove_folder (folder);
  g_clear_pointer (&folder, g_free);
}

/* Of paths under the folder; "" is the folder itself. */
static YzImportQueue *
make_queue (const char *const *names)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);

    g_ptr_array_add (files, strstr (names[i], "://") != NULL ? g_file_new_for_uri (names[i])
                                                             : g_file_new_for_path (path));
  }
  return yz_import_queue_new (darkroom, files);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
survey (YzImportQueue *queue)
{
  g_autoptr (GAsyncResult) result = NULL;

  yz_import_queue_survey_async (queue, NULL, keep_result, &result);
  g_assert_true (yz_import_queue_survey_finish (queue, wait_for (&result), NULL));
}

/* "name;media type", or NULL after the last. */
static char *
fetch (YzImportQueue *queue)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = NULL;
  g_autoptr (YzFrame) frame = NULL;

  yz_import_queue_next_async (queue, NULL, keep_result, &result);
  frame = yz_import_queue_next_finish (queue, wait_for (&result), &page, &error);
  g_assert_no_error (error);
  if (frame == NULL)
    return NULL;
  g_assert_nonnull (page);
  return g_strdup_printf ("%s %s", frame->name, frame->media_type);
}

static void
assert_comes (YzImportQueue *queue, const char *expected)
{
  g_autofree char *told = fetch (queue);

  g_assert_cmpstr (told, ==, expected);
}

static void
test_pages_come_in_order (gpointer *fixture, gconstpointer data)
{
  const char *const names[] = { "b.pdf", "a.jpg", NULL };
  g_autoptr (YzImportQueue) queue = NULL;

  put_picture ("a.jpg");
  put_pdf ("b.pdf", 2);
  queue = make_queue (names);
  survey (queue);
  g_assert_cmpuint (yz_import_queue_get_total (queue), ==, 3);
  assert_comes (queue, "b.pdf application/pdf;page=1");
  g_assert_cmpuint (yz_import_queue_get_done (queue), ==, 1);
  assert_comes (queue, "b.pdf application/pdf;page=2");
  assert_comes (queue, "a.jpg image/jpeg");
  assert_comes (queue, NULL);
  g_assert_cmpuint (yz_import_queue_get_refused (queue)->len, ==, 0);
}

static void
test_folder_gives_its_files_as_a_person_counts (gpointer *fixture, gconstpointer data)
{
  const char *const names[] = { "", NULL };
  g_autoptr (YzImportQueue) queue = NULL;
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);

  put_pdf ("scan10.pdf", 1);
  put_pdf ("scan9.PDF", 1);
  put_text ("notes.txt", "no page");
  put_text (".hidden.pdf", "no page either");
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  put_pdf ("inner/not-entered.pdf", 1);
  queue = make_queue (names);
  survey (queue);
  assert_comes (queue, "scan9.PDF application/pdf;page=1");
  assert_comes (queue, "scan10.pdf application/pdf;page=1");
  assert_comes (queue, NULL);
  g_assert_cmpuint (yz_import_queue_get_refused (queue)->len, ==, 0);
}

static void
test_a_large_folder_comes_whole (gpointer *fixture, gconstpointer data)
{
  const char *const names[] = { "many", "after.jpg", NULL };
  g_autoptr (YzImportQueue) queue = NULL;
  g_autofree char *many = g_build_filename (folder, "many", NULL);

  g_assert_cmpint (g_mkdir (many, 0700), ==, 0);
  put_picture ("many/000.jpg");
  put_picture ("after.jpg");
  for (guint i = 1; i < MANY; i++) {
    g_autofree char *name = g_strdup_printf ("%s/%u.jpg", many, i);

    g_assert_cmpint (symlink ("000.jpg", name), ==, 0);
  }
  queue = make_queue (names);
  survey (queue);
  g_assert_cmpuint (yz_import_queue_get_total (queue), ==, MANY + 1);
  assert_comes (queue, "000.jpg image/jpeg");
}

static void
test_folder_without_pages_is_said (gpointer *fixture, gconstpointer data)
{
  const char *const names[] = { "", NULL };
  g_autoptr (YzImportQueue) queue = make_queue (names);

  survey (queue);
  g_assert_cmpuint (yz_import_queue_get_total (queue), ==, 0);
  g_assert_cmpuint (yz_import_queue_get_refused (queue)->len, ==, 1);
}

static void
assert_refuses (YzImportQueue *queue, guint index, const char *name, const char *why)
{
  const GPtrArray *refused = yz_import_queue_get_refused (queue);
  const char *sentence = NULL;

  g_assert_cmpuint (index, <, refused->len);
  sentence = g_ptr_array_index (refused, index);
  g_test_message ("%s", sentence);
  g_assert_nonnull (strstr (sentence, name));
  g_assert_nonnull (strstr (sentence, why));
}

static void
test_unreadable_files_are_named_and_the_others_go_on (gpointer *fixture, gconstpointer data)
{
  const char *const names[] = { "letter.heic", "cut.pdf",  "cut.jpg",
                                "gone.png",    "good.pdf", "sftp://elsewhere/far.jpg",
                                "pipe.jpg",    NULL };
  g_autofree char *pipe = g_build_filename (folder, "pipe.jpg", NULL);
  g_autoptr (YzImportQueue) queue = NULL;

  put_text ("letter.heic", "????ftypheic");
  put_text ("cut.pdf", "%PDF-1.7\nnothing of the kind");
  put_text ("cut.jpg", "\xff\xd8\xff\xe0 no picture");
  put_pdf ("good.pdf", 1);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0); /* nobody ever writes into it */
  queue = make_queue (names);
  survey (queue);
  g_assert_cmpuint (yz_import_queue_get_total (queue), ==, 2);
  assert_comes (queue, "good.pdf application/pdf;page=1");
  assert_comes (queue, NULL);
  g_assert_cmpuint (yz_import_queue_get_done (queue), ==, 2);
  g_assert_cmpuint (yz_import_queue_get_refused (queue)->len, ==, 6);
  assert_refuses (queue, 0, "letter.heic", "JPEG");
  assert_refuses (queue, 1, "cut.pdf", "damaged");
  assert_refuses (queue, 2, "gone.png", "No such file");
  assert_refuses (queue, 3, "far.jpg", "this computer");
  assert_refuses (queue, 4, "pipe.jpg", "not a file");
  assert_refuses (queue, 5, "cut.jpg", "pixels");
}

/* As an old program wrote it, in GB 18030; and one of no end. */
static void
test_names_can_be_read (gpointer *fixture, gconstpointer data)
{
  g_autofree char *tail = g_strnfill (200, 'n');
  g_autofree char *endless = g_strconcat (tail, ".jpg", NULL);
  const char *const names[] = { "\xbb\xa7\xbf\xda\xb2\xbe.jpg", endless, "\xc9\xba.pdf", NULL };
  g_autoptr (YzImportQueue) queue = NULL;
  g_autofree char *shortened = NULL;

  put_picture (names[0]);
  put_picture (names[1]);
  queue = make_queue (names); /* the third is not there */
  survey (queue);
  assert_comes (queue, "户口簿.jpg image/jpeg");
  shortened = fetch (queue);
  g_assert_cmpint (g_utf8_strlen (shortened, -1), <, 100);
  g_assert_true (g_str_has_suffix (shortened, "n.jpg image/jpeg"));
  assert_comes (queue, NULL);
  g_assert_true (
      g_utf8_validate (g_ptr_array_index (yz_import_queue_get_refused (queue), 0), -1, NULL));
}

static void
test_unreadable_leaf_costs_no_other (gpointer *fixture, gconstpointer data)
{
  /* The second of three leaves is larger than any paper. */
  const char *text = "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
                     "2 0 obj <</Type/Pages/Kids[3 0 R 4 0 R 3 0 R]/Count 3>> endobj\n"
                     "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>> endobj\n"
                     "4 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 1000000 400]>> endobj\n"
                     "trailer <</Root 1 0 R>>\n%%EOF\n";
  const char *const names[] = { "odd.pdf", NULL };
  g_autoptr (YzImportQueue) queue = NULL;

  put_text ("odd.pdf", text);
  queue = make_queue (names);
  survey (queue);
  assert_comes (queue, "odd.pdf application/pdf;page=1");
  assert_comes (queue, "odd.pdf application/pdf;page=3");
  assert_comes (queue, NULL);
  assert_refuses (queue, 0, "odd.pdf", "page 2");
}

static void
test_cancelled_it_hands_out_nothing_more (gpointer *fixture, gconstpointer data)
{
  const char *const names[] = { "a.pdf", NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = NULL;
  g_autoptr (YzImportQueue) queue = NULL;

  put_pdf ("a.pdf", 5);
  queue = make_queue (names);
  survey (queue);
  yz_import_queue_next_async (queue, cancellable, keep_result, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (yz_import_queue_next_finish (queue, wait_for (&result), &page, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  darkroom = yz_darkroom_new ();
#define CLAIM(name, function) g_test_add (name, gpointer, NULL, set_up, function, tear_down)
  CLAIM ("/import-queue/pages-come-in-order", test_pages_come_in_order);
  CLAIM ("/import-queue/folder-gives-its-files-as-a-person-counts",
         test_folder_gives_its_files_as_a_person_counts);
  CLAIM ("/import-queue/a-large-folder-comes-whole", test_a_large_folder_comes_whole);
  CLAIM ("/import-queue/folder-without-pages-is-said", test_folder_without_pages_is_said);
  CLAIM ("/import-queue/unreadable-files-are-named-and-the-others-go-on",
         test_unreadable_files_are_named_and_the_others_go_on);
  CLAIM ("/import-queue/names-can-be-read", test_names_can_be_read);
  CLAIM ("/import-queue/unreadable-leaf-costs-no-other", test_unreadable_leaf_costs_no_other);
  CLAIM ("/import-queue/cancelled-it-hands-out-nothing-more",
         test_cancelled_it_hands_out_nothing_more);
  result = g_test_run ();
  yz_darkroom_close (darkroom);
  g_assert_finalize_object (darkroom);
  return result;
}
