/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/ctl-export.h"
#include "app/ctl.h"

#include "capture/camera-host.h"
#include "capture/document.h"
#include "capture/media-type.h"
#include "ui/intake.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define ATTACH_USAGE                                                                               \
  "dossier attach NUMBER MATERIAL (--camera ADDRESS | --file FILE … [--pages N-M])"

static void
free_person (gpointer data)
{
  YzPerson *person = data;

  g_free ((char *) person->name);
  g_free ((char *) person->id_number);
  g_free (person);
}

/* "NAME:IDNUMBER", the first one applies; a newborn has no number yet: "NAME:". */
static GPtrArray *
parse_persons (char **texts, GError **error)
{
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (free_person);

  for (int i = 0; texts != NULL && texts[i] != NULL; i++) {
    const char *colon = strrchr (texts[i], ':');
    YzPerson *person = NULL;

    if (colon == NULL || colon == texts[i]) {
      g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                   _ ("“%s” is not a person: write NAME:IDNUMBER."), texts[i]);
      return NULL;
    }
    person = g_new0 (YzPerson, 1);
    person->name = g_strndup (texts[i], (gsize) (colon - texts[i]));
    person->id_number = g_strdup (colon + 1);
    person->relation = i == 0 ? "applicant" : "mover";
    g_ptr_array_add (persons, person);
  }
  if (persons->len > 0)
    return g_steal_pointer (&persons);
  g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
               _ ("A case needs at least one person: --person NAME:IDNUMBER."));
  return NULL;
}

static GHashTable *
parse_facts (char **texts, GError **error)
{
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (int i = 0; texts != NULL && texts[i] != NULL; i++) {
    const char *equals = strchr (texts[i], '=');

    if (equals == NULL || equals == texts[i]) {
      g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                   _ ("“%s” is not a fact: write ID=TEXT."), texts[i]);
      return NULL;
    }
    g_hash_table_insert (facts, g_strndup (texts[i], (gsize) (equals - texts[i])),
                         g_strdup (equals + 1));
  }
  return g_steal_pointer (&facts);
}

static gboolean
run_new (YzCtl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) person_texts = NULL;
  g_auto (GStrv) fact_texts = NULL;
  const GOptionEntry entries[] = {
    { "person", 0, 0, G_OPTION_ARG_STRING_ARRAY, &person_texts, NULL, NULL },
    { "fact", 0, 0, G_OPTION_ARG_STRING_ARRAY, &fact_texts, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) persons = NULL;
  g_autoptr (GHashTable) facts = NULL;
  g_autoptr (YzDossier) dossier = NULL;

  if (!yz_ctl_parse ("dossier new MATTER --person NAME:IDNUMBER … [--fact ID=TEXT …]", entries,
                     &argc, &argv, 1, 1, error))
    return FALSE;
  persons = parse_persons (person_texts, error);
  facts = persons != NULL ? parse_facts (fact_texts, error) : NULL;
  if (facts == NULL || yz_ctl_sign_in (self, error) == NULL)
    return FALSE;
  dossier = yz_desk_new_dossier (self->desk, argv[1], persons, error);
  if (dossier == NULL)
    return FALSE;
  if (g_hash_table_size (facts) > 0) {
    g_autoptr (YzDossier) recorded =
        yz_desk_record (self->desk, dossier->number, dossier->version, persons, facts, error);

    if (recorded == NULL)
      return FALSE;
  }
  if (self->json)
    yz_ctl_print_pair ("number", dossier->number, NULL);
  else
    g_print ("%s\n", dossier->number);
  return TRUE;
}

