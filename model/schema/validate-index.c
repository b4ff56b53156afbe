/*
 * Checks of secondary indexes.
 */
#include "model/schema/validate-private.h"

#include "model/base/i18n.h"
#include "model/base/service-limits.h"

#include <string.h>

void
hr_check_index_name (const HrCheck *self)
{
  if (!hr_resource_name_is_valid (self->index->name))
    hr_check_report (self, self->index->place,
                     _("`%s` cannot name an index: use 3 to 255 letters, digits, `_`, `-` and `.`."),
                     self->index->name);
}

void
hr_check_index_key_missing (const HrCheck *self)
{
  const HrIndex *index = self->index;

  if (index->partition_key->len == 0)
    hr_check_report (self, index->place, _("Index %s has no partition key; add `\"partition_key\": […]`."),
                     index->name);
  else if (index->kind == HR_INDEX_LOCAL && index->sort_key->len == 0)
    hr_check_report (self, index->place,
                     _("Local index %s needs a sort key; it orders the table's partitions by another "
                       "attribute."),
                     index->name);
}

static void
check_count (const HrCheck *self, const GPtrArray *list)
{
  guint limit = self->index->kind == HR_INDEX_LOCAL ? 1 : HR_LIMIT_INDEX_KEY_ATTRIBUTES;

  if (list->len > limit)
    {
      const HrAttribute *excess = list->pdata[limit];

      hr_check_report (self, excess->place,
                       _("`%s` is one attribute too many in the key of index %s: a global index takes 4 of "
                         "each kind, a local one 1."),
                       excess->name, self->index->name);
    }
}

void
hr_check_index_key_count (const HrCheck *self)
{
  check_count (self, self->index->partition_key);
  check_count (self, self->index->sort_key);
}

void
hr_check_index_key_repeats (const HrCheck *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_ptr_array_extend (all, self->index->partition_key, NULL, NULL);
  g_ptr_array_extend (all, self->index->sort_key, NULL, NULL);
  hr_check_repeats (self, all, hr_attribute_get_named,
                    _("the attribute stands twice in the key of this index."));
}

void
hr_check_index_local (const HrCheck *self)
{
  const HrIndex *index = self->index;
  const HrAttribute *table_key = hr_table_get_partition_key (self->table);
  const HrAttribute *index_key = index->partition_key->len > 0 ? index->partition_key->pdata[0] : NULL;

  if (index->kind != HR_INDEX_LOCAL)
    return;
  if (self->table->sort_key->len == 0)
    hr_check_report (self, index->place,
                     _("Local index %s needs a table with a sort key; give table %s one, or make the index "
                       "global."),
                     index->name, self->table->name);
  if (table_key != NULL && index_key != NULL && strcmp (table_key->name, index_key->name) != 0)
    hr_check_report (self, index_key->place,
                     _("Local index %s must have the table's partition key `%s`; only a global index can "
                       "have another."),
                     index->name, table_key->name);
}

void
hr_check_index_capacity (const HrCheck *self)
{
  const HrIndex *index = self->index;

  if (index->kind == HR_INDEX_GLOBAL && self->table->settings.billing == HR_BILLING_PROVISIONED
      && (index->read_units < 1 || index->write_units < 1))
    hr_check_report (self, index->place,
                     _("Table %s is PROVISIONED, so index %s needs `read_units` and `write_units` of at "
                       "least 1."),
                     self->table->name, index->name);
}

void
hr_check_projection_empty (const HrCheck *self)
{
  const HrIndex *index = self->index;

  if (index->projection == HR_PROJECT_INCLUDE && index->included->len == 0)
    hr_check_report (self, index->place,
                     _("Index %s projects an empty list; name attributes, or write \"KEYS_ONLY\"."),
                     index->name);
}

void
hr_check_projection_count (const HrCheck *self)
{
  const HrIndex *index = self->index;

  if (index->projection == HR_PROJECT_INCLUDE && index->included->len > HR_LIMIT_PROJECTED_PER_INDEX)
    hr_check_report (self, index->place, _("Index %s projects %u attributes by name; the service takes 20."),
                     index->name, index->included->len);
}

void
hr_check_projection_names (const HrCheck *self)
{
  const GPtrArray *included = self->index->included;

  for (guint i = 0; self->index->projection == HR_PROJECT_INCLUDE && i < included->len; i++)
    {
      gsize length = strlen (included->pdata[i]);

      if (length == 0 || length > HR_LIMIT_KEY_NAME_BYTES)
        hr_check_report (self, self->index->place,
                         _("The name of a projected attribute has 1 to 255 bytes; one of index %s has %u."),
                         self->index->name, (guint) length);
    }
}

void
hr_check_projection_repeats (const HrCheck *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const GPtrArray *included = self->index->included;

  for (guint i = 0; self->index->projection == HR_PROJECT_INCLUDE && i < included->len; i++)
    if (!g_hash_table_add (seen, included->pdata[i]))
      hr_check_report (self, self->index->place, _("Index %s projects `%s` twice."), self->index->name,
                       (const char *) included->pdata[i]);
}
