#!/usr/bin/env python3
"""A file that another program changes while it is open.

    journey_files.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own.
"""

import desktop


class Files(desktop.Journey):
    def change_outside(self, name):
        """Another program gives the model's second entity a name."""
        text = self.path.read_text(encoding="utf-8")
        self.path.write_text(text.replace('"name": "Message group"', f'"name": "{name}"'), encoding="utf-8")

    def test_a_change_by_others_is_taken_over(self):
        self.start_with_sample()
        self.wait_for_row("Message group")
        self.change_outside("Inbox")
        self.wait_for_row("Inbox")
        self.wait_for_no_row("Message group")


if __name__ == "__main__":
    desktop.main()
