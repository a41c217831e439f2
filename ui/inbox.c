/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/inbox.h"

#include "ui/ask.h"
#include "ui/choices.h"
#include "ui/dossier-list.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzInbox {
  GtkBox parent;
  GtkSearchEntry *search;
  GtkToggleButton *to_do;
  GtkToggleButton *late;
  GtkToggleButton *open;
  GtkWidget *filter_button;
  GtkComboBoxText *matters;
  GtkComboBoxText *units;
  GtkToggleButton *paused;
  GtkToggleButton *mine;
  GtkRevealer *filter_line;
  GtkLabel *filter_words;
  GtkLabel *count;
  GtkStack *stack;
  YzDossierList *list;
  GtkLabel *nothing;
  GtkWidget *widen;

  YzDesk *desk;
  GCancellable *cancellable;
  GPtrArray *all;     /* (element-type YzDossier) what the desk answered last */
  GHashTable *hidden; /* number → the reading from which on it is shown again; 0: none yet */
  guint readings;     /* asked for so far */
  char *asked;        /* (nullable) what was searched for in the last of them */
  char *matter;       /* (nullable) code */
  char *unit;         /* (nullable) code */
  gboolean loading, again, filling;
  gboolean opening; /* Return was pressed before the answer came */
};

G_DEFINE_FINAL_TYPE (YzInbox, yz_inbox, GTK_TYPE_BOX)

enum { CHOSEN, ACTIVATED, FILLED, N_SIGNALS };
static guint signals[N_SIGNALS];

static YzInboxScope
get_scope (YzInbox *self)
{
  if (gtk_toggle_button_get_active (self->late))
    return YZ_INBOX_LATE;
  return gtk_toggle_button_get_active (self->open) ? YZ_INBOX_OPEN : YZ_INBOX_TO_DO;
}

static gboolean
is_searching (YzInbox *self)
{
  return *gtk_entry_get_text (GTK_ENTRY (self->search)) != '\0';
}

static gboolean
is_narrowed (YzInbox *self)
{
  return self->matter != NULL || self->unit != NULL ||
         gtk_toggle_button_get_active (self->paused) || gtk_toggle_button_get_active (self->mine);
}

static gboolean
is_wanted (YzInbox *self, const YzDossier *dossier, gboolean only_paused)
{
  if (g_hash_table_contains (self->hidden, dossier->number))
    return FALSE;
  if (self->matter != NULL && g_strcmp0 (dossier->matter, self->matter) != 0)
    return FALSE;
  if (self->unit != NULL && g_strcmp0 (dossier->unit, self->unit) != 0)
    return FALSE;
  return !only_paused || dossier->kind == YZ_STATE_PAUSED;
}

static GPtrArray *
pick_wanted (YzInbox *self)
{
  GPtrArray *wanted = NULL;
  gboolean only_paused = gtk_toggle_button_get_active (self->paused);

  if (self->matter == NULL && self->unit == NULL && !only_paused &&
      g_hash_table_size (self->hidden) == 0)
    return g_ptr_array_ref (self->all);
  wanted = g_ptr_array_new_full (self->all->len, (GDestroyNotify) (GCallback) yz_dossier_unref);
  for (guint i = 0; i < self->all->len; i++) {
    YzDossier *dossier = g_ptr_array_index (self->all, i);

    if (is_wanted (self, dossier, only_paused))
      g_ptr_array_add (wanted, yz_dossier_ref (dossier));
  }
  return wanted;
}

static void
show_count (YzInbox *self, GPtrArray *dossiers)
{
  guint late = 0;
  g_autofree char *cases = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < dossiers->len; i++)
    late += ((const YzDossier *) g_ptr_array_index (dossiers, i))->overdue ? 1 : 0;
  cases = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u case", "%u cases", dossiers->len),
                           dossiers->len);
  text = late > 0 ? g_strdup_printf (_ ("%1$s, %2$u late"), cases, late) : g_strdup (cases);
  gtk_label_set_text (self->count, text);
}

