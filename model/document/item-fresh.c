/*
 * New items with sensible first values, and copies with free keys.
 *
 * What the items of an entity look like says more than a name does: their dates tell in what shape "now" is written, a
 * uuid that comes again belongs to something else, and the largest number has a next one. Only where there is nothing
 * to look at does the name of an attribute decide.
 */
#include "model/document/item-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/document-private.h"
#include "model/schema/compose.h"
#include "model/value/codec.h"

#include <string.h>

#define SAMPLE_ENTRIES 2000
#define FREE_KEY_TRIES 100000
#define EPOCH_SECONDS_MIN 100000000.0   /* 1973; a number of that size may be a time */
#define EPOCH_SECONDS_MAX 10000000000.0 /* 2286 */

/* HrVariableSample: what is known of one variable or attribute from the items there are. */
typedef struct
{
  const HrAttribute *attribute;
  char *last;         /* text of the last one, or NULL */
  guint count;
  GHashTable *texts;  /* distinct ones */
  gboolean has_number;
  HrDecimal highest;
} Sample;

typedef struct
{
  const HrTable *table;
  const HrEntity *entity;
  Sample *samples;
  guint n_samples;
  guint n_entries;
} Survey;

static void
add_text (Sample *sample, char *text)
{
  HrDecimal number;

  sample->count++;
  g_hash_table_add (sample->texts, g_strdup (text));
  if (hr_decimal_parse (&number, text, strlen (text)) == HR_DECIMAL_OK
      && (!sample->has_number || hr_decimal_compare (&number, &sample->highest) > 0))
    {
      sample->highest = number;
      sample->has_number = TRUE;
    }
  g_free (sample->last);
  sample->last = text;
}

static char *
dup_scalar (const HrValue *value)
{
  HrBuffer text = HR_BUFFER_INIT;

  hr_buffer_reserve (&text, 1);
  if (value == NULL || !hr_value_to_text (value, &text))
    {
      hr_buffer_clear (&text);
      return NULL;
    }
  return hr_buffer_steal (&text, NULL);
}

static gboolean
survey_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  Survey *survey = user_data;
  g_autoptr (HrBindings) bindings = hr_bindings_new ();

  if (++survey->n_entries > SAMPLE_ENTRIES)
    return FALSE;
  if (item == NULL || hr_table_match_entity (survey->table, item, bindings) != survey->entity)
    return TRUE;
  for (guint i = 0; i < survey->n_samples; i++)
    {
      Sample *sample = &survey->samples[i];
      const char *name = sample->attribute->name;
      char *text = g_strdup (g_hash_table_lookup (bindings, name));

      if (text == NULL)
        text = dup_scalar (hr_map_get (item, name, strlen (name)));
      if (text != NULL)
        add_text (sample, text);
    }
  return TRUE;
}

static void
survey_add (Survey *survey, const GPtrArray *attributes)
{
  for (guint i = 0; i < attributes->len; i++)
    survey->samples[survey->n_samples++] = (Sample) {
      .attribute = attributes->pdata[i],
      .texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    };
}

static void
survey_clear (Survey *survey)
{
  for (guint i = 0; i < survey->n_samples; i++)
    {
      g_free (survey->samples[i].last);
      g_hash_table_unref (survey->samples[i].texts);
    }
  g_free (survey->samples);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Survey, survey_clear)

/* By name, where there is no sample. */

static gboolean
has_word (const char *name, const char *const *words)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] == '$' ? g_str_has_suffix (lower, words[i] + 1) : strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
sounds_like_time (const char *name)
{
  static const char *const words[] = { "$_at", "$_on", "date", "time", "created", "updated", "expire", "$ttl", NULL };

  return has_word (name, words) || (strlen (name) > 2 && g_str_has_suffix (name, "At"));
}

static gboolean
sounds_like_uuid (const char *name)
{
  static const char *const words[] = { "uuid", "guid", "$_id", NULL };

  return has_word (name, words) || g_str_equal (name, "id") || g_str_has_suffix (name, "Id");
}

