"""What the journeys share: the application on a screen of its own, seen through assistive technology.

A journey is a script with a subclass of `Journey` and a call of main(). It works the program with keys, as a person
does, or with the actions and texts that assistive tools have, and reads what came of it from files, from the command
line and from what is heard. Things are found by role and name, and waited for by looking again, never by sleeping for
long. Whatever the program says on stderr fails the journey.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "cruddur-messages.hashrange.json"
sys.path.insert(0, str(ROOT / "tests"))

import tap  # noqa: E402

try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
    Atspi.set_timeout(20000, 30000)  # ms for an answer, also after the start: a busy machine needs more than usual
    WHY_NOT = None
except (ImportError, ValueError) as error:
    Atspi = GLib = None
    WHY_NOT = str(error)

PATIENCE_S = 60  # that of a test which fails: others wait for no longer than a busy machine needs
N_TURNS = 10  # of the program's main loop, after which it has taken the keys that were pressed
N_QUIET = 20  # looks, each of as many turns, after which what has come is all that comes
GRID = "Items by partition"


class GoneError(Exception):
    """What was looked at goes."""


def take_events():
    """Hears what has been told."""
    while GLib.MainContext.default().iteration(False):
        pass


def poll(question, what, patience_s=PATIENCE_S, pause_s=0.01):
    """The first true answer to `question()`; an AssertionError that says `what` was waited for otherwise: a text, or
    a function that gives it then."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        take_events()
        try:
            answer = question()
        except (GLib.Error, GoneError):  # what was looked at has gone meanwhile
            answer = None
        if answer:
            return answer
        time.sleep(pause_s)
    take_picture()
    raise AssertionError(f"waited in vain for {what() if callable(what) else what}")


def take_picture():
    """Of what the screen shows when something is waited for in vain: where HASHRANGE_JOURNEY_PICTURE says."""
    path = os.environ.get("HASHRANGE_JOURNEY_PICTURE")
    if path and shutil.which("import"):
        subprocess.run(["import", "-window", "root", path], check=False)


def children(node):
    """Its children, without those that go while it is looked at: the bus gives None for them."""
    found = (node.get_child_at_index(index) for index in range(node.get_child_count()))
    return [child for child in found if child is not None]


def ask(question, *arguments):
    """The bus's answer, None when what it is asked of has gone: in a window that changes, anything may."""
    try:
        return question(*arguments)
    except GLib.Error:
        return None


def walk(node):
    """The node, which must be there, and all below it that does not go while it is looked at."""
    yield node
    for child in children(node):
        yield from walk_below(child)


def walk_below(node):
    yield node
    for child in ask(children, node) or []:
        yield from walk_below(child)


def find_named(node, role, name=None):
    """The nodes of a role below `node` with their names, one after the other; `name` is a text or a test of one."""
    matches = name if callable(name) else lambda found: name is None or found == name
    for found in walk(node):
        if ask(found.get_role) == role:
            its_name = ask(found.get_name) or ""
            if matches(its_name):
                yield found, its_name


def find_each(node, role, name=None):
    """The nodes alone."""
    return (found for found, _ in find_named(node, role, name))


def find_all(node, role, name=None):
    """All of them."""
    return list(find_each(node, role, name))


def list_names(node, role, name=None):
    """Their names alone."""
    return [its_name for _, its_name in find_named(node, role, name)]


def read_text(node):
    """All of the text that a node has, or None."""
    if "Text" not in node.get_interfaces():
        return None
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def has_state(node, state):
    return node.get_state_set().contains(state)


