/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-application"

#include "app/application.h"

#include "app/places.h"
#include "ui/help-window.h"
#include "ui/looks.h"
#include "ui/office.h"
#include "ui/settings.h"
#include "ui/shortcuts.h"
#include "ui/window.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include <signal.h>

#define ID "cn.yizhan.Yizhan"

struct _YzApplication {
  GtkApplication parent;
  char *store;
  char *camera;
  YzOffice *office;
  GtkWidget *window;
};

G_DEFINE_FINAL_TYPE (YzApplication, yz_application, GTK_TYPE_APPLICATION)

/* Every key of the program. A plain key would take that letter from whoever types. */
/* clang-format off */
static const YzShortcut SHORTCUTS[] = {
  { N_ ("Capturing"), N_ ("New case"), "counter.new", "F2" },
  { N_ ("Capturing"), N_ ("Take the page"), "counter.capture", "F3" },
  { N_ ("Capturing"), N_ ("Take another page of the same original"), "counter.capture-more", "<Shift>F3" },
  { N_ ("Capturing"), N_ ("Take the page again in its place"), "counter.retake", "F4" },
  { N_ ("Capturing"), N_ ("Back to the live picture"), "counter.live", "F5" },
  { N_ ("Capturing"), N_ ("Take pages by itself, on or off"), "counter.automatic", "F6" },
  { N_ ("Capturing"), N_ ("Turn the page"), "counter.rotate", "F7" },
  { N_ ("Capturing"), N_ ("Main or side camera"), "win.other-camera", "F10" },
  { N_ ("Capturing"), N_ ("Cameras and their settings"), "win.cameras", "<Primary>k" },
  { N_ ("Capturing"), N_ ("Put the corners of the page right"), "counter.corners", "F8" },
  { N_ ("Capturing"), N_ ("The mat is empty: remember it"), "counter.learn-mat", "<Shift>F5" },
  { N_ ("Capturing"), N_ ("Magnify the live picture, on or off"), "counter.loupe", "<Shift>F6" },
  { N_ ("Capturing"), N_ ("Import pictures and PDFs"), "counter.import", "<Primary>o" },
  { N_ ("Capturing"), N_ ("Import a whole folder"), "counter.import-folder", "<Primary><Shift>o" },
  { N_ ("Capturing"), N_ ("Remove the page"), "counter.remove", "<Alt>Delete" },
  { N_ ("Capturing"), N_ ("Take the last change back"), "counter.undo", "<Primary>z" },
  { N_ ("The case"), N_ ("Submit and print the receipt"), "counter.submit", "<Primary>Return" },
  { N_ ("The case"), N_ ("One-time notice of what is missing"), "counter.notice", "F9" },
  { N_ ("Deciding"), N_ ("Approve or pass on, and to the next case"), "review.approve", "<Primary>Return" },
  { N_ ("Deciding"), N_ ("Return with reasons"), "review.return", "<Primary>b" },
  { N_ ("Deciding"), N_ ("Reject"), "review.reject", "<Primary>d" },
  { N_ ("Deciding"), N_ ("Take the decision back"), "review.undo", "<Primary>z" },
  { N_ ("Reading"), N_ ("Next case"), "review.next-case", "F8" },
  { N_ ("Reading"), N_ ("Previous case"), "review.previous-case", "F7" },
  { N_ ("Reading"), N_ ("Next page"), "review.next-page", "<Primary>Page_Down" },
  { N_ ("Reading"), N_ ("Previous page"), "review.previous-page", "<Primary>Page_Up" },
  { N_ ("Reading"), N_ ("Turn the page"), "review.turn", "<Primary>t" },
  { N_ ("Reading"), N_ ("Two pages side by side"), "review.two-pages", "F11" },
  { N_ ("Reading"), N_ ("Whole original or straightened"), "review.whole", "F12" },
  { N_ ("Reading"), N_ ("Larger"), "review.zoom-in", "<Primary>plus" },
  { N_ ("Reading"), N_ ("Smaller"), "review.zoom-out", "<Primary>minus" },
  { N_ ("Reading"), N_ ("Fit the width"), "review.fit", "<Primary>0" },
  { N_ ("Reading"), N_ ("Search"), "review.search", "<Primary>f" },
  { N_ ("Reading"), N_ ("Read anew"), "review.refresh", "F5" },
  { N_ ("Figures"), N_ ("Write the table as CSV"), "figures.export", "<Primary>e" },
  { N_ ("Figures"), N_ ("Write a PDF"), "figures.pdf", "<Primary><Shift>e" },
  { N_ ("Figures"), N_ ("Print"), "figures.print", "<Primary>p" },
  { N_ ("Figures"), N_ ("Read the figures anew"), "figures.refresh", "F5" },
  { N_ ("Administration"), N_ ("Read everything anew"), "admin.refresh", "F5" },
  { N_ ("Window"), N_ ("First page"), "win.page(1)", "<Alt>1" },
  { N_ ("Window"), N_ ("Second page"), "win.page(2)", "<Alt>2" },
  { N_ ("Window"), N_ ("Third page"), "win.page(3)", "<Alt>3" },
  { N_ ("Window"), N_ ("Lock"), "win.lock", "<Primary>l" },
  { N_ ("Window"), N_ ("Preferences"), "win.preferences", "<Primary>comma" },
  { N_ ("Window"), N_ ("Help"), "app.help", "F1" },
  { N_ ("Window"), N_ ("Keyboard shortcuts"), "app.shortcuts", "<Primary>F1" },
  { N_ ("Window"), N_ ("Leave"), "win.leave", "<Primary>q" },
};
/* clang-format on */

