/*
 * Which attributes the shown rows have.
 *
 * Rows mostly have the same attributes in the same order, so behind each name the one that came next last
 * time is tried before the table of names is asked. Widths of strings cost nothing unless they are wider than
 * all before, and are exact; other values have to be written out to be measured, so only an attribute's first
 * rows are.
 */
#include "model/document/outline-private.h"

#include "model/value/codec.h"

#define WIDTH_MAX     64   /* characters */
#define MEASURED_ROWS 2000 /* of each attribute; strings always */
#define NO_RANK       G_MAXUINT
#define NO_PLACE      G_MAXUINT

typedef struct _Slot Slot;

struct _Slot
{
  char *name;
  guint32 name_length;
  guint rank;      /* among the declared ones; NO_RANK: the others */
  guint place;     /* among the shown ones, or NO_PLACE */
  guint64 n_rows;
  gsize widest_chars;
  gboolean is_key; /* of what is shown: has its own columns */
  gboolean is_sort_key;
  Slot *next;      /* what followed it last time */
};

struct _HrOutlineAttributes
{
  GHashTable *slots; /* Slot → the same */
  GArray *shown;     /* HrOutlineAttribute, in display order, with the names of their slots */
  GPtrArray *places; /* the slots of these */
  Slot first;        /* stands before the first attribute of an item */
  guint n_declared;
  gsize widest_key_chars;
  gboolean is_settled;
};

static guint
hash_slot (gconstpointer data)
{
  const Slot *slot = data;
  guint hash = 5381;

  for (guint32 i = 0; i < slot->name_length; i++)
    hash = hash * 33 + (guint8) slot->name[i];
  return hash;
}

static gboolean
has_name (const Slot *slot, const char *name, gsize length)
{
  return slot->name_length == length && (length == 0 || memcmp (slot->name, name, length) == 0);
}

static gboolean
is_same_slot (gconstpointer a, gconstpointer b)
{
  const Slot *y = b;

  return has_name (a, y->name, y->name_length);
}

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  g_free (slot->name);
  g_free (slot);
}

static Slot *
need_slot (HrOutlineAttributes *self, const char *name, gsize length)
{
  Slot wanted = { .name = (char *) name, .name_length = (guint32) length };
  Slot *slot = g_hash_table_lookup (self->slots, &wanted);

  if (slot != NULL)
    return slot;
  slot = g_new0 (Slot, 1);
  slot->name = g_malloc (length + 1);
  if (length > 0)
    memcpy (slot->name, name, length);
  slot->name[length] = '\0';
  slot->name_length = (guint32) length;
  slot->rank = NO_RANK;
  slot->place = NO_PLACE;
  g_hash_table_add (self->slots, slot);
  return slot;
}

static void
declare (HrOutlineAttributes *self, const char *name)
{
  Slot *slot = need_slot (self, name, strlen (name));

  if (slot->rank == NO_RANK)
    slot->rank = self->n_declared++;
}

static void
leave_out (HrOutlineAttributes *self, const GPtrArray *keys, gboolean is_sort_key)
{
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const HrAttribute *key = g_ptr_array_index (keys, i);
      Slot *slot = need_slot (self, key->name, strlen (key->name));

      slot->is_key = TRUE;
      slot->is_sort_key = is_sort_key;
    }
}

HrOutlineAttributes *
hr_outline_attributes_new (const HrTable *table, const HrIndex *index)
{
  HrOutlineAttributes *self = g_new0 (HrOutlineAttributes, 1);

  self->slots = g_hash_table_new_full (hash_slot, is_same_slot, slot_free, NULL);
  self->shown = g_array_new (FALSE, FALSE, sizeof (HrOutlineAttribute));
  self->places = g_ptr_array_new ();
  leave_out (self, index != NULL ? index->partition_key : table->partition_key, FALSE);
  leave_out (self, index != NULL ? index->sort_key : table->sort_key, TRUE);
  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (table->entities, i);

      for (guint j = 0; j < entity->attributes->len; j++)
        declare (self, ((const HrAttribute *) g_ptr_array_index (entity->attributes, j))->name);
    }
  for (guint i = 0; i < table->entities->len; i++)
    {
      const HrEntity *entity = g_ptr_array_index (table->entities, i);

      for (guint j = 0; j < entity->keys->len; j++)
        declare (self, ((const HrEntityKey *) g_ptr_array_index (entity->keys, j))->attribute);
    }
  return self;
}

void
hr_outline_attributes_free (HrOutlineAttributes *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->slots);
  g_array_unref (self->shown);
  g_ptr_array_unref (self->places);
  g_free (self);
}

/* Widths */

static gsize
count_chars (const char *bytes, gsize length)
{
  gsize chars = 0;

  for (gsize i = 0; i < length && chars < WIDTH_MAX; i++)
    chars += ((guint8) bytes[i] & 0xc0) != 0x80;
  return chars;
}

static gsize measure (const HrValue *value);

