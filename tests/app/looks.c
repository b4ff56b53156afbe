/*
 * Walks over the widgets of a window as they stand on the screen.
 *
 * A text is ours when it has an accent: in the made-up language every text of ours has, and the data of the sample
 * have none. Places are clipped by whatever scrolls, so that what is scrolled away is nowhere.
 */
#include "tests/app/looks.h"

#include <adwaita.h>
#include <string.h>

#include "app/ui/pieces/tooltip.h"
#include "app/ui/window/sidebar.h"

/* Rounded corners of layout. */
#define TOLERANCE_PX 1.5f
#define TEXT_SHOWN   60

typedef struct
{
  GtkWidget *widget;
  graphene_rect_t place;
} Piece;

typedef struct
{
  GtkWidget *window;
  HrLookFlags wanted;
  const char *own;
  GPtrArray *findings;
  GArray *pieces;
  gboolean is_ours; /* no window of the library, which has a language of its own */
} Walk;

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return gtk_button_get_label (GTK_BUTTON (widget));
  return hr_tooltip_get (widget);
}

/* From the inside out, as far as a reader needs it. */
static char *
describe (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);
  GtkWidget *each = widget;

  for (guint i = 0; i < 4 && each != NULL; i++, each = gtk_widget_get_parent (each))
    g_string_append_printf (text, "%s%s", i > 0 ? " in " : "", G_OBJECT_TYPE_NAME (each));
  if (get_text (widget) != NULL)
    g_string_append_printf (text, " “%.*s”", TEXT_SHOWN, get_text (widget));
  return g_string_free (text, FALSE);
}

static void G_GNUC_PRINTF (3, 4)
report (Walk *walk, GtkWidget *widget, const char *format, ...)
{
  g_autofree char *where = describe (widget);
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (walk->findings, g_strdup_printf ("%s: %s", what, where));
}

static gboolean
is_ours (const char *text)
{
  for (const char *each = text; *each != '\0'; each = g_utf8_next_char (each))
    {
      gunichar letter = g_utf8_get_char (each);

      if (letter >= 0xc0 && letter < 0x180)
        return TRUE;
    }
  return FALSE;
}

/* Words of the service, names of programs, keys and attributes; numbers, units and letters of patterns are no words. */
static gboolean
is_term (const char *text)
{
  static const char *const terms[] = { "pk", "sk", "GSI", "LSI", "RCU", "WCU", "JSON", "PartiQL", "Query", "Scan",
                                       "Ctrl", "Shift", "Alt", "Esc", "Delete", "DynamoDB", "Hashrange", "TTL",
                                       "aws dynamodb", ".json", "#", "_", "my-table" };
  guint n_letters = 0, n_small = 0;

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    if (strstr (text, terms[i]) != NULL)
      return TRUE;
  for (const char *each = text; *each != '\0'; each++)
    {
      n_letters += g_ascii_isalpha (*each) != 0;
      n_small += g_ascii_islower (*each) != 0;
    }
  return n_letters < 4 || n_small == 0;
}

static gboolean
is_nobodys (const char *text, const char *own)
{
  return is_term (text) || strstr (own, text) != NULL;
}

/* One, or several with room between them. */
static gboolean
are_nobodys (const char *text, const char *own)
{
  g_auto (GStrv) parts = g_strsplit (text, "  ", -1);
  guint n_others = 0;

  for (char **part = parts; *part != NULL; part++)
    n_others += !is_nobodys (*part, own);
  return n_others == 0 || is_nobodys (text, own);
}

static void
check_text (Walk *walk, GtkWidget *widget)
{
  const char *text = gtk_label_get_text (GTK_LABEL (widget));
  /* a value between our words is what is shortened in the middle */
  gboolean is_sentence = gtk_label_get_ellipsize (GTK_LABEL (widget)) != PANGO_ELLIPSIZE_MIDDLE;

  if ((((walk->wanted & HR_LOOK_CUT_OFF) != 0 && is_sentence && is_ours (text))
       || ((walk->wanted & HR_LOOK_SHORTENED) != 0 && gtk_widget_get_ancestor (widget, HR_TYPE_SIDEBAR) != NULL))
      && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    report (walk, widget, "cut off");
  if ((walk->wanted & HR_LOOK_UNTRANSLATED) != 0 && walk->is_ours && !is_ours (text)
      && !are_nobodys (text, walk->own))
    report (walk, widget, "not translated");
}

static gboolean
has_text_inside (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text_inside (child))
      return TRUE;
  return FALSE;
}

