/*
 * Queries against a model that knows nothing of row keys: all items, compared value by value and sorted.
 */
#include "tests/engine/fixture.h"

#define N_ITEMS 250

typedef struct
{
  Fixture *f;
  HrType type; /* of the sort key */
  HrValue items[N_ITEMS];
  guint n_items;
} Model;

/* Few letters, those that row keys treat in a special way among them, so that values share prefixes and tie. */
static HrValue
random_value (HrArena *arena, HrType type)
{
  char bytes[3];
  gsize length = g_test_rand_int_range (1, 4);
  HrDecimal decimal;
  char text[16];

  if (type == HR_TYPE_N)
    {
      g_snprintf (text, sizeof text, "%de%d", g_test_rand_int_range (-12, 13), g_test_rand_int_range (-2, 3));
      g_assert_cmpint (hr_decimal_parse (&decimal, text, strlen (text)), ==, HR_DECIMAL_OK);
      return hr_value_number (arena, &decimal);
    }
  for (gsize i = 0; i < length; i++)
    bytes[i] = type == HR_TYPE_S ? "\0\x01" "az"[g_test_rand_int_range (0, 4)]
                                 : "\0\x01\xfe\xff"[g_test_rand_int_range (0, 4)];
  return type == HR_TYPE_S ? hr_value_string (hr_arena_memdup (arena, bytes, length), length)
                           : hr_value_binary (hr_arena_memdup (arena, bytes, length), length);
}

static HrValue
make_item (Model *self, const HrValue *pk, const HrValue *sk)
{
  HrMember *members = hr_arena_array (self->f->arena, HrMember, 2);

  members[0] = (HrMember) { "pk", 2, *pk };
  members[1] = (HrMember) { "sk", 2, *sk };
  return hr_value_map (members, 2);
}

static gboolean
has_item (Model *self, const HrValue *item)
{
  for (guint i = 0; i < self->n_items; i++)
    if (hr_value_equal (&self->items[i], item))
      return TRUE;
  return FALSE;
}

static void
fill (Model *self)
{
  for (guint i = 0; i < N_ITEMS; i++)
    {
      HrValue pk = random_value (self->f->arena, HR_TYPE_S);
      HrValue sk = random_value (self->f->arena, self->type);
      HrWrite write = { .kind = HR_WRITE_PUT, .table = "t", .item = make_item (self, &pk, &sk) };

      g_assert_true (fixture_write (self->f, &write));
      if (!has_item (self, &write.item))
        self->items[self->n_items++] = write.item;
    }
}

static gboolean
satisfies (const HrValue *value, const HrKeyClause *clause)
{
  int order = hr_value_compare (value, &clause->value);

  switch (clause->op)
    {
    case HR_KEY_EQ:
      return order == 0;
    case HR_KEY_LT:
      return order < 0;
    case HR_KEY_LE:
      return order <= 0;
    case HR_KEY_GT:
      return order > 0;
    case HR_KEY_GE:
      return order >= 0;
    case HR_KEY_BETWEEN:
      return order >= 0 && hr_value_compare (value, &clause->upper) <= 0;
    case HR_KEY_BEGINS_WITH:
      return value->length >= clause->value.length
             && memcmp (value->bytes, clause->value.bytes, clause->value.length) == 0;
    }
  g_assert_not_reached ();
}

static int
compare_sort_keys (gconstpointer a, gconstpointer b)
{
  return hr_value_compare (hr_map_get (a, "sk", 2), hr_map_get (b, "sk", 2));
}

static void
assert_query (Model *self, const HrKeyClause *clauses, guint count, gboolean backward)
{
  HrKeyCondition condition = { clauses, count };
  HrPageRequest request = { .table = "t", .key_condition = &condition, .backward = backward };
  HrValue expected[N_ITEMS];
  guint n_expected = 0;

  for (guint i = 0; i < self->n_items; i++)
    if (hr_value_equal (hr_map_get (&self->items[i], "pk", 2), &clauses[0].value)
        && (count == 1 || satisfies (hr_map_get (&self->items[i], "sk", 2), &clauses[1])))
      expected[n_expected++] = self->items[i];
  qsort (expected, n_expected, sizeof (HrValue), compare_sort_keys);

  g_assert_true (fixture_read (self->f, &request));
  g_assert_cmpuint (self->f->page.count, ==, n_expected);
  for (guint i = 0; i < n_expected; i++)
    g_assert_true (hr_value_equal (&self->f->page.items[i], &expected[backward ? n_expected - 1 - i : i]));
}

static void
query_at_random (Model *self)
{
  HrValue pk = *hr_map_get (&self->items[g_test_rand_int_range (0, self->n_items)], "pk", 2);
  HrKeyClause clauses[2] = {
    { .name = "pk", .name_length = 2, .op = HR_KEY_EQ, .value = pk },
    { .name = "sk", .name_length = 2, .op = g_test_rand_int_range (0, HR_KEY_BEGINS_WITH + 1) },
  };

  if (clauses[1].op == HR_KEY_BEGINS_WITH && self->type == HR_TYPE_N)
    clauses[1].op = HR_KEY_BETWEEN;
  clauses[1].value = random_value (self->f->arena, self->type);
  clauses[1].upper = random_value (self->f->arena, self->type);
  assert_query (self, clauses, g_test_rand_int_range (0, 10) == 0 ? 1 : 2, g_test_rand_int_range (0, 2));
}

static void
test_model (gconstpointer type_name)
{
  g_autofree char *key = g_strdup_printf ("sk:%s", (const char *) type_name);
  g_autoptr (Fixture) f = fixture_new (NULL);
  Model model = { .f = f };

  g_assert_true (hr_type_from_name (type_name, 1, &model.type));
  fixture_create (f, fixture_table ("t", "pk:S", key));
  fill (&model);
  for (guint i = 0; i < 3000; i++)
    query_at_random (&model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/query-model/string", "S", test_model);
  g_test_add_data_func ("/engine/query-model/number", "N", test_model);
  g_test_add_data_func ("/engine/query-model/binary", "B", test_model);
  return g_test_run ();
}
