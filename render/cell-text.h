#pragma once

#include "model/value/value.h"
#include "render/scene.h"

G_BEGIN_DECLS

/* Values as a cell shows them, on one line, and as they are copied. */

typedef enum
{
  HR_CELL_MISSING,    /* – */
  HR_CELL_EMPTY,      /* “” */
  HR_CELL_PROSE,
  HR_CELL_IDENTIFIER, /* without blanks and with digits: uuids, times, keys */
  HR_CELL_NUMBER,
  HR_CELL_NULL,
  HR_CELL_DATA,       /* maps, lists, sets, bytes */
} HrCellKind;

typedef struct
{
  HrCellKind kind;
  const char *text;      /* in the arena */
  gsize length;          /* bytes */
  gboolean is_shortened; /* not all of the value is in the text */
} HrCellText;

/** @value NULL: missing. Long texts are cut, as no cell is that wide. */
void  hr_cell_text_init (HrCellText *self, const HrValue *value, HrArena *arena);
/** A key's value: never prose. */
void  hr_cell_text_init_key (HrCellText *self, const HrValue *value, HrArena *arena);
HrTextLook hr_cell_text_get_look (const HrCellText *self);

/** All of the value, as it is copied: S as it is, N plain, B in base64, the rest on one line. Free with g_free(). */
char *hr_cell_dup_text (const HrValue *value);
/** The same for assistive labels and tooltips: cut after some hundred characters, without control characters. */
const char *hr_cell_describe (const HrValue *value, HrArena *arena);

/** "952 B", "2.2 KB"; 1 KB = 1024 B. */
const char *hr_format_size  (HrArena *arena, guint64 size_bytes);
const char *hr_format_count (HrArena *arena, guint64 count);
/** "9 items", "1 partition" */
const char *hr_format_items      (HrArena *arena, guint64 count);
const char *hr_format_partitions (HrArena *arena, guint64 count);

G_END_DECLS