/* Parts of the library's own widgets: the whole has the name. */
static gboolean
is_part (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return parent == NULL || GTK_IS_MENU_BUTTON (parent) || GTK_IS_SPIN_BUTTON (parent) || GTK_IS_ENTRY (parent)
         || GTK_IS_SEARCH_ENTRY (parent) || GTK_IS_DROP_DOWN (parent)
         || gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL
         || gtk_widget_get_ancestor (widget, GTK_TYPE_INFO_BAR) != NULL
         || (GTK_IS_TEXT (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL);
}

static gboolean
can_be_used (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_EDITABLE (widget)
         || GTK_IS_LIST_BOX_ROW (widget) || GTK_IS_RANGE (widget) || GTK_IS_DROP_DOWN (widget)
         || GTK_IS_TEXT_VIEW (widget)
         || (gtk_widget_get_focusable (widget)
             && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_GRID);
}

static void
check_name (Walk *walk, GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (!can_be_used (widget) || is_part (widget) || !gtk_widget_get_focusable (widget))
    return;
  if (gtk_accessible_get_accessible_role (accessible) == GTK_ACCESSIBLE_ROLE_WIDGET)
    report (walk, widget, "no role");
  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY)
      && hr_tooltip_get (widget) == NULL && !has_text_inside (widget))
    report (walk, widget, "no name");
}

/* Which way the widget may run out of its window, because something can be scrolled. */
static void
find_scrolling (GtkWidget *widget, gboolean *across, gboolean *down)
{
  for (GtkWidget *each = gtk_widget_get_parent (widget); each != NULL; each = gtk_widget_get_parent (each))
    if (GTK_IS_SCROLLED_WINDOW (each))
      {
        GtkPolicyType horizontal, vertical;

        gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (each), &horizontal, &vertical);
        *across |= horizontal != GTK_POLICY_NEVER;
        *down |= vertical != GTK_POLICY_NEVER;
      }
}

static void
check_edges (Walk *walk, GtkWidget *widget, const graphene_rect_t *place)
{
  float width = gtk_widget_get_width (walk->window), height = gtk_widget_get_height (walk->window);
  gboolean across = FALSE, down = FALSE;

  find_scrolling (widget, &across, &down);
  if ((!across && (place->origin.x < -TOLERANCE_PX
                   || place->origin.x + place->size.width > width + TOLERANCE_PX))
      || (!down && (place->origin.y < -TOLERANCE_PX
                    || place->origin.y + place->size.height > height + TOLERANCE_PX)))
    report (walk, widget, "outside of the window (%.0f, %.0f, %.0f × %.0f)", place->origin.x, place->origin.y,
            place->size.width, place->size.height);
}

/* What can be seen of it: every ancestor that scrolls cuts. FALSE: nothing. */
static gboolean
clip (Walk *walk, GtkWidget *widget, graphene_rect_t *place)
{
  for (GtkWidget *each = gtk_widget_get_parent (widget); each != NULL && each != walk->window;
       each = gtk_widget_get_parent (each))
    {
      graphene_rect_t frame;

      if ((GTK_IS_SCROLLABLE (each) || gtk_widget_get_overflow (each) == GTK_OVERFLOW_HIDDEN)
          && gtk_widget_compute_bounds (each, walk->window, &frame)
          && !graphene_rect_intersection (place, &frame, place))
        return FALSE;
    }
  return place->size.width > TOLERANCE_PX && place->size.height > TOLERANCE_PX;
}

/* An entry row shows its title in two sizes, one at a time, on top of each other; what is only said is not seen. */
static gboolean
is_piece (GtkWidget *widget)
{
  if ((gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL && GTK_IS_LABEL (widget))
      || gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_ALERT)
    return FALSE;
  return (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0') || GTK_IS_IMAGE (widget)
         || GTK_IS_TEXT (widget) || GTK_IS_SWITCH (widget);
}

/* Of an entry, its line: it is as high as it is given. */
static void
shrink_to_line (GtkWidget *widget, graphene_rect_t *place)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "X");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  if (height < place->size.height)
    graphene_rect_inset (place, 0, (place->size.height - height) / 2);
}

