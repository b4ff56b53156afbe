#pragma once

#include "model/document/outline.h"

G_BEGIN_DECLS

/*
 * A table with random items, and outlines of it that are told each change, beside what they should say. Items live as
 * long as the scene.
 */
#define SCENE_TABLE "t"

typedef struct
{
  HrEngine *engine;
  HrTable *table;
  HrArena *arena;
  GRand *rand;
  gint64 next_ordinal;
  guint n_partitions;  /* to choose from */
  guint n_sort_keys;
  GPtrArray *outlines; /* HrOutline */
  GArray *naive;       /* NaiveOutline, one each */
} Scene;

/** A table with three entities and three indexes. */
HrTable   *scene_make_table (void);
HrEntity  *scene_add_entity (HrTable *table, const char *name, const char *sort_template);
/** Takes @table. */
Scene     *scene_new  (HrTable *table, guint32 seed);
void       scene_free (Scene *scene);
guint      scene_pick (Scene *scene, guint count);

/** What stands before and behind the number in a sort key. Those of one kind stand side by side, but for the third
 *  (entity Gamma) and the fourth (none), which alternate. */
#define SCENE_SORT_KEYS 5
extern const char *const scene_sort_keys[SCENE_SORT_KEYS][2];

HrValue    scene_make_text   (Scene *scene, const char *before, guint number, const char *behind);
HrValue    scene_make_number (Scene *scene, guint number);
HrValue    scene_make_partition_key (Scene *scene);
HrValue    scene_make_sort_key (Scene *scene);
HrValue    scene_make_item   (Scene *scene, const HrValue *pk, const HrValue *sk);

/** Stores a row and tells nobody. */
void       scene_store (Scene *scene, const HrValue *item, gint64 ordinal);
/** Tells all outlines of a change. */
void       scene_tell  (Scene *scene, const HrValue *before, const HrValue *after, gint64 ordinal);
void       scene_put   (Scene *scene, const HrValue *item);
void       scene_erase (Scene *scene, const HrValue *item);
void       scene_erase_from (Scene *scene, const char *partition, HrValue sk);
/** The same item in another place among the entered ones. */
void       scene_move  (Scene *scene, const HrValue *item);
/** Some change of some item; as many go as come. */
void       scene_edit  (Scene *scene);
void       scene_fill  (Scene *scene, guint count);

HrOutline *scene_open_outline (Scene *scene, HrOutlineOptions options);
void       scene_check (Scene *scene, gboolean gentle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

G_END_DECLS
