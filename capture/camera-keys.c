/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-keys.h"

/* Whoever never releases must not fill the memory: beyond this the pictures stay on the camera. */
#define KEYS_MAX 1000

struct _YzCameraKeys {
  GHashTable *held;   /* mark of a frame → key */
  GQueue *releasable; /* of keys */
};

/* The frame itself is not kept: it is megabytes. */
static char *
make_mark (const YzFrame *frame)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", frame->shot_at,
                          frame->name != NULL ? frame->name : "");
}

YzCameraKeys *
yz_camera_keys_new (void)
{
  YzCameraKeys *self = g_new0 (YzCameraKeys, 1);

  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->releasable = g_queue_new ();
  return self;
}

void
yz_camera_keys_free (YzCameraKeys *self)
{
  g_hash_table_unref (self->held);
  g_queue_free_full (self->releasable, g_free);
  g_free (self);
}

void
yz_camera_keys_note (YzCameraKeys *self, const YzShot *shot)
{
  if (shot->key != NULL && g_hash_table_size (self->held) < KEYS_MAX)
    g_hash_table_insert (self->held, make_mark (shot->frame), g_strdup (shot->key));
}

void
yz_camera_keys_release (YzCameraKeys *self, const YzFrame *frame)
{
  g_autofree char *mark = make_mark (frame);
  gpointer key = NULL;
  gpointer own = NULL;

  if (!g_hash_table_steal_extended (self->held, mark, &own, &key))
    return;
  g_free (own);
  g_queue_push_tail (self->releasable, key);
}

char *
yz_camera_keys_pop (YzCameraKeys *self)
{
  return g_queue_pop_head (self->releasable);
}
