#!/usr/bin/env python3
"""All patterns as a test suite: one expects what is no longer so, and takes over what it gives.

    journey_suite.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. What came of it is read from the saved file and by the command line.
"""

import json

import desktop
from desktop import Atspi


class Suite(desktop.Journey):
    def run_all(self, told):
        self.application.press("ctrl+F5")
        self.application.find_toast(told)

    def test_a_result_is_taken_over(self):
        model = json.loads(desktop.SAMPLE.read_text(encoding="utf-8"))
        n_patterns = len(model["patterns"])
        model["patterns"][0]["expect"] = {"count": 19}
        self.path.write_text(json.dumps(model), encoding="utf-8")
        self.hashrange("run", self.path, status=1)
        self.start(self.path)
        self.wait_for_row("Show a conversation")
        self.run_all(f"{n_patterns - 1} of {n_patterns} patterns ran as expected.")
        self.application.choose_in_palette("show a conversation")
        self.application.press("F5")
        told = self.application.find(Atspi.Role.ALERT, lambda name: name.startswith("20 items returned, "))
        self.assertIn("expected 19, got 20", told)
        self.application.click("Expect this result")
        self.application.find(Atspi.Role.PUSH_BUTTON, "Undo Change what pattern A expects")
        self.run_all(f"All {n_patterns} patterns ran as expected.")
        self.assertEqual(self.save()["patterns"][0]["expect"]["count"], 20)
        self.hashrange("run", self.path)
        self.application.press("F6", "F6", "ctrl+z")
        self.run_all(f"{n_patterns - 1} of {n_patterns} patterns ran as expected.")


if __name__ == "__main__":
    desktop.main()
