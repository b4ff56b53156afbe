/*
 * The display list: its dump, its targets, and the pen that mirrors.
 */
#include "render/pen.h"
#include "render/scene-private.h"
#include "render/scene-strips.h"

static void
assert_dump (const HrScene *scene, const char *expected)
{
  g_autofree char *dump = hr_scene_dump (scene);

  g_assert_cmpstr (dump, ==, expected);
}

static void
test_dump (void)
{
  g_autoptr (HrScene) scene = hr_scene_new ();
  const double points[] = { 0, 0.004, 10, -0.001 };
  HrTextLook look = { .style = HR_STYLE_MONO, .color = HR_COLOR_TEXT, .align = HR_ALIGN_END,
                      .ellipsis = HR_ELLIPSIS_MIDDLE, .underline = TRUE };

  hr_scene_push (scene, &(HrRect) { 0, 0, 100, 50 }, 0.5, "group");
  hr_scene_add_box (scene, &(HrRect) { 1, 2, 3.456, 4 },
                    &(HrBox) { .fill = HR_COLOR_BLOCK, .stroke = HR_COLOR_LINE, .stroke_width = 1, .radius = 8 });
  hr_scene_push (scene, NULL, 1, NULL);
  hr_scene_add_hatch (scene, &(HrRect) { 0, 0, 1, 1 }, HR_COLOR_HATCH);
  hr_scene_pop (scene);
  hr_scene_add_line (scene, points, 2, HR_COLOR_ACCENT, 2, 5);
  hr_scene_pop (scene);
  hr_scene_add_shape (scene, HR_SHAPE_RING, 1, 1, 9, hr_color_of_entity (4, HR_PART_MARK));
  hr_scene_add_icon (scene, HR_ICON_PENCIL, 1, 1, 9, HR_COLOR_OK);
  hr_scene_add_text (scene, &(HrRect) { 0, 0, 50, 20 }, &look, "say \"x\"!", 7);
  assert_dump (scene, "group group clip 0.00 0.00 100.00 50.00 opacity 0.50\n"
                      "  box 1.00 2.00 3.46 4.00 fill block stroke line 1.00 radius 8.00 corners 0\n"
                      "  group -\n"
                      "    hatch hatch 0.00 0.00 1.00 1.00\n"
                      "  line accent 2.00 5.00 0.00 0.00 10.00 0.00\n"
                      "shape ring entity-4-mark 1.00 1.00 9.00 9.00\n"
                      "icon pencil ok 1.00 1.00 9.00 9.00\n"
                      "text 0.00 0.00 50.00 20.00 mono text end ellipsis-middle underline \"say \\\"x\\\"\"\n");
  hr_scene_clear (scene);
  assert_dump (scene, "");
}

static void
test_targets (void)
{
  g_autoptr (HrScene) scene = hr_scene_new ();
  HrHit row = { HR_HIT_ROW, 2, 3, 0, HR_SIDE_TABLE };
  HrHit cell = { HR_HIT_CELL, 2, 3, 1, HR_SIDE_TABLE };
  HrHit found;
  const char *text;
  HrRect rect;

  hr_scene_add_target (scene, &(HrRect) { 0, 10, 100, 30 }, &row, "row", NULL);
  hr_scene_add_target (scene, &(HrRect) { 20, 10, 40, 30 }, &cell, NULL, "tip");
  g_assert_true (hr_scene_hit_test (scene, 30, 20, &found, &text));
  g_assert_cmpint (found.kind, ==, HR_HIT_CELL);
  g_assert_cmpuint (found.column, ==, 1);
  g_assert_cmpstr (text, ==, "tip");
  g_assert_true (hr_scene_hit_test (scene, 0, 10, &found, &text));
  g_assert_cmpint (found.kind, ==, HR_HIT_ROW);
  g_assert_null (text);
  g_assert_false (hr_scene_hit_test (scene, 0, 40, &found, NULL));
  g_assert_false (hr_scene_hit_test (scene, 100, 20, &found, NULL));

  g_assert_true (hr_scene_find_target (scene, &row, &rect, &text));
  g_assert_cmpstr (text, ==, "row");
  g_assert_cmpfloat (rect.width, ==, 100);
  row.row = 4;
  g_assert_false (hr_scene_find_target (scene, &row, &rect, &text));
}

