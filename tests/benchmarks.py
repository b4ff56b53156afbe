#!/usr/bin/env python3
"""Runs the benchmarks of a build folder, one after the other, and shows what they print.

    benchmarks.py BUILD_FOLDER [NAME…] [OPTION…]

Options, from the first word on that begins with a dash, go to the benchmarks that are named.
"""

import itertools
import json
import os
import subprocess
import sys


def main():
    build, *words = sys.argv[1:]
    names = list(itertools.takewhile(lambda word: not word.startswith("-"), words))
    options = words[len(names):]
    if options and not names:
        print("name the benchmark that the options are for", file=sys.stderr)
        return 2
    command = ["meson", "introspect", "--benchmarks", build]
    benchmarks = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    chosen = [benchmark for benchmark in benchmarks if not names or benchmark["name"] in names]
    if not chosen:
        print("no such benchmark; there are:", *(benchmark["name"] for benchmark in benchmarks), file=sys.stderr)
        return 2

    status = 0
    for benchmark in chosen:
        print(f"== {benchmark['name']}", flush=True)
        environment = {**os.environ, **benchmark["env"]}
        # Programs among the arguments are named as seen from the build folder.
        folder = benchmark["workdir"] or build
        result = subprocess.run([*benchmark["cmd"], *options], cwd=folder, env=environment, check=False)
        if result.returncode != 0:
            print(f"{benchmark['name']} failed with status {result.returncode}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
