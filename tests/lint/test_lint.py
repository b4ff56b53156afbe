"""The checks find what they are for, and the summary of a test run counts what went wrong."""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import documented  # noqa: E402
import layers  # noqa: E402
import potfiles  # noqa: E402
import readme  # noqa: E402
import semantics  # noqa: E402
import style  # noqa: E402
import summarise  # noqa: E402
import tap  # noqa: E402


class Layers(unittest.TestCase):
    def check(self, path, included):
        return layers.check_text(path, f"#pragma once\n\n#include {included}\n")

    def test_what_is_allowed(self):
        for path, included in (
            ("model/engine/read.c", '"model/value/value.h"'),
            ("model/engine/read.c", '"model/engine/store-private.h"'),
            ("model/exchange/native.c", '"model/document/document.h"'),
            ("render/scene.c", '"model/schema/table.h"'),
            ("app/cli/main.c", '"app/remote/remote-backend.h"'),
            ("app/ui/window/window.c", "<gtk/gtk.h>"),
            ("app/ui/window/window.c", '"app/ui/window/window-private.h"'),
            ("app/ui/pages/table-page.c", '"app/ui/pieces/look.h"'),
            ("app/ui/pieces/words.c", '"app/session/session.h"'),
            ("app/ui/main.c", '"app/ui/window/application.h"'),
            ("app/endpoint/server.c", "<gio/gio.h>"),
            ("render/painter.c", "<cairo-svg.h>"),
            ("model/value/item.c", "<string.h>"),
        ):
            with self.subTest(path=path, included=included):
                self.assertEqual(self.check(path, included), [])

    def test_what_is_not(self):
        for path, included in (
            ("model/value/item.c", '"model/engine/engine.h"'),
            ("model/base/arena.c", '"model/value/value.h"'),
            ("model/advise/keys.c", '"model/exchange/exchange.h"'),
            ("model/document/runner.c", '"model/simulate/workload.h"'),
            ("model/engine/read.c", '"model/schema/key-template-private.h"'),
            ("model/engine/read.c", '"render/scene.h"'),
            ("model/engine/read.c", '"app/cli/command.h"'),
            ("model/engine/read.c", '"tests/help.h"'),
            ("render/scene.c", '"app/ui/window/window.h"'),
            ("app/cli/main.c", '"app/ui/window/window.h"'),
            ("app/cli/main.c", '"app/session/session.h"'),
            ("app/ui/pieces/look.c", '"app/ui/pages/table-page.h"'),
            ("app/ui/window/tour.c", '"app/ui/pages/page-private.h"'),
            ("app/session/session.c", '"app/ui/pieces/look.h"'),
            ("app/session/session.c", "<gtk/gtk.h>"),
            ("app/cli/main.c", '"command.h"'),
            ("model/new/x.c", '"model/base/arena.h"'),
            ("model/engine/read.c", "<gio/gio.h>"),
            ("render/scene.c", "<gtk/gtk.h>"),
            ("app/endpoint/server.c", "<gtk/gtk.h>"),
            ("model/schema/table.c", "<cairo.h>"),
        ):
            with self.subTest(path=path, included=included):
                findings = self.check(path, included)
                self.assertEqual(len(findings), 1)
                self.assertTrue(findings[0].startswith(f"{path}:3: "))


class Style(unittest.TestCase):
    START = "/* What it does. */\n\n"

    def check(self, text, path="model/base/x.c"):
        return style.check_text(path, text)

    def function(self, n_lines):
        return self.START + "int\nlong_one (int a)\n{\n" + "  a++;\n" * (n_lines - 2) + "}\n"

    def test_good(self):
        self.assertEqual(self.check(self.START + "int x;\n"), [])
        self.assertEqual(self.check("#pragma once\n\nint x (void);\n", "model/base/x.h"), [])

    def test_functions(self):
        self.assertEqual(self.check(self.function(70)), [])
        self.assertEqual(self.check(self.function(71)), ["model/base/x.c:4: long_one has 71 lines, at most 70"])
        inside = "  static const char *const cases[] = {\n" + '    "a",\n' * 90 + "  };\n\n"
        self.assertEqual(self.check(self.function(9).replace("{\n", "{\n" + inside)), [])
        table = self.START + "static const int table[] =\n{\n" + "  1,\n" * 100 + "};\n"
        self.assertEqual(self.check(table), [])
        prototype = self.START + "int other (int a);\n\nstruct big\n{\n" + "  int a;\n" * 100 + "};\n"
        self.assertEqual(self.check(prototype), [])

    def test_lines(self):
        for bad in ("\tint x;\n", "int x; \n", "int x; /* FIX" "ME */\n", "/" + "*" * 120 + "\n", "int x;\n\n",
                    "int x;"):
            with self.subTest(bad=bad):
                self.assertEqual(len(self.check(self.START + bad)), 1)
        self.assertEqual(len(self.check(self.START + "int x;\n" * 699)), 1)

    def test_messages(self):
        whole = self.START + 'x = _("%s of"), "%" G_GUINT64_FORMAT;\ny = "%" G_GUINT64_FORMAT, _("item");\n'
        cut = self.START + 'x = ngettext_ ("one",\n               "%" G_GUINT64_FORMAT " items", n);\n'
        self.assertEqual(self.check(whole), [])
        self.assertEqual(self.check(cut), ["model/base/x.c:3: format the number first, and translate %s"])

    def test_openings(self):
        self.assertEqual(len(self.check("int x;\n")), 1)
        self.assertEqual(len(self.check("int x (void);\n", "model/base/x.h")), 1)


