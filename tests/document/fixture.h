#pragma once

#include "model/document/document.h"

/*
 * A small model for the tests of documents: `notes` (pk S, sk S, global index by-owner on owner S and sk S, local
 * index by-rank on rank N, entity Note) and `counters` (id N).
 */
HrModel    *fixture_model_new    (void);
HrDocument *fixture_document_new (void);

HrTable *fixture_table_new (const char *name, const char *partition, HrType partition_type, const char *sort,
                            HrType sort_type); /* sort NULL: none */
HrIndex *fixture_index_new (const char *name, HrIndexKind kind, const char *partition, HrType partition_type,
                            const char *sort, HrType sort_type);

/* Within an open edit; aborts the test on an error. Text is JSON with ' for ". */
void fixture_add     (HrDocument *document, const char *table, const char *json);
void fixture_add_at  (HrDocument *document, const char *table, const char *json, gint64 ordinal);
void fixture_remove  (HrDocument *document, const char *table, const char *key);
void fixture_begin   (HrDocument *document, const char *name);
void fixture_commit  (HrDocument *document);
void fixture_undo    (HrDocument *document);
void fixture_redo    (HrDocument *document);

char   *fixture_quote (const char *text); /* ' becomes " */
HrValue fixture_item  (HrArena *arena, const char *json);
/* Rows and drafts of a table on one line each: `item {"pk":…}` and `draft CODE JSON`. */
char   *fixture_list  (HrDocument *document, const char *table);
char   *fixture_dump  (HrDocument *document);
void    fixture_verify (HrDocument *document);
/* Two dumps; tells the first line that differs. */
void    fixture_assert_same (const char *dump, const char *expected);
