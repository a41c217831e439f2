/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-camera-rack"

#include "ui/camera-rack.h"

#include "ui/device-memory.h"
#include "ui/settings.h"

#define SCANNER "scan:"

typedef struct {
  YzCameraRack *rack;
  YzCameraHost *host;
  char *id;
} Place;

struct _YzCameraRack {
  GObject parent;
  YzCameraList *list; /* NULL: alone */
  Place places[YZ_RACK_ROLES];
  gboolean fixed; /* the main camera was named by address */
  gboolean asked_scanners;
  YzRackRole hand;
};

G_DEFINE_FINAL_TYPE (YzCameraRack, yz_camera_rack, G_TYPE_OBJECT)

enum { CAMERA, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* A camera forgets what was set when its power goes. */
static void
on_state (YzCameraHost *host, gpointer data)
{
  const Place *place = data;

  if (yz_camera_host_get_state (host) == YZ_CAMERA_READY)
    yz_device_memory_apply (place->id, host);
}

static void
empty (YzCameraRack *self, YzRackRole role)
{
  Place *place = &self->places[role];

  if (place->host != NULL) {
    g_signal_handlers_disconnect_by_data (place->host, place);
    yz_camera_host_close (place->host);
  }
  g_clear_object (&place->host);
  g_clear_pointer (&place->id, g_free);
}

static void
fill (YzCameraRack *self, YzRackRole role, const char *id, const char *address)
{
  Place *place = &self->places[role];

  empty (self, role);
  place->rack = self;
  place->host = yz_camera_host_new (address);
  place->id = g_strdup (id);
  g_signal_connect (place->host, "state", G_CALLBACK (on_state), place);
  yz_camera_host_open (place->host);
}

static const char *
get_key (YzRackRole role)
{
  return role == YZ_RACK_MAIN ? "camera-main" : "camera-side";
}

static char *
remember (YzRackRole role)
{
  GSettings *settings = yz_settings_get ();

  return settings != NULL ? g_settings_get_string (settings, get_key (role)) : g_strdup ("");
}

static gboolean
is_taken (YzCameraRack *self, const char *id, YzRackRole role)
{
  const Place *other = &self->places[role == YZ_RACK_MAIN ? YZ_RACK_SIDE : YZ_RACK_MAIN];

  return other->id != NULL && g_str_equal (other->id, id);
}

/* Where nothing is remembered: the first that looks down, and the second head of a device. */
static const YzCameraInfo *
choose (YzCameraRack *self, YzRackRole role)
{
  const YzCameraRole wanted = role == YZ_RACK_MAIN ? YZ_CAMERA_ROLE_MAIN : YZ_CAMERA_ROLE_SIDE;
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < count; i++) {
    g_autoptr (YzListedCamera) camera = g_list_model_get_item (G_LIST_MODEL (self->list), i);
    const YzCameraInfo *info = yz_listed_camera_get_info (camera);

    if (info->role == wanted && !is_taken (self, info->id, role))
      return info; /* the list keeps it */
  }
  return NULL;
}

/* The camera that should have this role now; NULL leaves it as it is. */
static const YzCameraInfo *
find_camera (YzCameraRack *self, YzRackRole role)
{
  g_autofree char *wanted = remember (role);
  const Place *place = &self->places[role];
  const YzCameraInfo *info = *wanted != '\0' ? yz_camera_list_find (self->list, wanted) : NULL;

  if (info != NULL && !is_taken (self, info->id, role))
    return info;
  if (place->id != NULL)
    return yz_camera_list_find (self->list, place->id);
  if (*wanted != '\0' && role == YZ_RACK_SIDE)
    return NULL;
  return choose (self, role);
}

static gboolean
is_shooting (const Place *place)
{
  return place->host != NULL && yz_camera_host_get_state (place->host) == YZ_CAMERA_SHOOTING;
}

/* Gives a role to whom it belongs; TRUE when another camera has it now. */
static gboolean
settle (YzCameraRack *self, YzRackRole role)
{
  Place *place = &self->places[role];
  const YzCameraInfo *info = find_camera (self, role);

  if (info == NULL || is_shooting (place) || (self->fixed && role == YZ_RACK_MAIN))
    return FALSE;
  if (place->id != NULL && g_str_equal (place->id, info->id)) {
    yz_camera_host_move (place->host, info->address);
    return FALSE;
  }
  fill (self, role, info->id, info->address);
  return TRUE;
}

static YzCameraHost *
settle_all (YzCameraRack *self)
{
  for (guint role = 0; role < YZ_RACK_ROLES; role++)
    settle (self, role);
  if (self->places[self->hand].host == NULL)
    self->hand = self->places[YZ_RACK_MAIN].host != NULL ? YZ_RACK_MAIN : YZ_RACK_SIDE;
  if (self->places[self->hand].host == NULL)
    self->hand = YZ_RACK_MAIN;
  return yz_camera_rack_get_camera (self);
}

