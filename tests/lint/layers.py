#!/usr/bin/env python3
"""Every include obeys the order of the layers.

app includes render and model, render includes model, and inside model a folder includes only itself and
those to its left in LAYERS; folders of one layer do not include each other. The parts of the workbench stand on
each other in the order of PARTS. The same goes for libraries: no GIO, GTK or cairo below the folder that may see it.
A -private.h is for its own folder (and the tests).
"""

import re
import sys

import sources

LAYERS = (
    ("base",), ("value",), ("expression",), ("schema",), ("engine",), ("partiql",), ("api",), ("document",),
    ("exchange", "generate", "advise", "simulate"),
)
RANK = {f"model/{folder}": rank for rank, layer in enumerate(LAYERS) for folder in layer}
RANK["render"] = len(LAYERS)

# The workbench, each part on those before it.
PARTS = ("app/session", "app/ui/pieces", "app/ui/editing", "app/ui/canvas", "app/ui/inspector", "app/ui/pages",
         "app/ui/window", "app/ui")
MADE = "app/ui/config.h"  # by meson, for all parts

# System headers by their start, and the folders that may include them.
LIBRARIES = {
    "gtk/": ("app/ui",),
    "gtksourceview/": ("app/ui",),
    "adwaita.h": ("app/ui",),
    "gio/": ("app",),
    "cairo": ("render", "app"),
    "pango/": ("render", "app"),
    "microhttpd.h": ("app/endpoint",),
    "curl/": ("app/remote",),
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]*)"|<([^>]*)>)')


def folder_of(path):
    """`model/value` of model/value/item.c, `app/ui/pages` of app/ui/pages/x.c, `render` of render/x.c."""
    parts = str(path).split("/")[:-1]
    depth = 3 if parts[:2] == ["app", "ui"] else 2 if parts[:1] in (["model"], ["app"]) else 1
    return "/".join(parts[:depth])


def is_in(folder, outer):
    return folder == outer or folder.startswith(outer + "/")


def check_part(folder, target):
    """What is wrong when a file of `folder` includes a header of a part of the workbench; None when nothing."""
    if folder not in PARTS:
        return f"{folder} must not include {target}"
    if PARTS.index(target) > PARTS.index(folder):
        return f"{folder} must not include {target}, which stands above it"
    return None


def check_project(folder, included):
    """What is wrong when a file of `folder` includes the project's header `included`; None when nothing."""
    target = folder_of(included)
    if included.startswith(".") or "/" not in included:
        return f'"{included}" is not written from the root'
    if included.endswith("-private.h") and target != folder:
        return f"{included} is private to {target}"
    if target == folder or included == MADE:
        return None
    if target in PARTS:
        return check_part(folder, target)
    if is_in(folder, "app"):
        return None
    if target not in RANK:
        return f"{folder} must not include {included}: {target} is no layer below it"
    if folder not in RANK:
        return f"{folder} has no place in the order of the layers"
    if RANK[target] == RANK[folder]:
        return f"{folder} must not include its sibling {target}"
    if RANK[target] > RANK[folder]:
        return f"{folder} must not include {target}, which stands above it"
    return None


def check_library(folder, included):
    for start, allowed in LIBRARIES.items():
        if included.startswith(start) and not any(is_in(folder, outer) for outer in allowed):
            return f"{folder} must not include <{included}>"
    return None


def check_text(path, text):
    """The findings of one file, each `FILE:LINE: what`."""
    findings = []
    folder = folder_of(path)
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match is None:
            continue
        project, library = match.groups()
        problem = check_project(folder, project) if project is not None else check_library(folder, library)
        if problem is not None:
            findings.append(f"{path}:{number}: {problem}")
    return findings


def main():
    findings = []
    for path in sources.find(sources.CODE_FOLDERS, ".c", ".h"):
        findings += check_text(path, sources.read(path))
    return sources.report(findings)


if __name__ == "__main__":
    sys.exit(main())
