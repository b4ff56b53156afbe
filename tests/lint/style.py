#!/usr/bin/env python3
"""What can be said of our style without understanding the code: lengths, blanks, openings, leftovers."""

import re
import sys

import sources

LINES_MAX = 700
COLUMNS_MAX = 120
FUNCTION_LINES_MAX = 70

LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX)\b")
FUNCTION_NAME = re.compile(r"^([A-Za-z_]\w*) \(")
# Long by nature: tables, and one line a property or signal.
TABLE_START = re.compile(r"^  .*\bconst\b.*=( \{)?$|^  \} .*=( \{)?$")
TABLE_END = "  };"
EXEMPT = re.compile(r"_class_init$")
# xgettext takes the text up to a macro, so that what the program looks up is never there.
CUT_MESSAGE = re.compile(r'\b(?:N?_|C_|ngettext_|g_dngettext) ?\(\s*(?:\w+,\s*)?'
                         r'(?:"(?:[^"\\]|\\.)*"[\s,]*)+G_G\w+_FORMAT')


def check_lines(path, lines):
    findings = []
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            findings.append(f"{path}:{number}: a tab")
        if line != line.rstrip():
            findings.append(f"{path}:{number}: blanks at the end of the line")
        if len(line) > COLUMNS_MAX:
            findings.append(f"{path}:{number}: {len(line)} columns, at most {COLUMNS_MAX}")
        if LEFTOVER.search(line):
            findings.append(f"{path}:{number}: finish it or file an issue")
    if len(lines) > LINES_MAX:
        findings.append(f"{path}:{len(lines)}: {len(lines)} lines, at most {LINES_MAX}")
    return findings


def find_functions(lines):
    """(name, line of the name, lines from { to } without tables) of each function: its braces stand at the margin."""
    name, place, opened = None, 0, None
    table, in_tables = None, 0
    for number, line in enumerate(lines, 1):
        match = FUNCTION_NAME.match(line)
        if match is not None and opened is None:
            name, place = match.group(1), number
        elif line == "{" and name is not None:
            opened, table, in_tables = number, None, 0
        elif table is None and TABLE_START.match(line):
            table = number
        elif table is not None and line == TABLE_END:
            in_tables += number - table + 1
            table = None
        elif line == "}" and opened is not None:
            yield name, place, number - opened + 1 - in_tables
            name, opened = None, None
        elif opened is None and line.endswith(";"):
            name = None


def check_functions(path, lines):
    return [f"{path}:{place}: {name} has {length} lines, at most {FUNCTION_LINES_MAX}"
            for name, place, length in find_functions(lines)
            if length > FUNCTION_LINES_MAX and not EXEMPT.search(name)]


def check_text(path, text):
    """The findings of one file, each `FILE:LINE: what`."""
    path = str(path)
    lines = text.splitlines()
    findings = check_lines(path, lines)
    if not text.endswith("\n") or text.endswith("\n\n"):
        findings.append(f"{path}:{len(lines)}: the file must end with one newline")
    if path.endswith(".h") and (not lines or "#pragma once" not in lines[:20]):
        findings.append(f"{path}:1: no #pragma once")
    if path.endswith(".c"):
        if not text.startswith("/*"):
            findings.append(f"{path}:1: a comment that says what the file does must open it")
        findings += check_functions(path, lines)
        findings += [f"{path}:{text[:cut.start()].count(chr(10)) + 1}: format the number first, and translate %s"
                     for cut in CUT_MESSAGE.finditer(text)]
    return findings


def main():
    findings = []
    for path in sources.find((*sources.CODE_FOLDERS, "tests"), ".c", ".h", ".py", ".build"):
        if path.name != "style.py":
            findings += check_text(path, sources.read(path))
    for name in ("dev", ".ci/run", "meson.build", "README.md", "HACKING.md"):
        findings += [finding for finding in check_lines(name, sources.read(name).splitlines())
                     if not (name.endswith(".md") and "columns" in finding)]
    return sources.report(findings)


if __name__ == "__main__":
    sys.exit(main())
