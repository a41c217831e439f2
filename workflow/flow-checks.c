/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/flow-checks.h"

#include "workflow/flow-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * States are numbered in file order; a set of states is a mask. The graph has at most 64 of them,
 * so "who can reach whom" is one word per state.
 */
typedef struct {
  const YzFlowPlan *plan;
  const YzFlow *flow;
  guint8 *from; /* state number per step */
  guint8 *to;
  guint64 reach[YZ_FLOW_MAX_STATES]; /* states that can follow, at least one step away */
} Graph;

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))
#define ADVERSE (YZ_EFFECT_REJECT | YZ_EFFECT_RETURN)
#define DECISION (YZ_EFFECT_APPROVE | YZ_EFFECT_REJECT)
#define ENDING (YZ_EFFECT_APPROVE | YZ_EFFECT_REJECT | YZ_EFFECT_WITHDRAW)

static void G_GNUC_PRINTF (3, 4) complain (const Graph *graph, guint line, const char *format, ...)
{
  GPtrArray *findings = graph->plan->findings;
  g_autofree char *sentence = NULL;
  YzFlowFinding *finding = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  for (guint i = 0; i < findings->len; i++) {
    const YzFlowFinding *known = g_ptr_array_index (findings, i);

    if (known->line == line && g_str_equal (known->sentence, sentence))
      return;
  }
  finding = g_new0 (YzFlowFinding, 1);
  finding->line = line;
  finding->sentence = g_steal_pointer (&sentence);
  g_ptr_array_add (findings, finding);
}

static const YzFlowState *
state_at (const Graph *graph, guint number)
{
  return g_ptr_array_index (graph->flow->states, number);
}

static const YzFlowStep *
step_at (const Graph *graph, guint number)
{
  return g_ptr_array_index (graph->flow->steps, number);
}

static guint8
number_of (const Graph *graph, const char *id)
{
  guint8 number = 0;

  while (!g_str_equal (state_at (graph, number)->id, id))
    number++;
  return number;
}

static void
graph_build (Graph *graph)
{
  guint n_states = graph->flow->states->len;

  for (guint i = 0; i < graph->flow->steps->len; i++) {
    graph->from[i] = number_of (graph, step_at (graph, i)->from);
    graph->to[i] = number_of (graph, step_at (graph, i)->to);
    graph->reach[graph->from[i]] |= BIT (graph->to[i]);
  }
  for (guint via = 0; via < n_states; via++)
    for (guint a = 0; a < n_states; a++)
      if (graph->reach[a] & BIT (via))
        graph->reach[a] |= graph->reach[via];
}

static void
check_states (const Graph *graph)
{
  const YzFlowState *start = yz_flow_get_start (graph->flow);
  guint64 reachable = 0;
  guint64 finals = 0;

  if (start == NULL) {
    complain (graph, graph->plan->flow_line,
              _ ("The flow has no start: exactly one state is Kind=start."));
    return;
  }
  reachable = graph->reach[number_of (graph, start->id)] | BIT (number_of (graph, start->id));
  for (guint i = 0; i < graph->flow->states->len; i++) {
    if (state_at (graph, i)->kind == YZ_STATE_FINAL)
      finals |= BIT (i);
  }

  for (guint i = 0; i < graph->flow->states->len; i++) {
    const YzFlowState *state = state_at (graph, i);
    guint line = graph->plan->state_lines[i];

    if (state->kind == YZ_STATE_START && state != start)
      complain (graph, line, _ ("“%s” is a second start; a case begins in “%s”."), state->id,
                start->id);
    else if ((reachable & BIT (i)) == 0)
      complain (graph, line, _ ("No case ever gets to “%s”: no steps lead there from the start."),
                state->id);
    if (state->kind != YZ_STATE_FINAL && (graph->reach[i] & finals) == 0)
      complain (graph, line, _ ("A case in “%s” can never end: no steps lead to a final state."),
                state->id);
  }
}

static gboolean
has_step (const Graph *graph, guint state, guint effect, YzStateKind target)
{
  for (guint i = 0; i < graph->flow->steps->len; i++) {
    if (graph->from[i] == state && (effect == 0 || (step_at (graph, i)->effect & effect) != 0) &&
        (effect != 0 || state_at (graph, graph->to[i])->kind == target))
      return TRUE;
  }
  return FALSE;
}

/* What the applicant may count on: he can go back on his application, and waiting ends. */
static void
check_applicant (const Graph *graph)
{
  for (guint i = 0; i < graph->flow->states->len; i++) {
    const YzFlowState *state = state_at (graph, i);
    guint line = graph->plan->state_lines[i];

    if (state->kind == YZ_STATE_DECIDED || state->kind == YZ_STATE_FINAL)
      continue;
    if (!has_step (graph, i, YZ_EFFECT_WITHDRAW, YZ_STATE_FINAL))
      complain (graph, line,
                _ ("An applicant cannot withdraw in “%s”: a step with the effect "
                   "withdraw is missing."),
                state->id);
    if (state->kind == YZ_STATE_PAUSED && !has_step (graph, i, 0, YZ_STATE_ACTIVE) &&
        !has_step (graph, i, DECISION, YZ_STATE_FINAL))
      complain (graph, line, _ ("A case that waits in “%s” can never go on."), state->id);
  }
}