static void
on_items_changed (YzCameraRack *self)
{
  g_autoptr (YzCameraHost) before = NULL;

  g_set_object (&before, yz_camera_rack_get_camera (self));
  if (settle_all (self) != before)
    g_signal_emit (self, signals[CAMERA], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A scanner that has a role here is worth the seconds that SANE takes. */
static gboolean
misses_scanner (YzCameraRack *self)
{
  for (guint role = 0; role < YZ_RACK_ROLES; role++) {
    g_autofree char *wanted = remember (role);

    if (g_str_has_prefix (wanted, SCANNER) && yz_camera_list_find (self->list, wanted) == NULL)
      return TRUE;
  }
  return FALSE;
}

static void
on_looked (YzCameraRack *self)
{
  if (!self->asked_scanners && misses_scanner (self)) {
    self->asked_scanners = TRUE;
    yz_camera_list_look_for_scanners (self->list);
  }
  if (yz_camera_rack_get_camera (self) == NULL)
    g_signal_emit (self, signals[CAMERA], 0); /* the answer: there is none */
  g_signal_emit (self, signals[CHANGED], 0);
}

YzCameraHost *
yz_camera_rack_get_camera (YzCameraRack *self)
{
  return self->places[self->hand].host;
}

const char *
yz_camera_rack_get_id (YzCameraRack *self)
{
  return self->places[self->hand].id;
}

const char *
yz_camera_rack_get_role (YzCameraRack *self, YzRackRole role)
{
  return self->places[role].id;
}

const char *
yz_camera_rack_get_model (YzCameraRack *self, YzRackRole role)
{
  const Place *place = &self->places[role];

  return place->host != NULL ? yz_camera_host_get_model (place->host) : NULL;
}

YzRackRole
yz_camera_rack_get_hand (YzCameraRack *self)
{
  return self->hand;
}

gboolean
yz_camera_rack_has_two (YzCameraRack *self)
{
  return self->places[YZ_RACK_MAIN].host != NULL && self->places[YZ_RACK_SIDE].host != NULL;
}

YzCameraList *
yz_camera_rack_get_list (YzCameraRack *self)
{
  return self->list;
}

gboolean
yz_camera_rack_switch (YzCameraRack *self)
{
  if (!yz_camera_rack_has_two (self))
    return FALSE;
  self->hand = self->hand == YZ_RACK_MAIN ? YZ_RACK_SIDE : YZ_RACK_MAIN;
  g_signal_emit (self, signals[CAMERA], 0);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
yz_camera_rack_assign (YzCameraRack *self, YzRackRole role, const char *id)
{
  const YzRackRole other = role == YZ_RACK_MAIN ? YZ_RACK_SIDE : YZ_RACK_MAIN;
  GSettings *settings = yz_settings_get ();
  const YzCameraInfo *info = NULL;

  if (self->list == NULL || g_strcmp0 (self->places[role].id, id) == 0)
    return;
  info = id != NULL ? yz_camera_list_find (self->list, id) : NULL;
  if (id != NULL && is_taken (self, id, role)) {
    empty (self, other);
    if (settings != NULL)
      g_settings_set_string (settings, get_key (other), "");
  }
  if (settings != NULL)
    g_settings_set_string (settings, get_key (role), id != NULL ? id : "");
  if (info != NULL)
    fill (self, role, info->id, info->address);
  else
    empty (self, role);
  if (role == YZ_RACK_MAIN)
    self->fixed = FALSE;
  self->hand = info != NULL ? role : other;
  if (self->places[self->hand].host == NULL)
    self->hand = role;
  g_signal_emit (self, signals[CAMERA], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
yz_camera_rack_look (YzCameraRack *self)
{
  for (guint role = 0; role < YZ_RACK_ROLES; role++)
    if (self->places[role].host != NULL)
      yz_camera_host_move (self->places[role].host,
                           yz_camera_host_get_address (self->places[role].host));
  if (self->list != NULL)
    yz_camera_list_look (self->list);
}

void
yz_camera_rack_close (YzCameraRack *self)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  for (guint role = 0; role < YZ_RACK_ROLES; role++)
    empty (self, role);
}

YzCameraRack *
yz_camera_rack_new (const char *main_address, gboolean alone)
{
  YzCameraRack *self = g_object_new (YZ_TYPE_CAMERA_RACK, NULL);

  self->fixed = main_address != NULL;
  if (main_address != NULL)
    fill (self, YZ_RACK_MAIN, main_address, main_address);
  if (alone)
    return self;
  self->list = yz_camera_list_new ();
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "looked", G_CALLBACK (on_looked), self, G_CONNECT_SWAPPED);
  return self;
}

static void
yz_camera_rack_dispose (GObject *object)
{
  yz_camera_rack_close (YZ_CAMERA_RACK (object));
  G_OBJECT_CLASS (yz_camera_rack_parent_class)->dispose (object);
}

static void
yz_camera_rack_class_init (YzCameraRackClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yz_camera_rack_dispose;
  signals[CAMERA] = g_signal_new ("camera", YZ_TYPE_CAMERA_RACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", YZ_TYPE_CAMERA_RACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
yz_camera_rack_init (YzCameraRack *self)
{
}
