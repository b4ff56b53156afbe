#pragma once

#include "model/document/index-reasons.h"
#include "model/document/outline-list.h"
#include "model/engine/rows.h"

G_BEGIN_DECLS

/* A partition of an outline, and how it is made of rows. */

/* One byte for each stored row: its entity, and whether it is left out of the picture. */
#define HR_OUTLINE_ENTITY    0x3f
#define HR_OUTLINE_HIDDEN    0x40
#define HR_OUTLINE_UNPAIRED  0x80 /* not in the paired index */
#define HR_OUTLINE_NO_ENTITY 0xff /* before the first row */

static inline guint8
hr_outline_byte_get_entity (guint8 byte)
{
  return byte & HR_OUTLINE_ENTITY;
}

/** HrOutlineVerdict: the byte of a row, and what keeps it out of the paired index. */
typedef struct
{
  guint8 byte;
  HrIndexLack lack;
} HrOutlineVerdict;

/* Bytes of a row key: four sort key attributes and the primary key are less than 20 000, escaped. */
#define HR_OUTLINE_KEY_MAX (G_MAXUINT16 / 2)

/* A folded partition is as high as so many header lines. */
#define HR_OUTLINE_FOLDED_RUNS 2

/* A change reads one chunk anew, so this bounds its cost; the memory of a chunk is that of some 100 rows' bytes. */
#define HR_OUTLINE_CHUNK_ROWS 128

typedef struct
{
  guint64 size_bytes;  /* of the shown rows */
  gint64 ordinal;      /* the least of all rows */
  HrIndexLack lack;    /* of any row */
  guint16 n_stored;
  guint16 key_length;
  guint8 previous;     /* entity of the shown row before, in whichever chunk that is */
  guint8 is_stale;
  guint8 data[];       /* row key of the first row without the partition's part, then a byte a row */
} HrOutlineChunk;

static inline const guint8 *
hr_outline_chunk_get_rows (const HrOutlineChunk *self)
{
  return self->data + self->key_length;
}

/** HrOutlineLarge: the rows of a partition that has more than one chunk. */
typedef struct
{
  HrOutlineList chunks;
  guint64 n_stored;
  guint64 n_unpaired;                         /* shown */
  HrIndexLack lack;                           /* of any row */
  guint32 rows_of_entity[HR_ENTITY_NONE + 1]; /* shown */
} HrOutlineLarge;

/**
 * HrOutlinePartition: an entry of the lists of partitions, as small as can be: there may be a million.
 *
 * A change of a small one makes a new entry, since rows and key are in the same piece of memory.
 */
typedef struct
{
  gint64 ordinal;        /* the least of all its rows */
  guint64 size_bytes;    /* of the shown rows */
  HrOutlineLarge *large; /* or NULL: bytes of the rows behind the head */
  guint16 n_stored;      /* of a small one */
  guint16 key_length;    /* what all row keys begin with */
  guint16 head_length;   /* the key, then the values where the key has them escaped */
  guint8 n_values;
  guint8 is_stale;
  HrIndexLack lack;      /* of any row */
  guint8 is_closed;      /* folded by hand */
  guint16 lengths[];     /* of the values; then the head */
} HrOutlinePartition;

static inline guint8 *
hr_outline_partition_get_key (const HrOutlinePartition *self)
{
  return (guint8 *) (self->lengths + self->n_values);
}

/** HrOutlineHead: what a new partition is called. A plain value, to be cleared. */
typedef struct
{
  HrBuffer bytes;
  guint16 key_length;
  guint16 lengths[HR_LIMIT_INDEX_KEY_ATTRIBUTES];
  guint n_values;
} HrOutlineHead;

void hr_outline_head_set   (HrOutlineHead *head, const guint8 *key, gsize key_length, const HrValue *values,
                            guint n_values);
void hr_outline_head_clear (HrOutlineHead *head);

