#!/usr/bin/env python3
"""The sample's table, made on the screen from an empty window: two entities, an index, items, two patterns, the export.

    journey_cruddur.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. It is made twice, with the hands of somebody who has a keyboard and nothing
else, and with those of an assistive tool that pushes buttons; what came of it is read from files and by the command
line.
"""

import json

import desktop
from desktop import Atspi

ENTITIES = {
    "Message": {"pk": "MSG#{message_group_uuid}", "sk": "{created_at}",
                "attributes": ["message_uuid", "message", "user_uuid", "user_display_name", "user_handle"]},
    "Message group": {"pk": "GRP#{my_user_uuid}", "sk": "{last_message_at}",
                      "attributes": ["message_group_uuid", "message", "user_uuid", "user_display_name", "user_handle"]},
}
MESSAGES = ["2026-03-02T10:04:00Z", "2026-03-02T10:05:00Z", "2025-12-31T23:59:00Z"]
GROUPS = ["2026-03-02T10:05:00Z", "2026-03-01T09:00:00Z"]
PATTERNS = {"Show a conversation": "MSG#{message_group_uuid}", "List my conversations": "GRP#{my_user_uuid}"}


class Keyboard:
    """Hands that know nothing but keys."""

    def __init__(self, application):
        self.application = application

    def go_to(self, name):
        """Goes to what has the name, if it is not there already."""
        if (self.application.look_at_focus() or (None, None))[1] != name:
            self.application.go_to(lambda role, found: found == name, "Tab")

    def fill(self, name, text):
        self.go_to(name)
        self.application.press("ctrl+a")
        self.application.type(text)
        self.application.press("Return")

    def push(self, name):
        self.go_to(name)
        self.application.press("space")

    def choose(self, name, word):
        self.go_to(name)
        _, offered = self.application.press_and_wait("space")
        if offered != word:
            self.application.go_to(lambda role, found: found == word, "Down")
        self.application.press("Return")
        self.application.wait_for_focus(name, word)

    def do(self, name, keys):
        """What the button of that name does, and the keys do everywhere."""
        self.application.press(keys)

    def add_item(self):
        self.application.press("ctrl+i")


class AssistiveTool(Keyboard):
    """Hands that do what buttons do; GTK 4.8 lets them enter fields by keys alone."""

    def push(self, name):
        self.application.click(name)

    def do(self, name, keys):
        self.push(name)

    def add_item(self):
        self.application.press("alt+2")
        self.push("Add an item")