static const char *
explain_nothing (YzInbox *self)
{
  if (is_searching (self))
    return _ (
        "No case here fits what you search for. A part of the number, the name or the citizen "
        "number is enough.");
  if (is_narrowed (self))
    return _ ("No case here passes the filter.");
  switch (get_scope (self)) {
  case YZ_INBOX_LATE:
    return _ ("No case is late.");
  case YZ_INBOX_OPEN:
    return _ ("There is no open case.");
  case YZ_INBOX_TO_DO:
  default:
    return _ ("Nothing waits for you. A case that comes to you appears here by itself.");
  }
}

static void
show_cases (YzInbox *self)
{
  g_autoptr (GPtrArray) wanted = pick_wanted (self);
  g_autoptr (YzDossierModel) model =
      yz_dossier_model_new (wanted, yz_desk_get_calendar (self->desk), g_get_real_time ());

  yz_dossier_list_show (self->list, model);
  show_count (self, wanted);
  gtk_stack_set_visible_child_name (self->stack, wanted->len > 0 ? "cases" : "nothing");
  gtk_label_set_text (self->nothing, explain_nothing (self));
  gtk_widget_set_visible (self->widen, is_narrowed (self) || (is_searching (self) &&
                                                              get_scope (self) != YZ_INBOX_OPEN));
  g_signal_emit (self, signals[FILLED], 0);
}

static gboolean
is_settled (gpointer number, gpointer reading, gpointer data)
{
  YzInbox *self = data;

  return GPOINTER_TO_UINT (reading) != 0 && GPOINTER_TO_UINT (reading) <= self->readings;
}

static void
open_first (YzInbox *self)
{
  self->opening = FALSE;
  if (yz_dossier_list_get_row (self->list) < 0)
    yz_dossier_list_choose_row (self->list, 0);
  if (yz_dossier_list_get_chosen (self->list) != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, yz_dossier_list_get_chosen (self->list));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) dossiers = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzInbox *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->loading = FALSE;
  if (dossiers != NULL) {
    g_clear_pointer (&self->all, g_ptr_array_unref);
    self->all = g_steal_pointer (&dossiers);
    g_hash_table_foreach_remove (self->hidden, is_settled, self);
    show_cases (self);
  } else {
    g_autofree char *words = yz_words_error (error);

    gtk_label_set_text (self->nothing, words);
    gtk_widget_hide (self->widen);
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  }
  if (self->again)
    yz_inbox_refresh (self);
  else if (self->opening)
    open_first (self);
}

static void
forget_asked (YzInbox *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->loading = FALSE;
  self->again = FALSE;
  self->opening = FALSE;
}

static char *
get_typed (YzInbox *self)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->search))));
}

/* Several changes in a row make one more reading, not several. */
void
yz_inbox_refresh (YzInbox *self)
{
  YzDossierFilter filter = YZ_DOSSIER_FILTER_INIT;
  YzInboxScope scope = get_scope (self);
  g_autofree char *typed = get_typed (self);

  if (self->desk == NULL)
    return;
  self->again = self->loading;
  if (self->loading)
    return;
  filter.inbox = scope == YZ_INBOX_TO_DO;
  filter.overdue = scope == YZ_INBOX_LATE;
  filter.open = scope != YZ_INBOX_TO_DO && !(scope == YZ_INBOX_OPEN && *typed != '\0');
  filter.mine = gtk_toggle_button_get_active (self->mine);
  filter.search = *typed != '\0' ? typed : NULL;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->loading = TRUE;
  self->readings++;
  g_free (self->asked);
  self->asked = g_strdup (typed);
  yz_ask_list (self->desk, &filter, self->cancellable, on_listed, self);
}

/* The question changed: an answer to the old one is of no use. */
static void
ask_anew (YzInbox *self)
{
  if (self->filling)
    return;
  forget_asked (self);
  yz_inbox_refresh (self);
}

