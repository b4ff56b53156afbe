#pragma once

#include "model/api/call.h"

G_BEGIN_DECLS

/** HrWriteLayout: where the members of a write, or of an action of a transaction, stand in its shape. */
typedef struct
{
  const HrShape *shape;
  HrWriteKind kind;
  guint8 table_name;
  guint8 item;          /* Item or Key */
  guint8 return_values; /* or HR_NO_ROW */
  guint8 on_failure;
  /* Legacy members, or HR_NO_ROW */
  guint8 attribute_updates;
  guint8 expected;
  guint8 conditional_operator;
  HrExpressionRows rows;
} HrWriteLayout;

/** Reads and checks one write, in the service's order. Values point into the request or the call's arena. */
gboolean hr_call_read_write (HrApiCall *call, const HrWriteLayout *layout, const HrFields fields,
                             HrWrite *write);

/** The attributes of @item that are @table's key. */
HrValue  hr_call_get_key  (HrApiCall *call, const HrTable *table, const HrValue *item);
/**
 * hr_call_transact:
 * @actions: as they came, to tell whether @token (nullable) came with the same before
 * @is_repeated: it did, and nothing was done now
 *
 * All writes or none, at most once for each token of the operation.
 */
gboolean hr_call_transact (HrApiCall *call, const HrJson *actions, const HrJson *token, const HrWrite *writes,
                           guint n_writes, gboolean *is_repeated);

G_END_DECLS
