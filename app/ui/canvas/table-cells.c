/*
 * What assistive tools see of the canvas.
 *
 * GTK 4.8 lets only widgets be accessible, so each visible target of the scene has one, without looks and
 * out of the pointer's way. Widgets are kept by what they stand for: a row that stays in sight keeps its
 * widget, and with it the keyboard's focus; others are used again. Cells are children of their row.
 */
#include "app/ui/canvas/table-cells.h"

#include <math.h>
#include <string.h>

#define HR_TYPE_TABLE_CELL (hr_table_cell_get_type ())
G_DECLARE_FINAL_TYPE (HrTableCell, hr_table_cell, HR, TABLE_CELL, GtkWidget)

struct _HrTableCell
{
  GtkWidget parent_instance;

  HrHit target;
  HrRect rect;      /* in the scene */
  char *label;      /* owned */
  gboolean is_used; /* by the scene that is being taken over */
  int is_selected;  /* as assistive tools know it; -1: not yet */
};

G_DEFINE_FINAL_TYPE (HrTableCell, hr_table_cell, GTK_TYPE_WIDGET)

#define SPARE_MAX 256

struct _HrTableCells
{
  /* borrowed */
  GtkWidget *canvas;

  GHashTable *shown;   /* HrTableCell as a set by target: all but the cells of rows */
  GPtrArray *spare[HR_HIT_LINK + 1]; /* HrTableCell, hidden, by kind */
  HrHit selected;
  double scale;
  double offset_y;
  HrCellsSelectedFunc is_selected_func; /* of the scene that is being taken over, */
  gpointer user_data;
  HrTableCell *last;   /* where the next one goes behind while a scene is taken over */
  HrTableCell *row;    /* whose cells come */
};

static void
hr_table_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
}

static void
hr_table_cell_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (hr_table_cell_parent_class)->dispose (object);
}

static void
hr_table_cell_finalize (GObject *object)
{
  g_free (HR_TABLE_CELL (object)->label);
  G_OBJECT_CLASS (hr_table_cell_parent_class)->finalize (object);
}

static void
hr_table_cell_class_init (HrTableCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hr_table_cell_dispose;
  object_class->finalize = hr_table_cell_finalize;
  widget_class->size_allocate = hr_table_cell_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "tablecell");
}

static void
hr_table_cell_init (HrTableCell *self)
{
  self->is_selected = -1;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

static HrTableCell *
cell_new (HrHitKind kind)
{
  static const GtkAccessibleRole roles[] = {
    [HR_HIT_PARTITION] = GTK_ACCESSIBLE_ROLE_ROW_HEADER,
    [HR_HIT_HEADER] = GTK_ACCESSIBLE_ROLE_COLUMN_HEADER,
    [HR_HIT_ROW] = GTK_ACCESSIBLE_ROLE_ROW,
    [HR_HIT_CELL] = GTK_ACCESSIBLE_ROLE_GRID_CELL,
    [HR_HIT_PAGE_LINE] = GTK_ACCESSIBLE_ROLE_LABEL,
  };

  return g_object_new (HR_TYPE_TABLE_CELL, "accessible-role", roles[kind], NULL);
}

static void
cell_set (HrTableCell *self, const HrRect *rect, const HrHit *target, const char *label)
{
  self->rect = *rect;
  self->target = *target;
  if (g_strcmp0 (self->label, label) == 0)
    return;

  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
}

static void
cell_set_selected (HrTableCell *self, gboolean is_selected)
{
  if (self->is_selected == is_selected)
    return;
  self->is_selected = is_selected;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, is_selected, -1);
}

static guint
hash_cell (gconstpointer data)
{
  const HrHit *target = &((const HrTableCell *) data)->target;

  return ((guint) target->partition * 31 + (guint) target->row) * 31 + target->column * 7 + target->kind;
}

static gboolean
target_equal (const HrHit *a, const HrHit *b)
{
  return a->kind == b->kind && a->partition == b->partition && a->row == b->row && a->column == b->column
         && a->side == b->side;
}

static gboolean
equal_cells (gconstpointer a, gconstpointer b)
{
  return target_equal (&((const HrTableCell *) a)->target, &((const HrTableCell *) b)->target);
}

