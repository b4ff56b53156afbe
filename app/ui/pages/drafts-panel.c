/*
 * HrDraftsPanel: a list of what has no place in the table yet.
 *
 * Rows are made anew when drafts change, once the main loop is idle: the editor of a cell is never taken away under its
 * own signal. Where the focus was, or what is to be edited next, is told by the draft's ordinal and the attribute.
 */
#include "app/ui/pages/drafts-panel.h"

#include <string.h>

#include "app/session/figures.h"
#include "app/session/item-actions.h"
#include "app/ui/canvas/cell-editor.h"
#include "app/ui/editing/fixes.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "app/ui/pieces/toasts.h"
#include "app/ui/pieces/tooltip.h"
#include "app/ui/pieces/wrap-layout.h"
#include "model/base/buffer.h"
#include "model/base/i18n.h"
#include "model/schema/compose.h"
#include "model/schema/target.h"
#include "model/value/edit-text.h"
#include "render/cell-text.h"

#define ROWS_MAX 100
#define HEIGHT_MAX 200
#define HEIGHT_LEAST 60
#define HEIGHT_SHARE 6 /* of the window's height: one in so many */
#define REASON_HEIGHT 20 /* of one line of text at least: a label alone is a px higher in a given width */
#define VALUE_CHARS_MAX 28
#define EDITOR_WIDTH 240

struct _HrDraftsPanel
{
  GtkWidget parent_instance;

  /* owned */
  HrSession *session;
  HrEditedItem *edited_item; /* that the editor is about */
  char *wanted_name;    /* the cell that gets the focus, or NULL */
  gint64 wanted;        /* its draft; -1: none */
  guint update_idle;
  guint fit_idle;
  gboolean edits_wanted;
  gboolean is_following;

  /* children */
  GtkWidget *box;
  GtkWidget *count;
  GtkWidget *list;
  GtkWidget *scroller;
  GtkWidget *editor;    /* in the place of a cell, or NULL */
  GtkWidget *edited;    /* that cell */
};

G_DEFINE_FINAL_TYPE (HrDraftsPanel, hr_drafts_panel, GTK_TYPE_WIDGET)

static guint left_signal;

static void start_editing (HrDraftsPanel *self, GtkWidget *cell);

/* What rows and cells stand for is kept with them. */

static gint64
get_ordinal (gpointer widget)
{
  const gint64 *ordinal = g_object_get_data (G_OBJECT (widget), "hr-ordinal");

  return ordinal != NULL ? *ordinal : -1;
}

static void
set_ordinal (GtkWidget *widget, gint64 ordinal)
{
  g_object_set_data_full (G_OBJECT (widget), "hr-ordinal", g_memdup2 (&ordinal, sizeof ordinal), g_free);
}

static const char *
get_name (GtkWidget *cell)
{
  return g_object_get_data (G_OBJECT (cell), "hr-name");
}

static GtkWidget *
get_row_of (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);
}

static GtkWidget *
find_row (HrDraftsPanel *self, gint64 ordinal)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (get_ordinal (row) == ordinal)
      return GTK_WIDGET (row);
  return NULL;
}

