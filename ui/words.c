/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/words.h"

#include "capture/capture-error.h"
#include "workflow/deadline.h"
#include "workflow/identity.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define MOST_NAME 80 /* characters of a file's name */

static const char *const WEEKDAYS[] = { N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                        N_ ("Fri"), N_ ("Sat"), N_ ("Sun") };
static const char *const MONTHS[] = {
  N_ ("Jan"), N_ ("Feb"), N_ ("Mar"), N_ ("Apr"), NC_ ("short month", "May"),
  N_ ("Jun"), N_ ("Jul"), N_ ("Aug"), N_ ("Sep"), N_ ("Oct"),
  N_ ("Nov"), N_ ("Dec")
};

/* The C library knows the names of days only for locales that are generated on the machine, and a
 * bare Debian has none: our own catalogue carries them. */
static const char *
get_month (int month)
{
  return month == 5 ? g_dpgettext2 (GETTEXT_PACKAGE, "short month", MONTHS[4])
                    : _ (MONTHS[month - 1]);
}

static GDateTime *
get_local (gint64 time)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return utc == NULL ? NULL : g_date_time_to_timezone (utc, china);
}

/**
 * yz_words_date:
 * @time: microseconds since 1970 UTC; shown in China's time
 *
 * Returns: (transfer full): weekday, day, month and year; empty for 0
 */
char *
yz_words_date (gint64 time)
{
  g_autoptr (GDateTime) local = time == 0 ? NULL : get_local (time);

  if (local == NULL)
    return g_strdup ("");
  /* Translators: weekday, day, month, year */
  return g_strdup_printf (_ ("%1$s %2$d %3$s %4$d"),
                          _ (WEEKDAYS[g_date_time_get_day_of_week (local) - 1]),
                          g_date_time_get_day_of_month (local),
                          get_month (g_date_time_get_month (local)), g_date_time_get_year (local));
}

/**
 * yz_words_moment:
 * @time: microseconds since 1970 UTC; shown in China's time
 *
 * Returns: (transfer full): weekday, day, month, hour and minute; empty for 0
 */
char *
yz_words_moment (gint64 time)
{
  g_autoptr (GDateTime) local = time == 0 ? NULL : get_local (time);

  if (local == NULL)
    return g_strdup ("");
  /* Translators: weekday, day, month, hour, minute */
  return g_strdup_printf (
      _ ("%1$s %2$d %3$s %4$02d:%5$02d"), _ (WEEKDAYS[g_date_time_get_day_of_week (local) - 1]),
      g_date_time_get_day_of_month (local), get_month (g_date_time_get_month (local)),
      g_date_time_get_hour (local), g_date_time_get_minute (local));
}

/**
 * yz_words_birth:
 * @day: a valid date
 *
 * Returns: (transfer full): day, month, year
 */
char *
yz_words_birth (const GDate *day)
{
  /* Translators: day, month, year of a birth date */
  return g_strdup_printf (_ ("%1$d %2$s %3$d"), (int) g_date_get_day (day),
                          get_month ((int) g_date_get_month (day)), (int) g_date_get_year (day));
}

/**
 * yz_words_working_days:
 * @days: working days, negative when unknown
 *
 * Returns: (transfer full): "3 working days", a dash when unknown
 */
char *
yz_words_working_days (double days)
{
  if (days < 0)
    return g_strdup ("–");
  if (fabs (days - round (days)) < 0.05)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d working day", "%d working days", (gulong) lround (days)),
        (int) lround (days));
  return g_strdup_printf (_ ("%.1f working days"), days);
}

/**
 * yz_words_get_urgency:
 * @now: microseconds since 1970 UTC
 *
 * Returns: how pressing the case is as seen from @now
 */
YzUrgency
yz_words_get_urgency (const YzDossier *dossier, const YzCalendar *calendar, gint64 now)
{
  if (dossier->kind == YZ_STATE_PAUSED)
    return YZ_URGENCY_PAUSED;
  if (dossier->kind != YZ_STATE_ACTIVE || dossier->due == 0)
    return YZ_URGENCY_NONE;
  if (now > dossier->due)
    return YZ_URGENCY_LATE;
  return yz_deadline_days_left (calendar, now, dossier->due) <= 1 ? YZ_URGENCY_SOON
                                                                  : YZ_URGENCY_CALM;
}

const char *
yz_urgency_get_icon (YzUrgency urgency)
{
  static const char *const ICONS[] = {
    [YZ_URGENCY_NONE] = "view-paged-symbolic",
    [YZ_URGENCY_CALM] = "yz-calm-symbolic",
    [YZ_URGENCY_SOON] = "yz-soon-symbolic",
    [YZ_URGENCY_LATE] = "yz-late-symbolic",
    [YZ_URGENCY_PAUSED] = "media-playback-pause-symbolic",
  };

  return ICONS[urgency];
}

const char *
yz_urgency_get_class (YzUrgency urgency)
{
  static const char *const CLASSES[] = {
    [YZ_URGENCY_NONE] = "none", [YZ_URGENCY_CALM] = "calm",     [YZ_URGENCY_SOON] = "soon",
    [YZ_URGENCY_LATE] = "late", [YZ_URGENCY_PAUSED] = "paused",
  };

  return CLASSES[urgency];
}

