/*
 * Table definitions to and from the catalogue's JSON.
 *
 * Written whole, defaults included, and read strictly: this text has no other author than the writer below (and its
 * predecessors in older versions of the store), so anything unexpected is damage. Keys are pairs of name and
 * type: [["pk","S"]].
 */
#include "model/engine/definition-text.h"

#include "model/base/json-reader.h"
#include "model/base/json-writer.h"
#include "model/engine/key-codec.h"

#define DEFINITION_DEPTH 8

static void
write_string (HrBuffer *out, const char *text)
{
  if (text == NULL)
    hr_buffer_append_string (out, "null");
  else
    hr_json_write_string (out, text, strlen (text));
}

static void
write_member (HrBuffer *out, const char *name, const char *text)
{
  hr_buffer_printf (out, ",\"%s\":", name);
  write_string (out, text);
}

static void
write_key (HrBuffer *out, const char *name, const GPtrArray *attributes)
{
  hr_buffer_printf (out, ",\"%s\":[", name);
  for (guint i = 0; attributes != NULL && i < attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (attributes, i);

      hr_buffer_append_string (out, i > 0 ? ",[" : "[");
      write_string (out, attribute->name);
      hr_buffer_printf (out, ",\"%s\"]", hr_type_get_name (attribute->type));
    }
  hr_buffer_append_char (out, ']');
}

static void
write_units (HrBuffer *out, const char *name, const HrUnits *units)
{
  hr_buffer_printf (out, ",\"%s\":[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]", name, units->read, units->write);
}

static void
write_settings (HrBuffer *out, const HrSettings *settings)
{
  hr_buffer_append_string (out, ",\"settings\":{\"version\":1");
  write_member (out, "billing", hr_billing_mode_get_name (settings->billing));
  hr_buffer_printf (out, ",\"read_units\":%" G_GINT64_FORMAT ",\"write_units\":%" G_GINT64_FORMAT,
                    settings->read_units, settings->write_units);
  write_units (out, "limit", &settings->on_demand_limit);
  write_units (out, "warm", &settings->warm);
  write_member (out, "stream", hr_stream_view_get_name (settings->stream));
  write_member (out, "ttl", settings->ttl_attribute);
  hr_buffer_printf (out, ",\"recovery\":%s,\"protection\":%s,\"kms\":%s",
                    settings->point_in_time_recovery ? "true" : "false",
                    settings->deletion_protection ? "true" : "false",
                    settings->kms_encryption ? "true" : "false");
  write_member (out, "kms_key", settings->kms_key);
  write_member (out, "class", hr_table_class_get_name (settings->table_class));
  hr_buffer_append_string (out, ",\"tags\":[");
  for (guint i = 0; settings->tags != NULL && i < settings->tags->len; i++)
    {
      const HrTag *tag = g_ptr_array_index (settings->tags, i);

      hr_buffer_append_string (out, i > 0 ? ",[" : "[");
      write_string (out, tag->key);
      hr_buffer_append_char (out, ',');
      write_string (out, tag->value);
      hr_buffer_append_char (out, ']');
    }
  hr_buffer_append_string (out, "]}");
}

static void
write_index (HrBuffer *out, const HrIndex *index)
{
  hr_buffer_append_string (out, "{\"name\":");
  write_string (out, index->name);
  write_member (out, "kind", index->kind == HR_INDEX_LOCAL ? "local" : "global");
  write_key (out, "partition_key", index->partition_key);
  write_key (out, "sort_key", index->sort_key);
  if (index->projection == HR_PROJECT_INCLUDE)
    {
      hr_buffer_append_string (out, ",\"projection\":[");
      for (guint i = 0; index->included != NULL && i < index->included->len; i++)
        {
          if (i > 0)
            hr_buffer_append_char (out, ',');
          write_string (out, g_ptr_array_index (index->included, i));
        }
      hr_buffer_append_char (out, ']');
    }
  else
    {
      write_member (out, "projection", index->projection == HR_PROJECT_ALL ? "ALL" : "KEYS_ONLY");
    }
  hr_buffer_printf (out, ",\"read_units\":%" G_GINT64_FORMAT ",\"write_units\":%" G_GINT64_FORMAT,
                    index->read_units, index->write_units);
  write_units (out, "limit", &index->on_demand_limit);
  write_units (out, "warm", &index->warm);
  hr_buffer_append_char (out, '}');
}

