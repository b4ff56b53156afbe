/*
 * HrTemplateEntry: a real text field whose variables look like chips.
 *
 * The text is the template as it is written, so that cursor, selection, input methods and assistive tools work as
 * everywhere; attributes of Pango colour what stands in braces and, while nobody writes, make the braces themselves
 * vanish; the chips are drawn behind it, where the text says that they are. The popover with names follows the word
 * behind the last open brace.
 */
#include "app/ui/editing/template-entry.h"

#include <adwaita.h>
#include <string.h>

#include "app/session/words.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/pieces.h"
#include "model/base/i18n.h"
#include "model/document/template-help.h"

#define OFFERED_MAX 8
#define MONO_SCALE  0.9 /* monospace beside other text, as in the style sheet */
#define CHIP_RADIUS 5
#define CHIP_OUTSET 3 /* above and below the text */

struct _HrTemplateEntry
{
  GtkWidget parent_instance;

  /* owned */
  HrEntity *entity;   /* or NULL: nothing is offered */

  gboolean has_focus;

  /* children */
  GtkWidget *text;    /* GtkText */
  GtkWidget *popover;
  GtkWidget *list;
};

static void editable_init (GtkEditableInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HrTemplateEntry, hr_template_entry, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_EDITABLE, editable_init))

static guint done_signal;

static GtkEditable *
get_delegate (GtkEditable *editable)
{
  return GTK_EDITABLE (HR_TEMPLATE_ENTRY (editable)->text);
}

static void
editable_init (GtkEditableInterface *interface)
{
  interface->get_delegate = get_delegate;
}

static const char *
get_text (HrTemplateEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

/* Colours */

static void
insert (PangoAttrList *list, PangoAttribute *attribute, gsize start, gsize end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static guint16
to_16_bits (float part)
{
  return (guint16) (CLAMP (part, 0, 1) * G_MAXUINT16);
}

static gboolean
find_color (HrTemplateEntry *self, const char *name, GdkRGBA *color)
{
  return gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, color);
}

static void
insert_color (HrTemplateEntry *self, PangoAttrList *list, const char *name, gsize start, gsize end)
{
  GdkRGBA color;

  if (find_color (self, name, &color))
    insert (list,
            pango_attr_foreground_new (to_16_bits (color.red), to_16_bits (color.green), to_16_bits (color.blue)),
            start, end);
}

/* A brace is there for whoever writes, and else only a little room at the ends of the chip. */
static void
insert_brace (HrTemplateEntry *self, PangoAttrList *list, gsize at)
{
  insert (list, pango_attr_foreground_alpha_new (self->has_focus ? 0x7000 : 1), at, at + 1);
  if (!self->has_focus)
    insert (list, pango_attr_scale_new (0.5), at, at + 1);
}

/* The next variable from *@end on, with its braces; one that is not closed goes to the end. */
static gboolean
find_variable (const char *text, gsize *start, gsize *end)
{
  for (gsize at = *end; text[at] != '\0'; at++)
    {
      const char *close;

      if (text[at] != '{')
        continue;
      if (text[at + 1] == '{')
        {
          at++;
          continue;
        }
      close = strchr (text + at, '}');
      *start = at;
      *end = close != NULL ? (gsize) (close - text) + 1 : strlen (text);
      return TRUE;
    }
  return FALSE;
}

static void
update_look (HrTemplateEntry *self)
{
  const char *text = get_text (self);
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  gsize length = strlen (text), start, end = 0;

  insert (list, pango_attr_family_new ("monospace"), 0, length);
  insert (list, pango_attr_scale_new (MONO_SCALE), 0, length);
  insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), 0, length);
  while (find_variable (text, &start, &end))
    {
      insert (list, pango_attr_weight_new (PANGO_WEIGHT_NORMAL), start, end);
      insert_color (self, list, "hr_chip_text", start, end);
      insert_brace (self, list, start);
      if (text[end - 1] == '}')
        insert_brace (self, list, end - 1);
    }
  gtk_text_set_attributes (GTK_TEXT (self->text), list);
}

static float
get_x (HrTemplateEntry *self, gsize at, graphene_rect_t *cursor)
{
  const char *text = get_text (self);

  gtk_text_compute_cursor_extents (GTK_TEXT (self->text), (gsize) g_utf8_pointer_to_offset (text, text + at), cursor,
                                   NULL);
  return cursor->origin.x;
}