/* A scene's texts live until it is cleared, whatever becomes of what was given. */
static void
test_copies (void)
{
  g_autoptr (HrScene) scene = hr_scene_new ();
  HrHit target = { .kind = HR_HIT_LEGEND };
  char label[] = "label";
  const char *found;
  HrRect rect;

  hr_scene_add_target (scene, &(HrRect) { 0, 0, 1, 1 }, &target, label, NULL);
  label[0] = 'x';
  g_assert_true (hr_scene_find_target (scene, &target, &rect, &found));
  g_assert_cmpstr (found, ==, "label");
}

static void
draw_all (const HrPen *pen)
{
  const double points[] = { 0, 0, 10, 5 };
  HrTextLook look = { .style = HR_STYLE_BODY, .color = HR_COLOR_TEXT };

  hr_pen_push (pen, &(HrRect) { 10, 0, 40, 20 }, 1, NULL);
  hr_pen_box (pen, &(HrRect) { 10, 0, 20, 20 }, &(HrBox) { .fill = HR_COLOR_BLOCK, .radius = 4, .corners = 1 | 8 });
  hr_pen_pop (pen);
  hr_pen_line (pen, points, 2, HR_COLOR_LINE, 1, 0);
  hr_pen_icon (pen, HR_ICON_KEY, 0, 0, 10, HR_COLOR_TEXT);
  hr_pen_text (pen, &(HrRect) { 0, 0, 30, 10 }, &look, "x", -1);
  look.align = HR_ALIGN_CENTER;
  hr_pen_text (pen, &(HrRect) { 0, 0, 30, 10 }, &look, "y", -1);
}

static void
test_mirror (void)
{
  g_autoptr (HrScene) scene = hr_scene_new ();
  HrPen pen = { scene, 100, 200, TRUE, HR_SIDE_TABLE };

  draw_all (&pen);
  assert_dump (scene, "group - clip 350.00 0.00 40.00 20.00\n"
                      "  box 370.00 0.00 20.00 20.00 fill block radius 4.00 corners 6\n"
                      "line line 1.00 0.00 400.00 0.00 390.00 5.00\n"
                      "icon key text 390.00 0.00 10.00 10.00\n"
                      "text 370.00 0.00 30.00 10.00 body text end \"x\"\n"
                      "text 370.00 0.00 30.00 10.00 body text center \"y\"\n");
  hr_scene_clear (scene);
  pen.right_to_left = FALSE;
  draw_all (&pen);
  assert_dump (scene, "group - clip 10.00 0.00 40.00 20.00\n"
                      "  box 10.00 0.00 20.00 20.00 fill block radius 4.00 corners 9\n"
                      "line line 1.00 0.00 0.00 0.00 10.00 5.00\n"
                      "icon key text 0.00 0.00 10.00 10.00\n"
                      "text 0.00 0.00 30.00 10.00 body text start \"x\"\n"
                      "text 0.00 0.00 30.00 10.00 body text center \"y\"\n");
}

#define N_STRIPS 5

/* What a test changes of the scene below; the rest is as usual. */
typedef struct
{
  double y;
  HrColor color;
  double opacity;
  double clip;      /* height of the group's */
  double offset;
  const char *text;
  double point;
  HrShape shape;
} Variant;

static const Variant usual = { 110, HR_COLOR_LINE, 1, 40, 0, "text", 120, HR_SHAPE_RING };

