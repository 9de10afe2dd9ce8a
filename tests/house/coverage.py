# SPDX-License-Identifier: GPL-3.0-or-later
"""Says which functions of core/ no test has entered.

Usage: coverage.py BUILD
BUILD was set up with -Db_coverage=true and its tests were run. Ends with 1 if a function is left.
"""

import json
import pathlib
import subprocess
import sys


def functions(build, notes):
    """Yields (file, line, name, entries) of what one object file was compiled from."""
    run = subprocess.run(["gcov", "--json-format", "--stdout", str(notes)], cwd=build,
                         capture_output=True, text=True, check=False)
    for line in run.stdout.splitlines():
        if not line.startswith("{"):
            continue
        for entry in json.loads(line)["files"]:
            path = (build / entry["file"]).resolve()
            covered = sum(1 for item in entry["lines"] if item["count"] > 0)
            yield path, None, covered, len(entry["lines"])
            for function in entry["functions"]:
                yield path, function["start_line"], function["name"], function["execution_count"]


def generated_by_glib(name):
    """Functions that a macro of GLib writes out and that no code of ours needs to call."""
    return "autoptr_cleanup" in name or "_autoqueue" in name or name.startswith("glib_")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    entered, lines = {}, {}
    for notes in build.glob("core/libposture-core.a.p/*.gcno"):
        for path, line, name, count in functions(build, notes):
            if path.suffix != ".c":
                continue
            if line is None:
                covered, total = lines.get(path, (0, 0))
                lines[path] = (covered + name, total + count)
            elif not generated_by_glib(name):
                key = (str(path), name)
                entered[key] = entered.get(key, (0, line))[0] + count, line
    left = sorted((path, line, name) for (path, name), (count, line) in entered.items() if not count)
    for path, line, name in left:
        print(f"not reached: {path}:{line}: {name}")
    covered = sum(item[0] for item in lines.values())
    total = sum(item[1] for item in lines.values())
    print(f"functions of core: {len(entered) - len(left)} of {len(entered)} entered; "
          f"lines: {100 * covered / max(total, 1):.1f} %")
    sys.exit(1 if left or not entered else 0)


if __name__ == "__main__":
    main()