static GtkWidget *
find_cell (GtkWidget *row, const char *name)
{
  GtkWidget *cells = g_object_get_data (G_OBJECT (row), "hr-cells");

  for (GtkWidget *cell = gtk_widget_get_first_child (cells); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    if (name == NULL || g_strcmp0 (get_name (cell), name) == 0)
      return cell;
  return NULL;
}

/* Editing */

static void
end_editing (HrDraftsPanel *self)
{
  GtkWidget *editor = g_steal_pointer (&self->editor);

  if (editor == NULL)
    return;
  gtk_widget_set_visible (editor, FALSE); /* with which it is no longer active */
  gtk_widget_set_visible (self->edited, TRUE);
  gtk_widget_unparent (editor);
  g_clear_pointer (&self->edited_item, hr_edited_item_free);
  self->edited = NULL;
}

static void
want (HrDraftsPanel *self, GtkWidget *cell, gboolean edits)
{
  g_free (self->wanted_name);
  self->wanted_name = cell != NULL ? g_strdup (get_name (cell)) : NULL;
  self->wanted = cell != NULL ? get_ordinal (get_row_of (cell)) : -1;
  self->edits_wanted = edits;
}

/* The wanted cell gets the focus, if it is still there. */
static void
take_wanted (HrDraftsPanel *self)
{
  GtkWidget *row = self->wanted >= 0 ? find_row (self, self->wanted) : NULL;
  GtkWidget *cell = row != NULL ? find_cell (row, self->wanted_name) : NULL;
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (cell != NULL && self->edits_wanted)
    start_editing (self, cell);
  else if (cell != NULL)
    gtk_widget_grab_focus (cell);
  else if (self->wanted >= 0 && first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
  else if (self->wanted >= 0)
    g_signal_emit (self, left_signal, 0);
  want (self, NULL, FALSE);
}

static GtkWidget *
get_neighbour (HrDraftsPanel *self, HrCellEnd end)
{
  GtkWidget *next = NULL;

  if (end == HR_CELL_NEXT)
    next = gtk_widget_get_next_sibling (self->editor); /* which stands behind its cell */
  else if (end == HR_CELL_PREVIOUS)
    next = gtk_widget_get_prev_sibling (self->edited);
  return next != NULL ? next : self->edited;
}

static void
finished_cb (HrCellEditor *editor, guint end, HrDraftsPanel *self)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  guint64 generation = hr_session_get_generation (self->session);
  g_autoptr (GError) error = NULL;
  GtkWidget *next;

  if (self->editor != GTK_WIDGET (editor) || self->edited_item == NULL)
    return;
  text = hr_cell_editor_dup_text (editor);
  name = g_strdup (get_name (self->edited));
  next = get_neighbour (self, end);
  if (end != HR_CELL_STAY && hr_widget_has_focus_inside (self->editor))
    want (self, next, end != HR_CELL_CANCEL && next != self->edited);
  if (end != HR_CELL_CANCEL
      && !hr_edited_item_set_text (self->edited_item, self->session, name, hr_cell_editor_get_value_type (editor),
                                   text, &error))
    {
      want (self, NULL, FALSE);
      hr_cell_editor_set_error (editor, error->message);
      return;
    }
  if (hr_session_get_generation (self->session) != generation)
    return; /* other rows are on their way */
  g_object_ref (editor);
  end_editing (self);
  g_object_unref (editor);
  take_wanted (self);
}

static void
start_editing (HrDraftsPanel *self, GtkWidget *cell)
{
  const HrTable *table = hr_session_get_table (self->session);
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_auto (HrBuffer) text = HR_BUFFER_INIT;
  const char *name = get_name (cell);
  const HrDraft *draft;
  const HrValue *value;
  HrValue item;
  HrType type;

  end_editing (self);
  hr_session_select_draft (self->session, get_ordinal (get_row_of (cell)));
  if (table == NULL || !hr_item_get_selected (self->session, arena, &item, &draft))
    return;
  value = hr_item_get_field (table, hr_table_guess_entity (table, &item), &item, name, arena, &type);
  if (value != NULL)
    hr_value_to_edit_text (value, TRUE, &text);
  hr_buffer_append_char (&text, '\0');
  self->edited = cell;
  self->edited_item = hr_edited_item_new (self->session);
  self->editor = hr_cell_editor_new ();
  gtk_widget_set_size_request (self->editor, EDITOR_WIDTH, -1);
  gtk_widget_insert_after (self->editor, gtk_widget_get_parent (cell), cell);
  gtk_widget_set_visible (cell, FALSE);
  g_signal_connect_object (self->editor, "finished", G_CALLBACK (finished_cb), self, 0);
  hr_cell_editor_start (HR_CELL_EDITOR (self->editor), name, type, text.data, FALSE);
}

static void
cell_clicked_cb (GtkWidget *cell, HrDraftsPanel *self)
{
  if (self->editor == NULL)
    {
      start_editing (self, cell);
      return;
    }
  want (self, cell, TRUE);
  hr_cell_editor_finish (HR_CELL_EDITOR (self->editor));
}

/* Rows */

static void
add_cell (HrDraftsPanel *self, GtkWidget *cells, const char *name, const HrValue *value, gboolean is_key)
{
  GtkWidget *cell = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  g_autofree char *text = value != NULL ? hr_cell_dup_text (value) : g_strdup ("–");
  g_autofree char *label = g_strdup_printf (value != NULL ? "%s: %s" : _("%s: missing"), name, text);
  GtkWidget *title = hr_label_new (name, "hr-mono dim-label");
  GtkWidget *shown = hr_label_new (text, "hr-mono");

  gtk_label_set_ellipsize (GTK_LABEL (shown), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (shown), VALUE_CHARS_MAX);
  /* no baseline: with one, the height of names in two fonts would depend on the width */
  gtk_widget_set_valign (title, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (shown, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), shown);
  gtk_button_set_child (GTK_BUTTON (cell), line);
  gtk_widget_add_css_class (cell, "hr-draft-cell");
  if (value == NULL)
    gtk_widget_add_css_class (cell, is_key ? "missing" : "dim-label");
  hr_tooltip_set (cell, label);
  hr_a11y_set_label (cell, label);
  g_object_set_data_full (G_OBJECT (cell), "hr-name", g_strdup (name), g_free);
  g_signal_connect_object (cell, "clicked", G_CALLBACK (cell_clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (cells), cell);
}

/* Keys, what the entity declares, then the rest. */
static void
add_cells (HrDraftsPanel *self, GtkWidget *cells, const HrTable *table, const HrValue *item)
{
  const HrEntity *entity = hr_table_guess_entity (table, item);
  const GPtrArray *declared = entity != NULL ? entity->attributes : NULL;
  const GPtrArray *const lists[] = { table->partition_key, table->sort_key, declared };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; lists[i] != NULL && j < lists[i]->len; j++)
      {
        const HrAttribute *attribute = g_ptr_array_index (lists[i], j);
        const HrValue *value = hr_map_get (item, attribute->name, strlen (attribute->name));

        if ((value != NULL || !attribute->optional) && (i < 2 || !hr_table_is_key (table, attribute->name)))
          add_cell (self, cells, attribute->name, value, i < 2);
      }
  for (guint i = 0; i < item->length; i++)
    {
      g_autofree char *name = g_strndup (item->members[i].name, item->members[i].name_length);

      if (!hr_table_is_key (table, name) && (entity == NULL || hr_attributes_find (entity->attributes, name) == NULL))
        add_cell (self, cells, name, &item->members[i].value, FALSE);
    }
}

static void
remove_cb (GtkWidget *button, HrDraftsPanel *self)
{
  g_autoptr (GError) error = NULL;

  self->wanted = get_ordinal (get_row_of (button));
  hr_session_select_draft (self->session, self->wanted);
  if (!hr_item_remove (self->session, &error))
    hr_toast (button, error->message);
}

static GtkWidget *
new_remove_button (HrDraftsPanel *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("hr-cross-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  hr_tooltip_set (button, _("Remove the draft"));
  hr_a11y_set_label (button, _("Remove the draft"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  return button;
}

static GtkWidget *
new_reason (HrDraftsPanel *self, const HrDraft *draft)
{
  const HrConcern concern = { HR_TARGET_TABLE, draft->table, NULL, NULL, draft->ordinal, NULL };
  GtkWidget *fix = hr_fix_button_new (self->session, draft->code, &concern);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = hr_text_label_new (NULL, "hr-caption");
  g_autofree char *text = g_strdup_printf (_("Refused: %s"), draft->reason);

  hr_label_set_words (GTK_LABEL (label), text);
  gtk_box_append (GTK_BOX (line), hr_icon_new ("hr-warning-symbolic"));
  gtk_box_append (GTK_BOX (line), label);
  if (fix != NULL)
    gtk_box_append (GTK_BOX (line), fix);
  gtk_widget_add_css_class (line, "hr-warning");
  gtk_widget_add_css_class (line, "hr-draft-reason");
  gtk_widget_set_size_request (line, -1, REASON_HEIGHT);
  return line;
}

static GtkWidget *
new_row (HrDraftsPanel *self, const HrTable *table, const HrDraft *draft)
{
  const HrItemRef ref = { draft->table, NULL, draft->ordinal };
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *cells = hr_wrap_box_new (6);
  g_autofree char *label = g_strdup_printf (_("Draft: %s"), draft->reason);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item;

  set_ordinal (row, draft->ordinal);
  g_object_set_data (G_OBJECT (row), "hr-cells", cells);
  if (hr_document_get_entry (hr_session_get_document (self->session), &ref, arena, &item, NULL, NULL))
    add_cells (self, cells, table, &item);
  else
    {
      GtkWidget *json = hr_label_new (draft->json, "hr-mono");

      gtk_label_set_ellipsize (GTK_LABEL (json), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (lines), json);
    }
  gtk_box_append (GTK_BOX (lines), cells);
  gtk_box_append (GTK_BOX (lines), new_reason (self, draft));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (line), hr_swatch_new (HR_ENTITY_NONE, 12));
  gtk_box_append (GTK_BOX (line), lines);
  gtk_box_append (GTK_BOX (line), new_remove_button (self));
  gtk_widget_add_css_class (line, "hr-draft");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  hr_a11y_set_label (row, label);
  return row;
}

static guint
fill (HrDraftsPanel *self, HrDocument *document, const HrTable *table)
{
  guint n = 0;

  for (guint i = 0; i < hr_document_get_n_drafts (document); i++)
    {
      const HrDraft *draft = hr_document_get_draft (document, i);

      if (strcmp (draft->table, table->name) == 0 && n++ < ROWS_MAX)
        gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, table, draft));
    }
  return n;
}

static void
follow_selection (HrDraftsPanel *self)
{
  gint64 ordinal;
  GtkWidget *row = hr_session_get_selected_draft (self->session, &ordinal) ? find_row (self, ordinal) : NULL;

  self->is_following = TRUE;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row != NULL ? GTK_LIST_BOX_ROW (row) : NULL);
  self->is_following = FALSE;
}

