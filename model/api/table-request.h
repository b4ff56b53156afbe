#pragma once

#include "model/api/call.h"

G_BEGIN_DECLS

/*
 * A CreateTable request between its reading and its checks. Private to model/api.
 */
#define HR_KEY_SCHEMA_MAX (2 * HR_LIMIT_INDEX_KEY_ATTRIBUTES)

typedef struct
{
  const char *name;
  HrType type;
  gboolean is_used;
} HrKeyDefinition;

typedef struct
{
  const char *name;
  gboolean is_sort;
} HrKeyElement;

typedef struct
{
  HrKeyElement elements[HR_KEY_SCHEMA_MAX];
  guint count;
} HrKeySchema;

typedef struct
{
  gboolean is_given;
  gint64 read_units;
  gint64 write_units;
} HrThroughput;

typedef struct
{
  const char *name;
  HrIndexKind kind;
  HrKeySchema keys;
  gboolean has_projection;
  HrProjectionType projection;
  const char **included;
  guint n_included;
  gboolean has_included;
  HrThroughput units;
} HrIndexRequest;

typedef struct
{
  HrArena *arena;
  const char *name;
  HrKeyDefinition *definitions;
  guint n_definitions;
  HrKeySchema keys;
  gboolean on_demand;
  HrThroughput units;
  HrIndexRequest *indexes; /* global ones, then local ones */
  guint n_global;
  guint n_local;
  gboolean has_global_list;
  gboolean has_local_list;
  gboolean has_request_limit[2]; /* OnDemandThroughput: of reads and of writes */
  gint64 request_limits[2];
  gboolean has_stream;
  HrStreamView stream;
  guint n_tags;
  gboolean has_nul;     /* some attribute name has a NUL character, which no definition can hold */
  gboolean has_bad_tag; /* some tag has a character that tags must not have */
} HrTableRequest;

/** What must hold between members, in the service's order of complaint. Marks used definitions. */
gboolean hr_table_request_check (HrTableRequest *self, HrServiceError *error);

const HrKeyDefinition *hr_table_request_find (const HrTableRequest *self, const char *name);

/** A TableName as operations on tables want it: there, and 3 to 255 characters long. */
gboolean hr_table_name_check (const HrJson *json, HrArena *arena, HrServiceError *error);

G_END_DECLS
