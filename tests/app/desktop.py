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


def poll(question, what, patience_s=PATIENCE_S, pause_s=0.01):
    """The first true answer to `question()`; an AssertionError that says `what` was waited for otherwise."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(False):
            pass
        try:
            answer = question()
        except GLib.Error:  # what was looked at has gone meanwhile
            answer = None
        if answer:
            return answer
        time.sleep(pause_s)
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


class Application:
    """The workbench with one model (None: the start page), and a keyboard."""

    def __init__(self, program, model):
        environment = {**os.environ, "GSK_RENDERER": "cairo", "GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "memory",
                       "LC_ALL": "C.UTF-8", "LANGUAGE": "", "G_DEBUG": "fatal-warnings",
                       "ASAN_OPTIONS": "detect_leaks=0"}
        environment.pop("GTK_A11Y", None)
        self.window = None
        self.focused = None  # what has the keyboard's focus, as (role, name)
        self.n_focus_events = 0
        self.listener = None
        self.root = None
        for _ in range(3):
            self.process = subprocess.Popen([program] + ([] if model is None else [str(model)]), env=environment,
                                            stderr=subprocess.PIPE, text=True)
            if self._appear():
                break
        else:
            raise AssertionError("the application does not appear on the accessibility bus")
        self.listener = Atspi.EventListener.new(self._take_focus_event)
        self.listener.register("object:state-changed:focused")
        self.frame = poll(lambda: next(iter(find_all(self.root, Atspi.Role.FRAME)), None), "its window")

    def _appear(self):
        """The bus loses an application that is looked at in the moment in which it registers: then another start."""
        try:
            self.root = poll(self._find_root, "the application", patience_s=10, pause_s=0.3)
        except AssertionError:
            if self.process.poll() is None:
                self.process.kill()
                self.process.communicate()
            return False
        return True

    def _take_focus_event(self, event):
        if not event.detail1 or event.source is None:
            return
        try:
            self.focused = (event.source.get_role(), event.source.get_name() or "")
            self.n_focus_events += 1
        except GLib.Error:
            pass  # it has gone already

    def _find_root(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def close(self):
        """Ends the program; gives what it complained about."""
        if self.listener is not None:
            self.listener.deregister("object:state-changed:focused")
        self.process.terminate()
        try:
            return self.process.communicate(timeout=10)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.communicate()[1]

    def find(self, role, name):
        """The one with this role and name that is there first."""
        return poll(lambda: next(iter(find_all(self.frame, role, name)), None), f"{role.value_nick} {name!r}")

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

    def type(self, text):
        """Types a text where the focus is."""
        subprocess.run(["xdotool", "type", "--clearmodifiers", text], check=True, timeout=20)

    def press_and_wait(self, key):
        """Presses a key that moves the focus; gives what has it then, as (role, name)."""
        before = self.n_focus_events
        self.press(key)
        poll(lambda: self.n_focus_events > before, f"the focus to move from {self.focused} with {key}")
        return self.focused


def is_possible():
    """Why the journeys cannot be made here, or None."""
    if "DISPLAY" not in os.environ:
        return "no screen"
    if shutil.which("xdotool") is None:
        return "no xdotool"
    return None
