/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/pages.h"

#include "ui/admin-page.h"
#include "ui/counter-page.h"
#include "ui/figures-page.h"
#include "ui/review-page.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
make_counter (YzOffice *office)
{
  GtkWidget *page = yz_counter_page_new (
      yz_office_get_desk (office), yz_office_get_pictures (office), yz_office_get_camera (office));
  g_autofree char *papers = yz_office_get_papers_folder (office);

  yz_counter_page_set_place (YZ_COUNTER_PAGE (page), yz_office_get_location (office), papers);
  return page;
}

static GActionGroup *
get_counter_actions (GtkWidget *page)
{
  return yz_counter_page_get_actions (YZ_COUNTER_PAGE (page));
}

static void
set_counter_shown (GtkWidget *page, gboolean shown)
{
  yz_counter_page_set_shown (YZ_COUNTER_PAGE (page), shown);
}

static GtkWidget *
make_review (YzOffice *office)
{
  return yz_review_page_new (yz_office_get_desk (office), yz_office_get_pictures (office));
}

static GActionGroup *
get_review_actions (GtkWidget *page)
{
  return yz_review_page_get_actions (YZ_REVIEW_PAGE (page));
}

static void
set_review_shown (GtkWidget *page, gboolean shown)
{
  yz_review_page_set_shown (YZ_REVIEW_PAGE (page), shown);
}

static GtkWidget *
make_figures (YzOffice *office)
{
  return yz_figures_page_new (yz_office_get_desk (office));
}

static GActionGroup *
get_figures_actions (GtkWidget *page)
{
  return yz_figures_page_get_actions (YZ_FIGURES_PAGE (page));
}

static void
set_figures_shown (GtkWidget *page, gboolean shown)
{
  yz_figures_page_set_shown (YZ_FIGURES_PAGE (page), shown);
}

static GtkWidget *
make_admin (YzOffice *office)
{
  return yz_admin_page_new (yz_office_get_desk (office));
}

static GActionGroup *
get_admin_actions (GtkWidget *page)
{
  return yz_admin_page_get_actions (YZ_ADMIN_PAGE (page));
}

static void
set_admin_shown (GtkWidget *page, gboolean shown)
{
  yz_admin_page_set_shown (YZ_ADMIN_PAGE (page), shown);
}

static const YzPageKind PAGES[] = {
  { "counter",
    N_ ("Counter"),
    { "clerk", "officer" },
    make_counter,
    get_counter_actions,
    set_counter_shown },
  { "review",
    N_ ("Review"),
    { "officer", "station-examiner", "station-leader", "bureau-examiner", "bureau-leader",
      "supervisor", "auditor" },
    make_review,
    get_review_actions,
    set_review_shown },
  { "figures",
    N_ ("Figures"),
    { "station-leader", "bureau-leader", "supervisor", "auditor" },
    make_figures,
    get_figures_actions,
    set_figures_shown },
  { "admin",
    N_ ("Administration"),
    { "administrator" },
    make_admin,
    get_admin_actions,
    set_admin_shown },
};

/* Whose day is spent with the numbers begins there. */
const char *
yz_pages_get_first (const YzStaff *staff)
{
  if (yz_staff_has_role (staff, "clerk") || yz_staff_has_role (staff, "officer"))
    return "counter";
  return yz_staff_has_role (staff, "supervisor") || yz_staff_has_role (staff, "auditor") ? "figures"
                                                                                         : NULL;
}

guint
yz_pages_count (void)
{
  return G_N_ELEMENTS (PAGES);
}

const YzPageKind *
yz_pages_get (guint index)
{
  return &PAGES[index];
}

const YzPageKind *
yz_pages_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (PAGES); i++) {
    if (g_strcmp0 (PAGES[i].name, name) == 0)
      return &PAGES[i];
  }
  return NULL;
}

gboolean
yz_pages_may_see (const YzStaff *staff, const YzPageKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind->roles) && kind->roles[i] != NULL; i++) {
    if (yz_staff_has_role (staff, kind->roles[i]))
      return TRUE;
  }
  return FALSE;
}
