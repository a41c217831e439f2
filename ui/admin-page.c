/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/admin-page.h"

#include "ui/health-panel.h"
#include "ui/matter-panel.h"
#include "ui/staff-panel.h"
#include "ui/unit-panel.h"

#include <glib/gi18n-lib.h>

struct _YzAdminPage {
  GtkBox parent;
  GtkWidget *sidebar;
  GtkStack *stack;
  YzStaffPanel *staff;
  YzUnitPanel *units;
  YzMatterPanel *matters;
  YzHealthPanel *health;
  YzDesk *desk;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (YzAdminPage, yz_admin_page, GTK_TYPE_BOX)

static guint said_signal;

static void
on_said (YzAdminPage *self, const char *sentence)
{
  g_signal_emit (self, said_signal, 0, sentence);
}

static void
refresh (YzAdminPage *self)
{
  yz_staff_panel_refresh (self->staff);
  yz_unit_panel_refresh (self->units);
  yz_health_panel_refresh (self->health);
}

static void
on_refresh (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  refresh (data);
}

/* A unit that was added must be there when the next colleague is. */
static void
on_room_changed (YzAdminPage *self)
{
  if (self->desk != NULL && gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->staff))
    yz_staff_panel_refresh (self->staff);
}

void
yz_admin_page_set_shown (YzAdminPage *self, gboolean shown)
{
  if (shown)
    refresh (self);
}

void
yz_admin_page_show_room (YzAdminPage *self, const char *room)
{
  gtk_stack_set_visible_child_name (self->stack, room);
}

GActionGroup *
yz_admin_page_get_actions (YzAdminPage *self)
{
  return G_ACTION_GROUP (self->actions);
}

GtkWidget *
yz_admin_page_new (YzDesk *desk)
{
  YzAdminPage *self = g_object_new (YZ_TYPE_ADMIN_PAGE, NULL);

  self->desk = g_object_ref (desk);
  yz_staff_panel_set_desk (self->staff, desk);
  yz_unit_panel_set_desk (self->units, desk);
  yz_matter_panel_set_desk (self->matters, desk);
  yz_health_panel_set_desk (self->health, desk);
  return GTK_WIDGET (self);
}

static void
yz_admin_page_dispose (GObject *object)
{
  YzAdminPage *self = YZ_ADMIN_PAGE (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_admin_page_parent_class)->dispose (object);
}

static void
yz_admin_page_class_init (YzAdminPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_admin_page_dispose;
  said_signal = g_signal_new ("said", YZ_TYPE_ADMIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (YZ_TYPE_STAFF_PANEL);
  g_type_ensure (YZ_TYPE_UNIT_PANEL);
  g_type_ensure (YZ_TYPE_MATTER_PANEL);
  g_type_ensure (YZ_TYPE_HEALTH_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/admin-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YzAdminPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, YzAdminPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YzAdminPage, staff);
  gtk_widget_class_bind_template_child (widget_class, YzAdminPage, units);
  gtk_widget_class_bind_template_child (widget_class, YzAdminPage, matters);
  gtk_widget_class_bind_template_child (widget_class, YzAdminPage, health);
  gtk_widget_class_bind_template_callback (widget_class, on_said);
  gtk_widget_class_bind_template_callback (widget_class, on_room_changed);
}

/* GTK gives the rows of a sidebar no names: a screen reader would say nothing. */
static void
name_rows (GtkWidget *widget, gpointer row)
{
  if (GTK_IS_LABEL (widget) && row != NULL)
    atk_object_set_name (gtk_widget_get_accessible (row), gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), name_rows,
                          GTK_IS_LIST_BOX_ROW (widget) ? widget : row);
  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_widget_set_can_focus (widget, FALSE);
}

static void
yz_admin_page_init (YzAdminPage *self)
{
  static const GActionEntry ENTRIES[] = {
    { .name = "refresh", .activate = on_refresh },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  name_rows (self->sidebar, NULL);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), ENTRIES, G_N_ELEMENTS (ENTRIES),
                                   self);
}
