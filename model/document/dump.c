/*
 * A document as text, so that tests can say that two are the same.
 *
 * Everything that undo promises to bring back is in it: definitions with all their members, rows and index entries as
 * the engine has them, next ordinals, drafts. Places in files are not, they are forgotten on purpose.
 */
#include "model/document/document-private.h"

#include "model/api/api.h"

static const char *
or_none (const char *text)
{
  return text != NULL ? text : "-";
}

static void
dump_extras (HrBuffer *out, const HrExtras *extras)
{
  for (guint i = 0; extras != NULL && i < extras->len; i++)
    {
      const HrExtra *extra = g_ptr_array_index (extras, i);

      hr_buffer_printf (out, "  extra %s %s\n", extra->name, extra->json);
    }
}

static void
dump_attributes (HrBuffer *out, const char *title, const GPtrArray *attributes)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      const HrAttribute *attribute = g_ptr_array_index (attributes, i);

      hr_buffer_printf (out, "  %s %s %s %d %s\n", title, or_none (attribute->name),
                        hr_type_get_name (attribute->type), attribute->optional,
                        or_none (attribute->description));
      dump_extras (out, attribute->extras);
    }
}

static void
dump_entity (HrBuffer *out, const HrEntity *entity)
{
  hr_buffer_printf (out, " entity %s %s\n", entity->name, or_none (entity->description));
  for (guint i = 0; i < entity->keys->len; i++)
    {
      const HrEntityKey *key = g_ptr_array_index (entity->keys, i);

      hr_buffer_printf (out, "  key %s %s\n", key->attribute, key->template != NULL ? key->template->text : "-");
    }
  dump_attributes (out, "part", entity->key_parts);
  dump_attributes (out, "attribute", entity->attributes);
  dump_extras (out, entity->extras);
}

static void
dump_units (HrBuffer *out, const char *name, const HrUnits *units)
{
  if (units->read != 0 || units->write != 0)
    hr_buffer_printf (out, "  %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", name, units->read, units->write);
}

static void
dump_index (HrBuffer *out, const HrIndex *index)
{
  hr_buffer_printf (out, " index %s %d %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", index->name, index->kind,
                    index->projection, index->read_units, index->write_units);
  dump_units (out, "limit", &index->on_demand_limit);
  dump_units (out, "warm", &index->warm);
  dump_attributes (out, "partition", index->partition_key);
  dump_attributes (out, "sort", index->sort_key);
  for (guint i = 0; index->included != NULL && i < index->included->len; i++)
    hr_buffer_printf (out, "  included %s\n", (const char *) g_ptr_array_index (index->included, i));
  dump_extras (out, index->extras);
}

static void
dump_settings (HrBuffer *out, const HrSettings *settings)
{
  hr_buffer_printf (out, " settings %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %s %d %d %d %s %d\n",
                    settings->billing, settings->read_units, settings->write_units, settings->stream,
                    or_none (settings->ttl_attribute), settings->point_in_time_recovery,
                    settings->deletion_protection, settings->kms_encryption, or_none (settings->kms_key),
                    settings->table_class);
  dump_units (out, "limit", &settings->on_demand_limit);
  dump_units (out, "warm", &settings->warm);
  for (guint i = 0; settings->tags != NULL && i < settings->tags->len; i++)
    {
      const HrTag *tag = g_ptr_array_index (settings->tags, i);

      hr_buffer_printf (out, "  tag %s %s\n", tag->key, tag->value);
    }
  dump_extras (out, settings->extras);
}

static void
dump_table (HrBuffer *out, const HrTable *table)
{
  hr_buffer_printf (out, "table %s %s\n", table->name, or_none (table->description));
  dump_attributes (out, "partition", table->partition_key);
  dump_attributes (out, "sort", table->sort_key);
  dump_settings (out, &table->settings);
  for (guint i = 0; i < table->indexes->len; i++)
    dump_index (out, g_ptr_array_index (table->indexes, i));
  for (guint i = 0; i < table->entities->len; i++)
    dump_entity (out, g_ptr_array_index (table->entities, i));
  dump_extras (out, table->extras);
}

