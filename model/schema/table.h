#pragma once

#include "model/schema/extras.h"
#include "model/schema/key-template.h"

G_BEGIN_DECLS

/*
 * Plain definitions: heap structs with owned strings and GPtrArrays that own their elements.
 * Each has copy and free; `place` is where its name stood in the file it was read from (HR_RANGE_NONE
 * otherwise). Definitions inside an HrModel that is shared must not be changed: copy the model.
 */

typedef struct
{
  char *name;
  HrType type; /* S, N or B for keys */
  gboolean optional;
  char *description; /* or NULL */
  HrExtras *extras;
  HrRange place;
} HrAttribute;

HrAttribute *hr_attribute_new  (const char *name, HrType type);
HrAttribute *hr_attribute_copy (const HrAttribute *self);
void         hr_attribute_free (HrAttribute *self);
/** The one with this name in a list of HrAttribute, or NULL. */
const HrAttribute *hr_attributes_find (const GPtrArray *list, const char *name);
/** Whether two lists have the same names and types in the same order. */
gboolean           hr_attributes_equal (const GPtrArray *a, const GPtrArray *b);

typedef struct
{
  char *attribute; /* the key attribute that the template makes */
  HrKeyTemplate *template;
  HrRange place;   /* of the template's text, inside the quotes */
} HrEntityKey;

HrEntityKey *hr_entity_key_new (const char *attribute, HrKeyTemplate *key_template); /* takes @key_template */

/** HrEntity: one kind of item in a table. */
typedef struct
{
  char *name;
  char *description;     /* or NULL */
  GPtrArray *keys;       /* HrEntityKey, for key attributes of the table and of indexes */
  GPtrArray *key_parts;  /* HrAttribute: variables that exist inside keys only */
  GPtrArray *attributes; /* HrAttribute */
  HrExtras *extras;
  HrRange place;
} HrEntity;

HrEntity          *hr_entity_new  (const char *name);
HrEntity          *hr_entity_copy (const HrEntity *self);
void               hr_entity_free (HrEntity *self);
const HrEntityKey *hr_entity_get_key (const HrEntity *self, const char *attribute);
/** The attribute or key part of this name, or NULL. */
const HrAttribute *hr_entity_find_variable (const HrEntity *self, const char *name);

typedef enum
{
  HR_INDEX_GLOBAL,
  HR_INDEX_LOCAL,
} HrIndexKind;

typedef enum
{
  HR_PROJECT_ALL,
  HR_PROJECT_KEYS_ONLY,
  HR_PROJECT_INCLUDE,
} HrProjectionType;

/** HrUnits: reads and writes a second; 0 for what is not set. */
typedef struct
{
  gint64 read;
  gint64 write;
} HrUnits;

typedef struct
{
  char *name;
  HrIndexKind kind;
  GPtrArray *partition_key; /* HrAttribute: 1, global up to 4 */
  GPtrArray *sort_key;      /* HrAttribute: 0 or 1, global up to 4 */
  HrProjectionType projection;
  GPtrArray *included;      /* char*, of INCLUDE; in the order given */
  gint64 read_units;        /* 0 on demand */
  gint64 write_units;
  HrUnits on_demand_limit;  /* of a global one, likewise below */
  HrUnits warm;
  HrExtras *extras;
  HrRange place;
} HrIndex;

HrIndex *hr_index_new  (const char *name, HrIndexKind kind);
HrIndex *hr_index_copy (const HrIndex *self);
void     hr_index_free (HrIndex *self);

typedef enum
{
  HR_BILLING_ON_DEMAND,
  HR_BILLING_PROVISIONED,
} HrBillingMode;

typedef enum
{
  HR_STREAM_NONE,
  HR_STREAM_KEYS_ONLY,
  HR_STREAM_NEW_IMAGE,
  HR_STREAM_OLD_IMAGE,
  HR_STREAM_NEW_AND_OLD_IMAGES,
} HrStreamView;

