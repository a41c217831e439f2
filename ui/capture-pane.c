/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/capture-pane.h"

#include "ui/checklist.h"
#include "ui/corner-editor.h"
#include "ui/import-bar.h"
#include "ui/page-moves.h"
#include "ui/page-strip.h"
#include "ui/page-view.h"
#include "ui/settings.h"
#include "ui/shutter.h"
#include "ui/viewfinder.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzCapturePane {
  GtkBox parent;
  YzChecklist *checklist;
  GtkLabel *target;
  GtkWidget *back_to_live;
  GtkStack *view;
  YzViewfinder *viewfinder;
  YzPageView *page_view;
  YzCornerEditor *corners;
  YzPageStrip *strip;
  YzImportBar *import_bar;

  YzDesk *desk;
  YzPictures *pictures;
  YzCameraHost *camera;
  YzShutter *shutter;
  YzPageMoves *moves;
  GSimpleActionGroup *actions;
  YzOpenCase *open_case;
  char *number;
  char *last_material; /* of the page taken last */
  guint wanted_sheet;  /* to be chosen in the strip when it is there */
  gboolean shown;
};

G_DEFINE_FINAL_TYPE (YzCapturePane, yz_capture_pane, GTK_TYPE_BOX)

enum { SAID, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
say (YzCapturePane *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
}

static void
say_error (YzCapturePane *self, const GError *error)
{
  g_autofree char *words = yz_words_error (error);

  say (self, words);
}

static gboolean
is_editable (YzCapturePane *self)
{
  return self->open_case != NULL && self->open_case->matter != NULL &&
         yz_open_case_is_editable (self->open_case);
}

static gboolean
is_live (YzCapturePane *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->view), "live") == 0;
}

static void
set_enabled (YzCapturePane *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (YzCapturePane *self)
{
  static const char *const OF_CASE[] = { "capture", "capture-more", "import", "import-folder" };
  static const char *const OF_PAGE[] = { "retake", "rotate", "remove", "corners" };
  gboolean editable = is_editable (self);
  gboolean page = editable && yz_page_strip_get_chosen (self->strip) != 0;

  for (gsize i = 0; i < G_N_ELEMENTS (OF_CASE); i++)
    set_enabled (self, OF_CASE[i], editable);
  for (gsize i = 0; i < G_N_ELEMENTS (OF_PAGE); i++)
    set_enabled (self, OF_PAGE[i], page);
  set_enabled (self, "live", !is_live (self));
  set_enabled (self, "undo", editable && yz_page_moves_can_undo (self->moves));
  gtk_widget_set_visible (self->back_to_live, !is_live (self));
}

static const char *
get_material_name (YzCapturePane *self, const char *id)
{
  const YzMaterial *material = yz_matter_find_material (self->open_case->matter, id);

  return material != NULL ? material->name : id;
}

static const YzSheet *
get_chosen_sheet (YzCapturePane *self)
{
  guint chosen = yz_page_strip_get_chosen (self->strip);

  return self->open_case != NULL ? yz_open_case_find_sheet (self->open_case, chosen) : NULL;
}

/* What F3 would do now. */
static void
show_target (YzCapturePane *self)
{
  const YzSheet *sheet = get_chosen_sheet (self);
  g_autofree char *text = NULL;

  if (self->open_case == NULL || self->open_case->matter == NULL)
    return;
  if (!is_live (self)) {
    text = g_strdup_printf (sheet != NULL && yz_words_is_imported (sheet) ? _ ("Page imported: %s")
                                                                          : _ ("Page taken: %s"),
                            sheet != NULL ? get_material_name (self, sheet->material) : "");
  } else if (!is_editable (self)) {
    text = g_strdup (_ ("This case is submitted: its pages can only be read."));
  } else {
    text = yz_checklist_describe_next (self->checklist);
  }
  gtk_label_set_text (self->target, text);
}

static void
show_live (YzCapturePane *self, gboolean live)
{
  gtk_stack_set_visible_child_name (self->view, live ? "live" : "page");
  update_actions (self);
  show_target (self);
}

static void
show_sheet (YzCapturePane *self, guint id)
{
  const YzSheet *sheet =
      self->open_case != NULL ? yz_open_case_find_sheet (self->open_case, id) : NULL;

  if (sheet != NULL)
    yz_page_view_show_sheet (self->page_view, self->pictures, sheet);
}

static guint
count_pending (const char *material, gpointer data)
{
  YzCapturePane *self = data;

  return yz_shutter_count_pending (self->shutter, self->number, material);
}

/* The next page of an original that has several, or the next original. */
static void
advance (YzCapturePane *self, const char *id)
{
  const YzMaterial *material = yz_matter_find_material (self->open_case->matter, id);
  guint there = yz_open_case_count_sheets (self->open_case, id) +
                yz_shutter_count_pending (self->shutter, self->number, id);

  if (material == NULL || there >= MAX (material->pages, 1))
    yz_checklist_advance (self->checklist);
}

static void
shoot (YzCapturePane *self, const char *material, guint replaces)
{
  g_autofree char *id = g_strdup (material);

  show_live (self, TRUE);
  if (self->camera == NULL) {
    say (self, _ ("There is no camera. Plug one in, or import files with Ctrl+O."));
    return;
  }
  if (id == NULL) {
    say (self, _ ("Choose on the left what this page is, then press F3."));
    return;
  }
  if (!yz_shutter_shoot (self->shutter, self->number, id, replaces))
    return; /* the page before is still being taken: pressing twice is no second page */
  g_free (self->last_material);
  self->last_material = g_strdup (id);
  if (replaces == 0)
    advance (self, id);
  show_target (self);
}

static void
on_capture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzCapturePane *self = data;

  shoot (self, yz_checklist_get_chosen (self->checklist), 0);
}