static void
dump_expectation (HrBuffer *out, const HrExpectation *expect)
{
  if (expect == NULL)
    return;
  hr_buffer_printf (out, "  expect %d %" G_GUINT64_FORMAT " %d %" G_GUINT64_FORMAT " %d %g %d %g %s\n",
                    expect->has_count, expect->count, expect->has_scanned, expect->scanned,
                    expect->has_read_units, expect->read_units, expect->has_write_units, expect->write_units,
                    or_none (expect->error));
  for (guint i = 0; expect->keys != NULL && i < expect->keys->len; i++)
    hr_buffer_printf (out, "   %s\n", (const char *) g_ptr_array_index (expect->keys, i));
  dump_extras (out, expect->extras);
}

static void
dump_pattern (HrBuffer *out, const HrPattern *pattern)
{
  hr_buffer_printf (out, "pattern %s %s\n %s\n %s\n rate %d %g %g\n", pattern->id, pattern->name,
                    or_none (pattern->question), or_none (pattern->description), pattern->has_rate,
                    pattern->rate_average, pattern->rate_peak);
  for (guint i = 0; i < pattern->parameters->len; i++)
    {
      const HrParameter *parameter = g_ptr_array_index (pattern->parameters, i);

      hr_buffer_printf (out, " parameter %s %s %s %s\n", parameter->name, hr_type_get_name (parameter->type),
                        or_none (parameter->example), or_none (parameter->description));
      dump_extras (out, parameter->extras);
    }
  for (guint i = 0; i < pattern->steps->len; i++)
    {
      const HrStep *step = g_ptr_array_index (pattern->steps, i);

      hr_buffer_printf (out, " step %s %s %u %s\n  %s\n", step->name, step->operation, step->pages,
                        or_none (step->for_each), or_none (step->request));
      dump_expectation (out, step->expect);
      dump_extras (out, step->extras);
    }
  dump_expectation (out, pattern->expect);
  dump_extras (out, pattern->rate_extras);
  dump_extras (out, pattern->extras);
}

static void
dump_model (HrBuffer *out, const HrModel *model)
{
  hr_buffer_printf (out, "model %s %s\n", or_none (model->name), or_none (model->description));
  for (guint i = 0; i < model->tables->len; i++)
    dump_table (out, g_ptr_array_index (model->tables, i));
  for (guint i = 0; i < model->patterns->len; i++)
    dump_pattern (out, g_ptr_array_index (model->patterns, i));
  hr_buffer_printf (out, "scenarios %s\nlessons %s\n", or_none (model->scenarios), or_none (model->lessons));
  dump_extras (out, model->extras);
}

static gboolean
dump_rows (HrBuffer *out, HrEngine *engine, const char *table, GError **error)
{
  const HrTable *definition = hr_engine_get_table (engine, table);
  g_autofree char *text = NULL;

  if (definition == NULL)
    {
      hr_buffer_printf (out, "not stored %s\n", table);
      return TRUE;
    }
  text = hr_definition_print (definition);
  hr_buffer_printf (out, "stored %s\nnext %" G_GINT64_FORMAT "\n", text,
                    hr_engine_get_next_ordinal (engine, table));
  return hr_engine_dump_table (engine, table, out, error);
}

char *
hr_document_dump (HrDocument *self, GError **error)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;

  g_return_val_if_fail (HR_IS_DOCUMENT (self), NULL);

  dump_model (&out, self->model);
  for (guint i = 0; i < self->tables->len; i++)
    {
      const HrDocumentTable *table = g_ptr_array_index (self->tables, i);

      if (!dump_rows (&out, self->engine, table->name, error))
        return NULL;
      for (guint j = 0; j < table->drafts->len; j++)
        {
          const HrDraft *draft = &((HrDraftEntry *) g_ptr_array_index (table->drafts, j))->draft;

          hr_buffer_printf (&out, "draft %s %" G_GINT64_FORMAT " %s %s\n %s\n", draft->table, draft->ordinal,
                            draft->code, draft->json, draft->reason);
        }
    }
  return hr_buffer_steal (&out, NULL);
}
