/* Random values of all ten types, the same for the same seed. */
#include "sample.h"

static guint
pick (GRand *rand, guint count)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) count);
}

/* Any magnitude and number of digits in range; one in ten is zero or at an end of the range. */
HrDecimal
sample_decimal (GRand *rand)
{
  GString *text = g_string_new (g_rand_boolean (rand) ? "-" : "");
  HrDecimal decimal;
  guint n_digits = 1 + pick (rand, pick (rand, 3) == 0 ? 38 : 5);
  gint adjusted = g_rand_int_range (rand, pick (rand, 2) ? -8 : -130, pick (rand, 2) ? 8 : 126);

  if (pick (rand, 10) == 0)
    adjusted = pick (rand, 2) ? -130 : 125;
  for (guint i = 0; i < n_digits; i++)
    g_string_append_c (text, (char) ('0' + (i == 0 ? 1 + pick (rand, 9) : pick (rand, 10))));
  g_string_append_printf (text, "e%d", adjusted - (gint) n_digits + 1);
  if (pick (rand, 30) == 0)
    g_string_assign (text, "0");
  g_assert_cmpint (hr_decimal_parse (&decimal, text->str, text->len), ==, HR_DECIMAL_OK);
  g_string_free (text, TRUE);
  return decimal;
}

/* UTF-8, now and then with NUL, quotes and characters of every length. */
static HrValue
sample_string (GRand *rand, HrArena *arena, guint max_characters)
{
  static const gunichar specials[] = { 0, '"', '\\', '\n', 0x1f, 0x7f, 0xe9, 0x20ac, 0x1f600, 0x10ffff };
  guint n = pick (rand, max_characters + 1);
  char *text = hr_arena_alloc (arena, 4 * (gsize) n);
  gsize length = 0;

  for (guint i = 0; i < n; i++)
    {
      gunichar character = 'a' + pick (rand, 26);

      if (pick (rand, 5) == 0)
        character = specials[pick (rand, G_N_ELEMENTS (specials))];
      /* The encoder of GLib writes NUL as the byte it is. */
      length += (gsize) g_unichar_to_utf8 (character, text + length);
    }
  return hr_value_string (text, length);
}

static HrValue
sample_binary (GRand *rand, HrArena *arena)
{
  guint length = pick (rand, 12);
  char *bytes = hr_arena_alloc (arena, length);

  for (guint i = 0; i < length; i++)
    bytes[i] = (char) pick (rand, 256);
  return hr_value_binary (bytes, length);
}

static HrValue
sample_scalar (GRand *rand, HrArena *arena, HrType type)
{
  HrDecimal decimal;

  switch ((int) type)
    {
    case HR_TYPE_S:
      return sample_string (rand, arena, 20);
    case HR_TYPE_N:
      decimal = sample_decimal (rand);
      return hr_value_number (arena, &decimal);
    case HR_TYPE_B:
      return sample_binary (rand, arena);
    case HR_TYPE_BOOL:
      return hr_value_boolean (g_rand_boolean (rand));
    default:
      return hr_value_null ();
    }
}

static HrValue
sample_elements (GRand *rand, HrArena *arena, HrType type, guint depth)
{
  guint count = pick (rand, 5) + (type != HR_TYPE_L);
  HrValue *elements = hr_arena_array (arena, HrValue, count);

  for (guint i = 0; i < count; i++)
    elements[i] = type == HR_TYPE_L ? sample_value (rand, arena, depth - 1)
                                    : sample_scalar (rand, arena, hr_type_get_element (type));
  if (type != HR_TYPE_L)
    count = hr_elements_sort (elements, count);
  return (HrValue) { .type = (guint8) type, .length = count, .elements = elements };
}

HrValue
sample_item (GRand *rand, HrArena *arena, guint depth)
{
  guint count = pick (rand, 6);
  HrMember *members = hr_arena_array (arena, HrMember, count);

  for (guint i = 0; i < count; i++)
    {
      HrValue name = sample_string (rand, arena, 6);

      if (name.length == 0)
        name = hr_value_string ("x", 1);
      members[i].name = name.bytes;
      members[i].name_length = name.length;
      members[i].value = sample_value (rand, arena, depth - 1);
    }
  if (!hr_members_sort (members, count))
    count = 0;
  return hr_value_map (members, count);
}

HrValue
sample_value (GRand *rand, HrArena *arena, guint depth)
{
  HrType type = (HrType) pick (rand, HR_N_TYPES);

  if (type == HR_TYPE_M && depth > 0)
    return sample_item (rand, arena, depth);
  if ((type == HR_TYPE_L && depth > 0) || hr_type_is_set (type))
    return sample_elements (rand, arena, type, depth);
  return sample_scalar (rand, arena, type);
}
