/* Spans of key values: whether two conditions on a sort key can hold for one item, and which of them comes first. */
#include "model/partiql/span-private.h"

/* The first text behind all that begin with @prefix; FALSE when there is none. */
static gboolean
get_successor (const HrValue *prefix, HrArena *arena, HrValue *successor)
{
  guint32 length = prefix->length;
  char *bytes;

  while (length > 0 && (guchar) prefix->bytes[length - 1] == 0xff)
    length--;
  if (length == 0)
    return FALSE;
  bytes = hr_arena_strndup (arena, prefix->bytes, length);
  bytes[length - 1]++;
  *successor = *prefix;
  successor->bytes = bytes;
  successor->length = length;
  return TRUE;
}

static void
set_lower (HrPartiqlSpan *self, const HrValue *value, gboolean is_included)
{
  self->lower = *value;
  self->has_lower = TRUE;
  self->includes_lower = is_included;
}

static void
set_upper (HrPartiqlSpan *self, const HrValue *value, gboolean is_included)
{
  self->upper = *value;
  self->has_upper = TRUE;
  self->includes_upper = is_included;
}

void
hr_partiql_span_init (HrPartiqlSpan *self, const HrKeyClause *clause, HrArena *arena)
{
  *self = (HrPartiqlSpan) { 0 };
  if (clause == NULL)
    return;
  switch (clause->op)
    {
    case HR_KEY_EQ:
      set_lower (self, &clause->value, TRUE);
      set_upper (self, &clause->value, TRUE);
      break;
    case HR_KEY_LT:
    case HR_KEY_LE:
      set_upper (self, &clause->value, clause->op == HR_KEY_LE);
      break;
    case HR_KEY_GT:
    case HR_KEY_GE:
      set_lower (self, &clause->value, clause->op == HR_KEY_GE);
      break;
    case HR_KEY_BETWEEN:
      set_lower (self, &clause->value, TRUE);
      set_upper (self, &clause->upper, TRUE);
      break;
    case HR_KEY_BEGINS_WITH:
      set_lower (self, &clause->value, TRUE);
      self->has_upper = get_successor (&clause->value, arena, &self->upper);
      break;
    }
}

static gboolean
is_before (const HrPartiqlSpan *a, const HrPartiqlSpan *b)
{
  int order;

  if (!a->has_upper || !b->has_lower)
    return FALSE;
  order = hr_value_compare (&a->upper, &b->lower);
  return order < 0 || (order == 0 && !(a->includes_upper && b->includes_lower));
}

int
hr_partiql_span_compare (const HrPartiqlSpan *a, const HrPartiqlSpan *b)
{
  return is_before (a, b) ? -1 : is_before (b, a) ? 1 : 0;
}
