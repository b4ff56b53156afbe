/*
 * The members of the project file that are not definitions: the version, and the items of a table.
 *
 * Items go from the document to the text one by one, each on a line of its own: first the table's keys,
 * then the attributes as the entity declares them, then the rest by name. Drafts stand at their place as
 * they were written.
 */
#include "model/exchange/native-format.h"

#include "model/base/error.h"
#include "model/base/i18n.h"
#include "model/base/json-writer.h"
#include "model/value/codec.h"

#include <string.h>

static gboolean
read_version (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
              HrExtras **odd)
{
  gint64 version;

  return hr_json_get_int64 (json, &version) && version == HR_NATIVE_VERSION;
}

/* Also when the file had another value there: what is written now is of this version. */
static gboolean
is_default_version (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  return FALSE;
}

static void
write_version (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  hr_buffer_printf (self->out, "%d", HR_NATIVE_VERSION);
}

const HrNativeKind hr_native_version = { N_("the number 1"), read_version, is_default_version,
                                         write_version };

typedef struct
{
  HrLines lines;
  const HrTable *table;
  GByteArray *written; /* a flag for each member of the item at hand */
} ItemWriter;

static void
write_attribute (ItemWriter *self, const HrValue *item, guint32 index)
{
  HrBuffer *out = self->lines.writer->out;
  const HrMember *member = &item->members[index];

  if (self->written->data[index])
    return;
  self->written->data[index] = TRUE;
  if (out->data[out->length - 1] != '{')
    hr_buffer_append (out, ", ", 2);
  hr_json_write_string (out, member->name, member->name_length);
  hr_buffer_append (out, ": ", 2);
  hr_value_to_json (&member->value, TRUE, out);
}

static void
write_listed (ItemWriter *self, const HrValue *item, const GPtrArray *attributes)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      const HrAttribute *attribute = attributes->pdata[i];
      const HrValue *value = hr_map_get (item, attribute->name, strlen (attribute->name));
      const HrMember *member;

      if (value == NULL)
        continue;
      member = (const HrMember *) (gconstpointer) ((const char *) value - G_STRUCT_OFFSET (HrMember, value));
      write_attribute (self, item, (guint32) (member - item->members));
    }
}

static void
write_item (ItemWriter *self, const HrValue *item)
{
  const HrEntity *entity = hr_table_match_entity (self->table, item, NULL);
  HrBuffer *out = self->lines.writer->out;

  g_byte_array_set_size (self->written, item->length);
  if (item->length > 0)
    memset (self->written->data, 0, item->length);

  hr_buffer_append_char (out, '{');
  write_listed (self, item, self->table->partition_key);
  write_listed (self, item, self->table->sort_key);
  if (entity != NULL)
    write_listed (self, item, entity->attributes);
  for (guint32 i = 0; i < item->length; i++)
    write_attribute (self, item, i);
  hr_buffer_append_char (out, '}');
}

static gboolean
write_entry_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  ItemWriter *self = user_data;
  HrNativeWriter *writer = self->lines.writer;

  if (hr_cancel_is_raised (writer->cancel))
    return FALSE;
  hr_lines_element (&self->lines);
  if (item != NULL)
    write_item (self, item);
  else
    hr_buffer_append_string (writer->out, draft->json);
  return TRUE;
}

/* Items belong to the first table of a name; the others, which the service would not have, hold none. */
static gboolean
owns_items (HrNativeWriter *writer, const HrTable *table)
{
  return hr_model_find_table (hr_document_get_model (writer->document), table->name) == table;
}

static gboolean
stop_cb (const HrValue *item, const HrDraft *draft, gint64 ordinal, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return FALSE;
}

/* A list of this name has been pulled before; what comes here is something else. */
static gboolean
read_items (HrNativeReader *self, const HrNativeField *field, const HrJson *json, gpointer target,
            HrExtras **odd)
{
  return FALSE;
}

static gboolean
is_default_items (HrNativeWriter *self, const HrNativeField *field, gconstpointer target)
{
  const HrTable *table = target;
  gboolean has_entry = FALSE;

  if (self->failed || self->document == NULL || !owns_items (self, table))
    return TRUE;
  if (!hr_document_foreach_entry (self->document, table->name, stop_cb, &has_entry, self->error))
    self->failed = TRUE;
  return !has_entry;
}

static void
write_items (HrNativeWriter *self, const HrNativeField *field, gconstpointer target, const HrExtra *odd)
{
  g_autoptr (GByteArray) written = g_byte_array_new ();
  const HrTable *table = target;
  ItemWriter items = { .table = table, .written = written };

  items.lines = hr_lines_open (self, FALSE, FALSE);
  if (!hr_document_foreach_entry (self->document, table->name, write_entry_cb, &items, self->error))
    self->failed = TRUE;
  hr_lines_add_odd (&items.lines, odd);
  hr_lines_close (&items.lines);
}

const HrNativeKind hr_native_items = { N_("a list"), read_items, is_default_items, write_items };

gboolean
hr_native_write (HrDocument *document, HrBuffer *out, const HrCancel *cancel, GError **error)
{
  HrNativeWriter writer = { .out = out, .document = document, .cancel = cancel, .error = error };

  hr_native_write_object (&writer, &hr_native_shape_model, hr_document_get_model (document));
  hr_buffer_append_char (out, '\n');
  if (writer.failed)
    return FALSE;
  if (!hr_cancel_is_raised (cancel))
    return TRUE;
  g_set_error (error, HR_ERROR, HR_ERROR_CANCELLED, _("Writing the model was cancelled."));
  return FALSE;
}

void
hr_native_write_model (const HrModel *model, HrBuffer *out)
{
  HrNativeWriter writer = { .out = out };

  hr_native_write_object (&writer, &hr_native_shape_model, model);
}

char *
hr_native_print (HrNativeDefinition which, gconstpointer definition)
{
  static const HrNativeShape *const shapes[] = {
    [HR_NATIVE_TABLE] = &hr_native_shape_table,
    [HR_NATIVE_ENTITY] = &hr_native_shape_entity,
    [HR_NATIVE_INDEX] = &hr_native_shape_index,
    [HR_NATIVE_PATTERN] = &hr_native_shape_pattern,
  };
  HrBuffer out = HR_BUFFER_INIT;
  HrNativeWriter writer = { .out = &out };

  hr_native_write_object (&writer, shapes[which], definition);
  return hr_buffer_steal (&out, NULL);
}
