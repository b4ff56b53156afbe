/*
 * Edits of items: setting values, moving to another partition, removing.
 *
 * What follows from a change is the schema's business (compose.h); what becomes of the result is the document's. Here
 * the two meet, entry by entry.
 */
#include "model/document/item-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/document/document-private.h"
#include "model/schema/compose.h"
#include "model/value/codec.h"
#include "model/value/edit-text.h"

/* What is done to each entry of a step. */
typedef struct
{
  const char *name;
  const HrValue *value;      /* NULL takes it away */
  const HrValue *partition;  /* of a move, else NULL */
} ItemChange;

static gboolean
no_item (const HrItemStep *step, GError **error)
{
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID,
               _("A draft in table %s is no item, so it has no attributes to set. Edit its text instead."),
               step->table);
  return FALSE;
}

static HrValue
set_one (HrItemStep *step, const HrEntity *entity, const HrValue *item, const char *name, const HrValue *value)
{
  g_auto (HrComposed) composed = { 0 };

  hr_entity_set_value (entity, step->definition, item, name, value, step->arena, &composed);
  hr_item_step_note_rewritten (step, composed.rewritten);
  step->result.does_not_fit = step->result.does_not_fit || composed.does_not_fit;
  return composed.item;
}

static HrValue
set_partition (HrItemStep *step, const HrEntity *entity, const HrValue *item, const HrValue *partition)
{
  HrValue changed = *item;

  for (guint32 i = 0; i < partition->length; i++)
    {
      g_autofree char *name = g_strndup (partition->members[i].name, partition->members[i].name_length);

      changed = set_one (step, entity, &changed, name, &partition->members[i].value);
    }
  return changed;
}

static gboolean
change_entry (HrItemStep *step, gint64 ordinal, const ItemChange *change, GError **error)
{
  HrItemRef ref = { step->table, NULL, ordinal };
  const HrEntity *entity;
  HrEntry entry;
  HrValue item;

  hr_arena_reset (step->arena);
  if (!hr_entry_find (step->document, &ref, step->arena, &entry, error))
    return FALSE;
  entity = hr_table_guess_entity (step->definition, &entry.item);
  item = change->partition != NULL ? set_partition (step, entity, &entry.item, change->partition)
                                   : set_one (step, entity, &entry.item, change->name, change->value);
  g_array_append_val (step->touched, ordinal);
  return hr_entry_put (step->document, step->table, &entry, &item, error);
}

/* Nothing has changed yet when one of the entries cannot be. */
static gboolean
check_entries (HrItemStep *step, GError **error)
{
  for (guint i = 0; i < step->ordinals->len; i++)
    {
      HrItemRef ref = { step->table, NULL, g_array_index (step->ordinals, gint64, i) };
      HrEntry entry;

      hr_arena_reset (step->arena);
      if (!hr_entry_find (step->document, &ref, step->arena, &entry, error))
        return FALSE;
      if (!entry.is_item)
        return no_item (step, error);
    }
  return TRUE;
}

static gboolean
change_entries (HrItemStep *step, const ItemChange *change, GError **error)
{
  if (!check_entries (step, error))
    return FALSE;
  for (guint i = 0; i < step->ordinals->len; i++)
    if (!change_entry (step, g_array_index (step->ordinals, gint64, i), change, error))
      return FALSE;
  return TRUE;
}

gboolean
hr_document_set_item_value (HrDocument *self, const HrItemRef *refs, guint n_refs, const char *name,
                            const HrValue *value, HrItemResult *result, GError **error)
{
  const ItemChange change = { name, value, NULL };
  HrItemStep step = { 0 };
  char *step_name;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && refs != NULL && n_refs > 0 && name != NULL, FALSE);

  if (*name == '\0')
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, _("An attribute needs a name."));
      return FALSE;
    }
  step_name = g_strdup_printf (value != NULL ? _("Change %s") : _("Remove %s"), name);
  return hr_item_step_begin (&step, self, refs, n_refs, step_name, error)
         && hr_item_step_end (&step, change_entries (&step, &change, error), result, error);
}

gboolean
hr_document_set_item_text (HrDocument *self, const HrItemRef *ref, const char *name, HrType type, const char *text,
                           gsize length, HrItemResult *result, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *message = NULL;
  HrValue value;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && ref != NULL && name != NULL && text != NULL, FALSE);

  if (!hr_value_from_edit_text (arena, type, text, length, &value, &message, NULL))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_INVALID, message);
      return FALSE;
    }
  return hr_document_set_item_value (self, ref, 1, name, &value, result, error);
}

