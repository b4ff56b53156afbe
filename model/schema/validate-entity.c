/*
 * Checks of entities: templates against the attributes and key parts that they name.
 *
 * A key is derived from an item's attributes, so every variable must be one, or be declared as a key
 * part: something that exists inside the key only.
 */
#include "model/schema/validate-private.h"

#include "model/base/i18n.h"
#include "model/base/service-limits.h"

#include <string.h>

static HrNamed
entity_get_named (gconstpointer data)
{
  const HrEntity *entity = data;

  return (HrNamed) { entity->name, entity->place };
}

void
hr_check_entity_repeats (const HrCheck *self)
{
  hr_check_repeats (self, self->table->entities, entity_get_named,
                    _("there is an entity of this name already; rename one of them."));
}

void
hr_check_entity_name (const HrCheck *self)
{
  if (*self->entity->name == '\0')
    hr_check_report (self, self->entity->place, _("This entity has no name; add `\"name\": \"…\"`."));
}

static void
check_names (const HrCheck *self, const GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      const HrAttribute *attribute = list->pdata[i];
      gsize length = strlen (attribute->name);

      if (length == 0 || length > HR_LIMIT_ATTRIBUTE_NAME_BYTES)
        hr_check_report (self, attribute->place,
                         _("The name of an attribute has 1 to 65535 bytes; this one has %u."),
                         (guint) length);
    }
}

void
hr_check_attribute_names (const HrCheck *self)
{
  check_names (self, self->entity->attributes);
  check_names (self, self->entity->key_parts);
}

void
hr_check_attribute_repeats (const HrCheck *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_ptr_array_extend (all, self->entity->attributes, NULL, NULL);
  g_ptr_array_extend (all, self->entity->key_parts, NULL, NULL);
  hr_check_repeats (self, all, hr_attribute_get_named,
                    _("the name is declared already; it is one attribute or one key part."));
}

void
hr_check_attribute_types (const HrCheck *self)
{
  for (guint i = 0; i < self->entity->attributes->len; i++)
    {
      const HrAttribute *attribute = self->entity->attributes->pdata[i];
      const HrAttribute *key = hr_table_find_key_attribute (self->table, attribute->name);

      if (key != NULL && key->type != attribute->type)
        hr_check_report_part (self, HR_TARGET_ATTRIBUTE, attribute->name, NULL, attribute->place,
                              _("`%s` is %s here but a key of type %s; items of %s could not be stored."),
                              attribute->name, hr_type_get_name (attribute->type),
                              hr_type_get_name (key->type), self->entity->name);
    }
}

void
hr_check_key_part_types (const HrCheck *self)
{
  for (guint i = 0; i < self->entity->key_parts->len; i++)
    {
      const HrAttribute *part = self->entity->key_parts->pdata[i];

      if (part->type != HR_TYPE_S && part->type != HR_TYPE_N)
        hr_check_report_part (self, HR_TARGET_KEY_PART, part->name, NULL, part->place,
                              _("Key part `%s` cannot be of type %s; key parts are S or N."), part->name,
                              hr_type_get_name (part->type));
    }
}

