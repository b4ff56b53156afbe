#!/usr/bin/env python3
"""First light, as somebody sees it who hears the screen: open the sample, run a pattern, read what it returned.

    journey.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
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

ROW = re.compile(r"^(?P<entity>.+?), partition (?P<pk>.+?), sort key (?P<sk>\S+), returned (?P<n>\d+) of (?P<of>\d+)")
GRID = "Items by partition"


def run_pattern(identifier):
    """What the command line says that the pattern gives."""
    report = subprocess.run([sys.argv[2], "run", "--json", str(SAMPLE), identifier], capture_output=True, text=True,
                            check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout
    return json.loads(report)["patterns"][0]


def read_items():
    with SAMPLE.open(encoding="utf-8") as file:
        return json.load(file)["tables"][0]["items"]


@unittest.skipIf(WHY_NOT, WHY_NOT)
class Journey(unittest.TestCase):
    def setUp(self):
        self.application = desktop.Application(sys.argv[1], SAMPLE)
        self.addCleanup(self.check_complaints)

    def check_complaints(self):
        complaints = [line for line in self.application.close().splitlines()
                      if "WARNING" in line or "CRITICAL" in line or "ERROR" in line]
        self.assertEqual(complaints, [])

    def find_grid(self):
        """The canvas that has rows: the one of the view that is shown."""
        def look():
            for grid in desktop.find_all(self.application.frame, Atspi.Role.TABLE, GRID):
                if desktop.find_all(grid, Atspi.Role.TABLE_ROW):
                    return grid
            return None
        return desktop.poll(look, "rows on the canvas")

    def read_returned(self):
        """Place in the answer → (pk, sk) of the rows in sight."""
        rows = desktop.find_all(self.find_grid(), Atspi.Role.TABLE_ROW)
        found = [ROW.match(row.get_name()) for row in rows]
        return {int(row["n"]): (row["pk"], row["sk"], int(row["of"])) for row in found if row}

    def go_to(self, is_wanted, *keys):
        """Presses keys, the last one again and again, until what has the focus is the wanted one; gives its name."""
        for number in range(40):
            role, name = self.application.press_and_wait(keys[min(number, len(keys) - 1)])
            if is_wanted(role, name):
                return name
        return self.fail(f"{keys} do not lead there, but to {self.application.focused}")

    def go_to_canvas(self):
        return self.go_to(lambda role, name: role == Atspi.Role.TABLE_CELL, "F6")

    def test_pattern_returns_what_the_command_line_says(self):
        expected = run_pattern("A")
        self.go_to(lambda role, name: role == Atspi.Role.LIST_ITEM and name.startswith("cruddur-messages"), "F6")
        self.go_to(lambda role, name: name.startswith("Show a conversation"), "Down")
        self.application.press("Return", "F5")
        self.application.find(Atspi.Role.ALERT, f"{expected['count']} items returned, 0 filtered out, "
                                                f"{expected['read_units']:.1f} RCU")

        returned = dict(desktop.poll(self.read_returned, "rows that were returned"))
        self.go_to_canvas()
        for _ in range(expected["count"]):
            returned.update(self.read_returned())
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
        self.go_to_canvas()
        second = items[1]
        self.application.press("ctrl+Home")
        cells = [self.go_to(lambda role, name: second["sk"]["S"] in name, "Down")]
        for _ in range(len(second) - 2):
            cells.append(self.application.press_and_wait("Right")[1])
        for name, value in second.items():
            if name not in ("pk", "sk"):
                self.assertTrue([cell for cell in cells if f"{name}: {value['S'][:40]}" in cell], f"{name} in {cells}")
        self.assertTrue(all(second["pk"]["S"] in cell for cell in cells), cells)


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