static gboolean
run_record (YzCtl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) person_texts = NULL;
  g_auto (GStrv) fact_texts = NULL;
  const GOptionEntry entries[] = {
    { "person", 0, 0, G_OPTION_ARG_STRING_ARRAY, &person_texts, NULL, NULL },
    { "fact", 0, 0, G_OPTION_ARG_STRING_ARRAY, &fact_texts, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) persons = NULL;
  g_autoptr (GHashTable) facts = NULL;
  g_autoptr (YzDossier) dossier = NULL;
  g_autoptr (YzDossier) recorded = NULL;

  if (!yz_ctl_parse ("dossier record NUMBER [--person NAME:IDNUMBER …] [--fact ID=TEXT …]", entries,
                     &argc, &argv, 1, 1, error))
    return FALSE;
  facts = parse_facts (fact_texts, error);
  if (facts == NULL || yz_ctl_sign_in (self, error) == NULL)
    return FALSE;
  dossier = yz_desk_load (self->desk, argv[1], error);
  if (dossier == NULL)
    return FALSE;
  persons = person_texts != NULL ? parse_persons (person_texts, error)
                                 : g_ptr_array_ref (dossier->persons);
  if (persons == NULL)
    return FALSE;
  recorded = yz_desk_record (self->desk, argv[1], dossier->version, persons, facts, error);
  if (recorded != NULL && self->json)
    yz_ctl_print_dossier (recorded, NULL);
  return recorded != NULL;
}

/* The last word is said here: the sheet is on disk. */
static void
print_sheet (YzCtl *self, guint id, const char *material, YzFrame *frame)
{
  if (self->json)
    g_print ("{\"sheet\":%u,\"bytes\":%" G_GSIZE_FORMAT "}\n", id, g_bytes_get_size (frame->bytes));
  else
    g_print ("%u\t%s\t%" G_GSIZE_FORMAT "\n", id, material, g_bytes_get_size (frame->bytes));
  fflush (stdout);
}

static gboolean
file_frame (YzCtl *self,
            const char *number,
            const char *material,
            YzFrame *frame,
            YzPage *page,
            const char *origin,
            GError **error)
{
  guint id = yz_intake_attach (self->desk, number, material, frame, origin, error);
  g_autoptr (YzPage) own = NULL;
  g_autoptr (GError) unread = NULL;

  if (id == 0)
    return FALSE;
  print_sheet (self, id, material, frame);
  if (page == NULL) {
    own = yz_darkroom_develop (yz_ctl_get_darkroom (self), frame->bytes, YZ_DEVELOP_FIND, NULL, 0,
                               0, &unread);
    page = own;
  }
  if (page == NULL) {
    g_set_error (error, unread->domain, unread->code,
                 _ ("The original is kept as sheet %u, but it cannot be shown: %s"), id,
                 unread->message);
    return FALSE;
  }
  return yz_intake_outline (self->desk, number, id, page, error);
}

/* What the caller named may be an id, a name in either language, or the place in the checklist. */
static const char *
resolve_material (
    YzCtl *self, const char *number, const char *named, YzMatter **out_matter, GError **error)
{
  g_autoptr (YzDossier) dossier = yz_desk_load (self->desk, number, error);
  g_autoptr (YzMatter) matter = NULL;
  g_autoptr (GString) known = g_string_new (NULL);
  const YzMaterial *material = NULL;

  if (dossier == NULL)
    return NULL;
  matter = yz_desk_get_matter (self->desk, dossier->matter);
  material = matter != NULL ? yz_matter_find_material (matter, named) : NULL;
  if (material != NULL) {
    *out_matter = g_steal_pointer (&matter);
    return material->id;
  }
  for (guint i = 0; matter != NULL && i < matter->materials->len; i++) {
    const YzMaterial *offered = g_ptr_array_index (matter->materials, i);

    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", offered->id);
  }
  g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
               _ ("%s has no material “%s”; it has: %s."), dossier->matter, named, known->str);
  return NULL;
}

/* What "--pages" says: "3", "1-3" or "4-". */
typedef struct {
  guint first, last; /* from 1, @last at most G_MAXUINT */
} Leaves;

static gboolean
read_leaves (const char *text, Leaves *out_leaves, GError **error)
{
  g_auto (GStrv) ends = g_strsplit (text != NULL ? text : "1-", "-", 2);
  guint64 first = 0;
  guint64 last = G_MAXUINT;
  gboolean good =
      ends[0] != NULL && g_ascii_string_to_unsigned (ends[0], 10, 1, G_MAXINT, &first, NULL);

  if (good && ends[1] == NULL)
    last = first;
  else if (good && *ends[1] != '\0')
    good = g_ascii_string_to_unsigned (ends[1], 10, first, G_MAXINT, &last, NULL);
  if (!good) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("“%s” are no pages: write 3, 1-3 or 4-."), text);
    return FALSE;
  }
  *out_leaves = (Leaves){ (guint) first, (guint) last };
  return TRUE;
}

