/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/desk-private.h"

/*
 * What a step does to the clocks of a case. The event carries the outcome, so that lists and
 * figures follow from it without a calendar.
 */

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

/* The pauses as they stand once the case has moved. */
static GArray *
move_pauses (const YzDossier *dossier, const YzFlowState *to, gint64 now)
{
  GArray *pauses = g_array_copy (dossier->pauses);

  if (pauses->len > 0) {
    YzPause *last = &g_array_index (pauses, YzPause, pauses->len - 1);

    if (last->to == 0)
      last->to = now;
  }
  if (to->kind == YZ_STATE_PAUSED) {
    YzPause pause = { now, 0 };

    g_array_append_val (pauses, pause);
  }
  return pauses;
}

static guint
count_extension (const YzFlow *flow, const YzDossier *dossier)
{
  guint days = 0;

  for (guint i = 0; i < dossier->events->len; i++) {
    const YzEvent *event = g_ptr_array_index (dossier->events, i);
    const YzFlowStep *step = yz_flow_find_step (flow, event->from, event->action, event->role);

    if (step != NULL && (step->effect & YZ_EFFECT_EXTEND))
      days += step->days;
  }
  return days;
}

#define EPOCH_DAY 719163 /* 1970-01-01 as GDate numbers days */
#define CHINA_OFFSET (8 * G_TIME_SPAN_HOUR)

static guint32
day_of (gint64 time)
{
  return (guint32) ((time + CHINA_OFFSET) / G_TIME_SPAN_DAY + EPOCH_DAY);
}

static gboolean
is_day_paused (guint32 day, const GArray *pauses)
{
  for (guint i = 0; i < pauses->len; i++) {
    const YzPause *pause = &g_array_index (pauses, YzPause, i);

    if (day_of (pause->from) < day && day <= day_of (pause->to))
      return TRUE;
  }
  return FALSE;
}

/* A limit in calendar days: every day counts that no pause takes out, but the last one must be a
 * working day (Civil Code, art. 203). */
static YzDeadline
count_calendar_days (const YzCalendar *calendar, gint64 start, guint limit, const GArray *pauses)
{
  YzDeadline deadline = { 0, FALSE };
  guint32 day = day_of (start);
  GDate date;

  for (guint i = 0; i < pauses->len; i++)
    if (g_array_index (pauses, YzPause, i).to == 0)
      return deadline;
  while (limit > 0)
    limit -= is_day_paused (++day, pauses) ? 0 : 1;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  while (!yz_calendar_is_working_day (calendar, &date) || is_day_paused (day, pauses))
    g_date_set_julian (&date, ++day);
  deadline.provisional = !yz_calendar_has_year (calendar, g_date_get_year (&date));
  deadline.at = ((gint64) day - EPOCH_DAY) * G_TIME_SPAN_DAY - CHINA_OFFSET +
                YZ_CLOSING_DEFAULT * G_TIME_SPAN_MINUTE;
  return deadline;
}

/* What the matter promises, or else the flow; on the spot is on the spot. */
static YzDeadline
get_due (YzDesk *self,
         const YzFlow *flow,
         const YzDossier *dossier,
         gint64 accepted,
         guint extra,
         const GArray *pauses)
{
  const YzMatter *matter = yz_desk_find_matter (self, dossier);
  guint own = matter != NULL && !flow->on_the_spot ? matter->limit : 0;
  guint total = flow->on_the_spot ? 0 : flow->total;

  if (own > 0 && matter->calendar_days)
    return count_calendar_days (self->calendar, accepted, own + extra, pauses);
  return yz_deadline_compute (self->calendar, accepted, (own > 0 ? own : total) + extra,
                              (const YzPause *) pauses->data, pauses->len, YZ_CLOSING_DEFAULT);
}

static gboolean
is_decision (const YzFlowStep *step, const YzDossier *dossier, gint64 accepted)
{
  return (step->effect & (YZ_EFFECT_APPROVE | YZ_EFFECT_REJECT)) != 0 && accepted != 0 &&
         dossier->decided_at == 0;
}

static void
add_due (YzDesk *self,
         JsonBuilder *builder,
         const YzFlow *flow,
         const YzDossier *dossier,
         const YzFlowStep *step,
         const GArray *pauses,
         gint64 accepted,
         gint64 now)
{
  const YzFlowState *to = yz_flow_get_state (flow, step->to);
  const YzPause *list = (const YzPause *) pauses->data;
  guint extra =
      count_extension (flow, dossier) + ((step->effect & YZ_EFFECT_EXTEND) ? step->days : 0);
  YzDeadline due = get_due (self, flow, dossier, accepted, extra, pauses);
  YzDeadline target =
      yz_deadline_compute (self->calendar, accepted, flow->on_the_spot ? 0 : flow->target, list,
                           pauses->len, YZ_CLOSING_DEFAULT);
  YzDeadline stage = { 0 };

  if (to->kind == YZ_STATE_ACTIVE && to->limit > 0)
    stage = yz_deadline_compute (self->calendar, now, to->limit, NULL, 0, YZ_CLOSING_DEFAULT);
  add_number (builder, "due", due.at);
  add_number (builder, "target", due.at != 0 ? MIN (target.at, due.at) : target.at);
  add_number (builder, "stage_due", stage.at);
  add_number (builder, "provisional", due.provisional);
}

char *
yz_desk_make_step_payload (
    YzDesk *self, const YzFlow *flow, const YzDossier *dossier, const YzFlowStep *step, gint64 now)
{
  const YzFlowState *to = yz_flow_get_state (flow, step->to);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GArray) pauses = move_pauses (dossier, to, now);
  gint64 accepted = dossier->accepted_at;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "clock");
  json_builder_begin_object (builder);
  if ((step->effect & YZ_EFFECT_ACCEPT) && accepted == 0) {
    accepted = now;
    add_number (builder, "accepted", accepted);
  }
  if (step->effect & YZ_EFFECT_RETURN)
    add_number (builder, "returned", 1);
  if (accepted != 0 && dossier->decided_at == 0 && !is_decision (step, dossier, accepted))
    add_due (self, builder, flow, dossier, step, pauses, accepted, now);
  if (is_decision (step, dossier, accepted)) {
    add_number (builder, "turnaround",
                (gint64) yz_deadline_elapsed (self->calendar, accepted, now,
                                              (const YzPause *) pauses->data, pauses->len));
    add_number (builder, "in_time", dossier->due == 0 || now <= dossier->due);
    add_number (builder, "stage_due", 0);
  }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return yz_desk_payload_text (builder);
}
