/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/ask.h"

#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>

/* What one ask carries to the desk's thread. */
typedef struct {
  char *number;
  char *text; /* matter, digest, action, material, login, search, verdicts */
  char *note; /* reason, password */
  char *basis;
  char *unit;
  guint seen;
  guint sheet;
  guint position;
  GPtrArray *persons;
  GHashTable *facts;
  YzDossierFilter filter;
  YzSheet outline;
} Ask;

static void
free_ask (gpointer data)
{
  Ask *self = data;

  g_free (self->number);
  g_free (self->text);
  g_free (self->note);
  g_free (self->basis);
  g_free (self->unit);
  g_clear_pointer (&self->persons, g_ptr_array_unref);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_free (self);
}

static Ask *
new_ask (const char *number, const char *text)
{
  Ask *self = g_new0 (Ask, 1);

  self->number = g_strdup (number);
  self->text = g_strdup (text);
  return self;
}

static gpointer
run_open_case (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  return yz_open_case_read (desk, ((Ask *) data)->number, error);
}

void
yz_ask_open_case (YzDesk *desk,
                  const char *number,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  yz_desk_call_async (desk, run_open_case, new_ask (number, NULL), free_ask,
                      (GDestroyNotify) yz_open_case_unref, cancellable, callback, user_data);
}

static gpointer
run_list (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *ask = data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return yz_desk_list (desk, &ask->filter, error);
}

void
yz_ask_list (YzDesk *desk,
             const YzDossierFilter *filter,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  Ask *ask = new_ask (filter->matter, filter->search);

  ask->filter = *filter;
  ask->unit = g_strdup (filter->unit);
  ask->filter.matter = ask->number;
  ask->filter.search = ask->text;
  ask->filter.unit = ask->unit;
  yz_desk_call_async (desk, run_list, ask, free_ask, (GDestroyNotify) g_ptr_array_unref,
                      cancellable, callback, user_data);
}

static gpointer
run_new (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();

  return yz_desk_new_dossier (desk, ((Ask *) data)->text, nobody, error);
}

void
yz_ask_new (YzDesk *desk,
            const char *matter,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  yz_desk_call_async (desk, run_new, new_ask (NULL, matter), free_ask,
                      (GDestroyNotify) yz_dossier_unref, cancellable, callback, user_data);
}

static guint
get_last_record (const YzDossier *dossier)
{
  guint last = 0;

  for (guint i = 0; dossier->events != NULL && i < dossier->events->len; i++) {
    const YzEvent *event = g_ptr_array_index (dossier->events, i);

    if (g_strcmp0 (event->action, "record") == 0 || g_strcmp0 (event->from, event->to) != 0)
      last = event->seq;
  }
  return last;
}

static gpointer
run_record (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *ask = data;
  g_autoptr (YzDossier) now = yz_desk_load (desk, ask->number, error);

  if (now == NULL)
    return NULL;
  if (get_last_record (now) > ask->seen) {
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_STALE,
                         _ ("Somebody else changed this form meanwhile."));
    return NULL;
  }
  return yz_desk_record (desk, ask->number, now->version, ask->persons, ask->facts, error);
}

void
yz_ask_record (YzDesk *desk,
               const char *number,
               guint seen,
               GPtrArray *persons,
               GHashTable *facts,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  Ask *ask = new_ask (number, NULL);

  ask->seen = seen;
  ask->persons = g_ptr_array_ref (persons);
  ask->facts = g_hash_table_ref (facts);
  yz_desk_call_async (desk, run_record, ask, free_ask, (GDestroyNotify) yz_dossier_unref, NULL,
                      callback, user_data);
}

static gpointer
run_act (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *ask = data;

  return yz_desk_act (desk, ask->number, ask->seen, ask->text, ask->note, ask->basis, error);
}

void
yz_ask_act (YzDesk *desk,
            const char *number,
            guint seen,
            const char *action,
            const char *note,
            const char *basis,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  Ask *ask = new_ask (number, action);

  ask->seen = seen;
  ask->note = g_strdup (note);
  ask->basis = g_strdup (basis);
  yz_desk_call_async (desk, run_act, ask, free_ask, (GDestroyNotify) yz_dossier_unref, NULL,
                      callback, user_data);
}

