/*
 * Reads what people want to know out of the requests of a pattern.
 *
 * Requests are the service's JSON; here they are looked at, never run. A key condition is compiled by the
 * engine's own compiler with the texts of the model, references and all, in place of the values. What cannot
 * be read (the model may be unfinished) leaves its fact empty.
 */
#include "app/session/pattern-facts.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/i18n.h"
#include "model/document/reach.h"
#include "model/document/step-use.h"
#include "model/schema/reference.h"

#define DEPTH_MAX 64
#define PLACE_DIGITS 8

static void
fact_clause_free (gpointer data)
{
  HrFactClause *self = data;

  g_free (self->attribute);
  g_free (self->value);
  g_free (self->upper);
  g_free (self);
}

static void
add_clause (GPtrArray *clauses, const char *attribute, gsize length, HrKeyOperator op, char *value, char *upper)
{
  HrFactClause *clause = g_new0 (HrFactClause, 1);

  clause->attribute = g_strndup (attribute, length);
  clause->op = op;
  clause->value = value;
  clause->upper = upper;
  g_ptr_array_add (clauses, clause);
}

static char *
dup_json_text (const HrJson *json)
{
  if (json->type == HR_JSON_STRING || json->type == HR_JSON_NUMBER)
    return g_strndup (json->text, json->length);
  return g_strdup ("…");
}

/* {"S": "MSG#{uuid}"} or "{item.pk}" as a text. */
static char *
dup_value_text (const HrJson *json)
{
  if (json->type == HR_JSON_OBJECT && json->length == 1)
    return dup_json_text (&json->members[0].value);
  return dup_json_text (json);
}

