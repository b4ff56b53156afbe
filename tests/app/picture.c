/*
 * A picture of what a window shows: no screen has to be read, so that it is the same wherever it is taken.
 *
 * Popovers and dialogs are surfaces of their own, which a widget's paintable leaves out: they are drawn where they
 * stand.
 */
#include "tests/app/picture.h"

#define SHADE     0.5f /* of a window behind a dialog */
#define CORNER_PX 12

static void
draw (GtkSnapshot *snapshot, GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

static void
draw_popover (GtkSnapshot *snapshot, GtkWidget *popover)
{
  GdkPopup *popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (popover)));
  GtkNative *parent = gtk_widget_get_native (gtk_widget_get_parent (popover));
  double x, y, parent_x, parent_y;

  gtk_native_get_surface_transform (GTK_NATIVE (popover), &x, &y);
  gtk_native_get_surface_transform (parent, &parent_x, &parent_y);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (gdk_popup_get_position_x (popup) + x - parent_x,
                                                          gdk_popup_get_position_y (popup) + y - parent_y));
  draw (snapshot, popover);
  gtk_snapshot_restore (snapshot);
}

static void
draw_popovers (GtkSnapshot *snapshot, GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    draw_popover (snapshot, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    draw_popovers (snapshot, child);
}

static void
draw_dialog (GtkSnapshot *snapshot, GtkWidget *window, GtkWidget *dialog)
{
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  int own_width = gtk_widget_get_width (dialog), own_height = gtk_widget_get_height (dialog);
  const graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, own_width, own_height);
  GskRoundedRect corners;

  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 0, 0, 0, SHADE }, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((width - own_width) / 2, (height - own_height) / 2));
  gtk_snapshot_push_rounded_clip (snapshot, gsk_rounded_rect_init_from_rect (&corners, &place, CORNER_PX));
  draw (snapshot, dialog);
  draw_popovers (snapshot, dialog);
  gtk_snapshot_pop (snapshot);
}

gboolean
hr_picture_save (GtkWidget *window, GtkWidget *dialog, const char *path)
{
  const graphene_rect_t place =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (window), gtk_widget_get_height (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  draw (snapshot, window);
  draw_popovers (snapshot, window);
  if (dialog != NULL)
    draw_dialog (snapshot, window, dialog);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &place);
  return gdk_texture_save_to_png (texture, path);
}
