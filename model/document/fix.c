/*
 * What would mend a finding: a table of codes, each with a function that looks whether the finding is still so, finds
 * what is most likely meant, and says so on a button.
 *
 * A fix does nothing that a person could not do in the inspector: it calls the same functions, so it is one step with
 * a name, reaches as far as they do (a template that is mended makes the keys of its items anew), and is undone as
 * they are. What has no single likely remedy has no fix: a guess that is wrong costs more than it saves.
 */
#include "model/document/fix-private.h"

#include "model/base/i18n.h"
#include "model/base/json-build.h"
#include "model/base/json-reader.h"
#include "model/base/json-writer.h"
#include "model/document/edit-definitions.h"
#include "model/document/template-help.h"
#include "model/schema/compose.h"
#include "model/schema/suggest.h"

#include <string.h>

/* Takes @label. */
HrFix *
hr_fix_new (const HrFixPlace *place, char *label)
{
  HrFix *self = g_new0 (HrFix, 1);

  self->label = label;
  self->target = hr_target_copy (&place->target);
  self->ordinal = place->concern->ordinal;
  return self;
}

void
hr_fix_free (HrFix *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self->target);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

const char *
hr_fix_get_label (const HrFix *self)
{
  return self->label;
}

/* Templates */

static HrRefactoring *
make_template (const HrFix *self, HrDocument *document, GError **error)
{
  return hr_refactor_template (document, self->target->table, self->target->owner, self->target->name, self->text,
                               TRUE, error);
}

HrFix *
hr_fix_new_template (const HrFixPlace *place, const char *text, char *label)
{
  HrFix *self = hr_fix_new (place, label);

  self->make = make_template;
  self->text = g_strdup (text);
  return self;
}

/* The name that was probably meant, else the unknown one becomes a part of the key. */
static HrFix *
find_variable (const HrFixPlace *place)
{
  const HrEntityKey *key = place->found.definition;
  g_autoptr (GPtrArray) findings = hr_template_check (place->found.entity, key->template->text);

  for (guint i = 0; i < findings->len; i++)
    {
      const HrTemplateFinding *finding = g_ptr_array_index (findings, i);

      if (!finding->is_unknown || g_strcmp0 (finding->variable, place->concern->detail) != 0)
        continue;
      if (finding->fixed != NULL)
        return hr_fix_new_template (place, finding->fixed, g_strdup_printf (_("Use %s"), finding->meant));
      return hr_fix_new_template (place, key->template->text,
                                  g_strdup_printf (_("Make %s a key part"), finding->variable));
    }
  return NULL;
}

/* Types and flags of attributes */

static HrRefactoring *
make_type (const HrFix *self, HrDocument *document, GError **error)
{
  return hr_refactor_type (document, self->target, self->type, error);
}

/* A key part is in no item. */
static gboolean
apply_type (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  return hr_document_set_type (document, self->target, self->type, error);
}

static HrFix *
use_type (const HrFixPlace *place, HrType type)
{
  const HrAttribute *attribute = place->found.definition;
  HrFix *self;

  if (attribute->type == type)
    return NULL;
  self = hr_fix_new (place, g_strdup_printf (_("Make %s of type %s"), attribute->name, hr_type_get_name (type)));
  if (place->target.kind == HR_TARGET_KEY_PART)
    self->apply = apply_type;
  else
    self->make = make_type;
  self->type = type;
  return self;
}

/* An attribute that is a key of the table, too. */
static HrFix *
find_key_type (const HrFixPlace *place)
{
  const HrAttribute *key = hr_table_find_key_attribute (place->found.table, place->concern->name);

  return key != NULL ? use_type (place, key->type) : NULL;
}

/* A variable of a template: what the key wants. */
static HrFix *
find_variable_type (const HrFixPlace *place)
{
  const HrEntity *entity = place->found.entity;

  for (guint i = 0; i < entity->keys->len; i++)
    {
      const HrEntityKey *key = entity->keys->pdata[i];
      const HrAttribute *made = hr_table_find_key_attribute (place->found.table, key->attribute);

      if (made != NULL && hr_entity_key_names (entity, key->attribute, place->concern->name))
        return use_type (place, made->type == HR_TYPE_N ? HR_TYPE_N : HR_TYPE_S);
    }
  return NULL;
}

static gboolean
apply_optional (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  return hr_document_set_optional (document, self->target, TRUE, error);
}

static gboolean
apply_required (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  return hr_document_set_optional (document, self->target, FALSE, error);
}

static HrFix *
use_optional (const HrFixPlace *place, gboolean optional, char *label)
{
  HrFix *self = hr_fix_new (place, label);

  self->apply = optional ? apply_optional : apply_required;
  return self;
}

