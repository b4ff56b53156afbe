#!/usr/bin/env python3
"""Writes the requests of the case files as inputs of fuzz-operation, one file a case: what a hunt begins with.

    seeds.py FOLDER
"""

import hashlib
import pathlib
import re
import sys

CASES = pathlib.Path(__file__).resolve().parents[1] / "api" / "cases"
BYTES_MAX = 4000


def read_lines(path):
    """The lines of a case file without comments, with those that continue one put behind it."""
    lines = []
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" ") and not re.match(r"  [a-z-]+: ", line):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.strip())
    return lines


def read_inputs(path):
    """What each case asks for: `do` and `call` lines, with `~` for the older wording."""
    inputs = []
    for line in read_lines(path):
        word, _, text = line.partition(": ")
        if word in ("case", "define"):
            inputs.append([])
            mark = ""
        elif word == "layer":
            mark = "~" if text == "old" else ""
        elif word in ("do", "call"):
            inputs[-1].append(mark + re.sub(r"%\{(.*?)\*(\d+)\}", lambda match: match[1] * int(match[2]), text))
    return ["\n".join(requests) for requests in inputs]


def main():
    folder = pathlib.Path(sys.argv[1])
    for path in sorted(CASES.glob("*.case")):
        for text in read_inputs(path):
            content = text.encode()
            if 0 < len(content) <= BYTES_MAX:
                (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)


if __name__ == "__main__":
    main()
