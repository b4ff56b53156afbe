/*
 * HrPalette: search and commands (Ctrl+K).
 *
 * The list is made anew at each key press: names at once, items as they are found between two rounds of the main loop.
 * What was used last comes first while nothing has been typed.
 */
#include "app/ui/window/palette.h"

#include "app/session/edit-target.h"
#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/actions.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/window/palette-search.h"
#include "model/base/i18n.h"

#define RESULTS_MAX   60
#define ITEMS_MAX     20
#define RECENT_MAX    8
#define WIDTH         560
#define HEIGHT_MAX    420

struct _HrPalette
{
  GtkPopover parent_instance;

  /* owned */
  HrSession *session;
  GPtrArray *found;      /* HrFound, a row each */
  GPtrArray *recent;     /* const HrAction*, the latest first */
  HrItemSearch *search;  /* or NULL */
  guint search_idle;
  gboolean wants_first;  /* Return was pressed before anything was found: then the first that is */
  GtkWidget *returns_to; /* weak: what had the focus */

  /* children */
  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *scroller;
  GtkWidget *nothing;
};

G_DEFINE_FINAL_TYPE (HrPalette, hr_palette, GTK_TYPE_POPOVER)

static const char *const kind_icons[] = {
  [HR_FOUND_COMMAND] = "hr-command-symbolic", [HR_FOUND_RUN] = "hr-play-symbolic",
  [HR_FOUND_TABLE] = "hr-table-symbolic",     [HR_FOUND_ENTITY] = "hr-design-symbolic",
  [HR_FOUND_ATTRIBUTE] = "hr-key-symbolic",   [HR_FOUND_INDEX] = "hr-index-symbolic",
  [HR_FOUND_PATTERN] = "hr-patterns-symbolic", [HR_FOUND_ITEM] = "hr-note-symbolic",
};

static GtkWidget *
new_row (const HrFound *found)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *title = hr_label_new (found->title, found->kind == HR_FOUND_ITEM ? "hr-mono" : NULL);
  g_autofree char *keys = found->action != NULL ? hr_actions_dup_keys (found->action->name) : NULL;
  const char *detail = keys != NULL ? keys : found->detail;
  g_autofree char *name = NULL;

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), hr_icon_new (kind_icons[found->kind]));
  gtk_box_append (GTK_BOX (box), title);
  if (detail != NULL && *detail != '\0')
    {
      GtkWidget *label = hr_label_new (detail, "caption dim-label");

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  name = detail != NULL && *detail != '\0' ? g_strdup_printf ("%s, %s", found->title, detail) : g_strdup (found->title);
  hr_a11y_set_label (row, name);
  return row;
}

static void
select_row (HrPalette *self, int number)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), number);
  graphene_rect_t place;
  GtkAdjustment *adjustment;

  if (row == NULL)
    return;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), self->list, &place))
    gtk_adjustment_clamp_page (adjustment, place.origin.y, place.origin.y + place.size.height);
}

static void
show_row (HrPalette *self, guint number)
{
  gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (g_ptr_array_index (self->found, number)));
  if (number == 0)
    select_row (self, 0);
}

static void
update_nothing (HrPalette *self)
{
  gtk_widget_set_visible (self->nothing, self->found->len == 0 && self->search == NULL);
  gtk_widget_set_visible (self->scroller, self->found->len > 0);
}

static void
end_search (HrPalette *self)
{
  g_clear_handle_id (&self->search_idle, g_source_remove);
  g_clear_pointer (&self->search, hr_item_search_free);
  self->wants_first = FALSE;
}

static void activate (HrPalette *self, GtkListBoxRow *row);

static gboolean
search_cb (gpointer user_data)
{
  HrPalette *self = user_data;
  guint before = self->found->len;
  gboolean more = hr_item_search_step (self->search, self->found, MIN (RESULTS_MAX, before + ITEMS_MAX));

  for (guint i = before; i < self->found->len; i++)
    show_row (self, i);
  if (self->wants_first && self->found->len > 0)
    {
      self->search_idle = 0;
      activate (self, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
      return G_SOURCE_REMOVE;
    }
  if (more && self->found->len < RESULTS_MAX)
    return G_SOURCE_CONTINUE;
  self->search_idle = 0;
  end_search (self);
  update_nothing (self);
  return G_SOURCE_REMOVE;
}

/* While nothing has been typed, what was used last stands first. */
static void
put_recent_first (HrPalette *self)
{
  for (guint i = 0; i < self->found->len; i++)
    {
      HrFound *found = g_ptr_array_index (self->found, i);
      guint place;

      found->score = -(int) i;
      if (g_ptr_array_find (self->recent, found->action, &place))
        found->score = (int) (RECENT_MAX - place);
    }
}

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  return (*(HrFound *const *) b)->score - (*(HrFound *const *) a)->score;
}

static void
update (HrPalette *self)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  end_search (self);
  hr_widget_remove_children (self->list);
  g_ptr_array_unref (self->found);
  self->found = hr_palette_search (self->session, query, RESULTS_MAX);
  if (*query == '\0' || (*query == '>' && query[1] == '\0'))
    {
      put_recent_first (self);
      g_ptr_array_sort (self->found, compare_scores);
    }
  for (guint i = 0; i < self->found->len; i++)
    show_row (self, i);
  self->search = hr_item_search_new (self->session, query);
  if (self->search != NULL)
    self->search_idle = g_idle_add (search_cb, self);
  update_nothing (self);
}