static HrFix *
find_required (const HrFixPlace *place)
{
  const HrAttribute *attribute = place->found.definition;

  return attribute->optional ? use_optional (place, FALSE, g_strdup_printf (_("Require %s"), attribute->name)) : NULL;
}

static HrFix *
find_optional (const HrFixPlace *place)
{
  const HrAttribute *attribute = place->found.definition;

  if (attribute->optional || hr_map_get (&place->item, attribute->name, strlen (attribute->name)) != NULL)
    return NULL;
  return use_optional (place, TRUE, g_strdup_printf (_("Make %s optional"), attribute->name));
}

/* What nothing uses */

static gboolean
apply_removal (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  HrTarget *next = hr_document_remove_definition (document, self->target, error);
  gboolean done = next != NULL;

  g_free (next);
  return done;
}

static HrFix *
find_removal (const HrFixPlace *place)
{
  HrFix *self = hr_fix_new (place, g_strdup_printf (_("Remove %s"), place->concern->name));

  self->apply = apply_removal;
  return self;
}

static gboolean
apply_settings (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  const HrTable *table = hr_model_find_table (hr_document_get_model (document), self->target->table);
  g_auto (HrSettings) settings = { 0 };

  if (table == NULL)
    return TRUE;
  hr_settings_copy (&settings, &table->settings);
  settings.read_units = settings.write_units = 0;
  return hr_document_set_settings (document, table->name, &settings, error);
}

static HrFix *
find_capacity (const HrFixPlace *place)
{
  const HrSettings *settings = &place->found.table->settings;
  HrFix *self;

  if (settings->read_units == 0 && settings->write_units == 0)
    return NULL; /* they are an index's */
  self = hr_fix_new (place, g_strdup (_("Remove the units")));
  self->apply = apply_settings;
  return self;
}

/* Requests */

static gboolean
set_step (const HrFix *self, HrDocument *document, void (*change) (const HrFix *self, HrStep *step), GError **error)
{
  HrTargetPlace place;
  gboolean done;
  HrStep *step;

  if (!hr_target_find (self->target, hr_document_get_model (document), &place, error))
    return FALSE;
  step = hr_step_copy (place.definition);
  change (self, step);
  done = hr_document_set_step (document, self->target->owner, self->target->name, step, error);
  hr_step_free (step);
  return done;
}

static void
set_one_page (const HrFix *self, HrStep *step)
{
  step->pages = 1;
}

static gboolean
apply_pages (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  return set_step (self, document, set_one_page, error);
}

static HrFix *
find_pages (const HrFixPlace *place)
{
  HrFix *self = hr_fix_new (place, g_strdup (_("Ask for one page")));

  self->apply = apply_pages;
  return self;
}

static void
set_member (const HrFix *self, HrStep *step)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *request = hr_json_parse (arena, step->request, strlen (step->request), HR_JSON_DEPTH_CEILING, NULL);
  const HrJson value = hr_json_new_string (self->text, strlen (self->text));
  HrBuffer out = HR_BUFFER_INIT;
  HrJson changed;

  if (request == NULL || request->type != HR_JSON_OBJECT)
    return;
  changed = hr_json_with (arena, request, self->name, &value);
  hr_json_write_compact (&out, &changed, FALSE);
  g_free (step->request);
  step->request = hr_buffer_steal (&out, NULL);
}

static gboolean
apply_member (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  return set_step (self, document, set_member, error);
}

/* The text of a member of the step's request, in the place's arena; NULL when it has none. */
static const char *
get_member (const HrFixPlace *place, const char *name)
{
  const char *text = ((const HrStep *) place->found.definition)->request;
  const HrJson *request = hr_json_parse (place->arena, text, strlen (text), HR_JSON_DEPTH_CEILING, NULL);
  const HrJson *member = request != NULL && request->type == HR_JSON_OBJECT ? hr_json_get (request, name) : NULL;

  return member != NULL && member->type == HR_JSON_STRING ? hr_json_dup_string (member, place->arena) : NULL;
}

/* Another name in the place of the wrong one, where the request itself has it. */
static HrFix *
use_member (const HrFixPlace *place, const char *name, const GPtrArray *list, HrTargetKind kind)
{
  const char *present = get_member (place, name);
  HrSuggestion suggestion = HR_SUGGESTION (present);
  HrFix *self;

  if (present == NULL || g_strcmp0 (present, place->concern->detail) != 0)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    hr_suggestion_offer (&suggestion, hr_definition_get_name (kind, list->pdata[i]));
  if (suggestion.best == NULL)
    return NULL;
  self = hr_fix_new (place, g_strdup_printf (_("Use %s"), suggestion.best));
  self->apply = apply_member;
  self->name = g_strdup (name);
  self->text = g_strdup (suggestion.best);
  return self;
}

