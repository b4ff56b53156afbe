#!/usr/bin/env python3
"""README.md tells the truth: its commands print what it shows, and its example of a model works.

    readme.py HASHRANGE

Runs the blocks with `$ ` lines in a scratch folder and compares; a line `…` stands for any number of lines. Commands of
other programs are left out.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

import sources

README = "README.md"


def find_blocks(text):
    """Each block of indented lines, without its indentation, and the line where it starts."""
    block, start = [], 0
    for number, line in enumerate([*text.splitlines(), "end"], 1):
        if line.startswith("    ") or (block and not line):
            start = start if block else number
            block.append(line)
        elif block:
            yield start, textwrap.dedent("\n".join(block)).strip("\n")
            block = []


def find_commands(block):
    """(command, expected lines) of a block; a command goes on behind a | at the end of its line."""
    commands = []
    for line in block.splitlines():
        if line.startswith("$ "):
            commands.append(([line[2:]], []))
        elif commands and commands[-1][0][-1].endswith("|") and not commands[-1][1]:
            commands[-1][0].append(line)
        elif commands:
            commands[-1][1].append(line)
    return [("\n".join(command), expected) for command, expected in commands]


def agrees(printed, expected):
    pattern = "\n".join(r"(?:.*)" if line.strip() == "…" else re.escape(line) for line in expected)
    return re.fullmatch(pattern.strip(), printed.strip(), re.DOTALL) is not None


def run(command, folder, program):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "",
                   "PATH": f"{pathlib.Path(program).parent}:{os.environ['PATH']}"}
    result = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True,
                            check=False)
    return result.stdout + result.stderr


def check_commands(text, folder, program):
    findings = []
    for start, block in find_blocks(text):
        for command, expected in find_commands(block):
            if command.startswith("aws "):
                continue
            printed = run(command, folder, program)
            if not agrees(printed, "\n".join(expected).strip().splitlines()):
                findings.append(f"{README}:{start}: `{command}` prints\n{printed}")
    return findings


def check_example(text, folder, program):
    example = next(block for _, block in find_blocks(text) if block.startswith('{ "hashrange"'))
    (folder / "example.hashrange.json").write_text(example, encoding="utf-8")
    wanted = ("example.hashrange.json: no errors, no warnings", "1 of 1 pattern as expected")
    printed = run("hashrange check example.hashrange.json && hashrange run example.hashrange.json", folder, program)
    return [f"{README}: its model gives\n{printed}" for line in wanted if line not in printed]


def main():
    program = os.path.abspath(sys.argv[1])
    text = sources.read(README)
    with tempfile.TemporaryDirectory(prefix="hashrange-readme-") as name:
        folder = pathlib.Path(name)
        (folder / "samples").symlink_to(sources.ROOT / "samples")
        return sources.report(check_commands(text, folder, program) + check_example(text, folder, program))


if __name__ == "__main__":
    sys.exit(main())
