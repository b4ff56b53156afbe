#!/usr/bin/env python3
"""One program with two models in two windows: what is done in one is undone there, and what is unsaved is asked about.

    journey_windows.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the files.
"""

import json
import subprocess
import sys

import desktop
from desktop import Atspi

FIRST, SECOND = "Cruddur messages", "Second model"


class Windows(desktop.Journey):
    def setUp(self):
        super().setUp()
        self.second_path = self.folder / "second.hashrange.json"
        text = desktop.SAMPLE.read_text(encoding="utf-8")
        self.path.write_text(text, encoding="utf-8")
        self.second_path.write_text(text.replace(f'"name": "{FIRST}"', f'"name": "{SECOND}"'), encoding="utf-8")
        self.start(self.path, self.second_path)
        self.go_to_window(FIRST)

    def go_to_window(self, title):
        """What is looked for and pressed from now on is in that window."""
        self.application.focus_window(f"^{title}$")
        self.application.frame = desktop.poll(
            lambda: next((frame for frame in self.application.list_frames() if frame.get_name() == title), None), title)
        self.wait_for_row("Show a conversation")

    def rename(self, name):
        self.application.choose_in_palette("message group")
        self.application.press("F2")
        self.application.wait_for_focus("Name", "Message group")
        self.application.type(name)
        self.application.press("Return")
        self.wait_for_row(name)
        self.application.press("F6", "F6")  # out of the field: there, undoing is about what was typed

    def read_name(self, path):
        return json.loads(path.read_text(encoding="utf-8"))["tables"][0]["entities"][1]["name"]

    def test_each_window_has_its_own_past(self):
        self.rename("First inbox")
        self.go_to_window(SECOND)
        self.wait_for_row("Message group")
        self.rename("Second inbox")
        self.application.press("ctrl+z")
        self.wait_for_row("Message group")
        self.go_to_window(FIRST)
        self.wait_for_row("First inbox")
        self.save()
        self.go_to_window(SECOND)
        self.application.press("ctrl+y")
        self.wait_for_row("Second inbox")
        self.save(self.second_path)
        self.assertEqual([self.read_name(self.path), self.read_name(self.second_path)],
                         ["First inbox", "Second inbox"])

    def test_quitting_asks_where_something_is_unsaved(self):
        self.rename("First inbox")
        self.application.press("ctrl+q")
        self.application.wait_for_no_window(f"^{SECOND}$")
        self.application.focus_window("Save changes")
        self.application.press("Escape")
        self.application.wait_for_no_window("Save changes")
        self.application.focus_window(f"^{FIRST}$")
        self.wait_for_row("First inbox")
        self.assertEqual(self.read_name(self.path), "Message group")
        self.application.press("ctrl+q")
        self.application.focus_window("Save changes")
        self.application.press("alt+s")
        desktop.poll(lambda: self.application.process.poll() is not None, "the program to end")
        self.assertEqual(self.application.process.returncode, 0)
        self.assertEqual(self.read_name(self.path), "First inbox")

    def test_a_file_that_is_open_is_shown(self):
        self.rename("First inbox")
        subprocess.run([sys.argv[1], self.path], env=self.application.environment, check=True,
                       timeout=desktop.PATIENCE_S)
        self.assertEqual(len(self.application.list_frames()), 2)
        self.wait_for_row("First inbox")


if __name__ == "__main__":
    desktop.main()
