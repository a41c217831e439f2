/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/suggestion.h"

#include <string.h>

#define ADDRESS "住址"
#define OTHER "其他"
#define CHILD "新生儿姓名"
#define MOTHER "母亲"
#define LEAST_WORDS 5 /* Chinese characters of an address */
#define LEAST_PLACE 3 /* and of a place */

/* What stands before a value on the card and in the booklet; the longer label first, so that 性别
 * is not looked for inside another one. */
static const char *const NAME_LABELS[] = { "姓名", NULL };
static const char *const SEX_LABELS[] = { "性别", NULL };
static const char *const NATION_LABELS[] = { "民族", NULL };
static const char *const BIRTH_LABELS[] = { "出生日期", "出生", NULL };
static const char *const ADDRESS_LABELS[] = { "本市其他住址", ADDRESS, NULL };
static const char *const NUMBER_LABELS[] = {
  "公民身份号码", "公民身份证件编号", "身份证件编号", "身份证号", NULL,
};

/* Every label that may end a value. */
static const char *const *const ALL_LABELS[] = {
  NAME_LABELS, SEX_LABELS, NATION_LABELS, BIRTH_LABELS, ADDRESS_LABELS, NUMBER_LABELS,
};
/* Other words printed in the booklet where a value would otherwise run on. */
static const char *const OTHER_LABELS[] = {
  "户主或与", "户主", "曾用名", "籍贯", "出生地", "宗教信仰", "身高", "血型", "文化程度", NULL,
};

/* The text without any white space inside its lines; full-width digits become plain ones. */
static char *
squeeze (const char *text)
{
  GString *squeezed = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (c >= 0xff10 && c <= 0xff19)
      c = '0' + (c - 0xff10);
    if (c == '\n' || !g_unichar_isspace (c))
      g_string_append_unichar (squeezed, c);
  }
  return g_string_free (squeezed, FALSE);
}

static const char *
find_label (const char *text, const char *const *labels)
{
  for (gsize i = 0; labels[i] != NULL; i++) {
    const char *at = strstr (text, labels[i]);

    if (at != NULL)
      return at + strlen (labels[i]);
  }
  return NULL;
}

/* How many bytes of @value belong to it: up to the next label on the line. */
static gsize
measure_value (const char *value, gsize length)
{
  gsize least = length;

  for (gsize i = 0; i <= G_N_ELEMENTS (ALL_LABELS); i++) {
    const char *const *labels =
        i < G_N_ELEMENTS (ALL_LABELS) ? ALL_LABELS[i] : (const char *const *) OTHER_LABELS;

    for (gsize k = 0; labels[k] != NULL; k++) {
      const char *at = g_strstr_len (value, (gssize) least, labels[k]);

      if (at != NULL)
        least = (gsize) (at - value);
    }
  }
  return least;
}

/* Punctuation that a reader makes of specks and rules. */
static gboolean
is_speck (gunichar c)
{
  return g_unichar_ispunct (c) && c != 0xb7 && c != '-' && c != '(' && c != ')' && c != 0xff08 &&
         c != 0xff09 && c != '#';
}

static char *
clean (const char *value, gsize length)
{
  GString *cleaned = g_string_new (NULL);

  for (const char *at = value; at < value + length; at = g_utf8_next_char (at))
    if (!is_speck (g_utf8_get_char (at)))
      g_string_append_unichar (cleaned, g_utf8_get_char (at));
  if (cleaned->len == 0) {
    g_string_free (cleaned, TRUE);
    return NULL;
  }
  return g_string_free (cleaned, FALSE);
}

static char *
read_value (const char *text, const char *const *labels)
{
  const char *value = find_label (text, labels);

  return value == NULL ? NULL : clean (value, measure_value (value, strcspn (value, "\n")));
}

/* Cuts off the number's label where it ran on, and the dashes that a pattern makes at the end. */
static void
trim_address (GString *address)
{
  static const char *const NEXT[] = { "公民身份", "民身份", "身份号码" };
  static const char *const DASHES[] = { "-一", "-" };
  gboolean cut = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (NEXT); i++) {
    const char *next = strstr (address->str, NEXT[i]);

    if (next != NULL)
      g_string_truncate (address, (gsize) (next - address->str));
  }
  while (cut) {
    cut = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (DASHES) && !cut; i++) {
      cut = g_str_has_suffix (address->str, DASHES[i]);
      if (cut)
        g_string_truncate (address, address->len - strlen (DASHES[i]));
    }
  }
}

