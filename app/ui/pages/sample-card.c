/*
 * HrSampleCard: see the header.
 *
 * A thread reads the model, stores its items and looks at how the table is made up, which takes its time; the picture
 * itself is laid out in the main loop, at the cost of a frame, by the code that draws the table everywhere else. What
 * is kept is a display list with colours by name: it follows the theme.
 */
#include "app/ui/pages/sample-card.h"

#include "app/ui/pieces/a11y.h"
#include "app/ui/pieces/identity.h"
#include "app/ui/pieces/look.h"
#include "app/ui/pieces/pieces.h"
#include "app/ui/pieces/tooltip.h"
#include "model/base/i18n.h"
#include "model/exchange/exchange.h"
#include "model/exchange/native.h"
#include "render/painter.h"
#include "render/table-layout.h"

#define FOLDER HR_RESOURCE_PATH "/samples/"

#define PICTURE_WIDTH  272
#define PICTURE_HEIGHT 150
#define PICTURE_SCALE  0.38 /* keys can just be read */
#define CORNER         6

/* Of the drawing: what stays free above, and how much a partition has that is small. */
#define MARGIN     12
#define SMALL_ROWS 4

#define HR_TYPE_THUMBNAIL (hr_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (HrThumbnail, hr_thumbnail, HR, THUMBNAIL, GtkWidget)

struct _HrThumbnail
{
  GtkWidget parent_instance;

  /* owned; NULL until it has been made */
  HrText *text;
  HrScene *scene;
};

G_DEFINE_FINAL_TYPE (HrThumbnail, hr_thumbnail, GTK_TYPE_WIDGET)

struct _HrSampleCard
{
  GtkButton parent_instance;

  /* children */
  GtkWidget *picture;
  GtkWidget *title;
  GtkWidget *facts;
};

G_DEFINE_FINAL_TYPE (HrSampleCard, hr_sample_card, GTK_TYPE_BUTTON)

typedef struct
{
  HrDocument *document;
  HrOutline *outline;
} Sample;

