"""What the tests of the command line share: the program, the sample, scratch folders."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "cruddur-messages.hashrange.json"
PROGRAM = os.environ.get("HASHRANGE_PROGRAM", str(ROOT / "build" / "app" / "cli" / "hashrange"))

sys.path.insert(0, str(ROOT / "tests"))


class Case(unittest.TestCase):
    """A test with a scratch folder and the program."""

    maxDiff = 4000

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hashrange-test-"))
        self.addCleanup(shutil.rmtree, self.folder, True)

    def hashrange(self, *arguments, expect=0, stdin=None):
        """Runs the program; its exit code must be the expected one. Gives (stdout, stderr)."""
        result = subprocess.run(
            [PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=120,
            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""})
        self.assertEqual(
            result.returncode, expect,
            f"hashrange {' '.join(map(str, arguments))}\n{result.stdout[:2000]}\n{result.stderr[:2000]}")
        return result.stdout, result.stderr

    def json(self, *arguments, expect=0, stdin=None):
        return json.loads(self.hashrange(*arguments, expect=expect, stdin=stdin)[0])

    def call(self, operation, request, *where, expect=0):
        """One request through `hashrange call`; gives the response."""
        return self.json("call", operation, "-", *where, expect=expect, stdin=json.dumps(request))

    def sample(self, change=None, name="model.hashrange.json"):
        """A copy of the sample's text after `change(text)`, as a file in the scratch folder."""
        text = SAMPLE.read_text(encoding="utf-8")
        changed = change(text) if change else text
        if change:
            self.assertNotEqual(text, changed, "the change found nothing to change")
        path = self.folder / name
        path.write_text(changed, encoding="utf-8")
        return path