static GArray *
cut (Variant variant)
{
  g_autoptr (HrScene) scene = hr_scene_new ();
  const double points[] = { 0, 120, 10, variant.point };
  HrTextLook look = { .style = HR_STYLE_BODY, .color = HR_COLOR_TEXT };

  hr_scene_add_box (scene, &(HrRect) { 0, 10, 100, 230 }, &(HrBox) { .fill = HR_COLOR_BLOCK });
  hr_scene_push (scene, &(HrRect) { 0, 105, 100, variant.clip }, variant.opacity, NULL);
  hr_scene_push_offset (scene, 0, variant.offset);
  hr_scene_add_box (scene, &(HrRect) { 0, variant.y, 100, 20 }, &(HrBox) { .fill = variant.color });
  hr_scene_pop (scene);
  hr_scene_pop (scene);
  hr_scene_add_text (scene, &(HrRect) { 0, 110, 50, 20 }, &look, variant.text, -1);
  hr_scene_add_line (scene, points, 2, HR_COLOR_ACCENT, 1, 0);
  hr_scene_add_shape (scene, variant.shape, 5, 110, 9, HR_COLOR_OK);
  return hr_scene_cut_strips (scene, 1, 50 * N_STRIPS, 50);
}

/* Another picture has other numbers where it is another, and the same elsewhere. */
static void
test_strips (void)
{
  Variant variants[] = { usual, usual, usual, usual, usual, usual, usual, usual };
  g_autoptr (GArray) before = cut (usual);
  g_autoptr (GArray) again = cut (usual);

  variants[0].y = 112;
  variants[1].color = HR_COLOR_ACCENT;
  variants[2].opacity = 0.5;
  variants[3].clip = 20;
  variants[4].offset = 3;
  variants[5].text = "next";
  variants[6].point = 125;
  variants[7].shape = HR_SHAPE_SQUARE;
  g_assert_cmpuint (before->len, ==, N_STRIPS);
  g_assert_cmpmem (before->data, before->len * sizeof (HrSceneStrip), again->data, again->len * sizeof (HrSceneStrip));
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autoptr (GArray) after = cut (variants[i]);

      for (guint strip = 0; strip < N_STRIPS; strip++)
        g_assert_true ((g_array_index (before, HrSceneStrip, strip).hash
                        != g_array_index (after, HrSceneStrip, strip).hash) == (strip == 2));
    }
}

/* A text is in one strip. */
static void
test_texts_of_strips (void)
{
  g_autoptr (HrScene) scene = hr_scene_new ();
  g_autoptr (GArray) strips = NULL;
  HrTextLook look = { .style = HR_STYLE_BODY, .color = HR_COLOR_TEXT };

  hr_scene_push_offset (scene, 0, 10);
  hr_scene_add_text (scene, &(HrRect) { 0, 30, 50, 20 }, &look, "text", -1);
  hr_scene_pop (scene);
  hr_scene_add_text (scene, &(HrRect) { 60, 60, 50, 15.5 }, &look, "text", -1);
  strips = hr_scene_cut_strips (scene, 2, 240, 100);
  g_assert_cmpuint (strips->len, ==, 3);
  g_assert_cmpint (g_array_index (strips, HrSceneStrip, 0).bottom, ==, 120);
  g_assert_cmpint (g_array_index (strips, HrSceneStrip, 1).top, ==, 120);
  g_assert_cmpint (g_array_index (strips, HrSceneStrip, 1).bottom, ==, 220);
  g_assert_cmpint (g_array_index (strips, HrSceneStrip, 2).bottom, ==, 240);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/scene/dump", test_dump);
  g_test_add_func ("/render/scene/targets", test_targets);
  g_test_add_func ("/render/scene/copies", test_copies);
  g_test_add_func ("/render/scene/strips", test_strips);
  g_test_add_func ("/render/scene/strips-texts", test_texts_of_strips);
  g_test_add_func ("/render/pen/mirror", test_mirror);
  return g_test_run ();
}
