#pragma once

#include "model/base/buffer.h"
#include "model/base/service-limits.h"
#include "model/schema/table.h"

G_BEGIN_DECLS

/*
 * Row keys: bytes whose memcmp order is the order of the service.
 *
 * A row key is a 4-byte hash of the partition key and then one component for each key attribute:
 * partition key, sort key and, in an index, those table key attributes that its own key lacks. A component
 * is the value's bytes with 00 written as 00 FF, closed by 00 00. So it delimits itself, keeps the order of
 * the values (also of one that begins another), and every condition on a sort key is one range of row keys.
 */
#define HR_KEY_PARTS_MAX (2 * HR_LIMIT_INDEX_KEY_ATTRIBUTES + 2)
#define HR_KEY_HASH_BYTES 4

typedef struct
{
  const char *name; /* borrowed from the definition */
  guint32 name_length;
  HrType type;
} HrKeyPart;

typedef struct
{
  HrKeyPart parts[HR_KEY_PARTS_MAX];
  guint n_hash;  /* parts of the partition key come first */
  guint n_key;   /* then those of the sort key */
  guint n_parts; /* then the rest of the table's key */
} HrKeyLayout;

/** HrKeyRange: row keys from @lower (inclusive) to @upper (exclusive). Borrowed. */
typedef struct
{
  const guint8 *lower;
  const guint8 *upper;
  gsize lower_length;
  gsize upper_length;
} HrKeyRange;

/** @index NULL: of the table itself. FALSE when the definition has no usable key. */
gboolean hr_key_layout_init (HrKeyLayout *layout, const HrTable *table, const HrIndex *index);
/** The largest value of part @position, in bytes. */
gsize    hr_key_layout_get_limit (const HrKeyLayout *layout, guint position);
/** The item's values of all parts. FALSE when one is absent, of another type, empty or too large. */
gboolean hr_key_layout_gather (const HrKeyLayout *layout, const HrValue *item, HrValue *values);
/** The same from a packed item. */
gboolean hr_key_layout_gather_record (const HrKeyLayout *layout, const guint8 *record, gsize length,
                                      HrArena *arena, HrValue *values);
/** The key attributes as a value of type M in @arena, which shares their content. */
HrValue  hr_key_layout_to_map (const HrKeyLayout *layout, const HrValue *values, HrArena *arena);

/** Appends hash and the first @count components (at least the partition key). */
void     hr_key_encode (const HrKeyLayout *layout, const HrValue *values, guint count, HrBuffer *out);
/** Appends one component; left open it is the prefix of all that begin with the value. */
void     hr_key_append_component (HrBuffer *out, const HrValue *value, gboolean closed);
/** Turns the bytes into the first ones behind all that begin with them. */
void     hr_key_to_successor (HrBuffer *key);
/** Appends the first row key of segment @segment of @total; with @segment = @total the end of the last. */
void     hr_key_append_segment_start (guint segment, guint total, HrBuffer *out);

G_END_DECLS
