/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/staff-panel.h"

#include "ui/ask.h"
#include "ui/label.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzStaffPanel {
  GtkBox parent;
  GtkListBox *list;
  GtkEntry *name;
  GtkEntry *login;
  GtkComboBoxText *unit;
  GtkFlowBox *roles;
  GtkEntry *password;
  GtkEntry *again;
  GtkLabel *wrong;
  GtkWidget *add;

  YzDesk *desk;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (YzStaffPanel, yz_staff_panel, GTK_TYPE_BOX)

static guint said_signal;

/* What is carried to the desk's thread. */
typedef struct {
  char *login, *name, *unit, *password;
  GStrv roles;
} Colleague;

static void
free_colleague (gpointer data)
{
  Colleague *self = data;

  g_free (self->login);
  g_free (self->name);
  g_free (self->unit);
  g_free (self->password);
  g_strfreev (self->roles);
  g_free (self);
}

static void
say_wrong (YzStaffPanel *self, const char *sentence)
{
  gtk_label_set_text (self->wrong, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), sentence != NULL);
}

static GtkWidget *
make_row (const YzStaff *staff)
{
  g_autofree char *roles = yz_words_roles (staff->roles);
  const char *unit = staff->unit_name != NULL ? staff->unit_name : staff->unit;
  g_autofree char *title = g_strdup_printf ("%s (%s)", staff->name, staff->login);
  g_autofree char *detail = g_strjoin (" · ", unit, roles, NULL);
  g_autofree char *spoken = g_strjoin (_ (", "), title, detail, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_container_add (GTK_CONTAINER (box), yz_label_new (title, "item-name", 60));
  gtk_container_add (GTK_CONTAINER (box), yz_label_new (detail, "dim-label", 60));
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_style_context_add_class (gtk_widget_get_style_context (row), "item");
  atk_object_set_name (gtk_widget_get_accessible (row), spoken);
  gtk_widget_show_all (row);
  return row;
}

static void
on_staff (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) staff = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzStaffPanel *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (staff == NULL) {
    g_autofree char *words = yz_words_error (error);

    g_signal_emit (self, said_signal, 0, words);
    return;
  }
  gtk_container_foreach (GTK_CONTAINER (self->list), (GtkCallback) (GCallback) gtk_widget_destroy,
                         NULL);
  for (guint i = 0; i < staff->len; i++)
    gtk_list_box_insert (self->list, make_row (g_ptr_array_index (staff, i)), -1);
}

static void
on_units (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) units = yz_desk_call_finish (YZ_DESK (source), result, NULL);
  YzStaffPanel *self = data;
  g_autofree char *chosen = NULL;

  if (units == NULL)
    return; /* cancelled, or the list of staff has said why */
  chosen = g_strdup (gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->unit)));
  gtk_combo_box_text_remove_all (self->unit);
  for (guint i = 0; i < units->len; i++) {
    const YzUnit *unit = g_ptr_array_index (units, i);
    g_autofree char *words = g_strdup_printf ("%s  %s", unit->code, unit->name);

    gtk_combo_box_text_append (self->unit, unit->code, words);
  }
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->unit), chosen);
}

void
yz_staff_panel_refresh (YzStaffPanel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  yz_ask_staff (self->desk, self->cancellable, on_staff, self);
  yz_ask_units (self->desk, self->cancellable, on_units, self);
}

static GtkToggleButton *
get_check (GtkFlowBoxChild *child)
{
  return GTK_TOGGLE_BUTTON (gtk_bin_get_child (GTK_BIN (child)));
}

static GStrv
read_roles (YzStaffPanel *self)
{
  g_autoptr (GPtrArray) roles = g_ptr_array_new ();
  GtkFlowBoxChild *child = NULL;

  for (int i = 0; (child = gtk_flow_box_get_child_at_index (self->roles, i)) != NULL; i++) {
    GtkToggleButton *check = get_check (child);

    if (gtk_toggle_button_get_active (check))
      g_ptr_array_add (roles, g_strdup (g_object_get_data (G_OBJECT (check), "role")));
  }
  g_ptr_array_add (roles, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&roles), FALSE);
}

static void
empty_form (YzStaffPanel *self)
{
  GtkEntry *entries[] = { self->name, self->login, self->password, self->again };
  GtkFlowBoxChild *child = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_entry_set_text (entries[i], "");
  for (int i = 0; (child = gtk_flow_box_get_child_at_index (self->roles, i)) != NULL; i++)
    gtk_toggle_button_set_active (get_check (child), FALSE);
}

