/*
 * Places of targets, moves from one to another, and their texts.
 *
 * Rows are counted in slots, from the top of a block to its end with added rows among them; targets name them by
 * number. A move that leads to a row without the column goes to the one nearest to it.
 */

#include "render/table-private.h"

#include <math.h>
#include <string.h>

static gboolean
get_cell_place (const HrTableLayout *self, guint number, HrRect *rect)
{
  const HrTableColumn *column = hr_table_get_column (self, number);

  if (column == NULL)
    return FALSE;
  rect->x = hr_table_get_texts_x (self) + column->x - MIN (self->metrics.inset, self->metrics.column_gap) / 2;
  rect->width = column->width;
  return TRUE;
}

static gboolean
get_row_place (const HrTableLayout *self, const HrBlock *block, guint64 number, HrRect *rect)
{
  const HrTableInsert *insert = hr_table_find_added (self, block, number);
  double y;

  if (block->is_folded)
    {
      *rect = (HrRect) { self->metrics.margin, block->top, self->content_width, block->height };
      return TRUE;
    }
  if (insert != NULL)
    y = hr_table_get_insert_y (self, block,
                               (guint) (insert - hr_table_get_insert (self, block, 0)));
  else if (number < block->partition.n_rows)
    y = hr_table_get_row_y (self, block, number);
  else
    return FALSE;
  rect->x = hr_table_get_rows_x (self, block);
  rect->y = block->top + y;
  rect->width = self->metrics.margin + self->content_width - rect->x;
  rect->height = self->metrics.row;
  return TRUE;
}

static gboolean
get_page_line_place (const HrTableLayout *self, const HrBlock *block, guint64 page, HrRect *rect)
{
  for (guint i = 0; i < block->n_inserts; i++)
    {
      const HrTableInsert *insert = hr_table_get_insert (self, block, i);

      if (insert->kind != HR_INSERT_PAGE_LINE || insert->line->page != page)
        continue;
      rect->x = hr_table_get_rows_x (self, block);
      rect->y = block->top + hr_table_get_insert_y (self, block, i);
      rect->width = self->metrics.margin + self->content_width - rect->x;
      rect->height = self->metrics.header;
      return TRUE;
    }
  return FALSE;
}

static gboolean
get_header_place (const HrTableLayout *self, const HrBlock *block, const HrHit *target, HrRect *rect)
{
  rect->height = hr_table_get_header_height (self, block, target->row);
  rect->y = block->top + hr_table_get_header_y (self, block, target->row);
  return rect->height > 0 && get_cell_place (self, target->column, rect);
}

gboolean
hr_table_layout_get_rect (HrTableLayout *self, const HrHit *target, HrRect *rect)
{
  HrBlock block;

  if (self->look.outline == NULL || !hr_table_get_block (self, target->partition, &block))
    return FALSE;
  switch (target->kind)
    {
    case HR_HIT_PARTITION:
      *rect = (HrRect) { self->metrics.margin, block.top, self->metrics.key_width, block.height };
      return TRUE;
    case HR_HIT_ROW:
      return get_row_place (self, &block, target->row, rect);
    case HR_HIT_CELL:
      return get_row_place (self, &block, target->row, rect) && get_cell_place (self, target->column, rect);
    case HR_HIT_HEADER:
      return get_header_place (self, &block, target, rect);
    case HR_HIT_PAGE_LINE:
      return get_page_line_place (self, &block, target->row, rect);
    case HR_HIT_NONE:
    case HR_HIT_MINIMAP:
    case HR_HIT_LEGEND:
    case HR_HIT_LINK:
      return FALSE;
    }
  return FALSE;
}

/* Moves */

typedef struct
{
  const HrTableLayout *table;
  HrBlock block;
  HrHit from;
  HrHit *to;
  guint64 slot;
} Move;

static gboolean
has_cell (const HrTableLayout *self, guint column, guint entity)
{
  return (column > 0 || self->has_sort_key) && column < self->columns->len
         && hr_table_column_is_shown (hr_table_get_column (self, column), entity);
}

/* The column at the place of @wanted in a row of this entity; FALSE when such rows have no cells. */
static gboolean
find_nearest_column (const HrTableLayout *self, guint wanted, guint entity, guint *column)
{
  const HrTableColumn *place = hr_table_get_column (self, MIN (wanted, self->columns->len - 1));
  double nearest = G_MAXDOUBLE;

  if (has_cell (self, wanted, entity))
    {
      *column = wanted;
      return TRUE;
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      double distance = fabs (hr_table_get_column (self, i)->x - place->x);

      if (has_cell (self, i, entity) && distance < nearest)
        {
          nearest = distance;
          *column = i;
        }
    }
  return nearest < G_MAXDOUBLE;
}

