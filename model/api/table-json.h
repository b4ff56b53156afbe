#pragma once

#include "model/api/call.h"

G_BEGIN_DECLS

/*
 * Pieces of JSON about tables, as members of an object that is being written. Private to model/api.
 */

/** @kind and @part (NULL of a table itself): `/index/NAME` and the like. */
void hr_write_arn  (const HrApi *api, const char *member, const char *table, const char *kind, const char *part,
                    HrBuffer *out);
/** `"Tags":[…]`, also when there are none. */
void hr_write_tags (const HrSettings *settings, HrBuffer *out);
/** What a backup tells of the table it was made of: keys and billing; indexes, stream, time to live, encryption. */
void hr_table_write_source   (const HrTable *table, HrBuffer *out);
void hr_table_write_features (const HrApi *api, const HrTable *table, HrBuffer *out);

G_END_DECLS