static void
visit (Walk *walk, GtkWidget *widget)
{
  Piece piece = { .widget = widget };

  if (!gtk_widget_get_mapped (widget) || (GTK_IS_NATIVE (widget) && widget != walk->window))
    return;
  if (GTK_IS_LABEL (widget))
    check_text (walk, widget);
  if ((walk->wanted & HR_LOOK_UNNAMED) != 0)
    check_name (walk, widget);
  if (is_piece (widget) && gtk_widget_compute_bounds (widget, walk->window, &piece.place))
    {
      if ((walk->wanted & HR_LOOK_OUTSIDE) != 0)
        check_edges (walk, widget, &piece.place);
      if (GTK_IS_TEXT (widget))
        shrink_to_line (widget, &piece.place);
      if (clip (walk, widget, &piece.place))
        g_array_append_val (walk->pieces, piece);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    visit (walk, child);
}

/* What lies over the rest on purpose: toasts, drawers that are open, children of an overlay. */
static GtkWidget *
get_layer (GtkWidget *widget)
{
  GtkWidget *layer = NULL;

  for (GtkWidget *each = widget; each != NULL; each = gtk_widget_get_parent (each))
    {
      GtkWidget *parent = gtk_widget_get_parent (each);

      if ((GTK_IS_OVERLAY (parent) && gtk_overlay_get_child (GTK_OVERLAY (parent)) != each)
          || (ADW_IS_TOAST_OVERLAY (parent) && adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (parent)) != each)
          || (ADW_IS_FLAP (parent) && adw_flap_get_flap (ADW_FLAP (parent)) == each))
        layer = each;
    }
  return layer;
}

static void
check_overlaps (Walk *walk)
{
  for (guint i = 0; i < walk->pieces->len; i++)
    for (guint j = i + 1; j < walk->pieces->len; j++)
      {
        const Piece *a = &g_array_index (walk->pieces, Piece, i), *b = &g_array_index (walk->pieces, Piece, j);
        graphene_rect_t both;

        if (graphene_rect_intersection (&a->place, &b->place, &both) && both.size.width > TOLERANCE_PX
            && both.size.height > TOLERANCE_PX && get_layer (a->widget) == get_layer (b->widget)
            && !gtk_widget_is_ancestor (a->widget, b->widget) && !gtk_widget_is_ancestor (b->widget, a->widget))
          {
            g_autofree char *other = describe (b->widget);

            report (walk, a->widget, "lies over %s", other);
          }
      }
}

/* The child that needs most of the room, down to what has no children. */
static void
describe_demand (GtkWidget *widget, GtkOrientation orientation, GString *text)
{
  int least, most = 0;
  GtkWidget *widest = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_measure (child, orientation, -1, &least, NULL, NULL, NULL);
      if (gtk_widget_get_mapped (child) && least > most)
        {
          most = least;
          widest = child;
        }
    }
  if (widest == NULL)
    return;
  g_string_append_printf (text, " > %s %d", G_OBJECT_TYPE_NAME (widest), most);
  if (get_text (widest) != NULL)
    g_string_append_printf (text, " “%s”", get_text (widest));
  describe_demand (widest, orientation, text);
}

static void
check_size (Walk *walk, GtkOrientation orientation, int found, int wanted)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (found == wanted)
    return;
  describe_demand (walk->window, orientation, text);
  report (walk, walk->window, "%d px instead of %d, for%s", found, wanted, text->str);
}

GPtrArray *
hr_look_find (GtkWidget *window, int width, int height, HrLookFlags wanted, const char *own)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  Walk walk = { .window = window, .wanted = wanted, .own = own, .pieces = pieces };

  walk.is_ours = !GTK_IS_SHORTCUTS_WINDOW (window) && !ADW_IS_ABOUT_WINDOW (window);
  walk.findings = g_ptr_array_new_with_free_func (g_free);
  if (width > 0)
    {
      check_size (&walk, GTK_ORIENTATION_HORIZONTAL, gtk_widget_get_width (window), width);
      check_size (&walk, GTK_ORIENTATION_VERTICAL, gtk_widget_get_height (window), height);
    }
  visit (&walk, window);
  if ((wanted & HR_LOOK_OVERLAP) != 0)
    check_overlaps (&walk);
  return walk.findings;
}