class Potfiles(unittest.TestCase):
    def test_texts(self):
        for text in ('  g_print (_ ("a"));\n', '  g_print (_("a"));\n', '  { "x", N_ ("a") },\n',
                     '  x = ngettext_ ("a", "b", n);\n', '_ ("a"));\n',
                     '<property name="label" translatable="yes">a</property>\n'):
            self.assertTrue(potfiles.has_texts(text), text)
        for text in ("#define _(text) g_dgettext (text)\n", "  call_ (1);\n", "  x_N_ (1);\n", "  _Bool (x);\n"):
            self.assertFalse(potfiles.has_texts(text), text)

    def test_list(self):
        self.assertEqual(potfiles.check_list(["a.c", "b.c"], ["a.c", "b.c"]), [])
        for listed in (["a.c"], ["a.c", "b.c", "c.c"], ["b.c", "a.c"], ["a.c", "b.c", "b.c"]):
            self.assertEqual(len(potfiles.check_list(listed, ["a.c", "b.c"])), 1)

    def test_template(self):
        self.assertIn('msgid "Print the version"', potfiles.extract())


class Documented(unittest.TestCase):
    def test_compare(self):
        self.assertEqual(documented.compare("x", ["a", "b"], ["b", "a"]), [])
        self.assertEqual(documented.compare("x", ["a"], ["b"]), ["x: b is missing", "x: a does not exist"])

    def test_manual(self):
        self.assertIn("allow-writes", documented.read_manual()["run"])


class Readme(unittest.TestCase):
    TEXT = "Text.\n\n    $ one |\n        two\n    a\n\n    …\n    z\n    $ three\n\nText.\n\n    no command\n"

    def test_commands(self):
        blocks = list(readme.find_blocks(self.TEXT))
        self.assertEqual([start for start, _ in blocks], [3, 13])
        self.assertEqual(readme.find_commands(blocks[0][1]), [("one |\n    two", ["a", "", "…", "z"]), ("three", [])])
        self.assertEqual(readme.find_commands(blocks[1][1]), [])

    def test_agreement(self):
        expected = ["a.", "", "…", "  z"]
        self.assertTrue(readme.agrees("a.\n\nb\nc\n  z\n", expected))
        for printed in ("a.\n\nb\n  y\n", "ab\n\nb\n  z\n", "", "a.\n\n  z\n z\n"):
            self.assertFalse(readme.agrees(printed, expected), printed)


class Semantics(unittest.TestCase):
    def test_names(self):
        for path, text, expected in (
            ("tests/api/cases/scan.case", "case: all\ncase: old/limit\n", ["scan/all", "scan/old/limit"]),
            ("tests/expression/cases/update.case", "name: update/set\n", ["expr:update/set"]),
            ("tests/engine/test-read.c", 'g_test_add_data_func ("/engine/read", NULL, x);', ["/engine/read"]),
            ("tests/cli/test_x.py", "class X:\n    def test_y(self):\n        pass\n", ["test_x.py:X.test_y"]),
        ):
            self.assertEqual(semantics.find_names(pathlib.Path(path), text), expected)

    def test_table(self):
        names = {"scan/all", "/engine/read/one"}
        self.assertEqual(semantics.check_text("# A\nOne.\tscan/all /engine/read/*\t\nTwo.\t\tNot there.\n", names), [])
        for text in ("One.\tscan/none\t", "One.\tscan/n*\t", "One.\t\t", "One.\tscan/all", "\tscan/all\t",
                     "One.\tscan/all\t\nOne.\tscan/all\t"):
            self.assertEqual(len(semantics.check_text(text, names)), 1, text)


