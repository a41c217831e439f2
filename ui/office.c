/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-office"

#include "ui/office.h"

#include "ui/settings.h"

#include <glib/gi18n-lib.h>

struct _YzOffice {
  GObject parent;
  char *location;
  char *datadir;
  char *address;
  YzDesk *desk;
  YzDarkroom *darkroom;
  YzPictures *pictures;
  YzCameraRack *rack;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (YzOffice, yz_office, G_TYPE_OBJECT)

enum { CAMERA, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_camera (YzOffice *self)
{
  g_signal_emit (self, signals[CAMERA], 0);
}

static char *
find_practice_pictures (YzOffice *self)
{
  g_autofree char *shipped = g_build_filename (self->datadir, "practice", NULL);
  const char *built = g_getenv ("YIZHAN_PRACTICEDIR");

  if (built != NULL && !g_file_test (shipped, G_FILE_TEST_IS_DIR))
    return g_strdup (built);
  return g_steal_pointer (&shipped);
}

/* Who named a camera gets it; the scripted one of practice stays alone. */
static void
start_rack (YzOffice *self)
{
  g_autofree char *chosen = yz_settings_get_camera ();
  g_autofree char *address = NULL;
  gboolean practice = FALSE;

  if (self->address != NULL && *self->address != '\0') {
    address = g_strdup (self->address);
  } else if (yz_desk_is_practice (self->desk)) {
    g_autofree char *folder = find_practice_pictures (self);

    practice = TRUE;
    address = g_strconcat ("virtual:", folder, NULL);
  } else if (*chosen != '\0') {
    address = g_strdup (chosen);
  }
  self->rack = yz_camera_rack_new (address, practice);
  g_signal_connect_object (self->rack, "camera", G_CALLBACK (on_camera), self, G_CONNECT_SWAPPED);
  on_camera (self);
}

void
yz_office_look_for_camera (YzOffice *self)
{
  if (self->rack != NULL)
    yz_camera_rack_look (self->rack);
}

gboolean
yz_office_open (YzOffice *self, GError **error)
{
  g_autoptr (YzDesk) desk = NULL;

  g_return_val_if_fail (self->desk == NULL, FALSE);
  desk = yz_desk_open (self->location, self->datadir, error);
  if (desk == NULL)
    return FALSE;
  if (!yz_desk_claim (desk, error)) {
    yz_desk_close (desk);
    return FALSE;
  }
  self->desk = g_steal_pointer (&desk);
  self->darkroom = yz_darkroom_new ();
  self->pictures = yz_pictures_new (self->desk, self->darkroom);
  start_rack (self);
  return TRUE;
}

gboolean
yz_office_needs_administrator (YzOffice *self)
{
  return self->desk == NULL || yz_desk_needs_administrator (self->desk);
}

typedef struct {
  char *login, *name, *password;
} First;

static void
free_first (gpointer data)
{
  First *self = data;

  g_free (self->login);
  g_free (self->name);
  g_free (self->password);
  g_free (self);
}

static void
run_create (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  YzOffice *self = source;
  First *first = data;
  g_autoptr (GError) error = NULL;
  gboolean made = FALSE;

  if (self->desk != NULL)
    made = yz_desk_create_administrator (self->desk, first->login, first->name, first->password,
                                         &error);
  else
    made = yz_desk_create_store (self->location, self->datadir, FALSE, first->login, first->name,
                                 first->password, &error);
  if (made)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
yz_office_create_async (YzOffice *self,
                        const char *login,
                        const char *name,
                        const char *password,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, callback, user_data);
  First *first = g_new0 (First, 1);

  first->login = g_strdup (login);
  first->name = g_strdup (name);
  first->password = g_strdup (password);
  g_task_set_task_data (task, first, free_first);
  g_task_run_in_thread (task, run_create);
}

gboolean
yz_office_create_finish (YzOffice *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) &&
         (self->desk != NULL || yz_office_open (self, error));
}

const char *
yz_office_get_location (YzOffice *self)
{
  return self->location;
}

YzDesk *
yz_office_get_desk (YzOffice *self)
{
  return self->desk;
}

YzPictures *
yz_office_get_pictures (YzOffice *self)
{
  return self->pictures;
}

YzCameraHost *
yz_office_get_camera (YzOffice *self)
{
  return self->rack != NULL ? yz_camera_rack_get_camera (self->rack) : NULL;
}

YzCameraRack *
yz_office_get_rack (YzOffice *self)
{
  return self->rack;
}

char *
yz_office_get_papers_folder (YzOffice *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  const char *path = g_str_has_prefix (self->location, "sqlite:")
                         ? self->location + strlen ("sqlite:")
                         : self->location;

  if (self->desk != NULL && yz_desk_is_practice (self->desk))
    return g_build_filename (path, "papers", NULL);
  return g_build_filename (documents != NULL ? documents : g_get_home_dir (), _ ("Yizhan"), NULL);
}

void
yz_office_close (YzOffice *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->rack != NULL)
    yz_camera_rack_close (self->rack);
  if (self->darkroom != NULL)
    yz_darkroom_close (self->darkroom);
  if (self->desk != NULL)
    yz_desk_close (self->desk);
  g_clear_object (&self->rack);
  g_clear_object (&self->pictures);
  g_clear_object (&self->darkroom);
  g_clear_object (&self->desk);
}

YzOffice *
yz_office_new (const char *location, const char *datadir, const char *camera)
{
  YzOffice *self = g_object_new (YZ_TYPE_OFFICE, NULL);

  self->location = g_strdup (location);
  self->datadir = g_strdup (datadir);
  self->address = g_strdup (camera);
  return self;
}

static void
yz_office_finalize (GObject *object)
{
  YzOffice *self = YZ_OFFICE (object);

  yz_office_close (self);
  g_clear_object (&self->cancellable);
  g_free (self->location);
  g_free (self->datadir);
  g_free (self->address);
  G_OBJECT_CLASS (yz_office_parent_class)->finalize (object);
}

static void
yz_office_class_init (YzOfficeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yz_office_finalize;
  signals[CAMERA] = g_signal_new ("camera", YZ_TYPE_OFFICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
yz_office_init (YzOffice *self)
{
  self->cancellable = g_cancellable_new ();
}
