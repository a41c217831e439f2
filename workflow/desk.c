/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/desk.h"

#include "workflow/desk-private.h"
#include "workflow/digest.h"
#include "workflow/flow-reader.h"
#include "workflow/store-sqlite.h"
#include "workflow/workflow-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

G_DEFINE_FINAL_TYPE (YzDesk, yz_desk, G_TYPE_OBJECT)

enum { CHANGED, SIGNED_IN, SIGNED_OUT, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Opening. */

static char *
parse_location (const char *location)
{
  const char *folder = g_str_has_prefix (location, "sqlite:") ? location + 7 : location;

  return g_canonicalize_filename (folder, NULL);
}

static GPtrArray *
load_catalogue (const char *datadir,
                const char *store,
                const char *kind,
                GPtrArray *(*load) (const char *const *folders, GError **error),
                GError **error)
{
  g_autofree char *shipped = g_build_filename (datadir, kind, NULL);
  g_autofree char *system = g_build_filename ("/etc/yizhan", kind, NULL);
  g_autofree char *own = g_build_filename (store, kind, NULL);
  const char *const folders[] = { shipped, system, own, NULL };

  return load (folders, error);
}

static gboolean
load_rules (YzDesk *self, const char *datadir, GError **error)
{
  g_autofree char *calendar = g_build_filename (datadir, "calendar", "cn.csv", NULL);

  self->calendar = yz_calendar_load (calendar, error);
  if (self->calendar == NULL)
    return FALSE;
  self->flows = load_catalogue (datadir, self->folder, "flows", yz_flow_load_folders, error);
  if (self->flows == NULL)
    return FALSE;
  self->matters = load_catalogue (datadir, self->folder, "matters", yz_matter_load_folders, error);
  if (self->matters == NULL)
    return FALSE;
  for (guint i = 0; i < self->flows->len; i++) {
    const YzFlow *flow = g_ptr_array_index (self->flows, i);

    g_hash_table_insert (self->flow_digests, g_strdup (flow->code),
                         yz_digest_bytes (flow->text, strlen (flow->text)));
  }
  for (guint i = 0; i < self->matters->len; i++) {
    const YzMatter *matter = g_ptr_array_index (self->matters, i);

    g_hash_table_insert (self->matter_digests, g_strdup (matter->code),
                         yz_digest_bytes (matter->text, strlen (matter->text)));
  }
  return TRUE;
}

/* A store whose making was cut off has no name of its own: it counts as none, and is made anew. */
static gboolean
is_founded (YzStore *store)
{
  g_autofree char *id = YZ_STORE_CALL (store, get_meta, "store");

  return id != NULL;
}

static YzDesk *
open_desk (const char *location, const char *datadir, YzStoreMode mode, GError **error)
{
  g_autoptr (YzDesk) self = g_object_new (YZ_TYPE_DESK, NULL);
  g_autofree char *file = NULL;
  g_autofree char *vault = NULL;
  g_autofree char *practice = NULL;

  self->folder = parse_location (location);
  file = g_build_filename (self->folder, "yizhan.db", NULL);
  vault = g_build_filename (self->folder, "vault", NULL);
  if (!load_rules (self, datadir, error))
    return NULL;
  self->store = yz_store_sqlite_open (file, mode, error);
  if (self->store == NULL)
    return NULL;
  self->vault = mode == YZ_STORE_READ ? yz_vault_look (vault) : yz_vault_open (vault, error);
  if (self->vault == NULL)
    return NULL;
  if (mode != YZ_STORE_CREATE && !is_founded (self->store)) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                 _ ("There is no store here: the making of %s was cut off. Make it again."),
                 self->folder);
    return NULL;
  }
  practice = YZ_STORE_CALL (self->store, get_meta, "practice");
  self->practice = practice != NULL;
  return g_steal_pointer (&self);
}

YzDesk *
yz_desk_open (const char *location, const char *datadir, GError **error)
{
  return open_desk (location, datadir, YZ_STORE_OPEN, error);
}

YzDesk *
yz_desk_open_to_read (const char *location, const char *datadir, GError **error)
{
  return open_desk (location, datadir, YZ_STORE_READ, error);
}

static void
remove_new_store (const char *folder)
{
  static const char *const NAMES[] = { "yizhan.db", "yizhan.db-wal", "yizhan.db-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (folder, NAMES[i], NULL);

    g_unlink (path);
  }
}

