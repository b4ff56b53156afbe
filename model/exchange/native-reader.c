/*
 * Reading a project file: from text to a document.
 *
 * The text is pulled, not parsed into one tree: of the items, which are nearly all of a large file, only
 * the places are noted (12 bytes each); everything else is small and is read as trees, by shape. When the
 * whole model is known the document is made and the items are put into it in the order of the file, so it
 * does not matter where in the file "tables", "items" or "entities" stand.
 */
#include "model/exchange/native-format.h"
#include "model/exchange/native-pull.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/base/service-limits.h"

#include <string.h>

typedef struct
{
  HrNativeReader base;
  HrJsonReader json;
  HrItemPull pull;
  HrProgress *progress; /* or NULL */
  HrModel *model;
  GPtrArray *items; /* GArray of HrPulledItem for each table of the model */
  gboolean has_version;
  gboolean is_newer;
} Reading;

/* Pulls the member at hand into @target; it has been looked at and is an array. */
typedef void (*PullFunc) (Reading *self, gpointer target);

typedef struct
{
  const char *name;
  PullFunc pull;
} Pulled;

static guint32
tell (const Reading *self)
{
  return (guint32) (self->json.cursor - self->json.text);
}

static gboolean
is_name (const HrJsonMember *member, const char *name)
{
  return member->name_length == strlen (name) && memcmp (member->name, name, member->name_length) == 0;
}

static void
check_version (Reading *self, const HrJsonMember *member)
{
  gint64 version;

  if (!is_name (member, "hashrange"))
    return;
  self->has_version = TRUE;
  if (hr_json_get_int64 (&member->value, &version) && version > HR_NATIVE_VERSION)
    self->is_newer = TRUE;
}

static void
report_pulled_again (Reading *self, const HrJsonMember *member)
{
  g_autofree char *name = g_strndup (member->name, member->name_length);

  hr_diagnostics_add (self->base.diagnostics, HR_SEVERITY_WARNING, "duplicate-member", member->name_range,
                      _("`%s` stands twice in this object. Both lists are read as one."), name);
}

/* A value as a tree; of a list in a text that breaks off, the elements before the break. */
static gboolean
read_value (Reading *self, HrJson *value)
{
  g_autoptr (GArray) elements = NULL;
  HrJson element;

  if (hr_json_reader_peek (&self->json) != HR_JSON_ARRAY)
    return hr_json_reader_read (&self->json, value);

  elements = g_array_new (FALSE, FALSE, sizeof (HrJson));
  *value = (HrJson) { .type = HR_JSON_ARRAY, .range = { tell (self), 0 } };
  hr_json_reader_enter_array (&self->json);
  while (hr_json_reader_next_element (&self->json) && hr_json_reader_read (&self->json, &element))
    g_array_append_val (elements, element);
  value->range.end = tell (self);
  value->length = elements->len;
  value->elements = hr_arena_memdup (self->base.arena, elements->data, elements->len * sizeof (HrJson));
  return TRUE;
}

/* Reads an object of which one member may be too large for a tree. */
static gboolean
pull_object (Reading *self, const HrNativeShape *shape, const Pulled *pulled, gpointer target)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (HrJsonMember));
  HrJson object = { .type = HR_JSON_OBJECT };
  HrJsonMember member = { 0 };
  gboolean was_pulled = FALSE;

  hr_json_reader_peek (&self->json);
  object.range.start = tell (self);
  if (!hr_json_reader_enter_object (&self->json))
    return FALSE;
  while (hr_json_reader_next_member (&self->json, &member.name, &member.name_length, &member.name_range))
    {
      if (is_name (&member, pulled->name) && hr_json_reader_peek (&self->json) == HR_JSON_ARRAY)
        {
          if (was_pulled)
            report_pulled_again (self, &member);
          was_pulled = TRUE;
          pulled->pull (self, target);
        }
      else if (read_value (self, &member.value))
        {
          g_array_append_val (members, member);
          if (target == self->model)
            check_version (self, &member);
        }
    }

  /* of a text that breaks off here, what stood before the break */
  object.range.end = tell (self);
  object.length = members->len;
  object.members = (const HrJsonMember *) (gpointer) members->data;
  hr_native_read_object (&self->base, shape, &object, target);
  return !hr_json_reader_failed (&self->json);
}