static int
compare_placeholders (const void *a, const void *b)
{
  const HrPlaceholder *x = a;
  const HrPlaceholder *y = b;
  int order = memcmp (x->name, y->name, MIN (x->name_length, y->name_length));

  return order != 0 ? order : (x->name_length > y->name_length) - (x->name_length < y->name_length);
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* Where a placeholder first stands in an expression; its length when it does not. */
static guint
find_place (const HrJson *expression, const HrJsonMember *placeholder)
{
  guint length = placeholder->name_length;

  if (expression == NULL || expression->type != HR_JSON_STRING)
    return 0;
  for (guint i = 0; i + length <= expression->length; i++)
    if (memcmp (expression->text + i, placeholder->name, length) == 0
        && (i + length == expression->length || !is_name_char (expression->text[i + length])))
      return i;
  return expression->length;
}

/* {"S": …}, which is written in quotes: those are the target of its placeholder, which a value has no use
 * for. */
static gboolean
is_text (const HrJson *value)
{
  return value->type == HR_JSON_OBJECT && value->length == 1 && value->members[0].name_length == 1
         && *value->members[0].name == 'S';
}

/* Every value counts as a text, so that references pass where numbers will stand; and its place in the
 * expression goes before it, because the compiler compares the bounds of BETWEEN. */
static HrPlaceholder *
read_values (const HrJson *object, const HrJson *expression, HrArena *arena, guint *n)
{
  HrPlaceholder *list;

  *n = object != NULL && object->type == HR_JSON_OBJECT ? object->length : 0;
  list = hr_arena_array (arena, HrPlaceholder, *n);
  for (guint i = 0; i < *n; i++)
    {
      const HrJsonMember *member = &object->members[i];
      g_autofree char *text = dup_value_text (&member->value);
      char *copy = hr_arena_printf (arena, "%0*u%s", PLACE_DIGITS, find_place (expression, member), text);

      list[i] = (HrPlaceholder) { .name = member->name, .name_length = member->name_length };
      list[i].value = hr_value_string (copy, strlen (copy));
      list[i].target = is_text (&member->value) ? "\"" : "";
    }
  qsort (list, *n, sizeof *list, compare_placeholders);
  return list;
}

static HrPlaceholder *
read_names (const HrJson *object, HrArena *arena, guint *n)
{
  HrPlaceholder *list;

  *n = object != NULL && object->type == HR_JSON_OBJECT ? object->length : 0;
  list = hr_arena_array (arena, HrPlaceholder, *n);
  for (guint i = 0; i < *n; i++)
    {
      const HrJsonMember *member = &object->members[i];
      g_autofree char *text = dup_json_text (&member->value);

      list[i] = (HrPlaceholder) { .name = member->name, .name_length = member->name_length };
      list[i].target = hr_arena_strdup (arena, text);
      list[i].target_length = strlen (text);
    }
  qsort (list, *n, sizeof *list, compare_placeholders);
  return list;
}

static void
read_all_placeholders (HrPlaceholders *self, const HrJson *request, HrArena *arena)
{
  const HrJson *names = hr_json_get (request, "ExpressionAttributeNames");
  const HrJson *values = hr_json_get (request, "ExpressionAttributeValues");

  memset (self, 0, sizeof *self);
  self->names = read_names (names, arena, &self->n_names);
  self->values = read_values (values, hr_json_get (request, "KeyConditionExpression"), arena, &self->n_values);
  self->has_names = names != NULL;
  self->has_values = values != NULL;
}

/* The text of a value without its place. */
static char *
dup_clause_text (const HrValue *value)
{
  if (value->type != HR_TYPE_S || value->length < PLACE_DIGITS)
    return g_strdup ("");
  return g_strndup (value->bytes + PLACE_DIGITS, value->length - PLACE_DIGITS);
}

static void
read_key_condition (HrStepFacts *self, const HrJson *request, HrPlaceholders *placeholders, HrArena *arena)
{
  const HrJson *text = hr_json_get (request, "KeyConditionExpression");
  const HrKeyCondition *condition;
  HrServiceError error = { 0 };

  if (text == NULL || text->type != HR_JSON_STRING)
    return;
  condition = hr_key_condition_compile (arena, text->text, text->length, placeholders, &error);
  for (guint i = 0; condition != NULL && i < condition->n_clauses; i++)
    {
      const HrKeyClause *clause = &condition->clauses[i];

      add_clause (self->clauses, clause->name, clause->name_length, clause->op,
                  dup_clause_text (&clause->value),
                  clause->op == HR_KEY_BETWEEN ? dup_clause_text (&clause->upper) : NULL);
    }
}

static const HrPlaceholder *
find_placeholder (const HrPlaceholder *list, guint n, const char *name, gsize length)
{
  for (guint i = 0; i < n; i++)
    if (list[i].name_length == length && memcmp (list[i].name, name, length) == 0)
      return &list[i];
  return NULL;
}

static void
append_placeholder (GString *out, const HrPlaceholders *placeholders, const char *name, gsize length)
{
  const HrPlaceholder *found;
  const char *quote;
  g_autofree char *text = NULL;

  if (*name == '#')
    found = find_placeholder (placeholders->names, placeholders->n_names, name, length);
  else
    found = find_placeholder (placeholders->values, placeholders->n_values, name, length);

  if (found == NULL)
    g_string_append_len (out, name, length);
  else if (*name == '#')
    g_string_append_len (out, found->target, found->target_length);
  else
    {
      text = dup_clause_text (&found->value);
      quote = *text == '{' ? "" : found->target;
      g_string_append_printf (out, "%s%s%s", quote, text, quote);
    }
}

/* An expression with what its placeholders stand for. */
static char *
spell_out (const HrJson *expression, const HrPlaceholders *placeholders)
{
  GString *out = g_string_new (NULL);
  const char *text = expression->text;

  for (gsize i = 0; i < expression->length;)
    {
      gsize length = 1;

      if (text[i] != '#' && text[i] != ':')
        {
          g_string_append_c (out, text[i++]);
          continue;
        }
      while (i + length < expression->length && is_name_char (text[i + length]))
        length++;
      append_placeholder (out, placeholders, text + i, length);
      i += length;
    }
  return g_string_free (out, FALSE);
}

/* The key attributes among the members of a Key or an Item. */
static void
read_key_members (HrStepFacts *self, const HrJson *object, const HrTable *table)
{
  const HrAttribute *keys[] = { hr_table_get_partition_key (table), hr_table_get_sort_key (table) };

  if (self->clauses->len > 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const HrJson *value = keys[i] != NULL ? hr_json_get (object, keys[i]->name) : NULL;

      if (value != NULL)
        add_clause (self->clauses, keys[i]->name, strlen (keys[i]->name), HR_KEY_EQ, dup_value_text (value),
                    NULL);
    }
}

typedef void (*ObjectFunc) (const HrJson *object, gpointer user_data);

static gboolean
holds_keys (const HrJsonMember *member)
{
  static const char *const names[] = { "Key", "Item", "Keys" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (member->name_length == strlen (names[i]) && memcmp (member->name, names[i], member->name_length) == 0)
      return TRUE;
  return FALSE;
}

/* Each Key and Item of a request, however deep a batch or a transaction holds it. */
static void
foreach_key_object (const HrJson *json, gboolean is_key, guint depth, ObjectFunc func, gpointer user_data)
{
  if (depth > DEPTH_MAX)
    return;
  if (json->type == HR_JSON_ARRAY)
    for (guint i = 0; i < json->length; i++)
      foreach_key_object (&json->elements[i], is_key, depth + 1, func, user_data);
  if (json->type != HR_JSON_OBJECT)
    return;
  if (is_key)
    func (json, user_data);
  for (guint i = 0; !is_key && i < json->length; i++)
    foreach_key_object (&json->members[i].value, holds_keys (&json->members[i]), depth + 1, func, user_data);
}

typedef struct
{
  HrStepFacts *facts;
  const HrTable *table;
} KeyWalk;

static void
read_key_object_cb (const HrJson *object, gpointer user_data)
{
  KeyWalk *walk = user_data;

  read_key_members (walk->facts, object, walk->table);
}

static gboolean
is_json (const HrJson *request, const char *name, HrJsonType type)
{
  const HrJson *member = hr_json_get (request, name);

  return member != NULL && member->type == type;
}

static void
read_request (HrStepFacts *self, const HrJson *request, const HrModel *model, HrArena *arena)
{
  const HrJson *statement = hr_json_get (request, "Statement");
  const HrJson *filter = hr_json_get (request, "FilterExpression");
  const HrJson *limit = hr_json_get (request, "Limit");
  KeyWalk walk = { self, NULL };
  HrPlaceholders placeholders;

  walk.table = self->table != NULL ? hr_model_find_table (model, self->table) : NULL;
  if (statement != NULL && statement->type == HR_JSON_STRING)
    self->statement = g_strndup (statement->text, statement->length);
  read_all_placeholders (&placeholders, request, arena);
  read_key_condition (self, request, &placeholders, arena);
  if (walk.table != NULL)
    foreach_key_object (request, FALSE, 0, read_key_object_cb, &walk);
  if (filter != NULL && filter->type == HR_JSON_STRING)
    self->filter = spell_out (filter, &placeholders);
  if (limit != NULL)
    hr_json_get_int64 (limit, &self->limit);
  self->newest_first = is_json (request, "ScanIndexForward", HR_JSON_FALSE);
  self->consistent = is_json (request, "ConsistentRead", HR_JSON_TRUE);
}

/* The first thing that it names stands for all of it. */
static void
read_uses (HrStepFacts *self, const HrModel *model, HrArena *arena)
{
  g_autoptr (GArray) uses = hr_step_list_uses (self->step, model, arena);
  const HrStepUse *first = uses->len > 0 ? &g_array_index (uses, HrStepUse, 0) : NULL;

  self->is_read = first != NULL;
  for (guint i = 0; i < uses->len; i++)
    self->is_read = self->is_read && g_array_index (uses, HrStepUse, i).use != HR_USE_WRITE;
  self->is_scan = first != NULL && first->use == HR_USE_SCAN;
  self->table = first != NULL ? g_strdup (first->table) : NULL;
  self->index = first != NULL ? g_strdup (first->index) : NULL;
}

static gboolean
is_ranged (const HrStep *step)
{
  return strcmp (step->operation, "Query") == 0 || strcmp (step->operation, "Scan") == 0;
}

HrStepFacts *
hr_step_facts_new (const HrStep *step, const HrModel *model)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *request =
      hr_json_parse (arena, step->request, strlen (step->request), HR_JSON_DEPTH_CEILING, NULL);
  HrStepFacts *self = g_new0 (HrStepFacts, 1);

  self->step = step;
  self->clauses = g_ptr_array_new_with_free_func (fact_clause_free);
  self->is_ranged = is_ranged (step);
  read_uses (self, model, arena);
  if (request != NULL)
    read_request (self, request, model, arena);
  return self;
}

void
hr_step_facts_free (HrStepFacts *self)
{
  if (self == NULL)
    return;
  g_free (self->table);
  g_free (self->index);
  g_free (self->filter);
  g_free (self->statement);
  g_ptr_array_unref (self->clauses);
  g_free (self);
}

GPtrArray *
hr_pattern_facts_new (const HrPattern *pattern, const HrModel *model)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_step_facts_free);

  for (guint i = 0; i < pattern->steps->len; i++)
    g_ptr_array_add (facts, hr_step_facts_new (g_ptr_array_index (pattern->steps, i), model));
  return facts;
}

