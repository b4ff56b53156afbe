#pragma once

#include "model/api/call.h"

G_BEGIN_DECLS

/*
 * A request for a table, or for an index of one, between its reading and its checks. Private to model/api.
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

/** HrRequestUnits: OnDemandThroughput or WarmThroughput. Of reads and of writes, each given or not. */
typedef struct
{
  gboolean is_given;
  gboolean has[2];
  gint64 units[2];
} HrRequestUnits;

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
  HrRequestUnits on_demand;
  HrRequestUnits warm;
} HrIndexRequest;

typedef struct
{
  gboolean is_given;
  gboolean is_enabled;
  HrStreamView view; /* NONE: not given */
} HrStreamRequest;

typedef struct
{
  gboolean is_given;
  gboolean is_enabled;
  int type;        /* index into AES256, KMS; -1: not given */
  const char *key; /* or NULL */
} HrSseRequest;

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
  HrRequestUnits request_limits; /* OnDemandThroughput */
  HrRequestUnits warm;
  HrStreamRequest stream;
  HrSseRequest sse;
  const HrJson *tags;   /* or NULL */
  gboolean has_nul;     /* some attribute name has a NUL character, which no definition can hold */
} HrTableRequest;

/* Reading of members that have passed the checks of shapes. */
void           hr_table_request_read_definitions (HrTableRequest *self, const HrJson *list);
/** @shape: HR_SHAPE_LOCAL_INDEX or HR_SHAPE_GLOBAL_INDEX. */
void           hr_table_request_read_index (HrTableRequest *self, const HrShape *shape, const HrJson *json,
                                            HrIndexRequest *index);
HrThroughput    hr_throughput_read     (const HrJson *json);
HrRequestUnits  hr_request_units_read  (const HrShape *shape, const HrJson *json);
HrStreamRequest hr_stream_request_read (const HrJson *json);
HrSseRequest    hr_sse_request_read    (const HrJson *json, HrArena *arena);
/** The definition of an index whose keys are all defined. */
HrIndex        *hr_table_request_build_index (const HrTableRequest *self, const HrIndexRequest *index);
void            hr_request_units_apply (const HrRequestUnits *self, HrUnits *units);
/** What is kept warm: what was asked for, but never less than what the mode of billing comes with. */
HrUnits         hr_units_get_warm      (const HrUnits *asked, gboolean on_demand, gint64 read_units,
                                        gint64 write_units);
void            hr_sse_request_apply   (const HrSseRequest *self, HrSettings *settings);

/** What must hold between members, in the service's order of complaint. Marks used definitions. */
gboolean hr_table_request_check (HrTableRequest *self, HrServiceError *error);
/** Of definitions, and of an index of a table with partition key @table_key, apart from how it is billed. */
gboolean hr_table_request_check_definitions (const HrTableRequest *self, HrServiceError *error);
gboolean hr_table_request_check_index (HrTableRequest *self, const HrIndexRequest *index, HrServiceError *error);
gboolean hr_throughput_check (const HrThroughput *units, HrArena *arena, HrServiceError *error);
/** OnDemandThroughput. @index NULL: of the table. @may_clear: -1 takes a limit away. */
gboolean hr_request_units_check_limits (const HrRequestUnits *self, const char *index, gboolean on_demand,
                                        gboolean may_clear, HrArena *arena, HrServiceError *error);
gboolean hr_sse_request_check (const HrSseRequest *self, HrArena *arena, HrServiceError *error);

const HrKeyDefinition *hr_table_request_find (const HrTableRequest *self, const char *name);

/** A TableName as operations on tables want it: there, and 3 to 255 characters long. */
gboolean hr_table_name_check (const HrJson *json, HrArena *arena, HrServiceError *error);

G_END_DECLS
