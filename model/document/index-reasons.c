/*
 * Why an item or a whole entity is not in an index.
 *
 * An item enters when each key attribute of the index is there and is a usable key; this asks attribute by attribute
 * what hr_key_layout_gather() asks at once, so that all that is lacking can be said together.
 */
#include "model/document/index-reasons.h"

#include "model/base/i18n.h"

static HrIndexLack
judge_value (const HrKeyLayout *layout, guint number, const HrValue *value)
{
  if (value == NULL)
    return HR_LACK_MISSING (number);
  if (value->type != layout->parts[number].type)
    return HR_LACK_TYPE (number);
  if (value->length == 0 || value->length > hr_key_layout_get_limit (layout, number))
    return HR_LACK_VALUE (number);
  return 0;
}

HrIndexLack
hr_index_judge_item (const HrKeyLayout *layout, const HrValue *item)
{
  HrIndexLack lack = 0;

  for (guint i = 0; i < layout->n_key; i++)
    lack |= judge_value (layout, i, hr_map_get (item, layout->parts[i].name, layout->parts[i].name_length));
  return lack;
}

static const HrAttribute *
find_attribute (const GPtrArray *attributes, const char *name)
{
  for (guint i = 0; attributes != NULL && i < attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (attributes, i);

      if (strcmp (attribute->name, name) == 0)
        return attribute;
    }
  return NULL;
}

/* A key that a template makes is there when everything in the template is. */
static HrIndexEntry
judge_template (const HrEntity *entity, const HrKeyTemplate *template)
{
  for (guint i = 0; i < template->n_parts; i++)
    {
      const HrTemplatePart *part = &template->parts[i];
      const HrAttribute *attribute = part->is_variable ? find_attribute (entity->attributes, part->text) : NULL;

      if (attribute != NULL && attribute->optional)
        return HR_ENTRY_SOME;
    }
  return HR_ENTRY_ALL;
}

static HrIndexEntry
judge_part (const HrTable *table, const HrEntity *entity, const HrKeyPart *part, guint number, HrIndexLack *lack)
{
  const HrEntityKey *key = hr_entity_get_key (entity, part->name);
  const HrAttribute *attribute = find_attribute (entity->attributes, part->name);
  HrIndexEntry entry;

  if (find_attribute (table->partition_key, part->name) != NULL || find_attribute (table->sort_key, part->name) != NULL)
    return HR_ENTRY_ALL;
  if (key != NULL)
    entry = judge_template (entity, key->template);
  else if (attribute == NULL)
    entry = HR_ENTRY_NEVER;
  else if (attribute->type != part->type)
    {
      *lack |= HR_LACK_TYPE (number);
      return HR_ENTRY_NEVER;
    }
  else
    entry = attribute->optional ? HR_ENTRY_SOME : HR_ENTRY_ALL;
  if (entry != HR_ENTRY_ALL)
    *lack |= HR_LACK_MISSING (number);
  return entry;
}

HrIndexEntry
hr_index_judge_entity (const HrTable *table, const HrIndex *index, const HrEntity *entity, HrIndexLack *lack)
{
  HrIndexEntry entry = HR_ENTRY_ALL;
  HrIndexLack kept_out = 0;
  HrKeyLayout layout;

  if (!hr_key_layout_init (&layout, table, index))
    entry = HR_ENTRY_NEVER;
  else
    for (guint i = 0; i < layout.n_key; i++)
      entry = MIN (entry, judge_part (table, entity, &layout.parts[i], i, &kept_out));
  if (lack != NULL)
    *lack = kept_out;
  return entry;
}

static char *
describe_type (HrType type, const char *name)
{
  if (type == HR_TYPE_S)
    return g_strdup_printf (_ ("`%s` is no string"), name);
  if (type == HR_TYPE_N)
    return g_strdup_printf (_ ("`%s` is no number"), name);
  return g_strdup_printf (_ ("`%s` is not binary"), name);
}

static void
append (GString *words, char *part)
{
  if (words->len > 0)
    g_string_append (words, _ (", "));
  g_string_append (words, part);
  g_free (part);
}

char *
hr_index_lack_describe (HrIndexLack lack, const HrKeyLayout *layout)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < layout->n_key; i++)
    {
      const char *name = layout->parts[i].name;

      if (lack & HR_LACK_MISSING (i))
        append (words, g_strdup_printf (_ ("no `%s`"), name));
      if (lack & HR_LACK_TYPE (i))
        append (words, describe_type (layout->parts[i].type, name));
      if (lack & HR_LACK_VALUE (i))
        append (words, g_strdup_printf (_ ("`%s` is empty or too long for a key"), name));
    }
  return g_string_free (words, FALSE);
}