HrTextShape
hr_name_guess_shape (const char *name)
{
  return sounds_like_uuid (name) ? HR_SHAPE_UUID : sounds_like_time (name) ? HR_SHAPE_DATE : HR_SHAPE_TEXT;
}

static char *
dup_number (const HrDecimal *number)
{
  char text[HR_DECIMAL_TEXT_MAX];

  hr_decimal_format (number, text);
  return g_strdup (text);
}

static char *
dup_next_number (const Sample *sample, const HrItemMaker *maker)
{
  const HrDecimal one = { 1, 0, FALSE };
  double highest = 0;
  HrDecimal next;

  if (sample->has_number)
    {
      g_autofree char *text = dup_number (&sample->highest);

      highest = g_ascii_strtod (text, NULL);
    }
  else if (!sounds_like_time (sample->attribute->name))
    return g_strdup ("1");
  if (!sample->has_number || (sounds_like_time (sample->attribute->name) && highest >= EPOCH_SECONDS_MIN))
    {
      gint64 now = hr_item_maker_now_us (maker);

      return g_strdup_printf ("%" G_GINT64_FORMAT, highest > EPOCH_SECONDS_MAX ? now / 1000 : now / G_USEC_PER_SEC);
    }
  if (hr_decimal_add (&next, &sample->highest, &one) != HR_DECIMAL_OK)
    return g_strdup ("1");
  return hr_digits_take_padded (dup_number (&next), sample->last);
}

static char *
dup_text_from_sample (const Sample *sample, const HrItemMaker *maker)
{
  gboolean is_own = g_hash_table_size (sample->texts) == sample->count;
  char *time;

  switch (hr_text_shape_find (sample->last))
    {
    case HR_SHAPE_DATE:
      time = hr_text_shape_dup_time (sample->last, hr_item_maker_now_us (maker));
      return time != NULL ? time : g_strdup (sample->last);
    case HR_SHAPE_UUID:
      return is_own ? hr_item_maker_dup_uuid (maker) : g_strdup (sample->last);
    case HR_SHAPE_NUMBER:
      return dup_next_number (sample, maker);
    case HR_SHAPE_TEXT:
      break;
    }
  return NULL;
}

static char *
dup_text_from_name (const char *name, const HrItemMaker *maker)
{
  if (sounds_like_uuid (name))
    return hr_item_maker_dup_uuid (maker);
  if (sounds_like_time (name))
    return hr_text_shape_dup_time ("2000-01-01T00:00:00Z", hr_item_maker_now_us (maker));
  return NULL;
}

/* NULL: nothing better than an empty text. */
static char *
dup_first_text (const Sample *sample, const HrItemMaker *maker)
{
  if (sample->attribute->type == HR_TYPE_N)
    return dup_next_number (sample, maker);
  return sample->last != NULL ? dup_text_from_sample (sample, maker)
                              : dup_text_from_name (sample->attribute->name, maker);
}

/* Sets and the like have no text; a set cannot be empty, and so is left out. */
static gboolean
get_empty_value (HrType type, HrValue *value)
{
  static const HrValue empty[HR_N_TYPES] = {
    [HR_TYPE_S] = { .type = HR_TYPE_S, .bytes = "" },
    [HR_TYPE_B] = { .type = HR_TYPE_B, .bytes = "" },
    [HR_TYPE_BOOL] = { .type = HR_TYPE_BOOL },
    [HR_TYPE_NULL] = { .type = HR_TYPE_NULL },
    [HR_TYPE_M] = { .type = HR_TYPE_M },
    [HR_TYPE_L] = { .type = HR_TYPE_L },
  };

  *value = empty[type];
  return type != HR_TYPE_N && !hr_type_is_set (type);
}

