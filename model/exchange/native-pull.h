#pragma once

#include "model/base/json-reader.h"
#include "model/base/progress.h"

G_BEGIN_DECLS

/** HrPulledItem: where in the text an element of "items" stands. */
typedef struct
{
  HrRange place;
  gboolean is_broken; /* no JSON, but a line of its own */
} HrPulledItem;

/* How often an item is looked at until it is in the document: when it is pulled, added and stored, and for each index
 * when its entry is made and stored. */
#define HR_NATIVE_STEPS(n_indexes) (3 + 2 * (n_indexes))

/** HrItemPull: notes the places of items. A plain value; borrows all but the names. */
typedef struct
{
  HrJsonReader *json;
  HrDiagnostics *diagnostics;
  HrProgress *progress; /* or NULL */
  HrArena *scratch; /* of names */
  GArray *names;    /* owned: of the objects that are open */
  guint n_items;    /* so far, of all tables */
  guint n_salvaged; /* errors in the text that were got over */
  HrJsonError first_error; /* of those */
} HrItemPull;

void hr_item_pull_init  (HrItemPull *self, HrJsonReader *json, HrDiagnostics *diagnostics, HrArena *scratch,
                         HrProgress *progress);
void hr_item_pull_clear (HrItemPull *self);
/** Adds an HrPulledItem to @items for each element of the array at hand; may end with an error of the reader. */
void hr_item_pull_list  (HrItemPull *self, GArray *items);

G_END_DECLS
