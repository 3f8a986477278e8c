# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unittest cases of the calling script and tells of them in TAP, which Meson counts one by one."""

import sys
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def tell(self, good, test, note="", trouble=""):
        self.number += 1
        print(f"{'ok' if good else 'not ok'} {self.number} - {test.id().removeprefix('__main__.')}{note}", flush=True)
        for line in trouble.splitlines():
            print("# " + line, flush=True)

    def addSuccess(self, test):
        self.tell(True, test)

    def addSkip(self, test, reason):
        self.tell(True, test, f" # SKIP {reason}")

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.tell(False, test, trouble=self.failures[-1][1])

    def addError(self, test, error):
        super().addError(test, error)
        self.tell(False, test, trouble=self.errors[-1][1])

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.addFailure(subtest, error)


def main():
    wanted = sys.argv[1:]
    loader = unittest.defaultTestLoader
    module = sys.modules["__main__"]
    suite = loader.loadTestsFromNames(wanted, module) if wanted else loader.loadTestsFromModule(module)
    print("TAP version 13")
    print(f"1..{suite.countTestCases()}", flush=True)
    result = TapResult()
    suite.run(result)
    sys.exit(not result.wasSuccessful())