class Summary(unittest.TestCase):
    XML = """<testsuites>
      <testsuite name="hashrange.hashrange:model / points">
        <testcase name="/a"/><testcase name="/b"><skipped/><system-out>no network</system-out></testcase>
        <system-out>odd \x1b[1m\x00 output</system-out>
      </testsuite>
      <testsuite name="hashrange.hashrange:model / leaks"><testcase name="/c"/></testsuite>
      <testsuite name="hashrange.hashrange:model / fails">
        <testcase name="1 /d"/><testcase name="2 /e"><failure/></testcase>
      </testsuite>
      <testsuite name="hashrange"><testcase name="plain"/></testsuite>
    </testsuites>"""

    def count(self, programs, *arguments, xml=XML, stdout="why\n", stderr=""):
        with tempfile.TemporaryDirectory() as build:
            logs = pathlib.Path(build, "meson-logs")
            logs.mkdir()
            (logs / "testlog.junit.xml").write_text(xml, encoding="utf-8")
            said = {"stdout": stdout, "stderr": stderr}
            records = [json.dumps({"name": f"hashrange:model / {name}", "result": result, **said})
                       for name, result in programs]
            (logs / "testlog.json").write_text("\n".join(records), encoding="utf-8")
            with contextlib.redirect_stdout(io.StringIO()) as out:
                status = summarise.main([*arguments, build])
            return status, out.getvalue().splitlines()

    def test_all_well(self):
        status, lines = self.count([("points", "OK"), ("plain", "OK")], "--passed", "clang build")
        self.assertEqual((status, lines[-1]), (0, "3 passed, 0 failed, 1 skipped"))
        self.assertTrue(lines[0].endswith("points: /b: no network"))

    def test_failures(self):
        status, lines = self.count([("leaks", "ERROR"), ("fails", "FAIL"), ("hangs", "TIMEOUT"), ("plain", "SKIP")],
                                   "--failed", "clang build", "--skipped", "other: not there")
        self.assertEqual((status, lines[-1]), (1, "2 passed, 4 failed, 2 skipped"))
        self.assertEqual(sum(line.startswith("FAILED") for line in lines), 4)

    def explain(self, result, stdout, stderr=""):
        """The lines beneath the one that failed."""
        name = "fails" if "not ok" in stdout else "leaks"
        _, lines = self.count([(name, result)], stdout=stdout, stderr=stderr)
        self.assertEqual(sum(line.startswith("FAILED") for line in lines), 1)
        return [line.removeprefix("         | ") for line in lines if line.startswith("         | ")]

    def test_exception_is_told(self):
        said = ["ok 1 /d", "not ok 2 /e", "# Traceback (most recent call last):",
                '#   File "/usr/lib/python3.11/unittest/case.py", line 57, in run', "#     yield",
                '#   File "tests/app/journey.py", line 33, in test_e', "#     self.application.find(name)",
                '#   File "tests/app/desktop.py", line 52, in poll', "#     raise AssertionError(what)",
                "# AssertionError: waited in vain for a row", "# + one", "# - two", "ok 3 /f"]
        self.assertEqual(self.explain("FAIL", "\n".join(said)),
                         ['  File "tests/app/journey.py", line 33, in test_e', "    self.application.find(name)",
                          "AssertionError: waited in vain for a row", "+ one", "- two"])

    def test_assertion_is_told(self):
        said = "# random seed: 1\nok 1 /d\nnot ok 2 /e\nBail out! ERROR:test.c:12: assertion failed (1 == 2)\n"
        told = self.explain("ERROR", said, "dbus-daemon[1]: limit\n**\nERROR:test.c:12: assertion failed (1 == 2)\n")
        self.assertEqual(told, ["not ok 2 /e", "Bail out! ERROR:test.c:12: assertion failed (1 == 2)", "**",
                                "ERROR:test.c:12: assertion failed (1 == 2)"])

    def test_crash_is_told(self):
        stack = "\n".join(f"    #{number} 0x{number} in main" for number in range(40))
        legend = "\n".join(f"  0x{number}: fa fa" for number in range(20))
        told = self.explain("ERROR", "ok 1 /c\n", f"==1==ERROR: AddressSanitizer: use\n{stack}\n"
                                                   f"SUMMARY: AddressSanitizer: use in main\n{legend}\n==1==ABORTING\n")
        self.assertEqual(len(told), 8)
        self.assertEqual(told[:2], ["==1==ERROR: AddressSanitizer: use", "SUMMARY: AddressSanitizer: use in main"])
        self.assertEqual(told[-1], "==1==ABORTING")

    def test_nothing(self):
        status, lines = self.count([], xml="<testsuites/>")
        self.assertEqual((status, lines[-1]), (1, "0 passed, 0 failed, 0 skipped"))
        self.assertEqual(summarise.read_points(pathlib.Path("/nowhere")), {})


if __name__ == "__main__":
    tap.main()
