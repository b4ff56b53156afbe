/*
 * Writing one object of the project file by its shape.
 *
 * Members come in the order of the shape, those with their default left out. What the reader kept as odd
 * comes back where its member stands, unknown members at the end; so reading and writing a file twice
 * gives the same bytes as doing it once.
 */
#include "model/exchange/native-format.h"

#include "model/base/json-writer.h"
#include "model/base/service-limits.h"

#include <string.h>

HrLines
hr_lines_open (HrNativeWriter *writer, gboolean is_object, gboolean is_one_line)
{
  hr_buffer_append_char (writer->out, is_object ? '{' : '[');
  writer->indent++;
  return (HrLines) { writer, is_one_line, is_object, 0 };
}

static void
write_line_start (HrNativeWriter *writer)
{
  gsize width = 2 * (gsize) writer->indent;

  hr_buffer_append_char (writer->out, '\n');
  memset (hr_buffer_reserve (writer->out, width), ' ', width);
  writer->out->length += width;
}

void
hr_lines_element (HrLines *self)
{
  if (self->count++ > 0)
    hr_buffer_append_char (self->writer->out, ',');
  if (!self->is_one_line)
    write_line_start (self->writer);
  else if (self->count > 1)
    hr_buffer_append_char (self->writer->out, ' ');
}

void
hr_lines_member (HrLines *self, const char *name, gsize name_length)
{
  hr_lines_element (self);
  hr_json_write_string (self->writer->out, name, name_length);
  hr_buffer_append (self->writer->out, ": ", 2);
}

void
hr_lines_close (HrLines *self)
{
  self->writer->indent--;
  if (!self->is_one_line && self->count > 0)
    write_line_start (self->writer);
  hr_buffer_append_char (self->writer->out, self->is_object ? '}' : ']');
}

static void
write_tree (HrNativeWriter *self, const HrJson *json, gboolean is_one_line)
{
  if (is_one_line)
    hr_json_write_compact (self->out, json, TRUE);
  else
    hr_json_write_pretty (self->out, json, self->indent);
}

/* The tree of JSON text that a definition keeps; it was written from a tree, or set by code that knew it. */
static const HrJson *
parse_kept (HrArena *arena, const char *json)
{
  return hr_json_parse (arena, json, strlen (json), HR_JSON_DEPTH_CEILING, NULL);
}

void
hr_native_write_json (HrNativeWriter *self, const char *json, gboolean is_one_line)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  const HrJson *tree = parse_kept (arena, json);

  if (tree != NULL)
    write_tree (self, tree, is_one_line);
  else
    hr_json_write_string (self->out, json, strlen (json));
}

void
hr_lines_add_odd (HrLines *self, const HrExtra *odd)
{
  g_autoptr (HrArena) arena = NULL;
  const HrJson *tree;

  if (odd == NULL)
    return;
  arena = hr_arena_new ();
  tree = parse_kept (arena, odd->json);
  if (tree == NULL || (self->is_object && tree->type != HR_JSON_OBJECT))
    return;

  if (!self->is_object && tree->type != HR_JSON_ARRAY)
    {
      hr_lines_element (self);
      write_tree (self->writer, tree, self->is_one_line);
      return;
    }
  for (guint32 i = 0; i < tree->length; i++)
    {
      if (self->is_object)
        hr_lines_member (self, tree->members[i].name, tree->members[i].name_length);
      else
        hr_lines_element (self);
      write_tree (self->writer, self->is_object ? &tree->members[i].value : &tree->elements[i],
                  self->is_one_line);
    }
}

static gboolean
is_field (const HrNativeShape *shape, const HrExtra *extra)
{
  for (guint i = 0; i < shape->n_fields; i++)
    if (strlen (shape->fields[i].name) == extra->name_length
        && memcmp (shape->fields[i].name, extra->name, extra->name_length) == 0)
      return TRUE;
  return FALSE;
}

static void
write_field (HrLines *lines, const HrNativeShape *shape, const HrNativeField *field, gconstpointer target,
             const HrExtra *odd)
{
  HrNativeWriter *writer = lines->writer;
  gboolean is_default = field->kind->is_default (writer, field, target);

  if (is_default && odd == NULL && (field->flags & HR_NATIVE_ALWAYS) == 0)
    return;
  hr_lines_member (lines, field->name, strlen (field->name));
  if (is_default && odd != NULL)
    hr_native_write_json (writer, odd->json, shape->is_one_line || (field->flags & HR_NATIVE_ONE_LINE) != 0);
  else
    field->kind->write (writer, field, target, odd);
}

void
hr_native_write_object (HrNativeWriter *self, const HrNativeShape *shape, gconstpointer target)
{
  const HrExtras *extras =
      *(HrExtras *const *) (gconstpointer) ((const char *) target + shape->extras_offset);
  HrLines lines = hr_lines_open (self, TRUE, shape->is_one_line);

  for (guint i = 0; i < shape->n_fields; i++)
    write_field (&lines, shape, &shape->fields[i], target, hr_extras_find (extras, shape->fields[i].name));
  for (guint i = 0; extras != NULL && i < extras->len; i++)
    {
      const HrExtra *extra = extras->pdata[i];

      if (is_field (shape, extra))
        continue;
      hr_lines_member (&lines, extra->name, extra->name_length);
      hr_native_write_json (self, extra->json, shape->is_one_line);
    }
  hr_lines_close (&lines);
}
