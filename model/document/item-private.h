#pragma once

#include "model/document/edit-private.h"
#include "model/document/item-edit.h"

G_BEGIN_DECLS

/*
 * item-entry.c: entries of a table, held by their ordinals while an edit changes keys and drafts.
 */
typedef struct
{
  gint64 ordinal;
  gboolean is_draft;
  gboolean is_item;  /* FALSE: a draft that is something else */
  HrValue item;      /* in the arena it was read with */
  HrValue key;       /* of a stored item */
  const char *draft; /* JSON of a draft, borrowed until the next change */
} HrEntry;

/** FALSE with HR_ERROR_NOT_FOUND. */
gboolean hr_entry_find (HrDocument *document, const HrItemRef *ref, HrArena *arena, HrEntry *entry, GError **error);
/** Puts @item in the entry's place, as a draft when it cannot be stored. Needs an open edit. */
gboolean hr_entry_put  (HrDocument *document, const char *table, const HrEntry *entry, const HrValue *item,
                        GError **error);
gboolean hr_entry_remove (HrDocument *document, const char *table, const HrEntry *entry, GError **error);

/** HrItemStep: several entries changed as one step: begin, go through them by ordinal, end. Zero-initialise. */
typedef struct
{
  HrDocument *document;
  const char *table;
  const HrTable *definition;
  HrEditPart part;
  GArray *ordinals;  /* gint64: of the entries, ascending */
  GArray *touched;   /* gint64: what the result is about */
  HrItemResult result;
  HrArena *arena;    /* reset for each entry */
} HrItemStep;

/** Resolves the entries before anything changes. @name is taken. */
gboolean hr_item_step_begin (HrItemStep *self, HrDocument *document, const HrItemRef *refs, guint n_refs, char *name,
                             GError **error);
/** The same without entries, for a table. */
gboolean hr_item_step_open  (HrItemStep *self, HrDocument *document, const char *table, char *name, GError **error);
void     hr_item_step_note_rewritten (HrItemStep *self, const GPtrArray *names);
/** Adds an item behind the entry with this ordinal (-1: at the end), and notes it as touched. */
gboolean hr_item_step_add   (HrItemStep *self, const HrValue *item, gint64 behind, GError **error);
/** The same at the end, from JSON that may be no item. */
gboolean hr_item_step_add_text (HrItemStep *self, const char *json, GError **error);
/** Commits, counts, and moves the result to @result. Frees everything. */
gboolean hr_item_step_end   (HrItemStep *self, gboolean done, HrItemResult *result, GError **error);

/*
 * item-shape.c: what a text looks like, and the next one of its kind.
 */
typedef enum
{
  HR_SHAPE_TEXT,
  HR_SHAPE_UUID,
  HR_SHAPE_DATE,    /* 2026-03-02, 2026-03-02T10:04:05.123456+00:00 and the like */
  HR_SHAPE_NUMBER,  /* digits only, perhaps padded */
} HrTextShape;

HrTextShape hr_text_shape_find (const char *text);
/** The time in the shape of @sample (a DATE): as many parts and digits, the same zone. NULL when it cannot be told. */
char       *hr_text_shape_dup_time (const char *sample, gint64 time_us);
/** The next text: a number or date by one of its smallest unit, a fresh uuid, "x" → "x-2" → "x-3". */
char       *hr_text_dup_next (const char *text, const HrItemMaker *maker);
gint64      hr_item_maker_now_us   (const HrItemMaker *self);
char       *hr_item_maker_dup_uuid (const HrItemMaker *self);

/*
 * item-fresh.c: first values
 */
/** What the name of an attribute promises: a DATE (or a number that is a time), a UUID, or nothing (TEXT). */
HrTextShape hr_name_guess_shape (const char *name);
/** Variables and attributes of a new item of an entity: texts of variables into @bindings, attributes into *@item. */
gboolean    hr_item_invent (HrDocument *document, const HrTable *table, const HrEntity *entity,
                            const HrItemMaker *maker, HrArena *arena, HrBindings *bindings, HrValue *item,
                            GError **error);

G_END_DECLS