static gboolean
reads_only (const HrStep *step, HrArena *arena)
{
  g_autoptr (GArray) uses = hr_step_list_uses (step, NULL, arena);

  for (guint i = 0; i < uses->len; i++)
    if (g_array_index (uses, HrStepUse, i).use == HR_USE_WRITE)
      return FALSE;
  return TRUE;
}

char *
hr_pattern_describe_operation (const HrPattern *pattern)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  GString *text = g_string_new (NULL);
  gboolean has_write = FALSE;

  if (pattern->steps->len == 1)
    {
      g_string_append (text, ((const HrStep *) g_ptr_array_index (pattern->steps, 0))->operation);
      return g_string_free (text, FALSE);
    }
  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const HrStep *step = g_ptr_array_index (pattern->steps, i);

      if (!reads_only (step, arena))
        has_write = TRUE;
      else if (strstr (text->str, step->operation) == NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", step->operation);
    }
  if (has_write)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _("Write"));
  return g_string_free (text, FALSE);
}

static const HrParameter *
find_parameter (const HrPattern *pattern, const char *name)
{
  for (guint i = 0; i < pattern->parameters->len; i++)
    {
      const HrParameter *parameter = g_ptr_array_index (pattern->parameters, i);

      if (strcmp (parameter->name, name) == 0)
        return parameter;
    }
  return NULL;
}

