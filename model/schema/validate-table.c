/*
 * Checks of tables: what CreateTable would refuse, said before anybody calls it.
 *
 * Limits and rules are the service's; the words are ours, because they stand beside a line of a file.
 */
#include "model/schema/validate-private.h"

#include "model/base/i18n.h"
#include "model/base/service-limits.h"

#include <string.h>

static HrNamed
table_get_named (gconstpointer data)
{
  const HrTable *table = data;

  return (HrNamed) { table->name, table->place };
}

static HrNamed
index_get_named (gconstpointer data)
{
  const HrIndex *index = data;

  return (HrNamed) { index->name, index->place };
}

/* Tables and indexes share the rule for names. */
gboolean
hr_resource_name_is_valid (const char *name)
{
  gsize length = strlen (name);

  return length >= HR_LIMIT_TABLE_NAME_MIN && length <= HR_LIMIT_TABLE_NAME_MAX
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == length;
}

void
hr_check_table_repeats (const HrCheck *self)
{
  hr_check_repeats (self, self->model->tables, table_get_named,
                    _("there is a table of this name already; rename one of them."));
}

void
hr_check_table_name (const HrCheck *self)
{
  if (!hr_resource_name_is_valid (self->table->name))
    hr_check_report (self, self->table->place,
                     _("`%s` cannot name a table: use 3 to 255 letters, digits, `_`, `-` and `.`."),
                     self->table->name);
}

void
hr_check_key_missing (const HrCheck *self)
{
  if (self->table->partition_key->len == 0)
    hr_check_report (
        self, self->table->place,
        _("Table %s has no partition key; add `\"partition_key\": [{\"name\": \"pk\", \"type\": \"S\"}]`."),
        self->table->name);
}

void
hr_check_key_count (const HrCheck *self)
{
  const GPtrArray *lists[] = { self->table->partition_key, self->table->sort_key };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i]->len > 1)
      {
        const HrAttribute *second = lists[i]->pdata[1];

        hr_check_report (self, second->place,
                         _("A table takes one partition key and one sort key attribute; only a global index "
                           "can have `%s` as a further one."),
                         second->name);
      }
}

void
hr_check_key_repeats (const HrCheck *self)
{
  const HrAttribute *partition_key = hr_table_get_partition_key (self->table);
  const HrAttribute *sort_key = hr_table_get_sort_key (self->table);

  if (partition_key != NULL && sort_key != NULL && strcmp (partition_key->name, sort_key->name) == 0)
    hr_check_report (self, sort_key->place, _("`%s` cannot be partition key and sort key at once."),
                     sort_key->name);
}

static void
check_key_name_cb (const HrAttribute *attribute, gpointer user_data)
{
  gsize length = strlen (attribute->name);

  if (length == 0 || length > HR_LIMIT_KEY_NAME_BYTES)
    hr_check_report (user_data, attribute->place,
                     _("The name of a key attribute has 1 to 255 bytes; this one has %u."), (guint) length);
}

void
hr_check_key_names (const HrCheck *self)
{
  hr_table_foreach_key_attribute (self->table, check_key_name_cb, (gpointer) self);
}

static void
check_key_type_cb (const HrAttribute *attribute, gpointer user_data)
{
  if (attribute->type > HR_TYPE_B)
    hr_check_report (user_data, attribute->place,
                     _("Key attribute `%s` cannot be of type %s; keys are S, N or B."), attribute->name,
                     hr_type_get_name (attribute->type));
}

void
hr_check_key_types (const HrCheck *self)
{
  hr_table_foreach_key_attribute (self->table, check_key_type_cb, (gpointer) self);
}

static void
check_conflicts (const HrCheck *self, const GPtrArray *list, GHashTable *first)
{
  for (guint i = 0; i < list->len; i++)
    {
      HrAttribute *attribute = list->pdata[i];
      const HrAttribute *other = g_hash_table_lookup (first, attribute->name);

      if (other == NULL)
        g_hash_table_insert (first, attribute->name, attribute);
      else if (other->type != attribute->type)
        hr_check_report (self, attribute->place,
                         _("`%s` is %s here and %s in another key; an attribute has one type in all keys of "
                           "a table."),
                         attribute->name, hr_type_get_name (attribute->type), hr_type_get_name (other->type));
    }
}

void
hr_check_key_conflicts (const HrCheck *self)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);

  check_conflicts (self, self->table->partition_key, first);
  check_conflicts (self, self->table->sort_key, first);
  for (guint i = 0; i < self->table->indexes->len; i++)
    {
      const HrIndex *index = self->table->indexes->pdata[i];

      check_conflicts (self, index->partition_key, first);
      check_conflicts (self, index->sort_key, first);
    }
}

