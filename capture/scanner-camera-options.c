/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/scanner-camera-options.h"

#include <math.h>
#include <sane/saneopts.h>
#include <string.h>

/* Hundreds of bytes are enough for any setting that one can name. */
#define VALUE_MAX 4096

typedef union {
  SANE_Word word;
  char text[VALUE_MAX];
} Value;

static double
to_number (const SANE_Option_Descriptor *option, SANE_Word word)
{
  return option->type == SANE_TYPE_FIXED ? SANE_UNFIX (word) : word;
}

static char *
print_number (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%g", number));
}

static char *
print_value (const SANE_Option_Descriptor *option, const Value *value)
{
  switch (option->type) {
  case SANE_TYPE_BOOL:
    return g_strdup (value->word != 0 ? "true" : "false");
  case SANE_TYPE_INT:
  case SANE_TYPE_FIXED:
    return print_number (to_number (option, value->word));
  case SANE_TYPE_STRING:
    return g_utf8_make_valid (value->text, (gssize) strnlen (value->text, VALUE_MAX));
  case SANE_TYPE_BUTTON:
  case SANE_TYPE_GROUP:
  default:
    return NULL;
  }
}

/* Single values that are switched on; lists such as gamma tables are left alone. */
static gboolean
is_simple (const SANE_Option_Descriptor *option)
{
  gboolean word = option->type == SANE_TYPE_BOOL || option->type == SANE_TYPE_INT ||
                  option->type == SANE_TYPE_FIXED;
  gboolean text = option->type == SANE_TYPE_STRING && option->size < VALUE_MAX;

  return option->name != NULL && *option->name != '\0' && SANE_OPTION_IS_ACTIVE (option->cap) &&
         (text || (word && option->size == sizeof (SANE_Word)));
}

static const SANE_Option_Descriptor *
find_option (SANE_Handle handle, const char *name, SANE_Int *out_number)
{
  const SANE_Option_Descriptor *option = NULL;

  for (SANE_Int i = 1; (option = sane_get_option_descriptor (handle, i)) != NULL; i++)
    if (is_simple (option) && g_str_equal (option->name, name)) {
      *out_number = i;
      return option;
    }
  return NULL;
}

static char *
read_value (SANE_Handle handle, const SANE_Option_Descriptor *option, SANE_Int number)
{
  Value value = { 0 };

  if (sane_control_option (handle, number, SANE_ACTION_GET_VALUE, &value, NULL) != SANE_STATUS_GOOD)
    return NULL;
  return print_value (option, &value);
}

static void
read_choices (const SANE_Option_Descriptor *option, YzControl *control)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();

  control->kind = YZ_CONTROL_ENUM;
  if (option->constraint_type == SANE_CONSTRAINT_STRING_LIST)
    for (gsize i = 0; option->constraint.string_list[i] != NULL; i++)
      g_ptr_array_add (choices, g_utf8_make_valid (option->constraint.string_list[i], -1));
  else
    for (SANE_Int i = 1; i <= option->constraint.word_list[0]; i++)
      g_ptr_array_add (choices, print_number (to_number (option, option->constraint.word_list[i])));
  g_ptr_array_add (choices, NULL);
  control->choices = (char **) g_ptr_array_free (g_steal_pointer (&choices), FALSE);
}

static void
read_range (const SANE_Option_Descriptor *option, YzControl *control)
{
  const gboolean bounded = option->constraint_type == SANE_CONSTRAINT_RANGE;

  control->kind = YZ_CONTROL_RANGE;
  control->minimum = bounded ? to_number (option, option->constraint.range->min) : G_MININT16;
  control->maximum = bounded ? to_number (option, option->constraint.range->max) : G_MAXINT16;
  control->step = bounded ? to_number (option, option->constraint.range->quant) : 0;
}

static void
add_control (SANE_Handle handle,
             const SANE_Option_Descriptor *option,
             SANE_Int number,
             GPtrArray *controls)
{
  g_autofree char *value = read_value (handle, option, number);
  g_autofree char *label = g_utf8_make_valid (option->title != NULL ? option->title : "", -1);
  YzControl *control = NULL;

  if (value == NULL)
    return;
  control = yz_control_new (YZ_CONTROL_STRING, option->name, label, value);
  control->writable = SANE_OPTION_IS_SETTABLE (option->cap);
  if (option->constraint_type == SANE_CONSTRAINT_STRING_LIST ||
      option->constraint_type == SANE_CONSTRAINT_WORD_LIST)
    read_choices (option, control);
  else if (option->type == SANE_TYPE_BOOL)
    control->kind = YZ_CONTROL_BOOL;
  else if (option->type != SANE_TYPE_STRING)
    read_range (option, control);
  g_ptr_array_add (controls, control);
}

void
yz_scanner_options_list (SANE_Handle handle, GPtrArray *controls)
{
  const SANE_Option_Descriptor *option = NULL;

  for (SANE_Int i = 1; (option = sane_get_option_descriptor (handle, i)) != NULL; i++)
    if (is_simple (option))
      add_control (handle, option, i, controls);
}

static void
parse_value (const SANE_Option_Descriptor *option, const char *text, Value *value)
{
  double number = g_ascii_strtod (text, NULL);

  switch (option->type) {
  case SANE_TYPE_BOOL:
    value->word = g_str_equal (text, "true") ? SANE_TRUE : SANE_FALSE;
    break;
  case SANE_TYPE_INT:
    value->word = (SANE_Word) lround (CLAMP (number, G_MININT32, G_MAXINT32));
    break;
  case SANE_TYPE_FIXED:
    value->word = SANE_FIX (CLAMP (number, G_MININT16, G_MAXINT16));
    break;
  case SANE_TYPE_STRING:
    g_strlcpy (value->text, text, MIN ((gsize) option->size, VALUE_MAX));
    break;
  case SANE_TYPE_BUTTON:
  case SANE_TYPE_GROUP:
  default:
    break;
  }
}

SANE_Status
yz_scanner_options_set (SANE_Handle handle, const char *name, const char *value)
{
  SANE_Int number = 0;
  const SANE_Option_Descriptor *option = find_option (handle, name, &number);
  Value parsed = { 0 };

  if (option == NULL || !SANE_OPTION_IS_SETTABLE (option->cap))
    return SANE_STATUS_UNSUPPORTED;
  parse_value (option, value, &parsed);
  return sane_control_option (handle, number, SANE_ACTION_SET_VALUE, &parsed, NULL);
}

char *
yz_scanner_options_get (SANE_Handle handle, const char *name)
{
  SANE_Int number = 0;
  const SANE_Option_Descriptor *option = find_option (handle, name, &number);

  return option != NULL ? read_value (handle, option, number) : NULL;
}