static void
on_capture_more (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzCapturePane *self = data;

  shoot (self,
         self->last_material != NULL ? self->last_material
                                     : yz_checklist_get_chosen (self->checklist),
         0);
}

static void
on_retake (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzCapturePane *self = data;
  const YzSheet *sheet = get_chosen_sheet (self);

  if (sheet != NULL)
    shoot (self, sheet->material, sheet->id);
}

/* By itself only what is still missing: nobody asked for a second picture of the same. */
static void
on_steady (YzCapturePane *self)
{
  if (self->shown && is_editable (self) && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      yz_checklist_wants_chosen (self->checklist))
    shoot (self, yz_checklist_get_chosen (self->checklist), 0);
}

static void
on_shot (YzCapturePane *self)
{
  /* Whoever looks at the paper hears that it may be moved. */
  if (yz_settings_get_auto_capture ())
    gdk_display_beep (gtk_widget_get_display (GTK_WIDGET (self)));
  yz_viewfinder_flash (self->viewfinder);
}

static void
on_pending_changed (YzCapturePane *self)
{
  yz_page_strip_set_pending (self->strip, count_pending (NULL, self));
  yz_checklist_refresh (self->checklist);
}

static void
on_filed (
    YzCapturePane *self, const char *number, const char *material, guint sheet, guint replaced)
{
  if (g_strcmp0 (number, self->number) != 0 || self->open_case == NULL)
    return;
  self->wanted_sheet = sheet;
  yz_page_moves_note_added (self->moves, sheet,
                            yz_open_case_find_sheet (self->open_case, replaced));
}

/* The page is still missing: the checklist goes back to it. */
static void
on_shot_refused (YzCapturePane *self, const char *number, const char *material, const GError *error)
{
  if (g_strcmp0 (number, self->number) == 0)
    yz_checklist_choose (self->checklist, material);
  say_error (self, error);
}

static void
on_unread (YzCapturePane *self, const char *number, guint sheet, const GError *error)
{
  g_autofree char *words = yz_words_error (error);
  g_autofree char *sentence = g_strdup_printf (
      _ ("The original is kept as page %1$u, but cannot be shown. %2$s"), sheet, words);

  say (self, sentence);
}

static void
on_live (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_live (data, TRUE);
}

static void
on_automatic (GSimpleAction *action, GVariant *state, gpointer data)
{
  YzCapturePane *self = data;
  gboolean on = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  yz_viewfinder_set_auto (self->viewfinder, on);
  yz_settings_set_auto_capture (on);
}

static void
on_change (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzCapturePane *self = data;
  const YzSheet *sheet = get_chosen_sheet (self);

  if (sheet != NULL && g_str_equal (g_action_get_name (G_ACTION (action)), "rotate"))
    yz_page_moves_turn (self->moves, sheet);
  else if (sheet != NULL)
    yz_page_moves_remove (self->moves, sheet);
}

static void
on_strip_removed (YzCapturePane *self, guint id)
{
  const YzSheet *sheet = yz_open_case_find_sheet (self->open_case, id);

  if (sheet != NULL)
    yz_page_moves_remove (self->moves, sheet);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  yz_page_moves_undo (YZ_CAPTURE_PANE (data)->moves);
}

static void
on_moved (YzCapturePane *self, const char *sentence)
{
  g_signal_emit (self, signals[MOVED], 0, sentence);
}