static gboolean
write_content (YzDesk *self,
               const char *datadir,
               gboolean practice,
               const char *login,
               const char *name,
               const char *password,
               GError **error)
{
  g_autoptr (YzUnit) bureau = yz_unit_new ("B01", _ ("County bureau"), YZ_LEVEL_BUREAU, NULL);
  g_autofree char *id = g_uuid_string_random ();

  if (!YZ_STORE_CALL (self->store, set_meta, "store", id, error))
    return FALSE;
  self->practice = practice;
  if (practice)
    return YZ_STORE_CALL (self->store, set_meta, "practice", "1", error) &&
           yz_practice_fill (self, datadir, error);
  return YZ_STORE_CALL (self->store, add_unit, bureau, error) &&
         (login == NULL || yz_desk_create_administrator (self, login, name, password, error));
}

static gboolean
is_cut_off (const char *file)
{
  g_autoptr (YzStore) store = yz_store_sqlite_open (file, YZ_STORE_OPEN, NULL);
  gboolean cut_off = store != NULL && !is_founded (store);

  if (store != NULL)
    YZ_STORE_CALL (store, close);
  return cut_off;
}

gboolean
yz_desk_create_store (const char *location,
                      const char *datadir,
                      gboolean practice,
                      const char *login,
                      const char *name,
                      const char *password,
                      GError **error)
{
  g_autofree char *folder = parse_location (location);
  g_autofree char *file = g_build_filename (folder, "yizhan.db", NULL);
  g_autoptr (YzDesk) self = NULL;
  gboolean good = FALSE;

  if (g_file_test (file, G_FILE_TEST_EXISTS) && is_cut_off (file))
    remove_new_store (folder);
  if (g_file_test (file, G_FILE_TEST_EXISTS)) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_EXISTS,
                 _ ("There is a store already: %s."), folder);
    return FALSE;
  }
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_FAILED,
                 _ ("The folder “%s” cannot be made: %s."), folder, g_strerror (errno));
    return FALSE;
  }
  self = open_desk (location, datadir, YZ_STORE_CREATE, error);
  good = self != NULL && YZ_STORE_CALL (self->store, begin, error);
  if (good)
    good = YZ_STORE_CALL (self->store, end,
                          write_content (self, datadir, practice, login, name, password, error),
                          error);
  if (self != NULL)
    yz_desk_close (self);
  if (!good)
    remove_new_store (folder);
  return good;
}

gboolean
yz_desk_is_practice (YzDesk *self)
{
  return self->practice;
}

gboolean
yz_desk_claim (YzDesk *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "desk.lock", NULL);
  g_autofree char *note =
      g_strdup_printf ("%s %s %d\n", g_get_user_name (), g_get_host_name (), (int) getpid ());
  char other[256] = "";

  g_return_val_if_fail (self->claim < 0, TRUE);
  self->claim = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->claim < 0) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_FAILED,
                 _ ("“%s” cannot be written: %s."), path, g_strerror (errno));
    return FALSE;
  }
  if (flock (self->claim, LOCK_EX | LOCK_NB) == 0) {
    if (ftruncate (self->claim, 0) == 0 && write (self->claim, note, strlen (note)) > 0)
      yz_vault_sweep (self->vault);
    return TRUE;
  }
  if (read (self->claim, other, sizeof other - 1) <= 0)
    other[0] = '\0';
  g_strchomp (other);
  close (self->claim);
  self->claim = -1;
  g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_BUSY,
               _ ("Another desk has this store open (%s). Close it there first."), other);
  return FALSE;
}

/* The async door. */

