/*
 * Findings about a document: its definitions, then each item in the order it was entered.
 *
 * An item that no entity fits is compared with the first entity whose keys look like its own, because "the attribute
 * is a number, the entity says a string" helps and "fits no entity" does not. A table of a million items with one
 * mistake in each is told about a hundred times, then counted.
 */
#include "model/document/document-private.h"

#include "model/base/i18n.h"
#include "model/schema/target.h"
#include "model/value/codec.h"

#define FINDINGS_OF_A_KIND 100

typedef enum
{
  FINDING_DRAFT,
  FINDING_NO_ENTITY,
  FINDING_ATTRIBUTE_TYPE,
  FINDING_ATTRIBUTE_MISSING,
  N_FINDINGS,
} Finding;

typedef struct
{
  HrDocument *document;
  HrDiagnostics *diagnostics;
  const HrTable *table;
  const HrDocumentTable *entry;
  guint number;               /* of the item, from 1 */
  guint counts[N_FINDINGS];
  GHashTable *holders;        /* key text that drafts wait for → number of the item that has it */
  HrArena *arena;
  HrProgress *progress;       /* or NULL */
} Check;

/* Counts a finding; FALSE when there have been enough of its kind. */
static gboolean
is_worth_telling (Check *check, Finding finding)
{
  return ++check->counts[finding] <= FINDINGS_OF_A_KIND;
}

static HrRange
item_place (const Check *check, gint64 ordinal)
{
  return check->document->forget_places ? HR_RANGE_NONE : hr_document_table_get_place (check->entry, ordinal);
}

/* What was said last is about this entry; @entity: (nullable): and about an attribute that it declares. */
static void
note_entry (Check *check, gint64 ordinal, const HrEntity *entity, const char *attribute)
{
  HrConcern concern = { HR_TARGET_TABLE, check->table->name, NULL, NULL, ordinal, NULL };

  if (entity != NULL)
    {
      concern.kind = HR_TARGET_ATTRIBUTE;
      concern.owner = entity->name;
      concern.name = attribute;
    }
  hr_diagnostics_set_concern (check->diagnostics, &concern);
}

static void
check_draft (Check *check, const HrDraft *draft)
{
  const HrDraftEntry *entry = (const HrDraftEntry *) draft; /* its first member */
  HrRange place = check->document->forget_places ? HR_RANGE_NONE : draft->place;
  guint holder = 0;

  if (!is_worth_telling (check, FINDING_DRAFT))
    return;
  if (entry->key != NULL)
    holder = GPOINTER_TO_UINT (g_hash_table_lookup (check->holders, entry->key));
  if (holder > 0)
    hr_diagnostics_add (check->diagnostics, HR_SEVERITY_ERROR, draft->code, place,
                        _("Item %u of table %s: item %u has the key %s already. Change one of the two, or this one "
                          "stays a draft."),
                        check->number, draft->table, holder, entry->key);
  else
    hr_diagnostics_add (check->diagnostics, HR_SEVERITY_ERROR, draft->code, place, _("Item %u of table %s: %s"),
                        check->number, draft->table, draft->reason);
  note_entry (check, draft->ordinal, NULL, NULL);
}

static gboolean
fits_template (const HrKeyTemplate *template, const HrValue *value)
{
  g_autoptr (GHashTable) bindings = hr_bindings_new ();
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  return hr_value_to_text (value, &text)
         && hr_key_template_match (template, text.length > 0 ? text.data : "", text.length, bindings);
}

/* Whether each template that the entity has for the table's own keys fits on its own. */
static gboolean
has_keys_of_entity (const Check *check, const HrEntity *entity, const HrValue *item)
{
  const HrAttribute *attributes[] = { hr_table_get_partition_key (check->table),
                                      hr_table_get_sort_key (check->table) };

  for (guint i = 0; i < G_N_ELEMENTS (attributes) && attributes[i] != NULL; i++)
    {
      const HrEntityKey *key = hr_entity_get_key (entity, attributes[i]->name);
      const HrValue *value = hr_map_get (item, attributes[i]->name, strlen (attributes[i]->name));

      if (key == NULL || key->template == NULL || value == NULL || !fits_template (key->template, value))
        return FALSE;
    }
  return TRUE;
}

static const HrEntity *
find_similar_entity (const Check *check, const HrValue *item)
{
  for (guint i = 0; i < check->table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (check->table->entities, i);

      if (has_keys_of_entity (check, entity, item))
        return entity;
    }
  return NULL;
}

/* Tells about attributes of another type than the entity declares; FALSE when there are none. */
static gboolean
check_types (Check *check, const HrEntity *entity, const HrValue *item, gint64 ordinal)
{
  gboolean differs = FALSE;

  for (guint i = 0; i < entity->attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (entity->attributes, i);
      const HrValue *value = hr_map_get (item, attribute->name, strlen (attribute->name));

      if (value == NULL || value->type == attribute->type)
        continue;
      differs = TRUE;
      if (!is_worth_telling (check, FINDING_ATTRIBUTE_TYPE))
        continue;
      hr_diagnostics_add (check->diagnostics, HR_SEVERITY_WARNING, "attribute-type",
                          item_place (check, ordinal),
                          _("Item %u of table %s: the attribute %s is of type %s, entity %s declares %s."),
                          check->number, check->table->name, attribute->name, hr_type_get_name (value->type),
                          entity->name, hr_type_get_name (attribute->type));
      note_entry (check, ordinal, entity, attribute->name);
    }
  return differs;
}