/* A file may be anything: it is looked at first, and refused before it touches the case. */
static gboolean
attach_leaf (YzCtl *self,
             const char *number,
             const char *material,
             const char *path,
             GBytes *bytes,
             guint leaf,
             GError **error)
{
  const YzDevelopment development = { .what = YZ_DEVELOP_FIND, .leaf = leaf };
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (YzFrame) frame = yz_intake_make_frame (bytes, name, leaf, error);
  g_autoptr (YzPage) page = NULL;

  if (frame == NULL)
    return FALSE;
  page = yz_darkroom_develop_leaf (yz_ctl_get_darkroom (self), bytes, &development, error);
  if (page == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  return file_frame (self, number, material, frame, page, "import", error);
}

/* A picture is its own only leaf. */
static gboolean
attach_file (YzCtl *self,
             const char *number,
             const char *material,
             const char *path,
             const Leaves *leaves,
             GError **error)
{
  g_autoptr (GBytes) bytes = yz_ctl_read_file (path, error);
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  guint last = 0;

  if (bytes == NULL)
    return FALSE;
  if (!yz_media_type_is_document (yz_media_type_guess (data, length)))
    return attach_leaf (self, number, material, path, bytes, 0, error);
  last = yz_document_count (yz_ctl_get_darkroom (self), bytes, error);
  if (last == 0) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  if (leaves->first > last) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_REFUSED,
                 g_dngettext (GETTEXT_PACKAGE, "“%s” has %u page; nothing was filed.",
                              "“%s” has %u pages; nothing was filed.", last),
                 path, last);
    return FALSE;
  }
  last = MIN (last, leaves->last);
  for (guint leaf = leaves->first; leaf <= last; leaf++)
    if (!attach_leaf (self, number, material, path, bytes, leaf, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_attach (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree char *address = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *pages = NULL;
  const GOptionEntry entries[] = {
    { "pages", 0, 0, G_OPTION_ARG_STRING, &pages, NULL, NULL },
    { "camera", 0, 0, G_OPTION_ARG_STRING, &address, NULL, NULL },
    { "file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL },
  };
  const char *usage = ATTACH_USAGE;
  g_autoptr (YzMatter) matter = NULL;
  Leaves leaves = { 0 };
  const char *material = NULL;
  g_autoptr (YzFrame) frame = NULL;

  if (!yz_ctl_parse (usage, entries, &argc, &argv, 2, 2, error))
    return FALSE;
  if ((address == NULL) == (paths == NULL) || (address != NULL && pages != NULL)) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("Use it so: yizhanctl %s"), usage);
    return FALSE;
  }
  if (!read_leaves (pages, &leaves, error) || yz_ctl_sign_in (self, error) == NULL)
    return FALSE;
  material = resolve_material (self, argv[1], argv[2], &matter, error);
  if (material == NULL)
    return FALSE;
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    if (!attach_file (self, argv[1], material, paths[i], &leaves, error))
      return FALSE;
  if (paths != NULL)
    return TRUE;
  frame = yz_camera_host_shoot_once (address, error);
  return frame != NULL && file_frame (self, argv[1], material, frame, NULL, "camera", error);
}

/* A step that demands a legal basis stands on the matter's own unless --basis names another. */
static char *
find_basis (YzDesk *desk, const char *number, const char *action)
{
  g_autoptr (YzDossier) dossier = yz_desk_load (desk, number, NULL);
  g_autoptr (GPtrArray) steps = dossier != NULL ? yz_desk_list_steps (desk, dossier) : NULL;
  g_autoptr (YzMatter) matter = dossier != NULL ? yz_desk_get_matter (desk, dossier->matter) : NULL;

  for (guint i = 0; matter != NULL && steps != NULL && i < steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (steps, i);

    if (step->basis && g_str_equal (step->action, action))
      return g_strdup (matter->basis);
  }
  return NULL;
}

static gboolean
run_do (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree char *reason = NULL;
  g_autofree char *basis = NULL;
  gint64 seen = 0;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { "basis", 0, 0, G_OPTION_ARG_STRING, &basis, NULL, NULL },
    { "seen", 0, 0, G_OPTION_ARG_INT64, &seen, NULL, NULL },
    { NULL },
  };
  g_autoptr (YzDossier) dossier = NULL;

  if (!yz_ctl_parse ("dossier do NUMBER ACTION [--reason TEXT] [--basis TEXT] [--seen VERSION]",
                     entries, &argc, &argv, 2, 2, error) ||
      yz_ctl_sign_in (self, error) == NULL)
    return FALSE;
  if (basis == NULL)
    basis = find_basis (self->desk, argv[1], argv[2]);
  dossier = yz_desk_act (self->desk, argv[1], (guint) seen, argv[2], reason, basis, error);
  if (dossier == NULL)
    return FALSE;
  if (self->json)
    yz_ctl_print_dossier (dossier, NULL);
  else
    g_print ("%s\t%s\t%s\n", dossier->number, dossier->state, dossier->state_name);
  return TRUE;
}

