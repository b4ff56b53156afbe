/*
 * Attribute values: construction, equality, order, maps and sizes.
 *
 * Values are built normalised (numbers in their sortable form, maps and sets sorted), so equality is a
 * comparison of bytes and look-up a binary search. Walks recurse once a level of nesting, which the decoders
 * of JSON and of records bound.
 */
#include "model/value/value.h"

#include <string.h>

/* Up to so many members are sorted by insertion: faster than a call a comparison, not yet quadratic. */
#define INSERTION_MAX 64

typedef struct
{
  const char *name;
  gsize length; /* of the name */
  const char *long_name;
} TypeInfo;

#define TYPE(name, long_name) { name, sizeof name - 1, long_name }

static const TypeInfo types[HR_N_TYPES] = {
  [HR_TYPE_S] = TYPE ("S", "STRING"),
  [HR_TYPE_N] = TYPE ("N", "NUMBER"),
  [HR_TYPE_B] = TYPE ("B", "BINARY"),
  [HR_TYPE_BOOL] = TYPE ("BOOL", "BOOLEAN"),
  [HR_TYPE_NULL] = TYPE ("NULL", "NULL"),
  [HR_TYPE_M] = TYPE ("M", "MAP"),
  [HR_TYPE_L] = TYPE ("L", "LIST"),
  [HR_TYPE_SS] = TYPE ("SS", "STRING_SET"),
  [HR_TYPE_NS] = TYPE ("NS", "NUMBER_SET"),
  [HR_TYPE_BS] = TYPE ("BS", "BINARY_SET"),
};

const char *
hr_type_get_name (HrType type)
{
  g_return_val_if_fail (type < HR_N_TYPES, NULL);
  return types[type].name;
}

const char *
hr_type_get_long_name (HrType type)
{
  g_return_val_if_fail (type < HR_N_TYPES, NULL);
  return types[type].long_name;
}

