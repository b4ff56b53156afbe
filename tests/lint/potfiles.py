#!/usr/bin/env python3
"""po/POTFILES lists exactly the files with texts to translate, and every translation is sound.

    potfiles.py           exit 1 when something is not as it should be
    potfiles.py --write   write po/POTFILES anew, and the template, po/hashrange.pot, for whoever translates
"""

import os
import re
import subprocess
import sys

import sources

POTFILES = "po/POTFILES"
LINGUAS = "po/LINGUAS"
TEMPLATE = "po/hashrange.pot"
OPTION = re.compile(r"'(--[^']+)'")
# A use, not the definition, which is a macro; in descriptions of widgets an attribute.
MARKED = re.compile(r'^(?!#).*(?<![\w"])(?:_|N_|C_|ngettext_) ?\(|translatable="yes"', re.MULTILINE)


def has_texts(text):
    return MARKED.search(text) is not None


def find_files():
    return [str(path) for path in sources.find(sources.CODE_FOLDERS, ".c", ".h", ".ui")
            if has_texts(sources.read(path))]


def read_list(name):
    return [line.strip() for line in sources.read(name).splitlines() if line.strip() and not line.startswith("#")]


def check_list(listed, wanted):
    findings = [f"{POTFILES}: {name} has texts to translate and is not listed" for name in wanted if name not in listed]
    findings += [f"{POTFILES}: {name} has no texts to translate" for name in listed if name not in wanted]
    if listed != sorted(set(listed)):
        findings.append(f"{POTFILES}: not sorted, or with a name twice")
    return findings


def extract():
    """The template as the sources have it, without a date, which would change though nothing else does."""
    command = ["xgettext", "--output=-", f"--files-from={POTFILES}", *OPTION.findall(sources.read("po/meson.build"))]
    text = subprocess.run(command, cwd=sources.ROOT, capture_output=True, text=True, check=True).stdout
    return re.sub(r'^"POT-Creation-Date: .*\n', "", text, flags=re.MULTILINE)


def check_translation(language):
    command = ["msgfmt", "--check", "--output-file", os.devnull, f"po/{language}.po"]
    result = subprocess.run(command, cwd=sources.ROOT, capture_output=True, text=True, check=False)
    return [] if result.returncode == 0 else [result.stderr.strip()]


def check_languages():
    listed = read_list(LINGUAS)
    there = sorted(path.stem for path in sources.find(("po",), ".po"))
    findings = [] if listed == there else [f"{LINGUAS}: lists {listed}, but there are {there}"]
    for language in there:
        findings += check_translation(language)
    return findings


def main():
    if sys.argv[1:] == ["--write"]:
        (sources.ROOT / POTFILES).write_text("".join(f"{name}\n" for name in find_files()), encoding="utf-8")
        (sources.ROOT / TEMPLATE).write_text(extract(), encoding="utf-8")
        return 0
    return sources.report(check_list(read_list(POTFILES), find_files()) + check_languages())


if __name__ == "__main__":
    sys.exit(main())