static gboolean
get_entity (const HrTableLayout *self, const HrBlock *block, guint64 number, guint *entity)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrRowView view;

  if (!hr_table_fetch_row (self, block, number, arena, &view, NULL))
    return FALSE;
  *entity = view.row.entity;
  return TRUE;
}

/* To a row of a block, in the column nearest to the one that the move came from. */
static gboolean
go_to_slot (Move *self, const HrBlock *block, guint64 slot, guint column)
{
  HrHit to = { .kind = HR_HIT_ROW, .partition = block->position };
  guint entity;

  if (block->n_slots == 0)
    to = (HrHit) { .kind = HR_HIT_PARTITION, .partition = block->position };
  else
    {
      to.row = hr_table_slot_to_number (self->table, block, MIN (slot, block->n_slots - 1));
      if (self->from.kind != HR_HIT_ROW && get_entity (self->table, block, to.row, &entity)
          && find_nearest_column (self->table, column, entity, &to.column))
        to.kind = HR_HIT_CELL;
    }
  *self->to = to;
  return TRUE;
}

static gboolean
go_to_block (Move *self, guint64 position, gboolean to_end, guint column)
{
  HrBlock block;

  if (!hr_table_get_block (self->table, position, &block))
    return FALSE;
  return go_to_slot (self, &block, to_end && block.n_slots > 0 ? block.n_slots - 1 : 0, column);
}

static gboolean
go_to_partition (Move *self, guint64 position)
{
  HrBlock block;

  if (!hr_table_get_block (self->table, position, &block))
    return FALSE;
  *self->to = (HrHit) { .kind = HR_HIT_PARTITION, .partition = position };
  return TRUE;
}

static gboolean
move_sideways (Move *self, int direction)
{
  const HrTableLayout *table = self->table;
  gint64 column = self->from.kind == HR_HIT_CELL ? (gint64) self->from.column : -1;
  guint entity;

  if (self->from.kind == HR_HIT_PARTITION)
    return direction > 0 && self->block.n_slots > 0 && go_to_slot (self, &self->block, 0, 0);
  if (!get_entity (table, &self->block, self->from.row, &entity))
    return FALSE;
  for (column += direction; column >= 0 && column < table->columns->len; column += direction)
    if (has_cell (table, (guint) column, entity))
      {
        *self->to = (HrHit) { HR_HIT_CELL, self->from.partition, self->from.row, (guint) column, HR_SIDE_TABLE };
        return TRUE;
      }
  return direction < 0 && go_to_partition (self, self->from.partition);
}

static gboolean
move_along (Move *self, int direction)
{
  guint64 position = self->from.partition;

  if (self->from.kind == HR_HIT_PARTITION)
    return (direction > 0 || position > 0) && go_to_partition (self, position + direction);
  if (direction > 0 && self->slot + 1 < self->block.n_slots)
    return go_to_slot (self, &self->block, self->slot + 1, self->from.column);
  if (direction < 0 && self->slot > 0)
    return go_to_slot (self, &self->block, self->slot - 1, self->from.column);
  return (direction > 0 || position > 0) && go_to_block (self, position + direction, direction < 0, self->from.column);
}

static gboolean
move_partition (Move *self, int direction)
{
  guint64 position = self->from.partition;

  if (self->from.kind == HR_HIT_PARTITION)
    return move_along (self, direction);
  /* up goes to the start of this one first, as editors do with paragraphs */
  if (direction < 0 && self->slot > 0)
    return go_to_slot (self, &self->block, 0, self->from.column);
  return (direction > 0 || position > 0) && go_to_block (self, position + direction, FALSE, self->from.column);
}

/* To the row that stands a page away. */
static gboolean
move_page (Move *self, double distance)
{
  const HrTableLayout *table = self->table;
  HrBlock block;
  guint64 position;
  guint64 row;
  HrRect rect;
  double y;

  if (!hr_table_layout_get_rect ((HrTableLayout *) table, &self->from, &rect))
    return FALSE;
  y = CLAMP (rect.y + distance, 0, hr_table_layout_get_height (table));
  if (!hr_table_locate_block (table, y, &position) || !hr_table_get_block (table, position, &block))
    return FALSE;
  if (self->from.kind == HR_HIT_PARTITION)
    return go_to_partition (self, position);
  row = hr_table_locate_row (table, &block, y - block.top);
  return go_to_slot (self, &block, hr_table_number_to_slot (table, &block, row), self->from.column);
}

