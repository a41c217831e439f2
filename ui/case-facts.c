/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/case-facts.h"

#include "ui/label.h"
#include "ui/words.h"
#include "workflow/deadline.h"
#include "workflow/identity.h"

#include <glib/gi18n-lib.h>

#define WIDTH 34

struct _YzCaseFacts {
  GtkBox parent;
};

G_DEFINE_FINAL_TYPE (YzCaseFacts, yz_case_facts, GTK_TYPE_BOX)

static void
add (YzCaseFacts *self, GtkWidget *widget)
{
  gtk_container_add (GTK_CONTAINER (self), widget);
}

static void
add_heading (YzCaseFacts *self, const char *text)
{
  GtkWidget *label = yz_label_new (text, "section", WIDTH);

  add (self, label);
}

static void
add_head (YzCaseFacts *self, const YzDossier *dossier)
{
  const char *applicant = dossier->applicant != NULL && *dossier->applicant != '\0'
                              ? dossier->applicant
                              : _ ("no name yet");
  g_autofree char *where = g_strjoin (" · ", dossier->number, dossier->unit_name, NULL);
  GtkWidget *title = yz_label_new (applicant, "page-title", 24);
  GtkWidget *number = yz_label_new (where, "dim-label", WIDTH + 2);

  /* The panel is as wide as this line, whatever else stands in it. */
  gtk_label_set_width_chars (GTK_LABEL (number), WIDTH + 2);
  gtk_label_set_selectable (GTK_LABEL (number), TRUE);
  gtk_widget_set_can_focus (number, FALSE);
  add (self, title);
  add (self, yz_label_new (dossier->matter_name, "item-name", WIDTH));
  add (self, number);
}

static void
add_time (YzCaseFacts *self, const char *label, gint64 due, const YzCalendar *calendar, gint64 now)
{
  g_autofree char *when = yz_words_moment (due);
  g_autofree char *text = g_strdup_printf ("%s: %s", label, when);
  int days = yz_deadline_days_left (calendar, now, due);
  YzUrgency urgency = now > due ? YZ_URGENCY_LATE : days <= 1 ? YZ_URGENCY_SOON : YZ_URGENCY_CALM;
  g_autofree char *late = now > due ? g_strdup_printf (_ ("%s, passed"), text) : g_strdup (text);

  add (self, yz_label_new_with_icon (yz_urgency_get_icon (urgency), late,
                                     yz_urgency_get_class (urgency), WIDTH - 5));
}

static void
add_deadlines (YzCaseFacts *self, const YzDossier *dossier, const YzCalendar *calendar, gint64 now)
{
  YzUrgency urgency = yz_words_get_urgency (dossier, calendar, now);
  g_autofree char *left = yz_words_time_left (dossier, calendar, now);
  gboolean runs = dossier->kind == YZ_STATE_ACTIVE;

  add_heading (self, dossier->state_name);
  add (self, yz_label_new_with_icon (yz_urgency_get_icon (urgency), left,
                                     yz_urgency_get_class (urgency), WIDTH - 5));
  if (runs && dossier->stage_due != 0 && dossier->stage_due != dossier->due)
    add_time (self, _ ("This step"), dossier->stage_due, calendar, now);
  if (runs && dossier->target != 0 && dossier->target != dossier->due)
    add_time (self, _ ("Our own target"), dossier->target, calendar, now);
  if (dossier->turnaround >= 0) {
    g_autofree char *days = yz_words_working_days (dossier->turnaround);
    g_autofree char *text = g_strdup_printf (_ ("Decided within %s"), days);

    add (self, yz_label_new (text, NULL, WIDTH));
  }
  if (dossier->provisional)
    add (self,
         yz_label_new_with_icon (
             "dialog-warning-symbolic",
             _ ("Counted without the official calendar of the coming year: the day may move."),
             "soon", WIDTH - 5));
}

