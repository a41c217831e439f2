/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long a list of 100,000 cases takes: to its first frame, for the worst frame while it is
 * scrolled, and for another list in its place. Each is printed beside its limit; below 1 is within.
 * Needs a display. */

#include "ui/dossier-list.h"
#include "ui/looks.h"

#include <handy.h>
#include <stdlib.h>

#define CASES 100000
#define STEPS 60
#define FIRST_LIMIT 250.0 /* milliseconds */
#define SCROLL_LIMIT 33.0
#define SWAP_LIMIT 50.0
#define HOUR ((gint64) 3600 * G_USEC_PER_SEC)

static gint64 painted; /* when the last frame was done, monotonic */
static gint64 began;   /* when it was begun */

static void
on_before_paint (GdkFrameClock *clock, gpointer data)
{
  began = g_get_monotonic_time ();
}

static void
on_after_paint (GdkFrameClock *clock, gpointer data)
{
  painted = g_get_monotonic_time ();
}

static void
wait_for_paint (GtkWidget *widget)
{
  gtk_widget_queue_draw (widget);
  painted = 0;
  while (painted == 0)
    g_main_context_iteration (NULL, TRUE);
}

static YzDossier *
make_up (guint index, gint64 now)
{
  static const char *const NAMES[] = { "王小明", "张丽华", "欧阳致远", "陈静", "李国强" };
  static const char *const MATTERS[] = { "夫妻投靠", "变更姓名（成年人）", "市内迁移" };
  YzDossier *dossier = yz_dossier_new ();

  dossier->number = g_strdup_printf ("W%02u-2026-%06u", index % 9, index);
  dossier->applicant = g_strdup (NAMES[index % G_N_ELEMENTS (NAMES)]);
  dossier->matter_name = g_strdup (MATTERS[index % G_N_ELEMENTS (MATTERS)]);
  dossier->state_name = g_strdup ("派出所审核");
  dossier->kind = YZ_STATE_ACTIVE;
  dossier->due = now + ((gint64) (index % 200) - 40) * HOUR;
  dossier->overdue = dossier->due < now;
  return dossier;
}

static GPtrArray *
make_cases (gint64 now)
{
  GPtrArray *cases = g_ptr_array_new_full (CASES, (GDestroyNotify) (GCallback) yz_dossier_unref);

  for (guint i = 0; i < CASES; i++)
    g_ptr_array_add (cases, make_up (i, now));
  return cases;
}

static GPtrArray *
pick_late (GPtrArray *cases)
{
  GPtrArray *late = g_ptr_array_new_with_free_func ((GDestroyNotify) (GCallback) yz_dossier_unref);

  for (guint i = 0; i < cases->len; i++) {
    YzDossier *dossier = g_ptr_array_index (cases, i);

    if (dossier->overdue)
      g_ptr_array_add (late, yz_dossier_ref (dossier));
  }
  return late;
}

static void
show (YzDossierList *list, GPtrArray *cases, YzCalendar *calendar, gint64 now)
{
  g_autoptr (YzDossierModel) model = yz_dossier_model_new (cases, calendar, now);

  yz_dossier_list_show (list, model);
}

static double
measure_scroll (YzDossierList *list)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (list));
  double room = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  gint64 worst = 0;

  for (guint i = 1; i <= STEPS; i++) {
    gint64 start = g_get_monotonic_time ();

    gtk_adjustment_set_value (adjustment, room * i / STEPS);
    worst = MAX (worst, g_get_monotonic_time () - start);
    wait_for_paint (GTK_WIDGET (list));
    worst = MAX (worst, painted - began);
  }
  return (double) worst / 1000;
}

static void
print (const char *what, double milliseconds, double limit)
{
  g_print ("%-24s %8.1f ms, limit %5.0f ms, ratio %.2f\n", what, milliseconds, limit,
           milliseconds / limit);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (YzCalendar) calendar = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GPtrArray) late = NULL;
  gint64 now = g_get_real_time (), start = 0;
  GtkWidget *window = NULL, *list = NULL;

  gtk_init (&argc, &argv);
  hdy_init ();
  yz_looks_init ();
  path = g_build_filename (argc > 1 ? argv[1] : "app/data/calendar", "cn.csv", NULL);
  calendar = yz_calendar_load (path, NULL);
  if (calendar == NULL) {
    g_printerr ("usage: bench-inbox CALENDAR-FOLDER\n");
    return EXIT_FAILURE;
  }
  cases = make_cases (now);
  start = g_get_monotonic_time ();
  window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  list = yz_dossier_list_new ();
  gtk_container_add (GTK_CONTAINER (window), list);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 700);
  show (YZ_DOSSIER_LIST (list), cases, calendar, now);
  gtk_widget_show (list);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "before-paint",
                    G_CALLBACK (on_before_paint), NULL);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint),
                    NULL);
  gtk_widget_show (window);
  wait_for_paint (list);
  print ("first frame", (double) (painted - start) / 1000, FIRST_LIMIT);
  print ("worst frame in 60 steps", measure_scroll (YZ_DOSSIER_LIST (list)), SCROLL_LIMIT);
  start = g_get_monotonic_time ();
  late = pick_late (cases);
  show (YZ_DOSSIER_LIST (list), late, calendar, now);
  print ("filter", (double) (g_get_monotonic_time () - start) / 1000, SWAP_LIMIT);
  start = g_get_monotonic_time ();
  show (YZ_DOSSIER_LIST (list), cases, calendar, now);
  print ("all of them again", (double) (g_get_monotonic_time () - start) / 1000, SWAP_LIMIT);
  gtk_widget_destroy (window);
  return EXIT_SUCCESS;
}
