/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-help-window"

#include "ui/help-window.h"

#include <glib/gi18n-lib.h>
#include <handy.h>
#include <string.h>

/* The help is written in the little of Markdown that its files need: headings, lists, tables of two
 * columns, bold words, code and links. */
typedef struct {
  GtkTextBuffer *buffer;
  GtkTextIter end;
} Writer;

static void
write_tagged (Writer *writer, const char *text, gsize length, const char *first, const char *second)
{
  gtk_text_buffer_insert_with_tags_by_name (writer->buffer, &writer->end, text, (gint) length,
                                            first != NULL ? first : second,
                                            first != NULL ? second : NULL, NULL);
}

/* “[text](where)”: the text stays. Returns where to go on, NULL when it is no link. */
static const char *
write_link (Writer *writer, const char *from, const char *tag)
{
  const char *middle = strstr (from, "](");
  const char *close = middle != NULL ? strchr (middle, ')') : NULL;

  if (close == NULL)
    return NULL;
  write_tagged (writer, from + 1, (gsize) (middle - from - 1), tag, "body");
  return close + 1;
}

/* Words of one line; ** and ` switch on and off. */
static void
write_words (Writer *writer, const char *text, const char *tag)
{
  gboolean bold = FALSE;
  gboolean code = FALSE;

  while (*text != '\0') {
    gsize plain = strcspn (text, "*`[");
    const char *style = code ? "code" : bold ? "bold" : tag;
    const char *after = NULL;

    write_tagged (writer, text, plain, style, "body");
    text += plain;
    if (g_str_has_prefix (text, "**")) {
      bold = !bold;
      text += 2;
    } else if (*text == '`') {
      code = !code;
      text++;
    } else if (*text == '[' && (after = write_link (writer, text, style)) != NULL) {
      text = after;
    } else if (*text != '\0') {
      write_tagged (writer, text, 1, style, "body");
      text++;
    }
  }
}

/* “| key | does |” becomes two columns; the line of dashes beneath the head is left out. */
static void
write_row (Writer *writer, const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "|", -1);

  if (strspn (line, "|-: ") == strlen (line))
    return;
  for (guint i = 1; cells[i] != NULL && cells[i + 1] != NULL; i++) {
    if (i > 1)
      write_tagged (writer, "\t", 1, "row", "body");
    write_words (writer, g_strstrip (cells[i]), "row");
  }
  write_tagged (writer, "\n", 1, "row", "body");
}

static gboolean
starts_block (const char *line)
{
  return *line == '\0' || *line == '#' || *line == '|' || g_str_has_prefix (line, "- ") ||
         (g_ascii_isdigit (line[0]) && line[1] == '.');
}

/* A line that is only wrapped in the file goes on in the paragraph. */
static void
write_line (Writer *writer, const char *line, const char *next)
{
  const char *text = line + strspn (line, " ");

  if (*text == '|') {
    write_row (writer, text);
    return;
  }
  if (g_str_has_prefix (text, "## "))
    write_words (writer, text + 3, "heading");
  else if (g_str_has_prefix (text, "# "))
    write_words (writer, text + 2, "title");
  else if (g_str_has_prefix (text, "- ")) {
    write_tagged (writer, "• ", strlen ("• "), "item", "body");
    write_words (writer, text + 2, "item");
  } else
    write_words (writer, text, g_ascii_isdigit (*text) || text > line ? "item" : "body");
  if (*text == '\0')
    return;
  if (next == NULL || starts_block (next))
    write_tagged (writer, "\n", 1, "body", NULL);
  else if ((guchar) text[strlen (text) - 1] < 0x80)
    write_tagged (writer, " ", 1, "body", NULL);
}

static void
add_tags (GtkTextBuffer *buffer)
{
  g_autoptr (PangoTabArray) tabs =
      pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, 230);

  gtk_text_buffer_create_tag (buffer, "body", "pixels-below-lines", 6, NULL);
  gtk_text_buffer_create_tag (buffer, "title", "weight", PANGO_WEIGHT_BOLD, "scale", 1.6, NULL);
  gtk_text_buffer_create_tag (buffer, "heading", "weight", PANGO_WEIGHT_BOLD, "scale", 1.2,
                              "pixels-above-lines", 14, NULL);
  gtk_text_buffer_create_tag (buffer, "bold", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "code", "family", "monospace", NULL);
  gtk_text_buffer_create_tag (buffer, "item", "left-margin", 34, "indent", -14, NULL);
  gtk_text_buffer_create_tag (buffer, "row", "tabs", tabs, "left-margin", 254, "indent", -230,
                              NULL);
}

static void
write_text (GtkTextBuffer *buffer, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Writer writer = { .buffer = buffer };

  gtk_text_buffer_get_end_iter (buffer, &writer.end);
  for (guint i = 0; lines[i] != NULL; i++)
    write_line (&writer, lines[i], lines[i + 1]);
  gtk_text_buffer_get_start_iter (buffer, &writer.end);
  gtk_text_buffer_place_cursor (buffer, &writer.end);
}

/* Installed beside the data; in a checkout one folder further. */
static char *
read_help (const char *datadir)
{
  /* Translators: the language of the help file, zh_CN or en */
  g_autofree char *name = g_strdup_printf ("help.%s.md", _ ("en"));
  const char *const folders[] = { "help", "../help" };
  char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (folders) && text == NULL; i++) {
    g_autofree char *path = g_build_filename (datadir, folders[i], name, NULL);

    (void) g_file_get_contents (path, &text, NULL, NULL);
  }
  return text != NULL ? text : g_strdup (_ ("The help is not installed."));
}

static gboolean
on_key (GtkWidget *window, GdkEventKey *event, gpointer data)
{
  if (event->keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_destroy (window);
  return GDK_EVENT_STOP;
}

GtkWidget *
yz_help_window_new (GtkWindow *parent, const char *datadir)
{
  g_autofree char *text = read_help (datadir);
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget *scroller = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget *clamp = hdy_clamp_new ();
  GtkWidget *view = gtk_text_view_new ();

  add_tags (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  write_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text);
  g_object_set (view, "editable", FALSE, "cursor-visible", FALSE, "wrap-mode", GTK_WRAP_WORD_CHAR,
                "left-margin", 24, "right-margin", 24, "top-margin", 18, "bottom-margin", 24, NULL);
  atk_object_set_name (gtk_widget_get_accessible (view), _ ("Help"));
  hdy_clamp_set_maximum_size (HDY_CLAMP (clamp), 900);
  gtk_container_add (GTK_CONTAINER (clamp), view);
  gtk_container_add (GTK_CONTAINER (scroller), clamp);
  gtk_container_add (GTK_CONTAINER (window), scroller);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Help"));
  gtk_window_set_default_size (GTK_WINDOW (window), 860, 640);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  g_signal_connect (window, "key-press-event", G_CALLBACK (on_key), NULL);
  gtk_widget_show_all (scroller);
  return window;
}
