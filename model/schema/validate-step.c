/*
 * Checks of the steps of a pattern: what their requests name must exist.
 *
 * A request is the service's JSON; its expressions are checked when it runs. Here it is enough that
 * tables and indexes are those of the model and that references lead to something. Strings are visited
 * in the order of the text, which is how a finding gets the place of its string (HrStep.string_places).
 */
#include "model/schema/validate-private.h"

#include "model/base/i18n.h"

#include <string.h>

typedef struct
{
  const char *name;
  gboolean has_pages;
} Operation;

/* Operations on items: what a pattern can be made of. */
static const Operation operations[] = {
  { "GetItem", FALSE },
  { "PutItem", FALSE },
  { "UpdateItem", FALSE },
  { "DeleteItem", FALSE },
  { "Query", TRUE },
  { "Scan", TRUE },
  { "BatchGetItem", TRUE },
  { "BatchWriteItem", TRUE },
  { "TransactGetItems", FALSE },
  { "TransactWriteItems", FALSE },
  { "ExecuteStatement", TRUE },
  { "BatchExecuteStatement", FALSE },
  { "ExecuteTransaction", FALSE },
};

static const Operation *
find_operation (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (strcmp (operations[i].name, name) == 0)
      return &operations[i];
  return NULL;
}

typedef struct
{
  const HrStep *step;
  guint index; /* of the next string */
  void (*func) (const char *member, guint32 member_length, const HrJson *string, HrRange place,
                gpointer user_data);
  gpointer user_data;
} StringWalk;

/* The depth is that of the parse, which is limited. */
static void
walk_strings (StringWalk *walk, const char *member, guint32 member_length, const HrJson *value)
{
  if (value->type == HR_JSON_STRING)
    {
      guint index = walk->index++;
      HrRange place = walk->step->request_place;

      if (index < walk->step->n_string_places)
        place = walk->step->string_places[index];
      walk->func (member, member_length, value, place, walk->user_data);
    }
  for (guint i = 0; value->type == HR_JSON_ARRAY && i < value->length; i++)
    walk_strings (walk, member, member_length, &value->elements[i]);
  for (guint i = 0; value->type == HR_JSON_OBJECT && i < value->length; i++)
    walk_strings (walk, value->members[i].name, value->members[i].name_length, &value->members[i].value);
}

/* The place of a part of a string that stands at @place with its quotes. */
static HrRange
place_inside (HrRange place, const HrJson *string, HrRange range)
{
  HrRange bare = { place.start + 1, place.end - 1 };

  if (hr_range_is_none (place) || bare.end - bare.start != string->length)
    return place;
  return hr_range_inside (bare, string->length, range);
}

typedef struct
{
  const HrStep *step;
  HrReferenceFunc func;
  gpointer user_data;
} ReferenceWalk;

static void
visit_references_cb (const char *member, guint32 member_length, const HrJson *string, HrRange place,
                     gpointer user_data)
{
  const ReferenceWalk *walk = user_data;
  g_autoptr (GPtrArray) parts = NULL;

  if (memchr (string->text, '{', string->length) == NULL)
    return;
  parts = hr_reference_parse (string->text, string->length, NULL, NULL);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const HrReferencePart *part = parts->pdata[i];

      if (!part->is_literal)
        walk->func (part, place_inside (place, string, part->range), walk->user_data);
    }
}

void
hr_step_foreach_reference (const HrStep *step, const HrJson *request, HrReferenceFunc func,
                           gpointer user_data)
{
  ReferenceWalk references = { step, func, user_data };
  StringWalk strings = { step, 0, visit_references_cb, &references };

  if (request != NULL)
    walk_strings (&strings, NULL, 0, request);
}

void
hr_check_step_name (const HrCheck *self)
{
  if (!hr_reference_root_is_valid (self->step->name))
    hr_check_report (self, self->step->place,
                     _("`%s` cannot name a step: a name is not empty, not `item` and has none of `.[]{}`."),
                     self->step->name);
}