static void
on_corners (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzCapturePane *self = data;
  const YzSheet *sheet = get_chosen_sheet (self);

  if (sheet == NULL)
    return;
  yz_corner_editor_edit (self->corners, self->desk, self->pictures, self->moves, self->number,
                         sheet);
  gtk_stack_set_visible_child_name (self->view, "corners");
  gtk_widget_grab_focus (GTK_WIDGET (self->corners));
  update_actions (self);
}

static void
on_corners_closed (YzCapturePane *self)
{
  show_live (self, FALSE);
}

static void
on_strip_dropped (YzCapturePane *self, guint id, guint onto)
{
  yz_page_moves_drop (self->moves, self->open_case, id, onto);
}

static void
on_checklist_dropped (YzCapturePane *self, guint id, const char *material)
{
  yz_page_moves_drop_under (self->moves, self->open_case, id, material);
}

static void
on_sheet_chosen (YzCapturePane *self, guint id)
{
  show_sheet (self, id);
  update_actions (self);
  show_target (self);
}

/* A click shows the page; a second click on the same goes back to the live picture. */
static void
on_sheet_activated (YzCapturePane *self, guint id)
{
  show_sheet (self, id);
  show_live (self, FALSE);
}

static void
on_files (YzCapturePane *self, GPtrArray *files, const char *onto)
{
  const char *material = onto != NULL ? onto : yz_checklist_get_chosen (self->checklist);

  if (is_editable (self) && material != NULL)
    yz_import_bar_begin (self->import_bar, self->number, material, files);
  else
    say (self, _ ("Choose on the left what these pages are, then import them."));
}

void
yz_capture_pane_show (YzCapturePane *self, YzOpenCase *open_case)
{
  if (self->open_case == NULL && yz_open_case_is_editable (open_case))
    yz_shutter_catch_up (self->shutter, open_case->dossier);
  yz_open_case_ref (open_case);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  self->open_case = open_case;
  yz_checklist_show (self->checklist, open_case);
  yz_page_strip_show (self->strip, self->pictures, open_case);
  if (self->wanted_sheet != 0 && yz_open_case_find_sheet (open_case, self->wanted_sheet) != NULL) {
    yz_page_strip_choose (self->strip, self->wanted_sheet);
    self->wanted_sheet = 0;
  }
  if (yz_page_strip_get_chosen (self->strip) == 0)
    gtk_stack_set_visible_child_name (self->view, "live");
  show_sheet (self, yz_page_strip_get_chosen (self->strip));
  update_actions (self);
  show_target (self);
}

void
yz_capture_pane_set_case (YzCapturePane *self, const char *number)
{
  yz_page_moves_set_case (self->moves, number);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  g_clear_pointer (&self->last_material, g_free);
  g_free (self->number);
  self->number = g_strdup (number);
  self->wanted_sheet = 0;
  yz_checklist_show (self->checklist, NULL);
  yz_page_strip_show (self->strip, self->pictures, NULL);
  yz_page_strip_set_pending (self->strip, count_pending (NULL, self));
  show_live (self, TRUE);
}

gboolean
yz_capture_pane_is_importing (YzCapturePane *self)
{
  return yz_import_bar_is_busy (self->import_bar);
}

YzShutter *
yz_capture_pane_get_shutter (YzCapturePane *self)
{
  return self->shutter;
}

GActionGroup *
yz_capture_pane_get_actions (YzCapturePane *self)
{
  return G_ACTION_GROUP (self->actions);
}

void
yz_capture_pane_set_shown (YzCapturePane *self, gboolean shown)
{
  self->shown = shown;
  yz_viewfinder_set_running (self->viewfinder, shown);
}

void
yz_capture_pane_set_camera (YzCapturePane *self, YzCameraHost *camera)
{
  if (self->camera == camera && camera != NULL)
    return;
  g_set_object (&self->camera, camera);
  yz_shutter_set_camera (self->shutter, camera);
  yz_viewfinder_set_camera (self->viewfinder, camera, yz_pictures_get_darkroom (self->pictures));
  update_actions (self);
}

static void
connect (YzCapturePane *self)
{
  const struct {
    gpointer object;
    const char *signal;
    GCallback callback;
  } connections[] = {
    { self->shutter, "changed", G_CALLBACK (on_pending_changed) },
    { self->shutter, "shot", G_CALLBACK (on_shot) },
    { self->shutter, "page", G_CALLBACK (on_steady) },
    { self->shutter, "filed", G_CALLBACK (on_filed) },
    { self->shutter, "refused", G_CALLBACK (on_shot_refused) },
    { self->shutter, "unread", G_CALLBACK (on_unread) },
    { self->moves, "moved", G_CALLBACK (on_moved) },
    { self->moves, "undone", G_CALLBACK (say) },
    { self->moves, "refused", G_CALLBACK (say_error) },
    { self->moves, "changed", G_CALLBACK (update_actions) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].object, connections[i].signal, connections[i].callback,
                             self, G_CONNECT_SWAPPED);
}