static void
sample_free (Sample *self)
{
  g_clear_pointer (&self->outline, hr_outline_free);
  g_clear_object (&self->document);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
hr_samples_list (void)
{
  char **names = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_return_val_if_fail (names != NULL, g_new0 (char *, 1));
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

GBytes *
hr_samples_read (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);

  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static void
hr_thumbnail_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? PICTURE_WIDTH : PICTURE_HEIGHT;
}

static void
hr_thumbnail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrThumbnail *self = HR_THUMBNAIL (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double scale = PICTURE_SCALE * width / PICTURE_WIDTH; /* a long name makes a card wider */
  GskRoundedRect frame;
  cairo_t *cr;

  if (self->scene == NULL)
    return;
  gsk_rounded_rect_init_from_rect (&frame, &GRAPHENE_RECT_INIT (0, 0, width, height), CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_scale (cr, scale, scale);
  hr_paint_scene (cr, self->scene, hr_look_get_theme (), self->text);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
}

static void
hr_thumbnail_finalize (GObject *object)
{
  HrThumbnail *self = HR_THUMBNAIL (object);

  g_clear_pointer (&self->scene, hr_scene_free);
  g_clear_pointer (&self->text, hr_text_free);
  G_OBJECT_CLASS (hr_thumbnail_parent_class)->finalize (object);
}

static void
hr_thumbnail_class_init (HrThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hr_thumbnail_finalize;
  widget_class->measure = hr_thumbnail_measure;
  widget_class->snapshot = hr_thumbnail_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hr_thumbnail_init (HrThumbnail *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "hr-thumbnail");
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/* Where small partitions begin, if there are any: more of them can be seen then. */
static double
find_top (HrTableLayout *layout, HrOutline *outline)
{
  HrPartition partition;
  HrRect rect = { 0 };

  for (guint64 i = 0; hr_outline_get_partition (outline, i, &partition); i++)
    if (partition.n_rows <= SMALL_ROWS)
      {
        hr_table_layout_get_rect (layout, &(HrHit) { .kind = HR_HIT_PARTITION, .partition = i }, &rect);
        break;
      }
  return MAX (0, rect.y - MARGIN);
}

static void
hr_thumbnail_draw (HrThumbnail *self, const Sample *sample)
{
  const HrModel *model = hr_document_get_model (sample->document);
  g_autoptr (HrTableLayout) layout = hr_table_layout_new ();
  g_autoptr (GError) error = NULL;
  HrViewport viewport = { .width = PICTURE_WIDTH / PICTURE_SCALE, .height = PICTURE_HEIGHT / PICTURE_SCALE };
  HrTableLook look = { .outline = sample->outline, .table = g_ptr_array_index (model->tables, 0),
                       .density = HR_DENSITY_COMPACT, .zoom = 1.0 };

  self->text = hr_look_new_text (GTK_WIDGET (self));
  self->scene = hr_scene_new ();
  look.text = self->text;
  look.right_to_left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  hr_table_layout_set_look (layout, &look);
  viewport.y = find_top (layout, sample->outline);
  if (!hr_table_layout_draw (layout, &viewport, self->scene, &error))
    g_clear_pointer (&self->scene, hr_scene_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
read_sample (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (Sample) sample = g_new0 (Sample, 1);
  g_autoptr (HrDiagnostics) findings = hr_diagnostics_new ();
  g_autoptr (GBytes) content = hr_samples_read (data);
  GError *error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (content, &length);
  const HrModel *model;
  HrOutlineOptions options = { 0 };

  sample->document = hr_native_format.import (text, length, data, findings, NULL, &error);
  model = sample->document != NULL ? hr_document_get_model (sample->document) : NULL;
  if (model != NULL && model->tables->len > 0)
    {
      const HrTable *table = g_ptr_array_index (model->tables, 0);

      options.table = table->name;
      sample->outline = hr_outline_new (hr_document_get_engine (sample->document), table, &options, NULL, &error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&sample), (GDestroyNotify) sample_free);
}

/* "1 table, 2 entities, 6 access patterns" would need three plurals in one sentence. */
static void
describe (HrSampleCard *self, const Sample *sample)
{
  const HrModel *model = hr_document_get_model (sample->document);
  guint n_patterns = model->patterns->len;
  g_autofree char *facts =
      g_strdup_printf (ngettext_ ("%u access pattern", "%u access patterns", n_patterns), n_patterns);
  g_autofree char *words = g_strdup_printf (_("Open the sample %s"), model->name);

  gtk_label_set_text (GTK_LABEL (self->title), model->name);
  gtk_label_set_text (GTK_LABEL (self->facts), facts);
  hr_tooltip_set (GTK_WIDGET (self), model->description);
  hr_a11y_set_label (GTK_WIDGET (self), words);
  if (model->description != NULL)
    hr_a11y_set_description (GTK_WIDGET (self), model->description);
}

static void
sample_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  HrSampleCard *self = HR_SAMPLE_CARD (object);
  g_autoptr (Sample) sample = g_task_propagate_pointer (G_TASK (result), NULL);

  if (sample == NULL)
    return; /* it can be opened all the same, which says what is wrong */
  describe (self, sample);
  if (sample->outline != NULL)
    hr_thumbnail_draw (HR_THUMBNAIL (self->picture), sample);
}

GtkWidget *
hr_sample_card_new (const char *name)
{
  HrSampleCard *self = g_object_new (HR_TYPE_SAMPLE_CARD, NULL);
  g_autoptr (GTask) task = g_task_new (self, NULL, sample_cb, NULL);
  g_autofree char *title = g_strdup (name);

  if (g_str_has_suffix (title, HR_NATIVE_SUFFIX))
    title[strlen (title) - strlen (HR_NATIVE_SUFFIX)] = '\0';
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.open-sample-named");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", name);
  g_task_set_task_data (task, g_strdup (name), g_free);
  g_task_run_in_thread (task, read_sample);
  return GTK_WIDGET (self);
}

static void
hr_sample_card_class_init (HrSampleCardClass *klass)
{
}

static void
hr_sample_card_init (HrSampleCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->picture = g_object_new (HR_TYPE_THUMBNAIL, NULL);
  self->title = hr_label_new (NULL, "heading");
  self->facts = hr_label_new (NULL, "dim-label hr-caption");
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (line, "hr-sample-line");
  gtk_box_append (GTK_BOX (line), self->title);
  gtk_box_append (GTK_BOX (line), self->facts);
  gtk_box_append (GTK_BOX (box), self->picture);
  gtk_box_append (GTK_BOX (box), line);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "hr-sample-card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
}
