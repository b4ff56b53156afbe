#pragma once

#include "model/base/buffer.h"
#include "model/value/value.h"

G_BEGIN_DECLS

/*
 * The record: an item as the store keeps it.
 *
 * A header with the item's billed size and the offset of each attribute, then attributes sorted by
 * name. One attribute is found without decoding the others, equal items have equal bytes, and
 * decoding copies nothing: decoded values point into the record, which must outlive them.
 * The format has a version byte; a record is at most 4 GiB.
 */
void     hr_record_encode     (const HrValue *item, HrBuffer *out);
/** FALSE when the bytes are no record (damaged store); never reads out of bounds. */
gboolean hr_record_decode     (const guint8 *record, gsize length, HrArena *arena, HrValue *item);
/** TRUE and the attribute when the record has it; @arena takes the elements of lists, maps and sets. */
gboolean hr_record_get        (const guint8 *record, gsize length, const char *name, gsize name_length,
                               HrArena *arena, HrValue *value);
/** Billed size of the item in bytes, from the header. */
gsize    hr_record_size_bytes (const guint8 *record, gsize length);

/**
 * HrItemView: an item as expressions see it, packed or as a tree, or absent (all zero).
 * A plain value that borrows its content.
 */
typedef struct
{
  const HrValue *tree;
  const guint8 *record; /* looked at when tree is NULL */
  gsize record_length;
} HrItemView;

#define HR_ITEM_VIEW_ABSENT ((HrItemView) { NULL, NULL, 0 })

static inline gboolean
hr_item_view_exists (const HrItemView *view)
{
  return view->tree != NULL || view->record != NULL;
}

gboolean hr_item_view_get (const HrItemView *view, const char *name, gsize name_length, HrArena *arena,
                           HrValue *value);

G_END_DECLS
