#!/usr/bin/env python3
"""A modeling session by keyboard alone, as somebody makes it who hears the screen.

    journey_edit.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the saved file, never from the program.
"""

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
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "tests" / "app"))

import tap  # noqa: E402

try:
    import desktop
    from gi.repository import Atspi
    WHY_NOT = desktop.is_possible()
except (ImportError, ValueError) as error:
    WHY_NOT = str(error)

GRID = "Items by partition"


@unittest.skipIf(WHY_NOT, WHY_NOT)
class Session(unittest.TestCase):
    def start(self, model):
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = self.home.name
        self.application = desktop.Application(sys.argv[1], model)
        self.addCleanup(self.check_complaints)

    def start_with_sample(self):
        self.path = pathlib.Path(tempfile.mkdtemp()) / "copy.hashrange.json"
        self.addCleanup(shutil.rmtree, self.path.parent)
        shutil.copy(SAMPLE, self.path)
        self.start(self.path)

    def check_complaints(self):
        complaints = [line for line in self.application.close().splitlines()
                      if "WARNING" in line or "CRITICAL" in line or "ERROR" in line]
        self.assertEqual(complaints, [])

    def wait_for_row(self, start):
        """A row of the sidebar, or of a list, whose name starts so."""
        return self.application.find(Atspi.Role.LIST_ITEM, lambda name: name.startswith(start))

    def wait_for_no_row(self, start):
        desktop.poll(lambda: not desktop.find_all(self.application.frame, Atspi.Role.LIST_ITEM,
                                                  lambda name: name.startswith(start)), f"{start} to go")

    def wait_for_field(self, text):
        """A field whose text is all of that."""
        def look():
            for field in desktop.walk(self.application.frame):
                if "EditableText" in field.get_interfaces():
                    length = Atspi.Text.get_character_count(field)
                    if length == len(text) and Atspi.Text.get_text(field, 0, length) == text:
                        return field
            return None
        return desktop.poll(look, f"a field that says {text!r}")

    def go_to_canvas(self):
        for _ in range(12):
            if self.application.press_and_wait("F6")[0] == Atspi.Role.TABLE_CELL:
                return
        self.fail("F6 does not lead to the canvas")

    def save_and_read(self):
        before = self.path.stat().st_mtime_ns
        self.application.press("ctrl+s")
        desktop.poll(lambda: self.path.stat().st_mtime_ns != before, "the file to be saved")
        return json.loads(self.path.read_text(encoding="utf-8"))

    def run_patterns(self):
        """What the command line thinks of the saved file's patterns."""
        return subprocess.run([sys.argv[2], "run", str(self.path)], capture_output=True, text=True, check=False,
                              env={**os.environ, "LC_ALL": "C.UTF-8"}).returncode

    def test_entity_and_index_from_an_empty_window(self):
        self.start(None)
        self.application.press("ctrl+n")
        self.application.press("ctrl+shift+e")
        self.wait_for_field("Entity")
        self.application.type("Message")
        self.application.press("Return")
        self.wait_for_row("Message")
        self.application.press("ctrl+shift+x")
        self.wait_for_field("index")
        self.application.type("by-group")
        self.application.press("Return")
        self.wait_for_row("by-group")
        # F6 leaves the field: there, undoing is about what was typed into it
        for _ in range(6):
            self.application.press("F6", "ctrl+z", "ctrl+z", "ctrl+z")
        self.wait_for_no_row("by-group")
        self.wait_for_no_row("Message")
        for _ in range(6):
            self.application.press("F6", "ctrl+y", "ctrl+y", "ctrl+y")
        self.wait_for_row("by-group")
        self.wait_for_row("Message")

    def test_a_cell_is_edited_and_saved(self):
        self.start_with_sample()
        self.application.press("alt+2")
        desktop.poll(lambda: desktop.find_all(self.application.frame, Atspi.Role.TABLE_ROW), "rows")
        self.go_to_canvas()
        self.application.press("ctrl+Home")
        self.application.press_and_wait("Right")
        self.application.press_and_wait("Return")
        self.application.press("ctrl+a")
        self.application.type("written by hand")
        self.application.press_and_wait("ctrl+Return")  # a long text has a field of several lines
        items = self.save_and_read()["tables"][0]["items"]
        self.assertEqual([item for item in items if item.get("message") == {"S": "written by hand"}], [items[0]])
        self.assertEqual(self.run_patterns(), 0)

    def test_an_entity_is_renamed(self):
        self.start_with_sample()
        self.wait_for_row("Message group")
        self.application.press("ctrl+k")
        self.application.type("message group")
        self.application.press("Return")
        self.application.press("F2")
        self.wait_for_field("Message group")
        self.application.press("ctrl+a")
        self.application.type("Inbox row")
        self.application.press("Return")
        self.wait_for_row("Inbox row")
        model = self.save_and_read()
        self.assertEqual([entity["name"] for entity in model["tables"][0]["entities"]], ["Message", "Inbox row"])
        self.assertEqual(self.run_patterns(), 0)


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