void
yz_capture_pane_set_desk (YzCapturePane *self, YzDesk *desk, YzPictures *pictures)
{
  g_autoptr (YzImporter) importer = NULL;

  g_return_if_fail (self->shutter == NULL);
  self->desk = g_object_ref (desk);
  self->pictures = g_object_ref (pictures);
  self->shutter = yz_shutter_new (desk, yz_pictures_get_darkroom (pictures));
  self->moves = yz_page_moves_new (desk);
  importer = yz_importer_new (desk, yz_pictures_get_darkroom (pictures), self->shutter);
  yz_import_bar_set_importer (self->import_bar, importer);
  yz_import_bar_take_drops (self->import_bar, GTK_WIDGET (self->view));
  yz_checklist_set_pending (self->checklist, count_pending, self);
  g_signal_connect_object (self->shutter, "looked", G_CALLBACK (yz_viewfinder_measure),
                           self->viewfinder, G_CONNECT_SWAPPED);
  connect (self);
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "automatic",
                                      g_variant_new_boolean (yz_settings_get_auto_capture ()));
  update_actions (self);
}

static void
yz_capture_pane_dispose (GObject *object)
{
  YzCapturePane *self = YZ_CAPTURE_PANE (object);

  g_clear_pointer (&self->open_case, yz_open_case_unref);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->last_material, g_free);
  g_clear_object (&self->moves);
  g_clear_object (&self->shutter);
  g_clear_object (&self->camera);
  g_clear_object (&self->pictures);
  g_clear_object (&self->actions);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_capture_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, YzCapturePane, checklist);
  gtk_widget_class_bind_template_child (widget_class, YzCapturePane, target);
  gtk_widget_class_bind_template_child (widget_class, YzCapturePane, back_to_live);
  gtk_widget_class_bind_template_child (widget_class, YzCapturePane, view);
  gtk_widget_class_bind_template_child (widget_class, YzCapturePane, viewfinder);
  gtk_widget_class_bind_template_child (widget_class, YzCapturePane, page_view);
  gtk_widget_class_bind_template_child (widget_class, YzCapturePane, corners);
  gtk_widget_class_bind_template_child (widget_class, YzCapturePane, strip);
  gtk_widget_class_bind_template_child (widget_class, YzCapturePane, import_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_files);
  gtk_widget_class_bind_template_callback (widget_class, on_steady);
  gtk_widget_class_bind_template_callback (widget_class, on_corners_closed);
  gtk_widget_class_bind_template_callback (widget_class, say);
  gtk_widget_class_bind_template_callback (widget_class, on_sheet_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_sheet_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_strip_removed);
  gtk_widget_class_bind_template_callback (widget_class, on_strip_dropped);
  gtk_widget_class_bind_template_callback (widget_class, on_checklist_dropped);
  gtk_widget_class_bind_template_callback (widget_class, show_target);
}

static void
yz_capture_pane_class_init (YzCapturePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (YZ_TYPE_CHECKLIST);
  g_type_ensure (YZ_TYPE_CORNER_EDITOR);
  g_type_ensure (YZ_TYPE_VIEWFINDER);
  g_type_ensure (YZ_TYPE_IMPORT_BAR);
  g_type_ensure (YZ_TYPE_PAGE_VIEW);
  g_type_ensure (YZ_TYPE_PAGE_STRIP);
  G_OBJECT_CLASS (klass)->dispose = yz_capture_pane_dispose;
  signals[SAID] = g_signal_new ("said", YZ_TYPE_CAPTURE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MOVED] = g_signal_new ("moved", YZ_TYPE_CAPTURE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/capture-pane.ui");
  bind_children (widget_class);
}

static const GActionEntry ACTIONS[] = {
  { .name = "capture", .activate = on_capture },
  { .name = "capture-more", .activate = on_capture_more },
  { .name = "retake", .activate = on_retake },
  { .name = "live", .activate = on_live },
  { .name = "automatic", .state = "false", .change_state = on_automatic },
  { .name = "rotate", .activate = on_change },
  { .name = "corners", .activate = on_corners },
  { .name = "remove", .activate = on_change },
  { .name = "undo", .activate = on_undo },
};

static void
yz_capture_pane_init (YzCapturePane *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), ACTIONS, G_N_ELEMENTS (ACTIONS),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  yz_viewfinder_add_actions (self->viewfinder, G_ACTION_MAP (self->actions));
  yz_import_bar_add_actions (self->import_bar, G_ACTION_MAP (self->actions));
}