class Application:
    """The workbench with models (none: the start page), and a keyboard."""

    def __init__(self, program, *models, **environment):
        environment = {**os.environ, "GSK_RENDERER": "cairo", "GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "memory",
                       "LC_ALL": "C.UTF-8", "LANGUAGE": "", "G_DEBUG": "fatal-warnings",
                       "HASHRANGE_TOASTS": "stay",
                       "ASAN_OPTIONS": "detect_leaks=0", **environment}
        environment.pop("GTK_A11Y", None)
        self.environment = environment
        self.window = self.main_window = None  # what has the keyboard, and the first one: numbers of the screen
        self.focused = None  # what has the keyboard's focus, as (role, name)
        self.source = None  # itself
        self.described = None  # its description: of a field, its text when it got the focus
        self.n_focus_events = 0
        take_events()  # of one before
        self.listener = Atspi.EventListener.new(self._take_focus_event)
        self.listener.register("object:state-changed:focused")
        self.complaints = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen([program, *map(str, models)], env=environment, stderr=self.complaints)
        poll(self.find_windows, "its window", pause_s=0.05)
        self.root = poll(self._find_root, "the application on the accessibility bus", pause_s=0.05)
        self.frame = poll(lambda: next(iter(self.list_frames()), None), "its frame")

    def _take_focus_event(self, event):
        if not event.detail1 or event.source is None:
            return
        try:
            heard = (event.source.get_role(), event.source.get_name() or "")
            described = event.source.get_description() or ""
        except GLib.Error:
            return  # it has gone already
        self.focused, self.described, self.source = heard, described, event.source
        self.n_focus_events += 1

    def _find_root(self):
        return next((application for application in children(Atspi.get_desktop(0))
                     if ask(application.get_process_id) == self.process.pid), None)

    def list_frames(self):
        """Its windows, as the accessibility bus has them."""
        return [child for child in children(self.root) if ask(child.get_role) == Atspi.Role.FRAME]

    def settle(self):
        """Until it has taken the keys that were pressed, and what is heard of that has come. Each question is a turn
        of its main loop, in which events come first; nothing depends on how long one takes."""
        quiet, heard = 0, self.n_focus_events
        while quiet < N_TURNS and ask(self.root.get_role) is not None:
            take_events()
            quiet = quiet + 1 if heard == self.n_focus_events else 0
            heard = self.n_focus_events

    def kill(self):
        """Ends the program as a crash does."""
        self._forget()
        self.process.kill()
        self.process.wait()

    def _forget(self):
        if self.listener is not None:
            self.listener.deregister("object:state-changed:focused")
            self.listener = None

    def close(self):
        """Ends the program; gives what it complained about, line by line."""
        self._forget()
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.complaints.seek(0)
        return [line for line in self.complaints.read().splitlines() if line.strip()]

    def find(self, role, name=None):
        """The name of the first one that has this role and name."""
        def look():
            return next((its_name for _, its_name in find_named(self.frame, role, name)), None)
        return poll(look, f"{role.value_nick} {name if isinstance(name, str) else ''!r}")

    def find_toast(self, text):
        """What is told above everything: looked for where it is."""
        def look():
            overlay = [self.frame]
            while len(overlay) == 1:
                overlay = children(overlay[0])
            return any(ask(node.get_name) == text for toast in overlay[1:] for node in walk_below(toast))
        poll(look, f"the toast {text!r}")

    def wait_for_no(self, role, name):
        """Until nothing has this role and name, and that is so when it is looked for again: what moves while it is
        looked for may be missed once."""
        def look():
            return not find_all(self.frame, role, name) and not find_all(self.frame, role, name)
        poll(look, f"{role.value_nick} to go")

    def find_field(self, text):
        """A field whose text is all of that."""
        def look():
            return next((node for node in walk(self.frame)
                         if "EditableText" in node.get_interfaces() and ask(read_text, node) == text), None)
        return poll(look, f"a field that says {text!r}")

    def click(self, name, role=None):
        """Does what the button of that name does, which can be clicked."""
        def can_be_clicked(node):
            return (node.get_n_actions() > 0 and has_state(node, Atspi.StateType.SENSITIVE)
                    and Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW).height > 1)

        def do():
            node = next((node for node in find_each(self.frame, role or Atspi.Role.PUSH_BUTTON, name)
                         if ask(can_be_clicked, node)), None)
            return node is not None and node.do_action(0)
        poll(do, f"something to click that is named {name!r}")

    def find_windows(self, title=None):
        """Numbers of the windows that are shown, of that title: a regular expression."""
        of_title = [] if title is None else ["--name", title]
        command = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid), *of_title]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if "X Error" in done.stderr:
            raise GoneError  # one of the windows, and with it the answer
        return done.stdout.split()

    def wait_for_no_window(self, title):
        """Until it is closed."""
        poll(lambda: not self.find_windows(title), f"the window {title} to close")

    def focus_window(self, title=None):
        """Gives the keyboard to a window, or back to the first one: there is no window manager that would."""
        if title is not None or self.main_window is None:
            self.window = poll(lambda: self.find_windows(title), f"a window {title or ''}")[-1]
            self.main_window = self.main_window or self.window
        else:
            self.window = self.main_window
        self.focus_number(self.window)

    def focus_number(self, number):
        """The same, of a window that is known by its number."""
        self.window = number
        self._run_xdotool("windowfocus", "--sync", number)

    @staticmethod
    def _run_xdotool(*arguments):
        subprocess.run(["xdotool", *arguments], check=True, timeout=PATIENCE_S)

    def press(self, *keys):
        """Presses keys of xdotool's names in the window."""
        if self.window is None:
            self.focus_window()
        for key in keys:
            self._run_xdotool("key", "--clearmodifiers", key)

    def type(self, text):
        """Types a text where the focus is."""
        self._run_xdotool("type", "--clearmodifiers", "--delay", "6", "--", text)

    def choose_in_palette(self, text, row=None):
        """Looks for a text in the palette and takes what is first, whose name begins with `row` (None: the text)."""
        wanted = (row or text).lower()
        self.press("ctrl+k")
        self.type(text)
        field = self.find_field(text)

        def is_first():
            above = field
            while above is not None:
                rows = find_all(above, Atspi.Role.LIST_ITEM)
                if rows:
                    return (rows[0].get_name() or "").lower().startswith(wanted)
                above = above.get_parent()
            return False
        poll(is_first, f"{wanted!r} to be found first")
        self.press("Return")
        poll(lambda: read_text(field) != text, "the palette to close")

    def wait_for_focus(self, name, described=None):
        """Until something of that name, and with that description, has the focus: it came there anew or, when nothing
        comes any more, it has stayed in a field with that text."""
        stays = [0, -1]  # looks at a field with that text, and what had been heard then

        def look():
            self.settle()
            if self.focused is None or self.focused[1] != name:
                return False
            if described in (None, self.described):
                return True
            is_quiet = stays[1] == self.n_focus_events and read_text(self.source) == described
            stays[:] = stays[0] + 1 if is_quiet else 0, self.n_focus_events
            return stays[0] >= N_QUIET
        poll(look, lambda: f"the focus to be on {name!r}, {described!r}; {self.tell_focus()}")

    def look_at_focus(self):
        """What has it now, as (role, name): what was heard of it may have got another name since. None: it is on its
        way."""
        self.settle()
        source = self.source
        if source is None or not ask(has_state, source, Atspi.StateType.FOCUSED):
            return None
        return ask(lambda: (source.get_role(), source.get_name() or ""))

    def tell_focus(self):
        """What was heard of it last, and where it is, for whom it may concern."""
        found = [(str(ask(node.get_name)), ask(read_text, node)) for node in ask(list, walk(self.frame)) or []
                 if ask(has_state, node, Atspi.StateType.FOCUSED)]
        return f"heard: {self.focused}, {self.described!r}, which says {ask(read_text, self.source)!r}; found: {found}"

    def press_and_wait(self, key):
        """Presses a key that moves the focus; gives what has it then, as (role, name)."""
        self.settle()
        before = self.n_focus_events
        self.press(key)
        poll(lambda: self.n_focus_events > before, lambda: f"the focus to move with {key}; {self.tell_focus()}")
        self.settle()
        return self.focused

    def go_to(self, is_wanted, *keys):
        """Presses keys, the last one again and again, until what has the focus is the wanted one; gives its name."""
        for number in range(60):
            role, name = self.press_and_wait(keys[min(number, len(keys) - 1)])
            if is_wanted(role, name):
                return name
        raise AssertionError(f"{keys} do not lead there, but to {self.focused}")

    def go_to_canvas(self):
        """Goes to the table with its cells, pane by pane."""
        return self.go_to(lambda role, name: role == Atspi.Role.TABLE_CELL, "F6")


