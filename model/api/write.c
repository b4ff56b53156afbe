/*
 * Reading one write: a PutItem, UpdateItem or DeleteItem, or an action of a transaction.
 */
#include "model/api/write.h"

#include "model/api/legacy.h"

static gboolean
read_return_values (HrApiCall *call, const HrWriteLayout *layout, const HrFields fields, HrWrite *write)
{
  static const HrReturnValues values[] = {
    [HR_RETURN_WORD_ALL_NEW] = HR_RETURN_ALL_NEW,
    [HR_RETURN_WORD_UPDATED_OLD] = HR_RETURN_UPDATED_OLD,
    [HR_RETURN_WORD_ALL_OLD] = HR_RETURN_ALL_OLD,
    [HR_RETURN_WORD_NONE] = HR_RETURN_NONE,
    [HR_RETURN_WORD_UPDATED_NEW] = HR_RETURN_UPDATED_NEW,
  };
  int word;

  write->return_values = HR_RETURN_NONE;
  if (layout->return_values == HR_NO_ROW || fields[layout->return_values] == NULL)
    return TRUE;

  word = hr_field_get_word (&layout->shape->fields[layout->return_values], fields[layout->return_values]);
  write->return_values = values[MAX (word, 0)];
  if (write->kind != HR_WRITE_UPDATE && write->return_values != HR_RETURN_NONE
      && write->return_values != HR_RETURN_ALL_OLD)
    return hr_call_fail_value (call, "ReturnValues can only be ALL_OLD or NONE");
  return TRUE;
}

static const HrJson *
get_field (const HrFields fields, guint8 row)
{
  return row != HR_NO_ROW ? fields[row] : NULL;
}

static gboolean
read_legacy (HrApiCall *call, const HrWriteLayout *layout, const HrFields fields, HrExpressions *expressions)
{
  return hr_call_read_attribute_updates (call, get_field (fields, layout->attribute_updates),
                                         &expressions->update)
         && hr_call_read_expected (call, get_field (fields, layout->expected),
                                   get_field (fields, layout->conditional_operator), &expressions->condition);
}

gboolean
hr_call_read_write (HrApiCall *call, const HrWriteLayout *layout, const HrFields fields, HrWrite *write)
{
  HrExpressions expressions = { 0 };

  *write = (HrWrite) { .kind = layout->kind };
  if (!hr_call_check_parameters (call, layout->shape, fields, &layout->rows)
      || !hr_call_read_item (call, fields[layout->item], &write->item)
      || !read_return_values (call, layout, fields, write)
      || (write->kind == HR_WRITE_PUT && !hr_call_check_item_size (call, &write->item))
      || !read_legacy (call, layout, fields, &expressions)
      || !hr_call_compile (call, fields, &layout->rows, &expressions))
    return FALSE;

  write->table = hr_field_get_table_name (fields[layout->table_name], call->arena);
  write->update = expressions.update;
  write->condition = expressions.condition;
  write->return_failed_item
      = hr_json_string_equals (fields[layout->on_failure], HR_WORDS_ON_FAILURE[HR_ON_FAILURE_ALL_OLD]);
  return TRUE;
}