static void
remember (HrPalette *self, const HrAction *action)
{
  g_ptr_array_remove (self->recent, (gpointer) action);
  g_ptr_array_insert (self->recent, 0, (gpointer) action);
  if (self->recent->len > RECENT_MAX)
    g_ptr_array_set_size (self->recent, RECENT_MAX);
}

static void
activate_command (HrPalette *self, GtkWidget *window, const HrAction *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (action->name, &name, &target, NULL))
    return;
  remember (self, action);
  gtk_widget_activate_action_variant (window, name, target);
}

static void
show_found (HrPalette *self, GtkWidget *window, const HrFound *found)
{
  HrSession *session = self->session;

  switch (found->kind)
    {
    case HR_FOUND_COMMAND:
      activate_command (self, window, found->action);
      break;
    case HR_FOUND_RUN:
      hr_session_select_pattern (session, found->name);
      gtk_widget_activate_action (window, "win.run-pattern", NULL);
      break;
    case HR_FOUND_TABLE:
    case HR_FOUND_INDEX:
      hr_session_show_table (session, found->table, found->name);
      g_object_set (session, "view", "table", NULL);
      break;
    case HR_FOUND_ATTRIBUTE:
      gtk_widget_activate_action_variant (window, "win.edit-target", hr_target_to_variant (found->target));
      break;
    case HR_FOUND_ENTITY:
      hr_session_show_table (session, found->table, NULL);
      hr_session_select_entity (session, found->name);
      g_object_set (session, "view", "design", NULL);
      break;
    case HR_FOUND_PATTERN:
      hr_session_select_pattern (session, found->name);
      g_object_set (session, "view", "patterns", NULL);
      break;
    case HR_FOUND_ITEM:
      hr_session_show_table (session, found->table, NULL);
      g_object_set (session, "view", "table", NULL);
      hr_session_select_item (session, &found->key, 0);
      break;
    }
}

static void
activate (HrPalette *self, GtkListBoxRow *row)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  int number = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  g_autoptr (GPtrArray) found = NULL;

  if (number < 0 || (guint) number >= self->found->len)
    return;
  end_search (self);
  found = g_ptr_array_ref (self->found);
  gtk_popover_popdown (GTK_POPOVER (self));
  show_found (self, window, g_ptr_array_index (found, number));
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, HrPalette *self)
{
  activate (self, row);
}

static void
entry_activated_cb (HrPalette *self)
{
  self->wants_first = self->found->len == 0 && self->search != NULL;
  activate (self, gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)));
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, HrPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int number = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  int last = (int) self->found->len - 1;

  switch (key)
    {
    case GDK_KEY_Down:
      select_row (self, number < last ? number + 1 : 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      select_row (self, number > 0 ? number - 1 : last);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      gtk_popover_popdown (GTK_POPOVER (self));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
hr_palette_closed (GtkPopover *popover)
{
  HrPalette *self = HR_PALETTE (popover);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  end_search (self);
  if (self->returns_to != NULL && gtk_widget_get_mapped (self->returns_to))
    gtk_widget_grab_focus (self->returns_to);
  g_clear_weak_pointer (&self->returns_to);
}

/* Also when its button is pressed. */
static void
hr_palette_show (GtkWidget *widget)
{
  HrPalette *self = HR_PALETTE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  g_set_weak_pointer (&self->returns_to, root != NULL ? gtk_root_get_focus (root) : NULL);
  update (self);
  GTK_WIDGET_CLASS (hr_palette_parent_class)->show (widget);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

void
hr_palette_open (HrPalette *self, const char *text)
{
  g_return_if_fail (HR_IS_PALETTE (self) && text != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_popover_popup (GTK_POPOVER (self));
}

static void
hr_palette_dispose (GObject *object)
{
  HrPalette *self = HR_PALETTE (object);

  end_search (self);
  g_clear_weak_pointer (&self->returns_to);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hr_palette_parent_class)->dispose (object);
}

static void
hr_palette_finalize (GObject *object)
{
  HrPalette *self = HR_PALETTE (object);

  g_ptr_array_unref (self->found);
  g_ptr_array_unref (self->recent);
  G_OBJECT_CLASS (hr_palette_parent_class)->finalize (object);
}

static void
hr_palette_class_init (HrPaletteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_palette_dispose;
  G_OBJECT_CLASS (klass)->finalize = hr_palette_finalize;
  GTK_WIDGET_CLASS (klass)->show = hr_palette_show;
  GTK_POPOVER_CLASS (klass)->closed = hr_palette_closed;
}

static void
hr_palette_init (HrPalette *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_found_free);
  self->recent = g_ptr_array_new ();
  self->entry = gtk_search_entry_new ();
  self->list = gtk_list_box_new ();
  self->scroller = gtk_scrolled_window_new ();
  self->nothing = hr_label_new (_("Nothing is called that."), "dim-label hr-palette-nothing");

  g_object_set (self->entry, "placeholder-text", _("Search, or > for commands, # for keys"), NULL);
  hr_a11y_set_label (self->entry, _("Search and commands"));
  hr_a11y_set_label (self->list, _("Found"));
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "hr-palette-list");
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), HEIGHT_MAX);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_END); /* it is wider than what is left of the window */
  gtk_widget_add_css_class (GTK_WIDGET (self), "hr-palette");

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activated_cb), self);
  /* not "search-changed", which comes after keys that are waiting: Return is about what has been typed before it */
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (update), self);
}

GtkWidget *
hr_palette_new (HrSession *session)
{
  HrPalette *self = g_object_new (HR_TYPE_PALETTE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