void
hr_check_index_count (const HrCheck *self)
{
  guint counts[2] = { 0, 0 };
  const guint limits[2] = {
    [HR_INDEX_GLOBAL] = HR_LIMIT_GLOBAL_INDEXES, [HR_INDEX_LOCAL] = HR_LIMIT_LOCAL_INDEXES
  };

  for (guint i = 0; i < self->table->indexes->len; i++)
    {
      const HrIndex *index = self->table->indexes->pdata[i];

      if (++counts[index->kind] == limits[index->kind] + 1)
        hr_check_report (self, index->place,
                         _("Index %s is one too many: a table has at most %u global and %u local indexes."),
                         index->name, limits[HR_INDEX_GLOBAL], limits[HR_INDEX_LOCAL]);
    }
}

void
hr_check_index_repeats (const HrCheck *self)
{
  hr_check_repeats (self, self->table->indexes, index_get_named,
                    _("there is an index of this name already; rename one of them."));
}

void
hr_check_table_capacity (const HrCheck *self)
{
  const HrSettings *settings = &self->table->settings;

  if (settings->billing == HR_BILLING_PROVISIONED && (settings->read_units < 1 || settings->write_units < 1))
    hr_check_report (self, self->table->place,
                     _("Table %s is PROVISIONED, so its settings need `read_units` and `write_units` of at "
                       "least 1."),
                     self->table->name);
}

void
hr_check_capacity_unused (const HrCheck *self)
{
  const HrSettings *settings = &self->table->settings;
  gboolean has_units = settings->read_units != 0 || settings->write_units != 0;

  for (guint i = 0; i < self->table->indexes->len; i++)
    {
      const HrIndex *index = self->table->indexes->pdata[i];

      has_units = has_units || index->read_units != 0 || index->write_units != 0;
    }
  if (settings->billing == HR_BILLING_ON_DEMAND && has_units)
    hr_check_report (self, self->table->place,
                     _("Table %s is PAY_PER_REQUEST: its read and write units do nothing; remove them or set "
                       "`billing` to PROVISIONED."),
                     self->table->name);
}

void
hr_check_ttl_name (const HrCheck *self)
{
  const char *name = self->table->settings.ttl_attribute;

  if (name != NULL && (*name == '\0' || strlen (name) > HR_LIMIT_KEY_NAME_BYTES))
    hr_check_report (self, self->table->place,
                     _("The name of the TTL attribute has 1 to 255 bytes; this one has %u."),
                     (guint) strlen (name));
}

static gboolean
tag_text_is_valid (const char *text, glong min, glong max)
{
  glong length = g_utf8_strlen (text, -1);

  if (length < min || length > max)
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!g_unichar_isalnum (c) && !g_unichar_isspace (c)
          && (c > 0x7f || strchr ("+-=._:/@", (int) c) == NULL))
        return FALSE;
    }
  return TRUE;
}

void
hr_check_tags (const HrCheck *self)
{
  const GPtrArray *tags = self->table->settings.tags;

  if (tags == NULL)
    return;
  if (tags->len > HR_LIMIT_TAGS)
    hr_check_report (self, self->table->place, _("Table %s has %u tags; the service takes 50."),
                     self->table->name, tags->len);
  for (guint i = 0; i < tags->len; i++)
    {
      const HrTag *tag = tags->pdata[i];

      if (!tag_text_is_valid (tag->key, 1, 128) || g_ascii_strncasecmp (tag->key, "aws:", 4) == 0
          || !tag_text_is_valid (tag->value, 0, 256))
        hr_check_report (self, self->table->place,
                         _("Tag `%s` of table %s is refused: a key has 1 to 128 characters and does not "
                           "begin with `aws:`, a value up to 256; letters, digits, spaces and `+-=._:/@`."),
                         tag->key, self->table->name);
    }
}

void
hr_check_projected_count (const HrCheck *self)
{
  guint count = 0;

  for (guint i = 0; i < self->table->indexes->len; i++)
    {
      const HrIndex *index = self->table->indexes->pdata[i];

      count += index->projection == HR_PROJECT_INCLUDE ? index->included->len : 0;
    }
  if (count > HR_LIMIT_PROJECTED_PER_TABLE)
    hr_check_report (
        self, self->table->place,
        _("The indexes of table %s project %u attributes by name; the service takes 100 in all."),
        self->table->name, count);
}
