/*
 * The orders of partitions.
 *
 * What all row keys of a partition begin with is a hash and then its key as bytes that sort as the key does:
 * whole it is the order of the store, behind the hash the order of keys.
 *
 * For sorting a million partitions each gets a number first that settles most comparisons without a look at
 * the partition itself: its ordinal, its size, or eight bytes of its key behind what all keys have in common.
 */
#include "model/document/outline-private.h"

int
hr_outline_compare_bytes (const guint8 *a, gsize a_length, const guint8 *b, gsize b_length)
{
  gsize common = MIN (a_length, b_length);
  int order = common > 0 ? memcmp (a, b, common) : 0;

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

int
hr_outline_compare_key (gconstpointer partition, gconstpointer wanted)
{
  const HrOutlinePartition *self = partition;
  const HrOutlineKey *key = wanted;

  return hr_outline_compare_bytes (hr_outline_partition_get_key (self), self->key_length, key->bytes,
                                   key->length);
}

static int
compare_from (gconstpointer a, gconstpointer b, gsize start)
{
  const HrOutlinePartition *x = a;
  const HrOutlinePartition *y = b;

  return hr_outline_compare_bytes (hr_outline_partition_get_key (x) + start, x->key_length - start,
                                   hr_outline_partition_get_key (y) + start, y->key_length - start);
}

static int
compare_hashes_cb (gconstpointer a, gconstpointer b)
{
  return compare_from (a, b, 0);
}

static int
compare_keys_cb (gconstpointer a, gconstpointer b)
{
  return compare_from (a, b, HR_KEY_HASH_BYTES);
}

static int
compare_ordinals_cb (gconstpointer a, gconstpointer b)
{
  const HrOutlinePartition *x = a;
  const HrOutlinePartition *y = b;

  if (x->ordinal != y->ordinal)
    return x->ordinal < y->ordinal ? -1 : 1;
  return compare_keys_cb (a, b);
}

static int
compare_sizes_cb (gconstpointer a, gconstpointer b)
{
  const HrOutlinePartition *x = a;
  const HrOutlinePartition *y = b;

  if (x->size_bytes != y->size_bytes)
    return x->size_bytes > y->size_bytes ? -1 : 1;
  return compare_keys_cb (a, b);
}

HrOutlineCompare
hr_outline_get_compare (HrPartitionOrder order)
{
  switch (order)
    {
    case HR_ORDER_ENTERED:
      return compare_ordinals_cb;
    case HR_ORDER_KEY:
      return compare_keys_cb;
    case HR_ORDER_SIZE:
      return compare_sizes_cb;
    case HR_ORDER_HASH:
      return compare_hashes_cb;
    }
  g_return_val_if_reached (compare_hashes_cb);
}

typedef struct
{
  guint64 rank;
  HrOutlinePartition *partition;
} Ranked;

/* How many bytes behind the hash all keys begin with. */
static gsize
find_common (HrOutlinePartition *const *partitions, gsize count)
{
  const guint8 *first = hr_outline_partition_get_key (partitions[0]) + HR_KEY_HASH_BYTES;
  gsize common = partitions[0]->key_length - HR_KEY_HASH_BYTES;

  for (gsize i = 1; i < count; i++)
    {
      const guint8 *key = hr_outline_partition_get_key (partitions[i]) + HR_KEY_HASH_BYTES;
      gsize length = 0;

      common = MIN (common, (gsize) partitions[i]->key_length - HR_KEY_HASH_BYTES);
      while (length < common && key[length] == first[length])
        length++;
      common = length;
    }
  return common;
}

static guint64
rank_key (const HrOutlinePartition *partition, gsize start)
{
  gsize length = MIN (partition->key_length - start, sizeof (guint64));
  guint64 rank = 0;

  memcpy (&rank, hr_outline_partition_get_key (partition) + start, length);
  return GUINT64_FROM_BE (rank);
}

static guint64
get_rank (HrPartitionOrder order, const HrOutlinePartition *partition, gsize key_start)
{
  switch (order)
    {
    case HR_ORDER_ENTERED:
      return (guint64) partition->ordinal ^ G_GUINT64_CONSTANT (0x8000000000000000);
    case HR_ORDER_KEY:
      return rank_key (partition, key_start);
    case HR_ORDER_SIZE:
      return ~partition->size_bytes;
    case HR_ORDER_HASH:
      return rank_key (partition, 0);
    }
  g_return_val_if_reached (0);
}

static int
compare_ranked (const Ranked *a, const Ranked *b, HrOutlineCompare compare)
{
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  return compare (a->partition, b->partition);
}

static int
compare_ranked_cb (gconstpointer a, gconstpointer b, gpointer compare)
{
  return compare_ranked (a, b, *(HrOutlineCompare *) compare);
}

void
hr_outline_sort (HrPartitionOrder order, HrOutlinePartition **partitions, gsize count)
{
  HrOutlineCompare compare = hr_outline_get_compare (order);
  g_autofree Ranked *ranked = NULL;
  gsize key_start;

  if (count < 2)
    return;
  ranked = g_new (Ranked, count);
  key_start = HR_KEY_HASH_BYTES + (order == HR_ORDER_KEY ? find_common (partitions, count) : 0);
  for (gsize i = 0; i < count; i++)
    ranked[i] = (Ranked) { get_rank (order, partitions[i], key_start), partitions[i] };
  qsort_r (ranked, count, sizeof (Ranked), compare_ranked_cb, &compare);
  for (gsize i = 0; i < count; i++)
    partitions[i] = ranked[i].partition;
}