static gboolean
template_has_variable (const HrKeyTemplate *key_template, const char *name)
{
  for (guint i = 0; i < key_template->n_parts; i++)
    if (key_template->parts[i].is_variable && strcmp (key_template->parts[i].text, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
entity_uses (const HrEntity *entity, const char *variable)
{
  for (guint i = 0; i < entity->keys->len; i++)
    {
      const HrEntityKey *key = entity->keys->pdata[i];

      if (template_has_variable (key->template, variable))
        return TRUE;
    }
  return FALSE;
}

void
hr_check_key_parts_used (const HrCheck *self)
{
  for (guint i = 0; i < self->entity->key_parts->len; i++)
    {
      const HrAttribute *part = self->entity->key_parts->pdata[i];

      if (!entity_uses (self->entity, part->name))
        hr_check_report_part (
            self, HR_TARGET_KEY_PART, part->name, NULL, part->place,
            _("No key of %s contains `{%s}`, so it is stored nowhere; use it in a template or "
               "make it an attribute."),
            self->entity->name, part->name);
    }
}

static void
offer_key_cb (const HrAttribute *attribute, gpointer user_data)
{
  hr_suggestion_offer (user_data, attribute->name);
}

void
hr_check_template_keys (const HrCheck *self)
{
  for (guint i = 0; i < self->entity->keys->len; i++)
    {
      const HrEntityKey *key = self->entity->keys->pdata[i];
      HrSuggestion suggestion = HR_SUGGESTION (key->attribute);
      g_autofree char *hint = NULL;

      if (hr_table_find_key_attribute (self->table, key->attribute) != NULL)
        continue;
      hr_table_foreach_key_attribute (self->table, offer_key_cb, &suggestion);
      hint = hr_suggestion_dup_hint (&suggestion);
      hr_check_report_part (self, HR_TARGET_TEMPLATE, key->attribute, NULL, key->place,
                            _("`%s` is no key of table %s or of its indexes.%s"), key->attribute,
                            self->table->name, hint);
    }
}

/* A template that could not be read is among the extras and has been reported. */
static gboolean
has_broken_templates (const HrEntity *entity)
{
  return hr_extras_find (entity->extras, "keys") != NULL;
}

static gboolean
makes_key (const HrEntity *entity, const char *name)
{
  const HrAttribute *declared = hr_entity_find_variable (entity, name);

  return hr_entity_get_key (entity, name) != NULL || declared != NULL;
}

void
hr_check_template_missing (const HrCheck *self)
{
  const HrAttribute *keys[] = { hr_table_get_partition_key (self->table),
                                hr_table_get_sort_key (self->table) };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i] != NULL && !makes_key (self->entity, keys[i]->name) && !has_broken_templates (self->entity))
      hr_check_report (self, self->entity->place,
                       _("%s does not say how its key `%s` is made; add a template to `keys`, or an "
                         "attribute `%s`."),
                       self->entity->name, keys[i]->name, keys[i]->name);
}

void
hr_check_template_types (const HrCheck *self)
{
  for (guint i = 0; i < self->entity->keys->len; i++)
    {
      const HrEntityKey *key = self->entity->keys->pdata[i];
      const HrAttribute *attribute = hr_table_find_key_attribute (self->table, key->attribute);
      gboolean is_bare = key->template->n_parts == 1 && key->template->parts[0].is_variable;
      HrDecimal number;

      if (attribute == NULL || attribute->type == HR_TYPE_S || is_bare)
        continue;
      if (attribute->type == HR_TYPE_N && key->template->n_parts == 1
          && hr_decimal_parse (&number, key->template->parts[0].text, strlen (key->template->parts[0].text))
                 == HR_DECIMAL_OK)
        continue;
      hr_check_report_part (self, HR_TARGET_TEMPLATE, key->attribute, NULL, key->place,
                            _("Key `%s` is of type %s, so its template must be a single variable such as "
                               "`{number}`."),
                            key->attribute, hr_type_get_name (attribute->type));
    }
}

typedef void (*VariableFunc) (const HrCheck *self, const HrEntityKey *key, const HrTemplatePart *part,
                              HrRange place);

static void
foreach_variable (const HrCheck *self, VariableFunc func)
{
  for (guint i = 0; i < self->entity->keys->len; i++)
    {
      const HrEntityKey *key = self->entity->keys->pdata[i];
      gsize length = strlen (key->template->text);

      for (guint j = 0; j < key->template->n_parts; j++)
        {
          const HrTemplatePart *part = &key->template->parts[j];

          if (part->is_variable)
            func (self, key, part, hr_range_inside (key->place, length, part->range));
        }
    }
}

static void
offer_names (HrSuggestion *suggestion, const GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      const HrAttribute *attribute = list->pdata[i];

      hr_suggestion_offer (suggestion, attribute->name);
    }
}

static void
check_variable_known (const HrCheck *self, const HrEntityKey *key, const HrTemplatePart *part, HrRange place)
{
  HrSuggestion suggestion = HR_SUGGESTION (part->text);
  g_autofree char *hint = NULL;

  if (hr_entity_find_variable (self->entity, part->text) != NULL)
    return;
  offer_names (&suggestion, self->entity->key_parts);
  offer_names (&suggestion, self->entity->attributes);
  hint = hr_suggestion_dup_hint (&suggestion);
  hr_check_report_part (self, HR_TARGET_TEMPLATE, key->attribute, part->text, place,
                        _("`{%s}` is no attribute and no key part of %s.%s"), part->text, self->entity->name,
                        hint);
}

void
hr_check_template_variables (const HrCheck *self)
{
  foreach_variable (self, check_variable_known);
}

/* An attribute or a key part. */
static HrTargetKind
get_kind (const HrEntity *entity, const char *variable)
{
  return hr_attributes_find (entity->attributes, variable) != NULL ? HR_TARGET_ATTRIBUTE : HR_TARGET_KEY_PART;
}

static void
check_variable_type (const HrCheck *self, const HrEntityKey *key, const HrTemplatePart *part, HrRange place)
{
  const HrAttribute *attribute = hr_entity_find_variable (self->entity, part->text);
  const HrAttribute *made = hr_table_find_key_attribute (self->table, key->attribute);

  if (attribute == NULL || attribute->type == HR_TYPE_S || attribute->type == HR_TYPE_N)
    {
      if (attribute != NULL && made != NULL && made->type == HR_TYPE_N && attribute->type != HR_TYPE_N)
        hr_check_report_part (self, get_kind (self->entity, part->text), part->text, NULL, place,
                              _("`{%s}` is %s but makes the key `%s` of type N; declare it as N."),
                              part->text, hr_type_get_name (attribute->type), key->attribute);
      return;
    }
  if (made != NULL && made->type == HR_TYPE_B && attribute->type == HR_TYPE_B)
    return;
  hr_check_report_part (self, get_kind (self->entity, part->text), part->text, NULL, place,
                        _("`{%s}` is of type %s, which cannot stand in a key; use S or N."), part->text,
                        hr_type_get_name (attribute->type));
}

void
hr_check_variable_types (const HrCheck *self)
{
  foreach_variable (self, check_variable_type);
}

static void
check_variable_optional (const HrCheck *self, const HrEntityKey *key, const HrTemplatePart *part,
                         HrRange place)
{
  const HrAttribute *attribute = hr_entity_find_variable (self->entity, part->text);

  if (attribute != NULL && attribute->optional && hr_table_is_key (self->table, key->attribute))
    hr_check_report_part (self, get_kind (self->entity, part->text), part->text, NULL, place,
                          _("`{%s}` is optional, but without it an item of %s has no key; drop `optional`."),
                          part->text, self->entity->name);
}

void
hr_check_variable_optional (const HrCheck *self)
{
  foreach_variable (self, check_variable_optional);
}