static HrFix *
find_table (const HrFixPlace *place)
{
  return use_member (place, "TableName", hr_document_get_model (place->document)->tables, HR_TARGET_TABLE);
}

static HrFix *
find_index (const HrFixPlace *place)
{
  const char *name = get_member (place, "TableName");
  const HrTable *table = name != NULL ? hr_model_find_table (hr_document_get_model (place->document), name) : NULL;

  return table != NULL ? use_member (place, "IndexName", table->indexes, HR_TARGET_INDEX) : NULL;
}

static gboolean
apply_parameter (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  HrTarget *added = hr_document_add_parameter (document, self->target->owner, self->name, HR_TYPE_S, NULL, error);
  gboolean done = added != NULL;

  g_free (added);
  return done;
}

static HrFix *
find_parameter (const HrFixPlace *place)
{
  const char *name = place->concern->detail;
  const HrTarget parameter = HR_TARGET (PARAMETER, NULL, place->concern->owner, name);
  HrTargetPlace found;
  HrFix *self;

  if (name == NULL || hr_target_find (&parameter, hr_document_get_model (place->document), &found, NULL))
    return NULL;
  self = hr_fix_new (place, g_strdup_printf (_("Add the parameter %s"), name));
  self->apply = apply_parameter;
  self->name = g_strdup (name);
  return self;
}

/* Finding */

typedef struct
{
  const char *code;
  gboolean is_of_entry;
  HrFix *(*find) (const HrFixPlace *place);
} Row;

static const Row rows[] = {
  { "template-variable", FALSE, find_variable },
  { "variable-type", FALSE, find_variable_type },
  { "attribute-type", FALSE, find_key_type },
  { "variable-optional", FALSE, find_required },
  { "key-part-unused", FALSE, find_removal },
  { "parameter-unused", FALSE, find_removal },
  { "capacity-unused", FALSE, find_capacity },
  { "step-pages", FALSE, find_pages },
  { "unknown-table", FALSE, find_table },
  { "unknown-index", FALSE, find_index },
  { "unknown-reference", FALSE, find_parameter },

  { "attribute-type", TRUE, hr_fix_find_value_type },
  { "attribute-missing", TRUE, find_optional },
  { "key-missing", TRUE, hr_fix_find_key },
  { "key-type", TRUE, hr_fix_find_key_type },
  { "key-duplicate", TRUE, hr_fix_find_distinction },
};

static const Row *
find_row (const char *code, gboolean is_of_entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].is_of_entry == is_of_entry && strcmp (rows[i].code, code) == 0)
      return &rows[i];
  return NULL;
}

static gboolean
find_entry (HrFixPlace *place)
{
  const HrItemRef ref = { place->concern->table, NULL, place->concern->ordinal };

  if (!hr_document_get_entry (place->document, &ref, place->arena, &place->item, NULL, NULL))
    return FALSE;
  place->entity = hr_table_guess_entity (place->found.table, &place->item);
  return TRUE;
}

HrFix *
hr_fix_find (HrDocument *document, const char *code, const HrConcern *concern)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrFixPlace place = { .document = document, .concern = concern, .arena = arena };
  const Row *row;

  g_return_val_if_fail (HR_IS_DOCUMENT (document) && code != NULL && concern != NULL, NULL);

  row = find_row (code, concern->ordinal >= 0);
  if (row == NULL)
    return NULL;
  place.target = (HrTarget) { (HrTargetKind) concern->kind, concern->table, concern->owner, concern->name };
  if (!hr_target_find (&place.target, hr_document_get_model (document), &place.found, NULL)
      || (row->is_of_entry && !find_entry (&place)))
    return NULL;
  return row->find (&place);
}

guint64
hr_fix_count_rows (const HrFix *self, HrDocument *document)
{
  g_autoptr (HrRefactoring) refactoring = self->make != NULL ? self->make (self, document, NULL) : NULL;

  return refactoring != NULL ? hr_refactoring_count_rows (refactoring, document) : 0;
}

gboolean
hr_fix_apply (const HrFix *self, HrDocument *document, const HrItemMaker *maker, GError **error)
{
  g_autoptr (HrRefactoring) refactoring = NULL;

  if (self->make == NULL)
    return self->apply (self, document, maker, error);
  refactoring = self->make (self, document, error);
  return refactoring != NULL && hr_refactoring_apply (refactoring, document, error);
}
