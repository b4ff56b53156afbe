/*
 * Setting what belongs to one definition: types, templates, settings, projections, and what patterns are made of.
 */
#include "model/document/edit-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"

#include <string.h>

gboolean
hr_document_set_title (HrDocument *self, const char *title, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && title != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, NULL, error))
    return FALSE;
  if (g_strcmp0 (edit.model->name, title) == 0)
    return TRUE;
  g_free (edit.model->name);
  edit.model->name = g_strdup (title);
  return hr_model_edit_apply (&edit, g_strdup (_("Change title of model")), error);
}

/* Types. A key attribute has one type wherever the table and its indexes use it. */

static void
set_key_type (GPtrArray *list, const char *name, HrType type)
{
  HrAttribute *key = (HrAttribute *) hr_attributes_find (list, name);

  if (key != NULL)
    key->type = type;
}

static void
set_key_types (const HrTable *table, const char *name, HrType type)
{
  set_key_type (table->partition_key, name, type);
  set_key_type (table->sort_key, name, type);
  for (guint i = 0; i < table->indexes->len; i++)
    {
      const HrIndex *index = table->indexes->pdata[i];

      set_key_type (index->partition_key, name, type);
      set_key_type (index->sort_key, name, type);
    }
}

gboolean
hr_document_set_type (HrDocument *self, const HrTarget *target, HrType type, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrType *slot;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && target != NULL && type < HR_N_TYPES, FALSE);
  g_return_val_if_fail (target->kind == HR_TARGET_KEY || target->kind == HR_TARGET_ATTRIBUTE
                            || target->kind == HR_TARGET_KEY_PART || target->kind == HR_TARGET_PARAMETER,
                        FALSE);

  if (!hr_model_edit_begin (&edit, self, target, error))
    return FALSE;
  slot = target->kind == HR_TARGET_PARAMETER ? &((HrParameter *) edit.place.definition)->type
                                             : &((HrAttribute *) edit.place.definition)->type;
  if (*slot == type)
    return TRUE;
  *slot = type;
  if (target->kind == HR_TARGET_KEY)
    set_key_types (edit.place.table, target->name, type);
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change type of %s"), target->name), error);
}

gboolean
hr_document_set_optional (HrDocument *self, const HrTarget *target, gboolean optional, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrAttribute *attribute;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && target != NULL, FALSE);
  g_return_val_if_fail (target->kind == HR_TARGET_ATTRIBUTE || target->kind == HR_TARGET_KEY_PART, FALSE);

  if (!hr_model_edit_begin (&edit, self, target, error))
    return FALSE;
  attribute = edit.place.definition;
  if (attribute->optional == !!optional)
    return TRUE;
  attribute->optional = !!optional;
  return hr_model_edit_apply (&edit,
                              g_strdup_printf (optional ? _("Make %s optional") : _("Make %s required"), target->name),
                              error);
}

/* Templates */

static gboolean
names_variable (const HrEntity *entity, const char *name)
{
  for (guint i = 0; i < entity->keys->len; i++)
    {
      const HrEntityKey *key = entity->keys->pdata[i];

      for (guint j = 0; j < key->template->n_parts; j++)
        if (key->template->parts[j].is_variable && g_str_equal (key->template->parts[j].text, name))
          return TRUE;
    }
  return FALSE;
}

void
hr_edit_declare_key_parts (HrEntity *entity)
{
  for (guint i = entity->key_parts->len; i > 0; i--)
    if (!names_variable (entity, ((HrAttribute *) entity->key_parts->pdata[i - 1])->name))
      g_ptr_array_remove_index (entity->key_parts, i - 1);
  for (guint i = 0; i < entity->keys->len; i++)
    {
      const HrEntityKey *key = entity->keys->pdata[i];

      for (guint j = 0; j < key->template->n_parts; j++)
        {
          const HrTemplatePart *part = &key->template->parts[j];

          if (part->is_variable && hr_entity_find_variable (entity, part->text) == NULL)
            g_ptr_array_add (entity->key_parts, hr_attribute_new (part->text, HR_TYPE_S));
        }
    }
}

