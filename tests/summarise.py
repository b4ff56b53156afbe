#!/usr/bin/env python3
"""Counts what `meson test` did in one or more build folders, and ends with `N passed, N failed, N skipped`.

    summarise.py [--passed NAME]… [--failed NAME]… [--skipped NAME]… BUILD_FOLDER…

Each TAP test point counts as one test, and so does each program that reports none. A program that crashes, leaks or
runs out of time counts as a failure of its own when none of its points failed. --passed and its kin count what meson
did not run. Beneath what failed stand the lines that tell why, a few of them: the end of a log is often all that there
is to see. Exits with 1 when something failed or nothing ran.
"""

import argparse
import dataclasses
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

# What meson says of a whole program; anything else is a failure.
PASSED = ("OK", "EXPECTEDFAIL")
SKIPPED = "SKIP"
LINES_MAX = 8
COLUMNS_MAX = 300
# What a program says all the time, and what it says when something is wrong.
NOISE = re.compile(r"^\s*$|dbus-daemon\[|-DEBUG: |dbind-WARNING"
                   r"|^(ok \d|1\.\.\d|TAP version|# (random seed|Start of|End of))")
TELLING = re.compile(r"ERROR:|SUMMARY: |runtime error: |-CRITICAL |-WARNING |Bail out!|^not ok ")
EXCEPTION = re.compile(r"^[\w.]+(Error|Exception|Expired|Exit|Interrupt)\b")
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclasses.dataclass
class Summary:
    passed: int = 0
    failed: list = dataclasses.field(default_factory=list)   # names with the lines that tell why
    skipped: list = dataclasses.field(default_factory=list)  # names with their reasons

    def line(self):
        return f"{self.passed} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"


def read_points(folder):
    """Test points by the name of their program, from the JUnit report: (name, outcome, explanation)."""
    path = folder / "testlog.junit.xml"
    if not path.exists():
        return {}
    # The output of tests is in there as it was, with characters that XML does not have.
    text = NOT_IN_XML.sub("?", path.read_text(encoding="utf-8", errors="replace"))
    root = xml.etree.ElementTree.fromstring(text.encode("utf-8"))
    points = {}
    for suite in root.iter("testsuite"):
        # "hashrange.hashrange:model / json-reader"; what reports no points stands together under "hashrange".
        _, dot, program = suite.get("name").partition(".")
        if dot:
            points[bare_name(program)] = [read_point(case) for case in suite.iter("testcase")]
    return points


def bare_name(program):
    """Without the suite that meson puts before it: `hashrange:model / json-reader`."""
    return program.rpartition(" / ")[2]


def read_point(case):
    outcomes = {child.tag for child in case}
    outcome = "failed" if outcomes & {"failure", "error"} else "skipped" if "skipped" in outcomes else "passed"
    return case.get("name"), outcome, case.findtext("system-out", "").strip()


def read_programs(folder):
    """What meson says of each program: (name, result, what it said on stdout, on stderr)."""
    path = folder / "testlog.json"
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield bare_name(record["name"]), record["result"], record.get("stdout", ""), record.get("stderr", "")


def choose_lines(said):
    """Those that tell something is wrong, and the last ones."""
    lines = [line for line in said.splitlines() if not NOISE.search(line)]
    telling = [number for number, line in enumerate(lines) if TELLING.search(line)][:LINES_MAX // 2]
    numbers = set(telling)
    for number in reversed(range(len(lines))):
        if len(numbers) < LINES_MAX:
            numbers.add(number)
    return [lines[number] for number in sorted(numbers)]


def choose_of_traceback(lines):
    """Where in the test it was, and the exception with what it says."""
    start = next((number for number, line in enumerate(lines) if EXCEPTION.match(line)), None)
    if start is None:
        return lines[-LINES_MAX:]
    frames = [number for number, line in enumerate(lines[:start]) if line.startswith("  File ")]
    own = [number for number in frames if "/unittest/" not in lines[number]]
    place = lines[own[0]:own[0] + 2] if own else []
    return [*place, *lines[start:start + LINES_MAX - len(place)]]


def explain_point(name, stdout, stderr):
    """`name` is as in the JUnit report: its number, a blank, and what it is called."""
    lines = stdout.splitlines()
    number = name.split(" ")[0]
    start = next((i for i, line in enumerate(lines) if re.match(rf"not ok {re.escape(number)}\b", line)), len(lines))
    comments = []
    for line in lines[start + 1:]:
        if not line.startswith("#"):
            break
        comments.append(line[2:])
    comments = [line for line in comments if not NOISE.search(line)]
    return choose_of_traceback(comments) if comments else choose_lines(stdout + "\n" + stderr)


def count_points(summary, program, points, stdout, stderr):
    for name, outcome, explanation in points:
        if outcome == "passed":
            summary.passed += 1
        elif outcome == "failed":
            summary.failed.append((f"{program}: {name}", explain_point(name, stdout, stderr)))
        else:
            summary.skipped.append(f"{program}: {name}: {explanation or 'no reason given'}")


def count_folder(summary, build):
    folder = pathlib.Path(build, "meson-logs")
    all_points = read_points(folder)
    for program, result, stdout, stderr in read_programs(folder):
        points = all_points.get(program, [])
        count_points(summary, f"{build}: {program}", points, stdout, stderr)
        if result in PASSED:
            summary.passed += not points
        elif result == SKIPPED:
            if not points:
                last_line = (stdout + stderr).strip().rpartition("\n")[2]
                summary.skipped.append(f"{build}: {program}: {last_line or 'no reason given'}")
        elif all(outcome != "failed" for _, outcome, _ in points):
            summary.failed.append((f"{build}: {program}: {result.lower()}", choose_lines(stdout + "\n" + stderr)))


def main(arguments=None):
    parser = argparse.ArgumentParser()
    for outcome in ("passed", "failed", "skipped"):
        parser.add_argument(f"--{outcome}", action="append", default=[], metavar="NAME")
    parser.add_argument("builds", nargs="*", metavar="BUILD_FOLDER")
    options = parser.parse_args(arguments)

    summary = Summary(len(options.passed), [(name, []) for name in options.failed], list(options.skipped))
    for build in options.builds:
        count_folder(summary, build)
    for name in summary.skipped:
        print(f"skipped  {name}")
    for name, lines in summary.failed:
        print(f"FAILED   {name}")
        for line in lines:
            print(f"         | {line[:COLUMNS_MAX]}")
    if not (summary.passed or summary.failed or summary.skipped):
        print("No test has such a name; `meson test -C build --list` lists them.")
    print(summary.line())
    return 1 if summary.failed or not summary.passed else 0


if __name__ == "__main__":
    sys.exit(main())
