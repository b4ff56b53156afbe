/*
 * What is drawn into each horizontal strip of a scene, as a number.
 *
 * Each node's number goes into those of the strips that it reaches, in the order of drawing. A group does not draw: it
 * changes what is in it, so its place, clip and opacity are part of the numbers of its nodes. Only one that is seen
 * through begins and ends something by itself, for its nodes are put together before they are put on what is below.
 */
#include "render/scene-strips.h"

#include <math.h>
#include <string.h>

#include "render/scene-private.h"

typedef struct
{
  guint64 hash;
  double y;           /* of its coordinates */
  double top, bottom; /* what of the scene it can reach */
  gboolean is_seen_through;
} Group;

typedef struct
{
  double scale;
  GArray *strips; /* HrSceneStrip */
} Strips;

static guint64
mix (guint64 hash, guint64 number)
{
  hash = (hash ^ number) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ hash >> 29;
}

static guint64
mix_double (guint64 hash, double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  return mix (hash, bits);
}

static guint64
mix_bytes (guint64 hash, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i += sizeof (guint64))
    {
      guint64 word = 0;

      memcpy (&word, bytes + i, MIN (length - i, sizeof word));
      hash = mix (hash, word);
    }
  return mix (hash, length);
}

static guint64
mix_rect (guint64 hash, const HrRect *rect)
{
  hash = mix_double (mix_double (hash, rect->x), rect->y);
  return mix_double (mix_double (hash, rect->width), rect->height);
}

static guint64
mix_box (guint64 hash, const HrBox *box)
{
  hash = mix (mix (mix (hash, box->fill), box->stroke), box->corners);
  return mix_double (mix_double (mix_double (hash, box->stroke_width), box->radius), box->dash);
}

static guint64
mix_line (guint64 hash, const HrScene *scene, const HrSceneNode *node)
{
  const double *points = hr_scene_get_points (scene, node);

  for (guint i = 0; i < 2 * node->line.count; i++)
    hash = mix_double (hash, points[i]);
  return mix_double (mix_double (mix_double (hash, node->line.width), node->line.dash), node->line.arrow);
}

static guint64
mix_text (guint64 hash, const HrSceneNode *node)
{
  const HrTextLook *look = &node->text.look;

  hash = mix (mix (mix (mix (hash, look->style), look->color), look->align), look->ellipsis);
  hash = mix (mix (mix (hash, look->vertical), look->underline), look->strikethrough);
  return mix_bytes (hash, node->text.text, node->text.length);
}

static guint64
mix_group (guint64 hash, const HrSceneNode *node)
{
  hash = mix (hash, node->group.has_clip);
  return mix_double (mix_double (mix_double (hash, node->group.opacity), node->group.x), node->group.y);
}

static guint64
mix_node (guint64 hash, const HrScene *scene, const HrSceneNode *node)
{
  hash = mix_rect (mix (mix (hash, node->type), node->color), &node->rect);
  switch (node->type)
    {
    case HR_NODE_BOX:
      return mix_box (hash, &node->box);
    case HR_NODE_LINE:
    case HR_NODE_LINK:
      return mix_line (hash, scene, node);
    case HR_NODE_SHAPE:
      return mix (hash, node->shape);
    case HR_NODE_ICON:
      return mix (hash, node->icon);
    case HR_NODE_TEXT:
      return mix_text (hash, node);
    case HR_NODE_PUSH:
      return mix_group (hash, node);
    case HR_NODE_HATCH:
    case HR_NODE_POP:
      break;
    }
  return hash;
}

/* Something is drawn from @top to @bottom. */
static void
note (const Strips *self, double top, double bottom, guint64 hash)
{
  top = (top - HR_SCENE_SLOP) * self->scale;
  bottom = (bottom + HR_SCENE_SLOP) * self->scale;
  for (guint i = 0; i < self->strips->len; i++)
    {
      HrSceneStrip *strip = &g_array_index (self->strips, HrSceneStrip, i);

      if (strip->top < bottom && strip->bottom > top)
        strip->hash = mix (strip->hash, hash);
    }
}

static void
open_group (const Strips *self, GArray *groups, const Group *outer, const HrSceneNode *node, guint64 hash)
{
  Group group = { hash, outer->y + node->group.y, outer->top, outer->bottom, node->group.opacity < 1 };

  if (node->group.has_clip)
    {
      group.top = MAX (group.top, outer->y + node->rect.y);
      group.bottom = MIN (group.bottom, outer->y + node->rect.y + node->rect.height);
    }
  if (group.is_seen_through)
    note (self, group.top, group.bottom, hash);
  g_array_append_val (groups, group);
}

static void
hash_strips (const Strips *strips, const HrScene *scene)
{
  const Group all = { 0, 0, -HUGE_VAL, HUGE_VAL, FALSE };
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));

  g_array_append_val (groups, all);
  for (guint i = 0; i < hr_scene_get_n_nodes (scene); i++)
    {
      const HrSceneNode *node = hr_scene_get_node (scene, i);
      const Group group = g_array_index (groups, Group, groups->len - 1);
      guint64 hash = mix_node (group.hash, scene, node);

      if (node->type == HR_NODE_PUSH)
        open_group (strips, groups, &group, node, hash);
      else if (node->type != HR_NODE_POP)
        note (strips, MAX (group.top, group.y + node->rect.y),
              MIN (group.bottom, group.y + node->rect.y + node->rect.height), hash);
      else
        {
          if (group.is_seen_through)
            note (strips, group.top, group.bottom, hash);
          g_array_set_size (groups, groups->len - 1);
        }
    }
}

/* Of each place between two lines of px, whether a text lies across it. */
static guint8 *
find_texts (const HrScene *scene, double scale, int height)
{
  guint8 *has_text = g_new0 (guint8, (gsize) height + 1);
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (double));
  double y = 0;

  for (guint i = 0; i < hr_scene_get_n_nodes (scene); i++)
    {
      const HrSceneNode *node = hr_scene_get_node (scene, i);

      if (node->type == HR_NODE_PUSH)
        {
          g_array_append_val (offsets, y);
          y += node->group.y;
        }
      else if (node->type == HR_NODE_POP)
        {
          y = g_array_index (offsets, double, offsets->len - 1);
          g_array_set_size (offsets, offsets->len - 1);
        }
      else if (node->type == HR_NODE_TEXT)
        {
          double top = floor ((y + node->rect.y) * scale) + 1;
          double end = ceil ((y + node->rect.y + node->rect.height) * scale);

          for (int line = (int) CLAMP (top, 0, height); line < (int) CLAMP (end, 0, height); line++)
            has_text[line] = TRUE;
        }
    }
  return has_text;
}

GArray *
hr_scene_cut_strips (const HrScene *self, double scale, int height, int min_height)
{
  g_autofree guint8 *has_text = find_texts (self, scale, height);
  const Strips strips = { scale, g_array_new (FALSE, FALSE, sizeof (HrSceneStrip)) };
  HrSceneStrip strip = { 0, 0, 0 };

  for (strip.bottom = 1; strip.bottom <= height; strip.bottom++)
    if (strip.bottom == height || (strip.bottom - strip.top >= min_height && !has_text[strip.bottom]))
      {
        g_array_append_val (strips.strips, strip);
        strip.top = strip.bottom;
      }
  hash_strips (&strips, self);
  return strips.strips;
}
