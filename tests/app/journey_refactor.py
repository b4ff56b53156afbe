#!/usr/bin/env python3
"""An attribute is renamed everywhere: what will change is told before it does, and it is one step to undo.

    journey_refactor.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the saved file and by the command line.
"""

import json

import desktop
from desktop import Atspi


class Refactor(desktop.Journey):
    def go_to_attribute(self, name):
        """Opens the attribute of the entity that is shown in the inspector, and goes to its name."""
        self.application.go_to(lambda role, found: role == Atspi.Role.LIST_ITEM and found == name, "Tab")
        self.application.press("space")
        field = self.application.find_field(name)
        desktop.poll(lambda: Atspi.Component.get_extents(field, Atspi.CoordType.WINDOW).height > 10,
                     "the row to unfold")
        self.application.go_to(lambda role, found: found == "Name", "Tab")

    def test_an_attribute_is_renamed_everywhere(self):
        self.start_with_sample()
        before = self.save()
        text = self.path.read_bytes()
        n_items = sum("message" in item for item in before["tables"][0]["items"])
        self.wait_for_row("Message")
        self.application.choose_in_palette("message")
        self.application.press("F2")
        self.application.wait_for_focus("Name", "Message")
        self.go_to_attribute("message")
        self.application.press("ctrl+a")
        self.application.type("body")
        told = self.application.find(Atspi.Role.LABEL, lambda name: name.startswith("Enter changes: "))
        self.assertIn(f"{n_items} items", told)
        self.application.press("Return")
        self.application.find(Atspi.Role.LIST_ITEM, "body")

        after = self.save()
        self.assertEqual(after["tables"][0]["entities"][1]["attributes"][1]["name"], "body")
        self.assertEqual(sum("body" in item for item in after["tables"][0]["items"]), n_items)
        self.assertEqual(json.dumps(after["patterns"]).count('"body": {"S":'),
                         json.dumps(before["patterns"]).count('"message": {"S":'))
        self.assertEqual(json.dumps(after).count('"message": {'), 0)
        self.hashrange("run", self.path)  # with all that is expected

        self.application.press("F6", "F6", "ctrl+z")
        self.application.find(Atspi.Role.LIST_ITEM, "message")
        self.save()
        self.assertEqual(self.path.read_bytes(), text)


if __name__ == "__main__":
    desktop.main()