/* The cell or row with the focus, to be found again. */
static void
remember_focus (HrDraftsPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, self->list) ? get_row_of (focus) : NULL;

  if (self->wanted >= 0 || row == NULL)
    return;
  self->wanted = get_ordinal (row);
  g_free (self->wanted_name);
  self->wanted_name = g_strdup (get_name (focus));
}

/* As high as its rows, up to a limit. */
static void
fit_height (HrDraftsPanel *self)
{
  int width = gtk_widget_get_width (self->list), minimum, natural;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int most = root != NULL ? gtk_widget_get_height (GTK_WIDGET (root)) / HEIGHT_SHARE : HEIGHT_MAX;

  gtk_widget_measure (self->list, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_measure (self->list, GTK_ORIENTATION_VERTICAL, MAX (width, minimum), NULL, &natural, NULL, NULL);
  most = CLAMP (most, HEIGHT_LEAST, HEIGHT_MAX);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), MIN (natural, most));
}

static gboolean
fit_height_cb (gpointer user_data)
{
  HrDraftsPanel *self = user_data;

  self->fit_idle = 0;
  fit_height (self);
  return G_SOURCE_REMOVE;
}

/* While places are given, none may change. */
static void
width_changed_cb (HrDraftsPanel *self)
{
  if (self->fit_idle == 0)
    self->fit_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_height_cb, self, NULL);
}