typedef struct {
  YzDeskCall call;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Call;

static void
free_call (gpointer data)
{
  Call *call = data;

  if (call->free_data != NULL && call->data != NULL)
    call->free_data (call->data);
  g_free (call);
}

static void
run_call (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  result = call->call (g_task_get_source_object (task), call->data, g_task_get_cancellable (task),
                       &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, call->free_result);
}

void
yz_desk_call_async (YzDesk *self,
                    YzDeskCall call,
                    gpointer data,
                    GDestroyNotify free_data,
                    GDestroyNotify free_result,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call *job = g_new0 (Call, 1);
  gboolean open = FALSE;

  job->call = call;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  g_task_set_source_tag (task, yz_desk_call_async);
  g_task_set_task_data (task, job, free_call);
  g_mutex_lock (&self->door);
  open = self->thread != NULL;
  if (open)
    g_thread_pool_push (self->thread, g_object_ref (task), NULL);
  g_mutex_unlock (&self->door);
  if (!open)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The desk is closed");
}

gpointer
yz_desk_call_finish (YzDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The catalogue. */

GPtrArray *
yz_desk_list_matters (YzDesk *self)
{
  return g_ptr_array_ref (self->matters);
}

YzMatter *
yz_desk_get_matter (YzDesk *self, const char *code)
{
  for (guint i = 0; i < self->matters->len; i++) {
    YzMatter *matter = g_ptr_array_index (self->matters, i);

    if (g_ascii_strcasecmp (matter->code, code) == 0)
      return yz_matter_ref (matter);
  }
  return NULL;
}

GPtrArray *
yz_desk_list_flows (YzDesk *self)
{
  return g_ptr_array_ref (self->flows);
}

YzCalendar *
yz_desk_get_calendar (YzDesk *self)
{
  return self->calendar;
}

/* What is said on the main context; the desk may be gone by then. */
typedef struct {
  GWeakRef desk;
  guint signal;
  char *number;
} Notice;

static void
free_notice (gpointer data)
{
  Notice *notice = data;

  g_weak_ref_clear (&notice->desk);
  g_free (notice->number);
  g_free (notice);
}

static gboolean
emit_notice (gpointer data)
{
  Notice *notice = data;
  g_autoptr (YzDesk) self = g_weak_ref_get (&notice->desk);

  if (self != NULL && notice->signal == CHANGED)
    g_signal_emit (self, signals[CHANGED], 0, notice->number);
  else if (self != NULL)
    g_signal_emit (self, signals[notice->signal], 0);
  return G_SOURCE_REMOVE;
}

/* Always over a source: invoking could run the listeners on the desk's own thread. */
static void
notify_main (YzDesk *self, guint signal, const char *number)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Notice *notice = g_new0 (Notice, 1);

  g_weak_ref_init (&notice->desk, self);
  notice->signal = signal;
  notice->number = g_strdup (number);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_notice, notice, free_notice);
  g_source_attach (source, NULL);
}

/* Says "signed-in" or "signed-out" on the main context. */
void
yz_desk_emit_session (YzDesk *self)
{
  notify_main (self, self->staff != NULL ? SIGNED_IN : SIGNED_OUT, NULL);
}

/* The object. */

gboolean
yz_desk_append (YzDesk *self, YzDraft *draft, GError **error)
{
  if (!YZ_STORE_CALL (self->store, append, draft, error))
    return FALSE;
  notify_main (self, CHANGED, draft->number);
  return TRUE;
}

/* The last call may be the last to hold the desk; its thread cannot wait for itself. */
static void
shut (YzDesk *self, gboolean wait)
{
  GThreadPool *thread = NULL;

  g_mutex_lock (&self->door);
  thread = g_steal_pointer (&self->thread);
  g_mutex_unlock (&self->door);
  if (thread != NULL)
    g_thread_pool_free (thread, FALSE, wait);
  g_rec_mutex_lock (&self->lock);
  if (self->store != NULL)
    YZ_STORE_CALL (self->store, close);
  if (self->claim >= 0)
    close (self->claim);
  self->claim = -1;
  g_rec_mutex_unlock (&self->lock);
}

void
yz_desk_close (YzDesk *self)
{
  shut (self, TRUE);
}

static void
finalize (GObject *object)
{
  YzDesk *self = YZ_DESK (object);

  shut (self, FALSE);
  g_clear_object (&self->store);
  g_clear_pointer (&self->vault, yz_vault_free);
  g_clear_pointer (&self->calendar, yz_calendar_unref);
  g_clear_pointer (&self->matters, g_ptr_array_unref);
  g_clear_pointer (&self->flows, g_ptr_array_unref);
  g_hash_table_unref (self->flow_digests);
  g_hash_table_unref (self->matter_digests);
  g_hash_table_unref (self->pinned);
  g_hash_table_unref (self->pinned_matters);
  g_hash_table_unref (self->strangers);
  g_clear_pointer (&self->staff, yz_staff_unref);
  g_free (self->folder);
  g_rec_mutex_clear (&self->lock);
  g_mutex_clear (&self->door);
  G_OBJECT_CLASS (yz_desk_parent_class)->finalize (object);
}

static void
yz_desk_class_init (YzDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
  signals[CHANGED] = g_signal_new ("changed", YZ_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNED_IN] = g_signal_new ("signed-in", YZ_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
  signals[SIGNED_OUT] = g_signal_new ("signed-out", YZ_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 0);
}

static void
yz_desk_init (YzDesk *self)
{
  g_rec_mutex_init (&self->lock);
  g_mutex_init (&self->door);
  self->claim = -1;
  self->flow_digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->matter_digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pinned =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) yz_flow_unref);
  self->strangers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) yz_account_free);
  self->pinned_matters =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) yz_matter_unref);
  self->thread = g_thread_pool_new (run_call, NULL, 1, TRUE, NULL);
}