static void
check_stranger (Check *check, const HrValue *item, gint64 ordinal)
{
  const HrEntity *similar = find_similar_entity (check, item);
  HrRange place = item_place (check, ordinal);

  if (similar != NULL && check_types (check, similar, item, ordinal))
    return;
  if (!is_worth_telling (check, FINDING_NO_ENTITY))
    return;
  if (similar != NULL)
    hr_diagnostics_add (check->diagnostics, HR_SEVERITY_WARNING, "no-entity", place,
                        _("Item %u of table %s has the keys of entity %s, but an index key or an attribute does not "
                          "agree with the variables in them."),
                        check->number, check->table->name, similar->name);
  else
    hr_diagnostics_add (check->diagnostics, HR_SEVERITY_WARNING, "no-entity", place,
                        _("Item %u of table %s fits no entity. Correct its keys, or describe its kind as an entity."),
                        check->number, check->table->name);
  note_entry (check, ordinal, NULL, NULL);
}

static void
check_missing (Check *check, const HrEntity *entity, const HrValue *item, gint64 ordinal)
{
  for (guint i = 0; i < entity->attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (entity->attributes, i);

      if (attribute->optional || hr_map_get (item, attribute->name, strlen (attribute->name)) != NULL
          || !is_worth_telling (check, FINDING_ATTRIBUTE_MISSING))
        continue;
      hr_diagnostics_add (
          check->diagnostics, HR_SEVERITY_WARNING, "attribute-missing", item_place (check, ordinal),
          _("Item %u of table %s has no attribute %s, which entity %s does not call optional."),
          check->number, check->table->name, attribute->name, entity->name);
      note_entry (check, ordinal, entity, attribute->name);
    }
}

static gboolean
check_entry_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  Check *check = user_data;
  const HrEntity *entity;

  if (!hr_progress_step (check->progress))
    return FALSE;
  check->number++;
  if (draft != NULL)
    check_draft (check, draft);
  else if (check->table->entities->len > 0)
    {
      entity = hr_table_match_entity (check->table, item, NULL);
      if (entity == NULL)
        check_stranger (check, item, ordinal);
      else
        check_missing (check, entity, item, ordinal);
    }
  return TRUE;
}

static gboolean
note_holder_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  Check *check = user_data;
  const HrTable *definition = hr_engine_get_table (check->document->engine, check->table->name);
  g_autofree char *text = NULL;
  HrValue key;

  if (!hr_progress_goes_on (check->progress))
    return FALSE;
  check->number++;
  if (item == NULL || definition == NULL)
    return TRUE;
  hr_arena_reset (check->arena);
  if (!hr_definition_get_key (definition, item, check->arena, &key))
    return TRUE;
  text = hr_definition_print_key (&key);
  if (g_hash_table_contains (check->holders, text))
    g_hash_table_insert (check->holders, g_steal_pointer (&text), GUINT_TO_POINTER (check->number));
  return TRUE;
}

/* Finds the numbers of the items whose keys drafts wait for; nothing when none does. */
static gboolean
find_holders (Check *check, GError **error)
{
  for (guint i = 0; i < check->entry->drafts->len; i++)
    {
      const HrDraftEntry *entry = g_ptr_array_index (check->entry->drafts, i);

      if (entry->key != NULL)
        g_hash_table_insert (check->holders, g_strdup (entry->key), NULL);
    }
  return g_hash_table_size (check->holders) == 0
         || hr_document_foreach_entry (check->document, check->table->name, note_holder_cb, check, error);
}

static void
tell_rest (const Check *check)
{
  static const char *const codes[N_FINDINGS] = { "draft", "no-entity", "attribute-type", "attribute-missing" };

  for (guint i = 0; i < N_FINDINGS; i++)
    if (check->counts[i] > FINDINGS_OF_A_KIND)
      hr_diagnostics_add (check->diagnostics, i == FINDING_DRAFT ? HR_SEVERITY_ERROR : HR_SEVERITY_WARNING,
                          codes[i], HR_RANGE_NONE, _("Table %s: %u more findings like these (%s)."),
                          check->table->name, check->counts[i] - FINDINGS_OF_A_KIND, codes[i]);
}

static void
check_table (HrDocument *self, HrDiagnostics *diagnostics, const HrTable *table, HrProgress *progress)
{
  g_autoptr (GHashTable) holders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (GError) error = NULL;
  Check check = { .document = self, .diagnostics = diagnostics, .table = table, .holders = holders,
                  .arena = arena, .progress = progress };

  check.entry = hr_document_find_table (self, table->name);
  if (find_holders (&check, &error))
    {
      check.number = 0;
      hr_document_foreach_entry (self, table->name, check_entry_cb, &check, &error);
      tell_rest (&check);
    }
  if (error != NULL)
    hr_diagnostics_add (diagnostics, HR_SEVERITY_ERROR, "store", HR_RANGE_NONE, "%s", error->message);
}

gboolean
hr_document_check_cancellable (HrDocument *self, HrDiagnostics *diagnostics, HrProgress *progress)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self) && diagnostics != NULL, FALSE);

  hr_model_validate (self->model, diagnostics);
  for (guint i = 0; i < self->tables->len && hr_progress_goes_on (progress); i++)
    {
      const HrDocumentTable *entry = g_ptr_array_index (self->tables, i);

      check_table (self, diagnostics, hr_model_find_table (self->model, entry->name), progress);
    }
  return hr_progress_goes_on (progress);
}

void
hr_document_check (HrDocument *self, HrDiagnostics *diagnostics)
{
  hr_document_check_cancellable (self, diagnostics, NULL);
}
