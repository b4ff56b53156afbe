/*
 * Reading a project file: from text to a document.
 *
 * The text is pulled, not parsed into one tree: of the items, which are nearly all of a large file, only
 * the places are noted (8 bytes each); everything else is small and is read as trees, by shape. When the
 * whole model is known the document is made and the items are put into it in the order of the file, so it
 * does not matter where in the file "tables", "items" or "entities" stand.
 */
#include "model/exchange/native-format.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/service-limits.h"

#include <string.h>

typedef struct
{
  HrNativeReader base;
  HrJsonReader json;
  HrArena *scratch; /* of names in items */
  HrModel *model;
  GPtrArray *items; /* GArray of HrRange for each table of the model */
  GArray *names;    /* Name: of the objects that are open in an item */
  gboolean is_newer;
} Reading;

typedef struct
{
  const char *text;
  guint32 length;
} Name;

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

  if (is_name (member, "hashrange") && hr_json_get_int64 (&member->value, &version)
      && version > HR_NATIVE_VERSION)
    self->is_newer = TRUE;
}

static void
report_pulled_again (Reading *self, const HrJsonMember *member)
{
  g_autofree char *name = g_strndup (member->name, member->name_length);

  hr_diagnostics_add (self->base.diagnostics, HR_SEVERITY_WARNING, "duplicate-member", member->name_range,
                      _("`%s` stands twice in this object. Both lists are read as one."), name);
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
      else if (hr_json_reader_read (&self->json, &member.value))
        {
          g_array_append_val (members, member);
          check_version (self, &member);
        }
    }
  if (hr_json_reader_failed (&self->json))
    return FALSE;

  object.range.end = tell (self);
  object.length = members->len;
  object.members = (const HrJsonMember *) (gpointer) members->data;
  hr_native_read_object (&self->base, shape, &object, target);
  return TRUE;
}

/* Items */

static void
note_name (Reading *self, guint first, const HrJsonMember *member)
{
  Name name = { member->name, member->name_length };

  for (guint i = first; i < self->names->len; i++)
    {
      const Name *other = &g_array_index (self->names, Name, i);

      if (other->length == name.length && memcmp (other->text, name.text, name.length) == 0)
        {
          g_autofree char *text = g_strndup (name.text, name.length);

          hr_diagnostics_add (self->base.diagnostics, HR_SEVERITY_WARNING, "duplicate-member",
                              member->name_range,
                              _("`%s` stands twice in this object. Only the last one counts."), text);
          return;
        }
    }
  g_array_append_val (self->names, name);
}

/* Walks a value for its grammar and for repeated names; the reader limits the depth. */
static void
walk_value (Reading *self)
{
  HrJsonMember member = { 0 };
  guint first = self->names->len;

  switch (hr_json_reader_peek (&self->json))
    {
    case HR_JSON_OBJECT:
      hr_json_reader_enter_object (&self->json);
      while (hr_json_reader_next_member (&self->json, &member.name, &member.name_length, &member.name_range))
        {
          note_name (self, first, &member);
          walk_value (self);
        }
      g_array_set_size (self->names, first);
      break;
    case HR_JSON_ARRAY:
      hr_json_reader_enter_array (&self->json);
      while (hr_json_reader_next_element (&self->json))
        walk_value (self);
      break;
    case HR_JSON_NULL:
    case HR_JSON_FALSE:
    case HR_JSON_TRUE:
    case HR_JSON_NUMBER:
    case HR_JSON_STRING:
      hr_json_reader_skip (&self->json, NULL);
      break;
    }
}

static void
pull_items (Reading *self, gpointer target)
{
  GArray *places = self->items->pdata[self->items->len - 1];
  HrArena *arena = self->json.arena;

  self->json.arena = self->scratch;
  hr_json_reader_enter_array (&self->json);
  while (hr_json_reader_next_element (&self->json))
    {
      HrRange place;

      hr_arena_reset (self->scratch);
      hr_json_reader_peek (&self->json);
      place.start = tell (self);
      walk_value (self);
      place.end = tell (self);
      g_array_append_val (places, place);
    }
  self->json.arena = arena;
}

/* Tables */

static const Pulled pulled_items = { "items", pull_items };

static void
free_places (gpointer places)
{
  g_array_unref (places);
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
          g_ptr_array_add (self->items, g_array_new (FALSE, FALSE, sizeof (HrRange)));
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
fail_syntax (Reading *self, GError **error)
{
  const HrJsonReader *json = &self->json;
  gsize length = (gsize) (json->end - json->text);
  HrRange place = { json->error.offset, json->error.offset };
  guint line;
  guint column;

  if (json->error.cancelled)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_CANCELLED, _("Reading the model was cancelled."));
      return FALSE;
    }
  hr_range_locate (json->text, length, json->error.offset, &line, &column);
  hr_diagnostics_add (self->base.diagnostics, HR_SEVERITY_ERROR, "syntax", place, _("This is no JSON: %s."),
                      _ (json->error.message));
  g_set_error (error, HR_ERROR, HR_ERROR_INVALID, _("%u:%u: this is no JSON: %s."), line, column,
               _ (json->error.message));
  return FALSE;
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
  return read || fail_syntax (self, error);
}

static gboolean
load_items (Reading *self, HrDocument *document, GError **error)
{
  if (!hr_document_begin_load (document, error))
    return FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      const HrTable *table = self->model->tables->pdata[i];
      const GArray *places = self->items->pdata[i];

      for (guint j = 0; j < places->len; j++)
        {
          HrRange place = g_array_index (places, HrRange, j);

          if (hr_cancel_is_raised (self->json.cancel))
            {
              g_set_error (error, HR_ERROR, HR_ERROR_CANCELLED, _("Reading the model was cancelled."));
              return FALSE;
            }
          if (!hr_document_add_item (document, table->name, self->json.text + place.start,
                                     place.end - place.start, -1, place, error))
            return FALSE;
        }
    }
  return hr_document_end_load (document, error);
}

static HrDocument *
read_document (Reading *self, GError **error)
{
  g_autoptr (HrDocument) document = NULL;

  if (!read_model (self, error))
    return NULL;
  document = hr_document_new (self->model, error);
  if (document == NULL || !load_items (self, document, error))
    return NULL;
  hr_document_mark_saved (document);
  return g_steal_pointer (&document);
}

HrDocument *
hr_native_read (const char *text, gsize length, HrDiagnostics *diagnostics, const HrCancel *cancel,
                GError **error)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autoptr (HrArena) scratch = hr_arena_new ();
  g_autoptr (HrModel) model = hr_model_new ("");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_places);
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (Name));
  Reading self = {
    .base = { diagnostics, arena }, .scratch = scratch, .model = model, .items = items, .names = names
  };
  HrDocument *document;

  hr_diagnostics_set_text (diagnostics, text, length);
  hr_json_reader_init (&self.json, text, length, HR_LIMIT_JSON_DEPTH, arena, cancel);
  document = read_document (&self, error);
  hr_diagnostics_sort (diagnostics);
  return document;
}
