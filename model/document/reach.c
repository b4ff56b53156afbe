/*
 * What a request can touch.
 *
 * A template and a text of a request are both literals with holes in them. They can be the same key when the literals
 * before the first hole agree as far as both go, and those behind the last one, too; what lies between holes is
 * not looked at. That errs to the side of "may".
 */
#include "model/document/reach.h"

#include "model/base/json-writer.h"
#include "model/document/index-reasons.h"
#include "model/schema/reference.h"

#include <string.h>

#define ENTITIES_MAX 62

/* Literal text up to the first hole and behind the last one; @has_hole FALSE: the whole. */
typedef struct
{
  GString *head;
  GString *tail;
  gboolean has_hole;
} Outline;

static void
outline_init (Outline *self)
{
  *self = (Outline) { g_string_new (NULL), g_string_new (NULL), FALSE };
}

static void
outline_clear (Outline *self)
{
  g_string_free (self->head, TRUE);
  g_string_free (self->tail, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outline, outline_clear)

static void
add_literal (Outline *self, const char *text)
{
  if (!self->has_hole)
    g_string_append (self->head, text);
  g_string_append (self->tail, text);
}

static void
add_hole (Outline *self)
{
  self->has_hole = TRUE;
  g_string_truncate (self->tail, 0);
}

static void
outline_template (Outline *self, const HrKeyTemplate *key_template)
{
  for (guint i = 0; i < key_template->n_parts; i++)
    if (key_template->parts[i].is_variable)
      add_hole (self);
    else
      add_literal (self, key_template->parts[i].text);
}

static void
outline_text (Outline *self, const char *text)
{
  g_autoptr (GPtrArray) parts = hr_reference_parse (text, strlen (text), NULL, NULL);

  if (parts == NULL)
    add_literal (self, text);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];

      if (part->is_literal)
        add_literal (self, part->text);
      else
        add_hole (self);
    }
}

static gboolean
heads_agree (const Outline *a, const Outline *b)
{
  return strncmp (a->head->str, b->head->str, MIN (a->head->len, b->head->len)) == 0;
}

static gboolean
tails_agree (const Outline *a, const Outline *b)
{
  gsize length = MIN (a->tail->len, b->tail->len);

  return memcmp (a->tail->str + a->tail->len - length, b->tail->str + b->tail->len - length, length) == 0;
}

/* A text without holes has a length, which the literals of the other must not exceed. */
static gboolean
fits_into (const Outline *whole, const Outline *other)
{
  if (whole->has_hole)
    return TRUE;
  if (!other->has_hole)
    return g_string_equal (whole->head, other->head);
  return whole->head->len > other->head->len + other->tail->len;
}

gboolean
hr_template_may_be (const HrKeyTemplate *key_template, const char *text, gboolean is_prefix)
{
  g_auto (Outline) made = { 0 };
  g_auto (Outline) asked = { 0 };

  outline_init (&made);
  outline_init (&asked);
  outline_template (&made, key_template);
  outline_text (&asked, text);
  if (!heads_agree (&made, &asked))
    return FALSE;
  if (is_prefix)
    return made.has_hole || asked.has_hole || made.head->len >= asked.head->len;
  return tails_agree (&made, &asked) && fits_into (&made, &asked) && fits_into (&asked, &made);
}

guint64
hr_table_get_all_entities (const HrTable *table)
{
  return (G_GUINT64_CONSTANT (1) << MIN (table->entities->len, ENTITIES_MAX)) - 1;
}

static gboolean
may_reach (const HrEntity *entity, const HrStepForm *form)
{
  for (guint i = 0; i < form->conditions->len; i++)
    {
      const HrFormCondition *row = form->conditions->pdata[i];
      const HrEntityKey *key = hr_entity_get_key (entity, row->attribute);

      if (key != NULL && (row->op == HR_KEY_EQ || row->op == HR_KEY_BEGINS_WITH)
          && !hr_template_may_be (key->template, row->value, row->op == HR_KEY_BEGINS_WITH))
        return FALSE;
    }
  return TRUE;
}

static void
add_item_rows (HrStepForm *form, const HrJson *item)
{
  for (guint32 i = 0; item != NULL && item->type == HR_JSON_OBJECT && i < item->length; i++)
    {
      const HrJson *text = hr_json_get (&item->members[i].value, "S");
      g_autofree char *name = g_strndup (item->members[i].name, item->members[i].name_length);
      g_autofree char *value = NULL;

      if (text != NULL && text->type == HR_JSON_STRING)
        value = g_strndup (text->text, text->length);
      if (value != NULL)
        g_ptr_array_add (form->conditions, hr_form_condition_new (name, HR_KEY_EQ, HR_TYPE_S, value, NULL));
    }
}

