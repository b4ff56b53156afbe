/* HrSidebarRow: see the header. What it says is decided by the sidebar. */
#include "app/ui/sidebar-row.h"

#include "app/ui/a11y.h"
#include "app/ui/look.h"
#include "app/ui/swatch.h"
#include "app/ui/tooltip.h"

#define SWATCH_PX   10
#define TITLE_LINES 3

struct _HrSidebarRow
{
  GtkListBoxRow parent_instance;

  /* owned */
  char *table;
  char *name;

  HrSubject subject;
  const char *section;

  /* children */
  GtkWidget *title;
  GtkWidget *warning;
  GtkWidget *badge;
};

G_DEFINE_FINAL_TYPE (HrSidebarRow, hr_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static GtkWidget *
new_icon (const char *name)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

static GtkWidget *
new_mark (HrSubject subject, const char *name, guint entity)
{
  switch (subject)
    {
    case HR_SUBJECT_ENTITY:
      return hr_swatch_new (entity, SWATCH_PX);
    case HR_SUBJECT_PATTERN:
      return hr_look_new_keycap (name);
    case HR_SUBJECT_INDEX:
      return new_icon ("hr-index-symbolic");
    case HR_SUBJECT_TABLE:
    case HR_SUBJECT_ITEM:
    case HR_SUBJECT_DRAFT:
    case HR_SUBJECT_NONE:
      break;
    }
  return new_icon ("hr-table-symbolic");
}

GtkWidget *
hr_sidebar_row_new (HrSubject subject, const char *table, const char *name, guint entity)
{
  HrSidebarRow *self = g_object_new (HR_TYPE_SIDEBAR_ROW, NULL);
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self));

  self->subject = subject;
  self->table = g_strdup (table);
  self->name = g_strdup (name);
  gtk_box_prepend (GTK_BOX (box), new_mark (subject, name, entity));
  if (subject == HR_SUBJECT_ENTITY)
    gtk_widget_add_css_class (GTK_WIDGET (self), "hr-nested");
  hr_sidebar_row_set_title (self, name);
  return GTK_WIDGET (self);
}

HrSubject
hr_sidebar_row_get_subject (HrSidebarRow *self)
{
  return self->subject;
}

const char *
hr_sidebar_row_get_table (HrSidebarRow *self)
{
  return self->table;
}

const char *
hr_sidebar_row_get_name (HrSidebarRow *self)
{
  return self->name;
}

void
hr_sidebar_row_set_title (HrSidebarRow *self, const char *title)
{
  gtk_label_set_text (GTK_LABEL (self->title), title);
  hr_a11y_set_label (GTK_WIDGET (self), title);
}

void
hr_sidebar_row_set_section (HrSidebarRow *self, const char *title)
{
  self->section = title;
}

const char *
hr_sidebar_row_get_section (HrSidebarRow *self)
{
  return self->section;
}

void
hr_sidebar_row_set_badge (HrSidebarRow *self, HrBadge badge, const char *text, const char *description)
{
  gtk_label_set_text (GTK_LABEL (self->badge), text);
  gtk_widget_set_visible (self->warning, badge == HR_BADGE_WARNING);
  if (badge == HR_BADGE_STALE)
    gtk_widget_add_css_class (self->badge, "hr-stale");
  else
    gtk_widget_remove_css_class (self->badge, "hr-stale");
  hr_tooltip_set (GTK_WIDGET (self), description);
  hr_a11y_set_description (GTK_WIDGET (self), description != NULL ? description : text);
}

static void
hr_sidebar_row_finalize (GObject *object)
{
  HrSidebarRow *self = HR_SIDEBAR_ROW (object);

  g_free (self->table);
  g_free (self->name);
  G_OBJECT_CLASS (hr_sidebar_row_parent_class)->finalize (object);
}

static void
hr_sidebar_row_class_init (HrSidebarRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_sidebar_row_finalize;
}

static void
hr_sidebar_row_init (HrSidebarRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  /* large print breaks a name before it shortens it */
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, "wrap",
                              TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", TITLE_LINES, NULL);
  self->warning = new_icon ("hr-warning-symbolic");
  gtk_widget_add_css_class (self->warning, "hr-warning");
  gtk_widget_set_visible (self->warning, FALSE);
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "hr-badge");
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->warning);
  gtk_box_append (GTK_BOX (box), self->badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}
