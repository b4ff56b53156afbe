/*
 * Whether an item can be stored, and if not, why.
 *
 * The engine decides. But the service's own words answer a program, not a person with a file in front of him; so
 * what happens to people (a key missing, of another type, empty, twice; too much in one item) is said in our words.
 */
#include "model/document/document-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"
#include "model/value/codec.h"

void
hr_judgement_clear (HrJudgement *self)
{
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->key_text, g_free);
}

static void G_GNUC_PRINTF (3, 4)
refuse (HrJudgement *judgement, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  judgement->code = code;
  judgement->reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

static gboolean
is_sound_key_value (const HrAttribute *attribute, const HrValue *value, HrJudgement *judgement)
{
  if (value->type != attribute->type)
    {
      refuse (judgement, "key-type",
              _("the key attribute %s is of type %s, the table wants %s. Change it, or the item stays a draft."),
              attribute->name, hr_type_get_name (value->type), hr_type_get_name (attribute->type));
      return FALSE;
    }
  if (value->length == 0)
    {
      refuse (judgement, "key-empty",
              _("the key attribute %s is empty. Give it a value, or the item stays a draft."), attribute->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_sound_primary_key (const HrTable *definition, const HrValue *item, HrJudgement *judgement)
{
  const HrAttribute *attributes[] = { hr_table_get_partition_key (definition),
                                      hr_table_get_sort_key (definition) };

  for (guint i = 0; i < G_N_ELEMENTS (attributes) && attributes[i] != NULL; i++)
    {
      const HrValue *value = hr_map_get (item, attributes[i]->name, strlen (attributes[i]->name));

      if (value == NULL)
        {
          refuse (judgement, "key-missing",
                  _("the key attribute %s is missing. Add it, or the item stays a draft."), attributes[i]->name);
          return FALSE;
        }
      if (!is_sound_key_value (attributes[i], value, judgement))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_sound_index_keys (const HrTable *definition, const HrValue *item, HrJudgement *judgement)
{
  for (guint i = 0; i < definition->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (definition->indexes, i);
      const GPtrArray *lists[] = { index->partition_key, index->sort_key };

      for (guint j = 0; j < G_N_ELEMENTS (lists); j++)
        for (guint k = 0; k < lists[j]->len; k++)
          {
            const HrAttribute *attribute = g_ptr_array_index (lists[j], k);
            const HrValue *value = hr_map_get (item, attribute->name, strlen (attribute->name));

            if (value != NULL && !is_sound_key_value (attribute, value, judgement))
              return FALSE;
          }
    }
  return TRUE;
}

#define KB 1024.0

/* With the attribute that there is most to save in. */
static gboolean
has_sound_size (const HrValue *item, HrJudgement *judgement)
{
  gsize size_bytes = hr_item_size_bytes (item);
  const HrMember *largest = NULL;
  g_autofree char *name = NULL;

  if (size_bytes <= HR_LIMIT_ITEM_BYTES)
    return TRUE;
  for (guint32 i = 0; i < item->length; i++)
    if (largest == NULL || hr_value_size_bytes (&item->members[i].value) > hr_value_size_bytes (&largest->value))
      largest = &item->members[i];
  name = g_strndup (largest->name, largest->name_length);
  refuse (judgement, "item-too-large",
          _("the item has %.1f KB; 400 KB is the limit. Shorten %s, which alone has %.1f KB."),
          (double) size_bytes / KB, name, (double) hr_value_size_bytes (&largest->value) / KB);
  return FALSE;
}

/* Says in our words, or else in those of the service, why an item is refused. */
static void
explain (const HrTable *definition, const HrValue *item, const HrServiceError *service_error, HrJudgement *judgement)
{
  if (has_sound_primary_key (definition, item, judgement) && has_sound_index_keys (definition, item, judgement)
      && has_sound_size (item, judgement))
    refuse (judgement, "item-refused", _("the service would refuse the item, which stays a draft: %s"),
            service_error->message);
}

gboolean
hr_judge_item (HrEngine *engine, const char *table, const HrValue *item, HrArena *arena, HrJudgement *judgement)
{
  const HrTable *definition = hr_engine_get_table (engine, table);
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;

  judgement->item = *item;
  if (definition == NULL)
    {
      refuse (judgement, "table-invalid",
              _("the keys of table %s cannot be as they are. Correct them, or its items stay drafts."), table);
      return FALSE;
    }
  if (!hr_engine_check_item (engine, table, item, arena, &service_error))
    {
      explain (definition, item, &service_error, judgement);
      return FALSE;
    }

  hr_definition_get_key (definition, item, arena, &judgement->key);
  return TRUE;
}

gboolean
hr_judge_json (HrEngine *engine, const char *table, const HrJson *json, HrArena *arena, HrJudgement *judgement)
{
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  HrValue item;

  if (json->type != HR_JSON_OBJECT)
    {
      refuse (judgement, "not-an-item",
              _("this is no item. Write an object of attributes such as {\"pk\": {\"S\": \"…\"}}."));
      return FALSE;
    }
  if (!hr_item_from_json (arena, json, &item, &service_error))
    {
      refuse (judgement, "not-an-item", _("this is no item in typed JSON, so it stays a draft: %s"),
              service_error.message);
      return FALSE;
    }
  return hr_judge_item (engine, table, &item, arena, judgement);
}

void
hr_judgement_refuse_duplicate (HrJudgement *judgement)
{
  judgement->key_text = hr_definition_print_key (&judgement->key);
  refuse (judgement, "key-duplicate",
          _("another item has the key %s. Change one of the two, or this one stays a draft."),
          judgement->key_text);
}

gboolean
hr_judge_duplicate (HrDocument *self, const char *table, HrArena *arena, HrJudgement *judgement, GError **error)
{
  g_autoptr (GError) failure = NULL;
  HrRow row;

  if (hr_engine_get_row (self->engine, table, &judgement->key, arena, &row, &failure))
    hr_judgement_refuse_duplicate (judgement);
  else if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return hr_document_fail_store (self);
    }
  return TRUE;
}
