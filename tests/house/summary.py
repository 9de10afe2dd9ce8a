# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the tests of a meson run, single cases and all, as its log tells them.

Usage: summary.py BUILD/meson-logs/testlog.json           the counts
       summary.py --leaks BUILD/meson-logs/testlog.json   the names of the programs that failed by
                                                          leaks, or in looking for them; an error if
                                                          any failed otherwise
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


def read(path):
    """The entries of the log, one for each test program."""
    try:
        with open(path, encoding="utf-8") as log:
            return [json.loads(line) for line in log]
    except FileNotFoundError:
        sys.exit("No test was run.")


def leaks(entries):
    """The names of the failed programs, if leaks are all that they failed by, or the tool that looks for them
    failed itself (its tracer meets a thread that is just ending); else ends with an error."""
    failed = [entry for entry in entries if entry["result"] not in ("OK", "SKIP", "EXPECTEDFAIL")]
    other = [entry["name"] for entry in failed
             if not re.search("ERROR: LeakSanitizer|LeakSanitizer has encountered a fatal error",
                              entry.get("stderr", ""))
             or re.search("ERROR: AddressSanitizer|runtime error:|^not ok",
                          entry["stderr"] + entry.get("stdout", ""), re.MULTILINE)]
    if other:
        sys.exit("Failed, and not by leaks: " + ", ".join(other))
    return [entry["name"].rpartition(" / ")[2] for entry in failed]


def main():
    entries = read(sys.argv[-1])
    if sys.argv[1] == "--leaks":
        print("\n".join(leaks(entries)))
        return
    counts = {"ok": 0, "not ok": 0, "skip": 0}
    for entry in entries:
        for result in cases(entry):
            counts[result] += 1
    skipped = f", {counts['skip']} skipped" if counts["skip"] else ""
    print(f"{counts['ok']} passed, {counts['not ok']} failed{skipped}")


if __name__ == "__main__":
    main()
