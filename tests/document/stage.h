#pragma once

#include "model/document/runner.h"
#include "tests/document/fixture.h"

/* A document with a few notes, a backend of its engine, and a pattern to give steps to. Requests have ' for ". */
typedef struct
{
  HrDocument *document;
  HrBackend *backend;
  HrPattern *pattern;
} Stage;

#define STAGE_ITEM(pk, sk) "{'pk':{'S':'" pk "'},'sk':{'S':'" sk "'}}"
#define STAGE_QUERY \
  "{'TableName':'notes','KeyConditionExpression':'pk = :pk','ExpressionAttributeValues':{':pk':{'S':'a'}}"

void    stage_set_up        (Stage *stage, gconstpointer data);
void    stage_tear_down     (Stage *stage, gconstpointer data);
HrStep *stage_add_step      (Stage *stage, const char *name, const char *operation, const char *request);
void    stage_add_parameter (Stage *stage, const char *name, HrType type, const char *example);
/* Steps that move every note of a partition: read, then delete and put for each. */
void    stage_add_move      (Stage *stage);

HrPatternRun *stage_run           (Stage *stage, const HrRunOptions *options);
void          stage_assert_passed (const HrPatternRun *run);
