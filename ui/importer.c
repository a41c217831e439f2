/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/importer.h"

#include "ui/ask.h"
#include "ui/import-queue.h"
#include "ui/open-case.h"

#include <glib/gi18n-lib.h>

#define MOST_TOLD 3 /* files that are named at the end; the others are counted */

struct _YzImporter {
  GObject parent;
  YzDesk *desk;
  YzDarkroom *darkroom;
  YzShutter *shutter;
  YzImportQueue *queue; /* (nullable) while it is busy */
  GCancellable *cancellable;
  char *number;
  char *material;
  GArray *filed; /* of guint, sheets */
  char *failure; /* (nullable) why a page could not be filed: then the others cannot either */
  gboolean asking;
};

G_DEFINE_FINAL_TYPE (YzImporter, yz_importer, G_TYPE_OBJECT)

enum { CHANGED, SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
say (YzImporter *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
}

static void
describe_same (YzImporter *self, const YzOpenCase *open_case, GString *text)
{
  guint count = 0;
  guint last = 0;

  for (guint i = 0; i < self->filed->len; i++) {
    const guint sheet = g_array_index (self->filed, guint, i);

    if (yz_open_case_find_same (open_case, sheet) == 0)
      continue;
    count++;
    last = sheet;
  }
  if (count == 1) {
    g_string_append_c (text, ' ');
    g_string_append_printf (text, _ ("Page %1$u is the same page as %2$u."), last,
                            yz_open_case_find_same (open_case, last));
  } else if (count > 1) {
    g_string_append_c (text, ' ');
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "%u of them was in the case before.",
                                         "%u of them were in the case before.", count),
                            count);
  }
}

static void
describe_refused (const GPtrArray *refused, GString *text)
{
  for (guint i = 0; i < MIN (refused->len, MOST_TOLD); i++)
    g_string_append_printf (text, "\n%s", (const char *) g_ptr_array_index (refused, i));
  if (refused->len <= MOST_TOLD)
    return;
  g_string_append_c (text, '\n');
  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "%u more could not be read.",
                                       "%u more could not be read.", refused->len - MOST_TOLD),
                          refused->len - MOST_TOLD);
}

static char *
describe_end (YzImporter *self, const YzOpenCase *open_case)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint filed = self->filed->len;

  if (g_cancellable_is_cancelled (self->cancellable))
    g_string_printf (text, _ ("Stopped: %1$u of %2$u pages were imported."), filed,
                     yz_import_queue_get_total (self->queue));
  else if (filed > 0)
    g_string_printf (
        text,
        g_dngettext (GETTEXT_PACKAGE, "%u page was imported.", "%u pages were imported.", filed),
        filed);
  else
    g_string_assign (text, _ ("No page was imported."));
  if (open_case != NULL)
    describe_same (self, open_case, text);
  if (self->failure != NULL)
    g_string_append_printf (text, "\n%s", self->failure);
  describe_refused (yz_import_queue_get_refused (self->queue), text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_case_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzImporter) self = data;
  g_autoptr (YzOpenCase) open_case = yz_desk_call_finish (YZ_DESK (source), result, NULL);
  g_autofree char *sentence = describe_end (self, open_case);

  g_clear_object (&self->queue);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->material, g_free);
  g_clear_pointer (&self->failure, g_free);
  g_array_set_size (self->filed, 0);
  self->asking = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  say (self, sentence);
}

/* Takes a reference to the importer. What is in the case now is read on the desk's thread, so after
 * everything that was filed. */
static void
end (YzImporter *self)
{
  yz_ask_open_case (self->desk, self->number, NULL, on_case_read, self);
}

static void file_next (YzImporter *self);

static void
on_filed (GObject *source, GAsyncResult *result, gpointer data)
{
  YzImporter *self = data;
  g_autoptr (GError) error = NULL;
  const guint sheet = yz_shutter_file_finish (YZ_SHUTTER (source), result, &error);

  if (sheet == 0) {
    self->failure = g_strdup (error->message);
    end (self);
    return;
  }
  g_array_append_val (self->filed, sheet);
  g_signal_emit (self, signals[CHANGED], 0);
  file_next (self);
}

