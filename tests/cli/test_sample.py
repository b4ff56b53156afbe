"""The sample through the command line, compared with what an independent script derives."""

import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from support import ROOT, SAMPLE, Case
import tap

ORACLE = ROOT / "tests" / "oracle" / "cruddur.py"


class Sample(Case):
    def test_patterns_agree_with_the_oracle(self):
        report, _ = self.hashrange("run", SAMPLE, "--json")
        path = self.folder / "run.json"
        path.write_text(report)
        result = subprocess.run([sys.executable, ORACLE, SAMPLE, "--compare", path], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual([pattern["id"] for pattern in json.loads(report)["patterns"]],
                         ["A", "A2", "B", "C1", "C2", "D"])

    def test_running_twice_gives_the_same(self):
        first = self.hashrange("run", SAMPLE, "--json", "--trace")
        self.assertEqual(first, self.hashrange("run", SAMPLE, "--json", "--trace"))

    def test_a_wrong_expectation_is_said(self):
        model = self.sample(lambda text: text.replace('"count": 20,', '"count": 19,', 1))
        output, _ = self.hashrange("run", model, expect=1)
        self.assertRegex(output, r"A .*NOT AS EXPECTED")
        self.assertRegex(output, r"count.*19.*20")
        report = self.json("run", model, "A", "--json", expect=1)
        self.assertEqual(report["patterns"][0]["status"], "failed")

    def test_check_finds_nothing(self):
        output, errors = self.hashrange("check", SAMPLE)
        self.assertEqual(output, f"{SAMPLE}: no errors, no warnings\n")
        self.assertEqual(errors, "")

    def test_writing_the_sample_gives_the_same_bytes(self):
        output, _ = self.hashrange("import", SAMPLE, "-o", "-")
        self.assertEqual(output, SAMPLE.read_text(encoding="utf-8"))

    def test_parameters_can_be_set(self):
        report = self.json("run", SAMPLE, "A", "--set", "year=1999", "--json", expect=1)
        self.assertEqual(report["patterns"][0]["count"], 0)
        self.assertEqual(report["patterns"][0]["read_units"], 0.5)
        _, errors = self.hashrange("run", SAMPLE, "A", "--set", "yaer=1999", expect=2)
        self.assertIn("yaer", errors)

    def test_trace_shows_each_item_read(self):
        report = self.json("run", SAMPLE, "A", "--trace", "--json")
        events = report["patterns"][0]["trace"]
        read = [event for event in events if event["event"] == "returned"]
        self.assertEqual([event["key"] for event in read], report["patterns"][0]["keys"])
        self.assertEqual(sum(event["read_units"] for event in events if event["event"] == "capacity"), 1.0)

    def test_kept_writes_land_in_the_named_file_only(self):
        before = SAMPLE.read_bytes()
        kept = self.folder / "kept.hashrange.json"
        self.hashrange("run", SAMPLE, "C1", "--keep", "-o", kept)
        self.assertEqual(SAMPLE.read_bytes(), before)
        count = lambda path: sum(len(table["items"]) for table in json.loads(path.read_text())["tables"])
        self.assertEqual(count(kept), count(SAMPLE) + 1)
        self.hashrange("check", kept)

    def test_unknown_pattern(self):
        _, errors = self.hashrange("run", SAMPLE, "Z", expect=2)
        self.assertIn("Z", errors)


class Damaged(Case):
    """Each kind of damage: a line with its place, exit 1; run and export go on with the rest."""

    def check_damage(self, change, words, line_of, left_out=None):
        model = self.sample(change)
        output, _ = self.hashrange("check", model, expect=1)
        lines = model.read_text(encoding="utf-8").splitlines()
        number = next(i for i, line in enumerate(lines, 1) if line_of in line)
        found = [line for line in output.splitlines() if line.startswith(f"{model}:{number}:")]
        self.assertTrue(found, f"no finding in line {number}:\n{output}")
        self.assertTrue(any(all(word in line for word in words) for line in found), output)
        self.assertRegex(found[0], rf"^{re.escape(str(model))}:\d+:\d+: (error|warning): ")
        report, errors = self.hashrange("run", model, "B", "--json", expect=1)
        self.assertEqual(json.loads(report)["patterns"][0]["count"], 4)
        if left_out:
            self.assertIn(left_out, errors)
        output, errors = self.hashrange("export", model, "--to", "create-table", expect=1)
        self.assertEqual(json.loads(output)["TableName"], "cruddur-messages")
        return model

    def items(self, text):
        return [line for line in text.splitlines() if line.startswith('        {"pk"')]

    def test_key_attribute_deleted(self):
        item = self.items(SAMPLE.read_text(encoding="utf-8"))[2]
        broken = re.sub(r' "sk": \{"S": "[^"]*"\},', "", item)
        model = self.check_damage(lambda text: text.replace(item, broken), ["sk"], broken, "1 item")
        # Nothing is lost on the way through a save.
        output, _ = self.hashrange("import", model, "-o", "-", expect=1)
        self.assertIn(broken.strip().rstrip(","), output)

    def test_key_repeated(self):
        item = self.items(SAMPLE.read_text(encoding="utf-8"))[2]
        again = item.replace('"message": {"S": "', '"message": {"S": "again ')
        self.check_damage(lambda text: text.replace(item, item + "\n" + again), ["already", "item 3"], again, "1 item")

    def test_unknown_template_variable(self):
        self.check_damage(lambda text: text.replace("MSG#{message_group_uuid}", "MSG#{mesage_group_uuid}", 1),
                          ["mesage_group_uuid", "Message"], "MSG#{mesage_group_uuid}")

    def test_broken_json(self):
        item = self.items(SAMPLE.read_text(encoding="utf-8"))[5]
        broken = item.replace('"sk": {"S":', '"sk": {"S"', 1)
        self.check_damage(lambda text: text.replace(item, broken), [], broken)

    def test_file_that_breaks_off(self):
        model = self.sample(lambda text: text[:text.index('"id": "B"')])
        output, _ = self.hashrange("check", model, expect=1)
        self.assertRegex(output, rf"^{re.escape(str(model))}:\d+:\d+: error: .*left out")
        report, errors = self.hashrange("run", model, "--json", expect=1)
        self.assertEqual([pattern["id"] for pattern in json.loads(report)["patterns"]], ["A", "A2"])
        self.assertIn("left out", errors)
        self.hashrange("export", model, "--to", "create-table", expect=1)

    def test_every_kind_of_garbage_is_refused_with_words(self):
        for name, text in [("empty", ""), ("number", "5"), ("truncated", SAMPLE.read_text()[:200]),
                           ("binary", "\x00\x01\x02"), ("array", "[]"), ("newer", '{"hashrange": 99}')]:
            with self.subTest(name):
                path = self.folder / f"{name}.hashrange.json"
                path.write_text(text)
                output, errors = self.hashrange("check", path, expect=1)
                self.assertIn(str(path), output + errors)

    def test_missing_file(self):
        _, errors = self.hashrange("check", self.folder / "none.hashrange.json", expect=2)
        self.assertIn("none.hashrange.json", errors)


if __name__ == "__main__":
    tap.main()
