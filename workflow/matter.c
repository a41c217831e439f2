/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/matter.h"

#include <string.h>

/* The object that readers hold; the count stands behind what they see. */
typedef struct {
  YzMatter matter;
  grefcount references;
} Matter;

static void
free_material (gpointer data)
{
  YzMaterial *material = data;

  g_free ((char *) material->id);
  g_free ((char *) material->name);
  g_free ((char *) material->condition);
  g_free (material);
}

static void
free_field (gpointer data)
{
  YzFactField *field = data;

  g_free ((char *) field->id);
  g_free ((char *) field->label);
  g_free ((char *) field->kind);
  g_free (field);
}

/**
 * yz_matter_new:
 * @code: "M20"
 *
 * For the reader of definition files, who fills the fields in before anybody else sees them.
 *
 * Returns: (transfer full): a matter without materials and facts
 */
YzMatter *
yz_matter_new (const char *code)
{
  Matter *self = g_new0 (Matter, 1);

  g_return_val_if_fail (code != NULL, NULL);

  g_ref_count_init (&self->references);
  self->matter.code = g_strdup (code);
  self->matter.materials = g_ptr_array_new_with_free_func (free_material);
  self->matter.facts = g_ptr_array_new_with_free_func (free_field);
  return &self->matter;
}

/**
 * yz_matter_ref:
 * @self: a matter
 *
 * Returns: (transfer full): @self
 */
YzMatter *
yz_matter_ref (YzMatter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_ref_count_inc (&((Matter *) self)->references);
  return self;
}

/**
 * yz_matter_unref:
 * @self: (nullable) (transfer full): a matter
 */
void
yz_matter_unref (YzMatter *self)
{
  if (self == NULL || !g_ref_count_dec (&((Matter *) self)->references))
    return;

  g_free ((char *) self->code);
  g_free ((char *) self->name);
  g_free ((char *) self->name_cn);
  g_free ((char *) self->initials);
  g_free ((char *) self->group);
  g_free ((char *) self->flow);
  g_free ((char *) self->level);
  g_free ((char *) self->basis);
  g_free ((char *) self->grade);
  g_free ((char *) self->result);
  g_strfreev ((char **) self->sources);
  g_ptr_array_unref (self->materials);
  g_ptr_array_unref (self->facts);
  g_free ((char *) self->text);
  g_free ((Matter *) self);
}

static const YzMaterial *
find_by_id (const YzMatter *self, const char *id)
{
  for (guint i = 0; i < self->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (self->materials, i);

    if (g_str_equal (material->id, id))
      return material;
  }
  return NULL;
}

/* A name in any of the languages that the definition speaks. */
static const YzMaterial *
find_by_name (const YzMatter *self, const char *name)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gboolean read =
      self->text != NULL && g_key_file_load_from_data (file, self->text, strlen (self->text),
                                                       G_KEY_FILE_KEEP_TRANSLATIONS, NULL);

  for (guint i = 0; i < self->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (self->materials, i);
    g_autofree char *group = g_strconcat ("Material ", material->id, NULL);
    g_autofree char *plain = read ? g_key_file_get_string (file, group, "Name", NULL) : NULL;
    g_autofree char *chinese =
        read ? g_key_file_get_locale_string (file, group, "Name", "zh_CN", NULL) : NULL;

    if (g_str_equal (material->name, name) || g_strcmp0 (plain, name) == 0 ||
        g_strcmp0 (chinese, name) == 0)
      return material;
  }
  return NULL;
}

/**
 * yz_matter_find_material:
 * @self: a matter
 * @id_or_name_or_number: "identity-card", "Identity card", "居民身份证" or the place in the list,
 *   from 1
 *
 * Returns: (nullable) (transfer none): the material
 */
const YzMaterial *
yz_matter_find_material (const YzMatter *self, const char *id_or_name_or_number)
{
  guint64 number = 0;
  const YzMaterial *material = NULL;

  g_return_val_if_fail (self != NULL && id_or_name_or_number != NULL, NULL);

  material = find_by_id (self, id_or_name_or_number);
  if (material == NULL && g_ascii_string_to_unsigned (id_or_name_or_number, 10, 1,
                                                      MAX (self->materials->len, 1), &number, NULL))
    return number <= self->materials->len ? g_ptr_array_index (self->materials, number - 1) : NULL;
  return material != NULL ? material : find_by_name (self, id_or_name_or_number);
}

static gboolean
holds (const char *text, const char *folded)
{
  g_autofree char *text_folded = g_utf8_casefold (text, -1);

  return strstr (text_folded, folded) != NULL;
}

static gboolean
begins (const char *text, const char *folded)
{
  g_autofree char *text_folded = g_utf8_casefold (text, -1);

  return g_str_has_prefix (text_folded, folded);
}

/**
 * yz_matter_matches:
 * @self: a matter
 * @typed: what stands in a search field
 *
 * Returns: whether @typed is the beginning of the code or of the pinyin initials, or a part of the
 *   Chinese name or of the name in the reader's language; capitals do not count. Nothing typed
 *   matches everything.
 */
gboolean
yz_matter_matches (const YzMatter *self, const char *typed)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && typed != NULL, FALSE);

  valid = g_strstrip (g_utf8_make_valid (typed, -1));
  folded = g_utf8_casefold (valid, -1);
  return begins (self->code, folded) || begins (self->initials, folded) ||
         holds (self->name_cn, folded) || holds (self->name, folded);
}
