#pragma once

#include "model/api/table-request.h"

G_BEGIN_DECLS

/*
 * An UpdateTable request between its reading and its checks. Private to model/api.
 */
typedef enum
{
  HR_INDEX_UPDATE,
  HR_INDEX_CREATE,
  HR_INDEX_DELETE,
} HrIndexActionKind;

typedef struct
{
  HrIndexActionKind kind;
  guint n_actions;        /* what was given; 1 when all is well, and only then the rest is filled in */
  HrIndexRequest request; /* of UPDATE and DELETE only what they name */
} HrIndexAction;

typedef struct
{
  HrTableRequest table; /* its name and definitions */
  gboolean has_billing; /* then table.on_demand is what is wanted */
  HrIndexAction *actions;
  guint n_actions;
  gboolean has_actions; /* a list of them, maybe an empty one */
  int table_class;      /* HrClassWord; -1: not given */
  gboolean has_protection;
  gboolean protection;
} HrUpdateRequest;

/** What can be said without the table: members that are there, alone or together. */
gboolean hr_update_request_check (const HrUpdateRequest *self, HrServiceError *error);
/** What must hold of the table as it is. Marks used definitions. */
gboolean hr_update_request_check_table (HrUpdateRequest *self, const HrTable *table, HrServiceError *error);

G_END_DECLS