static void
draw_chip (HrTemplateEntry *self, GtkSnapshot *snapshot, gsize start, gsize end)
{
  const float widths[] = { 1, 1, 1, 1 };
  graphene_rect_t cursor, place;
  GskRoundedRect frame;
  GdkRGBA ground, line;
  float from = get_x (self, start, &cursor), to = get_x (self, end, &cursor);

  if (!find_color (self, "hr_chip_bg", &ground) || !find_color (self, "hr_chip_border", &line))
    return;
  place = GRAPHENE_RECT_INIT (from, cursor.origin.y - CHIP_OUTSET, to - from, cursor.size.height + 2 * CHIP_OUTSET);
  gsk_rounded_rect_init_from_rect (&frame, &place, CHIP_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  gtk_snapshot_append_color (snapshot, &ground, &place);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &frame, widths, (GdkRGBA[]) { line, line, line, line });
}

/* Completion */

static gsize
get_cursor (HrTemplateEntry *self)
{
  const char *text = get_text (self);

  return (gsize) (g_utf8_offset_to_pointer (text, gtk_editable_get_position (GTK_EDITABLE (self->text))) - text);
}

/* Where the variable that is being written begins, behind its brace; FALSE outside of one. */
static gboolean
find_open_variable (HrTemplateEntry *self, gsize *start)
{
  const char *text = get_text (self);
  gsize cursor = get_cursor (self);

  for (gsize at = cursor; at > 0; at--)
    {
      if (text[at - 1] == '}')
        return FALSE;
      if (text[at - 1] != '{')
        continue;
      *start = at;
      return at < 2 || text[at - 2] != '{';
    }
  return FALSE;
}

static void
complete (HrTemplateEntry *self, const char *name)
{
  GtkEditable *editable = GTK_EDITABLE (self->text);
  const char *text = get_text (self);
  gsize start, cursor = get_cursor (self);
  gboolean is_closed;
  g_autofree char *inserted = NULL;
  int first, position;

  if (!find_open_variable (self, &start))
    return;
  is_closed = text[cursor] == '}';
  inserted = g_strconcat (name, is_closed ? "" : "}", NULL);
  first = (int) g_utf8_pointer_to_offset (text, text + start);
  position = first;
  gtk_editable_delete_text (editable, first, gtk_editable_get_position (editable));
  gtk_editable_insert_text (editable, inserted, -1, &position);
  gtk_editable_set_position (editable, position + (is_closed ? 1 : 0));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
offered_cb (GtkListBox *list, GtkListBoxRow *row, HrTemplateEntry *self)
{
  complete (self, g_object_get_data (G_OBJECT (row), "name"));
}

static const char *
describe_candidate (const HrTemplateCandidate *candidate)
{
  if (candidate->is_key_part)
    return _("only in keys");
  return candidate->is_optional ? _("optional") : hr_type_describe (candidate->type);
}

static void
add_offer (HrTemplateEntry *self, const HrTemplateCandidate *candidate)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *name = hr_label_new (candidate->name, "hr-mono");

  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), hr_label_new (describe_candidate (candidate), "caption dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (candidate->name), g_free);
  hr_a11y_set_label (row, candidate->name);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
update_offers (HrTemplateEntry *self)
{
  g_autoptr (GArray) candidates = NULL;
  g_autofree char *word = NULL;
  guint n_offered = 0;
  GtkListBoxRow *first;
  gsize start;

  if (!self->has_focus || self->entity == NULL || !find_open_variable (self, &start))
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return;
    }
  word = g_strndup (get_text (self) + start, get_cursor (self) - start);
  hr_widget_remove_children (self->list);
  candidates = hr_template_complete (self->entity, word);
  for (guint i = 0; i < candidates->len && n_offered < OFFERED_MAX; i++)
    {
      const HrTemplateCandidate *candidate = &g_array_index (candidates, HrTemplateCandidate, i);

      if (strcmp (word, candidate->name) == 0)
        continue;
      add_offer (self, candidate);
      n_offered++;
    }
  first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
  if (first == NULL)
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return;
    }
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), first);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
select_offer (HrTemplateEntry *self, int step)
{
  GtkListBox *list = GTK_LIST_BOX (self->list);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (list, row != NULL ? gtk_list_box_row_get_index (row) + step : 0);

  if (next != NULL)
    gtk_list_box_select_row (list, next);
}

