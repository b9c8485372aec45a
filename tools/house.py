"""What the house checks share: the files of the tree, and how a verdict is printed."""
import os
import re
import sys

SKIP_DIRS = {".git", "node_modules", "data-demo", "subprojects", "__pycache__"}


def root():
    """The tree to look at: the first argument, else the one this file stands in."""
    given = [a for a in sys.argv[1:] if not a.startswith("-")]
    return given[0] if given else os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def files(top, folders=None, ends=()):
    """Paths relative to top, sorted; folders: only below these; ends: only with these endings."""
    found = []
    for base, dirs, names in os.walk(top):
        at = os.path.relpath(base, top)
        dirs[:] = sorted(d for d in dirs if d not in SKIP_DIRS and not (at == "." and d.startswith("build")))
        for name in names:
            if name == ".git":  # of a work tree beside the first one: a path of this machine
                continue
            path = os.path.normpath(os.path.join(at, name))
            if folders and path.split(os.sep)[0] not in folders:
                continue
            if not ends or name.endswith(tuple(ends)):
                found.append(path)
    return sorted(found)


def read(top, path):
    with open(os.path.join(top, path), encoding="utf-8", errors="replace") as f:
        return f.read()


# A comment, a string or a character constant; strings are kept as "" so that line numbers stay.
_NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)


def bare_c(text):
    """C text without comments and without what stands in strings; line numbers stay as they are."""
    def blank(m):
        s = m.group(0)
        return ('""' if s[0] == '"' else "0" if s[0] == "'" else " ") + "\n" * s.count("\n")
    return _NOISE.sub(blank, text)


class Verdict:
    """Counts what was looked at and prints each fault as path:line: words."""

    def __init__(self):
        self.passed, self.failed, self.warned = 0, 0, 0

    def item(self, faults):
        """One thing looked at, with the faults found in it."""
        for fault in faults:
            print(fault)
        if faults:
            self.failed += 1
        else:
            self.passed += 1

    def warn(self, words):
        self.warned += 1
        print("warning: " + words)

    def end(self):
        if self.warned:
            print(f"{self.warned} warnings")
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)