/* As JSON on one line with a blank behind each colon and comma; no longer than it matters. */
static gsize
measure_container (const HrValue *value)
{
  gsize chars = 2;

  for (guint32 i = 0; i < value->length && chars < WIDTH_MAX; i++)
    {
      const HrValue *child = value->type == HR_TYPE_M ? &value->members[i].value : &value->elements[i];

      if (value->type == HR_TYPE_M)
        chars += count_chars (value->members[i].name, value->members[i].name_length) + 4;
      chars +=
          measure (child) + (child->type == HR_TYPE_S || child->type == HR_TYPE_B ? 2 : 0) + (i > 0 ? 2 : 0);
    }
  return chars;
}

static gsize
measure (const HrValue *value)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  switch ((HrType) value->type)
    {
    case HR_TYPE_S:
      return count_chars (value->bytes, value->length);
    case HR_TYPE_N:
      hr_value_to_text (value, &text);
      return text.length;
    case HR_TYPE_B:
      return ((gsize) value->length + 2) / 3 * 4;
    case HR_TYPE_BOOL:
      return value->boolean ? strlen ("true") : strlen ("false");
    case HR_TYPE_NULL:
      return strlen ("null");
    case HR_TYPE_M:
    case HR_TYPE_L:
    case HR_TYPE_SS:
    case HR_TYPE_NS:
    case HR_TYPE_BS:
      return measure_container (value);
    case HR_N_TYPES:
      break;
    }
  return 0;
}

static void
widen (Slot *slot, const HrValue *value)
{
  gsize chars;

  if (slot->widest_chars == WIDTH_MAX)
    return;
  if (value->type == HR_TYPE_S ? value->length <= slot->widest_chars : slot->n_rows >= MEASURED_ROWS)
    return;
  chars = measure (value);
  slot->widest_chars = MIN (MAX (chars, slot->widest_chars), WIDTH_MAX);
}

/* Display order */

static int
compare_slots (const Slot *a, const Slot *b)
{
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  return hr_outline_compare_bytes ((const guint8 *) a->name, a->name_length, (const guint8 *) b->name,
                                   b->name_length);
}

static int
compare_places_cb (gconstpointer a, gconstpointer b)
{
  return compare_slots (*(Slot *const *) a, *(Slot *const *) b);
}

/* Writes the shown attributes anew from @first on. */
static void
number_places (HrOutlineAttributes *self, guint first)
{
  g_array_set_size (self->shown, self->places->len);
  for (guint i = first; i < self->places->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->places, i);

      slot->place = i;
      g_array_index (self->shown, HrOutlineAttribute, i)
          = (HrOutlineAttribute) { slot->name, slot->n_rows, slot->widest_chars };
    }
}

void
hr_outline_attributes_settle (HrOutlineAttributes *self)
{
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, &slot, NULL))
    if (((Slot *) slot)->n_rows > 0)
      g_ptr_array_add (self->places, slot);
  g_ptr_array_sort (self->places, compare_places_cb);
  number_places (self, 0);
  self->is_settled = TRUE;
}

static guint
find_place (const HrOutlineAttributes *self, const Slot *slot)
{
  guint low = 0;

  for (guint high = self->places->len; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (compare_slots (g_ptr_array_index (self->places, middle), slot) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* A settled outline shows a slot's new count. */
static void
place_slot (HrOutlineAttributes *self, Slot *slot)
{
  guint place = slot->place;

  if ((place == NO_PLACE) == (slot->n_rows == 0))
    {
      if (place != NO_PLACE)
        g_array_index (self->shown, HrOutlineAttribute, place)
            = (HrOutlineAttribute) { slot->name, slot->n_rows, slot->widest_chars };
      return;
    }
  if (place == NO_PLACE)
    {
      place = find_place (self, slot);
      g_ptr_array_insert (self->places, (gint) place, slot);
    }
  else
    {
      g_ptr_array_remove_index (self->places, place);
      slot->place = NO_PLACE;
    }
  number_places (self, place);
}

void
hr_outline_attributes_count (HrOutlineAttributes *self, const HrValue *item, int sign)
{
  Slot *before = &self->first;

  for (guint32 i = 0; i < item->length; i++)
    {
      const HrMember *member = &item->members[i];
      Slot *slot = before->next;

      if (slot == NULL || !has_name (slot, member->name, member->name_length))
        slot = need_slot (self, member->name, member->name_length);
      before->next = slot;
      before = slot;
      if (slot->is_sort_key && member->value.type == HR_TYPE_S)
        {
          widen (slot, &member->value);
          self->widest_key_chars = MAX (self->widest_key_chars, slot->widest_chars);
        }
      if (slot->is_key || (sign < 0 && slot->n_rows == 0))
        continue;
      if (sign > 0)
        widen (slot, &member->value);
      slot->n_rows += (guint64) (gint64) sign;
      if (self->is_settled)
        place_slot (self, slot);
    }
}

guint
hr_outline_attributes_get (const HrOutlineAttributes *self, const HrOutlineAttribute **attributes)
{
  *attributes = (const HrOutlineAttribute *) self->shown->data;
  return self->shown->len;
}

gsize
hr_outline_attributes_get_widest_key (const HrOutlineAttributes *self)
{
  return self->widest_key_chars;
}