static gpointer
run_add (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Colleague *colleague = data;

  return GINT_TO_POINTER (yz_desk_add_staff (desk, colleague->login, colleague->name,
                                             (const char *const *) colleague->roles,
                                             colleague->unit, colleague->password, error));
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzStaffPanel) self = data;
  g_autoptr (GError) error = NULL;
  gboolean added = GPOINTER_TO_INT (yz_desk_call_finish (YZ_DESK (source), result, &error));

  if (self->desk == NULL)
    return; /* the window is gone */
  gtk_widget_set_sensitive (self->add, TRUE);
  if (!added) {
    g_autofree char *words = yz_words_error (error);

    say_wrong (self, words); /* what was typed stays */
    return;
  }
  g_signal_emit (self, said_signal, 0, _ ("The colleague was added."));
  empty_form (self);
  yz_staff_panel_refresh (self);
}

static const char *
find_wrong (YzStaffPanel *self, GStrv roles)
{
  if (*gtk_entry_get_text (self->name) == '\0' || *gtk_entry_get_text (self->login) == '\0')
    return _ ("Name and login are needed.");
  if (gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->unit)) == NULL)
    return _ ("Choose the unit where the colleague works.");
  if (g_strv_length (roles) == 0)
    return _ ("Tick at least one role: without one nothing can be done.");
  if (g_strcmp0 (gtk_entry_get_text (self->password), gtk_entry_get_text (self->again)) != 0)
    return _ ("The two passwords differ. Type the same one twice.");
  return NULL;
}

static void
on_add (YzStaffPanel *self)
{
  g_auto (GStrv) roles = read_roles (self);
  const char *wrong = find_wrong (self, roles);
  Colleague *colleague = NULL;

  say_wrong (self, wrong);
  if (wrong != NULL)
    return;
  colleague = g_new0 (Colleague, 1);
  colleague->login = g_strstrip (g_strdup (gtk_entry_get_text (self->login)));
  colleague->name = g_strstrip (g_strdup (gtk_entry_get_text (self->name)));
  colleague->unit = g_strdup (gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->unit)));
  colleague->password = g_strdup (gtk_entry_get_text (self->password));
  colleague->roles = g_steal_pointer (&roles);
  gtk_widget_set_sensitive (self->add, FALSE);
  yz_desk_call_async (self->desk, run_add, colleague, free_colleague, NULL, NULL, on_added,
                      g_object_ref (self));
}

void
yz_staff_panel_set_desk (YzStaffPanel *self, YzDesk *desk)
{
  g_set_object (&self->desk, desk);
}

static void
yz_staff_panel_dispose (GObject *object)
{
  YzStaffPanel *self = YZ_STAFF_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_staff_panel_parent_class)->dispose (object);
}

static void
yz_staff_panel_class_init (YzStaffPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_staff_panel_dispose;
  said_signal = g_signal_new ("said", YZ_TYPE_STAFF_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/staff-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, YzStaffPanel, list);
  gtk_widget_class_bind_template_child (widget_class, YzStaffPanel, name);
  gtk_widget_class_bind_template_child (widget_class, YzStaffPanel, login);
  gtk_widget_class_bind_template_child (widget_class, YzStaffPanel, unit);
  gtk_widget_class_bind_template_child (widget_class, YzStaffPanel, roles);
  gtk_widget_class_bind_template_child (widget_class, YzStaffPanel, password);
  gtk_widget_class_bind_template_child (widget_class, YzStaffPanel, again);
  gtk_widget_class_bind_template_child (widget_class, YzStaffPanel, wrong);
  gtk_widget_class_bind_template_child (widget_class, YzStaffPanel, add);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
}

static void
yz_staff_panel_init (YzStaffPanel *self)
{
  const char *const *roles = yz_role_list ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; roles[i] != NULL; i++) {
    GtkWidget *check = gtk_check_button_new_with_label (yz_role_get_name (roles[i]));
    GtkWidget *child = gtk_flow_box_child_new ();

    g_object_set_data (G_OBJECT (check), "role", (gpointer) roles[i]);
    gtk_container_add (GTK_CONTAINER (child), check);
    gtk_widget_set_can_focus (child, FALSE);
    gtk_widget_show_all (child);
    gtk_container_add (GTK_CONTAINER (self->roles), child);
  }
}