static void
check_kinds (const Graph *graph, guint number)
{
  const YzFlowStep *step = step_at (graph, number);
  YzStateKind from = state_at (graph, graph->from[number])->kind;
  YzStateKind to = state_at (graph, graph->to[number])->kind;
  guint line = graph->plan->step_lines[number];
  gboolean open = from == YZ_STATE_START || from == YZ_STATE_ACTIVE || from == YZ_STATE_PAUSED;
  gboolean over = to == YZ_STATE_DECIDED || to == YZ_STATE_FINAL;

  if (from == YZ_STATE_FINAL)
    complain (graph, line, _ ("“%s” is final; nothing leads out of it."), step->from);
  else if (to == YZ_STATE_START)
    complain (graph, line, _ ("A case begins once; no step leads back to “%s”."), step->to);
  else if (from == YZ_STATE_START && !over && !(step->effect & YZ_EFFECT_ACCEPT))
    complain (graph, line,
              _ ("“%s” leaves the start without accepting: add the effect accept, or the clock "
                 "never starts."),
              step->action);
  else if (open && over && !(step->effect & ENDING))
    complain (graph, line,
              _ ("“%s” ends the case without a decision: its effect is approve, reject or "
                 "withdraw."),
              step->action);
  else if (!over && (step->effect & ENDING))
    complain (graph, line, _ ("“%s” decides the case, yet “%s” leaves it open."), step->action,
              step->to);
  else if (from == YZ_STATE_DECIDED && (!over || (step->effect & ENDING)))
    complain (graph, line, _ ("“%s” is decided; a decision is not taken twice."), step->from);
  else if ((step->effect & YZ_EFFECT_EXECUTE) && from != YZ_STATE_DECIDED)
    complain (graph, line, _ ("The register changes only after the decision; “%s” comes before."),
              step->action);
}

static void
check_reasons (const Graph *graph, guint number)
{
  const YzFlowStep *step = step_at (graph, number);
  guint line = graph->plan->step_lines[number];

  if ((step->effect & (ADVERSE | YZ_EFFECT_EXTEND)) && !step->note)
    complain (graph, line, _ ("“%s” goes against the applicant and needs a reason: Note=true."),
              step->action);
  if ((step->effect & YZ_EFFECT_REJECT) && !step->basis)
    complain (graph, line, _ ("“%s” refuses the applicant and needs a legal basis: Basis=true."),
              step->action);
}

static void
check_extension (const Graph *graph, guint number)
{
  const YzFlowStep *step = step_at (graph, number);
  guint line = graph->plan->step_lines[number];
  gboolean extends = (step->effect & YZ_EFFECT_EXTEND) != 0;

  if (!extends && step->days != 0)
    complain (graph, line, _ ("“%s” gives days without the effect extend."), step->action);
  if (!extends)
    return;
  if (graph->flow->on_the_spot)
    complain (graph, line, _ ("What is decided on the spot is not extended."));
  else if (step->days == 0)
    complain (graph, line, _ ("“%s” extends by no days: Days=…"), step->action);
  else if (!step->once)
    complain (graph, line, _ ("A total is extended once: “%s” needs Once=true."), step->action);
  else if (!g_str_has_suffix (step->role, "-leader"))
    complain (graph, line, _ ("Only a leader extends; “%s” is none."), step->role);
}

static void
check_role (const Graph *graph, guint number)
{
  const YzFlowStep *step = step_at (graph, number);
  const YzFlowState *from = state_at (graph, graph->from[number]);
  guint line = graph->plan->step_lines[number];
  YzLevel level = YZ_LEVEL_WINDOW;

  yz_role_find (step->role, &level);
  if (g_str_equal (step->role, "administrator") || g_str_equal (step->role, "auditor"))
    complain (graph, line, _ ("The role “%s” handles no cases."), step->role);
  else if ((step->effect & DECISION) && from->kind != YZ_STATE_START &&
           level < MIN (from->level, YZ_LEVEL_BUREAU))
    complain (graph, line, _ ("“%s” is below the level that decides in “%s”."), step->role,
              from->id);
  else if ((step->effect & YZ_EFFECT_APPROVE) && g_str_equal (step->role, "clerk"))
    complain (graph, line, _ ("A window clerk accepts and collects, but does not decide."));
}

/* Four eyes: whoever accepted the case, or passed it to the desk that decides, does not decide it.
 * Excluding only "the actor before" could be walked around by one detour, so actions are named. */
