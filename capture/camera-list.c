/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-camera-list"

#include "capture/camera-list.h"

#include "capture/camera-look.h"
#include "capture/camera-watch.h"

#include <stdio.h>

/* One device brings a handful of events; they are answered together. */
#define SETTLE_MS 40

struct _YzListedCamera {
  GObject parent_instance;
  YzCameraInfo *info;
};

G_DEFINE_FINAL_TYPE (YzListedCamera, yz_listed_camera, G_TYPE_OBJECT)

struct _YzCameraList {
  GObject parent_instance;
  GPtrArray *cameras; /* of YzListedCamera */
  YzCameraWatch *watch;
  YzCameraLook *looks[YZ_N_CAMERA_LOOKS];
  GSource *settle;
  gboolean wants_scanners;
  gboolean wanted[YZ_N_CAMERA_LOOKS]; /* when it is settled */
  GError *errors[YZ_N_CAMERA_LOOKS];  /* of the last look of each kind */
};

static void yz_camera_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YzCameraList,
                               yz_camera_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, yz_camera_list_model_init))

enum { LOOKED, N_SIGNALS };
static guint signals[N_SIGNALS];

const YzCameraInfo *
yz_listed_camera_get_info (YzListedCamera *self)
{
  return self->info;
}

static void
yz_listed_camera_finalize (GObject *object)
{
  yz_camera_info_free (YZ_LISTED_CAMERA (object)->info);
  G_OBJECT_CLASS (yz_listed_camera_parent_class)->finalize (object);
}

static void
yz_listed_camera_class_init (YzListedCameraClass *class)
{
  G_OBJECT_CLASS (class)->finalize = yz_listed_camera_finalize;
}

static void
yz_listed_camera_init (YzListedCamera *self)
{
}

static const YzCameraInfo *
get_info (YzCameraList *self, guint index)
{
  return YZ_LISTED_CAMERA (self->cameras->pdata[index])->info;
}

static YzCameraLookKind
get_kind (const YzCameraInfo *info)
{
  if (g_str_equal (info->backend, "video"))
    return YZ_CAMERA_LOOK_VIDEO;
  return g_str_equal (info->backend, "scanner") ? YZ_CAMERA_LOOK_SCANNERS : YZ_CAMERA_LOOK_USB;
}

static gboolean
is_same (const YzCameraInfo *a, const YzCameraInfo *b)
{
  return g_str_equal (a->id, b->id) && g_str_equal (a->address, b->address) &&
         g_str_equal (a->model, b->model) && g_str_equal (a->backend, b->backend) &&
         a->role == b->role && a->abilities == b->abilities;
}

static const YzCameraInfo *
find_by_id (GPtrArray *infos, const char *id)
{
  for (guint i = 0; i < infos->len; i++) {
    const YzCameraInfo *info = infos->pdata[i];

    if (g_str_equal (info->id, id))
      return info;
  }
  return NULL;
}

static void
drop (YzCameraList *self, guint index)
{
  g_ptr_array_remove_index (self->cameras, index);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 1, 0);
}

static void
add (YzCameraList *self, const YzCameraInfo *info)
{
  YzListedCamera *camera = g_object_new (YZ_TYPE_LISTED_CAMERA, NULL);

  camera->info = yz_camera_info_copy (info);
  g_ptr_array_add (self->cameras, camera);
  g_list_model_items_changed (G_LIST_MODEL (self), self->cameras->len - 1, 0, 1);
}

/* What stayed as it was stays where it is; readers see only what changed. */
static void
take_over (YzCameraList *self, YzCameraLookKind kind, GPtrArray *infos)
{
  for (guint i = self->cameras->len; i-- > 0;) {
    const YzCameraInfo *known = get_info (self, i);
    const YzCameraInfo *now = find_by_id (infos, known->id);

    if (get_kind (known) == kind && (now == NULL || !is_same (known, now)))
      drop (self, i);
  }
  for (guint i = 0; i < infos->len; i++) {
    const YzCameraInfo *info = infos->pdata[i];

    if (yz_camera_list_find (self, info->id) == NULL)
      add (self, info);
  }
}

static void
on_looked (YzCameraList *self, YzCameraLookKind kind, GPtrArray *infos, const GError *error)
{
  g_object_ref (self);
  self->looks[kind] = NULL;
  g_clear_error (&self->errors[kind]);
  self->errors[kind] = error != NULL ? g_error_copy (error) : NULL;
  if (infos != NULL)
    take_over (self, kind, infos);
  /* What hangs on cables is told of when all of it is known. */
  if (kind == YZ_CAMERA_LOOK_SCANNERS ||
      (self->looks[YZ_CAMERA_LOOK_VIDEO] == NULL && self->looks[YZ_CAMERA_LOOK_USB] == NULL))
    g_signal_emit (self, signals[LOOKED], 0);
  g_object_unref (self);
}

static void
on_video (GPtrArray *infos, const GError *error, gpointer data)
{
  on_looked (data, YZ_CAMERA_LOOK_VIDEO, infos, error);
}

static void
on_usb (GPtrArray *infos, const GError *error, gpointer data)
{
  on_looked (data, YZ_CAMERA_LOOK_USB, infos, error);
}

static void
on_scanners (GPtrArray *infos, const GError *error, gpointer data)
{
  on_looked (data, YZ_CAMERA_LOOK_SCANNERS, infos, error);
}

/* An answer that was on its way may already be untrue. */
static void
look (YzCameraList *self, YzCameraLookKind kind)
{
  static const YzCameraLookCallback CALLBACKS[] = { on_video, on_usb, on_scanners };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->looks[kind], yz_camera_look_cancel);
  self->looks[kind] = yz_camera_look_start (kind, CALLBACKS[kind], self, &error);
  if (self->looks[kind] == NULL)
    on_looked (self, kind, NULL, error);
}

