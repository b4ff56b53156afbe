#pragma once

#include "model/expression/build.h"
#include "model/partiql/partiql.h"
#include "model/partiql/tree.h"

G_BEGIN_DECLS

struct _HrPartiql
{
  const HrPartiqlTree *tree;
  const char *text;
  gsize length;
  const HrValue *parameters;
  guint n_parameters;        /* that the statement uses */
  HrNode *where;             /* or NULL */
  const HrProjection *projection; /* of SELECT; NULL: all */
  HrValue item;              /* of INSERT */
  const HrUpdate *update;    /* of UPDATE */
};

G_END_DECLS