static char *
describe_running (const YzDossier *dossier, const YzCalendar *calendar, gint64 now)
{
  g_autofree char *when = yz_words_moment (dossier->due);
  int days = yz_deadline_days_left (calendar, now, dossier->due);

  if (now > dossier->due && days < 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$d working day late (was due %2$s)",
                                         "%1$d working days late (was due %2$s)", (gulong) -days),
                            -days, when);
  if (now > dossier->due)
    return g_strdup_printf (_ ("late since today (was due %s)"), when);
  if (days <= 0)
    return g_strdup_printf (_ ("due today (%s)"), when);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$d working day left (%2$s)",
                                       "%1$d working days left (%2$s)", (gulong) days),
                          days, when);
}

/**
 * yz_words_time_left:
 * @dossier: as read
 * @calendar: the working days
 * @now: microseconds since 1970 UTC
 *
 * Returns: (transfer full): "2 working days left (Fri 14 Nov 17:30)", or why no clock runs
 */
char *
yz_words_time_left (const YzDossier *dossier, const YzCalendar *calendar, gint64 now)
{
  g_autofree char *when = NULL;

  switch (dossier->kind) {
  case YZ_STATE_START:
    when = yz_words_moment (dossier->created_at);
    return g_strdup_printf (_ ("not submitted yet, begun %s"), when);
  case YZ_STATE_PAUSED:
    when = yz_words_moment (dossier->stage_at);
    return g_strdup_printf (_ ("the clock stands since %s"), when);
  case YZ_STATE_DECIDED:
  case YZ_STATE_FINAL:
    if (dossier->decided_at == 0)
      return g_strdup (dossier->state_name);
    when = yz_words_moment (dossier->decided_at);
    return g_strdup_printf (_ ("decided %s"), when);
  case YZ_STATE_ACTIVE:
  default:
    return dossier->due == 0 ? g_strdup (_ ("no deadline"))
                             : describe_running (dossier, calendar, now);
  }
}

/**
 * yz_words_time_short:
 * @dossier: as read
 * @calendar: the working days
 * @now: microseconds since 1970 UTC
 *
 * Returns: (transfer full): "2 working days left", or the state's name when no clock runs
 */
char *
yz_words_time_short (const YzDossier *dossier, const YzCalendar *calendar, gint64 now)
{
  int days = 0;

  if (dossier->kind != YZ_STATE_ACTIVE)
    return g_strdup (dossier->state_name);
  if (dossier->due == 0)
    return g_strdup (_ ("no deadline"));
  days = yz_deadline_days_left (calendar, now, dossier->due);
  if (now > dossier->due && days < 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d working day late",
                                         "%d working days late", (gulong) -days),
                            -days);
  if (now > dossier->due)
    return g_strdup (_ ("late since today"));
  if (days <= 0)
    return g_strdup (_ ("due today"));
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d working day left", "%d working days left", (gulong) days),
      days);
}

static const char *
describe_code (const GError *error)
{
  if (error->domain == YZ_CAPTURE_ERROR) {
    switch ((YzCaptureError) error->code) {
    case YZ_CAPTURE_ERROR_LOST:
      return _ ("Nothing captured so far was lost. Plug the camera in again; it opens by itself.");
    case YZ_CAPTURE_ERROR_BUSY:
    case YZ_CAPTURE_ERROR_TIMEOUT:
    case YZ_CAPTURE_ERROR_PROTOCOL:
      return _ ("No page was added. Press F3 to take it again.");
    case YZ_CAPTURE_ERROR_CLAIMED:
      return _ ("Close the other program, then press F3 again.");
    case YZ_CAPTURE_ERROR_HOSTILE:
      return _ ("The original was not shown. Take the page again with F4.");
    case YZ_CAPTURE_ERROR_NO_PAPER:
    case YZ_CAPTURE_ERROR_JAM:
    case YZ_CAPTURE_ERROR_CANCELLED:
    case YZ_CAPTURE_ERROR_UNSUPPORTED:
    case YZ_CAPTURE_ERROR_NOT_FOUND:
    default:
      return NULL;
    }
  }
  if (error->domain == YZ_WORKFLOW_ERROR && error->code == YZ_WORKFLOW_ERROR_STALE)
    return _ ("The case was read again: look at it and decide anew.");
  if (error->domain == YZ_WORKFLOW_ERROR && error->code == YZ_WORKFLOW_ERROR_FOUR_EYES)
    return _ ("Another colleague must take this step.");
  return NULL;
}

/**
 * yz_words_error:
 * @error: from capture, workflow or GIO
 *
 * Returns: (transfer full): what happened and what to do, as sentences
 */
char *
yz_words_error (const GError *error)
{
  const char *advice = describe_code (error);
  g_autofree char *message = g_strstrip (g_strdup (error->message));
  gsize length = strlen (message);
  gboolean ended = length > 0 && (strchr (".!?", message[length - 1]) != NULL ||
                                  g_str_has_suffix (message, "。"));

  if (advice == NULL)
    return g_steal_pointer (&message);
  if (strstr (message, advice) != NULL)
    return g_steal_pointer (&message);
  return g_strconcat (message, ended ? " " : ". ", advice, NULL);
}