static guint64
get_reach_of_form (const HrTable *table, const HrStepForm *form)
{
  const HrIndex *index = form->index != NULL ? hr_table_find_index (table, form->index) : NULL;
  guint64 reach = 0;

  for (guint i = 0; i < table->entities->len && i < ENTITIES_MAX; i++)
    {
      const HrEntity *entity = table->entities->pdata[i];

      if ((index == NULL || hr_index_judge_entity (table, index, entity, NULL) != HR_ENTRY_NEVER)
          && may_reach (entity, form))
        reach |= G_GUINT64_CONSTANT (1) << i;
    }
  return reach;
}

static char *
dup_compact (const HrJson *json)
{
  HrBuffer out = HR_BUFFER_INIT;

  hr_json_write_compact (&out, json, FALSE);
  return hr_buffer_steal (&out, NULL);
}

guint64
hr_request_get_reach (const HrTable *table, const char *operation, const HrJson *request)
{
  g_autofree char *text = dup_compact (request);
  g_autoptr (HrStepForm) form = hr_step_form_new (operation, text);

  add_item_rows (form, hr_json_get (request, "Item"));
  return get_reach_of_form (table, form);
}

/* Objects inside a batch or a transaction that say themselves what is done to what. */
static guint64
get_reach_inside (const HrTable *table, const char *around, const HrJson *json)
{
  static const struct
  {
    const char *member;
    const char *operation;
  } actions[] = {
    { "Put", "PutItem" },           { "Update", "UpdateItem" },     { "Delete", "DeleteItem" },
    { "ConditionCheck", "GetItem" }, { "Get", "GetItem" },           { "PutRequest", "PutItem" },
    { "DeleteRequest", "DeleteItem" },
  };
  const HrJson *name = hr_json_get (json, "TableName");
  guint64 reach = 0;

  for (guint32 i = 0; json->type == HR_JSON_ARRAY && i < json->length; i++)
    reach |= get_reach_inside (table, around, &json->elements[i]);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      const HrJson *action = hr_json_get (json, actions[i].member);

      name = hr_json_get (action, "TableName");
      if (action != NULL && (name != NULL ? hr_json_string_equals (name, table->name)
                                          : g_strcmp0 (around, table->name) == 0))
        reach |= hr_request_get_reach (table, actions[i].operation, action);
    }
  return reach;
}

static guint64
get_reach_of_keys (const HrTable *table, const HrJson *keys)
{
  guint64 reach = 0;

  for (guint32 i = 0; keys != NULL && keys->type == HR_JSON_ARRAY && i < keys->length; i++)
    {
      g_autoptr (HrStepForm) form = hr_step_form_new ("GetItem", "{}");

      add_item_rows (form, &keys->elements[i]);
      reach |= get_reach_of_form (table, form);
    }
  return reach;
}

static guint64
get_reach_of_batch (const HrTable *table, const HrJson *tables)
{
  guint64 reach = 0;

  for (guint32 i = 0; tables->type == HR_JSON_OBJECT && i < tables->length; i++)
    {
      g_autofree char *name = g_strndup (tables->members[i].name, tables->members[i].name_length);
      const HrJson *value = &tables->members[i].value;

      if (!g_str_equal (name, table->name))
        continue;
      reach |= get_reach_inside (table, name, value);
      reach |= get_reach_of_keys (table, hr_json_get (value, "Keys"));
    }
  return reach;
}

/* A statement may touch whatever its table holds. */
static guint64
get_reach_of_statement (const HrTable *table, const HrJson *object)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *statement = hr_json_get (object, "Statement");
  const char *named = NULL;

  if (statement != NULL && statement->type == HR_JSON_STRING)
    named = hr_statement_find_table (arena, statement->text, statement->length);
  return g_strcmp0 (named, table->name) == 0 ? hr_table_get_all_entities (table) : 0;
}

static guint64
get_reach_of_statements (const HrTable *table, const HrJson *list)
{
  guint64 reach = 0;

  for (guint32 i = 0; list->type == HR_JSON_ARRAY && i < list->length; i++)
    reach |= get_reach_of_statement (table, &list->elements[i]);
  return reach;
}

guint64
hr_step_get_reach (const HrTable *table, const HrStep *step)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *request = hr_json_parse (arena, step->request, strlen (step->request), HR_JSON_DEPTH_CEILING, NULL);
  const HrJson *tables = hr_json_get (request, "RequestItems");
  const HrJson *actions = hr_json_get (request, "TransactItems");
  const HrJson *statements = hr_json_get (request, "Statements");

  if (statements == NULL)
    statements = hr_json_get (request, "TransactStatements");
  if (tables != NULL)
    return get_reach_of_batch (table, tables);
  if (actions != NULL)
    return get_reach_inside (table, NULL, actions);
  if (statements != NULL)
    return get_reach_of_statements (table, statements);
  if (hr_json_get (request, "Statement") != NULL)
    return get_reach_of_statement (table, request);
  if (request == NULL || !hr_json_string_equals (hr_json_get (request, "TableName"), table->name))
    return 0;
  return hr_request_get_reach (table, step->operation, request);
}