void
hr_check_step_operation (const HrCheck *self)
{
  HrSuggestion suggestion = HR_SUGGESTION (self->step->operation);
  g_autofree char *hint = NULL;

  if (find_operation (self->step->operation) != NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    hr_suggestion_offer (&suggestion, operations[i].name);
  hint = hr_suggestion_dup_hint (&suggestion);
  hr_check_report (self, self->step->place, _("`%s` is no operation on items.%s"), self->step->operation,
                   hint);
}

void
hr_check_step_pages (const HrCheck *self)
{
  const Operation *operation = find_operation (self->step->operation);

  if (self->step->pages != 1 && operation != NULL && !operation->has_pages)
    hr_check_report (self, self->step->place, _("%s answers in one page; `pages` does nothing here."),
                     self->step->operation);
}

typedef enum
{
  ROOT_KNOWN,
  ROOT_UNKNOWN,
  ROOT_LATER_STEP,
  ROOT_NO_ROW, /* `item` without for_each */
} RootState;

static RootState
find_root (const HrCheck *self, const char *root, gboolean steps_only)
{
  gboolean is_earlier = TRUE;

  if (strcmp (root, "item") == 0 && !steps_only)
    return self->step->for_each != NULL ? ROOT_KNOWN : ROOT_NO_ROW;
  for (guint i = 0; !steps_only && i < self->pattern->parameters->len; i++)
    {
      const HrParameter *parameter = self->pattern->parameters->pdata[i];

      if (strcmp (parameter->name, root) == 0)
        return ROOT_KNOWN;
    }
  for (guint i = 0; i < self->pattern->steps->len; i++)
    {
      const HrStep *step = self->pattern->steps->pdata[i];

      if (step == self->step)
        is_earlier = FALSE;
      if (strcmp (step->name, root) == 0)
        return is_earlier ? ROOT_KNOWN : ROOT_LATER_STEP;
    }
  return ROOT_UNKNOWN;
}

static char *
dup_root_hint (const HrCheck *self, const char *root)
{
  HrSuggestion suggestion = HR_SUGGESTION (root);

  for (guint i = 0; i < self->pattern->parameters->len; i++)
    {
      const HrParameter *parameter = self->pattern->parameters->pdata[i];

      hr_suggestion_offer (&suggestion, parameter->name);
    }
  for (guint i = 0; i < self->pattern->steps->len && self->pattern->steps->pdata[i] != self->step; i++)
    {
      const HrStep *step = self->pattern->steps->pdata[i];

      hr_suggestion_offer (&suggestion, step->name);
    }
  return hr_suggestion_dup_hint (&suggestion);
}

static void
report_root (const HrCheck *self, const char *root, const char *text, RootState state, HrRange place)
{
  g_autofree char *hint = NULL;

  switch (state)
    {
    case ROOT_KNOWN:
      break;
    case ROOT_UNKNOWN:
      hint = dup_root_hint (self, root);
      hr_check_report_part (self, HR_TARGET_STEP, self->step->name, root, place,
                            _("`{%s}` is no parameter and no earlier step of pattern %s.%s"), text,
                            self->pattern->id, hint);
      break;
    case ROOT_LATER_STEP:
      hr_check_report (self, place,
                       _("`{%s}` is answered only when this step has run; move step %s before it."), text,
                       root);
      break;
    case ROOT_NO_ROW:
      hr_check_report (self, place, _("`{%s}` is the row of a `for_each`, and this step has none."), text);
      break;
    }
}

void
hr_check_step_for_each (const HrCheck *self)
{
  const char *text = self->step->for_each;
  g_autofree char *root = NULL;
  g_autoptr (GPtrArray) path = NULL;

  if (text == NULL)
    return;
  if (!hr_reference_parse_path (text, strlen (text), &root, &path))
    hr_check_report (self, self->step->place,
                     _("`%s` is no list of an earlier step; write for example \"groups.Items\"."), text);
  else
    report_root (self, root, text, find_root (self, root, TRUE), self->step->place);
}

static void
check_root_cb (const HrReferencePart *reference, HrRange place, gpointer user_data)
{
  const HrCheck *self = user_data;

  report_root (self, reference->root, reference->text, find_root (self, reference->root, FALSE), place);
}

void
hr_check_reference_roots (const HrCheck *self)
{
  hr_step_foreach_reference (self->step, self->request, check_root_cb, (gpointer) self);
}

static void
check_syntax_cb (const char *member, guint32 member_length, const HrJson *string, HrRange place,
                 gpointer user_data)
{
  g_autofree char *message = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  HrRange range;

  parts = hr_reference_parse (string->text, string->length, &message, &range);
  if (parts == NULL)
    hr_check_report (user_data, place_inside (place, string, range), _("This string cannot be read: %s."),
                     message);
}

void
hr_check_reference_syntax (const HrCheck *self)
{
  StringWalk walk = { self->step, 0, check_syntax_cb, (gpointer) self };

  if (self->request != NULL)
    walk_strings (&walk, NULL, 0, self->request);
}

void
hr_check_request_object (const HrCheck *self)
{
  if (self->request == NULL)
    hr_check_report (self, self->step->request_place,
                     _("The request of step %s is no JSON object as %s takes it."), self->step->name,
                     self->step->operation);
}

static void
check_table (const HrCheck *self, const char *name, HrRange place)
{
  HrSuggestion suggestion = HR_SUGGESTION (name);
  g_autofree char *hint = NULL;

  if (strpbrk (name, "{}") != NULL || g_str_has_prefix (name, "arn:")
      || hr_model_find_table (self->model, name) != NULL)
    return;
  for (guint i = 0; i < self->model->tables->len; i++)
    {
      const HrTable *table = self->model->tables->pdata[i];

      hr_suggestion_offer (&suggestion, table->name);
    }
  hint = hr_suggestion_dup_hint (&suggestion);
  hr_check_report_part (self, HR_TARGET_STEP, self->step->name, name, place,
                        _("There is no table `%s` in this model.%s"), name, hint);
}

static gboolean
is_member (const char *member, guint32 length, const char *name)
{
  return length == strlen (name) && memcmp (member, name, length) == 0;
}

static void
check_table_cb (const char *member, guint32 member_length, const HrJson *string, HrRange place,
                gpointer user_data)
{
  g_autofree char *name = NULL;

  if (!is_member (member, member_length, "TableName"))
    return;
  name = g_strndup (string->text, string->length);
  check_table (user_data, name, place);
}

void
hr_check_request_tables (const HrCheck *self)
{
  StringWalk walk = { self->step, 0, check_table_cb, (gpointer) self };
  const HrJson *tables;

  if (self->request == NULL)
    return;
  walk_strings (&walk, NULL, 0, self->request);
  tables = hr_json_get (self->request, "RequestItems");
  for (guint i = 0; tables != NULL && tables->type == HR_JSON_OBJECT && i < tables->length; i++)
    {
      g_autofree char *name = g_strndup (tables->members[i].name, tables->members[i].name_length);

      check_table (self, name, self->step->request_place);
    }
}

static void
check_index_cb (const char *member, guint32 member_length, const HrJson *string, HrRange place,
                gpointer user_data)
{
  const HrCheck *self = user_data;
  HrSuggestion suggestion;
  g_autofree char *name = NULL;
  g_autofree char *hint = NULL;

  if (!is_member (member, member_length, "IndexName"))
    return;
  name = g_strndup (string->text, string->length);
  if (strpbrk (name, "{}") != NULL || hr_table_find_index (self->table, name) != NULL)
    return;

  suggestion = (HrSuggestion) HR_SUGGESTION (name);
  for (guint i = 0; i < self->table->indexes->len; i++)
    {
      const HrIndex *index = self->table->indexes->pdata[i];

      hr_suggestion_offer (&suggestion, index->name);
    }
  hint = hr_suggestion_dup_hint (&suggestion);
  hr_check_report_part (self, HR_TARGET_STEP, self->step->name, name, place,
                        _("Table %s has no index `%s`.%s"), self->table->name, name, hint);
}

void
hr_check_request_indexes (const HrCheck *self)
{
  HrCheck check = *self;
  StringWalk walk = { self->step, 0, check_index_cb, &check };
  const HrJson *table = self->request != NULL ? hr_json_get (self->request, "TableName") : NULL;
  g_autofree char *name = NULL;

  if (table == NULL || table->type != HR_JSON_STRING)
    return;
  name = g_strndup (table->text, table->length);
  check.table = hr_model_find_table (self->model, name);
  if (check.table != NULL)
    walk_strings (&walk, NULL, 0, self->request);
}

void
hr_check_step_error (const HrCheck *self)
{
  hr_check_expected_error (self, self->step->expect);
}