class Clipboard:
    """The screen's clipboard, as another program has it."""

    def __init__(self):
        gi.require_version("Gdk", "4.0")
        from gi.repository import Gdk
        self.clipboard = Gdk.Display.open(os.environ["DISPLAY"]).get_clipboard()

    def write(self, text):
        self.clipboard.set(text)

    def read(self):
        """Its text, None when there is none."""
        found = []
        self.clipboard.read_text_async(None, lambda clipboard, result: found.append(result))
        result = poll(lambda: found, "the clipboard")[0]
        try:
            return self.clipboard.read_text_finish(result)
        except GLib.Error:
            return None


class Journey(unittest.TestCase):
    """One test is one journey, with a home of its own."""

    def setUp(self):
        why_not = is_possible()
        if why_not is not None:
            self.skipTest(why_not)
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.path = self.folder / "copy.hashrange.json"
        self.application = None

    def start(self, *models, **environment):
        """Starts the workbench; when the journey ends it is closed, and must not have complained."""
        homes = {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("CONFIG", "STATE", "DATA")}
        self.application = Application(sys.argv[1], *models, **homes, **environment)
        self.addCleanup(self.end, self.application)
        return self.application

    def start_with_sample(self, **environment):
        """Starts the workbench with a copy of the sample at `self.path`."""
        shutil.copy(SAMPLE, self.path)
        return self.start(self.path, **environment)

    def end(self, application):
        lines = application.close()
        self.assertEqual(lines, [], "\n".join(lines))

    def save(self, path=None):
        """Saves the model, which has a file; gives what is in it then."""
        path = path or self.path

        def look():
            status = path.stat()
            return status.st_ino, status.st_mtime_ns
        before = look()
        self.application.press("ctrl+s")
        poll(lambda: look() != before, "the file to be saved")
        return json.loads(path.read_text(encoding="utf-8"))

    def hashrange(self, *arguments, status=0):
        """What the command line says to that, on stdout."""
        done = subprocess.run([sys.argv[2], *map(str, arguments)], capture_output=True, text=True, check=False,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""})
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout

    def wait_for_row(self, start):
        """A row of the sidebar, or of a list, whose name starts so."""
        return self.application.find(Atspi.Role.LIST_ITEM, lambda name: name.startswith(start))

    def wait_for_no_row(self, start):
        self.application.wait_for_no(Atspi.Role.LIST_ITEM, lambda name: name.startswith(start))

    def find_grid(self):
        """The canvas that has rows: the one of the view that is shown."""
        def look():
            for grid in find_all(self.application.frame, Atspi.Role.TABLE, GRID):
                if ask(find_all, grid, Atspi.Role.TABLE_ROW):
                    return grid
            return None
        return poll(look, "rows on the canvas")


def is_possible():
    """Why the journeys cannot be made here, or None."""
    if WHY_NOT is not None:
        return WHY_NOT
    if "DISPLAY" not in os.environ:
        return "no screen"
    if shutil.which("xdotool") is None:
        return "no xdotool"
    return None


def start_session():
    """Runs this again on a screen and a bus of its own; what these print is kept out of the report."""
    report = os.dup(1)
    command = [sys.executable, ROOT / "tests" / "screen.py", sys.executable, *sys.argv]
    return subprocess.run(command, stdout=subprocess.DEVNULL, pass_fds=[report], check=False,
                          env={**os.environ, "HASHRANGE_JOURNEY_REPORT": str(report)}).returncode


def main():
    """Makes the journeys of the script that calls this: WORKBENCH HASHRANGE are its arguments."""
    if len(sys.argv) != 3:
        sys.exit(sys.modules["__main__"].__doc__)
    if "HASHRANGE_JOURNEY_REPORT" not in os.environ:
        sys.exit(start_session())
    os.dup2(int(os.environ["HASHRANGE_JOURNEY_REPORT"]), 1)
    tap.main()