static void
pull_items (Reading *self, gpointer target)
{
  hr_item_pull_list (&self->pull, self->items->pdata[self->items->len - 1]);
}

/* Tables */

static const Pulled pulled_items = { "items", pull_items };

static void
free_items (gpointer items)
{
  g_array_unref (items);
}

static void
pull_tables (Reading *self, gpointer target)
{
  HrOdd rest = HR_ODD_LIST;

  hr_json_reader_enter_array (&self->json);
  while (hr_json_reader_next_element (&self->json))
    {
      HrJson element;
      HrTable *table;

      if (hr_json_reader_peek (&self->json) == HR_JSON_OBJECT)
        {
          table = hr_table_new ("");
          g_ptr_array_add (self->model->tables, table);
          g_ptr_array_add (self->items, g_array_new (FALSE, FALSE, sizeof (HrPulledItem)));
          pull_object (self, &hr_native_shape_table, &pulled_items, table);
        }
      else if (hr_json_reader_read (&self->json, &element))
        {
          hr_native_report_type (&self->base, &element, "tables", _("an object"));
          hr_odd_add_element (&rest, &element);
        }
    }
  hr_odd_finish (&rest, "tables", &self->model->extras);
}

/* The file */

static const Pulled pulled_tables = { "tables", pull_tables };

static gboolean
fail_cancelled (GError **error)
{
  g_set_error (error, HR_ERROR, HR_ERROR_CANCELLED, _("Reading the model was cancelled."));
  return FALSE;
}

/* The first error in the text counts, also when it was got over: what follows may come from that. */
static gboolean
fail_syntax (Reading *self, GError **error)
{
  const HrJsonReader *json = &self->json;
  const HrJsonError *cause = self->pull.n_salvaged > 0 ? &self->pull.first_error : &json->error;
  HrRange place = { cause->offset, cause->offset };
  guint line;
  guint column;

  if (json->error.cancelled)
    return fail_cancelled (error);

  if (self->pull.n_salvaged == 0)
    hr_diagnostics_add (self->base.diagnostics, HR_SEVERITY_ERROR, "syntax", place,
                        _("This is no JSON: %s."), _ (cause->message));
  hr_range_locate (json->text, (gsize) (json->end - json->text), cause->offset, &line, &column);
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("%u:%u: this is no JSON: %s."), line, column,
               _ (cause->message));
  return FALSE;
}

/* Whether a text that breaks off has given something to work with. */
static gboolean
has_table (const Reading *self)
{
  for (guint i = 0; i < self->model->tables->len; i++)
    if (((const HrTable *) self->model->tables->pdata[i])->partition_key->len > 0)
      return TRUE;
  return FALSE;
}

static void
report_cut_off (Reading *self)
{
  const HrJsonError *cause = &self->json.error;

  hr_diagnostics_add (self->base.diagnostics, HR_SEVERITY_ERROR, "cut-off", (HrRange) { cause->offset, cause->offset },
                      _("This is no JSON: %s. What stands from here on is left out; mend the file before saving."),
                      _ (cause->message));
}

static gboolean
read_model (Reading *self, GError **error)
{
  gboolean read = pull_object (self, &hr_native_shape_model, &pulled_tables, self->model)
                  && hr_json_reader_finish (&self->json);

  if (self->is_newer)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_UNSUPPORTED,
                   _("The model was written by a newer version of Hashrange. Update Hashrange to open it."));
      return FALSE;
    }
  if (!read && (self->json.error.cancelled || !has_table (self)))
    return fail_syntax (self, error);
  if (!read)
    report_cut_off (self);
  else if (!self->has_version)
    hr_diagnostics_add (self->base.diagnostics, HR_SEVERITY_WARNING, "version-missing", (HrRange) { 0, 1 },
                        _("This does not say that it is a model; add `\"hashrange\": 1`."));
  return TRUE;
}