static gpointer
run_detach (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *ask = data;

  return GINT_TO_POINTER (yz_desk_detach (desk, ask->number, ask->sheet, ask->note, error));
}

void
yz_ask_detach (YzDesk *desk,
               const char *number,
               guint sheet,
               const char *reason,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  Ask *ask = new_ask (number, NULL);

  ask->sheet = sheet;
  ask->note = g_strdup (reason);
  yz_desk_call_async (desk, run_detach, ask, free_ask, NULL, NULL, callback, user_data);
}

static gpointer
run_arrange (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *ask = data;

  return GINT_TO_POINTER (
      yz_desk_arrange (desk, ask->number, ask->sheet, ask->text, ask->position, error));
}

void
yz_ask_arrange (YzDesk *desk,
                const char *number,
                guint sheet,
                const char *material,
                guint position,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  Ask *ask = new_ask (number, material);

  ask->sheet = sheet;
  ask->position = position;
  yz_desk_call_async (desk, run_arrange, ask, free_ask, NULL, NULL, callback, user_data);
}

static gpointer
run_outline (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  const Ask *ask = data;

  return GINT_TO_POINTER (yz_desk_outline (desk, ask->number, &ask->outline, error));
}

void
yz_ask_outline (YzDesk *desk,
                const char *number,
                const YzSheet *sheet,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  Ask *ask = new_ask (number, sheet->verdicts);

  ask->outline = *sheet;
  ask->outline.verdicts = ask->text;
  yz_desk_call_async (desk, run_outline, ask, free_ask, NULL, NULL, callback, user_data);
}

static gpointer
run_rotate (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *ask = data;
  g_autoptr (YzDossier) dossier = yz_desk_load (desk, ask->number, error);

  for (guint i = 0; dossier != NULL && i < dossier->sheets->len; i++) {
    const YzSheet *sheet = g_ptr_array_index (dossier->sheets, i);
    YzSheet turned = *sheet;

    if (sheet->id != ask->sheet)
      continue;
    turned.rotation = (sheet->rotation + ask->position) % 4;
    return GINT_TO_POINTER (yz_desk_outline (desk, ask->number, &turned, error));
  }
  if (dossier != NULL)
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                         _ ("This page is no longer in the case."));
  return NULL;
}

void
yz_ask_rotate (YzDesk *desk,
               const char *number,
               guint sheet,
               guint quarters,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  Ask *ask = new_ask (number, NULL);

  ask->sheet = sheet;
  ask->position = quarters;
  yz_desk_call_async (desk, run_rotate, ask, free_ask, NULL, NULL, callback, user_data);
}

static gpointer
run_read (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return yz_desk_read_original (desk, ((Ask *) data)->text, error);
}

void
yz_ask_read (YzDesk *desk,
             const char *digest,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  yz_desk_call_async (desk, run_read, new_ask (NULL, digest), free_ask,
                      (GDestroyNotify) g_bytes_unref, cancellable, callback, user_data);
}

static gpointer
run_sign_in (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *ask = data;

  return yz_desk_sign_in (desk, ask->text, ask->note, error);
}

void
yz_ask_sign_in (YzDesk *desk,
                const char *login,
                const char *password,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  Ask *ask = new_ask (NULL, login);

  ask->note = g_strdup (password);
  yz_desk_call_async (desk, run_sign_in, ask, free_ask, (GDestroyNotify) yz_staff_unref,
                      cancellable, callback, user_data);
}

static gpointer
run_figures (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  return yz_desk_load_figures (desk, error);
}

void
yz_ask_figures (YzDesk *desk,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  yz_desk_call_async (desk, run_figures, NULL, NULL, g_free, cancellable, callback, user_data);
}

static gpointer
run_staff (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  return yz_desk_list_staff (desk, error);
}

void
yz_ask_staff (YzDesk *desk,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  yz_desk_call_async (desk, run_staff, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable,
                      callback, user_data);
}

static gpointer
run_units (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  return yz_desk_list_units (desk, error);
}

void
yz_ask_units (YzDesk *desk,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  yz_desk_call_async (desk, run_units, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable,
                      callback, user_data);
}

static gpointer
run_verify (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  return yz_desk_verify (desk, error);
}

void
yz_ask_verify (YzDesk *desk,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  yz_desk_call_async (desk, run_verify, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable,
                      callback, user_data);
}