void
hr_definition_write (const HrTable *table, HrBuffer *out)
{
  hr_buffer_append_string (out, "{\"name\":");
  write_string (out, table->name);
  write_key (out, "partition_key", table->partition_key);
  write_key (out, "sort_key", table->sort_key);
  write_settings (out, &table->settings);
  hr_buffer_append_string (out, ",\"indexes\":[");
  for (guint i = 0; table->indexes != NULL && i < table->indexes->len; i++)
    {
      if (i > 0)
        hr_buffer_append_char (out, ',');
      write_index (out, g_ptr_array_index (table->indexes, i));
    }
  hr_buffer_append_string (out, "]}");
}

/* A string of the definition, owned by the caller; NULL for null and for what is none. */
static char *
read_string (const HrJson *json)
{
  if (json == NULL || json->type != HR_JSON_STRING)
    return NULL;
  return g_strndup (json->text, json->length);
}

static gboolean
read_key (const HrJson *json, GPtrArray *attributes)
{
  if (json == NULL || json->type != HR_JSON_ARRAY)
    return FALSE;

  for (guint i = 0; i < json->length; i++)
    {
      const HrJson *pair = &json->elements[i];
      g_autofree char *name = NULL;
      HrType type;

      if (pair->type != HR_JSON_ARRAY || pair->length != 2 || pair->elements[1].type != HR_JSON_STRING
          || !hr_type_from_name (pair->elements[1].text, pair->elements[1].length, &type))
        return FALSE;
      name = read_string (&pair->elements[0]);
      if (name == NULL)
        return FALSE;
      g_ptr_array_add (attributes, hr_attribute_new (name, type));
    }
  return TRUE;
}

static gboolean
read_flag (const HrJson *object, const char *name)
{
  const HrJson *json = hr_json_get (object, name);

  return json != NULL && json->type == HR_JSON_TRUE;
}

static gboolean
read_tags (const HrJson *json, HrTable *table)
{
  if (json == NULL || json->type != HR_JSON_ARRAY)
    return FALSE;

  for (guint i = 0; i < json->length; i++)
    {
      const HrJson *pair = &json->elements[i];
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      if (pair->type != HR_JSON_ARRAY || pair->length != 2)
        return FALSE;
      key = read_string (&pair->elements[0]);
      value = read_string (&pair->elements[1]);
      if (key == NULL || value == NULL)
        return FALSE;
      hr_settings_add_tag (&table->settings, key, value);
    }
  return TRUE;
}

static gboolean
read_units (const HrJson *object, gint64 *reads, gint64 *writes)
{
  const HrJson *read_json = hr_json_get (object, "read_units");
  const HrJson *write_json = hr_json_get (object, "write_units");

  return read_json != NULL && write_json != NULL
         && hr_json_get_int64 (read_json, reads) && hr_json_get_int64 (write_json, writes);
}

/* Version 1 of the store did not have them. */
static gboolean
read_pair (const HrJson *object, const char *name, HrUnits *units)
{
  const HrJson *pair = hr_json_get (object, name);

  return pair == NULL
         || (pair->type == HR_JSON_ARRAY && pair->length == 2 && hr_json_get_int64 (&pair->elements[0], &units->read)
             && hr_json_get_int64 (&pair->elements[1], &units->write));
}

static gboolean
read_settings (const HrJson *json, HrTable *table)
{
  HrSettings *settings = &table->settings;
  g_autofree char *billing = read_string (hr_json_get (json, "billing"));
  g_autofree char *stream = read_string (hr_json_get (json, "stream"));
  g_autofree char *table_class = read_string (hr_json_get (json, "class"));

  if (billing == NULL || !hr_billing_mode_from_name (billing, &settings->billing)
      || (stream != NULL && !hr_stream_view_from_name (stream, &settings->stream))
      || table_class == NULL || !hr_table_class_from_name (table_class, &settings->table_class)
      || !read_units (json, &settings->read_units, &settings->write_units)
      || !read_pair (json, "limit", &settings->on_demand_limit)
      || !read_pair (json, "warm", &settings->warm))
    return FALSE;

  settings->ttl_attribute = read_string (hr_json_get (json, "ttl"));
  settings->point_in_time_recovery = read_flag (json, "recovery");
  settings->deletion_protection = read_flag (json, "protection");
  settings->kms_encryption = read_flag (json, "kms");
  settings->kms_key = read_string (hr_json_get (json, "kms_key"));
  return read_tags (hr_json_get (json, "tags"), table);
}

