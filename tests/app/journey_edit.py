#!/usr/bin/env python3
"""A modeling session by keyboard alone, as somebody makes it who hears the screen.

    journey_edit.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the saved file, never from the program.
"""

import desktop
from desktop import Atspi


class Session(desktop.Journey):
    def test_entity_and_index_from_an_empty_window(self):
        self.start()
        self.application.press("ctrl+n")
        self.application.press("ctrl+shift+e")
        self.application.find_field("Entity")
        self.application.type("Message")
        self.application.press("Return")
        self.wait_for_row("Message")
        self.application.press("ctrl+shift+x")
        self.application.find_field("index")
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
        self.find_grid()
        self.application.go_to_canvas()
        self.application.press("ctrl+Home")
        self.application.press_and_wait("Right")
        self.application.press_and_wait("Return")
        self.application.press("ctrl+a")
        self.application.type("written by hand")
        self.application.press_and_wait("ctrl+Return")  # a long text has a field of several lines
        items = self.save()["tables"][0]["items"]
        self.assertEqual([item for item in items if item.get("message") == {"S": "written by hand"}], [items[0]])
        self.hashrange("run", self.path)

    def test_an_entity_is_renamed(self):
        self.start_with_sample()
        self.wait_for_row("Message group")
        self.application.choose_in_palette("message group")
        self.application.press("F2")
        self.application.wait_for_focus("Name", "Message group")
        self.application.type("Inbox row")
        self.application.press("Return")
        self.wait_for_row("Inbox row")
        model = self.save()
        self.assertEqual([entity["name"] for entity in model["tables"][0]["entities"]], ["Message", "Inbox row"])
        self.hashrange("run", self.path)


if __name__ == "__main__":
    desktop.main()