static void
invent_one (const Survey *survey, const Sample *sample, const HrItemMaker *maker, HrArena *arena, HrBindings *bindings,
            HrValue *item)
{
  const HrAttribute *attribute = sample->attribute;
  gboolean is_in_key = hr_entity_key_names (survey->entity, NULL, attribute->name);
  gboolean is_index_key = hr_table_find_key_attribute (survey->table, attribute->name) != NULL;
  g_autofree char *text = g_strdup (g_hash_table_lookup (bindings, attribute->name));
  HrValue value;

  if (text == NULL && attribute->optional)
    return;
  if (text == NULL)
    text = dup_first_text (sample, maker);
  if (text == NULL && (is_in_key || is_index_key) && attribute->type == HR_TYPE_S)
    text = g_strdup (sample->last != NULL ? sample->last : "new");
  if (text != NULL && is_in_key && !g_hash_table_contains (bindings, attribute->name))
    g_hash_table_insert (bindings, g_strdup (attribute->name), g_strdup (text));
  if (hr_attributes_find (survey->entity->attributes, attribute->name) == NULL)
    return;
  if ((text != NULL && hr_value_from_text (arena, attribute->type, text, &value))
      || (!is_index_key && get_empty_value (attribute->type, &value)))
    *item = hr_map_with (arena, item, attribute->name, strlen (attribute->name), &value);
}

gboolean
hr_item_invent (HrDocument *document, const HrTable *table, const HrEntity *entity, const HrItemMaker *maker,
                HrArena *arena, HrBindings *bindings, HrValue *item, GError **error)
{
  g_auto (Survey) survey = { table, entity, NULL, 0, 0 };

  survey.samples = g_new (Sample, entity->attributes->len + entity->key_parts->len);
  survey_add (&survey, entity->key_parts);
  survey_add (&survey, entity->attributes);
  if (!hr_document_foreach_entry (document, table->name, survey_cb, &survey, error))
    return FALSE;
  for (guint i = 0; i < survey.n_samples; i++)
    invent_one (&survey, &survey.samples[i], maker, arena, bindings, item);
  return TRUE;
}

/* Free keys */

static gboolean
is_key_free (HrItemStep *step, const HrValue *item)
{
  const HrTable *definition = hr_engine_get_table (step->document->engine, step->table);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue key;
  HrRow row;

  return definition == NULL || !hr_definition_get_key (definition, item, arena, &key)
         || !hr_engine_get_row (step->document->engine, step->table, &key, arena, &row, NULL);
}

/* The last variable of the sort key, else of the partition key; those that the partition gives last. */
static const char *
find_moving_variable (const HrTable *table, const HrEntity *entity, gboolean keeps_partition)
{
  const HrAttribute *keys[2] = { hr_table_get_sort_key (table), hr_table_get_partition_key (table) };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const HrEntityKey *key = keys[i] != NULL ? hr_entity_get_key (entity, keys[i]->name) : NULL;

      for (guint j = key != NULL ? key->template->n_parts : 0; j > 0; j--)
        {
          const HrTemplatePart *part = &key->template->parts[j - 1];

          if (part->is_variable
              && !(keeps_partition && i == 0 && keys[1] != NULL
                   && hr_entity_key_names (entity, keys[1]->name, part->text)))
            return part->text;
        }
    }
  return NULL;
}

static gboolean
advance_variable (HrItemStep *step, const HrEntity *entity, const char *variable, const HrItemMaker *maker,
                  HrValue *item)
{
  g_autoptr (HrBindings) bindings = hr_entity_bind (entity, step->definition, item);
  const HrAttribute *attribute = hr_entity_find_variable (entity, variable);
  const char *text = g_hash_table_lookup (bindings, variable);
  g_auto (HrComposed) composed = { 0 };
  g_autofree char *next = NULL;
  HrValue value;

  if (text == NULL || attribute == NULL)
    return FALSE;
  next = hr_text_dup_next (text, maker);
  if (!hr_value_from_text (step->arena, attribute->type, next, &value))
    return FALSE;
  hr_entity_set_value (entity, step->definition, item, variable, &value, step->arena, &composed);
  *item = composed.item;
  return TRUE;
}