static void
check_eyes (const Graph *graph, guint number)
{
  const YzFlowStep *step = step_at (graph, number);
  gboolean first = state_at (graph, graph->from[number])->kind == YZ_STATE_START;
  guint line = graph->plan->step_lines[number];

  if (graph->plan->decides_alone || !(step->effect & DECISION) ||
      (first && !(step->effect & YZ_EFFECT_APPROVE)))
    return;
  if (first) {
    complain (graph, line,
              _ ("“%s” accepts and decides at once; that is lawful only with DecidesAlone=true."),
              step->action);
    return;
  }
  for (guint i = 0; i < graph->flow->steps->len; i++) {
    const YzFlowStep *other = step_at (graph, i);
    gboolean passes = graph->to[i] == graph->from[number] && graph->from[i] != graph->to[i] &&
                      state_at (graph, graph->from[i])->kind == YZ_STATE_ACTIVE;

    if (((other->effect & YZ_EFFECT_ACCEPT) || passes) &&
        !g_strv_contains (step->excludes, other->action))
      complain (graph, line,
                _ ("Whoever did “%s” could do “%s” alone: name it in Excludes= (four eyes)."),
                other->action, step->action);
  }
}

static void
check_steps (const Graph *graph)
{
  for (guint i = 0; i < graph->flow->steps->len; i++) {
    check_kinds (graph, i);
    check_reasons (graph, i);
    check_extension (graph, i);
    check_role (graph, i);
    check_eyes (graph, i);
  }
}

/* Steps that bring a case forward: not those that send it back, nor those out of a pause that began
 * further on. */
static gboolean
is_forward (const Graph *graph, guint number)
{
  guint from = graph->from[number];
  guint to = graph->to[number];

  if (from == to || (step_at (graph, number)->effect & YZ_EFFECT_RETURN))
    return FALSE;
  return state_at (graph, from)->kind != YZ_STATE_PAUSED || !(graph->reach[to] & BIT (from));
}

/* Which states follow which by going forward only. */
static void
find_forward_reach (const Graph *graph, guint64 *reach)
{
  guint n_states = graph->flow->states->len;

  for (guint i = 0; i < graph->flow->steps->len; i++)
    if (is_forward (graph, i))
      reach[graph->from[i]] |= BIT (graph->to[i]);
  for (guint via = 0; via < n_states; via++)
    for (guint a = 0; a < n_states; a++)
      if (reach[a] & BIT (via))
        reach[a] |= reach[via];
}

/* Every circle has a step towards a state that stands earlier in the file: that one is named, and
 * without those steps the rest has no circles. */
static gboolean
is_circle (const Graph *graph, const guint64 *reach, guint number)
{
  return is_forward (graph, number) && graph->to[number] <= graph->from[number] &&
         (reach[graph->to[number]] & BIT (graph->from[number])) != 0;
}

/* Working days on the longest way from the start to an end. Steps are followed again and again
 * until nothing gets longer; a way visits each state at most once. */
static int
measure_longest (const Graph *graph, guint start, const guint64 *reach)
{
  int longest[YZ_FLOW_MAX_STATES];
  int most = 0;

  for (guint i = 0; i < YZ_FLOW_MAX_STATES; i++)
    longest[i] = -1;
  longest[start] = (int) state_at (graph, start)->limit;
  for (guint round = 0; round < graph->flow->states->len; round++)
    for (guint i = 0; i < graph->flow->steps->len; i++) {
      guint from = graph->from[i];
      guint to = graph->to[i];

      if (longest[from] >= 0 && is_forward (graph, i) && !is_circle (graph, reach, i))
        longest[to] = MAX (longest[to], longest[from] + (int) state_at (graph, to)->limit);
    }
  for (guint i = 0; i < YZ_FLOW_MAX_STATES; i++)
    most = MAX (most, longest[i]);
  return most;
}

static void
check_total (const Graph *graph)
{
  const YzFlowState *start = yz_flow_get_start (graph->flow);
  guint64 reach[YZ_FLOW_MAX_STATES] = { 0 };
  int most = 0;

  find_forward_reach (graph, reach);
  for (guint i = 0; i < graph->flow->steps->len; i++)
    if (is_circle (graph, reach, i))
      complain (graph, graph->plan->step_lines[i],
                _ ("“%s” leads in a circle; only a step with the effect return goes back."),
                step_at (graph, i)->action);
  if (start != NULL)
    most = measure_longest (graph, number_of (graph, start->id), reach);
  if (!graph->flow->on_the_spot && most > (int) graph->flow->total)
    complain (graph, graph->plan->total_line,
              _ ("The limits on the longest way add up to %d working days, more than the promised "
                 "total of %u."),
              most, graph->flow->total);
}

/**
 * yz_flow_check:
 * @plan: the flow with the lines of its parts
 *
 * The rules are those of the household registration regulations and of the licensing law's articles
 * 32 and 42 to 45: a case is accepted or refused, decided by somebody else than who accepted it,
 * refused only with reason and basis, extended once by a leader, and always comes to an end.
 */
void
yz_flow_check (const YzFlowPlan *plan)
{
  g_autofree guint8 *from = g_new0 (guint8, MAX (1, plan->flow->steps->len));
  g_autofree guint8 *to = g_new0 (guint8, MAX (1, plan->flow->steps->len));
  Graph graph = { plan, plan->flow, from, to };

  graph_build (&graph);
  check_states (&graph);
  check_steps (&graph);
  check_applicant (&graph);
  check_total (&graph);
}
