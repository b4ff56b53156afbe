#!/usr/bin/env python3
"""A screen, a session bus and homes of its own for a command, whose exit status it gives.

    screen.py [--size 1600x1000] COMMAND…

What is run so meets no other that is run beside it: the server takes a number itself that is free (who looks for one
first, as `xvfb-run -a` does, can find the same as another), and what is kept for a session or a person (sockets,
settings, lists of files) is kept in a folder that goes with it.
"""

import argparse
import contextlib
import os
import pathlib
import secrets
import shutil
import signal
import struct
import subprocess
import sys
import tempfile

N_ATTEMPTS = 10  # another server may be about to take the number that was free
FAMILY_WILD = 0xFFFF  # in files of xauth: for every screen


def write_authority(path):
    """So that only who can read the file comes in."""
    parts = [b"", b"", b"MIT-MAGIC-COOKIE-1", secrets.token_bytes(16)]
    path.write_bytes(struct.pack(">H", FAMILY_WILD) + b"".join(struct.pack(">H", len(part)) + part for part in parts))


def start_server(size, authority, log):
    """The server and its number, which is None when it has ended again."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-auth", authority,
               "-noreset"]  # when the last client goes, which would turn away one that comes
    server = subprocess.Popen(command, pass_fds=[writing], stdout=log, stderr=log)
    os.close(writing)
    with open(reading, encoding="ascii") as answer:
        number = answer.readline().strip()
    if number:
        return server, number
    server.wait()
    return server, None


@contextlib.contextmanager
def open_screen(folder, size):
    """Gives its number."""
    authority = folder / "authority"
    write_authority(authority)
    with (folder / "server.log").open("w+", encoding="utf-8", errors="replace") as log:
        for _ in range(N_ATTEMPTS):
            server, number = start_server(size, authority, log)
            if number is not None:
                break
        else:
            log.seek(0)
            sys.exit(f"Xvfb does not start:\n{log.read()}")
        try:
            yield number
        finally:
            server.terminate()
            server.wait()


def make_environment(folder, number):
    environment = {**os.environ, "DISPLAY": f":{number}", "XAUTHORITY": str(folder / "authority"),
                   "ADW_DISABLE_PORTAL": "1"}
    environment.pop("WAYLAND_DISPLAY", None)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "TMPDIR"):
        home = folder / name.lower()
        home.mkdir(mode=0o700)
        environment[name] = str(home)
    return environment


def run(command, size):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hr-"))  # short: there are sockets in it
    try:
        with open_screen(folder, size) as number:
            return subprocess.run(["dbus-run-session", "--", *command], env=make_environment(folder, number),
                                  close_fds=False, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="1600x1000")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    status = run(arguments.command, arguments.size)
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