static void
update_now (HrDraftsPanel *self)
{
  HrDocument *document = hr_session_get_document (self->session);
  const HrTable *table = hr_session_get_table (self->session);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  remember_focus (self);
  end_editing (self);
  self->is_following = TRUE;
  hr_widget_remove_children (self->list);
  self->is_following = FALSE;
  if (document != NULL && table != NULL && !hr_session_is_busy (self->session))
    n = fill (self, document, table);
  number = hr_figure_number (n);
  text = n > ROWS_MAX ? g_strdup_printf (_("%s drafts, the first %u are shown"), number, ROWS_MAX)
                      : g_strdup_printf (ngettext_ ("%s draft", "%s drafts", n), number);
  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  fit_height (self);
  follow_selection (self);
  take_wanted (self);
}

static gboolean
update_cb (gpointer user_data)
{
  HrDraftsPanel *self = user_data;

  self->update_idle = 0;
  update_now (self);
  return G_SOURCE_REMOVE;
}

static void
update (HrDraftsPanel *self)
{
  if (self->update_idle == 0)
    self->update_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
document_changed_cb (HrDraftsPanel *self, const HrDocumentChange *change)
{
  if (change->drafts_changed || change->model_changed)
    update (self);
}

static void
row_selected_cb (GtkListBox *list, GtkListBoxRow *row, HrDraftsPanel *self)
{
  if (row != NULL && !self->is_following)
    hr_session_select_draft (self->session, get_ordinal (row));
}

/* Enter edits what is missing, else the first value. */
static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, HrDraftsPanel *self)
{
  GtkWidget *cells = g_object_get_data (G_OBJECT (row), "hr-cells");
  GtkWidget *cell = gtk_widget_get_first_child (cells);

  while (cell != NULL && !gtk_widget_has_css_class (cell, "missing"))
    cell = gtk_widget_get_next_sibling (cell);
  if (cell == NULL)
    cell = gtk_widget_get_first_child (cells);
  if (cell != NULL)
    start_editing (self, cell);
}

