/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/video-camera-controls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A driver that lists for ever is not believed. */
#define CONTROLS_MAX 200
#define CHOICES_MAX 100
/* Not for a desk: buttons, test patterns, raw numbers. */
#define HIDDEN (V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_WRITE_ONLY | V4L2_CTRL_FLAG_HAS_PAYLOAD)
#define FIXED (V4L2_CTRL_FLAG_READ_ONLY | V4L2_CTRL_FLAG_GRABBED | V4L2_CTRL_FLAG_INACTIVE)

/* Names as v4l2-ctl has them: "White Balance, Automatic" is "white_balance_automatic". */
static char *
make_name (const char *label)
{
  GString *name = g_string_new (NULL);

  for (const char *at = label; *at != '\0'; at++) {
    if (g_ascii_isalnum (*at))
      g_string_append_c (name, g_ascii_tolower (*at));
    else if (name->len > 0 && name->str[name->len - 1] != '_')
      g_string_append_c (name, '_');
  }
  if (name->len > 0 && name->str[name->len - 1] == '_')
    g_string_truncate (name, name->len - 1);
  return g_string_free (name, FALSE);
}

static char *
copy_words (const void *words, gsize size)
{
  g_autofree char *text = g_strndup (words, size);

  return g_utf8_make_valid (text, -1);
}

static char *
read_choice (int fd, const struct v4l2_queryctrl *query, gint64 index)
{
  struct v4l2_querymenu menu = { .id = query->id, .index = (guint32) index };

  if (ioctl (fd, VIDIOC_QUERYMENU, &menu) != 0)
    return NULL;
  if (query->type == V4L2_CTRL_TYPE_INTEGER_MENU)
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) menu.value);
  return copy_words (menu.name, sizeof menu.name);
}

static gboolean
read_menu (int fd, const struct v4l2_queryctrl *query, gint32 value, YzControl *control)
{
  GPtrArray *choices = g_ptr_array_new ();
  gint64 last = MIN (query->maximum, query->minimum + CHOICES_MAX);

  control->kind = YZ_CONTROL_ENUM;
  for (gint64 i = query->minimum; i <= last; i++) {
    char *choice = read_choice (fd, query, i);

    if (choice != NULL)
      g_ptr_array_add (choices, choice);
  }
  g_ptr_array_add (choices, NULL);
  control->choices = (char **) g_ptr_array_free (choices, FALSE);
  control->value = read_choice (fd, query, value);
  return control->value != NULL;
}

static gboolean
read_value (int fd, const struct v4l2_queryctrl *query, YzControl *control)
{
  struct v4l2_control current = { .id = query->id };

  if (ioctl (fd, VIDIOC_G_CTRL, &current) != 0)
    return FALSE;
  switch (query->type) {
  case V4L2_CTRL_TYPE_BOOLEAN:
    control->kind = YZ_CONTROL_BOOL;
    control->value = g_strdup (current.value != 0 ? "true" : "false");
    return TRUE;
  case V4L2_CTRL_TYPE_INTEGER:
    control->kind = YZ_CONTROL_RANGE;
    control->minimum = query->minimum;
    control->maximum = query->maximum;
    control->step = query->step;
    control->value = g_strdup_printf ("%d", current.value);
    return query->maximum > query->minimum;
  case V4L2_CTRL_TYPE_MENU:
  case V4L2_CTRL_TYPE_INTEGER_MENU:
    return read_menu (fd, query, current.value, control);
  default:
    return FALSE;
  }
}

static YzControl *
make_control (int fd, const struct v4l2_queryctrl *query)
{
  g_autofree char *label = copy_words (query->name, sizeof query->name);
  g_autofree char *name = make_name (label);
  g_autoptr (YzControl) control = yz_control_new (YZ_CONTROL_STRING, name, label, NULL);

  control->writable = (query->flags & FIXED) == 0;
  return *name != '\0' && read_value (fd, query, control) ? g_steal_pointer (&control) : NULL;
}

typedef gboolean (*Visit) (int fd, const struct v4l2_queryctrl *query, gpointer data);

/* Shows the device's controls to @visit until it says FALSE. */
static void
visit_all (int fd, Visit visit, gpointer data)
{
  struct v4l2_queryctrl query = { .id = V4L2_CTRL_FLAG_NEXT_CTRL };

  for (int i = 0; i < CONTROLS_MAX && ioctl (fd, VIDIOC_QUERYCTRL, &query) == 0; i++) {
    guint32 id = query.id;

    if ((query.flags & HIDDEN) == 0 && query.type != V4L2_CTRL_TYPE_CTRL_CLASS &&
        !visit (fd, &query, data))
      return;
    query.id = id | V4L2_CTRL_FLAG_NEXT_CTRL;
  }
}

static gboolean
add_control (int fd, const struct v4l2_queryctrl *query, gpointer controls)
{
  YzControl *control = make_control (fd, query);

  if (control != NULL)
    g_ptr_array_add (controls, control);
  return TRUE;
}

gboolean
yz_video_controls_list (const char *device, GPtrArray *controls)
{
  int fd = open (device, O_RDWR | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    return FALSE;
  visit_all (fd, add_control, controls);
  close (fd);
  return TRUE;
}

/* The one that is to be set. */
typedef struct {
  const char *name;
  struct v4l2_queryctrl query;
  gboolean found;
} Wanted;

static gboolean
is_not_wanted (int fd, const struct v4l2_queryctrl *query, gpointer data)
{
  Wanted *wanted = data;
  g_autofree char *label = copy_words (query->name, sizeof query->name);
  g_autofree char *name = make_name (label);

  wanted->found = g_str_equal (name, wanted->name);
  wanted->query = *query;
  return !wanted->found;
}

/* FALSE: no choice of this name */
static gboolean
find_choice (int fd, const struct v4l2_queryctrl *query, const char *value, gint32 *out_index)
{
  for (gint64 i = query->minimum; i <= MIN (query->maximum, query->minimum + CHOICES_MAX); i++) {
    g_autofree char *choice = read_choice (fd, query, i);

    if (g_strcmp0 (choice, value) != 0)
      continue;
    *out_index = (gint32) i;
    return TRUE;
  }
  return FALSE;
}

static gboolean
find_number (int fd, const struct v4l2_queryctrl *query, const char *value, gint32 *out_number)
{
  switch (query->type) {
  case V4L2_CTRL_TYPE_BOOLEAN:
    *out_number = g_str_equal (value, "true") ? 1 : 0;
    return TRUE;
  case V4L2_CTRL_TYPE_INTEGER:
    *out_number = (gint32) g_ascii_strtod (value, NULL);
    return TRUE;
  case V4L2_CTRL_TYPE_MENU:
  case V4L2_CTRL_TYPE_INTEGER_MENU:
    return find_choice (fd, query, value, out_number);
  default:
    return FALSE;
  }
}

int
yz_video_controls_set (const char *device, const char *name, const char *value)
{
  int fd = open (device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  Wanted wanted = { .name = name };
  struct v4l2_control change = { 0 };
  int answer = EINVAL;

  if (fd < 0)
    return errno;
  visit_all (fd, is_not_wanted, &wanted);
  change.id = wanted.query.id;
  if (wanted.found && find_number (fd, &wanted.query, value, &change.value))
    answer = ioctl (fd, VIDIOC_S_CTRL, &change) == 0 ? 0 : errno;
  close (fd);
  return answer;
}