HrKeyTemplate *
hr_edit_parse_template (const char *text, GError **error)
{
  g_autofree char *message = NULL;
  HrRange range;
  HrKeyTemplate *parsed = hr_key_template_parse (text, &message, &range);

  if (parsed == NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("The template “%s” cannot be read at character %ld: %s."), text,
                 g_utf8_strlen (text, range.start) + 1, message);
  return parsed;
}

void
hr_edit_set_template (HrEntity *entity, const char *key, HrKeyTemplate *parsed)
{
  HrEntityKey *old = (HrEntityKey *) hr_entity_get_key (entity, key);

  if (parsed == NULL)
    {
      if (old != NULL)
        g_ptr_array_remove (entity->keys, old);
      return;
    }
  if (old == NULL)
    {
      g_ptr_array_add (entity->keys, hr_entity_key_new (key, parsed));
      return;
    }
  hr_key_template_free (old->template);
  old->template = parsed;
}

/* "Change sort key of Message"; of an index key, by its name. */
char *
hr_edit_dup_template_step (const HrTable *table, const char *entity, const char *key)
{
  if (hr_attributes_find (table->partition_key, key) != NULL)
    return g_strdup_printf (_("Change partition key of %s"), entity);
  if (hr_attributes_find (table->sort_key, key) != NULL)
    return g_strdup_printf (_("Change sort key of %s"), entity);
  return g_strdup_printf (_("Change %s of %s"), key, entity);
}

gboolean
hr_document_set_template (HrDocument *self, const char *table, const char *entity, const char *key, const char *text,
                          gboolean declare, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  const HrEntityKey *old;
  HrKeyTemplate *parsed = NULL;
  gboolean is_set = text != NULL && *text != '\0';

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && entity != NULL && key != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (ENTITY, table, NULL, entity), error))
    return FALSE;
  old = hr_entity_get_key (edit.place.entity, key);
  if (g_strcmp0 (is_set ? text : NULL, old != NULL ? old->template->text : NULL) == 0)
    return TRUE;
  if (is_set)
    {
      parsed = hr_edit_parse_template (text, error);
      if (parsed == NULL)
        return FALSE;
    }
  hr_edit_set_template (edit.place.entity, key, parsed);
  if (declare)
    hr_edit_declare_key_parts (edit.place.entity);
  return hr_model_edit_apply (&edit, hr_edit_dup_template_step (edit.place.table, entity, key), error);
}

/* Indexes */

gboolean
hr_document_set_index_key (HrDocument *self, const HrTarget *key, const char *attribute, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrAttribute *slot;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && key != NULL && attribute != NULL, FALSE);
  g_return_val_if_fail (key->kind == HR_TARGET_KEY && key->owner != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, key, error))
    return FALSE;
  slot = edit.place.definition;
  if (g_str_equal (slot->name, attribute))
    return TRUE;
  if (*attribute == '\0')
    {
      g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("A key of index %s needs the name of an attribute."),
                   key->owner);
      return FALSE;
    }
  g_free (slot->name);
  slot->name = g_strdup (attribute);
  slot->type = HR_TYPE_S;
  slot->type = hr_table_guess_type (edit.place.table, attribute);
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change key of %s"), key->owner), error);
}

gboolean
hr_document_set_index_kind (HrDocument *self, const char *table, const char *index, HrIndexKind kind, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && index != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (INDEX, table, NULL, index), error))
    return FALSE;
  if (edit.place.index->kind == kind)
    return TRUE;
  edit.place.index->kind = kind;
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change kind of %s"), index), error);
}