/* The JSON is judged like one that was read from a file: an item if it can be, else a draft. */
static gboolean
put_json (HrItemStep *step, const char *json, gsize length, GError **error)
{
  gint64 ordinal = g_array_index (step->ordinals, gint64, 0);
  HrItemRef ref = { step->table, NULL, ordinal };
  HrServiceError service_error = HR_SERVICE_ERROR_INIT;
  const HrJson *tree;
  HrEntry entry;
  HrValue item;

  hr_arena_reset (step->arena);
  g_array_append_val (step->touched, ordinal);
  tree = hr_document_parse_json (step->arena, json, length, error);
  if (tree == NULL || !hr_entry_find (step->document, &ref, step->arena, &entry, error))
    return FALSE;
  if (tree->type == HR_JSON_OBJECT && hr_item_from_json (step->arena, tree, &item, &service_error))
    return hr_entry_put (step->document, step->table, &entry, &item, error);
  return hr_entry_remove (step->document, step->table, &entry, error)
         && hr_document_add_item (step->document, step->table, json, length, ordinal, HR_RANGE_NONE, error);
}

gboolean
hr_document_set_item_json (HrDocument *self, const HrItemRef *ref, const char *json, gsize length, HrItemResult *result,
                           GError **error)
{
  HrItemStep step = { 0 };

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && ref != NULL && json != NULL, FALSE);

  return hr_item_step_begin (&step, self, ref, 1, g_strdup_printf (_("Change item of %s"), ref->table), error)
         && hr_item_step_end (&step, put_json (&step, json, length, error), result, error);
}

gboolean
hr_document_move_items_to_partition (HrDocument *self, const HrItemRef *refs, guint n_refs, const HrValue *partition,
                                     HrItemResult *result, GError **error)
{
  const ItemChange change = { NULL, NULL, partition };
  HrItemStep step = { 0 };
  char *name;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && refs != NULL && n_refs > 0, FALSE);
  g_return_val_if_fail (partition != NULL && partition->type == HR_TYPE_M, FALSE);

  name = n_refs == 1 ? g_strdup (_("Move item to another partition"))
                     : g_strdup_printf (ngettext_("Move %u item to another partition",
                                                  "Move %u items to another partition", n_refs),
                                        n_refs);
  return hr_item_step_begin (&step, self, refs, n_refs, name, error)
         && hr_item_step_end (&step, change_entries (&step, &change, error), result, error);
}

static gboolean
remove_entries (HrItemStep *step, GError **error)
{
  for (guint i = 0; i < step->ordinals->len; i++)
    {
      HrItemRef ref = { step->table, NULL, g_array_index (step->ordinals, gint64, i) };
      HrEntry entry;

      hr_arena_reset (step->arena);
      if (!hr_entry_find (step->document, &ref, step->arena, &entry, error)
          || !hr_entry_remove (step->document, step->table, &entry, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hr_document_remove_items (HrDocument *self, const HrItemRef *refs, guint n_refs, HrItemResult *result, GError **error)
{
  HrItemStep step = { 0 };
  char *name;

  g_return_val_if_fail (HR_IS_DOCUMENT (self) && refs != NULL && n_refs > 0, FALSE);

  name = n_refs == 1 ? g_strdup (_("Delete item"))
                     : g_strdup_printf (ngettext_("Delete %u item", "Delete %u items", n_refs), n_refs);
  return hr_item_step_begin (&step, self, refs, n_refs, name, error)
         && hr_item_step_end (&step, remove_entries (&step, error), result, error);
}

const HrValue *
hr_item_get_field (const HrTable *table, const HrEntity *entity, const HrValue *item, const char *name, HrArena *arena,
                   HrType *type)
{
  const HrValue *value = hr_map_get (item, name, strlen (name));
  const HrAttribute *declared = entity != NULL ? hr_entity_find_variable (entity, name) : NULL;
  g_autoptr (HrBindings) bindings = NULL;
  const char *text;
  HrValue *part;

  if (declared == NULL)
    declared = hr_table_find_key_attribute (table, name);
  *type = declared != NULL ? declared->type : HR_TYPE_S;
  if (value != NULL)
    {
      *type = (HrType) value->type;
      return value;
    }
  if (entity == NULL || hr_attributes_find (entity->key_parts, name) == NULL)
    return NULL;
  bindings = hr_entity_bind (entity, table, item);
  text = g_hash_table_lookup (bindings, name);
  part = hr_arena_new0 (arena, HrValue);
  if (text == NULL || !hr_value_from_text (arena, *type, text, part))
    return NULL;
  return part;
}