/** HrOutlineRows: rows of one partition in key order on their way into chunks. A plain value, to be cleared. */
typedef struct
{
  guint count; /* in no chunk yet */
  guint8 rows[HR_OUTLINE_CHUNK_ROWS];
  guint32 sizes[HR_OUTLINE_CHUNK_ROWS];
  gint64 ordinals[HR_OUTLINE_CHUNK_ROWS];
  HrIndexLack lacks[HR_OUTLINE_CHUNK_ROWS];
  gsize key_starts[HR_OUTLINE_CHUNK_ROWS + 1];
  HrBuffer keys;
  GPtrArray *chunks; /* HrOutlineChunk, owned */
} HrOutlineRows;

void hr_outline_rows_init  (HrOutlineRows *rows);
void hr_outline_rows_clear (HrOutlineRows *rows);
/** @key: behind the partition's part. */
void hr_outline_rows_add   (HrOutlineRows *rows, HrOutlineVerdict verdict, const HrRow *row, const guint8 *key,
                            gsize key_length);
/** Puts the rest into a chunk. */
void hr_outline_rows_finish (HrOutlineRows *rows);
/** Forgets everything. */
void hr_outline_rows_drop  (HrOutlineRows *rows);

/** Takes the rows; @rows is empty afterwards. */
HrOutlinePartition *hr_outline_partition_new  (const HrOutlineHead *head, HrOutlineRows *rows);
void                hr_outline_partition_free (HrOutlinePartition *self);
/** The partition with these rows instead of all, or of one chunk of a large one. Takes @self and the rows. */
HrOutlinePartition *hr_outline_partition_renew (HrOutlinePartition *self, HrOutlineRows *rows);
HrOutlinePartition *hr_outline_partition_renew_chunk (HrOutlinePartition *self, guint64 chunk, HrOutlineRows *rows);
guint64             hr_outline_partition_get_n_stored (const HrOutlinePartition *self);
HrOutlineWeight     hr_outline_partition_get_weight   (const HrOutlinePartition *self);
guint64             hr_outline_partition_get_entities (const HrOutlinePartition *self);
/** Somebody has folded it, or no shown row is in the paired index. */
gboolean            hr_outline_partition_is_folded    (const HrOutlinePartition *self);
/** What it counts for in heights. */
HrOutlineWeight     hr_outline_partition_get_extent   (const HrOutlinePartition *self);
/** Values of the partition key, borrowed. */
void                hr_outline_partition_get_values   (const HrOutlinePartition *self, const HrType *types,
                                                       HrValue *values);
/** Adds its rows to the totals, or takes them off with @sign -1. */
void                hr_outline_partition_count (const HrOutlinePartition *self, HrOutlineTotals *totals, int sign);

/** HrOutlinePiece: all rows of a small partition, or a chunk of a large one. Borrowed. */
typedef struct
{
  guint64 number;      /* of the chunk */
  HrOutlineSum before; /* shown rows and runs of the partition before it */
  guint8 previous;     /* as in HrOutlineChunk */
  const guint8 *rows;
  guint n_stored;
  const guint8 *key;   /* where it begins, behind the partition's part */
  gsize key_length;
  const guint8 *end;   /* where the next one begins; NULL: the last */
  gsize end_length;
} HrOutlinePiece;

void hr_outline_piece_find_row    (const HrOutlinePartition *partition, guint64 row, HrOutlinePiece *piece);
void hr_outline_piece_find_height (const HrOutlinePartition *partition, const HrOutlineMetrics *metrics, double y,
                                   HrOutlinePiece *piece);
void hr_outline_piece_find_key    (const HrOutlinePartition *partition, const guint8 *key, gsize key_length,
                                   HrOutlinePiece *piece);
/** The part of the store that the piece stands for; in @buffer, which is emptied first. */
HrKeyRange hr_outline_piece_get_range (const HrOutlinePartition *partition, const HrOutlinePiece *piece,
                                       HrBuffer *buffer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrOutlineRows, hr_outline_rows_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrOutlineHead, hr_outline_head_clear)

G_END_DECLS
