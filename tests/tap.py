"""Runs unittest test cases and reports them as TAP, so that each test counts as one."""

import os
import sys
import traceback
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def _line(self, word, test, comment=""):
        self.number += 1
        name = test.id().split(".", 1)[-1].replace("#", "")
        print(f"{word} {self.number} {name}{comment}", flush=True)

    def _explain(self, error):
        for line in "".join(traceback.format_exception(*error)).splitlines():
            print(f"# {line}")

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line("ok", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._line("not ok", test)
        self._explain(err)

    def addError(self, test, err):
        super().addError(test, err)
        self._line("not ok", test)
        self._explain(err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line("ok", test, f" # SKIP {reason}")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            print(f"# in {subtest}")
            self._explain(err)


def main(module="__main__"):
    """Runs the tests of a module; TestCase.failureException in a subtest fails its test."""
    if isinstance(module, str):
        module = sys.modules[module]
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    result = TapResult()
    print("TAP version 13")
    suite.run(result)
    # A test that failed in subtests only has not been counted yet.
    counted = result.number
    missing = suite.countTestCases() - counted
    for number in range(missing):
        print(f"not ok {counted + number + 1} a test failed in its subtests")
    print(f"1..{counted + missing}")
    sys.stdout.flush()
    os._exit(0 if result.wasSuccessful() and missing == 0 else 1)
