# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the tests of a meson run, single cases and all, as its log tells them.

Usage: summary.py BUILD/meson-logs/testlog.json
"""

import json
import re
import sys


def cases(entry):
    """Yields 'ok', 'not ok' or 'skip' for each case of one test program."""
    found = False
    for line in entry.get("stdout", "").splitlines():
        match = re.match(r"\s*(not ok|ok)\b(.*)", line)
        if match:
            found = True
            skip = re.search(r"#\s*skip", match.group(2), re.IGNORECASE)
            yield "skip" if skip else match.group(1)
    if not found:
        yield {"OK": "ok", "SKIP": "skip", "EXPECTEDFAIL": "ok"}.get(entry["result"], "not ok")
    elif entry["result"] not in ("OK", "SKIP", "EXPECTEDFAIL", "FAIL"):
        yield "not ok"  # it printed its cases and then crashed or timed out


def main():
    counts = {"ok": 0, "not ok": 0, "skip": 0}
    try:
        with open(sys.argv[1], encoding="utf-8") as log:
            for line in log:
                for result in cases(json.loads(line)):
                    counts[result] += 1
    except FileNotFoundError:
        sys.exit("No test was run.")
    skipped = f", {counts['skip']} skipped" if counts["skip"] else ""
    print(f"{counts['ok']} passed, {counts['not ok']} failed{skipped}")


if __name__ == "__main__":
    main()