static gboolean
load_item (Reading *self, HrDocument *document, const char *table, const HrPulledItem *item, GError **error)
{
  const char *text = self->json.text + item->place.start;
  gsize length = item->place.end - item->place.start;
  g_auto (HrBuffer) quoted = HR_BUFFER_INIT;

  if (item->is_broken)
    {
      hr_json_write_string (&quoted, text, length);
      text = quoted.data;
      length = quoted.length;
    }
  return hr_document_add_item (document, table, text, length, -1, item->place, error);
}

static gboolean
load_items (Reading *self, HrDocument *document, GError **error)
{
  if (!hr_document_begin_load (document, error))
    return FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      const HrTable *table = self->model->tables->pdata[i];
      const GArray *items = self->items->pdata[i];

      for (guint j = 0; j < items->len; j++)
        {
          if (!hr_progress_goes_on (self->progress))
            return fail_cancelled (error);
          if (!load_item (self, document, table->name, &g_array_index (items, HrPulledItem, j), error))
            return FALSE;
        }
    }
  return hr_document_end_load (document, error);
}

/* Places say where in this text something stood, which is no file. */
static gpointer
read_definitions (Reading *self, GError **error)
{
  return read_model (self, error) ? hr_model_copy (self->model) : NULL;
}

static void
expect_items (Reading *self)
{
  guint64 n_items = 0, n_steps = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      guint n_here = ((const GArray *) self->items->pdata[i])->len;

      n_items += n_here;
      n_steps += n_here * HR_NATIVE_STEPS ((guint64) ((const HrTable *) self->model->tables->pdata[i])->indexes->len);
    }
  hr_progress_expect (self->progress, n_items, n_steps);
}

static gpointer
read_document (Reading *self, GError **error)
{
  g_autoptr (HrDocument) document = NULL;

  if (!read_model (self, error))
    return NULL;
  document = hr_document_new (self->model, error);
  if (document == NULL)
    return NULL;
  expect_items (self);
  hr_document_set_progress (document, self->progress);
  if (!load_items (self, document, error))
    return NULL;
  hr_document_set_progress (document, NULL);
  hr_document_mark_saved (document);
  return g_steal_pointer (&document);
}

/* What all readings share; @finish takes what was read. */
typedef gpointer (*FinishFunc) (Reading *self, GError **error);

static gpointer
read_text (const char *text, gsize length, HrDiagnostics *diagnostics, HrProgress *progress, FinishFunc finish,
           GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrArena) scratch = hr_arena_new ();
  g_autoptr (HrModel) model = hr_model_new ("");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_items);
  Reading self = { .base = { diagnostics, arena }, .model = model, .items = items, .progress = progress };
  gpointer result;

  hr_diagnostics_set_text (diagnostics, text, length);
  hr_json_reader_init (&self.json, text, length, HR_LIMIT_JSON_DEPTH, arena,
                       progress != NULL ? &progress->cancel : NULL);
  hr_item_pull_init (&self.pull, &self.json, diagnostics, scratch, progress);
  result = finish (&self, error);
  hr_item_pull_clear (&self.pull);
  hr_diagnostics_sort (diagnostics);
  return result;
}

HrDocument *
hr_native_read (const char *text, gsize length, HrDiagnostics *diagnostics, HrProgress *progress,
                GError **error)
{
  return read_text (text, length, diagnostics, progress, read_document, error);
}

HrModel *
hr_native_read_model (const char *text, gsize length, GError **error)
{
  g_autoptr (HrDiagnostics) diagnostics = hr_diagnostics_new ();

  return read_text (text, length, diagnostics, NULL, read_definitions, error);
}