HrTableCells *
hr_table_cells_new (GtkWidget *canvas)
{
  HrTableCells *self = g_new0 (HrTableCells, 1);

  self->canvas = canvas;
  self->shown = g_hash_table_new (hash_cell, equal_cells);
  for (guint i = 0; i < G_N_ELEMENTS (self->spare); i++)
    self->spare[i] = g_ptr_array_new ();
  self->scale = 1;
  return self;
}

void
hr_table_cells_free (HrTableCells *self)
{
  GtkWidget *child;

  if (self == NULL)
    return;
  g_hash_table_unref (self->shown);
  for (guint i = 0; i < G_N_ELEMENTS (self->spare); i++)
    g_ptr_array_unref (self->spare[i]);
  while ((child = gtk_widget_get_first_child (self->canvas)) != NULL)
    gtk_widget_unparent (child);
  g_free (self);
}

static HrTableCell *
find_shown (HrTableCells *self, const HrHit *target)
{
  /* Only the target is looked at. */
  HrTableCell key = { .target = *target };

  return g_hash_table_lookup (self->shown, &key);
}

static void
place_last (HrTableCells *self, HrTableCell *cell)
{
  GtkWidget *widget = GTK_WIDGET (cell);
  GtkWidget *before = self->last != NULL ? GTK_WIDGET (self->last) : NULL;

  if (gtk_widget_get_parent (widget) == NULL || gtk_widget_get_prev_sibling (widget) != before)
    gtk_widget_insert_after (widget, self->canvas, before);
  self->last = cell;
}

static HrTableCell *
take_spare (HrTableCells *self, HrHitKind kind)
{
  GPtrArray *spare = self->spare[kind];
  HrTableCell *cell;

  if (spare->len == 0)
    return cell_new (kind);
  cell = g_ptr_array_steal_index_fast (spare, spare->len - 1);
  gtk_widget_set_visible (GTK_WIDGET (cell), TRUE);
  return cell;
}

static HrTableCell *
find_cell_of_row (HrTableCell *row, guint column)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (row)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (HR_TABLE_CELL (child)->target.column == column)
      return HR_TABLE_CELL (child);
  return NULL;
}

/* Cells follow their row in the scene. */
static void
take_cell (HrTableCells *self, const HrRect *rect, const HrHit *target, const char *label)
{
  HrTableCell *cell;

  if (self->row == NULL)
    return;
  cell = find_cell_of_row (self->row, target->column);
  if (cell == NULL)
    {
      cell = cell_new (HR_HIT_CELL);
      gtk_widget_insert_before (GTK_WIDGET (cell), GTK_WIDGET (self->row), NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (cell), TRUE);
  cell->is_used = TRUE;
  cell_set (cell, rect, target, label);
}

static void
take_target (const HrRect *rect, const HrHit *target, const char *label, gpointer user_data)
{
  HrTableCells *self = user_data;
  HrTableCell *cell;

  if (target->kind == HR_HIT_CELL)
    {
      take_cell (self, rect, target, label);
      return;
    }
  if (target->kind < HR_HIT_PARTITION || target->kind > HR_HIT_PAGE_LINE)
    return;

  cell = find_shown (self, target);
  if (cell == NULL)
    {
      cell = take_spare (self, target->kind);
      cell_set (cell, rect, target, label);
      g_hash_table_add (self->shown, cell);
    }
  cell_set (cell, rect, target, label);
  cell->is_used = TRUE;
  place_last (self, cell);
  self->row = target->kind == HR_HIT_ROW ? cell : NULL;
  if (self->row != NULL)
    cell_set_selected (cell, self->is_selected_func (target, self->user_data));
}

static gboolean
is_selected_row (HrTableCells *self, const HrHit *target)
{
  HrHitKind kind = self->selected.kind == HR_HIT_PARTITION ? HR_HIT_PARTITION : HR_HIT_ROW;

  return target->kind == kind && self->selected.kind != HR_HIT_NONE
         && target->partition == self->selected.partition && target->row == self->selected.row
         && target->side == self->selected.side;
}

static gboolean
begin_cell (gpointer key, gpointer value, gpointer user_data)
{
  HrTableCell *cell = key;

  cell->is_used = FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (cell)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    HR_TABLE_CELL (child)->is_used = FALSE;
  return FALSE;
}

static void
hide_unused_cells (HrTableCell *row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (row)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!HR_TABLE_CELL (child)->is_used)
      gtk_widget_set_visible (child, FALSE);
}

