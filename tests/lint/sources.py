"""The source files of the project, for the checks in this folder."""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE_FOLDERS = ("model", "render", "app")


def find(folders, *suffixes, root=ROOT):
    """Paths relative to `root`, sorted, of the files under `folders` that end in one of `suffixes`."""
    found = []
    for folder in folders:
        for place, names, files in os.walk(root / folder):
            names[:] = [name for name in names if not name.startswith((".", "__"))]
            found += [pathlib.Path(place, name).relative_to(root) for name in files if name.endswith(suffixes)]
    return sorted(found)


def read(path, root=ROOT):
    return (root / path).read_text(encoding="utf-8")


def report(findings):
    """Prints the findings, one a line; the exit status."""
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0
