/*
 * HrHelp: see the header. Texts stand in two tables, by view and by what is selected; keys come from the table of
 * actions, so that they are those that work.
 */
#include "app/ui/window/help.h"

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/actions.h"
#include "app/ui/pieces/pieces.h"
#include "model/base/i18n.h"

#define WIDTH       420
#define HEIGHT_MAX  560
#define TEXT_CHARS  46
#define TITLE_CHARS 34

typedef struct
{
  const char *view; /* NULL: the start page */
  const char *title;
  const char *text;
  HrActionGroup keys;
} ViewHelp;

typedef struct
{
  const char *title;
  const char *text;
} SubjectHelp;

struct _HrHelp
{
  GtkPopover parent_instance;

  HrSession *session; /* borrowed: the window's */

  /* children */
  GtkWidget *content;
  GtkWidget *first; /* button */

  GtkWidget *focus; /* borrowed: what had it before, or NULL */
};

G_DEFINE_FINAL_TYPE (HrHelp, hr_help, GTK_TYPE_POPOVER)

static const ViewHelp views[] = {
  { NULL, N_("Begin"),
    N_("A model is a file with the tables of an application, the questions that it asks them and some items to ask "
       "them about. Open the sample to see one, begin with an empty one, or open or drop a file."),
    HR_GROUP_FILE },
  { "design", N_("Design"),
    N_("Here is how the keys of a table are made. An entity is a kind of item; its templates put the keys of an item "
       "together from its attributes. An index holds the same items under other keys. Access patterns are the "
       "questions that all of this is for: write them down first.\n\n"
       "Select something, and the inspector at the side edits it. Every edit counts at once and can be undone."),
    HR_GROUP_EDIT },
  { "table", N_("Table"),
    N_("Here are the items, as the table keeps them: those with the same partition key in one block, sorted by their "
       "sort key. Type into a cell to change it; keys that a template makes follow by themselves.\n\n"
       "Shift selects the rows in between, Ctrl one more: copying, deleting and moving are then about all of them. "
       "They can be dragged to another partition, into another window and into other programs.\n\n"
       "Side by side shows an index next to the table, with a line from each item to its copy. What is linked "
       "to the rows that you scroll to comes along, unless you hold Alt."),
    HR_GROUP_TABLE },
  { "patterns", N_("Patterns"),
    N_("Here a question is asked, and the table shows what was read for it: the bracket is the key condition, ticks "
       "are items that came back, hatched ones were read, paid for and dropped by the filter, pale ones were not read. "
       "Below are the plan with its figures and the result.\n\n"
       "What a pattern writes is shown and taken back, until you keep it. An expectation makes a pattern a test."),
    HR_GROUP_PATTERNS },
};

static const SubjectHelp subjects[] = {
  [HR_SUBJECT_NONE] = { NULL, NULL },
  [HR_SUBJECT_TABLE] = { N_("A table"),
                         N_("Its partition key says which items lie together, its sort key in which order. Capacity, "
                            "stream and time to live are settings that go along when the table is exported.") },
  [HR_SUBJECT_ENTITY] = { N_("An entity"),
                          N_("Its templates say how keys are made: plain text and attributes in braces, such as "
                             "MSG#{message_group_uuid}. Renaming an attribute here renames it everywhere, and another "
                             "template makes the keys of its items anew.") },
  [HR_SUBJECT_INDEX] = { N_("An index"),
                         N_("An item enters it only when it has all of the index's key attributes. Each copy that is "
                            "written costs like a write of its own, and only projected attributes are in it.") },
  [HR_SUBJECT_PATTERN] = { N_("An access pattern"),
                           N_("A request with parameters: values for the next run are set in the inspector, or taken "
                              "from the items. It costs what it reads, not what it returns.") },
  [HR_SUBJECT_ITEM] = { N_("An item"),
                        N_("Up to 400 KB of attributes, of which only the keys must be there. Its size decides what "
                           "reading and writing it costs.") },
  [HR_SUBJECT_DRAFT] = { N_("A draft"),
                         N_("An item that the table would refuse, for the reason that is given. It is saved with the "
                            "model and becomes an item as soon as it is mended.") },
};