/* A place in words and numbers; what the reader makes of a seal or an empty line is none. */
static gboolean
is_address (const char *text)
{
  guint words = 0;
  guint rest = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    const gunichar c = g_utf8_get_char (at);

    if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN)
      words++;
    else if (!g_unichar_isdigit (c) && c != '-' && c != '#')
      rest++;
  }
  return words >= LEAST_WORDS && rest == 0;
}

/* What stands behind the label of where somebody is registered; the booklet has a line for other
 * addresses as well, mostly with none. */
static const char *
find_address (const char *text)
{
  const char *label = strstr (text, ADDRESS);

  while (label != NULL && label - text >= (gssize) strlen (OTHER) &&
         g_str_has_prefix (label - strlen (OTHER), OTHER))
    label = strstr (label + strlen (ADDRESS), ADDRESS);
  return label != NULL ? label + strlen (ADDRESS) : NULL;
}

/* An address runs over several lines, until a line that begins with a label or with a digit run as
 * long as a citizen number. */
static char *
read_address (const char *text)
{
  const char *line = find_address (text);
  GString *address = NULL;

  if (line == NULL)
    return NULL;
  address = g_string_new (NULL);
  for (guint n = 0; n < 4 && *line != '\0'; n++) {
    gsize whole = strcspn (line, "\n");
    gsize length = measure_value (line, whole);
    g_autofree char *part = length > 0 ? clean (line, length) : NULL;

    if (part != NULL && (strspn (part, "0123456789") >= 15 || g_str_equal (part, "一")))
      break;
    if (part != NULL)
      g_string_append (address, part);
    if (length < whole || (part == NULL && n > 0))
      break;
    line += whole + (line[whole] == '\n');
  }
  trim_address (address);
  return g_string_free (address, !is_address (address->str));
}

static gboolean
is_name (const char *name)
{
  glong length = g_utf8_strlen (name, -1);

  if (length < 2 || length > 20)
    return FALSE;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (c != 0xb7 && g_unichar_get_script (c) != G_UNICODE_SCRIPT_HAN)
      return FALSE;
  }
  return TRUE;
}

/* "1990年1月1日" as printed on the card, in the booklet and on the certificate. */
static void
read_birth (const char *text, const char *const *labels, const GDate *today, GDate *out_birth)
{
  const char *value = find_label (text, labels);
  guint64 parts[3] = { 0 };

  for (guint i = 0; value != NULL && i < 3; i++) {
    gsize skip = strcspn (value, "0123456789\n");
    char *end = NULL;

    if (value[skip] == '\0' || value[skip] == '\n')
      return;
    parts[i] = g_ascii_strtoull (value + skip, &end, 10);
    value = end;
  }
  if (value == NULL || parts[0] < 1880 || parts[0] > 9999 || parts[1] > 12 || parts[2] > 31 ||
      !g_date_valid_dmy ((GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]))
    return;
  g_date_set_dmy (out_birth, (GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]);
  if (g_date_compare (out_birth, today) > 0)
    g_date_clear (out_birth, 1);
}

/* The first run of 18 characters anywhere that is a citizen number by its check character, and of
 * this sex unless that is unknown. */
static gboolean
find_number (const char *text, const GDate *today, YzSex sex, YzIdentity *out_identity)
{
  for (const char *at = text; *at != '\0'; at++) {
    gsize run = strspn (at, "0123456789");
    gsize whole = run + ((at[run] == 'X' || at[run] == 'x') ? 1 : 0);
    g_autofree char *candidate = NULL;

    if (run == 0)
      continue;
    if (whole == 18) {
      candidate = g_strndup (at, whole);
      if (yz_identity_check (candidate, today, out_identity, NULL) &&
          (sex == YZ_SEX_UNKNOWN || sex == out_identity->sex))
        return TRUE;
    }
    at += run - 1;
  }
  return FALSE;
}

static YzSex
read_sex (const char *text)
{
  const char *value = find_label (text, SEX_LABELS);

  if (value == NULL)
    return YZ_SEX_UNKNOWN;
  while (is_speck (g_utf8_get_char (value)))
    value = g_utf8_next_char (value);
  if (g_str_has_prefix (value, "男"))
    return YZ_SEX_MALE;
  return g_str_has_prefix (value, "女") ? YZ_SEX_FEMALE : YZ_SEX_UNKNOWN;
}

/* The certificate has a child, a mother and a father, each with a name. */
static gboolean
is_certificate (const char *text)
{
  return strstr (text, CHILD) != NULL ||
         (strstr (text, "医学证明") != NULL && strstr (text, MOTHER));
}