static gboolean
read_projection (const HrJson *json, HrIndex *index)
{
  if (json == NULL)
    return FALSE;
  if (json->type == HR_JSON_STRING)
    {
      index->projection = hr_json_string_equals (json, "ALL") ? HR_PROJECT_ALL : HR_PROJECT_KEYS_ONLY;
      return TRUE;
    }

  index->projection = HR_PROJECT_INCLUDE;
  for (guint i = 0; json->type == HR_JSON_ARRAY && i < json->length; i++)
    {
      char *name = read_string (&json->elements[i]);

      if (name == NULL)
        return FALSE;
      g_ptr_array_add (index->included, name);
    }
  return json->type == HR_JSON_ARRAY;
}

static HrIndex *
read_index (const HrJson *json)
{
  g_autofree char *name = read_string (hr_json_get (json, "name"));
  const HrJson *kind = hr_json_get (json, "kind");
  g_autoptr (HrIndex) index = NULL;

  if (name == NULL || kind == NULL)
    return NULL;
  index = hr_index_new (name, hr_json_string_equals (kind, "local") ? HR_INDEX_LOCAL : HR_INDEX_GLOBAL);
  if (!read_key (hr_json_get (json, "partition_key"), index->partition_key)
      || !read_key (hr_json_get (json, "sort_key"), index->sort_key)
      || !read_projection (hr_json_get (json, "projection"), index)
      || !read_units (json, &index->read_units, &index->write_units)
      || !read_pair (json, "limit", &index->on_demand_limit)
      || !read_pair (json, "warm", &index->warm))
    return NULL;
  return g_steal_pointer (&index);
}

static gboolean
read_indexes (const HrJson *json, HrTable *table)
{
  if (json == NULL || json->type != HR_JSON_ARRAY)
    return FALSE;

  for (guint i = 0; i < json->length; i++)
    {
      HrIndex *index = read_index (&json->elements[i]);

      if (index == NULL)
        return FALSE;
      g_ptr_array_add (table->indexes, index);
    }
  return TRUE;
}

gboolean
hr_definition_has_keys (const HrTable *table)
{
  HrKeyLayout layout;

  if (table->partition_key->len != 1 || table->sort_key->len > 1
      || !hr_key_layout_init (&layout, table, NULL))
    return FALSE;
  for (guint i = 0; i < table->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (table->indexes, i);

      if (index->partition_key->len > HR_LIMIT_INDEX_KEY_ATTRIBUTES
          || index->sort_key->len > HR_LIMIT_INDEX_KEY_ATTRIBUTES
          || !hr_key_layout_init (&layout, table, index))
        return FALSE;
    }
  return TRUE;
}

HrTable *
hr_definition_read (const char *text, gsize length)
{
  g_autoptr (HrArena) arena = hr_arena_new ();
  g_autofree char *name = NULL;
  g_autoptr (HrTable) table = NULL;
  HrJsonError error = { NULL, 0, FALSE };
  const HrJson *json = hr_json_parse (arena, text, length, DEFINITION_DEPTH, &error);

  name = read_string (hr_json_get (json, "name"));
  if (name == NULL)
    return NULL;
  table = hr_table_new (name);
  if (!read_key (hr_json_get (json, "partition_key"), table->partition_key)
      || !read_key (hr_json_get (json, "sort_key"), table->sort_key)
      || !read_settings (hr_json_get (json, "settings"), table)
      || !read_indexes (hr_json_get (json, "indexes"), table)
      || !hr_definition_has_keys (table))
    return NULL;
  return g_steal_pointer (&table);
}

HrTable *
hr_definition_reduce (const HrTable *table)
{
  g_auto (HrBuffer) text = HR_BUFFER_INIT;

  hr_definition_write (table, &text);
  return hr_definition_read (text.data, text.length);
}