/* Without a template the key itself moves on. */
static gboolean
advance_key (HrItemStep *step, const HrItemMaker *maker, HrValue *item)
{
  const HrAttribute *key = hr_table_get_sort_key (step->definition);
  const HrValue *old;
  HrValue value;

  if (key == NULL)
    key = hr_table_get_partition_key (step->definition);
  old = key != NULL ? hr_map_get (item, key->name, strlen (key->name)) : NULL;
  if (old == NULL || old->type > HR_TYPE_B)
    return FALSE;
  if (old->type == HR_TYPE_B)
    {
      char *bytes = hr_arena_strndup (step->arena, old->bytes, old->length);

      value = hr_value_binary (bytes, (gsize) old->length + 1); /* the NUL behind it belongs to it now */
    }
  else
    {
      g_autofree char *text = dup_scalar (old);
      g_autofree char *next = hr_text_dup_next (text, maker);

      if (!hr_value_from_text (step->arena, (HrType) old->type, next, &value))
        return FALSE;
    }
  *item = hr_map_with (step->arena, item, key->name, strlen (key->name), &value);
  return TRUE;
}

/* When no free key is found the item becomes a draft, which says so. */
static void
free_key (HrItemStep *step, const HrEntity *entity, gboolean keeps_partition, const HrItemMaker *maker, HrValue *item)
{
  const char *variable = entity != NULL ? find_moving_variable (step->definition, entity, keeps_partition) : NULL;

  for (guint i = 0; i < FREE_KEY_TRIES && !is_key_free (step, item); i++)
    if (variable != NULL ? !advance_variable (step, entity, variable, maker, item)
                         : !advance_key (step, maker, item))
      return;
}

static void
take_partition (HrItemStep *step, const HrEntity *entity, const HrValue *partition, HrBindings *bindings, HrValue *item)
{
  for (guint32 i = 0; partition != NULL && i < partition->length; i++)
    {
      g_autofree char *name = g_strndup (partition->members[i].name, partition->members[i].name_length);
      const HrEntityKey *key = entity != NULL ? hr_entity_get_key (entity, name) : NULL;
      g_autofree char *text = dup_scalar (&partition->members[i].value);

      if (key == NULL || text == NULL || !hr_key_template_match (key->template, text, strlen (text), bindings))
        {
          *item = hr_map_with (step->arena, item, partition->members[i].name, partition->members[i].name_length,
                               &partition->members[i].value);
          step->result.does_not_fit = entity != NULL;
        }
    }
}

static gboolean
make_item (HrItemStep *step, const HrEntity *entity, const HrValue *partition, const HrItemMaker *maker,
           HrValue *item, GError **error)
{
  g_autoptr (HrBindings) bindings = hr_bindings_new ();
  g_auto (HrComposed) composed = { 0 };
  HrValue given;

  *item = hr_value_map (NULL, 0);
  take_partition (step, entity, partition, bindings, item);
  given = *item;
  if (entity == NULL)
    return TRUE;
  if (!hr_item_invent (step->document, step->definition, entity, maker, step->arena, bindings, item, error))
    return FALSE;
  hr_entity_compose (entity, step->definition, item, bindings, FALSE, step->arena, &composed);
  *item = composed.item;
  for (guint32 i = 0; i < given.length; i++)
    *item = hr_map_with (step->arena, item, given.members[i].name, given.members[i].name_length,
                         &given.members[i].value);
  return TRUE;
}

static const HrAttribute *
first_missing_key (const HrTable *table, const HrValue *item)
{
  const HrAttribute *keys[2] = { hr_table_get_partition_key (table), hr_table_get_sort_key (table) };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i] != NULL && hr_map_get (item, keys[i]->name, strlen (keys[i]->name)) == NULL)
      return keys[i];
  return NULL;
}