/* The entry says so a moment after the last key. */
static void
on_search_changed (YzInbox *self)
{
  g_autofree char *typed = get_typed (self);

  if (g_strcmp0 (typed, self->asked) != 0)
    ask_anew (self);
}

static void
on_scope_toggled (YzInbox *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    ask_anew (self);
}

static void
show_filter_words (YzInbox *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *words = NULL;

  if (self->matter != NULL)
    g_ptr_array_add (parts, gtk_combo_box_text_get_active_text (self->matters));
  if (self->unit != NULL)
    g_ptr_array_add (parts, gtk_combo_box_text_get_active_text (self->units));
  if (gtk_toggle_button_get_active (self->paused))
    g_ptr_array_add (parts, g_strdup (gtk_button_get_label (GTK_BUTTON (self->paused))));
  if (gtk_toggle_button_get_active (self->mine))
    g_ptr_array_add (parts, g_strdup (gtk_button_get_label (GTK_BUTTON (self->mine))));
  gtk_revealer_set_reveal_child (self->filter_line, parts->len > 0);
  if (parts->len == 0)
    return;
  g_ptr_array_add (parts, NULL);
  words = g_strjoinv (" · ", (char **) parts->pdata);
  gtk_label_set_text (self->filter_words, words);
}

static void
on_filter_changed (YzInbox *self)
{
  if (self->filling)
    return;
  g_free (self->matter);
  g_free (self->unit);
  self->matter = g_strdup (gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->matters)));
  self->unit = g_strdup (gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->units)));
  if (self->matter != NULL && *self->matter == '\0')
    g_clear_pointer (&self->matter, g_free);
  if (self->unit != NULL && *self->unit == '\0')
    g_clear_pointer (&self->unit, g_free);
  show_filter_words (self);
  if (self->all != NULL)
    show_cases (self);
}

static void
on_mine_toggled (YzInbox *self)
{
  show_filter_words (self);
  ask_anew (self);
}

/* Offers only what occurs among the cases read last. */
static void
on_filter_opened (YzInbox *self)
{
  g_autoptr (GHashTable) matters = yz_choices_new ();
  g_autoptr (GHashTable) units = yz_choices_new ();

  for (guint i = 0; self->all != NULL && i < self->all->len; i++) {
    const YzDossier *dossier = g_ptr_array_index (self->all, i);

    yz_choices_count (matters, dossier->matter, dossier->matter_name);
    yz_choices_count (units, dossier->unit, dossier->unit_name);
  }
  self->filling = TRUE;
  yz_choices_fill (self->matters, matters, _ ("All matters"), self->matter);
  yz_choices_fill (self->units, units, _ ("All units"), self->unit);
  self->filling = FALSE;
}

static void
clear_filter (YzInbox *self)
{
  gboolean was_mine = gtk_toggle_button_get_active (self->mine);

  self->filling = TRUE;
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->matters), "");
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->units), "");
  gtk_toggle_button_set_active (self->paused, FALSE);
  gtk_toggle_button_set_active (self->mine, FALSE);
  self->filling = FALSE;
  g_clear_pointer (&self->matter, g_free);
  g_clear_pointer (&self->unit, g_free);
  show_filter_words (self);
  if (was_mine)
    ask_anew (self);
  else if (self->all != NULL)
    show_cases (self);
}

static void
on_widen (YzInbox *self)
{
  if (is_narrowed (self))
    clear_filter (self);
  if (is_searching (self))
    yz_inbox_set_scope (self, YZ_INBOX_OPEN);
}

