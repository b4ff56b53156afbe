/*
 * Values for parameters, out of the items.
 *
 * A row of a key condition with one reference in it is a pattern for texts: what a key has between the literals around
 * the reference is a value that finds something. Where no row says that, names do: templates and attributes.
 */
#include "model/document/pattern-values.h"

#include "model/document/edit-definitions.h"
#include "model/document/step-form.h"
#include "model/engine/rows.h"
#include "model/schema/reference.h"
#include "model/value/codec.h"
#include "model/value/record.h"

#include <string.h>

#define ROWS_MAX 5000

/* An attribute whose texts hold the value, between two literals. */
typedef struct
{
  const HrTable *table;
  char *attribute;
  char *head;
  char *tail;
} Source;

static void
source_free (gpointer data)
{
  Source *self = data;

  g_free (self->attribute);
  g_free (self->head);
  g_free (self->tail);
  g_free (self);
}

typedef struct
{
  const HrTable *table;
  const Source *source; /* NULL: by name */
  const char *parameter;
  HrArena *arena;
  GHashTable *seen;
  GPtrArray *values;
  guint max;
  guint n_rows;
} Walk;

static void
add_value (Walk *self, char *text)
{
  if (*text != '\0' && g_utf8_validate (text, -1, NULL) && !g_hash_table_contains (self->seen, text))
    {
      g_hash_table_add (self->seen, text);
      g_ptr_array_add (self->values, text);
    }
  else
    g_free (text);
}

/* Of S and N, g_free(); NULL of others. */
static char *
dup_scalar (const HrValue *item, const char *attribute)
{
  const HrValue *value = hr_map_get (item, attribute, strlen (attribute));
  HrBuffer text = HR_BUFFER_INIT;

  if (value == NULL || (value->type != HR_TYPE_S && value->type != HR_TYPE_N))
    return NULL;
  hr_buffer_reserve (&text, 1);
  hr_value_to_text (value, &text);
  return hr_buffer_steal (&text, NULL);
}

static void
take_from_source (Walk *self, const HrValue *item)
{
  g_autofree char *text = dup_scalar (item, self->source->attribute);
  gsize length = text != NULL ? strlen (text) : 0;
  gsize head = strlen (self->source->head), tail = strlen (self->source->tail);

  if (text != NULL && length > head + tail && g_str_has_prefix (text, self->source->head)
      && g_str_has_suffix (text, self->source->tail))
    add_value (self, g_strndup (text + head, length - head - tail));
}

static void
take_by_name (Walk *self, const HrValue *item)
{
  g_autoptr (HrBindings) bindings = hr_bindings_new ();
  char *text = dup_scalar (item, self->parameter);
  const char *bound;

  if (text != NULL)
    {
      add_value (self, text);
      return;
    }
  if (hr_table_match_entity (self->table, item, bindings) == NULL)
    return;
  bound = g_hash_table_lookup (bindings, self->parameter);
  if (bound != NULL)
    add_value (self, g_strdup (bound));
}

static gboolean
look_at_row_cb (const HrRow *row, gpointer user_data)
{
  Walk *self = user_data;
  HrValue item;

  hr_arena_reset (self->arena);
  if (hr_record_decode (row->record, row->record_length, self->arena, &item))
    {
      if (self->source != NULL)
        take_from_source (self, &item);
      else
        take_by_name (self, &item);
    }
  return ++self->n_rows < ROWS_MAX && self->values->len < self->max;
}

static void
look_through (HrDocument *document, const HrTable *table, const Source *source, Walk *walk)
{
  walk->table = table;
  walk->source = source;
  walk->n_rows = 0;
  if (walk->values->len < walk->max)
    hr_engine_foreach_row (hr_document_get_engine (document), table->name, look_at_row_cb, walk, NULL);
}

/* A source when @text has exactly one reference, to the parameter. */
static void
read_text (GPtrArray *sources, const HrTable *table, const char *attribute, const char *text, const char *parameter)
{
  g_autoptr (GPtrArray) parts = text != NULL ? hr_reference_parse (text, strlen (text), NULL, NULL) : NULL;
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GString) tail = g_string_new (NULL);
  guint n_references = 0;
  Source *source;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];

      if (part->is_literal)
        g_string_append_len (n_references == 0 ? head : tail, part->text, part->length);
      else if (++n_references > 1 || part->path->len > 0 || !g_str_equal (part->root, parameter))
        return;
    }
  if (n_references != 1)
    return;
  source = g_new (Source, 1);
  *source = (Source) { table, g_strdup (attribute), g_strdup (head->str), g_strdup (tail->str) };
  g_ptr_array_add (sources, source);
}

static GPtrArray *
find_sources (const HrModel *model, const HrPattern *pattern, const char *parameter)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (source_free);

  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const HrStep *step = pattern->steps->pdata[i];
      g_autoptr (HrStepForm) form = hr_step_form_new (step->operation, step->request);
      const HrTable *table = form->table != NULL ? hr_model_find_table (model, form->table) : NULL;

      for (guint j = 0; table != NULL && j < form->conditions->len; j++)
        {
          const HrFormCondition *row = form->conditions->pdata[j];

          read_text (sources, table, row->attribute, row->value, parameter);
          read_text (sources, table, row->attribute, row->upper, parameter);
        }
    }
  return sources;
}

GPtrArray *
hr_document_list_values (HrDocument *self, const HrPattern *pattern, const char *parameter, guint max)
{
  const HrModel *model = hr_document_get_model (self);
  g_autoptr (GPtrArray) sources = find_sources (model, pattern, parameter);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (HrArena) arena = hr_arena_new ();
  Walk walk = { .parameter = parameter, .arena = arena, .seen = seen, .max = max };

  walk.values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < sources->len; i++)
    look_through (self, ((Source *) sources->pdata[i])->table, sources->pdata[i], &walk);
  for (guint i = 0; walk.values->len == 0 && i < model->tables->len; i++)
    look_through (self, model->tables->pdata[i], NULL, &walk);
  return walk.values;
}