/* The value with the examples of the parameters; NULL when another step makes it. */
static char *
dup_example (const HrPattern *pattern, const char *value)
{
  g_autoptr (GPtrArray) parts = hr_reference_parse (value, strlen (value), NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (parts == NULL)
    return NULL;
  for (guint i = 0; i < parts->len; i++)
    {
      const HrReferencePart *part = g_ptr_array_index (parts, i);
      const HrParameter *parameter = part->is_literal ? NULL : find_parameter (pattern, part->root);

      if (part->is_literal)
        g_string_append_len (text, part->text, part->length);
      else if (parameter != NULL && parameter->example != NULL)
        g_string_append (text, parameter->example);
      else
        return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether a key of the template can begin with @start. */
static gboolean
can_begin_with (const HrKeyTemplate *key_template, const char *start)
{
  const HrTemplatePart *first = key_template->n_parts > 0 ? &key_template->parts[0] : NULL;
  gsize length;

  if (first == NULL || first->is_variable)
    return TRUE;
  length = MIN (strlen (first->text), strlen (start));
  return strncmp (first->text, start, length) == 0;
}

/* @example: what the clause compares with; NULL when that is not known. */
static gboolean
clause_fits (const HrFactClause *clause, const char *example, const HrEntity *entity)
{
  const HrEntityKey *key = hr_entity_get_key (entity, clause->attribute);
  g_autoptr (GHashTable) bindings = NULL;

  if (key == NULL || example == NULL)
    return TRUE;
  if (clause->op != HR_KEY_EQ)
    return clause->op != HR_KEY_BEGINS_WITH || can_begin_with (key->template, example);
  bindings = hr_bindings_new ();
  return hr_key_template_match (key->template, example, strlen (example), bindings);
}

const HrAttribute *
hr_entity_find_missing_key (const HrEntity *entity, const HrIndex *index)
{
  GPtrArray *keys[] = { index->partition_key, index->sort_key };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint j = 0; j < keys[i]->len; j++)
      {
        const HrAttribute *attribute = g_ptr_array_index (keys[i], j);
        gboolean is_there = hr_entity_get_key (entity, attribute->name) != NULL;

        for (guint k = 0; k < entity->attributes->len && !is_there; k++)
          is_there = strcmp (((const HrAttribute *) g_ptr_array_index (entity->attributes, k))->name,
                             attribute->name) == 0;
        if (!is_there)
          return attribute;
      }
  return NULL;
}

static const HrAttribute *
get_partition_key (const HrStepFacts *facts, const HrTable *table)
{
  const HrIndex *index = facts->index != NULL ? hr_table_find_index (table, facts->index) : NULL;

  if (index != NULL)
    return index->partition_key->len > 0 ? g_ptr_array_index (index->partition_key, 0) : NULL;
  return hr_table_get_partition_key (table);
}

/* Whether the step says which partition it wants. Keys that only an earlier step knows say nothing; that step
 * tells. */
static gboolean
is_known (const HrStepFacts *facts, const HrPattern *pattern, const HrTable *table)
{
  const HrAttribute *key = get_partition_key (facts, table);

  for (guint i = 0; i < facts->clauses->len && key != NULL; i++)
    {
      const HrFactClause *clause = g_ptr_array_index (facts->clauses, i);
      g_autofree char *example = dup_example (pattern, clause->value);

      if (example != NULL && clause->op == HR_KEY_EQ && strcmp (clause->attribute, key->name) == 0)
        return TRUE;
    }
  return facts->clauses->len == 0 && facts->is_ranged;
}

typedef struct
{
  const HrPattern *pattern;
  const HrTable *table;
  gboolean *served; /* by number of entity */
} ServeWalk;

/* The entities that suit all that the step says of keys. */
static void
serve_step (ServeWalk *walk, const HrStepFacts *facts)
{
  const HrIndex *index = facts->index != NULL ? hr_table_find_index (walk->table, facts->index) : NULL;
  g_autoptr (GPtrArray) examples = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < facts->clauses->len; i++)
    g_ptr_array_add (examples,
                     dup_example (walk->pattern, ((HrFactClause *) g_ptr_array_index (facts->clauses, i))->value));
  for (guint i = 0; i < walk->table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (walk->table->entities, i);
      gboolean fits = index == NULL || hr_entity_find_missing_key (entity, index) == NULL;

      for (guint j = 0; j < facts->clauses->len && fits; j++)
        fits = clause_fits (g_ptr_array_index (facts->clauses, j), g_ptr_array_index (examples, j), entity);
      walk->served[i] |= fits;
    }
}

/* One Key or Item of a batch. */
static void
serve_object_cb (const HrJson *object, gpointer user_data)
{
  ServeWalk *walk = user_data;
  HrStepFacts facts = { .clauses = g_ptr_array_new_with_free_func (fact_clause_free) };

  read_key_members (&facts, object, walk->table);
  if (is_known (&facts, walk->pattern, walk->table))
    serve_step (walk, &facts);
  g_ptr_array_unref (facts.clauses);
}

/* A statement is not taken apart: it may be about whatever its table holds. */
static void
serve_statement (ServeWalk *walk, const HrStep *step)
{
  guint64 reach = hr_step_get_reach (walk->table, step);

  for (guint i = 0; i < walk->table->entities->len && i < 64; i++)
    walk->served[i] |= ((reach >> i) & 1) != 0;
}

static void
mark_served (ServeWalk *walk, const HrModel *model)
{
  g_autoptr (GPtrArray) facts = hr_pattern_facts_new (walk->pattern, model);
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint i = 0; i < facts->len; i++)
    {
      const HrStepFacts *step = g_ptr_array_index (facts, i);
      const HrJson *request;

      if (g_strcmp0 (step->table, walk->table->name) != 0)
        continue;
      if (step->statement != NULL)
        {
          serve_statement (walk, step->step);
          continue;
        }
      if (step->is_ranged)
        {
          if (is_known (step, walk->pattern, walk->table))
            serve_step (walk, step);
          continue;
        }
      request = hr_json_parse (arena, step->step->request, strlen (step->step->request),
                               HR_JSON_DEPTH_CEILING, NULL);
      if (request != NULL)
        foreach_key_object (request, FALSE, 0, serve_object_cb, walk);
    }
}