class Cruddur(desktop.Journey):
    def setUp(self):
        super().setUp()
        self.start()

    def make_entity(self, name, facts):
        self.hands.do("Add an entity", "ctrl+shift+e")
        self.application.wait_for_focus("Name", "Entity")
        self.application.type(name)
        self.application.press("Return")
        self.wait_for_row(name)
        for key in ("pk", "sk"):
            self.hands.fill(key, facts[key])
            self.application.wait_for_focus(key, facts[key])
        for attribute in facts["attributes"]:
            self.hands.do("Add an attribute", "ctrl+shift+a")
            self.application.wait_for_focus("Name", "attribute")
            self.application.type(attribute)
            self.application.press("Return")
            self.application.wait_for_focus("Name", attribute)

    def make_table(self):
        self.hands.do("New model", "ctrl+n")
        for name, facts in ENTITIES.items():
            self.make_entity(name, facts)
        self.application.press("F6")
        self.hands.push("Table settings")
        self.application.wait_for_focus("Name", "my-table")
        self.application.type("cruddur-messages")
        self.application.press("Return")
        self.wait_for_row("cruddur-messages")
        self.hands.choose("Stream", "New image")

    def make_index(self):
        self.hands.do("Add an index", "ctrl+shift+x")
        self.application.wait_for_focus("Name", "index")
        self.application.type("message-group-sk-index")
        self.application.press("Return")
        self.wait_for_row("message-group-sk-index")
        self.hands.fill("Attribute", "message_group_uuid")
        self.application.wait_for_focus("Attribute", "message_group_uuid")
        self.hands.push("Add a sort key attribute")
        self.application.wait_for_focus("Attribute", "sk")

    def select(self, name):
        """By the search that is everywhere."""
        self.application.choose_in_palette(name.lower())
        self.application.find_field(name)

    def wait_for_cell(self, is_wanted):
        def look():
            role, name = self.application.look_at_focus() or (None, "")
            return role == Atspi.Role.TABLE_CELL and is_wanted(name)
        desktop.poll(look, lambda: f"a cell, not {self.application.tell_focus()}")

    def edit_cell(self, column, text):
        self.application.press("Return")
        self.application.wait_for_focus(column)
        self.application.press("ctrl+a")
        self.application.type(text)
        self.application.press("Return")

    def make_items(self, entity, sort_keys):
        """New items, whose sort keys are typed into their cells: the rest is there already."""
        self.select(entity)
        for sort_key in sort_keys:
            self.hands.add_item()
            self.wait_for_cell(lambda name: name.startswith(f"{entity}, ") and not name.endswith(tuple(sort_keys)))
            self.edit_cell("sk", sort_key)
            self.application.find(Atspi.Role.TABLE_ROW, lambda name: name.endswith(sort_key))
            self.wait_for_cell(lambda name: True)

    def make_pattern(self, name, template):
        self.application.press("alt+1")
        self.hands.do("Add an access pattern", "ctrl+shift+p")
        self.application.wait_for_focus("Name", "New question")
        self.application.type(name)
        self.application.press("Return")
        self.wait_for_row(name)
        self.hands.fill("pk", template)
        self.application.wait_for_focus("pk", template)
        self.hands.choose("Operator for sk", "begins with")
        self.hands.fill("sk", "{year}")
        self.application.wait_for_focus("sk", "{year}")

        self.hands.fill("year", "2026")

    def make(self):
        self.make_table()
        self.make_index()
        self.make_items("Message", MESSAGES)
        self.make_items("Message group", GROUPS)
        for name, template in PATTERNS.items():
            self.make_pattern(name, template)

    def save_in_dialog(self, title, path):
        self.application.focus_window(title)
        self.application.press("ctrl+a")
        self.application.type(str(path))
        self.application.press("Return")
        desktop.poll(path.exists, f"{path.name} to be written")
        self.application.wait_for_no_window(title)
        self.application.focus_window()

    def export(self, path):
        """The table's schema: the format that is chosen first."""
        self.hands.do("Export", "ctrl+e")
        self.application.focus_window("^Export$")
        valid = "Valid for create-table: yes"
        desktop.poll(lambda: desktop.find_all(self.application.root, Atspi.Role.LIST_ITEM, valid), valid)
        self.application.press("ctrl+s")
        self.save_in_dialog("Save the export", path)
        self.application.focus_window("^Export$")
        desktop.poll(self.is_closed_with_escape, "the export to close", pause_s=0.5)  # the first one ends a toast
        self.application.focus_window()

    def is_closed_with_escape(self):
        if self.application.find_windows("^Export$"):
            self.application.press("Escape")
        return not self.application.find_windows("^Export$")

    def check_runs(self):
        """What the window says of the run is what the command line says."""
        self.application.press("ctrl+F5")
        self.application.find_toast("All 2 patterns ran as expected.")
        for run in json.loads(self.hashrange("run", "--json", "--set", "year=2026", self.path))["patterns"]:
            self.assertEqual((run["count"], run["read_units"]), (2, 0.5), run)

    def go_through(self, hands):
        self.hands = hands
        self.make()
        self.hands.do("Run", "F5")
        self.application.find(Atspi.Role.ALERT, "2 items returned, 0 filtered out, 0.5 RCU")
        self.application.press("ctrl+s")
        self.save_in_dialog("Save the model", self.path)
        schema = self.folder / "schema.json"
        self.export(schema)
        self.assertEqual(json.loads(schema.read_text(encoding="utf-8")),
                         json.loads(self.hashrange("export", "--to", "create-table", desktop.SAMPLE)))
        self.check_runs()

    def press_until(self, keys, can_end):
        """Until the button whose name begins so says that there is nothing more to do."""
        for _ in range(60):
            self.application.press("F6", *[keys] * 8)  # out of a field: there, it is about what was typed
            self.application.settle()
            if self.application.find(Atspi.Role.PUSH_BUTTON, lambda name: name.startswith(can_end)) == can_end:
                return
        self.fail(f"there is no end of {keys}")

    def undo_and_redo(self):
        """All of it, back to the model that was new and to the end again."""
        text = self.path.read_bytes()
        self.application.press("alt+2")
        self.application.go_to_canvas()
        self.press_until("ctrl+z", "Undo")
        empty = self.save()
        self.assertEqual([table["name"] for table in empty["tables"]], ["my-table"])  # of a new model
        self.assertEqual(empty["tables"][0].keys() & {"entities", "indexes", "items"}, set())
        self.assertNotIn("patterns", empty)
        self.press_until("ctrl+y", "Redo")
        self.save()
        self.assertEqual(self.path.read_bytes(), text)

    def test_keyboard(self):
        self.go_through(Keyboard(self.application))
        self.undo_and_redo()

    def test_assistive_tool(self):
        self.go_through(AssistiveTool(self.application))


if __name__ == "__main__":
    desktop.main()
