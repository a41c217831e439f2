/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/flow-reader.h"

#include <string.h>

static GPtrArray *flows;

/* What a parser sees: elements balance, texts are collected. */
typedef struct {
  GString *texts;
  GArray *boxes; /* x, y, right, bottom of every box of a state */
  guint n_ways;
} Seen;

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], name))
      return values[i];
  }
  return "";
}

static void
on_element (GMarkupParseContext *context,
            const char *element,
            const char **names,
            const char **values,
            gpointer data,
            GError **error)
{
  Seen *seen = data;
  const char *class = attribute (names, values, "class");

  if (g_str_equal (class, "way"))
    seen->n_ways++;
  if (g_str_equal (element, "rect") && *class != '\0' && !g_str_equal (class, "column")) {
    int x = atoi (attribute (names, values, "x"));
    int y = atoi (attribute (names, values, "y"));
    int right = x + atoi (attribute (names, values, "width"));
    int bottom = y + atoi (attribute (names, values, "height"));

    g_array_append_val (seen->boxes, x);
    g_array_append_val (seen->boxes, y);
    g_array_append_val (seen->boxes, right);
    g_array_append_val (seen->boxes, bottom);
  }
}

static void
on_text (
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  g_string_append_len (((Seen *) data)->texts, text, (gssize) length);
}

static void
look (const char *svg, Seen *seen)
{
  static const GMarkupParser parser = { .start_element = on_element, .text = on_text };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, seen, NULL);
  g_autoptr (GError) error = NULL;

  seen->texts = g_string_new (NULL);
  seen->boxes = g_array_new (FALSE, FALSE, sizeof (int));
  g_markup_parse_context_parse (context, svg, (gssize) strlen (svg), &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

static void
seen_clear (Seen *seen)
{
  g_string_free (seen->texts, TRUE);
  g_array_unref (seen->boxes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static void
test_all_shown (void)
{
  for (guint i = 0; i < flows->len; i++) {
    const YzFlow *flow = g_ptr_array_index (flows, i);
    g_autofree char *svg = yz_flow_draw (flow);
    g_auto (Seen) seen = { 0 };

    look (svg, &seen);
    g_assert_nonnull (strstr (seen.texts->str, flow->name));
    g_assert_cmpuint (seen.boxes->len / 4, ==, flow->states->len);
    for (guint k = 0; k < flow->steps->len; k++) {
      const YzFlowStep *step = g_ptr_array_index (flow->steps, k);

      if ((step->effect & YZ_EFFECT_WITHDRAW) == 0)
        g_assert_nonnull (strstr (seen.texts->str, step->name));
    }
    g_assert_cmpuint (seen.n_ways, >, 0);
    g_assert_nonnull (strstr (seen.texts->str, "The applicant may withdraw from here."));
  }
}

static void
test_room (void)
{
  for (guint i = 0; i < flows->len; i++) {
    g_autofree char *svg = yz_flow_draw (g_ptr_array_index (flows, i));
    g_auto (Seen) seen = { 0 };
    const int *boxes = NULL;

    look (svg, &seen);
    boxes = (const int *) (gpointer) seen.boxes->data;
    for (guint k = 4; k < seen.boxes->len; k += 4)
      g_assert_cmpint (boxes[k + 1], >, boxes[k - 1]); /* below the box before */
  }
}

static void
test_hostile_names (void)
{
  const char *text =
      "[Flow]\nName=<b>&\"'\nVersion=1\nOnTheSpot=true\nDecidesAlone=true\n"
      "[State draft]\nName=</text>\nKind=start\nLevel=window\n"
      "[State done]\nName=完完完完完完完完完完完完完完完完完完完完完完完完完\nKind=final\n"
      "Level=window\n"
      "[Action withdraw]\nName=W\n[Action approve]\nName=<script>\n"
      "[Step draft approve officer]\nTo=done\nEffect=accept;approve\n"
      "[Step draft withdraw officer]\nTo=done\nEffect=withdraw\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (YzFlow) flow = yz_flow_parse ("x", text, strlen (text), NULL, &error);
  g_autofree char *svg = NULL;
  g_auto (Seen) seen = { 0 };

  g_assert_no_error (error);
  svg = yz_flow_draw (flow);
  look (svg, &seen);
  g_assert_nonnull (strstr (seen.texts->str, "<b>&\"'"));
  g_assert_nonnull (strstr (seen.texts->str, "<script>"));
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_build_filename (g_getenv ("YIZHAN_DATADIR"), "flows", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  flows = yz_flow_load_folders (folders, &error);
  g_assert_no_error (error);
  g_test_add_func ("/flow-draw/shows-every-state-and-step", test_all_shown);
  g_test_add_func ("/flow-draw/boxes-have-their-own-rows", test_room);
  g_test_add_func ("/flow-draw/names-cannot-break-the-picture", test_hostile_names);
  result = g_test_run ();
  g_ptr_array_unref (flows);
  return result;
}