static void
stop_settling (YzCameraList *self)
{
  if (self->settle != NULL)
    g_source_destroy (self->settle);
  g_clear_pointer (&self->settle, g_source_unref);
}

static gboolean
on_settled (gpointer data)
{
  YzCameraList *self = data;

  stop_settling (self);
  for (guint kind = 0; kind < YZ_N_CAMERA_LOOKS; kind++)
    if (self->wanted[kind]) {
      self->wanted[kind] = FALSE;
      look (self, (YzCameraLookKind) kind);
    }
  return G_SOURCE_REMOVE;
}

static void
look_soon (YzCameraList *self, YzCameraLookKind kind)
{
  self->wanted[kind] = TRUE;
  if (self->settle != NULL)
    return;
  self->settle = g_timeout_source_new (SETTLE_MS);
  g_source_set_callback (self->settle, on_settled, self, NULL);
  g_source_attach (self->settle, g_main_context_get_thread_default ());
}

static void
on_appeared (gpointer owner, YzCameraLookKind kind)
{
  YzCameraList *self = owner;

  if (kind != YZ_CAMERA_LOOK_SCANNERS || self->wants_scanners)
    look_soon (self, kind);
}

/* SANE writes the numbers of bus and device in its own way. */
static gboolean
is_at (const YzCameraInfo *info, const char *address)
{
  g_autofree char *scanner = NULL;
  guint bus = 0;
  guint number = 0;

  if (g_str_equal (info->address, address))
    return TRUE;
  if (sscanf (address, "usb:%u,%u", &bus, &number) != 2) /* NOLINT(cert-err34-c) */
    return FALSE;
  scanner = g_strdup_printf (":libusb:%03u:%03u", bus, number);
  return g_str_has_prefix (info->address, "scan:") && g_str_has_suffix (info->address, scanner);
}

static void
on_vanished (gpointer owner, const char *address)
{
  YzCameraList *self = owner;
  YzCameraLookKind kind =
      g_str_has_prefix (address, "video:") ? YZ_CAMERA_LOOK_VIDEO : YZ_CAMERA_LOOK_USB;

  for (guint i = self->cameras->len; i-- > 0;)
    if (is_at (get_info (self, i), address))
      drop (self, i);
  if (self->looks[kind] != NULL)
    look_soon (self, kind);
}

static const YzCameraWatchListener LISTENER = { on_appeared, on_vanished };

static GType
yz_camera_list_get_item_type (GListModel *model)
{
  return YZ_TYPE_LISTED_CAMERA;
}

static guint
yz_camera_list_get_n_items (GListModel *model)
{
  return YZ_CAMERA_LIST (model)->cameras->len;
}

static gpointer
yz_camera_list_get_item (GListModel *model, guint position)
{
  GPtrArray *cameras = YZ_CAMERA_LIST (model)->cameras;

  return position < cameras->len ? g_object_ref (cameras->pdata[position]) : NULL;
}

static void
yz_camera_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = yz_camera_list_get_item_type;
  iface->get_n_items = yz_camera_list_get_n_items;
  iface->get_item = yz_camera_list_get_item;
}

static void
yz_camera_list_finalize (GObject *object)
{
  YzCameraList *self = YZ_CAMERA_LIST (object);

  stop_settling (self);
  for (guint i = 0; i < YZ_N_CAMERA_LOOKS; i++) {
    g_clear_pointer (&self->looks[i], yz_camera_look_cancel);
    g_clear_error (&self->errors[i]);
  }
  yz_camera_watch_free (self->watch);
  g_ptr_array_unref (self->cameras);
  G_OBJECT_CLASS (yz_camera_list_parent_class)->finalize (object);
}

static void
yz_camera_list_class_init (YzCameraListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = yz_camera_list_finalize;
  signals[LOOKED] = g_signal_new ("looked", YZ_TYPE_CAMERA_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
yz_camera_list_init (YzCameraList *self)
{
  self->cameras = g_ptr_array_new_with_free_func (g_object_unref);
  self->watch = yz_camera_watch_new (&LISTENER, self);
}

YzCameraList *
yz_camera_list_new (void)
{
  YzCameraList *self = g_object_new (YZ_TYPE_CAMERA_LIST, NULL);

  yz_camera_list_look (self);
  return self;
}

void
yz_camera_list_look (YzCameraList *self)
{
  look (self, YZ_CAMERA_LOOK_VIDEO);
  look (self, YZ_CAMERA_LOOK_USB);
}

void
yz_camera_list_look_for_scanners (YzCameraList *self)
{
  self->wants_scanners = TRUE;
  look (self, YZ_CAMERA_LOOK_SCANNERS);
}

gboolean
yz_camera_list_is_looking (YzCameraList *self)
{
  gboolean looking = self->settle != NULL;

  for (guint kind = 0; kind < YZ_N_CAMERA_LOOKS; kind++)
    looking = looking || self->looks[kind] != NULL;
  return looking;
}

const GError *
yz_camera_list_get_error (YzCameraList *self)
{
  for (guint kind = 0; kind < YZ_N_CAMERA_LOOKS; kind++)
    if (self->errors[kind] != NULL)
      return self->errors[kind];
  return NULL;
}

const YzCameraInfo *
yz_camera_list_find (YzCameraList *self, const char *id)
{
  for (guint i = 0; i < self->cameras->len; i++)
    if (g_str_equal (get_info (self, i)->id, id))
      return get_info (self, i);
  return NULL;
}
