/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-ui"

#include "ui/page-hints.h"

#include "capture/media-type.h"
#include "capture/page-reader.h"
#include "ui/ask.h"
#include "ui/intake.h"
#include "workflow/checks.h"

#include <glib/gi18n-lib.h>

struct _YzPageHints {
  GObject parent;
  YzDesk *desk;
  YzDarkroom *darkroom;
  GCancellable *cancellable; /* of this case */
  YzOpenCase *open_case;     /* (nullable) as it was shown last */
  char *number;
  GHashTable *seen; /* sheets of this case that were read or are waiting */
  GArray *known;    /* of Known: what the pages of this case look like */
  GQueue waiting;   /* of Look */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (YzPageHints, yz_page_hints, G_TYPE_OBJECT)

enum { SUGGESTED, POINTED, SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

#define CARD_LINES 25   /* a letter has more */
#define CERTIFIED 7     /* facts on a certificate of birth */
#define UPSIDE_DOWN 0.3 /* how sure the reader must be before the clerk is told */

#define HINTS (YZ_VERDICT_SAME | YZ_VERDICT_TURNED)

typedef struct {
  guint sheet;
  YzPageDigest digest;
  gboolean sure;   /* which way is up */
  guint upright;   /* the rotation in which it is */
  guint same;      /* the first of the pages before it that looks the same, 0 none */
  guint judged_at; /* version of the case at which this was said last */
} Known;

/* One page that is looked at. */
typedef struct {
  YzPageHints *self;
  GCancellable *cancellable;
  guint sheet;
  char *digest;
  YzDevelopment place; /* of the page in its original */
  GBytes *original;
  YzReading *whole;
} Look;

static void
free_look (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->original, g_bytes_unref);
  g_clear_pointer (&look->whole, yz_reading_unref);
  g_object_unref (look->cancellable);
  g_object_unref (look->self);
  g_free (look->digest);
  g_free (look);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, free_look)

static void look_at_next (YzPageHints *self);

static void
end (Look *look)
{
  g_autoptr (YzPageHints) self = g_object_ref (look->self);

  free_look (look);
  self->busy = FALSE;
  look_at_next (self);
}

YzSuggestion *
yz_page_hints_understand (const YzReading *whole, const YzReading *form)
{
  g_autofree char *first = form != NULL ? yz_reading_get_text (form) : g_strdup ("");
  g_autofree char *second = yz_reading_get_text (whole);
  g_autofree char *text = g_strconcat (first, second, NULL);
  const GDate today = yz_checks_get_today ();

  return yz_suggestion_read (text, &today);
}

static void
suggest (Look *look, const YzReading *form)
{
  g_autoptr (YzSuggestion) suggestion = yz_page_hints_understand (look->whole, form);

  if (suggestion != NULL && !g_cancellable_is_cancelled (look->cancellable))
    g_signal_emit (look->self, signals[SUGGESTED], 0, suggestion, look->sheet);
}

static void
on_form_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzReading) form = yz_page_reader_read_finish (YZ_DARKROOM (source), result, NULL);

  suggest (data, form);
  end (data);
}

static void
read_page (Look *look, YzRead what, GAsyncReadyCallback callback)
{
  yz_page_reader_read_leaf_async (look->self->darkroom, look->original, what, &look->place,
                                  look->cancellable, callback, look);
}

/* A page that names somebody, but not wholly, is read once more as a form, and so is a card on
 * which nothing was understood at all. */
static gboolean
is_half_understood (const Look *look)
{
  g_autoptr (YzSuggestion) suggestion = yz_page_hints_understand (look->whole, NULL);

  if (suggestion == NULL)
    return look->whole->lines->len > 0 && look->whole->lines->len <= CARD_LINES;
  if (suggestion->facts != NULL)
    return g_hash_table_size (suggestion->facts) < CERTIFIED;
  return suggestion->name == NULL || suggestion->number == NULL;
}

gboolean
yz_page_hints_is_case_number (const char *text)
{
  return g_regex_match_simple ("^[A-Z0-9]{1,16}-[0-9]{4}-[0-9]{6}$", text, 0, 0);
}

/* A case number on its way to be looked up. */
typedef struct {
  YzPageHints *self;
  GCancellable *cancellable;
  char *number;
} Pointer;

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Pointer *pointer = data;
  g_autoptr (YzPageHints) self = pointer->self;
  g_autoptr (GCancellable) cancellable = pointer->cancellable;
  g_autofree char *number = pointer->number;
  g_autoptr (YzOpenCase) found = yz_desk_call_finish (YZ_DESK (source), result, NULL);

  if (!g_cancellable_is_cancelled (cancellable))
    g_signal_emit (self, signals[POINTED], 0, number, found != NULL);
}