/* Backspace behind a chip selects it; the next one finds a selection, and deletes it as usual. */
static gboolean
select_chip (HrTemplateEntry *self)
{
  GtkEditable *editable = GTK_EDITABLE (self->text);
  const char *text = get_text (self);
  gsize cursor = get_cursor (self);
  const char *open;

  if (gtk_editable_get_selection_bounds (editable, NULL, NULL) || cursor == 0 || text[cursor - 1] != '}'
      || (cursor > 1 && text[cursor - 2] == '}'))
    return GDK_EVENT_PROPAGATE;
  open = g_strrstr_len (text, (gssize) cursor, "{");
  if (open == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_editable_select_region (editable, (int) g_utf8_pointer_to_offset (text, open),
                              gtk_editable_get_position (editable));
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, HrTemplateEntry *self)
{
  gboolean is_offering = gtk_widget_get_visible (self->popover);
  GtkListBoxRow *row = is_offering ? gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)) : NULL;

  if (key == GDK_KEY_BackSpace && (state & GDK_CONTROL_MASK) == 0)
    return select_chip (self);
  if (!is_offering)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_Up:
      select_offer (self, key == GDK_KEY_Down ? 1 : -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Tab:
      if (row != NULL)
        complete (self, g_object_get_data (G_OBJECT (row), "name"));
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
changed_cb (HrTemplateEntry *self)
{
  update_look (self);
  update_offers (self);
}

static void
focus_cb (HrTemplateEntry *self)
{
  self->has_focus = TRUE;
  update_look (self);
}

static void
leave_cb (HrTemplateEntry *self)
{
  self->has_focus = FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  update_look (self);
  g_signal_emit (self, done_signal, 0, FALSE);
}

void
hr_template_entry_finish (HrTemplateEntry *self)
{
  g_return_if_fail (HR_IS_TEMPLATE_ENTRY (self));

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, done_signal, 0, TRUE);
}

void
hr_template_entry_set_entity (HrTemplateEntry *self, const HrEntity *entity)
{
  g_return_if_fail (HR_IS_TEMPLATE_ENTRY (self));

  g_clear_pointer (&self->entity, hr_entity_free);
  self->entity = hr_entity_copy (entity);
}

static void
hr_template_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrTemplateEntry *self = HR_TEMPLATE_ENTRY (widget);

  gtk_widget_size_allocate (self->text, &(GtkAllocation){ 0, 0, width, height }, baseline);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
hr_template_entry_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (HR_TEMPLATE_ENTRY (widget)->text, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
hr_template_entry_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrTemplateEntry *self = HR_TEMPLATE_ENTRY (widget);
  gsize start, end = 0;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                         gtk_widget_get_height (widget)));
  while (find_variable (get_text (self), &start, &end))
    draw_chip (self, snapshot, start, end);
  gtk_snapshot_pop (snapshot);
  gtk_widget_snapshot_child (widget, self->text, snapshot);
}

static gboolean
hr_template_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (HR_TEMPLATE_ENTRY (widget)->text);
}

static void
hr_template_entry_dispose (GObject *object)
{
  HrTemplateEntry *self = HR_TEMPLATE_ENTRY (object);

  if (self->text != NULL)
    gtk_editable_finish_delegate (GTK_EDITABLE (self));
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  G_OBJECT_CLASS (hr_template_entry_parent_class)->dispose (object);
}

static void
hr_template_entry_finalize (GObject *object)
{
  HrTemplateEntry *self = HR_TEMPLATE_ENTRY (object);

  g_clear_pointer (&self->entity, hr_entity_free);
  G_OBJECT_CLASS (hr_template_entry_parent_class)->finalize (object);
}

static void
get_property (GObject *object, guint number, GValue *value, GParamSpec *spec)
{
  if (!gtk_editable_delegate_get_property (object, number, value, spec))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, number, spec);
}

static void
set_property (GObject *object, guint number, const GValue *value, GParamSpec *spec)
{
  if (!gtk_editable_delegate_set_property (object, number, value, spec))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, number, spec);
}

static void
hr_template_entry_class_init (HrTemplateEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hr_template_entry_dispose;
  object_class->finalize = hr_template_entry_finalize;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  widget_class->size_allocate = hr_template_entry_size_allocate;
  widget_class->measure = hr_template_entry_measure;
  widget_class->snapshot = hr_template_entry_snapshot;
  widget_class->grab_focus = hr_template_entry_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "templateentry");
  gtk_editable_install_properties (object_class, 1);
  done_signal = g_signal_new ("done", HR_TYPE_TEMPLATE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_BOOLEAN);
}

static void
make_popover (HrTemplateEntry *self)
{
  self->popover = gtk_popover_new ();
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "hr-palette-list");
  hr_a11y_set_label (self->list, _("Attributes"));
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->list);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (offered_cb), self);
}

static void
hr_template_entry_init (HrTemplateEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->text = gtk_text_new ();
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  gtk_editable_init_delegate (GTK_EDITABLE (self));
  /* keys are written from left to right in every language */
  gtk_widget_set_direction (self->text, GTK_TEXT_DIR_LTR);
  make_popover (self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->text, keys);
  gtk_widget_add_controller (self->text, focus);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->text, "notify::cursor-position", G_CALLBACK (update_offers), self);
  g_signal_connect_swapped (self->text, "activate", G_CALLBACK (hr_template_entry_finish), self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_look), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
hr_template_entry_new (void)
{
  return g_object_new (HR_TYPE_TEMPLATE_ENTRY, NULL);
}
