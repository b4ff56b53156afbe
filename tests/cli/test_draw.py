"""`hashrange draw`: pictures of the sample in every format, the same bytes each time."""

import pathlib
import re
import struct
import sys
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from support import SAMPLE, Case
import tap

INDEX = "message-group-sk-index"


class Draw(Case):
    def draw(self, name, *options, model=SAMPLE, expect=0):
        path = self.folder / name
        output, errors = self.hashrange("draw", model, "-o", path, *options, expect=expect)
        self.assertEqual(output, "")
        return path.read_bytes() if expect == 0 else errors

    def png_size(self, content):
        self.assertEqual(content[:8], b"\x89PNG\r\n\x1a\n")
        return struct.unpack(">II", content[16:24])

    def test_same_bytes_twice_and_after_saving(self):
        saved = self.folder / "saved.hashrange.json"
        self.hashrange("import", SAMPLE, "-o", saved)
        for suffix in "png", "svg", "pdf":
            for options in ((), ("--pattern", "A"), ("--index", INDEX), ("--pair", INDEX), ("--theme", "dark"),
                            ("--theme", "print")):
                with self.subTest(suffix=suffix, options=options):
                    first = self.draw(f"a.{suffix}", *options)
                    self.assertEqual(first, self.draw(f"b.{suffix}", *options))
                    self.assertEqual(first, self.draw(f"c.{suffix}", *options, model=saved))

    def test_scale_multiplies_the_pixels(self):
        width, height = self.png_size(self.draw("one.png", "--rows", "1-20"))
        self.assertEqual(self.png_size(self.draw("two.png", "--rows", "1-20", "--scale", "2")), (2 * width, 2 * height))

    def test_options_change_the_picture(self):
        pictures = {self.draw("x.png", *options) for options in
                    [(), ("--theme", "dark"), ("--index", INDEX), ("--pattern", "A"), ("--pattern", "D"),
                     ("--rows", "1-5"), ("--pair", INDEX), ("--pair", INDEX, "--pattern", "B"),
                     ("--pair", INDEX, "--rows", "1-5")]}
        self.assertEqual(len(pictures), 9)

    def check_svg(self, content, names):
        root = xml.etree.ElementTree.fromstring(content)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        self.assertEqual(len(ids), len(set(ids)), "an id stands twice")
        for name in names:
            self.assertIn(name, ids)
        for use in root.iter("{http://www.w3.org/2000/svg}use"):
            self.assertIn(use.get("href")[1:], ids)

    def test_svg_is_well_formed_with_stable_ids(self):
        self.check_svg(self.draw("x.svg", "--pattern", "A"), ["title", "table", "marks"])
        self.check_svg(self.draw("x.svg", "--pair", INDEX), ["title", "table", "index", "links", "index-partition-0"])

    def test_an_index_is_alone_or_beside_its_table(self):
        errors = self.draw("x.png", "--index", INDEX, "--pair", INDEX, expect=2)
        self.assertIn("--pair", errors)
        self.assertIn("nowhere", self.draw("x.png", "--pair", "nowhere", expect=2))

    def test_pdf_has_pages_and_no_date_of_today(self):
        content = self.draw("x.pdf")
        self.assertTrue(content.startswith(b"%PDF-"))
        self.assertGreater(int(max(re.findall(rb"/Count (\d+)", content), key=int)), 2)

    def test_too_many_pixels_are_refused_with_the_way_out(self):
        errors = self.draw("x.png", "--scale", "10", expect=2)
        self.assertIn("--rows", errors)

    def test_what_does_not_exist_is_named(self):
        for name, options in [("x.gif", ()), ("x.png", ("--theme", "mauve")), ("x.png", ("--index", "nowhere")),
                              ("x.png", ("--pattern", "Z")), ("x.png", ("--table", "nowhere")),
                              ("x.png", ("--rows", "5-1")), ("x.png", ("--rows", "100000-100001"))]:
            with self.subTest(name=name, options=options):
                errors = self.draw(name, *options, expect=2)
                self.assertIn(options[1].split("-")[0] if options and options[0] != "--rows" else
                              ("gif" if name == "x.gif" else "rows"), errors)


if __name__ == "__main__":
    tap.main()