/* The words right behind a label, as far as they are words: cells stand side by side. */
static char *
read_words (const char *text, const char *const *labels)
{
  const char *value = find_label (text, labels);
  const char *end = NULL;
  gsize length = 0;

  if (value == NULL)
    return NULL;
  while (is_speck (g_utf8_get_char (value)))
    value = g_utf8_next_char (value);
  length = measure_value (value, strcspn (value, "\n"));
  for (end = value; end < value + length; end = g_utf8_next_char (end))
    if (g_unichar_get_script (g_utf8_get_char (end)) != G_UNICODE_SCRIPT_HAN)
      break;
  return g_strndup (value, (gsize) (end - value));
}

static void
add_fact (YzSuggestion *self, const char *id, const char *value)
{
  if (value != NULL && *value != '\0')
    g_hash_table_insert (self->facts, g_strdup (id), g_strdup (value));
}

/* Two citizen numbers stand on it, the mother's and the father's: the sex in them tells which. */
static void
add_parent (YzSuggestion *self, const char *id, const char *text, YzSex sex, const GDate *today)
{
  YzIdentity identity = { 0 };

  if (find_number (text, today, sex, &identity))
    add_fact (self, id, identity.number);
}

/* A letter and nine or ten digits. */
static char *
find_certificate_number (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("编号\\W{0,3}([A-Z][0-9]{9,10})(?![0-9])", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static void
read_certificate (YzSuggestion *self, const char *text, const GDate *today)
{
  static const char *const NAMES[] = { CHILD, NULL };
  static const char *const TIMES[] = { "出生时间", "出生日期", NULL };
  static const char *const PLACES[] = { "出生地点", "出生地", NULL };
  g_autofree char *name = read_words (text, NAMES);
  g_autofree char *place = read_words (text, PLACES);
  g_autofree char *number = find_certificate_number (text);
  const YzSex sex = read_sex (text);
  char day[16] = "";
  GDate birth;

  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_date_clear (&birth, 1);
  read_birth (text, TIMES, today, &birth);
  if (g_date_valid (&birth))
    g_date_strftime (day, sizeof day, "%Y-%m-%d", &birth);
  add_fact (self, "child-name", name != NULL && is_name (name) ? name : NULL);
  add_fact (self, "child-sex", sex == YZ_SEX_MALE ? "男" : sex == YZ_SEX_FEMALE ? "女" : NULL);
  add_fact (self, "birth-date", day);
  add_fact (self, "birth-place",
            place != NULL && g_utf8_strlen (place, -1) >= LEAST_PLACE ? place : NULL);
  add_fact (self, "birth-certificate-number", number);
  add_parent (self, "mother-number", text, YZ_SEX_FEMALE, today);
  add_parent (self, "father-number", text, YZ_SEX_MALE, today);
}

YzSuggestion *
yz_suggestion_read (const char *text, const GDate *today)
{
  g_autofree char *squeezed = NULL;
  g_autoptr (YzSuggestion) self = g_new0 (YzSuggestion, 1);
  YzIdentity identity = { 0 };

  g_return_val_if_fail (text != NULL && g_date_valid (today), NULL);
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  squeezed = squeeze (text);
  if (is_certificate (squeezed)) {
    read_certificate (self, squeezed, today);
    return g_hash_table_size (self->facts) > 0 ? g_steal_pointer (&self) : NULL;
  }
  self->name = read_value (squeezed, NAME_LABELS);
  if (self->name != NULL && !is_name (self->name))
    g_clear_pointer (&self->name, g_free);
  self->nation = read_value (squeezed, NATION_LABELS);
  self->address = read_address (squeezed);
  self->sex = read_sex (squeezed);
  read_birth (squeezed, BIRTH_LABELS, today, &self->birth);
  if (find_number (squeezed, today, YZ_SEX_UNKNOWN, &identity)) {
    self->number = g_strdup (identity.number);
    self->sex = identity.sex;
    self->birth = identity.birth;
    self->decided = TRUE;
  }
  if (self->name == NULL && self->address == NULL && self->number == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

YzSuggestion *
yz_suggestion_copy (const YzSuggestion *self)
{
  YzSuggestion *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->nation = g_strdup (self->nation);
  copy->address = g_strdup (self->address);
  copy->number = g_strdup (self->number);
  copy->facts = self->facts != NULL ? g_hash_table_ref (self->facts) : NULL;
  return copy;
}

void
yz_suggestion_free (YzSuggestion *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->nation);
  g_free (self->address);
  g_free (self->number);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_free (self);
}