static void
look_up (const Look *look, const char *number)
{
  Pointer *pointer = NULL;

  if (g_strcmp0 (number, look->self->number) == 0)
    return; /* its own papers */
  pointer = g_new0 (Pointer, 1);
  pointer->self = g_object_ref (look->self);
  pointer->cancellable = g_object_ref (look->cancellable);
  pointer->number = g_strdup (number);
  yz_ask_open_case (look->self->desk, number, look->cancellable, on_looked_up, pointer);
}

static void
tell_codes (const Look *look)
{
  for (guint i = 0; i < look->whole->codes->len; i++) {
    const YzReadingPart *code = g_ptr_array_index (look->whole->codes, i);

    if (g_cancellable_is_cancelled (look->cancellable))
      return;
    if (yz_page_hints_is_case_number (code->text))
      look_up (look, code->text);
  }
}

/* Compares one page with all others. It takes long enough to be done once for each pair, not
 * whenever something changes in a case of many pages. */
static void
compare (YzPageHints *self, guint index)
{
  Known *known = &g_array_index (self->known, Known, index);

  for (guint i = 0; i < self->known->len; i++) {
    Known *other = &g_array_index (self->known, Known, i);
    Known *earlier = other->sheet < known->sheet ? other : known;
    Known *later = other->sheet < known->sheet ? known : other;

    if (i != index && (later->same == 0 || later->same > earlier->sheet) &&
        yz_page_digest_compare (&earlier->digest, &later->digest) == YZ_PAGE_DIGEST_SAME)
      later->same = earlier->sheet;
  }
}

static void
tell_flaws (YzPageHints *self, guint index, guint rotation)
{
  const Known *known = &g_array_index (self->known, Known, index);
  g_autofree char *sentence = NULL;

  if (known->same != 0)
    sentence =
        g_strdup_printf (_ ("Page %1$u is the same page as %2$u."), known->sheet, known->same);
  else if (known->sure && known->upright != rotation)
    sentence = g_strdup_printf (_ ("Page %u lies wrong side up: turn it with F7."), known->sheet);
  if (sentence != NULL)
    g_signal_emit (self, signals[SAID], 0, sentence);
}

static void
on_judged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!yz_intake_judge_finish (YZ_DESK (source), result, &error))
    g_debug ("a hint is not kept: %s", error->message); /* the case left the counter meanwhile */
}

/* What the case holds of it may be of before a page left, was turned or was cut out anew. */
static void
judge (YzPageHints *self, Known *known)
{
  const YzSheet *now = yz_open_case_find_sheet (self->open_case, known->sheet);
  const guint version = self->open_case->dossier->version;
  YzVerdict verdicts = YZ_VERDICT_NONE;

  if (known->same != 0)
    verdicts |= YZ_VERDICT_SAME;
  if (known->sure && known->upright != now->rotation)
    verdicts |= YZ_VERDICT_TURNED;
  if ((yz_verdict_from_string (now->verdicts) & HINTS) == verdicts || known->judged_at == version)
    return;
  known->judged_at = version;
  yz_intake_judge_async (self->desk, self->number, known->sheet, HINTS, verdicts, on_judged, NULL);
}

static void
judge_all (YzPageHints *self)
{
  for (guint i = 0; i < self->known->len; i++)
    judge (self, &g_array_index (self->known, Known, i));
}

/* A page that left is looked at anew when it comes back. */
static gboolean
has_left (YzPageHints *self, guint id)
{
  const YzSheet *sheet =
      self->open_case != NULL ? yz_open_case_find_sheet (self->open_case, id) : NULL;

  if (sheet != NULL && !sheet->detached)
    return FALSE;
  g_hash_table_remove (self->seen, GUINT_TO_POINTER (id));
  return TRUE;
}

/* This page is known from now on. */
static void
take_in (const Look *look)
{
  YzPageHints *self = look->self;
  const YzReading *reading = look->whole;
  const Known known = { .sheet = look->sheet,
                        .digest = reading->digest,
                        .sure = reading->sure >= UPSIDE_DOWN,
                        .upright = (look->place.rotation + reading->quarters) & 3 };

  if (g_cancellable_is_cancelled (look->cancellable) || has_left (self, look->sheet))
    return;
  g_array_append_val (self->known, known);
  compare (self, self->known->len - 1);
  tell_flaws (self, self->known->len - 1, look->place.rotation);
  judge_all (self);
}

static void
on_whole_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Look *look = data;

  look->whole = yz_page_reader_read_finish (YZ_DARKROOM (source), result, &error);
  if (look->whole == NULL) {
    g_debug ("page %u is not read: %s", look->sheet, error->message);
    end (look);
    return;
  }
  take_in (look);
  tell_codes (look);
  if (look->self->darkroom != NULL && is_half_understood (look)) {
    read_page (look, YZ_READ_WORDS | YZ_READ_FORM, on_form_read);
    return;
  }
  suggest (look, NULL);
  end (look);
}