gboolean
hr_type_from_name (const char *name, gsize length, HrType *type)
{
  for (guint i = 0; i < HR_N_TYPES; i++)
    {
      if (types[i].length == length && types[i].name[0] == name[0]
          && (length == 1 || memcmp (types[i].name, name, length) == 0))
        {
          *type = (HrType) i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Construction */

static HrValue
value_of_bytes (HrType type, const char *bytes, gsize length)
{
  g_assert (length <= G_MAXUINT32);
  return (HrValue) { .type = (guint8) type, .length = (guint32) length, .bytes = bytes };
}

HrValue
hr_value_string (const char *bytes, gsize length)
{
  return value_of_bytes (HR_TYPE_S, bytes, length);
}

HrValue
hr_value_binary (const char *bytes, gsize length)
{
  return value_of_bytes (HR_TYPE_B, bytes, length);
}

HrValue
hr_value_boolean (gboolean value)
{
  return (HrValue) { .type = HR_TYPE_BOOL, .boolean = value != FALSE };
}

HrValue
hr_value_null (void)
{
  return (HrValue) { .type = HR_TYPE_NULL };
}

HrValue
hr_value_number (HrArena *arena, const HrDecimal *decimal)
{
  guint8 bytes[HR_DECIMAL_BYTES_MAX];
  gsize length = hr_decimal_encode (decimal, bytes);

  return value_of_bytes (HR_TYPE_N, hr_arena_memdup (arena, bytes, length), length);
}

HrValue
hr_value_map (const HrMember *members, guint count)
{
  return (HrValue) { .type = HR_TYPE_M, .length = count, .members = members };
}

HrValue
hr_value_list (const HrValue *elements, guint count)
{
  return (HrValue) { .type = HR_TYPE_L, .length = count, .elements = elements };
}

HrDecimal
hr_value_get_decimal (const HrValue *number)
{
  HrDecimal decimal;

  /* Bytes that are no number can only come from a damaged store; they count as zero. */
  hr_decimal_decode (&decimal, (const guint8 *) number->bytes, number->length);
  return decimal;
}

/* Comparison */

static inline int
compare_bytes (const char *a, gsize a_length, const char *b, gsize b_length)
{
  gsize common = MIN (a_length, b_length);
  int order;

  /* Most differ at once, and then the call is not worth it. */
  if (common > 0 && a[0] != b[0])
    return (guchar) a[0] - (guchar) b[0];
  order = common > 0 ? memcmp (a, b, common) : 0;
  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

int
hr_value_compare (const HrValue *a, const HrValue *b)
{
  return compare_bytes (a->bytes, a->length, b->bytes, b->length);
}

static gboolean
elements_equal (const HrValue *a, const HrValue *b)
{
  for (guint32 i = 0; i < a->length; i++)
    {
      if (!hr_value_equal (&a->elements[i], &b->elements[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
members_equal (const HrValue *a, const HrValue *b)
{
  for (guint32 i = 0; i < a->length; i++)
    {
      const HrMember *one = &a->members[i];
      const HrMember *two = &b->members[i];

      if (one->name_length != two->name_length || memcmp (one->name, two->name, one->name_length) != 0
          || !hr_value_equal (&one->value, &two->value))
        return FALSE;
    }
  return TRUE;
}

gboolean
hr_value_equal (const HrValue *a, const HrValue *b)
{
  if (a->type != b->type || a->length != b->length)
    return FALSE;

  switch ((HrType) a->type)
    {
    case HR_TYPE_S:
    case HR_TYPE_N:
    case HR_TYPE_B:
      return a->length == 0 || memcmp (a->bytes, b->bytes, a->length) == 0;
    case HR_TYPE_BOOL:
      return a->boolean == b->boolean;
    case HR_TYPE_NULL:
      return TRUE;
    case HR_TYPE_M:
      return members_equal (a, b);
    case HR_TYPE_L:
    case HR_TYPE_SS:
    case HR_TYPE_NS:
    case HR_TYPE_BS:
      return elements_equal (a, b);
    case HR_N_TYPES:
      break;
    }
  g_return_val_if_reached (FALSE);
}

/* Copies */

static const HrMember *
copy_members (HrArena *arena, const HrMember *members, guint32 count)
{
  HrMember *copy = hr_arena_array (arena, HrMember, count);

  for (guint32 i = 0; i < count; i++)
    {
      copy[i].name = hr_arena_memdup (arena, members[i].name, members[i].name_length);
      copy[i].name_length = members[i].name_length;
      copy[i].value = hr_value_copy (arena, &members[i].value);
    }
  return copy;
}

static const HrValue *
copy_elements (HrArena *arena, const HrValue *elements, guint32 count)
{
  HrValue *copy = hr_arena_array (arena, HrValue, count);

  for (guint32 i = 0; i < count; i++)
    copy[i] = hr_value_copy (arena, &elements[i]);
  return copy;
}

HrValue
hr_value_copy (HrArena *arena, const HrValue *value)
{
  HrValue copy = *value;

  switch ((HrType) value->type)
    {
    case HR_TYPE_S:
    case HR_TYPE_N:
    case HR_TYPE_B:
      copy.bytes = hr_arena_memdup (arena, value->bytes, value->length);
      break;
    case HR_TYPE_M:
      copy.members = copy_members (arena, value->members, value->length);
      break;
    case HR_TYPE_L:
    case HR_TYPE_SS:
    case HR_TYPE_NS:
    case HR_TYPE_BS:
      copy.elements = copy_elements (arena, value->elements, value->length);
      break;
    case HR_TYPE_BOOL:
    case HR_TYPE_NULL:
    case HR_N_TYPES:
      break;
    }
  return copy;
}

/* Maps and sets */

static inline int
compare_members (const HrMember *a, const HrMember *b)
{
  return compare_bytes (a->name, a->name_length, b->name, b->name_length);
}

static gint
compare_members_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return compare_members (a, b);
}

static gint
compare_elements_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return hr_value_compare (a, b);
}

/* Puts the members from @sorted on at their places among those before; equal names keep their order. */
static void
insert_members (HrMember *members, guint sorted, guint count)
{
  for (; sorted < count; sorted++)
    {
      HrMember member = members[sorted];
      guint low = 0;
      guint high = sorted;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (compare_members (&member, &members[middle]) < 0)
            high = middle;
          else
            low = middle + 1;
        }
      memmove (&members[low + 1], &members[low], sizeof member * (sorted - low));
      members[low] = member;
    }
}

gboolean
hr_members_sort (HrMember *members, guint count)
{
  gboolean is_unique = TRUE;
  guint sorted = 1;

  while (sorted < count && compare_members (&members[sorted - 1], &members[sorted]) < 0)
    sorted++;
  if (sorted >= count)
    return TRUE;

  if (count <= INSERTION_MAX)
    insert_members (members, sorted, count);
  else
    g_qsort_with_data (members, (gint) count, sizeof *members, compare_members_cb, NULL);

  for (guint i = 1; i < count && is_unique; i++)
    is_unique = compare_members (&members[i - 1], &members[i]) != 0;
  return is_unique;
}

guint
hr_elements_sort (HrValue *elements, guint count)
{
  guint sorted = 1;
  guint kept = 1;

  while (sorted < count && hr_value_compare (&elements[sorted - 1], &elements[sorted]) < 0)
    sorted++;
  if (sorted >= count)
    return count;

  g_qsort_with_data (elements, (gint) count, sizeof *elements, compare_elements_cb, NULL);
  for (guint i = 1; i < count; i++)
    {
      if (hr_value_compare (&elements[kept - 1], &elements[i]) != 0)
        elements[kept++] = elements[i];
    }
  return kept;
}

gboolean
hr_set_contains (const HrValue *set, const HrValue *element)
{
  guint32 low = 0;
  guint32 high = set->length;

  if (!hr_type_is_set ((HrType) set->type) || hr_type_get_element ((HrType) set->type) != element->type)
    return FALSE;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = hr_value_compare (element, &set->elements[middle]);

      if (order == 0)
        return TRUE;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return FALSE;
}

/* Where the member with this name is (TRUE) or belongs (FALSE). */
static gboolean
find_member (const HrValue *map, const char *name, gsize name_length, guint32 *position)
{
  guint32 low = 0;
  guint32 high = map->length;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      const HrMember *member = &map->members[middle];
      int order = compare_bytes (name, name_length, member->name, member->name_length);

      if (order == 0)
        {
          *position = middle;
          return TRUE;
        }
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  *position = low;
  return FALSE;
}

const HrValue *
hr_map_get (const HrValue *map, const char *name, gsize name_length)
{
  guint32 position;

  if (map->type != HR_TYPE_M || !find_member (map, name, name_length, &position))
    return NULL;
  return &map->members[position].value;
}

HrValue
hr_map_with (HrArena *arena, const HrValue *map, const char *name, gsize name_length, const HrValue *value)
{
  guint32 position;
  gboolean is_there = find_member (map, name, name_length, &position);
  guint32 behind = map->length - position - is_there;
  HrMember *members;

  if (!is_there && value == NULL)
    return *map;

  members = hr_arena_array (arena, HrMember, position + behind + 1);
  if (position > 0)
    memcpy (members, map->members, sizeof *members * position);
  if (behind > 0)
    memcpy (members + position + (value != NULL), map->members + position + is_there,
            sizeof *members * behind);
  if (value != NULL)
    {
      members[position].name = is_there ? map->members[position].name : name;
      members[position].name_length = (guint32) name_length;
      members[position].value = *value;
    }
  return hr_value_map (members, position + behind + (value != NULL));
}

/* Sizes */

static gsize
elements_size (const HrValue *value)
{
  gsize size = 0;

  for (guint32 i = 0; i < value->length; i++)
    size += hr_value_size_bytes (&value->elements[i]);
  return size;
}

gsize
hr_value_size_bytes (const HrValue *value)
{
  switch ((HrType) value->type)
    {
    case HR_TYPE_S:
    case HR_TYPE_B:
      return value->length;
    case HR_TYPE_N:
      return hr_decimal_size_bytes_encoded ((const guint8 *) value->bytes, value->length);
    case HR_TYPE_BOOL:
    case HR_TYPE_NULL:
      return 1;
    case HR_TYPE_M:
      return 3 + value->length + hr_item_size_bytes (value);
    case HR_TYPE_L:
      return 3 + value->length + elements_size (value);
    case HR_TYPE_SS:
    case HR_TYPE_NS:
    case HR_TYPE_BS:
      return elements_size (value);
    case HR_N_TYPES:
      break;
    }
  g_return_val_if_reached (0);
}

gsize
hr_item_size_bytes (const HrValue *item)
{
  gsize size = 0;

  for (guint32 i = 0; i < item->length; i++)
    size += item->members[i].name_length + hr_value_size_bytes (&item->members[i].value);
  return size;
}

guint
hr_value_depth (const HrValue *value)
{
  guint deepest = 0;

  if (value->type != HR_TYPE_M && value->type != HR_TYPE_L)
    return 1;
  for (guint32 i = 0; i < value->length; i++)
    {
      const HrValue *child = value->type == HR_TYPE_M ? &value->members[i].value : &value->elements[i];
      guint depth = hr_value_depth (child); /* apart, for MAX() evaluates its arguments twice */

      deepest = MAX (deepest, depth);
    }
  return 1 + deepest;
}