static gboolean
has_included (const HrIndex *index, const char *const *included)
{
  guint count = included != NULL ? g_strv_length ((char **) included) : 0;

  if (index->included->len != count)
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!g_str_equal (index->included->pdata[i], included[i]))
      return FALSE;
  return TRUE;
}

gboolean
hr_document_set_projection (HrDocument *self, const char *table, const char *index, HrProjectionType type,
                            const char *const *included, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrIndex *definition;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && index != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (INDEX, table, NULL, index), error))
    return FALSE;
  definition = edit.place.index;
  if (type != HR_PROJECT_INCLUDE)
    included = NULL;
  if (definition->projection == type && has_included (definition, included))
    return TRUE;
  definition->projection = type;
  g_ptr_array_set_size (definition->included, 0);
  for (guint i = 0; included != NULL && included[i] != NULL; i++)
    g_ptr_array_add (definition->included, g_strdup (included[i]));
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change projection of %s"), index), error);
}

gboolean
hr_document_set_index_units (HrDocument *self, const char *table, const char *index, gint64 read_units,
                             gint64 write_units, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrIndex *definition;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && index != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (INDEX, table, NULL, index), error))
    return FALSE;
  definition = edit.place.index;
  if (definition->read_units == read_units && definition->write_units == write_units)
    return TRUE;
  definition->read_units = read_units;
  definition->write_units = write_units;
  return hr_model_edit_apply (&edit, g_strdup_printf (_("Change capacity of %s"), index), error);
}

/* Settings: the step is named after the first thing that differs. */

static gboolean
same_tags (const GPtrArray *a, const GPtrArray *b)
{
  guint n_a = a != NULL ? a->len : 0;

  if (n_a != (b != NULL ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    {
      const HrTag *one = a->pdata[i];
      const HrTag *other = b->pdata[i];

      if (!g_str_equal (one->key, other->key) || !g_str_equal (one->value, other->value))
        return FALSE;
    }
  return TRUE;
}

static char *
dup_settings_step (const HrSettings *a, const HrSettings *b, const char *table)
{
  if (a->billing != b->billing || a->read_units != b->read_units || a->write_units != b->write_units)
    return g_strdup_printf (_("Change capacity of %s"), table);
  if (a->stream != b->stream)
    return g_strdup_printf (_("Change stream of %s"), table);
  if (g_strcmp0 (a->ttl_attribute, b->ttl_attribute) != 0)
    return g_strdup_printf (_("Change time to live of %s"), table);
  if (a->point_in_time_recovery != b->point_in_time_recovery)
    return g_strdup_printf (_("Change point-in-time recovery of %s"), table);
  if (a->deletion_protection != b->deletion_protection)
    return g_strdup_printf (_("Change deletion protection of %s"), table);
  if (a->kms_encryption != b->kms_encryption || g_strcmp0 (a->kms_key, b->kms_key) != 0)
    return g_strdup_printf (_("Change encryption of %s"), table);
  if (a->table_class != b->table_class)
    return g_strdup_printf (_("Change table class of %s"), table);
  if (!same_tags (a->tags, b->tags))
    return g_strdup_printf (_("Change tags of %s"), table);
  if (!hr_extras_equal (a->extras, b->extras))
    return g_strdup_printf (_("Change settings of %s"), table);
  return NULL;
}

gboolean
hr_document_set_settings (HrDocument *self, const char *table, const HrSettings *settings, GError **error)
{
  g_auto (HrModelEdit) edit = { 0 };
  HrSettings *slot;
  char *step;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL && settings != NULL, FALSE);

  if (!hr_model_edit_begin (&edit, self, &HR_TARGET (TABLE, table, NULL, NULL), error))
    return FALSE;
  slot = &edit.place.table->settings;
  step = dup_settings_step (slot, settings, table);
  if (step == NULL)
    return TRUE;
  hr_settings_clear (slot);
  hr_settings_copy (slot, settings);
  return hr_model_edit_apply (&edit, step, error);
}
