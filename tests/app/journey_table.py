#!/usr/bin/env python3
"""Items, by keyboard alone: mending what the service would refuse, and what the menu of a cell does.

    journey_table.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the saved file, never from the program.
"""

import json

import desktop
from desktop import Atspi


class Table(desktop.Journey):
    def go_to_first_cell(self):
        self.application.press("alt+2")
        self.application.go_to_canvas()
        self.application.press("ctrl+Home")

    def test_a_draft_is_mended(self):
        model = json.loads(desktop.SAMPLE.read_text())
        model["tables"][0]["items"].append({"pk": {"S": "GRP#new"}, "user_handle": {"S": "somebody"}})
        self.path.write_text(json.dumps(model))
        self.start(self.path)
        self.go_to_first_cell()
        self.application.go_to(lambda role, name: name.startswith("Draft:"), "shift+Tab")
        self.application.press_and_wait("Return")  # what is missing: the sort key
        self.application.type("2026-04-01")
        self.application.press_and_wait("Return")
        items = self.save()["tables"][0]["items"]
        self.assertEqual(items[-1]["sk"], {"S": "2026-04-01"})
        self.hashrange("run", self.path)

    def test_what_reads_an_item_is_run(self):
        self.start_with_sample()
        self.go_to_first_cell()
        self.application.go_to(lambda role, name: "GRP#" in name, "ctrl+Down")
        self.application.press_and_wait("shift+F10")
        self.application.press("w")
        self.application.go_to(lambda role, name: name.startswith("B  List my conversations"), "Down")
        self.application.press("Return")
        self.application.find(Atspi.Role.ALERT, lambda name: "0.5 RCU" in name)

    def test_an_item_is_moved_from_its_menu(self):
        self.start_with_sample()
        self.go_to_first_cell()
        self.application.press_and_wait("shift+F10")
        self.application.press("m")
        self.application.focus_window("Move to a partition")
        self.application.type("MSG#elsewhere")
        self.application.press("Return")
        self.application.wait_for_no_window("Move to a partition")
        self.application.focus_window()
        items = self.save()["tables"][0]["items"]
        self.assertEqual([item["pk"]["S"] for item in items].count("MSG#elsewhere"), 1)


if __name__ == "__main__":
    desktop.main()