typedef enum
{
  HR_CLASS_STANDARD,
  HR_CLASS_INFREQUENT_ACCESS,
} HrTableClass;

typedef struct
{
  char *key;
  char *value;
} HrTag;

HrTag *hr_tag_new (const char *key, const char *value);

typedef struct
{
  HrBillingMode billing;
  gint64 read_units; /* of PROVISIONED, else 0 */
  gint64 write_units;
  HrUnits on_demand_limit; /* the most that ON_DEMAND may use */
  HrUnits warm;            /* what the table is prepared for, when more than it comes with */
  HrStreamView stream;
  char *ttl_attribute; /* or NULL */
  gboolean point_in_time_recovery;
  gboolean deletion_protection;
  gboolean kms_encryption; /* a KMS key of the account, instead of the service's own */
  char *kms_key;           /* ARN or alias, or NULL for the account's default key */
  HrTableClass table_class;
  GPtrArray *tags;         /* HrTag, or NULL */
  HrExtras *extras;
} HrSettings;

void hr_settings_init  (HrSettings *self);
void hr_settings_copy  (HrSettings *self, const HrSettings *source); /* @self holds nothing yet */
void hr_settings_clear (HrSettings *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HrSettings, hr_settings_clear)
void hr_settings_add_tag (HrSettings *self, const char *key, const char *value);

typedef struct
{
  char *name;
  char *description;        /* or NULL */
  GPtrArray *partition_key; /* HrAttribute, exactly 1 */
  GPtrArray *sort_key;      /* HrAttribute, 0 or 1 */
  HrSettings settings;
  GPtrArray *indexes;       /* HrIndex */
  GPtrArray *entities;      /* HrEntity */
  HrExtras *extras;
  HrRange place;
} HrTable;

HrTable *hr_table_new  (const char *name);
HrTable *hr_table_copy (const HrTable *self);
void     hr_table_free (HrTable *self);
const HrAttribute *hr_table_get_partition_key (const HrTable *self);
const HrAttribute *hr_table_get_sort_key      (const HrTable *self); /* or NULL */
const HrIndex     *hr_table_find_index        (const HrTable *self, const char *name);
const HrEntity    *hr_table_find_entity       (const HrTable *self, const char *name);
/** Whether the attribute is part of the table's own primary key. */
gboolean           hr_table_is_key            (const HrTable *self, const char *name);
/** The key definition of an attribute that the table or one of its indexes uses as a key, or NULL. */
const HrAttribute *hr_table_find_key_attribute (const HrTable *self, const char *name);
/** Calls for each distinct key attribute: the table's first, then the indexes' in order. */
void hr_table_foreach_key_attribute (const HrTable *self, void (*func) (const HrAttribute *, gpointer),
                                     gpointer user_data);

/**
 * hr_table_match_entity:
 * @bindings: (nullable): takes the variables of the keys
 *
 * The first entity whose templates fit the item's table keys (and index keys that it has), whose
 * attribute variables agree with the item's attributes and whose attributes of declared type have
 * that type. Attributes that are absent do not count against an entity; a padded number in a key agrees
 * with the number. NULL when none does.
 */
const HrEntity *hr_table_match_entity (const HrTable *self, const HrValue *item, HrBindings *bindings);
/** Whether the item fits this one entity. */
gboolean        hr_entity_match_item  (const HrEntity *self, const HrTable *table, const HrValue *item,
                                       HrBindings *bindings);

const char *hr_stream_view_get_name  (HrStreamView view);   /* "NEW_IMAGE"; NULL for NONE */
gboolean    hr_stream_view_from_name (const char *name, HrStreamView *view);
const char *hr_table_class_get_name  (HrTableClass table_class);
gboolean    hr_table_class_from_name (const char *name, HrTableClass *table_class);
const char *hr_billing_mode_get_name (HrBillingMode mode);
gboolean    hr_billing_mode_from_name (const char *name, HrBillingMode *mode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrTable, hr_table_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrEntity, hr_entity_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrIndex, hr_index_free)

G_END_DECLS