static gboolean
move_to_row_edge (Move *self, gboolean to_end)
{
  const HrTableLayout *table = self->table;
  guint64 number = self->from.kind == HR_HIT_PARTITION ? hr_table_slot_to_number (table, &self->block, 0)
                                                          : self->from.row;
  gboolean found = FALSE;
  guint entity;

  if (self->block.n_slots == 0 || !get_entity (table, &self->block, number, &entity))
    return FALSE;
  for (guint i = 0; i < table->columns->len && (to_end || !found); i++)
    if (has_cell (table, i, entity))
      {
        *self->to = (HrHit) { HR_HIT_CELL, self->from.partition, number, i, HR_SIDE_TABLE };
        found = TRUE;
      }
  return found;
}

static gboolean
move_to_table_end (Move *self)
{
  guint64 n_blocks = hr_table_get_n_blocks (self->table);
  HrHit end;

  if (n_blocks == 0 || !go_to_block (self, n_blocks - 1, TRUE, 0))
    return FALSE;
  end = *self->to;
  if (end.kind == HR_HIT_PARTITION || !hr_table_get_block (self->table, end.partition, &self->block))
    return TRUE;
  self->from = end;
  move_to_row_edge (self, TRUE);
  return TRUE;
}

gboolean
hr_table_layout_move (HrTableLayout *self, const HrHit *from, HrMove move, double page_height, HrHit *to)
{
  Move state = { .table = self, .from = *from, .to = to };

  if (self->look.outline == NULL)
    return FALSE;
  if (move == HR_MOVE_TABLE_END)
    return move_to_table_end (&state);
  if (move == HR_MOVE_TABLE_START || from->kind == HR_HIT_NONE
      || !hr_table_get_block (self, from->partition, &state.block))
    {
      state.from.kind = HR_HIT_NONE;
      return go_to_block (&state, 0, FALSE, 0);
    }
  if (from->kind != HR_HIT_PARTITION)
    state.slot = hr_table_number_to_slot (self, &state.block, from->row);

  switch (move)
    {
    case HR_MOVE_LEFT:
      return move_sideways (&state, -1);
    case HR_MOVE_RIGHT:
      return move_sideways (&state, 1);
    case HR_MOVE_UP:
      return move_along (&state, -1);
    case HR_MOVE_DOWN:
      return move_along (&state, 1);
    case HR_MOVE_PARTITION_UP:
      return move_partition (&state, -1);
    case HR_MOVE_PARTITION_DOWN:
      return move_partition (&state, 1);
    case HR_MOVE_PAGE_UP:
      return move_page (&state, -page_height);
    case HR_MOVE_PAGE_DOWN:
      return move_page (&state, page_height);
    case HR_MOVE_ROW_START:
      return move_to_row_edge (&state, FALSE);
    case HR_MOVE_ROW_END:
      return move_to_row_edge (&state, TRUE);
    case HR_MOVE_TABLE_START:
    case HR_MOVE_TABLE_END:
      return FALSE;
    }
  return FALSE;
}

static char *
dup_partition_text (const HrPartition *partition)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < partition->n_keys; i++)
    {
      g_autofree char *text = hr_cell_dup_text (&partition->keys[i]);

      if (i > 0)
        g_string_append_c (joined, '\t');
      g_string_append (joined, text);
    }
  return g_string_free (joined, FALSE);
}

static char *
dup_value_text (HrTableLayout *self, const HrBlock *block, const HrHit *target)
{
  const HrTableColumn *column = hr_table_get_column (self, target->column);
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrValue *value;
  HrRowView view;

  if (column == NULL || !hr_table_fetch_row (self, block, target->row, arena, &view, NULL))
    return NULL;
  value = hr_table_get_value (column, &view.row.item);
  return value != NULL ? hr_cell_dup_text (value) : g_strdup ("");
}

char *
hr_table_layout_dup_cell_text (HrTableLayout *self, const HrHit *target)
{
  HrBlock block;

  if (self->look.outline == NULL || !hr_table_get_block (self, target->partition, &block))
    return NULL;
  switch (target->kind)
    {
    case HR_HIT_PARTITION:
      return dup_partition_text (&block.partition);
    case HR_HIT_CELL:
      return dup_value_text (self, &block, target);
    case HR_HIT_HEADER:
      return g_strdup (hr_table_layout_get_column_name (self, target->column));
    case HR_HIT_NONE:
    case HR_HIT_ROW:
    case HR_HIT_PAGE_LINE:
    case HR_HIT_MINIMAP:
    case HR_HIT_LEGEND:
    case HR_HIT_LINK:
      return NULL;
    }
  return NULL;
}
