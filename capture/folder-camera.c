/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/folder-camera.h"

#include "capture/capture-error.h"
#include "capture/virtual-script.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEVICE "Folder"
#define TAKEN "taken"
#define SCAN_INTERVAL_MS 100
/* A file that has its end is complete when it did not change for so long; one without, much later.
 */
#define QUIET (200 * G_TIME_SPAN_MILLISECOND)
#define QUIET_WITHOUT_END (3 * G_TIME_SPAN_SECOND)
/* As many taken pictures are remembered by a successor. */
#define RESUME_MAX 500

typedef struct {
  char *name;
  gint64 changed_ns; /* modification time */
  gint64 size;
  gint64 since; /* monotonic: seen unchanged since */
  gboolean seen;
} Arrival;

struct _YzFolderCamera {
  YzCamera parent_instance;

  char *folder;
  GHashTable *arrivals; /* name → Arrival */
  GHashTable *taken;    /* set of marks */
  GQueue *order;        /* of marks in @taken, oldest first */
  char *previewed;      /* mark of the picture that the preview shows */
};

G_DEFINE_TYPE (YzFolderCamera, yz_folder_camera, YZ_TYPE_CAMERA)

static void
free_arrival (gpointer data)
{
  Arrival *arrival = data;

  g_free (arrival->name);
  g_free (arrival);
}

/* What tells one picture from another: a file that was written anew under the same name is new. */
static char *
make_mark (const Arrival *arrival)
{
  return g_strdup_printf ("%08x.%" G_GINT64_MODIFIER "x.%" G_GINT64_MODIFIER "x",
                          g_str_hash (arrival->name), (guint64) arrival->changed_ns,
                          (guint64) arrival->size);
}

static gboolean
is_taken (YzFolderCamera *self, const Arrival *arrival)
{
  g_autofree char *mark = make_mark (arrival);

  return g_hash_table_contains (self->taken, mark);
}

static void
remember (YzFolderCamera *self, char *mark)
{
  if (g_hash_table_contains (self->taken, mark)) {
    g_free (mark);
    return;
  }
  g_hash_table_add (self->taken, mark);
  g_queue_push_tail (self->order, mark);
  if (self->order->length > RESUME_MAX)
    g_hash_table_remove (self->taken, g_queue_pop_head (self->order));
}

static void
note_arrival (YzFolderCamera *self, const char *name, const struct stat *status, gint64 now)
{
  Arrival *arrival = g_hash_table_lookup (self->arrivals, name);
  gint64 changed =
      status->st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status->st_mtim.tv_nsec;

  if (arrival == NULL) {
    arrival = g_new0 (Arrival, 1);
    arrival->name = g_strdup (name);
    arrival->since = now;
    g_hash_table_insert (self->arrivals, arrival->name, arrival);
  } else if (arrival->changed_ns != changed || arrival->size != status->st_size) {
    arrival->since = now;
  }
  arrival->changed_ns = changed;
  arrival->size = status->st_size;
  arrival->seen = TRUE;
}

static gboolean
drop_unseen (gpointer key, gpointer value, gpointer data)
{
  Arrival *arrival = value;
  gboolean seen = arrival->seen;

  arrival->seen = FALSE;
  return !seen;
}

static gboolean
scan (YzFolderCamera *self, GError **error)
{
  g_autoptr (GDir) directory = g_dir_open (self->folder, 0, NULL);
  gint64 now = g_get_monotonic_time ();
  const char *name = NULL;

  if (directory == NULL) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST,
                 _ ("The folder “%s” cannot be read any more."), self->folder);
    return FALSE;
  }
  while ((name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);
    struct stat status;

    if (yz_virtual_script_is_picture (name) && stat (path, &status) == 0 &&
        S_ISREG (status.st_mode) && status.st_size > 0)
      note_arrival (self, name, &status, now);
  }
  g_hash_table_foreach_remove (self->arrivals, drop_unseen, NULL);
  return TRUE;
}

/* The last bytes of a whole JPEG or PNG; some devices add a few of their own. */
static gboolean
has_end (const guint8 *data, gsize length)
{
  gsize tail = MIN (length, 4096);

  return memmem (data + length - tail, tail, "\xff\xd9", 2) != NULL ||
         memmem (data + length - tail, tail, "IEND", 4) != NULL;
}

/* A lease for reading is refused while somebody has the file open for writing; where the file
 * system knows no leases, the waiting time alone decides. */
static gboolean
is_being_written (int fd)
{
  if (fcntl (fd, F_SETLEASE, F_RDLCK) != 0)
    return errno == EAGAIN;
  fcntl (fd, F_SETLEASE, F_UNLCK);
  return FALSE;
}

