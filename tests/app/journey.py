#!/usr/bin/env python3
"""First light, as somebody sees it who hears the screen: open the sample, run a pattern, read what it returned.

    journey.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own.
"""

import json
import re

import desktop
from desktop import Atspi

ROW = re.compile(r"^(?P<entity>.+?), partition (?P<pk>.+?), sort key (?P<sk>\S+), returned (?P<n>\d+) of (?P<of>\d+)")


def read_items():
    with desktop.SAMPLE.open(encoding="utf-8") as file:
        return json.load(file)["tables"][0]["items"]


class Journey(desktop.Journey):
    def setUp(self):
        super().setUp()
        self.start(desktop.SAMPLE)

    def read_returned(self):
        """Place in the answer → (pk, sk) of the rows in sight."""
        found = [ROW.match(name) for name in desktop.list_names(self.find_grid(), Atspi.Role.TABLE_ROW)]
        return {int(row["n"]): (row["pk"], row["sk"], int(row["of"])) for row in found if row}

    def test_pattern_returns_what_the_command_line_says(self):
        expected = json.loads(self.hashrange("run", "--json", desktop.SAMPLE, "A"))["patterns"][0]
        self.application.go_to(lambda role, name: role == Atspi.Role.LIST_ITEM and name.startswith("cruddur-messages"),
                               "F6")
        self.application.go_to(lambda role, name: name.startswith("Show a conversation"), "Down")
        self.application.press("Return", "F5")
        self.application.find(Atspi.Role.ALERT, f"{expected['count']} items returned, 0 filtered out, "
                                                f"{expected['read_units']:.1f} RCU")

        returned = dict(desktop.poll(self.read_returned, "rows that were returned"))
        self.application.go_to_canvas()
        for _ in range(expected["count"]):
            returned.update(desktop.poll(self.read_returned, "rows that were returned"))
            if len(returned) == expected["count"]:
                break
            self.application.press("Up")
        desktop.poll(lambda: returned.update(self.read_returned()) or len(returned) == expected["count"],
                     f"all {expected['count']} rows, not {sorted(returned)}")

        self.assertEqual({of for _, _, of in returned.values()}, {expected["count"]})
        keys = [(key["pk"]["S"], key["sk"]["S"]) for key in expected["keys"]]
        self.assertEqual([returned[number + 1][:2] for number in range(len(keys))], keys)

    def test_an_item_is_read_by_keyboard_alone(self):
        items = [item for item in read_items() if item["pk"] == read_items()[0]["pk"]]
        items.sort(key=lambda item: item["sk"]["S"])
        self.application.press("alt+2")
        self.find_grid()
        self.application.go_to_canvas()
        second = items[1]
        self.application.press("ctrl+Home")
        cells = [self.application.go_to(lambda role, name: second["sk"]["S"] in name, "Down")]
        for _ in range(len(second) - 2):
            cells.append(self.application.press_and_wait("Right")[1])
        for name, value in second.items():
            if name not in ("pk", "sk"):
                self.assertTrue([cell for cell in cells if f"{name}: {value['S'][:40]}" in cell], f"{name} in {cells}")
        self.assertTrue(all(second["pk"]["S"] in cell for cell in cells), cells)


if __name__ == "__main__":
    desktop.main()
