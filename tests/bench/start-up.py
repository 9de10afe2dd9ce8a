# SPDX-License-Identifier: GPL-3.0-or-later
"""From starting Posture until its first frame is painted, and the memory it has then, beside a bare
window of the same libraries. The two take turns, so that a busy machine slows both.

Usage: start-up.py BARE POSTURE [RUNS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

MOST_TIME = 1.25
MOST_MEMORY = 12


def run(program, folder):
    environment = {**os.environ, "POSTURE_DATA_DIR": folder, "GDK_DEBUG": "gl-disable", "GSK_RENDERER": "cairo"}
    begin = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    said = subprocess.run([program], env=environment, stdout=subprocess.PIPE, check=True, text=True, timeout=60).stdout
    figures = dict(line.split(":") for line in said.splitlines())
    megabytes = {name: int(figures[name].split()[0]) / 1024 for name in ("Rss", "Pss")}
    return {"time": int(figures["Time"]) / 1000 - begin / 1e6, **megabytes}


def main():
    bare, posture = sys.argv[1:3]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 11
    found = {bare: [], posture: []}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(-1, runs):
            for program, figures in found.items():
                measured = run(program, folder)
                # the first time fills the caches and makes the profile
                if number >= 0:
                    figures.append(measured)
    middle = {program: {name: statistics.median(each[name] for each in figures) for name in figures[0]}
              for program, figures in found.items()}
    for title, program in (("bare window", bare), ("Posture", posture)):
        times = [each["time"] for each in found[program]]
        print(f"{title}: {middle[program]['time']:.0f} ms ({min(times):.0f} to {max(times):.0f}), "
              f"RSS {middle[program]['Rss']:.1f} MB, PSS {middle[program]['Pss']:.1f} MB")
    ratio = middle[posture]["time"] / middle[bare]["time"]
    more = {name: middle[posture][name] - middle[bare][name] for name in ("Rss", "Pss")}
    within = ratio <= MOST_TIME and max(more.values()) <= MOST_MEMORY
    print(f"{ratio:.2f} times (at most {MOST_TIME}), RSS {more['Rss']:+.1f} MB, PSS {more['Pss']:+.1f} MB "
          f"(at most {MOST_MEMORY}): {'within' if within else 'OVER'}")


if __name__ == "__main__":
    main()