static GBytes *
read_all (int fd, gsize size)
{
  g_autofree guint8 *data = g_try_malloc (size);
  gsize got = 0;

  while (data != NULL && got < size) {
    gssize n = read (fd, data + got, size - got);

    if (n == 0 || (n < 0 && errno != EINTR))
      break;
    got += n > 0 ? (gsize) n : 0;
  }
  return data != NULL && got == size ? g_bytes_new_take (g_steal_pointer (&data), size) : NULL;
}

static int
compare_arrivals (gconstpointer a, gconstpointer b)
{
  const Arrival *one = *(Arrival *const *) a;
  const Arrival *other = *(Arrival *const *) b;

  if (one->changed_ns != other->changed_ns)
    return one->changed_ns < other->changed_ns ? -1 : 1;
  return strcmp (one->name, other->name);
}

/* The picture of a file that nobody writes any more, or NULL. */
static GBytes *
read_complete (YzFolderCamera *self, const Arrival *arrival)
{
  g_autofree char *path = g_build_filename (self->folder, arrival->name, NULL);
  g_autoptr (GBytes) bytes = NULL;
  gint64 quiet = g_get_monotonic_time () - arrival->since;
  struct stat status;
  int fd = -1;

  if (quiet < QUIET || arrival->size > YZ_CAMERA_ORIGINAL_MAX)
    return NULL;
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) == 0 && status.st_size == arrival->size && !is_being_written (fd))
    bytes = read_all (fd, (gsize) arrival->size);
  close (fd);
  if (bytes == NULL)
    return NULL;
  if (yz_camera_guess_media_type (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) == NULL)
    return NULL;
  if (quiet < QUIET_WITHOUT_END &&
      !has_end (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
    return NULL;
  return g_steal_pointer (&bytes);
}

/* The oldest complete picture that was not taken; the caller owns *out_mark. */
static YzFrame *
find_next (YzFolderCamera *self, const Arrival **out_arrival, GError **error)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;

  if (!scan (self, error))
    return NULL;
  g_hash_table_iter_init (&iter, self->arrivals);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!is_taken (self, value))
      g_ptr_array_add (waiting, value);
  g_ptr_array_sort (waiting, compare_arrivals);
  for (guint i = 0; i < waiting->len; i++) {
    const Arrival *arrival = waiting->pdata[i];
    g_autoptr (GBytes) bytes = read_complete (self, arrival);
    g_autofree char *name = g_filename_display_name (arrival->name);

    if (bytes == NULL)
      continue;
    *out_arrival = arrival;
    return yz_frame_new (
        bytes,
        yz_camera_guess_media_type (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), name,
        DEVICE, g_get_real_time ());
  }
  return NULL;
}

static YzCameraInfo *
yz_folder_camera_open (YzCamera *camera, GCancellable *cancellable, GError **error)
{
  YzFolderCamera *self = YZ_FOLDER_CAMERA (camera);
  g_autofree char *address = g_strconcat ("folder:", self->folder, NULL);

  if (!g_file_test (self->folder, G_FILE_TEST_IS_DIR)) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                 _ ("There is no folder “%s”."), self->folder);
    return NULL;
  }
  if (!scan (self, error))
    return NULL;
  return yz_camera_info_new (address, DEVICE, address, "folder", YZ_CAMERA_ROLE_MAIN,
                             YZ_CAMERA_CAN_PREVIEW | YZ_CAMERA_CAN_DELETE);
}

static void
yz_folder_camera_close (YzCamera *camera)
{
  YzFolderCamera *self = YZ_FOLDER_CAMERA (camera);

  g_hash_table_remove_all (self->arrivals);
  g_clear_pointer (&self->previewed, g_free);
}

/* The live picture is the one that the next shot would take, once. */
static YzFrame *
yz_folder_camera_grab_preview (YzCamera *camera, GError **error)
{
  YzFolderCamera *self = YZ_FOLDER_CAMERA (camera);
  const Arrival *arrival = NULL;
  g_autoptr (YzFrame) frame = find_next (self, &arrival, error);
  g_autofree char *mark = frame != NULL ? make_mark (arrival) : NULL;

  if (frame != NULL && g_strcmp0 (mark, self->previewed) != 0) {
    g_free (self->previewed);
    self->previewed = g_steal_pointer (&mark);
    return g_steal_pointer (&frame);
  }
  yz_camera_pause (SCAN_INTERVAL_MS, G_MAXINT64, NULL, NULL);
  return NULL;
}

