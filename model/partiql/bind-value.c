/*
 * Literals to values.
 *
 * Faults of a literal name where in it they are, `under root.x[1]`, where the root is the value of one attribute.
 */
#include "model/partiql/binder-private.h"

#include "model/base/buffer.h"
#include "model/base/service-limits.h"
#include "model/partiql/parser.h"
#include "model/value/codec.h"

#include <string.h>

typedef struct
{
  HrPartiqlBinder *binder;
  HrBuffer path; /* `.x[1]` */
} Reader;

static gboolean read_value (Reader *self, const HrPartiqlExpr *expr, guint level, HrValue *value);

static gboolean
refuse_type (Reader *self, const HrPartiqlExpr *expr, const char *what)
{
  return hr_partiql_binder_refuse_at (self->binder, expr->place, "Unsupported data type: %s under key root%.*s",
                                      what, (int) self->path.length, self->path.data != NULL ? self->path.data : "");
}

/* Numbers */

static const char *
get_number_text (Reader *self, const HrPartiqlExpr *expr)
{
  return hr_arena_printf (self->binder->arena, "%s%.*s", expr->is_negative ? "-" : "", (int) expr->length,
                          expr->text);
}

static gboolean
read_number (Reader *self, const HrPartiqlExpr *expr, HrValue *value)
{
  HrServiceError error = HR_SERVICE_ERROR_INIT;
  const char *text = get_number_text (self, expr);

  if (hr_number_from_text (self->binder->arena, text, strlen (text), value, &error))
    return TRUE;
  return hr_partiql_binder_refuse (self->binder, expr->range, "%s under root%.*s", error.message,
                                   (int) self->path.length, self->path.data != NULL ? self->path.data : "");
}

/* Sets */

static gboolean
refuse_repeats (Reader *self, const HrPartiqlExpr *expr)
{
  gboolean is_numeric = expr->operands[0]->kind == HR_PARTIQL_EXPR_NUMBER;
  g_auto (HrBuffer) list = HR_BUFFER_INIT;

  for (guint i = 0; i < expr->n_operands; i++)
    {
      const HrPartiqlExpr *member = expr->operands[i];

      hr_buffer_append_string (&list, i > 0 ? ", " : "");
      if (member->is_negative)
        hr_buffer_append_char (&list, '-');
      hr_buffer_append (&list, member->text, member->length);
    }
  if (is_numeric)
    return hr_partiql_binder_refuse (
        self->binder, expr->range,
        "One or more parameter values were invalid: Input collection [%.*s] contains duplicates! under root%.*s",
        (int) list.length, list.data, (int) self->path.length, self->path.data != NULL ? self->path.data : "");
  return hr_partiql_binder_refuse (
      self->binder, expr->range,
      "One or more parameter values were invalid: Input collection [%.*s] contains duplicates.", (int) list.length,
      list.data);
}

