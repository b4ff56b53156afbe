/*
 * A form back into the request of its step.
 *
 * The form is compared with one that is read from the same request again; only parts that differ are written. An
 * expression that is written anew gives up the placeholders that it alone used, and takes those that fit.
 */
#include "model/document/step-form-private.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-build.h"
#include "model/base/json-writer.h"

#include <string.h>

/* A request on its way, and the form that it was read as. */
typedef struct
{
  const HrStepForm *form;
  HrStepForm *old;
  HrArena *arena;
  HrJson request;
  HrSpelling spelling;
  GError **error;
} Writer;

static void
set (Writer *self, const char *member, const HrJson *value)
{
  self->request = hr_json_with (self->arena, &self->request, member, value);
}

static void
set_string (Writer *self, const char *member, const char *text)
{
  HrJson value;

  if (text == NULL)
    {
      set (self, member, NULL);
      return;
    }
  value = hr_json_new_string (hr_arena_strdup (self->arena, text), strlen (text));
  set (self, member, &value);
}

static gboolean
same_conditions (const HrStepForm *a, const HrStepForm *b)
{
  if (a->conditions->len != b->conditions->len || g_strcmp0 (a->written, b->written) != 0)
    return FALSE;
  for (guint i = 0; i < a->conditions->len; i++)
    {
      const HrFormCondition *one = a->conditions->pdata[i];
      const HrFormCondition *other = b->conditions->pdata[i];

      if (one->op != other->op || one->type != other->type || !g_str_equal (one->attribute, other->attribute)
          || !g_str_equal (one->value, other->value) || g_strcmp0 (one->upper, other->upper) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Every expression of the request but the one in @member, for placeholders that are shared. */
static const char *const *
list_others (Writer *self, const char *member)
{
  static const char *const members[] = { "KeyConditionExpression", "FilterExpression", "ConditionExpression",
                                         "UpdateExpression", "ProjectionExpression" };
  const char **texts = hr_arena_array (self->arena, const char *, G_N_ELEMENTS (members) + 1);
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = hr_json_dup_string (hr_json_get (&self->request, members[i]), self->arena);

      if (text != NULL && !g_str_equal (members[i], member))
        texts[count++] = text;
    }
  texts[count] = NULL;
  return texts;
}

static void
forget (Writer *self, const char *member)
{
  const char *text = hr_json_dup_string (hr_json_get (&self->request, member), self->arena);

  if (text != NULL)
    hr_spelling_forget (&self->spelling, text, list_others (self, member));
}

/* Replaces an expression by a spelled-out text. */
static gboolean
write_spelled (Writer *self, HrExpressionKind kind, const char *member, const char *text)
{
  g_autofree char *message = NULL;
  const char *expression;
  HrRange range;

  forget (self, member);
  if (text == NULL || *text == '\0')
    {
      set (self, member, NULL);
      return TRUE;
    }
  expression = hr_spelling_read (&self->spelling, kind, text, &message, &range);
  if (expression == NULL)
    {
      g_set_error (self->error, HR_ERROR, HR_ERROR_INVALID, _("%s, character %ld: %s"), member,
                   g_utf8_strlen (text, range.start) + 1, message);
      return FALSE;
    }
  set_string (self, member, expression);
  return TRUE;
}

/* A value under the placeholder that it had, where that is free, else under a new one. */
static const char *
write_row_value (Writer *self, const HrFormCondition *row, const char *old, const char *hint, const char *text)
{
  HrJson typed = hr_typed_json_new (self->arena, row->type, hr_arena_strdup (self->arena, text));

  if (old == NULL || hr_json_get (&self->spelling.values, old) != NULL)
    return hr_spelling_value (&self->spelling, hint, &typed);
  old = hr_arena_strdup (self->arena, old);
  self->spelling.values = hr_json_with (self->arena, &self->spelling.values, old, &typed);
  return old;
}

static void
write_row (Writer *self, const HrFormCondition *row, GString *out)
{
  static const char *const signs[] = {
    [HR_KEY_EQ] = "=", [HR_KEY_LT] = "<", [HR_KEY_LE] = "<=", [HR_KEY_GT] = ">", [HR_KEY_GE] = ">=",
  };
  const char *name = hr_spelling_name (&self->spelling, row->attribute);
  const char *value = write_row_value (self, row, row->placeholder, row->attribute, row->value);

  if (row->op == HR_KEY_BEGINS_WITH)
    g_string_append_printf (out, "begins_with(%s, %s)", name, value);
  else if (row->op == HR_KEY_BETWEEN)
    g_string_append_printf (out, "%s BETWEEN %s AND %s", name, value,
                            write_row_value (self, row, row->upper_placeholder,
                                             hr_arena_printf (self->arena, "%s_to", row->attribute),
                                             row->upper != NULL ? row->upper : ""));
  else
    g_string_append_printf (out, "%s %s %s", name, signs[row->op], value);
}

/* Rows that differ in nothing but their values leave the expression as it is. */
static gboolean
has_same_shape (const HrStepForm *a, const HrStepForm *b)
{
  if (a->conditions->len != b->conditions->len || b->written != NULL)
    return FALSE;
  for (guint i = 0; i < a->conditions->len; i++)
    {
      const HrFormCondition *one = a->conditions->pdata[i];
      const HrFormCondition *other = b->conditions->pdata[i];

      if (one->op != other->op || !g_str_equal (one->attribute, other->attribute)
          || g_strcmp0 (one->placeholder, other->placeholder) != 0
          || g_strcmp0 (one->upper_placeholder, other->upper_placeholder) != 0)
        return FALSE;
    }
  return TRUE;
}

/* FALSE when a placeholder is shared with somebody else. */
static gboolean
write_values_only (Writer *self)
{
  const char *const *others = list_others (self, "KeyConditionExpression");
  HrJson values = self->spelling.values;

  for (guint i = 0; i < self->form->conditions->len; i++)
    {
      const HrFormCondition *row = self->form->conditions->pdata[i];
      const char *placeholders[2] = { row->placeholder, row->upper_placeholder };
      const char *texts[2] = { row->value, row->upper };

      for (guint j = 0; j < G_N_ELEMENTS (placeholders) && placeholders[j] != NULL; j++)
        {
          HrJson typed;

          if (hr_spelling_uses (others, placeholders[j]))
            return FALSE;
          typed = hr_typed_json_new (self->arena, row->type,
                                     hr_arena_strdup (self->arena, texts[j] != NULL ? texts[j] : ""));
          values = hr_json_with (self->arena, &values, hr_arena_strdup (self->arena, placeholders[j]), &typed);
        }
    }
  self->spelling.values = values;
  return TRUE;
}

static gboolean
write_key_condition (Writer *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->form->written == NULL && has_same_shape (self->form, self->old) && write_values_only (self))
    return TRUE;
  if (self->form->written != NULL)
    return write_spelled (self, HR_EXPRESSION_KEY_CONDITION, "KeyConditionExpression", self->form->written);
  forget (self, "KeyConditionExpression");
  for (guint i = 0; i < self->form->conditions->len; i++)
    {
      if (i > 0)
        g_string_append (text, " AND ");
      write_row (self, self->form->conditions->pdata[i], text);
    }
  set_string (self, "KeyConditionExpression", text->len > 0 ? text->str : NULL);
  return TRUE;
}

static gboolean
write_json (Writer *self, const char *member, const char *text)
{
  const HrJson *json = text != NULL ? hr_form_parse_object (self->arena, text) : NULL;

  if (text != NULL && json == NULL)
    {
      g_set_error (self->error, HR_ERROR, HR_ERROR_INVALID, _("%s is no JSON object."), member);
      return FALSE;
    }
  set (self, member, json);
  return TRUE;
}

static gboolean
write_key (Writer *self)
{
  HrJson key = hr_json_new_object ();

  if (self->form->written != NULL)
    return write_json (self, "Key", self->form->written);
  for (guint i = 0; i < self->form->conditions->len; i++)
    {
      const HrFormCondition *row = self->form->conditions->pdata[i];
      HrJson typed = hr_typed_json_new (self->arena, row->type, hr_arena_strdup (self->arena, row->value));

      key = hr_json_with (self->arena, &key, hr_arena_strdup (self->arena, row->attribute), &typed);
    }
  set (self, "Key", &key);
  return TRUE;
}

static gboolean
write_conditions (Writer *self, const HrFormShape *shape)
{
  if (!self->form->has_conditions || (same_conditions (self->form, self->old)
                                      && g_str_equal (self->form->operation, self->old->operation)))
    return TRUE;
  if (shape->has_key)
    return write_key (self);
  return !shape->has_key_condition || write_key_condition (self);
}

static gboolean
write_limit (Writer *self)
{
  const char *text = self->form->page_size;
  HrJson value;

  if (g_strcmp0 (text, self->old->page_size) == 0)
    return TRUE;
  if (text != NULL && *text != '\0' && strspn (text, "0123456789") == strlen (text) && strlen (text) < 10)
    {
      value = hr_json_new_integer (self->arena, g_ascii_strtoll (text, NULL, 10));
      set (self, "Limit", &value);
      return TRUE;
    }
  if (text != NULL && *text != '\0' && *text != '{')
    {
      g_set_error (self->error, HR_ERROR, HR_ERROR_INVALID,
                   _("“%s” is no page size. Write a number such as 20, or a parameter such as {limit}."), text);
      return FALSE;
    }
  set_string (self, "Limit", text != NULL && *text != '\0' ? text : NULL);
  return TRUE;
}

/* The default is left out, unless it was written before. */
static void
write_flag (Writer *self, const char *member, gboolean wanted, gboolean old, gboolean default_value)
{
  HrJson value = hr_json_new_boolean (wanted);

  if (wanted != old)
    set (self, member, wanted != default_value ? &value : NULL);
}

/* What another operation cannot take is not sent along. */
static void
drop_foreign (Writer *self, const HrFormShape *shape)
{
  if (g_str_equal (self->form->operation, self->old->operation))
    return;
  if (!shape->has_key_condition)
    {
      forget (self, "KeyConditionExpression");
      set (self, "KeyConditionExpression", NULL);
    }
  if (!shape->has_key)
    set (self, "Key", NULL);
  if (!shape->has_item)
    set (self, "Item", NULL);
}

static gboolean
write_texts (Writer *self, const HrFormShape *shape)
{
  const HrStepForm *form = self->form;
  const HrStepForm *old = self->old;

  if (shape->filter != NULL && g_strcmp0 (form->filter, old->filter) != 0
      && !write_spelled (self, shape->filter_kind, shape->filter, form->filter))
    return FALSE;
  if (g_strcmp0 (form->update, old->update) != 0
      && !write_spelled (self, HR_EXPRESSION_UPDATE, "UpdateExpression", form->update))
    return FALSE;
  if (g_strcmp0 (form->projection, old->projection) != 0
      && !write_spelled (self, HR_EXPRESSION_PROJECTION, "ProjectionExpression", form->projection))
    return FALSE;
  return g_strcmp0 (form->item, old->item) == 0 || write_json (self, "Item", form->item);
}

static void
write_placeholders (Writer *self, const char *member, const HrJson *now)
{
  const HrJson *old = hr_json_get (&self->request, member);

  if (now->length > 0)
    set (self, member, now);
  else if (old != NULL && old->type == HR_JSON_OBJECT && old->length > 0)
    set (self, member, NULL);
}

static gboolean
write_form (Writer *self)
{
  const HrFormShape *shape = hr_form_shape_find (self->form->operation);
  const HrStepForm *form = self->form;
  const HrStepForm *old = self->old;

  if (g_strcmp0 (form->table, old->table) != 0)
    set_string (self, "TableName", form->table);
  if (g_strcmp0 (form->index, old->index) != 0)
    set_string (self, "IndexName", form->index);
  drop_foreign (self, shape);
  if (!write_conditions (self, shape) || !write_texts (self, shape) || !write_limit (self))
    return FALSE;
  write_flag (self, "ScanIndexForward", !form->descending, !old->descending, TRUE);
  write_flag (self, "ConsistentRead", form->consistent, old->consistent, FALSE);
  write_placeholders (self, "ExpressionAttributeNames", &self->spelling.names);
  write_placeholders (self, "ExpressionAttributeValues", &self->spelling.values);
  return TRUE;
}

static HrJson
copy_object (const HrJson *json)
{
  return json != NULL && json->type == HR_JSON_OBJECT ? *json : hr_json_new_object ();
}

/* The operation that a request was written for shows in what it has. */
static const char *
guess_operation (const HrJson *request, const char *wanted)
{
  const HrFormShape *shape = hr_form_shape_find (wanted);

  if (hr_json_get (request, "KeyConditionExpression") != NULL && !shape->has_key_condition)
    return "Query";
  if (hr_json_get (request, "Key") != NULL && !shape->has_key)
    return "DeleteItem";
  if (hr_json_get (request, "Item") != NULL && !shape->has_item)
    return "PutItem";
  return wanted;
}

char *
hr_step_form_dup_request (const HrStepForm *self, GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *json = hr_form_parse_object (arena, self->request);
  Writer writer = { .form = self, .arena = arena, .error = error };
  HrBuffer out = HR_BUFFER_INIT;
  gboolean done;

  writer.request = copy_object (json);
  writer.old = hr_step_form_new (guess_operation (&writer.request, self->operation), self->request);
  writer.spelling.arena = arena;
  writer.spelling.names = copy_object (hr_json_get (&writer.request, "ExpressionAttributeNames"));
  writer.spelling.values = copy_object (hr_json_get (&writer.request, "ExpressionAttributeValues"));
  done = write_form (&writer);
  hr_step_form_free (writer.old);
  if (!done)
    return NULL;
  hr_json_write_compact (&out, &writer.request, FALSE);
  return hr_buffer_steal (&out, NULL);
}
