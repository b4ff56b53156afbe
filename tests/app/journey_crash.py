#!/usr/bin/env python3
"""A program that is killed in the middle of editing, and what somebody finds when it is started again.

    journey_crash.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the saved file, never from the program.
"""

import json
import re
import shutil

import desktop
from desktop import Atspi

COUNT = re.compile(r"^(\d+) items$")


class Crash(desktop.Journey):
    def setUp(self):
        super().setUp()
        shutil.copy(desktop.SAMPLE, self.path)
        self.n_items = len(self.read_items())

    def count_items(self):
        """What the status bar says: no card says more. None: nothing is said yet."""
        names = desktop.list_names(self.application.frame, Atspi.Role.LABEL)
        return max((int(found[1]) for found in map(COUNT.match, names) if found), default=None)

    def add_items(self, count):
        """One by one; each is there before the next one is asked for."""
        for number in range(count):
            self.application.press("ctrl+i")
            desktop.poll(lambda: (self.count_items() or 0) > self.n_items + number, f"item {number + 1}")

    def list_stores(self):
        return sorted(path.name for path in (self.folder / "state" / "hashrange" / "recovery").glob("*.store"))

    def restore(self, count):
        self.application.click("Restore")
        desktop.poll(lambda: self.count_items() == count, lambda: f"{count} items, not {self.count_items()}")

    def read_items(self):
        with self.path.open(encoding="utf-8") as file:
            return json.load(file)["tables"][0]["items"]

    def test_what_was_done_is_found_again(self):
        self.start(self.path)
        self.application.press("alt+2")
        self.add_items(3)
        self.application.kill()
        self.assertEqual(len(self.read_items()), self.n_items)
        self.assertEqual(len(self.list_stores()), 1)

        self.start()
        self.restore(self.n_items + 3)
        self.application.kill()  # once more, with nothing new

        self.start()
        self.restore(self.n_items + 3)
        self.save()
        self.application.find(Atspi.Role.LABEL, "Saved")  # which the store knows, too
        self.assertEqual(len(self.read_items()), self.n_items + 3)
        self.hashrange("check", self.path)
        self.application.kill()  # all of it is in the file now

        self.start()
        self.assertEqual(desktop.find_all(self.application.frame, Atspi.Role.PUSH_BUTTON, "Restore"), [])
        self.end(self.application)
        self.assertEqual(self.list_stores(), [])


if __name__ == "__main__":
    desktop.main()