/* TRUE takes it out of what is shown. */
static gboolean
end_cell (gpointer key, gpointer value, gpointer user_data)
{
  HrTableCells *self = user_data;
  HrTableCell *cell = key;
  GPtrArray *spare = self->spare[cell->target.kind];

  if (cell->is_used)
    hide_unused_cells (cell);
  if (cell->is_used || is_selected_row (self, &cell->target))
    return FALSE;

  if (spare->len < SPARE_MAX)
    {
      gtk_widget_set_visible (GTK_WIDGET (cell), FALSE);
      g_ptr_array_add (spare, cell);
    }
  else
    gtk_widget_unparent (GTK_WIDGET (cell));
  return TRUE;
}

GtkWidget *
hr_table_cells_get_focus_cell (HrTableCells *self)
{
  HrHit target = self->selected;
  HrTableCell *row;
  HrTableCell *cell;

  if (target.kind == HR_HIT_NONE)
    return NULL;
  target.kind = target.kind == HR_HIT_PARTITION ? HR_HIT_PARTITION : HR_HIT_ROW;
  target.column = 0;
  row = find_shown (self, &target);
  if (row == NULL || target.kind == HR_HIT_PARTITION)
    return (GtkWidget *) row;
  cell = find_cell_of_row (row, self->selected.column);
  if (cell == NULL)
    cell = find_cell_of_row (row, 0);
  return cell != NULL ? GTK_WIDGET (cell) : NULL;
}

/* One cell takes the focus. It moves there before the cell that had it gives it up, so that it never leaves
 * the canvas. */
static void
move_focus (HrTableCells *self, GtkWidget *old)
{
  GtkWidget *cell = hr_table_cells_get_focus_cell (self);
  gboolean had_focus = old != NULL && gtk_widget_has_focus (old);

  if (cell == old)
    return;
  if (cell != NULL)
    gtk_widget_set_focusable (cell, TRUE);
  if (cell != NULL && had_focus)
    gtk_widget_grab_focus (cell);
  if (old != NULL)
    gtk_widget_set_focusable (old, FALSE);
}

void
hr_table_cells_update (HrTableCells *self, const HrScene *scene, const HrHit *selected,
                       HrCellsSelectedFunc is_selected, gpointer user_data)
{
  GtkWidget *old = hr_table_cells_get_focus_cell (self);

  self->selected = *selected;
  self->is_selected_func = is_selected;
  self->user_data = user_data;
  self->last = NULL;
  self->row = NULL;
  g_hash_table_foreach_remove (self->shown, begin_cell, NULL);
  hr_scene_foreach_target (scene, take_target, self);
  move_focus (self, old);
  g_hash_table_foreach_remove (self->shown, end_cell, self);
  gtk_widget_queue_allocate (self->canvas);
}

static void
allocate_cell (HrTableCell *cell, double x, double y, double scale)
{
  GtkAllocation place = {
    .x = (int) floor (x),
    .y = (int) floor (y),
    .width = MAX (1, (int) ceil (cell->rect.width * scale)),
    .height = MAX (1, (int) ceil (cell->rect.height * scale)),
  };

  gtk_widget_measure (GTK_WIDGET (cell), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (cell), &place, -1);
}

void
hr_table_cells_allocate (HrTableCells *self, double scale, double offset_y)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      HrTableCell *cell = key;

      allocate_cell (cell, cell->rect.x * scale, cell->rect.y * scale + offset_y, scale);
      for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (cell)); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          const HrRect *rect = &HR_TABLE_CELL (child)->rect;

          if (gtk_widget_get_visible (child))
            allocate_cell (HR_TABLE_CELL (child), (rect->x - cell->rect.x) * scale,
                           (rect->y - cell->rect.y) * scale, scale);
        }
    }
}
