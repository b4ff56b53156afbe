#!/usr/bin/env python3
"""Asking by keyboard alone: a partition becomes a pattern, a write is kept, runs are compared, coverage is walked.

    journey_ask.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the saved file, never from the program.
"""

import desktop
from desktop import Atspi


class Asking(desktop.Journey):
    def wait_for_label(self, start):
        return self.application.find(Atspi.Role.LABEL, lambda name: name.startswith(start))

    def choose_pattern(self, name):
        self.wait_for_row(name)
        self.application.choose_in_palette(name)

    def test_a_partition_is_queried(self):
        self.start_with_sample()
        self.application.press("alt+2")
        self.find_grid()
        self.application.go_to_canvas()
        self.application.press("ctrl+Home")
        self.application.press_and_wait("Right")
        self.application.press("ctrl+shift+F5")
        self.wait_for_row("Query Message")
        self.wait_for_label("104 items")
        pattern = self.save()["patterns"][-1]
        self.assertEqual([parameter["name"] for parameter in pattern["parameters"]], ["message_group_uuid"])
        self.assertEqual(pattern["steps"][0]["operation"], "Query")
        self.hashrange("run", self.path)

    def test_a_write_is_kept(self):
        self.start_with_sample()
        before = self.save()["tables"][0]["items"]
        self.choose_pattern("Create a message")
        self.application.press("F5")
        self.wait_for_label("1.0 WCU as expected")
        self.assertEqual(self.save()["tables"][0]["items"], before)
        self.application.press("ctrl+shift+k")
        self.wait_for_label("The changes are kept")
        after = self.save()["tables"][0]["items"]
        self.assertEqual(len(after), len(before) + 1)

    def test_runs_are_compared_and_coverage_is_walked(self):
        self.start_with_sample()
        self.choose_pattern("Show a conversation")
        self.application.press("F5")
        self.wait_for_label("20 items as expected")
        self.application.press("F5", "ctrl+h", "Down", "shift+Up")
        self.wait_for_label("Both give the same items.")
        self.application.press("ctrl+shift+h")
        self.application.wait_for_focus("cruddur-messages")
        self.application.press("Down", "Down")
        self.application.wait_for_focus("A2 Show a range of dates, reaches Message")
        self.application.press("Right")
        self.application.wait_for_focus("A2 Show a range of dates, cruddur-messages: reads")
        self.application.press("Return")
        self.wait_for_label("Press F5 to run")


if __name__ == "__main__":
    desktop.main()
