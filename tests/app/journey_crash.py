#!/usr/bin/env python3
"""A program that is killed in the middle of editing, and what somebody finds when it is started again.

    journey_crash.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the saved file, never from the program.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "cruddur-messages.hashrange.json"
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "tests" / "app"))

import tap  # noqa: E402

try:
    import desktop
    from gi.repository import Atspi
    WHY_NOT = desktop.is_possible()
except (ImportError, ValueError) as error:
    WHY_NOT = str(error)

COUNT = re.compile(r"^(\d+) items$")


@unittest.skipIf(WHY_NOT, WHY_NOT)
class Crash(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = str(self.home)
        self.path = self.home / "copy.hashrange.json"
        shutil.copy(SAMPLE, self.path)
        with SAMPLE.open(encoding="utf-8") as file:
            self.n_items = len(json.load(file)["tables"][0]["items"])

    def start(self, model=None):
        self.application = desktop.Application(sys.argv[1], model)

    def end(self):
        complaints = [line for line in self.application.close().splitlines()
                      if "WARNING" in line or "CRITICAL" in line or "ERROR" in line]
        self.assertEqual(complaints, [])

    def kill(self):
        self.application.process.kill()
        self.application.process.communicate()

    def count_items(self):
        """What the status bar says: no card says more. None: nothing is said yet."""
        names = (label.get_name() or "" for label in desktop.find_all(self.application.frame, Atspi.Role.LABEL))
        return max((int(found[1]) for found in map(COUNT.match, names) if found), default=None)

    def add_items(self, count):
        """One by one; each is there before the next one is asked for."""
        for number in range(count):
            self.application.press("ctrl+i")
            desktop.poll(lambda: (self.count_items() or 0) > self.n_items + number, f"item {number + 1}")

    def list_stores(self):
        return sorted(name for name in os.listdir(self.home / "hashrange" / "recovery") if name.endswith(".store"))

    def find_buttons(self, name):
        return desktop.find_all(self.application.frame, Atspi.Role.PUSH_BUTTON, name)

    def restore(self):
        button = desktop.poll(lambda: next(iter(self.find_buttons("Restore")), None), "Restore")
        button.do_action(0)
        desktop.poll(lambda: (self.count_items() or 0) >= self.n_items, "the restored model")

    def save(self):
        before = self.path.stat().st_mtime_ns
        self.application.press("ctrl+s")
        desktop.poll(lambda: self.path.stat().st_mtime_ns != before, "the file to be written")

    def read_items(self):
        with self.path.open(encoding="utf-8") as file:
            return json.load(file)["tables"][0]["items"]

    def test_what_was_done_is_found_again(self):
        self.start(self.path)
        self.application.press("alt+2")
        self.add_items(3)
        self.kill()
        self.assertEqual(len(self.read_items()), self.n_items)
        self.assertEqual(len(self.list_stores()), 1)

        self.start()
        self.restore()
        self.assertEqual(self.count_items(), self.n_items + 3)
        self.kill()  # once more, with nothing new

        self.start()
        self.restore()
        self.assertEqual(self.count_items(), self.n_items + 3)
        self.save()
        self.assertEqual(len(self.read_items()), self.n_items + 3)
        self.assertEqual(subprocess.run([sys.argv[2], "check", str(self.path)], capture_output=True,
                                        check=False).returncode, 0)
        self.kill()  # all of it is in the file now

        self.start()
        self.assertEqual(self.find_buttons("Restore"), [])
        self.end()
        self.assertEqual(self.list_stores(), [])


def start_session():
    """Runs this again on a screen and a bus of its own; what these print is kept out of the report."""
    report = os.dup(1)
    command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", "dbus-run-session", "--", sys.executable, *sys.argv]
    return subprocess.run(command, stdout=subprocess.DEVNULL, pass_fds=[report], check=False,
                          env={**os.environ, "HASHRANGE_JOURNEY_REPORT": str(report)}).returncode


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if "HASHRANGE_JOURNEY_REPORT" not in os.environ:
        sys.exit(start_session())
    os.dup2(int(os.environ["HASHRANGE_JOURNEY_REPORT"]), 1)
    tap.main()