static const ViewHelp *
find_view (HrHelp *self)
{
  g_autofree char *view = NULL;

  g_object_get (self->session, "view", &view, NULL);
  if (hr_session_get_document (self->session) == NULL)
    return &views[0];
  for (guint i = 1; i < G_N_ELEMENTS (views); i++)
    if (g_strcmp0 (views[i].view, view) == 0)
      return &views[i];
  return &views[0];
}

static const SubjectHelp *
find_subject (HrHelp *self)
{
  guint subject;

  g_object_get (self->session, "subject", &subject, NULL);
  if (hr_session_get_document (self->session) == NULL || subject >= G_N_ELEMENTS (subjects)
      || subjects[subject].title == NULL)
    return NULL;
  return &subjects[subject];
}

static void
add_text (HrHelp *self, const char *title, const char *text)
{
  GtkWidget *heading = hr_label_new (title, "heading");
  GtkWidget *label = hr_text_label_new (text, NULL);

  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TEXT_CHARS);
  gtk_box_append (GTK_BOX (self->content), heading);
  gtk_box_append (GTK_BOX (self->content), label);
}

/* The first key of each action of the group. */
static void
add_keys (HrHelp *self, HrActionGroup group)
{
  GtkWidget *grid = gtk_grid_new ();
  int n_rows = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  for (guint i = 0; i < hr_actions_get_count (); i++)
    {
      const HrAction *action = hr_actions_get (i);
      g_autofree char *keys = action->name != NULL ? hr_actions_dup_keys (action->name) : NULL;
      GtkWidget *title;

      if (action->group != group || keys == NULL)
        continue;
      title = hr_label_new (_(action->title), "hr-caption");
      gtk_widget_set_hexpand (title, TRUE);
      gtk_label_set_wrap (GTK_LABEL (title), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (title), TITLE_CHARS);
      gtk_grid_attach (GTK_GRID (grid), title, 0, n_rows, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), hr_label_new (keys, "hr-keys"), 1, n_rows, 1, 1);
      n_rows++;
    }
  gtk_box_append (GTK_BOX (self->content), hr_label_new (_("Keys"), "heading"));
  gtk_box_append (GTK_BOX (self->content), grid);
}

void
hr_help_open (HrHelp *self)
{
  const ViewHelp *view;
  const SubjectHelp *subject;
  g_autofree char *words = NULL;

  g_return_if_fail (HR_IS_HELP (self));

  view = find_view (self);
  subject = find_subject (self);
  hr_widget_remove_children (self->content);
  add_text (self, _(view->title), _(view->text));
  if (subject != NULL)
    add_text (self, _(subject->title), _(subject->text));
  add_keys (self, view->keys);
  words = subject != NULL ? g_strconcat (_(view->text), "\n", _(subject->text), NULL) : g_strdup (_(view->text));
  hr_a11y_set_label (GTK_WIDGET (self), _(view->title));
  hr_a11y_set_description (self->first, words); /* read when the focus goes there */
  g_set_weak_pointer (&self->focus, gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->first);
}

static void
hr_help_closed (GtkPopover *popover)
{
  HrHelp *self = HR_HELP (popover);

  if (self->focus != NULL && gtk_widget_get_mapped (self->focus))
    gtk_widget_grab_focus (self->focus);
  g_clear_weak_pointer (&self->focus);
}

static void
hr_help_dispose (GObject *object)
{
  g_clear_weak_pointer (&HR_HELP (object)->focus);
  G_OBJECT_CLASS (hr_help_parent_class)->dispose (object);
}

static void
close_cb (GtkPopover *self)
{
  gtk_popover_popdown (self);
}

static GtkWidget *
new_button (HrHelp *self, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
hr_help_class_init (HrHelpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_help_dispose;
  GTK_POPOVER_CLASS (klass)->closed = hr_help_closed;
}

static void
hr_help_init (HrHelp *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->content, "hr-help");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT_MAX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->content);
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  self->first = new_button (self, _("All Keys"), "win.shortcuts");
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  gtk_box_append (GTK_BOX (buttons), self->first);
  gtk_box_append (GTK_BOX (buttons), new_button (self, _("60-Second Tour"), "win.tour"));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_END); /* the button stands at the end of the window */
}

GtkWidget *
hr_help_new (HrSession *session)
{
  HrHelp *self = g_object_new (HR_TYPE_HELP, NULL);

  self->session = session;
  return GTK_WIDGET (self);
}
