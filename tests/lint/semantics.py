#!/usr/bin/env python3
"""What tests/api/semantics.tsv claims is there: each fact names tests that exist, or says why it has none.

A line is FACT, PROOFS and REASON between tabs; `#` begins a heading. PROOFS are words, `*` in them matches anything:

    get-item/absent                 a case of tests/api/cases/get-item.case
    expr:condition/eq/string        a case of tests/expression/cases
    /engine/read/one                a test in C
    test_wire.py:Answers.test_gzip  a test in Python
"""

import ast
import fnmatch
import re
import sys

import sources

TABLE = "tests/api/semantics.tsv"
ADDED = re.compile(r'g_test_add\w*\s*\(\s*"([^"]+)"')


def find_names(path, text):
    """What the file at PATH has that can be named as a proof."""
    if path.suffix == ".c":
        return ADDED.findall(text)
    if path.suffix == ".py":
        classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
        return [f"{path.name}:{node.name}.{test.name}" for node in classes for test in node.body
                if isinstance(test, ast.FunctionDef) and test.name.startswith("test")]
    of_api = path.match("tests/api/cases/*")
    word, prefix = ("case", f"{path.stem}/") if of_api else ("name", "expr:")
    return [prefix + name for name in re.findall(rf"^{word}: (\S+)$", text, re.MULTILINE)]


def find_all_names():
    return {name for path in sources.find(["tests"], ".case", ".c", ".py")
            for name in find_names(path, sources.read(path))}


def check_text(text, names):
    """What is wrong, each with the line."""
    findings, seen = [], set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fact, proofs, reason = (line.split("\t") + ["", "", ""])[:3]
        wrong = []
        if line.count("\t") != 2:
            wrong.append("not FACT, PROOFS and REASON between tabs")
        if not fact or fact in seen:
            wrong.append("a fact is said, and once")
        if not proofs.strip() and not reason.strip():
            wrong.append("neither a proof nor a reason why there is none")
        wrong += [f"there is no test {proof}" for proof in proofs.split()
                  if not (fnmatch.filter(names, proof) if "*" in proof else proof in names)]
        seen.add(fact)
        findings += [f"{TABLE}:{number}: {what}" for what in wrong]
    return findings


def main():
    return sources.report(check_text(sources.read(TABLE), find_all_names()))


if __name__ == "__main__":
    sys.exit(main())