/* References */

typedef struct
{
  HrDocument *document;
  const char *pattern; /* its id */
  GError **error;
} Declaration;

static gboolean
is_known (const HrPattern *pattern, const char *name)
{
  for (guint i = 0; i < pattern->parameters->len; i++)
    if (g_str_equal (((HrParameter *) pattern->parameters->pdata[i])->name, name))
      return TRUE;
  for (guint i = 0; i < pattern->steps->len; i++)
    if (g_str_equal (((HrStep *) pattern->steps->pdata[i])->name, name))
      return TRUE;
  return g_str_equal (name, "item");
}

static gboolean
declare (Declaration *self, const char *name, HrType type)
{
  const HrPattern *pattern = hr_model_find_pattern (hr_document_get_model (self->document), self->pattern);
  g_autoptr (GPtrArray) values = NULL;
  HrTarget *target;

  if (pattern == NULL || is_known (pattern, name))
    return TRUE;
  values = hr_document_list_values (self->document, pattern, name, 1);
  target = hr_document_add_parameter (self->document, self->pattern, name, type,
                                      values->len > 0 ? values->pdata[0] : NULL, self->error);
  g_free (target);
  return target != NULL;
}

static gboolean
declare_in_text (Declaration *self, const HrJson *json, HrType type)
{
  g_autoptr (GPtrArray) parts = hr_reference_parse (json->text, json->length, NULL, NULL);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];

      if (!part->is_literal && part->path->len == 0 && !declare (self, part->root, type))
        return FALSE;
    }
  return TRUE;
}

/* {"N": "{count}"} is a number, and so is a "Limit" that is a reference. */
static HrType
get_type_of (const HrJsonMember *member)
{
  if (member->name_length == 1 && (*member->name == 'N' || *member->name == 'B'))
    return *member->name == 'N' ? HR_TYPE_N : HR_TYPE_B;
  return member->name_length == strlen ("Limit") && memcmp (member->name, "Limit", member->name_length) == 0 ? HR_TYPE_N
                                                                                                           : HR_TYPE_S;
}

static gboolean
declare_in (Declaration *self, const HrJson *json, HrType type)
{
  gboolean done = TRUE;

  if (json->type == HR_JSON_STRING)
    return declare_in_text (self, json, type);
  for (guint32 i = 0; done && json->type == HR_JSON_ARRAY && i < json->length; i++)
    done = declare_in (self, &json->elements[i], HR_TYPE_S);
  for (guint32 i = 0; done && json->type == HR_JSON_OBJECT && i < json->length; i++)
    done = declare_in (self, &json->members[i].value, get_type_of (&json->members[i]));
  return done;
}

gboolean
hr_document_declare_references (HrDocument *self, const char *pattern, GError **error)
{
  g_autoptr (HrModel) model = hr_model_ref (hr_document_get_model (self));
  const HrPattern *found = hr_model_find_pattern (model, pattern);
  Declaration declaration = { self, pattern, error };

  for (guint i = 0; found != NULL && i < found->steps->len; i++)
    {
      const HrStep *step = found->steps->pdata[i];
      g_autoptr (HrArena) arena = hr_arena_new ();
      const HrJson *request = hr_json_parse (arena, step->request, strlen (step->request), HR_JSON_DEPTH_CEILING, NULL);

      if (request != NULL && !declare_in (&declaration, request, HR_TYPE_S))
        return FALSE;
    }
  return TRUE;
}

static void
collect_names (const HrJson *json, GHashTable *names)
{
  g_autoptr (GPtrArray) parts =
      json->type == HR_JSON_STRING ? hr_reference_parse (json->text, json->length, NULL, NULL) : NULL;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];

      if (!part->is_literal)
        g_hash_table_add (names, g_strdup (part->root));
    }
  for (guint32 i = 0; json->type == HR_JSON_ARRAY && i < json->length; i++)
    collect_names (&json->elements[i], names);
  for (guint32 i = 0; json->type == HR_JSON_OBJECT && i < json->length; i++)
    collect_names (&json->members[i].value, names);
}

static GHashTable *
list_names (const HrPattern *pattern)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const char *request = ((HrStep *) pattern->steps->pdata[i])->request;
      g_autoptr (HrArena) arena = hr_arena_new ();
      const HrJson *json = hr_json_parse (arena, request, strlen (request), HR_JSON_DEPTH_CEILING, NULL);

      if (json != NULL)
        collect_names (json, names);
    }
  return names;
}

gboolean
hr_document_drop_references (HrDocument *self, const HrPattern *before, GError **error)
{
  g_autoptr (HrModel) model = hr_model_ref (hr_document_get_model (self));
  const HrPattern *pattern = hr_model_find_pattern (model, before->id);
  g_autoptr (GHashTable) named = list_names (before);
  g_autoptr (GHashTable) names = pattern != NULL ? list_names (pattern) : NULL;

  for (guint i = 0; pattern != NULL && i < pattern->parameters->len; i++)
    {
      const char *name = ((HrParameter *) pattern->parameters->pdata[i])->name;
      const HrTarget target = HR_TARGET (PARAMETER, NULL, pattern->id, name);
      HrTarget *next;

      if (!g_hash_table_contains (named, name) || g_hash_table_contains (names, name))
        continue;
      next = hr_document_remove_definition (self, &target, error);
      if (next == NULL)
        return FALSE;
      g_free (next);
    }
  return TRUE;
}
