#pragma once

#include "model/engine/key-codec.h"
#include "render/cell-text.h"
#include "render/pen.h"
#include "render/table-layout.h"

G_BEGIN_DECLS

/* How the flat table is laid out; for render/table-*.c and minimap.c. */

/** HrTableMetrics: lengths in px at the density and the text's scale. */
typedef struct
{
  double unit;       /* 1 px of the design at the text's scale */
  double row;
  double header;     /* the line of attribute names, and a page line */
  double gap;        /* between blocks */
  double margin;     /* beside blocks */
  double key_width;  /* of the merged partition key cell */
  double stripe;
  double inset;      /* from where a row begins to its first text */
  double column_gap; /* behind a cell's text */
  double lane;       /* for brackets, between key cell and rows; 0 without marks */
  double status;     /* width of what is said at a row's end; 0 without marks */
} HrTableMetrics;

/** HrTablePairing: what a table knows when an index stands beside it, and what the index knows. Borrowed. */
typedef struct
{
  HrSide side;
  const HrIndex *index;
  const HrKeyLayout *keys;   /* of the index */
  gboolean shows_attributes; /* besides keys */
  const GPtrArray *absent;   /* char*: attributes of the table that the index does not hold; for its side */
} HrTablePairing;

/** HrTableColumn: number 0 is the sort key, then attributes. x counts from where the rows' texts begin. */
typedef struct
{
  char *name;
  guint32 name_length;
  double x;
  double width;     /* with the gap behind it */
  double estimate;  /* of the widest text that has been shaped */
  guint64 entities; /* bit set: whose rows show it */
  gboolean is_key;  /* of the table or index; the other shows it as an attribute */
  gboolean is_absent; /* not in the index */
} HrTableColumn;

typedef enum
{
  HR_INSERT_ROW,
  HR_INSERT_PAGE_LINE,
} HrInsertKind;

/** HrTableInsert: what a run adds between rows: a row that is not in the outline, or a line that ends a page. */
typedef struct
{
  guint64 partition;
  guint64 row;           /* stands before this row of the outline */
  gboolean below_header; /* of the run that begins with that row */
  HrInsertKind kind;
  guint order;           /* among those at one place */
  HrMark mark;           /* of ROW */
  guint entity;          /* of ROW */
  const HrPageLine *line; /* of PAGE_LINE */
  double above;          /* heights of all inserts before this one */
  guint64 rows_before;   /* added rows before this one */
} HrTableInsert;

/** HrTableExtra: a partition that is not in the outline: asked for, or made by a write. */
typedef struct
{
  HrPartition partition; /* n_rows 0: its rows are inserts */
  gboolean is_empty;
} HrTableExtra;

typedef struct _HrMinimap HrMinimap;

struct _HrTableLayout
{
  /* owned */
  HrArena *arena;      /* of one frame */
  HrArena *look_arena; /* of the look: extra partitions */
  GArray *columns;     /* HrTableColumn */
  GHashTable *by_name; /* column name → number + 1 */
  char **wanted;       /* names of columns to show, or NULL for all */
  guint64 fingerprint; /* of what the columns were chosen from; 0: nothing yet */
  guint n_shaped;      /* texts that were measured exactly to give columns their widths */
  GArray *inserts;     /* HrTableInsert, in the order they stand */
  GArray *extras;      /* HrTableExtra, behind the outline's partitions */
  HrMinimap *minimap;  /* made when it is drawn, or NULL */

  /* as of the look */
  const HrTablePairing *pairing; /* or NULL: it stands alone */
  HrTableLook look;
  HrOutlineTotals totals;
  HrTableMetrics metrics;
  HrOutlineMetrics outline_metrics;
  HrKeyLayout layout;   /* key of the table or index */
  gboolean has_sort_key;
  gboolean has_key;     /* the definition has a usable key */
  double content_width; /* of the widest block */
};

/** HrBlock: one partition as it stands in the picture. */
typedef struct
{
  guint64 position;
  HrPartition partition;
  const HrPartitionMark *mark; /* NULL: not touched by a run, or there is none */
  gboolean is_extra;
  gboolean is_empty;
  gboolean is_folded;
  double top;         /* of its border, px of the table */
  double height;
  guint first_insert; /* its inserts */
  guint n_inserts;
  guint64 n_slots;    /* rows, added ones included */
} HrBlock;

/** HrRowView: one row to draw or to tell about. */
typedef struct
{
  guint64 number; /* as targets name it */
  HrOutlineRow row;
  HrMark mark;
  gboolean is_added; /* an insert */
} HrRowView;

/* table-layout.c */
/** To be called before a look is set. */
void hr_table_set_pairing (HrTableLayout *self, const HrTablePairing *pairing);