static void
on_next (GObject *source, GAsyncResult *result, gpointer data)
{
  YzImporter *self = data;
  g_autoptr (YzPage) page = NULL;
  g_autoptr (YzFrame) frame =
      yz_import_queue_next_finish (YZ_IMPORT_QUEUE (source), result, &page, NULL);

  if (frame == NULL)
    end (self);
  else
    yz_shutter_file_async (self->shutter, self->number, self->material, frame, page, on_filed,
                           self);
}

static void
file_next (YzImporter *self)
{
  yz_import_queue_next_async (self->queue, self->cancellable, on_next, self);
}

static void
on_surveyed (GObject *source, GAsyncResult *result, gpointer data)
{
  YzImporter *self = data;
  YzImportQueue *queue = YZ_IMPORT_QUEUE (source);

  if (!yz_import_queue_survey_finish (queue, result, NULL)) {
    end (self);
    return;
  }
  self->asking = yz_import_queue_get_total (queue) > YZ_IMPORTER_MANY;
  g_signal_emit (self, signals[CHANGED], 0);
  if (!self->asking)
    file_next (self);
}

void
yz_importer_begin (YzImporter *self, const char *number, const char *material, GPtrArray *files)
{
  if (self->queue != NULL) {
    say (self, _ ("Files are being imported already. Wait until they are done, or stop that."));
    return;
  }
  self->queue = yz_import_queue_new (self->darkroom, files);
  self->cancellable = g_cancellable_new ();
  self->number = g_strdup (number);
  self->material = g_strdup (material);
  g_signal_emit (self, signals[CHANGED], 0);
  yz_import_queue_survey_async (self->queue, self->cancellable, on_surveyed, g_object_ref (self));
}

void
yz_importer_go_on (YzImporter *self)
{
  if (!self->asking)
    return;
  self->asking = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  file_next (self);
}

void
yz_importer_stop (YzImporter *self)
{
  if (self->queue == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_cancellable_cancel (self->cancellable);
  if (self->asking)
    end (self);
}

gboolean
yz_importer_is_busy (YzImporter *self)
{
  return self->queue != NULL;
}

gboolean
yz_importer_is_asking (YzImporter *self)
{
  return self->asking;
}

char *
yz_importer_describe (YzImporter *self)
{
  const guint total = self->queue != NULL ? yz_import_queue_get_total (self->queue) : 0;
  const guint done = self->queue != NULL ? yz_import_queue_get_done (self->queue) : 0;

  if (self->queue == NULL)
    return NULL;
  if (self->asking)
    return g_strdup_printf (_ ("These are %u pages. Import them all?"), total);
  if (total == 0)
    return g_strdup (_ ("Looking at the files …"));
  return g_strdup_printf (_ ("Importing %1$u of %2$u …"), MIN (done + 1, total), total);
}

YzImporter *
yz_importer_new (YzDesk *desk, YzDarkroom *darkroom, YzShutter *shutter)
{
  YzImporter *self = g_object_new (YZ_TYPE_IMPORTER, NULL);

  self->desk = g_object_ref (desk);
  self->darkroom = g_object_ref (darkroom);
  self->shutter = g_object_ref (shutter);
  return self;
}

static void
yz_importer_finalize (GObject *object)
{
  YzImporter *self = YZ_IMPORTER (object);

  g_clear_object (&self->queue);
  g_clear_object (&self->cancellable);
  g_free (self->number);
  g_free (self->material);
  g_free (self->failure);
  g_array_unref (self->filed);
  g_object_unref (self->shutter);
  g_object_unref (self->darkroom);
  g_object_unref (self->desk);
  G_OBJECT_CLASS (yz_importer_parent_class)->finalize (object);
}

static void
yz_importer_class_init (YzImporterClass *klass)
{
  GType type = YZ_TYPE_IMPORTER;

  G_OBJECT_CLASS (klass)->finalize = yz_importer_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAID] = g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
}

static void
yz_importer_init (YzImporter *self)
{
  self->filed = g_array_new (FALSE, TRUE, sizeof (guint));
}
