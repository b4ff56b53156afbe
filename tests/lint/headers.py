#!/usr/bin/env python3
"""Every header compiles alone: it includes what its prototypes need.

    headers.py BUILD_FOLDER COMPILER…

BUILD_FOLDER holds the generated headers. The compiler is the one the build uses.
"""

import concurrent.futures
import os
import subprocess
import sys

import sources

PACKAGES = {
    "gobject-2.0": ("model", "app"),
    "sqlite3": ("model", "app"),
    "libcjson": ("model", "app"),
    "pangocairo": ("render", "app/session", "app/ui"),
    "libadwaita-1": ("app/ui",),
    "gtksourceview-5": ("app/ui",),
}
WARNINGS = ["-Wall", "-Wextra", "-Wundef", "-Wstrict-prototypes", "-Wno-unused-parameter", "-Werror"]


def package_flags(package):
    result = subprocess.run(["pkg-config", "--cflags", package], capture_output=True, text=True, check=True)
    return result.stdout.split()


def flags_for(path, cache):
    """What pkg-config says of the libraries that this header's folder may see."""
    flags = []
    for package, folders in PACKAGES.items():
        if str(path).startswith(folders):
            if package not in cache:
                cache[package] = package_flags(package)
            flags += cache[package]
    return flags


def compile_alone(compiler, build, path, flags):
    """The compiler's complaints about one header; empty when there are none."""
    command = [*compiler, "-std=gnu17", "-fsyntax-only", "-D_GNU_SOURCE", *WARNINGS, *flags,
               "-I", str(sources.ROOT), "-I", build, "-include", str(path), "-x", "c", os.devnull]
    result = subprocess.run(command, cwd=sources.ROOT, capture_output=True, text=True, check=False)
    return "" if result.returncode == 0 else f"{path} does not compile alone:\n{result.stderr}"


def main():
    build, *compiler = sys.argv[1:]
    cache = {}
    jobs = [(path, flags_for(path, cache)) for path in sources.find(sources.CODE_FOLDERS, ".h")]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda job: compile_alone(compiler, build, *job), jobs)
    return sources.report([complaint for complaint in results if complaint])


if __name__ == "__main__":
    sys.exit(main())
