#!/usr/bin/env python3
"""Programs speak the language of whoever runs them, from a build folder too; what other programs read never changes."""

import os
import subprocess
import unittest

import support

import pseudo
import tap

IN_BUILD = os.environ.get("HASHRANGE_IN_BUILD", str(support.ROOT / "build" / "hashrange"))
LANGUAGES = (support.ROOT / "po" / "LINGUAS").read_text(encoding="utf-8").split()


class Translation(support.Case):
    def run_in(self, language, *arguments, program=support.PROGRAM, **environment):
        result = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=60,
                                check=False,
                                env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": language, **environment})
        return result.stdout

    def test_pseudo_language(self):
        pseudo.write(self.folder)
        place = {"HASHRANGE_LOCALEDIR": str(self.folder)}
        text = self.run_in(pseudo.LANGUAGE, "--help", **place)
        self.assertIn(pseudo.translate("Run access patterns and compare with what they expect"), text)
        self.assertIn(pseudo.translate("Say what is odd in a model"),
                      self.run_in(pseudo.LANGUAGE, "check", "--help", **place))
        self.assertNotEqual(self.run_in(pseudo.LANGUAGE, "run", support.SAMPLE, **place),
                            self.run_in("", "run", support.SAMPLE))

    def test_reports_for_programs_are_not_translated(self):
        pseudo.write(self.folder)
        for arguments in (["run", "--json", support.SAMPLE, "A"], ["export", support.SAMPLE, "--to", "create-table"]):
            with self.subTest(arguments=arguments):
                text = self.run_in(pseudo.LANGUAGE, *arguments, HASHRANGE_LOCALEDIR=str(self.folder))
                self.assertEqual(text, self.run_in("", *arguments))
                self.assertTrue(text)

    def test_a_build_folder_has_every_language(self):
        english = self.run_in("", "--help", program=IN_BUILD)
        self.assertIn("Usage", english)
        for language in LANGUAGES:
            with self.subTest(language=language):
                self.assertNotEqual(self.run_in(language, "--help", program=IN_BUILD), english)


class Pseudo(unittest.TestCase):
    def test_what_is_kept(self):
        for text in ("%u", "%'d", "<b>", "&amp;", "{created_at}", "`hashrange call`", "--json", "RCU", "\\n"):
            self.assertIn(text, pseudo.translate(f"a text {text} with it"))
        self.assertTrue(pseudo.translate("_Save").startswith("_S"))

    def test_growth(self):
        text = "a sentence that is neither long nor short, and which has a few words"
        self.assertAlmostEqual(len(pseudo.translate(text)) / len(text), 1.4, delta=0.05)


if __name__ == "__main__":
    tap.main()
