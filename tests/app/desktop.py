"""What the journeys share: the application on a screen of its own, seen through assistive technology.

Things are found by role and name, and waited for by looking again, never by sleeping for long.
"""

import os
import shutil
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE_S = 20


def poll(question, what):
    """The first true answer to `question()`; an AssertionError that says `what` was waited for otherwise."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            answer = question()
        except GLib.Error:  # what was looked at has gone meanwhile
            answer = None
        if answer:
            return answer
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")


def walk(node):
    """The node and everything below it."""
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from walk(child)


def find_all(node, role, name=None):
    """All nodes of a role below `node`; `name` is a text or a test of one."""
    matches = name if callable(name) else lambda found: name is None or found == name
    return [found for found in walk(node) if found.get_role() == role and matches(found.get_name() or "")]


def is_focused(node):
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


class Application:
    """The workbench with one model, and a keyboard."""

    def __init__(self, program, model):
        environment = {**os.environ, "GSK_RENDERER": "cairo", "GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "memory",
                       "LC_ALL": "C.UTF-8", "LANGUAGE": "", "G_DEBUG": "fatal-warnings",
                       "ASAN_OPTIONS": "detect_leaks=0"}
        environment.pop("GTK_A11Y", None)
        self.process = subprocess.Popen([program, str(model)], env=environment, stderr=subprocess.PIPE, text=True)
        self.window = None
        try:
            self.root = poll(self._find_root, "the application on the accessibility bus")
            self.frame = poll(lambda: next(iter(find_all(self.root, Atspi.Role.FRAME)), None), "its window")
        except AssertionError:
            self.close()
            raise

    def _find_root(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def close(self):
        """Ends the program; gives what it complained about."""
        self.process.terminate()
        try:
            return self.process.communicate(timeout=10)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.communicate()[1]

    def find(self, role, name):
        """The one with this role and name that is there first."""
        return poll(lambda: next(iter(find_all(self.frame, role, name)), None), f"{role.value_nick} {name!r}")

    def find_focused(self):
        """What has the keyboard's focus, or None."""
        return next((node for node in walk(self.frame) if is_focused(node)), None)

    def press(self, *keys):
        """Presses keys of xdotool's names in the window."""
        if self.window is None:
            found = poll(lambda: subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                capture_output=True, text=True, check=False).stdout.split(), "the window on the screen")
            self.window = found[-1]
            subprocess.run(["xdotool", "windowfocus", "--sync", self.window], check=True, timeout=10)
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True, timeout=10)


def is_possible():
    """Why the journeys cannot be made here, or None."""
    if "DISPLAY" not in os.environ:
        return "no screen"
    if shutil.which("xdotool") is None:
        return "no xdotool"
    return None