static void
hr_drafts_panel_dispose (GObject *object)
{
  HrDraftsPanel *self = HR_DRAFTS_PANEL (object);

  g_clear_handle_id (&self->update_idle, g_source_remove);
  g_clear_handle_id (&self->fit_idle, g_source_remove);
  end_editing (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->wanted_name, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_drafts_panel_parent_class)->dispose (object);
}

static void
hr_drafts_panel_class_init (HrDraftsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_drafts_panel_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "draftspanel");
  left_signal = g_signal_new ("left", HR_TYPE_DRAFTS_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hr_drafts_panel_init (HrDraftsPanel *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *note = hr_label_new (_("The service would refuse these items: mend them, and they go to their places."),
                                  "hr-caption dim-label");

  self->wanted = -1;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->count = hr_label_new (NULL, "heading");
  self->list = gtk_list_box_new ();
  self->scroller = gtk_scrolled_window_new ();
  gtk_label_set_ellipsize (GTK_LABEL (note), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (head), self->count);
  gtk_box_append (GTK_BOX (head), note);
  gtk_widget_add_css_class (head, "hr-drafts-head");
  gtk_widget_add_css_class (self->list, "hr-drafts");
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), FALSE);
  hr_a11y_set_label (self->list, _("Drafts"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  g_signal_connect_swapped (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
                            "notify::page-size", G_CALLBACK (width_changed_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
}

GtkWidget *
hr_drafts_panel_new (HrSession *session)
{
  HrDraftsPanel *self = g_object_new (HR_TYPE_DRAFTS_PANEL, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "document-changed", G_CALLBACK (document_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::document", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::table", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (follow_selection), self, G_CONNECT_SWAPPED);
  update_now (self);
  return GTK_WIDGET (self);
}
