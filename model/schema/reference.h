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
  char *root;       /* of a reference */
  GPtrArray *path;  /* char*: member name, or "[3]" */
  HrRange range;    /* in the string */
} HrReferencePart;

/** Splits a string into literals and references; NULL with @message and @range when malformed. */
GPtrArray *hr_reference_parse (const char *text, gsize length, char **message, HrRange *range);

G_END_DECLS