const char *
yz_words_deciding_level (const char *level)
{
  static const struct {
    const char *id, *words;
  } LEVELS[] = {
    { "station", N_ ("the station decides") },
    { "county", N_ ("the county bureau decides") },
    { "prefecture", N_ ("the prefecture decides") },
    { "scope", N_ ("the level follows the scope") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (LEVELS); i++) {
    if (g_strcmp0 (level, LEVELS[i].id) == 0)
      return _ (LEVELS[i].words);
  }
  return level != NULL ? level : "";
}

const char *const *
yz_words_list_relations (void)
{
  static const char *const RELATIONS[] = { "applicant", "mover", "child", "parent",
                                           "spouse",    "other", NULL };

  return RELATIONS;
}

const char *
yz_words_relation (const char *relation)
{
  static const char *const NAMES[] = {
    N_ ("Applicant"), N_ ("Person moving"), N_ ("Child"),
    N_ ("Parent"),    N_ ("Spouse"),        N_ ("Other person")
  };
  const char *const *relations = yz_words_list_relations ();

  for (guint i = 0; relations[i] != NULL; i++) {
    if (g_strcmp0 (relation, relations[i]) == 0)
      return _ (NAMES[i]);
  }
  return relation;
}

/**
 * yz_words_verdicts:
 * @verdicts: comma separated, as a sheet carries them
 * @imported: no camera of this desk saw it, and none can be held otherwise
 *
 * Returns: (transfer full) (nullable): what is wrong and what to do; NULL when nothing is
 */
char *
yz_words_verdicts (const char *verdicts, gboolean imported)
{
  static const struct {
    const char *id, *words, *advice;
  } WORDS[] = {
    { "blank", N_ ("blank page"), NULL },
    { "blurred", N_ ("too blurred"), N_ ("hold still") },
    { "no-page", N_ ("no page found"), N_ ("lay it flat inside the picture") },
    { "dark", N_ ("too dark"), N_ ("more light") },
    { "cut-off", N_ ("cut off"), N_ ("move the page into the picture") },
    { "glare", N_ ("glare"), N_ ("tilt the page or turn the lamp away") },
    { "finger", N_ ("a finger is in the page"), N_ ("take the hand away") },
    { "coarse", N_ ("too few pixels for this original"), N_ ("bring the camera nearer") },
    { "unexpected", N_ ("another size than this original has: is it the right page?"), NULL },
    { "same", N_ ("the same page as an earlier one"), NULL },
    { "wrong-side-up", N_ ("wrong side up"), NULL },
  };
  g_auto (GStrv) parts = g_strsplit (verdicts != NULL ? verdicts : "", ",", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++) {
    for (guint j = 0; j < G_N_ELEMENTS (WORDS); j++) {
      if (g_strcmp0 (parts[i], WORDS[j].id) != 0)
        continue;
      g_string_append (out, out->len > 0 ? _ (", ") : "");
      if (WORDS[j].advice == NULL || imported)
        g_string_append (out, _ (WORDS[j].words));
      else /* Translators: what is wrong with a page, and what to do */
        g_string_append_printf (out, _ ("%1$s: %2$s"), _ (WORDS[j].words), _ (WORDS[j].advice));
    }
  }
  return out->len == 0 ? NULL : g_string_free (g_steal_pointer (&out), FALSE);
}

char *
yz_words_roles (const char *const *roles)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; roles != NULL && roles[i] != NULL; i++)
    g_string_append_printf (out, "%s%s", out->len > 0 ? _ (", ") : "", yz_role_get_name (roles[i]));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
yz_words_pages (guint pages)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u page", "%u pages", pages), pages);
}

/**
 * yz_words_file:
 * @name: as the file system has it, in any encoding
 *
 * Old programs write names in GB 18030, and archives carry them over. Of a name without end the
 * middle is left out: its ending says what it is.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
yz_words_file (const char *name)
{
  g_autofree char *chinese = g_utf8_validate (name, -1, NULL)
                                 ? g_strdup (name)
                                 : g_convert (name, -1, "UTF-8", "GB18030", NULL, NULL, NULL);
  g_autofree char *text =
      chinese != NULL ? g_steal_pointer (&chinese) : g_utf8_make_valid (name, -1);
  const glong length = g_utf8_strlen (text, -1);
  const char *tail = NULL;

  if (length <= MOST_NAME)
    return g_steal_pointer (&text);
  tail = g_utf8_offset_to_pointer (text, length - MOST_NAME / 2);
  *g_utf8_offset_to_pointer (text, MOST_NAME / 2) = '\0';
  return g_strconcat (text, "…", tail, NULL);
}

gboolean
yz_words_is_imported (const YzSheet *sheet)
{
  return g_strcmp0 (sheet->origin, "import") == 0;
}

const char *
yz_words_origin (const char *origin)
{
  return g_strcmp0 (origin, "import") == 0 ? _ ("imported (not seen by a camera)")
                                           : _ ("seen by the camera");
}
