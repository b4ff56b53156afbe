#!/usr/bin/env python3
"""A session in German: words and numbers are German, what is written is not.

    journey_german.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own.
"""

import pathlib
import shutil
import subprocess
import sys

import desktop
from desktop import Atspi

TRANSLATIONS = pathlib.Path(sys.argv[1]).resolve().parents[2] / "po"


class German(desktop.Journey):
    def setUp(self):
        super().setUp()
        if not (TRANSLATIONS / "de").is_dir():
            self.skipTest("no translation is built")

    def list_settings(self):
        """German words; German numbers too where the locale can be made, for few machines have it."""
        settings = {"LANGUAGE": "de", "HASHRANGE_LOCALEDIR": str(TRANSLATIONS)}
        command = ["localedef", "-i", "de_DE", "-f", "UTF-8", str(self.folder / "de_DE.UTF-8")]
        if shutil.which("localedef") and subprocess.run(command, capture_output=True, check=False).returncode == 0:
            settings |= {"LC_ALL": "de_DE.UTF-8", "LOCPATH": str(self.folder)}
        return settings

    def rename(self, environment):
        """Renames an entity, runs a pattern and saves; gives what was told of the run, and the file."""
        self.start_with_sample(**environment)
        self.wait_for_row("Message group")
        self.application.choose_in_palette("message group")
        self.application.press("F2")
        self.application.wait_for_focus("Name", "Message group")
        self.application.type("Posteingang")
        self.application.press("Return")
        self.wait_for_row("Posteingang")
        undo = self.application.find(Atspi.Role.PUSH_BUTTON, lambda name: "Posteingang" in name)
        self.application.choose_in_palette("show a conversation")
        self.application.press("F5")
        told = self.application.find(Atspi.Role.ALERT, lambda name: "RCU" in name)
        self.save()
        return undo, told, self.path.read_bytes()

    def test_words_are_german_and_the_file_is_not(self):
        english = self.rename({})
        self.end(self.application)
        settings = self.list_settings()
        german = self.rename(settings)
        self.assertEqual(english[:2], ("Undo Rename Message group to Posteingang",
                                       "20 items returned, 0 filtered out, 1.0 RCU"))
        self.assertIn("umbenennen", german[0])
        units = "1,0 RCU" if "LOCPATH" in settings else "1.0 RCU"
        self.assertEqual(german[1], f"20 Elemente zurückgegeben, 0 herausgefiltert, {units}")
        self.assertEqual(english[2], german[2])


if __name__ == "__main__":
    desktop.main()