/** Under 60 % bars stand for texts. */
static inline gboolean
hr_table_shows_bars (const HrTableLayout *self)
{
  return self->look.zoom > 0 && self->look.zoom < 0.6;
}
/** High contrast, where nothing is see-through and borders are strong. */
static inline gboolean
hr_table_is_plain (const HrTableLayout *self)
{
  return self->look.dim >= 1;
}

/* Lines between rows are wide and dark, too, where nothing is dim. */
static inline double
hr_table_get_selection_width (const HrTableLayout *self)
{
  return hr_table_is_plain (self) ? 4 : 2;
}

/* table-columns.c */
void hr_table_choose_columns (HrTableLayout *self);
void hr_table_clear_columns  (HrTableLayout *self);
static inline const HrTableColumn *
hr_table_get_column (const HrTableLayout *self, guint column)
{
  return column < self->columns->len ? &g_array_index (self->columns, HrTableColumn, column) : NULL;
}
/** Whether rows of this entity have the column. */
static inline gboolean
hr_table_column_is_shown (const HrTableColumn *column, guint entity)
{
  return (column->entities >> MIN (entity, HR_ENTITY_NONE) & 1) != 0;
}
const HrValue *hr_table_get_value (const HrTableColumn *column, const HrValue *item);
/** Text of a cell of this column; of keys never prose. */
void hr_table_init_cell (const HrTableColumn *column, const HrValue *value, HrArena *arena, HrCellText *text);

/* table-overlay.c */
void hr_table_place_marks (HrTableLayout *self);
const HrTableInsert *hr_table_get_insert (const HrTableLayout *self, const HrBlock *block, guint index);
/** The block's first insert that stands before row @row of the outline or below it. */
guint   hr_table_find_inserts (const HrTableLayout *self, const HrBlock *block, guint64 row);
/** Height of what is added in the block above row @row of the outline. */
double  hr_table_get_added_height (const HrTableLayout *self, const HrBlock *block, guint64 row);
/** The insert that is row number @number of the block, or NULL for a row of the outline. */
const HrTableInsert *hr_table_find_added (const HrTableLayout *self, const HrBlock *block, guint64 number);
/** Where the added row of this item stands. */
gboolean hr_table_find_added_item (const HrTableLayout *self, const HrValue *item, HrHit *target);
/** Rows of a block from top to bottom, added ones among them: how many, their numbers, and back. */
guint64 hr_table_count_slots    (const HrTableLayout *self, const HrBlock *block);
guint64 hr_table_slot_to_number (const HrTableLayout *self, const HrBlock *block, guint64 slot);
guint64 hr_table_number_to_slot (const HrTableLayout *self, const HrBlock *block, guint64 number);

/* table-place.c */
guint64  hr_table_get_n_blocks (const HrTableLayout *self);
gboolean hr_table_get_block    (const HrTableLayout *self, guint64 position, HrBlock *block);
/** The block at @y px of the table, or the last one above it; FALSE when there is none. */
gboolean hr_table_locate_block (const HrTableLayout *self, double y, guint64 *position);
/** Height of a row of the outline (also the one past the last) below the block's top. */
double   hr_table_get_row_y    (const HrTableLayout *self, const HrBlock *block, guint64 row);
/** The row of the outline at @y below the block's top, or the last one above it. */
guint64  hr_table_locate_row   (const HrTableLayout *self, const HrBlock *block, double y);
/** Top of an insert below the block's top. */
double   hr_table_get_insert_y (const HrTableLayout *self, const HrBlock *block, guint index);
/** Height of the line of names right above a row of the outline: 0 within a run. */
double   hr_table_get_header_height (const HrTableLayout *self, const HrBlock *block, guint64 row);
/** Top of that line below the block's top: above the row, or above what was added to its run. */
double   hr_table_get_header_y (const HrTableLayout *self, const HrBlock *block, guint64 row);
/** Where the rows begin, and where their texts do, in px of the table. */
double   hr_table_get_rows_x   (const HrTableLayout *self, const HrBlock *block);
double   hr_table_get_texts_x  (const HrTableLayout *self);
/** A row of the block by its number. FALSE when there is none, or with @error. */
gboolean hr_table_fetch_row    (const HrTableLayout *self, const HrBlock *block, guint64 number, HrArena *arena,
                                HrRowView *view, GError **error);
void     hr_table_init_added   (const HrTableInsert *insert, guint64 number, HrRowView *view);
/** Fills in the mark of a row of the outline. */
void     hr_table_mark_row     (const HrTableLayout *self, HrRowView *view);
const char *hr_table_get_entity_name (const HrTableLayout *self, guint entity);

/* table-labels.c */
/** All of a partition's key: "MSG#5ae2…", several values joined. */
const char *hr_table_describe_partition (const HrPartition *partition, HrArena *arena);

/* minimap.c */
void hr_minimap_free (HrMinimap *self);

G_END_DECLS
