#!/usr/bin/env python3
"""Hands that are quicker than the program: what is pressed while it is busy is done in its order, and nothing is lost.

    journey_quick.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. The program is stopped while the keys are pressed, so that all of them wait
for it: what happens on a slow machine now and then happens here always.
"""

import contextlib
import os
import signal

import desktop
from desktop import Atspi


class Quick(desktop.Journey):
    @contextlib.contextmanager
    def hold(self):
        """What is pressed meanwhile is there all at once."""
        self.application.focus_window()
        os.kill(self.application.process.pid, signal.SIGSTOP)
        try:
            yield self.application
        finally:
            os.kill(self.application.process.pid, signal.SIGCONT)

    def open_sample(self):
        self.start_with_sample()
        self.wait_for_row("Message group")

    def test_what_is_found_is_renamed(self):
        self.open_sample()
        with self.hold() as application:
            application.press("ctrl+k")
            application.type("message group")
            application.press("Return", "F2", "ctrl+a")
            application.type("Inbox row")
            application.press("Return")
        self.wait_for_row("Inbox row")
        self.assertEqual([entity["name"] for entity in self.save()["tables"][0]["entities"]], ["Message", "Inbox row"])

    def test_what_is_found_is_run(self):
        self.open_sample()
        with self.hold() as application:
            application.press("ctrl+k")
            application.type("show a conversation")
            application.press("Return", "F5")
        self.application.find(Atspi.Role.ALERT, "20 items returned, 0 filtered out, 1.0 RCU")

    def test_an_item_is_found(self):
        self.open_sample()
        with self.hold() as application:
            application.press("ctrl+k")
            application.type("#2026-03-02T10:04")
            application.press("Return")
        self.find_grid()

    def test_a_model_is_made(self):
        self.start()
        with self.hold() as application:
            application.press("ctrl+n", "ctrl+shift+e")
            application.type("Message")
            application.press("Return", "ctrl+shift+a")
            application.type("body")
            application.press("Return", "ctrl+shift+x")
            application.type("by-group")
            application.press("Return", "alt+2", "ctrl+shift+p")
            application.type("What is new")
            application.press("Return")
        for name in ("Message", "by-group", "What is new"):
            self.wait_for_row(name)
        self.application.press("alt+1")
        self.application.find(Atspi.Role.LABEL, "body")

    def test_a_cell_is_edited(self):
        self.open_sample()
        with self.hold() as application:
            application.press("alt+2", "ctrl+Home", "Right", "Return", "ctrl+a")
            application.type("written by hand")
            application.press("ctrl+Return")  # a long text has a field of several lines
        self.application.find(Atspi.Role.PUSH_BUTTON, lambda name: name.startswith("Undo "))
        items = self.save()["tables"][0]["items"]
        self.assertEqual([item for item in items if item.get("message") == {"S": "written by hand"}], [items[0]])

    def test_an_operator_gets_its_value(self):
        self.open_sample()
        self.application.press("alt+1", "ctrl+shift+p")
        self.application.wait_for_focus("Name", "New question")
        self.application.go_to(lambda role, name: name == "Operator for sk", "Tab")
        self.application.press_and_wait("space")
        self.application.go_to(lambda role, name: name == "begins with", "Down")
        with self.hold() as application:
            application.press("Return", "Tab", "ctrl+a")  # the value has a place as soon as there is an operator
            application.type("2026")
            application.press("Return")
        self.application.wait_for_focus("sk", "2026")
        request = self.save()["patterns"][-1]["steps"][0]["request"]
        self.assertIn({"S": "2026"}, request["ExpressionAttributeValues"].values())

    def test_all_is_run_before_it_is_open(self):
        self.start_with_sample()
        self.application.press("ctrl+F5")
        self.application.find_toast("All 6 patterns ran as expected.")


if __name__ == "__main__":
    desktop.main()
