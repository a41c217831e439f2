/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/page-moves.h"

#include "ui/ask.h"

#include <glib/gi18n-lib.h>

typedef enum {
  MOVE_ADDED,
  MOVE_REPLACED,
  MOVE_REMOVED,
  MOVE_PLACED,
  MOVE_TURNED,
  MOVE_CUT,
} MoveKind;

/* One thing that was done, with what is needed to take it back. */
typedef struct {
  MoveKind kind;
  guint sheet;
  guint replaced;
  char *material; /* where the sheet was */
  guint position;
  YzSheet before; /* of a cut: its outline, resolution, rotation and verdicts */
} Move;

struct _YzPageMoves {
  GObject parent;
  YzDesk *desk;
  char *number;
  GPtrArray *done; /* of Move, the newest last */
  Move *cut;       /* (nullable) one that may come */
};

G_DEFINE_FINAL_TYPE (YzPageMoves, yz_page_moves, G_TYPE_OBJECT)

enum { MOVED, UNDONE, REFUSED, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  const char *done, *undone;
} SENTENCES[] = {
  [MOVE_ADDED] = { N_ ("The page was added."), N_ ("The page that was added last is out again.") },
  [MOVE_REPLACED] = { N_ ("The page was taken again."),
                      N_ ("The page taken before is back in its place.") },
  [MOVE_REMOVED] = { N_ ("The page was removed. Its original stays in the store."),
                     N_ ("The page is back.") },
  [MOVE_PLACED] = { N_ ("The page was moved."), N_ ("The page is back in its place.") },
  [MOVE_CUT] = { N_ ("The page is cut out anew. Its original is as it was."),
                 N_ ("The page is cut out as before.") },
  [MOVE_TURNED] = { N_ ("The page was turned."), N_ ("The page is turned back.") },
};

static void
free_move (gpointer data)
{
  Move *self = data;

  g_free (self->material);
  g_free ((char *) self->before.verdicts);
  g_free (self);
}

static Move *
new_move (MoveKind kind, guint sheet, const YzSheet *place)
{
  Move *self = g_new0 (Move, 1);

  self->kind = kind;
  self->sheet = sheet;
  if (place != NULL) {
    self->material = g_strdup (place->material);
    self->position = place->position;
  }
  return self;
}

/* What an answer belongs to: the case may be another one by then. */
typedef struct {
  YzPageMoves *self;
  char *number;
  Move *move;
  gboolean back;
} Errand;

static Errand *
new_errand (YzPageMoves *self, Move *move, gboolean back)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->self = g_object_ref (self);
  errand->number = g_strdup (self->number);
  errand->move = move;
  errand->back = back;
  return errand;
}

static void
push (YzPageMoves *self, Move *move)
{
  g_ptr_array_add (self->done, move);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Errand *errand = data;
  g_autoptr (YzPageMoves) self = errand->self;
  g_autofree char *number = errand->number;
  g_autoptr (GError) error = NULL;
  gboolean done = yz_desk_call_finish (YZ_DESK (source), result, &error) != NULL;
  gboolean same = g_strcmp0 (number, self->number) == 0;
  MoveKind kind = errand->move->kind;

  /* done and still here: it can be taken back; not taken back: it still can be */
  if (same && done != errand->back)
    push (self, errand->move);
  else
    free_move (errand->move);
  if (!done)
    g_signal_emit (self, signals[REFUSED], 0, error);
  else
    g_signal_emit (self, signals[errand->back ? UNDONE : MOVED], 0,
                   _ (errand->back ? SENTENCES[kind].undone : SENTENCES[kind].done));
}

void
yz_page_moves_remove (YzPageMoves *self, const YzSheet *sheet)
{
  Move *move = new_move (MOVE_REMOVED, sheet->id, sheet);

  yz_ask_detach (self->desk, self->number, sheet->id, _ ("Removed at the counter"), on_answered,
                 new_errand (self, move, FALSE));
}

void
yz_page_moves_place (YzPageMoves *self, const YzSheet *sheet, const char *material, guint position)
{
  Move *move = new_move (MOVE_PLACED, sheet->id, sheet);

  yz_ask_arrange (self->desk, self->number, sheet->id, material, position, on_answered,
                  new_errand (self, move, FALSE));
}

void
yz_page_moves_drop (YzPageMoves *self, const YzOpenCase *open_case, guint sheet, guint onto)
{
  const YzSheet *moved = yz_open_case_find_sheet (open_case, sheet);
  const YzSheet *place = yz_open_case_find_sheet (open_case, onto);

  if (moved != NULL && place != NULL)
    yz_page_moves_place (self, moved, place->material, place->position);
}

void
yz_page_moves_drop_under (YzPageMoves *self,
                          const YzOpenCase *open_case,
                          guint sheet,
                          const char *material)
{
  const YzSheet *moved = yz_open_case_find_sheet (open_case, sheet);

  if (moved != NULL && g_strcmp0 (moved->material, material) != 0)
    yz_page_moves_place (self, moved, material,
                         yz_open_case_count_sheets (open_case, material) + 1);
}

