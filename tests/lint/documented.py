#!/usr/bin/env python3
"""The manual page and the bash completion know every command and option that the program has.

    documented.py HASHRANGE
"""

import os
import re
import subprocess
import sys

import sources

MANUAL = "data/hashrange.1"
COMPLETION = "data/hashrange.bash"
COMPLETE = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hashrange; printf "%s\\n" "${COMPREPLY[@]}"'


def run(*command):
    environment = {**os.environ, "LC_ALL": "C"}
    result = subprocess.run(command, cwd=sources.ROOT, env=environment, capture_output=True, text=True, check=True)
    return result.stdout


def get_commands(program):
    return re.findall(r"^  ([a-z-]+) ", run(program, "--help"), re.MULTILINE)


def get_options(program, command):
    options = set(re.findall(r"^  (?:-\w, )?--([a-z-]+)", run(program, command, "--help"), re.MULTILINE))
    # what toolkits add by themselves
    return sorted(options - {"help", "help-all", "help-gapplication", "version"})


def read_manual():
    """The options that each command's section of the manual page describes."""
    described, command = {}, None
    for line in sources.read(MANUAL).splitlines():
        if line.startswith((".Sh ", ".Ss ")):
            command = line.split()[-1] if line.startswith(".Ss ") else None
        elif line.startswith(".It ") and command is not None:
            described.setdefault(command, set()).update(re.findall(r"[ ,](?:Fl )?-([a-z][a-z-]+)", line))
        described.setdefault(command, set())
    return described


def complete(program, *words):
    return run("bash", "-c", COMPLETE, "bash", COMPLETION, program, *words).split()


def compare(place, has, wanted):
    findings = [f"{place}: {name} is missing" for name in wanted if name not in has]
    return findings + [f"{place}: {name} does not exist" for name in has if name not in wanted]


def check_manual(program, commands):
    described = read_manual()
    findings = compare(MANUAL, sorted(name for name in described if name), commands)
    for command in commands:
        findings += compare(f"{MANUAL}, {command}", sorted(described.get(command, ())), get_options(program, command))
    return findings


def check_completion(program, commands):
    proposed = [word for word in complete(program, "") if not word.startswith("-")]
    findings = compare(COMPLETION, proposed, commands)
    for command in commands:
        options = [word.removeprefix("--") for word in complete(program, command, "-") if word != "--help"]
        findings += compare(f"{COMPLETION}, {command}", options, get_options(program, command))
    for way in ("export --to", "import --from"):
        if not complete(program, *way.split(), ""):
            findings.append(f"{COMPLETION}: no formats behind `{way}`")
    return findings


def check_markup():
    command = ["groff", "-mandoc", "-ww", "-z", MANUAL]
    try:
        result = subprocess.run(command, cwd=sources.ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return []
    return result.stderr.splitlines()


def main():
    program = os.path.abspath(sys.argv[1])
    commands = get_commands(program)
    return sources.report(check_markup() + check_manual(program, commands) + check_completion(program, commands))


if __name__ == "__main__":
    sys.exit(main())