static gboolean
read_bag (Reader *self, const HrPartiqlExpr *expr, HrValue *value)
{
  HrPartiqlBinder *binder = self->binder;
  HrValue *elements = hr_arena_array (binder->arena, HrValue, expr->n_operands);

  if (expr->n_operands == 0)
    return hr_partiql_binder_refuse (binder, expr->range, "Empty bags are not supported");
  for (guint i = 0; i < expr->n_operands; i++)
    {
      const HrPartiqlExpr *member = expr->operands[i];

      if (member->kind != expr->operands[0]->kind
          || (member->kind != HR_PARTIQL_EXPR_STRING && member->kind != HR_PARTIQL_EXPR_NUMBER))
        return hr_partiql_binder_refuse (
            binder, member->range,
            "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
      if (member->kind == HR_PARTIQL_EXPR_STRING)
        elements[i] = hr_value_string (member->text, member->length);
      else if (!read_number (self, member, &elements[i]))
        return FALSE;
    }
  *value = (HrValue) { .type = elements[0].type == HR_TYPE_N ? HR_TYPE_NS : HR_TYPE_SS,
                       .length = hr_elements_sort (elements, expr->n_operands),
                       .elements = elements };
  return value->length == expr->n_operands || refuse_repeats (self, expr);
}

/* Lists and maps */

static gboolean
read_list (Reader *self, const HrPartiqlExpr *expr, guint level, HrValue *value)
{
  HrValue *elements = hr_arena_array (self->binder->arena, HrValue, expr->n_operands);
  gsize before = self->path.length;

  for (guint i = 0; i < expr->n_operands; i++)
    {
      hr_buffer_printf (&self->path, "[%u]", i);
      if (!read_value (self, expr->operands[i], level + 1, &elements[i]))
        return FALSE;
      hr_buffer_truncate (&self->path, before);
    }
  *value = hr_value_list (elements, expr->n_operands);
  return TRUE;
}

static gboolean
check_name (HrPartiqlBinder *binder, const HrPartiqlExpr *expr, guint index)
{
  if (expr->names[index].name_length == 0)
    return hr_partiql_binder_refuse (binder, expr->operands[index]->range, "Empty attribute name");
  return expr->names[index].name_length <= HR_LIMIT_ATTRIBUTE_NAME_BYTES
         || hr_partiql_binder_refuse (binder, expr->operands[index]->range,
                                      "Attribute name is too large, must be less than %u bytes",
                                      HR_LIMIT_ATTRIBUTE_NAME_BYTES + 1);
}

/* Of members with one name the last counts, as in the service's JSON. */
static void
make_map (HrPartiqlBinder *binder, const HrPartiqlExpr *expr, const HrValue *values, HrValue *map)
{
  g_autoptr (GHashTable) later
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  HrMember *members = hr_arena_array (binder->arena, HrMember, expr->n_operands);
  guint count = 0;

  for (guint i = expr->n_operands; i-- > 0;)
    if (g_hash_table_add (later, g_bytes_new_static (expr->names[i].name, expr->names[i].name_length)))
      members[count++] = (HrMember) { expr->names[i].name, expr->names[i].name_length, values[i] };
  hr_members_sort (members, count);
  *map = hr_value_map (members, count);
}

static gboolean
read_struct (Reader *self, const HrPartiqlExpr *expr, guint level, HrValue *value)
{
  HrValue *values = hr_arena_array (self->binder->arena, HrValue, expr->n_operands);
  gsize before = self->path.length;

  for (guint i = 0; i < expr->n_operands; i++)
    {
      hr_buffer_append_char (&self->path, '.');
      hr_buffer_append (&self->path, expr->names[i].name, expr->names[i].name_length);
      if (!check_name (self->binder, expr, i) || !read_value (self, expr->operands[i], level + 1, &values[i]))
        return FALSE;
      hr_buffer_truncate (&self->path, before);
    }
  make_map (self->binder, expr, values, value);
  return TRUE;
}

static gboolean
read_value (Reader *self, const HrPartiqlExpr *expr, guint level, HrValue *value)
{
  if (level > HR_LIMIT_NESTING)
    return hr_partiql_binder_refuse (self->binder, expr->range,
                                     "Nesting Levels have exceeded supported limits under root%.*s",
                                     (int) self->path.length, self->path.data);
  switch (expr->kind)
    {
    case HR_PARTIQL_EXPR_STRING:
      *value = hr_value_string (expr->text, expr->length);
      return TRUE;
    case HR_PARTIQL_EXPR_NUMBER:
      return read_number (self, expr, value);
    case HR_PARTIQL_EXPR_BOOLEAN:
      *value = hr_value_boolean (expr->boolean);
      return TRUE;
    case HR_PARTIQL_EXPR_NULL:
      *value = hr_value_null ();
      return TRUE;
    case HR_PARTIQL_EXPR_LIST:
      return read_list (self, expr, level, value);
    case HR_PARTIQL_EXPR_BAG:
      return read_bag (self, expr, value);
    case HR_PARTIQL_EXPR_STRUCT:
      return read_struct (self, expr, level, value);
    case HR_PARTIQL_EXPR_PARAMETER:
      return refuse_type (self, expr, "Parameter");
    case HR_PARTIQL_EXPR_MISSING:
      return refuse_type (self, expr, "MISSING");
    case HR_PARTIQL_EXPR_CALL:
      return refuse_type (self, expr, expr->text);
    case HR_PARTIQL_EXPR_PATH:
    case HR_PARTIQL_EXPR_OPERATION:
    case HR_PARTIQL_EXPR_IS:
    case HR_PARTIQL_EXPR_UNSUPPORTED:
      return refuse_type (self, expr, "UNKNOWN");
    }
  g_return_val_if_reached (FALSE);
}

gboolean
hr_partiql_bind_value (HrPartiqlBinder *self, const HrPartiqlExpr *expr, HrValue *value)
{
  Reader reader = { self, HR_BUFFER_INIT };
  gboolean ok;

  if (expr->kind == HR_PARTIQL_EXPR_PARAMETER)
    {
      *value = self->parameters[expr->parameter];
      return TRUE;
    }
  ok = read_value (&reader, expr, 1, value);
  hr_buffer_clear (&reader.path);
  return ok;
}

gboolean
hr_partiql_bind_item (HrPartiqlBinder *self, const HrPartiqlExpr *expr, HrValue *item)
{
  HrValue *values;

  if (expr->kind != HR_PARTIQL_EXPR_STRUCT)
    {
      if (!hr_partiql_bind_value (self, expr, item))
        return FALSE;
      return item->type == HR_TYPE_M
             || hr_partiql_binder_refuse (self, expr->range, "Unsupported operation: Insert");
    }
  values = hr_arena_array (self->arena, HrValue, expr->n_operands);
  for (guint i = 0; i < expr->n_operands; i++)
    if (!check_name (self, expr, i) || !hr_partiql_bind_value (self, expr->operands[i], &values[i]))
      return FALSE;
  make_map (self, expr, values, item);
  return TRUE;
}