/* The button of a document camera that this user may not read himself arrives as this key. */
#define CAMERA_KEY "WebCam"

static void
set_accelerators (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (SHORTCUTS); i++) {
    const gboolean captures = g_str_equal (SHORTCUTS[i].action, "counter.capture");
    const char *const keys[] = { SHORTCUTS[i].accelerator, captures ? CAMERA_KEY : NULL, NULL };

    gtk_application_set_accels_for_action (application, SHORTCUTS[i].action, keys);
  }
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzApplication *self = data;
  GtkWidget *window = yz_shortcuts_new (SHORTCUTS, G_N_ELEMENTS (SHORTCUTS),
                                        yz_window_get_page (YZ_WINDOW (self->window)));

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzApplication *self = data;

  gtk_show_about_dialog (GTK_WINDOW (self->window), "program-name", _ ("Yizhan"), "version",
                         YZ_VERSION, "logo-icon-name", ID, "license-type", GTK_LICENSE_GPL_3_0,
                         "comments",
                         _ ("The paperless approval desk of the household registration"),
                         "copyright", "© 2026 The Yizhan developers", NULL);
}

static void
on_help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzApplication *self = data;
  GtkWidget *window = yz_help_window_new (GTK_WINDOW (self->window), yz_places_get_datadir ());

  gtk_window_present (GTK_WINDOW (window));
}

static const GActionEntry ACTIONS[] = {
  { "help", on_help },
  { "shortcuts", on_shortcuts },
  { "about", on_about },
};

/* Ended from outside: the same way out as by the window's own door. */
static gboolean
on_terminated (gpointer data)
{
  YzApplication *self = data;

  if (self->window != NULL)
    yz_window_leave (YZ_WINDOW (self->window));
  return G_SOURCE_CONTINUE;
}

static void
yz_application_startup (GApplication *application)
{
  YzApplication *self = YZ_APPLICATION (application);

  G_APPLICATION_CLASS (yz_application_parent_class)->startup (application);
  yz_looks_init ();
  yz_settings_start (YZ_SCHEMADIR);
  gtk_icon_theme_append_search_path (gtk_icon_theme_get_default (), YZ_ICONDIR);
  gtk_window_set_default_icon_name (ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), ACTIONS, G_N_ELEMENTS (ACTIONS), self);
  set_accelerators (GTK_APPLICATION (self));
  g_unix_signal_add (SIGTERM, on_terminated, self);
  g_unix_signal_add (SIGINT, on_terminated, self);
  self->office = yz_office_new (self->store, yz_places_get_datadir (), self->camera);
}

static void
yz_application_activate (GApplication *application)
{
  YzApplication *self = YZ_APPLICATION (application);

  if (self->window == NULL) {
    self->window = yz_window_new (GTK_APPLICATION (self), self->office);
    g_signal_connect (self->window, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->window);
  }
  gtk_window_present (GTK_WINDOW (self->window));
}

/* The window is gone: cameras, darkroom and desk close in this order. */
static void
yz_application_shutdown (GApplication *application)
{
  YzApplication *self = YZ_APPLICATION (application);

  yz_office_close (self->office);
  g_clear_object (&self->office);
  G_APPLICATION_CLASS (yz_application_parent_class)->shutdown (application);
}

/* One program per store: a store of its own gives the program a name of its own on the bus. */
static void
name_after_store (YzApplication *self)
{
  g_autofree char *usual = yz_places_default_store ();
  g_autofree char *path = NULL, *digest = NULL, *id = NULL;

  if (self->store == NULL)
    self->store = g_strdup (usual);
  if (g_strcmp0 (self->store, usual) == 0)
    return;
  path = g_canonicalize_filename (self->store, NULL);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  id = g_strdup_printf (ID ".s%.12s", digest);
  g_application_set_application_id (G_APPLICATION (self), id);
}

static int
yz_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  YzApplication *self = YZ_APPLICATION (application);
  const char *language = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("yizhan %s\n", YZ_VERSION);
    return 0;
  }
  if (g_variant_dict_lookup (options, "lang", "&s", &language))
    yz_places_start_language (language);
  g_variant_dict_lookup (options, "store", "^ay", &self->store);
  g_variant_dict_lookup (options, "camera", "s", &self->camera);
  name_after_store (self);
  return -1;
}

YzApplication *
yz_application_new (void)
{
  return g_object_new (YZ_TYPE_APPLICATION, "application-id", ID, NULL);
}

static void
yz_application_finalize (GObject *object)
{
  YzApplication *self = YZ_APPLICATION (object);

  g_free (self->store);
  g_free (self->camera);
  G_OBJECT_CLASS (yz_application_parent_class)->finalize (object);
}

static void
yz_application_class_init (YzApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yz_application_finalize;
  application_class->startup = yz_application_startup;
  application_class->activate = yz_application_activate;
  application_class->shutdown = yz_application_shutdown;
  application_class->handle_local_options = yz_application_handle_local_options;
}

static void
yz_application_init (YzApplication *self)
{
  const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Open this store"), N_ ("PATH") },
    { "camera", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Use this camera"), N_ ("ADDRESS") },
    { "lang", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("zh_CN or en"), N_ ("LANGUAGE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}
