#pragma once

#include "model/document/document.h"

G_BEGIN_DECLS

/**
 * HrExchangeFormat: one file format, a row of the registry (registry.c). A format imports, exports,
 * or both. The native project file is one of them.
 */
typedef struct _HrExchangeFormat HrExchangeFormat;

/** HrExportFile: one file of an export, in the order to write them. */
typedef struct
{
  char *name;   /* a plain file name: "cruddur-messages.create-table.json" */
  GBytes *content;
} HrExportFile;

typedef struct
{
  GPtrArray *files;           /* HrExportFile */
  HrDiagnostics *diagnostics; /* what was left out or changed, in words */
} HrExport;

HrExport *hr_export_new  (void);
void      hr_export_add  (HrExport *self, const char *name, GBytes *content); /* takes @content */
void      hr_export_free (HrExport *self);

/** HrExportCheck: something that was tried with an export before anybody relies on it. */
typedef struct
{
  char *title;  /* translated: "Reads back to the same model" */
  char *problem; /* translated, or NULL: it is so */
  guint file;   /* number of the file that the problem is in */
  guint line;   /* in that file, from 1; 0: no place */
} HrExportCheck;

/** HrExchangeGroup: where a list of exports puts a format. */
typedef enum
{
  HR_EXCHANGE_MODEL,
  HR_EXCHANGE_SCHEMA,
  HR_EXCHANGE_ITEMS,
  HR_EXCHANGE_CODE,
  HR_N_EXCHANGE_GROUPS,
} HrExchangeGroup;

struct _HrExchangeFormat
{
  const char *id;          /* "create-table" */
  const char *title;       /* N_(): "CreateTable JSON for the AWS CLI" */
  const char *description; /* N_(): one sentence: what it is for and how to use it */
  const char *name;        /* N_(): for a list of exports: "Table schema"; @kind stands below it */
  const char *kind;        /* N_(): "JSON for create-table" */
  HrExchangeGroup group;
  gboolean single_file;    /* an export is always exactly one file */
  /** 0 no, 100 certainly: how much @text looks like this format; @name is the file's name or NULL. */
  int (*recognise) (const char *text, gsize length, const char *name);
  /** A document, or NULL with @error when nothing can be read. Findings go to @diagnostics. NULL: cannot. */
  HrDocument *(*import) (const char *text, gsize length, const char *name, HrDiagnostics *diagnostics,
                         HrProgress *progress, GError **error);
  /** Adds files to @export. FALSE with @error. NULL: cannot. */
  gboolean (*export_document) (HrDocument *document, HrExport *export, const HrCancel *cancel,
                               GError **error);
  /** Tries the files out and adds what came of it, see hr_export_check(). NULL: there is nothing of its own. */
  void (*check) (HrDocument *document, const HrExport *export, GPtrArray *checks);
  /** The command that takes a file of that name, in lines for a shell, to be freed. NULL: there is none. */
  char *(*describe_use) (const char *file_name);
};

guint                   hr_exchange_get_count (void);
const HrExchangeFormat *hr_exchange_get       (guint index);
const HrExchangeFormat *hr_exchange_find      (const char *id);
/** The format that recognises the text best and can import, or NULL. */
const HrExchangeFormat *hr_exchange_recognise (const char *text, gsize length, const char *name);

/**
 * hr_export_check: tries out what @format made of @document, off any main loop.
 *
 * Returns HrExportChecks: those of the format, and, when it can read, that its files read back to the same text.
 * The document is only read.
 */
GPtrArray *hr_export_check (const HrExchangeFormat *format, HrDocument *document, const HrExport *export);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrExport, hr_export_free)

G_END_DECLS