GPtrArray *
hr_table_list_serving (const HrTable *table, const HrModel *model)
{
  GPtrArray *serving = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autofree gboolean *served = g_new (gboolean, table->entities->len + 1);

  for (guint i = 0; i < table->entities->len; i++)
    g_ptr_array_add (serving, g_ptr_array_new ());
  for (guint i = 0; i < model->patterns->len; i++)
    {
      ServeWalk walk = { g_ptr_array_index (model->patterns, i), table, served };

      memset (served, 0, table->entities->len * sizeof *served);
      mark_served (&walk, model);
      for (guint j = 0; j < table->entities->len; j++)
        if (served[j])
          g_ptr_array_add (g_ptr_array_index (serving, j), g_ptr_array_index (model->patterns, i));
    }
  return serving;
}

gboolean
hr_pattern_uses_index (const HrPattern *pattern, const HrModel *model, const HrTable *table, const char *index)
{
  g_autoptr (HrArena) arena = hr_arena_new ();

  for (guint i = 0; i < pattern->steps->len; i++)
    {
      g_autoptr (GArray) uses = hr_step_list_uses (g_ptr_array_index (pattern->steps, i), model, arena);

      for (guint j = 0; j < uses->len; j++)
        {
          const HrStepUse *use = &g_array_index (uses, HrStepUse, j);

          if (strcmp (use->table, table->name) == 0 && g_strcmp0 (use->index, index) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

const char *
hr_key_operator_describe (HrKeyOperator op)
{
  switch (op)
    {
    case HR_KEY_EQ:
      return "=";
    case HR_KEY_LT:
      return "<";
    case HR_KEY_LE:
      return "≤";
    case HR_KEY_GT:
      return ">";
    case HR_KEY_GE:
      return "≥";
    case HR_KEY_BETWEEN:
      return _("between");
    case HR_KEY_BEGINS_WITH:
      return _("begins with");
    }
  return "";
}
