#!/usr/bin/env python3
"""A file that another program changes while it is open.

    journey_files.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the file and from the sidebar.
"""

import json

import desktop
from desktop import Atspi

OURS, THEIRS = "Ours", "Theirs"


class Files(desktop.Journey):
    def change_outside(self, name):
        """Another program gives the model's second entity a name."""
        text = self.path.read_text(encoding="utf-8")
        self.path.write_text(text.replace('"name": "Message group"', f'"name": "{name}"'), encoding="utf-8")

    def rename(self):
        """The same is done here, and not saved."""
        self.start_with_sample()
        self.wait_for_row("Message group")
        self.application.choose_in_palette("message group")
        self.application.press("F2")
        self.application.wait_for_focus("Name", "Message group")
        self.application.type(OURS)
        self.application.press("Return")
        self.wait_for_row(OURS)

    def read_name(self):
        return json.loads(self.path.read_text(encoding="utf-8"))["tables"][0]["entities"][1]["name"]

    def wait_for_state(self, state):
        self.application.find(Atspi.Role.LABEL, state)

    def test_a_change_by_others_is_taken_over(self):
        self.start_with_sample()
        self.wait_for_row("Message group")
        self.change_outside(THEIRS)
        self.wait_for_row(THEIRS)
        self.wait_for_no_row("Message group")

    def test_ours_is_kept(self):
        self.rename()
        self.change_outside(THEIRS)
        self.application.click("Keep Mine")
        self.wait_for_row(OURS)
        self.save()
        self.assertEqual(self.read_name(), OURS)
        self.hashrange("run", self.path)

    def test_theirs_is_taken_and_ours_is_not_lost(self):
        self.rename()
        self.change_outside(THEIRS)
        self.application.click("Reload")
        self.wait_for_row(THEIRS)
        self.wait_for_no_row(OURS)
        self.wait_for_state("Saved")
        self.assertEqual(self.read_name(), THEIRS)
        self.end(self.application)
        self.start()
        self.application.click("Restore")
        self.wait_for_row(OURS)
        self.wait_for_state("Edited")

    def test_saving_asks(self):
        self.rename()
        self.change_outside(THEIRS)
        self.application.press("ctrl+s")
        self.application.focus_window("Save over the other version")
        self.application.press("Escape")
        self.application.wait_for_no_window("Save over the other version")
        self.application.focus_window()
        self.assertEqual(self.read_name(), THEIRS)
        self.application.press("ctrl+s")
        self.application.focus_window("Save over the other version")
        self.application.press("alt+a")  # anyway
        desktop.poll(lambda: self.read_name() == OURS, "the file to be saved")


if __name__ == "__main__":
    desktop.main()