static gboolean
run_show (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autoptr (YzDossier) dossier = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  if (!yz_ctl_parse ("dossier show NUMBER", NULL, &argc, &argv, 1, 1, error) ||
      yz_ctl_sign_in (self, error) == NULL)
    return FALSE;
  dossier = yz_desk_load (self->desk, argv[1], error);
  if (dossier == NULL)
    return FALSE;
  steps = yz_desk_list_steps (self->desk, dossier);
  if (self->json)
    yz_ctl_print_dossier (dossier, steps);
  else
    yz_ctl_print_dossier_lines (dossier, steps);
  return TRUE;
}

static gboolean
run_list (YzCtl *self, int argc, char **argv, GError **error)
{
  YzDossierFilter filter = YZ_DOSSIER_FILTER_INIT;
  g_autofree char *search = NULL;
  const GOptionEntry entries[] = {
    { "inbox", 0, 0, G_OPTION_ARG_NONE, &filter.inbox, NULL, NULL },
    { "overdue", 0, 0, G_OPTION_ARG_NONE, &filter.overdue, NULL, NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &search, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) dossiers = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!yz_ctl_parse ("dossier list [--inbox] [--overdue] [--search TEXT]", entries, &argc, &argv, 0,
                     0, error) ||
      yz_ctl_sign_in (self, error) == NULL)
    return FALSE;
  filter.search = search;
  dossiers = yz_desk_list (self->desk, &filter, error);
  if (dossiers == NULL)
    return FALSE;
  json_builder_begin_array (builder);
  for (guint i = 0; i < dossiers->len; i++) {
    const YzDossier *dossier = g_ptr_array_index (dossiers, i);
    g_autofree char *due = dossier->due != 0 ? yz_time_format_iso (dossier->due) : g_strdup ("-");

    if (self->json)
      yz_ctl_add_dossier (builder, dossier, NULL);
    else
      g_print ("%s\t%s\t%s\t%s\t%s%s\n", dossier->number, dossier->matter, dossier->applicant,
               dossier->state, due, dossier->overdue ? _ ("\toverdue") : "");
  }
  json_builder_end_array (builder);
  if (self->json)
    yz_ctl_print_json (builder);
  return TRUE;
}

const YzCtlCommand yz_ctl_dossier_commands[] = {
  { "dossier new", "dossier new MATTER --person NAME:IDNUMBER … [--fact ID=TEXT …]",
    N_ ("Opens a case and prints its number"), run_new },
  { "dossier record", "dossier record NUMBER [--person NAME:IDNUMBER …] [--fact ID=TEXT …]",
    N_ ("Changes persons or facts of a case that is still at the window"), run_record },
  { "dossier attach", ATTACH_USAGE, N_ ("Takes originals in; says a sheet only once it is on disk"),
    run_attach },
  { "dossier do", "dossier do NUMBER ACTION [--reason TEXT] [--basis TEXT] [--seen VERSION]",
    N_ ("Takes a step of the flow"), run_do },
  { "dossier show", "dossier show NUMBER",
    N_ ("Prints a case with its sheets, its events and the next steps"), run_show },
  { "dossier list", "dossier list [--inbox] [--overdue] [--search TEXT]",
    N_ ("Lists cases, the most urgent first"), run_list },
  { "dossier export", "dossier export NUMBER --output DIR",
    N_ ("Writes the originals byte for byte, the pages and the events into a new folder"),
    yz_ctl_run_export },
  { NULL },
};
