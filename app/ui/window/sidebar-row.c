/*
 * HrSidebarEntry, HrSidebarRow: see the header. What they say is decided by the sidebar.
 *
 * A list view has no headings in GTK 4.8. So the first row of a section shows its heading above itself: a row of its
 * own would be one more stop for the arrows, at which there is nothing. What is drawn around a row is drawn around the
 * line below the heading.
 */
#include "app/ui/window/sidebar-row.h"

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/swatch.h"
#include "app/ui/pieces/tooltip.h"

#define SWATCH_PX   10
#define TITLE_LINES 3

struct _HrSidebarRow
{
  GtkWidget parent_instance;

  /* owned */
  HrSidebarEntry *entry;

  /* children */
  GtkWidget *heading;
  GtkWidget *line;
  GtkWidget *mark;
  GtkWidget *title;
  GtkWidget *warning;
  GtkWidget *badge;
};

G_DEFINE_FINAL_TYPE (HrSidebarEntry, hr_sidebar_entry, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (HrSidebarRow, hr_sidebar_row, GTK_TYPE_WIDGET)

/* Entry */

HrSidebarEntry *
hr_sidebar_entry_new (HrSubject subject, const char *table, const char *name, const char *title, guint number,
                      const char *heading)
{
  HrSidebarEntry *self = g_object_new (HR_TYPE_SIDEBAR_ENTRY, NULL);

  self->subject = subject;
  self->table = g_strdup (table);
  self->name = g_strdup (name);
  self->title = g_strdup (title != NULL ? title : name);
  self->number = number;
  self->heading = heading;
  return self;
}

void
hr_sidebar_entry_set_badge (HrSidebarEntry *self, HrBadge badge, const char *text, const char *words)
{
  g_return_if_fail (HR_IS_SIDEBAR_ENTRY (self));

  self->badge = badge;
  g_free (self->badge_text);
  g_free (self->badge_words);
  self->badge_text = g_strdup (text);
  self->badge_words = g_strdup (words);
}

gboolean
hr_sidebar_entry_is_same (gconstpointer a, gconstpointer b)
{
  const HrSidebarEntry *x = a, *y = b;

  return x->subject == y->subject && x->number == y->number && g_strcmp0 (x->table, y->table) == 0
         && g_str_equal (x->name, y->name) && g_str_equal (x->title, y->title)
         && g_strcmp0 (x->heading, y->heading) == 0;
}

static void
hr_sidebar_entry_finalize (GObject *object)
{
  HrSidebarEntry *self = HR_SIDEBAR_ENTRY (object);

  g_free (self->table);
  g_free (self->name);
  g_free (self->title);
  g_free (self->badge_text);
  g_free (self->badge_words);
  G_OBJECT_CLASS (hr_sidebar_entry_parent_class)->finalize (object);
}

static void
hr_sidebar_entry_class_init (HrSidebarEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_sidebar_entry_finalize;
}

static void
hr_sidebar_entry_init (HrSidebarEntry *self)
{
  self->badge_text = g_strdup ("");
}

/* Row */

static GtkWidget *
new_mark (const HrSidebarEntry *entry)
{
  switch (entry->subject)
    {
    case HR_SUBJECT_ENTITY:
      return hr_swatch_new (entry->number, SWATCH_PX);
    case HR_SUBJECT_PATTERN:
      return hr_look_new_keycap (entry->name);
    case HR_SUBJECT_INDEX:
      return hr_icon_new ("hr-index-symbolic");
    case HR_SUBJECT_TABLE:
    case HR_SUBJECT_ITEM:
    case HR_SUBJECT_DRAFT:
    case HR_SUBJECT_NONE:
      break;
    }
  return hr_icon_new ("hr-table-symbolic");
}

/* The mark of a like entry is used again. */
static void
show_mark (HrSidebarRow *self, const HrSidebarEntry *entry)
{
  if (self->entry != NULL && self->entry->subject == entry->subject)
    {
      if (entry->subject == HR_SUBJECT_ENTITY)
        hr_swatch_set_entity (HR_SWATCH (self->mark), entry->number);
      else if (entry->subject == HR_SUBJECT_PATTERN)
        gtk_label_set_text (GTK_LABEL (self->mark), entry->name);
      return;
    }
  if (self->mark != NULL)
    gtk_box_remove (GTK_BOX (self->line), self->mark);
  self->mark = new_mark (entry);
  gtk_box_prepend (GTK_BOX (self->line), self->mark);
  if (entry->subject == HR_SUBJECT_ENTITY)
    gtk_widget_add_css_class (self->line, "hr-nested");
  else
    gtk_widget_remove_css_class (self->line, "hr-nested");
}

void
hr_sidebar_row_set_entry (HrSidebarRow *self, HrSidebarEntry *entry)
{
  GtkWidget *place = gtk_widget_get_parent (GTK_WIDGET (self));

  g_return_if_fail (HR_IS_SIDEBAR_ROW (self));

  show_mark (self, entry);
  gtk_label_set_text (GTK_LABEL (self->heading), entry->heading != NULL ? entry->heading : "");
  gtk_widget_set_visible (self->heading, entry->heading != NULL);
  gtk_label_set_text (GTK_LABEL (self->title), entry->title);
  if (place != NULL)
    hr_a11y_set_label (place, entry->title);
  g_set_object (&self->entry, entry);
  hr_sidebar_row_show_badge (self);
}

HrSidebarEntry *
hr_sidebar_row_get_entry (HrSidebarRow *self)
{
  return self->entry;
}

GtkWidget *
hr_sidebar_row_get_line (HrSidebarRow *self)
{
  return self->line;
}

void
hr_sidebar_row_show_badge (HrSidebarRow *self)
{
  GtkWidget *place = gtk_widget_get_parent (GTK_WIDGET (self));
  const HrSidebarEntry *entry = self->entry;

  gtk_label_set_text (GTK_LABEL (self->badge), entry->badge_text);
  gtk_widget_set_visible (self->warning, entry->badge == HR_BADGE_WARNING);
  if (entry->badge == HR_BADGE_STALE)
    gtk_widget_add_css_class (self->badge, "hr-stale");
  else
    gtk_widget_remove_css_class (self->badge, "hr-stale");
  if (place == NULL)
    return;
  hr_tooltip_set (place, entry->badge_words);
  hr_a11y_set_description (place, entry->badge_words != NULL ? entry->badge_words : entry->badge_text);
}

static void
hr_sidebar_row_dispose (GObject *object)
{
  HrSidebarRow *self = HR_SIDEBAR_ROW (object);

  g_clear_pointer (&self->heading, gtk_widget_unparent);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_object (&self->entry);
  G_OBJECT_CLASS (hr_sidebar_row_parent_class)->dispose (object);
}

static void
hr_sidebar_row_class_init (HrSidebarRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_sidebar_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "sidebarrow");
}

static void
hr_sidebar_row_init (HrSidebarRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->heading = hr_label_new ("", "hr-sidebar-section");
  gtk_widget_set_visible (self->heading, FALSE);
  gtk_widget_set_parent (self->heading, GTK_WIDGET (self));
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->line, "hr-sidebar-line");
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  /* large print breaks a name before it shortens it */
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, "wrap",
                              TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", TITLE_LINES, NULL);
  self->warning = hr_icon_new ("hr-warning-symbolic");
  gtk_widget_add_css_class (self->warning, "hr-warning");
  gtk_widget_set_visible (self->warning, FALSE);
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "hr-badge");
  gtk_box_append (GTK_BOX (self->line), self->title);
  gtk_box_append (GTK_BOX (self->line), self->warning);
  gtk_box_append (GTK_BOX (self->line), self->badge);
}

GtkWidget *
hr_sidebar_row_new (void)
{
  return g_object_new (HR_TYPE_SIDEBAR_ROW, NULL);
}
