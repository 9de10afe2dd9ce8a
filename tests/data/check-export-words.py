# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the words of exports whole: every text of the code is in every language, nothing else is, and
formats are alike.

Usage: check-export-words.py ROOT
Prints TAP.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
TEXT = r'\s*\(\s*((?:"(?:\\.|[^"\\])*"\s*)+)\)'
DIRECTIVE = re.compile(r"%[0-9]*[a-z]")


def texts_of(files, keyword):
    for path in sorted((ROOT / "core").glob(files)):
        for match in re.finditer(r"\b" + keyword + TEXT, path.read_text(encoding="utf-8")):
            yield "".join(re.findall(r'"((?:\\.|[^"\\])*)"', match.group(1)))


def check(language, words, wanted):
    yield from (f"{language} lacks “{text}”" for text in sorted(wanted - set(words)))
    yield from (f"{language} has “{text}”, which nobody needs" for text in sorted(set(words) - wanted))
    for text, translated in words.items():
        if DIRECTIVE.findall(text) != DIRECTIVE.findall(translated):
            yield f"{language}: the directives of “{text}” are others"
        if not translated.strip():
            yield f"{language}: “{text}” is empty"


def main():
    wanted = set(texts_of("export/*.c", "W_")) | set(texts_of("chart/*.c", "N_"))
    wanted |= set(texts_of("model/finding-words.c", "N_"))
    files = sorted((ROOT / "data" / "export").glob("*.json"))
    failed = len(wanted) < 50 or not files
    print(f"1..{len(files)}")
    for number, path in enumerate(files, 1):
        faults = list(check(path.stem, json.loads(path.read_text(encoding="utf-8")), wanted))
        failed = failed or bool(faults)
        print(f"{'not ' if faults else ''}ok {number} /export-words/{path.stem}")
        for fault in faults:
            print(f"# {fault}")
    sys.exit(1 if failed else 0)


main()