static GPtrArray *
yz_folder_camera_capture (YzCamera *camera,
                          gint64 deadline,
                          GCancellable *cancellable,
                          GError **error)
{
  YzFolderCamera *self = YZ_FOLDER_CAMERA (camera);
  GPtrArray *shots = NULL;

  for (;;) {
    g_autoptr (GError) inner = NULL;
    const Arrival *arrival = NULL;
    g_autoptr (YzFrame) frame = find_next (self, &arrival, &inner);
    g_autofree char *key = frame != NULL ? g_strescape (arrival->name, NULL) : NULL;

    if (inner != NULL) {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }
    if (frame != NULL) {
      remember (self, make_mark (arrival));
      shots = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_shot_free);
      g_ptr_array_add (shots, yz_shot_new (frame, key));
      return shots;
    }
    if (!yz_camera_pause (SCAN_INTERVAL_MS, deadline, cancellable, error)) {
      g_prefix_error (error, _ ("No new picture arrived in “%s”. "), self->folder);
      return NULL;
    }
  }
}

static gboolean
yz_folder_camera_release (YzCamera *camera, const char *key, GError **error)
{
  YzFolderCamera *self = YZ_FOLDER_CAMERA (camera);
  g_autofree char *name = g_strcompress (key);
  g_autofree char *from = g_build_filename (self->folder, name, NULL);
  g_autofree char *folder = g_build_filename (self->folder, TAKEN, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);

  if (strchr (name, '/') != NULL || !yz_virtual_script_is_picture (name)) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                         _ ("The camera does not know this picture."));
    return FALSE;
  }
  g_mkdir (folder, 0777);
  for (guint n = 2; g_file_test (to, G_FILE_TEST_EXISTS) && n < 10000; n++) {
    g_autofree char *numbered = g_strdup_printf ("%u-%s", n, name);

    g_free (to);
    to = g_build_filename (folder, numbered, NULL);
  }
  if (g_rename (from, to) == 0)
    return TRUE;
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
               _ ("“%s” cannot be moved into the folder “%s”."), from, folder);
  return FALSE;
}

static gboolean
yz_folder_camera_wait_event (
    YzCamera *camera, int timeout_ms, YzCameraEvent *out_event, YzShot **out_shot, GError **error)
{
  YzFolderCamera *self = YZ_FOLDER_CAMERA (camera);

  if (g_access (self->folder, R_OK | X_OK) == 0)
    return TRUE;
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST,
               _ ("The folder “%s” cannot be read any more."), self->folder);
  return FALSE;
}

/* The marks of the pictures that were handed over. */
static char *
yz_folder_camera_get_resume (YzCamera *camera)
{
  GString *marks = g_string_new (NULL);

  for (GList *item = YZ_FOLDER_CAMERA (camera)->order->head; item != NULL; item = item->next)
    g_string_append_printf (marks, "%s ", (const char *) item->data);
  return g_string_free (marks, FALSE);
}

static void
yz_folder_camera_set_resume (YzCamera *camera, const char *resume)
{
  g_auto (GStrv) marks = g_strsplit (resume, " ", -1);

  for (guint i = 0; marks[i] != NULL; i++)
    if (*marks[i] != '\0')
      remember (YZ_FOLDER_CAMERA (camera), g_strdup (marks[i]));
}

static void
yz_folder_camera_finalize (GObject *object)
{
  YzFolderCamera *self = YZ_FOLDER_CAMERA (object);

  g_hash_table_unref (self->arrivals);
  g_queue_free (self->order);
  g_hash_table_unref (self->taken);
  g_free (self->previewed);
  g_free (self->folder);
  G_OBJECT_CLASS (yz_folder_camera_parent_class)->finalize (object);
}

static void
yz_folder_camera_class_init (YzFolderCameraClass *class)
{
  YzCameraClass *camera = YZ_CAMERA_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = yz_folder_camera_finalize;
  camera->open = yz_folder_camera_open;
  camera->close = yz_folder_camera_close;
  camera->grab_preview = yz_folder_camera_grab_preview;
  camera->capture = yz_folder_camera_capture;
  camera->release = yz_folder_camera_release;
  camera->wait_event = yz_folder_camera_wait_event;
  camera->get_resume = yz_folder_camera_get_resume;
  camera->set_resume = yz_folder_camera_set_resume;
}

static void
yz_folder_camera_init (YzFolderCamera *self)
{
  self->arrivals = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_arrival);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->order = g_queue_new ();
}

/**
 * yz_folder_camera_new:
 * @folder: where pictures arrive
 *
 * Returns: (transfer full): the camera, not open
 */
YzCamera *
yz_folder_camera_new (const char *folder)
{
  YzFolderCamera *self = g_object_new (YZ_TYPE_FOLDER_CAMERA, NULL);

  self->folder = g_canonicalize_filename (folder, NULL);
  return YZ_CAMERA (self);
}
