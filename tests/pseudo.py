#!/usr/bin/env python3
"""A language that nobody speaks, made from the sources: texts are 40 % longer and accented, and can still be read.

    pseudo.py [--right-to-left] [--growth 0.4] COMMAND…

Runs a command that speaks it. What shows without accents was not translated; what is cut off has no room for a longer
language.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "lint"))

import potfiles  # noqa: E402

LANGUAGE = "qps"
DIRECTION = "default:LTR"  # a text of ours that says which way the language is written

PLURALS = "nplurals=2; plural=(n != 1);"
ENTRY = re.compile(r'^(?:msgctxt ".*"\n)?msgid "(?P<one>.+)"\n(?:msgid_plural "(?P<many>.*)"\n)?', re.MULTILINE)
# Places for values, escapes, markup, references, code, options, units and the letter of a mnemonic.
KEPT = re.compile(r"%(?:\d+\$)?[-+ #0']*\d*(?:\.\d+)?(?:hh|ll|[hlzjt])?[diouxXeEfgGcsp%HMSYmb]|\\.|&\w+;|<[^>]*>"
                  r"|\{[^}]*\}|`[^`]*`|--[\w-]+|\b[A-Z][A-Z0-9_]+\b|_\w")
ACCENTS = dict(zip("aeiouycnszAEIOUYCNSZ", "áéíóúýçñšžÁÉÍÓÚÝÇÑŠŽ"))
VOWELS = "aeiouyAEIOUY"
GROWTH = 0.4


def stretch(text, growth):
    """The text accented; vowels last longer, as often as it takes."""
    result, owed = [], 0.0
    for letter in text:
        accented = ACCENTS.get(letter, letter)
        owed += growth
        repeated = round(owed) if letter in VOWELS else 0
        owed -= repeated
        result.append(accented + accented.lower() * repeated)
    return "".join(result)


def translate(text, growth=GROWTH):
    kept = KEPT.findall(text) + [""]
    return "".join(stretch(plain, growth) + same for plain, same in zip(KEPT.split(text), kept))


def make(template, right_to_left=False, growth=GROWTH):
    """The translation as a .po file; `template` has each text on a line of its own."""
    parts = [f'msgid ""\nmsgstr "Language: {LANGUAGE}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
             f'"Plural-Forms: {PLURALS}\\n"\n']
    for entry in ENTRY.finditer(template):
        one, many = entry["one"], entry["many"]
        if one == DIRECTION:
            parts.append(f'msgid "{one}"\nmsgstr "default:{"RTL" if right_to_left else "LTR"}"\n')
        elif many is None:
            parts.append(f'{entry[0]}msgstr "{translate(one, growth)}"\n')
        else:
            parts.append(f'{entry[0]}msgstr[0] "{translate(one, growth)}"\nmsgstr[1] "{translate(many, growth)}"\n')
    return "\n".join(parts)


def join_lines(template):
    """Each text on one line, whatever breaks it has."""
    return re.sub(r'"\n"', "", re.sub(r'^(msg\w+) ""\n"', r'\1 "', template, flags=re.MULTILINE))


def write(folder, right_to_left=False, growth=GROWTH):
    """Compiles the language into `folder`, the value of HASHRANGE_LOCALEDIR."""
    target = pathlib.Path(folder) / LANGUAGE / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    text = make(join_lines(potfiles.extract()), right_to_left, growth)
    subprocess.run(["msgfmt", "--check-format", "--output-file", str(target / "hashrange.mo"), "-"], input=text,
                   text=True, check=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--right-to-left", action="store_true")
    parser.add_argument("--growth", type=float, default=GROWTH)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    if not arguments.command:
        parser.error("no command")
    with tempfile.TemporaryDirectory() as folder:
        write(folder, arguments.right_to_left, arguments.growth)
        place = {"LC_ALL": "C.UTF-8", "LANGUAGE": LANGUAGE, "HASHRANGE_LOCALEDIR": folder}
        return subprocess.run(arguments.command, env={**os.environ, **place}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
