#pragma once

#include "model/base/arena.h"
#include "model/value/decimal.h"

G_BEGIN_DECLS

/**
 * HrValue: an attribute value of one of the service's ten types.
 *
 * A plain 16-byte value that borrows its content from an arena (or from a record, see record.h);
 * content is immutable, so a shallow copy of the struct is a copy of the value.
 * S and B hold their bytes (NUL characters allowed), N its sortable form (decimal.h), so all
 * three compare by memcmp. Members of a map are unique and sorted by the bytes of their names;
 * members of a set are unique and sorted. An item is a value of type M.
 * Equal values therefore have equal content at every level.
 */
typedef enum
{
  HR_TYPE_S,
  HR_TYPE_N,
  HR_TYPE_B,
  HR_TYPE_BOOL,
  HR_TYPE_NULL,
  HR_TYPE_M,
  HR_TYPE_L,
  HR_TYPE_SS,
  HR_TYPE_NS,
  HR_TYPE_BS,
  HR_N_TYPES,
} HrType;

typedef struct _HrValue HrValue;
typedef struct _HrMember HrMember;

struct _HrValue
{
  guint8 type;     /* HrType */
  guint8 boolean;  /* of BOOL */
  guint32 length;  /* bytes of S, N, B; members of M; elements of L, SS, NS, BS */
  union
  {
    const char *bytes;
    const HrMember *members;
    const HrValue *elements;
  };
};

struct _HrMember
{
  const char *name; /* UTF-8, not terminated */
  guint32 name_length;
  HrValue value;
};

const char *hr_type_get_name   (HrType type);                          /* "SS" */
const char *hr_type_get_long_name (HrType type);                       /* "STRING_SET", as in some messages */
gboolean    hr_type_from_name  (const char *name, gsize length, HrType *type);
static inline gboolean
hr_type_is_set (HrType type)
{
  return type >= HR_TYPE_SS && type <= HR_TYPE_BS;
}
/** The type of the members of a set type. */
static inline HrType
hr_type_get_element (HrType set)
{
  return (HrType) (set - HR_TYPE_SS + HR_TYPE_S);
}

HrValue  hr_value_string  (const char *bytes, gsize length);
HrValue  hr_value_binary  (const char *bytes, gsize length);
HrValue  hr_value_boolean (gboolean value);
HrValue  hr_value_null    (void);
HrValue  hr_value_number  (HrArena *arena, const HrDecimal *decimal);
HrValue  hr_value_map     (const HrMember *members, guint count);      /* borrowed, already sorted */
HrValue  hr_value_list    (const HrValue *elements, guint count);      /* borrowed */
HrDecimal hr_value_get_decimal (const HrValue *number);

/** Same type and content; numbers by value, sets and maps regardless of the order they were given in. */
gboolean hr_value_equal   (const HrValue *a, const HrValue *b);
/** memcmp order of two values of one type S, N or B. */
int      hr_value_compare (const HrValue *a, const HrValue *b);
/** A copy whose content lives in @arena altogether. */
HrValue  hr_value_copy    (HrArena *arena, const HrValue *value);

/** Sorts members by name in place. Returns FALSE when two have the same name. */
gboolean hr_members_sort  (HrMember *members, guint count);
/** Sorts elements in place and drops repeats; returns how many are left. */
guint    hr_elements_sort (HrValue *elements, guint count);
gboolean hr_set_contains  (const HrValue *set, const HrValue *element);

/** The member of a map (or item) with this name, or NULL; logarithmic. */
const HrValue *hr_map_get (const HrValue *map, const char *name, gsize name_length);
/** A map in @arena as @map with this member set (@value) or removed (NULL); name and content are borrowed. */
HrValue        hr_map_with (HrArena *arena, const HrValue *map, const char *name, gsize name_length,
                            const HrValue *value);

/**
 * Size as the service bills it, in bytes; names included for maps. S UTF-8 bytes, B bytes,
 * BOOL and NULL 1, N see hr_decimal_size_bytes(), sets the sum of members, L and M 3 + 1 for each
 * member + contents. Source: DG, "Item sizes and formats".
 */
gsize hr_value_size_bytes (const HrValue *value);
/** Size of a complete item: names plus values, without the 3 + 1 of a nested map. */
gsize hr_item_size_bytes  (const HrValue *item);
/** Levels of nesting: 1 for a scalar or set, one more for each list or map around it. */
guint hr_value_depth      (const HrValue *value);

G_END_DECLS
