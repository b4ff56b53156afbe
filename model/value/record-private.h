#pragma once

#include "model/value/record.h"

G_BEGIN_DECLS

/** HrRecordCursor: a value inside a record, not decoded; for walking down a path. */
typedef struct
{
  const guint8 *at;
  const guint8 *end; /* of the record or of the container around the value */
} HrRecordCursor;

/** Points @cursor at the attribute. FALSE when there is none or the record is damaged, as in all of these. */
gboolean hr_record_find           (const guint8 *record, gsize length, const char *name, gsize name_length,
                                   HrRecordCursor *cursor);
/** Moves from a map to its member, or from a list to its element; FALSE for values of other types. */
gboolean hr_record_cursor_member  (HrRecordCursor *cursor, const char *name, gsize name_length);
gboolean hr_record_cursor_element (HrRecordCursor *cursor, guint32 index);
gboolean hr_record_cursor_decode  (const HrRecordCursor *cursor, HrArena *arena, HrValue *value);

G_END_DECLS
