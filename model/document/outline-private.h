#pragma once

#include "model/document/outline-partition.h"

G_BEGIN_DECLS

/* An outline as a whole, and what helps it; for model/document/outline-*.c. */

/** The order of bytes; one that begins another goes before it. */
int hr_outline_compare_bytes (const guint8 *a, gsize a_length, const guint8 *b, gsize b_length);

/* Filter */

typedef struct _HrOutlineFilter HrOutlineFilter;

HrOutlineFilter *hr_outline_filter_new  (const char *text); /* NULL for NULL and "" */
void             hr_outline_filter_free (HrOutlineFilter *self);
gboolean         hr_outline_filter_matches (const HrOutlineFilter *self, const HrValue *item);

/* Attributes */

typedef struct _HrOutlineAttributes HrOutlineAttributes;

HrOutlineAttributes *hr_outline_attributes_new  (const HrTable *table, const HrIndex *index);
void                 hr_outline_attributes_free (HrOutlineAttributes *self);
/** Counts a shown row in, or out with @sign -1. */
void                 hr_outline_attributes_count  (HrOutlineAttributes *self, const HrValue *item, int sign);
/** Puts what was counted into display order; to be called once, after the first scan. */
void                 hr_outline_attributes_settle (HrOutlineAttributes *self);
guint                hr_outline_attributes_get    (const HrOutlineAttributes *self,
                                                   const HrOutlineAttribute **attributes);
gsize                hr_outline_attributes_get_widest_key (const HrOutlineAttributes *self);

/* The outline */

typedef struct
{
  const guint8 *key;
  gsize key_length;
  gsize partition_length;
} HrOutlineStale;

struct _HrOutline
{
  /* owned */
  HrTable *table; /* a copy of the definition, with its entities */
  char *table_name;
  char *index_name; /* or NULL */
  HrOutlineFilter *filter;
  HrOutlineAttributes *attributes;
  HrOutlineList stored; /* all partitions, as they lie in the store; owns them */
  HrOutlineList shown;  /* those with shown rows, in display order */
  HrArena *scratch;
  HrArena *stale_keys;
  GArray *stale;        /* HrOutlineStale: what changed and was not yet read again */

  /* borrowed */
  HrEngine *engine;
  const GPtrArray *partition_key; /* HrAttribute, from the table above */
  const HrIndex *paired;          /* or NULL; from the table above */

  HrKeyLayout paired_layout;

  HrType key_types[HR_LIMIT_INDEX_KEY_ATTRIBUTES]; /* of the partition key */
  HrPartitionOrder order;
  HrOutlineCompare compare;
  guint64 hidden_entities;
  gboolean hides_left_out;
  HrOutlineTotals totals;
  guint hold; /* depth of hr_outline_begin_changes() */
};

typedef struct
{
  const guint8 *bytes;
  gsize length;
} HrOutlineKey;

/** Order of the list of stored partitions; @wanted is an HrOutlineKey. */
int              hr_outline_compare_key (gconstpointer partition, gconstpointer wanted);
HrOutlineCompare hr_outline_get_compare (HrPartitionOrder order);
/** Puts partitions into display order. */
void             hr_outline_sort        (HrPartitionOrder order, HrOutlinePartition **partitions, gsize count);

HrOutlineVerdict hr_outline_judge (const HrOutline *self, const HrValue *item);
/** Reads a record into @item. FALSE with @error when the store is damaged. */
gboolean hr_outline_decode (const HrOutline *self, const HrRow *row, HrArena *arena, HrValue *item, GError **error);
/** Reads the whole store into the empty outline. */
gboolean hr_outline_build (HrOutline *self, HrProgress *progress, GError **error);
/** Reads rows of one partition. FALSE leaves @rows without meaning. */
gboolean hr_outline_read_range (HrOutline *self, const HrKeyRange *range, HrOutlineRows *rows, GError **error);
HrOutlinePartition *hr_outline_find_stored (const HrOutline *self, const guint8 *key, gsize key_length,
                                            guint64 *position);
/** Where a shown partition stands in display order. */
guint64  hr_outline_get_position (const HrOutline *self, const HrOutlinePartition *partition);

G_END_DECLS
