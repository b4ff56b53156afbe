#!/usr/bin/env python3
"""Items between the table and a spreadsheet: copied as text, pasted from text, deleted and brought back.

    journey_items.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the clipboard and from the saved file.
"""

import json
import sys

import desktop
from desktop import Atspi

HEADINGS = "pk\tsk\tmessage_uuid\tmessage\tuser_uuid\tuser_display_name\tuser_handle"
ROWS = ["MSG#spreadsheet\t2026-04-01T10:00:00Z\tu1\tfirst of two\tw\tWanda Okoro\twandaokoro",
        "MSG#spreadsheet\t2026-04-01T10:01:00Z\tu2\tsecond of two\tw\tWanda Okoro\twandaokoro"]


class Items(desktop.Journey):
    def go_to_first_cell(self):
        self.application.press("alt+2")
        self.find_grid()
        self.application.go_to_canvas()
        self.application.press("ctrl+Home")
        self.application.press_and_wait("Right")

    def read_items(self):
        return json.loads(self.path.read_text(encoding="utf-8"))["tables"][0]["items"]

    def test_text_goes_out_and_comes_in(self):
        self.clipboard = desktop.Clipboard()
        self.start_with_sample()
        items = self.save()["tables"][0]["items"]
        text = self.path.read_bytes()
        self.go_to_first_cell()
        self.clipboard.write("\n".join([HEADINGS, *ROWS]))
        self.application.press("ctrl+v")
        self.application.find(Atspi.Role.LABEL, f"{len(items) + 2} items")
        pasted = self.save()["tables"][0]["items"]
        self.assertEqual(len(pasted), len(items) + 2)
        self.assertEqual([item["message"]["S"] for item in pasted[-2:]], ["first of two", "second of two"])
        self.hashrange("check", self.path)

        self.application.press("Delete")  # what was pasted is selected
        self.application.find_toast("2 items are deleted.")
        self.application.click(lambda name: name.endswith("Undo"))  # of the toast: GTK says its mnemonic as well
        self.application.find(Atspi.Role.LABEL, f"{len(pasted)} items")
        self.assertEqual(self.save()["tables"][0]["items"], pasted)
        self.application.press("F6", "ctrl+shift+z")
        self.application.find(Atspi.Role.LABEL, f"{len(items)} items")
        self.assertEqual(self.save()["tables"][0]["items"], items)
        self.application.press("ctrl+z")
        self.application.find(Atspi.Role.LABEL, f"{len(pasted)} items")
        self.application.press("ctrl+z")
        self.application.wait_for_no(Atspi.Role.TABLE_ROW, lambda name: "MSG#spreadsheet" in name)
        self.save()
        self.assertEqual(self.path.read_bytes(), text)

    def find_selected(self, count):
        """Rows that assistive tools find selected, when there are so many."""
        def look():
            rows = [row for row in desktop.find_all(self.application.frame, Atspi.Role.TABLE_ROW)
                    if desktop.ask(desktop.has_state, row, Atspi.StateType.SELECTED)]
            return len(rows) == count
        desktop.poll(look, f"{count} selected rows")

    def test_several_items_at_once(self):
        self.start_with_sample()
        items = self.save()["tables"][0]["items"]
        text = self.path.read_bytes()
        self.go_to_first_cell()
        self.find_selected(1)
        self.application.press("shift+Down", "shift+Down")
        self.find_selected(3)
        self.application.press("ctrl+space", "Down", "Down", "ctrl+space")  # takes the third out and the fifth in
        self.find_selected(3)
        self.application.find(Atspi.Role.LABEL, lambda name: name.startswith("Selected: 3 items · "))
        self.application.press("Delete")
        self.application.find(Atspi.Role.LABEL, f"{len(items) - 3} items")
        kept = self.save()["tables"][0]["items"]
        self.assertEqual(kept, [items[2], items[3], *items[5:]])

        self.application.press("ctrl+z")
        self.application.find(Atspi.Role.LABEL, f"{len(items)} items")
        self.find_selected(3)  # what came back
        self.save()
        self.assertEqual(self.path.read_bytes(), text)
        self.application.press("Escape", "ctrl+a")
        self.application.find(Atspi.Role.LABEL, lambda name: name.startswith(f"Selected: {len(items)} items"))


if __name__ == "__main__":
    desktop.main()
