/*
 * Table settings, and the service's names of their choices.
 *
 * Each choice is a row of names indexed by its enum: the same rows serve the project file, requests and
 * exports, so a name is written down once.
 */
#include "model/schema/definitions-private.h"

#include <string.h>

static const char *const stream_views[] = {
  [HR_STREAM_NONE] = NULL,
  [HR_STREAM_KEYS_ONLY] = "KEYS_ONLY",
  [HR_STREAM_NEW_IMAGE] = "NEW_IMAGE",
  [HR_STREAM_OLD_IMAGE] = "OLD_IMAGE",
  [HR_STREAM_NEW_AND_OLD_IMAGES] = "NEW_AND_OLD_IMAGES",
};

static const char *const table_classes[] = {
  [HR_CLASS_STANDARD] = "STANDARD",
  [HR_CLASS_INFREQUENT_ACCESS] = "STANDARD_INFREQUENT_ACCESS",
};

static const char *const billing_modes[] = {
  [HR_BILLING_ON_DEMAND] = "PAY_PER_REQUEST",
  [HR_BILLING_PROVISIONED] = "PROVISIONED",
};

static const char *
get_name (const char *const *names, guint n_names, guint value)
{
  g_return_val_if_fail (value < n_names, NULL);
  return names[value];
}

static gboolean
find_name (const char *const *names, guint n_names, const char *name, guint *value)
{
  for (guint i = 0; name != NULL && i < n_names; i++)
    if (names[i] != NULL && strcmp (names[i], name) == 0)
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

const char *
hr_stream_view_get_name (HrStreamView view)
{
  return get_name (stream_views, G_N_ELEMENTS (stream_views), view);
}

gboolean
hr_stream_view_from_name (const char *name, HrStreamView *view)
{
  guint value;

  if (!find_name (stream_views, G_N_ELEMENTS (stream_views), name, &value))
    return FALSE;
  *view = (HrStreamView) value;
  return TRUE;
}

const char *
hr_table_class_get_name (HrTableClass table_class)
{
  return get_name (table_classes, G_N_ELEMENTS (table_classes), table_class);
}

gboolean
hr_table_class_from_name (const char *name, HrTableClass *table_class)
{
  guint value;

  if (!find_name (table_classes, G_N_ELEMENTS (table_classes), name, &value))
    return FALSE;
  *table_class = (HrTableClass) value;
  return TRUE;
}

const char *
hr_billing_mode_get_name (HrBillingMode mode)
{
  return get_name (billing_modes, G_N_ELEMENTS (billing_modes), mode);
}

gboolean
hr_billing_mode_from_name (const char *name, HrBillingMode *mode)
{
  guint value;

  if (!find_name (billing_modes, G_N_ELEMENTS (billing_modes), name, &value))
    return FALSE;
  *mode = (HrBillingMode) value;
  return TRUE;
}

HrTag *
hr_tag_new (const char *key, const char *value)
{
  HrTag *self = g_new (HrTag, 1);

  self->key = g_strdup (key);
  self->value = g_strdup (value);
  return self;
}

static void
tag_free (gpointer data)
{
  HrTag *self = data;

  g_free (self->key);
  g_free (self->value);
  g_free (self);
}

static gpointer
copy_tag_cb (gconstpointer data, gpointer user_data)
{
  const HrTag *tag = data;

  return hr_tag_new (tag->key, tag->value);
}

void
hr_settings_add_tag (HrSettings *self, const char *key, const char *value)
{
  if (self->tags == NULL)
    self->tags = g_ptr_array_new_with_free_func (tag_free);
  g_ptr_array_add (self->tags, hr_tag_new (key, value));
}

void
hr_settings_init (HrSettings *self)
{
  *self = (HrSettings) { .billing = HR_BILLING_ON_DEMAND };
}

void
hr_settings_copy (HrSettings *self, const HrSettings *source)
{
  *self = *source;
  self->ttl_attribute = g_strdup (source->ttl_attribute);
  self->kms_key = g_strdup (source->kms_key);
  self->tags = hr_definitions_copy (source->tags, copy_tag_cb);
  self->extras = hr_extras_copy (source->extras);
}

void
hr_settings_clear (HrSettings *self)
{
  g_free (self->ttl_attribute);
  g_free (self->kms_key);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  hr_extras_free (self->extras);
}