void
yz_page_moves_turn (YzPageMoves *self, const YzSheet *sheet)
{
  Move *move = new_move (MOVE_TURNED, sheet->id, sheet);

  yz_ask_rotate (self->desk, self->number, sheet->id, 1, on_answered,
                 new_errand (self, move, FALSE));
}

void
yz_page_moves_note_added (YzPageMoves *self, guint sheet, const YzSheet *replaced)
{
  Move *move = new_move (replaced != NULL ? MOVE_REPLACED : MOVE_ADDED, sheet, replaced);

  if (replaced != NULL)
    move->replaced = replaced->id;
  push (self, move);
}

void
yz_page_moves_prepare_cut (YzPageMoves *self, const YzSheet *before)
{
  g_clear_pointer (&self->cut, free_move);
  self->cut = new_move (MOVE_CUT, before->id, before);
  self->cut->before.id = before->id;
  self->cut->before.outlined = before->outlined;
  self->cut->before.confidence = before->confidence;
  self->cut->before.dpi = before->dpi;
  self->cut->before.rotation = before->rotation;
  self->cut->before.verdicts = g_strdup (before->verdicts);
  for (gsize i = 0; i < G_N_ELEMENTS (before->corners); i++)
    self->cut->before.corners[i] = before->corners[i];
}

void
yz_page_moves_note_cut (YzPageMoves *self, guint sheet)
{
  if (self->cut == NULL || self->cut->sheet != sheet)
    return; /* the case is another one by now */
  g_signal_emit (self, signals[MOVED], 0, _ (SENTENCES[MOVE_CUT].done));
  push (self, g_steal_pointer (&self->cut));
}

gboolean
yz_page_moves_can_undo (YzPageMoves *self)
{
  return self->done->len > 0;
}

static void
on_replaced_back (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;

  if (yz_desk_call_finish (YZ_DESK (source), result, &error) != NULL) {
    yz_ask_detach (YZ_DESK (source), errand->number, errand->move->sheet, _ ("Taken back"),
                   on_answered, errand);
    return;
  }
  g_signal_emit (errand->self, signals[REFUSED], 0, error);
  free_move (errand->move);
  g_object_unref (errand->self);
  g_free (errand->number);
  g_free (errand);
}

void
yz_page_moves_undo (YzPageMoves *self)
{
  Move *move = NULL;
  Errand *errand = NULL;

  if (self->done->len == 0)
    return;
  move = g_ptr_array_steal_index (self->done, self->done->len - 1);
  errand = new_errand (self, move, TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
  switch (move->kind) {
  case MOVE_ADDED:
    yz_ask_detach (self->desk, self->number, move->sheet, _ ("Taken back"), on_answered, errand);
    break;
  case MOVE_REPLACED:
    yz_ask_arrange (self->desk, self->number, move->replaced, move->material, move->position,
                    on_replaced_back, errand);
    break;
  case MOVE_TURNED:
    yz_ask_rotate (self->desk, self->number, move->sheet, 3, on_answered, errand);
    break;
  case MOVE_CUT:
    yz_ask_outline (self->desk, self->number, &move->before, on_answered, errand);
    break;
  case MOVE_REMOVED:
  case MOVE_PLACED:
  default:
    yz_ask_arrange (self->desk, self->number, move->sheet, move->material, move->position,
                    on_answered, errand);
  }
}

void
yz_page_moves_set_case (YzPageMoves *self, const char *number)
{
  if (g_strcmp0 (self->number, number) == 0)
    return;
  g_free (self->number);
  self->number = g_strdup (number);
  g_ptr_array_set_size (self->done, 0);
  g_clear_pointer (&self->cut, free_move);
  g_signal_emit (self, signals[CHANGED], 0);
}

YzPageMoves *
yz_page_moves_new (YzDesk *desk)
{
  YzPageMoves *self = g_object_new (YZ_TYPE_PAGE_MOVES, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

static void
yz_page_moves_finalize (GObject *object)
{
  YzPageMoves *self = YZ_PAGE_MOVES (object);

  g_ptr_array_unref (self->done);
  g_clear_pointer (&self->cut, free_move);
  g_clear_object (&self->desk);
  g_free (self->number);
  G_OBJECT_CLASS (yz_page_moves_parent_class)->finalize (object);
}

static void
yz_page_moves_class_init (YzPageMovesClass *klass)
{
  GType type = YZ_TYPE_PAGE_MOVES;

  G_OBJECT_CLASS (klass)->finalize = yz_page_moves_finalize;
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  signals[UNDONE] = g_signal_new ("undone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yz_page_moves_init (YzPageMoves *self)
{
  self->done = g_ptr_array_new_with_free_func (free_move);
}
