#!/usr/bin/env python3
"""Writes cases/matrix-*.case: every operator and function against every operand type.

    matrix.py --write     regenerate the four files
    matrix.py --check     exit 1 when a file differs from what would be written

What is tried stands in matrix_conditions.py and matrix_updates.py; what must come out is said by the
rules in matrix_model.py, which know nothing of the engine. Where the author of a case knows the
answer as well, the rules are held against it (`want`). Cases whose answer by the service is not
known are left out.
"""

import argparse
import sys

from matrix_conditions import comparison, functions, logic
from matrix_updates import update


def main():
    parser = argparse.ArgumentParser(description="The matrix of expression cases.")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true", help="write the files")
    mode.add_argument("--check", action="store_true", help="compare the files with what would be written")
    arguments = parser.parse_args()
    stale = 0
    for file in (comparison(), functions(), logic(), update()):
        if arguments.write:
            file.path.write_text(file.text(), encoding="utf-8")
            print(f"{file.path.name}: {len(file.names)} cases")
        elif not file.path.exists() or file.path.read_text(encoding="utf-8") != file.text():
            print(f"{file.path.name} is not what matrix.py writes; run it with --write", file=sys.stderr)
            stale += 1
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
