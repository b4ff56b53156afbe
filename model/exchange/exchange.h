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

struct _HrExchangeFormat
{
  const char *id;          /* "create-table" */
  const char *title;       /* N_(): "CreateTable JSON for the AWS CLI" */
  const char *description; /* N_(): one sentence: what it is for and how to use it */
  gboolean single_file;    /* an export is always exactly one file */
  /** 0 no, 100 certainly: how much @text looks like this format; @name is the file's name or NULL. */
  int (*recognise) (const char *text, gsize length, const char *name);
  /** A document, or NULL with @error when nothing can be read. Findings go to @diagnostics. NULL: cannot. */
  HrDocument *(*import) (const char *text, gsize length, const char *name, HrDiagnostics *diagnostics,
                         const HrCancel *cancel, GError **error);
  /** Adds files to @export. FALSE with @error. NULL: cannot. */
  gboolean (*export_document) (HrDocument *document, HrExport *export, const HrCancel *cancel,
                               GError **error);
};

guint                   hr_exchange_get_count (void);
const HrExchangeFormat *hr_exchange_get       (guint index);
const HrExchangeFormat *hr_exchange_find      (const char *id);
/** The format that recognises the text best and can import, or NULL. */
const HrExchangeFormat *hr_exchange_recognise (const char *text, gsize length, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrExport, hr_export_free)

G_END_DECLS
