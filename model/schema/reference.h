#pragma once

#include "model/schema/pattern.h"

G_BEGIN_DECLS

/**
 * HrReference: `{name}`, `{item.pk}` or `{groups.Items[0].pk}` inside a string of a request.
 * `root` is a parameter, "item" or a step; the path leads into that JSON value.
 */
typedef struct
{
  gboolean is_literal;
  char *text;       /* literal with braces resolved, or the whole reference without braces */
  gsize length;     /* bytes of text, which may contain NUL characters */
  char *root;       /* of a reference */
  GPtrArray *path;  /* char*: member name, or "[3]" */
  HrRange range;    /* in the string */
} HrReferencePart;

/** An owned list of HrReferencePart; NULL with @message and @range when a reference is malformed. */
GPtrArray *hr_reference_parse (const char *text, gsize length, char **message, HrRange *range);

/** A reference without its braces, as in `for_each`, to @root and @path (char *); FALSE when it is none. */
gboolean hr_reference_parse_path (const char *text, gsize length, char **root, GPtrArray **path);

G_END_DECLS