/* Keys that no template makes get something, so that there is an item to go on with. */
static void
fill_keys (HrItemStep *step, HrValue *item)
{
  const HrAttribute *key;
  HrValue value;

  while ((key = first_missing_key (step->definition, item)) != NULL)
    {
      if (key->type == HR_TYPE_B)
        value = hr_value_binary ("", 1);
      else if (!hr_value_from_text (step->arena, key->type, key->type == HR_TYPE_N ? "1" : "new", &value))
        return;
      *item = hr_map_with (step->arena, item, key->name, strlen (key->name), &value);
    }
}

static gboolean
add_new (HrItemStep *step, const HrEntity *entity, const HrValue *partition, const HrItemMaker *maker, GError **error)
{
  HrValue item;

  if (!make_item (step, entity, partition, maker, &item, error))
    return FALSE;
  fill_keys (step, &item);
  free_key (step, entity, partition != NULL, maker, &item);
  return hr_item_step_add (step, &item, -1, error);
}

gboolean
hr_document_new_item (HrDocument *self, const char *table, const char *entity, const HrValue *partition,
                      const HrItemMaker *maker, HrItemResult *result, GError **error)
{
  HrItemStep step = { 0 };
  const HrEntity *definition = NULL;
  char *name;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && table != NULL, FALSE);
  g_return_val_if_fail (partition == NULL || partition->type == HR_TYPE_M, FALSE);

  name = entity != NULL ? g_strdup_printf (_("Add %s"), entity) : g_strdup (_("Add item"));
  if (!hr_item_step_open (&step, self, table, name, error))
    return FALSE;
  if (entity != NULL)
    definition = hr_table_find_entity (step.definition, entity);
  if (entity != NULL && definition == NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_NOT_FOUND, _("Table %s has no entity %s."), table, entity);
      return hr_item_step_end (&step, FALSE, NULL, NULL);
    }
  return hr_item_step_end (&step, add_new (&step, definition, partition, maker, error), result, error);
}

static gboolean
duplicate_one (HrItemStep *step, gint64 ordinal, gint64 behind, const HrItemMaker *maker, GError **error)
{
  HrItemRef ref = { step->table, NULL, ordinal };
  const HrEntity *entity;
  HrEntry entry;
  HrValue item;

  hr_arena_reset (step->arena);
  if (!hr_entry_find (step->document, &ref, step->arena, &entry, error))
    return FALSE;
  if (!entry.is_item)
    {
      gint64 copy = behind + 1;

      g_array_append_val (step->touched, copy);
      return hr_document_add_item (step->document, step->table, entry.draft, strlen (entry.draft), copy, HR_RANGE_NONE,
                                   error);
    }
  item = entry.item;
  entity = hr_table_match_entity (step->definition, &item, NULL);
  free_key (step, entity, TRUE, maker, &item);
  return hr_item_step_add (step, &item, behind, error);
}

static gboolean
duplicate_all (HrItemStep *step, const HrItemMaker *maker, GError **error)
{
  gint64 behind = g_array_index (step->ordinals, gint64, step->ordinals->len - 1);

  for (guint i = 0; i < step->ordinals->len; i++)
    if (!duplicate_one (step, g_array_index (step->ordinals, gint64, i), behind + i, maker, error))
      return FALSE;
  return TRUE;
}

gboolean
hr_document_duplicate_items (HrDocument *self, const HrItemRef *refs, guint n_refs, const HrItemMaker *maker,
                             HrItemResult *result, GError **error)
{
  HrItemStep step = { 0 };
  char *name;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && refs != NULL && n_refs > 0, FALSE);

  name = n_refs == 1 ? g_strdup (_("Duplicate item"))
                     : g_strdup_printf (ngettext_("Duplicate %u item", "Duplicate %u items", n_refs), n_refs);
  return hr_item_step_begin (&step, self, refs, n_refs, name, error)
         && hr_item_step_end (&step, duplicate_all (&step, maker, error), result, error);
}