static void
add_missing (YzCaseFacts *self, GPtrArray *missing)
{
  if (missing == NULL || missing->len == 0)
    return;
  add_heading (self, _ ("Missing"));
  for (guint i = 0; i < missing->len; i++)
    add (self, yz_label_new_with_icon ("yz-missing-symbolic", g_ptr_array_index (missing, i),
                                       "soon", WIDTH - 5));
}

/* What the citizen number itself says, so that it can be held against the originals. */
static char *
describe_identity (const YzIdentity *identity)
{
  g_autofree char *birth = yz_words_birth (&identity->birth);
  const char *sex = identity->sex == YZ_SEX_MALE     ? _ ("male")
                    : identity->sex == YZ_SEX_FEMALE ? _ ("female")
                                                     : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, _ ("number is valid · born %s"), birth);
  if (sex != NULL)
    g_string_append_printf (out, " · %s", sex);
  if (identity->region_known)
    g_string_append_printf (out, " · %s", identity->region);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_check (YzCaseFacts *self, const YzPerson *person, gint64 now)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  YzIdentity identity = { 0 };
  GDate today;

  if (person->id_number == NULL || *person->id_number == '\0') {
    add (self, yz_label_new_with_icon ("yz-maybe-symbolic", _ ("no citizen number yet"), "maybe",
                                       WIDTH - 5));
    return;
  }
  g_date_clear (&today, 1);
  g_date_set_time_t (&today, (time_t) (now / G_USEC_PER_SEC));
  if (yz_identity_check (person->id_number, &today, &identity, &error)) {
    words = describe_identity (&identity);
    add (self, yz_label_new_with_icon ("yz-done-symbolic", words, "done", WIDTH - 5));
    return;
  }
  words = yz_words_error (error);
  add (self, yz_label_new_with_icon ("yz-late-symbolic", words, "late", WIDTH - 5));
}

static void
add_persons (YzCaseFacts *self, GPtrArray *persons, gint64 now)
{
  if (persons == NULL || persons->len == 0)
    return;
  add_heading (self, _ ("Persons"));
  for (guint i = 0; i < persons->len; i++) {
    const YzPerson *person = g_ptr_array_index (persons, i);
    g_autofree char *title =
        g_strdup_printf ("%s · %s", person->name, yz_words_relation (person->relation));

    add (self, yz_label_new (title, "item-name", WIDTH));
    if (person->id_number != NULL && *person->id_number != '\0') {
      GtkWidget *number = yz_label_new (person->id_number, "numeric", WIDTH);

      gtk_label_set_selectable (GTK_LABEL (number), TRUE);
      gtk_widget_set_can_focus (number, FALSE);
      add (self, number);
    }
    add_check (self, person, now);
  }
}

static void
add_facts (YzCaseFacts *self, const YzOpenCase *open_case)
{
  GPtrArray *fields = open_case->matter != NULL ? open_case->matter->facts : NULL;
  GHashTable *facts = open_case->dossier->facts;
  gboolean any = FALSE;

  for (guint i = 0; fields != NULL && facts != NULL && i < fields->len; i++) {
    const YzFactField *field = g_ptr_array_index (fields, i);
    const char *value = g_hash_table_lookup (facts, field->id);

    if (value == NULL || *value == '\0')
      continue;
    if (!any)
      add_heading (self, _ ("Facts"));
    any = TRUE;
    add (self, yz_label_new (field->label, "dim-label", WIDTH));
    add (self, yz_label_new (value, NULL, WIDTH));
  }
}

void
yz_case_facts_show (YzCaseFacts *self,
                    const YzOpenCase *open_case,
                    const YzCalendar *calendar,
                    gint64 now)
{
  gtk_container_foreach (GTK_CONTAINER (self), (GtkCallback) (GCallback) gtk_widget_destroy, NULL);
  if (open_case == NULL)
    return;
  add_head (self, open_case->dossier);
  add_deadlines (self, open_case->dossier, calendar, now);
  add_missing (self, open_case->missing);
  add_persons (self, open_case->dossier->persons, now);
  add_facts (self, open_case);
}

static void
yz_case_facts_class_init (YzCaseFactsClass *klass)
{
}

static void
yz_case_facts_init (YzCaseFacts *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
}