static void
on_original (GObject *source, GAsyncResult *result, gpointer data)
{
  Look *look = data;

  look->original = yz_desk_call_finish (YZ_DESK (source), result, NULL);
  if (look->original == NULL || look->self->darkroom == NULL)
    end (look);
  else
    read_page (look, YZ_READ_WORDS | YZ_READ_CODES, on_whole_read);
}

static void
look_at_next (YzPageHints *self)
{
  Look *look = self->busy ? NULL : g_queue_pop_head (&self->waiting);

  if (look == NULL)
    return;
  self->busy = TRUE;
  if (self->darkroom == NULL)
    self->darkroom = yz_darkroom_new_to_read ();
  yz_ask_read (self->desk, look->digest, look->cancellable, on_original, look);
}

static void
forget_case (YzPageHints *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  g_clear_pointer (&self->number, g_free);
  g_hash_table_remove_all (self->seen);
  g_array_set_size (self->known, 0);
  g_queue_clear_full (&self->waiting, free_look);
}

/* The darkroom has said where the page lies: before that there is nothing to read. */
static gboolean
is_ready (const YzSheet *sheet)
{
  return !sheet->detached && (sheet->outlined || *sheet->verdicts != '\0');
}

static void
queue_sheet (YzPageHints *self, const YzSheet *sheet)
{
  Look *look = g_new0 (Look, 1);

  look->self = g_object_ref (self);
  look->cancellable = g_object_ref (self->cancellable);
  look->sheet = sheet->id;
  look->digest = g_strdup (sheet->digest);
  look->place.leaf = yz_media_type_get_leaf (sheet->media_type);
  look->place.has_corners = sheet->outlined;
  look->place.rotation = sheet->rotation;
  for (gsize i = 0; i < G_N_ELEMENTS (sheet->corners); i++)
    look->place.corners[i] = sheet->corners[i];
  g_queue_push_tail (&self->waiting, look);
}

/* A page that left the case, as one taken again does, is no earlier page any more. */
static void
forget_left (YzPageHints *self)
{
  for (guint i = self->known->len; i > 0; i--) {
    const guint id = g_array_index (self->known, Known, i - 1).sheet;

    if (!has_left (self, id))
      continue;
    g_array_remove_index (self->known, i - 1);
    for (guint j = 0; j < self->known->len; j++) {
      Known *later = &g_array_index (self->known, Known, j);

      if (later->same == id) {
        later->same = 0;
        compare (self, j);
      }
    }
  }
}

void
yz_page_hints_show (YzPageHints *self, YzOpenCase *open_case)
{
  if (open_case == NULL || g_strcmp0 (self->number, open_case->dossier->number) != 0) {
    forget_case (self);
    self->number = open_case != NULL ? g_strdup (open_case->dossier->number) : NULL;
    self->cancellable = g_cancellable_new ();
  }
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  if (open_case == NULL || !yz_open_case_is_editable (open_case))
    return;
  self->open_case = yz_open_case_ref (open_case);
  forget_left (self);
  judge_all (self);
  for (guint i = 0; i < open_case->dossier->sheets->len; i++) {
    const YzSheet *sheet = g_ptr_array_index (open_case->dossier->sheets, i);

    if (is_ready (sheet) && g_hash_table_add (self->seen, GUINT_TO_POINTER (sheet->id)))
      queue_sheet (self, sheet);
  }
  look_at_next (self);
}

void
yz_page_hints_close (YzPageHints *self)
{
  forget_case (self);
  if (self->darkroom != NULL)
    yz_darkroom_close (self->darkroom);
  g_clear_object (&self->darkroom);
}

YzPageHints *
yz_page_hints_new (YzDesk *desk)
{
  YzPageHints *self = g_object_new (YZ_TYPE_PAGE_HINTS, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

static void
yz_page_hints_dispose (GObject *object)
{
  YzPageHints *self = YZ_PAGE_HINTS (object);

  yz_page_hints_close (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_page_hints_parent_class)->dispose (object);
}

static void
yz_page_hints_finalize (GObject *object)
{
  g_hash_table_unref (YZ_PAGE_HINTS (object)->seen);
  g_array_unref (YZ_PAGE_HINTS (object)->known);
  G_OBJECT_CLASS (yz_page_hints_parent_class)->finalize (object);
}

static void
yz_page_hints_class_init (YzPageHintsClass *klass)
{
  GType type = YZ_TYPE_PAGE_HINTS;

  G_OBJECT_CLASS (klass)->dispose = yz_page_hints_dispose;
  G_OBJECT_CLASS (klass)->finalize = yz_page_hints_finalize;
  signals[SUGGESTED] = g_signal_new ("suggested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[POINTED] = g_signal_new ("pointed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[SAID] = g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
}

static void
yz_page_hints_init (YzPageHints *self)
{
  self->seen = g_hash_table_new (NULL, NULL);
  self->known = g_array_new (FALSE, TRUE, sizeof (Known));
  g_queue_init (&self->waiting);
}