/* Down leads from the search into the list. */
static gboolean
on_search_key (GtkWidget *search, GdkEventKey *event, YzInbox *self)
{
  if (event->keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

/* The list on the screen may still be the answer to fewer letters: no case of that one opens. */
static void
on_search_activated (YzInbox *self)
{
  on_search_changed (self);
  self->opening = self->loading;
  if (!self->opening)
    open_first (self);
}

static void
on_search_stopped (YzInbox *self)
{
  gtk_entry_set_text (GTK_ENTRY (self->search), "");
}

static void
on_chosen (YzInbox *self, const char *number)
{
  g_signal_emit (self, signals[CHOSEN], 0, number);
}

static void
on_activated (YzInbox *self, const char *number)
{
  g_signal_emit (self, signals[ACTIVATED], 0, number);
}

void
yz_inbox_set_desk (YzInbox *self, YzDesk *desk)
{
  g_set_object (&self->desk, desk);
}

void
yz_inbox_hide (YzInbox *self, const char *number)
{
  g_hash_table_replace (self->hidden, g_strdup (number), GUINT_TO_POINTER (0));
  if (self->all != NULL)
    show_cases (self);
}

void
yz_inbox_unhide (YzInbox *self, const char *number)
{
  if (g_hash_table_remove (self->hidden, number) && self->all != NULL)
    show_cases (self);
}

void
yz_inbox_settle (YzInbox *self, const char *number)
{
  if (g_hash_table_contains (self->hidden, number))
    g_hash_table_replace (self->hidden, g_strdup (number), GUINT_TO_POINTER (self->readings + 1));
  yz_inbox_refresh (self);
}

void
yz_inbox_set_scope (YzInbox *self, YzInboxScope scope)
{
  GtkToggleButton *buttons[] = { self->to_do, self->late, self->open };

  gtk_toggle_button_set_active (buttons[scope], TRUE);
}

void
yz_inbox_focus_search (YzInbox *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

guint
yz_inbox_get_length (YzInbox *self)
{
  YzDossierModel *model = yz_dossier_list_get_model (self->list);

  return model != NULL ? yz_dossier_model_get_length (model) : 0;
}

const char *
yz_inbox_get_chosen (YzInbox *self)
{
  return yz_dossier_list_get_chosen (self->list);
}

int
yz_inbox_get_row (YzInbox *self)
{
  return yz_dossier_list_get_model (self->list) != NULL ? yz_dossier_list_get_row (self->list) : -1;
}

gboolean
yz_inbox_choose (YzInbox *self, const char *number)
{
  return yz_dossier_list_choose (self->list, number);
}

gboolean
yz_inbox_choose_row (YzInbox *self, int row)
{
  return yz_dossier_list_choose_row (self->list, row);
}

gboolean
yz_inbox_move (YzInbox *self, int steps)
{
  return yz_dossier_list_move (self->list, steps);
}

const char *
yz_inbox_peek (YzInbox *self, int steps)
{
  int row = yz_inbox_get_row (self);
  const YzDossier *dossier =
      row < 0 || row + steps < 0
          ? NULL
          : yz_dossier_model_get (yz_dossier_list_get_model (self->list), (guint) (row + steps));

  return dossier != NULL ? dossier->number : NULL;
}

static void
yz_inbox_dispose (GObject *object)
{
  YzInbox *self = YZ_INBOX (object);

  self->filling = TRUE;
  forget_asked (self);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
  g_clear_pointer (&self->matter, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->asked, g_free);
  G_OBJECT_CLASS (yz_inbox_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, YzInbox, search);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, to_do);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, late);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, open);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, filter_button);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, matters);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, units);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, paused);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, mine);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, filter_line);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, filter_words);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, count);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, stack);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, list);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, nothing);
  gtk_widget_class_bind_template_child (widget_class, YzInbox, widen);
}

static void
yz_inbox_class_init (YzInboxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_inbox_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", YZ_TYPE_INBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ACTIVATED] = g_signal_new ("activated", YZ_TYPE_INBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FILLED] = g_signal_new ("filled", YZ_TYPE_INBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  g_type_ensure (YZ_TYPE_DOSSIER_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/inbox.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_scope_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_mine_toggled);
  gtk_widget_class_bind_template_callback (widget_class, clear_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_widen);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
yz_inbox_init (YzInbox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  yz_dossier_list_set_name (self->list, _ ("Cases, most urgent first"));
}
